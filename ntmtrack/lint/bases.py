"""Mẫu số: of what a printed per cent may be, and how many units there would have to be."""

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from ntmtrack.i18n import _, number
from ntmtrack.lint import ABOUT_POINTS, LintContext, is_goal, operator_of, pair_operator, units_word
from ntmtrack.model import Level, Programme, Tier
from ntmtrack.roadmaps import COUNTED_MEASURES, READINGS, Roadmap, Target
from ntmtrack.roadmaps.shares import decimals, value

MOST_MERGED = 1.5  # a plan of 2021 may have so many times the units of a list of 2025: Nam Định had 204, then 146


class Base(NamedTuple):
    """A denominator: how many units, and which, in words."""

    size: int
    of: str


def counts_units(target: Target) -> bool:
    """Whether the figure counts units out of all those of its tier, not of some part that its name says."""
    counted = bool(target.levels) or target.measure in COUNTED_MEASURES
    return counted and not (target.name or target.counted_in or target.each)


def declared_bases(plan: Roadmap, context: LintContext, target: Target) -> list[Base]:
    """The denominators that the document itself gives for a figure, or that are surely known."""
    if target.total:
        return [Base(target.total, _("the printed total"))]
    if not counts_units(target):
        return []
    if target.share_of == "all":
        return printed_totals(plan, target) or (bases_of_list(context, target) if context.exact else [])
    return [base for reading in readings(target) for base in bases_of_reading(plan, context, target, reading)]


def readings(target: Target) -> tuple[str, ...]:
    """What the per cent may be of: what the document declares, else all that it may mean."""
    return target.readings if target.share_of == "open" else (target.share_of,)


def may_have_been(context: LintContext, tier: Tier, count: int) -> bool:
    """Whether there may have been so many units on the plan's day; only mergers tell the list from it.

    Example: the 455 communes of a plan of 2021, where a list of 30/6/2025 has 452.
    """
    known = context.totals.get(tier)
    return known is None or known == count or (not context.exact and count in plausible(known))


def plausible(size: int) -> range:
    """How many units there may have been on a plan's day, by a list of a later one: as many or more."""
    return range(size, floor(size * MOST_MERGED) + 1)


def possible_bases(plan: Roadmap, context: LintContext, target: Target) -> list[Base]:
    """Every other denominator that may explain a figure: what the document does not say, but may have used."""
    readings = READINGS if counts_units(target) else ()
    bases = [base for reading in readings for base in bases_of_reading(plan, context, target, reading)]
    bases += bases_of_list(context, target) if readings else []
    sizes = {base.size for base in declared_bases(plan, context, target)}
    return [base for base in dict.fromkeys(bases) if base.size not in sizes]


def bases_of_reading(plan: Roadmap, context: LintContext, target: Target, reading: str) -> list[Base]:
    """The denominators that one reading of "per cent" gives, as far as they are known."""
    if reading == "all":
        return printed_totals(plan, target) or bases_of_list(context, target)
    level = base_level(context.programme, target, reading)
    return [] if level is None else list(_counts(plan, target, level))


def base_level(programme: Programme, target: Target, reading: str) -> Level | None:
    """The level whose units a per cent is of: the lowest, or the one just below the figure's own."""
    ladder = sorted(programme.levels_of(target.tier) or programme.levels, key=lambda level: level.rank)
    own = [level.rank for level in ladder if level.key in target.levels]
    below = [level for level in ladder if own and level.rank < min(own)]
    if reading == "ntm":
        return below[0] if below else None
    return below[-1] if below and reading == "nested" else None


def units_at_level(tier: Tier, level: Level) -> str:
    """The units at a level, in the midst of a sentence: "xã đạt chuẩn NTM"."""
    return _("{units} at {level}").format(units=units_word(tier), level=level.label)


def printed_totals(plan: Roadmap, target: Target) -> list[Base]:
    """The totals that the plan prints for the same units, in that year if it does."""
    alike = [other for other in plan.targets if prints_total(other) and area_of(other) == area_of(target)]
    same_year = [other for other in alike if other.year == target.year]
    sizes = dict.fromkeys(other.total for other in same_year or alike)
    return [Base(size, _("the total that the plan prints elsewhere")) for size in sizes if size]


def prints_total(target: Target) -> bool:
    """Whether the figure prints how many units of its tier there are in all."""
    return target.total is not None and target.share_of == "all" and counts_units(target)


def area_of(target: Target) -> tuple[Tier, str | None]:
    """Which units are counted out: of a tier, in the whole scope or within a district."""
    return target.tier, target.within


def bases_of_list(context: LintContext, target: Target) -> list[Base]:
    """The units that the list of units has, of a whole scope."""
    size = context.totals.get(target.tier) if target.within is None else None
    return [Base(size, context.source or _("the list of units"))] if size else []


def _counts(plan: Roadmap, target: Target, level: Level) -> Iterator[Base]:
    """The plan's own number of units at a level, in that year; the figure beside it before any other."""
    for other in at_level(plan, target, level):
        if other.cumulative and operator_of(other, "cumulative") == "=":
            yield Base(other.cumulative, units_at_level(target.tier, level))


def at_level(plan: Roadmap, target: Target, level: Level) -> list[Target]:
    """The plan's figures of the units at a level in the year of `target`, the one beside it before any other."""
    alike = [
        other
        for other in plan.targets
        if (area_of(other), other.year, other.measure) == (area_of(target), target.year, level.key)
        and (counts_units(other) and other.counts == "at-least")
    ]
    return sorted(alike, key=lambda other: other.span != target.span)


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


def fitting_sizes(target: Target) -> Sizes | None:
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
