"""What refers to the rows of a sheet, told anew where rows have been put in between: formulas, areas, merges."""

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

# $A$1: the column, whether the row is fixed, the row.
_CELL = re.compile(r"(\$?[A-Z]{1,3})(\$?)(\d+)")
_SUMMING = ("SUM", "SUBTOTAL", "COUNT", "COUNTA", "AVERAGE", "MIN", "MAX", "PRODUCT")
# 5:7, whole rows.
_ROWS = re.compile(r"(\$?)(\d+):(\$?)(\d+)")


class Insertion:
    """`count` rows put in after row `at` (from 1) of a sheet."""

    def __init__(self, title: str, at: int, count: int) -> None:
        self._title = title
        self._at = at
        self._count = count

    def is_own(self, title: str, row: int) -> bool:
        """Whether this is the row after which the others were put in."""
        return (title, row) == (self._title, self._at)

    def row(self, row: int) -> int:
        """Where a row is now."""
        return row + self._count if row > self._at else row

    def last(self, row: int) -> int:
        """Where an area ends now that ended with `row`: one that ends with the row repeated takes the new ones in."""
        return row + self._count if row >= self._at else row

    def area(self, reference: str) -> str:
        """An area of this sheet, "A8:C8" or "5:7"; its end takes in the rows after the one that it ends with."""
        start, colon, end = reference.partition(":")
        if _ROWS.fullmatch(reference):
            return f"{self._of_rows(start, self.row)}:{self._of_rows(end, self.last)}"
        if not colon:
            return _CELL.sub(lambda match: f"{match[1]}{match[2]}{self.row(int(match[3]))}", reference)
        first = _CELL.sub(lambda match: f"{match[1]}{match[2]}{self.row(int(match[3]))}", start)
        return first + colon + _CELL.sub(lambda match: f"{match[1]}{match[2]}{self.last(int(match[3]))}", end)

    def _of_rows(self, text: str, moved: Any) -> str:
        mark, number = ("$", text[1:]) if text.startswith("$") else ("", text)
        return f"{mark}{moved(int(number))}"

    def areas(self, references: str) -> str:
        """Several areas parted by spaces or commas; a cell of the repeated row stands for those of all its copies."""
        return re.sub(r"[^ ,]+", lambda match: self.area(self._as_area(match[0])), references)

    def _as_area(self, reference: str) -> str:
        cell = _CELL.fullmatch(reference)
        return f"{reference}:{reference}" if cell and int(cell[3]) == self._at else reference

    def formula(self, text: str, on: str, *, own_row: bool = False) -> str:
        """A formula that stands on the sheet called `on`, with what it says of this sheet told anew.

        What sums one cell of the repeated row sums those of all its copies, unless it stands in that row itself.
        """
        from openpyxl.formula.tokenizer import Token, Tokenizer

        tokens = Tokenizer(text)
        within: list[str] = []  # the functions that a token stands in
        for token in tokens.items:
            if token.type == Token.FUNC:
                within = [*within, token.value.rstrip("(").upper()] if token.subtype == Token.OPEN else within[:-1]
            if token.type == Token.OPERAND and token.subtype == Token.RANGE:
                sheet, mark, area = token.value.rpartition("!")
                if (sheet.strip("'").replace("''", "'") if mark else on) == self._title:
                    sums_up = bool(within) and within[-1] in _SUMMING and not own_row
                    token.value = f"{sheet}{mark}{self.area(self._as_area(area) if sums_up else area)}"
        return f"={''.join(token.value for token in tokens.items)}"


def insert_rows(book: "Workbook", sheet: "Worksheet", at: int, count: int) -> Insertion:
    """Puts `count` empty rows in after row `at`, and tells anew whatever speaks of the rows below."""
    insertion = Insertion(sheet.title, at, count)
    heights = {row: (size.height, size.hidden) for row, size in sheet.row_dimensions.items() if row > at}
    merged = [str(area) for area in sheet.merged_cells.ranges if area.max_row > at]
    for area in merged:
        sheet.unmerge_cells(area)
    sheet.insert_rows(at + 1, count)
    for area in merged:
        sheet.merge_cells(insertion.area(area))  # one that spans the row grows, one below it moves
    for row in heights:
        sheet.row_dimensions[row].height, sheet.row_dimensions[row].hidden = None, False
    for row, (height, hidden) in heights.items():
        moved = sheet.row_dimensions[insertion.row(row)]
        moved.height, moved.hidden = height, hidden
    _tell_anew(book, sheet, insertion)
    return insertion


def _tell_anew(book: "Workbook", sheet: "Worksheet", insertion: Insertion) -> None:
    _move_formulas(book, insertion)
    for cells in sheet.iter_rows():
        for cell in cells:
            if cell.hyperlink:
                cell.hyperlink.ref = cell.coordinate
    for rule in sheet.data_validations.dataValidation:
        rule.sqref = type(rule.sqref)(insertion.areas(str(rule.sqref)))
        rule.formula1, rule.formula2 = (_told(text, insertion, sheet) for text in (rule.formula1, rule.formula2))
    for table in sheet.tables.values():
        table.ref = insertion.area(table.ref)
        if table.autoFilter:
            table.autoFilter.ref = table.ref
    for page_break in sheet.row_breaks.brk:
        page_break.id = insertion.row(page_break.id)
    _move_conditions(sheet, insertion)
    _move_charts(book, sheet, insertion)
    if sheet.print_area:
        sheet.print_area = insertion.areas(re.sub(r"'[^']*'!|[^,!]*!", "", sheet.print_area)).replace("$", "")
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = insertion.area(sheet.auto_filter.ref)


def _told(text: str | None, insertion: Insertion, sheet: "Worksheet") -> str | None:
    """A formula as validations and conditions have it, without its sign."""
    return insertion.formula(f"={text}", sheet.title)[1:] if text else text


def _move_formulas(book: "Workbook", insertion: Insertion) -> None:
    """The formulas of every sheet, and what names stand for."""
    for sheet in book.worksheets:
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.data_type == "f" and isinstance(cell.value, str):
                    own_row = insertion.is_own(sheet.title, cell.row or 0)
                    cell.value = insertion.formula(cell.value, sheet.title, own_row=own_row)
        for own in sheet.defined_names.values():
            own.attr_text = insertion.formula(f"={own.attr_text}", sheet.title)[1:]
    for name in book.defined_names.values():
        name.attr_text = insertion.formula(f"={name.attr_text}", "")[1:]


def _move_charts(book: "Workbook", sheet: "Worksheet", insertion: Insertion) -> None:
    """What the charts of every sheet are drawn from, and the place of those on this one, pictures among them."""
    charts: list[Any] = [chart for other in book.worksheets for chart in other._charts]  # type: ignore[attr-defined]
    for series in (series for chart in charts for series in chart.series):
        drawn_from = (getattr(series, name, None) for name in ("val", "cat", "tx", "xVal", "yVal"))
        for source in drawn_from:
            for reference in (getattr(source, name, None) for name in ("numRef", "strRef")):
                if reference is not None:
                    reference.f = insertion.formula(f"={reference.f}", "")[1:]
    drawn: list[Any] = [*sheet._charts, *sheet._images]  # type: ignore[attr-defined]
    for anchor in (getattr(drawing.anchor, end, None) for drawing in drawn for end in ("_from", "to")):
        if anchor is not None:
            anchor.row = insertion.row(anchor.row + 1) - 1


def _move_conditions(sheet: "Worksheet", insertion: Insertion) -> None:
    from openpyxl.formatting.formatting import ConditionalFormattingList

    before = sheet.conditional_formatting
    sheet.conditional_formatting = ConditionalFormattingList()
    for condition in before:
        for rule in condition.rules:
            rule.formula = [_told(text, insertion, sheet) for text in rule.formula]
            sheet.conditional_formatting.add(insertion.areas(str(condition.sqref)), rule)
