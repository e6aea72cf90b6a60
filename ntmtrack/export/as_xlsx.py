"""A document as an Excel workbook: the same document gives the same bytes."""

import io
from datetime import UTC, date, datetime, time
from pathlib import Path

from ntmtrack.excel import FONT, LONGEST_TEXT, SIZE
from ntmtrack.export import ANNEXES, Document
from ntmtrack.export.workbook.layout import lay_out
from ntmtrack.export.workbook.page import SheetWriter
from ntmtrack.export.workbook.style import Styles
from ntmtrack.files import replacing
from ntmtrack.stamps import LONGEST_PROPERTY, STAMP

SHEETS = ANNEXES
LONGEST = LONGEST_TEXT
_OPTIONS = {
    "strings_to_formulas": False,  # text stays text, also where it is merged over cells
    "strings_to_urls": False,
    # Excel measures columns in digits of this font; so does LibreOffice, so that both print the same.
    "default_format_properties": {"font_name": FONT, "font_size": SIZE},
    "default_column_width": 72,
}


def write(document: Document, file: Path) -> None:
    """One sheet a report; raises FileBusy where `file` cannot be replaced."""
    from xlsxwriter import Workbook

    whole = io.BytesIO()
    book = Workbook(whole, _OPTIONS)
    book.set_properties({"title": document.title, "created": _stamped(document)})
    for key, value in document.stamp.items():
        book.set_custom_property(f"{STAMP}{key}", value[:LONGEST_PROPERTY], "text")
    places = {sheet.key: (sheet, lay_out(sheet)) for sheet in document.sheets}
    looks = Styles(book)
    for sheet in document.sheets:
        SheetWriter(book, looks, sheet, places).write(document.letterhead)
    book.close()
    with replacing(file) as draft:
        draft.write_bytes(whole.getvalue())


def _stamped(document: Document) -> datetime:
    """The day that the figures are of stands for that of the file: a clock would make every file another."""
    return datetime.combine(date.fromisoformat(document.stamp["as_of"]), time(), UTC).replace(tzinfo=None)
