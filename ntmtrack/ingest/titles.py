"""What a table's titles and sheet name say: level and year, and words that deny what it lists."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ntmtrack.i18n import _
from ntmtrack.ingest.columns import TELLING, Field, TableKind, simple
from ntmtrack.ingest.denials import denies
from ntmtrack.ingest.footnotes import unmarked_remarks
from ntmtrack.ingest.levels import levels_in
from ntmtrack.ingest.office_table import OfficeTable
from ntmtrack.text import clean, whole_number

# Days of letterheads and of the papers that a table goes with, and up to when its figures go: years none of its own.
_DATED = re.compile(
    r"ngày\s*[0-9 ]*(tháng\s*[0-9 ]*năm\s*[0-9]*|[/.-][0-9/. -]+)"
    r"|([0-9]{4}\s+)?\b(đến|tới)(\s+(hết|cuối|tháng|quý|năm))*\s*[0-9IVX]+\b(\s*[/.-]\s*[0-9]+)*(\s+năm\s*[0-9]+)?",
    re.IGNORECASE,
)

_YEARS = range(2000, 2100)


def titles_of(tables: Sequence[OfficeTable]) -> tuple[str | None, int | None]:
    """The level and the year that the titles above the tables name, to be proposed: never taken by itself."""
    text = simple(" ".join(_DATED.sub(" ", title) for table in tables for title in table.titles))
    levels, rest = levels_in(text)
    years = {year for word in rest.split() if (year := whole_number(word)) and year in _YEARS}
    return (levels[0] if len(levels) == 1 else None), (years.pop() if len(years) == 1 else None)


# In a title these words may be of the table: “bản chưa kiểm tra”, “công thức chưa tính”. What follows tells.
_OF_UNITS = (
    *("được", "đạt", "công nhận", "có", "còn", "đủ", "hoàn thành", "về đích", "thẩm định", "xét", "thông qua", "là"),
    *("phải", "chính thức", "phê duyệt", "ban hành", "duy trì", "giữ", "NTM", "nông thôn mới"),
    *("duoc", "dat", "cong nhan", "co", "con", "du", "hoan thanh", "ve dich", "tham dinh", "xet", "duy tri"),
)
_OF_THE_TABLE = re.compile(rf"\b(chưa|không|chua|khong)\s+(?!({'|'.join(_OF_UNITS)})\b)(?=\w)", re.IGNORECASE)
# Under such headings these are read only where somebody maps them.
_READ_BY_HAND = {*TELLING[TableKind.RECOGNITIONS], Field.UNIT}
# Below a table these rather tell where it comes from, or what is to be done with it.
_OF_SOURCES = re.compile(r"\b(nguồn|kế hoạch|mục tiêu|lộ trình|đề nghị)\b", re.IGNORECASE)
_OF_REVOCATIONS = {Field.REVOKED, Field.REVOKED_BY}


class DenyingText(NamedTuple):
    """A text that denies the recognition of all rows of a table: what it is, in the language in use, and itself."""

    place: str
    text: str


def denying_text(tables: Sequence[OfficeTable]) -> DenyingText | None:
    """The first text that speaks so of a whole table; None where none does."""
    return next((text for table in tables for text in _texts(table) if _denies(table, text.text)), None)


# What a table of assessments says of results to come; none where it also speaks of results, as “so với kế hoạch”.
_TO_COME = re.compile(r"\b(kế hoạch|dự kiến|đăng ký|phấn đấu|lộ trình|mục tiêu(?! quốc gia))\b", re.IGNORECASE)
_OF_RESULTS = re.compile(r"\b(kết quả|tiến độ|rà soát|đánh giá|hiện trạng|thực trạng|số|ngày)\b", re.IGNORECASE)


def planned_text(tables: Sequence[OfficeTable]) -> DenyingText | None:
    """The first title, or sheet's name, by which criteria are planned to be met; None where none says so."""
    texts = (text for table in tables for text in [*_texts(table)][: len(table.titles) + 1])
    return next((text for text in texts if _TO_COME.search(text.text) and not _OF_RESULTS.search(text.text)), None)


def _texts(table: OfficeTable) -> Iterator[DenyingText]:
    yield DenyingText(_("the sheet’s name"), table.sheet.name)
    yield from (DenyingText(_("the title"), title) for title in table.titles)
    yield from (DenyingText(_("the remark"), text) for text in unmarked_remarks(table) if not _OF_SOURCES.search(text))
    yield from (
        DenyingText(_("the heading"), column.heading) for column in table.head.columns if column.field in _READ_BY_HAND
    )


def _denies(table: OfficeTable, text: str) -> bool:
    """Whether a text denies the rows; that they were revoked says nothing new where each tells so itself."""
    told_fields = ({column.field for column, _cell in row.cells} for row in table.rows)
    return denies(_OF_THE_TABLE.sub("", clean(text)), but_ends=all(fields & _OF_REVOCATIONS for fields in told_fields))
