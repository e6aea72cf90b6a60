"""Native charts: lines of plan and actual, steps of levels to 100%; told apart in black and white too."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ntmtrack.excel import FONT
from ntmtrack.export import Chart, ReportSheet, Role
from ntmtrack.export.workbook.layout import CHART_ROWS, CHARTS_ACROSS, PageLayout, steps_place, steps_rows
from ntmtrack.i18n import _
from ntmtrack.reports import Table

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_ROW_HEIGHT, _GAP = 24, 6  # pixels
_LOOKS: Mapping[Role, dict[str, Any]] = {
    Role.PLAN: {
        "line": {"color": "#7F7F7F", "width": 1.75, "dash_type": "dash"},
        "marker": {"type": "square", "size": 6, "border": {"color": "#7F7F7F"}, "fill": {"color": "#FFFFFF"}},
    },
    Role.ACTUAL: {
        "line": {"color": "#1F6B3A", "width": 2.25},
        "marker": {"type": "circle", "size": 6, "border": {"color": "#1F6B3A"}, "fill": {"color": "#1F6B3A"}},
        "data_labels": {"value": True, "position": "above", "font": {"name": FONT, "size": 9}},
    },
}
# From nothing reached to the highest level: paper, then darker and darker, so that a copier keeps them apart.
STEPS = (("#FFFFFF", "#000000"), ("#D5E8CB", "#000000"), ("#70AD47", "#000000"), ("#1E4D14", "#FFFFFF"))


def draw_chart(
    book: "Workbook", page: "Worksheet", sheet: ReportSheet, layout: PageLayout, widths: Sequence[float], chart: Chart
) -> None:
    """Puts a chart in its place, drawn from the cells of its table."""
    table = next(table for table in sheet.report.tables if table.key == chart.table)
    drawn = _steps(book) if chart.is_steps else _lines(book)
    for place, series in enumerate(chart.series):
        look = _LOOKS.get(series.role) or _step(place)
        drawn.add_series(
            {
                "name": series.name,
                "categories": _cells(sheet, layout, table, chart.labels),
                "values": _cells(sheet, layout, table, series.cells),
                # Kept with the chart for whoever computes nothing; by itself XlsxWriter keeps a blank as nought.
                "values_data": _values(table, series.cells),
                **look,
            }
        )
    drawn.set_title({"name": chart.title, "name_font": {"name": FONT, "size": 12}, "overlay": False})
    drawn.set_legend({"position": "bottom", "font": {"name": FONT, "size": 10}})
    drawn.show_blanks_as("span")
    row, first, columns, rows = _place(sheet, layout, len(widths), chart)
    width = sum(_pixels(width) for width in widths[first : first + columns])
    drawn.set_size({"width": width - _GAP, "height": rows * _ROW_HEIGHT - 2 * _GAP})
    page.insert_chart(row, first, drawn, {"object_position": 1, "y_offset": _GAP // 2})


def _step(place: int) -> dict[str, Any]:
    fill, ink = STEPS[min(place, len(STEPS) - 1)]
    return {
        "fill": {"color": fill},
        "border": {"color": "#404040", "width": 0.75},
        "gap": 40,
        "data_labels": {"value": True, "num_format": "#,##0;;", "font": {"name": FONT, "size": 9, "color": ink}},
    }


def _lines(book: "Workbook") -> Any:
    chart = book.add_chart({"type": "line"})
    chart.set_x_axis({"num_font": {"name": FONT, "size": 10}})
    chart.set_y_axis(
        {"min": 0, "num_format": "#,##0", "num_font": {"name": FONT, "size": 10}, "major_gridlines": _FAINT}
    )
    return chart


_FAINT = {"visible": True, "line": {"color": "#D9D9D9", "width": 0.5}}


def _steps(book: "Workbook") -> Any:
    chart = book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    chart.set_y_axis({"reverse": True, "num_font": {"name": FONT, "size": 10}, "interval_unit": 1})
    chart.set_x_axis(
        {
            "num_format": "0%",
            "label_position": "high",
            "num_font": {"name": FONT, "size": 10},
            "major_gridlines": _FAINT,
            "name": _("Share of the communes"),
            "name_font": {"name": FONT, "size": 10, "bold": False},
        }
    )
    return chart


def _cells(sheet: ReportSheet, layout: PageLayout, table: Table, cells: str | int | None) -> list[str | int]:
    """A column of the table by its key, a row of it by its place, from the second column on; None: the headings."""
    span = layout.tables[table.key]
    if isinstance(cells, str):
        column = [column.key for column in table.columns].index(cells)
        return [sheet.name, span.body, column, span.end - 1, column]
    row = span.body - 1 if cells is None else span.body + cells
    return [sheet.name, row, 1, row, len(table.columns) - 1]


def _values(table: Table, cells: str | int) -> list[object]:
    """The values of a column, or of a row from its second on; None where there is none."""
    if isinstance(cells, int):
        return list(table.rows[cells][1:])
    column = [column.key for column in table.columns].index(cells)
    return [row[column] for row in table.rows]


def _place(sheet: ReportSheet, layout: PageLayout, columns: int, chart: Chart) -> tuple[int, int, int, int]:
    """The row and column where a chart begins, and how many columns and rows it covers."""
    if chart.is_steps:
        return steps_place(sheet, layout, chart), 0, columns, steps_rows(sheet, chart.table)
    lines = [chart for chart in sheet.charts if not chart.is_steps]
    place, across = lines.index(chart), max(1, columns // CHARTS_ACROSS)
    row = layout.charts + place // CHARTS_ACROSS * CHART_ROWS
    return row, place % CHARTS_ACROSS * across, across, CHART_ROWS


def _pixels(width: float) -> int:
    """The pixels of a column so many characters wide."""
    return int(width * 8 + 0.5) + 5
