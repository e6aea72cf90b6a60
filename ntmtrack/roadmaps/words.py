"""The Vietnamese words of plan files, and when a figure is meant for."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import cache
from typing import Any

from ntmtrack.dates import first_day, read_day
from ntmtrack.errors import BadDay, UnknownLevel
from ntmtrack.model import Programme
from ntmtrack.programmes import find_level_spoken_of
from ntmtrack.roadmaps import BEFORE, JOIN
from ntmtrack.text import clean, squeeze, unmarked

_TIERS = {"xã": "commune", "huyện": "district", "tỉnh": "province", "thôn": "village"}
_OPERATORS = {"=": "=", "≥": ">=", ">": ">", "≤": "<=", "<": "<", "khoảng": "about", "từ – đến": "range"} | {
    "bằng": "=",
    **dict.fromkeys(("ít nhất", "tối thiểu", "không dưới", "=>"), ">="),
    **dict.fromkeys(("trên", "hơn", "lớn hơn"), ">"),
    **dict.fromkeys(("nhiều nhất", "không quá", "tối đa", "=<"), "<="),
    **dict.fromkeys(("dưới", "nhỏ hơn", "ít hơn"), "<"),
    **dict.fromkeys(("xấp xỉ", "~", "≈"), "about"),
}
_SHARES = {"tất cả": "all", "xã NTM": "ntm", "mức liền dưới": "nested"}
# The word of each key, first as it is written.
WORDS: Mapping[str, Mapping[str, str]] = {
    "tier": _TIERS | {f"cấp {word}": key for word, key in _TIERS.items()} | {"bản": "village", "ấp": "village"},
    "each": _TIERS | {f"mỗi {word}": key for word, key in _TIERS.items()},
    "nature": {"chỉ tiêu": "target", "đã đạt": "actual", "gốc": "baseline"}
    | dict.fromkeys(("mục tiêu", "kế hoạch", "phấn đấu"), "target")
    | dict.fromkeys(("hiện trạng", "năm gốc"), "baseline")
    | dict.fromkeys(("kết quả", "thực hiện", "ước đạt", "ước thực hiện", "đã thực hiện", "kết quả đạt được"), "actual"),
    "span": {"năm": "year", "cả giai đoạn": "period", "giai đoạn": "period"},
    "operator": _OPERATORS,
    "percent_operator": {word: sign for word, sign in _OPERATORS.items() if sign != "range"},
    "share_of": _SHARES
    | {"đăng ký": "registered", "còn lại": "remaining", "để ngỏ": "open", "khác": "other", "NTM": "ntm"},
    "readings": _SHARES | {"NTM": "ntm"},
    "of_set": {
        "theo bộ của giai đoạn": "programme",
        "giữ từ giai đoạn trước": "carried",
        "cả hai bộ": "both",
        "để ngỏ": "open",
        "bộ của giai đoạn": "programme",
        "bộ mới": "programme",
        **dict.fromkeys(("giai đoạn trước", "bộ cũ", "bộ giai đoạn trước"), "carried"),
        **dict.fromkeys(("cả hai", "bộ nào cũng tính"), "both"),
    },
    "counts": {"từ mức trở lên": "at-least", "mức cao nhất": "highest"},
}
MEASURE_WORDS = {
    "hoàn thành nhiệm vụ xây dựng NTM": "hoan-thanh",
    "huyện đạt chuẩn NTM": "ntm-huyen",
    "dưới số tiêu chí": "criteria-below",
    "từ số tiêu chí trở lên": "criteria-at-least",
    "tiêu chí bình quân": "criteria-average",
    "tiêu chí đạt": "criteria-met",
    "thu nhập": "income",
    "tỷ lệ nghèo": "poverty-rate",
    "OCOP": "ocop",
    "thôn mẫu": "model-hamlet",
    "vườn mẫu": "model-garden",
    "thôn thông minh": "smart-village",
    "điều kiện": "condition",
    "nhiệm vụ": "task",
    "mốc": "milestone",
    "khác": "other",
}
_MORE_MEASURES = {
    "hoàn thành nhiệm vụ": "hoan-thanh",
    "hoàn thành nhiệm vụ nông thôn mới": "hoan-thanh",
    "hoàn thành nhiệm vụ xây dựng nông thôn mới": "hoan-thanh",
    "thị xã, thành phố hoàn thành nhiệm vụ xây dựng NTM": "hoan-thanh",
    **dict.fromkeys(
        ("số tiêu chí bình quân", "bình quân tiêu chí", "tiêu chí bình quân/xã", "số tiêu chí bình quân/xã"),
        "criteria-average",
    ),
    "thu nhập bình quân": "income",
    "thu nhập bình quân đầu người": "income",
    "sản phẩm OCOP": "ocop",
    "hộ nghèo": "poverty-rate",
    **{f"đạt chuẩn NTM {word} hoàn thành nhiệm vụ xây dựng NTM": "ntm" for word in ("", "hoặc", "và")},
}
# What may stand before the words of a level: "Số xã đạt chuẩn NTM nâng cao".
_LEAD = re.compile(
    r"(?:(?:số|tỷ lệ|tỉ lệ)\s+)?(?:(?:xã|huyện|thôn|bản|ấp|tỉnh|đơn vị cấp huyện|đơn vị)\s+)?(?:được công nhận\s+)?",
    re.IGNORECASE,
)
# “đạt nâng cao” is the level that “nâng cao” is.
_REACHING = re.compile(r"đạt(?: chuẩn)?\s+", re.IGNORECASE)


def first_words(words: Mapping[str, str]) -> dict[str, str]:
    """The word that is written for each key."""
    first: dict[str, str] = {}
    for word, key in words.items():
        first.setdefault(key, word)
    return first


def word_meant(field: str, text: str) -> str | None:
    """The key that a word of a field means; None where it means none."""
    words = MEASURE_WORDS | _MORE_MEASURES if field == "measure" else WORDS[field]
    return _meanings(tuple(words.items())).get(_bare(text))


@cache
def _meanings(words: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """What each word and each key itself means."""
    return {_bare(text): meant for word, meant in words for text in (meant, word)}


def _bare(text: str) -> str:
    """A word without case, marks and spaces; of a sign, which has none of these, the sign itself."""
    return squeeze(text.replace(",", "")) or text.strip()


def measure_meant(text: str, programme: Programme | None) -> str | None:
    """The key of a level, of several joined by "+", or of another measure; None where one is not known."""
    keys = [word_meant("measure", part) or _level_key(part, programme) for part in text.split(JOIN)]
    return JOIN.join(key for key in keys if key) if all(keys) else None


def _level_key(text: str, programme: Programme | None) -> str | None:
    typed = clean(text)
    bare = _LEAD.sub("", typed, count=1)
    for words in (typed, bare, _REACHING.sub("", bare, count=1)):
        try:
            return find_level_spoken_of(programme, words).key if programme else None
        except UnknownLevel:
            continue
    return None


_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
# In plain letters: “đến hết năm 2025”, “giai đoạn 2021–2025” before the time itself.
_TIME_LEAD = re.compile(r"(?:(?:trong|vao|den|het|cuoi|ngay|thang|nam|giai doan|thoi ky|tu|ca)\s+)+")
_YEAR = re.compile(r"([0-9]{4})")
# “2024-2025”, “2024 và 2025”, “2024 đến năm 2025”.
_YEARS = re.compile(r"([0-9]{4}) ?(?:-|,|va|den) ?(?:nam )?([0-9]{4})")
# “quý III/2022”, “quý 3 năm 2022”.
_QUARTER = re.compile(r"quy (iv|i{1,3}|[1-4]) ?(?:/|-|nam)? ?([0-9]{4})")
_HALF = re.compile(r"(?:6|06|sau) thang dau nam ([0-9]{4})")
# “6/2022”, “6 năm 2022”.
_MONTH = re.compile(r"([0-9]{1,2}) ?(?:/|-|\.|nam) ?([0-9]{4})")


def read_time(text: str) -> dict[str, Any] | None:
    """The fields of a figure that a time in words means: `year`, and what more it tells; None where it is none.

    "6/2022" is due by that month, "trước năm 2025" by the end of 2024; "2024–2025" is of both years together.
    """
    time = " ".join(unmarked(text).replace("–", "-").replace("—", "-").split()).rstrip(".")
    if (rest := time.removeprefix("truoc ")) != time:
        return _before(_without_lead(rest))
    for pattern, meant in _FORMS:
        for form in (time, _without_lead(time)):
            if match := pattern.fullmatch(form):
                return meant(match)
    return _day(time)


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


def _without_lead(text: str) -> str:
    """The text without the words that lead to a time: "đến hết năm"."""
    lead = _TIME_LEAD.match(text)
    return text[lead.end() :] if lead else text


def _years(match: re.Match[str]) -> dict[str, Any] | None:
    first, last = match.groups()
    return {"year": int(last), "span": "period", "begins_on": first} if first < last else None


def _quarter(match: re.Match[str]) -> dict[str, Any]:
    last = 3 * _QUARTERS[match[1]]
    return {"year": int(match[2]), "begins_on": f"{match[2]}-{last - 2:02}", "due_on": f"{match[2]}-{last:02}"}


def _month(match: re.Match[str]) -> dict[str, Any] | None:
    month = int(match[1])
    return {"year": int(match[2]), "due_on": f"{match[2]}-{month:02}"} if 1 <= month <= 12 else None


def _day(text: str) -> dict[str, Any] | None:
    try:
        iso = read_day(_without_lead(text))
    except BadDay:
        return None
    return {"year": int(iso[:4]), "due_on": iso}


def _before(text: str) -> dict[str, Any] | None:
    match = _MONTH.fullmatch(text)
    try:
        iso = read_day(f"{match[1]}/{match[2]}" if match else text)
        last = first_day(iso) - timedelta(days=1)
    except (BadDay, OverflowError):  # no day lies before 01/01/0001
        return None
    return {"year": last.year, "due_on": f"{BEFORE}{iso}"}


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], dict[str, Any] | None]], ...] = (
    (_YEAR, lambda match: {"year": int(match[1])}),
    (_YEARS, _years),
    (_QUARTER, _quarter),
    (_HALF, lambda match: {"year": int(match[1]), "due_on": f"{match[1]}-06"}),
    (_MONTH, _month),
)
