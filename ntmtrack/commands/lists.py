"""The reports that name units, or show them all at a glance: `list`, `remaining`, `map`, `trend`."""

import sqlite3
from collections.abc import Container, Sequence

from ntmtrack.commands.progress import lines_by_year
from ntmtrack.commands.progress_lines import report_context
from ntmtrack.commands.question import ReportSpec
from ntmtrack.commands.standings import by_district, counting_by_unit, level_of, revoked_above, with_provinces
from ntmtrack.dates import year_end
from ntmtrack.errors import NoUnits
from ntmtrack.i18n import _, day
from ntmtrack.model import Level, Tier, Unit
from ntmtrack.progress import ABSENT, at_least, illustrative
from ntmtrack.reports import Report, pictures
from ntmtrack.reports.labels import line_label
from ntmtrack.reports.pictures import MappedUnit
from ntmtrack.reports.units import UnitWithLevel, recognised_report, remaining_report
from ntmtrack.storage.queries import standings, units
from ntmtrack.storage.queries.recognitions import reaching, recognitions_by_unit


def units_behind_number(
    connection: sqlite3.Connection,
    spec: ReportSpec,
    tier: Tier,
    level: Level,
    *,
    in_year: bool = False,
    highest: bool = False,
) -> Report:
    """The units behind a number: those that reached `level` in the year of the moment, or until then.

    With `highest` only those that have no higher level.
    """
    year = spec.moment.day.year
    paths = standings.standings(connection, spec.view, [spec.moment_at(year_end(year - 1)), spec.moment], tier)
    chosen = {
        key: path.ranks[1]
        for key, path in paths.items()
        if (path.ranks[1] == level.rank if highest else path.ranks[1] >= level.rank)
        and not (in_year and path.ranks[0] >= level.rank)
    }
    recognitions, scale = counting_by_unit(connection, spec), spec.view.programme.ranks()
    units = [
        UnitWithLevel(
            unit, level_of(spec.view.programme, chosen[unit.id]), reaching(recognitions[unit.id], scale, level.rank)
        )
        for unit in _standing_units(connection, spec, chosen)
    ]
    title = _("{line}, newly in {year}") if in_year else _("{line}, until {year}")
    title = title.format(line=line_label(tier, level), year=year)
    return recognised_report(units, f"{title} · {spec.scope_name}", spec.moment, spec.view.basis)


def not_reached(connection: sqlite3.Connection, spec: ReportSpec, tier: Tier, level: Level) -> Report:
    """The units alive and counted at the moment that have not reached `level`, by district."""
    paths = standings.standings(connection, spec.view, [spec.moment], tier)
    missing = {key: path.ranks[0] for key, path in paths.items() if ABSENT < path.ranks[0] < level.rank}
    every = units.every_unit(connection, spec.moment.units_on, spec.view.scope)
    units_missing = with_provinces(
        every, sorted((unit for unit in every if unit.id in missing), key=by_district(every))
    )
    title = _("Not yet: {line}").format(line=line_label(tier, level))
    recognitions = recognitions_by_unit(connection)
    return remaining_report(
        [
            UnitWithLevel(
                unit,
                level_of(spec.view.programme, missing[unit.id]),
                revoked=revoked_above(spec, recognitions.get(unit.id, ()), missing[unit.id]),
            )
            for unit in units_missing
        ],
        level,
        f"{title} · {spec.scope_name}",
        spec.moment,
        spec.view.basis,
        made_up=illustrative(paths.values(), tier, at_least(level.rank), at=0),
    )


def with_levels(connection: sqlite3.Connection, spec: ReportSpec, shown: Sequence[Unit]) -> list[UnitWithLevel]:
    """Units with the highest level that each has at the moment."""
    paths = standings.standings(connection, spec.view, [spec.moment])
    units = []
    for unit in shown:
        path = paths.get(unit.id)
        rank, sourced = (path.ranks[0], path.sourced[0]) if path else (ABSENT, ABSENT)
        units.append(UnitWithLevel(unit, level_of(spec.view.programme, rank), made_up=rank != sourced))
    return units


def _standing_units(connection: sqlite3.Connection, spec: ReportSpec, among: Container[int]) -> list[Unit]:
    every = units.every_unit(connection, spec.moment.units_on, spec.view.scope)
    return [unit for unit in every if unit.id in among]


def units_map(connection: sqlite3.Connection, spec: ReportSpec) -> Report:
    """Every counted commune by its highest level, district by district; raises NoUnits."""
    paths = standings.standings(connection, spec.view, [spec.moment], Tier.COMMUNE)
    standing_units = units.every_unit(connection, spec.moment.units_on, spec.view.scope)
    placed = [
        MappedUnit(unit, level_of(spec.view.programme, path.ranks[0]), path.ranks[0] != path.sourced[0])
        for unit in with_provinces(standing_units, sorted(standing_units, key=by_district(standing_units)))
        if (path := paths.get(unit.id)) and path.ranks[0] >= 0
    ]
    if not placed:
        raise NoUnits(scope=f"{spec.scope_name}, {day(spec.moment.day)}")
    return pictures.map_report(placed, spec.view.programme, spec.scope_name, spec.moment, spec.view.basis)


def progress_trend(connection: sqlite3.Connection, spec: ReportSpec) -> Report:
    """Plan and actual of every year of the programme; raises OneRoadmapHere."""
    spec.need_one_plan()
    years = lines_by_year(connection, spec)
    return pictures.trend_report(years, report_context(connection, spec, [year for year, _lines in years]))
