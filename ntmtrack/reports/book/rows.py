"""The heights of a sheet's rows, remembered: how many pages they fill decides how they are printed."""

from typing import TYPE_CHECKING

from ntmtrack.excel import LINE_HEIGHT, TALLEST_ROW

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_PLAIN = LINE_HEIGHT + 2  # points of a row of which nothing is said
PAGE_WIDTH, PAGE_HEIGHT = 765.0, 490.0  # points of A4 in landscape within the margins
_POINTS = 6.3  # of one character of a column's width, with what Excel adds
_SMALLEST = 0.72  # of the full size: beyond that another page is better
_ORPHAN = 0.4  # of a page: what would stand alone on the last one
_KEPT, _MOST_MORE = 4, 9.0  # rows that go with what follows them; points by which rows may grow for that


class Rows:
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
        """On how many pages so many rows under columns of `width` characters go, if a little smaller; 0: as they come.

        So no page is left with signatures alone. The rows `repeated` stand on every page.
        """
        first, other = _room(width, self._height(repeated))
        exact = 1 + (self._height(range(count + 1)) - first) / other
        fewer = max(1, int(exact))
        return fewer if exact * _SMALLEST <= fewer and exact - fewer < _ORPHAN else 0

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
