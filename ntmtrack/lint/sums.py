"""Year by year: the count before and what is added give the count of the year, which does not fall."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ntmtrack.i18n import _
from ntmtrack.lint import (
    Finding,
    Interval,
    LintContext,
    Weight,
    amount,
    bounds,
    finding,
    interval_text,
    is_exact,
    operator_of,
    percent_bounds,
    percent_text,
)
from ntmtrack.lint.levels import is_of_running_year
from ntmtrack.roadmaps import Roadmap, Target, by_line
from ntmtrack.roadmaps.shares import at_common_places


def check_sums(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """Every cumulative figure that the one before and what is added do not give, and every fall."""
    yield from check_broken_sums(plan, context)
    yield from check_falls(plan, context)


NOT_SUMMED = ("criteria-below", "criteria-average")  # counts that are meant to fall, and averages


class Sum(NamedTuple):
    """What the figures before a year and those added come to, as text too."""

    terms: str
    total: Interval
    gapless: bool


def check_broken_sums(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """Every cumulative figure that the one before and what is added do not give.

    Example: 39 in 2024 and 2 more are 41, but 40 is printed for 2025.
    """
    for figures in yearly_chains(plan):
        for figure in figures:
            yield from _of_year(figures, figure, context)


def yearly_chains(plan: Roadmap) -> list[list[Target]]:
    """The figures of year ends of every line whose counts add up, by year."""
    lines = [
        _year_ends(plan, [figure for figure in figures if figure.span == "year"])
        for line, figures in by_line(plan.targets).items()
        if line.counts == "at-least" and line.measure not in NOT_SUMMED
    ]
    return [sorted(figures, key=lambda figure: figure.year) for figures in lines]


def _year_ends(plan: Roadmap, figures: Sequence[Target]) -> list[Target]:
    """The figures without those of the midst of a year whose end is printed too.

    Alone, such a figure says that the year ends with at least so many. Example: a plan of July 2022 prints 95 for now
    and 101 for the end of 2022: the 12 of 2023 come on top of 101.
    """
    amidst = [figure for figure in figures if is_of_running_year(plan, figure) or figure.due_on]
    kept = [figure for figure in figures if figure not in amidst]
    ended = {figure.year for figure in kept}
    open_ended = (figure for figure in amidst if figure.year not in ended and figure.operator == "=")
    return [*kept, *(figure._replace(operator=">=") for figure in open_ended)]


def yearly_chain(plan: Roadmap, target: Target) -> list[Target]:
    """The yearly figures of a figure's line, by year; none where its counts do not add up."""
    return next((figures for figures in yearly_chains(plan) if figures and figures[0].line == target.line), [])


def expected_sums(figures: Sequence[Target], figure: Target) -> list[Sum]:
    """What the cumulative count should be, from each figure of the last earlier year that prints one."""
    adding = adding_at(figures, figure)
    if adding is None:
        return []
    return sums_since_last_count([before for before in figures if before.year < figure.year], [adding])


def adding_at(figures: Sequence[Target], figure: Target) -> Target | None:
    """The figure that prints what is added: itself, or one beside it where that has another sign than the count."""
    if figure.added is not None:
        return figure
    same = (figure.year, figure.nature)
    return next(
        (
            other
            for other in figures
            if (other.year, other.nature) == same and other.added is not None and other.cumulative is None
        ),
        None,
    )


def sums_since_last_count(earlier: Sequence[Target], last: Sequence[Target] = ()) -> list[Sum]:
    """The last cumulative counts of `earlier`, results before targets, with all that is added after them.

    `last` are the figures after them. None where one of them leaves its addition open.
    """
    year = max((before.year for before in earlier if before.cumulative is not None), default=None)
    after = [*one_a_year([before for before in earlier if year is not None and before.year > year]), *last]
    if year is None or any(target.added is None for target in after):
        return []
    starts = [before for before in earlier if before.year == year and before.cumulative is not None]
    return [_sum(start, after) for start in sorted(starts, key=lambda start: start.nature == "target")]


def one_a_year(figures: Sequence[Target], *, results: bool = True) -> list[Target]:
    """Of each year its result where one is printed beside the target, or its target; of two the one that adds."""
    chosen: dict[int, Target] = {}
    for figure in figures:
        before = chosen.get(figure.year)
        if before is None or _goes_before(figure, before, results=results):
            chosen[figure.year] = figure
    return list(chosen.values())


def _goes_before(figure: Target, other: Target, *, results: bool) -> bool:
    if figure.nature == other.nature and (figure.added is None) != (other.added is None):
        return figure.added is not None
    return (other.nature == "target") is results


def _sum(start: Target, added: Sequence[Target]) -> Sum:
    total = bounds(start, "cumulative")
    assert total is not None
    for figure in added:
        more = bounds(figure, "added")
        assert more is not None
        total = total.plus(more)
    terms = " + ".join(
        [f"{amount(start, 'cumulative')} ({start.year})", *(amount(target, "added") for target in added)]
    )
    gapless = [figure.year for figure in added] == list(range(start.year + 1, start.year + 1 + len(added)))
    return Sum(terms, total, gapless)


def _of_year(figures: Sequence[Target], figure: Target, context: LintContext) -> Iterator[Finding]:
    cumulative = bounds(figure, "cumulative")
    if cumulative is None:
        return
    sums = expected_sums(figures, figure)
    if sums and all(added_up.total.apart(cumulative) for added_up in sums):
        yield broken_sum(sums[0], figure, cumulative, context)
    elif not sums and figure.added is not None:
        yield from addition_above_count(figure, "sum", context)


def broken_sum(run_up_to: Sum, figure: Target, cumulative: Interval, context: LintContext) -> Finding:
    """A contradiction; only a doubt where units may have been added in years that the plan leaves out."""
    words = {"sum": f"{run_up_to.terms} = {interval_text(run_up_to.total)}", "printed": amount(figure, "cumulative")}
    text = _("{sum}, but {printed} is printed").format(**words)
    possible = not run_up_to.gapless and cumulative.above(run_up_to.total)
    return finding("sum", Weight.DOUBT if possible else Weight.CONTRADICTION, figure, context, text)


def addition_above_count(figure: Target, check: str, context: LintContext) -> Iterator[Finding]:
    """A figure that adds more than it has in all.

    Example: 9 added, and 8 in all.
    """
    added, cumulative = bounds(figure, "added"), bounds(figure, "cumulative")
    if added and cumulative and added.above(cumulative):
        words = {"added": amount(figure, "added"), "cumulative": amount(figure, "cumulative")}
        text = _("{added} are added, more than the {cumulative} in all").format(**words)
        yield finding(check, Weight.CONTRADICTION, figure, context, text)


def derived_sum(plan: Roadmap, target: Target) -> Sum | None:
    """The one count that the plan's other figures come to at the end of a figure's year; None where they leave it open.

    Of a year, the count before and what it adds; of a period, its years, else the starting figure and what it adds.
    """
    figures = yearly_chain(plan, target)
    sums = expected_sums(figures, target) if target.span == "year" else ends_of_period(plan, target)
    return next((added_up for added_up in sums if added_up.gapless and is_exact(added_up.total)), None)


def ends_of_period(plan: Roadmap, headline: Target) -> list[Sum]:
    """What the years of a period come to at its end, then what its own addition makes of the starting figure."""
    figures = yearly_chain(plan, headline)
    sums = [
        added_up
        for added_up in sums_since_last_count([figure for figure in figures if figure.year <= headline.year])
        if added_up.gapless
    ]
    complete = [figure.year for figure in figures][-1:] == [headline.year]
    return [*(sums if complete else []), *sums_from_start(plan, headline)]


def sums_from_start(plan: Roadmap, headline: Target) -> list[Sum]:
    """The starting figure that the plan prints, with what the period adds.

    Example: 79 (2020) + 37 = 116.
    """
    added = bounds(headline, "added")
    start = next(iter(starting_figures(plan, headline)), None)
    count = bounds(start, "cumulative") if start else None
    if start is None or count is None or added is None:
        return []
    terms = f"{amount(start, 'cumulative')} ({start.year}) + {amount(headline, 'added')}"
    return [Sum(terms, count.plus(added), gapless=True)]


def starting_figures(plan: Roadmap, target: Target) -> list[Target]:
    """The counts of the line that the plan prints for the end of its base year."""
    figures = yearly_chain(plan, target)
    return [
        figure
        for figure in figures
        if figure.nature != "target" and figure.year == plan.base_year and figure.cumulative
    ]


def check_falls(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """Every fall that the check of sums does not speak of already, and every rise of what should fall.

    Example: 41 in 2023, but 40 in 2024; 2 communes under 15 criteria in 2023, but 4 in 2024.
    """
    for line, figures in by_line(plan.targets).items():
        if line.measure == "criteria-below":
            yield from _rises(_counts(figures), context)
        elif figures[0].levels and line.counts == "at-least":
            rising = [figure for figure in figures if figure.operator not in ("<=", "<")]
            yield from _falls(_counts(rising), context)
            yield from _shares_fall(_shares(rising), context)


def _counts(figures: Iterable[Target]) -> list[Target]:
    return _yearly([figure for figure in figures if figure.cumulative is not None])


def _shares(figures: Iterable[Target]) -> list[Target]:
    """Those of all units; a share of those at another level may fall as these grow in number."""
    return _yearly([figure for figure in figures if figure.percent is not None and figure.share_of == "all"])


def _yearly(printing: Sequence[Target]) -> list[Target]:
    """The figures by year; the period's own only where its last year has none."""
    years = {figure.year for figure in printing if figure.span == "year"}
    chosen = [figure for figure in printing if figure.span == "year" or figure.year not in years]
    return sorted(chosen, key=lambda figure: figure.year)


def _unlike_results(figures: Sequence[Target]) -> Iterator[tuple[Target, Target]]:
    """Neighbours, but for a target after a result: that it is reached already is another check's."""
    for before, after in pairwise(figures):
        if before.nature == "target" or after.nature != "target":
            yield before, after


def _falls(figures: Sequence[Target], context: LintContext) -> Iterator[Finding]:
    for before, after in _unlike_results(figures):
        earlier, later = bounds(before, "cumulative"), bounds(after, "cumulative")
        spoken_of = after.span == "year" and expected_sums(figures, after)
        if earlier and later and before.year < after.year and earlier.above(later) and not spoken_of:
            words = {"before": amount(before, "cumulative"), "after": amount(after, "cumulative"), "year": before.year}
            text = _("{before} in {year}, but only {after} now: a cumulative figure falls").format(**words)
            yield finding("monotone", Weight.DOUBT, after, context, text)


def _shares_fall(figures: Sequence[Target], context: LintContext) -> Iterator[Finding]:
    """Falls of a share, where no two counts beside them tell the same."""
    for before, after in _unlike_results(figures):
        counted = None not in (before.cumulative, after.cumulative)
        if before.year < after.year and not counted and _is_less(after, before):
            words = {"before": percent_text(before), "after": percent_text(after), "year": before.year}
            text = _("{before} in {year}, but only {after} now: a share that should grow falls").format(**words)
            yield finding("monotone", Weight.DOUBT, after, context, text)


def _is_less(later: Target, earlier: Target) -> bool:
    """Whether the later per cent is surely the smaller."""
    if {operator_of(figure, "percent") for figure in (later, earlier)} == {"="}:
        now, then = at_common_places(later.percent or "", earlier.percent or "")
        return now < then
    now_bounds, then_bounds = percent_bounds(later), percent_bounds(earlier)
    return bool(now_bounds and then_bounds and then_bounds.above(now_bounds))


def _rises(figures: Sequence[Target], context: LintContext) -> Iterator[Finding]:
    for before, after in pairwise(figures):
        earlier, later = before.cumulative or 0, after.cumulative or 0
        if before.year < after.year and later > earlier and before.operator == after.operator != ">=":
            words = {"before": amount(before, "cumulative"), "after": amount(after, "cumulative"), "year": before.year}
            text = _("{before} in {year}, but {after} now: a figure that should fall rises").format(**words)
            yield finding("monotone", Weight.DOUBT, after, context, text)
