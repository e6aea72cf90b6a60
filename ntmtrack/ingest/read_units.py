"""How a row names its unit, and the units that the rows of an office’s table list, in the rows’ own words."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from ntmtrack.dates import is_whole
from ntmtrack.errors import NotAWholeDay
from ntmtrack.ingest import CellRef, Problem, ProblemKind
from ntmtrack.ingest.columns import Field, TableKind, simple
from ntmtrack.ingest.denials import denies
from ntmtrack.ingest.office_table import OfficeTable, TableRow
from ntmtrack.ingest.row_kinds import GroupHeading, tier_of
from ntmtrack.ingest.row_reader import NAMES, ColumnReader, RowReader, readable_rows
from ntmtrack.ingest.values import ValueMismatch, clean_text, read_moment
from ntmtrack.model import KINDS, Tier
from ntmtrack.spreadsheets import Cell
from ntmtrack.text import squeeze
from ntmtrack.units import split_kind

# “UBND xã …”, a list’s dash, “1.” or “1)” before a name; “1” alone may be a part of it.
_BEFORE = re.compile(r"(?i:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\s+|[-–—+•*]\s*|[0-9]{1,3}\s*[.)]\s*(?=\D)")
# The mark of a footnote, by a star or a number.
_AFTER = re.compile(r"\s*(\(?\*+\)?|\([0-9]{1,2}\))$")
# Brackets at the end of a name.
_IN_BRACKETS = re.compile(r"\s*\(([^()]*)\)$")
# A dash before the kind of a district is a comma: “Mỹ Lâm - huyện Hòn Đất”; any other is of the name.
_WITHIN = re.compile(r"\s+[-–—]\s+(?=(huyện|thị xã|thành phố|tp|tx|h\.)\s*)", re.IGNORECASE)


class CellText(NamedTuple):
    """A value and where it stands."""

    value: str
    ref: CellRef


class UnitNaming(NamedTuple):
    """What a row says of which unit it means."""

    ref: CellRef  # of the name, or of the code
    unit: CellText | None
    code: CellText | None
    kind: CellText | None
    district: CellText | None
    district_code: CellText | None
    province: CellText | None
    province_code: CellText | None
    groups: tuple[GroupHeading, ...]
    tier: Tier | None = None  # that of the units named, where a heading over the column or the rows tells it
    village: CellText | None = None  # below the commune that `unit`, `code` or else the sheet names
    village_kind: str | None = None  # as a column or the heading over the names tells it

    @property
    def by_own_kind(self) -> "UnitNaming":
        """The same of any tier, where it names the kind of its unit: whatever the heading over the names says."""
        return self._replace(tier=None) if self.unit and split_kind(self.unit.value)[0] else self

    @property
    def key(self) -> tuple[object, ...]:
        """What decides which unit is meant: rows that agree in it mean the same."""
        parts = (self.unit, self.code, self.kind, self.district, self.district_code, self.province, self.province_code)
        of_village = (self.village and self.village.value, self.village_kind)
        return (*(part.value if part else None for part in parts), self.groups, self.tier, *of_village)

    @property
    def refs(self) -> list[CellRef]:
        """Where all that it says stands: the same things in one order for all that agree in `key`."""
        parts = (
            *(self.unit, self.code, self.kind, self.district, self.district_code, self.province, self.province_code),
            self.village,
        )
        return [self.ref, *(part.ref for part in parts if part), *map(self.ref_of, self.groups)]

    def ref_of(self, group: GroupHeading) -> CellRef:
        """Where a group above it stands."""
        return CellRef(self.ref.sheet, group.row, group.column, group.text)


def read_naming(table: OfficeTable, row: TableRow) -> tuple[UnitNaming | None, list[Problem]]:
    """Which unit a row means, in its own words; problems where a cell cannot be read."""
    cells = RowReader(table, row, _OF_RECOGNITIONS if table.what is TableKind.RECOGNITIONS else _OF_NAMES)
    texts = {field: CellText(text, cells.refs[field]) for field in NAMES if (text := cells.value(field)) is not None}
    if village := texts.get(Field.VILLAGE):
        naming = _village_naming(table, row, texts, village)
        return (None if cells.problems else naming), cells.problems
    name = texts.get(Field.UNIT) or texts.get(Field.CODE)
    tier = _tier(table, row)
    if name is None and tier is Tier.DISTRICT and (district := texts.pop(Field.DISTRICT, None)):
        texts[Field.UNIT] = name = district
    if name is None:
        return None, cells.problems
    naming = UnitNaming(
        ref=name.ref,
        unit=texts.get(Field.UNIT),
        code=texts.get(Field.CODE),
        kind=texts.get(Field.KIND),
        district=texts.get(Field.DISTRICT),
        district_code=texts.get(Field.DISTRICT_CODE),
        province=texts.get(Field.PROVINCE),
        province_code=texts.get(Field.PROVINCE_CODE),
        groups=row.groups,
        tier=tier,
    )
    return (None if cells.problems else naming), cells.problems


def _village_naming(
    table: OfficeTable, row: TableRow, texts: Mapping[Field, CellText], village: CellText
) -> UnitNaming:
    """A row that names a village: its commune stands beside it, or gives its name to the sheet."""
    kind = texts.get(Field.KIND)
    typed = kind and next((one for one in KINDS[Tier.VILLAGE] if squeeze(one) == squeeze(kind.value)), None)
    commune, code = texts.get(Field.UNIT), texts.get(Field.CODE)
    return UnitNaming(
        ref=village.ref,
        unit=commune or (None if code else CellText(table.sheet.name, village.ref)),
        code=code,
        kind=None if typed else kind,
        district=texts.get(Field.DISTRICT),
        district_code=texts.get(Field.DISTRICT_CODE),
        province=texts.get(Field.PROVINCE),
        province_code=texts.get(Field.PROVINCE_CODE),
        groups=row.groups,
        tier=Tier.COMMUNE,
        village=village,
        village_kind=typed or _kind_in_heading(table, village.value),
    )


def _kind_in_heading(table: OfficeTable, name: str) -> str | None:
    """The kind of villages that the heading over their names tells; None where it tells several: “Tên thôn, bản”.

    A number is a name below “Tên thôn” alone: below “Thôn” it may be how many there are.
    """
    heading = next(column.heading for column in table.head.columns if column.field is Field.VILLAGE)
    words = f" {simple(heading)} ".replace(" khu dan cu ", " ")
    if not (any(map(str.isalpha, name)) or " ten " in words):
        return None
    told = [kind for kind in KINDS[Tier.VILLAGE] if f" {simple(kind)} " in words]
    longest = [kind for kind in told if not any(kind != other and kind in other for other in told)]
    return longest[0] if len(longest) == 1 else None


def _tier(table: OfficeTable, row: TableRow) -> Tier | None:
    """The tier of the unit that a row names: as the groups above it say, else as its column is headed."""
    if (tier := tier_of(row.groups)) or table.lists_districts:
        return tier or Tier.DISTRICT
    return table.tier


def _bare(text: str) -> str:
    """A name without what stands round it: "1. Vĩnh Tuy", "- Mỹ Lâm (*)"; "Mỹ Lâm - huyện Hòn Đất" with a comma."""
    before = _BEFORE.match(text)
    bare = _AFTER.sub("", text[before.end() :] if before else text)
    return _WITHIN.sub(", ", bare) or text


def _name(cell: Cell) -> str:
    return _bare(clean_text(cell))


def _name_beside_denial(cell: Cell) -> str:
    return _bare(without_brackets(clean_text(cell)))


def without_brackets(text: str) -> str:
    """A name without brackets that say that its unit is not, or no more, recognised: "Vĩnh Phong (đã thu hồi)"."""
    brackets = _IN_BRACKETS.search(text)
    return text[: brackets.start()] if brackets and denies(brackets[1]) else text


_OF_NAMES: Mapping[Field, ColumnReader] = {field: ColumnReader(ProblemKind.UNIT, _name) for field in NAMES}
_OF_RECOGNITIONS = {**_OF_NAMES, Field.UNIT: ColumnReader(ProblemKind.UNIT, _name_beside_denial)}


class UnitDraft(NamedTuple):
    """One unit as a row tells it."""

    naming: UnitNaming
    since: str | None
    until: str | None
    resolution: str | None
    refs: Mapping[Field, CellRef]
    is_of_communes: bool  # listed below a heading such as “Tên xã”

    def ref(self, field: Field) -> CellRef:
        """Where a field stands; the name where it is told by no cell."""
        return self.refs.get(field, self.naming.ref)


def read_unit_drafts(table: OfficeTable) -> tuple[list[UnitDraft], list[Problem]]:
    """Every unit that the table lists, and what cannot be read."""
    drafts: list[UnitDraft] = []
    problems: list[Problem] = []
    names = [column.heading for column in table.head.columns if column.field is Field.UNIT]
    is_of_communes = any("xa" in simple(heading).split() for heading in names)
    for row in readable_rows(table, problems):
        naming, wrong = read_naming(table, row)
        cells = RowReader(table, row, _OF_UNITS)
        since, until, resolution = map(cells.value, _OF_UNITS)
        problems += [*wrong, *cells.problems]
        if naming and not cells.problems:
            drafts.append(UnitDraft(naming, since, until, resolution, cells.refs, is_of_communes))
    return drafts, problems


def whole_day(cell: Cell) -> str:
    """A day as the register keeps it, ISO; raises ValueMismatch where only its month or year is told."""
    day = read_moment(cell)
    if not is_whole(day):
        raise ValueMismatch(NotAWholeDay(text=clean_text(cell)).lines()[0])
    return day


_OF_UNITS: Mapping[Field, ColumnReader] = {
    Field.SINCE: ColumnReader(ProblemKind.DAY, whole_day),
    Field.UNTIL: ColumnReader(ProblemKind.DAY, whole_day),
    Field.RESOLUTION: ColumnReader(ProblemKind.VALUE, clean_text),
}
