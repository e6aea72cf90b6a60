"""The assessments that the rows of an office's table tell, in their own words: none is held against a set yet."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ntmtrack.i18n import _
from ntmtrack.ingest import CellRef, Problem, ProblemKind, cell_ref
from ntmtrack.ingest.columns import Field, FieldColumn
from ntmtrack.ingest.criteria_head import is_of_criterion
from ntmtrack.ingest.office_table import OfficeTable, TableRow
from ntmtrack.ingest.read_units import CellText, UnitNaming, read_naming
from ntmtrack.ingest.result_cells import HOW_TO_TELL, CellResult, Sign, read_result
from ntmtrack.ingest.row_reader import ColumnReader, RowReader, readable_rows
from ntmtrack.ingest.values import NOT_TEXT, ValueMismatch, clean_text, is_number, read_moment
from ntmtrack.spreadsheets import BLANK, Cell
from ntmtrack.text import clean, squeeze

_OF_ALL = re.compile(r"(?P<met>[0-9]{1,3})\s*(?:/\s*(?P<total>[0-9]{1,3}))?\s*(?:tc|tieu chi)?", re.IGNORECASE)


class ToldResult(NamedTuple):
    """What one cell tells of a criterion, as headings or the row call it; `denies` in a column of what is not met."""

    called: str
    result: CellResult
    ref: CellRef
    denies: bool = False
    is_value: bool = False  # in a column of values


class MetCount(NamedTuple):
    """A number of criteria met, and of how many where that is told."""

    met: int
    total: int | None = None


class AssessmentDraft(NamedTuple):
    """What is told of one unit: by one row, or by several that name one criterion each."""

    naming: UnitNaming
    day: str | None  # ISO
    results: tuple[ToldResult, ...]
    told_met: MetCount | None
    missing: str | None
    source: str | None
    note: str | None
    refs: Mapping[Field, CellRef]

    def ref(self, field: Field) -> CellRef:
        """Where a field stands; the name where no cell tells it."""
        return self.refs.get(field, self.naming.ref)


class AssessmentDrafts(NamedTuple):
    """The drafts of a table, what cannot be read, and the rows that name a unit and tell nothing of it."""

    drafts: list[AssessmentDraft]
    problems: list[Problem]
    without: list[UnitNaming]


def read_assessments(table: OfficeTable, named: UnitNaming | None = None) -> AssessmentDrafts:
    """Every assessment of a table; `named` is the unit of which a sheet as a whole is, where rows name criteria."""
    problems: list[Problem] = []
    read: list[AssessmentDraft] = []
    without: list[UnitNaming] = []
    for row in readable_rows(table, problems):
        naming, wrong = (named, []) if named else read_naming(table, row)
        cells = _ResultRow(table, row)
        draft = cells.draft(naming) if naming else None
        problems += [*wrong, *cells.problems]
        if draft and not cells.problems:
            told = draft.results or draft.told_met or draft.missing is not None
            read += [draft] if told else []
            without += [draft.naming] if not told and not named else []
    if any(column.field is Field.CRITERION for column in table.head.columns):
        read = _joined(read)
    return AssessmentDrafts(read, problems, without)


def _joined(drafts: Iterable[AssessmentDraft]) -> list[AssessmentDraft]:
    """The drafts of rows that tell of one criterion each, one a unit and day."""
    by_unit: dict[tuple[object, ...], list[AssessmentDraft]] = defaultdict(list)
    for draft in drafts:
        by_unit[draft.naming.key, draft.day].append(draft)
    return [
        rows[0]._replace(
            results=tuple(result for draft in rows for result in draft.results),
            told_met=next((draft.told_met for draft in rows if draft.told_met), None),
        )
        for rows in by_unit.values()
    ]


class _ResultRow:
    """One row, read as it is asked for."""

    def __init__(self, table: OfficeTable, row: TableRow) -> None:
        self._table, self._row = table, row
        self._cells = RowReader(table, row, _READERS)
        self.problems = self._cells.problems

    def draft(self, naming: UnitNaming) -> AssessmentDraft:
        """What the row tells; `problems` has what cannot be read."""
        of_row = next((column for column in self._table.head.columns if column.field is Field.CRITERION), None)
        results = self._of_row(of_row) if of_row else self._of_columns()
        return AssessmentDraft(
            naming=naming,
            day=self._cells.value(Field.AS_OF),
            results=tuple(results),
            told_met=self._cells.value(Field.MET),
            missing=self._cells.value(Field.MISSING),
            source=self._cells.value(Field.SOURCE),
            note=self._cells.value(Field.NOTE),
            refs=self._cells.refs,
        )

    def _of_columns(self) -> list[ToldResult]:
        """What each column of a criterion tells, empty cells too where anything is told."""
        columns = [column for column in self._table.head.columns if is_of_criterion(column)]
        told = [one for column in columns if (one := self._told(column, column.heading))]
        is_told = any(one.result.sign not in (Sign.EMPTY, Sign.MINUS) for one in told)
        return told if is_told or (self._cells.refs and Field.MET in self._cells.refs) else []

    def _of_row(self, named_by: FieldColumn) -> list[ToldResult]:
        """What a row tells of the criterion that it names."""
        called = self._called(named_by)
        columns = [
            column for column in self._table.head.columns if column.field in (Field.RESULT, Field.NOT_MET, Field.VALUE)
        ]
        told = [one for column in columns if (one := self._told(column, called))]
        is_told = any(one.result.sign is not Sign.EMPTY for one in told)
        return [one for one in told if one.result.sign is not Sign.EMPTY] if is_told else []

    def _called(self, named_by: FieldColumn) -> str:
        """How the row calls its criterion: “Nội dung / 17.2”, by the first column where the number stands there."""
        sheet, row = self._table.sheet, self._row.number
        number = next((c.number for c in self._table.head.columns if c.field is Field.NUMBERING), None)
        name = clean(sheet.at(row, named_by.number).text)
        has_unit = any(c.field in (Field.UNIT, Field.CODE) for c in self._table.head.columns)
        numbered = clean(sheet.at(row, number).text) if number is not None and not has_unit else ""
        return f"{name} / {numbered}" if numbered and not name[:1].isdigit() else name

    def _told(self, column: FieldColumn, called: str) -> ToldResult | None:
        cell = self._table.sheet.at(self._row.number, column.number)
        ref = cell_ref(self._table.sheet, self._row.number, column.number)
        is_value = column.field is Field.VALUE
        try:
            result = read_result(cell)
        except ValueMismatch as wrong:
            if is_value and not cell.fault and isinstance(cell.value, str) and "%" not in cell.value:
                return None  # words about what was done
            fix = "" if cell.fault else _(HOW_TO_TELL)
            self.problems.append(Problem(ProblemKind.VALUE, ref, str(wrong), fix))
            return None
        if is_value and result.sign is Sign.EMPTY:
            return None
        if is_value and result.sign in (Sign.ONE, Sign.ZERO):
            result = result._replace(sign=Sign.VALUE)
        return ToldResult(called, result, ref, denies=column.field is Field.NOT_MET, is_value=is_value)


def _count(cell: Cell) -> MetCount:
    """A number of criteria: 15, “15/19”, “15 TC”; raises ValueMismatch."""
    if not isinstance(cell.value, str) and not is_number(cell.value) and not cell.fault and cell is not BLANK:
        raise ValueMismatch(_(NOT_TEXT))
    match = _OF_ALL.fullmatch(clean_text(cell).replace("tiêu chí", "tieu chi"))
    if match is None:
        raise ValueMismatch(_("a number of criteria is expected, as 15 or 15/19"))
    return MetCount(int(match["met"]), int(match["total"]) if match["total"] else None)


def _missing(cell: Cell) -> str:
    """A list of criteria; raises ValueMismatch, also for a decimal number: 17.1 may be 17.10, 2.3 may be 2 and 3."""
    text = clean_text(cell)
    if isinstance(cell.value, float) and not cell.value.is_integer():
        says = _(
            "a number with decimals may be a content or two criteria, and 17.1 may be 17.10: format the cell as text"
        )
        raise ValueMismatch(says)
    return "" if squeeze(text) in ("0", "khong", "khongco", "none", "dat", "dudat") or text in ("-", "–") else text


_READERS: Mapping[Field, ColumnReader] = {
    Field.AS_OF: ColumnReader(ProblemKind.DAY, read_moment),
    Field.MET: ColumnReader(ProblemKind.VALUE, _count),
    Field.MISSING: ColumnReader(ProblemKind.VALUE, _missing),
    Field.SOURCE: ColumnReader(ProblemKind.VALUE, clean_text),
    Field.NOTE: ColumnReader(ProblemKind.VALUE, clean_text),
}


def naming_of(name: CellText, district: CellText | None = None) -> UnitNaming:
    """The unit that a title names."""
    return UnitNaming(name.ref, name, None, None, district, None, None, None, ())


def signs_of(drafts: Sequence[AssessmentDraft]) -> list[set[Sign]]:
    """Which signs the columns of verdicts use, draft by draft."""
    return [{told.result.sign for told in draft.results if not told.is_value} for draft in drafts]
