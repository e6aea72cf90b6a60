"""A table on a sheet: headings merged above it only, column numbers, cells as numbers, days and text."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from ntmtrack.excel import AS_DAY, AS_WHOLE, FIRST_DAY, LINE_HEIGHT, LONGEST_TEXT
from ntmtrack.export.workbook import style
from ntmtrack.export.workbook.layout import MARGIN, RowHeights, TableRows, head_rows
from ntmtrack.export.workbook.style import WIDEST, Styles, lines_needed, text_width
from ntmtrack.progress.status import Status
from ntmtrack.reports import CellKind, CellValue, Column, LabelledCode, SignedDecimal, SignedInt, Table, cell_text
from ntmtrack.reports.labels import sentence

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_ROUNDING = 0.2  # of a digit
Links = Mapping[tuple[int, int], str]


class TableWriter:
    """One table being written. Without `dashes` what is missing is blank: a chart draws a text as nought.

    Its last column goes on to the column `end` of the sheet, where that lies beyond it: a table beneath a wider one.
    """

    def __init__(
        self,
        sheet: "Worksheet",
        rows: RowHeights,
        looks: Styles,
        table: Table,
        span: TableRows,
        *,
        dashes: bool = True,
        end: int = 0,
    ) -> None:
        self._sheet = sheet
        self._rows = rows
        self._looks = looks
        self._table = table
        self._span = span
        self._dashes = dashes
        self._last = len(table.columns) - 1
        self._end = max(end, self._last)

    def write_head(self, widths: Sequence[float], *, numbered: bool) -> None:
        """The headings, group headings merged over their columns, and beneath them the column numbers."""
        top, head = self._span.head, self._looks.head()
        bottom = top + head_rows(self._table) - 1
        for first, last in group_spans(self._table.columns):
            group = self._table.columns[first].group
            if not group:
                last = self._end if first == self._last else first
                _merged(self._sheet, (top, first, bottom, last), sentence(self._table.columns[first].title), head)
                continue
            _merged(self._sheet, (top, first, top, last), sentence(group), head)
            for place in range(first, last + 1):
                self._sheet.write_string(bottom, place, sentence(self._table.columns[place].title), head)
        self._set_heights(widths, top, bottom)
        if numbered:
            for place in range(len(self._table.columns)):
                area = (bottom + 1, place, bottom + 1, self._end if place == self._last else place)
                _merged(self._sheet, area, f"({place + 1})", self._looks.column_number())

    def _set_heights(self, widths: Sequence[float], top: int, bottom: int) -> None:
        """Heights that show every heading whole, merged ones among them."""
        columns = self._table.columns
        leaves = [_head_lines(column.title, width) for column, width in zip(columns, widths, strict=False)]
        if top == bottom:
            self._rows.set(top, max(leaves) * LINE_HEIGHT + 4)
            return
        upper = max(
            _head_lines(columns[first].group, sum(widths[first : last + 1]))
            for first, last in group_spans(columns)
            if columns[first].group
        )
        inner = max(lines for lines, column in zip(leaves, columns, strict=True) if column.group)
        alone = max((lines for lines, column in zip(leaves, columns, strict=True) if not column.group), default=0)
        self._rows.set(top, upper * LINE_HEIGHT + 2)
        self._rows.set(bottom, max(inner, alone - upper) * LINE_HEIGHT + 2)

    def write_body(self, links: Links) -> list[float]:
        """Writes the rows; gives the width of each column's widest text."""
        widest = [0.0] * len(self._table.columns)
        sums = len(self._table.rows) - self._table.sums
        puts: dict[tuple[bool, bool], _RowWriter] = {}
        for place, cells in enumerate(self._table.rows):
            dress = (place >= sums, place > 0 and place in self._table.sections)
            if dress not in puts:
                puts[dress] = _RowWriter(self._sheet, self._looks, self._table.columns, *dress, dashes=self._dashes)
            puts[dress].put(self._span.body + place, cells, widest)
        for (place, at), link in links.items():
            dress = (place >= sums, place > 0 and place in self._table.sections)
            puts[dress].link(self._span.body + place, at, link, self._table.rows[place][at])
        if self._end > self._last:
            self._stretch()
            widest[self._last] = 0.0
        return widest

    def _stretch(self) -> None:
        """Merges the last cell of every row with those up to the end of the sheet."""
        look = self._looks.body("left", "", is_sum=False, begins=False, is_link=False)
        for row, cells in enumerate(self._table.rows, start=self._span.body):
            text = cell_text(cells[self._last], self._table.columns[self._last].kind)
            self._sheet.merge_range(row, self._last, row, self._end, shortened(text), look)

    def set_heights(self, widths: Sequence[float], widest: Sequence[float]) -> None:
        """Heights that show every line of the rows, where a text is longer than its column is wide."""
        rooms = [width - MARGIN + _ROUNDING for width in widths]
        wrapped = [place for place, most in enumerate(widest) if most > rooms[place]]
        if self._end > self._last:
            rooms[self._last] = sum(widths[self._last : self._end + 1]) - MARGIN
            wrapped.append(self._last)
        for place, cells in enumerate(self._table.rows):
            lines = 1
            for at in wrapped:
                text = cell_text(cells[at], self._table.columns[at].kind)
                lines = max(lines, lines_needed(text, rooms[at]))
            if lines > 1:
                self._rows.set(self._span.body + place, lines * LINE_HEIGHT + 2)


def _head_lines(text: str, width: float) -> int:
    return lines_needed(text, width - MARGIN / 2, bold=True)


class _RowWriter:
    """Writes rows that look alike: rows of sums, rows that begin a group, or plain ones.

    What a cell of a type in a column looks like is worked out once: there may be half a million cells.
    """

    def __init__(
        self,
        sheet: "Worksheet",
        looks: Styles,
        columns: Sequence[Column[Any]],
        is_sum: bool,
        begins: bool,
        *,
        dashes: bool,
    ) -> None:
        self._sheet = sheet
        self._columns = columns
        self._formats: list[dict[type, Format]] = [{} for _column in columns]
        self._absent = [cell_text(None, column.kind) if dashes else "" for column in columns]
        self._make = partial(looks.body, is_sum=is_sum, begins=begins)

    def put(self, row: int, cells: Sequence[CellValue], widest: list[float]) -> None:
        """Writes a row, and notes in `widest` how wide its texts are."""
        write_string = self._sheet.write_string
        for at, cell in enumerate(cells):
            look = self._formats[at].get(type(cell)) or self._format(at, cell)
            if cell is None or isinstance(cell, str):
                text = self._absent[at] if cell is None else getattr(cell, "label", cell)
                if text:
                    write_string(row, at, text if len(text) <= LONGEST_TEXT else shortened(text), look)
                else:
                    self._sheet.write_blank(row, at, None, look)
            elif type(cell) is int:
                text = str(cell)
                self._sheet.write_number(row, at, cell, look)
            else:
                text = self._put_value(row, at, cell, look)
            if len(text) * WIDEST > widest[at]:
                widest[at] = max(widest[at], text_width(text))

    def _put_value(self, row: int, at: int, cell: CellValue, look: "Format") -> str:
        """Writes what is no plain text; gives the text that it shows."""
        number = _number_format(cell, self._columns[at])
        text = cell_text(cell, self._columns[at].kind)
        if not number:
            self._sheet.write_string(row, at, shortened(text), look)
        elif isinstance(cell, date):
            self._sheet.write_datetime(row, at, cell, look)
        else:
            self._sheet.write_number(row, at, float(cell) if isinstance(cell, Decimal) else int(cell), look)  # type: ignore[arg-type]
        return text

    def _format(self, at: int, cell: CellValue) -> "Format":
        column = self._columns[at]
        made = self._make(_side(cell, column), _number_format(cell, column), is_link=False)
        if not isinstance(cell, date):  # whose format depends on its day
            self._formats[at][type(cell)] = made
        return made

    def link(self, row: int, at: int, link: str, cell: CellValue) -> None:
        """Makes a cell that is written lead somewhere: the link first, then its value again, as XlsxWriter has it."""
        column = self._columns[at]
        look = self._make(_side(cell, column), _number_format(cell, column), is_link=True)
        self._sheet.write_url(row, at, link, look)
        if cell is None or isinstance(cell, str):
            self._sheet.write_string(row, at, cell_text(cell, column.kind), look)
        else:
            self._put_value(row, at, cell, look)


def _side(cell: CellValue, column: Column[Any]) -> str:
    if isinstance(cell, Status) or column.kind in _CENTRED or column.key == "number":
        return "center"
    return "right" if column.is_figure else "left"


_CENTRED = (CellKind.YEAR, CellKind.DAY, CellKind.MARK)


def _number_format(cell: CellValue, column: Column[Any]) -> str:
    """How a number or a day is shown; "" for text."""
    if cell is None or isinstance(cell, str | Status | LabelledCode):
        return ""
    if isinstance(cell, date):
        return AS_DAY if cell >= FIRST_DAY else ""
    if isinstance(cell, SignedInt):
        return style.GAP
    if isinstance(cell, SignedDecimal):
        return style.SIGNED
    if isinstance(cell, Decimal):
        return style.RATE if column.kind is CellKind.RATE else style.PERCENT
    if isinstance(cell, int):
        return AS_WHOLE if column.kind is CellKind.YEAR else style.COUNT
    return ""


def group_spans(columns: Sequence[Column[Any]]) -> Iterable[tuple[int, int]]:
    """First and last column of every run that shares a group; ungrouped columns stand alone."""
    first = 0
    for place, column in enumerate(columns):
        following = columns[place + 1] if place + 1 < len(columns) else None
        if not column.group or following is None or following.group != column.group:
            yield first, place
            first = place + 1


def _merged(sheet: "Worksheet", area: tuple[int, int, int, int], text: str, look: "Format") -> None:
    """A text over several cells, or in the one that it is."""
    if area[:2] == area[2:]:
        sheet.write_string(area[0], area[1], text, look)
    else:
        sheet.merge_range(*area, text, look)


def shortened(text: str) -> str:
    """The text, shortened with a mark only where Excel takes no more."""
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
