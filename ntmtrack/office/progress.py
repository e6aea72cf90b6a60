"""Progress as a report, in the shape asked for."""

import sqlite3
from typing import NamedTuple

from ntmtrack.errors import NoUnits
from ntmtrack.i18n import day
from ntmtrack.office.names import compared_by_name
from ntmtrack.office.plans import Plans
from ntmtrack.office.progress_lines import compared_beside, grounds, lines_of, since_base
from ntmtrack.office.question import Viewpoint
from ntmtrack.progress import count_by_highest
from ntmtrack.progress.compute import TIERS
from ntmtrack.progress.plan import NamedUnits
from ntmtrack.reports import Report, progress_tables
from ntmtrack.reports.figures import PlanLines, ProgressFigures


class Shape(NamedTuple):
    """How progress is to be laid out."""

    years: bool = False
    by_district: bool = False
    level: str | None = None
    wide: bool = False
    text: bool = False
    straight: bool = False


AS_USUAL = Shape()


def progress_report(connection: sqlite3.Connection, at: Viewpoint, shape: Shape) -> Report:
    """Progress in the shape asked for; raises OneRoadmapHere where it has room for one plan and several apply."""
    if shape.by_district or shape.years or shape.text:
        at.need_one_plan()
    if shape.by_district:
        from ntmtrack.office.districts import by_district

        return by_district(connection, at, shape.level, straight=shape.straight)
    if shape.years:
        return progress_by_year(connection, at, straight=shape.straight)
    return progress_at(connection, at, shape)


def progress_at(connection: sqlite3.Connection, at: Viewpoint, shape: Shape = AS_USUAL) -> Report:
    """Progress against the plans at one moment; a year still to come has a plan and no data."""
    figures = figures_at(connection, at, straight=shape.straight)
    report = progress_tables.moment_report(figures, wide=shape.wide)
    if not shape.text:
        return report
    from ntmtrack.reports.progress_text import progress_paragraphs

    return report._replace(text=progress_paragraphs(figures.own.lines, figures.grounds, at.scope, own_beside(figures)))


def own_beside(figures: ProgressFigures) -> list[PlanLines]:
    """The scope's own plans beside the one that leads: their targets go into the sentences too."""
    return [one for one in figures.beside if one.plan and not one.plan.is_national]


def figures_at(connection: sqlite3.Connection, at: Viewpoint, *, straight: bool = False) -> ProgressFigures:
    """The lines of every plan at the moment, the highest levels and the comparison by name; raises NoUnits."""
    seen = since_base(connection, at, at.base_year)
    lines = lines_of(connection, seen, at, at.plans.own, straight=straight)
    if not lines:
        raise NoUnits(scope=f"{at.scope_name}, {day(at.moment.day)}")
    return ProgressFigures(
        own=PlanLines(at.roadmap, lines),
        beside=compared_beside(connection, at, seen, straight=straight),
        ladders=[]
        if at.is_to_come
        else [count_by_highest(seen.paths, tier, at.view.programme, at=seen.asked.at) for tier in TIERS],
        names=[] if at.is_to_come else _names(connection, at),
        grounds=grounds(connection, at),
    )


def _names(connection: sqlite3.Connection, at: Viewpoint) -> list[NamedUnits]:
    """The comparison by name, where the plan that leads, or one of the scope's own beside it, names units."""
    naming = [one for one in at.plans.at_hand if any(target.units or target.registered for target in one.plan.targets)]
    return [named for one in naming for named in compared_by_name(connection, at._replace(plans=Plans(one)))]


def progress_by_year(connection: sqlite3.Connection, at: Viewpoint, *, straight: bool = False) -> Report:
    """The whole period side by side, as seen at the viewpoint's moment: of later years only the plan is shown."""
    from ntmtrack.office.period import lines_by_year
    from ntmtrack.reports.period import period_report

    years = lines_by_year(connection, at, straight=straight)
    return period_report(years, grounds(connection, at, [year for year, _lines in years]))
