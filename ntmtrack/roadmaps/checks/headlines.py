"""The period's own figures against those of its years."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ntmtrack.i18n import _
from ntmtrack.roadmaps.checks.intervals import NOTHING, Interval, bounds, shown
from ntmtrack.roadmaps.checks.printed import amount, operator_of
from ntmtrack.roadmaps.checks.shares import at_common_places
from ntmtrack.roadmaps.checks.sums import chains, more_added
from ntmtrack.roadmaps.checks.words import finding
from ntmtrack.roadmaps.findings import Finding, Ground, Weight
from ntmtrack.targets import Roadmap, Target


def findings(plan: Roadmap, ground: Ground) -> Iterator[Finding]:
    """Every figure of the period that its years contradict."""
    chain_of = {figures[0].line: figures for figures in chains(plan) if figures}
    for headline in plan.targets:
        if headline.span == "period":
            figures = chain_of.get(headline.line, [])
            years = [figure for figure in figures if plan.base_year < figure.year <= headline.year]
            yield from _added(headline, figures, years, plan, ground)
            yield from _cumulative(headline, figures, ground)
            yield from _percent(headline, figures, ground)
            yield from _from_baseline(headline, figures, plan, ground)


def _added(
    headline: Target, figures: Sequence[Target], years: Sequence[Target], plan: Roadmap, ground: Ground
) -> Iterator[Finding]:
    whole, additions = bounds(headline, "added"), _additions(figures, years)
    if whole is None or not additions:
        return
    total = NOTHING
    for addition in additions.values():
        total = total.plus(addition)
    if total.above(whole) or (whole.above(total) and _every_year(figures, years, headline, plan)):
        terms = " + ".join(shown(addition) for addition in additions.values() if addition != NOTHING)
        words = {"sum": f"{terms} = {shown(total)}", "printed": amount(headline, "added")}
        text = _("the years add {sum}, but {printed} is printed for the period").format(**words)
        yield finding("headline", Weight.CONTRADICTION, headline, ground, text)


def _additions(figures: Sequence[Target], years: Sequence[Target]) -> dict[int, Interval]:
    """What each printed year adds; nothing at all where one year leaves it open or stands there twice."""
    found: dict[int, Interval] = {}
    for year in years:
        addition = bounds(year, "added") or _stayed(figures, year)
        if addition is None or year.year in found:
            return {}
        found[year.year] = addition
    return found


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


def _cumulative(headline: Target, figures: Sequence[Target], ground: Ground) -> Iterator[Finding]:
    whole = bounds(headline, "cumulative")
    ends = [figure for figure in figures if figure.year == headline.year and figure.cumulative is not None]
    if whole and ends and all((end := bounds(figure, "cumulative")) and end.apart(whole) for figure in ends):
        words = {"period": amount(headline, "cumulative"), "year": ends[0].year}
        text = _("{period} for the period, but {last} for the year {year}").format(
            **words, last=amount(ends[0], "cumulative")
        )
        yield finding("headline", Weight.CONTRADICTION, headline, ground, text)


def _percent(headline: Target, figures: Sequence[Target], ground: Ground) -> Iterator[Finding]:
    ends = [figure for figure in figures if figure.year == headline.year and figure.percent]
    if ends and all(_differ(headline, figure) for figure in ends):
        words = {"period": f"{headline.percent}%", "last": f"{ends[0].percent}%", "year": ends[0].year}
        text = _("{period} for the period, but {last} for the year {year}").format(**words)
        yield finding("headline", Weight.CONTRADICTION, headline, ground, text)


def _differ(one: Target, other: Target) -> bool:
    """Whether two per cents are two numbers, also at the decimals that both print."""
    exact = {operator_of(target, "percent") for target in (one, other)} == {"="}
    if one.percent is None or other.percent is None or not exact:
        return False
    this, that = at_common_places(one.percent, other.percent)
    return this != that


def _from_baseline(headline: Target, figures: Sequence[Target], plan: Roadmap, ground: Ground) -> Iterator[Finding]:
    """The starting figure and what the period adds, where the plan prints it; else the period's own two figures."""
    starts = [figure for figure in figures if figure.nature == "baseline" and figure.year == plan.base_year]
    counts = [bounds(start, "cumulative") for start in starts]
    added, cumulative = bounds(headline, "added"), bounds(headline, "cumulative")
    if not added or not cumulative:
        return
    if not counts or counts[0] is None:
        yield from more_added(headline, "headline", ground)
    elif counts[0].plus(added).apart(cumulative):
        terms = f"{amount(starts[0], 'cumulative')} ({starts[0].year}) + {amount(headline, 'added')}"
        words = {"sum": f"{terms} = {shown(counts[0].plus(added))}", "printed": amount(headline, "cumulative")}
        text = _("{sum}, but {printed} is printed; the printed cumulative figure governs").format(**words)
        yield finding("headline", Weight.CONTRADICTION, headline, ground, text)
