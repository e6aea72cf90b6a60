"""Which files this program wrote, and nobody has changed since.

A report in .xlsx carries a stamp, and the moment of its last saving. Other files have no room for one that other
programs leave alone, so a register is kept in the user's own data folder: digests alone, one line a file, of its path
and of the content that was written there. Nothing can be read from it; a file that was changed, moved or brought by
somebody else is not in it. Where the register is lost or cannot be kept, a file counts as somebody else's: --force is
asked for once more, and nothing is lost.
"""

import hashlib
import os
import re
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from ntmtrack import paths

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


def is_as_stamped(file: Path) -> bool:
    """Whether a workbook carries the stamp and no program says to have saved it since."""
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
