"""What a target asks for in whole units: its printed cumulative, else what follows from its per cent or additions.

The printed cumulative governs wherever a plan contradicts itself.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from ntmtrack.targets import Target


class Origin(StrEnum):
    """Where the number of a goal comes from."""

    PRINTED = "printed"
    PERCENT = "percent"  # from the printed per cent of today's denominator
    ADDED = "added"  # from the baseline and the printed additions
    STRAIGHT = "straight"  # on a straight way to the final target: ours, not the plan's
    EACH = "each"  # how many districts there are to keep a rule


class Goal(NamedTuple):
    """At least `low` units, at most `high`; `base` is the denominator where a per cent was taken of one."""

    low: int | None
    high: int | None
    origin: Origin
    base: int | None = None

    @property
    def top(self) -> int:
        """The number above which a target is exceeded."""
        return self.high if self.high is not None else self.low or 0

    @property
    def number(self) -> int:
        """The one number that stands for the goal: its lower end, of a target "at most" its upper end."""
        return self.low if self.low is not None else self.top

    def distance(self, actual: int) -> int:
        """How many units above or below what is asked for; 0 between the two ends of a range."""
        if self.low is not None and self.high is not None and self.low <= actual <= self.high:
            return 0
        return actual - (self.top if actual > self.top else self.number)


def printed_share(percent: str) -> Fraction:
    """A printed per cent as an exact share: "57,5" → 23/40."""
    return Fraction(Decimal(percent.replace(",", "."))) / 100


def whole_units(target: Target, base: int) -> tuple[int, int | None]:
    """The fewest (of "at most": the most) units of `base` that satisfy a printed per cent, and a range's upper end.

    A per cent without an operator, or one with decimals, is met by the first number that gives it when rounded as
    printed: 77,59% of 116 is 90, 57,5% of 94 is 55, for 54 gives 57,4; "at least 87%" of 129 is 113.
    """
    assert target.percent is not None
    exact = printed_share(target.percent) * base
    high = None
    if target.percent_high is not None:
        high = (printed_share(target.percent_high) * base).__floor__()
    if target.operator == ">":
        return exact.__floor__() + 1, high
    if target.operator == "<=":
        return exact.__floor__(), high
    decimals = len(target.percent.partition(",")[2])
    if target.operator == "range" or (target.operator == ">=" and not decimals):
        return exact.__ceil__(), high
    half = Fraction(base, 2 * 100 * 10**decimals)  # what rounds up to the printed figure
    return (exact - half).__ceil__(), high


def bounded(target: Target, number: int, high: int | None, origin: Origin, base: int | None = None) -> Goal:
    """The goal that a number means under the target's operator."""
    if target.operator == "<=":
        return Goal(None, number, origin, base)
    above = target.operator == ">" and origin is not Origin.PERCENT  # a per cent has it in its whole units
    return Goal(number + above, high, origin, base)


def goal(target: Target, bases: Mapping[str, int], before: Sequence[Target], start: int) -> Goal | None:
    """What `target` asks for; None where that cannot be said in units.

    `bases` gives the denominators of the day by `share_of`; `before` the line's earlier yearly figures, which are
    summed up from `start` where only additions are printed.
    """
    if target.cumulative is not None:
        return bounded(target, target.cumulative, target.cumulative_high, Origin.PRINTED)
    if target.percent is not None:
        base = bases.get(target.share_of)
        if not base:
            return None
        number, high = whole_units(target, base)
        return bounded(target, number, high, Origin.PERCENT, base)
    if target.added is None:
        return None
    from_then = start
    for earlier in before if target.span == "year" else ():
        from_then = earlier.cumulative if earlier.cumulative is not None else from_then + (earlier.added or 0)
    high = None if target.added_high is None else from_then + target.added_high
    return bounded(target, from_then + target.added, high, Origin.ADDED)


def settled(target: Target, goals: Mapping[str, Goal]) -> Goal | None:
    """The one goal of `goals` (by the base of the per cent); None where the document leaves open which it is.

    "open" itself is the base where every reading asks for the same.
    """
    if target.share_of == "open":
        return goals.get("open")
    return next(iter(goals.values()), None)
