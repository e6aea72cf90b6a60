"""Every figure of a line of progress as a column: as people read it, and as machines want it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from ntmtrack.i18n import _, number
from ntmtrack.model import Programme, Tier
from ntmtrack.programmes import of_year
from ntmtrack.programmes.ladders import LADDERS, OWN, set_key, set_words
from ntmtrack.progress.line import Line
from ntmtrack.progress.status import Origin, Status
from ntmtrack.reports import Bar, CellKind, CellValue, Column, LabelledCode, SignedDecimal, SignedInt, Table
from ntmtrack.reports.labels import roadmap_label, sentence
from ntmtrack.reports.plan_words import added_words, asked_for, cumulative_words, goal_words, goals_words, percent_words
from ntmtrack.roadmaps import Target, line_title
from ntmtrack.roadmaps.shares import decimal, percent, rounded

if TYPE_CHECKING:
    from ntmtrack.reports.figures import PlanLines


Getter = Callable[[Line], CellValue]


def shown_cell(key: str, line: Line) -> CellValue:
    """A figure of a line as people read it; None where there is no plan, or no data."""
    return _PEOPLE[key](line)


def figure(key: str, title: str, kind: CellKind = CellKind.TEXT, group: str = "") -> Column[Line]:
    """The column of a figure as people read it."""
    return Column(key, title, kind, group, _PEOPLE[key])


def tidy_figure(key: str, kind: CellKind = CellKind.TEXT) -> Column[Line]:
    """The column of a figure as machines want it: numbers as numbers, keys as keys."""
    return Column(key, key, kind, of=_MACHINES.get(key) or _PEOPLE[key])


def label_column(title: str, programme: Programme) -> Column[Line]:
    """The column of what each line is called."""
    return Column("line", title, of=lambda line: _label(line, programme))


def label_in_set(heading: str, programme: Programme) -> Column[Line]:
    """The same under a heading that says by which set of levels they are counted."""
    return Column("line", heading, of=lambda line: _label(line._replace(key=line.key._replace(of_set=None)), programme))


def by_ladder(lines: Sequence[Line], programme: Programme) -> list[tuple[str, str, list[Line]]]:
    """The lines of each ladder, after its name and the heading of their column; of one alone a target is a target."""
    if programme.kept is None:
        return [(OWN, _("Target"), [*lines])]
    parts = {ladder: [line for line in lines if line.key.ladder == ladder] for ladder in LADDERS}
    return [(ladder, sentence(set_words(ladder, programme)), of) for ladder, of in parts.items() if of]


def has_sets(lines: Iterable[Line]) -> bool:
    """Whether any line is of a year in which two sets of levels are counted."""
    return any(of_year(year).kept for year in {line.year for line in lines})


def _label(line: Line, programme: Programme) -> str:
    """What the line is called; a rule for each district with what it asks of each."""
    label = line_title(line.key, programme)
    return f"{label} ({asked_for(line.plan)})" if line.plan and line.key.each == Tier.DISTRICT else label


def _planned_cumulative(line: Line) -> CellValue:
    if line.plan is None:
        return None
    if line.is_ours and line.goal:
        return _worded(line.goal.number, goal_words(line.goal))
    if line.plan.cumulative is None and (asked := goals_words(line.readings)):
        return LabelledCode(str(line.goal.number) if line.goal else None, f"({asked})")
    return _worded(line.plan.cumulative, cumulative_words(line.plan))


def _needed(line: Line) -> CellValue:
    """What the plan asks for in whole units, with its operator; every number that it may mean."""
    if line.goal:
        return _worded(line.goal.number, goal_words(line.goal))
    words = goals_words(line.readings)
    return LabelledCode(None, words) if words else None


def _between(ends: tuple[Decimal, Decimal] | tuple[int, int] | None) -> CellValue:
    """A figure, or the two ends between which it lies: 12, "11–12"."""
    if ends is None:
        return None
    low, high = ends
    return low if low == high else LabelledCode(None, f"{number(low)}–{number(high)}")


def _pace_left(line: Line) -> CellValue:
    return _between((rounded(line.pace_left[0], 1), rounded(line.pace_left[1], 1))) if line.pace_left else None


def _share_reached(line: Line) -> CellValue:
    reached = line.share_reached
    return _between((percent(reached[0]), percent(reached[1]))) if reached else None


def _planned_percent(line: Line) -> CellValue:
    if line.is_ours:
        return _percent(line.plan_share)
    if line.plan is None or line.plan.percent is None:
        return None
    alone = line.plan.operator == "=" and line.plan.percent_high is None
    return decimal(line.plan.percent) if alone else LabelledCode(line.plan.percent, percent_words(line.plan))


def _operator(line: Line, plan: Target) -> str | None:
    """The operator of what the plan asks for: of summed additions that of the sum, none where they have no bound."""
    added = [goal for goal in line.goals.values() if goal.origin is Origin.ADDED]
    return added[0].operator if added else plan.operator


def _planned_added(line: Line) -> CellValue:
    plan = line.addition or line.plan
    return _worded(plan.added, added_words(plan)) if plan and line.is_yearly else None


def _worded(figure: int | None, words: str) -> CellValue:
    """A figure as a number where it is printed alone, else in words with its operator or range: 45, "≥ 93", "8–9"."""
    return figure if figure is None or words == str(figure) else LabelledCode(str(figure), words)


def _percent(share: Fraction | None) -> Decimal | None:
    return None if share is None else percent(share)


def _rate(exact: Fraction | None) -> Decimal | None:
    return None if exact is None else rounded(exact, 1)


def _signed(value: Decimal | None) -> SignedDecimal | None:
    return None if value is None else SignedDecimal(value)


def _months(line: Line) -> SignedDecimal | None:
    return _signed(_rate(line.months))


def _bar(line: Line) -> Bar | None:
    """What is reached of all units, and where the plan is."""
    if line.actual is None:
        return None
    return Bar(line.actual.reached, line.actual.total, line.goal.number if line.goal else None)


_PEOPLE: Mapping[str, Getter] = {
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
    "actual_added": lambda line: line.actual.added if line.actual and (line.level or line.key.each) else None,
    "lost": lambda line: line.actual.lost if line.actual and line.level else None,
    "actual_cumulative": lambda line: line.actual and line.actual.reached,
    "gap": lambda line: None if line.gap is None else SignedInt(line.gap),
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
    "value": lambda line: rounded(line.value.number, 2) if line.value else None,
}
_MACHINES: Mapping[str, Getter] = {
    "set": lambda line: set_key(of_year(line.year), line.key.ladder),
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


def other_years_tables(lines: Sequence[Line], programme: Programme) -> list[Table]:
    """The targets that are printed for another year than the one asked about, each with its year."""
    others = [line for line in lines if line.is_of_another_year]
    if not others:
        return []
    title = _("Targets not due yet") if _none_due(others) else _("Targets of other years")
    return [Table.of("other-years", title, others, _with_year(others, programme))]


def beside_tables(beside: Sequence["PlanLines"], programme: Programme) -> list[Table]:
    """The plans beside the main one, of which anything can be counted."""
    return [_beside(plan, programme) for plan in beside if any(line.bases for line in plan.lines)]


def _beside(compared: "PlanLines", programme: Programme) -> Table:
    """A plan beside the main one, in few columns: what it asks for, what was reached."""
    assert compared.plan is not None
    counted = [line for line in compared.lines if line.bases]
    text = (
        _("Beside it, not due yet: {plan}, for {scope}") if _none_due(counted) else _("Beside it: {plan}, for {scope}")
    )
    title = text.format(plan=roadmap_label(compared.plan), scope=compared.plan.scope_name)
    return Table.of(f"beside-{compared.plan.key}", title, counted, _with_year(counted, programme))


def _none_due(lines: Sequence[Line]) -> bool:
    """Whether all of these are targets of later years: then the title says so, and no gap is shown."""
    return all(line.is_later for line in lines)


def _with_year(lines: Sequence[Line], programme: Programme) -> list[Column[Line]]:
    """The columns of targets that stand with their own year: of those not due what is left, of the others the gap."""
    not_due = any(line.status is Status.NOT_DUE for line in lines)
    due = not _none_due(lines)
    return [
        label_column(_("Target"), programme),
        figure("plan_year", _("By"), CellKind.YEAR),
        figure("asked", _("Plan")),
        figure("needed", _("needed"), CellKind.COUNT),
        figure("actual_cumulative", _("actual"), CellKind.COUNT),
        *([figure("actual_percent", _("Per cent"), CellKind.PERCENT)] if due else []),
        *([figure("share_reached", _("% of plan"), CellKind.PERCENT)] if not_due else []),
        *([figure("left", _("left"), CellKind.COUNT)] if not_due else []),
        *([figure("pace_left", _("a year"), CellKind.RATE)] if not_due else []),
        *([figure("gap", _("gap"), CellKind.COUNT)] if due else []),
        *([figure("status", _("Status"), CellKind.STATUS)] if due else []),
        figure("bar", _("┃ plan"), CellKind.BAR),
    ]
