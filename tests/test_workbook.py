"""The workbook: sheets and their figures · numbers as numbers · the look of an office file · text that stays text ·
written whole or not at all · scope, year and language."""

import openpyxl
import pytest

from ntmtrack import paths
from tests.running import run

SHEETS = [
    "Tổng hợp", "Lộ trình", "Danh sách xã", "Danh sách huyện",
    "Chưa đạt chuẩn NTM", "Chưa NTM nâng cao", "Chưa NTM kiểu mẫu", "Ghi chú",
]  # fmt: skip


@pytest.fixture
def book(demo):
    assert run("export", "báo cáo.xlsx", "--year", "2024").code == 0
    return openpyxl.load_workbook("báo cáo.xlsx")


def texts(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def row_of(sheet, label):
    return next([value for value in row if value is not None] for row in texts(sheet) if row[0] == label)


def test_the_sheets_of_the_report(book):
    assert book.sheetnames == SHEETS


def test_progress_against_the_roadmap_as_numbers(book):
    sheet = book["Tổng hợp"]
    assert sheet["A1"].value == "TIẾN ĐỘ XÂY DỰNG NÔNG THÔN MỚI TỈNH KIÊN GIANG NĂM 2024"
    advanced = row_of(sheet, "Xã NTM nâng cao")
    assert advanced == ["Xã NTM nâng cao", 15, 16, 39, 40, 1, 116, 33.62, 34.48, "vượt"]
    assert row_of(sheet, "Cấp huyện đạt chuẩn NTM")[1:3] == ["–", 1]


def test_the_whole_period(book):
    rows = texts(book["Lộ trình"])
    start = next(place for place, row in enumerate(rows) if row[0] == "Xã đạt chuẩn NTM")
    planned, actual = rows[start + 2], rows[start + 3]
    assert planned[1:7] == ["luỹ kế, KH", 90, 101, 113, 114, 116]
    assert actual[1:7] == ["luỹ kế, TH", 90, 105, 112, 116, "–"]  # a report of 2024 knows nothing of 2025


def test_every_commune_with_its_decisions(book):
    rows = [row for row in texts(book["Danh sách xã"]) if isinstance(row[0], int)]
    assert len(rows) == 116
    known = next(row for row in rows if row[3] == "xã Ngọc Thuận")
    assert known[1:3] == ["huyện Giồng Riềng", "30931"]
    assert known[5:8] == [2019, "1007/QĐ-UBND", "02/05/2019"]
    assert known[-1] is None
    file = paths.sample_data() / "kien_giang" / "recognitions_illustrative.csv"
    made_up = {line.split(",")[0] for line in file.read_text(encoding="utf-8").splitlines()[1:] if ",2025," not in line}
    assert {row[2] for row in rows if row[-1] == "MINH HOẠ"} == made_up
    assert len([row for row in texts(book["Danh sách huyện"]) if isinstance(row[0], int)]) == 15


def test_who_remains(book):
    rows = [row for row in texts(book["Chưa NTM nâng cao"]) if isinstance(row[1], int)]
    assert len(rows) == 76


def test_the_footnote_on_illustrative_rows(book):
    for name in ("Tổng hợp", "Lộ trình", "Danh sách xã", "Chưa NTM nâng cao", "Ghi chú"):
        assert any("MINH HOẠ" in str(value) for row in texts(book[name]) for value in row), name


def test_the_look_of_an_office_file(book):
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.freeze_panes
        assert sheet.print_title_rows
        fonts = {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value is not None}
        assert fonts == {"Times New Roman"}


def test_headings_are_merged_above_the_table_only(book):
    sheet = book["Tổng hợp"]
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"B4:C4", "D4:F4", "H4:I4", "A4:A5", "G4:G5", "J4:J5"} <= merged
    body = [cell for row in sheet.iter_rows(min_row=6, max_row=10) for cell in row]
    assert not any(cell.coordinate in area for area in sheet.merged_cells.ranges for cell in body)


def test_formats_show_signs_and_two_decimals(book):
    row = next(row for row in book["Tổng hợp"].iter_rows() if row[0].value == "Xã NTM nâng cao")
    assert [row[place].number_format for place in (4, 5, 8)] == ["#,##0", "+#,##0;-#,##0;0", "0.00"]


def test_there_are_no_formulas(demo):
    run("add-commune", "=1+1", "--district", "903")
    run("record", "=1+1", "--level", "ntm", "--year", "2024", "--decision", "+2/QĐ-UBND")
    run("export", "r.xlsx", "--year", "2024")
    cells = [cell for sheet in openpyxl.load_workbook("r.xlsx") for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == "xã =1+1" for cell in cells)
    assert any(cell.value == "+2/QĐ-UBND" for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n"}


def test_a_district_of_its_own(demo):
    run("export", "r.xlsx", "--year", "2024", "--scope", "huyện Hòn Đất")
    rows = [row for row in texts(openpyxl.load_workbook("r.xlsx")["Danh sách xã"]) if isinstance(row[0], int)]
    assert len(rows) == 12
    assert {row[1] for row in rows} == {"huyện Hòn Đất"}


def test_in_english(demo):
    run("export", "r.xlsx", "--year", "2024", "--lang", "en")
    assert openpyxl.load_workbook("r.xlsx").sheetnames[:2] == ["Summary", "Roadmap"]


def test_a_write_that_fails_leaves_the_old_file_and_no_other(office, demo, monkeypatch):
    run("export", "r.xlsx", "--year", "2023")
    before = (office / "r.xlsx").read_bytes()
    here = sorted(office.iterdir())

    def refuse(_self, _target):
        raise PermissionError(13, "in use")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    refused = run("export", "r.xlsx", "--year", "2024")
    assert (refused.code, "đang mở trong Excel" in refused.err) == (1, True)
    monkeypatch.undo()
    assert (office / "r.xlsx").read_bytes() == before
    assert sorted(office.iterdir()) == here
