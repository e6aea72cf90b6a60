"""The cells of a row, each read as its column wants it, and what is wrong with rows of any kind of table."""

from collections.abc import Iterator

from ntmtrack.i18n import N_, _
from ntmtrack.sheets.columns import Column, Field
from ntmtrack.sheets.marks import HOW_TO_MARK
from ntmtrack.sheets.problems import Kind, Problem, Spot, spot_at
from ntmtrack.sheets.table import Row, Table
from ntmtrack.sheets.values import EitherOf, Unfit, is_month_first

_NAMES = (
    *(Field.UNIT, Field.CODE, Field.KIND, Field.DISTRICT, Field.DISTRICT_CODE),
    *(Field.PROVINCE, Field.PROVINCE_CODE),
)
_TELLING_NO_UNIT = (Field.NUMBERING, Field.NOTE, Field.SOURCE, Field.SKIP)  # tell of no unit


def struck_through(table: Table, row: Row) -> Problem | None:
    """The problem that a row, a cell that it is read by or a group above it is struck through: somebody deleted it."""
    says = _("words here are struck through, as if they were deleted")
    fix = _("delete those words, the cell or the row; or take the strikethrough away where they count")
    for group in row.groups:
        if table.sheet.at(group.row, group.column).struck:
            return Problem(Kind.TABLE, spot_at(table.sheet, group.row, group.column), says, fix)
    struck = [column for column, cell in row.told if cell.struck and column.field not in _TELLING_NO_UNIT]
    if not struck:
        return None
    column = next((one for one in struck if one.field in _NAMES), struck[0])
    return Problem(Kind.TABLE, spot_at(table.sheet, row.number, column.number), says, fix)


def nameless(table: Table) -> list[Problem]:
    """The rows that tell something and name no unit, and those that stand where none is read."""
    says, fix = _("this row names no unit"), _("write the unit’s name, or clear the row")
    problems = [Problem(Kind.UNIT, Spot(table.sheet.name, row), says, fix) for row in table.nameless]
    says, fix = _("this row stands below the signatures and was not read"), _("move it into the table, or clear it")
    problems += [Problem(Kind.TABLE, Spot(table.sheet.name, row), says, fix) for row in table.beyond]
    says = _("this row has more cells than there are headings: a text with a comma may lack its quotation marks")
    fix = _("put the text in quotation marks, or save the file as .xlsx")
    return problems + [Problem(Kind.TABLE, Spot(table.sheet.name, row), says, fix) for row in _too_wide(table)]


def _too_wide(table: Table) -> list[int]:
    """Rows of a text table that reach beyond its headings."""
    head = [column.number for column in table.head.columns] + [place for place, _text in table.head.unused]
    rows = (row.number for row in table.rows) if not table.sheet.name else ()
    return [row for row in rows if any(not cell.is_blank for cell in table.sheet.rows[row][max(head) + 1 :])]


def unfit(kind: Kind, table: Table, row: int, column: Column, wrong: Unfit) -> Problem:
    """The problem that a cell does not fit its column."""
    fault = table.sheet.at(row, column.number).fault  # says itself what to do
    usual = _(HOW_TO_MARK if column.field is Field.MARK else _FIXES[kind])
    fix = wrong.fix if isinstance(wrong, EitherOf) else usual
    return Problem(kind, spot_at(table.sheet, row, column.number), str(wrong), "" if fault else fix)


_FIXES = {
    Kind.UNIT: N_("correct the cell"),
    Kind.LEVEL: N_("write the level: NTM, NTM nâng cao, NTM kiểu mẫu"),
    Kind.YEAR: N_("write four digits, as 2024"),
    Kind.DECISION: N_("write one decision, as 2903/QĐ-UBND or 2903/QĐ-UBND ngày 20/12/2024"),
    Kind.DAY: N_("write 20/12/2024; 12/2024 or 2024 where only that is known"),
    Kind.VALUE: N_("correct the cell"),
}
_DAYS = (Field.DATE, Field.ANNOUNCED, Field.KNOWN_BY, Field.SINCE, Field.UNTIL, Field.AS_OF, Field.REVOKED)


def doubtful_days(table: Table) -> list[Problem]:
    """The cells that may be read either way beside one that only fits month first, as 01/25/2020."""
    return [one for column in table.head.columns if column.field in _DAYS for one in _doubtful(table, column)]


def _doubtful(table: Table, column: Column) -> Iterator[Problem]:
    orders = {row.number: is_month_first(table.sheet.at(row.number, column.number)) for row in table.rows}
    first = next((number for number, order in orders.items() if order), None)
    if first is None:
        return
    clear = spot_at(table.sheet, first, column.number)
    says = _("month or day first? {place}, “{text}”, can only be month first").format(
        place=clear.address, text=clear.text
    )
    fix = _("write the days of the whole column as 20/12/2024, or as 2024-12-20")
    for number, order in orders.items():
        if order is None:
            yield Problem(Kind.DAY, spot_at(table.sheet, number, column.number), says, fix)
