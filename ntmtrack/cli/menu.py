"""The menu of `ntmtrack` alone, in the order of the month's work: it asks, runs a command, and comes back."""

import shlex
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ntmtrack.cli import declare
from ntmtrack.cli.app import tree
from ntmtrack.cli.choices import Entry, OfferedLine, choose, new_file, of_template, place_at_hand, year_asked
from ntmtrack.i18n import N_, _

if TYPE_CHECKING:
    from ntmtrack.commands import Session
    from ntmtrack.model import Decision

Run = Callable[[Sequence[str], frozenset[str]], object]  # a command line, and what is asked for beside what it needs
_KINDS = {
    ".xlsx": N_("Excel, to be signed (.xlsx)"),
    ".docx": N_("Word, to be signed (.docx)"),
    ".html": N_("A page to look at, to show in a meeting (.html)"),
}


def open_menu(session: "Session", run: Run, refused: Callable[[Exception], object]) -> None:
    """Asks what is to be done and does it, until the person leaves; Ctrl-C on the way leads back to the menu.

    What keeps a choice from being offered further is told by `refused`, and the menu goes on. Raises
    KeyboardInterrupt, EOFError for one at the menu itself, and what opening a ledger on a server does.
    """
    if not isinstance(session.file, Path):
        _look(session)
    while True:
        entries = _entries(session)
        chosen = session.choose(_("What is to be done?"), [entry.label for entry in entries], none=_("Leave"))
        if chosen is None:
            return
        with suppress(KeyboardInterrupt, EOFError):
            if line := _line_of(entries[chosen], session, refused):
                run(line.words, line.wanted)
                session.ask_text(_("Enter: back to the menu"))


def _line_of(entry: Entry, session: "Session", refused: Callable[[Exception], object]) -> OfferedLine | None:
    """The line that a choice leads to; None where somebody thinks better of it, or the ledger cannot be read."""
    from ntmtrack.errors import NtmError

    try:
        return entry.line(session)
    except NtmError as wrong:
        refused(wrong)
        return None


def _look(session: "Session") -> None:
    """Raises what reading the ledger does."""
    with session.reading():
        pass


def _of_units(command: str) -> "Callable[[Session], OfferedLine]":
    """A command that asks for units: that they can be had is looked at before."""

    def line(session: "Session") -> OfferedLine:
        _look(session)
        return OfferedLine([command])

    return line


def _entries(session: "Session") -> list[Entry]:
    """What can be done: with no ledger yet, begin one."""
    from ntmtrack.storage.connection import exists

    if not exists(session.file):
        taking_in = Entry(_("Take in a file"), lambda _session: OfferedLine(["import"]))
        return [Entry(_("Start a ledger"), lambda _session: OfferedLine(["init"])), taking_in]
    return [
        Entry(_("Take in a file"), _of_units("import")),
        Entry(_("Record recognitions"), _of_units("record")),
        Entry(_("See progress"), partial(_of_year, "progress")),
        Entry(_("Reports"), _report),
        Entry(_("Send forms"), _forms),
        Entry(_("Check and compare"), _comparing),
        Entry(_("Back up"), _backup),
        Entry(_("Look up, correct, go back to a copy …"), _more),
    ]


def _of_year(command: str, session: "Session") -> OfferedLine:
    """A command of a year: the running one, of a ledger whose units stand today; else the last with data."""
    from ntmtrack.commands.question import last_year
    from ntmtrack.model import Tier
    from ntmtrack.storage.queries.units import every_unit

    with session.reading() as connection:
        is_running = bool(every_unit(connection, session.today, tier=Tier.COMMUNE))
        usual = session.today.year if is_running else last_year(connection, session.today)
    return OfferedLine([command, "--year", year_asked(session, _("Year (Enter: {year})").format(year=usual), usual)])


def _criteria(session: "Session") -> OfferedLine | None:
    """What offices ask about criteria: kept, looked up, printed as a form."""
    entries = [
        Entry(_("Record what was found of a commune"), _of_units("assess")),
        Entry(_("Who lacks which criteria"), lambda _session: OfferedLine(["criteria-gap"])),
        Entry(_("Communes by criteria met, with averages"), lambda _session: OfferedLine(["bands"])),
        Entry(_("Recognised, but short of their criteria"), lambda _session: OfferedLine(["at-risk"])),
    ]
    return choose(session, _("Criteria: what is to be done?"), entries, _("Back"))


def _report(session: "Session") -> OfferedLine | None:
    """A report of one of the kinds that there are, named after its year; whose it is is asked once."""
    from ntmtrack.commands.letterhead import outdated_agency
    from ntmtrack.commands.question import last_year
    from ntmtrack.dates import read_year, year_end
    from ntmtrack.export import endings
    from ntmtrack.storage.queries.actions import setting

    kinds = [ending for ending in _KINDS if ending in endings()]
    chosen = session.choose(_("Which kind of report?"), [_(_KINDS[kind]) for kind in kinds], none=_("Back"))
    if chosen is None:
        return None
    with session.reading() as connection:
        latest = last_year(connection, session.today)
    year = year_asked(session, _("Year of the report (Enter: {year})").format(year=latest), latest)
    with session.reading() as connection:
        agency = setting(connection, "agency") and not outdated_agency(connection, year_end(read_year(year)))
    file = new_file(session, _("Report {year}").format(year=year) + kinds[chosen])
    return OfferedLine(["export", file, "--year", year], frozenset() if agency else frozenset({"agency"}))


def _forms(session: "Session") -> OfferedLine | None:
    to_all, to_one, not_replied = of_template()
    taking_in = Entry(_("Take in what came back"), _came_back)
    return choose(session, _("Which forms?"), [to_all, to_one, taking_in, not_replied], _("Back"))


def _came_back(session: "Session") -> OfferedLine | None:
    """The folder of what came back, as a whole."""
    question = _("The folder that holds it (type its path, or drag it here)")
    usual = Path.cwd() / _("Returns")
    folder = place_at_hand(session, question, str(usual) if usual.exists() else "")
    return OfferedLine(["import", folder]) if folder else None


def _comparing(session: "Session") -> OfferedLine | None:
    entries = [
        Entry(_("What is odd in the ledger"), lambda _session: OfferedLine(["check"])),
        Entry(_("What changed since a day"), lambda _session: OfferedLine(["diff"])),
        Entry(_("Where a number comes from"), partial(_of_year, "explain")),
        Entry(_("What was done, by whom"), lambda _session: OfferedLine(["history", "--limit", "10"])),
        Entry(_("Criteria: what was found, who lacks what …"), _criteria),
    ]
    return choose(session, _("Check or compare what?"), entries, _("Back"))


def _backup(session: "Session") -> OfferedLine | None:
    """A copy of the ledger, in the folder that is chosen; beside the ledger where that is left as it stands."""
    beside = str(session.file.parent.absolute())
    folder = place_at_hand(session, _("Folder for the copy, better on another disk, as a USB stick"), beside)
    return OfferedLine(["backup", *([] if folder == beside else [folder])]) if folder else None


def _more(session: "Session") -> OfferedLine | None:
    entries = [
        Entry(_("Look up one commune"), _of_units("show")),
        Entry(_("Name the units at a level"), _of_units("list")),
        Entry(_("Name who remains below a level"), partial(_of_year, "remaining")),
        Entry(_("Correct, revoke what was recorded …"), _correcting),
        Entry(_("Take back what was done last"), lambda _session: OfferedLine(["undo"])),
    ]
    if isinstance(session.file, Path):
        entries.append(Entry(_("Go back to a copy of the ledger"), lambda _session: OfferedLine(["restore"])))
    entries.append(Entry(_("Another command"), _typed))
    if _is_to_be_carried_over(session):  # the last, so that the others keep their numbers
        over = OfferedLine(["rearrange", "--national"])
        entries.append(Entry(_("Carry over to the units of today (1/7/2025)"), lambda _session: over))
    return choose(session, _("What else?"), entries, _("Back"))


def _is_to_be_carried_over(session: "Session") -> bool:
    """Whether it is of the units until 30/6/2025; no for what cannot be read, which a copy is put in the place of."""
    from ntmtrack.commands.national import can_be_carried_over
    from ntmtrack.errors import NtmError

    try:
        with session.reading() as connection:
            return can_be_carried_over(connection, session.today)
    except NtmError:
        return False


def _deciding(session: "Session") -> OfferedLine | None:
    """One of the proposals that wait, and what is to be done of it; all of them are taken at once too."""
    from ntmtrack.storage.queries.proposals import waiting

    with session.reading() as connection:
        every = waiting(connection)
    titles = [f"{one.number} · {one.proposed.who} · {one.proposed.summary}" for one in every]
    chosen = session.choose(_("Which proposal?"), [*titles, _("Take all of them")], none=_("Back"))
    if chosen is None:
        return None
    if chosen == len(every):
        return OfferedLine(["take", "--all"])
    number = str(every[chosen].number)
    entries = [
        Entry(_("Take it"), lambda _session: OfferedLine(["take", number])),
        Entry(_("Refuse it, with a reason"), lambda _session: OfferedLine(["refuse", number])),
    ]
    return choose(session, titles[chosen], entries, _("Back"))


def _correcting(session: "Session") -> OfferedLine | None:
    from ntmtrack.storage.queries.proposals import any_waits

    entries = [
        Entry(_("Correct a recognition of units"), _of_units("edit")),
        Entry(_("Correct the number, the day of a decision"), _decision),
        Entry(_("Revoke a recognition"), _of_units("revoke")),
    ]
    with session.reading() as connection:
        if any_waits(connection):
            entries.append(Entry(_("Take or refuse what was proposed …"), _deciding))
    return choose(session, _("What is to be corrected?"), entries, _("Back"))


def _decision(session: "Session") -> OfferedLine | None:
    """All that rests on one decision corrected; of several of its number the one of the day that is chosen."""
    from ntmtrack.dates import show_day
    from ntmtrack.rules import decision_and_issuer

    number, meant = _decisions_called(session)
    if not meant:
        return None
    line = ["edit", "--of-decision", number]
    if len(meant) > 1:
        titles = [decision_and_issuer(one) for one in meant]
        chosen = session.choose(_("Which of these decisions?"), titles, none=_("Back"))
        if chosen is None:
            return None
        line += ["--of-date", show_day(meant[chosen].signed_on)] if meant[chosen].signed_on else []
    return OfferedLine(line, frozenset({"decision", "date"}))


def _decisions_called(session: "Session") -> "tuple[str, list[Decision]]":
    """A number, asked for until a recognition rests on it, and the decisions of it, by day; none for Enter alone."""
    from ntmtrack.decisions import is_same, is_short_of
    from ntmtrack.dialogue import Offer
    from ntmtrack.errors import DecisionUnknown
    from ntmtrack.rules import decision_and_issuer
    from ntmtrack.storage.queries.recognitions import recognitions_by_unit

    with session.reading() as connection:
        recognitions = [one for held in recognitions_by_unit(connection).values() for one in held]
    resting = {one.decision.id: one.decision for one in recognitions if one.decision}.values()
    known = sorted(resting, key=lambda one: one.signed_on or "")
    offers = [Offer(one.number, decision_and_issuer(one)) for one in known]
    while number := session.ask_text(_("The number of the decision, as on record"), offers=offers):
        if meant := [one for one in known if is_same(one.number, number)]:
            return number, meant
        if meant := [one for one in known if is_short_of(number, one.number)]:
            return number, meant
        session.say(DecisionUnknown(number=number).lines()[0])
    return "", []


def _typed(session: "Session") -> OfferedLine:
    """A command as it is typed at a shell, with or without the program's name before it."""
    from ntmtrack.dialogue import Offer

    declare()
    offers = [Offer(name, command.get_short_help_str()) for name, command in tree().commands.items()]
    text = session.ask_text("ntmtrack", offers=offers)
    try:
        words = shlex.split(text.replace("\\", "\\\\"))
    except ValueError:  # a quotation mark that is not closed
        words = text.split()
    return OfferedLine(words[1:] if words[:1] == ["ntmtrack"] else words)
