"""A cumulative count or share does not fall from year to year; the count of units short of criteria does not rise."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ntmtrack.i18n import _
from ntmtrack.roadmaps.checks.intervals import bounds, percent_bounds
from ntmtrack.roadmaps.checks.printed import amount, operator_of, percent_text
from ntmtrack.roadmaps.checks.shares import at_common_places
from ntmtrack.roadmaps.checks.sums import expected
from ntmtrack.roadmaps.checks.words import finding
from ntmtrack.roadmaps.findings import Finding, Ground, Weight
from ntmtrack.targets import Roadmap, Target, by_line


def findings(plan: Roadmap, ground: Ground) -> Iterator[Finding]:
    """Every fall that the check of sums does not speak of already, and every rise of what should fall."""
    for line, figures in by_line(plan.targets).items():
        if line.measure == "criteria-below":
            yield from _rises(_counts(figures), ground)
        elif figures[0].levels and line.counts == "at-least":
            rising = [figure for figure in figures if figure.operator not in ("<=", "<")]
            yield from _falls(_counts(rising), ground)
            yield from _shares_fall(_shares(rising), ground)


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


def _falls(figures: Sequence[Target], ground: Ground) -> Iterator[Finding]:
    for before, after in _unlike_results(figures):
        earlier, later = bounds(before, "cumulative"), bounds(after, "cumulative")
        spoken_of = after.span == "year" and expected(figures, after)
        if earlier and later and before.year < after.year and earlier.above(later) and not spoken_of:
            words = {"before": amount(before, "cumulative"), "after": amount(after, "cumulative"), "year": before.year}
            text = _("{before} in {year}, but only {after} now: a cumulative figure falls").format(**words)
            yield finding("monotone", Weight.DOUBT, after, ground, text)


def _shares_fall(figures: Sequence[Target], ground: Ground) -> Iterator[Finding]:
    """Falls of a share, where no two counts beside them tell the same."""
    for before, after in _unlike_results(figures):
        counted = None not in (before.cumulative, after.cumulative)
        if before.year < after.year and not counted and _is_less(after, before):
            words = {"before": percent_text(before), "after": percent_text(after), "year": before.year}
            text = _("{before} in {year}, but only {after} now: a share that should grow falls").format(**words)
            yield finding("monotone", Weight.DOUBT, after, ground, text)


def _is_less(later: Target, earlier: Target) -> bool:
    """Whether the later per cent is surely the smaller."""
    if {operator_of(figure, "percent") for figure in (later, earlier)} == {"="}:
        now, then = at_common_places(later.percent or "", earlier.percent or "")
        return now < then
    now_bounds, then_bounds = percent_bounds(later), percent_bounds(earlier)
    return bool(now_bounds and then_bounds and then_bounds.above(now_bounds))


def _rises(figures: Sequence[Target], ground: Ground) -> Iterator[Finding]:
    for before, after in pairwise(figures):
        earlier, later = before.cumulative or 0, after.cumulative or 0
        if before.year < after.year and later > earlier and before.operator == after.operator != ">=":
            words = {"before": amount(before, "cumulative"), "after": amount(after, "cumulative"), "year": before.year}
            text = _("{before} in {year}, but {after} now: a figure that should fall rises").format(**words)
            yield finding("monotone", Weight.DOUBT, after, ground, text)
