"""Per cents as printed, and the roundings seen in the wild: half up, cut off, rounded twice."""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from math import floor

from ntmtrack.i18n import N_, _, number
from ntmtrack.shares import decimals, printed_share, rounded

PLACES = 2  # what we print ourselves


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


def at_common_places(one: str, other: str) -> tuple[Decimal, Decimal]:
    """Two printed per cents at the decimals that both print."""
    places = min(decimals(one), decimals(other))
    return rounded(value(one), places), rounded(value(other), places)


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
