"""How wide the columns of a sheet are, in digits of its font."""

from collections.abc import Sequence

from ntmtrack.reports.book.lettering import text_width
from ntmtrack.reports.values import CellKind, Column, Table

PAGE = 120.0  # what a page in landscape shows at full size
MARGIN = 2.0  # of a cell: between its borders and its text
_WIDEST, _NARROWEST, _FIGURE, _GUEST = 45.0, 5.0, 8.0, 13.0


def widths(tables: Sequence[Table], widest: Sequence[Sequence[float]]) -> list[float]:
    """The widths of the columns that these tables share; `widest` the widest texts of each table's."""
    if not tables:
        return [PAGE / 4] * 4
    found: list[float] = []
    wanted: list[float] = []
    texts: list[int] = []
    for table, of_table in zip(tables, widest, strict=True):
        for place, column in enumerate(table.columns):
            found.extend([_NARROWEST] * (place + 1 - len(found)))
            wanted.extend([0.0] * (place + 1 - len(wanted)))
            is_guest = table is not tables[0] and _is_narrow(tables[0], place)  # and must not widen the host's figures
            width = _width(column, of_table[place])
            found[place] = max(found[place], min(width, _GUEST) if is_guest else width)
            wanted[place] = max(wanted[place], 0.0 if is_guest else of_table[place] + MARGIN)
        texts = texts or [place for place, column in enumerate(table.columns) if column.kind is CellKind.TEXT]
    return _evened(_eased(found, wanted), texts)


def _is_narrow(table: Table, place: int) -> bool:
    """Whether the table has figures, years or days in a column."""
    return place < len(table.columns) and table.columns[place].kind not in (CellKind.TEXT, CellKind.KEY)


def _width(column: Column, widest: float) -> float:
    """Room for the longest text and the longest word of the heading."""
    words = max((text_width(word, bold=True) for word in column.title.split()), default=0.0)
    least = _FIGURE if column.is_figure and column.key != "number" else _NARROWEST
    return max(least, min(_WIDEST, widest + MARGIN), words + MARGIN)


def _eased(found: list[float], wanted: Sequence[float]) -> list[float]:
    """What the page has left given to the columns whose texts have no room on one line, to each by its lack."""
    lacks = [max(0.0, want - width) for want, width in zip(wanted, found, strict=True)]
    room = min(max(0.0, PAGE - sum(found)), sum(lacks))
    if not room:
        return found
    return [width + room * lack / sum(lacks) for width, lack in zip(found, lacks, strict=True)]


def _evened(found: list[float], texts: Sequence[int]) -> list[float]:
    """What is then left given to the columns of text alike, so that the page is filled."""
    room = PAGE - sum(found)
    if room <= 0 or not found:
        return found
    chosen = texts or range(len(found))
    return [width + room / len(chosen) if place in chosen else width for place, width in enumerate(found)]


def even(tables: Sequence[Table]) -> list[float]:
    """Columns of one width, so that charts begin and end where columns do."""
    count = max((len(table.columns) for table in tables), default=1)
    return [(PAGE - 4) / count] * count
