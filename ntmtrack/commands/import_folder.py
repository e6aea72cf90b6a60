"""`import FOLDER`: the returns in a folder, each taken in as a file by itself: shown, asked, one action, or refused."""

from dataclasses import replace
from pathlib import Path

from ntmtrack.commands import Session
from ntmtrack.commands.import_ import FAULTS, import_file
from ntmtrack.errors import EmptyFolder, FolderUnasked, NotConfirmed, NtmError, OnlyForFiles
from ntmtrack.files import is_ours
from ntmtrack.i18n import _, number
from ntmtrack.ingest.columns import TableKind
from ntmtrack.ingest.options import ImportOptions
from ntmtrack.reports.returns import ReturnState, TakenFile, returns_report
from ntmtrack.text import sort_key

_TABLES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
_LOCKS = ("~$", ".~lock.")
_HIDDEN = 0x2  # of the attributes that Windows gives a file
_MACHINES = ("csv", "json")


def import_folder(session: Session, folder: Path, options: ImportOptions) -> bool:
    """Takes in what can be taken of a folder; gives whether anything in it has faults.

    Raises OnlyForFiles, EmptyFolder, and FolderUnasked where nobody can answer and --yes was not given.
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
    if not any(path.suffix.lower() in _TABLES for path in files):
        raise EmptyFolder(folder=folder)
    shown = options.output is None and options.format not in _MACHINES
    of_each = replace(options, what=options.what or TableKind.RECOGNITIONS, folder=folder, output=None, is_shown=shown)
    taken = {}
    for place, path in enumerate(returns, 1):
        session.say("")  # a line between files
        session.say(f"[{number(place)}/{number(len(returns))}] {path.name}")
        taken[path] = _take(session, path, of_each)
    session.say("")
    told = [taken.get(path) or TakenFile(path.name, ReturnState.SKIPPED, skipped[path]) for path in files]
    session.show(returns_report(folder.absolute().name, told), options.format, options.output)
    return any(one.outcome is ReturnState.FAULTY for one in told)


def _take(session: Session, path: Path, options: ImportOptions) -> TakenFile:
    """One file taken in, and what came of it; a refusal is said and goes no further."""
    try:
        action = import_file(session, replace(options, word=str(path)))
    except NotConfirmed:
        return TakenFile(path.name, ReturnState.LEFT)
    except NtmError as refused:
        first, *rest = refused.lines()
        for line in (_("Error: {message}").format(message=first), *(f"  {line}" for line in rest)):
            session.say(line)
        return TakenFile(path.name, ReturnState.FAULTY, first.removeprefix(f"{path.name}: "))
    if action is None:
        return TakenFile(path.name, ReturnState.SAME)
    if options.dry_run:
        return TakenFile(path.name, ReturnState.WOULD_BE)
    return TakenFile(path.name, ReturnState.TAKEN, action=action)


def _why_not(path: Path) -> str:
    """Why a file is no return; "" where it may be one."""
    if path.name.startswith(_LOCKS):
        return _("mark of a file that is open")
    if path.name.startswith(".") or getattr(path.lstat(), "st_file_attributes", 0) & _HIDDEN:
        return _("hidden")
    if not path.is_file():
        return _("folder: not entered")
    if path.suffix.lower() not in _TABLES:
        return _("no table")
    return _("written by this program, changed by nobody") if is_ours(path) else ""
