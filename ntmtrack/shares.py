"""Shares and per cents: exact, rounded once, as printed; and how many units a printed per cent asks for."""

from decimal import Decimal
from fractions import Fraction

from ntmtrack.targets import Target


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

    A round per cent is met by the first number that is not below it: 55% of 132 is 73, "at least 87%" of 129 is 113.
    One printed with decimals, or "about", came out of a count: it is met by the first number that gives it when
    rounded as printed: 77,59% of 116 is 90; 57,5% of 94 is 55, for 54 gives 57,4.
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
    places = decimals(target.percent)
    if target.operator == "range" or (target.operator in ("=", ">=") and not places):
        return exact.__ceil__(), high
    half = Fraction(base, 2 * 100 * 10**places)  # what rounds up to the printed figure
    return (exact - half).__ceil__(), high
