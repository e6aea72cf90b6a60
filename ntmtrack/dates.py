"""Days as documents give them: whole, or known only to the month or the year.

A day is kept as ISO text, "2024-12-20", "2024-02" or "2016"; such a partial day counts from the last day of
what is known.
"""

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache

from ntmtrack.errors import BadDay, BadYear, NotAWholeDay
from ntmtrack.i18n import day as write_day
from ntmtrack.i18n import month as write_month

_REMEMBERED = 4_000  # days: those of decisions are told over and over
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_VIETNAMESE = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})", re.ASCII)
_LONG = re.compile(r"(?:ngày\s+)?([0-9]{1,2})\s*tháng\s+([0-9]{1,2})\s*năm\s+([0-9]{4})", re.IGNORECASE)
_SHORT = re.compile(
    r"(?:ngày\s*:?\s*)?(?<![0-9/])([0-9]{1,2})\s*([/.-])\s*([0-9]{1,2})\s*\2\s*([0-9]{4})(?![0-9/])", re.IGNORECASE
)
_MONTH = re.compile(r"tháng\s+([0-9]{1,2})\s*(?:/|-|năm)\s*([0-9]{4})(?![0-9/])", re.IGNORECASE)


@lru_cache(_REMEMBERED)
def read_day(text: str) -> str:
    """`text` as an ISO day, month or year; dd/mm/yyyy and yyyy-mm-dd are both read.

    Raises BadDay when it is neither, or no such day exists.
    """
    text = text.strip()
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := _VIETNAMESE.fullmatch(text):
        day, month, year = found.groups()
    else:
        raise BadDay(text=text)
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError as wrong:
        raise BadDay(text=text) from wrong
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])


@lru_cache(_REMEMBERED)
def find_day(text: str) -> tuple[str | None, str]:
    """The first day or month written within a text, in ISO, and the text without it; raises BadDay."""
    for pattern, groups in ((_LONG, (1, 2, 3)), (_SHORT, (1, 3, 4)), (_MONTH, (1, 2))):
        if found := pattern.search(text):
            day = read_day("/".join(found[group] for group in groups))
            return day, f"{text[: found.start()]} {text[found.end() :]}"
    return None, text


def read_full_day(text: str) -> date:
    """`text` as a whole day; raises NotAWholeDay when only a month or a year is given."""
    iso = read_day(text)
    if not is_whole(iso):
        raise NotAWholeDay(text=text)
    return date.fromisoformat(iso)


def read_year(text: str) -> int:
    """A year typed as four digits; raises BadYear."""
    text = text.strip()
    if not (len(text) == 4 and text.isascii() and text.isdigit()):
        raise BadYear(text=text)
    return int(text)


def is_whole(iso: str) -> bool:
    """Whether a possibly partial ISO day is a whole one."""
    return len(iso) == len("2024-12-20")


def agree(one: str | None, other: str | None) -> bool:
    """Whether two partial ISO days can be the same, known more or less exactly; none told agrees with any."""
    one, other = one or "", other or ""
    return one.startswith(other) or other.startswith(one)


@lru_cache(_REMEMBERED)
def last_day(iso: str) -> date:
    """The last day that a partial ISO day can mean: "2024-02" → 29/2/2024."""
    year, month, day = (*map(int, iso.split("-")), 0, 0)[:3]
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


@lru_cache(_REMEMBERED)
def first_day(iso: str) -> date:
    """The first day that a partial ISO day can mean: "2024-02" → 1/2/2024."""
    year, month, day = (*map(int, iso.split("-")), 0, 0)[:3]
    return date(year, month or 1, day or 1)


def show_day(iso: str | None) -> str:
    """A possibly partial ISO day as the language writes it: 20/12/2024, 02/2024, 2016; "" for None."""
    if not iso:
        return ""
    if is_whole(iso):
        return write_day(date.fromisoformat(iso))
    return iso if len(iso) == 4 else write_month(first_day(iso))


def year_end(year: int) -> date:
    """31 December of `year`."""
    return date(year, 12, 31)


def day_asked(year: int, today: date) -> date:
    """The day that a year is asked about: its last, of a running year today."""
    return today if year == today.year else year_end(year)


def day_before(iso: str) -> str:
    """The ISO day before another: the last on which stood what ended on it."""
    return (date.fromisoformat(iso) - timedelta(1)).isoformat()
