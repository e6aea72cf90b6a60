"""Entries of a register of emulation, as the rows of an office's table tell them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from ntmtrack.emulation.amounts import SCALES, read_amount, scale_called
from ntmtrack.emulation.entries import BLOCK, CONTRIBUTION, find_book, find_giver
from ntmtrack.errors import NoBookTold, NtmError
from ntmtrack.i18n import _
from ntmtrack.ingest import CellRef, CellRefs, Problem, ProblemKind
from ntmtrack.ingest.columns import Field, simple
from ntmtrack.ingest.office_table import OfficeTable, TableRow
from ntmtrack.ingest.read_recognitions import Defaults
from ntmtrack.ingest.read_units import UnitNaming, read_naming
from ntmtrack.ingest.register_headings import scale_told, title_book, title_year
from ntmtrack.ingest.row_reader import ColumnReader, RowReader, readable_rows
from ntmtrack.ingest.values import ValueMismatch, clean_text, is_number, read_moment, year_in
from ntmtrack.spreadsheets import Cell
from ntmtrack.text import clean, whole_number

_MONEY = "tiền"  # what a contribution is where only its value is told


class EntryDraft(NamedTuple):
    """One entry as a row tells it: the fields of an `Entry`, without its unit; `refs` are where they stand.

    `headings` are those of the table's columns, as they are written.
    """

    naming: UnitNaming
    book: str
    told: Mapping[str, object]
    refs: Mapping[Field, CellRef]
    headings: Mapping[Field, str]

    @property
    def ref(self) -> CellRef:
        """Where the row says what it is about, else its name."""
        return self.refs.get(Field.TARGET, self.naming.ref) if Field.TARGET in self.refs else self.naming.ref

    def column(self, field: Field) -> str:
        """A column as the table calls it; as the program does where the table has none."""
        return f"“{self.headings.get(field) or field.label}”"


def read_entries(table: OfficeTable, given: Defaults, file: str) -> tuple[list[EntryDraft], list[Problem]]:
    """Every entry that the table tells, and what cannot be read: a row with a fault tells none; raises NoBookTold."""
    drafts: list[EntryDraft] = []
    problems: list[Problem] = []
    reader = _EntryReader(table, given, file)
    for row in readable_rows(table, problems):
        naming, wrong = read_naming(table, row)
        problems += wrong
        if naming and not wrong:
            draft, of_row = reader.entry(row, naming)
            problems += of_row
            drafts += [draft] if draft else []
    return drafts, problems


class _EntryReader:
    """The rows of one table, by the register, the year and the scale of money that its titles and headings tell."""

    def __init__(self, table: OfficeTable, given: Defaults, file: str) -> None:
        self._table, self._given, self._file = table, given, file
        titles = [*table.titles, table.sheet.name]
        named = {column.field: column.heading for column in table.head.columns}
        self._headings = {field: clean(heading) for field, heading in named.items()}
        self._has_books = Field.BOOK in named
        self._book = title_book(titles) or _book_of_headings(named)
        if self._book is None and not self._has_books:
            raise NoBookTold(file=file)
        self._year = given.year or title_year(titles)
        asked = scale_called(given.counted_in) if given.counted_in else None
        self._scale = scale_told(named.get(Field.VALUE, ""), titles) or asked

    def entry(self, row: TableRow, naming: UnitNaming) -> tuple[EntryDraft | None, list[Problem]]:
        """What a row tells; None and the problems where it cannot be read."""
        cells = RowReader(self._table, row, _READERS)
        book = cells.value(Field.BOOK) or self._book
        told = {name: value for field, name in _FIELDS.items() if (value := cells.value(field))}
        year = cells.value(Field.FOR_YEAR) or self._year
        value = row.cell(Field.VALUE)
        if value:
            reader = ColumnReader(ProblemKind.VALUE, _points if book == BLOCK else self._amount)
            if amount := cells.read(*value, reader):
                told["amount"] = amount
        if book is None:
            says, fix = _("of which register it is is not told"), _("write it: đỡ đầu, đóng góp, cụm …")
            return None, [*cells.problems, Problem(ProblemKind.VALUE, naming.ref, says, fix)]
        if cells.problems:
            return None, cells.problems
        if book == BLOCK and year and "day" not in told:
            told |= {"day": f"{year}-01-01", "until": f"{year}-12-31"}
        if book == CONTRIBUTION and "amount" in told:
            told.setdefault("what", _MONEY)
        told.setdefault("source", self._given.source or self._file)
        if self._given.note:
            told.setdefault("note", self._given.note)
        return EntryDraft(naming, book, told, self._placed(row), self._headings), []

    def _placed(self, row: TableRow) -> CellRefs[Field]:
        """The cells of a row by what they tell, blank ones too: there a thing stands that is lacking."""
        columns = {column.field: column.number for column in self._table.head.columns}
        return CellRefs(self._table.sheet, row.number, columns)

    def _amount(self, cell: Cell) -> int | None:
        """The đồng of a cell, in the scale that the heading tells; raises ValueMismatch."""
        if is_number(cell.value) and self._scale:
            amount = Decimal(f"{cell.value:.15g}") * SCALES[self._scale]
            if amount == 0:
                return None
            if amount < 0 or amount != amount.to_integral_value():
                raise ValueMismatch(_("this is no whole number of đồng"))
            return int(amount)
        try:
            text = clean_text(cell)
            return None if simple(text) in ("", "0") else read_amount(text, self._scale)
        except NtmError as wrong:
            raise ValueMismatch(wrong.lines()[0]) from wrong


def _book_of_headings(named: Mapping[Field, str]) -> str | None:
    """The register that the headings tell: “Đơn vị đỡ đầu”, “Cụm thi đua”, “Người đóng góp”."""
    return title_book([named[field] for field in (Field.PARTY, Field.TARGET, Field.GIVER) if field in named])


def _points(cell: Cell) -> int | None:
    text = clean_text(cell)
    found = whole_number(text)
    if found is None:
        raise ValueMismatch(_("“{text}” is no whole number of points").format(text=text))
    return found


def _book(cell: Cell) -> str:
    return _word(find_book, cell)


def _giver(cell: Cell) -> str:
    return _word(lambda text: find_giver(text).value, cell)


def _word(find: "object", cell: Cell) -> str:
    assert callable(find)
    try:
        return str(find(clean_text(cell)))
    except NtmError as wrong:
        raise ValueMismatch(" ".join(wrong.lines())) from wrong


def _text(cell: Cell) -> str | None:
    text = clean(clean_text(cell))
    return text if text not in ("-", "–", "") else None


_FIELDS: Mapping[Field, str] = {
    Field.PARTY: "party",
    Field.GIVER: "kind",
    Field.PERSON: "person",
    Field.TARGET: "what",
    Field.SINCE: "day",
    Field.UNTIL: "until",
    Field.DOCUMENT: "document",
    Field.SOURCE: "source",
    Field.NOTE: "note",
}
_READERS: Mapping[Field, ColumnReader] = {
    Field.BOOK: ColumnReader(ProblemKind.VALUE, _book),
    Field.GIVER: ColumnReader(ProblemKind.VALUE, _giver),
    Field.SINCE: ColumnReader(ProblemKind.DAY, read_moment),
    Field.UNTIL: ColumnReader(ProblemKind.DAY, read_moment),
    Field.FOR_YEAR: ColumnReader(ProblemKind.YEAR, year_in),
    **{
        field: ColumnReader(ProblemKind.VALUE, _text)
        for field in (Field.PARTY, Field.PERSON, Field.TARGET, Field.DOCUMENT, Field.SOURCE, Field.NOTE)
    },
}
