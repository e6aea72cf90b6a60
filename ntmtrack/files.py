"""The one door for writing files: whole or not at all, and over nothing that is not ours."""

import hashlib
import itertools
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from datetime import datetime, timedelta
from pathlib import Path

from ntmtrack import file_names, paths
from ntmtrack.errors import DanglingLink, NoPlace, NotOurs, OverLedger, ReadOnlyFile, unwritable
from ntmtrack.i18n import _
from ntmtrack.streams import remark

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


LONGEST_PROPERTY = 255  # letters of what a workbook tells of itself
STAMP = "ntmtrack "  # begins the name of every property that a report carries in its file
FINGERPRINT = f"{STAMP}fingerprint"
STAMP_PART = "docProps/custom.xml"
_CORE, _APP = "docProps/core.xml", "docProps/app.xml"
_OTHER_OFFICE = b"LibreOffice"  # which gives a copy one moment for both of its days
_DAYS = re.compile(r"<dcterms:(created|modified)[^>]*>([^<]+)<")
_A_MOMENT = timedelta(minutes=1)

_REGISTER = "written.txt"
_KEPT = 5_000  # digests, the latest: what offices write in many years
_DIGITS = 32  # of each digest
_LINE = 2 * _DIGITS + 1  # bytes


def is_ours(file: Path) -> bool:
    """Whether this program wrote the file that lies there, and nobody has changed it since.

    The register goes before the stamp, which a program that saves a workbook may leave as it was.
    """
    try:
        written = [line for line in _register().read_bytes().split() if line.startswith(_of_place(file))]
        return _line(file, file) in written if written else is_as_stamped(file)
    except OSError:
        return is_as_stamped(file)


def remember(written: Path, place: Path) -> None:
    """Notes that what stands in `written` is about to lie at `place`; where that cannot be kept, it is not ours."""
    register = _register()
    with suppress(OSError):
        register.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(register, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with open(handle, "ab") as lines:  # one short write, which no other program's comes between
            lines.write(_line(written, place) + b"\n")
        if register.stat().st_size > 2 * _KEPT * _LINE:
            _shorten(register)


def _register() -> Path:
    return paths.data_folder() / _REGISTER


def _line(content: Path, place: Path) -> bytes:
    """The digest of a place, then that of the content that lies there."""
    with content.open("rb") as file:
        inside = hashlib.file_digest(file, "sha256").digest()
    return _of_place(place) + _shown(inside + _where(place))


def _of_place(place: Path) -> bytes:
    return _shown(_where(place))


def _where(place: Path) -> bytes:
    """A place, however it is spelled."""
    return os.fsencode(os.path.normcase(os.path.realpath(place)))


def _shown(text: bytes) -> bytes:
    return hashlib.sha256(text).hexdigest()[:_DIGITS].encode()


def _shorten(register: Path) -> None:
    latest = register.read_bytes().splitlines(keepends=True)[-_KEPT:]
    draft = register.with_name(f"{_REGISTER}.{os.getpid()}")
    draft.write_bytes(b"".join(latest))
    draft.chmod(0o600)
    draft.replace(register)


_SEAL = re.compile(rb'<meta name="ntmtrack seal" content="([0-9a-f]{64})">\n')
_PAGE_BEGINS = b"<!doctype html>"


def sealed(page: str) -> str:
    """A page of HTML with the digest of all the rest of it, by which a change is seen."""
    seal = f'<meta name="{STAMP}seal" content="{hashlib.sha256(page.encode()).hexdigest()}">\n'
    return page.replace("<title>", f"{seal}<title>", 1)


def _is_sealed(page: bytes) -> bool:
    found = _SEAL.search(page)
    return found is not None and hashlib.sha256(page.replace(found[0], b"", 1)).hexdigest().encode() == found[1]


def is_as_stamped(file: Path) -> bool:
    """Whether a report carries the stamp and was not saved since: a page by its seal, a workbook as far as it tells."""
    with suppress(OSError), file.open("rb") as page:
        if page.read(len(_PAGE_BEGINS)) == _PAGE_BEGINS:
            return _is_sealed(_PAGE_BEGINS + page.read())
    return _workbook_is_as_stamped(file)


def _workbook_is_as_stamped(file: Path) -> bool:
    from zipfile import BadZipFile, ZipFile
    from zlib import error as BadStream  # noqa: N812 - as the other errors are written

    try:
        with ZipFile(file) as archive:
            parts = archive.namelist()
            is_stamped = STAMP_PART in parts and FINGERPRINT.encode() in archive.read(STAMP_PART)
            by_office = _APP in parts and _OTHER_OFFICE in archive.read(_APP)
            return is_stamped and not by_office and _CORE in parts and _is_as_written(archive.read(_CORE).decode())
    except (BadZipFile, BadStream, EOFError, OSError, ValueError, TypeError, RuntimeError):  # damaged, locked, or odd
        return False


def _is_as_written(core: str) -> bool:
    """Whether a workbook was last saved when it was made: what saves it later says so."""
    days = {name: datetime.fromisoformat(day) for name, day in _DAYS.findall(core)}
    made, saved = days.get("created"), days.get("modified")
    return made is not None and saved is not None and abs(saved - made) <= _A_MOMENT
