"""The form for assessments: a row a unit, a column a criterion of one set, with the last known results filled in.

Its words are Vietnamese in any language of the program: it goes from office to office. Import reads the set, the day
and what an empty cell means from its titles.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from ntmtrack.excel import AS_TEXT, AS_WHOLE
from ntmtrack.programmes.criteria import CriteriaSet
from ntmtrack.spreadsheets.xlsx_style import ColumnCheck, check_column, dress, dress_heading, save, set_page, set_widths

MET, NOT_MET = "Đạt", "Chưa"
_TOP = 6  # the row of the headings, counted from 1
_FIRST = 3  # the column of the first criterion
_LINE, _HEAD_HEIGHT = 20, 190  # heights of rows in points
_UPRIGHT = 90  # degrees by which long headings are turned
_WIDTHS = (5, 32, 6.5, 9, 22)


class AssessedRow(NamedTuple):
    """A unit by its full title, and of each code of a criterion whether it was met when last assessed."""

    unit: str
    results: dict[str, bool]


def write_assessment_form(file: Path, of_set: CriteriaSet, day: date, scope: str, rows: Sequence[AssessedRow]) -> None:
    """Writes the form whole or not at all; raises FileBusy."""
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Rà soát"
    last = _FIRST + len(of_set.criteria) + 1
    _write_titles(sheet, (of_set.title, scope, f"(Đến ngày {day:%d/%m/%Y})"), last)
    _write_headings(sheet, of_set)
    for place, row in enumerate(rows, 1):
        _write_row(sheet, _TOP + place, place, row, of_set)
    offered, says = f'"{MET},{NOT_MET}"', f"Chọn {MET} hoặc {NOT_MET}; chưa rà soát thì để trống."
    for column in range(_FIRST, _FIRST + len(of_set.criteria)) if rows else ():
        prompt = (f"Tiêu chí {of_set.criteria[column - _FIRST].code}", says)
        check = ColumnCheck("list", [offered], prompt, ("Chưa đúng", says))
        check_column(sheet, column, (_TOP + 1, _TOP + len(rows)), check)
    set_page(sheet, _TOP, f"C{_TOP + 1}")
    save(book, file)


def _write_titles(sheet: Any, titles: Sequence[str], last: int) -> None:
    lines = (("KẾT QUẢ RÀ SOÁT TIÊU CHÍ", 14), *((title, 13) for title in titles))
    for row, (text, size) in enumerate(lines, 1):
        dress(sheet.cell(row, 1), text, size=size, bold=True, across="center")
    note = (
        f"Ghi chú: chọn {MET} hoặc {NOT_MET}; ô để trống là chưa rà soát. Kết quả lần trước đã ghi sẵn: sửa chỗ đã đổi."
    )
    dress(sheet.cell(_TOP - 1, 1), note, italic=True, across="center")
    for row in range(1, _TOP):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)


def _write_headings(sheet: Any, of_set: CriteriaSet) -> None:
    from openpyxl.styles import Alignment

    names = [f"{criterion.code}. {criterion.name}" for criterion in of_set.criteria]
    for column, heading in enumerate(("STT", "Đơn vị", *names, "Kiểm tra: số TC đạt", "Ghi chú"), 1):
        cell = sheet.cell(_TOP, column)
        dress_heading(cell, heading)
        if _FIRST <= column < _FIRST + len(names):
            cell.alignment = Alignment(horizontal="center", vertical="bottom", wrap_text=True, textRotation=_UPRIGHT)
    number, unit, result, count, note = _WIDTHS
    set_widths(sheet, (number, unit, *[result] * len(names), count, note))
    sheet.row_dimensions[_TOP].height = _HEAD_HEIGHT


def _write_row(sheet: Any, row: int, place: int, told: AssessedRow, of_set: CriteriaSet) -> None:
    from openpyxl.utils import get_column_letter

    dress(sheet.cell(row, 1), place, AS_WHOLE, across="center", framed=True)
    dress(sheet.cell(row, 2), told.unit, AS_TEXT, wrap=True, framed=True)
    for column, criterion in enumerate(of_set.criteria, _FIRST):
        met = told.results.get(criterion.code)
        word = None if met is None else MET if met else NOT_MET
        dress(sheet.cell(row, column), word, AS_TEXT, across="center", framed=True)
    after = _FIRST + len(of_set.criteria)
    dress(sheet.cell(row, after), None, AS_WHOLE, across="center", framed=True)
    cells = f"{get_column_letter(_FIRST)}{row}:{get_column_letter(after - 1)}{row}"
    sheet.cell(row, after).value = f'=COUNTIF({cells},"{MET}")'
    dress(sheet.cell(row, after + 1), None, AS_TEXT, wrap=True, framed=True)
    sheet.row_dimensions[row].height = _LINE
