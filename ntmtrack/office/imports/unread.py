"""What stands in columns that were not read, and may be what was meant: refused with the options that read it."""

from collections.abc import Iterator, Sequence

from ntmtrack.errors import (
    MarksUnread,
    UnitsUnread,
)
from ntmtrack.i18n import _
from ntmtrack.model import Tier
from ntmtrack.sheets.cells import Cell, letters_of
from ntmtrack.sheets.column_contents import year_told
from ntmtrack.sheets.columns import NOT_REACHED, Column, Field, simple
from ntmtrack.sheets.headings import speaks_of_plans
from ntmtrack.sheets.levels import levels_in, levels_joined
from ntmtrack.sheets.marks import is_mark
from ntmtrack.sheets.problems import map_option
from ntmtrack.sheets.table import Table
from ntmtrack.storage.queries.units import Register
from ntmtrack.text import clean
from ntmtrack.units import split_kind


def unread(table: Table) -> list[tuple[int, str]]:
    """The columns that hold something in the rows read and were not read, with their headings; "" for none."""
    read = {column.number for column in table.head.columns}
    headings = dict(table.head.unused)
    filled = {
        place
        for row in table.rows
        for place, cell in enumerate(table.sheet.rows[row.number])
        if place not in read and not cell.is_blank
    }
    return [(place, headings.get(place, "")) for place in sorted(filled)]


def map_of(table: Table, place: int, heading: str, field: Field) -> str:
    """The option that has a column read as a field: by its heading, by its letters where that is not its own."""
    texts = [column.heading for column in table.head.columns] + [text for _place, text in table.head.unused]
    parts = [simple(part) for text in texts for part in text.split(" / ")]
    is_own = parts.count(simple(heading)) == 1
    return map_option(place, field.value, heading if is_own else "")


def refuse_unread_marks(file: str, tables: Sequence[Table]) -> None:
    """Raises MarksUnread where a column not read holds marks, years or decisions below a level or a year."""
    for table in tables:
        if found := [*_unread(table)]:
            raise MarksUnread(
                file=file,
                told=found[0][2],
                columns=", ".join(f"{letters_of(place)} “{heading}”" for place, heading, _told in found),
                read=" ".join(_reads(place, heading) for place, heading, _told in found),
                skip=" ".join(map_option(place, Field.SKIP.value) for place, _heading, _told in found),
            )


def _unread(table: Table) -> Iterator[tuple[int, str, str]]:
    """Each such column with its heading and the first mark in it."""
    for place, heading in table.head.unused:
        tells = levels_in(simple(heading))[0] or year_told(heading.rpartition(" / ")[2])
        if not tells or speaks_of_plans(simple(heading)):
            continue
        texts = (clean(table.sheet.at(row.number, place).shown) for row in table.rows)
        if told := next((text for text in texts if _marks(text)), None):
            yield place, heading, told


def _marks(text: str) -> bool:
    """Whether a text marks a unit: x, Đạt, a year, a decision; no count and no dash."""
    is_count = text.isdigit() and year_told(text) is None
    return bool(text) and not is_count and text not in NOT_REACHED and is_mark(text)


def _reads(place: int, heading: str) -> str:
    """The option that has the marks read, of either level where the heading names several."""
    words = levels_joined(heading.rpartition(" / ")[2]) or levels_in(simple(heading))[0] or (Field.MARK.value,)
    return _(" or ").join(map_option(place, word) for word in words)


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
