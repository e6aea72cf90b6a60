"""The rows of a table found on an office's sheet: those that tell of units, each with the groups that it lies in."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ntmtrack.sheets import row_words as words
from ntmtrack.sheets.cells import Cell, Sheet
from ntmtrack.sheets.fields import NAMING, TELLING, Column, Field, What
from ntmtrack.sheets.headings import simple
from ntmtrack.sheets.heads import Head
from ntmtrack.text import clean

_NUMBERED = re.compile(r"\(?([0-9]{1,3}|[A-Za-z])\)?|\(?[0-9]+\)?\s*=.*")
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_MOST_SIGNING = 5  # cells in a row of signatures


class Group(NamedTuple):
    """A row that stands above others and says where they belong: a district, a level, a year."""

    text: str
    row: int
    column: int
    style: str


class Row(NamedTuple):
    """One row of the table: its number from 0, what its columns tell, the groups above it, the outermost first."""

    number: int
    told: tuple[tuple[Column, Cell], ...]
    groups: tuple[Group, ...]

    def cell(self, field: Field, level: str | None = None) -> tuple[Column, Cell] | None:
        """The column and cell that tell a field of a level; None where nothing is told."""
        found = (one for one in self.told if (one[0].field, one[0].level) == (field, level))
        return next(found, None)


class Table(NamedTuple):
    """A table as it was understood; row numbers are counted from 0."""

    what: What
    sheet: Sheet
    head: Head
    rows: tuple[Row, ...]
    groups: tuple[Group, ...]
    totals: tuple[int, ...]  # rows left out because they add up others
    nameless: tuple[int, ...]  # rows that tell something of no unit
    hidden: tuple[int, ...]  # hidden rows that tell of units
    other_head: int | None  # where a second table begins
    ends: int  # the row after the last that was read
    titles: tuple[str, ...]  # what stands above

    @property
    def lists_districts(self) -> bool:
        """Whether a district is what a row names: there is no column for units below it."""
        return lists_districts(self.head)


def read_table(sheet: Sheet, head: Head, what: What) -> Table:
    """The table below `head`, down to the signatures or the next table."""
    return _Reading(sheet, head, what).table()


class _Reading:
    def __init__(self, sheet: Sheet, head: Head, what: What) -> None:
        self._sheet = sheet
        self._head = head
        self._what = what
        self._by_index = {column.number: column for column in head.columns if column.field is not Field.SKIP}
        self._columns = sorted(self._by_index.items())
        self._last_told: tuple[int, tuple[tuple[Column, Cell], ...]] = (-1, ())
        names = [c.number for field in NAMING[what] for c in head.columns if c.field is field]
        self._name = names[0]
        self._numbering = next((c.number for c in head.columns if c.field is Field.NUMBERING), None)
        self._headings = {c.number: simple(c.heading.rpartition(" / ")[2]) for c in head.columns}
        self._across = {b.top for b in sheet.merged if b.left <= self._name <= b.right and b.right > b.left + 1}
        styles = {words.numbering_style(self._number_text(row)) for row in range(head.bottom + 1, len(sheet.rows))}
        self._groups_by_letters = words.ARABIC in styles

    def table(self) -> Table:
        rows: list[Row] = []
        groups: list[Group] = []
        totals: list[int] = []
        nameless: list[int] = []
        stack: list[Group] = []
        other = end = None
        for number in self._body():
            text = self._leading_text(number)
            if self._is_heading_again(number):
                if self._repeats(number):
                    continue
                other = number
                break
            if self._is_end(number, text) and rows:
                end = number
                break
            if self._what is not What.PUBLISHED and not self._is_numbered(number) and words.is_total(text):
                totals.append(number)
            elif self._what is not What.PUBLISHED and (group := self._group(number)):
                _enter(stack, group)
                groups.append(group)
            elif self._is_blank_but_for_notes(number, text):
                continue
            elif self._sheet.at(number, self._name).is_blank and not self._is_named(number):
                nameless.append(number)
            else:
                rows.append(Row(number, self._told(number), tuple(stack)))
        ends = next((stop for stop in (other, end) if stop is not None), len(self._sheet.rows))
        return Table(
            what=self._what,
            sheet=self._sheet,
            head=self._head,
            rows=tuple(rows),
            groups=tuple(groups),
            totals=tuple(totals),
            nameless=tuple(nameless),
            hidden=tuple(row.number for row in rows if row.number in self._sheet.hidden_rows),
            other_head=other if other is not None else self._head_below(ends),
            ends=ends,
            titles=tuple(self._titles()),
        )

    def _body(self) -> Iterator[int]:
        """The rows below the headings that hold anything, but for the one that numbers the columns."""
        first = True
        for number in range(self._head.bottom + 1, len(self._sheet.rows)):
            if all(cell.is_blank for cell in self._sheet.rows[number]):
                continue
            if not (first and self._numbers_columns(number)):
                yield number
            first = False

    def _numbers_columns(self, number: int) -> bool:
        filled = [clean(_text(cell)) for cell in self._sheet.rows[number] if not cell.is_blank]
        name = clean(_text(self._sheet.at(number, self._name)))
        return len(filled) > 1 and bool(_NUMBERED.fullmatch(name)) and all(map(_NUMBERED.fullmatch, filled))

    def _told(self, number: int) -> tuple[tuple[Column, Cell], ...]:
        if self._last_told[0] != number:
            cells = self._sheet.rows[number]
            told = [(column, cells[index]) for index, column in self._columns if index < len(cells)]
            self._last_told = (number, tuple((column, cell) for column, cell in told if not cell.is_blank))
        return self._last_told[1]

    def _facts(self, number: int) -> list[Cell]:
        """What a row tells besides its name and number."""
        telling = {*TELLING[self._what], Field.ISSUER} - {*NAMING[self._what]}
        return [cell for column, cell in self._told(number) if column.field in telling]

    def _is_named(self, number: int) -> bool:
        naming = {*NAMING[self._what]} - (set() if lists_districts(self._head) else {Field.DISTRICT})
        return any(column.field in naming for column, _cell in self._told(number))

    def _number_text(self, number: int) -> str:
        return clean(_text(self._sheet.at(number, self._numbering))) if self._numbering is not None else ""

    def _is_numbered(self, number: int) -> bool:
        """Whether the row has a plain number, as units have."""
        return words.numbering_style(self._number_text(number)) == words.ARABIC

    def _leading_text(self, number: int) -> str:
        """The first text in a row, beside a mere number."""
        name = self._sheet.at(number, self._name)
        if isinstance(name.value, str):
            return clean(name.value)
        texts = (clean(cell.value) for cell in self._sheet.rows[number] if isinstance(cell.value, str))
        return next((text for text in texts if text and not words.numbering_style(text)), "")

    def _is_heading_again(self, number: int) -> bool:
        """Whether a row stands as headings do: a text that is one of ours in its own column, and no number."""
        cells = self._sheet.rows[number]
        name = simple(_text(self._sheet.at(number, self._name)))
        if name and name == self._headings[self._name] and len(cells) > 1:
            return True
        return any(simple(cell.value) in ("stt", "tt") for cell in cells[:3] if isinstance(cell.value, str))

    def _repeats(self, number: int) -> bool:
        """Whether all the texts of the row stand in our headings."""
        own = {simple(part) for c in self._head.columns for part in c.heading.split(" / ")}
        own |= {simple(part) for _index, heading in self._head.unused for part in heading.split(" / ")}
        return all(simple(_text(cell)) in own for cell in self._sheet.rows[number] if not cell.is_blank)

    def _head_below(self, end: int) -> int | None:
        """Where, below the table, one stands whose headings are like ours."""
        rows = range(end, len(self._sheet.rows))
        return next((row for row in rows if self._is_heading_again(row) and not self._repeats_alone(row)), None)

    def _repeats_alone(self, number: int) -> bool:
        return sum(not cell.is_blank for cell in self._sheet.rows[number]) < 2

    def _is_end(self, number: int, text: str) -> bool:
        if self._is_numbered(number) or any(not isinstance(cell.value, str) for cell in self._facts(number)):
            return False
        texts = [clean(cell.value) for cell in self._sheet.rows[number] if isinstance(cell.value, str)]
        if len(texts) > _MOST_SIGNING or not any(words.is_signature(one) for one in {text, *texts}):
            return False
        return all(words.is_signature(clean(str(cell.value))) for cell in self._facts(number))

    def _is_blank_but_for_notes(self, number: int, text: str) -> bool:
        """Whether a row tells nothing: a footnote, or only texts beside the columns that we read."""
        told = [column for column, _cell in self._told(number) if column.field not in (Field.NUMBERING, Field.NOTE)]
        return not told or (words.is_footnote(text) and not self._facts(number))

    def _group(self, number: int) -> Group | None:
        """The row as the heading of those below, where it is one."""
        column = self._group_column(number)
        if column is None:
            return None
        text = clean(_text(self._sheet.at(number, column)))
        style = words.numbering_style(self._number_text(number))
        leading, rest = words.leading_style(text)
        if words.is_footnote(text) or not rest or not self._is_group(number, column, rest, style or leading):
            return None
        return Group(words.without_count(rest), number, column, style or leading or words.PLAIN)

    def _group_column(self, number: int) -> int | None:
        if isinstance(self._sheet.at(number, self._name).value, str):
            return self._name
        cells = self._sheet.rows[number][: self._name]
        texts = (i for i, cell in enumerate(cells) if isinstance(cell.value, str))
        return next((i for i in texts if not words.numbering_style(clean(str(cells[i].value)))), None)

    def _is_group(self, number: int, column: int, text: str, style: str | None) -> bool:
        is_lettered = style in (words.ROMAN, words.LETTER) and (self._groups_by_letters or words.names_district(text))
        facts = self._facts(number)
        of_districts = lists_districts(self._head)
        if facts:
            counts = all(_is_count(cell) for cell in facts)
            return counts and not of_districts and (is_lettered or words.names_district(text))
        if is_lettered or column != self._name:
            return True
        if of_districts or (style == words.ARABIC and self._is_numbered(number)):
            return False
        looks_so = self._sheet.at(number, column).bold or number in self._across
        return looks_so or (words.names_district(text) and self._what is not What.UNITS)

    def _titles(self) -> Iterator[str]:
        for row in self._sheet.rows[: self._head.top]:
            yield from (clean(cell.value) for cell in row if isinstance(cell.value, str) and not cell.is_blank)


def lists_districts(head: Head) -> bool:
    """Whether a table has a column for districts and none for the units below them."""
    fields = {column.field for column in head.columns}
    return Field.DISTRICT in fields and not fields & {Field.UNIT, Field.CODE}


def _enter(stack: list[Group], group: Group) -> None:
    """Enters a group: it ends the one before of its own style, with whatever lay inside that."""
    for place, known in enumerate(stack):
        if known.style == group.style:
            del stack[place:]
            break
    stack.append(group)


def _is_count(cell: Cell) -> bool:
    """Whether a cell holds a number of units, not a year."""
    value = cell.value
    if isinstance(value, str) and value.strip().isdigit():
        value = int(value)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and not _FIRST_YEAR <= float(str(value)) <= _LAST_YEAR


def _text(cell: Cell) -> str:
    if isinstance(cell.value, float) and cell.value.is_integer():
        return str(int(cell.value))
    return "" if cell.value is None else str(cell.value)


def names_of(columns: Sequence[Column]) -> str:
    """The headings of columns, in quotes."""
    return ", ".join(f"“{column.heading}”" for column in columns)
