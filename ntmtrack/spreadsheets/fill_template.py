"""An office's own form filled in: `{{names}}` and named cells get their values, a row with `{{#list}}` is repeated.

openpyxl keeps the look of cells, widths, merges, formulas and print set-up, of charts what they are drawn from but not
every look; pictures it keeps with Pillow only, shapes and macros never. Formulas are without their results until Excel
has opened the file.
"""

import io
import re
import warnings
from collections.abc import Mapping, Sequence
from copy import copy
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import ZipFile

from ntmtrack.errors import CannotRead
from ntmtrack.excel import AS_DAY, LONGEST_TEXT
from ntmtrack.i18n import N_, _, number
from ntmtrack.spreadsheets.insert_rows import insert_rows
from ntmtrack.spreadsheets.properties import put_stamp
from ntmtrack.spreadsheets.source import DAMAGED, Source, open_archive, read_source
from ntmtrack.spreadsheets.template_names import (
    NAME,
    Value,
    Values,
    cells_of,
    check_names,
    margins,
    repeated_rows,
    shown,
)
from ntmtrack.spreadsheets.xlsx import common_form
from ntmtrack.spreadsheets.xlsx_style import save

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_SHAPES = (b"<xdr:sp ", b"<xdr:sp>", b"<xdr:cxnSp", b"<xdr:grpSp")


class FilledForm(NamedTuple):
    """What was done: how many places were filled, what the copy has lost, how many formulas await Excel."""

    places: int
    lost: Sequence[str]
    formulas: int


def fill_form(form: Path, values: Values, target: Path, stamp: Mapping[str, str]) -> FilledForm:
    """Writes the form, filled in and stamped, or nothing; raises NoSuchFile, CannotRead, UnknownNames, FileBusy."""
    source = common_form(read_source(form))
    with open_archive(source) as archive:
        lost = _lost(archive)
    book = _book(source)
    check_names(form.name, book, values)
    filling = _TemplateFiller(form.name, book, values)
    filling.fill()
    if not filling.places:
        raise CannotRead(file=form.name, reason=_("it has no name in double braces that could be filled in"))
    formulas = sum(cell.data_type == "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    book.calculation.fullCalcOnLoad = True
    book.template = False
    put_stamp(book, stamp)
    save(book, target)
    if filling.has_cut:
        lost.append(_("texts beyond {count} letters").format(count=number(LONGEST_TEXT)))
    return FilledForm(filling.places, lost, formulas)


def _lost(archive: ZipFile) -> list[str]:
    """What the form has that openpyxl does not keep."""
    from openpyxl.drawing import image

    names = archive.namelist()
    drawings = [archive.read(name) for name in names if name.startswith("xl/drawings/drawing")]
    lost = {
        N_("some of the look of charts"): any(name.startswith("xl/charts/") for name in names),
        N_("pictures"): not image.PILImage and any(name.startswith("xl/media/") for name in names),
        N_("shapes"): any(shape in drawing for drawing in drawings for shape in _SHAPES),
    }
    return [_(word) for word, is_lost in lost.items() if is_lost]


def _book(source: Source) -> "Workbook":
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it does not keep, which is told
            return load_workbook(io.BytesIO(source.data))
    except Exception as wrong:
        raise source.unreadable(_(DAMAGED)) from wrong


class _TemplateFiller:
    """One form being filled in."""

    def __init__(self, file: str, book: "Workbook", values: Values) -> None:
        self._file = file
        self._book = book
        self._values = values
        self.places = 0
        self.has_cut = False  # a text longer than Excel holds

    def fill(self) -> None:
        """What stands once first; then rows to be repeated, from the last up, and the named cells.

        So nothing that was filled in is read again.
        """
        for sheet in self._book.worksheets:
            lists = repeated_rows(self._file, sheet)
            for cell in (cell for cells in sheet.iter_rows() for cell in cells if cell.row not in lists):
                self._put(cell, self._values.single)
            for row, name in sorted(lists.items(), reverse=True):
                self._repeat(sheet, row, name)
            for part in margins(sheet):
                if part.text and "{{" in part.text:
                    self.places += 1
                    part.text = NAME.sub(lambda match: shown(self._values.single[match[2].lower()]), part.text)
        self._fill_named()

    def _repeat(self, sheet: "Worksheet", row: int, name: str) -> None:
        """The row once for every item of the list; one empty row where there is none."""
        if tall := next((area for area in sheet.merged_cells.ranges if _spans(area, row)), None):
            merged = _("the cells {area} of “{sheet}” are merged over the row that is to be repeated; unmerge them")
            raise CannotRead(file=self._file, reason=merged.format(area=tall.coord, sheet=sheet.title))
        listed = self._values.lists[name]
        items = listed.items or [dict.fromkeys(listed.fields)]
        if len(items) > 1:
            insert_rows(self._book, sheet, row, len(items) - 1)
            _copy_look(sheet, row, len(items) - 1)
        pattern = [(place, cell.value) for place, cell in enumerate(sheet[row], start=1)]
        if not listed.items:  # nor has an empty row anything to work out
            for column in (column for column, value in pattern if _is_formula(value)):
                sheet.cell(row, column).value = None
            pattern = [(column, value) for column, value in pattern if not _is_formula(value)]
        for place, item in enumerate(items):
            known = {**self._values.single, **item, **{f"{name}.{key}": value for key, value in item.items()}}
            for column, value in pattern:
                cell: Any = sheet.cell(row + place, column)
                if value is not None:  # nor does a merged cell have any but in its first
                    cell.value = _translated(value, place, cell.coordinate)
                    self._put(cell, known)

    def _put(self, cell: Any, known: Mapping[str, Value]) -> None:
        """Fills a cell: a name alone becomes its value, names within a text become text."""
        text = cell.value
        if not isinstance(text, str) or "{{" not in text:
            return
        text = re.sub(r"\{\{\s*#\s*[\w.]+\s*\}\}", "", text)
        self.places += 1
        alone = NAME.fullmatch(text.strip())
        if alone:
            self._set(cell, known[alone[2].lower()])
        else:
            self._set(cell, NAME.sub(lambda match: shown(known[match[2].lower()]), text) or None)

    def _fill_named(self) -> None:
        """Cells that the office has named as we name figures: with a dot, so that no name is ours by chance."""
        named = [*self._book.defined_names.values()]
        for sheet in self._book.worksheets:
            named += sheet.defined_names.values()
        for name in named:
            if "." in name.name and name.name.lower() in self._values.single:
                for title, area in cells_of(name, self._book):
                    self._set(self._book[title][area], self._values.single[name.name.lower()])
                    self.places += 1

    def _set(self, cell: Any, value: Value) -> None:
        self.has_cut = self.has_cut or (isinstance(value, str) and len(value) > LONGEST_TEXT)
        _set(cell, value)


def _spans(area: Any, row: int) -> bool:
    """Whether merged cells reach over a row and others."""
    return bool(area.min_row <= row <= area.max_row and area.min_row < area.max_row)


def _copy_look(sheet: "Worksheet", row: int, count: int) -> None:
    """Gives the rows that were put in the look, the height and the merges of the one that is repeated."""
    across = [area for area in sheet.merged_cells.ranges if area.min_row == area.max_row == row]
    for place in range(1, count + 1):
        sheet.row_dimensions[row + place].height = sheet.row_dimensions[row].height
        for column, cell in enumerate(sheet[row], start=1):
            if cell.has_style:
                other: Any = sheet.cell(row + place, column)
                other._style = copy(cell._style)  # type: ignore[union-attr]
        for area in across:
            sheet.merge_cells(
                start_row=row + place, end_row=row + place, start_column=area.min_col, end_column=area.max_col
            )


def _is_formula(value: object) -> bool:
    return isinstance(value, str) and value.startswith("=")


def _translated(value: object, place: int, coordinate: str) -> object:
    """A formula of the repeated row, as Excel copies it down; anything else as it is."""
    if not (isinstance(value, str) and _is_formula(value) and place):
        return value
    from openpyxl.formula.translate import Translator
    from openpyxl.utils.cell import coordinate_from_string

    column, row = coordinate_from_string(coordinate)
    return Translator(value, origin=f"{column}{row - place}").translate_formula(coordinate)


def _set(cell: Any, value: Value) -> None:
    """A value as what it is: text stays text, a share has two decimals where the form says nothing else."""
    if isinstance(value, str):
        cell.value = value or None
        if value:
            cell.data_type = "s"
        return
    cell.value = float(value) if isinstance(value, Decimal) else value
    if isinstance(value, Decimal) and cell.number_format == "General":
        cell.number_format = "0.00"
    if isinstance(value, date) and cell.number_format == "General":
        cell.number_format = AS_DAY
