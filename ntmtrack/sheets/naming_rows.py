"""How a row names its unit: by name, code, kind, and the district of a column or of the group that it lies in."""

import re
from typing import NamedTuple

from ntmtrack.i18n import N_, _
from ntmtrack.model import Tier
from ntmtrack.sheets.cell_values import EitherOf, Unfit, text_in
from ntmtrack.sheets.denials import denies
from ntmtrack.sheets.fields import Column, Field, What
from ntmtrack.sheets.groups import Group, tier_of
from ntmtrack.sheets.level_marks import HOW_TO_MARK
from ntmtrack.sheets.problems import Kind, Problem, Spot, spot_at
from ntmtrack.sheets.tables import Row, Table
from ntmtrack.text import clean

_BEFORE = re.compile(r"(?i:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\s+|[-–—+•*]\s*|[0-9]{1,3}\s*[.)]\s*(?=\D)")
_AFTER = re.compile(r"\s*(\(?\*+\)?|\([0-9]{1,2}\))$")
_IN_BRACKETS = re.compile(r"\s*\(([^()]*)\)$")
_WITHIN = re.compile(r"\s+[-–—]\s+(?=(huyện|thị xã|thành phố|tp|tx|h\.)\s*)", re.IGNORECASE)
_NAMES = (
    *(Field.UNIT, Field.CODE, Field.KIND, Field.DISTRICT, Field.DISTRICT_CODE),
    *(Field.PROVINCE, Field.PROVINCE_CODE),
)

_BESIDE = (Field.NUMBERING, Field.NOTE, Field.SOURCE, Field.SKIP)  # tell of no unit


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


def struck_through(table: Table, row: Row) -> Problem | None:
    """The problem that a row, a cell that it is read by or a group above it is struck through: somebody deleted it."""
    says = _("words here are struck through, as if they were deleted")
    fix = _("delete those words, the cell or the row; or take the strikethrough away where they count")
    for group in row.groups:
        if table.sheet.at(group.row, group.column).struck:
            return Problem(Kind.TABLE, spot_at(table.sheet, group.row, group.column), says, fix)
    struck = [column for column, cell in row.told if cell.struck and column.field not in _BESIDE]
    if not struck:
        return None
    column = next((one for one in struck if one.field in _NAMES), struck[0])
    return Problem(Kind.TABLE, spot_at(table.sheet, row.number, column.number), says, fix)


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
