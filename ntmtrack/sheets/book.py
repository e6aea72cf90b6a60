"""A file with its sheets, each read when it is asked for; and what keeps a table within bounds."""

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import NamedTuple, NoReturn

from ntmtrack.i18n import _, number
from ntmtrack.sheets.cells import Cell, Grid, Sheet
from ntmtrack.sheets.limits import MOST_COLUMNS, MOST_FILLED, MOST_LINES, MOST_ROWS
from ntmtrack.sheets.source import Source

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
    if sum(not cell.is_blank for row in grid for cell in row) > MOST_FILLED:
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
