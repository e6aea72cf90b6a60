"""Figures as the document prints them, and what they allow: "at least 3" is 3 or more, "2–3" is two or three."""

from fractions import Fraction
from typing import Literal, NamedTuple

from ntmtrack.i18n import _, number
from ntmtrack.roadmaps import Target
from ntmtrack.roadmaps.shares import decimals, value

CountField = Literal["added", "cumulative"]
COUNT_FIELDS: tuple[CountField, ...] = ("added", "cumulative")
ONE_SIDED = (">=", ">", "<=")
GOAL_STEP = 5  # a per cent such as 70 or 65 is set first, and a count taken from it


def printed_ends(target: Target, field: CountField) -> tuple[int | None, int | None]:
    """The two ends of a count as printed; the second is there for a range only."""
    if field == "added":
        return target.added, target.added_high
    return target.cumulative, target.cumulative_high


def operator_of(target: Target, *fields: CountField | Literal["percent"]) -> str:
    """The operator of these figures: a lone number is exact where only another figure beside it is a range."""
    ends = {"added": target.added_high, "cumulative": target.cumulative_high, "percent": target.percent_high}
    alone = all(ends[field] is None for field in fields)
    operator = target.percent_sign if fields == ("percent",) else target.operator
    return "=" if operator == "range" and alone else operator


def is_goal(target: Target) -> bool:
    """Whether the per cent was plainly set before the count: "70%", not "70,69%" nor a result."""
    whole = target.percent is not None and not decimals(target.percent) and value(target.percent) % GOAL_STEP == 0
    return whole and target.nature == "target"


def pair_operator(target: Target) -> str:
    """The operator under which a count and the per cent beside it are held against each other."""
    return operator_of(target, "cumulative", "percent")


def amount(target: Target, field: CountField) -> str:
    """The count as printed, with its operator: "40", "2–3", "≥ 3", "about 39"."""
    ends = printed_ends(target, field)
    return with_operator("–".join(number(end) for end in ends if end is not None), target.operator)


def percent_text(target: Target) -> str:
    """The per cent as printed, with its operator: "≥ 80%"."""
    ends = "–".join(end for end in (target.percent, target.percent_high) if end)
    return with_operator(f"{ends}%", target.percent_sign)


def with_operator(text: str, operator: str) -> str:
    """The text with the sign or word of its operator."""
    if operator == "about":
        return _("about {number}").format(number=text)
    sign = {">=": "≥ ", ">": "> ", "<=": "≤ ", "<": "< "}.get(operator, "")
    return sign + text


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


def bounds(target: Target, field: CountField) -> Interval | None:
    """What the figure allows its added or cumulative count to be; None where it prints none.

    Example: "≥ 3" is 3 and more, "2–3" is 2 or 3, "about 40" is 36 to 44.
    """
    low, high = printed_ends(target, field)
    if low is None:
        return None
    if high is not None:
        return Interval(Fraction(low), Fraction(high))
    return _allowed(Fraction(low), target.operator, strict=Fraction(1), slack=Fraction(low, 10))


def percent_bounds(target: Target) -> Interval | None:
    """What the figure allows its share to be, in per cent, with one unit of the last digit for the rounding.

    Example: "46,67%" is 46,66 to 46,68; "≥ 80%" is 80 and more.
    """
    if target.percent is None:
        return None
    low = value(target.percent)
    slack = Fraction(1, 10 ** decimals(target.percent))
    if target.percent_high is not None:
        return Interval(low - slack, value(target.percent_high) + slack)
    if operator_of(target, "percent") == "=":
        return Interval(low - slack, low + slack)
    return _allowed(low, target.percent_sign, strict=Fraction(0), slack=Fraction(ABOUT_POINTS))


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


def interval_text(interval: Interval) -> str:
    """Whole numbers as text: "41", "5–6", "≥ 5"."""
    low = number(int(interval.low))
    if interval.high is None:
        return f"≥ {low}"
    return low if interval.low == interval.high else f"{low}–{number(int(interval.high))}"
