"""A file that an office sends, opened by what it is, whatever its name ends in."""

import re
from collections.abc import Callable
from pathlib import Path

from ntmtrack.errors import CannotRead
from ntmtrack.i18n import N_, _
from ntmtrack.sheets.book import Book, Form, bounded
from ntmtrack.sheets.cells import Grid, Sheet
from ntmtrack.sheets.csv import is_a_table, text_rows
from ntmtrack.sheets.source import LOCKED, NO_XLSX, Source, open_archive, read_source

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
    from ntmtrack.sheets.xls_ods import open_opendocument
    from ntmtrack.sheets.xlsx import open_workbook

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
    from ntmtrack.sheets.xls_ods import open_old_excel

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
