"""The cells of a row, each read as its column wants it, and what is wrong with rows of any kind of table."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from ntmtrack.i18n import N_, _
from ntmtrack.ingest import CellRef, CellRefs, Problem, ProblemKind, cell_ref
from ntmtrack.ingest.columns import Field, FieldColumn
from ntmtrack.ingest.levels import HOW_TO_MARK
from ntmtrack.ingest.office_table import OfficeTable, TableRow
from ntmtrack.ingest.values import Ambiguous, ValueMismatch, is_month_first
from ntmtrack.spreadsheets import Cell

NAMES = (
    *(Field.UNIT, Field.CODE, Field.KIND, Field.DISTRICT, Field.DISTRICT_CODE),
    *(Field.PROVINCE, Field.PROVINCE_CODE, Field.VILLAGE),
)
_TELLING_NO_UNIT = (Field.NUMBERING, Field.NOTE, Field.SOURCE, Field.SKIP)
_DAYS = (
    Field.DATE,
    Field.ANNOUNCED,
    Field.KNOWN_BY,
    Field.SINCE,
    Field.UNTIL,
    Field.AS_OF,
    Field.REVOKED,
    Field.SENT,
    Field.RECEIVED,
)
_FIXES = {
    ProblemKind.UNIT: N_("correct the cell"),
    ProblemKind.LEVEL: N_("write the level: NTM, NTM nâng cao, NTM kiểu mẫu"),
    ProblemKind.YEAR: N_("write four digits, as 2024"),
    ProblemKind.DECISION: N_("write one decision, as 2903/QĐ-UBND or 2903/QĐ-UBND ngày 20/12/2024"),
    ProblemKind.DAY: N_("write the day as 20/12/2024; 12/2024 or 2024 where only that is known"),
    ProblemKind.VALUE: N_("correct the cell"),
}


class ColumnReader(NamedTuple):
    """How the cells of a column are read, and what a problem with one of them is about."""

    kind: ProblemKind
    read: Callable[[Cell], Any]  # raises ValueMismatch


class RowReader:
    """The cells of one row, each read as its column wants it when it is asked for; what cannot be read is a problem.

    Example: with {Field.SINCE: Reader(Kind.DAY, read_moment)} a cell “1/7/2025” below “Từ ngày” gives "2025-07-01", and
    “tháng 7” nothing but a problem of kind DAY that names the cell.
    """

    def __init__(self, table: OfficeTable, row: TableRow, readers: Mapping[Field, ColumnReader]) -> None:
        self.table = table
        self.row = row
        self.problems: list[Problem] = []
        self._readers = readers
        self._cells = {column.field: (column, cell) for column, cell in row.cells}
        self.refs = CellRefs(table.sheet, row.number, {field: pair[0].number for field, pair in self._cells.items()})

    def ref(self, column: FieldColumn) -> CellRef:
        """The row’s cell in a column."""
        return cell_ref(self.table.sheet, self.row.number, column.number)

    def value(self, field: Field, reader: ColumnReader | None = None) -> Any:
        """What a field says, read as the table of readers has it; None where it says nothing, or nothing that fits."""
        pair = self._cells.get(field)
        return self.read(*pair, reader or self._readers[field]) if pair else None

    def read(self, column: FieldColumn, cell: Cell, reader: ColumnReader) -> Any:
        """What a cell says; None where it does not fit its column, which is a problem."""
        try:
            return reader.read(cell)
        except ValueMismatch as wrong:
            self.problems.append(self.misfit(reader.kind, column, cell, wrong))
            return None

    def misfit(self, kind: ProblemKind, column: FieldColumn, cell: Cell, wrong: ValueMismatch) -> Problem:
        """The problem that a cell does not fit its column: a fault of the file says itself what to do."""
        usual = _(HOW_TO_MARK if column.field is Field.MARK else _FIXES[kind])
        fix = wrong.fix if isinstance(wrong, Ambiguous) else usual
        return Problem(kind, self.ref(column), str(wrong), "" if cell.fault else fix)


def readable_rows(table: OfficeTable, problems: list[Problem]) -> Iterator[TableRow]:
    """The rows of a table that nobody has struck through; `problems` gets what is wrong with the others."""
    problems += [*nameless_rows(table), *doubtful_days(table)]
    for row in table.rows:
        if struck := struck_through(table, row):
            problems.append(struck)
        else:
            yield row


def struck_through(table: OfficeTable, row: TableRow) -> Problem | None:
    """The problem that a row, a cell that it is read by or a group above it is struck through: somebody deleted it."""
    says = _("words here are struck through, as if they were deleted")
    fix = _("delete those words, the cell or the row; or take the strikethrough away where they count")
    for group in row.groups:
        if table.sheet.at(group.row, group.column).struck:
            return Problem(ProblemKind.TABLE, cell_ref(table.sheet, group.row, group.column), says, fix)
    struck = [column for column, cell in row.cells if cell.struck and column.field not in _TELLING_NO_UNIT]
    if not struck:
        return None
    column = next((column for column in struck if column.field in NAMES), struck[0])
    return Problem(ProblemKind.TABLE, cell_ref(table.sheet, row.number, column.number), says, fix)


def nameless_rows(table: OfficeTable) -> list[Problem]:
    """The rows that tell something and name no unit, and those that stand where none is read."""
    says, fix = _("this row names no unit"), _("write the unit’s name, or clear the row")
    problems = [Problem(ProblemKind.UNIT, CellRef(table.sheet.name, row), says, fix) for row in table.nameless]
    says, fix = _("this row stands below the signatures and was not read"), _("move it into the table, or clear it")
    problems += [Problem(ProblemKind.TABLE, CellRef(table.sheet.name, row), says, fix) for row in table.beyond]
    says = _("this row has more cells than there are headings: a text with a comma may lack its quotation marks")
    fix = _("put the text in quotation marks, or save the file as .xlsx")
    return problems + [
        Problem(ProblemKind.TABLE, CellRef(table.sheet.name, row), says, fix) for row in _too_wide(table)
    ]


def _too_wide(table: OfficeTable) -> list[int]:
    """Rows of a text table that reach beyond its headings."""
    head = [column.number for column in table.head.columns] + [place for place, _text in table.head.unused]
    rows = (row.number for row in table.rows) if not table.sheet.name else ()
    return [row for row in rows if any(not cell.is_blank for cell in table.sheet.rows[row][max(head) + 1 :])]


def doubtful_days(table: OfficeTable) -> list[Problem]:
    """The cells that may be read either way beside one that only fits month first, as 01/25/2020."""
    return [problem for column in table.head.columns if column.field in _DAYS for problem in _doubtful(table, column)]


def _doubtful(table: OfficeTable, column: FieldColumn) -> Iterator[Problem]:
    orders = {row.number: is_month_first(table.sheet.at(row.number, column.number)) for row in table.rows}
    first = next((number for number, order in orders.items() if order), None)
    if first is None:
        return
    clear = cell_ref(table.sheet, first, column.number)
    says = _("month or day first? {place}, “{text}”, can only be month first").format(
        place=clear.address, text=clear.text
    )
    fix = _("write the days of the whole column as 20/12/2024, or as 2024-12-20")
    for number, order in orders.items():
        if order is None:
            yield Problem(ProblemKind.DAY, cell_ref(table.sheet, number, column.number), says, fix)
