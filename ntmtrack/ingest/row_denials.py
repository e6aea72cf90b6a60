"""What stands beside the facts of a row and takes them back: remarks, comments, verdicts in other columns."""

import re
from collections.abc import Iterator

from ntmtrack.i18n import _
from ntmtrack.ingest import CellRef, Problem, ProblemKind, cell_ref, map_option
from ntmtrack.ingest.columns import NOT_REACHED, Field, simple
from ntmtrack.ingest.denials import denies, looks_ahead, tells_end
from ntmtrack.ingest.levels import counts_criteria
from ntmtrack.ingest.office_table import OfficeTable, TableRow
from ntmtrack.ingest.revocations import RevocationText, is_revocation, remark_revocation
from ntmtrack.spreadsheets import Cell
from ntmtrack.text import clean

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
