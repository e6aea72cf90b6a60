"""The lines of a plan at a moment: what it asks for, what was reached, what that amounts to."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from ntmtrack import progress
from ntmtrack.commands.question import ReportSpec, index_of, timeline
from ntmtrack.commands.standings import (
    ScopeStandings,
    Window,
    counted_apart,
    is_of_some_units,
    towns_apart,
    where_stood,
)
from ntmtrack.dates import year_end
from ntmtrack.lint.contradictions import footnotes
from ntmtrack.model import Basis, Tier, Unit
from ntmtrack.progress import Standings
from ntmtrack.progress.compute import LineQuestion, is_due, line_at, lines_at
from ntmtrack.progress.line import Actual, Line
from ntmtrack.progress.plan import NamedUnits, compare_names
from ntmtrack.progress.status import Goal, Origin, Status, status_of
from ntmtrack.reports.figures import PlanLines, ReportContext
from ntmtrack.roadmaps import Roadmap, Target
from ntmtrack.storage.queries import standings, units
from ntmtrack.storage.queries.records import StoredPlan


def since_base(connection: sqlite3.Connection, spec: ReportSpec, base_year: int) -> Window:
    """The counted paths from the end of `base_year` to the moment asked about."""
    year = spec.moment.day.year
    moments = timeline(spec, [year_end(base_year), year_end(year - 1), spec.moment.day])
    now, base = index_of(moments, spec.moment.day), index_of(moments, year_end(base_year))
    question = LineQuestion(year, spec.moment.day, now, base, base_year)
    return Window(standings.paths(connection, spec.view, moments), question, moments)


def lines_of(
    connection: sqlite3.Connection,
    window: Window,
    spec: ReportSpec,
    stored: StoredPlan | None,
    *,
    straight: bool = False,
) -> list[Line]:
    """The lines of a plan, and every level that anyone reached."""
    targets = towns_apart(shown_targets(stored.plan.targets if stored else ()))
    question = window.question._replace(straight=straight)
    lines = lines_at(window.paths, spec.view.programme, targets, question)
    lines = judged(connection, spec, window._replace(question=question), lines, stored)
    return open_lines(lines) if spec.is_to_come else lines


def judged(
    connection: sqlite3.Connection, spec: ReportSpec, window: Window, lines: Sequence[Line], stored: StoredPlan | None
) -> list[Line]:
    """The lines, those judged too that are about some units alone, or rules for every province or district."""
    in_province = [_in_this_province(spec, window, line) for line in lines]
    if stored and any(map(is_of_some_units, in_province)):
        in_province = counted_apart(connection, spec, stored, window, in_province)
    if all(line.key.each != Tier.DISTRICT for line in in_province) or spec.is_to_come:
        return in_province

    return [each_district(connection, spec, line) if line.key.each == Tier.DISTRICT else line for line in in_province]


def _in_this_province(spec: ReportSpec, window: Window, line: Line) -> Line:
    """A rule for every province ("mỗi tỉnh ít nhất 02 huyện") judged for the one that is asked about."""
    if (
        line.key.each != Tier.PROVINCE
        or spec.scope is None
        or spec.scope.tier is not Tier.PROVINCE
        or line.plan is None
    ):
        return line
    plain = line.key._replace(each=None)
    figures = [line.plan._replace(each=None)]
    return line_at(window.paths, spec.view.programme, plain, figures, window.question)._replace(key=line.key)


def compared_beside(
    connection: sqlite3.Connection, spec: ReportSpec, main: Window, *, straight: bool = False
) -> list[PlanLines]:
    """The plans beside the main one, each from its own base year, and of its lines only what it asks for."""
    compared = []
    for stored in spec.plans.beside:
        base_year = stored.plan.base_year
        window = main if base_year == main.question.base_year else since_base(connection, spec, base_year)
        lines = lines_of(connection, window, spec, stored, straight=straight)
        compared.append(PlanLines(stored.plan, [line for line in lines if line.plan]))
    return compared


def shown_targets(targets: Iterable[Target]) -> list[Target]:
    """The targets of the scope itself: shares of units within it are shown by district."""
    return [target for target in targets if not target.within]


def open_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines of a year that is still to come: the plan, and no data."""
    return [line._replace(actual=None, status=Status.NO_DATA) for line in lines]


def leading_elsewhere(spec: ReportSpec, years: Iterable[int]) -> list[tuple[Roadmap, list[int]]]:
    """The plans that lead in others of these years than the one that leads at the moment, each with its years."""
    elsewhere: dict[str, tuple[Roadmap, list[int]]] = {}
    for year in years:
        stored = spec.plans.leading_in(year, spec.scope_name)
        if stored and stored.plan.key != (spec.roadmap.key if spec.roadmap else None):
            elsewhere.setdefault(stored.plan.key, (stored.plan, []))[1].append(year)
    return list(elsewhere.values())


def grounds(connection: sqlite3.Connection, spec: ReportSpec, years: Collection[int] | None = None) -> ReportContext:
    """What a progress report rests on; footnotes on contradictions of the plan in `years`, or that of the moment."""
    by_decision = spec.view.basis is Basis.DECISION
    return ReportContext(
        programme=spec.view.programme,
        basis=spec.view.basis,
        scope=spec.scope_name,
        moment=spec.moment,
        roadmap=spec.roadmap,
        undated=standings.undated(connection, spec.view, spec.moment.day) if by_decision else 0,
        contradictions=footnotes(spec.roadmap, spec.view.programme, years or [spec.moment.day.year])
        if spec.roadmap
        else [],
        leading=leading_elsewhere(spec, years or ()),
        is_filled_up=bool(years) and len(spec.plans.of_scope) > 1,
    )


class ByDistrict(NamedTuple):
    """The communes of the scope, by the id of their district, at the moments that `question` counts at."""

    districts: Sequence[Unit]
    paths: Mapping[int, Sequence[Standings]]
    question: LineQuestion


def divide_by_district(connection: sqlite3.Connection, spec: ReportSpec, ranked: ScopeStandings) -> ByDistrict:
    """The communes of the scope by district."""
    parents: dict[int, int | None] = {}
    for moment in ranked.moments:  # of a commune that has ended, the district that it last belonged to
        parents |= units.parents(connection, moment.units_on)
    paths: dict[int, list[Standings]] = defaultdict(list)
    for key, path in ranked.paths.items():
        if path.tier is Tier.COMMUNE and (parent := parents.get(key)) is not None:
            paths[parent].append(path)
    districts = [
        unit
        for unit in ranked.units
        if unit.tier is Tier.DISTRICT and progress.total(paths[unit.id], Tier.COMMUNE, ranked.now)
    ]
    question = LineQuestion(spec.moment.day.year, spec.moment.day, ranked.now, ranked.base, spec.base_year)
    return ByDistrict(districts, paths, question)


def each_district(connection: sqlite3.Connection, spec: ReportSpec, line: Line) -> Line:
    """A rule for every district ("mỗi huyện ít nhất 01 xã") judged: how many districts keep it, of how many."""
    if line.level is None or line.plan is None or line.key.tier is not Tier.COMMUNE or line.key.name:
        return line
    if line.plan.cumulative is None:
        return line

    divided = divide_by_district(connection, spec, where_stood(connection, spec))
    if not divided.districts:
        return line
    key = line.key._replace(each=None)
    figure = line.plan._replace(each=None)
    met = []
    for when in (divided.question.at, divided.question.at - 1, divided.question.base):
        question = divided.question._replace(at=when)
        lines = [
            line_at(divided.paths[unit.id], spec.view.programme, key, [figure], question) for unit in divided.districts
        ]
        met.append(sum(_holds(line) for line in lines))
    now, before, base = met
    everyone = len(divided.districts)
    goals = {"all": Goal(everyone, None, Origin.EACH)}
    actual = Actual(everyone, now, max(now - before, 0), max(before - now, 0), base, everyone - now, 0, 0, 0)
    return line._replace(
        actual=actual,
        goals=goals,
        final=goals["all"],
        bases={"all": everyone},
        status=status_of(now, goals["all"], base) if is_due(line.plan, goals, line.day) else Status.NOT_DUE,
    )


def _holds(line: Line) -> bool:
    goal, actual = line.goal, line.actual
    return (
        goal is not None
        and actual is not None
        and (goal.low is None or actual.reached >= goal.low)
        and (goal.high is None or actual.reached <= goal.high)
    )


def compared_by_name(connection: sqlite3.Connection, spec: ReportSpec) -> list[NamedUnits]:
    """The comparison by name, for every target of a level in which the roadmap names units."""
    levels = {level.key: level for level in spec.view.programme.levels}
    stored = spec.plans.own
    named = [
        target
        for target in shown_targets(stored.plan.targets if stored else ())
        if target.tier in (Tier.DISTRICT, Tier.COMMUNE)
        and set(target.levels) & levels.keys()
        and (target.units or target.registered)
    ]
    if not named or stored is None:
        return []
    titles = units.unit_titles(connection, spec.moment.units_on)
    base = year_end(spec.base_year)
    moments = timeline(spec, [base, spec.moment.day])
    paths = standings.standings(connection, spec.view, moments)
    first = {  # what the plan began with, also where the decision came later than its base year
        key: path.ranks[0]
        for key, path in standings.standings(connection, spec.view._replace(basis=Basis.YEAR), moments[:1]).items()
    }
    compared = []
    for target in named:
        rank = min(levels[key].rank for key in target.levels if key in levels)
        alike = [other for other in named if other.line == target.line]
        of_tier = [(key, path.ranks) for key, path in paths.items() if path.tier is target.tier]
        reached = [key for key, ranks in of_tier if ranks[index_of(moments, spec.moment.day)] >= rank]
        before = [key for key, _ranks in of_tier if first.get(key, 0) >= rank]
        compared.append(compare_names(target, stored.units, reached, before, titles, alike))
    return compared
