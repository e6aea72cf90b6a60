"""The copy that goes back to the sender: its look kept, bad cells marked and explained, a column of faults; corrected
there, it is taken in again."""

import csv

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Alignment, PatternFill
from openpyxl.worksheet.pagebreak import Break

from tests.office_tables.reading import weigh
from tests.running import run

NAME = "04-nhieu-loi"


@pytest.fixture(autouse=True)
def of_kien_giang(ledger):
    """Each table is brought to Kiên Giang's ledger."""


@pytest.fixture
def marked(tables):
    """The sheet of the marked copy, and that of the sender."""
    result = run("import", str(tables / f"{NAME}.xlsx"))
    assert f"Bản đánh dấu để gửi lại: {tables / NAME} (lỗi).xlsx." in result.err
    return load_workbook(tables / f"{NAME} (lỗi).xlsx")["Xã"], load_workbook(tables / f"{NAME}.xlsx")["Xã"]


def test_each_bad_cell_is_coloured_and_explained(marked):
    sheet, _own = marked
    coloured = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.fill.start_color.rgb == "FFFFC7CE"}
    assert coloured == {"B8", "B9", "B10", "B20", "D11", "E12", "E13", "E21", "F14", "G15", "B18", "B19", "E16"}
    assert sheet["B8"].comment.text == "Không có “Mỹ Lâmm” trong huyện Hòn Đất. Có phải ý là: Mỹ Lâm?"


def test_each_bad_row_tells_its_faults_in_a_column_of_their_own(marked):
    sheet, _own = marked
    assert sheet["H7"].value == "Lỗi (ntmtrack)"
    assert sheet["H12"].value == "E12: Không phải năm bốn chữ số. Ghi bốn chữ số, ví dụ 2024."
    assert sheet["H23"].value == "23: Dòng không có tên đơn vị. Ghi tên đơn vị, hoặc xoá trắng dòng."
    assert sheet["H22"].value is None  # the row that is right


def test_the_senders_own_cells_and_look_are_kept(marked):
    sheet, own = marked
    for row in own.iter_rows():
        for cell in row:
            copy = sheet[cell.coordinate]
            assert looks(copy) == looks(cell)
    assert sheet.merged_cells.ranges == own.merged_cells.ranges
    assert {key: one.width for key, one in own.column_dimensions.items()}.items() <= {
        key: one.width for key, one in sheet.column_dimensions.items()
    }.items()
    assert sheet.page_setup.orientation == own.page_setup.orientation


def looks(cell):
    return cell.value, repr(cell.font), repr(cell.border), repr(cell.alignment), cell.number_format


def test_the_copy_is_corrected_and_taken_in(tables):
    run("import", str(tables / f"{NAME}.xlsx"))
    copy = tables / f"{NAME} (lỗi).xlsx"
    book = load_workbook(copy)
    book["Xã"]["B8"].value = "Mỹ Lâm"
    book.save(copy)
    result, lines = weigh(copy)
    assert result.code == 3
    assert "Xã!B8" not in [line["cell"] for line in lines if line["state"] == "refused"]
    run("import", str(copy))  # a copy of the copy: the old marks go, the new ones come
    again = load_workbook(tables / f"{NAME} (lỗi) (lỗi).xlsx")["Xã"]
    assert (again["B8"].comment, again["B8"].fill.start_color.rgb, again["H8"].value) == (None, "00000000", None)
    assert again["B9"].comment.text.count("khớp với 2 đơn vị") == 1
    assert again.max_column == 8


def test_copies_do_not_pile_up_and_none_that_was_touched_is_overwritten(tables):
    for _time in range(3):
        run("import", str(tables / f"{NAME}.xlsx"))
    assert [file.name for file in tables.glob(f"{NAME} *.xlsx")] == [f"{NAME} (lỗi).xlsx"]
    first = tables / f"{NAME} (lỗi).xlsx"
    book = load_workbook(first)
    book["Xã"]["B8"].value = "Mỹ Lâm"
    book.save(first)
    touched = first.read_bytes()
    for _time in range(2):
        run("import", str(tables / f"{NAME}.xlsx"))
    assert sorted(file.name for file in tables.glob(f"{NAME} *.xlsx")) == [f"{NAME} (lỗi 2).xlsx", f"{NAME} (lỗi).xlsx"]
    assert first.read_bytes() == touched


def test_a_copy_goes_where_it_is_told_or_nowhere(tables, office):
    result = run("import", str(tables / f"{NAME}.xlsx"), "--annotate", "gửi lại.xlsx")
    assert "gửi lại.xlsx" in result.err
    assert (office / "gửi lại.xlsx").exists()
    assert "Bản đánh dấu" not in run("import", str(tables / f"{NAME}.xlsx"), "--no-annotate").err
    assert list(tables.glob("*lỗi*")) == []


def test_rows_left_out_are_marked_all_the_same(tables):
    result = run("import", str(tables / f"{NAME}.xlsx"), "--skip-bad")
    assert result.code == 0
    assert "Bản đánh dấu để gửi lại" in result.err
    assert "bỏ 14 dòng sai (Mỹ Lâmm, Bình An, " in result.err


def test_a_text_gets_a_column_of_faults(tables):
    run("import", str(tables / "09-windows-1258.csv"))
    with (tables / "09-windows-1258 (lỗi).csv").open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.reader(text, delimiter=";"))
    assert rows[0][-1] == "Lỗi (ntmtrack)"
    assert rows[4][-1].startswith("C5: Sổ này không có đơn vị nào tên “=1+1”.")
    assert rows[1][-1] == ""
    assert rows[1][2] == "Ngọc Thuận"


def test_merged_cells_are_marked_in_the_cell_that_shows_them(tables, office):
    book = load_workbook(tables / "03-quyet-dinh-gop-o.xlsx")
    book["QĐ"]["D9"].value = "1007/QĐ-UBND ngày 31/2/2019"
    book.save(office / "a.xlsx")
    assert run("import", "a.xlsx").code == 3
    sheet = load_workbook(office / "a (lỗi).xlsx")["QĐ"]
    assert sheet["D9"].fill.start_color.rgb == "FFFFC7CE"
    assert [bool(sheet[f"E{row}"].value) for row in (9, 10, 11, 13)] == [True, True, True, False]


def test_the_column_of_faults_looks_like_the_table_and_prints_with_it(tables, office):
    book = load_workbook(tables / "01-tieu-de-hai-dong.xlsx")
    own = book["Xã"]
    for cell in (*own[7], *own[8]):
        cell.fill = PatternFill("solid", start_color="FFD9E1F2", end_color="FFD9E1F2")
    own.print_area = "A1:I24"
    own.col_breaks.append(Break(id=5))
    own.column_dimensions["B"].width = 12
    own["B12"].value = own["B11"].value = "Một tên dài quá một dòng, không có ở đâu"
    own["B12"].alignment = own["B11"].alignment = Alignment(wrap_text=True)
    book.save(office / "a.xlsx")
    assert run("import", "a.xlsx").code == 3
    sheet = load_workbook(office / "a (lỗi).xlsx")["Xã"]
    assert sheet["J7"].value == "Lỗi (ntmtrack)"
    assert "J7:J8" in [block.coord for block in sheet.merged_cells.ranges]
    assert (sheet["J7"].fill.start_color.rgb, sheet["J7"].font.b) == ("FFD9E1F2", sheet["I7"].font.b)
    for row in range(9, 20):
        assert repr(sheet.cell(row, 10).border) == repr(sheet.cell(row, 9).border)
    assert sheet.cell(13, 10).border.bottom.style == "thin"
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert sheet.print_area == "'Xã'!$A$1:$J$24"
    assert not sheet.col_breaks.brk
    assert sheet.row_dimensions[11].height >= 4 * 16
    run("import", str(office / "a (lỗi).xlsx"))
    again = load_workbook(office / "a (lỗi) (lỗi).xlsx")["Xã"]
    assert again.max_column == sheet.max_column
