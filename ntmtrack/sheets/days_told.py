"""Days as programs and people of other habits write them: with the hour, with two digits of the year, month first."""

import re
from datetime import date, datetime, timedelta, timezone

from ntmtrack.rules import YEARS_APART
from ntmtrack.sheets.cell_values import day_in
from ntmtrack.sheets.cells import Cell
from ntmtrack.text import clean

_MONTHS = 12
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?( ?(Z|[+-][0-9]{2}:?[0-9]{2}))?"
)
_CLOCK = re.compile(r"(.*[0-9]{4})\s+[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?( ?[AaPp][Mm])?")
_HERE = timezone(timedelta(hours=7))  # where a moment told with its zone is a day
_TWO_DIGITS = re.compile(r"(?<![0-9/])([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{2})(?![0-9/])")
_MONTH_FIRST = re.compile(r"\s*([0-9]{1,2})[/.-]([0-9]{1,2})[/.-][0-9]{4}(\s+[0-9:]+( ?[AaPp][Mm])?)?\s*")


def day_told(cell: Cell) -> str:
    """A day, a month or a year in ISO, as `day_in` reads it, whatever hour is written behind it; raises Unfit."""
    if not isinstance(cell.value, str) or cell.fault:
        return day_in(cell)
    return day_in(cell._replace(value=without_clock(clean(cell.value))))


def without_clock(text: str) -> str:
    """The day of a moment that a program wrote: "2021-01-05T17:00:00Z" is 6/1/2021 in Vietnam."""
    if found := _MOMENT.fullmatch(text):
        try:
            moment = datetime.fromisoformat(text.replace(",", ".").replace(" +", "+").replace(" Z", "Z"))
            return (moment.astimezone(_HERE) if moment.tzinfo else moment).date().isoformat()
        except (ValueError, OverflowError):  # the last day that there is has no next
            return found[1]
    found = _CLOCK.fullmatch(text)
    return found[1] if found else text


def with_whole_year(text: str, near: int | None) -> str | None:
    """A text with the year of its day whole that has two digits; None where there is none, or one far from `near`."""
    found = _TWO_DIGITS.search(text)
    if found is None:
        return None
    day, sign, month, year = found[1], found[2], found[3], 2000 + int(found[4])
    if near and abs(year - near) > YEARS_APART:
        return None
    try:
        date(year, int(month), int(day))
    except ValueError:
        return None
    return f"{text[: found.start()]}{day}{sign}{month}{sign}{year}{text[found.end() :]}"


def is_month_first(cell: Cell) -> bool | None:
    """Whether a text can only be a day with its month first (01/25/2020); None where it may be read either way."""
    found = _MONTH_FIRST.fullmatch(cell.value) if isinstance(cell.value, str) and not cell.fault else None
    if not found or int(found[1]) == int(found[2]):
        return False
    first, second = int(found[1]), int(found[2])
    return None if first <= _MONTHS and second <= _MONTHS else first <= _MONTHS < second
