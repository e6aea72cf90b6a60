"""Zipped files (.xlsx, .ods) of a size that memory can hold: none that would unfold without end, none locked."""

import io
from zipfile import BadZipFile, ZipFile

from ntmtrack.errors import CannotRead
from ntmtrack.i18n import _, number
from ntmtrack.sheets.sources import Source

_MEGA = 1_000_000
_MOST_STREAMED = 300 * _MEGA  # a sheet, read row by row; some are formatted down to their last row
_MOST_HELD = 50 * _MEGA  # any other part, held as a whole
_MOST_PARTS = 5_000
_UNUSED = ("xl/media/", "xl/embeddings/", "Pictures/", "xl/drawings/", "xl/printerSettings/")
_SHEETS = "xl/worksheets/"
# Times smaller than itself: real sheets reach 30, a bomb 1.000.
_MOST_PACKED, _PACKED_FROM = 150, 5 * _MEGA
_LOCKED = 0x1


def open_archive(source: Source) -> ZipFile:
    """The archive of a file; raises CannotRead where it is damaged, locked or would unfold beyond measure."""
    try:
        archive = ZipFile(io.BytesIO(source.data))
    except (BadZipFile, ValueError, OSError, NotImplementedError) as wrong:
        raise CannotRead(file=source.name, reason=_("it is damaged, or was not copied whole")) from wrong
    parts = archive.infolist()
    if any(part.flag_bits & _LOCKED for part in parts):
        locked = _("it is locked with a password; save it without one")
        raise CannotRead(file=source.name, reason=locked)
    packed = [part for part in parts if part.file_size > _PACKED_FROM]
    if any(part.file_size > _MOST_PACKED * max(part.compress_size, 1) for part in packed):
        bomb = _("it unfolds to more than {times} times its size, as no office file does")
        raise CannotRead(file=source.name, reason=bomb.format(times=_MOST_PACKED))
    used = [part for part in parts if not part.filename.startswith(_UNUSED)]
    sizes = {part.filename: part.file_size for part in used}
    held = sum(size for name, size in sizes.items() if not name.startswith(_SHEETS))
    if max(sizes.values(), default=0) > _MOST_STREAMED or held > _MOST_HELD or len(parts) > _MOST_PARTS:
        large = _("it is too large: {size} MB unfolded; keep only the table that is sent")
        raise CannotRead(file=source.name, reason=large.format(size=number(sum(sizes.values()) // _MEGA)))
    return archive
