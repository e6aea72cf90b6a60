"""Two folders of returns as an office keeps them, of districts and of departments: ten tables, each ugly in its way.

What each tells is said beside it, worked out by reading it as an officer does: unit, level, year, decision.
"""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

NTM, NC, KM = "đạt chuẩn NTM", "NTM nâng cao", "NTM kiểu mẫu"
Row = Sequence[object]


def sheet_of(
    book: Workbook, title: str, rows: Sequence[Row], merged: Sequence[str] = (), bold: Sequence[int] = ()
) -> Any:
    """A sheet with these rows, merged areas, and rows in bold."""
    sheet: Worksheet = book.create_sheet(title)
    for row in rows:
        sheet.append([*row])
    for area in merged:
        sheet.merge_cells(area)
    for number in bold:
        for cell in sheet[number]:
            cell.font = Font(bold=True)
            cell.alignment = Alignment(horizontal="center", wrap_text=True)
    return sheet


def letterhead(agency: str, title: str, under: str = "") -> list[Row]:
    """What stands above a table: agency, country, the title over two rows."""
    return [
        ["UBND TỈNH KIÊN GIANG", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        [agency, None, None, "Độc lập - Tự do - Hạnh phúc"],
        [None, None, None, "Kiên Giang, ngày 08 tháng 01 năm 2024"],
        [title],
        [under or "(Kèm theo Báo cáo số 15/BC-UBND ngày 08/01/2024)"],
        [],
    ]


def hon_dat(book: Workbook) -> None:
    """Sections by level with numbers that begin anew, a decision and a year merged downwards, sums, signatures."""
    rows = [
        *letterhead("ỦY BAN NHÂN DÂN HUYỆN HÒN ĐẤT", "BIỂU TỔNG HỢP KẾT QUẢ XÂY DỰNG NÔNG THÔN MỚI"),
        ["TT", "Xã, thị trấn", "Năm được công nhận", "Quyết định công nhận", None, "Ghi chú"],
        [None, None, None, "Số", "Ngày, tháng, năm", None],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        ["I", "Xã đạt chuẩn nông thôn mới (3 xã)"],
        [1, "Mỹ Lâm", 2015, "45/QĐ-UBND", date(2016, 1, 12), None],
        [2, "XÃ SƠN KIÊN", None, None, None, "xã điểm"],
        [3, "Mỹ Thuận", "2019", "1007/QĐ-UBND", "02/5/2020", None],
        [None, "Cộng: 03 xã"],
        ["II", "Xã đạt chuẩn nông thôn mới nâng cao (1 xã)"],
        [1, "Mỹ Lâm", 2022, "07/QĐ-UBND", "28-2-2023", None],
        ["Tổng cộng", None, 4],
        [None, None, None, "TM. ỦY BAN NHÂN DÂN"],
        [None, "NGƯỜI LẬP BIỂU", None, "KT. CHỦ TỊCH"],
        [None, None, None, "PHÓ CHỦ TỊCH"],
    ]
    merged = ["A4:F4", "A5:F5", "A7:A8", "B7:B8", "C7:C8", "D7:E7", "F7:F8", "C11:C12", "D11:D12", "E11:E12", "A17:B17"]
    sheet_of(book, "Biểu 01", rows, merged, [7, 8])


OF_HON_DAT = [
    ("Mỹ Lâm", NTM, 2015, "45/QĐ-UBND ngày 12/01/2016"),
    ("Sơn Kiên", NTM, 2015, "45/QĐ-UBND ngày 12/01/2016"),
    ("Mỹ Thuận", NTM, 2019, "1007/QĐ-UBND ngày 02/05/2020"),
    ("Mỹ Lâm", NC, 2022, "07/QĐ-UBND ngày 28/02/2023"),
]


def giong_rieng(book: Workbook) -> None:
    """Years across with marks, one block a level, and a row that counts them."""
    rows = [
        *letterhead("PHÒNG NÔNG NGHIỆP VÀ PTNT", "TIẾN ĐỘ CÔNG NHẬN XÃ NÔNG THÔN MỚI HUYỆN GIỒNG RIỀNG"),
        ["STT", "Tên xã", "Đạt chuẩn NTM", None, None, "NTM nâng cao", None, "Ghi chú"],
        [None, None, 2018, 2019, 2020, 2022, 2023, None],
        [1, "Thạnh Hưng", "x", None, None, "x", None, None],
        [2, "Ngọc Thuận", None, "x", None, None, "x", None],
        [3, "Ngọc Hoà", None, "X", None, None, None, None],
        [4, "Vĩnh Thạnh", None, None, "x", None, None, "xã vùng sâu"],
        [5, "Bàn Thạch", None, None, None, None, None, None],
        [None, "Tổng số", 1, 2, 1, 1, 1],
        [None, None, None, None, None, "TRƯỞNG PHÒNG"],
    ]
    merged = ["A7:A8", "B7:B8", "C7:E7", "F7:G7", "H7:H8"]
    sheet_of(book, "Giồng Riềng", rows, merged, [7, 8])


OF_GIONG_RIENG = [
    ("Thạnh Hưng", NTM, 2018, ""),
    ("Thạnh Hưng", NC, 2022, ""),
    ("Ngọc Thuận", NTM, 2019, ""),
    ("Ngọc Thuận", NC, 2023, ""),
    ("Ngọc Hòa", NTM, 2019, ""),
    ("Vĩnh Thạnh", NTM, 2020, ""),
]


def an_bien(book: Workbook) -> None:
    """A cover, a sheet a level with the level in the heading of the names, a hidden draft, a hidden list of words."""
    sheet_of(book, "Bìa", [["BÁO CÁO"], ["Kết quả xây dựng nông thôn mới huyện An Biên"]])
    ntm = [["DANH SÁCH XÃ ĐẠT CHUẨN NTM"], [], ["TT", "Xã đạt chuẩn NTM", "Năm", "QĐ"]]
    ntm += [[1, "Tây Yên", 2018, "12/QĐ-UBND ngày 05/01/2019"], [2, "Đông Thái", 2020, "3/QĐ-UBND"], [None, "Cộng", 2]]
    sheet_of(book, "NTM", ntm)
    high = [["DANH SÁCH XÃ ĐẠT CHUẨN NTM NÂNG CAO"], [], ["TT", "Xã đạt chuẩn NTM nâng cao", "Năm", "QĐ"]]
    sheet_of(book, "NC", [*high, [1, "Đông Thái", 2023, "21/QĐ-UBND ngày 02 tháng 02 năm 2024"]])
    sheet_of(book, "Nháp", [["TT", "Xã đạt chuẩn NTM", "Năm"], [1, "Nam Thái", 2024]]).sheet_state = "hidden"
    sheet_of(book, "Danh mục", [["Đạt"], ["Chưa đạt"]]).sheet_state = "hidden"


OF_AN_BIEN = [
    ("Tây Yên", NTM, 2018, "12/QĐ-UBND ngày 05/01/2019"),
    ("Đông Thái", NTM, 2020, "3/QĐ-UBND"),
    ("Đông Thái", NC, 2023, "21/QĐ-UBND ngày 02/02/2024"),
]


def tan_hiep(book: Workbook) -> None:
    """Years alone on rows, one merged; a summary by years beside the table; a hidden row; a remark below."""
    rows = [
        ["DANH SÁCH XÃ ĐƯỢC CÔNG NHẬN QUA CÁC NĂM - HUYỆN TÂN HIỆP"],
        [],
        ["TT", "Phường, xã", "Danh hiệu", "Số QĐ", "Ngày ký", None, None, "Năm", "Số xã"],
        [2014, None, None, None, None, None, None, 2014, 1],
        [1, "Tân Hiệp A", "NTM", "2876/QĐ-UBND", 42016, None, None, 2016, 2],
        ["2016"],
        [2, "Thạnh Đông A", "NTM", "15/QĐ-UBND", "2017-01-06 00:00:00", None, None, 2022, 1],
        [3, "Thạnh Đông B", "NTM", "15/QĐ-UBND", "06/01/2017"],
        [2022],
        [4, "Tân Hội", "Nâng cao", "NULL", "NULL"],
        [],
        ["Ghi chú: số liệu đến ngày 31/12/2023"],
    ]
    sheet = sheet_of(book, "Xã", rows, ["A9:E9"], [3])
    sheet.row_dimensions[8].hidden = True


OF_TAN_HIEP = [
    ("Tân Hiệp A", NTM, 2014, "2876/QĐ-UBND ngày 12/01/2015"),
    ("Thạnh Đông A", NTM, 2016, "15/QĐ-UBND ngày 06/01/2017"),
    ("Thạnh Đông B", NTM, 2016, "15/QĐ-UBND ngày 06/01/2017"),
    ("Tân Hội", NC, 2022, ""),
]


def vinh_thuan(book: Workbook) -> None:
    """A row a district with its communes listed in one cell, and how many they are."""
    rows = [
        *letterhead("VĂN PHÒNG ĐIỀU PHỐI NTM", "CÁC XÃ ĐẠT CHUẨN NÔNG THÔN MỚI NĂM 2020 THEO HUYỆN"),
        ["TT", "Huyện, thành phố", "Số xã", "Các xã đạt chuẩn", "Quyết định"],
        [1, "Huyện Vĩnh Thuận", 2, "Phong Đông, Vĩnh Phong", "19/QĐ-UBND ngày 20/01/2021"],
        [2, "H. Gò Quao", 3, "Định Hoà; Thới Quản và Vĩnh Tuy", "19/QĐ-UBND ngày 20/01/2021"],
        [3, "Kiên Hải", 1, "Hòn Tre", "20/QĐ-UBND"],
        [None, "Tổng cộng", 6],
    ]
    sheet_of(book, "Tổng hợp", rows, ["A4:E4"], [7])


OF_VINH_THUAN = [
    *((name, NTM, 2020, "19/QĐ-UBND ngày 20/01/2021") for name in ("Phong Đông", "Vĩnh Phong")),
    *((name, NTM, 2020, "19/QĐ-UBND ngày 20/01/2021") for name in ("Định Hòa", "Thới Quản", "Vĩnh Tuy")),
    ("Hòn Tre", NTM, 2020, "20/QĐ-UBND"),
]


def chau_thanh(file: Path) -> None:
    """A text as a program writes it: moments, words for nothing, its own names of columns, no marks lost."""
    text = """\
Id,Quận Huyện,Phường Xã,Mã xã,Danh hiệu,Năm CN,Số QĐ,Ngày ký,Ghi chú
1,Huyện Châu Thành,Xã Bình An,30898,Đạt chuẩn,2020.0,12/QĐ-UBND,2021-01-05T00:00:00+07:00,NULL
2,Huyện Châu Thành,Xã Thạnh Lộc,30901,Đạt chuẩn,2019,N/A,NaT,
3,Huyện Châu Thành,Xã Mong Thọ,30887,Kiểu mẫu (giáo dục),2023,31/QĐ-UBND,2024-01-30T17:00:00Z,
"""
    file.write_text(text, encoding="utf-8-sig")


OF_CHAU_THANH = [
    ("Bình An", NTM, 2020, "12/QĐ-UBND ngày 05/01/2021"),
    ("Thạnh Lộc", NTM, 2019, ""),
    ("Mong Thọ", KM, 2023, "31/QĐ-UBND ngày 31/01/2024"),
]


def kien_luong(book: Workbook) -> None:
    """Sections of tiers, an unmerged heading over several columns, a district by its own name."""
    rows = [
        ["PHỤ LỤC 2"],
        ["KẾT QUẢ CÔNG NHẬN CẤP XÃ, CẤP HUYỆN"],
        [],
        ["STT", "Đơn vị", "Huyện", "Nông thôn mới", None, "Nông thôn mới nâng cao", None],
        [None, None, None, "Năm", "Quyết định", "Năm", "Quyết định"],
        ["A. CẤP XÃ"],
        ["1", "Xã Hòa Điền", "Kiên Lương", "2017", "105/QĐ-UBND ngày 15.01.2018", None, None],
        ["2", "Xã Bình Trị", "Kiên Lương", 2019, "QĐ số 9/QĐ-UBND", 2023, "55/QĐ-UBND ngày 01/03/2024"],
        ["B. CẤP HUYỆN"],
        ["1", "Huyện Kiên Lương", None, 2021, "700/QĐ-TTg ngày 10/6/2022 của Thủ tướng Chính phủ", None, None],
        [None, "Nơi nhận:"],
        [None, "- Văn phòng Điều phối;"],
    ]
    sheet_of(book, "PL2", rows, ["A4:A5", "B4:B5", "C4:C5", "A6:G6", "A9:G9"], [4, 5])


OF_KIEN_LUONG = [
    ("Hòa Điền", NTM, 2017, "105/QĐ-UBND ngày 15/01/2018"),
    ("Bình Trị", NTM, 2019, "9/QĐ-UBND"),
    ("Bình Trị", NC, 2023, "55/QĐ-UBND ngày 01/03/2024"),
    ("huyện Kiên Lương", NTM, 2021, "700/QĐ-TTg ngày 10/06/2022"),
]


def go_quao(book: Workbook) -> None:
    """Years with their counts in the column of years, the level over the names, the district in brackets."""
    rows = [
        ["TT", None, "Năm đạt chuẩn", "Xã đạt chuẩn NTM", "QĐ công nhận", "Người theo dõi"],
        [None, None, "2019 (2 xã)"],
        [1, 1, None, "Định An (Gò Quao)", "77/QĐ-UBND", "tổ 1"],
        [2, 2, None, "Vĩnh Phước A (Gò Quao)", "77/QĐ-UBND", "tổ 1"],
        [None, None, "2021 (1 xã)"],
        [3, 1, None, "Thuỷ Liễu (Gò Quao)", "78/QĐ-UBND", "tổ 2"],
        [None, None, None, "Total", None],
    ]
    sheet_of(book, "NTM", rows)


OF_GO_QUAO = [
    ("Định An", NTM, 2019, "77/QĐ-UBND"),
    ("Vĩnh Phước A", NTM, 2019, "77/QĐ-UBND"),
    ("Thủy Liễu", NTM, 2021, "78/QĐ-UBND"),
]


def u_minh_thuong(book: Workbook) -> None:
    """Pages with sums carried over, headings again on each page, districts by number, remarks in stars."""
    head = ["Số TT", "Tên xã", "Mức đạt", "Đạt chuẩn năm", "Văn bản công nhận"]
    rows = [
        ["BẢNG THEO DÕI XÃ NTM"],
        head,
        ["I", "Huyện U Minh Thượng"],
        [1, "- Thạnh Yên (*)", "Đạt chuẩn NTM", 2018, "Quyết định số 33/QĐ-UBND ngày 09 tháng 01 năm 2019"],
        [2, "- Vĩnh Hòa", "NTM", 2020, None],
        [None, "Cộng trang", 2],
        head,
        [None, "Mang sang", 2],
        ["II", "Huyện An Minh"],
        [1, "Đông Hưng B", "NTM", 2021, "41/QĐ-UBND"],
        [2, "Vân Khánh", "NTM giai đoạn 2021-2025", 2022, "42/QĐ-UBND"],
        [None, "Tổng cộng: 04 xã"],
        ["(*) Xã được công nhận lại sau khi sáp nhập ấp, theo hướng dẫn của Văn phòng Điều phối nông thôn mới."],
    ]
    sheet_of(book, "Theo dõi", rows, ["A1:E1"], [2, 7])


OF_U_MINH_THUONG = [
    ("Thạnh Yên", NTM, 2018, "33/QĐ-UBND ngày 09/01/2019"),
    ("Vĩnh Hòa", NTM, 2020, ""),
    ("Đông Hưng B", NTM, 2021, "41/QĐ-UBND"),
    ("Vân Khánh", NTM, 2022, "42/QĐ-UBND"),
]


def phu_quoc(book: Workbook) -> None:
    """What no table should hold: months first, a year of two digits, a district among communes, a wrong name."""
    rows = [
        ["STT", "Tên xã/phường", "Thuộc huyện", "Danh hiệu", "Năm", "Số QĐ", "Ngày ký"],
        [1, "Gành Dầu", "Phú Quốc", "NTM", 2017, "1/QĐ-UBND", "29/12/17"],
        [2, "Hàm Ninh", "Phú Quốc", "NTM", 2018, "2/QĐ-UBND", "01/25/2019"],
        [3, "Cửa Cạn", "Phú Quốc", "NTM", 2019, "3/QĐ-UBND", "02/03/2020"],
        [4, "Phú Quốc", None, "Hoàn thành nhiệm vụ", 2020, "4/QĐ-UBND", "2021-01-05"],
        [5, "Dương Đông", "Phú Quốc", "NTM", 2020, "5/QĐ-UBND", "2021-01-05"],
        [6, "Bãi Thơmm", "Phú Quốc", "NTM", 2020, "6/QĐ-UBND", "2021-01-05"],
        [7, "Thổ Châu", "Phú Quốc", "NTM (sơ bộ)", 2020, "7/QĐ-UBND", "2021-01-05"],
        [8, "Cửa Dương", "Phú Quốc", "NTM", 2020, "8/QĐ-UBND", "2021-01-05"],
    ]
    sheet_of(book, "Xã", rows)


OF_PHU_QUOC = [("Cửa Dương", NTM, 2020, "8/QĐ-UBND ngày 05/01/2021")]

# What a file tells, and with which options it is taken in.
Told = Sequence[tuple[str, str, int, str]]
BOOKS: dict[str, tuple[Callable[[Workbook], None], Told, tuple[str, ...]]] = {
    "huyện/Hòn Đất.xlsx": (hon_dat, OF_HON_DAT, ()),
    "huyện/Giồng Riềng.xlsx": (giong_rieng, OF_GIONG_RIENG, ()),
    "huyện/An Biên.xlsx": (an_bien, OF_AN_BIEN, ("--sheet", "NTM", "--sheet", "NC")),
    "huyện/Tân Hiệp.xlsx": (tan_hiep, OF_TAN_HIEP, ()),
    "huyện/Gò Quao.xlsx": (go_quao, OF_GO_QUAO, ()),
    "sở/Tổng hợp.xlsx": (vinh_thuan, OF_VINH_THUAN, ("--level", "ntm", "--year", "2020")),
    "sở/Phụ lục 2.xlsx": (kien_luong, OF_KIEN_LUONG, ()),
    "sở/Theo dõi.xlsx": (u_minh_thuong, OF_U_MINH_THUONG, ()),
    "sở/Chưa soát.xlsx": (phu_quoc, OF_PHU_QUOC, ()),
}
TEXTS: dict[str, tuple[Callable[[Path], None], Told, tuple[str, ...]]] = {
    "sở/Phần mềm.csv": (chau_thanh, OF_CHAU_THANH, ()),
}


def build(folder: Path) -> None:
    """Builds all of them."""
    for name, (make, _told, _options) in BOOKS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        book = Workbook()
        book.remove(book.active)
        make(book)
        book.save(folder / name)
    for name, (write, _told, _options) in TEXTS.items():
        write(folder / name)
