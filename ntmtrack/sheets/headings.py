"""Headings read: which field, of which level, the words over a column mean."""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from ntmtrack.model import Tier
from ntmtrack.programmes import KEYS, programme
from ntmtrack.sheets.fields import AMBIGUOUS_BARE, BELOW, BESIDE_LEVELS, ENDED, HEADINGS, OF_A_LEVEL, PLANNED, Field
from ntmtrack.text import plain

Meaning = tuple[Field, str | None]

_SIGNS = re.compile(r"[^\w]+")
_REMARKS = r"ghi chu.*|notes?"
_DECISION = re.compile(r"\b(qd|quyet dinh)\b")
_ABOUT_THE_DECISION = re.compile(r"\b(qd|quyet dinh|ban hanh|ky)\b")
_REACHED = frozenset(("dat", "chuan"))
_TOO_LITTLE = (*_REACHED, "dat chuan")  # beside other words these name no level: "năm đạt chuẩn"
_LONGEST = 120
_A_YEAR = re.compile(r"\b(?:(?:trong|vao) )?(?:nam )?((?:19|20)[0-9]{2})\b")
_BESIDE_YEARS = BESIDE_LEVELS - {"hien", "tinh", "trang", "ket", "qua"} | {"cac", "danh", "sach", "ten"}
_REMEMBERED = 4_000  # texts: rows tell the same levels over and over


def simple(text: object) -> str:
    """A heading in small plain letters, its signs left out: "Số QĐ, ngày (1)" → "so qd ngay 1"."""
    return _simple(str(text))


@lru_cache(_REMEMBERED)
def _simple(text: str) -> str:
    return " ".join(_SIGNS.sub(" ", plain(text)).split())


_OF_DISTRICTS = re.compile(r"\b(huyen|thi xa|thanh pho|quan|tx|tp|district)\b")
_OF_COMMUNES = re.compile(r"\b(xa|phuong|thi tran|dac khu|commune)\b")


def tier_in(text: str) -> Tier | None:
    """The tier that a simple text names by its kinds of unit: "ten xa" → communes; None for "huyen xa", "don vi"."""
    rest = _OF_DISTRICTS.sub(" ", text)
    found = [Tier.DISTRICT] * (rest != text) + [Tier.COMMUNE] * bool(_OF_COMMUNES.search(rest))
    return found[0] if len(found) == 1 else None


def is_column(text: str) -> bool:
    """Whether a text is the letters of a column: D, AB."""
    return text.isascii() and text.isalpha() and text.isupper() and len(text) < len("AAA")


@cache
def _level_words() -> tuple[tuple[str, str], ...]:
    """Every name of every level with its key, the longest first."""
    words = {
        simple(word): level.key
        for key in KEYS
        for level in programme(key).levels
        for word in (level.key, level.name, *level.aliases)
    }
    return tuple(sorted(((w, key) for w, key in words.items() if w not in _TOO_LITTLE), key=lambda one: -len(one[0])))


@lru_cache(_REMEMBERED)
def levels_in(text: str) -> tuple[tuple[str, ...], str]:
    """The levels that a simple text names, and what is left: "nam dat ntm nang cao" → ("nang-cao",), "nam dat"."""
    found: dict[str, None] = {}
    for word, key in _level_words():
        rest = re.sub(rf"\b{word}\b", " ", text)
        if rest != text:
            found[key] = None
            text = rest
    keys = [*found]
    if len(keys) > 1 and "ntm" in keys:  # "đạt chuẩn NTM mức nâng cao"
        keys.remove("ntm")
    return tuple(keys), " ".join(text.split())


_JOINED = re.compile(r"[,;/+&|\n]|\s[-–—]\s|\b(?:và|va|cùng|lẫn|kèm|đồng thời)\b", re.IGNORECASE)


@lru_cache(_REMEMBERED)
def levels_joined(text: str) -> tuple[str, ...]:
    """The levels that a text names one beside the other: “NTM, NTM nâng cao”, “đạt chuẩn + nâng cao”; () where not two.

    “Đạt chuẩn NTM mức nâng cao” is one level, in whose name that of another stands.
    """
    found: dict[str, None] = {}
    for part in _JOINED.split(re.sub(r"(?i)\b(NTM|nông thôn mới)\s+(?=(NTM|nông thôn mới)\b)", r"\1, ", text)):
        levels, rest = levels_in(simple(part))
        found |= dict.fromkeys(levels or (["ntm"] if {*rest.split()} >= _REACHED else []))
    return tuple(found) if len(found) > 1 else ()


def level_name(key: str) -> str:
    """A level's name in the language in use, whichever programme has it."""
    labels = {level.key: level.label for one in KEYS for level in programme(one).levels}
    return labels.get(key, key)


@cache
def _planned() -> re.Pattern[str]:
    words = map(simple, (word for word in PLANNED + ENDED if word not in AMBIGUOUS_BARE))
    return re.compile(rf"\b({'|'.join(words)}|chua|lai|truot|rot|khong (duoc|cong nhan|con)|(?<!dat )khong dat)\b")


def speaks_of_plans(heading: str) -> bool:
    """Whether a simple text speaks of what is planned, denied, no more or recognised again: no recognition itself."""
    return bool(_planned().search(heading.replace("muc tieu quoc gia", "")))


def year_over(parts: Sequence[str]) -> int | None:
    """The year of which simple headings over one column speak: “Đạt chuẩn NTM năm 2020”, “NTM” below “Năm 2020”.

    None for a span, for several, and beside other words, which may speak of another: “đến năm 2020”, “QĐ năm 2020”,
    “Hiện trạng năm 2020”.
    """
    texts = [levels_in(part)[1] for part in parts]
    plain_ones = [text for text in texts if {*_A_YEAR.sub(" ", text).split()} <= _BESIDE_YEARS]
    years = {int(year) for text in plain_ones for year in _A_YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None


@cache
def read_heading(parts: tuple[str, ...], fields: frozenset[Field]) -> Meaning | None:
    """What a heading means, given from the top downwards as simple texts; None where it tells nothing known."""
    parts = tuple(part for part in parts if part)
    if not parts or sum(map(len, parts)) > _LONGEST:
        return None
    whole = " ".join(dict.fromkeys(parts))
    levels, rest = levels_in(whole)
    # Columns of plans and registrations tell of no recognition, nor do those of one recognised again.
    is_planned = Field.MARK in fields and speaks_of_plans(whole) and not re.fullmatch(_REMARKS, parts[-1])
    if len(levels) > 1 or is_planned:
        return None
    level = levels[0] if levels else None
    has_year = not _A_YEAR.fullmatch(parts[-1]) and year_over(parts)  # what a bare year heads its cells show
    words = set((_A_YEAR.sub(" ", rest) if has_year else rest).split())
    is_mark = Field.MARK in fields and words <= BESIDE_LEVELS
    if is_mark and level:
        return Field.MARK, level
    field = _field(parts, fields)
    if field is None and is_mark and words & _REACHED:
        return Field.MARK, "ntm" if words >= _REACHED else None
    return (field, level if field in OF_A_LEVEL else None) if field else None


def _field(parts: Sequence[str], fields: Iterable[Field]) -> Field | None:
    """By the lowest heading, else by all of them together."""
    above = " ".join(parts[:-1])
    if _DECISION.search(above) and parts[-1] in BELOW:
        return BELOW[parts[-1]]
    texts = [parts[-1], levels_in(parts[-1])[1], " ".join(parts), levels_in(" ".join(parts))[1]]
    for text in dict.fromkeys(texts):
        for field, pattern in HEADINGS:
            if field in fields and re.fullmatch(pattern, text):
                # The year of a decision is not the year that a unit is recognised for.
                is_other_year = field is Field.YEAR and _ABOUT_THE_DECISION.search(" ".join(parts))
                return None if is_other_year else field
    return None
