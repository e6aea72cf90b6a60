"""The stamp that a report carries: by it a report can be checked later."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ntmtrack.errors import NotAReport
from ntmtrack.ownership import STAMP, STAMP_PART
from ntmtrack.sheets.archives import open_archive
from ntmtrack.sheets.sources import read_source

if TYPE_CHECKING:
    from openpyxl import Workbook


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
        held = archive.read(STAMP_PART) if STAMP_PART in archive.namelist() else b"<none/>"
    try:
        properties = list(fromstring(held))
    except (ValueError, SyntaxError) as wrong:
        raise NotAReport(file=file) from wrong
    named = {one.get("name", ""): "".join(one.itertext()) for one in properties}
    stamp = {name.removeprefix(STAMP): value for name, value in named.items() if name.startswith(STAMP)}
    if "fingerprint" not in stamp:
        raise NotAReport(file=file)
    return stamp
