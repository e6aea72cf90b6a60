"""`doctor`: the ledger file and this computer, checked for whoever helps; nothing is changed, no names are shown."""

import getpass
import locale
import os
import platform
import re
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import TypeVar

from ntmtrack import __version__, paths
from ntmtrack.commands import Session
from ntmtrack.errors import reason
from ntmtrack.i18n import _, language, local_time, number
from ntmtrack.reports import Report
from ntmtrack.reports.doctor import Diagnosis, Verdict, checkup_report, diagnose
from ntmtrack.storage import chain, inspect, snapshots
from ntmtrack.storage.connection import APPLICATION_ID, HEAD, is_writable
from ntmtrack.storage.guards import Differences, differences

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
    shown = without_names(session.file) if with_paths else _file_words(session)
    findings = [*_of_file(session.file, session.now, shown), *computer(with_paths=with_paths)]
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


def _of_ledger(connection: sqlite3.Connection, now: datetime) -> Iterator[Diagnosis]:
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


_EXTRA = ("python-calamine", "Pillow")
_NAME = re.compile(r"[\w.-]+")  # of "SQLAlchemy>=2; extra == …" the name
_LETTERS = "ắẰđĐẽƠờỬỵ"
_SHOWN_AS_IS = ("NTMTRACK_LANG", "NO_COLOR")


def computer(*, with_paths: bool) -> Iterator[Diagnosis]:
    """What the program runs on."""
    yield Diagnosis("ntmtrack", __version__)
    yield Diagnosis("python", f"{platform.python_implementation()} {platform.python_version()}")
    yield Diagnosis("sqlite", sqlite3.sqlite_version)
    needed = _needed()
    for name in (*needed, *_EXTRA):
        try:
            yield Diagnosis(f"library.{name}", version(name))
        except PackageNotFoundError:
            yield Diagnosis(f"library.{name}", _("missing"), Verdict.PROBLEM if name in needed else Verdict.NOTE)
    yield Diagnosis("platform", f"{platform.system()} {platform.release()} {platform.machine()}".strip())
    yield Diagnosis("locale", f"{_locale()} · {language()}")
    yield _letters()
    columns = _("{columns} columns").format(columns=number(shutil.get_terminal_size().columns))
    yield Diagnosis("terminal", columns if sys.stdout.isatty() else _("none: the output goes elsewhere"))
    names = sorted(name for name in os.environ if name == "NO_COLOR" or name.startswith("NTMTRACK_"))
    shown = [_variable(name, os.environ[name], with_paths=with_paths) for name in names]
    yield Diagnosis("variables", " · ".join(shown) or _("none"))


def _needed() -> list[str]:
    """The libraries that the installed program says it needs; none where it is not installed as a package."""
    try:
        requirements = requires("ntmtrack") or []
    except PackageNotFoundError:
        return []
    return [
        name[0] for requirement in requirements if "extra ==" not in requirement and (name := _NAME.match(requirement))
    ]


def _locale() -> str:
    try:
        return ".".join(part for part in locale.getlocale() if part) or "C"
    except ValueError:  # a name that Python does not know
        return "?"


def _letters() -> Diagnosis:
    """Whether what is printed can hold the letters of Vietnamese."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    fault = ""
    try:
        _LETTERS.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        fault = _("{encoding}: lacks Vietnamese letters; write to a file with -o").format(encoding=encoding)
    return diagnose("letters", fault, encoding, Verdict.WARNING)


def _variable(name: str, value: str, *, with_paths: bool) -> str:
    """A variable that is set; of its value only what tells nothing of a person."""
    if name in _SHOWN_AS_IS:
        return f"{name}={value}"
    if name == paths.ENVIRONMENT and value and with_paths:
        return f"{name}={without_names(value)}"
    return name


def without_names(path: Path | str) -> str:
    """A path with the home folder as `~`, and the user's name elsewhere in it as `…`."""
    whole = Path(path).absolute()
    with suppress(ValueError, RuntimeError):  # elsewhere; no home at all
        whole = Path("~") / whole.relative_to(Path.home())
    try:
        user = getpass.getuser().casefold()
    except (KeyError, OSError, ImportError):
        user = ""
    parts = ["…" if user and part.casefold() == user and place else part for place, part in enumerate(whole.parts)]
    return str(Path(*parts))
