"""A workbook made readable: without what its values do not need, Strict Open XML under its common names.

Programs other than Excel write styles, days of making and names of areas that openpyxl refuses as a whole, though Excel
opens such a file without a word. None of it says what stands in a cell, but for how a number shows: a day, or not.
"""

import io
import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import ZIP_DEFLATED, ZipFile

from ntmtrack.spreadsheets.source import LARGEST_REPAIRED, Source
from ntmtrack.spreadsheets.xlsx_parts import whole

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
    sheets = {name: _sheet(archive.read(name)) for name in names if name.startswith(_SHEETS) and name.endswith(".xml")}
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


def _sheet(data: bytes) -> bytes:
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
