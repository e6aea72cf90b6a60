"""Where everything of a sheet stands, before anything is written: links lead to rows of sheets still to come.

Rows and columns are counted from 0.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ntmtrack.excel import LINE_HEIGHT, TALLEST_ROW
from ntmtrack.export import Chart, LinkTarget, ReportSheet, SheetStyle
from ntmtrack.export.workbook.style import text_width
from ntmtrack.reports import CellKind, Column, Table

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


CHARTS_ACROSS, CHART_ROWS = 3, 12  # a chart of lines is so many rows high, and one of steps as high as it needs
_ROWS_OF_PAGE = 28
_LETTERHEAD, _TITLES = 4, 3  # rows; an annex has one more title, for what it is called


class TableRows(NamedTuple):
    """Where one table stands: its title (None: it has none), its first row of headings, its body up to `end`."""

    title: int | None
    head: int
    body: int
    end: int


class PageLayout(NamedTuple):
    """The rows of one sheet."""

    title: int
    charts: int
    tables: Mapping[str, TableRows]
    below: int


def lay_out(sheet: ReportSheet) -> PageLayout:
    """The rows of a sheet: letterhead, titles, charts, tables, what is said beneath."""
    title = _LETTERHEAD if sheet.has_letterhead else 0
    row = charts = 0 if sheet.look is SheetStyle.BARE else title + _TITLES + bool(sheet.annex)
    row += chart_rows(sheet)
    spans: dict[str, TableRows] = {}
    for place, table in enumerate(sheet.report.tables):
        is_titled = bool(table.title) and (len(sheet.report.tables) > 1 or bool(sheet.charts) or sheet.titled)
        row += place > 0
        named = row if is_titled else None
        head = row + is_titled
        body = head + head_rows(table) + (sheet.look is SheetStyle.FILED)
        row = body + len(table.rows)
        spans[table.key] = TableRows(named, head, body, row)
    return PageLayout(title, charts, spans, row)


def head_rows(table: Table) -> int:
    """How many rows the headings take, without that of the column numbers."""
    return 2 if any(column.group for column in table.columns) else 1


def chart_rows(sheet: ReportSheet) -> int:
    """How many rows the charts take."""
    lines = [chart for chart in sheet.charts if not chart.is_steps]
    rows = -(-len(lines) // CHARTS_ACROSS) * CHART_ROWS
    return rows + sum(steps_rows(sheet, chart.table) for chart in sheet.charts if chart.is_steps)


def steps_rows(sheet: ReportSheet, key: str) -> int:
    """How many rows a chart of steps takes: one a bar, and some for its title and legend."""
    table = next(table for table in sheet.report.tables if table.key == key)
    return max(CHART_ROWS, len(table.rows) + 8)


def steps_place(sheet: ReportSheet, layout: PageLayout, chart: Chart) -> int:
    """The row where a chart of steps begins: below the charts of lines, one beneath the other."""
    lines = [one for one in sheet.charts if not one.is_steps]
    steps = [one for one in sheet.charts if one.is_steps]
    before = sum(steps_rows(sheet, one.table) for one in steps[: steps.index(chart)])
    return layout.charts + -(-len(lines) // CHARTS_ACROSS) * CHART_ROWS + before


def page_breaks(sheet: ReportSheet, layout: PageLayout) -> list[int]:
    """The rows before which a new page begins, so that no chart is cut: after every two rows of charts of lines."""
    lines = [chart for chart in sheet.charts if not chart.is_steps]
    rows = -(-len(lines) // CHARTS_ACROSS)
    per_page = (_ROWS_OF_PAGE - _TITLES) // CHART_ROWS
    rows_of_breaks = [layout.charts + done * CHART_ROWS for done in range(per_page, rows, per_page)]
    parts = [
        (steps_place(sheet, layout, chart), steps_rows(sheet, chart.table)) for chart in sheet.charts if chart.is_steps
    ]
    parts += [
        (span.head if span.title is None else span.title, span.end - span.head + 2) for span in layout.tables.values()
    ]
    page = rows_of_breaks[-1] if rows_of_breaks else 0
    for first, high in parts:
        if first + high - page > _ROWS_OF_PAGE:
            rows_of_breaks.append(first)
            page = first
    return rows_of_breaks


def linked_cells(place: LinkTarget, sheet: ReportSheet, layout: PageLayout) -> str:
    """The cells that a link leads to; the headings where there are no rows."""
    from xlsxwriter.utility import xl_range

    span = layout.tables[place.table]
    table = next(table for table in sheet.report.tables if table.key == place.table)
    keys = [column.key for column in table.columns]
    column = place.column if place.column in keys else None  # one in which nothing is told is left out
    first = last = keys.index(column) if column else 0
    last = last if column else len(keys) - 1
    if place.last < place.first:
        return str(xl_range(span.head, first, span.body - 1, last))
    return str(xl_range(span.body + place.first, first, span.body + place.last, last))


_PLAIN = LINE_HEIGHT + 2  # points of a row of which nothing is said
PAGE_WIDTH, PAGE_HEIGHT = 765.0, 490.0  # points of A4 in landscape within the margins
_POINTS = 6.3  # of one character of a column's width, with what Excel adds
_SMALLEST = 0.72  # of the full size: beyond that another page is better
_SMALLEST_ALONE = 0.58  # of a sheet that is to be one page: letters of 7 points
_ORPHAN = 0.4  # of a page: what would stand alone on the last one
_KEPT, _MOST_MORE = 4, 9.0  # rows that go with what follows them; points by which rows may grow for that


class RowHeights:
    """The rows of one sheet."""

    def __init__(self, sheet: "Worksheet") -> None:
        self._sheet = sheet
        self._heights: dict[int, float] = {}
        self._plain = _PLAIN
        sheet.set_default_row(_PLAIN)

    def set(self, row: int, height: float) -> None:
        """Makes a row so many points high, unless it is higher already."""
        height = min(max(height, self._heights.get(row, 0.0)), TALLEST_ROW)
        self._sheet.set_row(row, height)
        self._heights[row] = height

    def pages(self, count: int, width: float, repeated: range) -> int:
        """How many pages the rows are to be shrunk to, under columns of `width` characters; 0: as many as they need.

        So no page is left with signatures alone. The rows `repeated` stand on every page.
        """
        first, other = _room(width, self._height(repeated))
        exact = 1 + (self._height(range(count + 1)) - first) / other
        fewer = max(1, int(exact))
        return fewer if exact * _SMALLEST <= fewer and exact - fewer < _ORPHAN else 0

    def fit_one_page(self, count: int, width: float) -> bool:
        """Whether the rows can be read when they are shrunk to one page."""
        whole, _other = _room(width, 0.0)
        return self._height(range(count + 1)) * _SMALLEST_ALONE <= whole

    def keep_some_with_the_end(self, body: range, count: int, width: float, repeated: range) -> None:
        """Makes the rows of `body` a little higher, where what follows them would else stand on a page of its own."""
        first, other = _room(width, self._height(repeated))
        end = self._height(range(body.stop))
        left = first - end if end <= first else other - (end - first) % other
        follows = self._height(range(body.stop, count + 1))
        plain = [row for row in body if row not in self._heights]
        if left >= follows or len(plain) <= _KEPT:
            return
        more = (left + _KEPT * _PLAIN) / len(plain)
        if more <= _MOST_MORE:
            self._plain = _PLAIN + more
            self._sheet.set_default_row(self._plain)

    def _height(self, rows: range) -> float:
        return sum(self._heights.get(row, self._plain) for row in rows)


def _room(width: float, heads: float) -> tuple[float, float]:
    """Points of rows that the first page holds, and every other beneath the repeated ones."""
    shrunk = min(1.0, PAGE_WIDTH / (width * _POINTS))
    return PAGE_HEIGHT / shrunk, PAGE_HEIGHT / shrunk - heads


PAGE = 120.0  # what a page in landscape shows at full size
MARGIN = 2.0  # of a cell: between its borders and its text
_WIDEST, _NARROWEST, _FIGURE, _GUEST = 45.0, 5.0, 8.0, 13.0


def column_widths(tables: Sequence[Table], widest: Sequence[Sequence[float]]) -> list[float]:
    """The widths of the columns that these tables share; `widest` the widest texts of each table's."""
    if not tables:
        return [PAGE / 4] * 4
    widths: list[float] = []
    full: list[float] = []
    texts: list[int] = []
    for table, of_table in zip(tables, widest, strict=True):
        for place, column in enumerate(table.columns):
            widths.extend([_NARROWEST] * (place + 1 - len(widths)))
            full.extend([0.0] * (place + 1 - len(full)))
            is_guest = table is not tables[0] and _is_narrow(tables[0], place)  # and must not widen the host's figures
            width = _width(column, of_table[place])
            widths[place] = max(widths[place], min(width, _GUEST) if is_guest else width)
            full[place] = max(full[place], 0.0 if is_guest else of_table[place] + MARGIN)
        texts = texts or [place for place, column in enumerate(table.columns) if column.kind is CellKind.TEXT]
    return _evened(_eased(widths, full), texts)


def _is_narrow(table: Table, place: int) -> bool:
    """Whether the table has figures, years or days in a column."""
    return place < len(table.columns) and table.columns[place].kind not in (CellKind.TEXT, CellKind.KEY)


def _width(column: Column[Any], widest: float) -> float:
    """Room for the longest text and the longest word of the heading."""
    words = max((text_width(word, bold=True) for word in column.title.split()), default=0.0)
    least = _FIGURE if column.is_figure and column.key != "number" else _NARROWEST
    return max(least, min(_WIDEST, widest + MARGIN), words + MARGIN)


def _eased(widths: list[float], full: Sequence[float]) -> list[float]:
    """The widths, with what the page has left given to columns whose texts need two lines, to each what it lacks."""
    lacks = [max(0.0, want - width) for want, width in zip(full, widths, strict=True)]
    room = min(max(0.0, PAGE - sum(widths)), sum(lacks))
    if not room:
        return widths
    return [width + room * lack / sum(lacks) for width, lack in zip(widths, lacks, strict=True)]


def _evened(widths: list[float], texts: Sequence[int]) -> list[float]:
    """The widths, with what is then left shared out, so that the page is filled: among the columns of text first."""
    if not widths:
        return widths
    room = max(0.0, PAGE - sum(widths))
    wider = [max(width, min(width + room / len(texts), _WIDEST)) if texts else width for width in widths]
    wider = [more if place in texts else width for place, (width, more) in enumerate(zip(widths, wider, strict=True))]
    left = max(0.0, PAGE - sum(wider))
    return [width + left / len(wider) for width in wider]


def even_widths(tables: Sequence[Table]) -> list[float]:
    """Columns of one width, so that charts begin and end where columns do."""
    count = max((len(table.columns) for table in tables), default=1)
    return [(PAGE - 4) / count] * count
