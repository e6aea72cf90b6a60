"""Which files this program wrote and nobody changed since: by its register, else by their stamp."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from ntmtrack import paths
from ntmtrack.stamps import is_as_stamped

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
