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
