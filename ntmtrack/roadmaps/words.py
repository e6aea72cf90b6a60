"""The Vietnamese words of plan files, in TOML and in tables; in any language of the program, as files go about.

The keys themselves are read too. Case, marks, spaces and hyphens do not matter.
"""

import re
from collections.abc import Mapping
from functools import cache

from ntmtrack.errors import UnknownLevel
from ntmtrack.model import Programme
from ntmtrack.programmes import find_level_spoken_of
from ntmtrack.targets import JOIN
from ntmtrack.text import clean, squeeze

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


def measure_meant(text: str, own: Programme | None) -> str | None:
    """The key of a level, of several joined by "+", or of another measure; None where one is not known."""
    keys = [word_meant("measure", part) or _level_key(part, own) for part in text.split(JOIN)]
    return JOIN.join(key for key in keys if key) if all(keys) else None


def _level_key(text: str, own: Programme | None) -> str | None:
    said = clean(text)
    bare = _LEAD.sub("", said, count=1)
    for words in (said, bare, _REACHING.sub("", bare, count=1)):
        try:
            return find_level_spoken_of(own, words).key if own else None
        except UnknownLevel:
            continue
    return None
