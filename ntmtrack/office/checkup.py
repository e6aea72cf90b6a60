"""`doctor`: the ledger file and this computer, checked for whoever helps; nothing is changed, no names are shown."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from ntmtrack import paths
from ntmtrack.errors import reason
from ntmtrack.i18n import N_, _, local_time, number
from ntmtrack.office.computer import computer
from ntmtrack.office.hiding import without_names
from ntmtrack.office.invocation import Invocation
from ntmtrack.reports.checkup_table import Finding, Verdict, checkup_table
from ntmtrack.reports.values import Report
from ntmtrack.storage import examining, files
from ntmtrack.storage.examining import Contents, Place
from ntmtrack.storage.guards import Differences

_LEAST_FREE = 100 * 1024 * 1024
_TIMES_FREE = 3  # a copy, a journal, the ledger itself once more
_CLOCK_MAY_DIFFER = timedelta(hours=1)
_MOST_SHOWN = 5
_PAGES = N_("Pages of the file (integrity_check)")


def checkup(call: Invocation, *, with_paths: bool) -> tuple[Report, bool]:
    """The checks as a report, and whether one of them found a problem; a file of whatever kind raises nothing.

    Folders may be named after people and offices: paths are only shown where that is asked for.
    """
    shown = without_names(call.file) if with_paths else _told_apart(call)
    findings = [*_of_file(call.file, call.now, shown), *computer(with_paths=with_paths)]
    return checkup_table(findings, with_paths=with_paths), any(one.verdict is Verdict.PROBLEM for one in findings)


def _told_apart(call: Invocation) -> str:
    """Which file is meant, without its path."""
    if call.db:
        return _("the file that --db names (path hidden; shown with --paths)")
    if os.environ.get(paths.ENVIRONMENT):
        return _("the file that {variable} names (path hidden; shown with --paths)").format(variable=paths.ENVIRONMENT)
    return _("the file in the program’s own folder (path hidden; shown with --paths)")


def _of_file(file: Path, now: datetime, shown: str) -> Iterator[Finding]:
    named = _("Ledger file")
    try:
        told = file.stat()
    except FileNotFoundError:
        if file.is_symlink():
            yield Finding("file", named, _("{file}: a link to what is not there").format(file=shown), Verdict.PROBLEM)
        else:
            yield Finding("file", named, _("{file}: none yet").format(file=shown))
        return
    except (OSError, ValueError) as wrong:
        why = reason(wrong) if isinstance(wrong, OSError) else str(wrong)
        yield Finding("file", named, f"{shown}: {why}", Verdict.PROBLEM)
        return
    if not stat.S_ISREG(told.st_mode):
        yield Finding("file", named, _("{file}: this is no file").format(file=shown), Verdict.PROBLEM)
        return
    yield Finding("file", named, shown, Verdict.OK)
    lies = examining.place(file, _mounts())
    yield from _of_contents(examining.contents(file), lies, now)
    yield from _of_place(file, lies)


def _mounts() -> str:
    with suppress(OSError):
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    return ""


def _of_contents(held: Contents, lies: Place, now: datetime) -> Iterator[Finding]:
    """What stands in the file."""
    named = _("Kind of file")
    if held.trouble and (held.is_busy or lies.has_hot_journal):
        said = _("not checked: in use, or a write was broken off ({reason})").format(reason=held.trouble)
        yield Finding("kind", named, said, Verdict.WARNING)
        return
    if not held.is_ledger:
        said = _("no ledger of ntmtrack")
        yield Finding("kind", named, f"{said}: {held.trouble}" if held.trouble else said, Verdict.PROBLEM)
        return
    yield Finding("kind", named, f"ntmtrack (0x{files.APPLICATION_ID:X})", Verdict.OK)
    if held.trouble:
        yield Finding("integrity", _(_PAGES), held.trouble, Verdict.PROBLEM)
        return
    yield _schema(held.revision)
    if held.differing is not None:
        yield _guards(held.differing)
    yield _pages(held)
    yield _references(held.dangling)
    yield _chain(held)
    yield _clock(held, now)


def _schema(revision: str | None) -> Finding:
    named = _("Schema")
    if revision is None:
        return Finding("schema", named, _("not told"), Verdict.PROBLEM)
    told = _("{revision}; the program’s is {head}").format(revision=revision, head=files.HEAD)
    if revision > files.HEAD:
        return Finding("schema", named, told + " · " + _("update the program"), Verdict.PROBLEM)
    if revision < files.HEAD:
        return Finding("schema", named, told + " · " + _("the next command brings it up to date, with a copy before"))
    return Finding("schema", named, told, Verdict.OK)


def _guards(differing: Differences) -> Finding:
    named = _("Tables and rules of the file")
    if not (told := differing.words()):
        return Finding("guards", named, _("as this program made them"), Verdict.OK)
    if differing.is_unsafe:
        way = _("go back to a copy: ntmtrack restore COPY") if differing.lost else _("mend it: ntmtrack doctor --mend")
        told = _("{differences} · nothing can be written before you {way}").format(differences=told, way=way)
    return Finding("guards", named, told, Verdict.PROBLEM if differing.is_unsafe else Verdict.WARNING)


def _pages(held: Contents) -> Finding:
    named = _(_PAGES)
    if held.damage:
        return Finding("integrity", named, "; ".join(held.damage[:_MOST_SHOWN]), Verdict.PROBLEM)
    return Finding("integrity", named, _("whole"), Verdict.OK)


def _references(dangling: int | None) -> Finding:
    named = _("References between rows (foreign keys)")
    if dangling is None:
        return Finding("references", named, _("cannot be read"), Verdict.PROBLEM)
    if dangling:
        text = _("rows that speak of what is not there: {count}").format(count=number(dangling))
        return Finding("references", named, text, Verdict.PROBLEM)
    return Finding("references", named, _("whole"), Verdict.OK)


def _chain(held: Contents) -> Finding:
    named = _("Chain of hashes")
    if held.broken is None and held.revision != files.HEAD:
        return Finding("chain", named, _("not checked: another schema"))
    if held.broken is None:
        return Finding("chain", named, _("cannot be read"), Verdict.PROBLEM)
    if held.broken:
        shown = ", ".join(map(str, held.broken[:_MOST_SHOWN])) + (" …" if len(held.broken) > _MOST_SHOWN else "")
        text = _("does not hold at action {actions}: changed by another program, or left out")
        return Finding("chain", named, text.format(actions=shown), Verdict.PROBLEM)
    return Finding("chain", named, _("holds, {count} actions").format(count=number(held.actions or 0)), Verdict.OK)


def _clock(held: Contents, now: datetime) -> Finding:
    named = _("Clock against the last action")
    if not held.last_at:
        return Finding("clock", named, _("no action yet") if held.actions == 0 else _("cannot be read"))
    try:
        is_behind = now < datetime.fromisoformat(held.last_at) - _CLOCK_MAY_DIFFER
        times = {"now": local_time(now.isoformat()), "last": local_time(held.last_at)}
    except (ValueError, TypeError, OverflowError):  # no moment at all, or one without its zone
        return Finding("clock", named, _("cannot be read"), Verdict.WARNING)
    if is_behind:
        text = _("the clock says {now}, the last action is of {last}: set the clock right").format(**times)
        return Finding("clock", named, text, Verdict.PROBLEM)
    return Finding("clock", named, _("{now}, after the last action of {last}").format(**times), Verdict.OK)


def _of_place(file: Path, lies: Place) -> Iterator[Finding]:
    """How the file lies on its disk."""
    yield Finding("size", _("Size"), _bytes(lies.size))
    yield _journal(lies)
    yield _writable(lies)
    yield _permissions(lies.others_read)
    yield _folder(file, lies.network)
    yield _free(lies)
    yield _copies(file)


def _journal(lies: Place) -> Finding:
    named = _("Unfinished write beside it (-journal)")
    if lies.has_hot_journal:
        text = _("yes: keep that file; the next command takes the unfinished write back")
        return Finding("journal", named, text, Verdict.WARNING)
    return Finding("journal", named, _("none"), Verdict.OK)


def _writable(lies: Place) -> Finding:
    named = _("Can be written")
    if lies.is_writable:
        return Finding("writable", named, _("yes"), Verdict.OK)
    return Finding("writable", named, _("no: the file or its folder can only be read"), Verdict.WARNING)


def _permissions(others_read: bool | None) -> Finding:
    named = _("Who may read it")
    if others_read is None:
        return Finding("permissions", named, _("not checked on this system"))
    if others_read:
        return Finding("permissions", named, _("other users of this computer too"), Verdict.WARNING)
    return Finding("permissions", named, _("its owner only"), Verdict.OK)


def _folder(file: Path, network: str | None) -> Finding:
    named = _("Network or synchronised folder")
    if network or paths.on_shared_folder(file):
        text = _("yes: a ledger can be damaged there; keep it on this computer’s own disk")
        return Finding("shared", named, f"{text} ({network})" if network else text, Verdict.WARNING)
    return Finding("shared", named, _("no"), Verdict.OK)


def _free(lies: Place) -> Finding:
    named = _("Free space on the disk")
    if lies.free is None:
        return Finding("free", named, _("cannot be read"))
    is_short = lies.free < max(_LEAST_FREE, _TIMES_FREE * lies.size)
    return Finding("free", named, _bytes(lies.free), Verdict.WARNING if is_short else Verdict.OK)


def _copies(file: Path) -> Finding:
    found = examining.kept_copies(file)
    newest = f" · {found.newest}" if found.newest else ""
    return Finding("copies", _("Copies made by themselves"), number(found.kept) + newest)


def _bytes(count: int) -> str:
    """A size in KB or MB, or GB, rounded down."""
    for unit, size in (("GB", 2**30), ("MB", 2**20), ("KB", 2**10)):
        if count >= 10 * size or (unit == "KB" and count >= size):
            return f"{number(count // size)} {unit}"
    return f"{number(count)} byte"
