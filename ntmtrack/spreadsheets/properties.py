"""What a report says of itself by its stamp, and in which cells two workbooks differ."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from ntmtrack.errors import NotAReport
from ntmtrack.spreadsheets.source import Source, open_archive, read_source
from ntmtrack.stamps import STAMP, STAMP_PART

if TYPE_CHECKING:
    from openpyxl import Workbook
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from ntmtrack.spreadsheets.xlsx import open_to_read


def put_stamp(book: "Workbook", stamp: Mapping[str, str]) -> None:
    """Puts the stamp on a workbook, in place of one that it may carry."""
    from openpyxl.packaging.custom import StringProperty

    book.properties.created = datetime.now(UTC).replace(tzinfo=None)
    properties = cast("Any", book).custom_doc_props  # which the stubs do not know
    kept = [known for known in properties.props if not known.name.startswith(STAMP)]
    own = [StringProperty(name=f"{STAMP}{key}", value=value) for key, value in stamp.items()]
    properties.props = [*kept, *own]


def read_stamp(file: Path) -> dict[str, str]:
    """The stamp that a report carries; raises NoSuchFile, CannotRead where it is none, NotAReport without a stamp."""
    if file.suffix.lower() not in STAMPED:
        raise NotAReport(file=file)
    stamp = stamp_in(read_source(file))
    if "fingerprint" not in stamp:
        raise NotAReport(file=file)
    return stamp


def stamp_in(source: Source) -> dict[str, str]:
    """What a zipped file tells of itself by our properties; nothing where they cannot be read. Raises CannotRead."""
    from defusedxml.ElementTree import fromstring

    with open_archive(source) as archive:
        part = archive.read(STAMP_PART) if STAMP_PART in archive.namelist() else b"<none/>"
    try:
        properties = list(fromstring(part))
    except (ValueError, SyntaxError):
        return {}
    named = {element.get("name", ""): "".join(element.itertext()) for element in properties}
    return {name.removeprefix(STAMP): value for name, value in named.items() if name.startswith(STAMP)}


STAMPED = (".xlsx", ".docx")  # the endings of files that carry a stamp
_Values = tuple[object, ...]


class Differing(NamedTuple):
    """A cell, of a Word document a paragraph, that says something else in the second: where, and what each says."""

    sheet: str
    address: str
    says: object
    should: object

    @property
    def place(self) -> str:
        """Its address, with its sheet where it has one: "Danh sách!B7", "bảng 2, dòng 5"."""
        return f"{self.sheet}!{self.address}" if self.sheet else self.address


def differing_cells(file: Path, other: Path) -> list[Differing]:
    """The cells in which `file` differs from `other`, sheet by sheet; a missing sheet is one cell without address.

    Raises CannotRead where `file` is no workbook.
    """
    first, second = (open_to_read(book) for book in (file, other))
    differing = [Differing(name, "", None, None) for name in second.sheetnames if name not in first.sheetnames]
    differing += [Differing(name, "", name, None) for name in first.sheetnames if name not in second.sheetnames]
    for name in first.sheetnames:
        if name in second.sheetnames:
            differing += _of_sheet(
                name, first[name].iter_rows(values_only=True), second[name].iter_rows(values_only=True)
            )
    return differing


def _of_sheet(
    name: str, rows: Iterator[tuple[object, ...]], should: Iterator[tuple[object, ...]]
) -> Iterator[Differing]:
    from openpyxl.utils import get_column_letter

    for row, pair in enumerate(zip_longest(rows, should, fillvalue=()), start=1):
        for column, (says, right) in enumerate(zip_longest(*pair), start=1):
            if _plain(says) != _plain(right):
                yield Differing(name, f"{get_column_letter(column)}{row}", says, right)


def _plain(value: object) -> object:
    """A value as different programs store it alike."""
    if value is None or value == "":
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return round(float(value), 9)
    return str(value).replace("\r\n", "\n").strip()
