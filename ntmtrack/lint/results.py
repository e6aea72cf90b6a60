"""Kết quả đã có: what was reached before, and targets below it."""

from collections.abc import Iterator
from typing import NamedTuple

from ntmtrack.i18n import _, number
from ntmtrack.lint.base import Finding, LintContext, Weight, finding
from ntmtrack.lint.bases import counts_units
from ntmtrack.lint.intervals import amount, bounds, is_exact, percent_bounds, percent_text, printed_ends
from ntmtrack.roadmaps.model import LineKey, Roadmap, Target

RESULTS = ("baseline", "actual")
LAST_MONTH = 12


def is_of_running_year(plan: Roadmap, figure: Target) -> bool:
    """Whether it is a result of the very year in which the plan was issued, of which more may come."""
    return figure.nature == "actual" and figure.year == plan.issued_by.year and plan.issued_by.month < LAST_MONTH


def own_results(plan: Roadmap, target: Target) -> list[Target]:
    """The results of the same line that the plan prints for an earlier day than a target's, the latest first."""
    alike = [other for other in plan.targets if other.line == target.line and other.nature in RESULTS]
    earlier = [
        other
        for other in alike
        if other.span == "year"
        and (other.year < target.year or (other.year == target.year and is_of_running_year(plan, other)))
    ]
    return sorted(earlier, key=lambda other: -other.year)


def counts_before(plan: Roadmap, target: Target) -> list[int]:
    """The counts of the line that the plan prints last before a figure: its result, and its target."""
    earlier = [
        other
        for other in plan.targets
        if (other.line, other.span) == (target.line, "year") and other.year < target.year
        if (count := bounds(other, "cumulative")) and count.low == count.high
    ]
    last = [
        max((other for other in earlier if (other.nature in RESULTS) is result), key=lambda o: o.year, default=None)
        for result in (True, False)
    ]
    return [other.cumulative or 0 for other in last if other]


class Shortfall(NamedTuple):
    """A target that asks for less than there was, and the sentence that says so."""

    target: Target
    text: str


def check_results(plan: Roadmap, ground: LintContext) -> Iterator[Finding]:
    """The last target of each line that asks for fewer units, or a smaller share, than had reached the level.

    Example: "≥ 75" communes for 2025, when 79 were reached in 2020.
    """
    last: dict[LineKey, Shortfall] = {}
    for target in plan.targets:
        if _counts_up(target) and (text := _below_own(plan, target) or _below_ledger(plan, target, ground)):
            earlier = last.get(target.line)
            if earlier is None or earlier.target.year < target.year:
                last[target.line] = Shortfall(target, text)
    for shortfall in last.values():
        yield finding("reached", Weight.DOUBT, shortfall.target, ground, shortfall.text)


def _counts_up(target: Target) -> bool:
    """Whether it is a target for units at a level or above it."""
    aimed = target.nature == "target" and bool(target.levels) and target.each is None
    return aimed and target.operator not in ("<=", "<") and target.counts == "at-least"


def _below_own(plan: Roadmap, target: Target) -> str:
    """What the plan's own latest result says, where it is above the target."""
    for result in own_results(plan, target):
        had, share = bounds(result, "cumulative"), percent_bounds(result)
        if target.cumulative is not None and had and is_exact(had):
            if _asked(target) < had.low and not _fewer_units(target, result):
                return _own(amount(target, "cumulative"), amount(result, "cumulative"), result)
            return ""
        if target.percent is not None and share and result.share_of == target.share_of == "all":
            asked = percent_bounds(target._replace(operator="="))
            return _own(percent_text(target), percent_text(result), result) if asked and share.above(asked) else ""
    return ""


def _own(target: str, reached: str, result: Target) -> str:
    words = {"target": target, "reached": reached, "year": result.year, "cite": result.cite}
    return _("the target is {target}, below the {reached} that the plan has reached in {year} ({cite})").format(**words)


def _fewer_units(target: Target, result: Target) -> bool:
    """Whether a count may fall because there are fewer units in all: 79 of 118 before a merger, 75 of 98 after it."""
    return None not in (target.total, result.total) and (target.total or 0) < (result.total or 0)


def _below_ledger(plan: Roadmap, target: Target, ground: LintContext) -> str:
    """What the ledger had on the plan's day, where it is above a target still ahead."""
    if target.cumulative is None or target.year < plan.issued_by.year or target.within or own_results(plan, target):
        return ""
    had = _had(target, ground)
    if _asked(target) >= had:
        return ""
    words = {"target": amount(target, "cumulative"), "reached": number(had)}
    return _("the target is {target}, but {reached} had been reached when the plan was issued").format(**words)


def _had(target: Target, ground: LintContext) -> int:
    """What the ledger has of the lowest level that the figure counts."""
    ranks = {level.key: level.rank for level in ground.programme.levels}
    levels = sorted(target.levels, key=lambda level: ranks.get(level, 0)) if counts_units(target) else []
    return ground.reached.get((target.tier, levels[0]), 0) if levels else 0


def _asked(target: Target) -> int:
    low, high = printed_ends(target, "cumulative")
    return (high or low or 0) + (target.operator == ">")
