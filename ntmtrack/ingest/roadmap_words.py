"""The labels of a roadmap’s form, and what to write below each: Vietnamese in any language of the program.

The file goes from office to office. Reading also takes the keys of the plan files, and does not mind case, marks,
spaces and the order of the columns.
"""

import re
from collections.abc import Iterator

from ntmtrack.roadmaps.keys import FIGURE, HEAD, LINE
from ntmtrack.roadmaps.words import MEASURE_WORDS, WORDS, first_words
from ntmtrack.spreadsheets import Grid
from ntmtrack.text import squeeze

_HEAD_ROWS = 40
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
    "hold": "Duy trì",
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
    "of_set": "Tính theo bộ",
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
# Headings that only bare tables of offices have.
_OF_TABLES = {
    "measure": ("Mức", "Danh hiệu", "Tiêu chí", "Nội dung", "Chỉ tiêu kế hoạch"),
    "added": (
        "Trong năm",
        "Tăng thêm trong năm",
        "Thêm trong năm",
        "Kế hoạch trong năm",
        "Số tăng thêm",
        "Số tăng trong năm",
    ),
    "cumulative": ("Luỹ kế đến hết năm", "Luỹ kế đến cuối năm", "Luỹ kế cuối năm", "Số luỹ kế", "Kế hoạch luỹ kế"),
    "percent": ("Tỷ lệ", "Tỷ lệ luỹ kế (%)"),
    "year": ("Năm kế hoạch",),
}
_NUMBERING = ("tt", "stt", "sott")


def head_key(text: object) -> str | None:
    """The key that a label above the headings stands for."""
    return _HEAD_KEYS.get(_bare(text))


def is_roadmap_form(grid: Grid) -> bool:
    """Whether a sheet is a roadmap's form: it begins with a label and the plan's key."""
    return any(head_key(cell.value) == "key" for row in grid[:_HEAD_ROWS] for cell in row[:1])


def column_key(text: object) -> str | None:
    """The key that a heading stands for."""
    return _COLUMN_KEYS.get(_bare(text))


def is_numbering(text: object) -> bool:
    """Whether a heading is that of a column which only numbers the rows: STT."""
    return _bare(text) in _NUMBERING


def _bare(text: object) -> str:
    """A label without case, marks, spaces and signs."""
    return re.sub(r"\W", "", squeeze(text)) if isinstance(text, str) else ""


def table_key(text: object) -> str | None:
    """The key that a heading of a bare table stands for."""
    return column_key(text) or _TABLE_KEYS.get(_bare(text))


_TABLE_KEYS = {_bare(text): key for key, texts in _OF_TABLES.items() for text in texts}
_HEAD_KEYS = {_bare(text): key for key, label in HEAD_LABELS.items() for text in (key, label)}
_COLUMN_KEYS = {_bare(text): key for key, label in LABELS.items() for text in (key, label)}
GUIDE = "Hướng dẫn"
_GUIDE_HEADINGS = ["Ô, cột", "Ghi gì", "Từ dùng được"]
ABOUT = {
    "key": "chữ thường không dấu, số, gạch nối; mỗi lộ trình một khoá, ví dụ kien-giang-kh168",
    "title": "trích yếu của văn bản",
    "number": "số hiệu văn bản",
    "issued_on": "ngày ban hành; chỉ biết tháng hoặc năm thì ghi 06/2022, 2022",
    "issuer": "cơ quan ban hành",
    "programme": "giai đoạn của chương trình: 2021-2025, 2026-2030",
    "scope_code": "mã đơn vị hành chính, định dạng Text để giữ số 0 ở đầu; cả nước thì để trống",
    "scope_name": "tên đơn vị của lộ trình",
    "base_year": "lộ trình tính từ cuối năm này",
    "supersedes": "khoá của lộ trình mà văn bản này thay, nếu có",
    "source": "lấy văn bản ở đâu",
    "tier": "cấp của đơn vị được đếm",
    "measure": "mức (viết như thường dùng; hai mức chung một số thì nối bằng dấu +), hoặc một từ bên cạnh",
    "counts": "để trống: tính cả đơn vị đạt từ mức đó trở lên",
    "threshold": "số tiêu chí; cũng ghi được ngay ở cột Chỉ tiêu: dưới 15 tiêu chí",
    "name": "tên chỉ tiêu đúng như văn bản, khi không phải mức",
    "year": "năm của con số; số cuối kỳ thì năm cuối; cũng ghi được 6/2022, quý III/2022, trước năm 2025, 2024–2025",
    "nature": "để trống: chỉ tiêu; đã đạt: kết quả đã có khi ban hành; gốc: số của năm gốc",
    "span": "để trống: số của năm; cả giai đoạn: số của cả giai đoạn",
    "operator": "để trống: bằng; cũng có thể ghi ngay ở cột số: ≥ 17, ít nhất 17, khoảng 47, 2–3",
    "percent_operator": "dấu của tỷ lệ, khi khác dấu của số đơn vị: ít nhất 40% (khoảng 47)",
    "hold": "có: số đơn vị phải giữ được, ít nhất; cũng ghi được ngay ở cột số hoặc cột Chỉ tiêu: duy trì 69",
    "part_of": "văn bản viết “trong đó” của mức nào",
    "within": "phần của một huyện, của huyện hay tỉnh cũ, của một nhóm xã: huyện Giồng Riềng, tỉnh Kiên Giang, Nhóm 1",
    "each": "quy tắc cho mỗi đơn vị, như “mỗi huyện ít nhất 01 xã”",
    "added": "số tăng thêm; khoảng thì 2–3 (định dạng Text)",
    "cumulative": "số luỹ kế",
    "total": "mẫu số in trong văn bản: 116 của 90/116; cũng có thể ghi 90/116 ở cột số",
    "percent": "tỷ lệ đúng như in, không cần dấu %: 77,59",
    "share_of": "tỷ lệ tính trên số nào; để trống: tất cả",
    "base": "nói rõ mẫu số bằng lời, khi mẫu số là “khác”",
    "readings": "các mẫu số có thể hiểu, cách nhau dấu “;”, khi mẫu số “để ngỏ”",
    "of_set": "từ 2026: mức theo bộ nào; để trống: bộ của giai đoạn, mức chỉ bộ trước có thì bộ ấy",
    "value": "con số không phải số đơn vị: 1,5 (lần), 70 (triệu đồng)",
    "counted_in": "đơn vị tính của giá trị: triệu đồng/người, lần so với năm 2020",
    "relative_to": "năm đem so, của chỉ tiêu “gấp 1,5 lần so với năm 2020”",
    "begins_on": "từ ngày",
    "due_on": "đến ngày; chỉ biết tháng thì 06/2022; “trước ngày …” thì ghi như vậy",
    "units": "tên các đơn vị, cách nhau dấu “;”",
    "reserve": "tên các đơn vị dự phòng, cách nhau dấu “;”",
    "registered": "tên các đơn vị đăng ký, cách nhau dấu “;”",
    "note": "ghi chú",
    "cite": "mục, đoạn, phụ lục nơi con số được in",
}
_RULES = {**HEAD, **LINE, **FIGURE}


def guide() -> list[list[str]]:
    """The rows of the guide: every label above the table, then every column that it may have."""
    return [_GUIDE_HEADINGS, *_guide_rows()]


def _guide_rows() -> Iterator[list[str]]:
    for key, label in (HEAD_LABELS | LABELS).items():
        needed = " (bắt buộc)" if _RULES[key].needed else ""
        yield [label, ABOUT[key] + needed, "; ".join(_words_of(key))]


def _words_of(key: str) -> list[str]:
    """The words that a column takes, as they are written."""
    words = MEASURE_WORDS if key == "measure" else WORDS.get(key, {})
    return list(first_words(words).values())
