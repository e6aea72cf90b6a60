"""Levels and tiers as offices name them: “đạt chuẩn NTM nâng cao”, “Kiểu mẫu (giáo dục)”, “Tên xã”."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from ntmtrack.model import Tier
from ntmtrack.programmes import every, every_level, find_level
from ntmtrack.sheets.columns import BESIDE_LEVELS, REMEMBERED, simple
from ntmtrack.text import clean

REACHED = frozenset(("dat", "chuan"))
_TOO_LITTLE = (*REACHED, "dat chuan")  # beside other words these name no level: "năm đạt chuẩn"
# Taken out first: “thị xã” holds “xã”.
_OF_DISTRICTS = re.compile(r"\b(huyen|thi xa|thanh pho|quan|tx|tp|district)\b")
# What is left names communes.
_OF_COMMUNES = re.compile(r"\b(xa|phuong|thi tran|dac khu|commune)\b")


@cache
def standard_level() -> str:
    """The key of the level that “đạt chuẩn” alone means."""
    return find_level(every()[-1], "đạt chuẩn").key


def tier_in(text: str) -> Tier | None:
    """The tier that a simple text names by its kinds of unit: "ten xa" → communes; None for "huyen xa", "don vi"."""
    rest = _OF_DISTRICTS.sub(" ", text)
    tiers = [Tier.DISTRICT] * (rest != text) + [Tier.COMMUNE] * bool(_OF_COMMUNES.search(rest))
    return tiers[0] if len(tiers) == 1 else None


@cache
def _level_words() -> tuple[tuple[str, str], ...]:
    """Every name of every level with its key, the longest first."""
    words = {
        simple(word): level.key
        for programme in every()
        for level in programme.levels
        for word in (level.key, level.name, *level.aliases)
    }
    return tuple(
        sorted(((w, key) for w, key in words.items() if w not in _TOO_LITTLE), key=lambda named: -len(named[0]))
    )


@lru_cache(REMEMBERED)
def levels_in(text: str) -> tuple[tuple[str, ...], str]:
    """The levels that a simple text names, and what is left: "nam dat ntm nang cao" → ("nang-cao",), "nam dat"."""
    levels: dict[str, None] = {}
    for word, key in _level_words():
        rest = re.sub(rf"\b{word}\b", " ", text)
        if rest != text:
            levels[key] = None
            text = rest
    keys = [*levels]
    if len(keys) > 1 and standard_level() in keys:  # "đạt chuẩn NTM mức nâng cao"
        keys.remove(standard_level())
    return tuple(keys), " ".join(text.split())


# What stands between two levels that are told side by side, and within the name of none.
_JOINED = re.compile(r"[,;/+&|\n]|\s[-–—]\s|\b(?:và|va|cùng|lẫn|kèm|đồng thời)\b", re.IGNORECASE)


@lru_cache(REMEMBERED)
def levels_joined(text: str) -> tuple[str, ...]:
    """The levels that a text names one beside the other: “NTM, NTM nâng cao”, “đạt chuẩn + nâng cao”; () where not two.

    “Đạt chuẩn NTM mức nâng cao” is one level, in whose name that of another stands.
    """
    keys: dict[str, None] = {}
    for part in _JOINED.split(re.sub(r"(?i)\b(NTM|nông thôn mới)\s+(?=(NTM|nông thôn mới)\b)", r"\1, ", text)):
        levels, rest = levels_in(simple(part))
        keys |= dict.fromkeys(levels or ([standard_level()] if {*rest.split()} >= REACHED else []))
    return tuple(keys) if len(keys) > 1 else ()


def level_name(key: str) -> str:
    """A level's name in the language in use, whichever programme has it."""
    level = every_level().get(key)
    return level.label if level else key


# What a model commune or hamlet is a model in, as the criteria sets and provinces name it.
_FIELDS = (
    *("sản xuất", "giáo dục", "văn hoá", "văn hóa", "y tế", "sức khoẻ", "môi trường", "cảnh quan", "du lịch"),
    *("an ninh", "trật tự", "chuyển đổi số", "thông minh", "kinh tế", "nông nghiệp", "thu nhập", "xã hội"),
    *("thể thao", "giao thông", "hạ tầng", "đào tạo", "thương mại", "dịch vụ", "tổ chức", "phát triển", "nông thôn"),
    *("xanh", "sạch", "đẹp", "hành chính công", "quốc phòng", "cộng đồng", "ngành nghề", "ocop"),
)
_A_YEAR = re.compile(r"\b(19|20)[0-9]{2}\b")  # which may be another than the row's
_JOINING = {"va", "the", "duc", "cong", "nghe"}
_FIELD_WORDS = _JOINING | {word for field in _FIELDS for word in simple(field).split()}
# What may stand behind a level: brackets, a field by “lĩnh vực” or “về”, a period, words behind a dash.
_ADDED = re.compile(
    r"(?P<bracket>\([^()]*\)\s*$)|(?P<said>\b(?:thuộc |theo |trong |nổi trội |nổi bật )*"
    r"(?:lĩnh vực|linh vuc|về|ve)\s+\S.*$)|(?P<period>\bgiai (?:đoạn|doan)\s+20[0-9]{2}\s*[-–]\s*20[0-9]{2}\s*$)"
    r"|(?P<dash>\s[-–:]\s.*$)",
    re.IGNORECASE,
)
# “17/19 TC”, “đạt 18 tiêu chí”; without the word only out of 19, the number of criteria of a commune.
_CRITERIA = re.compile(
    r"(dat |duoc |hoan thanh |xa |so )*[0-9]{1,2}( [0-9]{1,2})? (tc|tieu chi)\b.*"
    r"|(dat |duoc |hoan thanh )*[0-9]{1,2} 19"
)


def counts_criteria(text: str) -> bool:
    """Whether a text only counts the criteria that are met: “Đạt 17/19 TC”, “18 tiêu chí”; that is no level."""
    return bool(_CRITERIA.fullmatch(simple(text)))


class LevelTold(NamedTuple):
    """The key of a level, and what the cell says of it besides; as written where no level is known."""

    key: str
    field: str | None = None


def level_told(text: str) -> LevelTold:
    """The level that a text names, whatever plain words stand beside it; the text itself where it names none."""
    if key := _level_key(text):
        return LevelTold(key)
    for added in _ADDED.finditer(clean(text)):
        key, field = _level_key(clean(text)[: added.start()]), added[0].strip(" ()-–:")
        if key and field and (added["period"] or _is_field(field) or (added["said"] and not _A_YEAR.search(field))):
            return LevelTold(key, field)
    return LevelTold(text)


def _level_key(text: str) -> str | None:
    words = simple(text)
    levels, rest = levels_in(words)
    of_towns = (
        {"xay", "dung", "thanh", "pho", "thi"} if "hoan thanh nhiem vu" in words else set()
    )  # as towns and cities do
    return levels[0] if len(levels) == 1 and {*rest.split()} <= BESIDE_LEVELS | of_towns else None


def _is_field(text: str) -> bool:
    words = {*simple(re.sub(r"^(lĩnh vực|linh vuc|về|ve)\s*:?\s+", "", text.casefold())).split()}
    period = re.fullmatch(r"(giai doan )?20[0-9]{2} 20[0-9]{2}", simple(text))
    return bool(period) or (bool(words) and words <= _FIELD_WORDS)
