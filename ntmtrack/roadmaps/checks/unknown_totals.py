"""Where the document prints no total: how many units there would have to be for its counts and per cents."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from ntmtrack.i18n import N_, _, number
from ntmtrack.roadmaps.checks.bases import area, counts_units
from ntmtrack.roadmaps.checks.intervals import ABOUT_POINTS
from ntmtrack.roadmaps.checks.printed import operator_of, percent_text
from ntmtrack.roadmaps.checks.shares import ratio, value
from ntmtrack.roadmaps.checks.words import finding, units_word
from ntmtrack.roadmaps.findings import Finding, Ground, Weight
from ntmtrack.shares import decimals
from ntmtrack.targets import Target

_AT_MOST = N_("{count} is {percent} only if there are at most {limit} {units} in all ({ratio}; {beyond})")
_AT_LEAST = N_("{count} is {percent} only if there are at least {limit} {units} in all ({ratio}; {beyond})")


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


def sizes(target: Target) -> Sizes | None:
    """How many units there may be for a figure's count to be its per cent; None where that cannot be said."""
    operator = operator_of(target, "cumulative", "percent")
    if target.percent is None or target.cumulative is None or operator == "range":
        return None
    if target.share_of != "all" or not counts_units(target) or target.counts != "at-least":
        return None
    share, count = value(target.percent), target.cumulative
    half = Fraction(1, 2 * 10 ** decimals(target.percent))
    match operator:
        case "=":
            return Sizes(_over(count, share + half), _most(count, share - half))
        case ">=":
            return Sizes(count, _most(count, share))
        case ">":
            return Sizes(count, _below(count, share))
        case "<=":
            return Sizes(_least(count, share), None)
    return Sizes(_least(count, share + ABOUT_POINTS), _most(count, share - ABOUT_POINTS))


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


def misfits(targets: Sequence[Target]) -> list[Target]:
    """The figures that no number of units gives, alone or together with those before them in the same year."""
    return [target for target in targets if (own := sizes(target)) and own.both(_others(target, targets)).none]


def _others(target: Target, targets: Sequence[Target]) -> Sizes:
    """The numbers of units that do for the figures before this one, in the same year."""
    common = Sizes(0, None)
    for other in targets[: targets.index(target)]:
        own = sizes(other) if (area(other), other.year) == (area(target), target.year) else None
        if own and not own.both(common).none:
            common = own.both(common)
    return common


def misfit_text(target: Target, targets: Sequence[Target]) -> str:
    """What a figure would need, and what those before it need."""
    own = sizes(target)
    assert own is not None
    words = {"count": number(target.cumulative or 0), "percent": percent_text(target), "units": units_word(target.tier)}
    if own.none:
        return _("no whole number of {units} in all makes {count} equal to {percent}").format(**words)
    text = _("{count} is {percent} of {own} {units} in all, but the plan's other shares need {others}")
    return text.format(**words, own=own, others=_others(target, targets))


def conditions(targets: Sequence[Target], ground: Ground) -> Iterator[Finding]:
    """Under which number of units "at least" and the like are true, as the document does not print it."""
    failing = misfits(targets)
    for target in targets:
        own = sizes(target)
        if own and target.operator in (">=", ">", "<=") and target not in failing:
            limit = own.least if target.operator == "<=" else own.most
            if limit and target.cumulative and limit > target.cumulative:
                yield _condition(target, target.cumulative, limit, ground)


def unlike_the_list(targets: Sequence[Target], ground: Ground) -> Iterator[Finding]:
    """Plain per cents that their counts are not of the units known, where no other figure speaks for another number."""
    failing = misfits(targets)
    for target in targets:
        own, known = sizes(target), ground.totals.get(target.tier) if target.within is None else None
        plain = operator_of(target, "cumulative", "percent") in ("=", "about")
        if own and known and plain and target not in failing and not own.has(known) and not _shared(target, targets):
            yield _unlike(target, own, known, ground)


def _shared(target: Target, targets: Sequence[Target]) -> bool:
    """Whether another count of the plan is its per cent of the same number of units."""
    own = sizes(target)
    others = (other for other in targets if area(other) == area(target) and other.cumulative != target.cumulative)
    return any(own and size and not own.both(size).none for size in map(sizes, others))


def _unlike(target: Target, own: Sizes, known: int, ground: Ground) -> Finding:
    count = target.cumulative or 0
    words = {"count": number(count), "percent": percent_text(target), "own": own, "units": units_word(target.tier)}
    text = _("{count} is {percent} of {own} {units} in all, but {source} has {total}: {ratio}")
    source = ground.source or _("the list of units")
    text = text.format(**words, source=source, total=number(known), ratio=ratio(count, known))
    return finding("percent", Weight.NOTE, target, ground, text)


def _condition(target: Target, count: int, limit: int, ground: Ground) -> Finding:
    falling = target.operator == "<="
    beyond = limit - 1 if falling else limit + 1
    text = _(_AT_LEAST if falling else _AT_MOST).format(
        count=number(count),
        percent=percent_text(target),
        limit=number(limit),
        units=units_word(target.tier),
        ratio=ratio(count, limit),
        beyond=ratio(count, beyond),
    )
    known = ground.totals.get(target.tier) if target.within is None else None
    if known:
        words = {"source": ground.source or _("the list of units"), "ratio": ratio(count, known)}
        text += _("; {source} has {total} ({ratio})").format(**words, total=number(known))
    return finding("percent", Weight.NOTE, target, ground, text)
