"""Awards that were given, as the rows of an office's table tell them: the form, the year, for what, to whom."""

from collections.abc import Mapping
from typing import NamedTuple

from ntmtrack.i18n import _
from ntmtrack.ingest import CellRef, Problem, ProblemKind
from ntmtrack.ingest.columns import Field
from ntmtrack.ingest.office_table import OfficeTable
from ntmtrack.ingest.read_recognitions import Defaults
from ntmtrack.ingest.read_units import UnitNaming, read_naming
from ntmtrack.ingest.register_headings import title_year
from ntmtrack.ingest.row_reader import ColumnReader, RowReader, readable_rows
from ntmtrack.ingest.values import ValueMismatch, clean_text, decision_in, read_moment, year_in
from ntmtrack.model import Decision
from ntmtrack.spreadsheets import Cell
from ntmtrack.text import whole_number

_MOST_PLACES = 10_000


class AwardDraft(NamedTuple):
    """One award as a row tells it, form and achievement in words; `ref` is where its form stands."""

    naming: UnitNaming
    form: str
    year: int
    ref: CellRef
    level: str | None
    achievement: str | None
    recipient: str | None
    places: int
    decision: Decision | None
    person: str | None
    source: str | None
    note: str | None
    refs: Mapping[Field, CellRef]


def read_awards(table: OfficeTable, given: Defaults) -> tuple[list[AwardDraft], list[Problem]]:
    """Every award that the table tells, and what cannot be read: a row with a fault tells none."""
    drafts: list[AwardDraft] = []
    problems: list[Problem] = []
    of_title = title_year([*table.titles, table.sheet.name])
    for row in readable_rows(table, problems):
        naming, wrong = read_naming(table, row)
        cells = RowReader(table, row, _READERS)
        form = cells.value(Field.FORM)
        year = cells.value(Field.FOR_YEAR) or given.year or of_title
        decision = _decision(cells, given)
        level, achievement, recipient, places, person, source, note = (cells.value(field) for field in _REST)
        problems += [*wrong, *cells.problems]
        if not naming or wrong or cells.problems:
            continue
        lacking = _lacking(form, year, naming.ref)
        if lacking or not form or year is None:
            problems += [lacking] if lacking else []
            continue
        told = (level or None, achievement or None, recipient or None, places or 1, decision, person or None)
        beside = (source or given.source, note or given.note)
        drafts.append(AwardDraft(naming, form, year, cells.refs[Field.FORM], *told, *beside, cells.refs))
    return drafts, problems


def _lacking(form: str | None, year: int | None, ref: CellRef) -> Problem | None:
    """What a row must tell and does not."""
    if not form:
        return Problem(ProblemKind.VALUE, ref, _("the form of award is missing"), _("write it, e.g. A1"))
    if year is None:
        says, fix = _("for which year is not told"), _("add a column “Năm”, or write it into the title")
        return Problem(ProblemKind.YEAR, ref, says, fix, _("or for all rows: {option}").format(option="--year"))
    return None


def _decision(cells: RowReader, given: Defaults) -> Decision | None:
    """The decision of a row, its day from a column of its own where there is one, else as given for all."""
    text, day, issuer = cells.value(Field.DECISION), cells.value(Field.DATE), cells.value(Field.ISSUER)
    number = text.number if text else given.number
    if not number:
        return None
    signed = (text.day if text else None) or day or given.signed_on
    return Decision(number, signed, (text.issuer if text else None) or issuer or given.issuer)


def _places(cell: Cell) -> int | None:
    """How many persons or households; None of a blank cell; raises ValueMismatch."""
    text = clean_text(cell)
    if not text:
        return None
    found = whole_number(text)
    if found is None or not 1 <= found <= _MOST_PLACES:
        raise ValueMismatch(_("“{text}” is no number of places").format(text=text))
    return found


_REST = (Field.LEVEL, Field.ACHIEVEMENT, Field.RECIPIENT, Field.PLACES, Field.PERSON, Field.SOURCE, Field.NOTE)
_READERS: Mapping[Field, ColumnReader] = {
    Field.FOR_YEAR: ColumnReader(ProblemKind.YEAR, year_in),
    Field.PLACES: ColumnReader(ProblemKind.VALUE, _places),
    Field.DECISION: ColumnReader(ProblemKind.DECISION, decision_in),
    Field.DATE: ColumnReader(ProblemKind.DAY, read_moment),
    **{
        field: ColumnReader(ProblemKind.VALUE, clean_text)
        for field in (
            *(Field.FORM, Field.LEVEL, Field.ACHIEVEMENT, Field.RECIPIENT, Field.PERSON),
            *(Field.ISSUER, Field.SOURCE, Field.NOTE),
        )
    },
}
