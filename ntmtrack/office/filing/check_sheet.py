"""The sheet of checks: the plan's contradictions, published figures recounted, names, levels without lower ones."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from ntmtrack import counts
from ntmtrack.counts import Moment, at_least
from ntmtrack.days import last_day, year_end
from ntmtrack.errors import YearOutsideProgrammes
from ntmtrack.i18n import _
from ntmtrack.model import Basis, Programme, Published
from ntmtrack.office.filing.material import Material
from ntmtrack.office.grounds import ground
from ntmtrack.programmes import of_year
from ntmtrack.progress.compute import TIERS
from ntmtrack.reports import check_tables
from ntmtrack.reports.check_tables import Recounted
from ntmtrack.reports.filing import Look, Sheet
from ntmtrack.reports.progress_notes import doubts
from ntmtrack.reports.values import Table
from ntmtrack.roadmaps.linter import check
from ntmtrack.storage.queries import published, standing
from ntmtrack.storage.queries.standing import View

CHECKS = "checks"
_ADDED = ".added"
_AT_ONCE = 8  # moments that one query looks at


def checks(material: Material) -> Sheet:
    """What a reader must know before relying on the figures."""
    at = material.at
    programme = at.view.programme
    tables = [
        _contradictions(material),
        check_tables.published(_not_borne_out(material), programme),
        check_tables.by_name(material.figures.names, programme),
        _without_lower(material),
    ]
    title = _("Checks: {scope}").format(scope=at.scope_name)
    said = doubts(material.figures.own.lines, programme)
    report = check_tables.checks(tables, title, material.subtitle, said)
    return Sheet(CHECKS, report, look=Look.WORKING)


def _contradictions(material: Material) -> Table:
    plan = material.at.roadmap
    return check_tables.contradictions(check(plan, ground(material.connection, plan)) if plan else [])


def _without_lower(material: Material) -> Table:
    """Units with a level of which not every lower one is on record."""
    census = material.census
    found = []
    for one in census.units:
        held = census.by_level(one)
        level = census.level(one.rank)
        if level and any(lower.key not in held for lower in census.programme.levels[: one.rank]):
            found.append((one.unit, level.label))
    return check_tables.without_lower(found)


def _not_borne_out(material: Material) -> list[Recounted]:
    """The published figures of the scope until the moment that the ledger counts otherwise, on the report's basis."""
    at = material.at
    if at.scope is None:
        return []
    figures = [
        figure
        for _key, figure in published.every(material.connection, at.scope.id)
        if _is_comparable(figure) and last_day(figure.as_of) <= at.moment.day
    ]
    days = sorted({last_day(figure.as_of) for figure in figures})
    counted = {basis: _Recount(material, basis, days) for basis in Basis}
    recounted = [
        Recounted(figure, counted[Basis.YEAR].count(figure), counted[Basis.DECISION].count(figure))
        for figure in figures
    ]
    by_year = at.view.basis is Basis.YEAR
    return [one for one in recounted if int(one.published.value) != (one.by_year if by_year else one.by_decision)]


def _is_comparable(figure: Published) -> bool:
    """Whether the ledger counts what was published: units at a level, or added in a year."""
    try:
        programme = of_year(last_day(figure.as_of).year)
    except YearOutsideProgrammes:
        return False
    levels = [level.key for level in programme.levels]
    is_year = len(figure.as_of) == len("2024")
    measure, is_added = figure.measure.removesuffix(_ADDED), figure.measure.endswith(_ADDED)
    return figure.tier in TIERS and measure in levels and figure.value.isdecimal() and (is_year or not is_added)


class _Recount:
    """What the ledger counts on each of a few days, on one basis."""

    def __init__(self, material: Material, basis: Basis, days: Sequence[date]) -> None:
        self._paths: dict[date, tuple[Programme, Sequence[counts.Path], int]] = {}
        for programme, moments in _batches(material, days).items():
            for first in range(0, len(moments), _AT_ONCE):
                batch = moments[first : first + _AT_ONCE]
                view = View(_of(programme), basis, material.at.view.scope)
                paths = standing.paths(material.connection, view, batch)
                self._paths |= {moment.day: (view.programme, paths, place) for place, moment in enumerate(batch)}

    def count(self, figure: Published) -> int | None:
        """What the ledger has where `figure` was published; None where there were no such units."""
        day = last_day(figure.as_of)
        now = self._reached(figure, day)
        if now is None or not figure.measure.endswith(_ADDED):
            return now
        before = self._reached(figure, year_end(day.year - 1))
        return None if before is None else now - before

    def _reached(self, figure: Published, day: date) -> int | None:
        programme, paths, place = self._paths[day]
        level = programme.level(figure.measure.removesuffix(_ADDED))
        if not counts.total(paths, figure.tier, place):
            return None
        return counts.reached(paths, figure.tier, at_least(level.rank), place)


def _batches(material: Material, days: Sequence[date]) -> Mapping[str, list[Moment]]:
    """The moments of these days, and of the ends of the years before, by the programme that they fall into."""
    by_programme: dict[str, list[Moment]] = defaultdict(list)
    for day in sorted({*days, *(year_end(day.year - 1) for day in days)}):
        try:
            by_programme[of_year(day.year).key].append(material.at.moment_at(day))
        except YearOutsideProgrammes:
            continue
    return by_programme


def _of(key: str) -> Programme:
    return of_year(int(key.split("-")[0]))
