"""One line of the progress worked out step by step, and the units behind it."""

import sqlite3
from collections.abc import Sequence

from ntmtrack.errors import UnknownLevel, UnknownMeasure
from ntmtrack.model import Level, Tier
from ntmtrack.office.lists import behind_number
from ntmtrack.office.progress_lines import compared_beside, grounds, lines_of, since_base
from ntmtrack.office.question import Viewpoint
from ntmtrack.programmes import find_level
from ntmtrack.progress.line import Line
from ntmtrack.reports import Report, explanation
from ntmtrack.reports.figures import PlanLines
from ntmtrack.roadmaps import JOIN, line_title
from ntmtrack.text import squeeze


def explained(
    connection: sqlite3.Connection, at: Viewpoint, tier: Tier, typed: str, *, straight: bool = False
) -> Report:
    """The computation of one line, its figures and rules, and the units that are counted.

    Raises UnknownMeasure, OneRoadmapHere.
    """
    at.need_one_plan()
    seen = since_base(connection, at, at.base_year)
    own = PlanLines(at.roadmap, lines_of(connection, seen, at, at.plans.own, straight=straight))
    every = [own, *compared_beside(connection, at, seen, straight=straight)]
    found = [PlanLines(plan, chosen) for plan, lines in every if (chosen := _chosen(lines, at, tier, typed))]
    if not found:
        raise UnknownMeasure(measure=typed, known=_known([line for one in every for line in one.lines], at))
    plan, leading = _leading(found)
    chosen = list(leading)
    keys = [line.key for line in chosen]
    on = grounds(connection, at)._replace(roadmap=plan)
    noted = [finding for finding in on.contradictions if plan is at.roadmap and finding.line in keys]
    return explanation.explanation_report(
        chosen, on._replace(contradictions=noted), _units(connection, at, tier, chosen)
    )


def _leading(found: Sequence[PlanLines]) -> PlanLines:
    """Of the plans that have a line, the first of the scope's own that sets a target for it; else the first."""
    own = [one for one in found if one.plan is None or not one.plan.is_national]
    planned = [one for one in own if any(line.plan for line in one.lines)]
    return next(iter((*planned, *own)), found[0])


def _units(connection: sqlite3.Connection, at: Viewpoint, tier: Tier, lines: Sequence[Line]) -> Report | None:
    """The units that these lines count, where the ledger counts any."""
    for line in lines:
        if line.actual and line.actual.reached and line.level and not (line.key.each or line.key.is_of_some):
            return behind_number(connection, at, tier, line.level, highest=line.key.counts == "highest")
    return None


def _chosen(lines: Sequence[Line], at: Viewpoint, tier: Tier, typed: str) -> list[Line]:
    """The lines that `typed` means: those of a level of the tier, else those of another measure, of any tier.

    Raises UnknownLevel where it is a level that units of this tier do not have.
    """
    try:
        level = find_level(at.view.programme, typed, tier)
    except UnknownLevel:
        if _is_level(at, typed):
            raise
        found = [line for line in lines if squeeze(typed) in (squeeze(line.key.measure), squeeze(line.key.name or ""))]
    else:
        found = [line for line in lines if line.key.tier is tier and _is_of(line, level)]
    return found


def _is_of(line: Line, level: Level) -> bool:
    """Whether a line is about a level, be it of towns and cities, or the other districts, alone."""
    return level.key in line.key.measure.split(JOIN) or (line.key.is_of_some and line.level == level)


def _is_level(at: Viewpoint, typed: str) -> bool:
    try:
        find_level(at.view.programme, typed)
    except UnknownLevel:
        return False
    return True


def _known(lines: Sequence[Line], at: Viewpoint) -> str:
    named = (f"{line.key.measure} ({line_title(line.key, at.view.programme)})" for line in lines)
    return ", ".join(dict.fromkeys(named))
