"""The lines of a plan at a moment: what it asks for, what was reached, what that amounts to."""

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from ntmtrack.dates import year_end
from ntmtrack.lint.contradictions import footnotes
from ntmtrack.model import Basis, Tier
from ntmtrack.office.question import Viewpoint, place, timeline
from ntmtrack.office.subsets import Part, counted_apart, is_of_some, towns_apart
from ntmtrack.progress import Moment, Standings
from ntmtrack.progress.compute import LineQuestion, line_at, lines_at
from ntmtrack.progress.line import Line
from ntmtrack.progress.status import Status
from ntmtrack.reports.figures import PlanLines, ReportContext
from ntmtrack.roadmaps import Roadmap, Target
from ntmtrack.storage.queries import standings
from ntmtrack.storage.queries.roadmaps import Held


class Seen(NamedTuple):
    """Where units stood at the viewpoint's moment, the end of the year before, and the end of a base year."""

    paths: Sequence[Standings]
    asked: LineQuestion
    moments: Sequence[Moment]


def since_base(connection: sqlite3.Connection, at: Viewpoint, base_year: int) -> Seen:
    """The counted paths from the end of `base_year` to the viewpoint's moment."""
    year = at.moment.day.year
    moments = timeline(at, [year_end(base_year), year_end(year - 1), at.moment.day])
    now, base = place(moments, at.moment.day), place(moments, year_end(base_year))
    asked = LineQuestion(year, at.moment.day, now, base, base_year)
    return Seen(standings.paths(connection, at.view, moments), asked, moments)


def lines_of(
    connection: sqlite3.Connection, seen: Seen, at: Viewpoint, held: Held | None, *, straight: bool = False
) -> list[Line]:
    """The lines of a plan, and every level that anyone reached."""
    targets = towns_apart(shown_targets(held.plan.targets if held else ()))
    asked = seen.asked._replace(straight=straight)
    found = lines_at(seen.paths, at.view.programme, targets, asked)
    found = judged(connection, at, seen._replace(asked=asked), found, held)
    return open_lines(found) if at.is_to_come else found


def judged(
    connection: sqlite3.Connection, at: Viewpoint, seen: Seen, lines: Sequence[Line], held: Held | None
) -> list[Line]:
    """The lines, those judged too that are about some units alone, or rules for every province or district."""
    found = [_in_this_province(at, seen, line) for line in lines]
    if held and any(map(is_of_some, found)):
        found = counted_apart(connection, at, Part(held, seen.moments, seen.asked), found)
    if all(line.key.each != Tier.DISTRICT for line in found) or at.is_to_come:
        return found
    from ntmtrack.office.division import each_district

    return [each_district(connection, at, line) if line.key.each == Tier.DISTRICT else line for line in found]


def _in_this_province(at: Viewpoint, seen: Seen, line: Line) -> Line:
    """A rule for every province ("mỗi tỉnh ít nhất 02 huyện") judged for the one that is asked about."""
    if line.key.each != Tier.PROVINCE or at.scope is None or at.scope.tier is not Tier.PROVINCE or line.plan is None:
        return line
    plain = line.key._replace(each=None)
    figures = [line.plan._replace(each=None)]
    return line_at(seen.paths, at.view.programme, plain, figures, seen.asked)._replace(key=line.key)


def compared_beside(
    connection: sqlite3.Connection, at: Viewpoint, own: Seen, *, straight: bool = False
) -> list[PlanLines]:
    """The plans beside the main one, each from its own base year, and of its lines only what it asks for."""
    compared = []
    for held in at.plans.beside:
        base_year = held.plan.base_year
        seen = own if base_year == own.asked.base_year else since_base(connection, at, base_year)
        lines = lines_of(connection, seen, at, held, straight=straight)
        compared.append(PlanLines(held.plan, [line for line in lines if line.plan]))
    return compared


def shown_targets(targets: Iterable[Target]) -> list[Target]:
    """The targets of the scope itself: shares of units within it are shown by district."""
    return [target for target in targets if not target.within]


def open_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines of a year that is still to come: the plan, and no data."""
    return [line._replace(actual=None, status=Status.NO_DATA) for line in lines]


def leading_elsewhere(at: Viewpoint, years: Iterable[int]) -> list[tuple[Roadmap, list[int]]]:
    """The plans that lead in others of these years than the one that leads at the moment, each with its years."""
    found: dict[str, tuple[Roadmap, list[int]]] = {}
    for year in years:
        held = at.plans.leading_in(year, at.scope_name)
        if held and held.plan.key != (at.roadmap.key if at.roadmap else None):
            found.setdefault(held.plan.key, (held.plan, []))[1].append(year)
    return list(found.values())


def grounds(connection: sqlite3.Connection, at: Viewpoint, years: Collection[int] | None = None) -> ReportContext:
    """What a progress report rests on; footnotes on contradictions of the plan in `years`, or that of the moment."""
    by_decision = at.view.basis is Basis.DECISION
    return ReportContext(
        programme=at.view.programme,
        basis=at.view.basis,
        scope=at.scope_name,
        moment=at.moment,
        roadmap=at.roadmap,
        undated=standings.undated(connection, at.view, at.moment.day) if by_decision else 0,
        contradictions=footnotes(at.roadmap, at.view.programme, years or [at.moment.day.year]) if at.roadmap else [],
        leading=leading_elsewhere(at, years or ()),
        is_filled_up=bool(years) and len(at.plans.of_scope) > 1,
    )
