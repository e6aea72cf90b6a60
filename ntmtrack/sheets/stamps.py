"""The stamp that a report carries: by it we know our own files, and a report can be checked later."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from zipfile import BadZipFile, ZipFile

if TYPE_CHECKING:
    from openpyxl import Workbook

STAMP = "ntmtrack fingerprint"
_PART = "docProps/custom.xml"


def is_ours(file: Path) -> bool:
    """Whether a workbook carries the stamp; no damaged file and no other kind of file does."""
    try:
        with ZipFile(file) as archive:
            return _PART in archive.namelist() and STAMP.encode() in archive.read(_PART)
    except (BadZipFile, OSError, ValueError):
        return False


def stamp(book: "Workbook", fingerprint: str) -> None:
    """Puts the stamp on a workbook, in place of one that it may carry."""
    from openpyxl.packaging.custom import StringProperty

    properties = cast("Any", book).custom_doc_props  # which the stubs do not know
    kept = [one for one in properties.props if one.name != STAMP]
    properties.props = [*kept, StringProperty(name=STAMP, value=fingerprint)]
