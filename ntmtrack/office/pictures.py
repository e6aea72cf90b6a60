"""The map of squares and the trend, as reports."""

import sqlite3

from ntmtrack.errors import NoUnits
from ntmtrack.i18n import day
from ntmtrack.model import Tier
from ntmtrack.office.census import by_district, level_of, told_apart
from ntmtrack.office.period import lines_by_year
from ntmtrack.office.progress_lines import grounds
from ntmtrack.office.question import Viewpoint
from ntmtrack.reports import Report, pictures
from ntmtrack.reports.pictures import MappedUnit
from ntmtrack.storage.queries import standings, units


def map_of(connection: sqlite3.Connection, at: Viewpoint) -> Report:
    """Every counted commune by its highest level, district by district; raises NoUnits."""
    paths = standings.standings(connection, at.view, [at.moment], Tier.COMMUNE)
    standing_units = units.every(connection, at.moment.units_on, at.view.scope)
    placed = [
        MappedUnit(unit, level_of(at.view.programme, path.standings[0]), path.standings[0] != path.sourced[0])
        for unit in told_apart(standing_units, sorted(standing_units, key=by_district(standing_units)))
        if (path := paths.get(unit.id)) and path.standings[0] >= 0
    ]
    if not placed:
        raise NoUnits(scope=f"{at.scope_name}, {day(at.moment.day)}")
    return pictures.map_report(placed, at.view.programme, at.scope_name, at.moment, at.view.basis)


def trend_of(connection: sqlite3.Connection, at: Viewpoint) -> Report:
    """Plan and actual of every year of the programme; raises OneRoadmapHere."""
    at.need_one_plan()
    years = lines_by_year(connection, at)
    return pictures.trend_report(years, grounds(connection, at, [year for year, _lines in years]))
