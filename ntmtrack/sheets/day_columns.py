"""Columns of days in which one can only be written month first: then none of the others is sure."""

from collections.abc import Iterator

from ntmtrack.i18n import _
from ntmtrack.sheets.days_told import is_month_first
from ntmtrack.sheets.fields import Column, Field
from ntmtrack.sheets.problems import Kind, Problem, spot_at
from ntmtrack.sheets.tables import Table

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
