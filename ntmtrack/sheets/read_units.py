"""How a row names its unit, and the units that the rows of an office’s table list, in the rows’ own words."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from ntmtrack.days import is_whole
from ntmtrack.errors import NotAWholeDay
from ntmtrack.model import Tier
from ntmtrack.sheets.columns import Field, What, simple
from ntmtrack.sheets.denials import denies
from ntmtrack.sheets.problems import Kind, Problem, Spot, spot_at
from ntmtrack.sheets.row_kinds import Group, tier_of
from ntmtrack.sheets.row_reader import _NAMES, doubtful_days, nameless, struck_through, unfit
from ntmtrack.sheets.table import Row, Table
from ntmtrack.sheets.values import Unfit, day_told, text_in
from ntmtrack.text import clean

_BEFORE = re.compile(r"(?i:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\s+|[-–—+•*]\s*|[0-9]{1,3}\s*[.)]\s*(?=\D)")
_AFTER = re.compile(r"\s*(\(?\*+\)?|\([0-9]{1,2}\))$")
_IN_BRACKETS = re.compile(r"\s*\(([^()]*)\)$")
_WITHIN = re.compile(r"\s+[-–—]\s+(?=(huyện|thị xã|thành phố|tp|tx|h\.)\s*)", re.IGNORECASE)


class Told(NamedTuple):
    """A value and where it stands."""

    value: str
    spot: Spot


class Naming(NamedTuple):
    """What a row says of which unit it means."""

    spot: Spot  # of the name, or of the code
    unit: Told | None
    code: Told | None
    kind: Told | None
    district: Told | None
    district_code: Told | None
    province: Told | None
    province_code: Told | None
    groups: tuple[Group, ...]
    tier: Tier | None = None  # that of the units named, where a heading over the column or the rows tells it

    @property
    def key(self) -> tuple[object, ...]:
        """What decides which unit is meant: rows that agree in it mean the same."""
        told = (self.unit, self.code, self.kind, self.district, self.district_code, self.province, self.province_code)
        return (*(one.value if one else None for one in told), self.groups, self.tier)

    @property
    def spots(self) -> list[Spot]:
        """Where all that it says stands: the same things in one order for all that agree in `key`."""
        told = (self.unit, self.code, self.kind, self.district, self.district_code, self.province, self.province_code)
        return [self.spot, *(one.spot for one in told if one), *map(self.spot_of, self.groups)]

    def spot_of(self, group: Group) -> Spot:
        """Where a group above it stands."""
        return Spot(self.spot.sheet, group.row, group.column, group.text)


def read_naming(table: Table, row: Row) -> tuple[Naming | None, list[Problem]]:
    """Which unit a row means, in its own words; problems where a cell cannot be read."""
    told: dict[Field, Told] = {}
    problems: list[Problem] = []
    for column, cell in row.told:
        if column.field in _NAMES:
            spot = spot_at(table.sheet, row.number, column.number)
            try:
                text = clean(text_in(cell))
                beside = table.what is What.RECOGNITIONS and column.field is Field.UNIT
                told[column.field] = Told(_bare(without_brackets(text) if beside else text), spot)
            except Unfit as wrong:
                problems.append(unfit(Kind.UNIT, table, row.number, column, wrong))
    name = told.get(Field.UNIT) or told.get(Field.CODE)
    tier = _tier(table, row)
    if name is None and tier is Tier.DISTRICT and (district := told.pop(Field.DISTRICT, None)):
        told[Field.UNIT] = name = district
    if name is None:
        return None, problems
    naming = Naming(
        spot=name.spot,
        unit=told.get(Field.UNIT),
        code=told.get(Field.CODE),
        kind=told.get(Field.KIND),
        district=told.get(Field.DISTRICT),
        district_code=told.get(Field.DISTRICT_CODE),
        province=told.get(Field.PROVINCE),
        province_code=told.get(Field.PROVINCE_CODE),
        groups=row.groups,
        tier=tier,
    )
    return (None if problems else naming), problems


def _tier(table: Table, row: Row) -> Tier | None:
    """The tier of the unit that a row names: as the groups above it say, else as its column is headed."""
    if (told := tier_of(row.groups)) or table.lists_districts:
        return told or Tier.DISTRICT
    return table.tier


def _bare(text: str) -> str:
    """A name without what stands round it: "1. Vĩnh Tuy", "- Mỹ Lâm (*)"; "Mỹ Lâm - huyện Hòn Đất" with a comma."""
    before = _BEFORE.match(text)
    bare = _AFTER.sub("", text[before.end() :] if before else text)
    return _WITHIN.sub(", ", bare) or text


def without_brackets(text: str) -> str:
    """A name without brackets that say that its unit is not, or no more, recognised: "Vĩnh Phong (đã thu hồi)"."""
    found = _IN_BRACKETS.search(text)
    return text[: found.start()] if found and denies(found[1]) else text


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
        told, spots, unread = _told_of_unit(table, row)
        problems += [*wrong, *unread]
        if naming and not unread:
            days = (told.get(Field.SINCE), told.get(Field.UNTIL))
            drafts.append(UnitDraft(naming, *days, told.get(Field.RESOLUTION), spots, is_of_communes))
    return drafts, problems


def _told_of_unit(table: Table, row: Row) -> tuple[dict[Field, str], dict[Field, Spot], list[Problem]]:
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
