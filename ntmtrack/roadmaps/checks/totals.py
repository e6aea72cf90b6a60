"""How many units there are in all: one number a year and tier, and no figure above it."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from ntmtrack.i18n import _, number
from ntmtrack.model import Tier
from ntmtrack.roadmaps.checks.bases import Base, area, counts_units, may_have_been, of_ground, prints_total, totals
from ntmtrack.roadmaps.checks.intervals import bounds, exactly
from ntmtrack.roadmaps.checks.printed import amount
from ntmtrack.roadmaps.checks.words import finding, units_word
from ntmtrack.roadmaps.findings import Finding, Ground, Weight
from ntmtrack.targets import LineKey, Roadmap, Target


def findings(plan: Roadmap, ground: Ground) -> Iterator[Finding]:
    """Totals that differ from each other or from the list of units, and counts above their total."""
    yield from _differing(plan, ground)
    yield from _unlike_the_list(plan, ground)
    for target in plan.targets:
        yield from _above(target, ground)
    yield from _above_the_known(plan, ground)


def _differing(plan: Roadmap, ground: Ground) -> Iterator[Finding]:
    places: dict[tuple[Tier, str | None, int], list[Target]] = defaultdict(list)
    for target in plan.targets:
        if prints_total(target):
            places[*area(target), target.year].append(target)
    for alike in places.values():
        usual = Counter(target.total for target in alike).most_common(1)[0][0]
        other = next(target for target in alike if target.total == usual)
        yield from (_differs(target, other, ground) for target in alike if target.total != usual)


def _differs(target: Target, other: Target, ground: Ground) -> Finding:
    """A total beside the one that the plan prints most often."""
    words = {"total": number(target.total or 0), "other": number(other.total or 0), "cite": other.cite}
    text = _("{total} {units} in all, but {other} elsewhere for the same year ({cite})")
    text = text.format(**words, units=units_word(target.tier))
    return finding("total", Weight.CONTRADICTION, target, ground, text)


def _unlike_the_list(plan: Roadmap, ground: Ground) -> Iterator[Finding]:
    """Each printed total that there cannot have been by the list of units, once a tier."""
    said: set[tuple[Tier, int | None]] = set()
    for target in plan.targets:
        known = ground.totals.get(target.tier)
        own = prints_total(target) and target.nature == "target" and target.within is None
        unlike = own and not may_have_been(ground, target.tier, target.total or 0)
        if known and unlike and (target.tier, target.total) not in said:
            said.add((target.tier, target.total))
            yield _unlike(target, known, ground)


def _unlike(target: Target, known: int, ground: Ground) -> Finding:
    words = {"total": number(target.total or 0), "units": units_word(target.tier), "known": number(known)}
    source = ground.source or _("the list of units")
    text = _("{total} {units} in all are printed, {source} has {known}").format(**words, source=source)
    return finding("total", Weight.DOUBT if ground.exact else Weight.NOTE, target, ground, text)


def _above(target: Target, ground: Ground) -> Iterator[Finding]:
    counted = bounds(target, "cumulative")
    if counted and target.total and not target.each and counted.above(exactly(target.total)):
        words = {"cumulative": amount(target, "cumulative"), "total": number(target.total)}
        text = _("{cumulative} exceed the printed total of {total}").format(**words)
        yield finding("total", Weight.CONTRADICTION, target, ground, text)


def _above_the_known(plan: Roadmap, ground: Ground) -> Iterator[Finding]:
    """Counts of more units than the plan prints elsewhere, else than the list has, once a line."""
    said: set[LineKey] = set()
    for target in plan.targets:
        most = _most(plan, target, ground) if target.line not in said else None
        if most and (counted := bounds(target, "cumulative")) and counted.above(exactly(most.size)):
            said.add(target.line)
            words = {"cumulative": amount(target, "cumulative"), "total": number(most.size)}
            text = _("{cumulative} {units}, more than there are: {total} ({source})")
            text = text.format(**words, units=units_word(target.tier), source=most.of)
            yield finding("total", _above_weight(plan, target, ground), target, ground, text)


def _most(plan: Roadmap, target: Target, ground: Ground) -> Base | None:
    """The most units that there may be for a figure that prints no total itself; None where mergers explain it."""
    if target.total or not counts_units(target):
        return None
    printed, counted = totals(plan, target), bounds(target, "cumulative")
    if not printed and counted and may_have_been(ground, target.tier, int(counted.low)):
        return None
    return max(printed or of_ground(ground, target), default=None)


def _above_weight(plan: Roadmap, target: Target, ground: Ground) -> Weight:
    """Surely wrong against the plan's own day; before it, there may have been more units."""
    known = bool(totals(plan, target)) or ground.exact
    return Weight.CONTRADICTION if known and target.nature == "target" else Weight.NOTE
