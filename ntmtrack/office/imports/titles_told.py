"""The district that the titles above a table name: proposed and never taken, since below may stand what others sent."""

from collections.abc import Iterable, Sequence

from ntmtrack.errors import AmbiguousUnit
from ntmtrack.i18n import _
from ntmtrack.matching import above
from ntmtrack.model import Tier, Unit
from ntmtrack.office.imports.places_told import says_where
from ntmtrack.sheets.headings import simple
from ntmtrack.sheets.naming_rows import Naming
from ntmtrack.storage.queries.register import Register

_NAMED = 5


def proposed_scope(register: Register, several: AmbiguousUnit, titles: Sequence[str]) -> str:
    """The option by which all rows lie in the one district of several units that the titles name; "" without one."""
    units: Iterable[Unit] = several.facts["units"]  # type: ignore[assignment]  # as `find` gives them
    district = _named(titles, (place for unit in units for place in _districts_of(register, unit)))
    if district is None:
        return ""
    return _("or, where all rows lie in the district of the title: {option}").format(option=f'--scope "{district}"')


def outside(register: Register, titles: Sequence[str], rows: Iterable[tuple[Naming, Unit]]) -> list[str]:
    """A remark on units outside the one district that the titles name, where their rows tell no place."""
    district = _named(titles, (unit for unit in register.everyone() if unit.tier is Tier.DISTRICT))
    if district is None:
        return []
    strange = {
        unit.id: f"{unit.full_title} ({naming.spot.address})"
        for naming, unit in rows
        if not _tells_place(naming) and district not in {one.title for one in (unit, *_districts_of(register, unit))}
    }
    if not strange:
        return []
    named = [*list(strange.values())[:_NAMED], *(["…"] if len(strange) > _NAMED else [])]
    text = _("The title names {district}; of another one are: {units}")
    return [text.format(district=district, units=", ".join(named))]


def _named(titles: Sequence[str], districts: Iterable[Unit]) -> str | None:
    """The one district, by its title, that stands in the titles."""
    text = f" {simple(' '.join(titles))} "
    named = {unit.title for unit in districts if f" {simple(unit.title)} " in text}
    return named.pop() if len(named) == 1 else None


def _districts_of(register: Register, unit: Unit) -> list[Unit]:
    return [place for place in above(register, unit) if place.tier is Tier.DISTRICT]


def _tells_place(naming: Naming) -> bool:
    return bool(naming.district or naming.district_code or any(map(says_where, naming.groups)))
