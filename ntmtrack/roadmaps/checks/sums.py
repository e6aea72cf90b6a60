"""Year by year: the cumulative count of the year before and what is added give the cumulative count of the year."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ntmtrack.i18n import _
from ntmtrack.roadmaps.checks.intervals import Interval, bounds, shown
from ntmtrack.roadmaps.checks.printed import amount
from ntmtrack.roadmaps.checks.words import finding
from ntmtrack.roadmaps.findings import Finding, Ground, Weight
from ntmtrack.targets import Roadmap, Target, by_line

NOT_SUMMED = ("criteria-below", "criteria-average")  # counts that are meant to fall, and averages


class Sum(NamedTuple):
    """What the figures before a year and those added come to, as text too."""

    terms: str
    total: Interval
    gapless: bool


def findings(plan: Roadmap, ground: Ground) -> Iterator[Finding]:
    """Every cumulative figure that the one before and what is added do not give."""
    for figures in chains(plan):
        for figure in figures:
            yield from _of_year(figures, figure, ground)


def chains(plan: Roadmap) -> list[list[Target]]:
    """The yearly figures of every line whose counts add up, by year."""
    lines = [
        [figure for figure in figures if figure.span == "year"]
        for line, figures in by_line(plan.targets).items()
        if line.counts == "at-least" and line.measure not in NOT_SUMMED
    ]
    return [sorted(figures, key=lambda figure: figure.year) for figures in lines]


def chain_of(plan: Roadmap, target: Target) -> list[Target]:
    """The yearly figures of a figure's line, by year; none where its counts do not add up."""
    return next((figures for figures in chains(plan) if figures and figures[0].line == target.line), [])


def expected(figures: Sequence[Target], figure: Target) -> list[Sum]:
    """What the cumulative count should be, from each figure of the last earlier year that prints one."""
    if figure.added is None:
        return []
    return run_up([before for before in figures if before.year < figure.year], [figure])


def run_up(earlier: Sequence[Target], last: Sequence[Target] = ()) -> list[Sum]:
    """The last cumulative counts of `earlier`, results before targets, with all that is added after them.

    `last` are the figures after them. None where one of them leaves its addition open.
    """
    year = max((before.year for before in earlier if before.cumulative is not None), default=None)
    after = [*_one_a_year([before for before in earlier if year is not None and before.year > year]), *last]
    if year is None or any(each.added is None for each in after):
        return []
    starts = [before for before in earlier if before.year == year and before.cumulative is not None]
    return [_sum(start, after) for start in sorted(starts, key=lambda start: start.nature == "target")]


def _one_a_year(figures: Sequence[Target]) -> list[Target]:
    """Of each year its result where one is printed beside the target."""
    chosen: dict[int, Target] = {}
    for figure in figures:
        if figure.year not in chosen or chosen[figure.year].nature == "target":
            chosen[figure.year] = figure
    return list(chosen.values())


def _sum(start: Target, added: Sequence[Target]) -> Sum:
    total = bounds(start, "cumulative")
    assert total is not None
    for figure in added:
        more = bounds(figure, "added")
        assert more is not None
        total = total.plus(more)
    terms = " + ".join([f"{amount(start, 'cumulative')} ({start.year})", *(amount(each, "added") for each in added)])
    gapless = [figure.year for figure in added] == list(range(start.year + 1, start.year + 1 + len(added)))
    return Sum(terms, total, gapless)


def _of_year(figures: Sequence[Target], figure: Target, ground: Ground) -> Iterator[Finding]:
    cumulative = bounds(figure, "cumulative")
    if cumulative is None:
        return
    sums = expected(figures, figure)
    if sums and all(each.total.apart(cumulative) for each in sums):
        yield _broken(sums[0], figure, cumulative, ground)
    elif not sums and figure.added is not None:
        yield from more_added(figure, "sum", ground)


def _broken(found: Sum, figure: Target, cumulative: Interval, ground: Ground) -> Finding:
    """A contradiction; only a doubt where units may have been added in years that the plan leaves out."""
    words = {"sum": f"{found.terms} = {shown(found.total)}", "printed": amount(figure, "cumulative")}
    text = _("{sum}, but {printed} is printed").format(**words)
    possible = not found.gapless and cumulative.above(found.total)
    return finding("sum", Weight.DOUBT if possible else Weight.CONTRADICTION, figure, ground, text)


def more_added(figure: Target, check: str, ground: Ground) -> Iterator[Finding]:
    """A figure that adds more than it has in all."""
    added, cumulative = bounds(figure, "added"), bounds(figure, "cumulative")
    if added and cumulative and added.above(cumulative):
        words = {"added": amount(figure, "added"), "cumulative": amount(figure, "cumulative")}
        text = _("{added} are added, more than the {cumulative} in all").format(**words)
        yield finding(check, Weight.CONTRADICTION, figure, ground, text)
