"""The sheets of an .xlsx or .xlsm, with the values that formulas had when the file was saved; macros are never run."""

import io
import warnings
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile
from zlib import error as BadStream  # noqa: N812 - as the other errors are written

from ntmtrack.excel import from_excel
from ntmtrack.i18n import N_, _
from ntmtrack.spreadsheets import BLANK, Book, Cell, Form, Sheet, bounded, refuse_size
from ntmtrack.spreadsheets.source import (
    MOST_COLUMNS,
    MOST_FILLED,
    MOST_LINES,
    NO_XLSX,
    WITH_ENTITIES,
    Source,
    open_archive,
    read_source,
)
from ntmtrack.spreadsheets.xlsx_parts import EntityFound, SheetLayout, read_comments, struck_texts
from ntmtrack.spreadsheets.xlsx_repair import in_common_names, with_values_alone

Read = TypeVar("Read")
# What zipfile, the XML parsers and openpyxl raise on a file that is damaged or something else.
DAMAGE = (
    *(BadZipFile, BadStream, ParseError, ExpatError, EOFError, OSError),
    *(LookupError, ValueError, TypeError, AttributeError, RuntimeError, NotImplementedError),
)
_UNSAVED = N_("a formula without its value: open the file in Excel and save it")
# Fonts from before Unicode, whose letters are others than they look.
_OLD_FONTS = (".Vn", "VNI-", "VNI ")


def open_workbook(source: Source) -> Book:
    """The workbook's sheets, each read when it is asked for; raises CannotRead.

    What is damaged besides the values is passed over: a workbook that Excel opens is read.
    """
    source = common_form(source)
    archive = open_archive(source)
    whole = cache(lambda: _load(source))
    values_alone = cache(lambda: _load(with_values_alone(source, archive)))

    def trying(reading: Callable[[Any], Read]) -> Read:
        """What is read of the workbook as it is, else of its values alone."""
        try:
            return reading(whole())
        except DAMAGE as wrong:
            if _is_of_entities(wrong):
                raise
            return reading(values_alone())

    sheets = _damage_told(
        source, lambda: trying(lambda book: {sheet.title: sheet.sheet_state for sheet in book.worksheets})
    )
    shown = tuple(title for title, state in sheets.items() if state == "visible")

    def read(name: str) -> Sheet:
        return _damage_told(source, lambda: trying(lambda book: _sheet(source, archive, book[name])))

    return Book(source, Form.XLSX, shown, tuple(sheets), read)


def common_form(source: Source) -> Source:
    """A workbook as openpyxl knows it, where it was saved as Strict Open XML; raises CannotRead."""
    archive = open_archive(source)
    return _damage_told(source, lambda: in_common_names(source, archive))


def open_to_read(file: Path) -> Any:
    """Openpyxl's own reader of a workbook's values, row by row; raises NoSuchFile, CannotRead."""
    source = common_form(read_source(file))
    return _damage_told(source, lambda: _load(source))


def _load(source: Source) -> Any:
    with warnings.catch_warnings():  # openpyxl tells of whatever it does not use
        warnings.simplefilter("ignore")
        reader = _reader()(io.BytesIO(source.data), read_only=True, data_only=True)
        reader.read()
        return reader.wb


@cache
def _reader() -> Any:
    """Openpyxl’s reader without its measuring of each sheet, a pass over all of one that does not tell its size."""
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

    class Unmeasured(ReadOnlyWorksheet):
        def _get_size(self) -> None:
            """Leaves open how far it reaches: `SheetLayout` tells."""

    class Reader(ExcelReader):
        def read_worksheets(self) -> None:
            for sheet, relation in self.parser.find_sheets():
                if relation.target in self.valid_files and "chartsheet" not in relation.Type:
                    made: Any = Unmeasured(self.wb, sheet.name, relation.target, self.shared_strings)
                    made.sheet_state = sheet.state
                    cast("Any", self.wb)._sheets.append(made)

    return Reader


def _damage_told(source: Source, reading: Callable[[], Read]) -> Read:
    try:
        return reading()
    except DAMAGE as wrong:
        raise source.unreadable(_(WITH_ENTITIES if _is_of_entities(wrong) else NO_XLSX)) from wrong


def _is_of_entities(wrong: BaseException | None) -> bool:
    """Whether a parser refused to read entities; openpyxl wraps what it meets in an error of its own."""
    from defusedxml.common import DefusedXmlException

    while wrong is not None:
        if isinstance(wrong, DefusedXmlException | EntityFound):
            return True
        wrong = wrong.__cause__ or wrong.__context__
    return False


def _sheet(source: Source, archive: ZipFile, sheet: Any) -> Sheet:
    with archive.open(sheet._worksheet_path) as part:  # openpyxl keeps the place of a sheet to itself
        layout = SheetLayout().read(part, MOST_LINES, struck_texts(archive))
    spread = sum(max(0, min(block.bottom, layout.last_row) - block.top) for block in layout.merged)
    is_far = layout.last_row >= MOST_LINES or layout.last_column >= MOST_COLUMNS
    if is_far or layout.filled > MOST_FILLED or spread > MOST_FILLED:
        refuse_size(source)
    rows = bounded(source, _rows(sheet, layout)) if layout.last_row >= 0 else []
    return Sheet(
        sheet.title,
        rows,
        tuple(layout.merged),
        frozenset(layout.hidden_rows),
        frozenset(layout.hidden_columns),
        comments=read_comments(archive, sheet._worksheet_path),
    )


def _rows(sheet: Any, layout: SheetLayout) -> Iterator[list[Cell]]:
    """The cells up to the last that holds anything, whatever size the file claims."""
    day_0 = sheet.parent.epoch.date()
    looks: dict[int, _FormatLook] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rows = sheet.iter_rows(max_row=layout.last_row + 1, max_col=layout.last_column + 1)
        for number, cells in enumerate(rows):
            row = [BLANK if cell.value is None else _cell(cell, day_0, looks) for cell in cells]
            for column, cell in enumerate(row) if layout.unsaved else ():
                if cell is BLANK and (number, column) in layout.unsaved:
                    row[column] = Cell(fault=_(_UNSAVED))
            for column, cell in enumerate(row) if layout.struck else ():
                if cell is not BLANK and (number, column) in layout.struck:
                    row[column] = cell._replace(struck=True)
            yield row


class _FormatLook(NamedTuple):
    """What a cell's look tells of its value."""

    bold: bool
    struck: bool
    old_font: str  # "" for one of Unicode
    number: str


def _cell(cell: Any, day_0: date, looks: dict[int, _FormatLook]) -> Cell:
    """A cell as it is read; `looks` keeps what its style says, which thousands of cells share."""
    value = cell.value
    if cell.data_type == "e":
        return Cell(fault=_("an error of Excel: {text}").format(text=value))
    style = cell._style_id  # openpyxl keeps the number of a style to itself
    look = looks.get(style)
    if look is None:
        look = looks[style] = _look(cell)
    if isinstance(value, str):
        if look.old_font and not value.isascii():
            old = _("written in the old font {font}: convert it to Unicode (with UniKey, for one)")
            return Cell(value, fault=old.format(font=look.old_font))
        return Cell(from_excel(value), bold=look.bold, struck=look.struck)
    return Cell(value.date() if isinstance(value, datetime) else value, look.number, day_0=day_0, struck=look.struck)


def _look(cell: Any) -> _FormatLook:
    font, number = cell.font, cell.number_format or ""
    if font is None:
        return _FormatLook(False, False, "", number)
    name = font.name or ""
    return _FormatLook(bool(font.b), bool(font.strike), name if name.startswith(_OLD_FONTS) else "", number)
