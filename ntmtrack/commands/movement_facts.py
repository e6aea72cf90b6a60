"""What the ledger tells for a movement and a year: who was recognised, rewarded, assessed, gave what, registered."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from ntmtrack.commands.assessed_units import ends_of_years, set_of_scope
from ntmtrack.commands.movements import Parts, keys_of, parts_of
from ntmtrack.commands.question import ReportOptions, ReportSpec, resolve
from ntmtrack.dates import last_day
from ntmtrack.emulation import Need, Occurrence, occurrences
from ntmtrack.emulation.facts import CriteriaMet, MovementFacts, Open, gain_ranks
from ntmtrack.emulation.registers import Registration
from ntmtrack.errors import NoCriteriaSet
from ntmtrack.measures import OCOP
from ntmtrack.model import Tier, Unit
from ntmtrack.programmes.criteria import CriteriaSet
from ntmtrack.programmes.marks import ARREARS, YES
from ntmtrack.progress import ABSENT, Standings
from ntmtrack.progress.criteria import UNASSESSED, criteria_standings, is_concluded
from ntmtrack.progress.products import Validity, products_on
from ntmtrack.progress.tasks import DONE
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import standings, units
from ntmtrack.storage.queries.criteria import latest_met, mark_values_on, measurements, task_states
from ntmtrack.storage.queries.emulation import StoredMovement, entries, every_movement, registrations
from ntmtrack.storage.queries.given_awards import given_facts
from ntmtrack.storage.queries.membership import concerned


class ScopeOfYear(NamedTuple):
    """The units of a movement in a year, each as it last stood in it, and the question that the year makes."""

    spec: ReportSpec
    units: Mapping[int, Unit]

    @property
    def tiers(self) -> dict[int, Tier]:
        """The tier of each unit."""
        return {unit.id: unit.tier for unit in self.units.values()}


class KnownOfMovement(NamedTuple):
    """The facts of a movement and a year, the units that they are of, the parts, the set by which criteria are met."""

    stored: StoredMovement
    scope: ScopeOfYear
    facts: MovementFacts
    parts: Parts
    of_set: CriteriaSet | None


def scope_of_year(connection: Connection, stored: StoredMovement, year: int, today: date) -> ScopeOfYear:
    """The units of a movement in a year that has begun, villages among them; raises what `resolve` does."""
    scope = units.versions(connection, stored.scope_id)[-1]
    spec = resolve(connection, ReportOptions(year), today, of=scope)
    inside = concerned(connection, scope.id, spec.moment.units_on) | concerned(connection, scope.id, spec.moment.day)
    stood = {
        unit.id: unit
        for unit in units.every_version(connection)
        if unit.alive_in(year) and (unit.id in inside or (unit.tier is Tier.VILLAGE and unit.parent_id in inside))
    }
    in_order = sorted(stood.values(), key=units.official_order)
    return ScopeOfYear(spec, {unit.id: unit for unit in in_order})


def known_of(connection: Connection, stored: StoredMovement, year: int, today: date) -> KnownOfMovement:
    """All that candidates of a year rest on; raises what `resolve` does."""
    scope = scope_of_year(connection, stored, year, today)
    spec, day = scope.spec, scope.spec.moment.day
    of_set, paths = _assessed(connection, spec)
    parts = parts_of(connection, stored, paths, spec.moment.units_on)
    criteria = {unit: _met(path) for unit, path in paths.items() if path.ranks[1] != ABSENT}
    facts = given_facts(connection, year, scope.tiers, today)._replace(
        parts=parts.of_unit,
        arrears={unit: value == YES for unit, value in mark_values_on(connection, ARREARS, day.isoformat()).items()},
        criteria=criteria,
        gain_ranks=gain_ranks(criteria, parts.of_unit),
        entries=[one for one in entries(connection, "contribution") if _is_until(one.day, day, scope, one.unit_id)],
        products=[
            (one.unit_id, one.recognised)
            for one in products_on(measurements(connection, OCOP), day)
            if one.validity is Validity.VALID and one.unit_id in scope.units
        ],
        levels_below=_levels_below(connection, spec, scope.units),
        registered=_who_registered(registrations(connection, year)),
        on_time=_on_time(connection, stored, scope, today),
    )
    return KnownOfMovement(stored, scope, facts, parts, of_set)


def _who_registered(registered: Iterable[Registration]) -> frozenset[int]:
    """The units that registered, those among them that sent what others did."""
    return frozenset(unit for one in registered for unit in (one.unit_id, one.sender_id) if unit is not None)


def _is_until(told: str, day: date, scope: ScopeOfYear, unit_id: int) -> bool:
    return last_day(told) <= day and unit_id in scope.units


def _assessed(connection: Connection, spec: ReportSpec) -> tuple[CriteriaSet | None, Mapping[int, Standings]]:
    """The set of the lowest level, and how many of its criteria communes met at the ends of two years.

    At both by the one set: what was met of another is no measure of what was completed.
    """
    moments = ends_of_years(spec)
    counted = standings.standings(connection, spec.view, moments, Tier.COMMUNE)
    try:
        of_set = set_of_scope(connection, spec, None)
    except NoCriteriaSet:
        return None, criteria_standings(counted, [{}, {}], Tier.COMMUNE)
    met = [latest_met(connection, of_set.key, moment.day.isoformat()) for moment in moments]
    return of_set, criteria_standings(counted, met, Tier.COMMUNE)


def _met(path: Standings) -> CriteriaMet:
    before, now = path.ranks
    return CriteriaMet(before, now, _open(path))


def _open(path: Standings) -> Open | None:
    """Why it is not concluded how many criteria a commune completed; None where it is."""
    before, now = path.ranks
    if before == ABSENT:
        return Open.NEW
    if before == UNASSESSED:
        return Open.NOT_BEFORE
    if now == UNASSESSED or not path.own_ranks[1]:
        return Open.NOT_ANEW
    return None if is_concluded(path, 0) and is_concluded(path, 1) else Open.LEFT_OPEN


def _levels_below(connection: Connection, spec: ReportSpec, stood: Mapping[int, Unit]) -> dict[int, frozenset[str]]:
    """The levels that communes of each district have reached at the moment."""
    levels = spec.view.programme.levels_of(Tier.COMMUNE)
    found: dict[int, set[str]] = defaultdict(set)
    for unit, path in standings.standings(connection, spec.view, [spec.moment], Tier.COMMUNE).items():
        parent = stood[unit].parent_id if unit in stood else None
        if parent is not None:
            found[parent] |= {level.key for level in levels if path.ranks[0] >= level.rank}
    return {unit: frozenset(keys) for unit, keys in found.items()}


def _on_time(connection: Connection, stored: StoredMovement, scope: ScopeOfYear, today: date) -> dict[int, bool]:
    """Whether each unit did in time what dates of the year before today asked of its tier, where it is told of all."""
    if not any(one.need is Need.REPORTS_ON_TIME for one in stored.movement.conditions):
        return {}
    year = scope.spec.moment.day.year
    done = _told_done(connection, stored)
    due = [one for at in (year, year + 1) for one in occurrences(stored.movement, at) if _asks(one, year, today)]
    found = {}
    for unit in scope.units.values():
        days = [(one.due.isoformat(), done.get((unit.id, one.key))) for one in due if one.deadline.tier is unit.tier]
        if any(day and day > by for by, day in days):
            found[unit.id] = False
        elif days and all(day for _by, day in days):
            found[unit.id] = True
    return found


def _told_done(connection: Connection, stored: StoredMovement) -> dict[tuple[int, str], str]:
    """The day on which each unit did a date; what is told under the movement's own key before that of an older one."""
    told = [(unit, state) for unit, state in task_states(connection) if state.state == DONE]
    done: dict[tuple[int, str], str] = {}
    for key in keys_of(stored, every_movement(connection)):
        for unit, state in told:
            if state.plan == key:
                done.setdefault((unit, state.task), state.day)
    return done


def _asks(one: Occurrence, year: int, today: date) -> bool:
    deadline = one.deadline
    return one.of_year == year and deadline.has_day and not deadline.shown_by and one.due < today
