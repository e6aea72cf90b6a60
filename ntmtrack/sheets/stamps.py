"""The stamp that a report carries: by it we know our own files, and a report can be checked later."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from zipfile import BadZipFile, ZipFile

from ntmtrack.errors import NotAReport
from ntmtrack.sheets.archives import open_archive
from ntmtrack.sheets.sources import read_source
from ntmtrack.writing import STAMP

if TYPE_CHECKING:
    from openpyxl import Workbook

_FINGERPRINT = f"{STAMP}fingerprint"
_PART, _CORE = "docProps/custom.xml", "docProps/core.xml"
_APP, _OTHER_OFFICE = "docProps/app.xml", b"LibreOffice"  # which gives a copy one moment for both of its days
_DAYS = re.compile(r"<dcterms:(created|modified)[^>]*>([^<]+)<")
_A_MOMENT = timedelta(minutes=1)


def is_ours(file: Path) -> bool:
    """Whether a workbook carries the stamp and nobody has saved it since; no other kind of file does."""
    try:
        with ZipFile(file) as archive:
            parts = archive.namelist()
            is_stamped = _PART in parts and _FINGERPRINT.encode() in archive.read(_PART)
            by_office = _APP in parts and _OTHER_OFFICE in archive.read(_APP)
            return is_stamped and not by_office and _CORE in parts and _is_as_written(archive.read(_CORE).decode())
    except (BadZipFile, OSError, ValueError):
        return False


def _is_as_written(core: str) -> bool:
    """Whether a workbook was last saved when it was made: what saves it later says so."""
    days = {name: datetime.fromisoformat(day) for name, day in _DAYS.findall(core)}
    made, saved = days.get("created"), days.get("modified")
    return made is not None and saved is not None and abs(saved - made) <= _A_MOMENT


def put_stamp(book: "Workbook", stamp: Mapping[str, str]) -> None:
    """Puts the stamp on a workbook, in place of one that it may carry."""
    from openpyxl.packaging.custom import StringProperty

    book.properties.created = datetime.now(UTC).replace(tzinfo=None)
    properties = cast("Any", book).custom_doc_props  # which the stubs do not know
    kept = [one for one in properties.props if not one.name.startswith(STAMP)]
    own = [StringProperty(name=f"{STAMP}{key}", value=value) for key, value in stamp.items()]
    properties.props = [*kept, *own]


def read_stamp(file: Path) -> dict[str, str]:
    """The stamp that a workbook carries; raises NoSuchFile, CannotRead where it is none, NotAReport without a stamp."""
    from defusedxml.ElementTree import fromstring

    if file.suffix.lower() != ".xlsx":
        raise NotAReport(file=file)
    source = read_source(file)
    with open_archive(source) as archive:
        held = archive.read(_PART) if _PART in archive.namelist() else b"<none/>"
    try:
        properties = list(fromstring(held))
    except (ValueError, SyntaxError) as wrong:
        raise NotAReport(file=file) from wrong
    named = {one.get("name", ""): "".join(one.itertext()) for one in properties}
    stamp = {name.removeprefix(STAMP): value for name, value in named.items() if name.startswith(STAMP)}
    if "fingerprint" not in stamp:
        raise NotAReport(file=file)
    return stamp
