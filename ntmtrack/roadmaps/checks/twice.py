"""Units that a plan names more than once, though each counts once."""

from collections import Counter
from collections.abc import Iterator, Sequence

from ntmtrack.i18n import _, number
from ntmtrack.kinds import split_kind
from ntmtrack.roadmaps.checks.intervals import bounds, exactly
from ntmtrack.roadmaps.checks.names import bearers, kindless
from ntmtrack.roadmaps.checks.words import finding
from ntmtrack.roadmaps.findings import Finding, Ground, Weight
from ntmtrack.targets import Roadmap, Target, by_line


def findings(plan: Roadmap, ground: Ground) -> Iterator[Finding]:
    """Names that stand twice in one list, or in the lists of two years of a line."""
    for target in plan.targets:
        yield from _in_one_list(target, ground)
    for figures in by_line(plan.targets).values():
        if figures[0].levels:
            yield from _in_two_years(figures, ground)


def _in_one_list(target: Target, ground: Ground) -> Iterator[Finding]:
    """Names that stand twice among the units and the reserve; two units may bear one name."""
    for names in ((*target.units, *target.reserve), target.registered):
        for alike in _alike(names).values():
            if len(alike) > _bearers(alike, target, ground):
                text = _("{name} is named {count} times").format(name=alike[0], count=number(len(alike)))
                yield finding("named", Weight.DOUBT, target, ground, text)


def _alike(names: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(kindless(name), []).append(name)
    return found


def _bearers(alike: Sequence[str], target: Target, ground: Ground) -> int:
    """How many units these names may be: as many as the list has, or as the kinds said ("huyện", "thành phố")."""
    kinds = {split_kind(name)[0] for name in alike} - {None}
    return max(1, len(kinds), len(bearers(alike[0], ground.units.get(target.tier, ()))))


def _in_two_years(figures: Sequence[Target], ground: Ground) -> Iterator[Finding]:
    """Units that are to reach the level in a year, and again in a later one."""
    years = [figure for figure in figures if (figure.span, figure.nature) == ("year", "target") and figure.units]
    for later in sorted(years, key=lambda figure: figure.year):
        before = [figure for figure in years if figure.year < later.year and not _repeats(later, figure)]
        for key in Counter(map(kindless, later.units)):
            named = [(figure.year, name) for figure in before for name in _alike(figure.units).get(key, ())]
            alike = [name for _year, name in named] + _alike(later.units)[key]
            if named and len(alike) > _bearers(alike, later, ground):
                text = _("{name} is named for {year} already, but counts once")
                text = text.format(name=alike[-1], year=min(named)[0])
                yield finding("named", Weight.DOUBT, later, ground, text)


def _repeats(later: Target, earlier: Target) -> bool:
    """Whether a list may be of all units so far, with those of an earlier year."""
    names, added, cumulative = exactly(len(later.units)), bounds(later, "added"), bounds(later, "cumulative")
    if cumulative and not names.apart(cumulative):
        return True
    if added or cumulative:
        return False
    return set(_alike(earlier.units)) < set(_alike(later.units))
