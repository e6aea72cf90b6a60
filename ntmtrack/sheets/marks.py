"""What a cell below the name of a level says: a mark, a year or a decision, the level’s own name, or a count."""

import re
from datetime import date
from typing import NamedTuple

from ntmtrack.i18n import N_, _
from ntmtrack.sheets.cells import Cell
from ntmtrack.sheets.columns import NOT_REACHED, simple
from ntmtrack.sheets.denials import DENIED
from ntmtrack.sheets.levels import counts_criteria, level_told
from ntmtrack.sheets.values import A_YEAR, DecisionText, EitherOf, Unfit, clean_text, decision_in, year_in
from ntmtrack.text import plain

# What a cell holds that names a decision or resolution.
_OF_A_DECISION = re.compile(r"q[đd]|nq|quyết định", re.IGNORECASE)
# “QĐ 2021”, “số 2021”: here the four digits may be, or are, a number and no year.
_BEFORE_A_NUMBER = re.compile(r"(?:\b(?P<so>s[ốo])|\bq[đd]|quy[ếe]t [đd][ịi]nh)[\s:.]*$", re.IGNORECASE)
_YES = frozenset(
    ("x", "✓", "✔", "☑", "√", "v", "dat", "da dat", "d", "1", "co", "dat chuan", "duoc cong nhan", "true", "yes")
)
# At the beginning alone: “Không đạt”, “Chưa”; elsewhere it may be said of something else.
_DENIED = re.compile(rf"({'|'.join(DENIED)})\b")
_BESIDE = frozenset(
    ["dat", "da", "nam", "x", "qd", "quyet", "dinh", "so", "cong", "nhan", "ngay", "theo", "chuan", "duoc"]
)


class Mark(NamedTuple):
    """What a cell below the name of a level tells: whether reached, and possibly when and by which decision."""

    reached: bool
    year: int | None = None
    decision: DecisionText | None = None
    by_number: bool = False  # 1, which may also be a count
    is_count: bool = False  # 12, which can only be one, or counts something else


def mark_in(cell: Cell) -> Mark:
    """A mark, a year or a decision below the name of a level: x, Đạt, 2019, "1007/QĐ-UBND ngày …"; raises Unfit."""
    if cell.fault:
        raise Unfit(cell.fault)
    if isinstance(cell.value, bool):
        return Mark(cell.value)
    if isinstance(cell.value, date):
        return Mark(True, year_in(cell))
    text = clean_text(cell)
    bare = text.strip("()[]. ")
    if plain(bare) in _YES or bare.casefold() in _YES:
        return Mark(True, by_number=bare.isdigit())
    if (
        (plain(text) or text) in NOT_REACHED
        or _DENIED.match(text.casefold())
        or (text.partition(" ")[0].isascii() and simple(text).startswith(("chua ", "khong ")))  # Khổng Lào is a commune
    ):
        return Mark(False)
    year = _year_within(text)
    if year is None:
        parts = re.fullmatch(r"(\D*?)((?:19|20)[0-9]{2})\s*[(,;:–-]\s*(.*?)\)?", text)
        if parts and _OF_A_DECISION.search(parts[3]) and not _BEFORE_A_NUMBER.search(parts[1]):
            return Mark(True, int(parts[2]), decision_in(Cell(parts[3])))
        if _OF_A_DECISION.search(text):
            return Mark(True, None, decision_in(cell))
    elif set(simple(text.replace(year[0], " ")).split()) <= _BESIDE:
        return Mark(True, int(year[1]))
    raise Unfit(_("neither a mark (x, Đạt), nor a year, nor a decision"))


def _year_within(text: str) -> re.Match[str] | None:
    """The year in a text without a "/"; none in "QĐ số 2021"; raises EitherOf for "QĐ 2021"."""
    year = A_YEAR.search(text) if "/" not in text else None
    numbered = _BEFORE_A_NUMBER.search(text[: year.start()]) if year else None
    if year and numbered and not numbered["so"]:
        says = _("{year} may be the year, or the number of the decision").format(year=year[1])
        raise EitherOf(says, _("write “{year}”, or “{year}/QĐ-UBND”").format(year=year[1]))
    return None if numbered else year


def is_mark(text: str) -> bool:
    """Whether a text is one that stands below the name of a level: x, Đạt, 2019, a decision."""
    try:
        mark_in(Cell(text))
    except EitherOf:
        return True
    except Unfit:
        return False
    return True


HOW_TO_MARK = N_("write x or the year recognised for; where it is not reached, clear the cell or leave the row out")
# “12”, “12/20”, “12 xã”: no mark, a number of units.
_A_COUNT = re.compile(
    r"[0-9]{1,4}(\s*/\s*[0-9]{1,4})?(\s*(xã|phường|thị trấn|đơn vị|huyện)\b.*)?",
    re.IGNORECASE,
)
# A day or a month with its year, where only the year is asked for.
_A_DAY = re.compile(r"(ngày\s*)?[0-9]{1,2}\s*[/.-]\s*([0-9]{1,2}\s*[/.-]\s*)?[0-9]{4}", re.IGNORECASE)


def mark_below(cell: Cell, level: str | None) -> Mark:
    """A mark as `mark_in` reads it, or the name of the column's own level; a number may count; raises Unfit."""
    try:
        return mark_in(cell)
    except EitherOf:
        raise
    except Unfit as wrong:
        is_text = isinstance(cell.value, str | int | float) and not cell.fault
        text = clean_text(cell) if is_text else ""
        if level and level_told(text).key == level:
            return Mark(reached=True)
        if _A_DAY.fullmatch(text) or isinstance(cell.value, date):
            says = _("a day stands where the year recognised for is expected")
            raise EitherOf(says, _("write the year recognised for alone, in four digits")) from wrong
        if _A_COUNT.fullmatch(text) and not counts_criteria(text):
            return Mark(reached=True, by_number=True, is_count=True)
        raise
