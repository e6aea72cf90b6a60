"""The labels of a roadmap’s form, and what to write below each: Vietnamese in any language of the program.

The file goes from office to office. Reading also takes the keys of the plan files, and does not mind case, marks,
spaces and the order of the columns.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ntmtrack.excel import AS_TEXT, AS_WHOLE
from ntmtrack.model import Programme, Tier
from ntmtrack.roadmaps.keys import FIGURE, HEAD, LINE
from ntmtrack.roadmaps.words import MEASURE_WORDS, WORDS, first_words
from ntmtrack.spreadsheets import Grid
from ntmtrack.spreadsheets import xlsx_style as style
from ntmtrack.spreadsheets.xlsx_style import ColumnCheck
from ntmtrack.text import squeeze

if TYPE_CHECKING:
    from openpyxl import Workbook


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
    "measure": "danh hiệu (viết như thường dùng; hai mức chung một số thì nối bằng dấu +), hoặc một từ bên cạnh",
    "counts": "để trống: tính cả đơn vị đạt từ mức đó trở lên",
    "threshold": "số tiêu chí; cũng ghi được ngay ở cột Chỉ tiêu: dưới 15 tiêu chí",
    "name": "tên chỉ tiêu đúng như văn bản, khi không phải danh hiệu",
    "year": "năm của con số; số cuối kỳ thì năm cuối; cũng ghi được 6/2022, quý III/2022, trước năm 2025, 2024–2025",
    "nature": "để trống: chỉ tiêu; đã đạt: kết quả đã có khi ban hành; gốc: số của năm gốc",
    "span": "để trống: số của năm; cả giai đoạn: số của cả giai đoạn",
    "operator": "để trống: bằng; cũng có thể ghi ngay ở cột số: ≥ 17, ít nhất 17, khoảng 47, 2–3",
    "percent_operator": "dấu của tỷ lệ, khi khác dấu của số đơn vị: ít nhất 40% (khoảng 47)",
    "part_of": "văn bản viết “trong đó” của mức nào",
    "within": "phần của một huyện: tên huyện",
    "each": "quy tắc cho mỗi đơn vị, như “mỗi huyện ít nhất 01 xã”",
    "added": "số tăng thêm; khoảng thì 2–3 (định dạng Text)",
    "cumulative": "số luỹ kế",
    "total": "mẫu số in trong văn bản: 116 của 90/116; cũng có thể ghi 90/116 ở cột số",
    "percent": "tỷ lệ đúng như in, không cần dấu %: 77,59",
    "share_of": "tỷ lệ tính trên số nào; để trống: tất cả",
    "base": "nói rõ mẫu số bằng lời, khi mẫu số là “khác”",
    "readings": "các mẫu số có thể hiểu, cách nhau dấu “;”, khi mẫu số “để ngỏ”",
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


FORM, LISTS = "Lộ trình", "Danh mục"
_TITLE = "LỘ TRÌNH XÂY DỰNG NÔNG THÔN MỚI"
_HOW = "Ghi con số đúng như văn bản in; dòng không có số thì để trống. Cách ghi từng cột: trang “Hướng dẫn”."
_SPARE_ROWS = 15
_HEAD_HEIGHT, _HEIGHT = 48, 17  # of rows, in points: the marks below a letter are not cut
# The columns that most plans need, with their widths in letters; any other may be added by its heading.
_COLUMNS: Mapping[str, float] = {
    **{"tier": 20, "measure": 20, "year": 8, "nature": 10, "span": 13, "operator": 9},
    **{"added": 8, "cumulative": 9, "total": 8, "percent": 8, "share_of": 12},
    **{"name": 24, "value": 8, "counted_in": 12, "units": 22, "note": 16, "cite": 22},
}
_FIGURES = ("added", "cumulative", "total", "percent", "value", "year")
_WRAPPED = ("measure", "span", "name", "counted_in", "units", "note", "cite")


class Blank(NamedTuple):
    """What is known of a roadmap before it is written: its head by the keys of plan files, and what it counts."""

    head: Mapping[str, str | int]
    programme: Programme
    tiers: Sequence[Tier]


def write_blank(file: Path, blank: Blank) -> int:
    """Writes the form whole or not at all and gives the number of its rows; raises FileBusy."""
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = FORM
    top = _write_head(sheet, blank)
    rows = _rows(blank)
    _write_table(sheet, top, rows)
    _write_guide(book)
    _check(book, sheet, blank.programme, (top + 1, top + len(rows) + _SPARE_ROWS))
    style.save(book, file)
    return len(rows)


def _rows(blank: Blank) -> list[dict[str, str | int]]:
    """A row for each year of each level of each tier, and one for the whole period."""
    programme, tiers = blank.programme, first_words(WORDS["tier"])
    whole: dict[str, str | int] = {"year": programme.last_year, "span": first_words(WORDS["span"])["period"]}
    times: list[dict[str, str | int]] = [
        {"year": year} for year in range(programme.first_year, programme.last_year + 1)
    ]
    return [
        {"tier": tiers[tier], "measure": level.name, **time}
        for tier in blank.tiers
        for level in programme.levels_of(tier)
        for time in (*times, whole)
    ]


def _write_head(sheet: Any, blank: Blank) -> int:
    """The title and the pairs of label and value; the row of the headings below them."""
    style.dress(sheet.cell(1, 1), _TITLE, size=14, bold=True)
    style.dress(sheet.cell(2, 1), _HOW, size=None, italic=True)
    for row, (key, label) in enumerate(HEAD_LABELS.items(), 4):
        value = blank.head.get(key)
        colour = style.BLANK_COLOUR if value is None and HEAD[key].needed else ""
        style.dress(sheet.cell(row, 1), label, bold=True)
        style.dress(sheet.cell(row, 2), value, _format(value), across="left", colour=colour)
    return 4 + len(HEAD_LABELS) + 1


def _format(value: object) -> str:
    """How a cell shows what is typed into it: as text, or Excel makes days of 5/15 and 01-02."""
    return AS_WHOLE if isinstance(value, int) else AS_TEXT


def _write_table(sheet: Any, top: int, rows: Sequence[Mapping[str, str | int]]) -> None:
    """The headings, the rows, and some spare ones below."""
    for column, key in enumerate(_COLUMNS, 1):
        style.dress_heading(sheet.cell(top, column), LABELS[key])
        across = "center" if key in _FIGURES or key == "operator" else None
        for row, values in enumerate([*rows, *[{}] * _SPARE_ROWS], top + 1):
            value, look = values.get(key), {"across": across, "down": "top", "wrap": key in _WRAPPED}
            style.dress(sheet.cell(row, column), value, _format(value), framed=True, **look)
    style.set_widths(sheet, _COLUMNS.values())
    sheet.row_dimensions[top].height = _HEAD_HEIGHT
    for row in range(top + 1, top + 1 + len(rows) + _SPARE_ROWS):
        sheet.row_dimensions[row].height = _HEIGHT
    style.set_page(sheet, top, f"D{top + 1}")  # below the headings, right of line and year


def _write_guide(book: "Workbook") -> None:
    """What stands in each cell and column, also in those that the form leaves out."""
    sheet: Any = book.create_sheet(GUIDE)
    for row, texts in enumerate(guide(), 1):
        for column, text in enumerate(texts, 1):
            is_head = row == 1 or column == 1
            style.dress(sheet.cell(row, column), text or None, bold=is_head, down="top", wrap=True)
    style.set_widths(sheet, (22, 70, 60))
    style.fit_width(sheet)


def _check(book: "Workbook", sheet: Any, programme: Programme, rows: tuple[int, int]) -> None:
    """Words to choose from, and what each column takes as a prompt; a word of one's own is warned of, not refused."""
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    for column, key in enumerate(_COLUMNS, 1):
        words = _words(key, programme)
        formulas = [style.offered(lists, column, words)] if words else []
        error = ("Từ lạ", "Nên chọn một từ trong danh sách.") if words and key != "measure" else None
        check = ColumnCheck("list" if words else None, formulas, (LABELS[key], ABOUT[key]), error, only_warns=True)
        style.check_column(sheet, column, rows, check)


def _words(key: str, programme: Programme) -> list[str]:
    if key == "measure":
        return [*(level.name for level in programme.levels), *first_words(MEASURE_WORDS).values()]
    return list(first_words(WORDS[key]).values()) if key in WORDS else []
