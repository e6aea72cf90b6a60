"""Old .xls and .ods files, read by python-calamine where it is installed (the extra `old-excel`).

It does not tell bold, strikethrough, hidden rows, errors such as #N/A nor, of .ods, merged cells: an .ods that has
cells merged downwards, struck through or errors is refused; of an .xls it is said what is not seen.
"""

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from xml.parsers.expat import ExpatError

from ntmtrack.i18n import _
from ntmtrack.spreadsheets import BLANK, Block, Book, Cell, Form, Sheet, bounded, refuse_size
from ntmtrack.spreadsheets.source import DAMAGED, LOCKED, MOST_COLUMNS, MOST_LINES, WITH_ENTITIES, Source, open_archive
from ntmtrack.spreadsheets.xlsx_parts import EntityFound, run_through, whole


def open_old_excel(source: Source) -> Book:
    """The sheets of an .xls; raises CannotRead."""
    return _open(source, Form.XLS, "Excel 97–2003")


def open_opendocument(source: Source) -> Book:
    """The sheets of an .ods; raises CannotRead."""
    archive = open_archive(source)
    try:
        content = archive.read("content.xml")
    except (KeyError, OSError, ValueError, RuntimeError) as wrong:
        raise source.unreadable(_(DAMAGED)) from wrong
    try:
        layout = OdsLayout().read(content)
    except EntityFound as wrong:
        raise source.unreadable(_(WITH_ENTITIES)) from wrong
    except ExpatError as wrong:
        raise source.unreadable(_(DAMAGED)) from wrong
    if layout.is_merged_down:
        merged = _("cells are merged downwards, which cannot be seen in an .ods; save it as .xlsx")
        raise source.unreadable(merged)
    if layout.has_struck:
        struck = _("cells are struck through, which cannot be seen in an .ods; clear them or save it as .xlsx")
        raise source.unreadable(struck)
    if layout.has_errors:
        errors = _("cells hold errors (#N/A …), which cannot be seen in an .ods; correct them or save it as .xlsx")
        raise source.unreadable(errors)
    if layout.cells > MOST_LINES * MOST_COLUMNS:
        refuse_size(source)
    return _open(source, Form.ODS, "OpenDocument")


def _open(source: Source, form: Form, name: str) -> Book:
    try:
        import python_calamine as calamine
    except ImportError as missing:
        missing_package = _(
            "files of {form} need one more package: pip install 'ntmtrack[old-excel]'; or save it as .xlsx"
        )
        raise source.unreadable(missing_package.format(form=name)) from missing
    try:
        book = calamine.load_workbook(io.BytesIO(source.data))
        sheets = [about for about in book.sheets_metadata if about.typ == calamine.SheetTypeEnum.WorkSheet]
    except calamine.PasswordError as wrong:
        raise source.unreadable(_(LOCKED)) from wrong
    except (calamine.CalamineError, OSError, ValueError) as wrong:
        raise source.unreadable(_(DAMAGED)) from wrong
    shown = tuple(about.name for about in sheets if about.visible == calamine.SheetVisibleEnum.Visible)

    def read(name: str) -> Sheet:
        try:
            sheet = book.get_sheet_by_name(name)
            rows = bounded(source, _rows(sheet))
        except (calamine.CalamineError, OSError, ValueError) as wrong:
            raise source.unreadable(_(DAMAGED)) from wrong
        merged = [Block(*start, *end) for start, end in sheet.merged_cell_ranges or ()]
        return Sheet(name, rows, tuple(merged))

    return Book(source, form, shown, tuple(about.name for about in sheets), read)


def _rows(sheet: Any) -> Iterator[list[Cell]]:
    """The rows from the sheet's first; calamine leaves out the empty ones above and beside unless told not to."""
    for row in sheet.to_python(skip_empty_area=False):
        yield [BLANK if value == "" else Cell(value.date() if isinstance(value, datetime) else value) for value in row]


class OdsLayout:
    """Whether cells are merged downwards, hold errors or are struck through; how many there are, repeated ones too."""

    def __init__(self) -> None:
        self.is_merged_down = self.has_errors = self.has_struck = False
        self._style = ""
        self._striking: set[str] = set()  # the styles that strike text through
        self.cells = 0
        self._rows = self._columns = self._filled = 0
        self._blank_rows = 0

    def read(self, content: bytes) -> "OdsLayout":
        """Runs through content.xml; raises ExpatError, EntityFound."""
        run_through(content, self._start, self._end)
        return self

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        if name == "style":
            self._style = plain.get("name", "")
        elif name == "text-properties" and plain.get("text-line-through-style", "none") != "none":
            self._striking.add(self._style)
        elif name == "table":
            self._blank_rows = 0
        elif name == "table-row":
            self._rows = whole(plain.get("number-rows-repeated"), 1)
            self._columns = self._filled = 0
        elif name in ("table-cell", "covered-table-cell"):
            self._columns += whole(plain.get("number-columns-repeated"), 1)
            self._filled = self._columns if "value-type" in plain else self._filled
            self.is_merged_down = self.is_merged_down or whole(plain.get("number-rows-spanned"), 1) > 1
            self.has_errors = self.has_errors or plain.get("value-type") == "error"
        is_filled = name in ("span", "table-column") or "value-type" in plain
        if is_filled and not self._striking.isdisjoint((plain.get("style-name"), plain.get("default-cell-style-name"))):
            self.has_struck = True

    def _end(self, name: str) -> None:
        if name != "table-row":
            return
        if self._filled:
            self.cells += self._blank_rows + self._rows * self._filled
            self._blank_rows = 0
        else:
            self._blank_rows += self._rows
