"""Reports as an Excel workbook: one sheet a report, laid out as an office prints it.

Times New Roman, A4 landscape fitted to the page's width, header rows repeated, numbers kept as numbers.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ntmtrack.i18n import _
from ntmtrack.progress.status import Status
from ntmtrack.reports.values import Cell, CellKind, Column, Gap, Report, Table, cell_text
from ntmtrack.writing import replacing

FONT = "Times New Roman"
_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD_FILL = PatternFill("solid", fgColor="DDEBF7")
_COUNT, _GAP, _PERCENT = "#,##0", "+#,##0;-#,##0;0", "0.00"
_WIDEST, _NARROWEST, _SHEET_WIDTH = 70.0, 6.0, 100.0
_LINE_HEIGHT = 16.0


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
        _Filling(book.create_sheet(sheet.name), sheet.report).fill()
    whole = io.BytesIO()
    book.save(whole)
    with replacing(file) as draft:
        draft.write_bytes(whole.getvalue())


class _Filling:
    """One sheet being filled from the top; `_row` is the next free row."""

    def __init__(self, sheet: Worksheet, report: Report) -> None:
        self._sheet = sheet
        self._report = report
        self._widths = _widths(report.tables)
        self._across = self._columns_across()
        self._row = 1

    def fill(self) -> None:
        """Title, tables, notes, page."""
        self._line(self._report.title.upper(), Font(name=FONT, size=14, bold=True))
        if self._report.subtitle:
            self._line(self._report.subtitle, Font(name=FONT, size=12, italic=True))
        first_body = 0
        for place, table in enumerate(self._report.tables):
            self._row += 1
            if place and table.title:
                self._line(table.title, Font(name=FONT, size=12, bold=True), centre=False)
            head = self._row
            self._head(table)
            if not first_body:
                first_body = self._row
                self._sheet.print_title_rows = f"{head}:{first_body - 1}"
            for cells in table.rows:
                self._body(table.columns, cells)
        self._row += 1
        for note in self._report.notes:
            self._line(note, Font(name=FONT, size=11, italic=True), centre=False)
        _set_page(self._sheet, self._widths, first_body)

    def _columns_across(self) -> int:
        """How many columns a title runs over: the table's, or as many as make the sheet wide enough."""
        count, width = len(self._widths), sum(self._widths)
        while width < _SHEET_WIDTH:
            self._widths.append(9.0)
            count, width = count + 1, width + 9.0
        return count

    def _line(self, text: str, font: Font, *, centre: bool = True) -> None:
        """A line of text across the sheet."""
        cell = self._sheet.cell(self._row, 1)
        _set_text(cell, text)
        cell.font = font
        cell.alignment = Alignment(horizontal="center" if centre else "left", vertical="center", wrap_text=True)
        self._sheet.merge_cells(start_row=self._row, start_column=1, end_row=self._row, end_column=self._across)
        size = float(font.size or 12)
        lines = _lines_needed(text, sum(self._widths) * 12 / size)
        self._sheet.row_dimensions[self._row].height = lines * _LINE_HEIGHT * size / 12
        self._row += 1

    def _head(self, table: Table) -> None:
        """The header rows: group headings merged above their columns, single headings over both rows."""
        top = self._row
        grouped = any(column.group for column in table.columns)
        bottom = top + 1 if grouped else top
        for place, column in enumerate(table.columns, start=1):
            _set_head(self._sheet.cell(top, place), column.group or column.title)
            if grouped:
                _set_head(self._sheet.cell(bottom, place), column.title if column.group else "")
        for first, last in _group_spans(table.columns):
            if table.columns[first - 1].group and last > first:
                self._sheet.merge_cells(start_row=top, start_column=first, end_row=top, end_column=last)
            elif grouped and not table.columns[first - 1].group:
                self._sheet.merge_cells(start_row=top, start_column=first, end_row=bottom, end_column=last)
        self._set_height(bottom, [column.title for column in table.columns], bold=True)
        self._row = bottom + 1

    def _body(self, columns: Sequence[Column], cells: Sequence[Cell]) -> None:
        for place, (value, column) in enumerate(zip(cells, columns, strict=True), start=1):
            _set_body(self._sheet.cell(self._row, place), value, column)
        self._set_height(
            self._row, [cell_text(value, column.kind) for value, column in zip(cells, columns, strict=True)]
        )
        self._row += 1

    def _set_height(self, row: int, texts: Sequence[str], *, bold: bool = False) -> None:
        """A height that shows every line of the row's wrapped texts."""
        room = 0.9 if bold else 1.0
        needed = max(_lines_needed(text, width * room) for text, width in zip(texts, self._widths, strict=False))
        self._sheet.row_dimensions[row].height = needed * _LINE_HEIGHT + 2


def _group_spans(columns: Sequence[Column]) -> Iterable[tuple[int, int]]:
    """First and last column (from 1) of every run that shares a group; ungrouped columns stand alone."""
    first = 1
    for place, column in enumerate(columns, start=1):
        following = columns[place] if place < len(columns) else None
        if not column.group or following is None or following.group != column.group:
            yield first, place
            first = place + 1


def _set_head(cell: SheetCell | MergedCell, text: str) -> None:
    _set_text(cell, text)
    cell.font = Font(name=FONT, size=12, bold=True)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.border = _BOX
    cell.fill = _HEAD_FILL


def _set_body(cell: SheetCell | MergedCell, value: Cell, column: Column) -> None:
    if value is None or isinstance(value, str | Status):
        _set_text(cell, cell_text(value, column.kind))
    else:
        cell.value = int(value) if isinstance(value, Gap) else value
        if column.is_figure:
            cell.number_format = _GAP if isinstance(value, Gap) else _COUNT if isinstance(value, int) else _PERCENT
    numbering = column.key == "number"
    side = "right" if column.is_figure and not isinstance(value, Status) else "left"
    cell.font = Font(name=FONT, size=12)
    cell.border = _BOX
    cell.alignment = Alignment(
        horizontal="center" if isinstance(value, Status) or column.kind is CellKind.YEAR or numbering else side,
        vertical="center",
        wrap_text=not column.is_figure,
    )


def _set_text(cell: SheetCell | MergedCell, text: str) -> None:
    """Text that stays text, whatever it begins with."""
    cell.value = text or None
    if text:
        cell.data_type = "s"


def _set_page(sheet: Worksheet, widths: Sequence[float], first_body: int) -> None:
    for place, width in enumerate(widths, start=1):
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


def _widths(tables: Sequence[Table]) -> list[float]:
    """Column widths in characters: room for the longest cell, and for the longest word of the heading."""
    widths: list[float] = []
    for table in tables:
        for place, column in enumerate(table.columns):
            cells = [len(cell_text(row[place], column.kind)) for row in table.rows]
            words = [len(word) * 1.15 for word in column.title.split()]
            widths.extend([_NARROWEST] * (place + 1 - len(widths)))
            widths[place] = max(widths[place], min(_WIDEST, max([*words, *cells, 0]) * 1.05 + 2))
    return widths


def _lines_needed(text: str, width: float) -> int:
    """Lines that `text` fills when wrapped at `width` characters of the body font."""
    return max(1, -(-int(len(text) * 1.05) // max(1, int(width))))
