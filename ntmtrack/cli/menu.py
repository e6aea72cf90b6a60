"""The menu of `ntmtrack` alone, in the order of the month's work: it asks, runs a command, and comes back."""

import shlex
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ntmtrack.cli import declare
from ntmtrack.cli.app import tree
from ntmtrack.i18n import N_, _

if TYPE_CHECKING:
    from ntmtrack.commands import Session

Run = Callable[[Sequence[str], frozenset[str]], object]  # a command line, and what is asked for beside what it needs
_KINDS = {
    ".xlsx": N_("Excel, to be signed (.xlsx)"),
    ".docx": N_("Word, to be signed (.docx)"),
    ".html": N_("A page to look at, to show in a meeting (.html)"),
}


class MenuCommand(NamedTuple):
    """A command line to run, and what is asked for though the command does without."""

    words: Sequence[str]
    wanted: frozenset[str] = frozenset()


class Entry(NamedTuple):
    """A choice: its words, and the line that it leads to, None where somebody thinks better of it."""

    label: str
    line: "Callable[[Session], MenuCommand | None]"


def open_menu(session: "Session", run: Run) -> None:
    """Asks what is to be done and does it, until the person leaves; Ctrl-C on the way leads back to the menu.

    Raises KeyboardInterrupt, EOFError for one at the menu itself.
    """
    while True:
        entries = _entries(session)
        chosen = session.choose(_("What is to be done?"), [entry.label for entry in entries], none=_("Leave"))
        if chosen is None:
            return
        with suppress(KeyboardInterrupt, EOFError):
            if line := entries[chosen].line(session):
                run(line.words, line.wanted)
                session.ask_text(_("Enter: back to the menu"))


def _entries(session: "Session") -> list[Entry]:
    """What can be done: with no ledger yet, begin one."""
    from ntmtrack.storage.connection import exists

    taking_in = Entry(_("Take in a file"), lambda _session: MenuCommand(["import"]))
    if not exists(session.file):
        return [Entry(_("Start a ledger"), lambda _session: MenuCommand(["init"])), taking_in]
    return [
        taking_in,
        Entry(_("Record recognitions"), lambda _session: MenuCommand(["record"])),
        Entry(_("See progress"), lambda _session: MenuCommand(["progress"], frozenset({"year"}))),
        Entry(_("Reports"), _report),
        Entry(_("Send forms"), _forms),
        Entry(_("Check and compare"), _comparing),
        Entry(_("Back up"), lambda _session: MenuCommand(["backup"])),
        Entry(_("Another command"), _typed),
    ]


def _choose(session: "Session", question: str, entries: Sequence[Entry], none: str) -> MenuCommand | None:
    """The line of the entry that is chosen; None for none."""
    chosen = session.choose(question, [entry.label for entry in entries], none=none)
    return None if chosen is None else entries[chosen].line(session)


def _report(session: "Session") -> MenuCommand | None:
    """A report of one of the kinds that there are, named after the month."""
    from ntmtrack.export import endings

    kinds = [ending for ending in _KINDS if ending in endings()]
    chosen = session.choose(_("Which kind of report?"), [_(_KINDS[kind]) for kind in kinds], none=_("Back"))
    if chosen is None:
        return None
    name = _("Report {month}").format(month=f"{session.today:%m-%Y}")
    return MenuCommand(["export", _new_file(session, f"{name}{kinds[chosen]}")], frozenset({"year"}))


def _forms(session: "Session") -> MenuCommand | None:
    entries = [
        *_offered("template", "--all", Entry(_("Forms for all, one file each"), _all_forms)),
        Entry(_("A form for one district"), _one_form),
        Entry(_("Take in what came back"), lambda _session: MenuCommand(["import"])),
        *_offered("template", "--missing", Entry(_("Who has not replied"), _not_replied)),
    ]
    return _choose(session, _("Which forms?"), entries, _("Back"))


def _all_forms(session: "Session") -> MenuCommand:
    return MenuCommand(["template", "--all", _new_file(session, _("Forms"))], frozenset({"deadline", "contact"}))


def _one_form(session: "Session") -> MenuCommand:
    return MenuCommand(["template", _new_file(session, _("Blank form") + ".xlsx")], frozenset({"scope"}))


def _not_replied(_session: "Session") -> MenuCommand:
    return MenuCommand(["template", "--missing"])


def _comparing(session: "Session") -> MenuCommand | None:
    entries = [
        Entry(_("What is odd in the ledger"), lambda _session: MenuCommand(["check"])),
        Entry(_("What changed since a day"), lambda _session: MenuCommand(["diff"])),
        Entry(_("Where a number comes from"), lambda _session: MenuCommand(["explain"], frozenset({"year"}))),
        Entry(_("What was done, by whom"), lambda _session: MenuCommand(["history", "--limit", "10"])),
        Entry(_("Take back what was done last"), lambda _session: MenuCommand(["undo"])),
    ]
    return _choose(session, _("Check or compare what?"), entries, _("Back"))


def _typed(session: "Session") -> MenuCommand:
    """A command as it is typed at a shell, with or without the program's name before it."""
    from ntmtrack.dialogue import Offer

    declare()
    offers = [Offer(name, command.get_short_help_str()) for name, command in tree().commands.items()]
    text = session.ask_text("ntmtrack", offers=offers)
    try:
        words = shlex.split(text.replace("\\", "\\\\"))
    except ValueError:  # a quotation mark that is not closed
        words = text.split()
    return MenuCommand(words[1:] if words[:1] == ["ntmtrack"] else words)


def _new_file(session: "Session", name: str) -> str:
    """Where a file is to be written: as typed, else in this folder."""
    from ntmtrack.paths import dragged

    return dragged(session.ask_text(_("File to write"), str(Path.cwd() / name), is_path=True))


def _offered(command: str, option: str, entry: Entry) -> list[Entry]:
    """An entry, where the command has the option that it needs."""
    declare([command])
    return [entry] if any(option in param.opts for param in tree(command).commands[command].params) else []
