"""The heights of a sheet's rows, remembered: how many pages they fill decides how they are printed."""

from typing import TYPE_CHECKING

from ntmtrack.reports.book.lettering import LINE_HEIGHT

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_PLAIN = LINE_HEIGHT + 2  # points of a row of which nothing is said
PAGE_WIDTH, PAGE_HEIGHT = 765.0, 505.0  # points of A4 in landscape within the margins
_POINTS = 6.3  # of one character of a column's width, with what Excel adds
_SMALLEST = 0.75  # of the full size: beyond that a second page is better


class Rows:
    """The rows of one sheet."""

    def __init__(self, sheet: "Worksheet") -> None:
        self._sheet = sheet
        self._heights: dict[int, float] = {}
        sheet.set_default_row(_PLAIN)

    def set(self, row: int, height: float) -> None:
        """Makes a row so many points high."""
        self._sheet.set_row(row, height)
        self._heights[row] = height

    def fit_one_page(self, count: int, width: float) -> bool:
        """Whether so many rows, under columns of `width` characters, can still be read on one page."""
        height = sum(self._heights.get(row, _PLAIN) for row in range(count))
        shrunk = min(1.0, PAGE_WIDTH / (width * _POINTS))
        return height * shrunk * _SMALLEST <= PAGE_HEIGHT
