"""A value held against a target: an average of criteria, an income against that of a base year.

The one published rule of statuses holds for it as for counts; P is the printed number.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from ntmtrack.measures import every_measure
from ntmtrack.measures.kept import Measurement
from ntmtrack.model import Confidence
from ntmtrack.programmes.criteria import number_of
from ntmtrack.progress.products import amount
from ntmtrack.progress.status import Status
from ntmtrack.roadmaps import AT_MOST, Target


class LineValue(NamedTuple):
    """What was measured for a line: `number` (of a ratio that to the base year), of how many of the units.

    `parts` are the two numbers that it is the quotient of, with what each is; `year` is that
    of a value which is kept by the year; `start` the number that the plan began with; `is_made_up`: some of it is
    illustrative.
    """

    number: Fraction
    parts: tuple[tuple[str, Fraction], ...] = ()
    known: int = 1
    units: int = 1
    year: int | None = None
    start: Fraction | None = None
    is_made_up: bool = False


class YearValue(NamedTuple):
    """A value with the year that it is of."""

    year: int
    value: Fraction
    counted_in: str | None
    is_made_up: bool


def value_in(measurements: Sequence[Measurement], year: int) -> YearValue | None:
    """The value of exactly a year; None where none is kept."""
    return next((_read(one) for one in measurements if one.year == year and not one.name), None)


def value_until(measurements: Sequence[Measurement], year: int) -> YearValue | None:
    """The value of the last year until then; None where none is kept."""
    until = [one for one in measurements if one.year <= year and not one.name]
    return _read(max(until, key=lambda one: one.year)) if until else None


def _read(one: Measurement) -> YearValue:
    """The value in the usual unit of its measure, as plans have it: nghìn đồng a month is no triệu đồng a year."""
    is_made_up = one.confidence is Confidence.ILLUSTRATIVE
    known = every_measure().get(one.measure)
    told = amount(one) if known and known.unit else None
    if known is None or told is None:
        return YearValue(one.year, Fraction(number_of(one.value)), one.counted_in, is_made_up)
    return YearValue(one.year, Fraction(told), known.unit, is_made_up)


_CLOSE, _LATE = Fraction(95, 100), Fraction(60, 100)


def value_status(target: Target, measured: LineValue, *, is_due: bool) -> Status:
    """The status of a value by the published rule; NO_PLAN where nothing is printed, NOT_DUE before its day.

    Whether one that falls short is late cannot be said without the number that the plan began with.
    """
    printed = target.value if target.value is not None else None
    if printed is None:
        return Status.NO_PLAN
    if not is_due:
        return Status.NOT_DUE
    asked, high = Fraction(number_of(printed)), target.value_high and Fraction(number_of(target.value_high))
    number, start = measured.number, measured.start
    if target.operator in AT_MOST:
        number, asked, start = -number, -asked, None if start is None else -start
    top = high or asked
    if number > top:
        return Status.AHEAD
    if number >= asked and not (target.operator in (">", "<") and number == asked):
        return Status.REACHED
    if number >= asked * _CLOSE if asked > 0 else number * _CLOSE >= asked:
        return Status.CLOSE
    if start is None or asked <= start:
        return Status.NOT_CONCLUDED
    return Status.LATE if (number - start) >= (asked - start) * _LATE else Status.VERY_LATE
