"""What stands beside, on or below the facts of a row and takes them back: remarks, verdicts, comments, footnotes."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple

from ntmtrack.dates import find_day, read_day
from ntmtrack.decisions import read_decision
from ntmtrack.errors import BadDay, BadDecision, TwoInOne
from ntmtrack.i18n import _
from ntmtrack.ingest import CellRef, Problem, ProblemKind, cell_ref, map_option
from ntmtrack.ingest.columns import NOT_REACHED, REMEMBERED, Field, simple
from ntmtrack.ingest.denials import OTHER_THINGS, denies, looks_ahead, speaks_of, tells_end
from ntmtrack.ingest.levels import counts_criteria
from ntmtrack.ingest.table import OfficeTable, TableRow
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
_BEFORE_IT_ENDED = re.compile(r"^[\s:,.;(–-]*((danh hiệu|công nhận|theo|tại|bởi|bằng|kể|từ|vào)\s+)*", re.IGNORECASE)


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
    rest = _BEFORE_IT_ENDED.sub("", clean(text)).strip(" ().,;")
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


# Headings over how each unit came through.
_VERDICT = re.compile(r"\b(ket qua|tinh trang|trang thai|tham dinh|xet|dat khong dat|danh gia)\b")
_WAITING = re.compile(r"chờ\b|cho$", re.IGNORECASE)  # elsewhere Chờ is a town
# “17/19”: so many of so many.
_SHARE = re.compile(r"\b([0-9]{1,2})\s*/\s*([0-9]{1,2})\b")
# Nothing but a no: “chưa”, “không bị thu hồi”.
_NOT_ENDED = re.compile(r"(chưa|không|ko|chua|khong)( (có|bị|phải|thu hồi|co|bi|phai|thu hoi))*")
# Begins with what was only asked for; “không rõ ngày” says that it was done.
_NOT_YET_ENDED = re.compile(
    r"((đã|mới|có) )?(chưa|không|đề nghị|đề xuất|dự kiến|kế hoạch|xem xét|đang|sẽ)\b(?! rõ)", re.IGNORECASE
)


def denial_problem(ref: CellRef) -> Problem:
    """The problem that a cell speaks of a plan, a refusal or a revocation."""
    says = _("this speaks of a plan, a registration, a refusal or a revocation")
    return Problem(ProblemKind.RULE, ref, says, _("leave the row out"))


def is_verdict(heading: str) -> bool:
    """Whether the cells below a heading say how each unit came through: “Kết quả thẩm định”."""
    return bool(_VERDICT.search(simple(heading)))


def denials_beside(table: OfficeTable, row: TableRow, *, of_export: bool = False) -> Iterator[Problem | RevocationText]:
    """Whatever in remarks and in columns not read denies what the row tells, or says that it was taken back.

    What `export` wrote stands in a ledger, whatever was remarked on it.
    """
    verdicts = {place for place, heading in table.head.unused if is_verdict(heading)}
    notes = {column.number for column in table.head.columns if column.field is Field.NOTE and not of_export}
    for place in (*sorted(notes), *(place for place, _heading in table.head.unused)):
        text, ref = table.sheet.at(row.number, place).shown, cell_ref(table.sheet, row.number, place)
        if is_revocation(text):
            yield remark_revocation(text, ref)
        elif place not in verdicts and simple(text) == "khong":
            continue
        elif denies(text) or (place in verdicts | notes and _falls_short(text, is_verdict=place in verdicts)):
            yield _beside(ref, None if place in verdicts else place)
    for place in () if of_export else table.head.set_aside:  # leaving a column unread takes nothing back
        text, ref = table.sheet.at(row.number, place).shown, cell_ref(table.sheet, row.number, place)
        if is_revocation(text):
            yield remark_revocation(text, ref)
        elif tells_end(text):
            yield _beside(ref)


def denied_by_comments(table: OfficeTable) -> dict[int, list[Problem]]:
    """The problems that comments on cells deny what their rows tell, by row."""
    problems: dict[int, list[Problem]] = {}
    for (row, place), text in sorted(table.sheet.comments.items()):
        if denies(text):
            says = _("a comment on this cell denies it: “{text}”").format(text=text)
            fix = _("leave the row out, or delete the comment where the row counts")
            problems.setdefault(row, []).append(Problem(ProblemKind.RULE, cell_ref(table.sheet, row, place), says, fix))
    return problems


def _beside(ref: CellRef, place: int | None = None) -> Problem:
    """The problem of a text beside the facts; `place` where its column may be left unread instead.

    That is proposed only of what lies ahead, never of a denial: who follows it records the row.
    """
    choice = ""
    if place is not None and looks_ahead(ref.text):
        option = _("or leave the column unread: {option}")
        choice = option.format(option=map_option(place, Field.SKIP.value))
    return denial_problem(ref)._replace(fix=_("leave the row out, or clear the cell"), choice=choice)


def _falls_short(text: str, *, is_verdict: bool) -> bool:
    """Whether a remark is only that something is waited for, or that fewer criteria are met than there are."""
    if _WAITING.match(clean(text)):
        return True
    share = _SHARE.search(text) if counts_criteria(text) and (is_verdict or not _SHARE.fullmatch(text)) else None
    return share is not None and int(share[1]) < int(share[2])


def is_not_revoked(cell: Cell) -> bool:
    """Whether a cell below “Thu hồi” says that nothing was taken back: không, chưa, 0."""
    text = clean(cell.shown)
    return simple(text) in {*NOT_REACHED, "false"} or text in NOT_REACHED or bool(_NOT_ENDED.fullmatch(text.casefold()))


def is_not_yet_revoked(cell: Cell) -> bool:
    """Whether a cell below “Thu hồi” says that this is only asked for: “đề nghị thu hồi 10/3/2024”."""
    return isinstance(cell.value, str) and bool(_NOT_YET_ENDED.match(clean(cell.value)))


_MOST_PLACES = 5
_MARKED = (Field.UNIT, Field.DISTRICT, Field.LEVEL, Field.MARK, Field.YEAR)
# A mark of stars at the end.
_STARS = re.compile(r"\(?(\*+)\)?$")
# A number in brackets behind a letter: “Thổ Sơn (1)”.
_NUMBERED_MARK = re.compile(r"(?<=\w)\s*\(([0-9]{1,2})\)$")
# A mark before the words of its footnote, by stars or a number in brackets.
_NOTE = re.compile(r"(?:^|(?<=\s))\(?(\*+)\)?(?=[\s:.\w])|(?:^|(?<=\s))\(([0-9]{1,2})\)(?=\s*[:.]?\s*\w)")
# “Ghi chú:” may stand before the first footnote.
_BEFORE = re.compile(r"\W*((ghi chú|ghi chu|lưu ý|chú thích)\s*:?)?\W*", re.IGNORECASE)


def read_footnotes(table: OfficeTable) -> dict[str, str]:
    """What the rows that tell of no unit say after a mark: {"*": "xã Thổ Sơn chưa đạt tiêu chí 17"}."""
    rows = {row.number for row in table.rows}
    footnotes: dict[str, str] = {}
    for number in range(table.head.bottom + 1, len(table.sheet.rows)):
        if number not in rows:
            for mark, text in _notes(cell.shown for cell in table.sheet.rows[number] if isinstance(cell.value, str)):
                footnotes.setdefault(mark, text)
    return footnotes


def _notes(texts: Iterator[str]) -> Iterator[tuple[str, str]]:
    """The notes of a row, each after its mark; a mark may stand in a cell of its own."""
    text = clean(" ".join(texts))
    marks = [*_NOTE.finditer(text)]
    if not marks or not _BEFORE.fullmatch(text[: marks[0].start()]):
        return
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=True):
        if note := text[mark.end() : end].strip(" :.)"):
            yield mark[1] or mark[2], note


def unmarked_remarks(table: OfficeTable) -> Iterator[str]:
    """The remarks in or below a table that are no row's own by a mark: they may speak of all of it."""
    if not table.passed:
        return
    borne = {marked[0] for row in table.rows if (marked := mark_of(table, row))}
    for number in table.passed:
        texts = [cell.shown for cell in table.sheet.rows[number] if isinstance(cell.value, str)]
        if not any(mark in borne for mark, _said in _notes(iter(texts))):
            yield " ".join(texts)


def mark_of(table: OfficeTable, row: TableRow) -> tuple[str, CellRef] | None:
    """The first mark of a footnote in a row, and where it stands; None where there is none."""
    for column, cell in row.cells:
        text = clean(cell.value) if isinstance(cell.value, str) and column.field in _MARKED else ""
        mark = _STARS.search(text) or (_NUMBERED_MARK.search(text) if column.field is Field.UNIT else None)
        if mark:
            return mark[1], cell_ref(table.sheet, row.number, column.number)
    return None


def denied_by_footnote(table: OfficeTable, row: TableRow, footnotes: Mapping[str, str]) -> Iterator[Problem]:
    """The problem that the footnote to which a row sends denies it."""
    marked = mark_of(table, row) if footnotes else None
    note = footnotes.get(marked[0], "") if marked else ""
    if marked is None or not denies(note):
        return
    says = _("its footnote denies it: “{text}”").format(text=note)
    fix = _("leave the row out, or take the mark away where the row counts")
    yield Problem(ProblemKind.RULE, marked[1], says, fix)


def footnote_remarks(table: OfficeTable) -> Iterator[str]:
    """Each mark of a footnote that denies nothing, with the cells where it stands and what the footnote says."""
    footnotes = read_footnotes(table)
    cells: dict[str, list[str]] = {}
    for row in table.rows:
        marked = mark_of(table, row)
        if marked and not denies(footnotes.get(marked[0], "")):
            cells.setdefault(marked[0], []).append(marked[1].address)
    for mark, places in cells.items():
        shown_places = ", ".join(places[:_MOST_PLACES]) + ("…" if len(places) > _MOST_PLACES else "")
        says = _("Footnote ({mark}) of {places}, not read: “{text}”.")
        says = says if mark in footnotes else _("No footnote tells what ({mark}) at {places} means.")
        yield says.format(mark=mark, places=shown_places, text=footnotes.get(mark))
