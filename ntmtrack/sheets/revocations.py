"""What a row says of a recognition that was taken back: from which day, by which decision, why."""

import re
from typing import NamedTuple

from ntmtrack.days import find_day
from ntmtrack.decisions import read_decision
from ntmtrack.errors import BadDay, BadDecision, TwoInOne
from ntmtrack.model import Decision
from ntmtrack.sheets.cell_values import Unfit, text_in
from ntmtrack.sheets.cells import Cell
from ntmtrack.sheets.days_told import day_told
from ntmtrack.sheets.problems import Spot
from ntmtrack.text import clean, plain

_TAKEN_BACK = re.compile(r"\bthu\s+h(?:ồ|o)i\b", re.IGNORECASE)
# Of what was only asked for, or has not happened.
_NOT_YET = re.compile(r"\b(chua|khong|de nghi|de xuat|du kien|ke hoach|xem xet|se|dang|neu|tranh)\b")
_BEFORE = re.compile(r"^[\s:,.;(–-]*((danh hiệu|công nhận|theo|tại|bởi|bằng|kể|từ|vào)\s+)*", re.IGNORECASE)
_YEAR = re.compile(r"(?<![0-9/.-])((?:19|20)[0-9]{2})(?![0-9/.-])")


class Revoked(NamedTuple):
    """That a recognition was taken back; `day` is possibly partial, None where it is not told.

    `in_column` is whether a column of its own tells it, which leaves no doubt, and not a remark.
    """

    spot: Spot
    day: str | None = None
    decision: Decision | None = None
    reason: str | None = None
    in_column: bool = False


def is_revocation(text: str) -> bool:
    """Whether a text says that something was taken back, and not only that this was asked for or not done."""
    found = _TAKEN_BACK.search(clean(text))
    return bool(found and not _NOT_YET.search(plain(clean(text)[: found.start()])))


def without_revocation(text: str) -> str:
    """What a text says before it speaks of a revocation: "NTM (đã thu hồi)" → "NTM"."""
    found = _TAKEN_BACK.search(clean(text))
    before = clean(text)[: found.start()] if found else clean(text)
    return re.sub(r"[\s(,;:–-]*\b((đã|bị|được|da|bi|duoc)\s+)*$", "", before, flags=re.IGNORECASE).strip(" (,;:–-")


def in_remark(text: str, spot: Spot) -> Revoked:
    """The revocation that a remark tells: "Đã thu hồi theo QĐ 15/QĐ-UBND ngày 10/3/2024"."""
    found = _TAKEN_BACK.search(clean(text))
    day, decision = _read(clean(text)[found.end() :] if found else clean(text))
    return Revoked(spot, day, decision)


def in_column(told: Cell | None, by: Cell | None, reason: str | None, spot: Spot) -> Revoked:
    """The revocation that columns of their own tell: day or decision with its day, the decision, the reason."""
    day, decision = _of_cell(told) if told else (None, None)
    if by:
        own_day, own_decision = _read(text_in(by)) if not by.fault else (None, None)
        decision = own_decision or (Decision(clean(text_in(by))) if not by.fault else None)
        day = day or own_day
    return Revoked(spot, day, decision, reason, in_column=True)


def _of_cell(cell: Cell) -> tuple[str | None, Decision | None]:
    try:
        return day_told(cell), None
    except Unfit:
        return _read(cell.value) if isinstance(cell.value, str) else (None, None)


def _read(text: str) -> tuple[str | None, Decision | None]:
    """Day and decision of a text, as far as it tells them."""
    rest = _BEFORE.sub("", clean(text)).strip(" ().,;")
    try:
        found = read_decision(rest)
        return found.signed_on, found if found.number else None
    except (BadDay, BadDecision, TwoInOne):
        pass
    try:
        day, _rest = find_day(rest)
    except BadDay:
        return None, None
    years = _YEAR.findall(rest)
    return day or (years[0] if len(years) == 1 else None), None
