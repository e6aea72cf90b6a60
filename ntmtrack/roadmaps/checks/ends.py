"""Số cuối năm, cuối kỳ: the count that a figure comes to where only additions are printed."""

from ntmtrack.roadmaps.checks.intervals import bounds, is_exact
from ntmtrack.roadmaps.checks.printed import amount
from ntmtrack.roadmaps.checks.sums import Sum, chain_of, expected, run_up
from ntmtrack.targets import Roadmap, Target


def derived(plan: Roadmap, target: Target) -> Sum | None:
    """The one count that the plan's other figures come to at the end of a figure's year; None where they leave it open.

    Of a year, the count before and what it adds; of a period, its years, else the starting figure and what it adds.
    """
    figures = chain_of(plan, target)
    sums = expected(figures, target) if target.span == "year" else ends_of_period(plan, target)
    return next((each for each in sums if each.gapless and is_exact(each.total)), None)


def ends_of_period(plan: Roadmap, headline: Target) -> list[Sum]:
    """What the years of a period come to at its end, then what its own addition makes of the starting figure."""
    figures = chain_of(plan, headline)
    found = [each for each in run_up([figure for figure in figures if figure.year <= headline.year]) if each.gapless]
    complete = [figure.year for figure in figures][-1:] == [headline.year]
    return [*(found if complete else []), *from_start(plan, headline)]


def from_start(plan: Roadmap, headline: Target) -> list[Sum]:
    """The starting figure that the plan prints, with what the period adds.

    Example: 79 (2020) + 37 = 116.
    """
    added = bounds(headline, "added")
    start = next(iter(starts(plan, headline)), None)
    count = bounds(start, "cumulative") if start else None
    if start is None or count is None or added is None:
        return []
    terms = f"{amount(start, 'cumulative')} ({start.year}) + {amount(headline, 'added')}"
    return [Sum(terms, count.plus(added), gapless=True)]


def starts(plan: Roadmap, target: Target) -> list[Target]:
    """The counts of the line that the plan prints for the end of its base year."""
    figures = chain_of(plan, target)
    return [each for each in figures if each.nature != "target" and each.year == plan.base_year and each.cumulative]
