"""The headings of tables of values: a measure with its year and unit, what a list of OCOP products tells."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.ingest.columns import Field, FieldColumn, simple
from ntmtrack.ingest.headings import Meaning, speaks_of_plans
from ntmtrack.measures import PERCENT, Measure, measure_called
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
    units = [text for part in parts for found in _BRACKETS.findall(part) for text in found if text]
    units += [behind[1] for part in parts if (behind := _UNIT_BEHIND.search(_BRACKETS.sub("", part)))]
    unit = next((told for text in units if (told := unit_told(measure, _unit_text(text)))), None)
    if measure.is_percent:
        unit = CountedIn(PERCENT) if _SHARE.search(f"{simple(whole)} {whole}") else None
    elif PERCENT in whole:
        return None
    return ValueHeading(measure, years.pop() if years else None, unit)


def with_years(columns: Sequence[FieldColumn]) -> list[FieldColumn]:
    """The columns of such a table, each measure with its year; an address names the unit where no other column does."""
    names = [column for column in columns if column.field is Field.UNIT]
    told = []
    for column in columns:
        is_address = column.field is Field.UNIT and len(names) > 1 and simple(column.heading).startswith("dia chi")
        heading = value_heading(column.heading.split(" / ")) if column.field is Field.VALUE else None
        if not is_address:
            told.append(column._replace(year=heading.year) if heading else column)
    return told


def title_unit(measure: Measure, titles: Sequence[str]) -> CountedIn | None:
    """The unit that a title tells: “Đơn vị tính: triệu đồng/người/năm”; None where it is none of the measure's."""
    texts = (found[1] for title in titles if (found := _TITLE_UNIT.search(title)))
    return next((told for text in texts if (told := unit_told(measure, text))), None)


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
