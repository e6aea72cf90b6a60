"""Codes of contents that a spreadsheet took for numbers: “17.10” becomes 17.1, which is another content."""

from collections.abc import Iterator

from ntmtrack.i18n import _
from ntmtrack.ingest import Problem, ProblemKind, cell_ref
from ntmtrack.ingest.columns import Field
from ntmtrack.ingest.criteria_head import is_of_criterion
from ntmtrack.ingest.office_table import OfficeTable
from ntmtrack.ingest.values import is_number
from ntmtrack.programmes.criteria import CriteriaSet
from ntmtrack.spreadsheets import Cell, Sheet


def doubtful_codes(table: OfficeTable, of_set: CriteriaSet) -> Iterator[Problem]:
    """The cells with the number 17.1 where the set has 17.10 too, unless 17.2 stands next to it."""
    for row, column, after in _cells(table):
        code = _code(table.sheet, row, column)
        if code is None or not code.endswith(".1") or of_set.criterion_of(f"{code}0") is None:
            continue
        follows = f"{code.partition('.')[0]}.2"
        if _code(table.sheet, *after) != follows:
            says = _("the number {code} may be {code}0, whose last zero a spreadsheet drops").format(code=code)
            fix = _("set the cell to Text and write the code again")
            yield Problem(ProblemKind.TABLE, cell_ref(table.sheet, row, column), says, fix)


def _cells(table: OfficeTable) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """Each cell that may hold a code, with the place of the next."""
    named_by = next((column for column in table.head.columns if column.field is Field.CRITERION), None)
    if named_by is None:
        for column in table.head.columns:
            for row in range(table.head.top, table.head.bottom + 1) if is_of_criterion(column) else ():
                yield row, column.number, (row, column.number + 1)
        return
    numbering = [column.number for column in table.head.columns if column.field is Field.NUMBERING]
    for line in table.rows:
        for place in (named_by.number, *numbering):
            yield line.number, place, (line.number + 1, place)


def _code(sheet: Sheet, row: int, column: int) -> str | None:
    """The code “17.1” where it may be a number: of a CSV any may be."""
    cell: Cell = sheet.at(row, column)
    if not (is_number(cell.value) or (not sheet.name and isinstance(cell.value, str))):
        return None
    text = f"{cell.value}".strip()
    whole, dot, part = text.partition(".")
    return text if dot and whole.isdigit() and part.isdigit() and part != "0" else None
