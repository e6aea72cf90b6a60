"""The cells of one row of recognitions, each read as its column wants it, and what the row denies."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from ntmtrack.i18n import _
from ntmtrack.ingest import CellRef, CellRefs, Problem, ProblemKind
from ntmtrack.ingest.columns import LEVEL_FIELDS, NOT_REACHED, Field, FieldColumn, simple
from ntmtrack.ingest.denials import denies
from ntmtrack.ingest.levels import (
    LevelText,
    Mark,
    counts_criteria,
    level_name,
    levels_joined,
    mark_below,
    mark_in,
    read_level,
)
from ntmtrack.ingest.office_table import OfficeTable, TableRow
from ntmtrack.ingest.read_units import without_brackets
from ntmtrack.ingest.revocations import (
    RevocationText,
    column_revocation,
    is_revocation,
    remark_revocation,
    without_revocation,
)
from ntmtrack.ingest.row_denials import denial_problem, denials_beside, is_not_revoked, is_not_yet_revoked
from ntmtrack.ingest.row_reader import ColumnReader, RowReader
from ntmtrack.ingest.values import (
    ValueMismatch,
    act_of,
    clean_text,
    confidence_in,
    decision_in,
    decision_of_export,
    read_moment,
    with_whole_year,
    year_in,
)
from ntmtrack.model import Act
from ntmtrack.spreadsheets import Cell
from ntmtrack.text import clean, whole_number

FACTS = (Field.YEAR, Field.KNOWN_BY, Field.DECISION, Field.DATE, Field.ANNOUNCED)
_DASHES = frozenset("-–—/.")
_OF_DAYS = (ProblemKind.DAY, ProblemKind.DECISION, ProblemKind.LEVEL)  # a mark may be a decision
At = tuple[Field, str | None]


class RowValues(RowReader):
    """What a row tells: values by field and level, where each stands, what cannot be read, what it denies."""

    def __init__(self, table: OfficeTable, row: TableRow) -> None:
        super().__init__(table, row, _READERS)
        self.columns = dict(table.places)
        self.refs_by_level = CellRefs(table.sheet, row.number, self.columns)
        self._values: dict[At, Any] = {}
        self._denied: dict[str | None, CellRef] = {}
        self._field: str | None = None  # what is said of the level besides
        self._by_year: dict[str | None, list[tuple[Mark, CellRef]]] = {}
        self._revoked: RevocationText | None = None  # as a remark tells it
        for column, cell in row.cells:
            self._take(column, cell)
        self._read_beside_name()
        self._take_years()
        if self._field:
            note = self._values.get((Field.NOTE, None))
            self._values[Field.NOTE, None] = f"{note}; {self._field}" if note else self._field
        self._refuse_contradictions()
        self._refuse_denials()

    def get(self, field: Field, level: str | None = None) -> Any:
        """What is told of a field, of one level or of none; None where nothing is."""
        return self._values.get((field, level))

    def tells(self, *fields: Field) -> bool:
        """Whether any of the fields is told, or stands there unreadable, of no one level."""
        return any((field, None) in self._values for field in fields)

    @property
    def revoked(self) -> RevocationText | None:
        """That what the row tells was taken back later; None where it does not say so."""
        day, by = self.get(Field.REVOKED), self.get(Field.REVOKED_BY)
        if day or by:
            ref = self.refs_by_level[Field.REVOKED if day else Field.REVOKED_BY, None]
            return column_revocation(day, by, self.get(Field.REVOKED_REASON), ref)
        return self._revoked

    @property
    def act(self) -> Act | None:
        """The form of recognition that the row tells; None where it tells none."""
        marked = {Field.ACKNOWLEDGED: Act.ACKNOWLEDGED, Field.RE_RECOGNISED: Act.RE_RECOGNISED}
        told: Act | None = self.get(Field.ACT)
        return told or next((act for field, act in marked.items() if self.get(field)), None)

    @property
    def is_denied(self) -> bool:
        """Whether the row says of all that it speaks of that it is not reached."""
        return bool(self._denied) and not self.marked_levels

    @property
    def marked_levels(self) -> list[str | None]:
        """The levels that columns of their own tell of; None for a mark below a heading that names none."""
        levels = [level for field, level in self._values if level is not None or field is Field.MARK]
        return [level for level in dict.fromkeys(levels) if level not in self._denied]

    def _take(self, column: FieldColumn, cell: Cell) -> None:
        """Reads a cell of the row, unless it is a dash or says only what is denied or was taken back."""
        reader = self._reader(column)
        if reader is None:
            return
        text = _text_alone(cell)
        is_dash = column.field is not Field.MARK and text and set(text) <= _DASHES
        if is_dash or self._is_denial(column, cell, text):
            return
        if self._ends_with_revocation(column, text):
            self._revoked = remark_revocation(text, self.refs_by_level[column.field, column.level])
            cell = cell._replace(value=without_revocation(text))
            if not cell.value:
                return
        value = self.read(column, cell, reader)
        if isinstance(value, LevelText):
            value, self._field = value
        self._keep(column, value)

    def _reader(self, column: FieldColumn) -> ColumnReader | None:
        """How a column is read: its marks by its own level, the decisions that `export` wrote as they are."""
        if column.field is Field.MARK:
            return ColumnReader(ProblemKind.LEVEL, partial(mark_below, level=column.level))
        if column.field is Field.DECISION and self.table.is_export:
            return ColumnReader(ProblemKind.DECISION, decision_of_export)
        return _READERS.get(column.field)

    def _ends_with_revocation(self, column: FieldColumn, text: str) -> bool:
        """Whether a level, a mark or a year is followed by words that it was taken back: “NTM (đã thu hồi)”."""
        if column.field not in (Field.LEVEL, Field.MARK, Field.YEAR) or not is_revocation(text):
            return False
        return column.field is Field.LEVEL or bool(without_revocation(text))

    def _is_denial(self, column: FieldColumn, cell: Cell, text: str) -> bool:
        """Whether a cell says that the level is not reached, or that nothing was taken back, or not yet."""
        at = (column.field, column.level)
        if column.field is Field.LEVEL and not is_revocation(text) and (simple(text) in NOT_REACHED or denies(text)):
            self._denied[None] = self.refs_by_level[at]
            return True
        is_of_revocation = column.field in (Field.REVOKED, Field.REVOKED_BY)
        if is_of_revocation and not is_not_revoked(cell) and is_not_yet_revoked(cell):
            fix = _("leave the row out, or clear the cell")
            self.problems.append(denial_problem(self.refs_by_level[at])._replace(fix=fix))
            return True
        return is_of_revocation and is_not_revoked(cell)

    def _keep(self, column: FieldColumn, value: Any) -> None:
        """What a cell tells, where it belongs."""
        at = (column.field, column.level)
        if isinstance(value, Mark) and column.year:
            self._keep_year(column, value)
        elif isinstance(value, Mark) and not value.reached:
            self._denied[column.level] = self.refs_by_level[at]
        else:
            self._values[at] = value
            if column.year:  # “NTM năm 2020” over “Số QĐ”
                self._by_year.setdefault(column.level, []).append(
                    (Mark(reached=True, year=column.year), self.refs_by_level[at])
                )

    def misfit(self, kind: ProblemKind, column: FieldColumn, cell: Cell, wrong: ValueMismatch) -> Problem:
        """The problem that a cell does not fit its column, told as a plan, a count of criteria or a short year."""
        problem = super().misfit(kind, column, cell, wrong)
        text = _text_alone(self.table.sheet.at(self.row.number, column.number))
        if column.field in (Field.YEAR, Field.MARK) and denies(text):
            planned = denial_problem(problem.ref)
            return planned._replace(fix=_("clear the cell")) if self._tells_of_others(column) else planned
        if kind is ProblemKind.LEVEL and counts_criteria(text):
            says, fix = _("this counts criteria and tells no level"), _("clear the cell, or leave the row out")
            return problem._replace(rule=says, fix=fix)
        return self._with_whole_year(problem, text) if kind in _OF_DAYS else problem

    def _tells_of_others(self, column: FieldColumn) -> bool:
        """Whether the row tells of other levels than that of a column, which stands when its cell is cleared."""
        levels = {other.level for other, _cell in self.row.cells if other.field in LEVEL_FIELDS and other.level}
        return bool(column.level and levels - {column.level})

    def _read_beside_name(self) -> None:
        """What stands in brackets beside a unit's name: "Vĩnh Phong (đã thu hồi)"."""
        named = self.row.cell(Field.UNIT)
        text = clean(named[1].shown) if named else ""
        ref = self.refs_by_level.get((Field.UNIT, None))
        beside = text.removeprefix(without_brackets(text))
        if ref is None or not beside:
            return
        if is_revocation(beside):
            self._revoked = remark_revocation(beside, ref)
        elif denies(beside):
            self.problems.append(denial_problem(ref))

    def _with_whole_year(self, problem: Problem, text: str) -> Problem:
        """The problem of a day with a year of two digits, with the day that is probably meant."""
        near = self.row.cell(Field.YEAR)
        year = near[1].shown if near else ""
        whole = with_whole_year(text, whole_number(year))
        if whole is None:
            return problem
        says, fix = _("write the year of the day with four digits"), _("“{text}”?").format(text=whole)
        return problem._replace(rule=says, fix=fix)

    def _keep_year(self, column: FieldColumn, mark: Mark) -> None:
        """A mark below a year, of which a row may have one a level."""
        ref = self.ref(column)
        if mark.reached and mark.year not in (None, column.year):
            says = _("the heading says {year} and the cell another year").format(year=column.year)
            fix = _("write x where {year} is right; else clear the cell").format(year=column.year)
            self.problems.append(Problem(ProblemKind.YEAR, ref, says, fix))
        elif not mark.reached and self._has_one_column(column.level):
            self._denied[column.level] = ref
        elif mark.reached:
            self._by_year.setdefault(column.level, []).append((mark._replace(year=column.year), ref))

    def _has_one_column(self, level: str | None) -> bool:
        marks = [column for column in self.table.head.columns if column.field is Field.MARK and column.level == level]
        return len(marks) == 1

    def _take_years(self) -> None:
        for level, marks_of_years in self._by_year.items():
            own_mark = self._values.get((Field.MARK, level))
            if own_mark and own_mark.year is None:  # a mark below no year
                marks_of_years = [(own_mark._replace(year=mark.year), ref) for mark, ref in marks_of_years]
            elif own_mark:
                marks_of_years = [(own_mark, self.refs_by_level[Field.MARK, level]), *marks_of_years]
            marks = [*{mark.year: (mark, ref) for mark, ref in reversed(marks_of_years)}.values()][::-1]
            self._values[Field.MARK, level], ref = marks[0]
            self.columns[Field.MARK, level] = ref.column or 0
            if len(marks) > 1:
                says = _("the row is marked below several years: {years}").format(
                    years=", ".join(str(mark.year) for mark, _ref in marks)
                )
                fix = _("keep the mark of the year recognised for")
                self.problems.extend(Problem(ProblemKind.YEAR, ref, says, fix) for _mark, ref in marks)

    def _refuse_contradictions(self) -> None:
        """What a row denies it must not tell of; what it says its level is must be what it marks."""
        for level, ref in self._denied.items():
            telling = any(key[1] == level and key[0] in (*FACTS, Field.MARK) for key in self._values)
            if telling or (self.is_denied and self.tells(*FACTS)):
                says = _("not reached is said here, and yet a year, a decision or a mark is told")
                fix = _("write only what is reached, as NTM or x; where nothing is, leave the row out")
                self.problems.append(Problem(ProblemKind.LEVEL, ref, says, fix))
        if self.get(Field.ACKNOWLEDGED) and self.get(Field.RE_RECOGNISED):
            says = _("acknowledged and re-recognised are both marked")
            ref = self.refs_by_level[Field.RE_RECOGNISED, None]
            self.problems.append(Problem(ProblemKind.VALUE, ref, says, _("keep the mark that is right")))
        own_level, marked = self.get(Field.LEVEL), [level for level in self.marked_levels if level]
        if own_level and marked and own_level not in marked:
            says = _("the level said here is none of those that the row marks")
            ref = self.refs_by_level[Field.LEVEL, None]
            fix = _("clear this cell where the marks are right; else mark the level said here")
            self.problems.append(Problem(ProblemKind.LEVEL, ref, says, fix))

    def _refuse_denials(self) -> None:
        """What stands beside the facts must not take them back, unless columns of their own tell how that was done."""
        if self.revoked and self.revoked.in_column:
            return
        for denial in denials_beside(self.table, self.row, of_export=self.table.is_export):
            if isinstance(denial, RevocationText):
                self._revoked = denial
            else:
                self.problems.append(denial)


def _text_alone(cell: Cell) -> str:
    """The text of a cell; "" where it holds a number, a day or a fault."""
    return clean(cell.value) if isinstance(cell.value, str) and not cell.fault else ""


def _level(cell: Cell) -> LevelText:
    text = clean_text(cell)
    if levels := levels_joined(text):
        names = ", ".join(map(level_name, levels))
        raise ValueMismatch(
            _("the cell names several levels ({levels}): write a row for each level").format(levels=names)
        )
    if counts_criteria(text):
        raise ValueMismatch(text)
    return read_level(text)


def _is_marked(cell: Cell) -> bool:
    """Whether an act is marked: x, or nothing else; raises ValueMismatch."""
    mark = mark_in(cell)
    if mark.year or mark.decision:
        raise ValueMismatch(_("neither x nor a blank"))
    return mark.reached


def _as_it_is(cell: Cell) -> Cell:
    return cell


_READERS: Mapping[Field, ColumnReader] = {
    Field.LEVEL: ColumnReader(ProblemKind.LEVEL, _level),
    Field.YEAR: ColumnReader(ProblemKind.YEAR, year_in),
    Field.KNOWN_BY: ColumnReader(ProblemKind.DAY, read_moment),
    Field.DECISION: ColumnReader(ProblemKind.DECISION, decision_in),
    Field.DATE: ColumnReader(ProblemKind.DAY, read_moment),
    Field.ISSUER: ColumnReader(ProblemKind.DECISION, clean_text),
    Field.ANNOUNCED: ColumnReader(ProblemKind.DAY, read_moment),
    Field.ACT: ColumnReader(ProblemKind.VALUE, act_of),
    Field.ACKNOWLEDGED: ColumnReader(ProblemKind.VALUE, _is_marked),
    Field.RE_RECOGNISED: ColumnReader(ProblemKind.VALUE, _is_marked),
    Field.REVOKED: ColumnReader(ProblemKind.RULE, _as_it_is),
    Field.REVOKED_BY: ColumnReader(ProblemKind.RULE, _as_it_is),
    Field.REVOKED_REASON: ColumnReader(ProblemKind.VALUE, clean_text),
    Field.VILLAGE: ColumnReader(ProblemKind.UNIT, clean_text),
    Field.SOURCE: ColumnReader(ProblemKind.VALUE, clean_text),
    Field.CONFIDENCE: ColumnReader(ProblemKind.VALUE, confidence_in),
    Field.NOTE: ColumnReader(ProblemKind.VALUE, clean_text),
}
