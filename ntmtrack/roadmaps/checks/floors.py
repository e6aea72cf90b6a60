"""What the years of a plan add is the least that a later count in all can be, whatever the plan leaves open."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ntmtrack.roadmaps.checks.intervals import Field, Interval, amount, bounds, is_exact
from ntmtrack.roadmaps.checks.sums import Sum, adding_at, broken, chains, ends_of_period, expected, one_a_year
from ntmtrack.roadmaps.findings import Finding, Ground
from ntmtrack.targets import Roadmap, Target


def findings(plan: Roadmap, ground: Ground) -> Iterator[Finding]:
    """Every count below what the years up to it add, where the check of sums has no sum to hold it against.

    Example: 5 in 2021 and 7 in 2022, but 5 in all in 2024.
    """
    for figures in chains(plan):
        ends = [target for target in plan.targets if target.is_headline and figures and target.line == figures[0].line]
        for figure in (*figures, *ends):
            counted = bounds(figure, "cumulative")
            least = _least(figures, figure) if counted and not _is_summed(plan, figures, figure) else None
            if least and counted and least.total.above(counted):
                yield broken(least, figure, counted, ground)


def _is_summed(plan: Roadmap, figures: Sequence[Target], figure: Target) -> bool:
    """Whether other checks speak of the figure: it has a sum, or adds more itself than it has in all."""
    if figure.is_headline:
        return bool(ends_of_period(plan, figure))
    added, counted = bounds(figure, "added"), bounds(figure, "cumulative")
    return bool(expected(figures, figure)) or bool(added and counted and added.above(counted))


def _least(figures: Sequence[Target], figure: Target) -> Sum | None:
    """What the count printed last before a figure, none at first, and the additions since then come to at least.

    What was reached is not held against what was only aimed at. None where nothing is added.
    """
    aimed, whole = figure.nature == "target", figure.is_headline
    earlier = [
        one
        for one in figures
        if one.year < figure.year + whole and one is not figure and (aimed or one.nature != "target")
    ]
    year = max((one.year for one in earlier if one.cumulative is not None), default=0)
    start = one_a_year([one for one in earlier if one.year == year and one.cumulative is not None])
    own = None if whole else adding_at(figures, figure)
    added = [*one_a_year([one for one in earlier if one.year > year]), *([own] if own else [])]
    terms: list[tuple[Target, Field]] = [(one, "cumulative") for one in start]
    terms += [(one, "added") for one in added if one.added is not None]
    if len(terms) == len(start):
        return None
    counts = [found for one, field in terms if (found := bounds(one, field))]
    low = sum((count.low for count in counts), Fraction(0))
    said = " + ".join(f"{amount(one, field)} ({one.year})" for one, field in terms)
    return Sum(said, Interval(low, low if all(map(is_exact, counts)) else None), gapless=True)
