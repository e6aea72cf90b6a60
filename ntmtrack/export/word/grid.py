"""A table as Word's own XML, written as text: an annex of the nation has some hundred thousand cells."""

import html
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from ntmtrack.export.workbook.style import lines_needed, text_width
from ntmtrack.export.workbook.table import group_spans
from ntmtrack.reports import CellKind, Column, Table, cell_text
from ntmtrack.reports.labels import sentence
from ntmtrack.text import for_xml

SIZE = 11  # points of the text in a table
_DIGIT = SIZE / 2  # points of a digit, in which widths of texts are told
_PADDING = 10.5  # points left and right of a text in its cell
_WIDEST = 160.0  # points that a text asks for on one line; longer ones are broken
_FEWEST = 4  # tenths of a column's texts that stand on one line while there is room for them
_MEASURED = 300  # rows of a table that its lines are counted by
_ROUNDING = 0.2  # of a digit
_TWIPS = 20  # of a point
_KEPT, _KEPT_LINES = 12, 24  # rows of a table that is not broken over pages, and lines: more leave a page empty
_LAST = 4  # rows at the end of a table that stand on one page
_PIECE = 200  # rows of a long table that are one for Word: LibreOffice lays out ten thousand for a quarter of an hour
_SEAM = (
    '<w:p><w:pPr><w:pageBreakBefore/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
)
_CENTRED = (CellKind.YEAR, CellKind.DAY, CellKind.MARK, CellKind.KEY)
_EDGES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


class Grid:
    """A table with the widths that its columns ask for, in points."""

    def __init__(self, table: Table) -> None:
        self._table = table.in_text()
        self._texts = [
            [cell_text(cell, column.kind) for cell, column in zip(row, self._table.columns, strict=True)]
            for row in self._table.rows
        ]
        self._wanted = [self._widths(place) for place in range(len(self._table.columns))]

    @property
    def width(self) -> float:
        """The width at which no cell but a long text is broken."""
        return sum(widths[-1] for widths in self._wanted)

    def _widths(self, place: int) -> list[float]:
        """Widths of a column: the least without breaking a word or a figure, then with more of its texts unbroken."""
        column = self._table.columns[place]
        texts = [row[place] for row in self._texts if row[place]]
        words = max((text_width(word, bold=True) for word in _heading(column).split()), default=0.0)
        widths = sorted(map(text_width, texts)) or [0.0]
        broken = column.kind in (CellKind.TEXT, CellKind.KEY)
        parts = max((text_width(word) for text in {*texts} for word in text.split()), default=0.0)
        least = max(words, parts if broken else widths[-1]) * _DIGIT + _PADDING
        unbroken = (widths[(len(widths) - 1) * tenths // 10] for tenths in range(_FEWEST, 11))
        return [least, *(max(least, min(width * _DIGIT + _PADDING, _WIDEST)) for width in unbroken)]

    def _fitted(self, room: float) -> list[float]:
        """The widths that fill the room; where there is too little, of two ways to share it that with fewer lines.

        One takes from all columns alike, the other first what few of their texts need.
        """
        steps = list(zip(*self._wanted, strict=True))  # from the narrowest to the widest
        alike = [steps[0], steps[-1]]
        if not sum(steps[0]) < room < sum(steps[-1]):
            return _shared(alike, room)
        return min((_shared(ways, room) for ways in (alike, steps)), key=self._lines)

    def _lines(self, widths: Sequence[float]) -> int:
        """How many lines the rows take, of a long table some of them."""
        rooms = [(width - _PADDING) / _DIGIT + _ROUNDING for width in widths]
        rows = self._texts[:: len(self._texts) // _MEASURED + 1]
        return sum(max(map(lines_needed, row, rooms)) for row in rows)

    def xml(self, room: float, *, goes_on: bool = False) -> Iterator[str]:
        """The whole table piece by piece, as wide as there is room for, in points; `goes_on`: notes follow it.

        A long one goes on under its headings on a new page after some hundred rows.
        """
        fitted = self._fitted(room)
        widths = [round(width * _TWIPS) for width in fitted]
        is_kept = len(self._texts) <= _KEPT and self._lines(fitted) <= _KEPT_LINES
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        opening = (
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f'<w:tblBorders>{_EDGES}</w:tblBorders><w:tblLayout w:type="fixed"/>'
            '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>"
        )
        opening += "".join(self._head(widths))
        yield opening
        for place, row in enumerate(self._body(widths, goes_on=goes_on, is_kept=is_kept)):
            if place and place % _PIECE == 0 and place <= len(self._texts) - _PIECE:
                yield f"</w:tbl>{_SEAM}{opening}"
            yield row
        yield "</w:tbl>"

    def _head(self, widths: Sequence[int]) -> Iterator[str]:
        """The headings, repeated on every page; a group heading stands over its columns."""
        columns, upper, lower = self._table.columns, [], []
        for first, last in group_spans(columns):
            group, width = columns[first].group, sum(widths[first : last + 1])
            upper.append(
                _heading_cell(sentence(group) or _heading(columns[first]), width, last - first + 1, begins=not group)
            )
            for place in range(first, last + 1):
                lower.append(_heading_cell(_heading(columns[place]) if group else None, widths[place]))
        yield _row(upper, is_head=True)
        if any(column.group for column in columns):
            yield _row(lower, is_head=True)

    def _body(self, widths: Sequence[int], *, goes_on: bool, is_kept: bool) -> Iterator[str]:
        """The rows, those of sums in bold."""
        aligned = list(map(_alignment, self._table.columns))
        sums, last = len(self._texts) - self._table.sums, len(self._texts) - 1
        for place, texts in enumerate(self._texts):
            style = "TableSum" if place >= sums else "TableText"
            kept = (place < last or goes_on) and (is_kept or place > last - _LAST)
            cells = zip(texts, widths, aligned, strict=True)
            yield _row([_cell(text, width, align, style, kept=kept) for text, width, align in cells])


def _heading(column: Column[Any]) -> str:
    return sentence(column.title)


def _alignment(column: Column[Any]) -> str:
    if column.key == "number" or column.kind in _CENTRED:
        return "center"
    return "right" if column.is_figure else "left"


def _shared(steps: Sequence[Sequence[float]], room: float) -> list[float]:
    """Widths between two of the steps, which go from narrow to wide, so that they fill the room."""
    for narrow, wide in pairwise(steps):
        if sum(narrow) <= room < sum(wide):
            share = (room - sum(narrow)) / (sum(wide) - sum(narrow))
            return [low + (high - low) * share for low, high in zip(narrow, wide, strict=True)]
    alike = steps[0] if room < sum(steps[0]) else steps[-1]
    return [width * room / sum(alike) for width in alike]


def _row(cells: Sequence[str], *, is_head: bool = False) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_head else ''}</w:trPr>{''.join(cells)}</w:tr>"


def _heading_cell(text: str | None, width: int, span: int = 1, *, begins: bool = False) -> str:
    """A heading; without a text it goes on from the row above, where it `begins`."""
    over = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merged = "<w:vMerge/>" if text is None else '<w:vMerge w:val="restart"/>' if begins else ""
    middle = '<w:vAlign w:val="center"/>'
    return _cell(text or "", width, "center", "TableHead", over + merged + middle, kept=True)


def _cell(text: str, width: int, align: str, style: str, more: str = "", *, kept: bool = False) -> str:
    """A cell with its text; `kept`: on the page of the row after it."""
    run = f'<w:r><w:t xml:space="preserve">{_escaped(text)}</w:t></w:r>' if text else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{"<w:keepNext/>" if kept else ""}<w:jc w:val="{align}"/></w:pPr>'
        f"{run}</w:p></w:tc>"
    )


def _escaped(text: str) -> str:
    return html.escape(for_xml(text), quote=False)
