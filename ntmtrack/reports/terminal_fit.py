"""A table fitted to the width of a terminal: what is empty or can be spared left out, texts folded, groups put in rows.

Nothing is ever cut off: where no columns fit, every row becomes a list of its headings and cells.
"""

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Any, NamedTuple

from ntmtrack.model import Confidence
from ntmtrack.progress.status import Status
from ntmtrack.reports import Bar, CellKind, CellValue, Column, Squares, Table, cell_text
from ntmtrack.text import visible, width

SQUARE = 4  # columns of the terminal: a square and the gap after it
_FIGURE_HEADING = 6  # a heading over figures is folded to this, so that names have room
_WIDE_GAP, _NARROW_GAP = 2, 1
_SHORTEST_BAR, _LONGEST_BAR = 7, 24
MADE_UP = Confidence.ILLUSTRATIVE.value  # a cell that says so
_FEWEST = 12  # of a folded text; less where it is shorter


class FittedTable(NamedTuple):
    """A table with the width of each of its columns, and of the gap between two; whether headings are folded."""

    table: Table
    widths: Sequence[int]
    gap: int
    folded: bool


def fit_table(table: Table, room: int) -> FittedTable | None:
    """The table in columns that take at most `room`; None where there is no such way."""
    table = table.told()
    if fitted := _fit(table, room, _WIDE_GAP, folded=False):
        return fitted
    for tried in (table, table.in_text(), _groups_in_rows(table.in_text())):
        ways = [_fit(less, room, gap) for less in _sparing(tried) for gap in (_WIDE_GAP, _NARROW_GAP)] if tried else []
        if fitting := [fitted for fitted in ways if fitted]:
            return min(fitting, key=_height)
    return None


def _sparing(table: Table) -> Iterator[Table]:
    """The table, then without what can be spared, one column less each time; what is made up is always told."""
    spare = [
        place
        for place, column in enumerate(table.columns)
        if column.spare and not any(row[place] == MADE_UP for row in table.rows)
    ]
    places = sorted(spare, key=lambda place: -table.columns[place].spare)
    for count in range(len(places) + 1):
        yield table.only([place for place in range(len(table.columns)) if place not in places[:count]])


def _height(fitted: FittedTable) -> int:
    """The lines that the rows take, the highest cell of each."""
    places = [place for place, column in enumerate(fitted.table.columns) if column.kind is not CellKind.BAR]
    columns = [(place, fitted.table.columns[place].kind, fitted.widths[place]) for place in places]
    return sum(
        max([1, *(_lines_of(row[place], kind, room) for place, kind, room in columns)]) for row in fitted.table.rows
    )


def _lines_of(cell: CellValue, kind: CellKind, room: int) -> int:
    if isinstance(cell, Squares):
        return -(-len(cell) * SQUARE // max(room, 1))
    text = visible(cell_text(cell, kind))
    return 1 if width(text) <= room else len(wrap(text, room, break_on_hyphens=False))


def _fit(table: Table, room: int, gap: int, *, folded: bool = True) -> FittedTable | None:
    """The table with all its columns; None where there is no room for them, or for its bars.

    Unless headings may be `folded`, nothing may be.
    """
    bars = [place for place, column in enumerate(table.columns) if column.kind is CellKind.BAR]
    natural = [0 if place in bars else _natural(table, place, folded=folded) for place in range(len(table.columns))]
    least = [0 if place in bars else _least(table, place, folded=folded) for place in range(len(table.columns))]
    for places in groups_of(table.columns):
        room_of_group = gap * (len(places) - 1)
        lack = width(visible(table.columns[places[0]].group)) - room_of_group - sum(least[place] for place in places)
        least[places[-1]] += max(0, lack)
        natural[places[-1]] = max(natural[places[-1]], least[places[-1]])
    spare = room - sum(natural) - gap * (len(natural) - 1)
    if (bars and spare < _SHORTEST_BAR * len(bars)) or (spare < 0 and not folded):
        return None
    for place in bars:
        natural[place] = min(_LONGEST_BAR, spare // len(bars))
    widths = _shrunk(natural, least, room - gap * (len(natural) - 1))
    return FittedTable(table, widths, gap, folded) if widths else None


def groups_of(columns: Sequence[Column[Any]]) -> list[list[int]]:
    """The places of the columns under each group's heading."""
    groups: list[list[int]] = []
    for place, column in enumerate(columns):
        if column.group and place and columns[place - 1].group == column.group:
            groups[-1].append(place)
        elif column.group:
            groups.append([place])
    return groups


def _shrunk(natural: Sequence[int], least: Sequence[int], room: int) -> list[int] | None:
    """The widths, the widest folded first until they fit; None where they never do."""
    if sum(least) > room:
        return None
    widths = list(natural)
    while sum(widths) > room:
        place = max((place for place in range(len(widths)) if widths[place] > least[place]), key=widths.__getitem__)
        widths[place] -= 1
    return widths


def _natural(table: Table, place: int, *, folded: bool) -> int:
    column = table.columns[place]
    cells = [cell_width(row[place], column) for row in table.rows]
    return max([*cells, *map(width, heading(column, folded=folded)), 1])


def _least(table: Table, place: int, *, folded: bool) -> int:
    """What a column cannot do without: a figure, a key, a square; of a text its longest word, within reason."""
    column = table.columns[place]
    natural = _natural(table, place, folded=folded)
    if column.kind is CellKind.SQUARES:
        return min(natural, 5 * SQUARE)
    if column.kind is not CellKind.TEXT:
        cells = [row[place] for row in table.rows]
        words = [width(word) for cell in cells if isinstance(cell, Status) for word in cell.label.split()]
        figures = [cell_width(cell, column) for cell in cells if not isinstance(cell, Status)]
        return max([*figures, *words, *map(width, heading(column, folded=folded))]) if words else natural
    words = [width(word) for row in table.rows for word in cell_text(row[place], column.kind).split()]
    return min(natural, max([*words, *map(width, column.title.split()), min(natural, _FEWEST)]))


def cell_width(cell: object, column: Column[Any]) -> int:
    """The columns of the terminal that a cell takes on one line."""
    if isinstance(cell, Squares):
        return len(cell) * SQUARE - 1
    return 0 if isinstance(cell, Bar) else width(visible(cell_text(cell, column.kind)))  # type: ignore[arg-type]


def heading(column: Column[Any], room: int = 0, *, folded: bool = True) -> list[str]:
    """The lines of a heading: over figures as narrow as its words allow, over texts in `room` where that is given."""
    if not folded or (not column.is_figure and not room):
        return [column.title] if column.title else []
    return wrap(column.title, _FIGURE_HEADING if column.is_figure else room, break_long_words=False)


def _groups_in_rows(table: Table) -> Table | None:
    """The table with its groups of columns, where they are all alike, beneath each other; None where they are not."""
    groups = list(dict.fromkeys(column.group for column in table.columns if column.group))
    members = [[place for place, column in enumerate(table.columns) if column.group == group] for group in groups]
    titles = {tuple(table.columns[place].title for place in places) for places in members}
    if len(groups) < 2 or len(titles) > 1:  # one group alone is none
        return None
    first = members[0][0]
    before = [place for place in range(first) if not table.columns[place].group]
    after = [place for place in range(first, len(table.columns)) if not table.columns[place].group]
    columns: list[Column[Any]] = [
        *(table.columns[place] for place in before),
        Column("group", ""),
        *(table.columns[place]._replace(group="") for place in members[0]),
        *(table.columns[place] for place in after),
    ]
    rows: list[list[CellValue]] = []
    sections = set()
    for row in table.rows:
        sections.add(len(rows))
        for nth, (group, places) in enumerate(zip(groups, members, strict=True)):
            own = [row[place] if nth == 0 else "" for place in before]
            rest = [row[place] if nth == 0 else "" for place in after]
            rows.append([*own, group, *(row[place] for place in places), *rest])
    return table._replace(columns=columns, rows=rows, sections=frozenset(sections), sums=table.sums * len(groups))
