"""The empty form for recognitions: units and levels to choose from, days and years checked, headings locked.

Its words are Vietnamese in any language of the program: it goes from office to office. What `heads` reads of it is
what its headings say, so that it needs no --map.
"""

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ntmtrack.writing import replacing

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

FORM, LISTS, GUIDE = "Danh sách", "Danh mục", "Hướng dẫn"
_TOP = 5  # the row of the headings, counted from 1
_FEWEST_ROWS, _MOST_ROWS = 50, 2_000
_FONT = "Times New Roman"
_GREY = "FFD9E1F2"
_DAY_0 = date(1899, 12, 30)  # Excel's


class Choices(NamedTuple):
    """What the form offers: units and levels by name, the years of the programme, whose form it is.

    `issuer` is whose decisions are given as an example.
    """

    scope: str
    issuer: str
    units: Sequence[str]
    levels: Sequence[str]
    first_year: int
    last_year: int


class _Column(NamedTuple):
    heading: str
    width: float
    format: str
    about: str


_COLUMNS = (
    _Column("STT", 6, "0", "Số thứ tự, ghi sẵn; dòng thừa để trống."),
    _Column("Đơn vị", 40, "@", "Chọn xã, huyện trong danh sách; mỗi dòng một đơn vị, một danh hiệu."),
    _Column("Danh hiệu", 20, "@", "Chọn trong danh sách."),
    _Column("Năm đạt chuẩn", 11, "0", "Năm mà đơn vị được công nhận, không phải năm ra quyết định; bốn chữ số."),
    _Column("Số quyết định", 20, "@", "Đủ ký hiệu, ví dụ 2903/QĐ-UBND; chưa có thì để trống."),
    _Column("Ngày ký", 13, "dd/mm/yyyy", "Ngày ký quyết định, ví dụ 20/12/2024."),
    _Column("Cơ quan ban hành", 26, "@", "Ví dụ: {issuer}."),
    _Column("Ngày công bố", 13, "dd/mm/yyyy", "Ngày tổ chức công bố, nếu biết."),
    _Column("Nguồn", 24, "@", "Lấy số liệu ở đâu, nếu không phải từ chính quyết định."),
    _Column("Ghi chú", 24, "@", "Điều cần nói thêm."),
)
_UNIT, _LEVEL, _YEAR, _DAYS = 2, 3, 4, (6, 8)  # columns counted from 1


def write_template(file: Path, choices: Choices) -> None:
    """Writes the form whole or not at all; raises FileBusy."""
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = FORM
    rows = min(max(_FEWEST_ROWS, 2 * len(choices.units)), _MOST_ROWS)
    _write_form(sheet, choices, rows)
    _write_guide(book, choices)
    _write_lists(book, choices)
    _validate(sheet, choices, rows)
    whole = io.BytesIO()
    book.save(whole)
    with replacing(file) as draft:
        draft.write_bytes(whole.getvalue())


def _write_form(sheet: Any, choices: Choices, rows: int) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
    from openpyxl.utils import get_column_letter

    thin = Side(style="thin")
    border = Border(left=thin, right=thin, top=thin, bottom=thin)
    titles = (
        (1, "DANH SÁCH ĐƠN VỊ ĐƯỢC CÔNG NHẬN ĐẠT CHUẨN NÔNG THÔN MỚI", Font(name=_FONT, size=14, bold=True)),
        (2, choices.scope, Font(name=_FONT, size=13, bold=True)),
        (3, "(Cách ghi: xem trang “Hướng dẫn”)", Font(name=_FONT, size=12, italic=True)),
    )
    for row, text, font in titles:
        cell = sheet.cell(row, 1)
        cell.value = text
        cell.font, cell.alignment = font, Alignment(horizontal="center")
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(_COLUMNS))
    body, head = Font(name=_FONT, size=12), Font(name=_FONT, size=12, bold=True)
    for column, about in enumerate(_COLUMNS, 1):
        cell = sheet.cell(_TOP, column)
        cell.value = about.heading
        cell.font, cell.border, cell.fill = head, border, PatternFill("solid", start_color=_GREY, end_color=_GREY)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = about.width
        for row in range(_TOP + 1, _TOP + rows + 1):
            cell = sheet.cell(row, column)
            cell.value = row - _TOP if column == 1 else None
            cell.font, cell.border, cell.number_format = body, border, about.format
            cell.protection = Protection(locked=column == 1)
            across = "center" if column in (1, _YEAR, *_DAYS) else None
            cell.alignment = Alignment(horizontal=across, vertical="top", wrap_text=column > _YEAR)
    sheet.row_dimensions[_TOP].height = 34
    _lay_out(sheet)
    sheet.protection.sheet = True  # without a password: whoever must, can
    sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.autoFilter = False


def _lay_out(sheet: "Worksheet") -> None:
    sheet.freeze_panes = f"C{_TOP + 1}"  # below the headings, right of the units
    sheet.print_title_rows = f"{_TOP}:{_TOP}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.page_margins.left = sheet.page_margins.right = 0.4


def _write_guide(book: "Workbook", choices: Choices) -> None:
    from openpyxl.styles import Alignment, Font

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
    for row, (what, about) in enumerate(lines, 1):
        for column, text in enumerate((what, about), 1):
            cell = sheet.cell(row, column)
            cell.value = text or None
            cell.font = Font(name=_FONT, size=14 if row == 1 else 12, bold=column == 1)
            cell.alignment = Alignment(vertical="top", wrap_text=column == 2)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 90
    sheet.protection.sheet = True


def _write_lists(book: "Workbook", choices: Choices) -> None:
    """The names to choose from, on a hidden sheet: a list written into the form itself may have 255 letters only."""
    sheet = book.create_sheet(LISTS)
    sheet.sheet_state = "hidden"
    for column, names in enumerate((choices.units, choices.levels), 1):
        for row, name in enumerate(names, 1):
            sheet.cell(row, column, name)


class _Rule(NamedTuple):
    """What a column takes, and what Excel says when something else is written."""

    column: int
    type: Literal["list", "whole", "date"]
    formulas: tuple[str, ...]
    says: str


def _rules(choices: Choices) -> list[_Rule]:
    days = [(day - _DAY_0).days for day in (date(choices.first_year, 1, 1), date(choices.last_year + 1, 12, 31))]
    span = f"từ {choices.first_year} đến {choices.last_year}"
    units, levels = (f"'{LISTS}'!${letter}$1:${letter}${{count}}" for letter in "AB")
    return [
        _Rule(_UNIT, "list", (units.format(count=len(choices.units)),), "Chọn đơn vị có trong danh sách."),
        _Rule(_LEVEL, "list", (levels.format(count=len(choices.levels)),), "Chọn danh hiệu có trong danh sách."),
        _Rule(_YEAR, "whole", (str(choices.first_year), str(choices.last_year)), f"Ghi năm {span}."),
        *(_Rule(column, "date", tuple(map(str, days)), "Ghi ngày/tháng/năm, ví dụ 20/12/2024.") for column in _DAYS),
    ]


def _validate(sheet: "Worksheet", choices: Choices, rows: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for rule in _rules(choices):
        about = _COLUMNS[rule.column - 1]
        first, *second = rule.formulas
        check = DataValidation(rule.type, formula1=first, formula2=second[0] if second else None)
        check.operator = "between" if second else None
        check.allow_blank = check.showErrorMessage = check.showInputMessage = True
        check.errorTitle, check.error = "Chưa đúng", rule.says
        check.promptTitle, check.prompt = about.heading, about.about.format(issuer=choices.issuer)
        letter = get_column_letter(rule.column)
        check.add(f"{letter}{_TOP + 1}:{letter}{_TOP + rows}")
        sheet.add_data_validation(check)
