"""A column that names communes and was not read, beside a column of districts that would be recorded in their place."""

from collections.abc import Sequence

from ntmtrack.errors import UnitsUnread
from ntmtrack.kinds import split_kind
from ntmtrack.model import Tier
from ntmtrack.office.imports.tables_found import map_of, unread
from ntmtrack.sheets.cells import Cell, letters_of
from ntmtrack.sheets.fields import Column, Field
from ntmtrack.sheets.map_options import map_option
from ntmtrack.sheets.tables import Table
from ntmtrack.storage.queries.register import Register
from ntmtrack.text import clean


def refuse_unread_units(register: Register, tables: Sequence[Table], file: str) -> None:
    """Raises UnitsUnread where most rows that name a district name a commune where nothing is read."""
    for table in tables:
        named = _of_districts(table)
        if named is None:
            continue
        rows = [row for row in table.rows if _names(register, row.cell(named.field), Tier.DISTRICT)]
        for place, heading in unread(table) if rows else ():
            cells = [cell for row in rows if not (cell := table.sheet.at(row.number, place)).is_blank]
            communes = [cell for cell in cells if _names(register, (named, cell), Tier.COMMUNE)]
            if 2 * len(communes) > len(rows):
                options = [map_of(table, place, heading, Field.UNIT)]
                if named.field is not Field.DISTRICT:
                    options.insert(0, map_option(named.number, Field.DISTRICT.value))
                raise UnitsUnread(
                    file=file,
                    column=letters_of(place),
                    heading=f"“{heading}”" if heading else "",
                    unit=clean(str(communes[0].value)),
                    read=" ".join(options),
                    skip=map_of(table, place, heading, Field.SKIP),
                )


def _of_districts(table: Table) -> Column | None:
    """The column that names the rows, where it may be one of districts."""
    if table.lists_districts:
        return next(column for column in table.head.columns if column.field is Field.DISTRICT)
    return table.named if table.tier is not Tier.COMMUNE else None


def _names(register: Register, told: tuple[Column | None, Cell] | None, tier: Tier) -> bool:
    """Whether a cell names a unit of a tier, and none of the other."""
    text = clean(told[1].value) if told and isinstance(told[1].value, str) else ""
    kind, name = split_kind(text)
    tiers = {unit.tier for unit in register.called(name) if kind in (None, unit.kind)}
    return tier in tiers if tier is Tier.DISTRICT else tiers == {tier}
