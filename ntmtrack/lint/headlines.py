"""The period's own figures against those of its years, and the least that the years add up to."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from ntmtrack.i18n import _
from ntmtrack.lint import (
    NOTHING,
    CountField,
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
    percent_text,
)
from ntmtrack.lint.sums import (
    Sum,
    adding_at,
    addition_above_count,
    broken_sum,
    ends_of_period,
    expected_sums,
    one_a_year,
    starting_figures,
    sums_from_start,
    yearly_chain,
    yearly_chains,
)
from ntmtrack.roadmaps import Roadmap, Target
from ntmtrack.roadmaps.shares import at_common_places


def check_headlines(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """Every figure of the period that its years, or the starting figure, contradict."""
    for headline in plan.targets:
        if headline.span == "period" and headline.begins_on is None:  # else of some of its years
            figures = yearly_chain(plan, headline)
            years = [figure for figure in figures if plan.base_year < figure.year <= headline.year]
            yield from _added(headline, figures, years, plan, context)
            yield from _cumulative(headline, figures, context)
            yield from _percent(headline, figures, context)
            yield from _end(plan, headline, figures, context)
            yield from _start(plan, headline, figures, context)


def _added(
    headline: Target, figures: Sequence[Target], years: Sequence[Target], plan: Roadmap, context: LintContext
) -> Iterator[Finding]:
    """What the years add against what the period does.

    Example: 3 + 21 + 15 + 2 = 41, but 40 for the period.
    """
    sums = [_sum_beside(headline, figures, one_a_year(years, results=results), plan) for results in (True, False)]
    if all(sums):
        text = _("the years add {sum}, but {printed} is printed for the period")
        text = text.format(sum=sums[0], printed=amount(headline, "added"))
        yield finding("headline", Weight.CONTRADICTION, headline, context, text)


def _sum_beside(headline: Target, figures: Sequence[Target], years: Sequence[Target], plan: Roadmap) -> str:
    """The sum of the years where it cannot be that of the period; "" where it can, or is not known."""
    whole, additions = bounds(headline, "added"), _additions(figures, years)
    total = NOTHING
    for addition in additions:
        total = total.plus(addition)
    if whole is None or not additions:
        return ""
    if total.above(whole) or (whole.above(total) and _every_year(figures, years, headline, plan)):
        terms = " + ".join(interval_text(addition) for addition in additions if addition != NOTHING)
        return f"{terms} = {interval_text(total)}"
    return ""


def _additions(figures: Sequence[Target], years: Sequence[Target]) -> list[Interval]:
    """What each printed year adds; nothing at all where one year leaves it open."""
    intervals = [bounds(year, "added") or _stayed(figures, year) for year in years]
    known = [addition for addition in intervals if addition is not None]
    return known if len(known) == len(intervals) else []


def _stayed(figures: Sequence[Target], year: Target) -> Interval | None:
    """Nothing added, where the year prints the cumulative count of the year before."""
    before = [figure.cumulative for figure in figures if figure.year < year.year and figure.cumulative is not None]
    return NOTHING if before and before[-1] == year.cumulative else None


def _every_year(figures: Sequence[Target], years: Sequence[Target], headline: Target, plan: Roadmap) -> bool:
    """Whether nothing can have been added in the years that the plan leaves out."""
    first, last = years[0], years[-1]
    fresh = first.year == plan.base_year + 1 or (first.cumulative is not None and first.cumulative == first.added)
    ended = last.year == headline.year
    return fresh and ended and all(_follows(figures, before, after) for before, after in pairwise(years))


def _follows(figures: Sequence[Target], before: Target, after: Target) -> bool:
    if after.year == before.year + 1 or _stayed(figures, after):
        return True
    counts = (before.cumulative, after.cumulative, after.added)
    return None not in counts and before.cumulative == (after.cumulative or 0) - (after.added or 0)


def _cumulative(headline: Target, figures: Sequence[Target], context: LintContext) -> Iterator[Finding]:
    """The count of the period against that of its last year.

    Example: 116 for the period, but 115 for the year 2025.
    """
    whole = bounds(headline, "cumulative")
    ends = [figure for figure in figures if figure.year == headline.year and figure.cumulative is not None]
    if whole and ends and all((end := bounds(figure, "cumulative")) and end.apart(whole) for figure in ends):
        words = {"period": amount(headline, "cumulative"), "year": ends[0].year}
        text = _("{period} for the period, but {last} for the year {year}").format(
            **words, last=amount(ends[0], "cumulative")
        )
        yield finding("headline", Weight.CONTRADICTION, headline, context, text)


def _percent(headline: Target, figures: Sequence[Target], context: LintContext) -> Iterator[Finding]:
    """The per cent of the period against that of its last year, where that is of the same units.

    Example: at least 20% for the period, but 10% for the year 2025.
    """
    ends = [figure for figure in figures if figure.year == headline.year and figure.percent]
    alike = [
        figure for figure in ends if figure.share_of == headline.share_of and figure.total in (None, headline.total)
    ]
    if ends and len(alike) == len(ends) and all(_differ(headline, figure) for figure in ends):
        words = {"period": percent_text(headline), "last": percent_text(ends[0]), "year": ends[0].year}
        text = _("{period} for the period, but {last} for the year {year}").format(**words)
        yield finding("headline", Weight.CONTRADICTION, headline, context, text)


def _differ(headline: Target, year: Target) -> bool:
    """Whether a year's exact per cent is not what the period asks for, also at the decimals that both print."""
    if headline.percent is None or year.percent is None or headline.percent_high or operator_of(year, "percent") != "=":
        return False
    asked, printed = at_common_places(headline.percent, year.percent)
    return {
        "=": printed != asked,
        ">=": printed < asked,
        ">": printed < asked,  # "trên 70%" may be aimed at with 70
        "<=": printed > asked,
        "<": printed > asked,
    }.get(operator_of(headline, "percent"), False)


def _end(plan: Roadmap, headline: Target, figures: Sequence[Target], context: LintContext) -> Iterator[Finding]:
    """The count at the end of the period against the starting figure and all that is added to it.

    Example: 79 (2020) + 11 + 11 + 12 + 1 + 2 = 116, where the years print no cumulative count.
    """
    cumulative = bounds(headline, "cumulative")
    if cumulative is None:
        return
    printed = any(figure.year == headline.year and figure.cumulative is not None for figure in figures)
    sums = sums_from_start(plan, headline) if printed else ends_of_period(plan, headline)
    if not sums:
        yield from addition_above_count(headline, "headline", context)
    for added_up in sums:
        if added_up.total.apart(cumulative):
            words = {
                "sum": f"{added_up.terms} = {interval_text(added_up.total)}",
                "printed": amount(headline, "cumulative"),
            }
            text = _("{sum}, but {printed} is printed").format(**words)
            yield finding("headline", Weight.CONTRADICTION, headline, context, text)


def _start(plan: Roadmap, headline: Target, figures: Sequence[Target], context: LintContext) -> Iterator[Finding]:
    """The count before the period as its first year gives it, and as the period does, where none is printed.

    Example: 90 − 11 = 79 by the year 2021, but 116 − 38 = 78 by the period.
    """
    first = next((figure for figure in figures if figure.year == plan.base_year + 1), None)
    if first is None or starting_figures(plan, headline):
        return
    interval, other = _before(first), _before(headline)
    if interval and other and interval.apart(other):
        words = {
            "one": f"{_less(first)} = {interval_text(interval)}",
            "other": f"{_less(headline)} = {interval_text(other)}",
            "year": plan.base_year,
            "first": first.year,
        }
        text = _("at the end of {year} there were {one} by the year {first}, but {other} by the period").format(**words)
        yield finding("headline", Weight.CONTRADICTION, headline, context, text)


def _before(figure: Target) -> Interval | None:
    """What a figure had before its addition; None where that is no one number."""
    added, cumulative = bounds(figure, "added"), bounds(figure, "cumulative")
    if added is None or cumulative is None or not (is_exact(added) and is_exact(cumulative)) or added.above(cumulative):
        return None
    return cumulative.minus(added)


def _less(figure: Target) -> str:
    return f"{amount(figure, 'cumulative')} − {amount(figure, 'added')}"


def check_floors(plan: Roadmap, context: LintContext) -> Iterator[Finding]:
    """Every count below what the years up to it add, where the check of sums has no sum to hold it against.

    Example: 5 in 2021 and 7 in 2022, but 5 in all in 2024.
    """
    for figures in yearly_chains(plan):
        ends = [target for target in plan.targets if target.is_headline and figures and target.line == figures[0].line]
        for figure in (*figures, *ends):
            counted = bounds(figure, "cumulative")
            least = _least(figures, figure) if counted and not _is_summed(plan, figures, figure) else None
            if least and counted and least.total.above(counted):
                yield broken_sum(least, figure, counted, context)


def _is_summed(plan: Roadmap, figures: Sequence[Target], figure: Target) -> bool:
    """Whether other checks speak of the figure: it has a sum, or adds more itself than it has in all."""
    if figure.is_headline:
        return bool(ends_of_period(plan, figure))
    added, counted = bounds(figure, "added"), bounds(figure, "cumulative")
    return bool(expected_sums(figures, figure)) or bool(added and counted and added.above(counted))


def _least(figures: Sequence[Target], figure: Target) -> Sum | None:
    """What the count printed last before a figure, none at first, and the additions since then come to at least.

    What was reached is not held against what was only aimed at. None where nothing is added.
    """
    aimed, whole = figure.nature == "target", figure.is_headline
    earlier = [
        target
        for target in figures
        if target.year < figure.year + whole and target is not figure and (aimed or target.nature != "target")
    ]
    year = max((target.year for target in earlier if target.cumulative is not None), default=0)
    start = one_a_year([target for target in earlier if target.year == year and target.cumulative is not None])
    own = None if whole else adding_at(figures, figure)
    added = [*one_a_year([target for target in earlier if target.year > year]), *([own] if own else [])]
    terms: list[tuple[Target, CountField]] = [(target, "cumulative") for target in start]
    terms += [(target, "added") for target in added if target.added is not None]
    if len(terms) == len(start):
        return None
    counts = [interval for target, field in terms if (interval := bounds(target, field))]
    low = sum((count.low for count in counts), Fraction(0))
    terms_text = " + ".join(f"{amount(target, field)} ({target.year})" for target, field in terms)
    return Sum(terms_text, Interval(low, low if all(map(is_exact, counts)) else None), gapless=True)
