"""The one door for writing files: whole or not at all, and over nothing that is not ours."""

import itertools
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from ntmtrack import file_names
from ntmtrack.errors import DanglingLink, NoPlace, NotOurs, OverLedger, ReadOnlyFile, unwritable
from ntmtrack.i18n import _
from ntmtrack.streams import remark
from ntmtrack.written_files import is_ours, remember

_LEDGER_BEGINS = b"SQLite format 3"
_OPEN_FILES = re.compile(r"/dev/(?:stdout|stderr|fd/(?P<one>[0-9]+))|/proc/self/fd/(?P<other>[0-9]+)")
_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_OF_THE_STEM = 20  # letters that a draft is called by
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

    Raises NotOurs, ReadOnlyFile, DanglingLink, OverLedger for what lies there; NoPlace for a name that this system
    takes for none, FileBusy where it refuses.
    """
    try:
        if takes_a_stream(target):
            with _poured_into(target) as draft:
                yield draft
            return
        place = place_of(target)
        refuse_foreign(target)
        _warn_of_windows(target.name)
        with _draft_beside(place) as draft:
            yield draft
            refuse_foreign(target)  # somebody may have put a file there meanwhile
            draft.chmod(0o600 if private else _mode(place))
            remember(draft, place)
            draft.replace(place)
    except OSError as wrong:
        if file_names.is_too_long(target):
            raise NoPlace(file=target, reason=_("the folder and the name are too long together")) from wrong
        raise unwritable(target, wrong) from wrong


def replace_all(contents: Mapping[Path, bytes]) -> None:
    """Writes several files, all or none; raises what `replacing` raises.

    Every one is made before the first takes its place; where one cannot, those that did are taken away again.
    """
    places = {target: place_of(target) for target in contents}
    before = {target: _content(place) for target, place in places.items()}
    try:
        with ExitStack() as until_all_are_made:
            for target, content in contents.items():
                until_all_are_made.enter_context(replacing(target)).write_bytes(content)
    except BaseException:
        for target, place in places.items():
            with suppress(OSError):
                if place.is_file() and place.read_bytes() == contents[target] != before[target]:
                    _put_back(place, before[target])
        raise


def _content(place: Path) -> bytes | None:
    """What lies there; None for nothing; raises FileBusy."""
    try:
        return place.read_bytes() if place.is_file() else None
    except OSError as wrong:
        raise unwritable(place, wrong) from wrong


def _put_back(place: Path, content: bytes | None) -> None:
    """What lay there lies there again; None for nothing."""
    if content is None:
        place.unlink()
        return
    with _draft_beside(place) as draft:
        draft.write_bytes(content)
        draft.chmod(_mode(place))
        draft.replace(place)


def _warn_of_windows(name: str) -> None:
    """Says of a name that a file cannot keep where it is opened on Windows; here it can."""
    if fault := file_names.fault_on_windows(name):
        text = _("Note: {file} cannot be opened on Windows: {reason}. For Windows: {other}")
        remark(text.format(file=name, reason=fault, other=file_names.safe_name(name)))


def refuse_foreign(target: Path) -> None:
    """Raises what `replacing` raises of a name, and of a file that lies there and may not be replaced."""
    if takes_a_stream(target):
        return
    if file_names.ON_WINDOWS and (fault := file_names.fault_on_windows(target.name)):
        raise NoPlace(file=target, reason=fault)
    place = place_of(target)
    if not place.exists():
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
    if file_names.ON_WINDOWS:
        return file_names.stands_for_a_stream(target.name)
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
    handle, name = tempfile.mkstemp(
        prefix=f".{place.stem[:_OF_THE_STEM]}-", suffix=place.suffix, dir=place.absolute().parent
    )
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
