"""Where a table comes from, a file or what is piped in, and the archive that it may be.

A zipped file (.xlsx, .ods) must be of a size that memory can hold: none that would unfold without end, none locked.
"""

import io
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from ntmtrack.errors import CannotRead, NoSuchFile, reason
from ntmtrack.i18n import N_, _, number
from ntmtrack.paths import EXCEL_LOCK, LIBREOFFICE_LOCK

STDIN = "-"
DAMAGED = N_("it is damaged, or was not copied whole")
NO_XLSX = N_("it is no Excel workbook (.xlsx), or was not copied whole")
LOCKED = N_("it is locked with a password; save it without one")
WITH_ENTITIES = N_("its XML defines entities, as no spreadsheet program does; it may be meant to do harm")
_CHUNK = 1 << 20


class Source(NamedTuple):
    """What was sent: its name for messages, its bytes, and its path where it is a file."""

    name: str
    data: bytes
    path: Path | None = None

    @property
    def is_named_a_workbook(self) -> bool:
        """Whether its name says that it is a workbook, whatever it is."""
        return self.name.lower().endswith((".xlsx", ".xlsm", ".xls", ".ods"))

    def unreadable(self, why: str) -> CannotRead:
        """The refusal of it, to be raised."""
        return CannotRead(file=self.name, reason=why)


def read_source(word: str | Path) -> Source:
    """The bytes of a file, or of standard input for "-"; raises NoSuchFile, CannotRead."""
    path = None if str(word) == STDIN else Path(word)
    name = path.name if path else _("standard input")
    if path and path.name.startswith(EXCEL_LOCK):
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
            if len(whole) > LARGEST_FILE:
                return None
    return bytes(whole)


def is_open_elsewhere(path: Path) -> bool:
    """Whether Excel or LibreOffice has left beside a file the mark that it is open there."""
    marks = (f"{EXCEL_LOCK}{path.name}", f"{EXCEL_LOCK}{path.name[2:]}", f"{LIBREOFFICE_LOCK}{path.name}#")
    return any((path.parent / mark).exists() for mark in marks)


_UNUSED = ("xl/media/", "xl/embeddings/", "Pictures/", "xl/drawings/", "xl/printerSettings/")
_SHEET_PARTS = "xl/worksheets/"
_IS_LOCKED = 0x1  # of the flags of a part


def open_archive(source: Source) -> ZipFile:
    """The archive of a file; raises CannotRead where it is damaged, locked or would unfold beyond measure."""
    try:
        archive = ZipFile(io.BytesIO(source.data))
    except (BadZipFile, ValueError, OSError, NotImplementedError) as wrong:
        raise source.unreadable(_(DAMAGED)) from wrong
    parts = archive.infolist()
    if any(part.flag_bits & _IS_LOCKED for part in parts):
        raise source.unreadable(_(LOCKED))
    packed = [part for part in parts if part.file_size > PACKED_FROM]
    if any(part.file_size > MOST_PACKED * max(part.compress_size, 1) for part in packed):
        bomb = _("it unfolds to more than {times} times its size, as no office file does")
        raise source.unreadable(bomb.format(times=MOST_PACKED))
    used = [part for part in parts if not part.filename.startswith(_UNUSED)]
    sizes = {part.filename: part.file_size for part in used}
    others = sum(size for name, size in sizes.items() if not name.startswith(_SHEET_PARTS))
    if max(sizes.values(), default=0) > MOST_STREAMED or others > MOST_HELD or len(parts) > MOST_PARTS:
        large = _("it is too large: {size} MB unfolded; keep only the table that is sent")
        raise source.unreadable(large.format(size=number(sum(sizes.values()) // 1_000_000)))
    return archive


_MEGA = 1_000_000

# A table.
MOST_ROWS, MOST_COLUMNS = 20_000, 200
MOST_LINES = MOST_ROWS + 100  # with the letterhead, the headings, the sums and the signatures about the table
MOST_FILLED = 500_000  # cells that hold something
MOST_MERGED = 50_000  # blocks of merged cells that are looked at
LAST_HIDDEN_COLUMN = 1_000

# A file, in bytes.
LARGEST_FILE = 100 * _MEGA
LARGEST_REPAIRED = 60 * _MEGA  # unfolded, held as a whole to be repaired
LARGEST_MARKED = 15 * _MEGA  # of all sheets: some 250.000 cells, 200 MB in memory

# An archive, as .xlsx and .ods are, in bytes unfolded.
MOST_STREAMED = 300 * _MEGA  # a sheet, read row by row; some are formatted down to their last row
MOST_HELD = 50 * _MEGA  # any other part, held as a whole
MOST_PARTS = 5_000
MOST_PACKED = 150  # times smaller than itself: real sheets reach 30, a bomb 1.000
PACKED_FROM = 5 * _MEGA
