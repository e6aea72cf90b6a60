"""What is offered to be chosen at a terminal, and the command line that each choice leads to."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ntmtrack.i18n import _

if TYPE_CHECKING:
    from ntmtrack.commands import Session


class OfferedLine(NamedTuple):
    """A command line to run, and what is asked for though the command does without."""

    words: Sequence[str]
    wanted: frozenset[str] = frozenset()


class Entry(NamedTuple):
    """A choice: its words, and the line that it leads to, None where somebody thinks better of it."""

    label: str
    line: "Callable[[Session], OfferedLine | None]"


def choose(session: "Session", question: str, entries: Sequence[Entry], none: str) -> OfferedLine | None:
    """The line of the entry that is chosen; None for none."""
    chosen = session.choose(question, [entry.label for entry in entries], none=none)
    return None if chosen is None else entries[chosen].line(session)


def new_file(session: "Session", name: str, question: str = "") -> str:
    """Where a file, or what the question names, is to be written: as typed, else in this folder."""
    from ntmtrack.paths import dragged

    return dragged(session.ask_text(question or _("File to write"), str(Path.cwd() / name), is_path=True))


def choose_forms(session: "Session") -> OfferedLine | None:
    """What `template` alone is to do; None where somebody thinks better of it."""
    return choose(session, _("Which forms?"), of_template(), _("Stop"))


def of_template() -> Sequence[Entry]:
    """What `template` can do, in this order: a form for all, a blank one, who has not replied."""
    return [
        Entry(_("Forms for all, one file each"), _all_forms),
        Entry(_("A form for one district"), _one_form),
        Entry(_("Who has not replied"), _not_replied),
    ]


def _all_forms(session: "Session") -> OfferedLine:
    folder = new_file(session, _("Forms"), _("Folder to write"))
    return OfferedLine(["template", "--all", folder], frozenset({"deadline", "contact"}))


def _one_form(session: "Session") -> OfferedLine:
    return OfferedLine(["template", new_file(session, _("Blank form") + ".xlsx")], frozenset({"scope"}))


def _not_replied(_session: "Session") -> OfferedLine:
    return OfferedLine(["template", "--missing"])
