"""How many units there would have to be for a printed count to be its printed per cent."""

from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from ntmtrack.i18n import number
from ntmtrack.roadmaps.checks.intervals import ABOUT_POINTS, is_goal, pair_operator
from ntmtrack.roadmaps.checks.shares import value
from ntmtrack.shares import decimals
from ntmtrack.targets import COUNTED_MEASURES, Target


class Sizes(NamedTuple):
    """From how many to how many units there may be; no upper end where `most` is None."""

    least: int
    most: int | None

    @property
    def none(self) -> bool:
        """Whether no number at all would do."""
        return self.most is not None and self.least > self.most

    def both(self, other: "Sizes") -> "Sizes":
        """The numbers that do for both."""
        ends = [most for most in (self.most, other.most) if most is not None]
        return Sizes(max(self.least, other.least), min(ends, default=None))

    def has(self, size: int) -> bool:
        """Whether it is one of these numbers."""
        return self.least <= size and (self.most is None or size <= self.most)

    def __str__(self) -> str:
        if self.most is None:
            return f"≥ {number(self.least)}"
        return number(self.least) if self.least == self.most else f"{number(self.least)}–{number(self.most)}"


ANY = Sizes(0, None)


def sizes(target: Target) -> Sizes | None:
    """How many units there may be for a figure's count to be its per cent; None where that cannot be said.

    A per cent with decimals came out of a count, also under "at least"; a rounded goal may have gone before it.
    """
    operator = pair_operator(target)
    counted = bool(target.levels) or target.measure in COUNTED_MEASURES
    if target.percent is None or target.cumulative is None or target.each or not counted:
        return None
    share, count = value(target.percent), target.cumulative
    match operator:
        case "=":
            return _of_goal(count, target.percent) if is_goal(target) else _rounded(count, target.percent)
        case ">=" | ">" | "<=" if decimals(target.percent):
            return _rounded(count, target.percent)
        case ">=":
            return Sizes(count, _most(count, share))
        case ">":
            return Sizes(count, _below(count, share))
        case "<=":
            return Sizes(_least(count, share), None)
        case "about":
            return Sizes(_least(count, share + ABOUT_POINTS), _most(count, share - ABOUT_POINTS))
    return None


def _rounded(count: int, percent: str) -> Sizes:
    """Those of which the count is the per cent, rounded half up."""
    half = Fraction(1, 2 * 10 ** decimals(percent))
    return Sizes(_over(count, value(percent) + half), _most(count, value(percent) - half))


def _of_goal(count: int, percent: str) -> Sizes:
    """Those of which the count is the rounded per cent, or the first number that is not below it."""
    around = _rounded(count, percent)
    asked = floor(100 * (count - 1) / value(percent)) + 1 if count and value(percent) else around.least
    return Sizes(max(count, min(around.least, asked)), around.most)


def _least(count: int, share: Fraction) -> int:
    """The fewest units of which `count` is at most so many per cent."""
    return max(count, 1, ceil(100 * count / share)) if share > 0 else max(count, 1)


def _over(count: int, share: Fraction) -> int:
    """The fewest units of which `count` is less than so many per cent."""
    return max(count, floor(100 * count / share) + 1)


def _most(count: int, share: Fraction) -> int | None:
    """The most units of which `count` is at least so many per cent."""
    return floor(100 * count / share) if share > 0 else None


def _below(count: int, share: Fraction) -> int | None:
    """The most units of which `count` is more than so many per cent."""
    return ceil(100 * count / share) - 1 if share > 0 else None


def around(target: Target) -> tuple[int, int]:
    """The whole numbers on both sides of the one that would give the per cent exactly."""
    share = value(target.percent or "0")
    exact = 100 * (target.cumulative or 0) / share if share else Fraction(0)
    return floor(exact), floor(exact) + 1
