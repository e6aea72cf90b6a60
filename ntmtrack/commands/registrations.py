"""`register` as a list: the registrations of a year with what became of them; who has not registered, or late."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ntmtrack.commands.criteria_sets import meant_set
from ntmtrack.commands.movements import WhichMovementOptions, movement_of
from ntmtrack.commands.register import ladder_with
from ntmtrack.commands.registrants import to_register
from ntmtrack.dates import day_asked, show_day, year_end
from ntmtrack.emulation import Occurrence, occurrences
from ntmtrack.emulation.pledges import (
    MetCriteria,
    Outcome,
    criteria_outcome,
    level_outcome,
    sendings,
)
from ntmtrack.emulation.registers import CRITERIA, LEVEL, Registration
from ntmtrack.errors import NoRegistrationDate, NotYet
from ntmtrack.i18n import _, day, number
from ntmtrack.model import Basis, Unit
from ntmtrack.programmes import of_year
from ntmtrack.reports import Report
from ntmtrack.reports.registrations import (
    PlannedRegistrations,
    RegisteredUnit,
    RegistrationsDue,
    SentByUnit,
    missing_report,
    registrations_report,
)
from ntmtrack.rules import evidence
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.criteria import latest_met
from ntmtrack.storage.queries.emulation import StoredMovement, registrations
from ntmtrack.storage.queries.recognitions import reaching, recognitions_by_unit
from ntmtrack.storage.queries.roadmaps import every_roadmap
from ntmtrack.storage.queries.scopes import find_scope
from ntmtrack.storage.queries.standings import View, counting
from ntmtrack.storage.queries.units import official_order, standing_on


class RegistrationSearch(NamedTuple):
    """Which registrations are asked for: of a year, within a unit; by which movement, as it was typed."""

    year: int
    scope: str | None = None
    movement: str | None = None


def last_registered(connection: sqlite3.Connection) -> int | None:
    """The last year for which anything is registered; None where nothing is."""
    return max((one.year for one in registrations(connection)), default=None)


def list_registrations(connection: sqlite3.Connection, search: RegistrationSearch, today: date) -> Report:
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


class Judge:
    """What became of the registrations of a year, worked out from the ledger: each thing looked up once."""

    def __init__(self, connection: sqlite3.Connection, year: int, today: date) -> None:
        self._connection, self._year, self._today = connection, year, today
        self._period = of_year(year)
        self._on = min(year_end(year), today)
        self._units = units.Register(units.every_version(connection))
        self._recognised = recognitions_by_unit(connection)
        self._counting: dict[str, set[int]] = {}
        self._met: dict[tuple[str, str], dict[int, tuple[int, int, bool, str]]] = {}

    def judged(self, pledged: Registration) -> RegisteredUnit:
        """A registration with its unit as it stood in the year, who sent it, what became of it and why."""
        versions = self._units.versions(pledged.unit_id)
        unit = next((version for version in reversed(versions) if version.alive_in(self._year)), versions[-1])
        sender = self._units.versions(pledged.sender_id)[-1] if pledged.sender_id else None
        ended = bool(versions[-1].until and versions[-1].until <= self._on.isoformat())
        outcome, shown = Outcome.BY_OFFICE, ""
        if pledged.pledge == LEVEL:
            outcome, shown = self._level(unit, pledged, ended=ended)
        elif pledged.pledge == CRITERIA:
            outcome, shown = self._criteria(unit, pledged, ended=ended)
        if outcome is Outcome.ENDED:
            shown = _("ended {day}").format(day=show_day(versions[-1].until))
        return RegisteredUnit(unit, pledged, sender, outcome, shown)

    def _level(self, unit: Unit, pledged: Registration, *, ended: bool) -> tuple[Outcome, str]:
        ladder = ladder_with(self._period, pledged.value)
        if pledged.value not in self._counting:
            view = View(ladder, Basis.YEAR, None, self._today)
            self._counting[pledged.value] = counting(self._connection, view, self._on)
        ids = self._counting[pledged.value]
        of_unit = [one for one in self._recognised.get(unit.id, ()) if one.id in ids]
        found = reaching(of_unit, ladder.ranks(), ladder.level(pledged.value).rank)
        outcome = level_outcome(self._year, self._today, reached=found is not None, ended=ended)
        return outcome, evidence(found) if found and outcome is Outcome.MET else ""

    def _criteria(self, unit: Unit, pledged: Registration, *, ended: bool) -> tuple[Outcome, str]:
        of_set = meant_set(self._period, None, unit.tier, unit.kind)
        if of_set is None:
            return Outcome.NO_DATA, ""
        before, after = (self._last(of_set.key, unit.id, day) for day in (year_end(self._year - 1), self._on))
        outcome = criteria_outcome(int(pledged.value), self._year, self._today, before, after, ended=ended)
        told = [one for one in dict.fromkeys((before, after)) if one]
        return outcome, "" if outcome is Outcome.TO_COME else " → ".join(map(_met_words, told))

    def _last(self, key: str, unit_id: int, on: date) -> MetCriteria | None:
        day = on.isoformat()
        if (key, day) not in self._met:
            self._met[key, day] = latest_met(self._connection, key, day)
        found = self._met[key, day].get(unit_id)
        return MetCriteria(found[0], found[1], found[3]) if found else None


def _met_words(one: MetCriteria) -> str:
    """The criteria met by an assessment with its day: "14 (31/12/2025)"; "14–15 (…)" where something is left open."""
    counts = number(one.surely) if one.surely == one.most else f"{number(one.surely)}–{number(one.most)}"
    return f"{counts} ({show_day(one.day)})"


def _planned(connection: sqlite3.Connection, year: int, inside: set[int] | None) -> Iterator[PlannedRegistrations]:
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


def list_missing(connection: sqlite3.Connection, search: RegistrationSearch, today: date, as_of: date | None) -> Report:
    """Who has not registered by the day that the movement names, who did so late, by how many days.

    Raises what `movement_of` raises, NoRegistrationDate, NotYet of a day to come.
    """
    if as_of and as_of > today:
        raise NotYet(day=day(as_of), today=day(today), option="--as-of")
    stored = movement_of(connection, WhichMovementOptions(search.scope, search.movement), search.year)
    asked = _asked(stored, search.year)
    on = as_of or today
    meant, others = to_register(connection, stored, asked, min(asked.due, today))
    sent = registrations(connection, search.year)
    by_id = {unit.id: unit for unit in meant}
    rows = [SentByUnit(by_id[one.unit_id], one) for one in sendings(by_id, sent, asked.due, on)]
    return missing_report(rows, RegistrationsDue(stored.movement, asked, on, others))


def _asked(stored: StoredMovement, year: int) -> Occurrence:
    """The day on which registrations of a year are due; raises NoRegistrationDate."""
    every = (one for of in (year, year + 1) for one in occurrences(stored.movement, of))
    for one in every:
        if one.of_year == year and one.deadline.shown_by and one.deadline.tier:
            return one
    raise NoRegistrationDate(key=stored.movement.key, year=year)
