"""What a Word document says, paragraph by paragraph, and where two of them differ."""

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from ntmtrack.i18n import _
from ntmtrack.spreadsheets.properties import Differing
from ntmtrack.spreadsheets.source import DAMAGED, open_archive, read_source
from ntmtrack.spreadsheets.word_package import WORD

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_BODY = "word/document.xml"


def differing_texts(file: Path, other: Path) -> list[Differing]:
    """The paragraphs and cells of the body in which `file` differs from `other`, from the first to the last that does.

    Raises CannotRead where one of them is no Word document.
    """
    says, should = (list(_texts(document)) for document in (file, other))
    end = min(len(says), len(should))
    begin = next((place for place in range(end) if says[place][1] != should[place][1]), end)
    same = next((place for place in range(end - begin) if says[-1 - place][1] != should[-1 - place][1]), end - begin)
    pairs = zip_longest(says[begin : len(says) - same], should[begin : len(should) - same])
    return [
        Differing("", (mine or theirs or ("", ""))[0], mine and mine[1], theirs and theirs[1])
        for mine, theirs in pairs
        if (mine and mine[1]) != (theirs and theirs[1])
    ]


def _texts(file: Path) -> Iterator[tuple[str, str]]:
    """Every paragraph that says anything, with its place: "đoạn 3", "bảng 2, dòng 5"."""
    from defusedxml.ElementTree import fromstring

    source = read_source(file)
    with open_archive(source) as archive:
        try:
            body = fromstring(archive.read(_BODY))[0]
        except (KeyError, IndexError, SyntaxError, ValueError) as wrong:
            raise source.unreadable(_(DAMAGED)) from wrong
    tables = lines = 0
    for part in body:
        if part.tag == f"{WORD}tbl":
            tables += 1
            for row, cells in enumerate(part.iter(f"{WORD}tr"), start=1):
                place = _("table {table}, row {row}").format(table=tables, row=row)
                yield from ((place, text) for line in cells.iter(f"{WORD}p") if (text := _text(line)))
        elif text := _text(part):
            lines += 1
            yield _("paragraph {number}").format(number=lines), text


def _text(line: "Element") -> str:
    return "".join(part.text or "" for part in line.iter(f"{WORD}t")).strip()
