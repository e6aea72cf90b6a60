"""The level that a cell names in an office's words, with the field or period that it adds: “Kiểu mẫu (giáo dục)”."""

import re
from typing import NamedTuple

from ntmtrack.sheets.fields import BESIDE_LEVELS
from ntmtrack.sheets.headings import levels_in, simple
from ntmtrack.text import clean

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
_ADDED = re.compile(
    r"(?P<bracket>\([^()]*\)\s*$)|(?P<said>\b(?:thuộc |theo |trong |nổi trội |nổi bật )*"
    r"(?:lĩnh vực|linh vuc|về|ve)\s+\S.*$)|(?P<period>\bgiai (?:đoạn|doan)\s+20[0-9]{2}\s*[-–]\s*20[0-9]{2}\s*$)"
    r"|(?P<dash>\s[-–:]\s.*$)",
    re.IGNORECASE,
)


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
    if key := _key(text):
        return LevelTold(key)
    for added in _ADDED.finditer(clean(text)):
        key, field = _key(clean(text)[: added.start()]), added[0].strip(" ()-–:")
        if key and field and (added["period"] or _is_field(field) or (added["said"] and not _A_YEAR.search(field))):
            return LevelTold(key, field)
    return LevelTold(text)


def _key(text: str) -> str | None:
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
