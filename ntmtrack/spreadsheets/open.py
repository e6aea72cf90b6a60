"""A file that an office sends, opened by what it is, whatever its name ends in."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from unicodedata import normalize

from ntmtrack.errors import CannotRead
from ntmtrack.excel import from_csv
from ntmtrack.i18n import N_, _
from ntmtrack.spreadsheets import BLANK, Book, Cell, Form, Grid, Sheet, bounded
from ntmtrack.spreadsheets.source import LOCKED, NO_XLSX, Source, open_archive, read_source

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# How pages of the web begin that systems hand out as .xls, whole messages (MHTML) among them.
_PAGE = re.compile(rb"<(!doctype|!--|[a-z]+[\s>/])|mime-version:", re.IGNORECASE)
# How other XML begins, as that of Excel 2003.
_XML = re.compile(rb"<\?xml", re.IGNORECASE)
_BEGINNING = 2_000  # bytes
_ENCRYPTED, _WORD = "EncryptedPackage".encode("utf-16-le"), "WordDocument".encode("utf-16-le")
# What else is sent by its first bytes, and what to do with it.
_OTHERS = (
    (b"%PDF", N_("it is a PDF, of which no table can be read for sure; ask for the Excel file")),
    (b"\x89PNG", N_("it is a picture; ask for the Excel file")),
    (b"\xff\xd8\xff", N_("it is a picture; ask for the Excel file")),
    (b"Rar!", N_("it is a packed file; unpack it first")),
    (b"7z\xbc\xaf", N_("it is a packed file; unpack it first")),
    (b"SQLite format 3", N_("it is a database, not a table; a ledger is opened with --db")),
)


def open_book(source: Source) -> Book:
    """The sheets of a file; raises CannotRead where it is none that holds a table."""
    data = source.data
    for start, why in _OTHERS:
        if data.startswith(start):
            raise source.unreadable(_(why))
    if data.startswith(_ZIP):
        return _zipped(source)(source)
    if data.startswith(_OLE):
        return _compound(source)
    _refuse_marked_up(source)
    if source.is_named_a_workbook and not is_a_table(source):
        raise source.unreadable(_(NO_XLSX))
    return Book(source, Form.TEXT, ("",), ("",), lambda _name: Sheet("", bounded(source, text_rows(source))))


def _refuse_marked_up(source: Source) -> None:
    """A page of the web or another text in XML, which systems hand out under the name of a workbook."""
    begins = source.data[:_BEGINNING].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if _PAGE.match(begins) or (_XML.match(begins) and b"<html" in begins.lower()):
        page = _("it is a web page by its content; open it in Excel and save it as .xlsx")
        raise source.unreadable(page)
    if _XML.match(begins):
        xml = _("it is XML by its content (as of Excel 2003); open it in Excel and save it as .xlsx")
        raise source.unreadable(xml)


def _zipped(source: Source) -> Callable[[Source], Book]:
    """How to open a zipped file, by the parts that it has."""
    from ntmtrack.spreadsheets.xls_ods import open_opendocument
    from ntmtrack.spreadsheets.xlsx import open_workbook

    names = set(open_archive(source).namelist())
    if "content.xml" in names:
        return open_opendocument
    if "word/document.xml" in names:
        raise source.unreadable(_("it is a Word document; copy its table into Excel"))
    if "xl/workbook.bin" in names:
        raise source.unreadable(_("it is a binary workbook (.xlsb); save it as .xlsx"))
    if not any(name.startswith("xl/") or name == "[Content_Types].xml" for name in names):
        raise source.unreadable(_("it is a packed file; unpack it first"))
    return open_workbook


def _compound(source: Source) -> Book:
    """An old .xls, or the shell that Office puts round a file with a password."""
    from ntmtrack.spreadsheets.xls_ods import open_old_excel

    if _ENCRYPTED in source.data:
        raise source.unreadable(_(LOCKED))
    if _WORD in source.data:
        raise source.unreadable(_("it is a Word document; copy its table into Excel"))
    return open_old_excel(source)


def read_grid(file: Path, besides: str | None = None) -> Grid:
    """The rows of the first sheet in sight that is not called `besides`; raises CannotRead."""
    book = open_book(read_source(file))
    names = [name for name in book.shown if name != besides]
    if not names:
        raise CannotRead(file=file, reason=_("there is no sheet in it"))
    return book.read(names[0]).rows


_MOSTLY = 4  # times as many
_MARKS = frozenset("\u0300\u0309\u0303\u0301\u0323\u0302\u0306\u031b")  # tones; those of â, ă and ơ
# A field in quotation marks, doubled ones within: the signs in it part no fields.
_QUOTED = re.compile(r'"(?:[^"]|"")*"')


def text_rows(source: Source) -> Iterator[list[Cell]]:
    """The rows of a text table; raises CannotRead where it is no text or its quotes do not pair up."""
    text = _decoded(source)
    first = text.split("\n", 1)[0].strip()
    delimiter = first[4:] if re.fullmatch("sep=[,;\t]", first) else ""  # Excel's own line, which it does not show
    lines = io.StringIO(text, newline="")
    if delimiter:
        lines.readline()
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))  # one limit for the whole process
    reader = csv.reader(lines, delimiter=delimiter or delimiter_of(text), strict=True)
    try:
        for row in reader:
            yield [Cell(from_csv(normalize("NFC", value))) if value else BLANK for value in row]
    except csv.Error as wrong:
        quotes = _("the quotation marks do not pair up, line {number}").format(number=reader.line_num)
        raise source.unreadable(quotes) from wrong


def is_a_table(source: Source) -> bool:
    """Whether it is a text of several rows, most of them parted alike."""
    try:
        text = _decoded(source)
    except CannotRead:
        return False
    lines, delimiter = text.splitlines(), delimiter_of(text)
    return len(lines) > 1 and 2 * sum(delimiter in line for line in lines) > len(lines)


def _decoded(source: Source) -> str:
    """The text in UTF-8 or UTF-16, with its mark or without, else in Windows' older Vietnamese."""
    for encoding in (*_wide(source.data), "utf-8-sig", "cp1258"):
        try:
            text = source.data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            _refuse_strange(source, encoding, text)
            return text
    unreadable = _("it is no text in UTF-8; save it in Excel as “CSV UTF-8” or as .xlsx")
    raise source.unreadable(unreadable)


def _refuse_strange(source: Source, encoding: str, text: str) -> None:
    """What is read as Windows' Vietnamese must be Vietnamese: neither damaged UTF-8 nor letters of an old font."""
    if encoding != "cp1258":
        return
    halves = source.data.decode("utf-8", errors="replace")
    damaged = halves.count("\ufffd")
    if sum(char > "\x7f" for char in halves) > _MOSTLY * damaged:
        line = halves[: halves.index("\ufffd")].count("\n") + 1
        damage = _("it is UTF-8 but for damaged letters, first in line {number}; save it in Excel as .xlsx")
        raise source.unreadable(damage.format(number=line))
    letters = [char for char in normalize("NFC", text).casefold() if char > "\x7f" and char.isalpha()]
    if sum(not _is_vietnamese(char) for char in letters) * _MOSTLY > len(letters):
        old = _("its letters are not Vietnamese: it may be in an old font (TCVN3, VNI); convert it with UniKey first")
        raise source.unreadable(old)


def _is_vietnamese(letter: str) -> bool:
    parts = normalize("NFD", letter)
    return letter == "đ" or (parts[0].isascii() and len(parts) > 1 and _MARKS.issuperset(parts[1:]))


def _wide(data: bytes) -> tuple[str, ...]:
    """UTF-16, by its mark, or by the zeros that stand beside every plain letter of a text without one."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    head = data[:2000]
    if head[1::2].count(0) > len(head) // 6:
        return ("utf-16-le",)
    return ("utf-16-be",) if head[::2].count(0) > len(head) // 6 else ()


def delimiter_of(text: str) -> str:
    """What parts the most rows, outside quotes; a comma inside texts does so only in some."""
    lines = _QUOTED.sub("", text).splitlines()
    return max(",;\t", key=lambda sign: (sum(sign in line for line in lines), sum(line.count(sign) for line in lines)))
