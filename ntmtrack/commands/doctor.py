"""`doctor`: the ledger file and this computer, checked for whoever helps; nothing is changed, no names are shown."""

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from ntmtrack import paths
from ntmtrack.commands import Session, uninterrupted
from ntmtrack.commands.computer import computer, without_names
from ntmtrack.errors import ForeignParts, NotConfirmed, reason
from ntmtrack.i18n import _, local_time, number
from ntmtrack.reports import Report
from ntmtrack.reports.doctor import Diagnosis, Verdict, checkup_report, diagnose
from ntmtrack.storage import chain, inspect, snapshots
from ntmtrack.storage.connection import APPLICATION_ID, HEAD, is_writable
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.guards import Differences, differences, part_names
from ntmtrack.storage.restore import mend as carry_out

_LEAST_FREE = 100 * 1024 * 1024
_TIMES_FREE = 3  # a copy, a journal, the ledger itself once more
_CLOCK_MAY_DIFFER = timedelta(hours=1)
_MOST_SHOWN = 5
_OTHERS_READ = stat.S_IRGRP | stat.S_IROTH
Answer = TypeVar("Answer")


def checkup(session: Session, *, with_paths: bool) -> tuple[Report, bool]:
    """The checks as a report, and whether one of them found a problem; a file of whatever kind raises nothing.

    Folders may be named after people and offices: paths are only shown where that is asked for.
    """
    file = session.file
    if isinstance(file, Path):
        shown = without_names(file) if with_paths else _file_words(session)
        found = _of_file(file, session.now, shown)
    else:
        from ntmtrack.commands.server_checkup import server_checkup

        found = server_checkup(file, session.now, with_paths=with_paths)
    findings = [*found, *computer(with_paths=with_paths)]
    return checkup_report(findings, with_paths=with_paths), any(
        finding.verdict is Verdict.PROBLEM for finding in findings
    )


def _file_words(session: Session) -> str:
    """Which file is meant, without its path."""
    if session.db:
        return _("the file that --db names (path hidden; shown with --paths)")
    if os.environ.get(paths.ENVIRONMENT):
        return _("the file that {variable} names (path hidden; shown with --paths)").format(variable=paths.ENVIRONMENT)
    return _("the file in the program’s own folder (path hidden; shown with --paths)")


def _of_file(file: Path, now: datetime, shown: str) -> Iterator[Diagnosis]:
    fault = ""
    try:
        status = file.stat()
    except FileNotFoundError:
        if not file.is_symlink():
            yield Diagnosis("file", _("{file}: none yet").format(file=shown))
            return
        fault = _("{file}: a link to what is not there").format(file=shown)
    except (OSError, ValueError) as wrong:
        fault = f"{shown}: {reason(wrong) if isinstance(wrong, OSError) else wrong}"
    else:
        if not stat.S_ISREG(status.st_mode):
            fault = _("{file}: this is no file").format(file=shown)
    yield diagnose("file", fault, shown)
    if not fault:
        yield from _of_contents(file, now)
        yield from _of_place(file, status)


def _of_contents(file: Path, now: datetime) -> Iterator[Diagnosis]:
    """What stands in the file."""
    strange, is_ledger = _("no ledger of ntmtrack"), False
    ours = Diagnosis("kind", f"ntmtrack (0x{APPLICATION_ID:X})", Verdict.OK)
    try:
        is_ledger = inspect.says_it_is_a_ledger(file)
        with inspect.looked_into(file) as connection:
            diagnoses = (
                [ours, *_of_ledger(connection, now)] if is_ledger else [Diagnosis("kind", strange, Verdict.PROBLEM)]
            )
    except (sqlite3.Error, OSError) as wrong:
        why, is_busy = inspect.trouble(wrong, file)
        diagnoses = [ours, Diagnosis("integrity", why, Verdict.PROBLEM)]
        if is_busy or inspect.has_hot_journal(file):
            state = _("not checked: in use, or a write was broken off ({reason})").format(reason=why)
            diagnoses = [Diagnosis("kind", state, Verdict.WARNING)]
        elif not is_ledger:
            diagnoses = [Diagnosis("kind", f"{strange}: {why}", Verdict.PROBLEM)]
    yield from diagnoses


def _of_ledger(connection: Connection, now: datetime) -> Iterator[Diagnosis]:
    """Each question by itself: what one cannot tell, another may."""
    row = _answer_of(lambda: connection.execute("SELECT version_num FROM alembic_version").fetchone())
    revision = str(row[0]) if row else None
    damage = _answer_of(lambda: snapshots.damage(connection), lambda wrong: [wrong])
    yield _schema(revision)
    if revision == HEAD and (differing := _answer_of(lambda: differences(connection))):
        yield _guards(differing)
    yield diagnose("integrity", "; ".join((damage or [])[:_MOST_SHOWN]), _("whole"))
    yield _references(_answer_of(lambda: len(snapshots.dangling(connection))))
    actions, last = _answer_of(lambda: connection.execute("SELECT count(*), max(at) FROM action").fetchone()) or (
        None,
        None,
    )
    if revision == HEAD:
        broken = None if damage else _answer_of(lambda: [flaw.action for flaw in chain.breaks(connection)])
        yield _chain(broken, actions or 0)
    else:
        yield Diagnosis("chain", _("not checked: another schema"))
    yield _clock(last, now) if last else Diagnosis("clock", _("no action yet") if actions == 0 else _("cannot be read"))


def _answer_of(question: Callable[[], Answer], otherwise: Callable[[str], Answer] | None = None) -> Answer | None:
    try:
        return question()
    except (sqlite3.DatabaseError, AssertionError) as wrong:
        return otherwise(str(wrong)) if otherwise else None


def _schema(revision: str | None) -> Diagnosis:
    if revision is None:
        return Diagnosis("schema", _("not told"), Verdict.PROBLEM)
    state = _("{revision}; the program’s is {head}").format(revision=revision, head=HEAD)
    if revision < HEAD:
        return Diagnosis("schema", state + " · " + _("the next command brings it up to date, with a copy before"))
    return diagnose("schema", state + " · " + _("update the program") if revision > HEAD else "", state)


def _guards(differing: Differences) -> Diagnosis:
    state = differing.words()
    if differing.is_unsafe:
        way = _("go back to a copy: ntmtrack restore COPY") if differing.lost else _("mend it: ntmtrack doctor --mend")
        state = _("{differences} · nothing can be written before you {way}").format(differences=state, way=way)
    weight = Verdict.PROBLEM if differing.is_unsafe else Verdict.WARNING
    return diagnose("guards", state, _("as this program made them"), weight)


def _references(dangling: int | None) -> Diagnosis:
    if dangling is None:
        return Diagnosis("references", _("cannot be read"), Verdict.PROBLEM)
    text = _("rows that speak of what is not there: {count}").format(count=number(dangling))
    return diagnose("references", text if dangling else "", _("whole"))


def _chain(broken: list[int] | None, actions: int) -> Diagnosis:
    if broken is None:
        return Diagnosis("chain", _("cannot be read"), Verdict.PROBLEM)
    shown = ", ".join(map(str, broken[:_MOST_SHOWN])) + (" …" if len(broken) > _MOST_SHOWN else "")
    text = _("does not hold at action {actions}: changed by another program, or left out").format(actions=shown)
    return diagnose("chain", text if broken else "", _("holds, {count} actions").format(count=number(actions)))


def _clock(last: str, now: datetime) -> Diagnosis:
    try:
        is_behind = now < datetime.fromisoformat(last) - _CLOCK_MAY_DIFFER
        times = {"now": local_time(now.isoformat()), "last": local_time(last)}
    except (ValueError, TypeError, OverflowError):  # no moment at all, or one without its zone
        return Diagnosis("clock", _("cannot be read"), Verdict.WARNING)
    text = _("the clock says {now}, the last action is of {last}: set the clock right").format(**times)
    return diagnose("clock", text if is_behind else "", _("{now}, after the last action of {last}").format(**times))


def _of_place(file: Path, status: os.stat_result) -> Iterator[Diagnosis]:
    """How the file lies on its disk."""
    yield Diagnosis("size", _bytes(status.st_size))
    unfinished = _("yes: keep that file; the next command takes the unfinished write back")
    yield diagnose("journal", unfinished if inspect.has_hot_journal(file) else "", _("none"), Verdict.WARNING)
    locked = "" if is_writable(file) else _("no: the file or its folder can only be read")
    yield diagnose("writable", locked, _("yes"), Verdict.WARNING)
    if os.name == "posix":
        others = _("other users of this computer too") if status.st_mode & _OTHERS_READ else ""
        yield diagnose("permissions", others, _("its owner only"), Verdict.WARNING)
    else:
        yield Diagnosis("permissions", _("not checked on this system"))
    network = inspect.network_of(file.resolve(), _mounts())
    text = _("yes: a ledger can be damaged there; keep it on this computer’s own disk")
    is_shared = bool(network) or paths.on_shared_folder(file)
    yield diagnose(
        "shared", (f"{text} ({network})" if network else text) if is_shared else "", _("no"), Verdict.WARNING
    )
    yield _free(inspect.free_bytes(file.absolute().parent), status.st_size)
    kept = inspect.kept_copies(file)
    yield Diagnosis("copies", " · ".join([number(len(kept)), *kept[-1:]]))


def _mounts() -> str:
    with suppress(OSError):
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    return ""


def _free(free: int | None, size: int) -> Diagnosis:
    if free is None:
        return Diagnosis("free", _("cannot be read"))
    is_short = free < max(_LEAST_FREE, _TIMES_FREE * size)
    return Diagnosis("free", _bytes(free), Verdict.WARNING if is_short else Verdict.OK)


def _bytes(count: int) -> str:
    """A size in KB or MB, or GB, rounded down."""
    for unit, size in (("GB", 2**30), ("MB", 2**20), ("KB", 2**10)):
        if count >= 10 * size or (unit == "KB" and count >= size):
            return f"{number(count // size)} {unit}"
    return f"{number(count)} byte"


def mend(session: Session, *, yes: bool) -> None:
    """Puts back what is missing or changed, takes away what is planted, after saying so; a copy is kept.

    What is foreign is taken away only where somebody says yes. Raises NotConfirmed, ForeignParts, and what
    `storage.restore.mend` raises.
    """
    file = session.file_alone("doctor --mend")
    with session.reading() as connection:
        seen = differences(connection)
    if not (seen.to_make or seen.to_remove):
        session.say(_("There is no rule of the file to put back or to take away."))
        return
    done = _in_words(seen)
    if not yes and not session.can_ask and seen.to_remove:
        raise ForeignParts(parts=part_names(seen.to_remove))
    session.say(_("To be done: {done}.").format(done=done))
    if not yes and session.can_ask and not session.ask(_("Do this?")):
        raise NotConfirmed
    with uninterrupted():
        kept = carry_out(file, session.stamp("doctor --mend"), seen, done)
        session.has_written = True
        session.say(_("Done. The ledger as it was before is {kept}").format(kept=kept))


def _in_words(differences: Differences) -> str:
    texts = ((_("put back: {parts}"), differences.to_make), (_("taken away: {parts}"), differences.to_remove))
    return "; ".join(text.format(parts=part_names(parts)) for text, parts in texts if parts)
