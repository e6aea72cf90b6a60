"""The units that the rows of an office's table list, in the rows' own words."""

from collections.abc import Mapping
from typing import NamedTuple

from ntmtrack.days import is_whole
from ntmtrack.errors import NotAWholeDay
from ntmtrack.sheets.cell_values import Unfit, text_in
from ntmtrack.sheets.day_columns import doubtful_days
from ntmtrack.sheets.days_told import day_told
from ntmtrack.sheets.fields import Field
from ntmtrack.sheets.headings import simple
from ntmtrack.sheets.naming_rows import Naming, nameless, read_naming, struck_through, unfit
from ntmtrack.sheets.problems import Kind, Problem, Spot, spot_at
from ntmtrack.sheets.tables import Row, Table
from ntmtrack.text import clean


class UnitDraft(NamedTuple):
    """One unit as a row tells it."""

    naming: Naming
    since: str | None
    until: str | None
    resolution: str | None
    spots: Mapping[Field, Spot]
    is_of_communes: bool  # listed below a heading such as “Tên xã”

    def spot(self, field: Field) -> Spot:
        """Where a field stands; the name where it is told by no cell."""
        return self.spots.get(field, self.naming.spot)


def read_unit_drafts(table: Table) -> tuple[list[UnitDraft], list[Problem]]:
    """Every unit that the table lists, and what cannot be read."""
    drafts: list[UnitDraft] = []
    problems = [*nameless(table), *doubtful_days(table)]
    names = [column.heading for column in table.head.columns if column.field is Field.UNIT]
    is_of_communes = any("xa" in simple(heading).split() for heading in names)
    for row in table.rows:
        if struck := struck_through(table, row):
            problems.append(struck)
            continue
        naming, wrong = read_naming(table, row)
        told, spots, unread = _told(table, row)
        problems += [*wrong, *unread]
        if naming and not unread:
            days = (told.get(Field.SINCE), told.get(Field.UNTIL))
            drafts.append(UnitDraft(naming, *days, told.get(Field.RESOLUTION), spots, is_of_communes))
    return drafts, problems


def _told(table: Table, row: Row) -> tuple[dict[Field, str], dict[Field, Spot], list[Problem]]:
    told: dict[Field, str] = {}
    spots: dict[Field, Spot] = {}
    problems: list[Problem] = []
    for column, cell in row.told:
        spots[column.field] = spot_at(table.sheet, row.number, column.number)
        try:
            if column.field in (Field.SINCE, Field.UNTIL):
                told[column.field] = day_told(cell)
                if not is_whole(told[column.field]):
                    raise Unfit(NotAWholeDay(text=clean(text_in(cell))).lines()[0])
            elif column.field is Field.RESOLUTION:
                told[column.field] = clean(text_in(cell))
        except Unfit as wrong:
            kind = Kind.VALUE if column.field is Field.RESOLUTION else Kind.DAY
            problems.append(unfit(kind, table, row.number, column, wrong))
    return told, spots, problems
