"""Tables of which a title, the sheet's name or a heading says that their units are planned, denied or no more."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ntmtrack.i18n import _
from ntmtrack.sheets.denials import denies
from ntmtrack.sheets.fields import TELLING, Field, What
from ntmtrack.sheets.footnotes import unmarked_remarks
from ntmtrack.sheets.tables import Table
from ntmtrack.text import clean

# In a title these words may be of the table: “bản chưa kiểm tra”, “công thức chưa tính”. What follows tells.
_OF_UNITS = (
    *("được", "đạt", "công nhận", "có", "còn", "đủ", "hoàn thành", "về đích", "thẩm định", "xét", "thông qua", "là"),
    *("phải", "chính thức", "phê duyệt", "ban hành", "duy trì", "giữ", "NTM", "nông thôn mới"),
    *("duoc", "dat", "cong nhan", "co", "con", "du", "hoan thanh", "ve dich", "tham dinh", "xet", "duy tri"),
)
_OF_THE_TABLE = re.compile(rf"\b(chưa|không|chua|khong)\s+(?!({'|'.join(_OF_UNITS)})\b)(?=\w)", re.IGNORECASE)
# Under such headings these are read only where somebody maps them.
_READ_BY_HAND = {*TELLING[What.RECOGNITIONS], Field.UNIT}
# Below a table these rather tell where it comes from, or what is to be done with it.
_OF_SOURCES = re.compile(r"\b(nguồn|kế hoạch|mục tiêu|lộ trình|đề nghị)\b", re.IGNORECASE)
_OF_REVOCATIONS = {Field.REVOKED, Field.REVOKED_BY}


class Denying(NamedTuple):
    """A text that denies the recognition of all rows of a table: what it is, in the language in use, and itself."""

    place: str
    text: str


def denying_text(tables: Sequence[Table]) -> Denying | None:
    """The first text that speaks so of a whole table; None where none does."""
    return next((one for table in tables for one in _texts(table) if _denies(table, one.text)), None)


def _texts(table: Table) -> Iterator[Denying]:
    yield Denying(_("the sheet’s name"), table.sheet.name)
    yield from (Denying(_("the title"), title) for title in table.titles)
    yield from (Denying(_("the remark"), text) for text in unmarked_remarks(table) if not _OF_SOURCES.search(text))
    yield from (Denying(_("the heading"), one.heading) for one in table.head.columns if one.field in _READ_BY_HAND)


def _denies(table: Table, text: str) -> bool:
    """Whether a text denies the rows; that they were revoked says nothing new where each tells so itself."""
    told = ({column.field for column, _cell in row.told} for row in table.rows)
    return denies(_OF_THE_TABLE.sub("", clean(text)), but_ends=all(one & _OF_REVOCATIONS for one in told))
