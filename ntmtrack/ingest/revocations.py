"""What a row says of a recognition that was taken back: from which day, by which decision, why."""

import re
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple

from ntmtrack.dates import find_day, read_day
from ntmtrack.decisions import read_decision
from ntmtrack.errors import BadDay, BadDecision, TwoInOne
from ntmtrack.ingest import CellRef
from ntmtrack.ingest.columns import REMEMBERED
from ntmtrack.ingest.denials import OTHER_THINGS, speaks_of
from ntmtrack.ingest.values import A_YEAR, ValueMismatch, clean_text, read_moment, text_in
from ntmtrack.model import Decision
from ntmtrack.spreadsheets import Cell
from ntmtrack.text import clean

# “thu hồi”, but not of land, money or debts.
_TAKEN_BACK = re.compile(rf"\bthu\s+h(?:ồ|o)i\b(?!\s+(?:{'|'.join(OTHER_THINGS)})\b)", re.IGNORECASE)
# Before the words, of what was only asked for, or has not happened.
_NOT_YET = ("chưa", "không", "đề nghị", "đề xuất", "dự kiến", "kế hoạch", "xem xét", "sẽ", "đang", "nếu", "tránh")
# Before the words these say that it was done.
_DONE = re.compile(r"\b(đã|bị|được|da|bi|duoc)$", re.IGNORECASE)
# Behind the words these say that it was not: “Thu hồi: không”.
_NOT_AT_ALL = re.compile(r"[\s:?–-]*(chưa|không|chua|khong|ko)\b", re.IGNORECASE)
# “đã bị” is left before the words when these are cut off.
_WORDS_BEFORE = re.compile(r"\b((đã|bị|được|da|bi|duoc)\s+){1,3}$", re.IGNORECASE)
# What joins the words to the day or the decision: “danh hiệu theo QĐ …”, “kể từ …”.
_BEFORE = re.compile(r"^[\s:,.;(–-]*((danh hiệu|công nhận|theo|tại|bởi|bằng|kể|từ|vào)\s+)*", re.IGNORECASE)


class RevocationText(NamedTuple):
    """That a recognition was taken back; `day` is possibly partial, None where it is not told.

    `in_column` is whether a column of its own tells it, which leaves no doubt, and not a remark.
    """

    ref: CellRef
    day: str | None = None
    decision: Decision | None = None
    reason: str | None = None
    in_column: bool = False


@lru_cache(REMEMBERED)
def is_revocation(text: str) -> bool:
    """Whether a text says that something was taken back, and not only that this was asked for or not done."""
    return _taken_back(clean(text)) is not None


def _taken_back(text: str) -> re.Match[str] | None:
    """Where a text says so: in “Đã thu hồi đất; thu hồi danh hiệu 2024” the second time."""
    return next((match for match in _TAKEN_BACK.finditer(text) if _is_done(text, match)), None)


def _is_done(text: str, match: re.Match[str]) -> bool:
    before, after = text[: match.start()].rstrip(), text[match.end() :]
    if speaks_of(before, _NOT_YET):
        return False
    return bool(_DONE.search(before)) or not _NOT_AT_ALL.match(after)  # “đã thu hồi chưa rõ ngày” was done


def without_revocation(text: str) -> str:
    """What a text says before it speaks of a revocation: "NTM (đã thu hồi)" → "NTM"."""
    match = _taken_back(clean(text))
    before = clean(text)[: match.start()] if match else clean(text)
    return _WORDS_BEFORE.sub("", before).strip(" (,;:–-")


def remark_revocation(text: str, ref: CellRef) -> RevocationText:
    """The revocation that a remark tells: "Đã thu hồi theo QĐ 15/QĐ-UBND ngày 10/3/2024"."""
    match = _taken_back(clean(text))
    day, decision = _read(clean(text)[match.end() :] if match else clean(text))
    return RevocationText(ref, day, decision)


def column_revocation(since: Cell | None, by: Cell | None, reason: str | None, ref: CellRef) -> RevocationText:
    """The revocation that columns of their own tell: day or decision with its day, the decision, the reason."""
    day, decision = _of_cell(since) if since else (None, None)
    if by:
        is_number = by.fault or A_YEAR.fullmatch(clean_text(by))
        own_day, own_decision = (None, None) if is_number else _read(text_in(by))
        decision = own_decision or (Decision(clean_text(by)) if not by.fault else None)
        day = day or own_day
    return RevocationText(ref, day, decision, reason, in_column=True)


def _of_cell(cell: Cell) -> tuple[str | None, Decision | None]:
    try:
        return read_moment(cell), None
    except ValueMismatch:
        return _read(cell.value) if isinstance(cell.value, str) else (None, None)


def _read(text: str) -> tuple[str | None, Decision | None]:
    """Day and decision of a text, as far as it tells them."""
    rest = _BEFORE.sub("", clean(text)).strip(" ().,;")
    with suppress(BadDay):
        return read_day(rest), None  # in a remark 2024 is a year, though a decision may have that number
    try:
        decision = read_decision(rest)
        return decision.signed_on, decision if decision.number else None
    except (BadDay, BadDecision, TwoInOne):
        pass
    try:
        day, _rest = find_day(rest)
    except BadDay:
        return None, None
    years = A_YEAR.findall(rest)
    return day or (years[0] if len(years) == 1 else None), None
