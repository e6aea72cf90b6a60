"""What the titles above a table say: proposed and never taken, since below may stand what others sent."""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ntmtrack.errors import AmbiguousUnit, TitleOfOtherProvince
from ntmtrack.i18n import _
from ntmtrack.ingest.columns import TELLING, Field, TableKind, simple
from ntmtrack.ingest.denials import denies
from ntmtrack.ingest.levels import levels_in
from ntmtrack.ingest.options import ImportTerms
from ntmtrack.ingest.places import says_where
from ntmtrack.ingest.read_units import UnitNaming
from ntmtrack.ingest.row_denials import unmarked_remarks
from ntmtrack.ingest.table import OfficeTable
from ntmtrack.model import Tier, Unit
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.units import Register
from ntmtrack.text import clean, plain, same_unmarked, whole_number
from ntmtrack.units.finder import above

# Days of letterheads and of the papers that a table goes with: their years are none of its own.
_DATED = re.compile(r"ngày\s*[0-9 ]*(tháng\s*[0-9 ]*năm\s*[0-9]*|[/.-][0-9/. -]+)", re.IGNORECASE)


_YEARS = range(2000, 2100)


def titles_of(tables: Sequence[OfficeTable]) -> tuple[str | None, int | None]:
    """The level and the year that the titles above the tables name, to be proposed: never taken by itself."""
    text = simple(" ".join(_DATED.sub(" ", title) for table in tables for title in table.titles))
    levels, rest = levels_in(text)
    years = {year for word in rest.split() if (year := whole_number(word)) and year in _YEARS}
    return (levels[0] if len(levels) == 1 else None), (years.pop() if len(years) == 1 else None)


# In a title these words may be of the table: “bản chưa kiểm tra”, “công thức chưa tính”. What follows tells.
_OF_UNITS = (
    *("được", "đạt", "công nhận", "có", "còn", "đủ", "hoàn thành", "về đích", "thẩm định", "xét", "thông qua", "là"),
    *("phải", "chính thức", "phê duyệt", "ban hành", "duy trì", "giữ", "NTM", "nông thôn mới"),
    *("duoc", "dat", "cong nhan", "co", "con", "du", "hoan thanh", "ve dich", "tham dinh", "xet", "duy tri"),
)
_OF_THE_TABLE = re.compile(rf"\b(chưa|không|chua|khong)\s+(?!({'|'.join(_OF_UNITS)})\b)(?=\w)", re.IGNORECASE)
# Under such headings these are read only where somebody maps them.
_READ_BY_HAND = {*TELLING[TableKind.RECOGNITIONS], Field.UNIT}
# Below a table these rather tell where it comes from, or what is to be done with it.
_OF_SOURCES = re.compile(r"\b(nguồn|kế hoạch|mục tiêu|lộ trình|đề nghị)\b", re.IGNORECASE)
_OF_REVOCATIONS = {Field.REVOKED, Field.REVOKED_BY}


class DenyingText(NamedTuple):
    """A text that denies the recognition of all rows of a table: what it is, in the language in use, and itself."""

    place: str
    text: str


def denying_text(tables: Sequence[OfficeTable]) -> DenyingText | None:
    """The first text that speaks so of a whole table; None where none does."""
    return next((text for table in tables for text in _texts(table) if _denies(table, text.text)), None)


def _texts(table: OfficeTable) -> Iterator[DenyingText]:
    yield DenyingText(_("the sheet’s name"), table.sheet.name)
    yield from (DenyingText(_("the title"), title) for title in table.titles)
    yield from (DenyingText(_("the remark"), text) for text in unmarked_remarks(table) if not _OF_SOURCES.search(text))
    yield from (
        DenyingText(_("the heading"), column.heading) for column in table.head.columns if column.field in _READ_BY_HAND
    )


def _denies(table: OfficeTable, text: str) -> bool:
    """Whether a text denies the rows; that they were revoked says nothing new where each tells so itself."""
    told_fields = ({column.field for column, _cell in row.cells} for row in table.rows)
    return denies(_OF_THE_TABLE.sub("", clean(text)), but_ends=all(fields & _OF_REVOCATIONS for fields in told_fields))


def refuse_other_province(connection: sqlite3.Connection, tables: Sequence[OfficeTable], terms: ImportTerms) -> None:
    """Refuses a table whose title names another province, unless a scope is told; raises TitleOfOtherProvince."""
    texts = [title for table in tables for title in table.titles if "tinh" in plain(title)]
    if terms.scope or not texts:
        return
    provinces = units.all_provinces(connection)
    if not provinces:
        return
    from ntmtrack.units.gazetteer import provinces_named

    named = {unit.name: unit for text in texts for unit in provinces_named(text)}
    if named and not any(same_unmarked(name, unit.name) for name in named for unit in provinces):
        title = next(iter(named.values())).title
        raise TitleOfOtherProvince(file=terms.file, province=title, own=provinces[0].title)


_NAMED = 5


def proposed_scope(register: Register, several: AmbiguousUnit, titles: Sequence[str]) -> str:
    """The option by which all rows lie in the one district of several units that the titles name; "" without one."""
    units: Iterable[Unit] = several.facts["units"]  # type: ignore[assignment]  # as `find` gives them
    district = _named_district(titles, (place for unit in units for place in _districts_of(register, unit)))
    if district is None:
        return ""
    return _("or, where all rows lie in the district of the title: {option}").format(option=f'--scope "{district}"')


def units_outside(register: Register, titles: Sequence[str], rows: Iterable[tuple[UnitNaming, Unit]]) -> list[str]:
    """A remark on units outside the one district that the titles name, where their rows tell no place."""
    district = _named_district(titles, (unit for unit in register.everyone() if unit.tier is Tier.DISTRICT))
    if district is None:
        return []
    strange = {
        unit.id: f"{unit.full_title} ({naming.ref.address})"
        for naming, unit in rows
        if not _tells_place(naming)
        and district not in {place.title for place in (unit, *_districts_of(register, unit))}
    }
    if not strange:
        return []
    named = [*list(strange.values())[:_NAMED], *(["…"] if len(strange) > _NAMED else [])]
    text = _("The title names {district}; of another one are: {units}")
    return [text.format(district=district, units=", ".join(named))]


def _named_district(titles: Sequence[str], districts: Iterable[Unit]) -> str | None:
    """The one district, by its title, that stands in the titles."""
    text = f" {simple(' '.join(titles))} "
    named = {unit.title for unit in districts if f" {simple(unit.title)} " in text}
    return named.pop() if len(named) == 1 else None


def _districts_of(register: Register, unit: Unit) -> list[Unit]:
    return [place for place in above(register, unit) if place.tier is Tier.DISTRICT]


def _tells_place(naming: UnitNaming) -> bool:
    return bool(naming.district or naming.district_code or any(map(says_where, naming.groups)))
