"""What a printed figure allows: "at least 3" is 3 or more, "2–3" is two or three, "about 40" a tenth either way."""

from fractions import Fraction
from typing import NamedTuple

from ntmtrack.i18n import number
from ntmtrack.roadmaps.checks.printed import Field, operator_of, printed
from ntmtrack.roadmaps.checks.shares import value
from ntmtrack.shares import decimals
from ntmtrack.targets import Target

ABOUT_POINTS = 2  # "about 30 %" is taken for 28 to 32


class Interval(NamedTuple):
    """From `low` to `high`, both included; no upper end where `high` is None."""

    low: Fraction
    high: Fraction | None

    def plus(self, other: "Interval") -> "Interval":
        """Every sum of a number in this one and a number in the other."""
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(self.low + other.low, high)

    def minus(self, other: "Interval") -> "Interval":
        """Every difference of a number in this one and a number in the other."""
        high = None if self.high is None else self.high - other.low
        return Interval(Fraction(0) if other.high is None else self.low - other.high, high)

    def above(self, other: "Interval") -> bool:
        """Whether every number in it is larger than every number in the other."""
        return other.high is not None and self.low > other.high

    def apart(self, other: "Interval") -> bool:
        """Whether no number is in both."""
        return self.above(other) or other.above(self)


NOTHING = Interval(Fraction(0), Fraction(0))


def is_exact(interval: Interval | None) -> bool:
    """Whether it is one number alone."""
    return interval is not None and interval.low == interval.high


def exactly(count: int) -> Interval:
    """One number alone."""
    return Interval(Fraction(count), Fraction(count))


def bounds(target: Target, field: Field) -> Interval | None:
    """What the figure allows its added or cumulative count to be; None where it prints none."""
    low, high = printed(target, field)
    if low is None:
        return None
    if high is not None:
        return Interval(Fraction(low), Fraction(high))
    return _allowed(Fraction(low), target.operator, strict=Fraction(1), slack=Fraction(low, 10))


def percent_bounds(target: Target) -> Interval | None:
    """What the figure allows its share to be, in per cent, with one unit of the last digit for the rounding."""
    if target.percent is None:
        return None
    low = value(target.percent)
    slack = Fraction(1, 10 ** decimals(target.percent))
    if target.percent_high is not None:
        return Interval(low - slack, value(target.percent_high) + slack)
    if operator_of(target, "percent") == "=":
        return Interval(low - slack, low + slack)
    return _allowed(low, target.operator, strict=Fraction(0), slack=Fraction(ABOUT_POINTS))


def _allowed(low: Fraction, operator: str, strict: Fraction, slack: Fraction) -> Interval:
    """The numbers that `operator` allows beside `low`; `strict` is the least step for "more than"."""
    match operator:
        case ">=":
            return Interval(low, None)
        case ">":
            return Interval(low + strict, None)
        case "<=":
            return Interval(Fraction(0), low)
        case "<":
            return Interval(Fraction(0), low - strict)
        case "about":
            return Interval(low - slack, low + slack)
        case "=" | "range":
            return Interval(low, low)
    return Interval(Fraction(0), None)  # nothing is concluded from an operator that is not known here


def shown(interval: Interval) -> str:
    """Whole numbers as text: "41", "5–6", "≥ 5"."""
    low = number(int(interval.low))
    if interval.high is None:
        return f"≥ {low}"
    return low if interval.low == interval.high else f"{low}–{number(int(interval.high))}"
