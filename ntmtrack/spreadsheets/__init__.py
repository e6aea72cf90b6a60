"""Cells, sheets and books as files hold them, without meaning."""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, NoReturn

from ntmtrack.excel import DAY_0
from ntmtrack.i18n import _, number
from ntmtrack.spreadsheets.source import MOST_COLUMNS, MOST_FILLED, MOST_LINES, MOST_ROWS, Source

# openpyxl reads by lxml wherever it is installed, and then neither refuses XML that defines entities nor says what is
# damaged in words that we know. It asks this once, when it is first imported.
os.environ["OPENPYXL_LXML"] = "False"

# What can be seen: blanks, marks of direction, joiners, byte order marks and soft hyphens cannot.
_SEEN = re.compile(r"[^\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_PLAIN_NAME = re.compile(r"[^\W\d]\w*")  # what Excel does not put in quotes before a “!”


class Cell(NamedTuple):
    """What stands in a cell, how Excel shows its number, why it has no value although something stands there.

    Its workbook counts days from `day_0`.
    """

    value: object = None  # str, int, float, bool, date or time
    format: str = ""
    fault: str = ""
    bold: bool = False
    day_0: date = DAY_0
    struck: bool = False  # its text is struck through: deleted by hand

    @property
    def is_blank(self) -> bool:
        """Whether nothing is to be seen in it."""
        value = self.value
        if isinstance(value, str):
            return not (value[:1].isalnum() or _SEEN.search(value) or self.fault)
        return value is None and not self.fault

    @property
    def text(self) -> str:
        """What it holds as text; a whole number without decimals, "" where nothing stands."""
        value = self.value
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return "" if value is None else str(value)

    @property
    def shown(self) -> str:
        """The same as one sees it, on one line."""
        return " ".join(self.text.split())


BLANK = Cell()
Grid = list[list[Cell]]


class Block(NamedTuple):
    """Merged cells, counted from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


class Sheet(NamedTuple):
    """One sheet up to its last row that is not blank; a CSV is one without a name."""

    name: str
    rows: Grid
    merged: tuple[Block, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    comments: Mapping[tuple[int, int], str] = MappingProxyType({})  # what people remarked on cells, by row and column
    continued: frozenset[int] = frozenset()  # columns in which stand only cells merged with those to their left

    def at(self, row: int, column: int) -> Cell:
        """The cell at a place, also where the file holds none."""
        cells = self.rows[row] if 0 <= row < len(self.rows) else ()
        return cells[column] if 0 <= column < len(cells) else BLANK

    def spread(self) -> "Sheet":
        """The same sheet with what cells merged downwards hold in each of their rows, as it is meant there."""
        rows = [*self.rows]
        for block in self.merged:
            cell = self.at(block.top, block.left)
            for row in range(block.top + 1, min(block.bottom + 1, len(rows))) if not cell.is_blank else ():
                filled = [*rows[row], *[BLANK] * (block.left + 1 - len(rows[row]))]
                filled[block.left] = cell
                rows[row] = filled
        return self._replace(rows=rows)

    def without(self, words: frozenset[str]) -> "Sheet":
        """The same sheet with the cells blank that hold nothing but one of the words."""
        rows = [
            [BLANK if isinstance(cell.value, str) and cell.value.strip() in words else cell for cell in row]
            if _holds(row, words)
            else row
            for row in self.rows
        ]
        return self._replace(rows=rows)

    def narrowed(self) -> "Sheet":
        """The same sheet with the columns told, and not covered, that cells merged in most rows only run through."""
        rows_through: dict[int, int] = {}
        widest = max(map(len, self.rows), default=0)
        for block in self.merged:
            for column in range(block.left + 1, min(block.right, widest) + 1):
                rows_through[column] = rows_through.get(column, 0) + block.bottom - block.top + 1
        filled = sum(any(not cell.is_blank for cell in row) for row in self.rows) if rows_through else 0
        most = (column for column, count in rows_through.items() if 2 * count >= filled)
        through = {column for column in most if all(self.at(row, column).is_blank for row in range(len(self.rows)))}
        if not through:
            return self
        merged = [_up_to(block, through) for block in self.merged]
        kept = tuple(block for block in merged if (block.top, block.left) != (block.bottom, block.right))
        return self._replace(merged=kept, continued=frozenset(through))

    def as_drawn(self) -> "Sheet":
        """The same sheet with a block over the columns that merged cells run through: nothing else has room there."""
        if not self.continued:
            return self
        last = len(self.rows) - 1
        return self._replace(merged=(*self.merged, Block(last, min(self.continued), last, max(self.continued))))


def _up_to(block: Block, through: set[int]) -> Block:
    """Merged cells without the columns at their right that they only run through."""
    right = max(
        column for column in range(block.left, block.right + 1) if column not in through or column == block.left
    )
    return block._replace(right=right)


def _holds(row: Iterable[Cell], words: frozenset[str]) -> bool:
    return any(isinstance(cell.value, str) and cell.value.strip() in words for cell in row)


def address(sheet: str, row: int, column: int | None) -> str:
    """How a formula calls a cell: Xã!C17, 'Danh sách'!C17; C17 in a CSV, which has no sheets; 17 for a whole row."""
    quoted = sheet if _PLAIN_NAME.fullmatch(sheet) else "'{}'".format(sheet.replace("'", "''"))
    name = f"{letters_of(column) if column is not None else ''}{row + 1}"
    return f"{quoted}!{name}" if sheet else name


def letters_of(column: int) -> str:
    """A column's letters, counted from 0: 2 → "C"."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def number_of(letters: str) -> int:
    """The column that letters mean, counted from 0: "C" → 2."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def coordinate(row: int, column: int) -> str:
    """How a cell is called, counted from 0: "cell C17"; the same for CSV, as a spreadsheet shows it."""
    return _("cell {place}").format(place=f"{letters_of(column)}{row + 1}")


def ranges(numbers: Iterable[int]) -> str:
    """Row numbers counted from 0 as people write them: 11, 12, 13, 20 → "12–14, 21"."""
    runs: list[list[int]] = []
    for row in sorted(numbers):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    return ", ".join(f"{first + 1}" if first == last else f"{first + 1}–{last + 1}" for first, last in runs)


# A word with a letter outside ASCII: only such can have been encoded twice.
_WORD = re.compile(r"\S*[^\x00-\x7f]\S*")
# Letters side by side that may be the bytes of one; the mark of lost ones tells nothing.
_LETTERS = re.compile(r"[^\x00-\x7f\ufffd]{2,}")
_TAKEN_FOR = ("cp1252", "cp1258")  # Windows in English, and in Vietnamese
_FEWEST = 3


class Garbled(NamedTuple):
    """A word as it stands, and as it is meant."""

    seen: str
    meant: str


def garbled_word(texts: Iterable[str]) -> Garbled | None:
    """A word of texts most of whose letters are encoded twice; None where they are not."""
    first: Garbled | None = None
    garbled = others = 0
    for word in (word for text in texts if not text.isascii() for word in _WORD.findall(text)):
        meant = _LETTERS.sub(lambda letters: _once(letters[0]) or letters[0], word)
        if meant == word:
            others += "\ufffd" not in word
        else:
            garbled += 1
            first = first or Garbled(word, meant)
    return first if garbled >= _FEWEST and garbled > others else None


def _once(letters: str) -> str | None:
    """The letters that the bytes of these are in UTF-8; None where they are none."""
    for encoding in _TAKEN_FOR:
        try:
            return b"".join(_byte(letter, encoding) for letter in letters).decode()
        except UnicodeError:
            continue
    return None


def _byte(letter: str, encoding: str) -> bytes:
    """A letter's byte; what the encoding leaves open many programs keep as it is."""
    try:
        return letter.encode(encoding)
    except UnicodeEncodeError:
        return letter.encode("latin-1")


_LOOKED_AT = 200  # rows


class Form(StrEnum):
    """What a file is, whatever its name ends in."""

    XLSX = "xlsx"
    TEXT = "csv"
    XLS = "xls"
    ODS = "ods"


class Book(NamedTuple):
    """The sheets of one file: those in sight in their order, all of them, and how to read one."""

    source: Source
    form: Form
    shown: tuple[str, ...]
    names: tuple[str, ...]
    read: Callable[[str], Sheet]


def bounded(source: Source, rows: Iterable[list[Cell]]) -> Grid:
    """The rows up to the last that is not blank.

    Refuses a table of a size that nobody fills in by hand, and one whose letters are encoded twice: CannotRead.
    """
    grid: Grid = []
    last = filled = 0
    for count, row in enumerate(rows, 1):
        while row and row[-1].is_blank:
            row.pop()
        filled += len(row)
        last = count if row else last
        if last > MOST_LINES or len(row) > MOST_COLUMNS or filled > MOST_ROWS * MOST_COLUMNS:
            refuse_size(source)
        if count <= MOST_LINES:
            grid.append(row)
    if filled > MOST_FILLED and sum(not cell.is_blank for row in grid for cell in row) > MOST_FILLED:
        refuse_size(source)
    _refuse_garbled(source, grid[:_LOOKED_AT])
    return grid[:last]


def _refuse_garbled(source: Source, rows: Grid) -> None:
    garbled = garbled_word(cell.value for row in rows for cell in row if isinstance(cell.value, str))
    if garbled:
        text = _("its letters were encoded twice (“{seen}” for “{meant}”): {remedy}")
        remedy = _("open the file that it was made from in Excel by Data > From Text/CSV, 65001: Unicode (UTF-8)")
        raise source.unreadable(text.format(seen=garbled.seen, meant=garbled.meant, remedy=remedy))


def refuse_size(source: Source) -> NoReturn:
    """Raises CannotRead, telling the bounds."""
    most = {"rows": number(MOST_ROWS), "columns": MOST_COLUMNS, "cells": number(MOST_FILLED)}
    text = _("more than {rows} rows, {columns} columns or {cells} filled cells; keep only the table that is sent")
    raise source.unreadable(text.format(**most))
