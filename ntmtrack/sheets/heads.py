"""Where a table begins on an office's sheet: the rows of its headings, under whatever titles stand above."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from ntmtrack.sheets.cell_values import is_mark
from ntmtrack.sheets.cells import Block, Cell, Sheet, letters_of
from ntmtrack.sheets.fields import FIELDS, NAMING, TELLING, Column, Field, What
from ntmtrack.sheets.headings import Meaning, is_column, read_heading, simple
from ntmtrack.text import clean

_LOOKED_AT = 100  # rows from the top
_DEEPEST = 3  # rows of headings
_SAMPLE = 10  # rows below them
_MOST_MERGED = 1_000  # blocks among them
_NUMBER = re.compile(r"\(?[0-9./-]+\)?|[A-Z]")
_LISTS = re.compile(r"(ten )?(xa|don vi|cac xa)\b")
_REPEATABLE = (Field.NUMBERING, Field.SKIP, Field.NOTE)


class Wanted(NamedTuple):
    """What is looked for: a kind of table, headings given a meaning by hand, fields given for every row."""

    what: What
    mapped: Mapping[str, Meaning] = MappingProxyType({})
    given: frozenset[Field] = frozenset()
    level: str | None = None  # given for every row


class Head(NamedTuple):
    """The rows of headings, what their columns tell, those not understood, and those that tell the same twice."""

    top: int
    bottom: int
    columns: tuple[Column, ...]
    unused: tuple[tuple[int, str], ...]
    repeated: tuple[tuple[Column, Column], ...]

    @property
    def words(self) -> tuple[tuple[int, str], ...]:
        """All its headings with their columns, for telling whether another says the same."""
        return tuple(sorted([*((column.number, column.heading) for column in self.columns), *self.unused]))

    @property
    def score(self) -> int:
        """How much the columns tell."""
        return len({(c.field, c.level) for c in self.columns if c.field not in _REPEATABLE})


def find_heads(sheet: Sheet, wanted: Wanted) -> list[Head]:
    """Every place near the top where such a table begins, the fullest first; one repeated on each page once.

    Columns that are mapped by their letters say nothing of where the headings are: these are found by their words, and
    only where no words are known, in the first row that could be headings.
    """
    if wanted.what not in FIELDS:
        return []
    top = _LOOKED_AT + _DEEPEST
    sheet = sheet._replace(merged=tuple(block for block in sheet.merged if block.top < top)[:_MOST_MERGED])
    by_words = {key: meaning for key, meaning in wanted.mapped.items() if not is_column(key)}
    found = [*_heads(sheet, wanted._replace(mapped=by_words))]
    if by_words.keys() != wanted.mapped.keys():
        found = [_head(sheet, one.top, one.bottom, wanted) or one for one in found] or [*_heads(sheet, wanted)][:1]
    apart: list[Head] = []
    for head in sorted(found, key=lambda one: (-one.score, one.top if one.score else 0)):
        is_new = all(head.words != other.words for other in apart)
        if is_new and all(head.top > other.bottom or head.bottom < other.top for other in apart):
            apart.append(head)
    return apart


def _heads(sheet: Sheet, wanted: Wanted) -> Iterator[Head]:
    for row in range(min(len(sheet.rows), _LOOKED_AT)):
        if head := _head_at(sheet, row, wanted):
            yield head


def _head_at(sheet: Sheet, row: int, wanted: Wanted) -> Head | None:
    """The fullest reading of a row, alone or with those beneath it, as headings of such a table."""
    filled = [cell for cell in sheet.rows[row] if not cell.is_blank]
    if not filled or any(_is_figure(cell) for cell in filled):
        return None
    heads = [_head(sheet, row, bottom, wanted) for bottom in range(row, min(row + _DEEPEST, len(sheet.rows)))]
    fitting = [head for head in heads if head and _is_table(head, wanted) and _is_whole(sheet, head, wanted)]
    return max(fitting, key=lambda head: (head.score, -head.bottom), default=None)


def _is_table(head: Head, wanted: Wanted) -> bool:
    told = {column.field for column in head.columns}
    naming = told & {*NAMING[wanted.what]}
    if {Field.LEVEL, Field.YEAR} <= wanted.given:  # by hand: a list of names is enough
        return bool(naming)
    others = told - naming if len(naming) == 1 else told
    return bool(naming) and bool(others & {*TELLING[wanted.what]})


def _is_whole(sheet: Sheet, head: Head, wanted: Wanted) -> bool:
    """Whether its lower rows are headings: nothing beneath the naming headings, no figures, and none left out."""
    names = [column.number for column in head.columns if column.field in NAMING[wanted.what]]
    if any(_across(sheet, head.top, index) for index in names):
        return False
    for row in range(head.top + 1, head.bottom + 1):
        cells = sheet.rows[row]
        below = [cell for index, cell in enumerate(cells) if not cell.is_blank and not _merged_into(sheet, row, index)]
        named = any(not sheet.at(row, index).is_blank and not _merged_into(sheet, row, index) for index in names)
        if not below or named or any(_is_figure(cell) for cell in below):
            return False
    heading = [b for b in sheet.merged if b.top == head.top and not sheet.at(b.top, b.left).is_blank]
    return all(block.bottom <= head.bottom for block in heading)


def _is_figure(cell: Cell) -> bool:
    return not isinstance(cell.value, str) or bool(_NUMBER.fullmatch(clean(cell.value)))


def _across(sheet: Sheet, row: int, column: int) -> Block | None:
    """The cells merged sideways that a cell belongs to."""
    for block in sheet.merged:
        if block.top <= row <= block.bottom and block.left <= column <= block.right and block.left < block.right:
            return block
    return None


def _merged_into(sheet: Sheet, row: int, column: int) -> bool:
    """Whether a cell only continues one that begins above it."""
    return any(b.top < row <= b.bottom and b.left <= column <= b.right for b in sheet.merged)


def _head(sheet: Sheet, top: int, bottom: int, wanted: Wanted) -> Head | None:
    fields = frozenset(FIELDS[wanted.what])
    columns: list[Column] = []
    unused: list[tuple[int, str]] = []
    for index, parts in _headings(sheet, top, bottom):
        heading = " / ".join(parts)
        texts = tuple(map(simple, parts))
        by_hand = (wanted.mapped.get(key) for key in (" ".join(texts), texts[-1], letters_of(index)))
        meaning = next((one for one in by_hand if one), None) or read_heading(texts, fields)
        if meaning:
            columns.append(Column(index, *meaning, heading))
        else:
            unused.append((index, heading))
    if not columns:
        return None
    columns = _of_names(sheet, bottom, _of_one_level(columns, wanted))
    return Head(top, bottom, tuple(columns), tuple(unused), tuple(_repeated(columns)))


def _of_one_level(columns: list[Column], wanted: Wanted) -> list[Column]:
    """Where the level is told elsewhere, "Năm đạt chuẩn NTM" is the year of whichever level that is."""
    levels = {column.level for column in columns if column.level}
    told = Field.LEVEL in wanted.given or any(column.field is Field.LEVEL for column in columns)
    if not (told and len(levels) == 1 and levels <= {"ntm", wanted.level}):
        return columns
    return [column if column.field is Field.MARK else column._replace(level=None) for column in columns]


def _of_names(sheet: Sheet, bottom: int, columns: list[Column]) -> list[Column]:
    """Where no other column names units, one headed "Xã đạt chuẩn NTM", "Đơn vị đạt chuẩn" lists them by name."""
    if any(column.field in (Field.UNIT, Field.CODE) for column in columns):
        return columns
    lists = (c for c in columns if c.field is Field.MARK and _LISTS.match(simple(c.heading)))
    first = next((column for column in lists if _holds_names(sheet, bottom, column.number)), None)
    return [column._replace(field=Field.UNIT, level=None) if column is first else column for column in columns]


def _holds_names(sheet: Sheet, bottom: int, column: int) -> bool:
    """Whether names rather than marks stand below a heading."""
    below = (sheet.at(row, column) for row in range(bottom + 1, bottom + 1 + _SAMPLE))
    texts = [clean(cell.value) for cell in below if isinstance(cell.value, str) and not cell.is_blank]
    return bool(texts) and all(sum(map(str.isalpha, text)) > 1 and not is_mark(text) for text in texts)


def _headings(sheet: Sheet, top: int, bottom: int) -> Iterator[tuple[int, list[str]]]:
    """Each column with its headings from the top downwards, merged ones over every column that they cover."""
    width = max((len(sheet.rows[row]) for row in range(top, bottom + 1)), default=0)
    width = max([width, *(block.right + 1 for block in sheet.merged if top <= block.top <= bottom)])
    above = ""
    for column in range(min(width, max(map(len, sheet.rows)))):
        texts = [_text(sheet, row, column) for row in range(top, bottom + 1)]
        has_below = any(texts[1:])
        if texts[0]:
            above = texts[0]
        elif has_below and bottom > top:
            texts[0] = above  # a heading over several columns, not merged
        parts = list(dict.fromkeys(text for text in texts if text))
        if parts:
            yield column, parts


def _text(sheet: Sheet, row: int, column: int) -> str:
    block = _across(sheet, row, column)
    value = sheet.at(block.top, block.left).value if block else sheet.at(row, column).value
    return clean(str(value)) if value is not None else ""


def _repeated(columns: list[Column]) -> Iterator[tuple[Column, Column]]:
    first: dict[Meaning, Column] = {}
    for column in columns:
        known = first.setdefault((column.field, column.level), column)
        if known is not column and column.field not in _REPEATABLE:
            yield known, column
