"""A cumulative count does not fall from one year to the next; that of units short of criteria does not rise."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ntmtrack.i18n import _
from ntmtrack.roadmaps.checks.intervals import bounds
from ntmtrack.roadmaps.checks.printed import amount
from ntmtrack.roadmaps.checks.sums import expected
from ntmtrack.roadmaps.checks.words import finding
from ntmtrack.roadmaps.findings import Finding, Ground, Weight
from ntmtrack.targets import Roadmap, Target, by_line


def findings(plan: Roadmap, ground: Ground) -> Iterator[Finding]:
    """Every fall that the check of sums does not speak of already, and every rise of what should fall."""
    for line, figures in by_line(plan.targets).items():
        if line.measure == "criteria-below":
            yield from _rises(_yearly(figures), ground)
        elif figures[0].levels and line.counts == "at-least":
            yield from _falls([figure for figure in _yearly(figures) if figure.operator != "<="], ground)


def _yearly(figures: Sequence[Target]) -> list[Target]:
    """The cumulative figures by year; the period's own only where its last year has none."""
    printing = [figure for figure in figures if figure.cumulative is not None]
    years = {figure.year for figure in printing if figure.span == "year"}
    chosen = [figure for figure in printing if figure.span == "year" or figure.year not in years]
    return sorted(chosen, key=lambda figure: figure.year)


def _falls(figures: Sequence[Target], ground: Ground) -> Iterator[Finding]:
    for before, after in pairwise(figures):
        earlier, later = bounds(before, "cumulative"), bounds(after, "cumulative")
        spoken_of = after.span == "year" and expected(figures, after)
        if earlier and later and before.year < after.year and earlier.above(later) and not spoken_of:
            words = {"before": amount(before, "cumulative"), "after": amount(after, "cumulative"), "year": before.year}
            text = _("{before} in {year}, but only {after} now: a cumulative figure falls").format(**words)
            yield finding("monotone", Weight.DOUBT, after, ground, text)


def _rises(figures: Sequence[Target], ground: Ground) -> Iterator[Finding]:
    for before, after in pairwise(figures):
        earlier, later = before.cumulative or 0, after.cumulative or 0
        if before.year < after.year and later > earlier and before.operator == after.operator != ">=":
            words = {"before": amount(before, "cumulative"), "after": amount(after, "cumulative"), "year": before.year}
            text = _("{before} in {year}, but {after} now: a figure that should fall rises").format(**words)
            yield finding("monotone", Weight.DOUBT, after, ground, text)
