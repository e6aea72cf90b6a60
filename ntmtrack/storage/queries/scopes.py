"""Which unit --scope means: a province or district before a commune, and none in silence for one that has ended."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from ntmtrack.errors import AmbiguousUnit, FormerDistrict, NotAScope, NtmError, ScopeNeeded, UnknownUnit
from ntmtrack.model import NewUnit, Tier, Unit
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.given_scopes import usual_scope
from ntmtrack.storage.queries.units import look_up, remark_match, standing_on
from ntmtrack.text import same_letters, same_unmarked
from ntmtrack.units import NameReading, take_apart
from ntmtrack.units.finder import FoundUnit, MatchTerms, ways_of

Stands = Callable[[Unit], bool]


def find_scope(connection: Connection, typed: str, stands: Stands = lambda _unit: True) -> Unit:
    """The province, district or commune called `typed`, the larger first where it stands and the name fits it.

    Raises AmbiguousUnit where the larger has ended and a commune of today bears its name, or where the name fits both
    only nearly and theirs differ; FormerDistrict for one that the ledger does not hold, NotAScope for wards and towns,
    UnknownUnit.
    """
    try:
        larger = _larger(connection, typed, stands)
    except UnknownUnit as unknown:
        return _commune(connection, typed, stands, unknown)
    if larger.unit.tier is Tier.COMMUNE:
        return _commune(connection, typed, stands, None)
    if not stands(larger.unit) and (commune := _standing_commune(connection, typed, stands)):
        raise _either(typed, {larger.unit.title: larger.unit.listed}, commune.unit)
    return remark_match(connection, typed, larger)


def _larger(connection: Connection, typed: str, stands: Stands) -> FoundUnit:
    """The province or district so called, or the commune that the name fits where it fits no larger unit but nearly.

    Raises UnknownUnit, AmbiguousUnit where it fits both only nearly, and their names differ.
    """
    try:
        larger = look_up(connection, typed, MatchTerms(stands, _is_larger))
    except AmbiguousUnit as several:
        if not several.facts["is_near"]:
            raise
        return look_up(connection, typed, MatchTerms(stands, lambda unit: _is_larger(unit) or unit.kind == "xã"))
    if not larger.is_near:
        return larger

    def may_be_meant(unit: Unit) -> bool:
        return _is_larger(unit) or (unit.kind == "xã" and not same_letters(unit.name, larger.unit.name))

    return look_up(connection, typed, MatchTerms(stands, may_be_meant))


def _is_larger(unit: Unit) -> bool:
    return unit.tier in (Tier.PROVINCE, Tier.DISTRICT)


def _commune(connection: Connection, typed: str, stands: Stands, unknown: NtmError | None) -> Unit:
    former = _former(connection, typed)
    try:
        commune = look_up(connection, typed, MatchTerms(stands, _is_commune))
    except UnknownUnit:
        if former:
            raise _ended(typed, former) from unknown
        raise
    is_scope = commune.unit.kind == "xã"
    if former:
        raise (
            _either(typed, dict(zip(former, former, strict=True)), commune.unit) if is_scope else _ended(typed, former)
        )
    if not is_scope:
        raise NotAScope(unit=commune.unit.full_title)
    return remark_match(connection, typed, commune)


def _is_commune(unit: Unit) -> bool:
    return unit.tier is Tier.COMMUNE


def _standing_commune(connection: Connection, typed: str, stands: Stands) -> FoundUnit | None:
    try:
        return look_up(connection, typed, MatchTerms(only=lambda unit: unit.kind == "xã" and stands(unit)))
    except NtmError:
        return None


def _ended(typed: str, former: list[str]) -> FormerDistrict:
    from ntmtrack.units.gazetteer import BEFORE_JULY_2025

    return FormerDistrict(name=typed, district=", ".join(former), until=BEFORE_JULY_2025.title)


def _either(typed: str, former: Mapping[str, str], commune: Unit) -> AmbiguousUnit:
    """That a name fits units that have ended, each as it may be asked for with its full title, and a commune."""
    candidates = ", ".join([*former.values(), commune.listed])
    ways = ways_of([*former, commune.title])
    return AmbiguousUnit(name=typed, count=len(former) + 1, candidates=candidates, ways=ways)


def _former(connection: Connection, typed: str) -> list[str]:
    """The provinces and districts so called that the ledger does not hold, and that lay in what is its province now."""
    today = [
        unit.code for unit in units.all_provinces(connection) if unit.until is None and _is_of_today(connection, unit)
    ]
    readings = take_apart(typed).readings
    return list(
        dict.fromkeys(title for code in today for reading in readings for title in _so_called(code or "", reading))
    )


def _so_called(code: str, reading: NameReading) -> Iterator[str]:
    from ntmtrack.units.gazetteer import former_units

    for unit, above in former_units(code, reading.name):
        if reading.kind in (None, unit.kind) and all(above and _names(place, above) for place in reading.places):
            yield f"{unit.title} ({above.title})" if above else unit.title


def _is_of_today(connection: Connection, province: Unit) -> bool:
    """Whether the ledger holds a province's communes, and no districts of it: the units from 1/7/2025 on."""
    tiers = {unit.tier for unit in units.every_unit(connection, scope=province.id)}
    return Tier.COMMUNE in tiers and Tier.DISTRICT not in tiers


def _names(place: str, province: NewUnit) -> bool:
    return any(same_unmarked(reading.name, province.name) for reading in take_apart(place).readings)


def whose(connection: Connection, typed: str | None, on: date) -> Unit:
    """Whose figures of a day they are: the unit named, else the only province that stood then; raises ScopeNeeded."""
    scope = find_scope(connection, typed, standing_on(on)) if typed else usual_scope(connection, on)
    if scope is None:
        raise ScopeNeeded
    return scope
