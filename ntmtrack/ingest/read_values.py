"""The values by unit and year that the rows of an office's table tell, each with its measure, year and unit."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from ntmtrack.dates import last_day
from ntmtrack.errors import NtmError, UnitOfValuesNeeded, YearOfValuesNeeded
from ntmtrack.i18n import _
from ntmtrack.ingest import CellRef, Problem, ProblemKind
from ntmtrack.ingest.columns import Field, FieldColumn, simple
from ntmtrack.ingest.office_table import OfficeTable, TableRow
from ntmtrack.ingest.read_recognitions import Defaults
from ntmtrack.ingest.read_units import UnitNaming, read_naming
from ntmtrack.ingest.row_reader import ColumnReader, RowReader, readable_rows
from ntmtrack.ingest.value_headings import title_heading, title_unit, title_years, told_heading, value_heading
from ntmtrack.ingest.values import ValueMismatch, clean_text, decision_in, is_number, read_moment, year_in
from ntmtrack.measures import OCOP, PERCENT, Measure, every_measure
from ntmtrack.measures.read import MeasuredValue, checked, read_value
from ntmtrack.measures.units import CountedIn, unit_told
from ntmtrack.model import Decision
from ntmtrack.spreadsheets import Cell, address

_NOTHING = frozenset(("-", "–", "—", "…", "...", "x"))
_STARS = re.compile(r"(?:hạng|đạt|xếp|loại)*\s*([0-9])\s*(?:sao|\*|★)?", re.IGNORECASE)
_DRAWN = re.compile(r"[★⭐*]{1,5}")


class ValueDraft(NamedTuple):
    """One value as a row tells it; `naming` says of which unit, `ref` where the value stands."""

    naming: UnitNaming
    measure: Measure
    year: int
    told: MeasuredValue
    ref: CellRef
    name: str = ""
    owner: str | None = None
    valid_until: str | None = None
    decision: Decision | None = None
    source: str | None = None
    note: str | None = None
    refs: Mapping[Field, CellRef] = {}


def read_values(table: OfficeTable, given: Defaults) -> tuple[list[ValueDraft], list[Problem]]:
    """Every value of the table, and what cannot be read; raises UnitOfValuesNeeded, YearOfValuesNeeded."""
    columns = [_ValueColumn(table, column, given) for column in table.head.columns if _is_measure(column)]
    drafts: list[ValueDraft] = []
    problems: list[Problem] = []
    for row in readable_rows(table, problems):
        naming, wrong = read_naming(table, row)
        problems += wrong
        if naming is None:
            continue
        reader = _RowOfValues(table, row, naming, given)
        drafts += reader.drafts(columns)
        problems += reader.problems
    return drafts, problems


def _is_measure(column: FieldColumn) -> bool:
    return column.field is Field.VALUE and column.level is not None


class _ValueColumn:
    """A column of one measure: its year, and the unit of what stands in it where its cells tell none."""

    def __init__(self, table: OfficeTable, column: FieldColumn, given: Defaults) -> None:
        self.column = column
        self.measure = every_measure()[column.level or ""]
        heading = told_heading(column)
        self.year = heading.year
        self.unit = _unit(table, self.measure, heading.unit, given)
        place = _("column {column} “{heading}”").format(
            column=address(table.sheet.name, table.head.bottom, column.number), heading=column.heading
        )
        has_years = self.year or given.year or any(other.field is Field.YEAR for other in table.head.columns)
        if not has_years:
            raise YearOfValuesNeeded(place=place, year=next(iter(title_years(table.titles)), 2024))
        below = (table.sheet.at(row.number, column.number) for row in table.rows)
        if self.unit is None and any(_lacks_unit(self.measure, cell) for cell in below if not cell.is_blank):
            raise UnitOfValuesNeeded(measure=self.measure.label, place=place, unit=self.measure.unit)


def _unit(table: OfficeTable, measure: Measure, told: CountedIn | None, given: Defaults) -> CountedIn | None:
    """The unit of a column: as its heading tells, else the title, else as was said by hand; of a count its own."""
    title = title_heading(table.titles)
    of_title = title if title and title.measure == measure else None
    unit = told or (of_title.unit if of_title else None)
    unit = unit or (title_unit(measure, table.titles) if measure.is_money or of_title else None)
    unit = unit or (unit_told(measure, given.counted_in) if given.counted_in else None)
    is_sure = not (measure.is_money or measure.is_percent)
    return unit or (CountedIn(measure.unit) if is_sure else None)


def _lacks_unit(measure: Measure, cell: Cell) -> bool:
    """Whether nothing in a cell itself tells its unit."""
    if is_number(cell.value):
        return not (measure.is_percent and PERCENT in cell.format)
    return bool(re.fullmatch(r"[0-9.,\s]+", cell.text.strip()))


class _RowOfValues:
    """One row, read as it is asked for."""

    def __init__(self, table: OfficeTable, row: TableRow, naming: UnitNaming, given: Defaults) -> None:
        self._table = table
        self._row = row
        self._naming = naming
        self._given = given
        self._cells = RowReader(table, row, _READERS)
        self._own: list[Problem] = []

    @property
    def problems(self) -> list[Problem]:
        """What cannot be read, and what is lacking."""
        return [*self._cells.problems, *self._own]

    def drafts(self, columns: list[_ValueColumn]) -> Iterator[ValueDraft]:
        """The values of the row: one a column, or the one that it tells in words; none where anything is wrong."""
        year = self._cells.value(Field.YEAR) or self._given.year
        by_column = {one.column.number: one for one in columns}
        for column, cell in self._row.cells:
            of_measure = by_column.get(column.number)
            if of_measure and simple(cell.text) not in ("", "x") and cell.text.strip() not in _NOTHING:
                yield from self._of_column(of_measure, column, cell, year)
        if Field.INDICATOR in self._cells.refs:
            yield from self._in_words(year)
        if Field.PRODUCT in self._cells.refs or Field.STARS in self._cells.refs:
            yield from self._product(year)

    def _of_column(
        self, of_measure: _ValueColumn, column: FieldColumn, cell: Cell, year: int | None
    ) -> Iterator[ValueDraft]:
        year, ref = of_measure.year or year, self._cells.ref(column)
        told = self._read(of_measure.measure, cell, of_measure.unit, ref)
        if year is None:
            self._refuse(ref, ProblemKind.YEAR, _("the year is missing"), _("write four digits, as 2024"))
        elif told:
            yield self._draft(of_measure.measure, year, told, ref)

    def _in_words(self, year: int | None) -> Iterator[ValueDraft]:
        """The value of a row that names its measure: “Thu nhập bình quân (triệu đồng/người/năm)”."""
        column, cell = self._row.cell(Field.INDICATOR) or (None, None)
        value = self._row.cell(Field.VALUE)
        if column is None or cell is None or value is None:
            return
        ref, heading = self._cells.ref(column), value_heading([clean_text(cell)])
        if heading is None:
            says = _("this is no measure that is known")
            self._refuse(ref, ProblemKind.VALUE, says, _("write thu nhập, tỷ lệ hộ nghèo, nước sạch … alone"))
            return
        in_words = self._cells.value(Field.COUNTED_IN)
        unit = unit_told(heading.measure, in_words) if in_words else heading.unit
        unit = unit or _unit(self._table, heading.measure, heading.unit, self._given)
        value_ref, year = self._cells.ref(value[0]), heading.year or year
        if unit is None and _lacks_unit(heading.measure, value[1]):
            says = _("in which unit {measure} is is not told").format(measure=heading.measure.label)
            self._refuse(value_ref, ProblemKind.VALUE, says, _("write the unit behind the value"))
        elif year is None:
            self._refuse(value_ref, ProblemKind.YEAR, _("the year is missing"), _("write four digits, as 2024"))
        elif told := self._read(heading.measure, value[1], unit, value_ref):
            yield self._draft(heading.measure, year, told, value_ref)

    def _product(self, year: int | None) -> Iterator[ValueDraft]:
        """The OCOP product of a row, of the year of its decision where none is told."""
        name, stars = self._cells.value(Field.PRODUCT), self._row.cell(Field.STARS)
        here = self._naming.ref
        decision = self._decision()
        year = year or (last_day(decision.signed_on).year if decision and decision.signed_on else None)
        if not name:
            self._refuse(here, ProblemKind.VALUE, _("the product is not named"), _("write its name"))
        elif stars is None:
            self._refuse(here, ProblemKind.VALUE, _("the stars are missing"), _("write them: 3, 4 or 5"))
        elif year is None:
            self._refuse(here, ProblemKind.YEAR, _("neither a year nor the day of the decision is told"), _("add it"))
        elif told := self._read(every_measure()[OCOP], stars[1], None, self._cells.ref(stars[0])):
            owner, until = self._cells.value(Field.OWNER), self._cells.value(Field.VALID_UNTIL)
            if not self.problems:
                draft = self._draft(every_measure()[OCOP], year, told, self._cells.ref(stars[0]))
                yield draft._replace(name=name, owner=owner, valid_until=until, decision=decision)

    def _decision(self) -> Decision | None:
        """The decision of a row, its day from a column of its own where there is one, else as given for all."""
        text, day, issuer = (
            self._cells.value(Field.DECISION),
            self._cells.value(Field.DATE),
            self._cells.value(Field.ISSUER),
        )
        number = text.number if text else self._given.number
        if not number:
            return None
        signed = (text.day if text else None) or day or self._given.signed_on
        return Decision(number, signed, (text.issuer if text else None) or issuer or self._given.issuer)

    def _draft(self, measure: Measure, year: int, told: MeasuredValue, ref: CellRef) -> ValueDraft:
        source = self._cells.value(Field.SOURCE) or self._given.source
        note = self._cells.value(Field.NOTE) or self._given.note
        return ValueDraft(self._naming, measure, year, told, ref, source=source, note=note, refs=self._cells.refs)

    def _read(self, measure: Measure, cell: Cell, unit: CountedIn | None, ref: CellRef) -> MeasuredValue | None:
        """What a cell says of a measure; None where that cannot be read, which is a problem."""
        try:
            if cell.fault:
                raise ValueMismatch(cell.fault)
            if is_number(cell.value):
                number = Decimal(f"{cell.value:.15g}")
                is_share = measure.is_percent and PERCENT in cell.format
                return checked(measure, number * 100 if is_share else number, unit)
            return read_value(measure, _stars(cell) if measure.key == OCOP else clean_text(cell), unit)
        except ValueMismatch as wrong:
            self._refuse(ref, ProblemKind.VALUE, str(wrong), _("correct the cell"))
        except NtmError as refused:
            says, fix = (*refused.lines(), "")[:2]
            self._refuse(ref, ProblemKind.VALUE, says, fix)
        return None

    def _refuse(self, ref: CellRef, kind: ProblemKind, says: str, fix: str) -> None:
        self._own.append(Problem(kind, ref, says, fix))


def _stars(cell: Cell) -> str:
    """Stars as lists write them: “4 sao”, “Hạng 4 sao”, “★★★★”."""
    text = clean_text(cell)
    if _DRAWN.fullmatch(text):
        return str(len(text))
    found = _STARS.fullmatch(text)
    return found[1] if found else text


_READERS: Mapping[Field, ColumnReader] = {
    Field.YEAR: ColumnReader(ProblemKind.YEAR, year_in),
    Field.COUNTED_IN: ColumnReader(ProblemKind.VALUE, clean_text),
    Field.PRODUCT: ColumnReader(ProblemKind.VALUE, clean_text),
    Field.OWNER: ColumnReader(ProblemKind.VALUE, clean_text),
    Field.DECISION: ColumnReader(ProblemKind.DECISION, decision_in),
    Field.DATE: ColumnReader(ProblemKind.DAY, read_moment),
    Field.ISSUER: ColumnReader(ProblemKind.DECISION, clean_text),
    Field.VALID_UNTIL: ColumnReader(ProblemKind.DAY, read_moment),
    Field.SOURCE: ColumnReader(ProblemKind.VALUE, clean_text),
    Field.NOTE: ColumnReader(ProblemKind.VALUE, clean_text),
}
