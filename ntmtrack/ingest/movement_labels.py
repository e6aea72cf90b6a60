"""The sheets, headings and words of a movement's workbook: Vietnamese in any language of the program.

The file goes from office to office. Reading also takes the keys of the TOML files, and does not mind case, marks,
spaces and the order of the columns.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ntmtrack.emulation.keys import HEAD, SECTIONS
from ntmtrack.roadmaps.keys import Fault
from ntmtrack.roadmaps.words import first_words
from ntmtrack.text import squeeze

HEAD_SHEET, GUIDE = "Phong trào", "Hướng dẫn"
HEADINGS_OF_HEAD = ["Mục", "Nội dung"]


class Asked(NamedTuple):
    """What a cell or a column asks for: its label, what to write there."""

    label: str
    about: str


_CITE = Asked("Vị trí trong văn bản", "mục, điểm của văn bản nêu quy định này")
_TIER = "huyện, xã hoặc thôn"
HEAD_ASKED: Mapping[str, Asked] = {
    "key": Asked("Khoá", "chữ thường không dấu, số, gạch nối; khác khoá của lộ trình, ví dụ thi-dua-lai-chau"),
    "title": Asked("Tên", "trích yếu của văn bản"),
    "number": Asked("Số hiệu", "số hiệu văn bản"),
    "issued_on": Asked("Ngày ban hành", "ngày; chỉ biết tháng hoặc năm thì ghi 06/2022, 2022"),
    "issuer": Asked("Cơ quan ban hành", "cơ quan ban hành"),
    "programme": Asked("Giai đoạn", "giai đoạn của chương trình: 2021-2025, 2026-2030"),
    "scope_code": Asked("Mã đơn vị", "mã đơn vị hành chính, định dạng Text để giữ số 0 ở đầu"),
    "scope_name": Asked("Đơn vị", "tên đơn vị của phong trào"),
    "begins_on": Asked("Từ ngày", "ngày bắt đầu"),
    "ends_on": Asked("Đến ngày", "ngày kết thúc"),
    "grouping": Asked("So sánh trong", "xã so với nhau trong phạm vi nào; để trống: huyện"),
    "supersedes": Asked("Thay cho", "khoá của phong trào mà văn bản này thay, nếu có"),
    "source": Asked("Nguồn", "lấy văn bản ở đâu, thiếu gì"),
}
# By section: its sheet, and its columns in order. “due” stands for yearly, before, once and monthly.
SHEETS: Mapping[str, str] = {"date": "Mốc", "award": "Khen thưởng", "condition": "Điều kiện"}
ASKED: Mapping[str, Mapping[str, Asked]] = {
    "date": {
        "key": Asked("Khoá", "mã ngắn không dấu, mỗi mốc một mã: dang-ky, ho-so"),
        "name": Asked("Nội dung", "phải làm gì"),
        "due": Asked("Hạn", "trước 15/01 hằng năm; 30/6/2028; trước 30/9/2023; quý III/2022; 2025; hằng tháng"),
        "of_year": Asked("Của năm", "mốc tháng 1 của việc năm trước thì ghi “năm trước”; để trống: của chính năm đó"),
        "years": Asked("Chỉ các năm", "2022; 2024; để trống: mọi năm của phong trào"),
        "has_day": Asked(
            "Có nói ngày", "“không” khi văn bản không nói ngày: hạn ghi cuối kỳ, không bao giờ tính là trễ"
        ),
        "by": Asked("Ai làm", "ai làm, đúng như văn bản"),
        "to": Asked("Nộp cho", "nộp cho ai"),
        "tier": Asked("Mỗi đơn vị cấp", f"mỗi đơn vị của cấp này phải làm: {_TIER}"),
        "shown_by": Asked("Sổ cho thấy", "“đăng ký” khi bản đăng ký trong sổ cho thấy đã làm"),
        "cite": _CITE,
    },
    "award": {
        "key": Asked("Khoá", "mã ngắn, mỗi hình thức một mã: A1, co"),
        "name": Asked("Hình thức", "hình thức khen thưởng"),
        "authority": Asked("Thẩm quyền", "ai quyết định khen"),
        "says": Asked("Quy định", "tóm tắt đúng ý văn bản"),
        "recipient": Asked("Cho ai", "ai được khen"),
        "ground": Asked("Xét theo", "căn cứ để vào danh sách đề nghị"),
        "frequency": Asked("Số lần", "một đơn vị, một người được khen mấy lần"),
        "tier": Asked("Cấp", f"đơn vị cấp nào: {_TIER}"),
        "levels": Asked("Mức", "các mức được công nhận, cách nhau dấu “;”"),
        "at_least": Asked("Giá trị từ", "đóng góp từ bao nhiêu: 100 triệu đồng"),
        "stars": Asked("OCOP từ (sao)", "sản phẩm OCOP từ mấy sao"),
        "places": Asked("Số suất", "số cá nhân, hộ cho mỗi đơn vị được công nhận (hoặc mỗi cơ quan)"),
        "parts": Asked("Chia suất", "cấp tỉnh: 5; cấp huyện: 15"),
        "for_each": Asked("Suất tính cho mỗi", "để trống: mỗi đơn vị được công nhận"),
        "agencies": Asked("Cơ quan có số khác", "cơ quan thường trực: 4"),
        "years": Asked("Các năm sơ, tổng kết", "2023; 2025, khi chỉ khen lúc sơ kết, tổng kết"),
        "cite": _CITE,
    },
    "condition": {
        "key": Asked("Khoá", "mã ngắn, mỗi điều kiện một mã: no-dong-xa"),
        "tier": Asked("Cấp", f"điều kiện của đơn vị cấp nào: {_TIER}"),
        "says": Asked("Điều kiện", "tóm tắt đúng ý văn bản"),
        "need": Asked("Xét bằng", "sổ tự xét được gì; còn lại thì cơ quan xét"),
        "level": Asked("Mức", "mức mà huyện phải có xã đạt"),
        "excludes": Asked("Loại trừ", "“có”: thiếu thì không được đề nghị"),
        "awards": Asked(
            "Chỉ của hình thức", "khoá các hình thức khen, cách nhau dấu “;”; để trống: mọi hình thức của cấp đó"
        ),
        "cite": _CITE,
    },
}
_OF_DUE = ("yearly", "before", "once", "monthly")
# The word of each choice, first as it is written.
WORDS: Mapping[str, Mapping[str, str]] = {
    "grouping": {
        **{"huyện": "district", "huyện cũ": "former-district", "cụm thi đua": "block"},
        **{"cụm": "block", "theo cụm": "block", "theo cụm thi đua": "block", "theo huyện": "district"},
        **{"theo huyện cũ": "former-district", "từng huyện": "district"},
    },
    "of_year": {"năm đó": "year", "năm trước": "year-before", "năm nay": "year", "năm trước đó": "year-before"},
    "tier": {
        **{"huyện": "district", "xã": "commune", "thôn": "village"},
        **{"cấp huyện": "district", "cấp xã": "commune", "bản": "village", "ấp": "village", "thôn, bản": "village"},
    },
    "shown_by": {"đăng ký": "registration"},
    "recipient": {
        **{"đơn vị": "unit", "tập thể": "collective", "hộ gia đình": "household", "cá nhân": "person"},
        **{"tập thể, cá nhân": "collective-or-person", "hộ": "household", "tập thể và cá nhân": "collective-or-person"},
    },
    "ground": {
        **{"được công nhận trong năm": "recognition", "nhiều tiêu chí nhất": "most-criteria"},
        **{"đóng góp, OCOP": "contribution", "cơ quan xét": "judged"},
        **{"được công nhận": "recognition", "công nhận": "recognition", "đóng góp": "contribution"},
    },
    "frequency": {
        **{"01 lần": "once", "mỗi mức 01 lần": "once-per-level", "hằng năm": "each-year"},
        **{"khi sơ kết, tổng kết": "at-reviews", "không ấn định": "open"},
        **{"1 lần": "once", "mỗi mức 1 lần": "once-per-level", "hàng năm": "each-year"},
        **{"01 lần mỗi mức": "once-per-level", "sơ kết, tổng kết": "at-reviews"},
    },
    "for_each": {"đơn vị được công nhận": "recognition", "cơ quan": "agency", "đơn vị": "recognition"},
    "need": {
        **{"không nợ đọng": "no-arrears", "có xã đạt mức": "has-commune-at"},
        **{"tăng tiêu chí cao nhất": "highest-gain", "báo cáo đúng hạn": "reports-on-time"},
        **{"có đăng ký": "registered", "cơ quan xét": "judged", "nợ đọng": "no-arrears", "đăng ký": "registered"},
    },
    "has_day": {"có": "true", "không": "false"},
    "excludes": {"có": "true", "không": "false", "x": "true"},
}


def bare(text: object) -> str:
    """A label or word without case, marks, spaces and signs."""
    return re.sub(r"\W", "", squeeze(text)) if isinstance(text, str) else ""


def written(key: str, choice: str) -> str:
    """The word of a choice as it is written."""
    return first_words(WORDS[key])[choice]


def written_words(key: str) -> list[str]:
    """The word of every choice of a key, each once."""
    return list(first_words(WORDS.get(key, {})).values())


def choice_meant(key: str, text: str) -> str | None:
    """The choice that a word means; None where it means none."""
    meanings = {bare(word): meant for word, meant in WORDS[key].items()}
    return meanings.get(bare(text)) or next((meant for meant in meanings.values() if text.strip() == meant), None)


def head_key(text: object) -> str | None:
    """The key that a label of the first sheet stands for."""
    return _HEAD_KEYS.get(bare(text))


def column_key(section: str, text: object) -> str | None:
    """The key that a heading stands for."""
    return _COLUMN_KEYS[section].get(bare(text))


def section_called(sheet: str) -> str | None:
    """The section that a sheet holds by its name; "" for that of the head, None for another."""
    return _BY_SHEET.get(bare(sheet))


def labels(section: str) -> dict[str, str]:
    """The label of every key of a section, "" for the head; those that one column tells have its label."""
    asked = ASKED[section] if section else HEAD_ASKED
    own = {key: one.label for key, one in asked.items()}
    return own | (dict.fromkeys(_OF_DUE, own["due"]) if section == "date" else {})


def column_of(key: str) -> str:
    """The column that tells a key."""
    return "due" if key in _OF_DUE else key


_HEAD_KEYS = {bare(text): key for key, one in HEAD_ASKED.items() for text in (key, one.label)}
_COLUMN_KEYS = {
    section: {bare(text): key for key, one in asked.items() for text in (key, one.label)}
    for section, asked in ASKED.items()
}
_BY_SHEET = {bare(name): section for section, name in SHEETS.items()} | {bare(HEAD_SHEET): ""}


def is_needed(section: str, key: str) -> bool:
    """Whether every rule of a section says this."""
    rules = SECTIONS[section] if section else HEAD
    return key == "due" or rules[key].needed


def guide() -> list[list[str]]:
    """The rows of the guide: every label of each sheet, what to write there, the words that it takes."""
    return [["Trang", "Ô, cột", "Ghi gì", "Từ dùng được"], *_guide_rows()]


def _guide_rows() -> Iterator[list[str]]:
    for section, asked in {"": HEAD_ASKED, **ASKED}.items():
        for key, one in asked.items():
            needed = " (bắt buộc)" if is_needed(section, key) else ""
            yield [SHEETS.get(section, HEAD_SHEET), one.label, one.about + needed, "; ".join(written_words(key))]


def labelled(fault: Fault) -> Fault:
    """A fault of the tables under the label of its cell."""
    section = next((key for key, name in SHEETS.items() if fault.where.startswith(f"{name}, ")), "")
    return fault._replace(key=labels(section).get(fault.key, ""))


def reading_order(fault: Fault) -> tuple[int, int, int, str]:
    """As one reads: sheet by sheet, row by row, in each from left to right; what concerns the whole file first."""
    names = [HEAD_SHEET, *SHEETS.values()]
    sheet = next((place for place, name in enumerate(names) if fault.where.startswith(f"{name}, ")), -1)
    address = re.search(r"([A-Z]*)([0-9]+)$", fault.where)
    return (sheet, int(address[2]), len(address[1]), address[1]) if sheet >= 0 and address else (-1, 0, 0, "")
