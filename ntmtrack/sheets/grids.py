"""Cells of a table that an office sends, .xlsx or .csv, each with its place."""

import codecs
import csv
import io
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import repeat, zip_longest
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile
from zlib import error as BadStream  # noqa: N812 - a class by its kind

from ntmtrack.errors import CannotRead, reason
from ntmtrack.i18n import N_, _
from ntmtrack.sheets.escapes import from_csv, from_excel

MOST_ROWS, MOST_COLUMNS = 20_000, 200
_MOST_CELLS = MOST_ROWS * MOST_COLUMNS
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SEEN = re.compile(r"[^\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_FORMULA = re.compile(rb"<(\w+:)?f[ />]")
# What zipfile, the XML parser and openpyxl raise on a file that is damaged or something else.
_DAMAGE = (
    *(BadZipFile, BadStream, ParseError, EOFError, OSError),
    *(LookupError, ValueError, TypeError, AttributeError, RuntimeError),
)
_NO_XLSX = N_("it is no Excel workbook (.xlsx), or was not copied whole")


class Cell(NamedTuple):
    """What stands in a cell, how Excel shows its number, and why it has no value although something stands there."""

    value: object = None  # str, int, float, bool, date or time
    format: str = ""
    fault: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is to be seen in it."""
        return not self.fault and (self.value is None or not _SEEN.search(str(self.value)))


Grid = list[list[Cell]]


def place(row: int, column: int) -> str:
    """How a cell is called, counted from 0: "cell C17"; the same for CSV, as a spreadsheet shows it."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return _("cell {place}").format(place=f"{letters}{row + 1}")


def read_grid(file: Path, besides: str = "") -> Grid:
    """The rows of a .csv, or of the first visible sheet of an .xlsx not called `besides`; raises CannotRead."""
    ending = file.suffix.lower()
    if ending not in (".xlsx", ".xlsm", ".csv"):
        raise CannotRead(file=file, reason=_("only .xlsx and .csv can be read here; save it as one of these"))
    try:
        data = file.read_bytes()
    except OSError as wrong:
        raise CannotRead(file=file, reason=reason(wrong)) from wrong
    if not data:
        raise CannotRead(file=file, reason=_("the file is empty"))
    if data.startswith(_OLE):
        locked = _("it has a password or the old form .xls; save it in Excel as .xlsx without a password")
        raise CannotRead(file=file, reason=locked)
    with warnings.catch_warnings():  # openpyxl tells of whatever it does not use
        warnings.simplefilter("ignore")
        return _bounded(file, _text_rows(file, data) if ending == ".csv" else _sheet_rows(file, data, besides))


def _bounded(file: Path, rows: Iterable[list[Cell]]) -> Grid:
    """The rows up to the last that is not blank; refuses a table of a size that nobody fills in by hand."""
    grid: Grid = []
    last = seen = 0
    for number, row in enumerate(rows, 1):
        seen += len(row)
        while row and row[-1].is_blank:
            row.pop()
        last = number if row else last
        if last > MOST_ROWS or len(row) > MOST_COLUMNS or seen > _MOST_CELLS:
            most = {"rows": MOST_ROWS, "columns": MOST_COLUMNS}
            raise CannotRead(file=file, reason=_("more than {rows} rows or {columns} columns").format(**most))
        if number <= MOST_ROWS:
            grid.append(row)
    return grid[:last]


# Excel ---------------------------------------------------------------------------------------------------------


def _sheet_rows(file: Path, data: bytes, besides: str) -> Iterator[list[Cell]]:
    """The cells of the sheet; formulas with the values that they had when the file was saved."""
    if not data.startswith(_ZIP):
        raise CannotRead(file=file, reason=_(_NO_XLSX))
    try:
        written: Iterable[Sequence[Any]] = repeat(())
        if _has_formulas(data):
            written = _openpyxl_rows(file, data, besides, values=False)
        for cells, sources in zip(_openpyxl_rows(file, data, besides, values=True), written, strict=False):
            yield [_cell(cell, source) for cell, source in zip_longest(cells, sources)]
    except _DAMAGE as wrong:
        raise CannotRead(file=file, reason=_(_NO_XLSX)) from wrong


def _has_formulas(data: bytes) -> bool:
    with ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(_FORMULA.search(archive.read(name)) for name in sheets)


def _openpyxl_rows(file: Path, data: bytes, besides: str, *, values: bool) -> Iterator[Sequence[Any]]:
    """The rows of the first sheet that is not hidden nor called `besides`, whatever size the file claims for it."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=values)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible" and sheet.title != besides]
    if not shown:
        raise CannotRead(file=file, reason=_("there is no sheet in it"))
    shown[0].reset_dimensions()
    yield from shown[0].iter_rows()
    book.close()


def _cell(cell: Any, source: Any) -> Cell:
    """What openpyxl found; `source` is the same cell with its formula, if it has one."""
    value = getattr(cell, "value", None)
    if value is None:
        is_formula = getattr(source, "data_type", "") == "f" and cell.data_type != "str"
        return Cell(fault=_("a formula without its value: open the file in Excel and save it") if is_formula else "")
    if cell.data_type == "e":
        return Cell(fault=_("an error of Excel: {text}").format(text=value))
    if isinstance(value, str):
        return Cell(from_excel(value))
    if isinstance(value, datetime):
        value = value.date()
    return Cell(value, cell.number_format or "")


# CSV -----------------------------------------------------------------------------------------------------------


def _text_rows(file: Path, data: bytes) -> Iterator[list[Cell]]:
    text = _decoded(file, data)
    first = text.split("\n", 1)[0].strip()
    delimiter = first[4:] if re.fullmatch("sep=[,;\t]", first) else ""  # Excel's own line, which it does not show
    lines = io.StringIO(text, newline="")
    if delimiter:
        lines.readline()
    csv.field_size_limit(len(text) + 1)
    reader = csv.reader(lines, delimiter=delimiter or _delimiter(text), strict=True)
    try:
        for row in reader:
            yield [Cell(from_csv(value)) for value in row]
    except csv.Error as wrong:
        quotes = _("the quotation marks do not pair up, line {number}").format(number=reader.line_num)
        raise CannotRead(file=file, reason=quotes) from wrong


def _decoded(file: Path, data: bytes) -> str:
    """The text in UTF-8 or UTF-16, else in Windows' older Vietnamese."""
    if data.startswith(_ZIP):
        raise CannotRead(file=file, reason=_("it is a workbook, not a text; let its name end in .xlsx"))
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1258"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise CannotRead(file=file, reason=_("it is no text in UTF-8; save it in Excel as “CSV UTF-8” or as .xlsx"))


def _delimiter(text: str) -> str:
    """What parts the most rows, outside quotes; a comma inside texts does so only in some."""
    lines = _QUOTED.sub("", text).splitlines()
    return max(",;\t", key=lambda sign: (sum(sign in line for line in lines), sum(line.count(sign) for line in lines)))
