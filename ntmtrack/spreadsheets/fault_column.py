"""The column that says at each row what is wrong with it, in the copy that goes back to the sender."""

from collections.abc import Mapping
from copy import copy
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from ntmtrack.excel import LINE_HEIGHT, LONGEST_TEXT
from ntmtrack.spreadsheets import Sheet
from ntmtrack.spreadsheets.xlsx_style import put

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


HEADING = "Lỗi (ntmtrack)"
_RED = "FF9C0006"
_WIDTH, _FILLED = 50.0, 1.0  # letters in a line, and how full words fill it


class MarkedTable(NamedTuple):
    """A sheet with the rows of its headings, counted from 0."""

    sheet: Sheet
    top: int
    bottom: int


def put_column(sheet: "Worksheet", marked: MarkedTable, column: int, faults: Mapping[int, str]) -> None:
    """Writes what is wrong in each row, counted from 0, into a column, counted from 1."""
    from openpyxl.utils import get_column_letter

    _clear(sheet, marked, column)
    _put_heading(sheet, marked, column)
    letter = get_column_letter(column)
    sheet.column_dimensions[letter].width = _WIDTH
    sheet.column_dimensions[letter].hidden = False
    for row in range(marked.bottom + 2, len(marked.sheet.rows) + 1):
        _put_fault(sheet, row, column, faults.get(row - 1, ""))
    _fit_on_page(sheet, column)


def _clear(sheet: "Worksheet", marked: MarkedTable, column: int) -> None:
    """Takes away what an earlier marked copy left in the column."""
    for block in [block for block in sheet.merged_cells.ranges if block.min_col == block.max_col == column]:
        sheet.unmerge_cells(block.coord)
    for row in range(marked.top + 1, len(marked.sheet.rows) + 1):
        sheet.cell(row, column).value = None


def _put_heading(sheet: "Worksheet", marked: MarkedTable, column: int) -> None:
    """The heading over all rows of headings, in the look of the one beside it."""
    from openpyxl.styles import Alignment

    for row in range(marked.top + 1, marked.bottom + 2):
        _copy_look(_beside(sheet, row, column), sheet.cell(row, column))
    head: Any = sheet.cell(marked.top + 1, column)
    head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    put(head, HEADING)
    if marked.bottom > marked.top:
        sheet.merge_cells(start_row=marked.top + 1, end_row=marked.bottom + 1, start_column=column, end_column=column)


def _put_fault(sheet: "Worksheet", row: int, column: int, text: str) -> None:
    """What is wrong in a row; a row without faults continues the frame of the table."""
    from openpyxl.styles import Alignment, Font

    cell, beside = sheet.cell(row, column), _beside(sheet, row, column)
    cell.border = copy(beside.border)
    if not text:
        return
    put(cell, text[:LONGEST_TEXT])
    cell.font = Font(name=beside.font.name, size=beside.font.sz, color=_RED)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    size = sheet.row_dimensions[row]
    size.height = max(size.height or 0, LINE_HEIGHT * max(_lines(sheet, other) for other in sheet[row]))


def _lines(sheet: "Worksheet", cell: Any) -> int:
    """How many lines the text of a cell takes: one, unless it is wrapped."""
    if not isinstance(cell.value, str) or not cell.alignment.wrap_text:
        return 1
    letters = _FILLED * float(sheet.column_dimensions[cell.column_letter].width)
    return sum(ceil(max(len(line), 1) / letters) for line in cell.value.split("\n"))


def _beside(sheet: "Worksheet", row: int, column: int) -> Any:
    return sheet.cell(row, max(column - 1, 1))


def _copy_look(beside: Any, cell: Any) -> None:
    cell.font, cell.border, cell.fill = copy(beside.font), copy(beside.border), copy(beside.fill)


def _fit_on_page(sheet: "Worksheet", column: int) -> None:
    """The page as wide as the table with this column, and as long as it takes; the area that is printed holds it."""
    from openpyxl.utils import get_column_letter, range_boundaries
    from openpyxl.worksheet.properties import PageSetupProperties

    if sheet.sheet_properties.pageSetUpPr is None:
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties()
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.col_breaks.brk = []
    areas = []
    for area in str(sheet.print_area or "").split(","):
        if area:
            left, top, right, bottom = (edge or column for edge in range_boundaries(area.rpartition("!")[2]))
            areas.append(f"{get_column_letter(left)}{top}:{get_column_letter(max(right, column))}{bottom}")
    if areas:
        sheet.print_area = ",".join(areas)
