"""`register` as a list: the registrations of a year with what became of them; who has not registered, or late."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ntmtrack.commands.kept_pledges import Judge
from ntmtrack.commands.movements import WhichMovementOptions, movement_of, units_asked
from ntmtrack.commands.registrants import to_register
from ntmtrack.dates import day_asked
from ntmtrack.emulation import Occurrence, occurrences
from ntmtrack.emulation.pledges import (
    sendings,
)
from ntmtrack.errors import NoRegistrationDate, NotYet
from ntmtrack.i18n import day
from ntmtrack.reports import Report
from ntmtrack.reports.registrations import (
    PlannedRegistrations,
    RegistrationsDue,
    SentByUnit,
    missing_report,
    registrations_report,
)
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.emulation import StoredMovement, registrations
from ntmtrack.storage.queries.roadmaps import every_roadmap
from ntmtrack.storage.queries.scopes import find_scope
from ntmtrack.storage.queries.units import official_order, standing_on


class RegistrationSearch(NamedTuple):
    """Which registrations are asked for: of a year, within a unit; by which movement, as it was typed."""

    year: int
    scope: str | None = None
    movement: str | None = None


def last_registered(connection: Connection) -> int | None:
    """The last year for which anything is registered; None where nothing is."""
    return max((one.year for one in registrations(connection)), default=None)


def list_registrations(connection: Connection, search: RegistrationSearch, today: date) -> Report:
    """The registrations of a year by district, each with what became of it; raises what finding the scope raises."""
    year = search.year
    on = day_asked(year, today) if year <= today.year else today
    scope = find_scope(connection, search.scope, standing_on(on)) if search.scope else None
    inside = units.inside(connection, scope.id) if scope else None
    pledged = [one for one in registrations(connection, year) if inside is None or one.unit_id in inside]
    judge = Judge(connection, year, today)
    found = [judge.judged(one) for one in pledged]
    found.sort(key=lambda row: (row.unit.parent_name or "", official_order(row.unit), row.registration.id or 0))
    planned = [*_planned(connection, year, inside)]
    return registrations_report(found, year, scope.title if scope else None, today, planned)


def _planned(connection: Connection, year: int, inside: set[int] | None) -> Iterator[PlannedRegistrations]:
    """The plans on record that name units as registered for a year, with those of which no registration is on record.

    One of an earlier year of the plan will do: what is to be reached by the year may have been pledged before.
    """
    for stored in every_roadmap(connection):
        if stored.replaced_by is not None:
            continue
        named = {
            (str(target.tier), name)
            for target in stored.plan.targets
            if target.year == year
            for name in target.registered
        }
        ids = {name: stored.units.get(name) for name in named}
        meant = [name for name in named if inside is None or ids[name] in inside]
        if meant:
            there = {one.unit_id for one in registrations(connection) if stored.plan.base_year < one.year <= year}
            lacking = sorted(name[1] for name in meant if ids[name] not in there)
            yield PlannedRegistrations(stored.plan, len(meant), lacking)


def list_missing(connection: Connection, search: RegistrationSearch, today: date, as_of: date | None) -> Report:
    """Who within the scope has not registered by the day that the movement names, who did so late, by how many days.

    Raises what `movement_of` raises, NoRegistrationDate, NotYet of a day to come.
    """
    if as_of and as_of > today:
        raise NotYet(day=day(as_of), today=day(today), option="--as-of")
    which = WhichMovementOptions(search.scope, search.movement)
    stored = movement_of(connection, which, search.year)
    asked = _asked(stored, search.year)
    on, day_of_units = as_of or today, min(asked.due, today)
    scope, inside = units_asked(connection, which, day_of_units) or (None, None)
    meant, others = to_register(connection, stored, asked, day_of_units, inside)
    sent = registrations(connection, search.year)
    by_id = {unit.id: unit for unit in meant}
    rows = [SentByUnit(by_id[one.unit_id], one) for one in sendings(by_id, sent, asked.due, on)]
    return missing_report(
        rows, RegistrationsDue(stored.movement, asked, on, others, scope.title if scope else stored.movement.scope_name)
    )


def _asked(stored: StoredMovement, year: int) -> Occurrence:
    """The day on which registrations of a year are due; raises NoRegistrationDate."""
    every = (one for of in (year, year + 1) for one in occurrences(stored.movement, of))
    for one in every:
        if one.of_year == year and one.deadline.shown_by and one.deadline.tier:
            return one
    raise NoRegistrationDate(key=stored.movement.key, year=year)
