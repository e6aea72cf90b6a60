"""Provinces and districts that titles name: tables of another province, a scope to propose, units that lie outside."""

from collections.abc import Iterable, Sequence

from ntmtrack.errors import AmbiguousUnit, TitleOfOtherProvince
from ntmtrack.i18n import _
from ntmtrack.ingest.areas import says_where
from ntmtrack.ingest.columns import simple
from ntmtrack.ingest.office_table import OfficeTable
from ntmtrack.ingest.plan import ImportTerms
from ntmtrack.ingest.read_units import UnitNaming
from ntmtrack.model import Tier, Unit
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.units import Register
from ntmtrack.text import plain, same_unmarked
from ntmtrack.units.finder import above


def refuse_other_province(connection: Connection, tables: Sequence[OfficeTable], terms: ImportTerms) -> None:
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
    district = named_district(titles, (place for unit in units for place in _districts_of(register, unit)))
    if district is None:
        return ""
    return _("or, where all rows lie in the district of the title: {option}").format(option=f'--scope "{district}"')


def units_outside(register: Register, titles: Sequence[str], rows: Iterable[tuple[UnitNaming, Unit]]) -> list[str]:
    """A remark on units of another district than the one that the titles name, where their rows tell no place.

    Units of no district, as all are since 1/7/2025, lie outside none.
    """
    district = named_district(titles, (unit for unit in register.everyone() if unit.tier is Tier.DISTRICT))
    if district is None:
        return []
    strange = {
        unit.id: f"{unit.full_title} ({naming.ref.address})"
        for naming, unit in rows
        if not _tells_place(naming)
        and (
            districts := {
                place.title for place in (unit, *_districts_of(register, unit)) if place.tier is Tier.DISTRICT
            }
        )
        and district not in districts
    }
    if not strange:
        return []
    named = [*list(strange.values())[:_NAMED], *(["…"] if len(strange) > _NAMED else [])]
    text = _("The title names {district}; of another one are: {units}")
    return [text.format(district=district, units=", ".join(named))]


def named_district(titles: Sequence[str], districts: Iterable[Unit]) -> str | None:
    """The one district, by its title, that stands in the titles."""
    text = f" {simple(' '.join(titles))} "
    named = {unit.title for unit in districts if f" {simple(unit.title)} " in text}
    return named.pop() if len(named) == 1 else None


def _districts_of(register: Register, unit: Unit) -> list[Unit]:
    return [place for place in above(register, unit) if place.tier is Tier.DISTRICT]


def _tells_place(naming: UnitNaming) -> bool:
    return bool(naming.district or naming.district_code or any(map(says_where, naming.groups)))
