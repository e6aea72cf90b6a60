"""Per cent beside a count: which denominator and which rounding give the printed figure."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from ntmtrack.i18n import _
from ntmtrack.roadmaps.checks import unknown_totals
from ntmtrack.roadmaps.checks.bases import Base, declared, possible
from ntmtrack.roadmaps.checks.excess import is_over
from ntmtrack.roadmaps.checks.intervals import ABOUT_POINTS, Interval, bounds, percent_bounds
from ntmtrack.roadmaps.checks.printed import operator_of, percent_text
from ntmtrack.roadmaps.checks.shares import Rounding, gives, per_cent, ratio, rounding_of, steps, value
from ntmtrack.roadmaps.checks.words import finding
from ntmtrack.roadmaps.findings import Finding, Ground, Weight
from ntmtrack.shares import decimals
from ntmtrack.targets import Roadmap, Target


def findings(plan: Roadmap, ground: Ground) -> Iterator[Finding]:
    """Every printed per cent that its count does not give as it plainly should."""
    without_base = []
    for target in plan.targets:
        if target.percent is None or target.cumulative is None or target.each or is_over(target):
            continue
        bases = declared(plan, ground, target)
        if bases:
            yield from _on_bases(bases, possible(plan, ground, target), target, ground)
        else:
            without_base.append(target)
    for target in unknown_totals.misfits(without_base):
        yield _without_base(plan, ground, target, without_base)
    yield from unknown_totals.conditions(without_base, ground)
    yield from unknown_totals.unlike_the_list(without_base, ground)


def _on_bases(bases: Sequence[Base], others: Sequence[Base], target: Target, ground: Ground) -> Iterator[Finding]:
    """What is wrong with a per cent whose denominator is known; nothing where one of them plainly gives it."""
    if any(fits(base.size, target) for base in bases):
        return
    if target.operator == "about" and any(fits(base.size, target) for base in others):
        return
    count, printed = target.cumulative or 0, target.percent or ""
    words = {"ratio": ratio(count, bases[0].size, decimals(printed)), "printed": percent_text(target)}
    text = _("{ratio}, but {printed} is printed").format(**words)
    reason = explanation(bases, others, target)
    if reason:
        yield finding("percent", Weight.NOTE, target, ground, f"{text}; {reason}")
    else:
        weight = Weight.DOUBT if target.operator == "about" else Weight.CONTRADICTION
        text += _("; no base and no rounding known here gives that figure")
        yield finding("percent", weight, target, ground, text)


def fits(size: int, target: Target) -> bool:
    """Whether the count out of so many plainly gives the per cent: half up, or as its operator says."""
    count, printed = target.cumulative or 0, target.percent or ""
    share = per_cent(count, size)
    match operator_of(target, "cumulative", "percent"):
        case "=":
            return gives(Rounding.HALF_UP, count, size, printed)
        case ">=":
            return share >= value(printed)
        case ">":
            return share > value(printed)
        case "<=":
            return share <= value(printed)
        case "about":
            return abs(share - value(printed)) <= ABOUT_POINTS
    return _ranges_meet(size, target)


def _ranges_meet(size: int, target: Target) -> bool:
    counts, shares = bounds(target, "cumulative"), percent_bounds(target)
    if counts is None or shares is None or counts.high is None:
        return True
    of = Fraction(100, size)
    return not Interval(counts.low * of, counts.high * of).apart(shares)


def explanation(bases: Sequence[Base], others: Sequence[Base], target: Target) -> str:
    """Which rounding on the declared base, else which other base, gives the printed per cent; "" where none does."""
    if operator_of(target, "cumulative", "percent") in ("about", "range"):
        return ""
    count, printed = target.cumulative or 0, target.percent or ""
    for base in bases:
        if way := rounding_of(count, base.size, printed):
            return _by_rounding(way, count, base.size, printed)
    ways = [(way, base) for way in Rounding for base in others if gives(way, count, base.size, printed)]
    return _by_base(*ways[0], count, printed) if ways else ""


def _by_rounding(way: Rounding, count: int, size: int, printed: str) -> str:
    label = way.label
    if way is Rounding.TWICE:
        label += f" ({steps(count, size, printed)})"
    return _("only {rounding} gives that figure").format(rounding=label)


def _by_base(way: Rounding, base: Base, count: int, printed: str) -> str:
    words = {"ratio": ratio(count, base.size, decimals(printed)), "base": base.of}
    text = _("another base gives that figure: {ratio} ({base})").format(**words)
    return text if way is Rounding.HALF_UP else f"{text}, {_by_rounding(way, count, base.size, printed)}"


def _without_base(plan: Roadmap, ground: Ground, target: Target, group: Sequence[Target]) -> Finding:
    """A per cent that no number of units gives, alone or beside the others of the plan."""
    text = unknown_totals.misfit_text(target, group)
    reason = explanation([], possible(plan, ground, target), target)
    weight = Weight.DOUBT if target.operator == "about" else Weight.CONTRADICTION
    if reason:
        weight, text = Weight.NOTE, f"{text}; {reason}"
    return finding("percent", weight, target, ground, text)
