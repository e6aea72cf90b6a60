"""What the rows of an office’s table are besides units: totals, groups that say where others belong, signatures."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ntmtrack.ingest.columns import BESIDE_LEVELS, Field, simple
from ntmtrack.ingest.denials import denies
from ntmtrack.ingest.levels import levels_in, levels_joined, tier_in
from ntmtrack.model import KINDS, Tier
from ntmtrack.spreadsheets import Sheet
from ntmtrack.text import clean
from ntmtrack.units import split_kind

# "Cộng Hoà", "Tống Phan" and "Bình Quân" may be communes: a sum says what it sums.
_TOTAL = re.compile(
    r"tong( (cong|so|toan)\b.*)?|cong( (toan|huyen|tinh|xa|thi|tp|thanh|nhom|muc|trang|don|i+)\b.*)?"
    r"|(tong|cong|tong cong)( la)? [0-9]+\b.*|toan (tinh|huyen)\b.*"
    r"|(luy ke|ty le|trong do|so xa|binh quan (chung|cac|moi))\b.*"
    r"|(grand )?total( [0-9]+)?|sub ?total|(cong )?(mang|chuyen) sang( (trang|tu trang)\b.*)?|trang truoc chuyen sang"
)
# “…, ngày … tháng … năm …”, with the numbers or blanks for them.
_DATED = re.compile(r".*\bngay [0-9 ]*thang [0-9 ]*nam\b.*")
# Who drew it up, who signs, for whom, to whom it goes.
_SIGNED = re.compile(
    r"(nguoi|can bo) (lap|tong hop|bao cao|ky)\b.*|lap bieu.*|thu truong.*|(tm|kt|tl|tuq|q) .*|(pho )?chu tich.*"
    r"|(pho )?giam doc.*|noi nhan.*|xac nhan.*|ky (va )?ghi ro.*|(pho )?truong phong.*|(pho )?chanh van phong.*"
    r"|van phong dieu phoi.*|(uy ban nhan dan|ubnd)( (tinh|huyen|thi xa|thanh pho|quan)\b.*)?"
)
# Letterheads, the country’s name and motto, “Biểu số 1”, “Danh sách …”, “Kèm theo …”, “ĐVT: …”.
_TITLE = re.compile(
    r"((don vi|co quan)( bao cao| lap)? )?(ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan|ban chi dao|van phong|huyen uy"
    r"|dang uy|tinh uy|thi uy|thanh uy|chi cuc|trung tam|dang bo|phong (nn|nong|kinh te|noi vu|ktht)"
    r"|so (nn|nong nghiep|noi vu))\b.*"
    r"|cong hoa xa hoi chu nghia\b.*|doc lap tu do hanh phuc"
    r"|(bieu|phu luc|mau|bang|phu bieu)( (so|bieu))? ?[0-9ivx]+\b.*"
    r"|(danh sach|bao cao|tong hop|bieu|bang|thong ke|phu luc)\b.+|(ban hanh )?kem theo\b.*|(dvt|don vi tinh)\b.+"
)
# Of which day the figures are, what they are counted in, where they come from: “Tính đến 31/12/2024”, “Đơn vị: xã”.
_CAPTION = re.compile(
    r"((so lieu|tinh|cap nhat|chot|tong hop|thong ke)( duoc)?( tinh| chot| cap nhat)? )?(den|toi)"
    r" ((het|cuoi|ngay|thang|quy|nam) )*([0-9ivx]+( (nam )?[0-9]+)*|ngay [0-9]+ thang [0-9]+ nam [0-9]+|nay)"
    r"|(so lieu|cap nhat|chot|thong ke) (tai|vao|tu|ngay|thang|quy|nam)\b.*"
    r"|(thoi diem|ky|ngay|thang|quy|nam) (bao cao|lap( bieu)?|tong hop|cap nhat|thong ke|chot)\b.*[0-9].*"
)
_CAPTION_SIGNS = re.compile(r"\(.*[^\W\d].*\)|(đơn vị|nguồn)( số liệu)?\s*:.*", re.IGNORECASE)
# An office with one of these heads a column: “UBND công nhận”.
_OF_DECISIONS = re.compile(r"\b(cong nhan|quyet dinh|qd|ban hanh|ky)\b")
_SHORT_TITLE = 4  # words; “Danh sách xã” heads a column
# "- Mỹ Thuận" and "* Sơn Bình" are units in a list.
_FOOTNOTE = re.compile(r"\(?\**\)?\s*(ghi chú|nguồn|lưu ý)\s*:|\(?\*.{40}", re.IGNORECASE)
# I to XXXIX, in brackets or not, with a point or not.
_ROMAN = re.compile(r"\(?(?=[IVX])(X{0,3}(IX|IV|V?I{0,3}))\)?\s*[.)]?")
# One capital letter.
_LETTER = re.compile(r"\(?[A-ZĐ]\)?\s*[.)]?")
# 1, 1.1, (1).
_ARABIC = re.compile(r"\(?[0-9]+(\.[0-9]+)*\)?\s*[.)]?")
# A numbering before a text, parted from it by a sign: “I. Huyện Hòn Đất”; “A Lưới” is a name.
_LEADING = re.compile(r"\s*\(?(?:(?P<roman>[IVX]+)|(?P<letter>[A-Z])|[0-9]+)\)?\s*[.)/:-]\s*(?=\S)")
# How many there are, behind a group: “(10 xã)”, “: 10/12 xã”; a colon alone too.
_COUNTED = re.compile(
    r"\s*([:(,–-]\s*)?\(?\s*(?<![0-9])[0-9]{1,4}\s*(/\s*[0-9]{1,4}\s*)?(xã|đơn vị|thị trấn|phường).*$|\s*:\s*$",
    re.IGNORECASE,
)
ROMAN, LETTER, ARABIC, PLAIN, YEAR = "roman", "letter", "arabic", "plain", "year"


def is_total(text: str) -> bool:
    """Whether a row that begins so adds up others: "Tổng cộng", "Cộng huyện Hòn Đất", "Tỷ lệ (%)"."""
    return bool(_TOTAL.fullmatch(simple(text)))


# “Toàn tỉnh”, “Bình quân chung toàn tỉnh”.
_OF_PROVINCE = re.compile(r"((binh quan|chung|trung binh|muc) )*(toan|ca) tinh|cap tinh")


def is_of_province(text: str) -> bool:
    """Whether a row of values is the province's own, which no sum of others is: “Toàn tỉnh”."""
    return bool(_OF_PROVINCE.fullmatch(simple(text)))


def is_signature(text: str) -> bool:
    """Whether a row that begins so stands below the table: place and day, who drew it up, who signs."""
    plain = simple(text)
    return bool(_SIGNED.fullmatch(plain) or _DATED.fullmatch(plain))


def is_title(text: str) -> bool:
    """Whether a text belongs to a letterhead or a title: “UBND huyện Hòn Đất”, “Danh sách xã đạt chuẩn NTM”."""
    plain = simple(text)
    if names_district(text) or _DATED.fullmatch(plain) or split_kind(text)[0] in KINDS[Tier.PROVINCE]:
        return True
    is_office = plain.startswith(("ubnd", "uy ban"))
    if not _TITLE.fullmatch(plain) or (is_office and _OF_DECISIONS.search(plain)):
        return False
    return not plain.startswith("danh sach") or len(plain.split()) >= _SHORT_TITLE


def is_caption(text: str) -> bool:
    """Whether a text above a table tells only of its figures: “(Số liệu đến 31/12/2024)”, “Đơn vị: xã”."""
    return bool(_CAPTION_SIGNS.fullmatch(text) or _CAPTION.fullmatch(simple(text)))


def is_footnote(text: str) -> bool:
    """Whether a row only remarks on the table."""
    return bool(_FOOTNOTE.match(text))


def numbering_style(text: str) -> str | None:
    """How a row is numbered: I, A or 1; None where it is not."""
    for style, pattern in ((ROMAN, _ROMAN), (LETTER, _LETTER), (ARABIC, _ARABIC)):
        if text and pattern.fullmatch(text):
            return style
    return None


def leading_style(text: str) -> tuple[str | None, str]:
    """The numbering that a group's text begins with, and the rest: "I. Huyện Hòn Đất" → ("roman", "Huyện Hòn Đất")."""
    numbering = _LEADING.match(text)
    if not numbering:
        return None, text
    return ROMAN if numbering["roman"] else LETTER if numbering["letter"] else ARABIC, text[numbering.end() :]


def without_count(text: str) -> str:
    """The text of a group without how many there are in it: "Huyện Hòn Đất (10 xã)" → "Huyện Hòn Đất"."""
    return _COUNTED.sub("", text).strip()


def names_district(text: str) -> bool:
    """Whether a text begins with the kind of a district and names one: "Huyện Hòn Đất", "TP. Rạch Giá"."""
    kind, name = split_kind(text)
    return kind in KINDS[Tier.DISTRICT] and bool(name) and not section_in(text)


# “đợt 1”, “đợt II” leave nothing open.
_BATCH = re.compile(r"\bdot [0-9ivx]+\b")
# A year within simple words.
_YEAR = re.compile(r"\b((?:19|20)[0-9]{2})\b")
# Words of headings of groups, besides levels and years, that leave nothing open.
_PLAIN = BESIDE_LEVELS | {
    *("nam", "giai", "doan", "dot", "danh", "sach", "cac", "nhung", "la", "theo", "ket", "qua", "cong", "bo"),
    *("thuoc", "tren", "dia", "ban", "tinh", "do", "thi", "van", "minh", "phuong", "tran", "pho", "thanh"),
}
_A_KIND = "(xa|phuong|thi tran|dac khu|huyen|thi xa|thanh pho|tx|tp|quan)"
# Nothing but kinds of units, with what may stand around them: “Danh sách các xã”, “Các xã khác”.
_TIER = re.compile(rf"((danh sach|cac|cap|khoi|nhom|doi voi|don vi|ten) )*{_A_KIND}( {_A_KIND})*( khac)?")


# What only sorts units, and where it stands: “Xã bổ sung”, “Các xã còn lại”, “Xã miền núi, hải đảo”, “Nhóm 1”.
_SORT = (
    r"(bo sung|con lai|khac|phat sinh|dieu chinh|ve dich|(chi dao )?(trong )?diem|mien nui|vung (cao|sau|xa)|trung du"
    r"|bai ngang|ven bien|hai dao|(dac biet )?kho khan|an toan khu|dan toc thieu so"
    r"|(nhom|dot|cum|khoi|khu vuc|vung|phan|khu) ([0-9]+|[ivx]+|[a-z]))"
)
# These are communes too: “Xã Biên Giới”, “Đồng Bằng”, “Thuận Lợi”.
_SORT_OF_SEVERAL = "(bien gioi|dong bang|thuan loi)"
_OF_SORTS = "danh sach|cac|nhung|nhom|xa|phuong|thi tran|dac khu|don vi|thuoc|duoc|da|chi dao"
_SORTING = re.compile(
    rf"(({_OF_SORTS}) )*({_SORT}|(cac|nhung|nhom|vung)( xa)?( vung)? {_SORT_OF_SEVERAL})"
    rf"( (va )?({_SORT}|{_SORT_OF_SEVERAL}))*"
)


def only_sorts(text: str) -> bool:
    """Whether a heading of a group sorts its rows by something that a ledger does not hold: “Bổ sung”, “Xã còn lại”.

    Rows that tell facts themselves are none the less sure below it.
    """
    return bool(_SORTING.fullmatch(simple(text))) and not denies(text)


class Section(NamedTuple):
    """What a heading of a group says of the rows below it; None where it leaves something open."""

    level: str | None = None
    year: int | None = None
    tier: Tier | None = None


@lru_cache(4_000)
def section_in(text: str) -> Section | None:
    """The level, year and tier that a heading of a group names and nothing besides: "A. Cấp xã", "NTM năm 2019".

    None where it says more, or nothing.
    """
    if denies(text) or levels_joined(text):
        return None
    words = _BATCH.sub(" ", simple(text))
    levels, rest = levels_in(words)
    years = _YEAR.findall(rest)
    is_tier = bool(_TIER.fullmatch(words))
    if len(levels) > 1 or len(years) > 1 or not (levels or years or is_tier):
        return None
    if not is_tier and not {*_YEAR.sub(" ", rest).split()} <= _PLAIN:
        return None
    return Section(levels[0] if levels else None, int(years[0]) if years else None, tier_in(words))


class GroupHeading(NamedTuple):
    """A row that stands above others and says where they belong: a district, a level, a year."""

    text: str
    row: int
    column: int
    style: str


def unnumbered_style(text: str) -> str:
    """The style of a group without a number: years follow years, whatever lies between."""
    section = section_in(text)
    return YEAR if section and section.year and not section.level else PLAIN


def tier_of(groups: Sequence[GroupHeading]) -> Tier | None:
    """The tier that the innermost of the groups above a row tells, if any does."""
    sections = [section_in(group.text) for group in groups]
    return next((section.tier for section in reversed(sections) if section and section.tier), None)


def fields_below(sheet: Sheet, bottom: int) -> set[Field]:
    """Whether rows below the headings, in which nothing else stands, tell a level or a year: “Năm 2023”."""
    fields: set[Field] = set()
    for row in range(bottom + 1, len(sheet.rows)):
        texts = [clean(cell.text) for cell in sheet.rows[row] if not cell.is_blank]
        texts = [text for text in texts if not numbering_style(text)]
        section = section_in(without_count(leading_style(texts[0])[1])) if len(texts) == 1 else None
        fields |= {Field.YEAR} if section and section.year else set()
        fields |= {Field.LEVEL} if section and section.level else set()
    return fields


def enter_group(stack: list[GroupHeading], group: GroupHeading) -> None:
    """Enters a group: it ends the one before of its own style, with whatever lay inside that."""
    for place, outer in enumerate(stack):
        if outer.style == group.style:
            del stack[place:]
            break
    stack.append(group)
