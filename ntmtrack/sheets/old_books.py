"""Old .xls and .ods files, read by python-calamine where it is installed (the extra `old-excel`).

It does not tell bold, strikethrough, hidden rows, errors such as #N/A nor, of .ods, merged cells: an .ods that has
cells merged downwards, struck through or errors is refused; of an .xls it is said what is not seen.
"""

import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from xml.parsers.expat import ExpatError

from ntmtrack.errors import CannotRead
from ntmtrack.i18n import _
from ntmtrack.sheets.archives import open_archive
from ntmtrack.sheets.books import Book, Form, bounded, refuse_size
from ntmtrack.sheets.cells import BLANK, Block, Cell, Sheet
from ntmtrack.sheets.layout import EntityFound
from ntmtrack.sheets.limits import MOST_COLUMNS, MOST_LINES
from ntmtrack.sheets.ods_layout import OdsLayout
from ntmtrack.sheets.sources import Source


def open_old_excel(source: Source) -> Book:
    """The sheets of an .xls; raises CannotRead."""
    return _open(source, Form.XLS, "Excel 97–2003")


def open_opendocument(source: Source) -> Book:
    """The sheets of an .ods; raises CannotRead."""
    archive = open_archive(source)
    try:
        content = archive.read("content.xml")
    except (KeyError, OSError, ValueError, RuntimeError) as wrong:
        raise CannotRead(file=source.name, reason=_("it is damaged, or was not copied whole")) from wrong
    try:
        layout = OdsLayout().read(content)
    except EntityFound as wrong:
        entities = _("its XML defines entities, as no spreadsheet program does; it may be meant to do harm")
        raise CannotRead(file=source.name, reason=entities) from wrong
    except ExpatError as wrong:
        raise CannotRead(file=source.name, reason=_("it is damaged, or was not copied whole")) from wrong
    if layout.is_merged_down:
        merged = _("cells are merged downwards, which cannot be seen in an .ods; save it as .xlsx")
        raise CannotRead(file=source.name, reason=merged)
    if layout.has_struck:
        struck = _("cells are struck through, which cannot be seen in an .ods; clear them or save it as .xlsx")
        raise CannotRead(file=source.name, reason=struck)
    if layout.has_errors:
        errors = _("cells hold errors (#N/A …), which cannot be seen in an .ods; correct them or save it as .xlsx")
        raise CannotRead(file=source.name, reason=errors)
    if layout.cells > MOST_LINES * MOST_COLUMNS:
        refuse_size(source)
    return _open(source, Form.ODS, "OpenDocument")


def _open(source: Source, form: Form, name: str) -> Book:
    try:
        import python_calamine as calamine
    except ImportError as missing:
        wanted = _("files of {form} need one more package: pip install 'ntmtrack[old-excel]'; or save it as .xlsx")
        raise CannotRead(file=source.name, reason=wanted.format(form=name)) from missing
    try:
        book = calamine.load_workbook(io.BytesIO(source.data))
        sheets = [one for one in book.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet]
    except calamine.PasswordError as wrong:
        locked = _("it is locked with a password; save it without one")
        raise CannotRead(file=source.name, reason=locked) from wrong
    except (calamine.CalamineError, OSError, ValueError) as wrong:
        raise CannotRead(file=source.name, reason=_("it is damaged, or was not copied whole")) from wrong
    shown = tuple(one.name for one in sheets if one.visible == calamine.SheetVisibleEnum.Visible)

    def read(name: str) -> Sheet:
        try:
            found = book.get_sheet_by_name(name)
            rows = bounded(source, _rows(found))
        except (calamine.CalamineError, OSError, ValueError) as wrong:
            raise CannotRead(file=source.name, reason=_("it is damaged, or was not copied whole")) from wrong
        merged = [Block(*start, *end) for start, end in found.merged_cell_ranges or ()]
        return Sheet(name, rows, tuple(merged))

    return Book(source, form, shown, tuple(one.name for one in sheets), read)


def _rows(sheet: Any) -> Iterator[list[Cell]]:
    """The rows from the sheet's first; calamine leaves out the empty ones above and beside unless told not to."""
    for row in sheet.to_python(skip_empty_area=False):
        yield [BLANK if value == "" else Cell(value.date() if isinstance(value, datetime) else value) for value in row]
