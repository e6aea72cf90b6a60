"""The heights of a sheet's rows, remembered: how many pages they fill decides how they are printed."""

from typing import TYPE_CHECKING

from ntmtrack.reports.book.lettering import LINE_HEIGHT

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_PLAIN = LINE_HEIGHT + 2  # points of a row of which nothing is said
PAGE_WIDTH, PAGE_HEIGHT = 765.0, 490.0  # points of A4 in landscape within the margins
_POINTS = 6.3  # of one character of a column's width, with what Excel adds
_SMALLEST = 0.72  # of the full size: beyond that another page is better
_ORPHAN = 0.4  # of a page: what would stand alone on the last one
_TALLEST = 409.0  # points, in Excel


class Rows:
    """The rows of one sheet."""

    def __init__(self, sheet: "Worksheet") -> None:
        self._sheet = sheet
        self._heights: dict[int, float] = {}
        sheet.set_default_row(_PLAIN)

    def set(self, row: int, height: float) -> None:
        """Makes a row so many points high, unless it is higher already."""
        height = min(max(height, self._heights.get(row, 0.0)), _TALLEST)
        self._sheet.set_row(row, height)
        self._heights[row] = height

    def pages(self, count: int, width: float, repeated: range) -> int:
        """On how many pages so many rows under columns of `width` characters go, if a little smaller; 0: as they come.

        So no page is left with signatures alone. The rows `repeated` stand on every page.
        """
        shrunk = min(1.0, PAGE_WIDTH / (width * _POINTS))
        height = sum(self._heights.get(row, _PLAIN) for row in range(count + 1)) * shrunk
        heads = sum(self._heights.get(row, _PLAIN) for row in repeated) * shrunk
        exact = 1 + (height - PAGE_HEIGHT) / (PAGE_HEIGHT - heads)
        fewer = max(1, int(exact))
        return fewer if exact * _SMALLEST <= fewer and exact - fewer < _ORPHAN else 0
