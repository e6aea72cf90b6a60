"""A report on a terminal: aligned figures under shared headings, colour beside words, nothing cut off."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import zip_longest
from textwrap import wrap
from threading import Timer
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from ntmtrack.progress.status import Status
from ntmtrack.reports import Bar, CellKind, CellValue, Column, Report, Squares, Table, cell_text
from ntmtrack.reports.terminal_fit import SQUARE, FittedTable, fit_table, heading
from ntmtrack.text import encodable, visible, width

_STYLES = {
    Status.AHEAD: "bold green",
    Status.REACHED: "green",
    Status.CLOSE: "yellow",
    Status.LATE: "red",
    Status.VERY_LATE: "bold red",
    Status.DONE: "green",
    Status.OVERDUE: "red",
}
# Of a square by the rank of its level; the letter in it says the same.
SQUARES = ("dim", "black on green", "black on cyan", "bold white on magenta", "bold white on red")
_FULL, _EMPTY, _TICK, _RULE = "━", "─", "┃", "─"


def draw(report: Report, width: int | None) -> None:
    """Prints `report` on this terminal, `width` columns wide where that is given."""
    print_report(report, Console(highlight=False, soft_wrap=False, width=width))


def print_report(report: Report, console: Console) -> None:
    """Prints `report`; wide tables fold their texts and their groups, never their figures."""
    report = report.for_people
    for text, style in ((report.title, "bold"), (report.subtitle, "dim")):
        if text:
            console.print(_spelled(Text(visible(text), style=style), console))
    for place, table in enumerate(report.tables):
        if place or report.subtitle:
            console.print()
        if place and table.title:
            console.print(_spelled(Text(visible(table.title), style="bold"), console))
        fitted = fit_table(table, console.width)
        for line in _lines(fitted) if fitted else _cards(table, console.width):
            line.rstrip()
            _print(line, console)
    said = [*(f"· {visible(note)}" for note in report.notes), *filter(None, [visible(report.more)])]
    if said:
        console.print()
    for text in said:
        for words in wrap(text, console.width, break_long_words=False, break_on_hyphens=False):
            _print(Text(words), console)


def _print(line: Text, console: Console) -> None:
    """One line as it is: what is longer than the terminal, such as an address of the web, stays whole."""
    console.print(_spelled(line, console), no_wrap=True, overflow="ignore", crop=False)


def _spelled(line: Text, console: Console) -> Text:
    """The line as the console can show it: other signs for line drawing, letters without marks."""
    if console.encoding.lower().startswith("utf"):
        return line
    return Text(encodable(line.plain, console.encoding))


def _lines(fitted: FittedTable) -> Iterator[Text]:
    """Headings, a rule, rows."""
    table, widths, gap, folded = fitted
    columns = table.columns
    whole = sum(widths) + gap * (len(widths) - 1)
    if any(column.group for column in columns):
        yield _groups(fitted)
    headings = [heading(column, room, folded=folded) for column, room in zip(columns, widths, strict=True)]
    height = max(map(len, headings), default=0)
    for nth in range(height):
        row = [lines[nth - height + len(lines)] if nth >= height - len(lines) else "" for lines in headings]
        yield _put_all(map(Text, row), columns, widths, gap)
    if height:
        yield Text(_RULE * whole, style="dim")
    sums = len(table.rows) - table.sums
    for place, cells in enumerate(table.rows):
        if place == sums:
            yield Text(_RULE * whole, style="dim")
        elif place and place in table.sections:
            yield Text("")
        yield from _row(cells, columns, widths, gap)


def _groups(fitted: FittedTable) -> Text:
    """Each group's heading over all of its columns."""
    parts: list[Text] = []
    columns, place = fitted.table.columns, 0
    while place < len(columns):
        group, first = columns[place].group, place
        while place < len(columns) and columns[place].group == group and (group or place == first):
            place += 1
        room = sum(fitted.widths[first:place]) + fitted.gap * (place - first - 1)
        text = visible(group)
        spaced = f" {text} " if text and width(text) + 4 <= room else text  # a rule on both sides at least
        parts.append(Text(spaced.center(room, _RULE) if text and place - first > 1 else text.rjust(room)))
    return _joined(parts, fitted.gap)


def _row(cells: Sequence[CellValue], columns: Sequence[Column[Any]], widths: Sequence[int], gap: int) -> Iterator[Text]:
    """A row, as many lines high as its tallest cell."""
    folded = [_cell(cell, column, room) for cell, column, room in zip(cells, columns, widths, strict=True)]
    for texts in zip_longest(*folded, fillvalue=Text("")):
        yield _put_all(texts, columns, widths, gap)


def _cell(cell: CellValue, column: Column[Any], room: int) -> list[Text]:
    """The lines of one cell."""
    if isinstance(cell, Bar):
        return [_bar(cell, room)]
    if isinstance(cell, Squares):
        return _squares(cell, room)
    text = visible(cell_text(cell, column.kind))
    style = _STYLES.get(cell, "") if isinstance(cell, Status) else ""
    lines = [text] if width(text) <= room else wrap(text, max(room, 1), break_on_hyphens=False)
    return [Text(line, style=style) for line in lines or [""]]


def _bar(bar: Bar, room: int) -> Text:
    """What is reached of the whole, and a tick where the plan is."""
    whole = max(bar.whole, bar.value, bar.mark or 0, 1)
    filled = max(bar.value * room // whole, 1) if bar.value else 0
    style = "cyan" if bar.mark is None else "green" if bar.value >= bar.mark else "yellow"
    text = Text(_FULL * filled, style=style)
    text.append(_EMPTY * (room - filled), style="dim")
    if bar.mark is None:
        return text
    at = max(bar.mark * room // whole - 1, 0)
    return Text.assemble(text[:at], (_TICK, "bold"), text[at + 1 :])


def _squares(squares: Squares, room: int) -> list[Text]:
    """The squares in lines of as many as there is room for."""
    across = max(1, (room + 1) // SQUARE)
    lines = []
    for first in range(0, len(squares), across):
        parts = [
            (f"[{square.letter}]", SQUARES[min(square.rank, len(SQUARES) - 1)]) for square in squares[first:][:across]
        ]
        lines.append(Text(" ").join([Text(text, style=style) for text, style in parts]))
    return lines


def _put_all(texts: Iterable[Text], columns: Sequence[Column[Any]], widths: Sequence[int], gap: int) -> Text:
    """One line of a row."""
    parts = zip(texts, widths, columns, strict=True)
    return _joined([_put(text, room, column) for text, room, column in parts], gap)


def _put(text: Text, room: int, column: Column[Any]) -> Text:
    """The text in its column, figures to the right."""
    blank = Text(" " * max(0, room - width(text.plain)))
    return blank + text if column.is_figure else text + blank


def _joined(parts: Sequence[Text], gap: int) -> Text:
    return Text(" " * gap).join(parts)


def _cards(table: Table, room: int) -> Iterator[Text]:
    """Every row as its headings and cells beneath each other, for terminals too narrow for columns."""
    for cells in table.rows:
        for cell, column in zip(cells, table.columns, strict=True):
            text = cell_text(cell, column.kind)
            if text and column.kind is not CellKind.BAR:
                label = " ".join(filter(None, (column.group, column.title)))
                lines = wrap(visible(f"{label}: {text}" if label else text), max(room, 1), subsequent_indent="  ")
                yield from map(Text, lines)
        yield Text("")


_SOON = 1.0  # seconds: whoever waits less need not be told


@contextmanager
def waiting(text: str) -> Iterator[None]:
    """A moving bar with `text` and the time that has passed, on stderr, after a second; it leaves no trace."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    progress.add_task(visible(text).replace("[", "\\["), total=None)
    later = Timer(_SOON, progress.start)
    later.daemon = True
    later.start()
    try:
        yield
    finally:
        later.cancel()
        later.join()
        progress.stop()
