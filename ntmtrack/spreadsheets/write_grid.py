"""A table written as .xlsx or .csv, so that `open` reads the same cells back.

CSV is written as the reports are: UTF-8 with a mark at its beginning, so that Excel sees Vietnamese, and commas; every
field in quotes. A text that a spreadsheet would run as a formula gets an apostrophe before it, which reading takes off.
"""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ntmtrack.errors import TooLongForExcel, UnknownFormat
from ntmtrack.excel import AS_DAY, AS_TEXT, FIRST_DAY, LINE_HEIGHT, LONGEST_TEXT, TALLEST_ROW, for_csv
from ntmtrack.files import replacing
from ntmtrack.spreadsheets import coordinate
from ntmtrack.spreadsheets.xlsx_style import dress, save, set_page, set_widths

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


_NARROWEST, _WIDEST = 8.0, 32.0  # letters in a column
_FILLED = 1.05  # lines more than the letters alone would fill, as words are not parted
Rows = Sequence[Sequence[object]]


def write_grid(
    rows: Rows,
    file: Path,
    head: int = 0,
    more: Mapping[str, Rows] = MappingProxyType({}),
    *,
    codes: str = "",
    title: str = "",
) -> None:
    """Writes `rows` whole or not at all; `head` is the place of the headings, above it stand pairs of label and value.

    `codes` is the letter of a column in which what is typed later stays text too, as 17.10 does not as a number. `more`
    are further sheets of a workbook by their titles, each with its headings first, `title` that of the first; a CSV has
    no room for them.
    Raises FileBusy where the system refuses, TooLongForExcel where a cell would not fit, UnknownFormat.
    """
    ending = file.suffix.lower()
    if ending == ".csv":
        _write_csv(rows, file)
    elif ending == ".xlsx":
        _refuse_too_long(rows)
        _write_xlsx(file, head, {title: rows, **more}, codes)
    else:
        raise UnknownFormat(file=file, stem=file.stem, command="roadmap export")


def _refuse_too_long(rows: Rows) -> None:
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, str) and len(value) >= LONGEST_TEXT:
                raise TooLongForExcel(place=coordinate(number, column))


def _write_csv(rows: Rows, file: Path) -> None:
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    for row in rows:
        writer.writerow([for_csv(_shown(value)) for value in row])
    with replacing(file) as draft:
        draft.write_text(out.getvalue(), encoding="utf-8-sig", newline="")


def _shown(value: object) -> str:
    """A day as 2022-07-12: a program set to American English would take 12/07/2022 for the 7th of December."""
    return "" if value is None else str(value)


def _write_xlsx(file: Path, head: int, sheets: Mapping[str, Rows], codes: str) -> None:
    from openpyxl import Workbook

    book = Workbook()
    first: Worksheet = book.active  # type: ignore[assignment]
    (title, rows), *others = sheets.items()
    first.title = title or first.title
    _write_sheet(first, rows, head)
    if codes:
        first.column_dimensions[codes].number_format = AS_TEXT
    for title, rows in others:
        _write_sheet(book.create_sheet(title), rows, 0)
    save(book, file)


def _write_sheet(sheet: "Worksheet", rows: Rows, head: int) -> None:
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if value not in (None, "") or row >= head:
                _fill(sheet.cell(row + 1, column + 1), value, row, head)
    _lay_out(sheet, rows, head)


def _fill(cell: Any, value: object, row: int, head: int) -> None:
    """One value: text as text, a day as a day; in the table framed and wrapped."""
    number = AS_TEXT if value and isinstance(value, str) else ""
    if isinstance(value, date):
        value, number = (value, AS_DAY) if value >= FIRST_DAY else (value.isoformat(), AS_TEXT)
    elif number:
        cell.quotePrefix = True
    across = "left" if row < head else "center" if row == head or isinstance(value, int) else None
    look = {"bold": row == head or (row < head and cell.column == 1), "wrap": row >= head, "framed": row >= head}
    dress(cell, None if value == "" else value, number, across=across, down="top", **look)


def _lay_out(sheet: "Worksheet", rows: Rows, head: int) -> None:
    """Widths that fit the table below the headings, which stay in sight; a page in landscape."""
    widths = [_width(rows, column, head) for column in range(max(map(len, rows), default=0))]
    set_widths(sheet, widths)
    for number, row in enumerate(rows[head:], head + 1):
        lines = [ceil(_FILLED * len(str(value)) / width) for value, width in zip(row, widths, strict=False)]
        sheet.row_dimensions[number].height = min(LINE_HEIGHT * max(lines, default=1), TALLEST_ROW)
    set_page(sheet, head + 1, f"A{head + 2}")


def _width(rows: Rows, column: int, head: int) -> float:
    """As wide as the texts of the table and the longest word of the heading, within reason."""
    body = [str(row[column] or "") for row in rows[head + 1 :] if column < len(row)]
    labels = [str(row[0]) for row in rows[:head] if row] if column == 0 else []  # the values beside them run on
    words = str(rows[head][column]).split() if column < len(rows[head]) else []
    return min(max(_NARROWEST, 2 + 1.1 * max(map(len, (*body, *labels, *words)), default=0)), _WIDEST)
