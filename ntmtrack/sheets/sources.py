"""Where a table comes from: a file, or what is piped in."""

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

from ntmtrack.errors import CannotRead, NoSuchFile, reason
from ntmtrack.i18n import _

STDIN = "-"
_LARGEST = 100_000_000  # bytes
_CHUNK = 1 << 20
_OWNER_FILE = "~$"


class Source(NamedTuple):
    """What was sent: its name for messages, its bytes, and its path where it is a file."""

    name: str
    data: bytes
    path: Path | None = None

    @property
    def is_named_a_workbook(self) -> bool:
        """Whether its name says that it is a workbook, whatever it is."""
        return self.name.lower().endswith((".xlsx", ".xlsm", ".xls", ".ods"))


def read_source(word: str | Path) -> Source:
    """The bytes of a file, or of standard input for "-"; raises NoSuchFile, CannotRead."""
    path = None if str(word) == STDIN else Path(word)
    name = path.name if path else _("standard input")
    if path and path.name.startswith(_OWNER_FILE):
        opened = _("it is only the mark that Excel leaves beside a file that is open; name the file itself")
        raise CannotRead(file=word, reason=opened)
    try:
        data = _bytes(path)
    except FileNotFoundError as wrong:
        raise NoSuchFile(file=word) from wrong
    except OSError as wrong:
        raise CannotRead(file=word, reason=reason(wrong)) from wrong
    if data is None:
        raise CannotRead(file=name, reason=_("it is larger than 100 MB; keep only the table that is sent"))
    if not data:
        raise CannotRead(file=name, reason=_("the file is empty"))
    return Source(name, data, path)


def _bytes(path: Path | None) -> bytes | None:
    """What stands in the file, or is piped in; None where that is too much."""
    whole = bytearray()
    with path.open("rb") if path else nullcontext(sys.stdin.buffer) as file:
        while chunk := file.read(_CHUNK):
            whole += chunk
            if len(whole) > _LARGEST:
                return None
    return bytes(whole)


def is_open_elsewhere(path: Path) -> bool:
    """Whether Excel or LibreOffice has left beside a file the mark that it is open there."""
    marks = (f"{_OWNER_FILE}{path.name}", f"{_OWNER_FILE}{path.name[2:]}", f".~lock.{path.name}#")
    return any((path.parent / mark).exists() for mark in marks)
