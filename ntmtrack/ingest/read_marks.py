"""How units are classed, as the rows of an office's table tell it."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple

from ntmtrack.i18n import _
from ntmtrack.ingest import CellRef, Problem, ProblemKind
from ntmtrack.ingest.columns import MARKED, Field
from ntmtrack.ingest.office_table import OfficeTable
from ntmtrack.ingest.read_units import UnitNaming, read_naming, whole_day
from ntmtrack.ingest.row_reader import ColumnReader, RowReader, readable_rows
from ntmtrack.ingest.values import ValueMismatch, clean_text
from ntmtrack.programmes.marks import MARKS, NO, YES, mark_called
from ntmtrack.spreadsheets import Cell
from ntmtrack.text import unmarked

_YES = ("x", "co", "dat", "1", "✓", "✔", "v", "yes", "true")
_NO = ("khong", "0", "-", "–", "no", "false", "k")


class MarkDraft(NamedTuple):
    """One mark of a unit as a row tells it; `since` is an ISO day."""

    naming: UnitNaming
    mark: str
    value: str
    since: str | None
    source: str | None
    ref: CellRef


def read_marks(table: OfficeTable) -> tuple[list[MarkDraft], list[Problem]]:
    """Every mark that the table tells, and what cannot be read: a row with a fault tells none."""
    drafts: list[MarkDraft] = []
    problems: list[Problem] = []
    for row in readable_rows(table, problems):
        naming, wrong = read_naming(table, row)
        cells = RowReader(table, row, _READERS)
        told = {field: cells.value(field) for field in MARKED}
        since, source = cells.value(Field.SINCE), cells.value(Field.SOURCE)
        problems += [*wrong, *cells.problems]
        if naming and not (wrong or cells.problems):
            said = [(field, value) for field, value in told.items() if value]
            drafts += [
                MarkDraft(naming, mark, value, since, source, cells.refs[field]) for field, (mark, value) in said
            ]
    return drafts, problems


def _valued(mark: str, cell: Cell) -> tuple[str, str]:
    """The value of a mark that has several: “3”, “Nhóm III”, “KV II”; raises ValueMismatch."""
    text = clean_text(cell)
    if unmarked(text) in _NO:
        return mark, NO
    found = mark_called(text, mark)
    if found is None or found[0] != mark:
        known = ", ".join(MARKS[mark].values)
        raise ValueMismatch(_("“{text}” is none of: {known}").format(text=text, known=known))
    return found


def _crossed(mark: str, cell: Cell) -> tuple[str, str]:
    """Whether a unit is so marked: a cross or a word; raises ValueMismatch."""
    text = "x" if cell.value is True else clean_text(cell)
    if unmarked(text) in _YES or mark_called(text) == (mark, YES):
        return mark, YES
    if unmarked(text) in _NO or cell.value is False:
        return mark, NO
    raise ValueMismatch(_("“{text}” is neither x nor “không”").format(text=text))


def _reader(mark: str) -> Callable[[Cell], tuple[str, str]]:
    return partial(_valued if MARKS[mark].values else _crossed, mark)


_READERS: Mapping[Field, ColumnReader] = {
    **{field: ColumnReader(ProblemKind.VALUE, _reader(field.value)) for field in MARKED},
    Field.SINCE: ColumnReader(ProblemKind.DAY, whole_day),
    Field.SOURCE: ColumnReader(ProblemKind.VALUE, clean_text),
}
