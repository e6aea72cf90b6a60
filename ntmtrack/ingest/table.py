"""The rows of a table found on an office's sheet: those that tell of units, each with the groups that it lies in."""

import re
from collections.abc import Iterator

from ntmtrack.ingest import row_kinds
from ntmtrack.ingest.columns import Field, TableKind, simple
from ntmtrack.ingest.denials import denies
from ntmtrack.ingest.head import Head
from ntmtrack.ingest.levels import levels_in
from ntmtrack.ingest.office_table import OfficeTable, TableRow
from ntmtrack.ingest.row_kinds import (
    LETTER,
    ROMAN,
    GroupHeading,
    enter_group,
    is_footnote,
    is_of_province,
    is_signature,
    is_total,
    leading_style,
    numbering_style,
    only_sorts,
    section_in,
    tier_of,
    unnumbered_style,
    without_count,
)
from ntmtrack.ingest.rows import SheetRow, TableFrame
from ntmtrack.model import Tier
from ntmtrack.spreadsheets import Cell, Sheet
from ntmtrack.text import clean, whole_number

# What numbers columns: (1), A, 3=1+2.
_NUMBERED = re.compile(r"\(?([0-9]{1,3}|[A-Za-z])\)?|\(?[0-9]+\)?\s*=.*")
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_MOST_SIGNING = 5  # cells in a row of signatures


def read_table(sheet: Sheet, head: Head, what: TableKind) -> OfficeTable:
    """The table below `head`, down to the signatures or the next table."""
    return _TableReader(TableFrame(sheet, head, what)).table()


class _TableReader:
    """One pass over the rows below the headings, each put where it belongs."""

    def __init__(self, frame: TableFrame) -> None:
        self._frame = frame
        self._lines = [SheetRow(frame, number) for number in range(frame.head.bottom + 1, len(frame.sheet.rows))]
        self._groups_by_letters = any(line.is_numbered for line in self._lines)
        self._stack: list[GroupHeading] = []
        self._rows: list[TableRow] = []
        self._groups: list[GroupHeading] = []
        self._totals: list[int] = []
        self._nameless: list[int] = []
        self._passed: list[int] = []
        self._last_number = ""

    def table(self) -> OfficeTable:
        """What the rows are, up to where the table ends."""
        end: SheetRow | None = None
        repeated = False
        for line in self._body():
            if line.repeats_our_headings or (repeated and _numbers_columns(line)):
                repeated = True  # on each printed page
                continue
            repeated = False
            if line.is_heading or (self._rows and self._is_end(line)):
                end = line
                break
            self._place(line)
        sheet, head = self._frame.sheet, self._frame.head
        ends = end.number if end else len(sheet.rows)
        return OfficeTable(
            what=self._frame.what,
            sheet=sheet,
            head=head,
            rows=tuple(self._rows),
            groups=tuple(self._groups),
            totals=tuple(self._totals),
            nameless=tuple(self._nameless),
            passed=tuple(self._passed),
            hidden=tuple(row.number for row in self._rows if row.number in sheet.hidden_rows),
            other_head=self._head_from(ends),
            ends=ends,
            beyond=tuple(self._beyond(ends)),
            titles=tuple(text for number in range(head.top) for text in SheetRow(self._frame, number).texts if text),
        )

    def _is_end(self, line: SheetRow) -> bool:
        """Whether the signatures begin here; “UBND tỉnh quy định” is a threshold in a row with a code."""
        return _is_end(line) and not (self._frame.what is TableKind.CRITERIA and line.is_named)

    def _body(self) -> Iterator[SheetRow]:
        """The rows that hold anything, but for the one that numbers the columns."""
        filled = [line for line in self._lines if not line.is_blank]
        yield from filled[1:] if filled and _numbers_columns(filled[0]) else filled

    def _place(self, line: SheetRow) -> None:
        has_groups = self._frame.what not in (TableKind.PUBLISHED, TableKind.CRITERIA)
        is_of_values = self._frame.what is TableKind.VALUES
        is_own = is_of_values and line.facts and is_of_province(line.leading_text)
        if has_groups and not (line.is_numbered and line.facts) and is_total(line.leading_text) and not is_own:
            self._totals.append(line.number)
        elif has_groups and not is_own and (group := self._group(line) or self._alone(line)):
            enter_group(self._stack, group)
            self._groups.append(group)
            if is_of_values and line.facts:  # the district's own value
                self._rows.append(TableRow(line.number, line.read_cells, tuple(self._stack[:-1])))
        elif _tells_nothing(line):
            self._passed += [line.number] if any(line.texts) else []
        elif line.is_named or (line.names_district and tier_of(self._stack) is Tier.DISTRICT):
            self._rows.append(TableRow(line.number, line.read_cells, tuple(self._groups_of(line))))
            self._last_number = line.number_text
        else:
            self._nameless.append(line.number)

    def _groups_of(self, line: SheetRow) -> list[GroupHeading]:
        """The groups above a row that say something of it: where it tells its level itself, none that only sorts rows.

        By other facts alone it is not sure that “the communes that remain” were recognised at all.
        """
        own_columns = [column for column, _cell in line.read_cells if column.field is not Field.UNIT]
        if not any(column.level or column.field is Field.LEVEL for column in own_columns):
            return [*self._stack]
        return [group for group in self._stack if not only_sorts(group.text)]

    def _head_from(self, end: int) -> int | None:
        """Where, from the end of the table on, another begins whose headings are like ours."""
        below = (SheetRow(self._frame, number) for number in range(end, len(self._frame.sheet.rows)))
        return next((line.number for line in below if line.is_heading and _has_several_cells(line)), None)

    def _beyond(self, end: int) -> Iterator[int]:
        """Rows below the signatures that name a unit, and have a number, a level or a year as those of the table."""
        below = (SheetRow(self._frame, number) for number in range(end, len(self._frame.sheet.rows)))
        return (line.number for line in below if line.is_named and (line.is_numbered or _tells_recognition(line)))

    def _alone(self, line: SheetRow) -> GroupHeading | None:
        """A row in which nothing stands but a year, a level or a tier, wherever it stands: 2023, merged or not."""
        within = self._frame.head.reach
        filled = [(column, cell) for column, cell in enumerate(line.cells) if column in within and not cell.is_blank]
        if len(filled) != 1 or self._frame.what is not TableKind.RECOGNITIONS:
            return None
        text = without_count(clean(filled[0][1].text))
        last = whole_number(self._last_number)
        counts_on = last is not None and whole_number(text) == last + 1
        return (
            GroupHeading(text, line.number, filled[0][0], unnumbered_style(text))
            if section_in(text) and not counts_on
            else None
        )

    def _group(self, line: SheetRow) -> GroupHeading | None:
        """The row as the heading of those below, where it is one."""
        column = _group_column(line)
        if column is None:
            return None
        text = clean(line.cells[column].text)
        leading, rest = leading_style(text)
        style = numbering_style(line.number_text) or leading
        if is_footnote(text) or not rest or not self._is_group(line, column, rest, style):
            return None
        rest = without_count(rest)
        return GroupHeading(rest, line.number, column, style or unnumbered_style(rest))

    def _is_group(self, line: SheetRow, column: int, text: str, style: str | None) -> bool:
        frame = self._frame
        facts = [cell for cell in line.facts if cell is not line.cells[column]]
        if not all(map(_is_count, facts)):
            return False
        names_district = row_kinds.names_district(text) and not frame.lists_districts
        section = section_in(without_count(text)) if frame.what is TableKind.RECOGNITIONS else None
        is_lettered = style in (ROMAN, LETTER) and (self._groups_by_letters or names_district)
        is_sorting = self._groups_by_letters and not line.is_numbered and only_sorts(without_count(text))
        if facts:
            return not frame.lists_districts and bool(is_lettered or names_district or section or is_sorting)
        if is_lettered or section or is_sorting or column != frame.name:
            return True
        if frame.lists_districts or line.is_numbered:
            return False
        looks_so = (frame.tells and line.cells[column].bold) or line.number in frame.across
        if frame.what is TableKind.RECOGNITIONS and denies(text):
            return True
        return looks_so or (names_district and frame.what is not TableKind.UNITS)


def _tells_recognition(line: SheetRow) -> bool:
    """Whether a year stands alone in the column of years, or a level in that of levels: no signature does."""
    told = ((column.field, clean(cell.text)) for column, cell in line.read_cells)
    return any(
        (field is Field.YEAR and _FIRST_YEAR < (whole_number(text) or 0) < _LAST_YEAR)
        or (field is Field.LEVEL and bool(levels_in(simple(text))[0]))
        for field, text in told
    )


def _numbers_columns(line: SheetRow) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3), A B 1 2=3+4."""
    filled = [clean(cell.text) for cell in line.cells if not cell.is_blank]
    name = clean(line.name.text)
    return len(filled) > 1 and bool(_NUMBERED.fullmatch(name)) and all(map(_NUMBERED.fullmatch, filled))


def _is_end(line: SheetRow) -> bool:
    """Whether the signatures begin here."""
    if line.is_numbered or any(not isinstance(cell.value, str) for cell in line.facts):
        return False
    texts = [*line.texts]
    if len(texts) > _MOST_SIGNING or not any(is_signature(text) for text in {line.leading_text, *texts}):
        return False
    return all(is_signature(clean(cell.text)) for cell in line.facts)


def _tells_nothing(line: SheetRow) -> bool:
    """Whether a row is a footnote, or has only texts beside the columns that we read."""
    columns = [column for column, _cell in line.read_cells if column.field not in (Field.NUMBERING, Field.NOTE)]
    return not columns or (is_footnote(line.leading_text) and not line.facts)


def _has_several_cells(line: SheetRow) -> bool:
    return sum(not cell.is_blank for cell in line.cells) > 1


def _group_column(line: SheetRow) -> int | None:
    """Where the text of a group may stand: in the column of names, or before it."""
    if isinstance(line.name.value, str):
        return line.frame.name
    skipped = {column.number for column in line.frame.head.columns if column.field is Field.SKIP}
    texts = (place for place, cell in enumerate(line.cells[: line.frame.name]) if isinstance(cell.value, str))
    texts = (place for place in texts if place not in skipped or _says_where(clean(line.cells[place].text)))
    return next((place for place in texts if not numbering_style(clean(line.cells[place].text))), None)


def _says_where(text: str) -> bool:
    """Whether a text in a column left unread by hand is yet a district, a level or a year that heads a group."""
    rest = without_count(leading_style(text)[1])
    return row_kinds.names_district(rest) or section_in(rest) is not None


def _is_count(cell: Cell) -> bool:
    """Whether a cell holds a number of units, not a year."""
    count = whole_number(cell.text.strip())
    return count is not None and not _FIRST_YEAR <= count <= _LAST_YEAR
