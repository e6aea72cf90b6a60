"""What is wrong in a plan or worth knowing: each module one subject, pure, findings in the order of the document."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Literal, NamedTuple

from ntmtrack.i18n import N_, _, number
from ntmtrack.model import Programme, Tier
from ntmtrack.roadmaps import LineKey, Roadmap, Target, line_title
from ntmtrack.roadmaps.shares import decimals, value


class Weight(StrEnum):
    """How much a finding weighs: only contradictions and doubts make `roadmap check` fail."""

    CONTRADICTION = "contradiction"  # the document says two things that cannot both be
    DOUBT = "doubt"  # something cannot be so as printed, or is surely not meant
    NOTE = "note"  # to know when reading the figures: an open base, a condition

    @property
    def label(self) -> str:
        """The weight as a word in the language in use."""
        return _(_WEIGHTS[self])


_WEIGHTS = {
    Weight.CONTRADICTION: N_("contradiction"),
    Weight.DOUBT: N_("doubt"),
    Weight.NOTE: N_("note"),
}


class Finding(NamedTuple):
    """One finding: by which check, of which line and year, where in the document; one sentence with arithmetic.

    `clause` is the sentence without the line and the time (`when`) before it. `years` are those of all that is told in
    it, where several findings are told as one.
    """

    check: str
    weight: Weight
    line: LineKey | None
    year: int | None
    cite: str
    text: str
    when: str = ""
    clause: str = ""
    years: frozenset[int | None] = frozenset()

    def concerns(self, years: Collection[int]) -> bool:
        """Whether anything that it tells is of one of these years."""
        return any(year in years for year in (self.year, *self.years))


class LintContext(NamedTuple):
    """What is known of a plan's scope beside the document.

    `totals` are the units of the counted kinds, `units` the titles of all units, `lying_in` what those of each title
    lie in, from `source`; `exact` is whether that is as of the plan's own day. `reached` is what the ledger counts as
    reached on that day, by tier and level.
    """

    programme: Programme
    source: str = ""
    exact: bool = False
    totals: Mapping[Tier, int] = MappingProxyType({})
    units: Mapping[Tier, Sequence[str]] = MappingProxyType({})
    lying_in: Mapping[str, Sequence[str]] = MappingProxyType({})
    reached: Mapping[tuple[Tier, str], int] = MappingProxyType({})
    earlier: Roadmap | None = None


_UNITS = {
    Tier.PROVINCE: N_("provinces"),
    Tier.DISTRICT: N_("district-level units"),
    Tier.COMMUNE: N_("communes"),
    Tier.VILLAGE: N_("villages"),
}
_FIELDS = {
    "added": N_("added"),
    "cumulative": N_("cumulative"),
    "percent": N_("per cent"),
    "total": N_("total number"),
    "value": N_("value"),
}


def units_word(tier: Tier) -> str:
    """The units of a tier in the midst of a sentence: "xã"."""
    return _(_UNITS[tier])


def field_word(field: str) -> str:
    """What a figure is: "tăng thêm", "luỹ kế"."""
    return _(_FIELDS[field])


def time_of(target: Target) -> str:
    """The year, or the period up to it."""
    if target.span == "period":
        return _("the period to {year}").format(year=target.year)
    return str(target.year)


def sentence_of(line: LineKey, time: str, text: str, context: LintContext) -> str:
    """The sentence with the line and the time that it is about before it."""
    words = {"line": line_title(line, context.programme), "when": time, "text": text}
    return _("{line}, {when}: {text}").format(**words)


def finding(check: str, weight: Weight, target: Target, context: LintContext, text: str) -> Finding:
    """A finding about one figure of the plan."""
    whole = sentence_of(target.line, time_of(target), text, context)
    return Finding(check, weight, target.line, target.year, target.cite, whole, time_of(target), text)


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
