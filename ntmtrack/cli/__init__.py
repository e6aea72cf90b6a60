"""The command line: `main(argv)` gives an exit code, and is the one place where errors become words."""

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

from ntmtrack.errors import NotConfirmed, NotText, NtmError, OutputLost, reason
from ntmtrack.i18n import N_, _, use_language
from ntmtrack.streams import never_fail_to_print, open_missing, showing, tell
from ntmtrack.ways import speak_as

if TYPE_CHECKING:
    from ntmtrack.commands import Session


_COMPLETING = "_NTMTRACK_COMPLETE"  # which the shell sets that asks what may be typed
NOT_WRITABLE, BUG, INTERRUPTED, MISUSED = 6, 70, 130, 2
_STOPPED = N_("Interrupted. Nothing was written.")
_STOPPED_AFTER = N_("Interrupted. What was said to be done above stands.")


def run() -> None:
    """The console script."""
    gc.set_threshold(100_000)  # a short run makes little garbage: looking for it costs a tenth of the start
    sys.exit(main())


def main(argv: Sequence[str] | None = None, session: "Session | None" = None) -> int:
    """Runs one command line; gives its exit code (see `ntmtrack.errors`) and never raises.

    `session` brings another clock and user than the system's: for tests and examples.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    # Needed for the errors of parsing too.
    use_language(_told("--lang", arguments) or os.environ.get("NTMTRACK_LANG", ""))
    open_missing()
    for stream in (sys.stdout, sys.stderr):
        never_fail_to_print(stream)
    from ntmtrack.commands import Session

    session = session or Session()
    speak_as(of_menu=session.is_of_menu)
    try:
        return _run(arguments, session)
    except KeyboardInterrupt:
        _tell([_stopped(session)], is_error=False)
        return INTERRUPTED


def _stopped(session: "Session") -> str:
    """That somebody stopped, what was written until then, and how that is taken back."""
    if not session.done:
        return _(_STOPPED_AFTER if session.has_written else _STOPPED)
    from ntmtrack.i18n import number

    text = _("Interrupted: action {actions} is written, nothing more in the ledger. Take it back: ntmtrack undo {last}")
    if session.has_undone:
        text = _("Interrupted: action {actions} is written, nothing more in the ledger. Do it again: ntmtrack redo")
    if len(session.done) > 1:
        text = _(
            "Interrupted: actions {actions} are written, nothing more in the ledger. Take them back one by one, the"
            " last first: ntmtrack undo {last}"
        )
    return text.format(actions=", ".join(map(number, session.done)), last=session.done[-1])


def _run(arguments: list[str], session: "Session") -> int:
    import click

    from ntmtrack.cli.app import tree

    arguments = _in_program_words(arguments)
    if _is_bare(arguments) and session.can_ask and _COMPLETING not in os.environ:
        return _menu(arguments, session)
    name = declare(arguments)
    try:
        _refuse_what_is_no_text(arguments)
        code: object = 0
        with showing(), suppress(SystemExit):  # by which click ends when nobody reads what it prints
            code = tree(name).main(arguments, prog_name="ntmtrack", standalone_mode=False, obj=session)
        if code == INTERRUPTED:
            raise KeyboardInterrupt
        return code if isinstance(code, int) else 0
    except click.exceptions.NoArgsIsHelpError as wrong:
        with suppress(OutputLost), showing():
            click.echo(wrong.ctx.get_help() if wrong.ctx else "")
        return MISUSED
    except Exception as wrong:
        if session.debug and not isinstance(wrong, click.ClickException):
            raise
        if _began_with_an_interrupt(wrong):
            raise KeyboardInterrupt from wrong
        lines, code = _words_for(wrong, session)
        _tell(lines, is_error=not isinstance(wrong, NotConfirmed | click.Abort | EOFError))
        return code


def _menu(options: list[str], session: "Session") -> int:
    """Opens the menu, each of whose choices is a command line of its own, with the options that it was opened with."""
    from dataclasses import replace

    menu = import_module("ntmtrack.cli.menu")

    from datetime import UTC, datetime

    opened = datetime.now(UTC)

    def run_line(line: Sequence[str], wanted: frozenset[str]) -> int:
        now = session.now + (datetime.now(UTC) - opened)  # a menu may stay open for days
        return main(
            [*line, *options],
            replace(
                session,
                now=now,
                wanted=wanted,
                tells_line=True,
                is_of_menu=True,
                has_undone=False,
                has_written=False,
                said_on_trial=set(),
                done=[],
                settled=[],
            ),
        )

    def refused(wrong: Exception) -> int:
        if "--debug" in options:
            raise wrong
        lines, code = _words_for(wrong, session)
        _tell(lines)
        return code

    session.db = _told("--db", options) or session.db
    try:
        menu.open_menu(session, run_line, refused)
    except (KeyboardInterrupt, EOFError):
        tell("")
    except NtmError as wrong:  # which ledger is meant, or its server, is not to be had
        return refused(wrong)
    return 0


def _began_with_an_interrupt(wrong: BaseException | None) -> bool:
    """Whether an error came of putting things in order after Ctrl-C."""
    while wrong is not None and not isinstance(wrong, KeyboardInterrupt):
        wrong = wrong.__context__
    return wrong is not None


def _refuse_what_is_no_text(arguments: list[str]) -> None:
    """Raises NotText for bytes of another encoding, and for a NUL: no file of ours, no fact can hold them."""
    for argument in arguments:
        if "\0" in argument or any("\ud800" <= char <= "\udfff" for char in argument):
            raise NotText(text=argument)


def _words_for(wrong: Exception, session: "Session") -> tuple[list[str], int]:
    """What to say of an error, and its exit code: of what was written already, that it stands."""
    import click

    if isinstance(wrong, NtmError):
        return wrong.lines(), 0 if session.has_written and isinstance(wrong, OutputLost) else wrong.exit_code
    if isinstance(wrong, click.UsageError):
        where = wrong.ctx.command_path if wrong.ctx else "ntmtrack"
        return [wrong.format_message(), _("See: {command} --help").format(command=where)], MISUSED
    if isinstance(wrong, click.ClickException):
        return [wrong.format_message()], MISUSED
    if isinstance(wrong, click.Abort | EOFError):
        return [_stopped(session)], INTERRUPTED
    if isinstance(wrong, OSError):
        text = _("Cannot write {file}: {reason}")
        return [text.format(file=wrong.filename or _("the output"), reason=reason(wrong))], NOT_WRITABLE
    return [
        _("The program has a fault: {kind}: {text}").format(kind=type(wrong).__name__, text=wrong),
        _("What was said to be done above stands. Please report it with what --debug prints.")
        if session.has_written
        else _("Nothing half done was kept. Please report it with what --debug prints."),
    ], BUG


def _tell(lines: list[str], *, is_error: bool = True) -> None:
    """Why nothing more is done, on stderr: each line single, nothing in them that moves the cursor.

    What the person decided is no error.
    """
    from ntmtrack.text import visible

    first, *rest = [visible(line) for line in lines]
    tell("\n  ".join([_("Error: {message}").format(message=first) if is_error else first, *rest]))


def _told(option: str, arguments: Sequence[str]) -> str:
    """What an option is given, before any is parsed; "" for none."""
    for place, argument in enumerate(arguments):
        if argument == option and place + 1 < len(arguments):
            return arguments[place + 1]
        if argument.startswith(f"{option}="):
            return argument.removeprefix(f"{option}=")
    return ""


# In the order in which the help lists them.
DECLARED = {
    "setup": ("demo", "init", "help", "add-district", "add-commune", "add-village", "units", "show"),
    "recognitions": ("record", "revoke", "edit"),
    "marks": ("participate", "mark"),
    "assessments": ("assess", "criteria-gap", "bands", "at-risk"),
    "measures": ("value", "values"),
    "units": ("rearrange", "carry"),
    "imports": ("import",),
    "forms": ("template",),
    "questions": ("progress", "explain", "map", "trend", "list", "remaining"),
    "roadmaps": ("roadmap",),
    "tasks": ("task",),
    "registers": ("register", "entry"),
    "movements": ("movement",),
    "calendars": ("calendar",),
    "awards": ("candidates", "quota", "award"),
    "criteria": ("criteria",),
    "reports": ("check", "export", "publish", "close-year"),
    "ledger": ("status", "history", "diff", "undo", "redo"),
    "proposals": ("proposals", "take", "refuse"),
    "backup": ("backup", "restore", "join", "verify", "dump", "load", "doctor"),
    "servers": ("server",),
}


def declare(arguments: Sequence[str] = ()) -> str | None:
    """Declares the command that a command line names, or every command where it names none that is known; its name."""
    word = _first_word(arguments)
    if word == "--version":
        return word
    modules = [module for module, names in DECLARED.items() if word in names]
    for module in modules or DECLARED:
        import_module(f"ntmtrack.cli.{module}")
    return word if modules else None


def declared() -> list[str]:
    """The names of all commands."""
    return [name for names in DECLARED.values() for name in names]


def _first_word(arguments: Sequence[str]) -> str | None:
    """The first word that is neither an option nor an option's value, or --version where that comes first."""
    place = _first_place(arguments)
    return None if place is None else arguments[place]


def _first_place(arguments: Sequence[str]) -> int | None:
    is_value = False
    for place, word in enumerate(arguments):
        if is_value:
            is_value = False
        elif word in ("--db", "--lang"):
            is_value = True
        elif word == "--version" or not word.startswith("-"):
            return place
    return None


def _is_bare(arguments: Sequence[str]) -> bool:
    """Whether a command line says at most which ledger, and in which language."""
    options = [word for word in arguments if word.startswith("-")]
    return _first_word(arguments) is None and all(word.startswith(("--db", "--lang", "--debug")) for word in options)


def _in_program_words(arguments: list[str]) -> list[str]:
    """The command line, its command by the program's own name where it is called by its Vietnamese one."""
    place = _first_place(arguments)
    if place is None or arguments[place] in declared():
        return arguments
    from ntmtrack.cli.names import in_program_words

    return [*arguments[:place], *in_program_words(arguments[place:], declared())]
