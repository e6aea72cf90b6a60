"""Progress as a report: at one moment, and over the whole period."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date

from ntmtrack.cli.viewpoint import Viewpoint
from ntmtrack.days import year_end
from ntmtrack.model import Basis, Tier
from ntmtrack.progress import ByName, Line, Moment, Status, by_name, ladder, lines_at
from ntmtrack.reports import progress_tables
from ntmtrack.reports.progress_tables import Setting
from ntmtrack.reports.values import Report
from ntmtrack.storage.queries import standing, units

TIERS = (Tier.DISTRICT, Tier.COMMUNE)


def progress_at(connection: sqlite3.Connection, at: Viewpoint) -> Report:
    """Progress against the roadmap at one moment."""
    year = at.moment.day.year
    base = year_end(at.base_year)
    moments = _timeline(at, [base, year_end(year - 1), at.moment.day])
    now, start = (_place(moments, day) for day in (at.moment.day, base))
    paths = standing.paths(connection, at.view, moments)
    lines = lines_at(paths, at.view.programme, at.roadmap, year, at=now, base=start)
    ladders = [ladder(paths, tier, at.view.programme, at=now) for tier in TIERS]
    return progress_tables.one_moment(lines, ladders, _names(connection, at), _setting(connection, at))


def progress_by_year(connection: sqlite3.Connection, at: Viewpoint, today: date) -> Report:
    """The whole period side by side, up to and including the years still to come, whose actual figures are open."""
    period = at.view.programme
    years = range(period.first_year, period.last_year + 1)
    moments = _timeline(at, map(year_end, [at.base_year, period.first_year - 1, *years]))
    start = _place(moments, year_end(at.base_year))
    paths = standing.paths(connection, at.view, moments)
    shown = []
    for year in years:
        lines = lines_at(paths, period, at.roadmap, year, at=_place(moments, year_end(year)), base=start)
        shown.append((year, lines if year <= today.year else _open(lines)))
    last = max(year for year in years if year <= max(today.year, period.first_year))
    seen = at._replace(moment=at.moment_at(year_end(last)))
    return progress_tables.whole_period(shown, _setting(connection, seen))


def _timeline(at: Viewpoint, days: Iterable[date]) -> list[Moment]:
    """The moments of these days, each once, the earliest first: what is added is counted from the one before."""
    return [at.moment_at(day) for day in sorted(set(days))]


def _place(moments: Sequence[Moment], day: date) -> int:
    return next(place for place, moment in enumerate(moments) if moment.day == day)


def _open(lines: Sequence[Line]) -> list[Line]:
    return [line._replace(reached=0, added=0, lost=0, illustrative=0, status=Status.NO_DATA) for line in lines]


def _setting(connection: sqlite3.Connection, at: Viewpoint) -> Setting:
    by_decision = at.view.basis is Basis.DECISION
    return Setting(
        programme=at.view.programme,
        basis=at.view.basis,
        scope=at.scope_name,
        moment=at.moment,
        roadmap=at.roadmap,
        undated=standing.undated(connection, at.view, at.moment.day) if by_decision else 0,
        unverified=standing.unverified(connection, at.view, at.moment.day) if at.view.programme.unverified() else 0,
    )


def _names(connection: sqlite3.Connection, at: Viewpoint) -> list[ByName]:
    """The comparison by name, for every level for which the roadmap names units."""
    named = [target for target in (at.roadmap.targets if at.roadmap else ()) if target.units]
    if not named:
        return []
    titles = units.titles(connection, at.moment.units_on)
    base = year_end(at.base_year)
    moments = _timeline(at, [base, at.moment.day])
    now, start = (_place(moments, day) for day in (at.moment.day, base))
    compared = []
    for target in named:
        level = at.view.programme.level(target.measure)
        paths = standing.standings(connection, at.view, moments, target.tier).items()
        reached = [titles[key] for key, path in paths if path.standings[now] >= level.rank and key in titles]
        before = [titles[key] for key, path in paths if path.standings[start] >= level.rank and key in titles]
        compared.append(by_name(target.tier, level, target.units, reached, before))
    return compared
