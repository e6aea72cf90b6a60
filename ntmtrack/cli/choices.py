"""What is offered to be chosen at a terminal, and the command line that each choice leads to."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ntmtrack.file_names import safe_name
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


def place_at_hand(session: "Session", question: str, usual: str = "") -> str:
    """A folder or file that is there, as typed, asked for until it is; for Enter alone what is usual, "" for none.

    That is told and does not stand there to be changed: whoever drags a folder in would only add to it.
    """
    from ntmtrack.paths import dragged, expanded

    if usual:
        question = _("{question} (Enter: {usual})").format(question=question, usual=usual)
    while place := dragged(session.ask_text(question, is_path=True)) or usual:
        if expanded(place).exists():
            return str(expanded(place))
        session.say(_("{place} is not there.").format(place=place))
    return ""


def year_asked(session: "Session", question: str, usual: int) -> str:
    """A year of a programme that is known, asked for until it is one."""
    from ntmtrack.dates import read_year
    from ntmtrack.errors import NtmError
    from ntmtrack.programmes import of_year

    while True:
        year = session.ask_text(question) or str(usual)
        try:
            of_year(read_year(year))
            return year
        except NtmError as wrong:
            session.say(wrong.lines()[0])


def choose_forms(session: "Session") -> OfferedLine | None:
    """What `template` alone is to do; None where somebody thinks better of it."""
    return choose(session, _("Which forms?"), of_template(), _("Stop"))


def of_template() -> Sequence[Entry]:
    """What `template` can do, in this order: a form for all, a blank one, who has not replied."""
    return [
        Entry(_("Forms for all, one file each"), _all_forms),
        Entry(_("A blank form"), _one_form),
        Entry(_("Who has not replied"), _not_replied),
    ]


def _all_forms(session: "Session") -> OfferedLine:
    folder = new_file(session, _("Forms sent"), _("Folder to write"))
    return OfferedLine(["template", "--all", folder], frozenset({"deadline", "contact"}))


def _one_form(session: "Session") -> OfferedLine | None:
    """The form of a district, or of them all; the units of which a form is asked first, for its name."""
    from ntmtrack.commands.template import districts_today

    titles = districts_today(session)
    chosen: int | None = len(titles)
    if titles:
        chosen = session.choose(_("The form of which district?"), [*titles, _("of them all")], none=_("Back"))
    if chosen is None:
        return None
    scope = titles[chosen : chosen + 1]
    name = _("Form of {unit}").format(unit=scope[0]) if scope else _("Blank form")
    return OfferedLine(
        ["template", new_file(session, safe_name(name, ".xlsx")), *(["--scope", *scope] if scope else [])]
    )


def _not_replied(_session: "Session") -> OfferedLine:
    return OfferedLine(["template", "--missing"])
