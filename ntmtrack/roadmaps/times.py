"""When a figure is meant for, as plans write it: a year, a month, a quarter, some years together, before a day."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from ntmtrack.dates import first_day, read_day
from ntmtrack.errors import BadDay
from ntmtrack.targets import BEFORE
from ntmtrack.text import unmarked

_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_LEAD = re.compile(r"(?:(?:trong|vao|den|het|cuoi|ngay|thang|nam|giai doan|thoi ky|tu|ca)\s+)+")
_YEAR = re.compile(r"([0-9]{4})")
_YEARS = re.compile(r"([0-9]{4}) ?(?:-|,|va|den) ?(?:nam )?([0-9]{4})")
_QUARTER = re.compile(r"quy (iv|i{1,3}|[1-4]) ?(?:/|-|nam)? ?([0-9]{4})")
_HALF = re.compile(r"(?:6|06|sau) thang dau nam ([0-9]{4})")
_MONTH = re.compile(r"([0-9]{1,2}) ?(?:/|-|\.|nam) ?([0-9]{4})")


def read_time(text: str) -> dict[str, Any] | None:
    """The fields of a figure that a time in words means: `year`, and what more it tells; None where it is none.

    "6/2022" is due by that month, "trước năm 2025" by the end of 2024; "2024–2025" is of both years together.
    """
    said = " ".join(unmarked(text).replace("–", "-").replace("—", "-").split()).rstrip(".")
    if (rest := said.removeprefix("truoc ")) != said:
        return _before(_bare(rest))
    for pattern, meant in _FORMS:
        for form in (said, _bare(said)):
            if found := pattern.fullmatch(form):
                return meant(found)
    return _day(said)


def read_due(text: str) -> str | None:
    """The day by which something is due, as the ledger keeps it: "2022-06", before a day "<2025"; None for no day."""
    if text.startswith(BEFORE):
        before = _before(text.removeprefix(BEFORE))
        return before["due_on"] if before else None
    try:
        return read_day(text)
    except BadDay:
        time = read_time(text)
    return time.get("due_on", str(time["year"])) if time and "span" not in time else None


def show_due(due: str) -> str:
    """A day by which something is due as a plan writes it: "06/2022", "trước năm 2025"."""
    day = "/".join(reversed(due.removeprefix(BEFORE).split("-")))
    if not due.startswith(BEFORE):
        return day
    return f"trước năm {day}" if len(day) == len("2025") else f"trước {day}"


def _bare(text: str) -> str:
    """The text without the words that lead to a time: "đến hết năm"."""
    lead = _LEAD.match(text)
    return text[lead.end() :] if lead else text


def _years(found: re.Match[str]) -> dict[str, Any] | None:
    first, last = found.groups()
    return {"year": int(last), "span": "period", "begins_on": first} if first < last else None


def _quarter(found: re.Match[str]) -> dict[str, Any]:
    last = 3 * _QUARTERS[found[1]]
    return {"year": int(found[2]), "begins_on": f"{found[2]}-{last - 2:02}", "due_on": f"{found[2]}-{last:02}"}


def _month(found: re.Match[str]) -> dict[str, Any] | None:
    month = int(found[1])
    return {"year": int(found[2]), "due_on": f"{found[2]}-{month:02}"} if 1 <= month <= 12 else None


def _day(text: str) -> dict[str, Any] | None:
    try:
        iso = read_day(_bare(text))
    except BadDay:
        return None
    return {"year": int(iso[:4]), "due_on": iso}


def _before(text: str) -> dict[str, Any] | None:
    found = _MONTH.fullmatch(text)
    try:
        iso = read_day(f"{found[1]}/{found[2]}" if found else text)
        last = first_day(iso) - timedelta(days=1)
    except (BadDay, OverflowError):  # no day lies before 01/01/0001
        return None
    return {"year": last.year, "due_on": f"{BEFORE}{iso}"}


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], dict[str, Any] | None]], ...] = (
    (_YEAR, lambda found: {"year": int(found[1])}),
    (_YEARS, _years),
    (_QUARTER, _quarter),
    (_HALF, lambda found: {"year": int(found[1]), "due_on": f"{found[1]}-06"}),
    (_MONTH, _month),
)
