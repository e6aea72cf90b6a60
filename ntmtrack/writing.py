"""The one door through which files are written: whole or not at all, and over nothing that is not ours.

What lies at the place already is only replaced where this program wrote it and nobody has changed it since, or where
the person says so (--force). A pipe or a device is written to; of a link, what it leads to is written, and it stays.
"""

import itertools
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from ntmtrack.errors import DanglingLink, NoPlace, NotOurs, OverLedger, ReadOnlyFile, unwritable
from ntmtrack.i18n import _
from ntmtrack.ownership import is_ours, remember

_LEDGER_BEGINS = b"SQLite format 3"
_OPEN_FILES = re.compile(r"/dev/(?:stdout|stderr|fd/(?P<one>[0-9]+))|/proc/self/fd/(?P<other>[0-9]+)")
_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_forced: ContextVar[bool] = ContextVar("forced", default=False)


@contextmanager
def forcing() -> Iterator[None]:
    """A block in which also files that are not ours may be replaced, because the person says so."""
    before = _forced.set(True)
    try:
        yield
    finally:
        _forced.reset(before)


def is_forced() -> bool:
    """Whether the person said that files which are not ours may be replaced."""
    return _forced.get()


@contextmanager
def replacing(target: Path, *, private: bool = False) -> Iterator[Path]:
    """A draft that takes the place of `target` when the block ends well, and leaves no trace when it does not.

    A `private` file is readable by its owner only, whatever was in its place.

    Raises NotOurs, ReadOnlyFile, DanglingLink, OverLedger for what lies there; FileBusy where the system refuses.
    """
    try:
        if takes_a_stream(target):
            with _poured_into(target) as draft:
                yield draft
            return
        place = place_of(target)
        refuse_foreign(target)
        with _draft_beside(place) as draft:
            yield draft
            refuse_foreign(target)  # somebody may have put a file there meanwhile
            draft.chmod(0o600 if private else _mode(place))
            remember(draft, place)
            draft.replace(place)
    except OSError as wrong:
        raise unwritable(target, wrong) from wrong


def refuse_foreign(target: Path) -> None:
    """Raises what `replacing` raises of a file that lies there and may not be replaced."""
    place = place_of(target)
    if not place.exists() or takes_a_stream(target):
        return
    if not place.is_file():
        raise NoPlace(file=target, reason=_("it is a folder") if place.is_dir() else _("it is no file"))
    _refuse_ledger(target)
    if not place.stat().st_mode & _WRITABLE or not os.access(place, os.W_OK):
        raise ReadOnlyFile(file=target, reason=_("it can only be read"))
    if not is_forced() and not is_ours(place):
        raise NotOurs(file=target, other=free_name(target).name)


def place_of(target: Path) -> Path:
    """Where a file of this name lies: what a link leads to, else the place itself; raises DanglingLink."""
    if not target.is_symlink():
        return target
    place = Path(os.path.realpath(target))
    if not place.exists() and not takes_a_stream(target):
        raise DanglingLink(file=target, to=place)
    return place


def free_name(file: Path, ending: str = " ({})") -> Path:
    """The first of "report (2).xlsx", "report (3).xlsx" … that is not there; the number may be written otherwise."""
    names = (file.with_name(f"{file.stem}{ending.format(place)}{file.suffix}") for place in itertools.count(2))
    return next(name for name in names if not os.path.lexists(name))


def takes_a_stream(target: Path) -> bool:
    """Whether a name stands for a pipe or a device (also `NUL` of Windows), or for a file that is already open."""
    if os.name == "nt":
        return target.stem.upper() in ("NUL", "CON")
    try:
        kind = target.stat().st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(kind) or stat.S_ISCHR(kind) or _OPEN_FILES.fullmatch(str(target.absolute())) is not None


@contextmanager
def _poured_into(target: Path) -> Iterator[Path]:
    """A draft elsewhere, whose bytes are then written to what stands under this name."""
    with tempfile.TemporaryDirectory(prefix="ntmtrack-") as folder:
        draft = Path(folder) / f"draft{target.suffix}"
        yield draft
        with draft.open("rb") as made, open(_opened(target), "wb") as stream:
            shutil.copyfileobj(made, stream)


def _opened(target: Path) -> int:
    """What stands under a name, opened to be written to; a file that is open already goes on where it stands."""
    name = str(target.absolute())
    found = _OPEN_FILES.fullmatch(name)
    if not found:
        return os.open(target, os.O_WRONLY | os.O_APPEND)
    number = found["one"] or found["other"] or ("1" if name.endswith("out") else "2")
    return os.dup(int(number))


@contextmanager
def _draft_beside(place: Path) -> Iterator[Path]:
    handle, name = tempfile.mkstemp(prefix=f".{place.stem}-", suffix=place.suffix, dir=place.absolute().parent)
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _refuse_ledger(target: Path) -> None:
    with target.open("rb") as file:
        if file.read(len(_LEDGER_BEGINS)) == _LEDGER_BEGINS:
            raise OverLedger(file=target)


def _mode(place: Path) -> int:
    """The permissions of the file that is replaced, or what a new file is given here."""
    if place.exists():
        return place.stat().st_mode
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
