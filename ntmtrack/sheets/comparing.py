"""Two workbooks held against each other cell by cell: what they say, not how it looks."""

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from ntmtrack.sheets.workbooks import open_to_read

Row = tuple[object, ...]


class Differing(NamedTuple):
    """A cell that says something else in the second workbook: its sheet and address, and what each says."""

    sheet: str
    address: str
    says: object
    should: object


def differing_cells(file: Path, other: Path) -> list[Differing]:
    """The cells in which `file` differs from `other`, sheet by sheet; a missing sheet is one cell without address.

    Raises CannotRead where `file` is no workbook.
    """
    one, two = (open_to_read(book) for book in (file, other))
    found = [Differing(name, "", None, None) for name in two.sheetnames if name not in one.sheetnames]
    found += [Differing(name, "", name, None) for name in one.sheetnames if name not in two.sheetnames]
    for name in one.sheetnames:
        if name in two.sheetnames:
            found += _of_sheet(name, one[name].iter_rows(values_only=True), two[name].iter_rows(values_only=True))
    return found


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
