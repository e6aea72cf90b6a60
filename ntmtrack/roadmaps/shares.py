"""Shares and per cents: exact, rounded once, as printed; the roundings seen in the wild."""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from math import floor

from ntmtrack.i18n import N_, _, number
from ntmtrack.roadmaps import Target


def printed_share(percent: str) -> Fraction:
    """A printed per cent as an exact share: "57,5" → 23/40."""
    return Fraction(percent.replace(",", ".")) / 100


def decimal(printed: str | None) -> Decimal | None:
    """A printed number as a number: "57,5" → 57.5."""
    return Decimal(printed.replace(",", ".")) if printed else None


def decimals(percent: str) -> int:
    """How many decimals are printed."""
    return len(percent.partition(",")[2])


def rounded(exact: Fraction, places: int) -> Decimal:
    """An exact number rounded half up once."""
    return Decimal((exact * 10**places + Fraction(1, 2)).__floor__()).scaleb(-places)


def percent(share: Fraction) -> Decimal:
    """`share` in per cent, rounded half up once from the exact ratio, two decimals: 54/94 → 57.45."""
    return rounded(share * 100, 2)


def whole_units(target: Target, base: int) -> tuple[int, int | None]:
    """The fewest (of "at most": the most) units of `base` that satisfy a printed per cent, and a range's upper end.

    A round per cent is taken as it stands: 55% of 132 is 73, the first number not below it; "at least 87%" of 129 is
    113. One printed with decimals, or "about", came out of a count: a number satisfies it that does so when rounded as
    printed: 77,59% of 116 is 90; 57,5% of 94 is 55, for 54 gives 57,4; "at most 51,06%" of 47 is 24.
    """
    assert target.percent is not None
    about = target.percent_sign == "about"
    high = None if target.percent_high is None else _most(target.percent_high, base)
    if target.percent_sign == "<=":
        return _most(target.percent, base), high
    if target.percent_sign == "<":
        return max(0, _least(target.percent, base) - 1), high
    if target.percent_sign == ">":
        return _most(target.percent, base) + 1, high
    return _least(target.percent, base, about=about), high


def _least(printed: str, base: int, *, about: bool = False) -> int:
    """The fewest units of `base` whose share, rounded as printed, is not below a per cent."""
    exact = printed_share(printed) * base
    return max(0, (exact - _half_step(printed, base, about=about)).__ceil__())


def _most(printed: str, base: int) -> int:
    """The most units of `base` whose share, rounded as printed, is not above a per cent."""
    exact, half = printed_share(printed) * base, _half_step(printed, base)
    return (exact + half).__ceil__() - 1 if half else exact.__floor__()


def _half_step(printed: str, base: int, *, about: bool = False) -> Fraction:
    """How many units half a step of the last printed decimal is; nothing of a round per cent, which is no rounding."""
    places = decimals(printed)
    return Fraction(base, 2 * 100 * 10**places) if places or about else Fraction(0)


PLACES = 2  # what we print ourselves
WHOLE = 100  # per cent


class Rounding(StrEnum):
    """How a share may have become the printed per cent; the first that fits explains it."""

    HALF_UP = "half-up"
    CUT_OFF = "cut-off"
    TWICE = "twice"  # to two decimals, and from there to fewer

    @property
    def label(self) -> str:
        """The rounding in words, in the language in use."""
        return _(_ROUNDINGS[self])


_ROUNDINGS = {
    Rounding.HALF_UP: N_("rounding half up"),
    Rounding.CUT_OFF: N_("cutting off instead of rounding"),
    Rounding.TWICE: N_("rounding twice"),
}


@cache
def value(printed: str) -> Fraction:
    """The number that a printed per cent stands for: "57,5"."""
    return 100 * printed_share(printed)


def at_common_places(printed: str, other: str) -> tuple[Decimal, Decimal]:
    """Two printed per cents at the decimals that both print."""
    places = min(decimals(printed), decimals(other))
    return rounded(value(printed), places), rounded(value(other), places)


def cut_off(share: Fraction, places: int) -> Decimal:
    """Without the digits that follow."""
    return Decimal(floor(share * 10**places)).scaleb(-places)


def per_cent(count: int, total: int) -> Fraction:
    """The exact share in per cent."""
    return Fraction(100 * count, total)


def in_way(rounding: Rounding, share: Fraction, places: int) -> Decimal:
    """The share at so many decimals, in one of the ways of the wild."""
    if rounding is Rounding.CUT_OFF:
        return cut_off(share, places)
    if rounding is Rounding.TWICE:
        share = Fraction(rounded(share, PLACES))
    return rounded(share, places)


def gives(rounding: Rounding, count: int, total: int, printed: str) -> bool:
    """Whether count/total becomes the printed per cent in this way."""
    return Fraction(in_way(rounding, per_cent(count, total), decimals(printed))) == value(printed)


def rounding_of(count: int, total: int, printed: str) -> Rounding | None:
    """The first way in which count/total becomes the printed per cent."""
    return next((way for way in Rounding if gives(way, count, total, printed)), None)


def ratio(count: int, total: int, places: int = PLACES) -> str:
    """The division as the language writes it: "54/94 = 57,45%"."""
    share = rounded(per_cent(count, total), max(PLACES, places))
    return f"{number(count)}/{number(total)} = {number(share)}%"


def steps(count: int, total: int, printed: str) -> str:
    """The two roundings one after the other: "57,45 → 57,5"."""
    return f"{number(rounded(per_cent(count, total), PLACES))} → {printed}"
