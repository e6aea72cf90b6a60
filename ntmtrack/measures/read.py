"""Values read as people write them: “62,5”, “62,5 triệu đồng”, “62.500 nghìn đồng”, “98,5 %”; never guessed."""

import re
from decimal import Decimal
from typing import NamedTuple

from ntmtrack.errors import (
    BadMeasuredValue,
    BadStars,
    NotBetween,
    NotWhole,
    UnclearNumber,
    UnitOfMeasureNeeded,
    UnknownUnitOfMeasure,
)
from ntmtrack.i18n import number
from ntmtrack.measures import OCOP, STARS, Measure, value_words
from ntmtrack.measures.units import CountedIn, unit_told
from ntmtrack.text import clean

_TOLD = re.compile(r"([-–−+]?\s*[0-9](?:[0-9.,]|\s(?=[0-9]{3}(?![0-9])))*)\s*(.*)")
_GROUPS = {".": re.compile(r"[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?"), ",": re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")}
# One sign with three figures behind it: thousands or decimals.
_EITHER = re.compile(r"([1-9][0-9]{0,2})([.,])([0-9]{3})")
_DECIMAL = re.compile(r"[0-9]+([.,][0-9]+)?")
_LONGEST = 18


class MeasuredValue(NamedTuple):
    """A value as it is kept: plain digits with a decimal point, and its unit, None where it has none."""

    value: str
    counted_in: str | None


def read_value(measure: Measure, text: str, usual: CountedIn | None = None) -> MeasuredValue:
    """The value that a text tells; `usual` is the unit where it tells none, else that of the measure.

    Raises BadMeasuredValue, UnclearNumber, UnknownUnitOfMeasure, UnitOfMeasureNeeded, NotBetween, NotWhole, BadStars.
    """
    told = _TOLD.fullmatch(clean(text))
    if not told or len(told[1]) > _LONGEST:
        raise BadMeasuredValue(text=clean(text))
    unit = usual
    if told[2]:
        unit = unit_told(measure, told[2])
        if unit is None:
            known = measure.unit if not measure.is_money else f"{measure.unit}, nghìn đồng/người/tháng"
            raise UnknownUnitOfMeasure(unit=told[2], measure=measure.label, known=known)
    value = read_number(measure, told[1], unit)
    return checked(measure, value, unit)


def read_number(measure: Measure, text: str, unit: CountedIn | None) -> Decimal:
    """The number of a text without its unit; raises UnclearNumber where it is thousands or decimals, BadMeasuredValue.

    A point before three figures parts thousands in whole numbers and small money; in per cents, which have no
    thousands, it is a decimal point as a comma is; in others that is not guessed.
    """
    sign, digits = _parted(text)
    if either := _EITHER.fullmatch(digits):
        is_thousands = _is_thousands(measure, either[2], unit)
        if is_thousands is None:
            decimal = "" if _is_whole(measure) else f"{either[1]},{either[3].rstrip('0') or '0'}"
            raise UnclearNumber(text=digits, ways=[f"{either[1]}{either[3]}", decimal])
        return sign * Decimal(f"{either[1]}{'' if is_thousands else '.'}{either[3]}")
    for thousands, pattern in _GROUPS.items():
        if pattern.fullmatch(digits):
            return sign * Decimal(digits.replace(thousands, "").replace(",", "."))
    if _DECIMAL.fullmatch(digits):
        return sign * Decimal(digits.replace(",", "."))
    raise BadMeasuredValue(text=text)


def _parted(text: str) -> tuple[int, str]:
    bare = text.replace(" ", "")
    return (-1 if bare[0] in "-–−" else 1), bare.lstrip("-–−+")


def _is_thousands(measure: Measure, sign: str, unit: CountedIn | None) -> bool | None:
    """Whether a sign before three figures parts thousands; None where it may be either."""
    if measure.is_percent:
        return False
    if _is_whole(measure) or (unit is not None and unit.is_small):
        return True if sign == "." else None
    return None if sign == "." else False


def _is_whole(measure: Measure) -> bool:
    return measure.counted or measure.key == OCOP


def checked(measure: Measure, value: Decimal, unit: CountedIn | None) -> MeasuredValue:
    """A value with its unit, as it is kept; raises NotBetween, NotWhole, BadStars, UnitOfMeasureNeeded."""
    shown = number(_plain(value))
    if measure.key == OCOP and value not in STARS:
        raise BadStars(text=shown)
    if measure.is_percent and not 0 <= value <= 100:
        raise NotBetween(measure=measure.label, value=shown)
    if measure.counted and (value < 0 or value != value.to_integral_value()):
        raise NotWhole(measure=measure.label, value=shown)
    if measure.usual and value <= 0:
        raise BadMeasuredValue(text=shown)
    if measure.usual and (unit is None or not unit.is_whole):
        low, high = measure.usual
        if not low <= value * (unit.factor if unit else 1) <= high:
            told = value_words(str(_plain(value)), unit.name if unit else measure.unit)
            raise UnitOfMeasureNeeded(measure=measure.label, value=told, number=decimal_words(value))
    return MeasuredValue(f"{_plain(value):f}", (unit.name if unit else measure.unit) or None)


def decimal_words(value: Decimal) -> str:
    """A number as it may be typed again, without parted thousands: "62500", "5,2"."""
    return f"{_plain(value):f}".replace(".", ",")


def _plain(value: Decimal) -> Decimal:
    """A number without zeros at its end."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
