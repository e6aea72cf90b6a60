"""One row of a sheet below a table's headings: what stands in which of its columns."""

from collections.abc import Iterator
from functools import cached_property

from ntmtrack.ingest.columns import TELLING, Field, FieldColumn, TableKind, simple
from ntmtrack.ingest.figure_columns import naming_fields
from ntmtrack.ingest.head import Head
from ntmtrack.ingest.row_kinds import ARABIC, numbering_style
from ntmtrack.spreadsheets import Cell, Sheet
from ntmtrack.text import clean


class TableFrame:
    """A table's headings over its sheet: which columns are read, which names the row, which only numbers it."""

    def __init__(self, sheet: Sheet, head: Head, what: TableKind) -> None:
        self.sheet = sheet
        self.head = head
        self.what = what
        self.columns = sorted((c for c in head.columns if c.field is not Field.SKIP), key=lambda column: column.number)
        naming = naming_fields(what, head.columns)
        self.name = next(c.number for field in naming for c in head.columns if c.field is field)
        self.numbering = next((c.number for c in head.columns if c.field is Field.NUMBERING), None)
        self.name_heading = simple(self._heading_of(self.name).rpartition(" / ")[2])
        self.lists_districts = lists_districts(head)
        self.telling = frozenset({*TELLING[what], Field.ISSUER} - {*naming})
        self.tells = any(column.field in self.telling for column in self.columns)
        self.naming = frozenset({*naming} - (set() if self.lists_districts else {Field.DISTRICT}))
        self.across = {b.top for b in sheet.merged if b.left <= self.name <= b.right and b.right > b.left + 1}

    def _heading_of(self, number: int) -> str:
        return next(column.heading for column in self.head.columns if column.number == number)

    @cached_property
    def own_words(self) -> dict[int, set[str]]:
        """Every text of the headings, by column."""
        return {number: {simple(part) for part in heading.split(" / ")} for number, heading in self.head.words}


def lists_districts(head: Head) -> bool:
    """Whether a table has a column for districts and none for the units below them."""
    fields = {column.field for column in head.columns}
    return Field.DISTRICT in fields and not fields & {Field.UNIT, Field.CODE}


class SheetRow:
    """One row; its properties are worked out when they are asked for."""

    def __init__(self, frame: TableFrame, number: int) -> None:
        self.frame = frame
        self.number = number
        self.cells = frame.sheet.rows[number]

    @property
    def is_blank(self) -> bool:
        """Whether nothing is to be seen in the row."""
        return all(cell.is_blank for cell in self.cells)

    @property
    def name(self) -> Cell:
        """The cell that names the row's unit."""
        return self.frame.sheet.at(self.number, self.frame.name)

    @cached_property
    def read_cells(self) -> tuple[tuple[FieldColumn, Cell], ...]:
        """What the columns that we read tell."""
        cells = [
            (column, self.cells[column.number]) for column in self.frame.columns if column.number < len(self.cells)
        ]
        return tuple((column, cell) for column, cell in cells if not cell.is_blank)

    @cached_property
    def facts(self) -> list[Cell]:
        """What it tells besides its name and number."""
        return [cell for column, cell in self.read_cells if column.field in self.frame.telling]

    @property
    def is_named(self) -> bool:
        """Whether it names a unit, by name or code."""
        return any(column.field in self.frame.naming for column, _cell in self.read_cells)

    @property
    def names_district(self) -> bool:
        """Whether its column of districts is filled: in a section of districts, that is the unit."""
        return any(column.field is Field.DISTRICT for column, _cell in self.read_cells)

    @cached_property
    def number_text(self) -> str:
        """What stands in the column that only numbers rows."""
        column = self.frame.numbering
        return clean(self.frame.sheet.at(self.number, column).text) if column is not None else ""

    @property
    def is_numbered(self) -> bool:
        """Whether it has a plain number, as units have."""
        return numbering_style(self.number_text) == ARABIC

    @property
    def texts(self) -> Iterator[str]:
        """Its texts, from left to right."""
        return (clean(cell.value) for cell in self.cells if isinstance(cell.value, str))

    @cached_property
    def leading_text(self) -> str:
        """Its name, or its first text that is no mere number."""
        if isinstance(self.name.value, str):
            return clean(self.name.value)
        return next((text for text in self.texts if text and not numbering_style(text)), "")

    @property
    def is_heading(self) -> bool:
        """Whether it stands as headings do: the words of our own column of names, or STT."""
        name = self.name.text
        if len(name) < _LONGEST_HEADING and len(self.cells) > 1 and simple(name) == self.frame.name_heading:
            return True
        first = "" if self.frame.columns[0].number == 0 else self.cells[0].text[:_LONGEST_HEADING]
        return simple(self.number_text or first) in ("stt", "tt")

    @property
    def repeats_our_headings(self) -> bool:
        """Whether it has several texts, and each stands in the heading of its own column."""
        words, repeated = self.frame.own_words, 0
        for place, cell in enumerate(self.cells):
            if not cell.is_blank and simple(cell.text) not in words.get(place, ()):
                return False  # mostly at the first cell
            repeated += not cell.is_blank
        return repeated > 1


_LONGEST_HEADING = 60
