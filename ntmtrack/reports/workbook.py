"""Reports as an Excel workbook: one sheet a report, laid out as an office prints it.

Times New Roman, A4 landscape fitted to the page's width, header rows repeated, numbers kept as numbers.
"""

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ntmtrack.errors import FileBusy
from ntmtrack.i18n import _
from ntmtrack.progress import Status
from ntmtrack.reports.values import Cell, Column, Kind, Report, Table

FONT = "Times New Roman"
_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD_FILL = PatternFill("solid", fgColor="DDEBF7")
_FORMATS = {Kind.COUNT: "#,##0", Kind.GAP: "+#,##0;-#,##0;0", Kind.PERCENT: "0.00"}
_WIDEST, _NARROWEST = 46, 7


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's name and the report on it."""

    name: str
    report: Report


def write(sheets: Sequence[Sheet], file: Path) -> None:
    """Writes the workbook whole or not at all; raises FileBusy where `file` cannot be replaced."""
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet.report)
    try:
        _replace(book, file)
    except OSError as wrong:
        raise FileBusy(file=file, reason=wrong.strerror or wrong) from wrong


def _replace(book: Workbook, file: Path) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{file.stem}-", suffix=".xlsx", dir=file.absolute().parent)
    os.close(handle)
    draft = Path(name)
    try:
        book.save(draft)
        draft.chmod(0o644)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def _fill(sheet: Worksheet, report: Report) -> None:
    width = max((len(table.columns) for table in report.tables), default=1)
    _line(sheet, 1, report.title.upper(), width, Font(name=FONT, size=14, bold=True))
    row = 2
    if report.subtitle:
        _line(sheet, row, report.subtitle, width, Font(name=FONT, size=12, italic=True))
        row += 1
    first_body = None
    for place, table in enumerate(report.tables):
        row += 1
        if place and table.title:
            _line(sheet, row, table.title, width, Font(name=FONT, size=12, bold=True), centre=False)
            row += 1
        head = row
        row = _head(sheet, table, row)
        if first_body is None:
            first_body = row
            sheet.print_title_rows = f"{head}:{row - 1}"
        row = _body(sheet, table, row)
    row += 1
    for note in report.notes:
        _line(sheet, row, note, width, Font(name=FONT, size=11, italic=True), centre=False)
        sheet.row_dimensions[row].height = 15 * _lines_needed(note, sum(_widths(report)[:width]))
        row += 1
    _page(sheet, report, first_body or 1)


def _line(sheet: Worksheet, row: int, text: str, width: int, font: Font, *, centre: bool = True) -> None:
    """A line of text across the whole width of the tables."""
    cell = sheet.cell(row, 1)
    _text(cell, text)
    cell.font = font
    cell.alignment = Alignment(horizontal="center" if centre else "left", vertical="center", wrap_text=True)
    if width > 1:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)


def _head(sheet: Worksheet, table: Table, row: int) -> int:
    """Writes the header rows, group headings merged above their columns; gives the first body row."""
    grouped = any(column.group for column in table.columns)
    last = row + 1 if grouped else row
    for place, column in enumerate(table.columns, start=1):
        _head_cell(sheet, row, place, column.group or column.title)
        if grouped:
            _head_cell(sheet, last, place, column.title if column.group else "")
            if not column.group:
                sheet.merge_cells(start_row=row, start_column=place, end_row=last, end_column=place)
    start = 1
    for place, column in enumerate(table.columns, start=1):
        following = table.columns[place].group if place < len(table.columns) else None
        if column.group and following != column.group:
            if place > start:
                sheet.merge_cells(start_row=row, start_column=start, end_row=row, end_column=place)
            start = place + 1
        elif not column.group:
            start = place + 1
    return last + 1


def _head_cell(sheet: Worksheet, row: int, place: int, text: str) -> None:
    cell = sheet.cell(row, place)
    _text(cell, text)
    cell.font = Font(name=FONT, size=12, bold=True)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.border = _BOX
    cell.fill = _HEAD_FILL


def _body(sheet: Worksheet, table: Table, row: int) -> int:
    for cells in table.rows:
        for place, (value, column) in enumerate(zip(cells, table.columns, strict=True), start=1):
            _body_cell(sheet.cell(row, place), value, column)
        row += 1
    return row


def _body_cell(cell: SheetCell | MergedCell, value: Cell, column: Column) -> None:
    if isinstance(value, Status):
        _text(cell, value.label)
    elif isinstance(value, str):
        _text(cell, value)
    else:
        cell.value = value
        if column.is_figure:
            cell.number_format = _FORMATS[column.kind] if isinstance(value, int) else _FORMATS[Kind.PERCENT]
    centred = column.kind is Kind.STATUS or (column.is_figure and isinstance(value, str))
    cell.font = Font(name=FONT, size=12)
    cell.border = _BOX
    cell.alignment = Alignment(
        horizontal="right" if column.is_figure else "center" if centred else "left",
        vertical="center",
        wrap_text=not column.is_figure,
    )


def _text(cell: SheetCell | MergedCell, text: str) -> None:
    """Text that stays text, whatever it begins with."""
    cell.value = text
    cell.data_type = "s"


def _page(sheet: Worksheet, report: Report, first_body: int) -> None:
    for place, width in enumerate(_widths(report), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.print_options.horizontalCentered = True
    footer = sheet.oddFooter
    assert footer is not None
    footer.center.text = _("Page &P/&N")
    footer.center.font = f"{FONT},Italic"
    sheet.freeze_panes = f"A{first_body}"
    sheet.sheet_view.showGridLines = False


def _widths(report: Report) -> list[float]:
    """Column widths in characters, from the longest word or cell of each column in any of the tables."""
    widths: list[float] = []
    for table in report.tables:
        for place, column in enumerate(table.columns):
            texts = [len(str(row[place])) for row in table.rows if row[place] is not None]
            words = [len(word) for word in column.title.split()]
            need = max(_NARROWEST, *words, *texts, *[0]) * 1.12 + 2
            if place == len(widths):
                widths.append(0)
            widths[place] = max(widths[place], min(_WIDEST, need))
    return widths


def _lines_needed(text: str, width: float) -> int:
    return max(1, -(-int(len(text) * 0.95) // max(1, int(width))))
