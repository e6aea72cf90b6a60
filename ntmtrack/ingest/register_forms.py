"""The forms for registrations and for the other registers of emulation, as offices fill them in.

Their words are Vietnamese in any language of the program: they go from office to office, and import reads them by
their headings and titles.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ntmtrack.excel import AS_TEXT, AS_WHOLE
from ntmtrack.spreadsheets.xlsx_style import ColumnCheck, check_column, dress, dress_heading, save, set_page, set_widths

_TOP = 5  # the row of the headings, counted from 1
_LINE, _HEAD_HEIGHT = 20, 36  # heights of rows in points
_BLANK_ROWS = 40  # of a form that names no units
BOOKS = ("đỡ đầu", "đóng góp", "cụm thi đua", "kiểm tra", "hội nghị", "mô hình")
GIVERS = ("doanh nghiệp", "HTX", "cơ quan", "hộ", "cá nhân", "khác")


class FormColumn(NamedTuple):
    """A column of a form: its heading, its width, what its cells may be chosen from and what is said of that."""

    heading: str
    width: float
    offered: Sequence[str] = ()


_OF_PLEDGES = (
    FormColumn("Số tiêu chí đạt thêm", 12),
    FormColumn("Nội dung đăng ký khác", 36),
    FormColumn("Ngày gửi", 12),
    FormColumn("Số văn bản", 16),
    FormColumn("Ghi chú", 20),
)
_OF_ENTRIES = (
    FormColumn("Đơn vị", 28),
    FormColumn("Sổ", 18, BOOKS),
    FormColumn("Cơ quan, tổ chức đỡ đầu, đóng góp, kiểm tra, chủ trì", 30),
    FormColumn("Loại người đóng góp", 16, GIVERS),
    FormColumn("Nội dung", 36),
    FormColumn("Từ ngày", 12),
    FormColumn("Đến ngày", 12),
    FormColumn("Giá trị (đồng)", 18),
    FormColumn("Số văn bản", 16),
    FormColumn("Ghi chú", 20),
)


_OF_AWARDS = (
    FormColumn("Đơn vị", 28),
    FormColumn("Huyện", 20),
    FormColumn("Hình thức", 18),
    FormColumn("Năm", 8),
    FormColumn("Thành tích", 30),
    FormColumn("Đối tượng", 26),
    FormColumn("Số suất", 9),
    FormColumn("Số QĐ", 18),
    FormColumn("Ngày", 12),
    FormColumn("Ghi chú", 20),
)


def write_registration_form(
    file: Path, year: int, scope: str, levels: Sequence[str], rows: Mapping[str, Sequence[object]]
) -> None:
    """Writes the form of a year, its units by full title with what they registered already; raises FileBusy."""
    columns = (FormColumn("Đơn vị", 32), FormColumn("Mức đăng ký", 20, levels), *_OF_PLEDGES)
    titles = (f"ĐĂNG KÝ THI ĐUA NĂM {year}", scope)
    note = "Ghi chú: ghi mức đăng ký, hoặc số tiêu chí đạt thêm, hoặc nội dung khác; không đăng ký thì để trống."
    _write(file, titles, note, columns, [(unit, *told) for unit, told in rows.items()])


def write_entry_form(file: Path, scope: str) -> None:
    """Writes the form of the other registers, whose rows say of which they are; raises FileBusy."""
    note = "Ghi chú: chọn sổ ở từng dòng. Đóng góp phải chọn loại người đóng góp; không ghi tên cá nhân, chủ hộ."
    _write(file, ("CÁC SỔ CỦA PHONG TRÀO THI ĐUA", scope), note, _OF_ENTRIES, [()] * _BLANK_ROWS)


def write_award_form(file: Path, scope: str, forms: Sequence[str]) -> None:
    """Writes the form of awards given, offering the forms of award by their keys; raises FileBusy."""
    note = "Ghi chú: khen chính đơn vị thì để trống cột Đối tượng; cá nhân ghi chức danh và số suất, không ghi tên."
    columns = [column._replace(offered=forms) if column.heading == "Hình thức" else column for column in _OF_AWARDS]
    _write(file, ("KHEN THƯỞNG ĐÃ TRAO", scope), note, columns, [()] * _BLANK_ROWS)


def _write(
    file: Path, titles: Sequence[str], note: str, columns: Sequence[FormColumn], rows: Sequence[Sequence[object]]
) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Biểu"
    for row, (text, size) in enumerate(zip(titles, (14, 13), strict=True), 1):
        dress(sheet.cell(row, 1), text, size=size, bold=True, across="center")
    dress(sheet.cell(_TOP - 2, 1), note, italic=True, across="center")
    for row in range(1, _TOP - 1):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(columns) + 1)
    for place, column in enumerate((FormColumn("STT", 5), *columns), 1):
        dress_heading(sheet.cell(_TOP, place), column.heading)
    for number, told in enumerate(rows, 1):
        _write_row(sheet, _TOP + number, number, [*told, *[None] * (len(columns) - len(told))])
    for place, column in enumerate(columns, 2):
        if column.offered and rows:
            says = "Chọn: " + ", ".join(column.offered)
            listed = '"' + ",".join(text.replace(",", " và") for text in column.offered) + '"'
            check = ColumnCheck("list", [listed], (column.heading, says), ("Chưa đúng", says))
            check_column(sheet, place, (_TOP + 1, _TOP + len(rows)), check)
    set_widths(sheet, (5, *(column.width for column in columns)))
    sheet.row_dimensions[_TOP].height = _HEAD_HEIGHT
    set_page(sheet, _TOP, f"C{_TOP + 1}")
    save(book, file)


def _write_row(sheet: Any, row: int, number: int, told: Sequence[object]) -> None:
    dress(sheet.cell(row, 1), number, AS_WHOLE, across="center", framed=True)
    for place, value in enumerate(told, 2):
        dress(sheet.cell(row, place), value, AS_TEXT, wrap=True, framed=True)
    sheet.row_dimensions[row].height = _LINE
