"""Kinds of table that returns of offices brought, each once taken wrongly or refused with a wrong word: headings of
communes beside districts · years alone on a row, and side by side · sections of a tier · a level over the names ·
sheets of several levels · columns not read that tell what is missing · tables side by side · hidden sheets · what
programs write for nothing · several communes in a cell. Every hint is copied and must get there."""

import re
import shlex

import pytest
from openpyxl import Workbook, load_workbook

from ntmtrack.commands import Session
from tests.office_tables.reading import faults, table, told, weigh
from tests.running import begin, run


@pytest.fixture(autouse=True)
def of_kien_giang(ledger):
    """Each table is weighed against Kiên Giang's units."""


def rows(office, *lines, name="a.csv"):
    return table(office / name, "".join(f"{line}\n" for line in lines))


def book(office, sheets, name="a.xlsx", hidden=()):
    made = Workbook()
    made.remove(made.active)
    for title, lines in sheets.items():
        sheet = made.create_sheet(title)
        for line in lines:
            sheet.append(line)
        sheet.sheet_state = "hidden" if title in hidden else "visible"
    made.save(office / name)
    return office / name


def options_in(text):
    """The options that a hint proposes, as they are to be typed."""
    return [shlex.split(found) for found in re.findall(r'(?:--[a-z-]+ (?:"[^"]*"|[\w-]+) ?)+', text)]


MY_THUAN, SON_BINH = "xã Mỹ Thuận (huyện Hòn Đất)", "xã Sơn Bình (huyện Hòn Đất)"
OF_2020, OF_2023 = "đạt chuẩn NTM, năm 2020", "đạt chuẩn NTM, năm 2023"

# Which column names the units ------------------------------------------------------------------------------------

COMMUNES = ["Phường, xã", "Phường Xã", "Phường xã thị trấn", "Xã/TT", "Xã, thị trấn", "Cấp xã", "Xã được công nhận",
            "Đơn vị", "Xã/phường", "Đơn vị cấp xã", "Tên đơn vị được công nhận", "Địa phương"]  # fmt: skip


@pytest.mark.parametrize("heading", COMMUNES)
@pytest.mark.parametrize("beside", ["Quận Huyện", "Huyện, TX, TP"])
def test_the_column_that_names_communes_is_that_of_the_units(office, heading, beside):
    _result, lines = weigh(rows(office, f'{beside};"{heading}";Danh hiệu;Năm', "Huyện Hòn Đất;Xã Mỹ Thuận;NTM;2020"))
    assert told(lines) == [(MY_THUAN, OF_2020)]


def test_a_column_above_the_communes_is_their_district_whatever_it_is_called(office):
    _result, lines = weigh(rows(office, "Đơn vị;Xã;Danh hiệu;Năm", "Hòn Đất;Mỹ Thuận;NTM;2020"))
    assert told(lines) == [(MY_THUAN, OF_2020)]


@pytest.mark.parametrize(
    "head", ["Huyện;Nơi đạt;Danh hiệu;Năm", "Đơn vị;Nơi đạt;Danh hiệu;Năm", "Huyện;;Danh hiệu;Năm"]
)
def test_districts_are_not_recorded_beside_communes_that_are_not_read(office, head):
    file = rows(office, head, "Hòn Đất;Mỹ Thuận;NTM;2020", "Hòn Đất;Sơn Bình;NTM;2020")
    refused = run("import", str(file))
    assert (refused.code, "“Mỹ Thuận”" in refused.err) == (3, True)
    read, skipped = options_in(refused.err)
    assert told(weigh(file, *read)[1]) == [(MY_THUAN, OF_2020), (SON_BINH, OF_2020)]
    assert {unit.split(" (")[0] for unit, _what in told(weigh(file, *skipped)[1])} <= {"huyện Hòn Đất"}


def test_marks_below_a_heading_of_communes_are_no_second_column_of_names(office):
    _result, lines = weigh(rows(office, "Tên xã;Xã được công nhận;Danh hiệu;Năm", "Mỹ Thuận;x;NTM;2020"))
    assert told(lines) == [(MY_THUAN, OF_2020)]


@pytest.mark.parametrize("heading", ["Tên xã", "Xã", "Xã, thị trấn"])
def test_below_a_heading_of_communes_a_district_is_not_meant(office, heading):
    _result, lines = weigh(rows(office, f'"{heading}";Danh hiệu;Năm', "Kiên Hải;NTM;2022", "An Biên;NTM;2022"))
    assert (told(lines), list(faults(lines))) == ([], ["A2", "A3"])


def test_a_code_headed_in_the_second_row_alone_is_read(office):
    made = Workbook()
    sheet = made.active
    sheet.append(["STT", "Tên đơn vị", "Đạt chuẩn NTM", None, "NTM nâng cao"])
    sheet.append([None, None, "Năm", "Số QĐ", "Năm", "Mã ĐVHC"])
    sheet.append([1, "Mỹ Thuận", 2020, "12/QĐ-UBND", 2023, 30838])
    for area in ("A1:A2", "B1:B2", "C1:D1"):
        sheet.merge_cells(area)
    sheet.merge_cells("E1:E1")
    made.save(office / "a.xlsx")
    _result, lines = weigh("a.xlsx")
    assert [what for _unit, what in told(lines)] == [f"{OF_2020}, Quyết định 12/QĐ-UBND", "NTM nâng cao, năm 2023"]


# Rows that stand above others ------------------------------------------------------------------------------------

HEAD = ["TT", "Tên xã", "Huyện", "Danh hiệu", "Quyết định"]


@pytest.mark.parametrize("year", [2023, "2023", "Năm 2023", "2023 (1 xã)", "Năm 2023:"])
@pytest.mark.parametrize("column", range(5))
def test_a_year_alone_on_a_row_is_that_of_the_rows_below(office, year, column):
    group = [None] * column + [year]
    lists = [HEAD, ["Năm 2020"], [1, "Mỹ Thuận", "Hòn Đất", "NTM"], group, [2, "Sơn Bình", "Hòn Đất", "NTM"]]
    _result, lines = weigh(book(office, {"Xã": lists}))
    assert told(lines) == [(MY_THUAN, OF_2020), (SON_BINH, OF_2023)]


def test_a_number_that_only_counts_on_is_no_year(office):
    counted = [[number, None] for number in range(2011, 2015)]
    lists = [["TT", "Tên xã", "NTM", "Năm"], [2010, "Mỹ Thuận", "x", 2020], *counted]
    result, lines = weigh(book(office, {"Xã": lists}))
    assert (result.code, told(lines)) == (0, [(MY_THUAN, OF_2020)])


def test_years_within_districts_end_with_the_next_year_and_not_with_the_next_district(office):
    lists = [HEAD, ["Năm 2020"], [None, "Huyện Hòn Đất"], [1, "Mỹ Thuận", None, "NTM"], [2023]]
    lists += [[None, "Huyện Châu Thành"], [2, "Bình An", None, "NTM"]]
    _result, lines = weigh(book(office, {"Xã": lists}))
    assert told(lines) == [(MY_THUAN, OF_2020), ("xã Bình An (huyện Châu Thành)", OF_2023)]


def test_sections_of_a_tier_say_what_their_rows_name(office):
    lists = [
        ["STT", "Xã", "Huyện", "Danh hiệu", "Năm"],
        ["A. CẤP XÃ"],
        [1, "Mỹ Thuận", "Hòn Đất", "NTM", 2020],
        ["B. CẤP HUYỆN"],
        [1, None, "Gò Quao", "NTM", 2020],
        [2, "Mỹ Lâm", None, "NTM", 2020],
    ]
    _result, lines = weigh(book(office, {"Xã": lists}))
    assert [unit for unit, _what in told(lines)] == [MY_THUAN, "huyện Gò Quao (tỉnh Kiên Giang)"]
    assert list(faults(lines)) == ["Xã!B6"]


@pytest.mark.parametrize(
    "total", ["Cộng: 01 xã", "Total", "Cộng trang", "Mang sang", "Tổng: 1", "Chuyển sang trang sau"]
)
@pytest.mark.parametrize("number", ["2", ""])
def test_sums_are_left_out_also_when_they_are_numbered(office, total, number):
    result, lines = weigh(rows(office, "STT;Tên xã;Danh hiệu;Năm", "1;Mỹ Thuận;NTM;2020", f"{number};{total};;"))
    assert (result.code, len(told(lines))) == (0, 1)


# Levels and years told by headings -------------------------------------------------------------------------------


def test_a_list_headed_by_a_level_is_of_that_level(office):
    lists = [["TT", "Xã đạt chuẩn NTM nâng cao", "Năm"], [1, "Mỹ Thuận", 2023]]
    _result, lines = weigh(book(office, {"Danh sách": lists}))
    assert told(lines) == [(MY_THUAN, "NTM nâng cao, năm 2023")]


def test_a_title_of_another_level_than_the_heading_is_asked_about(office):
    head = "TT;Xã đạt chuẩn NTM;Năm"
    file = rows(office, "DANH SÁCH XÃ NTM KIỂU MẪU;;", head, "1;Mỹ Thuận;2023")
    refused = run("import", str(file))
    assert (refused.code, "--level kieu-mau" in refused.err) == (3, True)
    assert [what for _unit, what in told(weigh(file, "--level", "ntm")[1])] == [OF_2023]


SHEETS = {
    "Biểu 1": [["DANH SÁCH XÃ ĐẠT CHUẨN NTM"], ["TT", "Tên xã", "Năm"], [1, "Mỹ Thuận", 2019]],
    "Biểu 2": [["DANH SÁCH XÃ NTM NÂNG CAO"], ["TT", "Tên xã", "Năm"], [1, "Sơn Bình", 2023]],
}


def test_sheets_whose_titles_differ_are_taken_in_one_after_the_other(office):
    file = book(office, SHEETS)
    both = ("--sheet", "Biểu 1", "--sheet", "Biểu 2")
    for given in ((), ("--level", "nang-cao")):
        refused = run("import", str(file), *both, *given)
        assert (refused.code, "--level nang-cao" in refused.err) == (3, True)
        commands = options_in(refused.err)
        found = [told(weigh(file, *command)[1]) for command in commands]
        assert found == [[(MY_THUAN, "đạt chuẩn NTM, năm 2019")], [(SON_BINH, "NTM nâng cao, năm 2023")]]


@pytest.mark.parametrize(("heading", "key"), [("Mốc", "Mốc=year"), ("Mốc / thời gian", "C=year"), ("", "C=year")])
def test_a_column_that_was_not_read_and_holds_the_years_is_named(office, heading, key):
    file = book(office, {"Xã": [["Tên xã", "Mức", heading, "Số QĐ"], ["Mỹ Thuận", "NTM", 2020, "12/QĐ-UBND"]]})
    refused = run("import", str(file))
    assert (refused.code, f'--map "{key}"' in refused.err) == (
        3,
        heading != "Mốc / thời gian" or "C=year" in refused.err,
    )
    (read,) = [options for options in options_in(refused.err) if options[0] == "--map"]
    assert [what for _unit, what in told(weigh(file, *read)[1])] == [f"{OF_2020}, Quyết định 12/QĐ-UBND"]


def test_a_level_and_a_year_that_are_both_missing_are_told_at_once(office):
    file = rows(office, "XÃ NTM NÂNG CAO NĂM 2023;", "Tên xã;Số QĐ", "Mỹ Thuận;12/QĐ-UBND")
    refused = run("import", str(file))
    assert "--level nang-cao --year 2023" in refused.err
    assert len(told(weigh(file, "--level", "nang-cao", "--year", "2023")[1])) == 1


def test_years_side_by_side_with_marks_are_years_of_units(office):
    across = [["STT", "Xã", "Huyện", "Năm đạt chuẩn NTM"], [None, None, None, 2019, 2020, 2021]]
    lists = [*across, [1, "Mỹ Thuận", "Hòn Đất", None, "x"], [2, "Sơn Bình", "Hòn Đất", None, None, "15/QĐ-UBND"]]
    _result, lines = weigh(book(office, {"Xã": lists}))
    assert told(lines) == [(MY_THUAN, OF_2020), (SON_BINH, "đạt chuẩn NTM, năm 2021, Quyết định 15/QĐ-UBND")]
    flat = [["STT", "Xã", 2019, 2020], [1, "Mỹ Thuận", None, "x"], [2, "Sơn Bình", "x", "x"]]
    refused = run("import", str(book(office, {"Xã": flat})))
    assert (refused.code, "mức" in refused.err) == (3, True)
    _result, lines = weigh("a.xlsx", "--level", "ntm")
    assert (told(lines), list(faults(lines))) == ([(MY_THUAN, OF_2020)], ["Xã!C3", "Xã!D3"])


@pytest.mark.parametrize("above", ["Kế hoạch đạt chuẩn NTM", "Thu nhập", "Dự kiến"])
def test_years_below_a_heading_of_plans_or_of_other_figures_are_not_read(office, above):
    lists = [
        ["Tên xã", "Danh hiệu", "Năm", above],
        [None, None, None, 2023, 2024],
        ["Mỹ Thuận", "NTM", 2020, None, "x"],
    ]
    _result, lines = weigh(book(office, {"Xã": lists}))
    assert told(lines) == [(MY_THUAN, OF_2020)]


LEVELS = {
    "Kiểu mẫu (giáo dục)": ("NTM kiểu mẫu", "giáo dục"),
    "NTM kiểu mẫu lĩnh vực sản xuất": ("NTM kiểu mẫu", "lĩnh vực sản xuất"),
    "NTM nâng cao về chuyển đổi số": ("NTM nâng cao", "về chuyển đổi số"),
    "NTM giai đoạn 2021-2025": ("đạt chuẩn NTM", "giai đoạn 2021-2025"),
}


@pytest.mark.parametrize(("text", "meant"), LEVELS.items(), ids=LEVELS)
def test_a_level_with_its_field_is_that_level_and_keeps_the_field(office, text, meant):
    level, field = meant
    file = rows(office, "Tên xã;Danh hiệu;Năm", f"Mỹ Thuận;{text};2023")
    assert [what for _unit, what in told(weigh(file)[1])] == [f"{level}, năm 2023"]
    assert run("import", str(file)).code == 0
    assert field in run("show", "Mỹ Thuận", "-f", "json").out
    assert run("import", str(file)).err.strip() == "Không có gì để ghi: sổ đã có đủ."


@pytest.mark.parametrize("text", ["NTM (sơ bộ)", "NTM nâng cao (2022)", "NTM về đích năm 2020", "Kiểu mẫu (xã Mỹ Lâm)"])
def test_what_is_said_of_a_level_besides_and_may_change_it_is_refused(office, text):
    _result, lines = weigh(rows(office, "Tên xã;Danh hiệu;Năm", f"Mỹ Thuận;{text};2023"))
    assert list(faults(lines)) == ["B2"]


def test_towns_and_cities_have_words_of_their_own(office):
    text = "Thành phố hoàn thành nhiệm vụ xây dựng nông thôn mới"
    _result, lines = weigh(rows(office, "Đơn vị;Danh hiệu;Năm", f"TP. Hà Tiên;{text};2020"))
    assert told(lines) == [("thành phố Hà Tiên (tỉnh Kiên Giang)", OF_2020)]


# Columns side by side, hidden sheets -----------------------------------------------------------------------------


def test_a_summary_beside_the_table_is_left_out_by_its_own_letters(office):
    lists = [["STT", "Xã", "Huyện", "Danh hiệu", "Năm", None, None, "Huyện", "Số xã", "Đạt"]]
    lists += [[1, "Mỹ Thuận", "Hòn Đất", "NTM", 2020, None, None, "Hòn Đất", 12, 2]]
    refused = run("import", str(book(office, {"Xã": lists})))
    (skip,) = options_in(refused.err)
    assert skip == ["--map", "H=skip", "--map", "J=skip"]
    assert told(weigh("a.xlsx", *skip)[1]) == [(MY_THUAN, OF_2020)]


def test_two_headings_of_one_kind_are_told_by_their_letters(office):
    file = rows(office, "Tên xã;Danh hiệu;Năm;Xã;Ngày", "Mỹ Thuận;NTM;2020;Mỹ Thuận;")
    first, second = options_in(run("import", str(file)).err)
    assert (first, second) == (["--map", "D=skip"], ["--map", "A=skip"])
    assert all(told(weigh(file, *options)[1]) == [(MY_THUAN, OF_2020)] for options in (first, second))


def test_tables_side_by_side_are_taken_in_one_after_the_other(office):
    file = rows(office, "Tên xã;Danh hiệu;Năm;;Tên xã;Danh hiệu;Năm", "Mỹ Thuận;NTM;2020;;Sơn Bình;NTM;2023")
    left, right = options_in(run("import", str(file)).err)
    assert told(weigh(file, *left)[1]) == [(MY_THUAN, OF_2020)]
    assert told(weigh(file, *right)[1]) == [(SON_BINH, OF_2023)]


@pytest.mark.parametrize("between", [1, 2])
def test_columns_beyond_a_blank_one_are_of_the_table_only_when_somebody_says_so(office, between):
    gap = [None] * between
    head = ["TT", "Tên xã", "Danh hiệu", "Số QĐ", *gap, "Năm", "Số xã"]
    lists = [head, ["Năm 2020"], [1, "Mỹ Thuận", "NTM", "12/QĐ-UBND", *gap, 2018, 1]]
    file = book(office, {"Xã": lists})
    refused = run("import", str(file))
    assert (refused.code, "“Năm”" in refused.err) == (3, True)
    read, skip = options_in(refused.err)
    assert [what for _unit, what in told(weigh(file, *skip)[1])] == [f"{OF_2020}, Quyết định 12/QĐ-UBND"]
    assert "năm 2018" in told(weigh(file, *read)[1])[0][1]


def test_a_blank_column_parts_nothing_that_the_table_needs(office):
    _result, lines = weigh(rows(office, "Tên xã;;Danh hiệu;Năm", "Mỹ Thuận;;NTM;2020"))
    assert told(lines) == [(MY_THUAN, OF_2020)]


def test_a_title_merged_above_is_no_heading_also_where_level_and_year_are_given(office):
    made = Workbook()
    for line in (["CÁC XÃ ĐẠT CHUẨN NĂM 2020", None, None], ["TT", "Tên xã", "Huyện"], [1, "Mỹ Thuận", "Hòn Đất"]):
        made.active.append(line)
    made.active.merge_cells("A1:C1")
    made.save(office / "a.xlsx")
    assert told(weigh("a.xlsx", "--level", "ntm", "--year", "2020")[1]) == [(MY_THUAN, OF_2020)]


def test_the_day_of_a_letterhead_is_not_the_year_of_the_table(office):
    above = ["Kiên Giang, ngày 05 tháng 01 năm 2025;", "(Kèm theo Báo cáo ngày 03/01/2025);", "XÃ NTM NÂNG CAO 2023;"]
    refused = run("import", str(rows(office, *above, "Tên xã;Huyện", "Mỹ Thuận;Hòn Đất")))
    assert "--level nang-cao --year 2023" in refused.err


@pytest.mark.parametrize("deep", [1, 2])
def test_names_in_cells_merged_over_two_columns_are_one_column(office, deep):
    made = Workbook()
    sheet = made.active
    heads = [["TT", "Tên xã", None, "Danh hiệu", "Năm"]]
    if deep > 1:
        heads = [["TT", "Tên xã", None, "Kết quả"], [None, None, None, "Danh hiệu", "Năm"]]
    for line in [
        *heads,
        [1, "Mỹ Thuận", None, "NTM", 2020],
        [2, "Sơn Bình", None, "NTM", 2023],
        [None, "Cộng", None, 2],
    ]:
        sheet.append(line)
    areas = [f"B1:C{deep}", *(f"B{row}:C{row}" for row in range(deep + 1, deep + 4))]
    for area in [*areas, *(["A1:A2", "D1:E1"] if deep > 1 else [])]:
        sheet.merge_cells(area)
    made.save(office / "a.xlsx")
    _result, lines = weigh("a.xlsx")
    assert told(lines) == [(MY_THUAN, OF_2020), (SON_BINH, OF_2023)]


def test_faults_are_written_beyond_a_last_column_that_is_merged(office):
    made = Workbook()
    for line in (["Tên xã", "Danh hiệu", "Năm"], ["Mỹ Thuậtt", "NTM", 2020], ["Sơn Bình", "NTM", 2023]):
        made.active.append(line)
    for row in (1, 2, 3):
        made.active.merge_cells(f"C{row}:D{row}")
    made.save(office / "a.xlsx")
    assert run("import", "a.xlsx").code == 3
    assert load_workbook(office / "a (lỗi).xlsx").active["E1"].value == "Lỗi (ntmtrack)"


LIST = [["Tên xã", "Danh hiệu", "Năm"], ["Mỹ Thuận", "NTM", 2020]]


def test_hidden_sheets_with_tables_are_named(office):
    file = book(office, {"Bìa": [["Báo cáo"]], "Xã": LIST}, hidden=["Xã"])
    refused = run("import", str(file))
    assert (refused.code, "“Xã”" in refused.err) == (3, True)
    (shown,) = options_in(refused.err)
    assert told(weigh(file, *shown)[1]) == [(MY_THUAN, OF_2020)]
    file = book(
        office, {"Xã": LIST, "Nháp": [LIST[0], ["Sơn Bình", "NTM", 2023]], "Mục": [["Đạt"]]}, hidden=["Nháp", "Mục"]
    )
    out = run("import", str(file), "--dry-run").out
    assert ('--sheet "Nháp"' in out, "Mục" in out) == (True, False)
    assert told(weigh(file, "--sheet", "Nháp")[1]) == [(SON_BINH, OF_2023)]


# Cells -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["NULL", "N/A", "#N/A", "nan", "NaT", "NA", "<NA>"])
def test_what_programs_write_for_nothing_is_nothing(office, word):
    head = "Tên xã;Huyện;Danh hiệu;Năm;Số QĐ;Ngày ký;Ghi chú"
    _result, lines = weigh(rows(office, head, f"Mỹ Thuận;{word};NTM;2020;{word};{word};{word}"))
    assert told(lines) == [(MY_THUAN, OF_2020)]


def test_one_day_that_only_fits_month_first_puts_the_whole_column_in_doubt(office):
    head = "Tên xã;Danh hiệu;Năm;Số QĐ;Ngày ký"
    listed = ["Mỹ Thuận;NTM;2019;1/QĐ-UBND;01/25/2020", "Sơn Bình;NTM;2020;2/QĐ-UBND;01/06/2021"]
    _result, lines = weigh(rows(office, head, *listed, "Mỹ Lâm;NTM;2021;3/QĐ-UBND;02/02/2022"))
    assert (list(faults(lines)), [unit for unit, _what in told(lines)]) == (["E2", "E3"], ["xã Mỹ Lâm (huyện Hòn Đất)"])
    _result, lines = weigh(
        rows(office, head, listed[1].replace("01/06", "25/06"), "Mỹ Lâm;NTM;2021;3/QĐ-UBND;02/03/2022")
    )
    assert len(told(lines)) == 2


@pytest.mark.parametrize(
    ("decision", "day", "cell", "proposed"),
    [
        ("12/QĐ-UBND", "29/12/17", "E2", "“29/12/2017”?"),
        ("12/QĐ-UBND ngày 29/12/17", "", "D2", "12/QĐ-UBND ngày 29/12/2017"),
    ],
)
def test_a_year_of_two_digits_is_proposed_whole(office, decision, day, cell, proposed):
    file = rows(office, "Tên xã;Danh hiệu;Năm;Số QĐ;Ngày ký", f"Mỹ Thuận;NTM;2017;{decision};{day}")
    _result, lines = weigh(file)
    (fault,) = [line for line in lines if line["state"] == "refused"]
    assert (fault["cell"], proposed in fault["fix"]) == (cell, True)
    _result, lines = weigh(rows(office, "Tên xã;Danh hiệu;Năm;Ngày ký", "Mỹ Thuận;NTM;2023;29/12/17"))
    assert "2017" not in str(lines)  # which is far from the year of the row


LISTS = {
    "Mỹ Thuận, Sơn Bình (huyện Hòn Đất)": 2,
    "Mỹ Lâm, Thổ Sơn, Hòn Đất": 2,
    "03 xã: Ngọc Thuận, Ngọc Hòa và Thạnh Hưng": 3,
    "Bình An, Châu Thành": 1,
    "xã Bình An, huyện Kiên Lương, tỉnh Kiên Giang": 1,
    "Mỹ Thuận (Hòn Đất), Ngọc Hòa (Giồng Riềng)": 2,
}


@pytest.mark.parametrize(("text", "count"), LISTS.items(), ids=LISTS)
def test_several_communes_in_a_cell_are_read_as_a_list(office, text, count):
    _result, lines = weigh(rows(office, "Tên xã;Danh hiệu;Năm", f'"{text}";NTM;2020'))
    assert (len(told(lines)), faults(lines)) == (count, {})


def test_a_list_of_which_one_name_is_wrong_is_refused_whole(office):
    _result, lines = weigh(rows(office, "Tên xã;Danh hiệu;Năm", '"Mỹ Thuận, Sơn Bìnhh (huyện Hòn Đất)";NTM;2020'))
    assert told(lines) == []
    assert "Sơn Bìnhh" in faults(lines)["A2"]
    assert "Mỹ Thuận" not in faults(lines)["A2"]


# Official lists of units -----------------------------------------------------------------------------------------

OFFICIAL = [
    "Tỉnh Thành Phố,Mã TP,Quận Huyện,Mã QH,Phường Xã,Mã PX,Cấp",
    "Tỉnh Lai Châu,12,Thành phố Lai Châu,105,Xã San Thàng,3409,Xã",
    "Tỉnh Lai Châu,12,Huyện Tam Đường,106,Thị trấn Tam Đường,3390,Thị trấn",
    "Tỉnh Lai Châu,12,Huyện Tam Đường,106,Xã Thèn Sin,3394,Xã",
]


def test_an_official_list_of_units_is_read_whole_without_its_zeros(office):
    file = rows(office, *OFFICIAL)
    made = run("import", str(file), "--what", "units", "--db", "moi.db")
    assert (made.code, "mới 6" in made.out, "3409" in made.out) == (0, True, True)
    assert "không đổi 3" in run("import", str(file), "--what", "units", "--db", "moi.db").out
    begin("Lai Châu", db="lc.db")
    assert "không đổi 3" in run("import", str(file), "--what", "units", "--db", "lc.db").out
    assert "03394" in run("units", "Thèn Sin", "--db", "moi.db").out
    hanoi = [OFFICIAL[0], "Thành phố Hà Nội,1,Quận Ba Đình,1,Phường Phúc Xá,1,Phường"]
    assert run("import", str(rows(office, *hanoi, name="b.csv")), "--what", "units", "--db", "hn.db").code == 0
    assert "00001" in run("units", "Phúc Xá", "--db", "hn.db").out
    parents = ["Mã,Tên đơn vị,Loại,Mã huyện", "58,Ninh Thuận,tỉnh,", "585,Ninh Sơn,huyện,58", ",Lâm Sơn,xã,585"]
    assert run("import", str(rows(office, *parents, name="c.csv")), "--what", "units", "--db", "nt.db").code == 0


# Names, and faults told in one round -----------------------------------------------------------------------------


def test_a_name_one_slip_away_is_taken_where_it_is_confirmed(office, monkeypatch):
    file = rows(office, "Tên xã;Huyện;Danh hiệu;Năm", "Mỹ Thuậnn;Hòn Đất;NTM;2020")
    _result, lines = weigh(file)
    assert lines[-1]["fix"] == "Có phải ý là: Mỹ Thuận?; hoặc nhận các tên như vậy: --accept-near"
    shown = run("import", str(file), "--accept-near", "--dry-run")
    assert "“Mỹ Thuậnn” → xã Mỹ Thuận (huyện Hòn Đất) (khi sửa lỗi gõ)" in shown.out
    assert told(weigh(file, "--accept-near")[1]) == [(MY_THUAN, OF_2020)]
    monkeypatch.setattr(Session, "can_ask", True)
    monkeypatch.setattr(Session, "ask", lambda _self, _question: True)
    assert run("import", str(file)).code == 0
    assert "2020" in run("show", "Mỹ Thuận").out


@pytest.mark.parametrize("name", ["Thạnh Đông C", "Tân Hiệp D", "Bình Ann", "Mỹ Lâm Sơn"])
def test_a_name_that_may_be_anothers_is_taken_by_no_option(office, name):
    _result, lines = weigh(rows(office, "Tên xã;Danh hiệu;Năm", f"{name};NTM;2020"), "--accept-near")
    assert (told(lines), list(faults(lines))) == ([], ["A2"])


def test_a_group_that_is_not_understood_hides_no_fault_below_it(office):
    listed = ["I;Nhóm đặc biệt;;", "1;Mỹ Thuận;NTM;20202", "2;Không Có Xã Này;NTM;2020"]
    _result, lines = weigh(rows(office, "STT;Tên xã;Danh hiệu;Năm", *listed))
    assert set(faults(lines)) == {"B2", "D3", "B4"}


FAULTY = {
    "name": ("A2", ["Tên xã;Huyện;Danh hiệu;Năm", "Không Có Đâu;Hòn Đất;NTM;2020"]),
    "district": ("B2", ["Tên xã;Huyện;Danh hiệu;Năm", "Mỹ Thuận;Hòn Đấy;NTM;2020"]),
    "group": ("A2", ["Tên xã;Danh hiệu;Năm", "Huyện Hòn Đấy;;", "Mỹ Thuận;NTM;2020"]),
    "below a group": ("A3", ["Tên xã;Danh hiệu;Năm", "Huyện Hòn Đất;;", "Không Có Đâu;NTM;2020"]),
}


@pytest.mark.parametrize(("cell", "lines"), FAULTY.values(), ids=FAULTY)
def test_the_same_fault_in_the_same_row_of_another_sheet_is_told_there_too(office, cell, lines):
    book = Workbook()
    for sheet in (book.active, book.create_sheet("B")):
        for line in lines:
            sheet.append([text or None for text in line.split(";")])
    book.save(office / "a.xlsx")
    _result, found = weigh("a.xlsx", "--sheet", "Sheet", "--sheet", "B")
    assert list(faults(found)) == [f"B!{cell}", f"Sheet!{cell}"]


def test_a_fault_told_again_is_shown_in_the_cell_that_is_wrong(office):
    lines = ("Mỹ Thuận;Hòn Đấy;NTM;2020", "Mỹ Thuận;Hòn Đấy;NTM nâng cao;2022", "Sơn Bình;Hòn Đấy;NTM;2020")
    _result, found = weigh(rows(office, "Tên xã;Huyện;Danh hiệu;Năm", *lines))
    assert list(faults(found)) == ["B2", "B3", "B4"]
