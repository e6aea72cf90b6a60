"""The day of which a title says that its figures are: “đến 30/6/2024”, “6 tháng đầu năm 2024”, “tháng 6 năm 2024”."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from ntmtrack.text import clean, unmarked

_DAY = r"(?:ngay\s*)?(?P<d>[0-9]{1,2})\s*(?:[/.-]|thang)\s*(?P<m>[0-9]{1,2})\s*(?:[/.-]|nam)\s*(?P<y>20[0-9]{2})"
_UP_TO = re.compile(rf"(?:den|toi|thoi diem|het|tai|chot)\s*(?:het\s*)?(?:ngay\s*)?:?\s*{_DAY}\b")
_BARE = re.compile(rf"(?<![0-9/.-]){_DAY}\b")
# Halves, quarters, months: each ends on its last day.
_PARTS: tuple[tuple[re.Pattern[str], int | None], ...] = (
    (re.compile(r"(?:6|06|sau)\s*(?:thang|t)\s*dau\s*nam\s*(?P<y>20[0-9]{2})"), 6),
    (re.compile(r"(?:6|06|sau)\s*(?:thang|t)\s*cuoi\s*nam\s*(?P<y>20[0-9]{2})"), 12),
    (re.compile(r"(?<![0-9])(?:6|06)\s*t(?:hang)?\s*(?:dau)?\s*[-./_ ]?\s*(?P<y>20[0-9]{2})"), 6),
    (re.compile(r"(?P<n>0?9|chin)\s*thang(?:\s*dau)?\s*(?:nam|[-./_ ])\s*(?P<y>20[0-9]{2})"), 9),
    (re.compile(r"q(?:uy)?\s*(?P<q>[1-4]|iv|i{1,3})\s*(?:nam|[-./_, ])\s*(?:nam\s*)?(?P<y>20[0-9]{2})"), None),
    (
        re.compile(r"(?:thang|(?<![a-z0-9])t)\s*(?P<m>[0-9]{1,2})\s*(?:nam|[-./_, ])\s*(?:nam\s*)?(?P<y>20[0-9]{2})"),
        None,
    ),
)
_YEAR = re.compile(
    r"(?<!den )(?<!giai doan )(?<![0-9/.-])(?:het |cuoi )?(?:nam|^)\s*(?P<y>20[0-9]{2})(?![0-9]|\s*[-–/.])"
)
_LETTER = re.compile(r"^[^,0-9]{2,30},\s*ngay\b")  # place and day of a letterhead
_OF_LAW = re.compile(
    r"(?:so\s*)?[0-9]+/(?:20[0-9]{2}/)?(?:qd|nq|kh|tt|nd|bc|hd)\b[^;)]*?(?:20[0-9]{2}|$)"
    r"|giai doan\s*20[0-9]{2}\s*[-–]\s*20[0-9]{2}"
)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def title_days(texts: Iterable[str]) -> list[str]:
    """The ISO days that texts above a table tell, the surest kind alone: a day “đến”, a half-year or month, a year."""
    lines = [_OF_LAW.sub(" ", line) for text in texts if not _LETTER.match(line := unmarked(clean(text)))]
    for told in (_up_to, _bare, _parts, _years):
        if days := list(dict.fromkeys(day for line in lines for day in told(line))):
            return days
    return []


def _up_to(line: str) -> list[str]:
    return [day for match in _UP_TO.finditer(line) if (day := _iso(int(match["y"]), int(match["m"]), int(match["d"])))]


def _bare(line: str) -> list[str]:
    return [day for match in _BARE.finditer(line) if (day := _iso(int(match["y"]), int(match["m"]), int(match["d"])))]


def _parts(line: str) -> list[str]:
    for pattern, month in _PARTS:
        if days := [day for match in pattern.finditer(line) if (day := _of_part(match, month))]:
            return days
    return []


def _of_part(match: re.Match[str], month: int | None) -> str | None:
    groups = match.groupdict()
    if month is None:
        quarter = groups.get("q")
        month = 3 * (_QUARTERS.get(quarter) or int(quarter)) if quarter else int(groups["m"])
    return _iso(int(groups["y"]), month, None)


def _years(line: str) -> list[str]:
    return [f"{match['y']}-12-31" for match in _YEAR.finditer(line)]


def _iso(year: int, month: int, day: int | None) -> str | None:
    try:
        return date(year, month, day or monthrange(year, month)[1]).isoformat()
    except (ValueError, IndexError):
        return None
