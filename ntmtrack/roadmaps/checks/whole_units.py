"""A per cent alone must be some whole number of units."""

from collections.abc import Iterator, Sequence
from math import floor

from ntmtrack.i18n import _, number
from ntmtrack.roadmaps.checks.bases import Base, counts_units, of_reading
from ntmtrack.roadmaps.checks.shares import Rounding, decimals, gives, ratio, rounding_of, steps, value
from ntmtrack.roadmaps.checks.words import finding, units_word
from ntmtrack.roadmaps.findings import Finding, Ground, Weight
from ntmtrack.targets import Roadmap, Target


def findings(plan: Roadmap, ground: Ground) -> Iterator[Finding]:
    """Every per cent that no whole number of units gives; a round one ("25 %") is a goal, and only noted."""
    for target in plan.targets:
        bases = _bases(plan, ground, target)
        if bases and not any(_fits(base.size, target.percent or "") for base in bases):
            weight = Weight.DOUBT if decimals(target.percent or "") else Weight.NOTE
            yield finding("whole-units", weight, target, ground, _text(bases[0], target, target.percent or ""))


def _bases(plan: Roadmap, ground: Ground, target: Target) -> Sequence[Base]:
    """The numbers of units that a per cent without a count may be of."""
    alone = target.percent is not None and target.cumulative is None and target.operator == "="
    if not alone or target.share_of != "all" or not counts_units(target):
        return []
    return [Base(target.total, "")] if target.total else of_reading(plan, ground, target, "all")


def near(size: int, printed: str) -> list[int]:
    """The whole numbers of units on both sides of a per cent."""
    below = floor(value(printed) * size / 100)
    return [count for count in (below, below + 1) if count <= size]


def _fits(size: int, printed: str) -> bool:
    return any(gives(Rounding.HALF_UP, count, size, printed) for count in near(size, printed))


def _text(base: Base, target: Target, printed: str) -> str:
    ratios = ", ".join(ratio(count, base.size, decimals(printed)) for count in near(base.size, printed))
    total = f"{number(base.size)} ({base.of})" if base.of else number(base.size)
    words = {"total": total, "units": units_word(target.tier), "percent": printed, "ratios": ratios}
    text = _("no whole number of {units} out of {total} is {percent}%: {ratios}").format(**words)
    return text + _explained(base.size, printed)


def _explained(size: int, printed: str) -> str:
    """Which of the wrong roundings would have given the per cent."""
    for count in near(size, printed):
        way = rounding_of(count, size, printed)
        if way is Rounding.TWICE:
            return _("; only rounding twice ({steps}) would give it").format(steps=steps(count, size, printed))
        if way:
            return _("; only cutting off {ratio} would give it").format(ratio=ratio(count, size, decimals(printed)))
    return ""
