"""A report on a terminal, with rich: aligned figures, colour beside words, nothing cut off."""

from textwrap import wrap

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from ntmtrack.printing import visible
from ntmtrack.progress.status import Status
from ntmtrack.reports.values import Cell, CellKind, Column, Report, Table, cell_text

_NARROW = 5
_STYLES = {
    Status.AHEAD: "bold green",
    Status.REACHED: "green",
    Status.CLOSE: "yellow",
    Status.LATE: "red",
    Status.VERY_LATE: "bold red",
}


def draw(report: Report, width: int | None) -> None:
    """Prints `report` on this terminal, `width` columns wide where that is given."""
    render(report, Console(highlight=False, soft_wrap=False, width=width))


def render(report: Report, console: Console) -> None:
    """Prints `report`; wide tables fold their text columns, never their figures."""
    console.print(Text(visible(report.title), style="bold"))
    if report.subtitle:
        console.print(Text(visible(report.subtitle), style="dim"))
    for place, table in enumerate(report.tables):
        if place or report.subtitle:
            console.print()
        if place and table.title:
            console.print(Text(table.title, style="bold"))
        console.print(_grid(table))
    if report.notes:
        console.print()
    for note in report.notes:
        console.print(Text(f"· {visible(note)}"))


def _grid(table: Table) -> Grid:
    headings = [_heading(column) for column in table.columns]
    height = max(map(len, headings), default=0)
    grid = Grid(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, show_header=height > 0)
    for column, heading in zip(table.columns, headings, strict=True):
        grid.add_column(
            Text("\n".join([""] * (height - len(heading)) + heading)),
            justify="right" if column.is_figure else "left",
            no_wrap=column.is_figure or column.kind in (CellKind.KEY, CellKind.DAY, CellKind.YEAR),
            overflow="fold",
        )
    for place, row in enumerate(table.rows):
        if place and place in table.sections:
            grid.add_section()
        grid.add_row(*(_cell(cell, column) for cell, column in zip(row, table.columns, strict=True)))
    return grid


def _heading(column: Column) -> list[str]:
    """The heading's lines; over figures as narrow as its words allow, so that the names have room."""
    lines = wrap(column.group, _NARROW, break_long_words=False)
    return lines + (
        wrap(column.title, _NARROW, break_long_words=False) if column.is_figure else [column.title] * bool(column.title)
    )


def _cell(cell: Cell, column: Column) -> Text:
    style = _STYLES.get(cell, "") if isinstance(cell, Status) else ""
    return Text(visible(cell_text(cell, column.kind)), style=style)
