"""Progress as a report: at one moment, and over the whole period."""

import sqlite3
from collections.abc import Container, Iterable, Sequence
from datetime import date

from ntmtrack.counts import Moment, ladder
from ntmtrack.days import year_end
from ntmtrack.errors import NoUnits
from ntmtrack.i18n import day
from ntmtrack.model import Basis, Tier
from ntmtrack.office.viewpoint import Viewpoint
from ntmtrack.progress import ByName, Line, Status, by_name, lines_at
from ntmtrack.reports import progress_tables
from ntmtrack.reports.progress_notes import Grounds
from ntmtrack.reports.values import Report
from ntmtrack.storage.queries import standing, units

TIERS = (Tier.DISTRICT, Tier.COMMUNE)


def progress_at(connection: sqlite3.Connection, at: Viewpoint) -> Report:
    """Progress against the roadmap at one moment; a year still to come has a plan and no data."""
    year = at.moment.day.year
    base = year_end(at.base_year)
    moments = _timeline(at, [base, year_end(year - 1), at.moment.day])
    now, start = (_place(moments, day) for day in (at.moment.day, base))
    paths = standing.paths(connection, at.view, moments)
    lines = lines_at(paths, at.view.programme, at.roadmap, year, at=now, base=start)
    if not lines:
        raise NoUnits(scope=f"{at.scope_name}, {day(at.moment.day)}")
    ladders = [ladder(paths, tier, at.view.programme, at=now) for tier in TIERS]
    if year > at.today.year:
        lines, ladders = _open(lines), []
    return progress_tables.one_moment(lines, ladders, _names(connection, at), _grounds(connection, at))


def progress_by_year(connection: sqlite3.Connection, at: Viewpoint) -> Report:
    """The whole period side by side, as seen at the viewpoint's moment: of later years only the plan is shown."""
    period = at.view.programme
    seen_year = min(at.moment.day.year, at.today.year)
    days = {year: year_end(year) for year in range(period.first_year, period.last_year + 1)}
    days[at.moment.day.year] = at.moment.day
    base = year_end(at.base_year)
    moments = _timeline(at, [base, year_end(period.first_year - 1), *days.values()])
    places = {year: _place(moments, day) for year, day in days.items()}
    paths = standing.paths(connection, at.view, moments)

    def lines(year: int, also: Container[tuple[Tier, str]]) -> list[Line]:
        known = paths if year <= seen_year else []
        return lines_at(known, period, at.roadmap, year, at=places[year], base=_place(moments, base), also=also)

    shown = {(line.tier, line.level.key) for year in days if year <= seen_year for line in lines(year, ())}
    years = [(year, found if year <= seen_year else _open(found)) for year in days if (found := lines(year, shown))]
    return progress_tables.whole_period(years, _grounds(connection, at))


def _timeline(at: Viewpoint, days: Iterable[date]) -> list[Moment]:
    """The moments of these days, each once, the earliest first: what is added is counted from the one before."""
    return [at.moment_at(day) for day in sorted(set(days))]


def _place(moments: Sequence[Moment], day: date) -> int:
    return next(place for place, moment in enumerate(moments) if moment.day == day)


def _open(lines: Sequence[Line]) -> list[Line]:
    """The lines of a year that is still to come: the plan, and no data."""
    return [line._replace(status=Status.NO_DATA) for line in lines]


def _grounds(connection: sqlite3.Connection, at: Viewpoint) -> Grounds:
    by_decision = at.view.basis is Basis.DECISION
    return Grounds(
        programme=at.view.programme,
        basis=at.view.basis,
        scope=at.scope_name,
        moment=at.moment,
        roadmap=at.roadmap,
        undated=standing.undated(connection, at.view, at.moment.day) if by_decision else 0,
    )


def _names(connection: sqlite3.Connection, at: Viewpoint) -> list[ByName]:
    """The comparison by name, for every level for which the roadmap names units."""
    levels = {level.key: level for level in at.view.programme.levels}
    named = [
        target for target in (at.roadmap.targets if at.roadmap else ()) if target.units and target.measure in levels
    ]
    if not named or at.moment.day.year > at.today.year:
        return []
    titles = units.titles(connection, at.moment.units_on)
    base = year_end(at.base_year)
    moments = _timeline(at, [base, at.moment.day])
    now, start = (_place(moments, day) for day in (at.moment.day, base))
    standings = standing.standings(connection, at.view, moments)
    paths = [(titles[key], path) for key, path in standings.items() if key in titles]
    compared = []
    for target in named:
        level = levels[target.measure]
        of_tier = [(title, path.standings) for title, path in paths if path.tier is target.tier]
        reached = [title for title, ranks in of_tier if ranks[now] >= level.rank]
        before = [title for title, ranks in of_tier if ranks[start] >= level.rank]
        compared.append(by_name(target.tier, level, target.units, reached, before))
    return compared
