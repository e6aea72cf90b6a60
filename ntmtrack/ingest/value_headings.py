"""The headings of tables of values: a measure with its year and unit, what a list of OCOP products tells."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from ntmtrack.ingest.columns import REMEMBERED, Field, FieldColumn, simple
from ntmtrack.ingest.headings import Meaning, speaks_of_plans
from ntmtrack.measures import PERCENT, Measure, every_measure, measure_called
from ntmtrack.measures.units import CountedIn, unit_told

_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^][]*)\]")
_YEAR = re.compile(r"(?:(?:trong |vào )?năm\s*)?(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])", re.IGNORECASE)
_UNIT_BEHIND = re.compile(r"[,;:–-]\s*(?:đvt\s*:?)?\s*([^,;:]+)$", re.IGNORECASE)
_SHARE = re.compile(r"\b(t[yi] le|tl|phan tram)\b|%")
# What may stand below or above the words of a measure and says nothing more.
_NEUTRAL = {
    "",
    "ket qua",
    "thuc hien",
    "th",
    "ket qua thuc hien",
    "gia tri",
    "so lieu",
    "so lieu thuc hien",
    "nam",
    "muc dat",
}
_TITLE_UNIT = re.compile(r"(?:đvt|đơn vị tính|đơn vị)\s*:\s*([^()]+?)\s*\)?\s*$", re.IGNORECASE)
# Headings of these tables alone, in simple text, the first that fits being meant.
_OWN: tuple[tuple[Field, str], ...] = (
    (Field.PRODUCT, r"(ten )?(cac )?san pham( ocop)?( duoc cong nhan)?|ten san pham.*"),
    (Field.OWNER, r"(ten )?(chu the|co so san xuat|don vi san xuat|nha san xuat)\b.*"),
    (
        Field.STARS,
        r"((so|ket qua|muc|phan|xep|hang|dat|dat duoc) ?)*sao|((phan|xep) )?hang( ocop)?",
    ),
    (
        Field.VALID_UNTIL,
        r"((ngay|co|thoi) )?(hieu luc|gia tri|han)( (cong nhan|giay|chung nhan))* (den|het)\b.*",
    ),
    (Field.VALID_UNTIL, r"(ngay )?het (hieu luc|han|gia tri)\b.*|han( cong nhan)?"),
    (Field.INDICATOR, r"(ten )?(chi tieu|noi dung|tieu chi|chi so)|measure|indicator"),
    (Field.COUNTED_IN, r"don vi tinh|dvt|unit of measure"),
    (Field.VALUE, r"gia tri|so lieu|ket qua|thuc hien|ket qua thuc hien|value"),
    (Field.UNIT, r"dia chi.*"),
)


class ValueHeading(NamedTuple):
    """A measure told by a heading, the year and unit that it tells; `is_share` where it speaks of a per cent."""

    measure: Measure
    year: int | None
    unit: CountedIn | None


def value_meaning(parts: Sequence[str]) -> Meaning | None:
    """What a heading of such a table means, from the top downwards; None where it is none of these tables' own."""
    if heading := value_heading(parts):
        return Field.VALUE, heading.measure.key
    bare = simple(parts[-1])
    return next(((field, None) for field, pattern in _OWN if re.fullmatch(pattern, bare)), None)


def value_heading(parts: Sequence[str]) -> ValueHeading | None:
    """The measure that a heading tells, with its year and unit; None where any word of it says something else.

    Example: (“Thu nhập bình quân (triệu đồng/người/năm)”, “2021”) → income of 2021; “Tăng so với 2020” tells none.
    """
    whole = " ".join(parts)
    years = {int(year) for year in _YEAR.findall(whole)}
    if len(years) > 1 or speaks_of_plans(simple(whole)):
        return None
    measure = _measure(parts)
    if measure is None:
        return None
    if PERCENT in whole and not measure.is_percent:
        return None
    return ValueHeading(measure, years.pop() if years else None, _unit_in(measure, parts))


def told_heading(column: FieldColumn) -> ValueHeading:
    """What the heading of a column of a measure tells, which may be named by the title or by hand: “Năm 2022”."""
    parts = column.heading.split(" / ")
    if heading := value_heading(parts):
        return heading
    measure = every_measure()[column.level or ""]
    years = {int(year) for year in _YEAR.findall(column.heading)}
    return ValueHeading(measure, years.pop() if len(years) == 1 else None, _unit_in(measure, parts))


def is_year_of(measure: Measure, parts: Sequence[str]) -> bool:
    """Whether a heading tells one year, perhaps a unit of the measure, and nothing else: “Năm 2022”, “TH 2023”."""
    whole = " ".join(parts)
    bare = (simple(_YEAR.sub(" ", _BRACKETS.sub(" ", part))) for part in parts)
    is_bare = len({*_YEAR.findall(whole)}) == 1 and all(text in _NEUTRAL for text in bare)
    return is_bare and all(unit_told(measure, _unit_text(text)) for text in _bracketed(parts))


def _bracketed(parts: Iterable[str]) -> list[str]:
    return [text for part in parts for found in _BRACKETS.findall(part) for text in found if text]


def _unit_in(measure: Measure, parts: Sequence[str]) -> CountedIn | None:
    """The unit that headings tell, in brackets or behind the measure; of a per cent itself, where they speak of one."""
    whole = " ".join(parts)
    if measure.is_percent:
        return CountedIn(PERCENT) if _SHARE.search(f"{simple(whole)} {whole}") else None
    units = _bracketed(parts)
    units += [behind[1] for part in parts if (behind := _UNIT_BEHIND.search(_BRACKETS.sub("", part)))]
    return next((told for text in units if (told := unit_told(measure, _unit_text(text)))), None)


def with_years(columns: Sequence[FieldColumn]) -> list[FieldColumn]:
    """The columns of such a table, each measure with its year; an address names the unit where no other column does."""
    names = [column for column in columns if column.field is Field.UNIT]
    told = []
    for column in columns:
        is_address = column.field is Field.UNIT and len(names) > 1 and simple(column.heading).startswith("dia chi")
        if not is_address:
            is_measure = column.field is Field.VALUE and column.level is not None
            told.append(column._replace(year=told_heading(column).year) if is_measure else column)
    return told


def title_unit(measure: Measure, titles: Sequence[str]) -> CountedIn | None:
    """The unit that a title tells: “Đơn vị tính: triệu đồng/người/năm”; None where it is none of the measure's."""
    texts = (found[1] for title in titles if (found := _TITLE_UNIT.search(title)))
    return next((told for text in texts if (told := unit_told(measure, text))), None)


# What a title says around a measure: “BIỂU TỔNG HỢP … CÁC XÃ TRÊN ĐỊA BÀN TỈNH”, “… GIAI ĐOẠN 2021-2025”.
_LEADING = re.compile(
    r"\A((biểu|bảng|phụ lục|phụ biểu|tổng hợp|thống kê|báo cáo|số liệu|kết quả|thực hiện|tình hình|danh sách|về|số"
    r"|chỉ tiêu|tiêu chí|[0-9IVX]+[.:]?)\s+)+",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"\s+(của\s+|tại\s+)?(trên địa bàn|phân theo|theo|(các|từng|mỗi)\s+(xã|phường|huyện|đơn vị|địa phương|năm)"
    r"|xã|huyện|tỉnh|thị xã|thành phố|cấp xã|năm|giai đoạn|qua các năm|đến)\b.*$",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(tinh|huyen|thi xa|thanh pho|tp) \w+( \w+)?")  # “tỉnh Lai Châu” says nothing of “công nhận lại”
_COMPARES = re.compile(r"\b(tang|giam|so voi|chenh lech|toc do|muc tieu|uoc)\b")


def title_heading(titles: Iterable[str]) -> ValueHeading | None:
    """The one measure that titles name, with its unit: “THU NHẬP BÌNH QUÂN CÁC XÃ (triệu đồng)”; None of several."""
    told = [heading for title in titles if (heading := _of_title(title))]
    return told[0] if len({heading.measure.key for heading in told}) == 1 else None


@lru_cache(REMEMBERED)
def _of_title(title: str) -> ValueHeading | None:
    bare = _PLACE.sub(" ", simple(title))
    if _COMPARES.search(bare) or speaks_of_plans(bare):
        return None
    words = _LEADING.sub("", _YEAR.sub(" ", _BRACKETS.sub(" ", title)).strip(), count=1)
    brackets = (f" ({_YEAR.sub(' ', text)})" for text in _bracketed([title]))
    return value_heading([_TRAILING.sub("", words) + "".join(brackets)])


def title_years(titles: Sequence[str]) -> list[int]:
    """The years of which titles speak, each once."""
    return [*dict.fromkeys(int(year) for title in titles for year in _YEAR.findall(title))]


def _measure(parts: Sequence[str]) -> Measure | None:
    """By the lowest part that says anything, or by it with all above it together."""
    bare = [_bare(part) for part in parts]
    saying = [text for text in bare if simple(text) not in _NEUTRAL]
    while saying and simple(saying[-1]) in ("ty le", "ti le"):
        above = saying[:-1]
        measure = measure_called(above[-1]) if above else None
        return measure if measure and measure.is_percent else None
    if not saying:
        return None
    return measure_called(saying[-1]) or measure_called(" ".join(saying))


def _bare(part: str) -> str:
    """A heading without brackets, years, the unit behind it."""
    text = _YEAR.sub(" ", _BRACKETS.sub(" ", part))
    behind = _UNIT_BEHIND.search(text)
    if behind and not measure_called(text):
        text = text[: behind.start()]
    return text.replace(PERCENT, " ").strip(" ,;:–-")


def _unit_text(text: str) -> str:
    """A unit without what leads to it: “ĐVT: triệu đồng”."""
    return re.sub(r"^\s*(?:đvt|đơn vị tính|đơn vị)\s*:?\s*", "", text, flags=re.IGNORECASE)
