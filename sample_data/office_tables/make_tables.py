"""Builds tables as offices send them, with all that makes them hard to read, to try the import on.

    python make_tables.py [FOLDER]

Units, levels and years are those of Kiên Giang's sample, decisions too where the sample has one; whatever else there
is, is made up, and each file says so in its title. Needs openpyxl; nothing of ntmtrack.
"""

import sys
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

MADE_UP = "(Số liệu minh hoạ, để thử chương trình)"
THIN = Side(style="thin")
TONES = "\u0300\u0309\u0303\u0301\u0323"
FRAME = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


class Page:
    """A sheet as an office lays it out."""

    def __init__(self, sheet: Any, widths: list[int]) -> None:
        self.sheet = sheet
        self.columns = len(widths)
        for column, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True

    def text(self, row: int, column: int, value: object, **style: Any) -> Any:
        """One cell outside the table."""
        cell = self.sheet.cell(row, column)
        cell.value = value
        cell.font = Font(
            name="Times New Roman",
            size=style.get("size", 12),
            bold=style.get("bold", False),
            italic=style.get("italic", False),
        )
        cell.alignment = Alignment(horizontal=style.get("across"), vertical="center", wrap_text=style.get("wrap"))
        return cell

    def across(self, row: int, first: int, last: int, value: object, **style: Any) -> None:
        """One text over merged cells."""
        self.text(row, first, value, across="center", **style)
        self.sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)

    def letterhead(self, title: str, more: str = MADE_UP) -> int:
        """Agency, motto, title; the first free row."""
        half = self.columns // 2
        self.across(1, 1, half, "UBND TỈNH KIÊN GIANG")
        self.across(1, half + 1, self.columns, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True)
        self.across(2, 1, half, "VĂN PHÒNG ĐIỀU PHỐI NTM", bold=True)
        self.across(2, half + 1, self.columns, "Độc lập - Tự do - Hạnh phúc", bold=True)
        self.across(4, 1, self.columns, title, bold=True, size=14)
        self.across(5, 1, self.columns, more, italic=True)
        return 7

    def row(self, row: int, values: list[object], **style: Any) -> None:
        """A row of the table, framed."""
        for column, value in enumerate(values, 1):
            cell = self.text(row, column, value, wrap=True, **style)
            cell.border = FRAME
            if isinstance(value, date):
                cell.number_format = "dd/mm/yyyy"

    def signatures(self, row: int) -> None:
        """Place and day, who drew it up, who signs."""
        half = self.columns // 2
        self.across(row, half + 1, self.columns, "Kiên Giang, ngày 05 tháng 01 năm 2025", italic=True)
        self.across(row + 1, 1, half, "NGƯỜI LẬP BIỂU", bold=True)
        self.across(row + 1, half + 1, self.columns, "THỦ TRƯỞNG ĐƠN VỊ", bold=True)
        self.across(row + 2, half + 1, self.columns, "(Ký, ghi rõ họ tên)", italic=True)


def page(title: str, widths: list[int]) -> tuple[Workbook, Page]:
    """A new workbook with one page."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    return book, Page(sheet, widths)


def merged_heads(file: Path) -> None:
    """Letterhead, headings in two merged rows, numbered columns, districts by Roman numerals, sums, signatures."""
    book, here = page("Xã", [6, 22, 9, 10, 10, 10, 20, 14, 12])
    top = here.letterhead("DANH SÁCH XÃ ĐẠT CHUẨN NÔNG THÔN MỚI VÀ NÂNG CAO")
    here.row(
        top,
        ["STT", "Tên xã", "Danh hiệu", None, None, "Năm đạt chuẩn", "Quyết định công nhận", None, "Ghi chú"],
        bold=True,
        across="center",
    )
    here.row(top + 1, [None, None, "NTM", "Nâng cao", "Kiểu mẫu", None, "Số", "Ngày", None], bold=True, across="center")
    for area in ("C{0}:E{0}", "G{0}:H{0}"):
        here.sheet.merge_cells(area.format(top))
    for letter in "ABFI":
        here.sheet.merge_cells(f"{letter}{top}:{letter}{top + 1}")
    here.row(top + 2, [f"({number})" for number in range(1, 10)], italic=True, across="center")
    row = top + 3
    decided = ["1007/QĐ-UBND", date(2019, 5, 2)]
    for roman, district, communes in (
        ("I", "Huyện Giồng Riềng", [("Ngọc Thuận", 2019, decided), ("NGỌC HOÀ", 2019, decided),
                                    ("Thạnh Hòa", "2019", decided), ("Bàn Tân Định ", 2019, decided)]),
        ("II", "Huyện Châu Thành", [("Bình An", 2020, ["12/QĐ-UBND", "5/1/2021"]), ("Thạnh Lộc", 2020, [None, None])]),
    ):  # fmt: skip
        here.row(row, [roman, district, len(communes), None, None, None, None, None, None], bold=True)
        for number, (name, year, decision) in enumerate(communes, 1):
            here.row(row + number, [number, name, "x", None, None, year, *decision, None])
        row += len(communes) + 1
        here.row(row, [None, f"Cộng {district.lower()}", len(communes), *[None] * 6], italic=True)
        row += 1
    here.row(row, ["Tổng cộng", None, 6, *[None] * 6], bold=True)
    here.sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
    here.signatures(row + 2)
    book.save(file)


def level_columns(file: Path) -> None:
    """A year and a decision a level, hidden columns and rows, capitals, no-break spaces, a cover sheet before it."""
    book = Workbook()
    cover: Any = book.active
    cover.title = "Bìa"
    Page(cover, [90]).text(3, 1, "BÁO CÁO KẾT QUẢ XÂY DỰNG NÔNG THÔN MỚI", bold=True, size=16)
    here = Page(book.create_sheet("Danh sách xã"), [6, 10, 24, 18, 8, 24, 8, 24])
    top = here.letterhead("TỔNG HỢP CÁC XÃ ĐÃ ĐƯỢC CÔNG NHẬN")
    here.row(
        top, ["TT", "Mã xã", "Xã", "Huyện", "Đạt chuẩn NTM", None, "NTM nâng cao", None], bold=True, across="center"
    )
    here.row(top + 1, [None, None, None, None, "Năm", "Quyết định", "Năm", "Quyết định"], bold=True, across="center")
    for area in ("E{0}:F{0}", "G{0}:H{0}"):
        here.sheet.merge_cells(area.format(top))
    for letter in "ABCD":
        here.sheet.merge_cells(f"{letter}{top}:{letter}{top + 1}")
    rows: list[list[object]] = [
        [1, 30907, "XÃ\u00a0THẠNH\u00a0HƯNG", "Giồng Riềng", 2016, None, 2022, "05/QĐ-UBND ngày 15/01/2023"],
        [2, 30836, "xã Sơn Bình", "Hòn Đất", 2023, "Quyết định số 11/QĐ-UBND ngày 09 tháng 8 năm 2024", None, None],
        [3, 31108, "Xã  Hòn Tre ", "Kiên Hải", 2020, None, 2023, "QĐ số 07/QĐ-UBND, ngày 28-2-2024"],
        [4, 30808, "Bình An", "Kiên Lương", "năm 2018", "1/QĐ-UBND (2/1/2019)", "-", "-"],
        [5, 30847, "Mỹ Phước", "Hòn Đất", None, None, None, None],
    ]
    for number, values in enumerate(rows, top + 2):
        here.row(number, values)
    here.sheet.column_dimensions["B"].hidden = True
    here.sheet.row_dimensions[top + 3].hidden = True
    lists = book.create_sheet("Danh mục")
    lists["A1"] = "Đạt"
    lists.sheet_state = "hidden"
    here.signatures(top + 9)
    book.save(file)


def merged_down(file: Path) -> None:
    """One decision over several communes in merged cells, districts in bold rows, the year in the group's heading."""
    book, here = page("QĐ", [6, 26, 16, 34])
    top = here.letterhead("DANH SÁCH XÃ ĐƯỢC CÔNG NHẬN THEO TỪNG QUYẾT ĐỊNH")
    here.row(top, ["Số TT", "Đơn vị", "Danh hiệu", "Số, ngày, tháng, năm quyết định"], bold=True, across="center")
    row = top + 1
    for heading, communes, decision in (
        ("Năm 2019", ["Ngọc Thuận, Giồng Riềng", "Ngọc Hòa, Giồng Riềng", "Thạnh Hòa, Giồng Riềng"],
         "1007/QĐ-UBND\nngày 02/5/2019"),
        ("Năm 2023", ["Sơn Bình (huyện Hòn Đất)", "Thạnh Lộc (huyện Châu Thành)"], "15/QĐ-UBND ngày 01.03.2024"),
    ):  # fmt: skip
        here.row(row, [heading, None, None, None], bold=True)
        here.sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=4)
        for number, name in enumerate(communes, 1):
            here.row(row + number, [number, name, "Đạt chuẩn NTM", decision if number == 1 else None])
        here.sheet.merge_cells(start_row=row + 1, start_column=4, end_row=row + len(communes), end_column=4)
        row += len(communes) + 1
    here.signatures(row + 1)
    book.save(file)


def many_faults(file: Path) -> None:
    """One fault of every kind, each in a cell of its own."""
    book, here = page("Xã", [6, 24, 16, 14, 12, 20, 14])
    top = here.letterhead("DANH SÁCH XÃ ĐẠT CHUẨN (BẢN CHƯA KIỂM TRA)")
    here.row(
        top, ["STT", "Tên xã", "Huyện", "Mức đạt", "Năm công nhận", "Số QĐ", "Ngày ký"], bold=True, across="center"
    )
    rows: list[list[object]] = [
        ["Mỹ Lâmm", "Hòn Đất", "NTM", 2020, "3/QĐ-UBND", "05/01/2021"],  # no such commune
        ["Bình An", None, "NTM", 2020, None, None],  # two communes of that name
        ["Mỹ Thuận", "Giồng Riềng", "NTM", 2020, None, None],  # lies elsewhere
        ["Thổ Sơn", "Hòn Đất", "loại A", 2020, None, None],  # no such level
        ["Mỹ Thái", "Hòn Đất", "NTM", "20222", None, None],  # no such year
        ["Nam Thái Sơn", "Hòn Đất", "NTM", 2099, None, None],  # has not come yet
        ["Mỹ Hiệp Sơn", "Hòn Đất", "NTM", 2020, "Đang trình", None],  # no decision
        ["Sơn Kiên", "Hòn Đất", "NTM", 2020, "4/QĐ-UBND", "31/02/2021"],  # no such day
        ["Lình Huỳnh", "Hòn Đất", "NTM", 2021, None, None],
        ["Lình Huỳnh", "Hòn Đất", "NTM nâng cao", 2018, None, None],  # earlier than the level below
        ["Bình Giang", "Hòn Đất", "NTM", 2022, None, None],
        ["Bình Giang", "Hòn Đất", "NTM", 2023, None, None],  # told twice, differently
        ["TT Sóc Sơn", "Hòn Đất", "NTM", 2020, None, None],  # a township is not counted
        ["Bình Sơn", "Hòn Đất", "NTM", None, "8/QĐ-UBND", "05/01/2021"],  # no year
        ["Mỹ Phước", "Hòn Đất", "NTM", 2020, "6/QĐ-UBND", "06/01/2021"],  # right
        [None, "Hòn Đất", "NTM", 2020, None, None],  # no name
    ]
    for number, values in enumerate(rows, 1):
        here.row(top + number, [number, *values])
    here.signatures(top + len(rows) + 2)
    book.save(file)


def unsaved_formulas(file: Path) -> None:
    """Formulas that a program wrote and no spreadsheet has computed."""
    book, here = page("Xã", [6, 24, 14, 12])
    top = here.letterhead("DANH SÁCH XÃ (CÔNG THỨC CHƯA TÍNH)")
    here.row(top, ["STT", "Tên xã", "Danh hiệu", "Năm đạt chuẩn"], bold=True, across="center")
    here.row(top + 1, [1, "Mỹ Thuận, Hòn Đất", "NTM", 2020])
    here.row(top + 2, [f"=A{top + 1}+1", "Sơn Kiên, Hòn Đất", "NTM", f"=D{top + 1}+1"])
    book.save(file)


def two_tables(file: Path) -> None:
    """A second table below the first, with other headings."""
    book, here = page("Tổng hợp", [6, 24, 14, 14, 18])
    top = here.letterhead("DANH SÁCH XÃ ĐẠT CHUẨN VÀ XÃ ĐĂNG KÝ")
    here.row(top, ["STT", "Tên xã", "Danh hiệu", "Năm đạt chuẩn", "Số QĐ"], bold=True, across="center")
    here.row(top + 1, [1, "Mỹ Thuận, Hòn Đất", "NTM", 2020, None])
    here.text(top + 4, 1, "II. Các xã đăng ký năm 2025", bold=True)
    here.row(top + 5, ["STT", "Tên xã", "Mức đăng ký", "Năm đăng ký", "Ghi chú"], bold=True, across="center")
    here.row(top + 6, [1, "Sơn Kiên, Hòn Đất", "NTM nâng cao", 2025, None])
    book.save(file)


def names_only(file: Path) -> None:
    """A list of names; its level and year stand in the title alone."""
    book, here = page("Sheet1", [6, 30, 24])
    top = here.letterhead("DANH SÁCH CÁC XÃ ĐẠT CHUẨN NÔNG THÔN MỚI NÂNG CAO NĂM 2023")
    here.row(top, ["STT", "Tên xã", "Huyện"], bold=True, across="center")
    for number, names in enumerate(
        (["Hòn Tre", "Kiên Hải"], ["Sơn Hải", "Kiên Lương"], ["Long Thạnh", "Giồng Riềng"]), 1
    ):
        here.row(top + number, [number, *names])
    book.save(file)


def district_list(file: Path) -> None:
    """Districts, numbered by Roman numerals throughout, decided by the Prime Minister."""
    book, here = page("Huyện", [6, 28, 16, 34, 14])
    top = here.letterhead("CÁC HUYỆN, THÀNH PHỐ ĐẠT CHUẨN NÔNG THÔN MỚI", "(Theo các quyết định đã công bố)")
    here.row(top, ["TT", "Huyện, thành phố", "Năm đạt chuẩn", "Quyết định", "Ngày công bố"], bold=True, across="center")
    for number, values in enumerate(
        (
            ["I", "Huyện Giồng Riềng", 2020, "349/QĐ-TTg ngày 12/3/2021", None],
            ["II", "Huyện Vĩnh Thuận", 2020, "669/QĐ-TTg ngày 02/6/2022", date(2022, 7, 15)],
            ["III", "TP. Hà Tiên", 2020, "671/QĐ-TTg ngày 02/6/2022", date(2022, 7, 15)],
            ["IV", "Huyện Châu Thành", 2024, "1119/QĐ-TTg ngày 11/6/2025", None],
        ),
        1,
    ):
        here.row(top + number, values)
    book.save(file)


TEXT = [
    ["STT", "Mã", "Tên xã", "Danh hiệu", "Năm đạt chuẩn", "Số quyết định", "Ngày ký"],
    ["1", "30931", "Ngọc Thuận", "Đạt chuẩn", "2019", "1007/QĐ-UBND", "43587"],
    ["2", "30950", "Ngọc Hòa", "Đạt chuẩn", "2019", "1007/QĐ-UBND", "2-5-2019"],
    ["3", "", "Thạnh Hòa, Giồng Riềng", "Đạt chuẩn", "2019", "1007/QĐ-UBND", "02/05/2019"],
    ["4", "", "=1+1", "Đạt chuẩn", "2019", "", ""],
]


def windows_text(file: Path) -> None:
    """Semicolons in Windows-1258, days as Excel's numbers, a text that begins with “=”."""
    file.write_bytes("\r\n".join(";".join(row) for row in TEXT).translate(_Tones()).encode("cp1258"))


class _Tones(dict[int, str]):
    """Letters as Windows-1258 has them: â, ă, ơ whole, the mark of the tone apart."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code))
        letter = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        return letter + "".join(part for part in parts if part in TONES)


def wide_text(file: Path) -> None:
    """Tabs in UTF-16, letters and marks apart (NFD)."""
    rows = [[unicodedata.normalize("NFD", value) for value in row] for row in TEXT[:4]]
    file.write_bytes("\r\n".join("\t".join(row) for row in rows).encode("utf-16"))


def web_page(file: Path) -> None:
    """A web page that was given the name of an Excel file, as some systems export them."""
    cells = "".join(f"<tr>{''.join(f'<td>{value}</td>' for value in row)}</tr>" for row in TEXT[:4])
    file.write_text(f"<html><body><table>{cells}</table></body></html>", encoding="utf-8")


def cut_off(file: Path) -> None:
    """A workbook of which only the beginning was copied."""
    names_only(file)
    file.write_bytes(file.read_bytes()[:3000])


TABLES = {
    "01-tieu-de-hai-dong.xlsx": merged_heads,
    "02-moi-muc-mot-cot.xlsx": level_columns,
    "03-quyet-dinh-gop-o.xlsx": merged_down,
    "04-nhieu-loi.xlsx": many_faults,
    "05-cong-thuc-chua-tinh.xlsx": unsaved_formulas,
    "06-hai-bang.xlsx": two_tables,
    "07-chi-co-ten.xlsx": names_only,
    "08-cap-huyen.xlsx": district_list,
    "09-windows-1258.csv": windows_text,
    "10-utf-16.csv": wide_text,
    "11-trang-web.xls": web_page,
    "12-chep-thieu.xlsx": cut_off,
}


def build(folder: Path) -> None:
    """Builds every table into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in TABLES.items():
        make(folder / name)


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
