"""A per cent alone must be some whole number of units."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor

from ntmtrack.i18n import _, number
from ntmtrack.roadmaps.checks.bases import Base, area, counts_units, of_reading, totals
from ntmtrack.roadmaps.checks.excess import is_over
from ntmtrack.roadmaps.checks.printed import operator_of
from ntmtrack.roadmaps.checks.shares import Rounding, gives, ratio, rounding_of, steps, value
from ntmtrack.roadmaps.checks.words import finding, units_word
from ntmtrack.roadmaps.findings import Finding, Ground, Weight
from ntmtrack.shares import decimals, whole_units
from ntmtrack.targets import Roadmap, Target

NEAR = Fraction(15, 100)  # how far the units of the list's day may be from those of the plan's


def findings(plan: Roadmap, ground: Ground) -> Iterator[Finding]:
    """Every per cent that no whole number of units gives; a round one ("25 %") is a goal, and only noted."""
    for target in plan.targets:
        printed = target.percent or ""
        bases = _bases(plan, ground, target)
        if bases and not any(_fits(base.size, target) for base in bases):
            sure, size = _is_certain(plan, ground, target), bases[0].size
            others = [] if sure else _other_sizes(plan, target, size)
            text = _text(bases[0], target, printed) + ("" if sure else _trust(size, others))
            weight = Weight.DOUBT if decimals(printed) and not others else Weight.NOTE
            yield finding("whole-units", weight, target, ground, text)


def _bases(plan: Roadmap, ground: Ground, target: Target) -> Sequence[Base]:
    """The numbers of units that a per cent without a count may be of."""
    if not _stands_alone(target) or target.share_of not in ("all", "ntm", "nested"):
        return []
    return [Base(target.total, "")] if target.total else of_reading(plan, ground, target, target.share_of)


def _stands_alone(target: Target) -> bool:
    """Whether a plain per cent of units, or a range, is printed without their number."""
    plain = target.percent is not None and operator_of(target, "percent") in ("=", "range") and not is_over(target)
    return plain and target.cumulative is None and counts_units(target)


def _is_certain(plan: Roadmap, ground: Ground, target: Target) -> bool:
    """Whether the number of units is the plan's own, or of its own day."""
    return bool(target.total) or ground.exact or target.share_of != "all" or bool(totals(plan, target))


def _other_sizes(plan: Roadmap, target: Target, size: int) -> list[int]:
    """The numbers of units near `size` that give several per cents of the plan at once; the list may be wrong."""
    alike = (other for other in plan.targets if _stands_alone(other) and area(other) == area(target))
    telling = {other.percent: other for other in alike if decimals(other.percent or "") and other.share_of == "all"}
    near_by = range(ceil(size * (1 - NEAR)), floor(size * (1 + NEAR)) + 1) if len(telling) > 1 else ()
    return [other for other in near_by if all(_fits(other, each) for each in telling.values())]


def _trust(size: int, others: Sequence[int]) -> str:
    """How far the number of units known may be trusted."""
    if others:
        return _("; the plan's per cents are all of {others}").format(others=_(" or ").join(map(number, others)))
    text = _("; the plan prints no total, so there may have been more or fewer than {total} when it was issued")
    return text.format(total=number(size))


def near(size: int, printed: str) -> list[int]:
    """The whole numbers of units on both sides of a per cent."""
    below = floor(value(printed) * size / 100)
    return [count for count in (below, below + 1) if count <= size]


def _fits(size: int, target: Target) -> bool:
    printed = target.percent or ""
    if target.percent_high is not None:
        low, high = whole_units(target, size)
        return high is not None and low <= high
    return any(gives(Rounding.HALF_UP, count, size, printed) for count in near(size, printed))


def _text(base: Base, target: Target, printed: str) -> str:
    ratios = ", ".join(ratio(count, base.size, decimals(printed)) for count in near(base.size, printed))
    total = f"{number(base.size)} ({base.of})" if base.of else number(base.size)
    shown = printed if target.percent_high is None else f"{printed}–{target.percent_high}"
    words = {"total": total, "units": units_word(target.tier), "percent": shown, "ratios": ratios}
    text = _("no whole number of {units} out of {total} is {percent}%: {ratios}").format(**words)
    return text if target.percent_high else text + _explained(base.size, printed)


def _explained(size: int, printed: str) -> str:
    """Which of the wrong roundings would have given the per cent."""
    for count in near(size, printed):
        way = rounding_of(count, size, printed)
        if way is Rounding.TWICE:
            return _("; only rounding twice ({steps}) would give it").format(steps=steps(count, size, printed))
        if way:
            return _("; only cutting off {ratio} would give it").format(ratio=ratio(count, size, decimals(printed)))
    return ""
