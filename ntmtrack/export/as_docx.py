"""A document as a paper in Word, by Decree 30/2020/NĐ-CP: the same document gives the same bytes."""

from datetime import date, datetime, time
from pathlib import Path

from ntmtrack.export import ANNEXES, Document
from ntmtrack.export.word.report import word_report
from ntmtrack.files import replacing
from ntmtrack.spreadsheets.word_package import bytes_of, put_stamp

SHEETS = ANNEXES
LONGEST = None


def write(document: Document, file: Path) -> None:
    """The report and its annexes; raises FileBusy where `file` cannot be replaced."""
    book, tables = word_report(document)
    book.core_properties.title = document.title
    # The day that the figures are of stands for that of the file: a clock would make every file another.
    put_stamp(book, document.stamp, datetime.combine(date.fromisoformat(document.stamp["as_of"]), time()))
    with replacing(file) as draft:
        draft.write_bytes(bytes_of(book, tables))
