"""`import FOLDER`: the returns in a folder, each taken in as a file by itself: shown, asked, one action, or refused."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ntmtrack.commands import Session
from ntmtrack.commands.import_ import import_file
from ntmtrack.commands.marked_copy import FAULTS
from ntmtrack.errors import (
    BadRows,
    ChangedMeanwhile,
    ClockBehind,
    DatabaseBusy,
    DatabaseNewer,
    EmptyFolder,
    FolderUnasked,
    NoDatabase,
    NotALedger,
    NotConfirmed,
    NtmError,
    OnlyForFiles,
    YearClosed,
)
from ntmtrack.i18n import _, number
from ntmtrack.ingest.columns import TableKind
from ntmtrack.ingest.options import ImportOptions
from ntmtrack.paths import EXCEL_LOCK, LIBREOFFICE_LOCK, TABLES
from ntmtrack.reports.returns import ReturnState, TakenFile, returns_report
from ntmtrack.text import sort_key
from ntmtrack.written_files import is_ours

_HIDDEN = 0x2  # of the attributes that Windows gives a file
_MACHINES = ("csv", "json")
_OF_THE_LEDGER = (ChangedMeanwhile, ClockBehind, NoDatabase, NotALedger)  # and so of no file
_OF_ITS_FILE = (DatabaseBusy.exit_code, DatabaseNewer.exit_code)  # whatever is wrong with the ledger's own


def import_folder(session: Session, folder: Path, options: ImportOptions) -> int:
    """Takes in what can be taken of a folder; gives the exit code: of faults, of a closed year if that is all, or 0.

    Raises OnlyForFiles, EmptyFolder, FolderUnasked where nobody can answer and --yes was not given; and what keeps any
    file out, once it is shown what came of those before.
    """
    used = {"--annotate": options.copy, "--sheet": options.sheets}
    if strange := [option for option, value in used.items() if value]:
        raise OnlyForFiles(options=", ".join(strange))
    if not (options.yes or options.dry_run or session.can_ask):
        raise FolderUnasked(folder=folder)
    own = _(FAULTS)
    files = sorted(
        (path for path in folder.iterdir() if path.name != own), key=lambda path: (sort_key(path.name), path.name)
    )
    skipped = {path: why for path in files if (why := _why_not(path))}
    returns = [path for path in files if path not in skipped]
    if not any(path.suffix.lower() in TABLES for path in files):
        raise EmptyFolder(folder=folder, endings=", ".join(TABLES))
    shown = options.output is None and options.format not in _MACHINES
    what, is_assumed = options.what or TableKind.RECOGNITIONS, options.what is None
    of_each = replace(options, what=what, is_assumed=is_assumed, folder=folder, output=None, is_shown=shown)
    told = {path: TakenFile(path.name, ReturnState.SKIPPED, why) for path, why in skipped.items()}
    try:
        for place, path in enumerate(returns, 1):
            session.say("")  # a line between files
            session.say(f"[{number(place)}/{number(len(returns))}] {path.name}")
            _take(session, path, of_each, told)
    except BaseException:
        if any(one.outcome is ReturnState.TAKEN for one in told.values()):
            _show(session, folder, options, [told.get(path) or _not_reached(path) for path in files])
        raise
    _show(session, folder, options, [told[path] for path in files])
    outcomes = {one.outcome for one in told.values()}
    codes = {ReturnState.FAULTY: BadRows.exit_code, ReturnState.CLOSED: YearClosed.exit_code}
    return next((code for outcome, code in codes.items() if outcome in outcomes), 0)


def _not_reached(path: Path) -> TakenFile:
    return TakenFile(path.name, ReturnState.NOT_REACHED)


def _show(session: Session, folder: Path, options: ImportOptions, told: Sequence[TakenFile]) -> None:
    session.say("")
    session.show(returns_report(folder.absolute().name, told), options.format, options.output)


def _take(session: Session, path: Path, options: ImportOptions, told: dict[Path, TakenFile]) -> None:
    """One file taken in, and told what came of it, also where somebody stops it once it is written."""
    before = len(session.done)
    try:
        told[path] = _outcome(session, path, options)
    finally:
        if path not in told and len(session.done) > before:
            told[path] = TakenFile(path.name, ReturnState.TAKEN, action=session.done[-1])


def _outcome(session: Session, path: Path, options: ImportOptions) -> TakenFile:
    """What came of one file; a refusal of it is said and goes no further."""
    try:
        action = import_file(session, replace(options, word=str(path)))
    except NotConfirmed:
        return TakenFile(path.name, ReturnState.LEFT)
    except NtmError as refused:
        if isinstance(refused, _OF_THE_LEDGER) or refused.exit_code in _OF_ITS_FILE:
            raise
        first, *rest = refused.lines()
        for line in (_("Error: {message}").format(message=first), *(f"  {line}" for line in rest)):
            session.say(line)
        outcome = ReturnState.CLOSED if isinstance(refused, YearClosed) else ReturnState.FAULTY
        return TakenFile(path.name, outcome, first.removeprefix(f"{path.name}: "))
    if action is None:
        return TakenFile(path.name, ReturnState.SAME)
    if options.dry_run:
        return TakenFile(path.name, ReturnState.WOULD_BE)
    return TakenFile(path.name, ReturnState.TAKEN, action=action)


def _why_not(path: Path) -> str:
    """Why a file is no return; "" where it may be one."""
    if path.name.startswith((EXCEL_LOCK, LIBREOFFICE_LOCK)):
        return _("mark of a file that is open")
    if path.name.startswith(".") or getattr(path.lstat(), "st_file_attributes", 0) & _HIDDEN:
        return _("hidden")
    if not path.is_file():
        return _("folder: not entered")
    if path.suffix.lower() not in TABLES:
        return _("no table")
    return _("written by this program, changed by nobody") if is_ours(path) else ""
