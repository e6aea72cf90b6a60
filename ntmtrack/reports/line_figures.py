"""Every figure of a line of progress by its field name: as people read it, and as machines want it.

A table asks only for those of its columns; each is worked out when it is asked for.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from ntmtrack.i18n import number
from ntmtrack.model import Programme, Tier
from ntmtrack.progress.line import Line
from ntmtrack.progress.status import Origin, Status
from ntmtrack.reports.plan_words import added_words, asked_for, cumulative_words, goal_words, goals_words, percent_words
from ntmtrack.reports.values import Bar, Cell, Coded, Gap, Signed
from ntmtrack.roadmaps.model import Target, line_title
from ntmtrack.roadmaps.shares import decimal, percent, rounded

Figure = Callable[[Line], Cell]


def for_people(keys: Iterable[str], line: Line, programme: Programme) -> list[Cell]:
    """These figures of a line as people read them; None where there is no plan, or no data."""
    return [_label(line, programme) if key == "line" else _PEOPLE[key](line) for key in keys]


def for_machines(keys: Iterable[str], line: Line) -> list[Cell]:
    """The same as machines want them: numbers as numbers, keys as keys."""
    return [(_MACHINES.get(key) or _PEOPLE[key])(line) for key in keys]


def _label(line: Line, programme: Programme) -> str:
    """What the line is called; a rule for each district with what it asks of each."""
    label = line_title(line.key, programme)
    return f"{label} ({asked_for(line.plan)})" if line.plan and line.key.each == Tier.DISTRICT else label


def _planned_cumulative(line: Line) -> Cell:
    if line.plan is None:
        return None
    if line.is_ours and line.goal:
        return _worded(line.goal.number, goal_words(line.goal))
    if line.plan.cumulative is None and (asked := goals_words(line.readings)):
        return Coded(str(line.goal.number) if line.goal else None, f"({asked})")
    return _worded(line.plan.cumulative, cumulative_words(line.plan))


def _needed(line: Line) -> Cell:
    """What the plan asks for in whole units, with its operator; every number that it may mean."""
    if line.goal:
        return _worded(line.goal.number, goal_words(line.goal))
    words = goals_words(line.readings)
    return Coded(None, words) if words else None


def _between(ends: tuple[Decimal, Decimal] | tuple[int, int] | None) -> Cell:
    """A figure, or from where to where it may lie."""
    if ends is None:
        return None
    low, high = ends
    return low if low == high else Coded(None, f"{number(low)}–{number(high)}")


def _pace_left(line: Line) -> Cell:
    return _between((rounded(line.pace_left[0], 1), rounded(line.pace_left[1], 1))) if line.pace_left else None


def _share_reached(line: Line) -> Cell:
    reached = line.share_reached
    return _between((percent(reached[0]), percent(reached[1]))) if reached else None


def _planned_percent(line: Line) -> Cell:
    if line.is_ours:
        return _percent(line.plan_share)
    if line.plan is None or line.plan.percent is None:
        return None
    alone = line.plan.operator == "=" and line.plan.percent_high is None
    return decimal(line.plan.percent) if alone else Coded(line.plan.percent, percent_words(line.plan))


def _operator(line: Line, plan: Target) -> str | None:
    """The operator of what the plan asks for: of summed additions that of the sum, none where they have no bound."""
    added = [one for one in line.goals.values() if one.origin is Origin.ADDED]
    return added[0].operator if added else plan.operator


def _planned_added(line: Line) -> Cell:
    plan = line.addition or line.plan
    return _worded(plan.added, added_words(plan)) if plan and line.is_yearly else None


def _worded(figure: int | None, words: str) -> Cell:
    """A figure that stays a number where it is printed alone, and is words with its operator or range."""
    return figure if figure is None or words == str(figure) else Coded(str(figure), words)


def _percent(share: Fraction | None) -> Decimal | None:
    return None if share is None else percent(share)


def _rate(exact: Fraction | None) -> Decimal | None:
    return None if exact is None else rounded(exact, 1)


def _signed(value: Decimal | None) -> Signed | None:
    return None if value is None else Signed(value)


def _months(line: Line) -> Signed | None:
    return _signed(_rate(line.months))


def _bar(line: Line) -> Bar | None:
    """What is reached of all units, and where the plan is."""
    if line.actual is None:
        return None
    return Bar(line.actual.reached, line.actual.total, line.goal.number if line.goal else None)


_PEOPLE: Mapping[str, Figure] = {
    "asked": lambda line: (asked_for(line.plan) or None) if line.plan else None,
    "plan_year": lambda line: line.plan.year if line.plan else None,
    "needed": _needed,
    "left": lambda line: _between(line.left),
    "pace_left": _pace_left,
    "share_reached": _share_reached,
    "plan_added": _planned_added,
    "plan_cumulative": _planned_cumulative,
    "plan_percent": _planned_percent,
    "status": lambda line: line.status,
    "total": lambda line: line.bases.get("all") or None,  # none counted: the year is still to come
    "actual_added": lambda line: line.actual and line.actual.added,
    "lost": lambda line: line.actual and line.actual.lost,
    "actual_cumulative": lambda line: line.actual and line.actual.reached,
    "gap": lambda line: None if line.gap is None else Gap(line.gap),
    "actual_percent": lambda line: _percent(line.share),
    "gap_points": lambda line: _signed(_percent(line.points)),
    "completion": lambda line: _percent(line.completion),
    "year_completion": lambda line: _percent(line.year_completion),
    "from_baseline": lambda line: _percent(line.from_baseline),
    "months_ahead": lambda line: None if line.status is Status.NOT_DUE else _months(line),  # none within a year
    "required_pace": lambda line: _rate(line.pace),
    "room": lambda line: line.actual and line.actual.room,
    "illustrative": lambda line: line.actual and line.actual.illustrative,
    "unverified": lambda line: line.actual and line.actual.unverified,
    "bar": lambda line: _bar(line),
}
_MACHINES: Mapping[str, Figure] = {
    "tier": lambda line: line.key.tier.value,
    "measure": lambda line: line.key.measure,
    "level": lambda line: line.level.key if line.level else None,
    "counts": lambda line: line.key.counts,
    "within": lambda line: line.key.within,
    "each": lambda line: line.key.each,
    "name": lambda line: line.key.name,
    "year": lambda line: line.year,
    "operator": lambda line: _operator(line, line.plan) if line.plan else None,
    "needed": lambda line: line.goal.number if line.goal else None,
    "left": lambda line: line.left[0] if line.left and line.left[0] == line.left[1] else None,
    "plan_added": lambda line: line.plan.added if line.plan and line.is_yearly else None,
    "plan_cumulative": lambda line: line.plan.cumulative if line.plan and not line.is_ours else None,
    "plan_added_high": lambda line: line.plan.added_high if line.plan and line.is_yearly else None,
    "plan_cumulative_high": lambda line: line.plan.cumulative_high if line.plan and not line.is_ours else None,
    "plan_percent_high": lambda line: decimal(line.plan.percent_high) if line.plan and not line.is_ours else None,
    "plan_percent": lambda line: decimal(line.plan.percent) if line.plan and not line.is_ours else None,
    "months_ahead": lambda line: _months(line),
    "denominator": lambda line: line.base,
    "share_of": lambda line: line.plan.share_of if line.plan else "all",
}
