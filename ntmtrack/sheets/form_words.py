"""The labels of a roadmap's form, Vietnamese in any language of the program: the file goes from office to office.

Reading also takes the keys of the plan files, and does not mind case, marks, spaces and the order of the columns.
"""

import re

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
    "percent_operator": "So sánh tỷ lệ",
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


def _bare(text: object) -> str:
    """A label without case, marks, spaces and signs."""
    return re.sub(r"\W", "", squeeze(text)) if isinstance(text, str) else ""


_HEAD_KEYS = {_bare(text): key for key, label in HEAD_LABELS.items() for text in (key, label)}
_COLUMN_KEYS = {_bare(text): key for key, label in LABELS.items() for text in (key, label)}
