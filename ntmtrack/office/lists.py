"""The reports that name units: behind a number, not yet reached."""

import sqlite3
from collections.abc import Container, Sequence

from ntmtrack.dates import year_end
from ntmtrack.i18n import _
from ntmtrack.model import Level, Tier, Unit
from ntmtrack.office.census import by_district, counting_by_unit, level_of, taken_back, told_apart
from ntmtrack.office.question import Viewpoint
from ntmtrack.progress import ABSENT, at_least, illustrative
from ntmtrack.reports import Report
from ntmtrack.reports import units as unit_tables
from ntmtrack.reports.labels import line_label
from ntmtrack.reports.units import UnitWithLevel
from ntmtrack.storage.queries import standings, units
from ntmtrack.storage.queries.recognitions import by_unit, reaching


def behind_number(
    connection: sqlite3.Connection,
    at: Viewpoint,
    tier: Tier,
    level: Level,
    *,
    in_year: bool = False,
    highest: bool = False,
) -> Report:
    """The units behind a number: those that reached `level` in the year of the moment, or until then.

    With `highest` only those that have no higher level.
    """
    year = at.moment.day.year
    paths = standings.standings(connection, at.view, [at.moment_at(year_end(year - 1)), at.moment], tier)
    chosen = {
        key: path.standings[1]
        for key, path in paths.items()
        if (path.standings[1] == level.rank if highest else path.standings[1] >= level.rank)
        and not (in_year and path.standings[0] >= level.rank)
    }
    known, scale = counting_by_unit(connection, at), at.view.programme.ranks()
    held = [
        UnitWithLevel(unit, level_of(at.view.programme, chosen[unit.id]), reaching(known[unit.id], scale, level.rank))
        for unit in _standing_units(connection, at, chosen)
    ]
    title = _("{line}, newly in {year}") if in_year else _("{line}, until {year}")
    title = title.format(line=line_label(tier, level), year=year)
    return unit_tables.recognised_report(held, f"{title} · {at.scope_name}", at.moment, at.view.basis)


def not_reached(connection: sqlite3.Connection, at: Viewpoint, tier: Tier, level: Level) -> Report:
    """The units alive and counted at the moment that have not reached `level`, by district."""
    paths = standings.standings(connection, at.view, [at.moment], tier)
    missing = {key: path.standings[0] for key, path in paths.items() if ABSENT < path.standings[0] < level.rank}
    every = units.every(connection, at.moment.units_on, at.view.scope)
    units_missing = told_apart(every, sorted((unit for unit in every if unit.id in missing), key=by_district(every)))
    title = _("Not yet: {line}").format(line=line_label(tier, level))
    known = by_unit(connection)
    return unit_tables.remaining_report(
        [
            UnitWithLevel(
                unit,
                level_of(at.view.programme, missing[unit.id]),
                revoked=taken_back(at, known.get(unit.id, ()), missing[unit.id]),
            )
            for unit in units_missing
        ],
        level,
        f"{title} · {at.scope_name}",
        at.moment,
        at.view.basis,
        made_up=illustrative(paths.values(), tier, at_least(level.rank), at=0),
    )


def with_levels(connection: sqlite3.Connection, at: Viewpoint, shown: Sequence[Unit]) -> list[UnitWithLevel]:
    """Units with the highest level that each has at the moment."""
    paths = standings.standings(connection, at.view, [at.moment])
    held = []
    for unit in shown:
        path = paths.get(unit.id)
        rank, sourced = (path.standings[0], path.sourced[0]) if path else (ABSENT, ABSENT)
        held.append(UnitWithLevel(unit, level_of(at.view.programme, rank), made_up=rank != sourced))
    return held


def _standing_units(connection: sqlite3.Connection, at: Viewpoint, among: Container[int]) -> list[Unit]:
    every = units.every(connection, at.moment.units_on, at.view.scope)
    return [unit for unit in every if unit.id in among]
