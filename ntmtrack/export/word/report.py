"""A report as a paper: letterhead, title, what was reached, the table beneath, recipients and signature, annexes."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ntmtrack.export import BLANK, Document, Letterhead, ReportSheet, attached_to
from ntmtrack.export.word.grid import Grid
from ntmtrack.export.word.paper import (
    BODY,
    LANDSCAPE,
    PORTRAIT,
    flatten_break,
    new_document,
    number_pages,
    room,
    set_page,
    write_columns,
    write_line,
    write_rule,
)
from ntmtrack.export.workbook.style import text_width
from ntmtrack.i18n import _
from ntmtrack.reports.labels import sentence
from ntmtrack.spreadsheets.word_package import add_blank_table
from ntmtrack.text import roman

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.section import Section

_PARTS = (0.41, 0.59)  # of the width: the agency's, the country's
_HEAD = 13  # points
_SMALL = 11
_SIGNING = 60  # points left free for signature and seal


def word_report(document: Document) -> tuple["WordDocument", list[Iterator[str]]]:
    """The whole paper, its first sheet as the report itself, those behind it as annexes; and its tables as XML."""
    book = new_document()
    number_pages(book.sections[0])
    first, *others = document.sheets
    writer = _PaperWriter(book, document.letterhead)
    if first.of_submission:
        writer.write_annex(first, book.sections[0])
    else:
        writer.write_report(first, [sheet for sheet in others if sheet.annex and not sheet.of_submission])
    for sheet in others:
        writer.write_annex(sheet)
    return book, writer.tables


class _PaperWriter:
    """The paper being written, from top to bottom."""

    def __init__(self, book: "WordDocument", letterhead: Letterhead) -> None:
        self._book = book
        self._letterhead = letterhead
        self._page = PORTRAIT
        self._parts = 0  # written so far
        self.tables: list[Iterator[str]] = []

    def write_report(self, sheet: ReportSheet, annexes: Sequence[ReportSheet]) -> None:
        """The paper but for its annexes."""
        self._write_letterhead()
        self._write_title(sheet)
        if sheet.sentences:
            self._begin_part(_("RESULTS"))
        for text in sheet.sentences:
            self._body(text)
        self._begin_part(_("TABLE OF FIGURES"))
        self._write_tables(sheet, [Grid(table) for table in sheet.report.tables], goes_on=True)
        if annexes:
            self._begin_part(_("ANNEXES"))
        for annex in annexes:
            self._body(f"{annex.annex}: {_title(annex)}.", kept=True)
        self._body(_("So much is reported by {agency}./.").format(agency=self._letterhead.own), kept=True)
        self._write_signature()

    def write_annex(self, sheet: ReportSheet, section: "Section | None" = None) -> None:
        """A sheet on pages of its own, those of a section where that is there, turned where its table is wide."""
        tables = [Grid(table) for table in sheet.report.tables]
        widest = max((grid.width for grid in tables), default=0.0)
        self._page = LANDSCAPE if widest > room(PORTRAIT) else PORTRAIT
        if section is None:
            section = self._book.add_section()
            flatten_break(self._book)
            number_pages(section)
        set_page(section, self._page)
        if sheet.annex:
            self._middle(sheet.annex, bold=True)
        self._middle(_title(sheet).upper(), bold=True)
        if sheet.annex:
            self._middle(attached_to(self._letterhead, of_submission=sheet.of_submission), italic=True, size=_HEAD)
        self._middle(sheet.report.subtitle, italic=True, size=_HEAD)
        for text in sheet.sentences:
            self._body(text)
        self._write_tables(sheet, tables)

    def _write_letterhead(self) -> None:
        """The agency on the left, the country's name and motto on the right; number, place and day beneath."""
        head = self._letterhead
        left, right = self._two()
        width, other = (room(PORTRAIT) * part for part in _PARTS)
        if head.above:
            write_line(left, head.above.upper(), size=_HEAD, align="center")
        write_line(left, head.own.upper(), size=_HEAD, align="center", bold=True)
        write_rule(left, width, width * 0.4)
        number = head.number or head.blank_number
        write_line(left, _("No.: {number}").format(number=number), size=_HEAD, align="center", before=4)
        motto = _("Independence - Freedom - Happiness")
        write_line(right, _("SOCIALIST REPUBLIC OF VIET NAM"), size=12, align="center", bold=True)
        write_line(right, motto, size=_HEAD, align="center", bold=True)
        write_rule(right, other, text_width(motto, bold=True) * _HEAD / 2)
        place, day = head.place or BLANK, head.dated or head.blank_day
        dated = _("{place}, {day}").format(place=place, day=day)
        write_line(right, dated, size=_HEAD, align="center", italic=True, before=4)

    def _two(self) -> tuple[object, object]:
        left, right = (room(PORTRAIT) * part for part in _PARTS)
        return write_columns(self._book, (left, right))

    def _write_title(self, sheet: ReportSheet) -> None:
        """What kind of paper it is, what it is about, of which day."""
        self._middle(_("REPORT"), bold=True, before=18)
        self._middle(_title(sheet), bold=True)
        write_rule(self._book, room(PORTRAIT), room(PORTRAIT) / 4)
        self._middle(sheet.report.subtitle, italic=True, size=_HEAD)

    def _write_tables(self, sheet: ReportSheet, tables: Sequence[Grid], *, goes_on: bool = False) -> None:
        """The tables, each under its title, with what is said beneath; the end of the last stands on the notes' page.

        `goes_on`: with what follows too, so that nobody signs a page that holds nothing else.
        """
        if sheet.counted_in:
            text = _("Counted in: {units}").format(units=sheet.counted_in)
            write_line(self._book, text, size=_SMALL, align="right", italic=True, kept=True)
        for place, (grid, table) in enumerate(zip(tables, sheet.report.tables, strict=True)):
            if table.title and (place or sheet.titled):
                write_line(self._book, table.title, size=_HEAD, bold=True, kept=True, before=6)
            if table.columns:
                is_followed = place == len(tables) - 1 and (goes_on or bool(sheet.report.notes))
                add_blank_table(self._book, goes_on=is_followed)
                self.tables.append(grid.xml(room(self._page), goes_on=is_followed))
        for place, note in enumerate(sheet.report.notes, start=1):
            is_followed = goes_on or place < len(sheet.report.notes)
            line = write_line(self._book, f"- {note}", size=_SMALL, italic=True, kept=is_followed)
            line.paragraph_format.space_after = 0

    def _write_signature(self) -> None:
        """Recipients on the left, who signs on the right; what is not known is left blank."""
        left, right = self._two()
        write_line(left, _("Recipients:"), size=12, bold=True, italic=True, align="left", before=12)
        for recipient in (f"- {BLANK};", _("- File: …………")):
            write_line(left, recipient, size=_SMALL, align="left")
        write_line(right, _("HEAD OF THE AGENCY"), bold=True, align="center", before=12)
        write_line(right, BLANK * 2, bold=True, align="center", before=_SIGNING)

    def _begin_part(self, text: str) -> None:
        """The heading of a part of the report, numbered."""
        self._parts += 1
        write_line(self._book, f"{roman(self._parts)}. {text}", "BodyOfPaper", bold=True, kept=True)

    def _body(self, text: str, *, kept: bool = False) -> None:
        write_line(self._book, text, "BodyOfPaper", kept=kept)

    def _middle(
        self, text: str, *, size: float = BODY, bold: bool = False, italic: bool = False, before: float = 0
    ) -> None:
        if text:
            write_line(self._book, text, size=size, align="center", bold=bold, italic=italic, before=before)


def _title(sheet: ReportSheet) -> str:
    """The title of a sheet as a sentence goes: of which place stands after a comma."""
    return sentence(sheet.report.title.replace(" · ", ", "))
