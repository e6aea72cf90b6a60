"""Where everything of a sheet stands, before anything is written: links lead to rows of sheets still to come.

Rows and columns are counted from 0.
"""

from collections.abc import Mapping
from typing import NamedTuple

from ntmtrack.reports.filing import Look, Place, Sheet
from ntmtrack.reports.values import Table

CHARTS_ACROSS, CHART_ROWS = 3, 12  # a chart of lines is so many rows high, and one of steps as high as it needs
_ROWS_OF_PAGE = 28
_LETTERHEAD, _TITLES = 4, 3


class Span(NamedTuple):
    """Where one table stands: its title (None: it has none), its first row of headings, its body up to `end`."""

    title: int | None
    head: int
    body: int
    end: int


class Layout(NamedTuple):
    """The rows of one sheet."""

    title: int
    charts: int
    tables: Mapping[str, Span]
    below: int


def lay_out(sheet: Sheet) -> Layout:
    """The rows of a sheet: letterhead, titles, charts, tables, what is said beneath."""
    title = _LETTERHEAD if sheet.look is Look.FILED else 0
    row = charts = 0 if sheet.look is Look.BARE else title + _TITLES
    row += chart_rows(sheet)
    spans: dict[str, Span] = {}
    for place, table in enumerate(sheet.report.tables):
        is_titled = bool(table.title) and (len(sheet.report.tables) > 1 or bool(sheet.charts) or sheet.titled)
        row += place > 0
        named = row if is_titled else None
        head = row + is_titled
        body = head + head_rows(table) + (sheet.look is Look.FILED)
        row = body + len(table.rows)
        spans[table.key] = Span(named, head, body, row)
    return Layout(title, charts, spans, row)


def head_rows(table: Table) -> int:
    """How many rows the headings take, without that of the column numbers."""
    return 2 if any(column.group for column in table.columns) else 1


def chart_rows(sheet: Sheet) -> int:
    """How many rows the charts take."""
    lines = [chart for chart in sheet.charts if not chart.is_steps]
    rows = -(-len(lines) // CHARTS_ACROSS) * CHART_ROWS
    return rows + sum(steps_rows(sheet, chart.table) for chart in sheet.charts if chart.is_steps)


def steps_rows(sheet: Sheet, key: str) -> int:
    """How many rows a chart of steps takes: one a bar, and some for its title and legend."""
    table = next(table for table in sheet.report.tables if table.key == key)
    return max(CHART_ROWS, len(table.rows) + 8)


def breaks(sheet: Sheet, layout: Layout) -> list[int]:
    """The rows before which a new page begins, so that no chart is cut: after every two rows of charts of lines."""
    lines = [chart for chart in sheet.charts if not chart.is_steps]
    rows = -(-len(lines) // CHARTS_ACROSS)
    per_page = (_ROWS_OF_PAGE - _TITLES) // CHART_ROWS
    found = [layout.charts + done * CHART_ROWS for done in range(per_page, rows, per_page)]
    row = layout.charts + rows * CHART_ROWS
    parts = [(row, steps_rows(sheet, chart.table)) for chart in sheet.charts if chart.is_steps]
    parts += [
        (span.head if span.title is None else span.title, span.end - span.head + 2) for span in layout.tables.values()
    ]
    page = found[-1] if found else 0
    for first, high in parts:
        if first + high - page > _ROWS_OF_PAGE:
            found.append(first)
            page = first
    return found


def area(place: Place, sheet: Sheet, layout: Layout) -> str:
    """The cells that a link leads to; the headings where there are no rows."""
    from xlsxwriter.utility import xl_range

    span = layout.tables[place.table]
    table = next(table for table in sheet.report.tables if table.key == place.table)
    keys = [column.key for column in table.columns]
    first = last = keys.index(place.column) if place.column else 0
    last = last if place.column else len(keys) - 1
    if place.last < place.first:
        return str(xl_range(span.head, first, span.body - 1, last))
    return str(xl_range(span.body + place.first, first, span.body + place.last, last))
