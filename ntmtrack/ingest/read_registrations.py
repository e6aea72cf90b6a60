"""What units register, as the rows of an office's table tell it: a level, so many criteria more, a target in words."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from ntmtrack.emulation.pledges import read_more
from ntmtrack.emulation.registers import CRITERIA, LEVEL, TEXT
from ntmtrack.errors import BadMoreCriteria
from ntmtrack.i18n import _
from ntmtrack.ingest import CellRef, Problem, ProblemKind
from ntmtrack.ingest.columns import BESIDE_LEVELS, NOT_REACHED, Field, simple
from ntmtrack.ingest.levels import levels_in
from ntmtrack.ingest.office_table import OfficeTable
from ntmtrack.ingest.read_recognitions import Defaults
from ntmtrack.ingest.read_units import UnitNaming, read_naming
from ntmtrack.ingest.register_headings import title_year
from ntmtrack.ingest.row_reader import ColumnReader, RowReader, readable_rows
from ntmtrack.ingest.values import ValueMismatch, clean_text, read_moment, year_in
from ntmtrack.spreadsheets import Cell
from ntmtrack.text import clean, unmarked

# What stands around a level that is registered and says nothing more.
_AROUND = BESIDE_LEVELS | {
    "dang",
    "ky",
    "phan",
    "dau",
    "hoan",
    "thanh",
    "ve",
    "dich",
    "thi",
    "dua",
    "trong",
    "nam",
    "len",
}
_PARTS = re.compile(r"\s*(?:;|\n|\bvà\b|(?=\+\s*[0-9]))\s*", re.IGNORECASE)
_NONE = re.compile(r"(khong|chua)( (dang ky|co))*")

Pledge = tuple[str, str]  # which, its value


class PledgeDraft(NamedTuple):
    """One pledge of a unit as a row tells it, a level by its key; `ref` is where it stands."""

    naming: UnitNaming
    year: int
    pledge: str
    value: str
    ref: CellRef
    sent_on: str | None
    received_on: str | None
    sender: str | None
    document: str | None
    source: str | None
    note: str | None
    refs: Mapping[Field, CellRef]


def read_registrations(table: OfficeTable, given: Defaults) -> tuple[list[PledgeDraft], list[Problem]]:
    """Every pledge that the table tells, and what cannot be read: a row with a fault tells none."""
    drafts: list[PledgeDraft] = []
    problems: list[Problem] = []
    of_title = title_year([*table.titles, table.sheet.name])
    for row in readable_rows(table, problems):
        naming, wrong = read_naming(table, row)
        cells = RowReader(table, row, _READERS)
        told = [
            (pledge, cells.refs[field])
            for field in (Field.PLEDGE, Field.MORE, Field.TARGET)
            for pledge in cells.value(field) or ()
        ]
        year = cells.value(Field.FOR_YEAR) or given.year or of_title
        sent, received, sender, document, source, note = (cells.value(field) for field in _REST)
        problems += [*wrong, *cells.problems]
        if not naming or wrong or cells.problems or not told:
            continue
        if year is None:
            says, fix = _("for which year is not told"), _("add a column “Năm”, or write it into the title")
            choice = _("or for all rows: {option}").format(option="--year")
            problems.append(Problem(ProblemKind.YEAR, naming.ref, says, fix, choice))
            continue
        drafts += [
            PledgeDraft(
                *(naming, year, pledge, value, ref, sent, received, sender, document),
                *(source or given.source, note or given.note, cells.refs),
            )
            for (pledge, value), ref in told
        ]
    return drafts, problems


# “15 tiêu chí”, “đạt 12/19 tiêu chí”: how many are to be met in all, or how many more?
_IN_ALL = re.compile(r"(?:(?:dat|dang ky|phan dau)(?: dat)? )?[0-9]{1,2}(?:/[0-9]{1,2})? ?(?:tieu chi|tc)")
_BEFORE_MORE = re.compile(r"^(?:đạt|đăng ký|phấn đấu)\s+(?=thêm|tăng|\+)", re.IGNORECASE)


def _pledges_in(cell: Cell) -> list[Pledge]:
    """The pledges in a cell of levels: “đạt chuẩn NTM nâng cao”, “+3 TC”, both; raises ValueMismatch."""
    text = clean_text(cell._replace(value=cell.value.replace("\n", " ; ")) if isinstance(cell.value, str) else cell)
    return [] if _is_none(text) else [_pledge_in(part) for part in _PARTS.split(text) if part.strip(" ,.-")]


def _pledge_in(text: str) -> Pledge:
    bare = clean(text).strip(" ,.;")
    levels, rest = levels_in(simple(bare))
    if len(levels) == 1 and {*rest.split()} <= _AROUND:
        return LEVEL, levels[0]
    if _IN_ALL.fullmatch(" ".join(unmarked(bare).split())):
        says = _("“{text}” does not tell whether so many in all or so many more: write “+3” for three more")
        raise ValueMismatch(says.format(text=bare))
    try:
        return CRITERIA, read_more(_BEFORE_MORE.sub("", bare))
    except BadMoreCriteria as wrong:
        says = _("“{text}” is neither a level nor a number of criteria more")
        raise ValueMismatch(says.format(text=bare)) from wrong


def _more_in(cell: Cell) -> list[Pledge]:
    """The criteria more in a cell of their number; none of a blank or 0; raises ValueMismatch."""
    text = clean_text(cell)
    if _is_none(text):
        return []
    try:
        return [(CRITERIA, read_more(text))]
    except BadMoreCriteria as wrong:
        raise ValueMismatch(wrong.lines()[0]) from wrong


def _target_in(cell: Cell) -> list[Pledge]:
    text = clean_text(cell)
    return [] if _is_none(text) else [(TEXT, text)]


def _is_none(text: str) -> bool:
    return not text or simple(text) in NOT_REACHED or text in NOT_REACHED or bool(_NONE.fullmatch(simple(text)))


_REST = (Field.SENT, Field.RECEIVED, Field.SENDER, Field.DOCUMENT, Field.SOURCE, Field.NOTE)
_READERS: Mapping[Field, ColumnReader] = {
    Field.PLEDGE: ColumnReader(ProblemKind.VALUE, _pledges_in),
    Field.MORE: ColumnReader(ProblemKind.VALUE, _more_in),
    Field.TARGET: ColumnReader(ProblemKind.VALUE, _target_in),
    Field.FOR_YEAR: ColumnReader(ProblemKind.YEAR, year_in),
    Field.SENT: ColumnReader(ProblemKind.DAY, read_moment),
    Field.RECEIVED: ColumnReader(ProblemKind.DAY, read_moment),
    **{
        field: ColumnReader(ProblemKind.VALUE, clean_text)
        for field in (Field.SENDER, Field.DOCUMENT, Field.SOURCE, Field.NOTE)
    },
}
