"""A share is no more than all of it."""

from collections.abc import Iterator

from ntmtrack.i18n import _
from ntmtrack.roadmaps.checks.intervals import ABOUT_POINTS
from ntmtrack.roadmaps.checks.printed import percent_text
from ntmtrack.roadmaps.checks.shares import value
from ntmtrack.roadmaps.checks.words import finding
from ntmtrack.roadmaps.findings import Finding, Ground, Weight
from ntmtrack.targets import COUNTED_MEASURES, Roadmap, Target

_SHARES = (*COUNTED_MEASURES, "criteria-met", "poverty-rate")  # beside the levels
_WITHIN_ALL = ("all", "ntm", "nested", "open")  # more may reach a level than were registered


def findings(plan: Roadmap, ground: Ground) -> Iterator[Finding]:
    """Every share that must be, or may be, more than 100 %."""
    for target in plan.targets:
        if is_over(target):
            text = _("{percent} is more than there are: a share of the whole is 100% at most")
            weight = Weight.CONTRADICTION if _surely(target) else Weight.DOUBT
            yield finding("percent", weight, target, ground, text.format(percent=percent_text(target)))


def is_over(target: Target) -> bool:
    """Whether a share of units is printed that nothing up to 100 % satisfies, or a range that goes on above it."""
    return is_share(target) and (_surely(target) or value(target.percent_high or "0") > 100)


def is_share(target: Target) -> bool:
    """Whether the per cent is a part of some whole, not a growth or a degree of fulfilment."""
    measured = bool(target.levels) or target.measure in _SHARES
    return target.percent is not None and measured and target.share_of in _WITHIN_ALL


def _surely(target: Target) -> bool:
    """Whether no share satisfies it; "more than 100 %" as little as "120 %"."""
    low = value(target.percent or "0")
    match target.operator:
        case "<=":
            return False
        case ">":
            return low >= 100
        case "about":
            return low > 100 + ABOUT_POINTS
    return low > 100
