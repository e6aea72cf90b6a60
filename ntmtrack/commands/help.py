"""`help`: the pages of docs/, which ship with the program."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ntmtrack import paths
from ntmtrack.errors import UnknownTopic
from ntmtrack.i18n import _, language

if TYPE_CHECKING:
    from ntmtrack.commands import Session

_COMMENTS = re.compile(r"^<!-- .* -->\n", re.MULTILINE)  # they tell the tests what to run
_LINKS = re.compile(r"\[([^]]+)\]\((?:\.\./)?([\w-]+)\.md(?:#[^)]*)?\)")  # between pages: "[Cách tính](cach-tinh.md)"
_PICTURES = re.compile(r"^!\[([^]]+)\]\([^)]*\)\n+", re.MULTILINE)  # which a console cannot show


def pages() -> dict[str, Path]:
    """Every page by its name: those in the language in use, then the others, which are Vietnamese."""
    folder = paths.docs()
    files = [*sorted((folder / language()).glob("*.md")), *sorted(folder.glob("*.md"))]
    return {file.stem: file for file in files}


def list_pages(session: "Session") -> None:
    """Shows which pages there are, each with its heading."""
    from ntmtrack.reports import CellKind, Column, Report, Table

    columns: list[Column[tuple[str, Path]]] = [
        Column("topic", _("Topic"), CellKind.KEY, of=lambda page: page[0]),
        Column("about", _("What it is about"), of=lambda page: _read(page[1]).partition("\n")[0].removeprefix("# ")),
    ]
    notes = [_("Read one: ntmtrack help TOPIC"), _("How a command is called: ntmtrack help COMMAND")]
    session.show(
        Report("help", _("Pages of help"), [Table.of("pages", "", pages().items(), columns)], notes=notes), None
    )


def is_page(words: Sequence[str]) -> bool:
    """Whether a page is called so."""
    return _name_of(" ".join(words)) in pages()


def _name_of(topic: str) -> str:
    from ntmtrack.text import plain

    return plain(topic).replace(" ", "-")


def show_page(topic: str) -> None:
    """Prints the page of that name, marks and spaces or none; raises UnknownTopic."""
    from ntmtrack.reports.show import show_markdown

    by_name, name = pages(), _name_of(topic)
    if name not in by_name:
        raise UnknownTopic(topic=topic, known=", ".join(by_name))
    text = _PICTURES.sub("", _COMMENTS.sub("", _read(by_name[name])))
    show_markdown(_LINKS.sub(r"\1 (`ntmtrack help \2`)", text))


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")
