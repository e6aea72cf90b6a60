"""Headings read: which field, of which level, the words over a column mean."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache

from ntmtrack.ingest.columns import (
    ACKNOWLEDGED,
    ACT,
    BELOW,
    BESIDE_LEVELS,
    HEADINGS,
    LEVEL_FIELDS,
    RE_RECOGNISED,
    Field,
    is_column,
    simple,
)
from ntmtrack.ingest.denials import AMBIGUOUS_BARE, ENDED, PLANNED
from ntmtrack.ingest.levels import REACHED, levels_in, standard_level
from ntmtrack.spreadsheets import Block, Sheet, letters_of
from ntmtrack.text import clean

Meaning = tuple[Field, str | None]
_REMARKS = r"ghi chu.*|notes?"
# Over “Số” these say that the number is that of a decision.
_DECISION = re.compile(r"\b(qd|quyet dinh)\b")
# “Năm ban hành”, “Năm QĐ”: the year of the decision, not the one recognised for.
_ABOUT_THE_DECISION = re.compile(r"\b(qd|quyet dinh|ban hanh|ky)\b")
_LONGEST = 120
# “năm 2020”, “vào năm 2020”, “2020”: what a heading says besides the level and the mark.
_A_YEAR = re.compile(r"\b(?:(?:trong|vao) )?(?:nam )?((?:19|20)[0-9]{2})\b")
_BESIDE_YEARS = BESIDE_LEVELS - {"hien", "tinh", "trang", "ket", "qua"} | {"cac", "danh", "sach", "ten"}


@cache
def _plan_words() -> re.Pattern[str]:
    words = map(simple, (word for word in PLANNED + ENDED if word not in AMBIGUOUS_BARE))
    return re.compile(rf"\b({'|'.join(words)}|chua|lai|truot|rot|khong (duoc|cong nhan|con)|(?<!dat )khong dat)\b")


def speaks_of_plans(heading: str) -> bool:
    """Whether a simple text speaks of what is planned, denied, no more or recognised again: no recognition itself."""
    return bool(_plan_words().search(heading.replace("muc tieu quoc gia", "")))


def year_over(parts: Sequence[str]) -> int | None:
    """The year of which simple headings over one column speak: “Đạt chuẩn NTM năm 2020”, “NTM” below “Năm 2020”.

    None for a span, for several, and beside other words, which may speak of another: “đến năm 2020”, “QĐ năm 2020”,
    “Hiện trạng năm 2020”.
    """
    texts = [levels_in(part)[1] for part in parts]
    plain_ones = [text for text in texts if {*_A_YEAR.sub(" ", text).split()} <= _BESIDE_YEARS]
    years = {int(year) for text in plain_ones for year in _A_YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None


@cache
def read_heading(parts: tuple[str, ...], fields: frozenset[Field]) -> Meaning | None:
    """What a heading means, given from the top downwards as simple texts; None where it tells nothing known.

    Example: ("ntm nang cao", "nam dat") → (Field.YEAR, "nang-cao").
    """
    parts = tuple(part for part in parts if part)
    if not parts or sum(map(len, parts)) > _LONGEST:
        return None
    whole = " ".join(dict.fromkeys(parts))
    levels, rest = levels_in(whole)
    # Columns of plans and registrations tell of no recognition, nor do those of one recognised again.
    is_act = bool(ACKNOWLEDGED.fullmatch(rest) or RE_RECOGNISED.fullmatch(rest))
    tells_acts = is_act or ACT.fullmatch(parts[-1])
    is_planned = (
        Field.MARK in fields and speaks_of_plans(whole) and not (tells_acts or re.fullmatch(_REMARKS, parts[-1]))
    )
    if len(levels) > 1 or is_planned:
        return None
    level = levels[0] if levels else None
    has_year = not _A_YEAR.fullmatch(parts[-1]) and year_over(parts)  # what a bare year heads its cells show
    if is_act and level and Field.MARK in fields:
        return Field.MARK, level
    words = set((_A_YEAR.sub(" ", rest) if has_year else rest).split())
    is_mark = Field.MARK in fields and words <= BESIDE_LEVELS
    if is_mark and level:
        return Field.MARK, level
    field = _field(parts, fields)
    if field is None and is_mark and words & REACHED:
        return Field.MARK, standard_level() if words >= REACHED else None
    return (field, level if field in LEVEL_FIELDS else None) if field else None


def _field(parts: Sequence[str], fields: Iterable[Field]) -> Field | None:
    """By the lowest heading, else by all of them together."""
    above = " ".join(parts[:-1])
    if _DECISION.search(above) and parts[-1] in BELOW:
        return BELOW[parts[-1]]
    texts = [parts[-1], levels_in(parts[-1])[1], " ".join(parts), levels_in(" ".join(parts))[1]]
    for text in dict.fromkeys(texts):
        for field, pattern in HEADINGS:
            if field in fields and re.fullmatch(pattern, text):
                # The year of a decision is not the year that a unit is recognised for.
                is_other_year = field is Field.YEAR and _ABOUT_THE_DECISION.search(" ".join(parts))
                return None if is_other_year else field
    return None


def heading_texts(sheet: Sheet, top: int, bottom: int, mapped: Collection[str]) -> Iterator[tuple[int, list[str]]]:
    """Each column with its headings from the top downwards; one without any where it is mapped by its letters."""
    width = max((len(sheet.rows[row]) for row in range(top, bottom + 1)), default=0)
    width = max([width, *(block.right + 1 for block in sheet.merged if top <= block.top <= bottom)])
    widest = max(map(len, sheet.rows))
    width = widest if any(map(is_column, mapped)) else min(width, widest)
    above = ""
    for column in range(width):
        texts = [_heading_text(sheet, row, column) for row in range(top, bottom + 1)]
        has_below = any(texts[1:])
        if texts[0]:
            above = "" if _is_merged(sheet, top, column) else texts[0]
        elif has_below and bottom > top:
            texts[0] = above  # a heading over several columns, not merged
        parts = list(dict.fromkeys(text for text in texts if text))
        if parts or letters_of(column) in mapped:
            yield column, parts or [""]


def _heading_text(sheet: Sheet, row: int, column: int) -> str:
    block = merged_across(sheet, row, column)
    value = sheet.at(block.top, block.left).value if block else sheet.at(row, column).value
    return clean(str(value)) if value is not None else ""


def merged_across(sheet: Sheet, row: int, column: int) -> Block | None:
    """The cells merged sideways that a cell belongs to."""
    for block in sheet.merged:
        if block.top <= row <= block.bottom and block.left <= column <= block.right and block.left < block.right:
            return block
    return None


def _is_merged(sheet: Sheet, row: int, column: int) -> bool:
    """Whether a heading says by its merged cells how far it reaches."""
    return any(b.top <= row <= b.bottom and b.left <= column <= b.right for b in sheet.merged)


def merged_into(sheet: Sheet, row: int, column: int) -> bool:
    """Whether a cell only continues one that begins above it."""
    return any(b.top < row <= b.bottom and b.left <= column <= b.right for b in sheet.merged)
