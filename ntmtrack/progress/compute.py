"""From standings and a plan to its lines."""

from collections.abc import Container, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ntmtrack import progress
from ntmtrack.model import Level, Programme, Tier
from ntmtrack.programmes.ladders import BOTH, OWN
from ntmtrack.progress import Holds, Movement, at_least
from ntmtrack.progress.criteria import holds_for
from ntmtrack.progress.line import Actual, Line
from ntmtrack.progress.plan import (
    Point,
    addition,
    final_of,
    governing,
    plan_for,
    planned,
    results,
    stated_start,
    time_of_day_end,
    time_of_year_end,
)
from ntmtrack.progress.status import Goal, Origin, Status, due_on, goal_for, not_below, settled_goal, status_of
from ntmtrack.roadmaps import JOIN, NOT_COUNTED, SETS_OF_LADDER, UNSAID, LineKey, Target, by_line

TIERS = (Tier.DISTRICT, Tier.COMMUNE)  # of these the ledger holds recognitions
_RECOGNISED = (*TIERS, Tier.PROVINCE, Tier.VILLAGE)  # the last two only where their standings are given


class LineQuestion(NamedTuple):
    """What is asked about a line: `at` which moment of the standings, and which is the end of the base year (`base`).

    With `straight`, years for which nothing is printed are compared with a straight way to the final target. `ladder`
    is the one that is counted on; with `doubts_kept` what is kept of the programme before counts surely only where a
    plan says so; with `counts_criteria` the standings are numbers of criteria met.
    """

    year: int
    day: date
    at: int
    base: int = 0
    base_year: int = 0
    straight: bool = False
    ladder: str = OWN
    doubts_kept: bool = False
    counts_criteria: bool = False


def lines_at(
    groups: Sequence[progress.Standings],
    programme: Programme,
    targets: Sequence[Target],
    asked: LineQuestion,
    also: Container[LineKey] = (),
) -> list[Line]:
    """Every line of these targets, and every level reached by anyone or named in `also`, at one moment.

    Levels come first, from the lowest, those of provinces after the others; then what else is asked for, in the order
    of the document.
    """
    planned = by_line(targets)
    levels = [
        key
        for tier in TIERS
        for level in programme.levels_of(tier)
        for key in _keys_of_level(groups, tier, level, planned, asked, also)
    ]
    levels += [
        key
        for level in programme.levels_of(Tier.PROVINCE)
        for key in _keys_of_level(groups, Tier.PROVINCE, level, planned, asked, also)
        if key not in planned
    ]
    others = [key for key in planned if key not in levels]
    return [line_at(groups, programme, key, planned.get(key, []), asked) for key in (*levels, *others)]


def _keys_of_level(
    groups: Sequence[progress.Standings],
    tier: Tier,
    level: Level,
    planned: Container[LineKey],
    asked: LineQuestion,
    also: Container[LineKey],
) -> list[LineKey]:
    """The lines of a level: those that a plan has of it; without any the one that nothing is planned for."""
    keys = [plain_line(tier, level.key, of_set) for of_set in SETS_OF_LADDER[asked.ladder]]
    of_plan = [key for key in keys if key in planned]
    if of_plan or asked.ladder == BOTH:
        return of_plan
    return keys[:1] if any(key in also for key in keys) or _matters(groups, tier, level, asked) else []


def plain_line(tier: Tier, measure: str, of_set: str | None = None) -> LineKey:
    """The line that counts everyone at a level or above."""
    return LineKey(tier, measure, "at-least", None, None, None, None, of_set)


def _matters(groups: Sequence[progress.Standings], tier: Tier, level: Level, asked: LineQuestion) -> bool:
    """Whether a level without a target is shown all the same: the lowest is of what is counted, and each reached.

    Of a programme before those that some unit keeps, or kept at the moment before.
    """
    if not progress.total(groups, tier, asked.at):
        return False
    moments = (asked.at,) if asked.ladder == OWN else (asked.at, asked.at - 1)
    held = any(progress.reached(groups, tier, at_least(level.rank), at) for at in moments)
    return held or (level.rank == 1 and asked.ladder == OWN and tier in TIERS)


def line_at(
    groups: Sequence[progress.Standings],
    programme: Programme,
    key: LineKey,
    figures: Sequence[Target],
    asked: LineQuestion,
) -> Line:
    """One line of a plan at one moment."""
    reachable = programme.levels_of(key.tier) if key.tier in TIERS else programme.levels
    levels = [level for level in reachable if level.key in key.measure.split(JOIN)]
    actual = _actual(groups, key, levels, asked)
    bases = _bases_of(groups, key, levels, asked)
    printed = _printed_start(figures)
    if actual and printed is not None:
        actual = actual._replace(start=printed, start_unverified=0, start_printed=True)
    start = printed if printed is not None else actual.start if actual else 0
    plan = plan_for(figures, asked.year, programme.last_year)
    path = _path(figures, bases, start, asked)
    goals = _goals(plan, figures, bases, start) if plan else {}
    final = final_of(figures, programme.last_year)
    aims = _goals(final, figures, bases, start) if final else {}
    if asked.straight and final and (way := _on_straight_way(final, aims, plan, path, asked)):
        plan, goals = final, way
    return Line(
        key=key,
        level=levels[0] if levels else None,
        year=asked.year,
        day=asked.day,
        plan=plan,
        actual=actual,
        status=_status(actual, plan, goals, asked.day),
        goals=goals,
        final=settled_goal(final, aims) if final else None,
        base_year=asked.base_year,
        final_year=final.year if final else programme.last_year,
        path=path,
        bases=bases,
        addition=addition(figures, plan),
        start_stated=stated_start(figures, asked.base_year) if printed is None else printed,
    )


def _actual(
    groups: Sequence[progress.Standings], key: LineKey, levels: Sequence[Level], asked: LineQuestion
) -> Actual | None:
    """What the ledger counts for a line; None of what it holds no figures for, or where there are no units.

    A line with a name, or within a part of the scope, is about some units alone: whoever knows which passes their
    standings without that.
    """
    everyone = progress.total(groups, key.tier, asked.at)
    is_counted = levels or asked.counts_criteria
    if not is_counted or key.tier not in _RECOGNISED or key.each or key.name or key.within or not everyone:
        return None
    holds = holds_for(key.measure, key.threshold or 0) if asked.counts_criteria else _holds(key, levels)
    rank = levels[0].rank if levels else 0
    # how many criteria are met goes up and down by reviews: nobody comes or is taken back
    moved = Movement() if asked.counts_criteria else progress.movement(groups, key.tier, rank, holds, asked.at)
    doubted = progress.reached if asked.doubts_kept and key.of_set in UNSAID else progress.unverified
    return Actual(
        total=everyone,
        reached=progress.reached(groups, key.tier, holds, asked.at),
        added=moved.added,
        lost=moved.lost,
        start=(start := progress.reached(groups, key.tier, holds, asked.base)),
        start_held=start,
        room=progress.reached(groups, key.tier, progress.highest((rank - 1,)), asked.at) if levels else 0,
        illustrative=progress.illustrative(groups, key.tier, holds, asked.at),
        unverified=doubted(groups, key.tier, holds, asked.at),
        start_unverified=doubted(groups, key.tier, holds, asked.base),
        added_from_above=0 if key.counts == "highest" else moved.from_above,
        ended=moved.ended,
        appeared=moved.appeared,
    )


def _holds(key: LineKey, levels: Sequence[Level]) -> Holds:
    if key.counts == "highest":
        return progress.highest([level.rank for level in levels])
    return at_least(levels[0].rank)


def _bases_of(
    groups: Sequence[progress.Standings], key: LineKey, levels: Sequence[Level], asked: LineQuestion
) -> dict[str, int]:
    """The denominators of a line; of one about criteria all units, of one about some units alone none."""
    if asked.counts_criteria:
        return {"all": progress.total(groups, key.tier, asked.at)}
    return _bases(groups, key.tier, levels[0].rank, asked.at) if levels and not (key.name or key.within) else {}


def _bases(groups: Sequence[progress.Standings], tier: Tier, rank: int, at: int) -> dict[str, int]:
    """The denominators of a line by `share_of`: all units, those at NTM, those at the level just below.

    None of a tier of which the ledger holds no recognitions.
    """
    everyone = progress.total(groups, tier, at)
    if tier not in TIERS and not everyone:
        return {}
    below = progress.reached(groups, tier, at_least(rank - 1), at) if rank > 1 else everyone
    return {"all": everyone, "ntm": progress.reached(groups, tier, at_least(1), at), "nested": below}


def _printed_start(figures: Sequence[Target]) -> int | None:
    """The baseline that the plan prints; without one the ledger's is taken."""
    baseline = next(iter(_baseline(figures)), None)
    return baseline and baseline.cumulative


def _baseline(figures: Sequence[Target]) -> list[Target]:
    """The figure of the baseline with a cumulative number: the last, or none."""
    return [figure for figure in figures if figure.nature == "baseline" and figure.cumulative is not None][-1:]


def _goals(target: Target, figures: Sequence[Target], bases: Mapping[str, int], start: int) -> dict[str, Goal]:
    """The goal by each base that the per cent may be of; one, unless the document leaves it open."""
    first = target.first_year or target.year
    before = [*_baseline(figures), *(earlier for year, earlier in results(figures).items() if year < first)]
    open_base = target.share_of == "open" and target.cumulative is None
    readings = target.readings if open_base else (target.share_of,)
    by_base = {share: goal_for(target._replace(share_of=share), bases, before, start) for share in readings}
    goals = {share: goal for share, goal in by_base.items() if goal is not None}
    alike = len(goals) == len(readings) and len({(goal.low, goal.high, goal.either) for goal in goals.values()}) == 1
    return {"open": next(iter(goals.values()))} if open_base and alike else goals


def _path(figures: Sequence[Target], bases: Mapping[str, int], start: int, asked: LineQuestion) -> tuple[Point, ...]:
    """The approved path: the year ends for which the plan has a number, from the one before the first.

    Where it prints no yearly figures there is none, unless a straight way was asked for.
    """
    ends = {
        target.year: only
        for target in governing(figures).values()
        if (only := settled_goal(target, _goals(target, figures, bases, start)))
    }
    if asked.straight and len(ends) < 2 and (last := final_of(figures)):
        final = not_below(last, _goals(last, figures, bases, start))
        way = {asked.base_year: start, last.year: final.number} if final and _is_onward(start, final) else {}
        return tuple(Point(time_of_year_end(year), units) for year, units in way.items())
    if len(ends) < 2:
        return ()
    before = _before(figures, start, asked)
    if asked.straight and not before and _is_onward(start, ends[min(ends)]):
        before = {asked.base_year: start}
    units = before | {year: asked_for.number for year, asked_for in ends.items()}
    return tuple(Point(time_of_year_end(year), count) for year, count in units.items())


def _is_onward(start: int, goal: Goal) -> bool:
    """Whether the goal lies beyond the baseline: above it, of "at most" below it."""
    return goal.number > start if goal.low is not None else goal.number < start


def _before(figures: Sequence[Target], start: int, asked: LineQuestion) -> dict[int, int]:
    """The number at the end of the year before the plan's first, by that year; nothing where it is not known.

    Example: 90 in all and 11 added in 2021 imply {2020: 79}. Without both, the actual number of the base year.
    """
    first = next(iter(governing(figures).values()))
    if first.cumulative is not None and first.added is not None and first.span == "year":
        return {first.year - 1: first.cumulative - first.added}
    return {asked.base_year: start} if first.year == asked.base_year + 1 else {}


def _on_straight_way(
    final: Target, aims: Mapping[str, Goal], plan: Target | None, path: Sequence[Point], asked: LineQuestion
) -> dict[str, Goal]:
    """The goal on the way to the final target, before its year and where `plan` is of no earlier one; else nothing."""
    units = planned(path, time_of_day_end(asked.day))
    if units is None or asked.year >= final.year or (plan and plan.year <= asked.year):
        return {}
    end = next(iter(aims.values()), None)
    if end and end.low is None:
        return {final.share_of: Goal(None, units.__floor__(), Origin.STRAIGHT)}
    signs = {"at_least": end.at_least, "about": end.about} if end else {}
    return {final.share_of: Goal(units.__ceil__(), None, Origin.STRAIGHT, **signs)}


def is_due(plan: Target, goals: Mapping[str, Goal], day: date) -> bool:
    """Whether a verdict may be passed on a day: the target is due, or P lies on a straight way to that very day."""
    return day >= due_on(plan) or any(goal.origin is Origin.STRAIGHT for goal in goals.values())


def _status(actual: Actual | None, plan: Target | None, goals: Mapping[str, Goal], day: date) -> Status:
    """The status under every possible reading, with and without what is doubtful; not concluded where they differ."""
    if actual is None:
        return Status.NO_DATA
    if plan is None:
        return Status.NO_PLAN
    if not is_due(plan, goals, day):
        return Status.NOT_DUE
    if not goals and plan.share_of not in ("open", *NOT_COUNTED):
        return Status.NO_PLAN
    if plan.share_of == "open" and "open" not in goals and len(goals) < len(plan.readings):
        return Status.NOT_CONCLUDED  # one of the readings is of nothing yet
    surely, surely_from = actual.reached - actual.unverified, actual.start - actual.start_unverified
    if not goals or any(goal.is_boundless for goal in goals.values()):
        return Status.NOT_CONCLUDED
    readings = [reading for goal in goals.values() for reading in goal.readings]
    statuses = {status_of(actual.reached, reading, actual.start) for reading in readings}
    statuses |= {status_of(surely, reading, surely_from) for reading in readings}
    return statuses.pop() if len(statuses) == 1 else Status.NOT_CONCLUDED
