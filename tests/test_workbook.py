"""The workbook: its sheets and their figures · every number leads to its list · the look of an office file · numbers
as numbers, text that stays text · charts drawn from cells · the same bytes · other readers see the same · written
whole or not at all, beside a file that is open · scope, year, sheets and language."""

import re
import sys
import zipfile
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter, range_boundaries
from python_calamine import CalamineWorkbook

from ntmtrack import paths
from ntmtrack.commands import Session
from ntmtrack.excel import LINE_HEIGHT
from ntmtrack.export.workbook.style import text_width
from tests.running import begin, keep_number, run

SHEETS = ["Tổng hợp", "Lộ trình", "Theo huyện", "Danh sách", "Danh sách huyện", "Mới trong năm", "Chưa đạt"]
WORKING = ["Đối chiếu thêm", "Biểu đồ", "Kiểm tra", "Dữ liệu", "Ghi chú"]


@pytest.fixture(scope="module")
def file(built_demo, tmp_path_factory):
    """The sample's report of 2024."""
    made = tmp_path_factory.mktemp("report") / "báo cáo.xlsx"
    asked = ("--year", "2024", "--working", "--db", str(built_demo / "ntmtrack-demo.db"))
    assert run("export", str(made), *asked).code == 0
    return made


@pytest.fixture(scope="module")
def book(file):
    return openpyxl.load_workbook(file)


@pytest.fixture(scope="module")
def working_file(file):
    """The working sheets of the same report."""
    return file.with_name("báo cáo (số liệu làm việc).xlsx")


@pytest.fixture(scope="module")
def working(working_file):
    return openpyxl.load_workbook(working_file)


def texts(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def row_of(sheet, label):
    return next(row for row in texts(sheet) if label in row[:2])


def numbered(sheet):
    """The rows of the list on a sheet."""
    return [row for row in texts(sheet) if isinstance(row[0], int)]


def head_of(sheet):
    """The row of the column numbers."""
    return next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == "(1)")


def test_what_is_signed_and_what_is_for_the_office_are_two_files(book, working):
    assert book.sheetnames == SHEETS
    assert working.sheetnames == WORKING


def test_all_sheets_in_one_file_on_request(demo, office):
    for word in ("all", "tất cả", "tat ca"):
        said = run("export", "r.xlsx", "--year", "2024", "--sheets", word)
        assert (said.code, set(openpyxl.load_workbook("r.xlsx").sheetnames)) == (0, {*SHEETS, *WORKING}), said.err
    assert [file.name for file in office.glob("*.xlsx")] == ["r.xlsx"]


def test_neither_file_is_written_where_the_other_may_not_be(demo, office):
    (office / "r (số liệu làm việc).xlsx").write_text("của tôi", encoding="utf-8")
    refused = run("export", "r.xlsx", "--working")
    assert (refused.code, "số liệu làm việc" in refused.err, (office / "r.xlsx").exists()) == (1, True, False)


def test_the_working_sheets_go_into_a_workbook_beside_any_kind_of_file(demo, office):
    assert run("export", "r.md", "--working", "--year", "2024").code == 0
    assert openpyxl.load_workbook("r (số liệu làm việc).xlsx").sheetnames == WORKING


def test_progress_against_the_roadmap_as_numbers(book):
    sheet = book["Tổng hợp"]
    assert sheet["A5"].value == "TIẾN ĐỘ XÂY DỰNG NÔNG THÔN MỚI TỈNH KIÊN GIANG NĂM 2024"
    assert row_of(sheet, "Xã đạt chuẩn NTM nâng cao") == [
        4,
        "Xã đạt chuẩn NTM nâng cao",
        15,
        16,
        39,
        40,
        1,
        116,
        33.62,
        34.48,
    ]
    assert row_of(sheet, "Cấp huyện đạt chuẩn NTM")[2:4] == ["–", 1]
    assert row_of(sheet, "Cấp huyện")[2:7] == [15, 6, 9, 0, 0]
    assert any("116/116 xã đạt chuẩn NTM (100%)" in str(row[0]) for row in texts(sheet))


def test_a_status_stands_only_where_it_is_asked_for(book, demo):
    heads = {str(value) for sheet in book for row in texts(sheet) for value in row}
    assert "Tình trạng" not in heads
    run("export", "r.xlsx", "--year", "2024", "--with-status")
    judged = openpyxl.load_workbook("r.xlsx")
    assert row_of(judged["Tổng hợp"], "Xã đạt chuẩn NTM nâng cao")[-1] == "vượt"
    assert "Tình trạng" in str(texts(judged["Lộ trình"]))


def test_the_whole_period_year_by_year(book):
    rows = [row for row in texts(book["Lộ trình"]) if row[0] == "Xã đạt chuẩn NTM"]
    assert [row[1] for row in rows] == [2021, 2022, 2023, 2024, 2025]
    assert [row[4] for row in rows] == [90, 101, 113, 114, 116]
    assert [row[5] for row in rows] == [90, 105, 112, 116, "–"]  # a report of 2024 knows nothing of 2025
    assert rows[1][2:5] + rows[1][8:10] == [11, 15, 101, 87.07, 90.52]


def test_the_districts_in_official_order_with_their_sum(book):
    rows = numbered(book["Theo huyện"])
    assert len(rows) == 15
    total = row_of(book["Theo huyện"], "Tổng cộng")
    for column in (2, 3, 5, 6, 8, 9, 11, 12):
        assert sum(row[column] for row in rows) == total[column]
    assert total[2:12] == [116, 116, 100, 4, 40, 34.48, 16, 2, 1.72, 2]
    assert next(row for row in rows if row[1] == "Huyện Châu Thành")[13] == "Đạt chuẩn NTM (2024)"
    assert [row[1] for row in rows][:3] == ["Thành phố Rạch Giá", "Thành phố Hà Tiên", "Huyện Kiên Lương"]


def test_every_commune_with_its_decisions(book):
    rows = numbered(book["Danh sách"])
    assert len(rows) == 116
    known = next(row for row in rows if row[1] == "Xã Ngọc Thuận")
    assert known[2:5] == ["Huyện Giồng Riềng", "30931", "NTM nâng cao"]
    assert known[5:8] == [2019, "1007/QĐ-UBND", "02/05/2019"]
    assert known[-1] is None
    sample = paths.sample_data() / "kien_giang" / "recognitions_illustrative.csv"
    lines = sample.read_text(encoding="utf-8").splitlines()[1:]
    made_up = {line.split(",")[0] for line in lines if ",2025," not in line}
    assert {row[3] for row in rows if row[-1] == "MINH HOẠ"} == made_up
    assert len(numbered(book["Danh sách huyện"])) == 15


def test_who_is_new_and_who_remains(book):
    new = [row[4] for row in numbered(book["Mới trong năm"])]
    assert {level: new.count(level) for level in dict.fromkeys(new)} == {
        "Cấp huyện đạt chuẩn NTM": 1, "Xã đạt chuẩn NTM": 4,
        "Xã đạt chuẩn NTM nâng cao": 16, "Xã đạt chuẩn NTM kiểu mẫu": 2,
    }  # fmt: skip
    missing = numbered(book["Chưa đạt"])
    assert [sum(row[place] == "x" for row in missing) for place in (5, 6)] == [76, 114]
    assert row_of(book["Chưa đạt"], "Tổng cộng")[5:] == [76, 114]  # of NTM, which none lacks, there is no column


def test_the_checks_name_what_the_figures_do_not_agree_with(working):
    rows = texts(working["Kiểm tra"])
    assert any("3 + 21 + 15 + 2 = 41" in str(row[1]) for row in rows)
    published = next(row for row in rows if row[0] == "Xã đạt chuẩn NTM")
    assert published[2:8] == ["04/2019", 58, 51, -7, 46, -12]
    named = next(row for row in rows if str(row[0]).startswith("Cấp huyện đạt chuẩn NTM (2025)"))
    assert named[2:4] == ["huyện Kiên Hải", "huyện Châu Thành"]


def test_the_facts_are_a_plain_table(working):
    sheet = working["Dữ liệu"]
    head, *rows = texts(sheet)
    assert not sheet.merged_cells.ranges
    assert len(rows) == 170
    assert len(set(head)) == len(head)
    assert all(isinstance(cell, str) for cell in head)
    counted = [row for row in rows if row[head.index("Tính vào báo cáo")] == 1]
    level = head.index("Mức")
    assert sum(row[level] == "NTM nâng cao" for row in counted) == 40


def test_every_number_of_the_summary_leads_to_its_list(book):
    sheet = book["Tổng hợp"]
    figures = [
        cell for row in sheet.iter_rows(min_row=12, min_col=3) for cell in row if isinstance(cell.value, int | float)
    ]
    assert len(figures) == 49
    for cell in figures:
        assert cell.hyperlink, cell.coordinate
        name, area = re.fullmatch(r"'(.+)'!(.+)", cell.hyperlink.location).groups()
        assert name in SHEETS
        _left, first, _right, last = range_boundaries(area)
        told = [book[name].cell(row, 1).value for row in range(first, last + 1)]
        listed = [value for value in told if isinstance(value, int)]
        if cell.column in (9, 10) or name in ("Lộ trình", "Chưa đạt"):
            continue  # shares, the plan, all who remain: below
        behind = cell.value
        if (
            cell.column == 7 and sheet.cell(cell.row, 10).value is not None
        ):  # who is ahead is led to those reached, who is behind to those missing
            reached, total = sheet.cell(cell.row, 6).value, sheet.cell(cell.row, 8).value
            behind = reached if cell.value >= 0 else total - reached
        assert len(listed) == (behind or 0), (cell.coordinate, cell.value, area)


def test_plans_lead_to_their_years_and_shares_and_gaps_to_their_units(book):
    sheet = book["Tổng hợp"]
    row = next(row[0].row for row in sheet.iter_rows() if row[1].value == "Xã đạt chuẩn NTM kiểu mẫu")
    leads_to = {column: sheet.cell(row, column).hyperlink.location for column in (3, 5, 6, 7, 9, 10)}
    assert leads_to[3] == leads_to[5] == leads_to[9]
    name, area = leads_to[3].split("!")
    _left, first, _right, last = range_boundaries(area)
    assert name == "'Lộ trình'"
    assert {book["Lộ trình"].cell(at, 1).value for at in range(first, last + 1)} == {"Xã đạt chuẩn NTM kiểu mẫu"}
    assert [book["Lộ trình"].cell(at, 2).value for at in range(first, last + 1)] == [2021, 2022, 2023, 2024, 2025]
    assert leads_to[10] == leads_to[6]
    name, area = leads_to[7].split("!")
    left, first, right, last = range_boundaries(area)
    assert (name, left, right) == ("'Chưa đạt'", 7, 7)
    assert sum(book["Chưa đạt"].cell(at, left).value == "x" for at in range(first, last + 1)) == 114


def test_a_list_behind_a_number_names_just_those_units(book):
    sheet = book["Tổng hợp"]
    place = next(row[0].row for row in sheet.iter_rows() if row[1].value == "Xã đạt chuẩn NTM nâng cao")
    _name, area = sheet.cell(place, 6).hyperlink.location.split("!")
    _left, first, _right, last = range_boundaries(area)
    levels = [book["Danh sách"].cell(row, 5).value for row in range(first, last + 1)]
    assert levels == ["NTM kiểu mẫu"] * 2 + ["NTM nâng cao"] * 38


def test_the_footnote_on_illustrative_rows(book, working):
    for name in ("Tổng hợp", "Lộ trình", "Theo huyện", "Danh sách", "Mới trong năm"):
        assert any("MINH HOẠ" in str(value) for row in texts(book[name]) for value in row), name
    for name in ("Kiểm tra", "Ghi chú"):
        assert any("MINH HOẠ" in str(value) for row in texts(working[name]) for value in row), name


def test_the_look_of_an_office_file(book, working):
    for sheet in (*book, *working):
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
        fonts = {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value is not None}
        assert fonts == {"Times New Roman"}
        assert "&P/&N" in sheet.oddFooter.center.text
    for name in SHEETS:
        sheet = book[name]
        assert sheet.page_setup.fitToWidth in (1, None)  # 1 is left out
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        if name == "Tổng hợp":  # the headings of one table must not stand over another
            assert (sheet.freeze_panes, sheet.print_title_rows) == (None, None)
        else:
            assert sheet.freeze_panes.lstrip("ABC") == str(head_of(sheet) + 1)
            assert sheet.print_title_rows.endswith(f"${head_of(sheet)}")
        shown = " ".join(str(value) for row in texts(sheet) for value in row if value)
        for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ"):
            assert (words in shown) == (name == "Tổng hợp"), name  # once, on the first sheet
        assert ("(Kèm theo Báo cáo số" in shown) == (name != "Tổng hợp")
    called = [book[name]["A1"].value for name in SHEETS[1:]]
    assert called == [f"Phụ lục {number}" for number in ("I", "II", "III", "IV", "V", "VI")]
    assert book["Tổng hợp"].page_setup.fitToHeight in (1, None)
    assert book["Danh sách"].page_setup.fitToHeight in (0, 4)  # as many as it takes, none for signatures alone
    assert book["Danh sách"].auto_filter.ref == "A7:K123"


def test_headings_are_merged_above_the_table_only(book):
    for name in SHEETS:
        sheet = book[name]
        head = head_of(sheet)
        ends = next(row for row in range(head + 1, head + 200) if sheet.cell(row, 2).value is None)
        assert {sheet.cell(head, place).value for place in range(1, 4)} == {"(1)", "(2)", "(3)"}
        assert ends > head + 4
        assert not [area for area in sheet.merged_cells.ranges if head < area.max_row < ends], name
    merged = {str(area) for area in book["Tổng hợp"].merged_cells.ranges}
    assert {"C9:D9", "E9:G9", "I9:J9", "A9:A10", "H9:H10"} <= merged


def test_headings_are_text_and_each_is_there_once(book):
    for name in SHEETS:
        sheet = book[name]
        last = head_of(sheet)
        columns = len([cell for cell in sheet[last] if cell.value])
        assert [cell.value for cell in sheet[last]][:columns] == [f"({place})" for place in range(1, columns + 1)]
        upper, told = None, []
        for place in range(1, columns + 1):
            above, below = sheet.cell(last - 2, place), sheet.cell(last - 1, place)
            merged = any(above.coordinate in area for area in sheet.merged_cells.ranges)
            upper = above.value or (upper if merged and below.value else None)
            told.append((upper, below.value))
        assert all(isinstance(text, str) for pair in told for text in pair if text is not None)
        assert len(set(told)) == columns, name


def test_formats_show_signs_and_two_decimals(book):
    row = next(row for row in book["Tổng hợp"].iter_rows() if row[1].value == "Xã đạt chuẩn NTM nâng cao")
    count, gap, share = (row[place].number_format for place in (5, 6, 9))
    assert count == "[$-42A]#,##0_)"
    assert gap == "[$-42A]+#,##0_);[$-42A]-#,##0_);[$-42A]0_)"
    assert share == "[$-42A]0.00_)"


def test_charts_are_drawn_from_the_cells_beneath(working, working_file):
    assert len(working["Biểu đồ"]._charts) == 6
    sheet = working["Biểu đồ"]
    points = sum(0.75 * (8 * one.width + 5) * (one.max - one.min + 1) for one in sheet.column_dimensions.values())
    a_quarter_wider = points * 1.25 * int(sheet.page_setup.scale) / 100
    assert a_quarter_wider < (11.69 - 1) * 72  # A4 in landscape, within the margins
    rows = texts(working["Biểu đồ"])
    with zipfile.ZipFile(working_file) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if "charts/chart" in name]
    lines = next(chart for chart in charts if "Xã đạt chuẩn NTM nâng cao" in chart)
    plan, actual = re.findall(r"<c:val>.*?<c:f>'Biểu đồ'!\$B\$(\d+):\$F\$\1</c:f>", lines)
    assert rows[int(plan) - 1] == ["Xã đạt chuẩn NTM nâng cao, KH", None, 3, 24, 39, 40]
    assert rows[int(actual) - 1] == [
        "Xã đạt chuẩn NTM nâng cao, TH",
        0,
        0,
        24,
        40,
        None,
    ]  # blank: a text is drawn as nought
    steps = next(chart for chart in charts if "percentStacked" in chart)
    areas = re.findall(r"<c:val>.*?<c:f>'Biểu đồ'!\$(\w)\$(\d+):\$\1\$(\d+)</c:f>", steps)
    assert [column for column, _first, _last in areas] == ["B", "C", "D", "E"]
    assert {int(last) - int(first) for _column, first, last in areas} == {14}
    # Values are kept with the chart, for whoever computes nothing; of years without a figure there is none.
    (kept,) = re.findall(rf"\$B\${actual}:\$F\${actual}</c:f><c:numCache>(.*?)</c:numCache>", lines)
    assert re.findall(r'<c:pt idx="(\d)"><c:v>(\d*)</c:v>', kept) == [("0", "0"), ("1", "0"), ("2", "24"), ("3", "40")]
    assert len(set(re.findall(r'prstDash val="(\w+)"', lines))) == 1  # the plan is told by its dashes


def test_the_same_ledger_gives_the_same_bytes(file, built_demo, office):
    run("export", "nữa.xlsx", "--year", "2024", "--db", str(built_demo / "ntmtrack-demo.db"))
    assert (office / "nữa.xlsx").read_bytes() == file.read_bytes()


def test_another_reader_sees_the_same_cells(file, book):
    other = CalamineWorkbook.from_path(file)
    assert other.sheet_names == SHEETS
    for sheet in book:
        # calamine begins with the first cell that is not blank
        mine = [value for row in texts(sheet) for value in row if value is not None]
        theirs = [value for row in other.get_sheet_by_name(sheet.title).to_python() for value in row if value != ""]
        assert [_alike(value) for value in mine] == [_alike(value) for value in theirs], sheet.title


def _alike(value):
    return f"{value:g}" if isinstance(value, int | float) else str(value).removesuffix(" 00:00:00")


def test_there_are_no_formulas(demo):
    run("add-commune", "=1+1", "--district", "903")
    run("record", "=1+1", "--level", "ntm", "--year", "2024", "--decision", "2/QĐ-UBND")
    keep_number(demo, "2/QĐ-UBND", "+2/QĐ-UBND")
    run("export", "r.xlsx", "--year", "2024", "--agency", "=cmd()", "--place", "@x", "--number", "-1")
    cells = [cell for sheet in openpyxl.load_workbook("r.xlsx") for row in sheet.iter_rows() for cell in row]
    shown = {cell.value for cell in cells}
    assert {"Xã =1+1", "+2/QĐ-UBND", "=CMD()", "Số: -1"} <= shown
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}


def test_the_fingerprint_and_the_options_are_stamped(book, working):
    notes = dict(row[:2] for row in texts(working["Ghi chú"]) if row[0])
    stamped = {one.name: one.value for one in book.custom_doc_props.props}
    assert dict(stamped) == {one.name: one.value for one in working.custom_doc_props.props} | {
        "ntmtrack asked_for": stamped["ntmtrack asked_for"]
    }
    assert stamped["ntmtrack fingerprint"] == notes["Dấu vân tay của sổ"]
    assert re.fullmatch(r"[0-9a-f]{4}(-[0-9a-f]{4}){3}", notes["Dấu vân tay của sổ"])
    assert (stamped["ntmtrack as_of"], stamped["ntmtrack basis"]) == ("2024-12-31", "year")


def test_the_fingerprint_follows_the_facts_alone(demo):
    def seen():
        run("export", "r.json", "--year", "2024", "--sheets", "notes")
        return re.search(r'"fingerprint": "(.+)"', (demo.parent / "r.json").read_text(encoding="utf-8"))[1]

    before = seen()
    run("export", "r.md", "--place", "Rạch Giá")
    assert seen() == before  # a letterhead is no fact
    run("record", "Dương Hòa", "--level", "nang-cao", "--year", "2024")
    assert seen() != before
    run("undo")
    assert seen() == before


def test_the_letterhead_is_kept_and_can_be_taken_back(demo):
    said = run("export", "r.xlsx", "--agency", "UBND tỉnh Kiên Giang; Văn phòng Điều phối", "--number", "12/BC-VPĐP")
    assert "ntmtrack undo" in said.err
    run("export", "s.xlsx", "--date", "5/1/2025")
    top = texts(openpyxl.load_workbook("s.xlsx")["Tổng hợp"])[:6]
    shown = [value for row in top for value in row if value]
    assert shown[:6] == [
        "UBND TỈNH KIÊN GIANG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "VĂN PHÒNG ĐIỀU PHỐI",
        "Độc lập - Tự do - Hạnh phúc", "Số: 12/BC-VPĐP", "Kiên Giang, ngày 05 tháng 01 năm 2025",
    ]  # fmt: skip
    attached = [row[0] for row in texts(openpyxl.load_workbook("s.xlsx")["Danh sách"])[:3]]
    assert attached[-1] == "(Kèm theo Báo cáo số 12/BC-VPĐP ngày 05 tháng 01 năm 2025 của Văn phòng Điều phối)"
    run("undo")
    run("export", "t.xlsx")
    assert "UBND" not in str(texts(openpyxl.load_workbook("t.xlsx")["Tổng hợp"])[:3])


def test_a_district_of_its_own(demo):
    run("export", "r.xlsx", "--year", "2024", "--scope", "huyện Hòn Đất")
    rows = numbered(openpyxl.load_workbook("r.xlsx")["Danh sách"])
    assert len(rows) == 12
    assert {row[2] for row in rows} <= {str(code) for code in range(30817, 30853)}  # whose they are stands in the title


def test_only_some_sheets(demo):
    assert run("export", "r.xlsx", "--sheets", "chua dat,summary, Danh sách").code == 0
    book = openpyxl.load_workbook("r.xlsx")
    assert book.sheetnames == ["Tổng hợp", "Danh sách", "Chưa đạt"]
    led_to = {cell.hyperlink.location.split("!")[0] for row in book["Tổng hợp"] for cell in row if cell.hyperlink}
    assert led_to == {"'Danh sách'", "'Chưa đạt'"}  # and to no sheet that is not there


def test_in_english(demo):
    run("export", "r.xlsx", "--year", "2024", "--lang", "en")
    book = openpyxl.load_workbook("r.xlsx")
    assert book.sheetnames[:2] == ["Summary", "Roadmap"]
    row = next(row for row in book["Summary"].iter_rows() if row[1].value == "Communes: advanced NTM")
    assert row[9].number_format == "0.00_)"


def test_every_column_of_a_list_has_room_for_its_texts(book):
    for name in ("Danh sách", "Mới trong năm", "Chưa đạt", "Theo huyện"):
        sheet = book[name]
        wide = {}
        for letter, column in sheet.column_dimensions.items():  # alike neighbours are kept as one
            for place in range(column.min, column.max + 1):
                wide[get_column_letter(place)] = sheet.column_dimensions[letter].width
        for row in sheet.iter_rows(min_row=head_of(sheet) + 1, max_row=head_of(sheet) + 60):
            for cell in row:
                if cell.coordinate in sheet.merged_cells or cell.value is None:
                    continue
                height = (sheet.row_dimensions[cell.row].height or 18) / LINE_HEIGHT
                text = f"{cell.value:.2f}" if isinstance(cell.value, float) else str(cell.value)
                lines = max(1, int(height))
                assert text_width(text) <= wide[cell.column_letter] * lines, (name, cell.coordinate, text)
                if isinstance(cell.value, int | float):
                    assert text_width(text) < wide[cell.column_letter], (name, cell.coordinate)


def test_a_write_that_fails_leaves_the_old_file_and_no_other(office, demo, monkeypatch):
    run("export", "r.xlsx", "--year", "2023")
    before = (office / "r.xlsx").read_bytes()
    here = sorted(office.iterdir())

    def refuse(_self, _target):
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", refuse)
    refused = run("export", "r.xlsx", "--year", "2024", "--agency", "Sở")
    assert (refused.code, "đang mở" in refused.err) == (1, True)
    assert len(run("history").out.splitlines()) == 4  # nor was the letterhead kept
    monkeypatch.undo()
    assert (office / "r.xlsx").read_bytes() == before
    assert sorted(office.iterdir()) == here


@pytest.mark.parametrize("note", ["~$r.xlsx", ".~lock.r.xlsx#"])
def test_a_file_open_elsewhere_is_told_and_another_offered(office, demo, note, monkeypatch):
    run("export", "r.xlsx")
    run("export", "r (2).xlsx")
    (office / note).touch()
    refused = run("export", "r.xlsx")
    assert (refused.code, "đang mở" in refused.err, "ntmtrack export" in refused.err) == (1, True, False)
    monkeypatch.setattr(Session, "can_ask", True)
    monkeypatch.setattr(sys, "stdin", iter_lines("c"))
    assert "r (3).xlsx" in run("export", "r.xlsx").err
    assert (office / "r (3).xlsx").exists()


@pytest.mark.parametrize("held", ["r.xlsx", "r (số liệu làm việc).xlsx"])
def test_of_two_files_neither_is_written_where_one_is_open_elsewhere(office, demo, held):
    asked = ("export", "r.xlsx", "--working", "--year", "2024")
    assert run(*asked).code == 0
    before = {file: file.read_bytes() for file in office.glob("*.xlsx")}
    run("record", "30836", "--level", "nang-cao", "--year", "2024")
    (office / f"~${held}").touch()
    actions = run("history").out
    refused = run(*asked, "--agency", "Sở")
    assert (refused.code, held in refused.err) == (1, True)
    assert {file: file.read_bytes() for file in before} == before
    assert run("history").out == actions  # nor was the letterhead kept


def test_a_status_is_asked_for_only_where_one_can_stand(demo, office):
    for name, *more in (["r.html"], ["r.csv"], ["r.xlsx", "--sheets", "new"]):
        refused = run("export", name, "--with-status", *more)
        assert (refused.code, "--with-status" in refused.err, list(office.glob("r.*"))) == (2, True, [])
    assert run("export", "r.xlsx", "--with-status", "--sheets", "roadmap").code == 0


def iter_lines(*lines):
    import io

    return io.StringIO("\n".join(lines) + "\n")


def test_a_ledger_in_which_nothing_is_recognised_has_a_report_too(office):
    begin("Kiên Giang", db="x.db")
    assert run("export", "r.xlsx", "--db", "x.db", "--year", "2024").code == 0
    sheets = openpyxl.load_workbook("r.xlsx")
    assert len(numbered(sheets["Chưa đạt"])) == 116
    assert sheets.sheetnames == ["Tổng hợp", "Lộ trình", "Theo huyện", "Chưa đạt"]  # the others would say nothing
    assert "Chưa có số liệu công nhận" in str(texts(sheets["Tổng hợp"]))
    assert run("export", "r.xlsx", "--db", "x.db", "--year", "2024", "--sheets", "new,list").code == 0
    sheets = openpyxl.load_workbook("r.xlsx")
    assert "Không có đơn vị nào" in str(texts(sheets["Mới trong năm"])).replace("không", "Không")
    assert len(numbered(sheets["Danh sách"])) == 116


def test_rows_follow_without_a_gap(book):
    for name in ("Danh sách", "Chưa đạt"):
        assert all(after - before == 1 for before, after in pairwise(row[0] for row in numbered(book[name])))


def test_a_workbook_that_is_no_report_is_never_written_over(demo, office):
    openpyxl.Workbook().save("của tôi.xlsx")
    before = (office / "của tôi.xlsx").read_bytes()
    refused = run("export", "của tôi.xlsx")
    assert (refused.code, "Đã có tệp" in refused.err) == (1, True)
    assert (office / "của tôi.xlsx").read_bytes() == before
    for _again in range(2):  # an earlier report is
        assert run("export", "r.xlsx").code == 0
    edited = openpyxl.load_workbook("r.xlsx")  # but not one that somebody has worked on
    edited["Danh sách"]["A20"] = "của tôi"
    edited.save("r.xlsx")
    assert run("export", "r.xlsx").code == 1
