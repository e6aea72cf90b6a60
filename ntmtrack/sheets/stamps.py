"""The stamp that a report carries: by it we know our own files, and a report can be checked later."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from zipfile import BadZipFile, ZipFile

from ntmtrack.writing import STAMP

if TYPE_CHECKING:
    from openpyxl import Workbook

_FINGERPRINT = f"{STAMP}fingerprint"
_PART, _CORE = "docProps/custom.xml", "docProps/core.xml"
_DAYS = re.compile(r"<dcterms:(created|modified)[^>]*>([^<]+)<")
_A_MOMENT = timedelta(minutes=1)


def is_ours(file: Path) -> bool:
    """Whether a workbook carries the stamp and nobody has saved it since; no other kind of file does."""
    try:
        with ZipFile(file) as archive:
            parts = archive.namelist()
            is_stamped = _PART in parts and _FINGERPRINT.encode() in archive.read(_PART)
            return is_stamped and _CORE in parts and _is_as_written(archive.read(_CORE).decode())
    except (BadZipFile, OSError, ValueError):
        return False


def _is_as_written(core: str) -> bool:
    """Whether a workbook was last saved when it was made: what saves it later says so."""
    days = {name: datetime.fromisoformat(day) for name, day in _DAYS.findall(core)}
    made, saved = days.get("created"), days.get("modified")
    return made is not None and saved is not None and abs(saved - made) <= _A_MOMENT


def stamp(book: "Workbook", fingerprint: str) -> None:
    """Puts the stamp on a workbook, in place of one that it may carry."""
    from openpyxl.packaging.custom import StringProperty

    book.properties.created = datetime.now(UTC).replace(tzinfo=None)
    properties = cast("Any", book).custom_doc_props  # which the stubs do not know
    kept = [one for one in properties.props if one.name != _FINGERPRINT]
    properties.props = [*kept, StringProperty(name=_FINGERPRINT, value=fingerprint)]
