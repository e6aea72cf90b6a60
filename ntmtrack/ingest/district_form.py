"""The empty form for recognitions: units and levels to choose from, days and years checked, headings locked.

Its words are Vietnamese in any language of the program: it goes from office to office. Import reads its
headings as they are, so that it needs no --map.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ntmtrack.excel import AS_DAY, AS_TEXT, AS_WHOLE, DAY_0
from ntmtrack.spreadsheets.xlsx_style import (
    ColumnCheck,
    FormColumn,
    check_column,
    dress,
    dress_heading,
    fit_width,
    offered,
    save,
    set_page,
    set_widths,
)

if TYPE_CHECKING:
    from openpyxl import Workbook

FORM, LISTS, GUIDE = "Danh sách", "Danh mục", "Hướng dẫn"
_TOP = 5  # the row of the headings, counted from 1
_ON_FIRST, _ON_NEXT, _MOST_PAGES = 37, 40, 50  # rows on the first page as it is printed, and on each further one
_LINE = 20  # the height of a row in points


class FormChoices(NamedTuple):
    """What the form offers: units and levels by name, the years of the programme, whose form it is.

    `issuer` is whose decisions are given as an example.
    """

    scope: str
    issuer: str
    units: Sequence[str]
    levels: Sequence[str]
    first_year: int
    last_year: int


_COLUMNS = (
    FormColumn("STT", 6, AS_WHOLE, "Số thứ tự, ghi sẵn; dòng thừa để trống."),
    FormColumn("Đơn vị", 40, AS_TEXT, "Chọn xã, huyện trong danh sách; mỗi dòng một đơn vị, một mức."),
    FormColumn("Mức", 20, AS_TEXT, "Chọn trong danh sách."),
    FormColumn(
        "Năm đạt chuẩn", 11, AS_WHOLE, "Năm mà đơn vị được công nhận, không phải năm ra quyết định; bốn chữ số."
    ),
    FormColumn("Số quyết định", 20, AS_TEXT, "Đủ ký hiệu, ví dụ 2903/QĐ-UBND; chưa có thì để trống."),
    FormColumn("Ngày ký", 13, AS_DAY, "Ngày ký quyết định, ví dụ 20/12/2024."),
    FormColumn("Cơ quan ban hành", 26, AS_TEXT, "Ví dụ: {issuer}."),
    FormColumn("Ngày công bố", 13, AS_DAY, "Ngày tổ chức công bố, nếu biết."),
    FormColumn("Nguồn", 24, AS_TEXT, "Lấy số liệu ở đâu, nếu không phải từ chính quyết định."),
    FormColumn("Ghi chú", 24, AS_TEXT, "Điều cần nói thêm."),
)
_UNIT, _LEVEL, _YEAR, _DAYS = 2, 3, 4, (6, 8)  # columns counted from 1


def write_template(file: Path, choices: FormChoices) -> None:
    """Writes the form whole or not at all; raises FileBusy."""
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = FORM
    rows = rows_for(len(choices.units))
    _write_titles(sheet, choices)
    _write_table(sheet, rows)
    set_page(sheet, _TOP, f"C{_TOP + 1}")  # below the headings, right of the units
    sheet.protection.sheet = True  # without a password: whoever must, can
    sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.autoFilter = False
    _write_guide(book, choices)
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    for column, check in _checks(choices, lists):
        check_column(sheet, column, (_TOP + 1, _TOP + rows), check)
    save(book, file)


def rows_for(units: int) -> int:
    """Two rows a unit, and as many as fill the last page that they are printed on."""
    further = -(-max(2 * units - _ON_FIRST, 0) // _ON_NEXT)
    return _ON_FIRST + _ON_NEXT * min(further, _MOST_PAGES)


def _write_titles(sheet: Any, choices: FormChoices) -> None:
    title = "DANH SÁCH ĐƠN VỊ ĐƯỢC CÔNG NHẬN ĐẠT CHUẨN NÔNG THÔN MỚI"
    dress(sheet.cell(1, 1), title, size=14, bold=True, across="center")
    dress(sheet.cell(2, 1), choices.scope, size=13, bold=True, across="center")
    dress(sheet.cell(3, 1), "(Cách ghi: xem trang “Hướng dẫn”)", italic=True, across="center")
    for row in (1, 2, 3):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(_COLUMNS))


def _write_table(sheet: Any, rows: int) -> None:
    """The headings, and the rows to be filled in, of which only the numbering is locked."""
    from openpyxl.styles import Protection

    for column, about in enumerate(_COLUMNS, 1):
        dress_heading(sheet.cell(_TOP, column), about.heading)
        across = "center" if column in (1, _YEAR, *_DAYS) else None
        locked = Protection(locked=column == 1)
        for row in range(_TOP + 1, _TOP + rows + 1):
            cell = sheet.cell(row, column)
            number = row - _TOP if column == 1 else None
            dress(cell, number, about.format, across=across, down="top", wrap=column > _YEAR, framed=True)
            cell.protection = locked
    for row in range(_TOP + 1, _TOP + rows + 1):
        sheet.row_dimensions[row].height = _LINE
    set_widths(sheet, (about.width for about in _COLUMNS))
    sheet.row_dimensions[_TOP].height = 34


def _write_guide(book: "Workbook", choices: FormChoices) -> None:
    sheet = book.create_sheet(GUIDE)
    lines = [
        ("HƯỚNG DẪN GHI BIỂU", ""),
        ("", ""),
        *((column.heading, column.about.format(issuer=choices.issuer)) for column in _COLUMNS),
        ("", ""),
        ("Gửi lại", "Lưu tệp dạng .xlsx, giữ nguyên dòng tiêu đề, rồi gửi về nơi đã gửi biểu."),
        ("Một đơn vị có nhiều mức", "Mỗi mức ghi một dòng, kèm năm và quyết định của mức đó."),
        ("Chỉ biết năm hoặc tháng ký", "Ghi vào cột Ghi chú; để trống cột Ngày ký."),
        ("Năm", f"Từ {choices.first_year} đến {choices.last_year}."),
    ]
    for row, texts in enumerate(lines, 1):
        for column, text in enumerate(texts, 1):
            look: dict[str, Any] = {"size": 14 if row == 1 else 12, "bold": column == 1, "wrap": column == 2}
            dress(sheet.cell(row, column), text or None, down="top", **look)
    set_widths(sheet, (30, 90))
    fit_width(sheet)
    sheet.protection.sheet = True


def _checks(choices: FormChoices, lists: Any) -> Iterator[tuple[int, ColumnCheck]]:
    """What each column takes; the units and levels to choose from are written on the sheet of lists."""
    first, last = choices.first_year, choices.last_year
    days = [str((day - DAY_0).days) for day in (date(first, 1, 1), date(last + 1, 12, 31))]

    def check(column: int, kind: Any, formulas: Sequence[str], says: str) -> tuple[int, ColumnCheck]:
        about = _COLUMNS[column - 1]
        prompt = (about.heading, about.about.format(issuer=choices.issuer))
        return column, ColumnCheck(kind, formulas, prompt, ("Chưa đúng", says))

    yield check(_UNIT, "list", [offered(lists, 1, choices.units)], "Chọn đơn vị có trong danh sách.")
    yield check(_LEVEL, "list", [offered(lists, 2, choices.levels)], "Chọn mức có trong danh sách.")
    yield check(_YEAR, "whole", [str(first), str(last)], f"Ghi năm từ {first} đến {last}.")
    for column in _DAYS:
        yield check(column, "date", days, "Ghi ngày/tháng/năm, ví dụ 20/12/2024.")
