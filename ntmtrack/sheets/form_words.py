"""The words of a roadmap's form, Vietnamese in any language of the program: the file goes from office to office.

Reading also takes the keys of the plan files, and does not mind case, marks, spaces and the order of the columns.
"""

import re
from collections.abc import Mapping

from ntmtrack.text import squeeze

HEAD_LABELS = {
    "key": "Khoá kế hoạch",
    "title": "Tên",
    "number": "Số hiệu",
    "issued_on": "Ngày ban hành",
    "issuer": "Cơ quan ban hành",
    "programme": "Giai đoạn",
    "scope_code": "Mã đơn vị",
    "scope_name": "Đơn vị",
    "base_year": "Năm gốc",
    "supersedes": "Thay cho",
    "source": "Nguồn",
}
LABELS = {
    "tier": "Cấp",
    "measure": "Chỉ tiêu",
    "counts": "Cách đếm",
    "threshold": "Số tiêu chí",
    "name": "Tên chỉ tiêu",
    "year": "Năm",
    "nature": "Tính chất",
    "span": "Phạm vi thời gian",
    "operator": "So sánh",
    "part_of": "Trong đó của",
    "within": "Thuộc đơn vị",
    "each": "Mỗi",
    "added": "Tăng thêm",
    "cumulative": "Luỹ kế",
    "total": "Mẫu số in",
    "percent": "Tỷ lệ (%)",
    "share_of": "Tỷ lệ tính trên",
    "base": "Tính trên (nói rõ)",
    "readings": "Các cách hiểu",
    "value": "Giá trị",
    "counted_in": "Đơn vị tính",
    "relative_to": "So với năm",
    "begins_on": "Từ ngày",
    "due_on": "Hạn",
    "units": "Đơn vị nêu tên",
    "reserve": "Đơn vị dự phòng",
    "registered": "Đơn vị đăng ký",
    "note": "Ghi chú",
    "cite": "Vị trí trong văn bản",
}
_TIERS = {"xã": "commune", "huyện": "district", "tỉnh": "province", "thôn": "village"}
_SHARES = {"tất cả": "all", "xã NTM": "ntm", "mức liền dưới": "nested"}
# The word of each key, first as it is written; the keys themselves are read too.
WORDS: Mapping[str, Mapping[str, str]] = {
    "tier": _TIERS | {f"cấp {word}": key for word, key in _TIERS.items()} | {"bản": "village", "ấp": "village"},
    "each": _TIERS | {f"mỗi {word}": key for word, key in _TIERS.items()},
    "nature": {"chỉ tiêu": "target", "đã đạt": "actual", "gốc": "baseline"}
    | {
        "mục tiêu": "target",
        "kế hoạch": "target",
        "phấn đấu": "target",
        "hiện trạng": "baseline",
        "năm gốc": "baseline",
    }
    | dict.fromkeys(("kết quả", "thực hiện", "ước đạt", "ước thực hiện", "đã thực hiện", "kết quả đạt được"), "actual"),
    "span": {"năm": "year", "cả giai đoạn": "period"},
    "operator": {"=": "=", "≥": ">=", ">": ">", "≤": "<=", "khoảng": "about", "từ – đến": "range"}
    | {"bằng": "=", "ít nhất": ">=", "trên": ">", "nhiều nhất": "<=", "không quá": "<="},
    "share_of": _SHARES | {"đăng ký": "registered", "để ngỏ": "open", "khác": "other"} | {"NTM": "ntm"},
    "readings": _SHARES | {"NTM": "ntm"},
    "counts": {"từ mức trở lên": "at-least", "mức cao nhất": "highest"},
}
MEASURE_WORDS = {
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
_NUMBERING = ("tt", "stt", "sott")


def head_key(text: object) -> str | None:
    """The key that a label above the headings stands for."""
    return _HEAD_KEYS.get(_bare(text))


def column_key(text: object) -> str | None:
    """The key that a heading stands for."""
    return _COLUMN_KEYS.get(_bare(text))


def is_numbering(text: object) -> bool:
    """Whether a heading is that of a column which only numbers the rows: STT."""
    return _bare(text) in _NUMBERING


def first_words(words: Mapping[str, str]) -> dict[str, str]:
    """The word that is written for each key."""
    first: dict[str, str] = {}
    for word, key in words.items():
        first.setdefault(key, word)
    return first


def _bare(text: object) -> str:
    """A label without case, marks, spaces and signs."""
    return re.sub(r"\W", "", squeeze(text)) if isinstance(text, str) else ""


_HEAD_KEYS = {_bare(text): key for key, label in HEAD_LABELS.items() for text in (key, label)}
_COLUMN_KEYS = {_bare(text): key for key, label in LABELS.items() for text in (key, label)}
