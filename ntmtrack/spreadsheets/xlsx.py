"""The sheets of an .xlsx or .xlsm, with the values that formulas had when the file was saved; macros are never run."""

import io
import re
import warnings
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile
from zlib import error as BadStream  # noqa: N812 - as the other errors are written

from ntmtrack.excel import from_excel
from ntmtrack.i18n import N_, _
from ntmtrack.spreadsheets import BLANK, Book, Cell, Form, Sheet, bounded, refuse_size
from ntmtrack.spreadsheets.source import (
    LARGEST_REPAIRED,
    MOST_COLUMNS,
    MOST_FILLED,
    MOST_LINES,
    NO_XLSX,
    WITH_ENTITIES,
    Source,
    open_archive,
    read_source,
)
from ntmtrack.spreadsheets.xlsx_parts import EntityFound, SheetLayout, read_comments, struck_texts, whole

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
    looks: dict[int, _Look] = {}
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


class _Look(NamedTuple):
    """What a cell's look tells of its value."""

    bold: bool
    struck: bool
    old_font: str  # "" for one of Unicode
    number: str


def _cell(cell: Any, day_0: date, looks: dict[int, _Look]) -> Cell:
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


def _look(cell: Any) -> _Look:
    font, number = cell.font, cell.number_format or ""
    if font is None:
        return _Look(False, False, "", number)
    name = font.name or ""
    return _Look(bool(font.b), bool(font.strike), name if name.startswith(_OLD_FONTS) else "", number)


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# The names of Strict Open XML (ISO 29500); the common ones hold the year 2006.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_BEGINNING = 65_536  # bytes of a part in which its names are declared
_WORKBOOK, _STYLES, _STRINGS, _SHEETS = "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/"
_KEPT = ("[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels")
# The root element, by whatever prefix.
_ROOT = re.compile(rb"<(?:\w+:)?worksheet\b[^>]*>")
# The rows, with what stands in them.
_DATA = re.compile(rb"<((?:\w+:)?)sheetData\b[^>]*?(?:/>|>.*</\1sheetData>)", re.DOTALL)
# The look of parts of a text, and how it is pronounced.
_LOOK_OF_TEXT = re.compile(rb"<((?:\w+:)?)(rPr|rPh|phoneticPr)\b[^>]*?(?:/>|>.*?</\1\2>)", re.DOTALL)
# Which look a cell has: as many as are used are kept.
_STYLE = re.compile(rb'<(?:\w+:)?c\b[^>]*?\ss="([0-9]{1,5})"')


def in_common_names(source: Source, archive: ZipFile) -> Source:
    """A workbook saved as Strict Open XML under the names that every program knows; any other as it is."""
    if _WORKBOOK not in archive.namelist() or not _STRICT.search(archive.read(_WORKBOOK)):
        return source
    whole = io.BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED, compresslevel=1) as copy:
        for part in archive.infolist():
            data = archive.read(part)
            begins = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", data[:_BEGINNING])
            copy.writestr(part.filename, begins + data[_BEGINNING:])
    return source._replace(data=whole.getvalue())


def with_values_alone(source: Source, archive: ZipFile) -> Source:
    """The workbook with its sheets, their values and how numbers show, and nothing else.

    Raises ValueError where it is too large for that, and what parsing raises where the sheets are not told.
    """
    if sum(part.file_size for part in archive.infolist() if part.filename.startswith("xl/")) > LARGEST_REPAIRED:
        raise ValueError(source.name)
    names = archive.namelist()
    sheets = {
        name: _repaired_sheet(archive.read(name))
        for name in names
        if name.startswith(_SHEETS) and name.endswith(".xml")
    }
    parts = {name: archive.read(name) for name in _KEPT if name in names}
    parts[_WORKBOOK] = _workbook(archive.read(_WORKBOOK))
    if _STRINGS in names:
        parts[_STRINGS] = _LOOK_OF_TEXT.sub(b"", archive.read(_STRINGS))
    if _STYLES in names:
        used = max((int(style[1]) for data in sheets.values() for style in _STYLE.finditer(data)), default=0)
        parts[_STYLES] = _styles(archive.read(_STYLES), used + 1)
    whole = io.BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED, compresslevel=1) as copy:
        for name, data in (parts | sheets).items():
            copy.writestr(name, data)
    return source._replace(data=whole.getvalue())


def _repaired_sheet(data: bytes) -> bytes:
    root, rows = _ROOT.search(data), _DATA.search(data)
    if not root or not rows:
        return data
    prefix = rows[1].decode()
    return root[0] + _LOOK_OF_TEXT.sub(b"", rows[0]) + f"</{prefix}worksheet>".encode()


def _workbook(data: bytes) -> bytes:
    """Its sheets, and from which day it counts."""
    root = _parsed(data)
    since = [element.get("date1904", "0") for element in root.iterfind(f"{{{_MAIN}}}workbookPr")]
    sheets = "".join(
        "<sheet name={} sheetId={} state={} r:id={}/>".format(
            _quoted(element.get("name", "")),
            _quoted(element.get("sheetId", "1")),
            _quoted(element.get("state", "visible")),
            _quoted(element.get(f"{{{_RELATIONS}}}id", "")),
        )
        for element in root.iterfind(f"{{{_MAIN}}}sheets/{{{_MAIN}}}sheet")
    )
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
        f"<workbookPr date1904={_quoted(since[0] if since else '0')}/><sheets>{sheets}</sheets></workbook>"
    ).encode()


def _styles(data: bytes, count: int) -> bytes:
    """Formats of numbers; of fonts the name, whether bold, whether struck through; as many looks as are used."""
    try:
        root = _parsed(data)
    except ParseError:
        root = _parsed(b"<styleSheet/>")
    formats = "".join(map(_number_format, root.iterfind(f"{{{_MAIN}}}numFmts/{{{_MAIN}}}numFmt")))
    fonts = [_font(element) for element in root.iterfind(f"{{{_MAIN}}}fonts/{{{_MAIN}}}font")] or ["<font/>"]
    looks = [*_looks(root, len(fonts))][:count]
    looks += ['<xf numFmtId="0" fontId="0"/>'] * (count - len(looks))
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts>{formats}</numFmts><fonts>{"".join(fonts)}</fonts>'
        "<fills><fill><patternFill/></fill></fills><borders><border/></borders>"
        '<cellStyleXfs><xf numFmtId="0" fontId="0"/></cellStyleXfs>'
        f"<cellXfs>{''.join(looks)}</cellXfs></styleSheet>"
    ).encode()


def _number_format(element: Any) -> str:
    number, code = whole(element.get("numFmtId"), 0), _quoted(element.get("formatCode", "General"))
    return f'<numFmt numFmtId="{number}" formatCode={code}/>'


def _font(element: Any) -> str:
    name = element.find(f"{{{_MAIN}}}name")
    called = f"<name val={_quoted(name.get('val', ''))}/>" if name is not None else ""
    return f"<font>{''.join(f'<{sign}/>' for sign in ('b', 'strike') if _is_set(element, sign))}{called}</font>"


def _is_set(font: Any, sign: str) -> bool:
    flag = font.find(f"{{{_MAIN}}}{sign}")
    return flag is not None and flag.get("val", "1") not in ("0", "false")


def _looks(root: Any, fonts: int) -> Iterator[str]:
    for element in root.iterfind(f"{{{_MAIN}}}cellXfs/{{{_MAIN}}}xf"):
        shown, font = (whole(element.get(key), 0) for key in ("numFmtId", "fontId"))
        yield f'<xf numFmtId="{shown}" fontId="{font if font < fonts else 0}"/>'


def _parsed(data: bytes) -> Any:
    from defusedxml.ElementTree import fromstring

    return fromstring(data)


def _quoted(text: str) -> str:
    """A text as an attribute's value, in its quotation marks."""
    from xml.sax.saxutils import quoteattr  # loads the whole of urllib: only where a workbook must be repaired

    return quoteattr(text)
