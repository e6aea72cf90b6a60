"""Progress as a report, in the shape asked for."""

from collections.abc import Collection, Container, Sequence
from datetime import date
from typing import NamedTuple

from ntmtrack.commands.judged_lines import LadderPaths, Window, judged, towns_apart
from ntmtrack.commands.plans import Plans
from ntmtrack.commands.progress_lines import (
    compared_by_name,
    on_record,
    open_lines,
    plans_compared,
    provinces_beside,
    report_context,
    shown_targets,
    since_base,
)
from ntmtrack.commands.question import ReportSpec, index_of, timeline
from ntmtrack.commands.turnover import turnover_of
from ntmtrack.dates import day_asked, year_end
from ntmtrack.errors import NoUnits
from ntmtrack.i18n import day
from ntmtrack.model import Programme, Tier
from ntmtrack.programmes.ladders import OWN, ladder_of, ladders
from ntmtrack.progress import Ladder, count_by_highest
from ntmtrack.progress.compute import TIERS, LineQuestion
from ntmtrack.progress.evidence import withheld
from ntmtrack.progress.ladder_lines import lines_on_ladders
from ntmtrack.progress.line import Line
from ntmtrack.progress.plan import NamedUnits
from ntmtrack.reports import Report, progress_tables
from ntmtrack.reports.figures import PlanLines, ProgressFigures
from ntmtrack.reports.progress_brief import ShownParts, brief_report
from ntmtrack.roadmaps import LineKey
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries.roadmaps import StoredPlan


class ProgressShape(NamedTuple):
    """How progress is to be laid out."""

    years: bool = False
    by: str | None = None
    level: str | None = None
    wide: bool = False
    text: bool = False
    straight: bool = False
    parts: ShownParts = ShownParts()


AS_USUAL = ProgressShape()
FORMER_DISTRICT = "former-district"


def progress_report(connection: Connection, spec: ReportSpec, shape: ProgressShape) -> Report:
    """Progress in the shape asked for, a person being shown the parts asked for alone.

    Raises OneRoadmapHere where it has room for one plan and several apply.
    """
    plan = None if shape.by else spec.roadmap  # which seldom has figures for districts
    return brief_report(_in_shape(connection, spec, shape), shape.parts, plan)


def _in_shape(connection: Connection, spec: ReportSpec, shape: ProgressShape) -> Report:
    if shape.by or shape.years or shape.text:
        spec.need_one_plan()
    if shape.by:
        from ntmtrack.commands.districts import progress_by_district

        former = shape.by == FORMER_DISTRICT
        return progress_by_district(connection, spec, shape.level, former=former, straight=shape.straight)
    if shape.years:
        return progress_by_year(connection, spec, straight=shape.straight)
    return progress_at(connection, spec, shape)


def progress_at(connection: Connection, spec: ReportSpec, shape: ProgressShape = AS_USUAL) -> Report:
    """Progress against the plans at one moment; a year still to come has a plan and no data."""
    figures = figures_at(connection, spec, straight=shape.straight)
    report = progress_tables.moment_report(figures, wide=shape.wide)
    if not shape.text:
        return report
    from ntmtrack.commands.newcomers import moved_units
    from ntmtrack.reports.lists import MovedUnits
    from ntmtrack.reports.progress_text import progress_paragraphs

    moved = MovedUnits() if spec.is_to_come else moved_units(connection, spec)
    text = progress_paragraphs(figures.own.lines, figures.context, spec.scope, own_beside(figures), moved)
    return report._replace(text=text)


def lacks_at(connection: Connection, spec: ReportSpec, tier: Tier, ladder: str) -> list[str]:
    """That the ledger holds too little to know which units of a tier remain by a set of levels; nothing of no units."""
    from ntmtrack.reports.lack_words import lack_note

    try:
        lines = figures_at(connection, spec).own.lines
    except NoUnits:
        return []
    return lack_note([line for line in lines if (line.tier, line.key.ladder) == (tier, ladder)], spec.view.programme)


def own_beside(figures: ProgressFigures) -> list[PlanLines]:
    """The scope's own plans beside the one that leads: their targets go into the sentences too."""
    return [plan for plan in figures.beside if plan.plan and not plan.plan.is_national]


def figures_at(connection: Connection, spec: ReportSpec, *, straight: bool = False) -> ProgressFigures:
    """The lines of every plan at the moment, the highest levels and the comparison by name; raises NoUnits."""
    window = since_base(connection, spec, spec.base_year)
    own, *beside = plans_compared(connection, spec, window, straight=straight)
    lines = own.lines
    if not lines:
        raise NoUnits(scope=f"{spec.scope_name}, {day(spec.moment.day)}")
    return ProgressFigures(
        own=own,
        beside=beside,
        ladders=[] if spec.is_to_come else _ladders(window, spec.view.programme),
        names=[] if spec.is_to_come else _names(connection, spec),
        context=report_context(connection, spec)._replace(turnover=turnover_of(connection, spec, lines)),
    )


def _ladders(window: Window, programme: Programme) -> list[Ladder]:
    """How many units have each level as their highest, by tier; of the programme before only where any is kept."""
    counted = [
        (ladder, count_by_highest(window.paths[ladder], tier, ladder_of(programme, ladder), at=window.question.at))
        for ladder in ladders(programme)
        for tier in TIERS
    ]
    return [steps for ladder, steps in counted if ladder == OWN or any(steps.steps[1:])]


def _names(connection: Connection, spec: ReportSpec) -> list[NamedUnits]:
    """The comparison by name, where the plan that leads, or one of the scope's own beside it, names units."""
    naming = [
        stored
        for stored in spec.plans.at_hand
        if any(target.units or target.registered for target in stored.plan.targets)
    ]
    return [named for stored in naming for named in compared_by_name(connection, spec._replace(plans=Plans(stored)))]


def progress_by_year(connection: Connection, spec: ReportSpec, *, straight: bool = False) -> Report:
    """The whole period side by side, as seen at the moment asked about: of later years only the plan is shown."""
    from ntmtrack.reports.period import period_report

    years = lines_by_year(connection, spec, straight=straight)
    return period_report(years, report_context(connection, spec, [year for year, _lines in years]))


def lines_by_year(
    connection: Connection, spec: ReportSpec, *, straight: bool = False, also: Collection[LineKey] = ()
) -> list[tuple[int, list[Line]]]:
    """The lines of every year of the programme; those of years after the one asked about have a plan and no data.

    Lines named in `also` are among them whether or not anything is planned or reached.
    """
    period = spec.view.programme
    seen_year = min(spec.moment.day.year, spec.today.year)
    days = _days_of_years(spec)
    plans: dict[int, list[StoredPlan]] = {year: spec.plans.in_order(year, spec.scope_name) for year in days}
    bases = {spec.base_year, *(stored.plan.base_year for several in plans.values() for stored in several)}
    told = on_record(connection, spec)
    moments = timeline(spec, [*map(year_end, {*bases, period.first_year - 1}), *days.values()])
    paths = LadderPaths(connection, spec, moments)

    def of_plan(stored: StoredPlan | None, year: int, shown: Container[LineKey]) -> list[Line]:
        # later years are planned with the denominators of today
        seen = days[max(min(year, seen_year), period.first_year)]
        base = stored.plan.base_year if stored else spec.base_year
        at, since = index_of(moments, seen), index_of(moments, year_end(base))
        question = LineQuestion(year, days[year], at, since, base, straight, doubts_kept=spec.doubts_kept)
        targets = towns_apart(shown_targets(stored.plan.targets if stored else (), period))
        with_provinces = provinces_beside(connection, spec, paths, stored)
        lines = lines_on_ladders(with_provinces, period, targets, question, shown)
        moment = spec.moment_at(seen)
        return judged(connection, spec._replace(moment=moment), Window(paths, question, moments), lines, stored)

    def lines(year: int, shown: Container[LineKey]) -> list[Line]:
        stored_plans = plans[year]
        of_plans = [of_plan(stored, year, shown) for stored in stored_plans] or [of_plan(None, year, shown)]
        leading, *others = withheld(of_plans, told, period)
        return _filled_up(leading, others)

    shown = {*also, *(line.key for year in days if year <= seen_year for line in lines(year, ()))}
    years = {year: lines(year, shown) for year in days}
    first = spec.own_map.first
    has_figures = {year for year in days if year <= seen_year and days[year].isoformat() >= first}
    return [(year, rows if year in has_figures else open_lines(rows)) for year, rows in years.items() if rows]


def _days_of_years(spec: ReportSpec) -> dict[int, date]:
    """The day at which each year of the programme is counted: its last; of the year asked about that of the moment."""
    period = spec.view.programme
    days = {year: day_asked(year, spec.today) for year in range(period.first_year, period.last_year + 1)}
    return days | {spec.moment.day.year: spec.moment.day}


def _filled_up(lines: Sequence[Line], others: Sequence[Sequence[Line]]) -> list[Line]:
    """The lines of the plan that leads; where it sets nothing for the year, those of the first other plan that does."""
    by_key = {line.key: line for line in lines}
    for line in (line for of_plan in others for line in of_plan):
        if line.plan and not line.is_of_another_year and not _is_set(by_key.get(line.key)):
            by_key[line.key] = line
    return list(by_key.values())


def _is_set(line: Line | None) -> bool:
    return line is not None and line.plan is not None and not line.is_of_another_year
