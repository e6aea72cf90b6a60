"""Tables of values by unit and year, as offices keep them: read by their headings, never guessed, all or nothing."""

import json
from datetime import date

import openpyxl
import pytest

from ntmtrack.ingest.value_headings import title_heading, value_heading
from tests.running import begin, run

MILLION = "Thu nhập bình quân đầu người (triệu đồng/người/năm)"


@pytest.fixture
def ledger(office):
    return begin("Kiên Giang")


def sheet(rows, merged=(), formats=(), name="so-lieu.xlsx"):
    book = openpyxl.Workbook()
    page = book.active
    for row in rows:
        page.append(row)
    for block in merged:
        page.merge_cells(block)
    for cell, shown in formats:
        page[cell].number_format = shown
    book.save(name)
    return name


def taken(file, *options):
    """What an import would do: (state, unit, fact) of each line, in order; the facts are sorted by cell."""
    result = run("import", file, "--what", "values", "--dry-run", "-f", "json", *options)
    assert result.out, result.both
    lines = json.loads(result.out)["lines"]
    return [(line["state"], line["unit"], line["told"] or line["value"]) for line in lines], result


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (("Thu nhập 2021",), ("income", 2021, None)),
        ((MILLION, "2021"), ("income", 2021, "triệu đồng/người/năm")),
        (("Thu nhập bình quân, nghìn đồng/tháng", "Năm 2022"), ("income", 2022, "nghìn đồng/người/tháng")),
        (("Thu nhập (ĐVT: trđ)",), ("income", None, "triệu đồng/người/năm")),
        (("Tỷ lệ hộ nghèo năm 2024 (%)",), ("poverty-rate", 2024, "%")),
        (("Hộ nghèo", "Tỷ lệ (%)"), ("poverty-rate", None, "%")),
        (("Hộ nghèo 2024",), ("poverty-rate", 2024, None)),
        (("Các chỉ tiêu kinh tế", "Nước sạch (%)"), ("clean-water", None, "%")),
        (("Số liệu", "Vườn mẫu"), ("model-garden", None, None)),
        (("Hộ nghèo", "Số hộ"), None),
        (("Thu nhập", "Tăng so với 2020"), None),
        (("Thu nhập", "So với năm trước (%)"), None),
        (("Thu nhập 2020-2021",), None),
        (("Kế hoạch", "Thu nhập 2025"), None),
        (("Mục tiêu thu nhập 2025",), None),
        (("Thu nhập 6 tháng đầu năm 2024",), None),
        (("Ước thu nhập 2024",), None),
        (("Tỷ lệ thôn thông minh (%)",), None),
        (("Thu nhập (%)",), None),
    ],
)
def test_a_heading_tells_a_measure_only_where_all_its_words_do(parts, told):
    heading = value_heading(parts)
    assert (heading and (heading.measure.key, heading.year, heading.unit and heading.unit.name)) == told


def test_one_row_a_unit_and_one_column_a_year_or_a_measure(ledger):
    rows = [
        ["BIỂU THU NHẬP, HỘ NGHÈO"],
        ["TT", "Xã", "Huyện", MILLION, None, None, "Tỷ lệ hộ nghèo năm 2022 (%)", "Tăng so với 2020"],
        [None, None, None, 2020, 2021, 2022, None, None],
        [1, "Mỹ Thuận", "Hòn Đất", 38.5, "41,5", 45.25, 2.5, 7],
        [2, "Sơn Bình", "Hòn Đất", None, 40, "-", 1.25, 4],
        [None, "Toàn tỉnh", None, 50.1, 52, 55.3, 1.9, 5],
        [None, "Cộng", None, 1, 1, 1, 1, 1],
    ]
    merged = ["A2:A3", "B2:B3", "C2:C3", "D2:F2", "G2:G3", "H2:H3"]
    facts, result = taken(sheet(rows, merged))
    assert result.code == 0, result.both
    income = "thu nhập bình quân đầu người"
    assert facts == [
        ("new", "xã Mỹ Thuận (huyện Hòn Đất)", f"{income}, 2020: 38,5 triệu đồng/người/năm"),
        ("new", "xã Mỹ Thuận (huyện Hòn Đất)", f"{income}, 2021: 41,5 triệu đồng/người/năm"),
        ("new", "xã Mỹ Thuận (huyện Hòn Đất)", f"{income}, 2022: 45,25 triệu đồng/người/năm"),
        ("new", "xã Mỹ Thuận (huyện Hòn Đất)", "tỷ lệ nghèo đa chiều, 2022: 2,5 %"),
        ("new", "xã Sơn Bình (huyện Hòn Đất)", f"{income}, 2021: 40 triệu đồng/người/năm"),
        ("new", "xã Sơn Bình (huyện Hòn Đất)", "tỷ lệ nghèo đa chiều, 2022: 1,25 %"),
        ("new", "tỉnh Kiên Giang", f"{income}, 2020: 50,1 triệu đồng/người/năm"),
        ("new", "tỉnh Kiên Giang", f"{income}, 2021: 52 triệu đồng/người/năm"),
        ("new", "tỉnh Kiên Giang", f"{income}, 2022: 55,3 triệu đồng/người/năm"),
        ("new", "tỉnh Kiên Giang", "tỷ lệ nghèo đa chiều, 2022: 1,9 %"),
    ]


def test_years_below_one_heading_need_not_follow_each_other(ledger):
    rows = [["TT", "Xã", MILLION, None], [None, None, 2020, 2024], [1, "Mỹ Thuận", 38.5, 60], [2, "Sơn Bình", 37, 58]]
    facts, _result = taken(sheet(rows, ["A1:A2", "B1:B2", "C1:D1"]))
    assert [fact.partition(", ")[2] for *_unit, fact in facts] == [
        "2020: 38,5 triệu đồng/người/năm",
        "2024: 60 triệu đồng/người/năm",
        "2020: 37 triệu đồng/người/năm",
        "2024: 58 triệu đồng/người/năm",
    ]


def test_a_column_is_said_by_hand(ledger):
    file = sheet([["Xã", "Bình quân đầu người"], ["Mỹ Thuận", 60]])
    none = run("import", file, "--what", "values")
    assert (none.code, '--map "D=thu nhập"' in none.err) == (3, True)
    by_hand = ("--map", "B=thu nhập", "--year", "2024", "--unit", "triệu đồng/năm")
    assert taken(file, *by_hand)[0][0][2].endswith("2024: 60 triệu đồng/người/năm")


INCOMES = [["Mỹ Thuận", 38.5, 41.2, 44.75, 60], ["Sơn Bình", "18,2", "20,1", "22,6", 60]]
YEARS = ["Xã", "Năm 2022", "TH 2023", "Năm 2024", "KH 2025"]


def test_a_title_names_the_measure_and_the_unit_of_columns_of_years(ledger):
    title, caption = ["BIỂU TỔNG HỢP THU NHẬP BÌNH QUÂN ĐẦU NGƯỜI CÁC XÃ"], [None, None, "ĐVT: nghìn đồng/người/tháng"]
    facts, result = taken(sheet([title, caption, YEARS, ["Mỹ Thuận", 3100, "3.250", 3400, 60]]))
    assert result.code == 0, result.both
    label = "thu nhập bình quân đầu người"
    assert [fact for _state, _unit, fact in facts] == [
        f"{label}, 2022: 3.100 nghìn đồng/người/tháng",
        f"{label}, 2023: 3.250 nghìn đồng/người/tháng",
        f"{label}, 2024: 3.400 nghìn đồng/người/tháng",
    ]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("THU NHẬP BÌNH QUÂN ĐẦU NGƯỜI CÁC XÃ", ("income", None)),
        ("Biểu số 3: Thu nhập các xã huyện Hòn Đất (triệu đồng/người/năm)", ("income", "triệu đồng/người/năm")),
        ("KẾT QUẢ THU NHẬP TRÊN ĐỊA BÀN TỈNH LAI CHÂU GIAI ĐOẠN 2022-2024", ("income", None)),
        ("Tỷ lệ hộ nghèo các xã năm 2022-2024 (%)", ("poverty-rate", "%")),
        ("TỐC ĐỘ TĂNG THU NHẬP CÁC XÃ", None),
        ("KẾ HOẠCH THU NHẬP CÁC XÃ", None),
        ("THU NHẬP CÁC XÃ SO VỚI KẾ HOẠCH", None),
        ("THU NHẬP VÀ HỘ NGHÈO CÁC XÃ", None),
        ("DANH SÁCH XÃ ĐẠT TIÊU CHÍ THU NHẬP", None),
    ],
)
def test_a_title_names_a_measure_only_where_it_says_nothing_else_of_it(title, told):
    heading = title_heading([title])
    assert (heading and (heading.measure.key, heading.unit and heading.unit.name)) == told


def test_two_measures_of_titles_leave_open_which_is_meant(ledger):
    rows = [["THU NHẬP CÁC XÃ"], ["TỶ LỆ HỘ NGHÈO CÁC XÃ"], YEARS, *INCOMES]
    assert run("import", sheet(rows), "--what", "values").code == 3


def test_columns_of_years_are_said_by_hand(ledger):
    by_hand = [word for column in "BCD" for word in ("--map", f"{column}=thu nhập")]
    facts, result = taken(sheet([YEARS, *INCOMES]), *by_hand, "--unit", "triệu đồng/người/năm")
    assert result.code == 0, result.both
    assert [fact.partition(", ")[2].partition(":")[0] for _state, _unit, fact in facts] == ["2022", "2023", "2024"] * 2


@pytest.mark.parametrize("given", [(), ("--level", "ntm", "--year", "2024"), ("--level", "ntm")])
@pytest.mark.parametrize(
    ("what", "rows"),
    [
        ("values", [["Xã", "Huyện", "Thu nhập năm 2022", "KH 2025"], ["Mỹ Thuận", "Hòn Đất", 38.5, 60]]),
        ("values", [["THU NHẬP BÌNH QUÂN CÁC XÃ"], YEARS, *INCOMES]),
        ("values", [["Tên sản phẩm", "Chủ thể", "Địa chỉ", "Hạng sao"], ["Mắm", "HTX", "xã Mỹ Thuận", 3]]),
        ("groups", [["Xã", "Khu vực", "Biên giới", "Từ ngày"], ["Mỹ Thuận", "III", "x", "4/6/2021"]]),
        ("groups", [["Xã", "Huyện", "Nhóm"], ["Mỹ Thuận", "Hòn Đất", 2]]),
    ],
)
def test_values_and_groups_are_never_taken_for_units_or_recognitions(ledger, what, rows, given):
    result = run("import", sheet(rows), "--yes", *given)
    assert (result.code, f"--what {what}" in result.err) == (3, True), result.both
    assert run("history", "-f", "csv").out.count("import") == 0


def test_values_among_the_files_of_a_folder_are_no_recognitions(ledger, tmp_path):
    (tmp_path / "gui-ve").mkdir()
    sheet([["Xã", "Thu nhập năm 2022"], ["Mỹ Thuận", 38.5]], name=tmp_path / "gui-ve" / "thu-nhap.xlsx")
    result = run("import", str(tmp_path / "gui-ve"), "--yes", "--level", "ntm", "--year", "2024")
    assert (result.code, "bảng số liệu theo năm" in result.both) == (3, True), result.both
    assert "đạt chuẩn NTM" not in run("history").out


def test_recognitions_may_have_values_beside(ledger):
    rows = [["Xã", "Thu nhập 2024 (triệu đồng)", "Danh hiệu", "Năm đạt chuẩn"], ["Mỹ Thuận", 60, "NTM", 2022]]
    result = run("import", sheet(rows), "--dry-run")
    assert (result.code, "đạt chuẩn NTM, năm 2022" in result.out) == (0, True), result.both


def test_the_value_of_a_district_stands_in_the_row_that_heads_its_communes(ledger):
    rows = [["TT", "Tên xã", "Thu nhập 2022 (triệu đồng)"], ["I", "Huyện Hòn Đất", 48], [1, "Mỹ Thuận", 45]]
    facts, _result = taken(sheet(rows))
    assert [(unit, fact.rpartition(": ")[2]) for _state, unit, fact in facts] == [
        ("huyện Hòn Đất (tỉnh Kiên Giang)", "48 triệu đồng/người/năm"),
        ("xã Mỹ Thuận (huyện Hòn Đất)", "45 triệu đồng/người/năm"),
    ]


def test_a_cell_that_shows_per_cents_is_one(ledger):
    rows = [["Xã", "Nước sạch 2022"], ["Mỹ Thuận", 0.985], ["Sơn Bình", "97 %"]]
    facts, _result = taken(sheet(rows, formats=[("B2", "0.0%")]))
    assert [fact.rpartition(": ")[2] for *_unit, fact in facts] == ["98,5 %", "97 %"]


def test_an_untold_unit_or_year_is_asked_for(ledger):
    file = sheet([["Xã", "Thu nhập 2021"], ["Mỹ Thuận", 45]])
    refused = run("import", file, "--what", "values")
    assert (refused.code, '--unit "triệu đồng/người/năm"' in refused.err) == (1, True)
    assert taken(file, "--unit", "triệu đồng/năm")[0][0][2].endswith("45 triệu đồng/người/năm")
    titled = sheet([["ĐVT: triệu đồng/người/năm"], ["Xã", "Thu nhập 2021"], ["Mỹ Thuận", 45]])
    assert taken(titled)[0][0][2].endswith("45 triệu đồng/người/năm")
    poor = sheet([["Xã", "Hộ nghèo 2021"], ["Mỹ Thuận", 45]])  # per cent, or households?
    assert run("import", poor, "--what", "values").code == 1
    yearless = sheet([["SỐ LIỆU NĂM 2022"], ["Xã", MILLION], ["Mỹ Thuận", 45]])
    assert "--year 2022" in run("import", yearless, "--what", "values").err
    assert "2022: 45" in taken(yearless, "--year", "2022")[0][0][2]


def test_incomes_of_another_unit_than_the_heading_tells_are_refused(ledger):
    rows = [["Xã", "Thu nhập 2021 (triệu đồng)"], ["Mỹ Thuận", 45], ["Sơn Bình", 4200]]
    facts, result = taken(sheet(rows))
    assert (result.code, facts[-1][0], facts[-1][2]) == (3, "refused", "4200")


def test_a_long_table_names_unit_measure_and_year_in_each_row(ledger):
    rows = [
        ["Xã", "Chỉ tiêu", "Năm", "ĐVT", "Giá trị"],
        ["Mỹ Thuận", "Thu nhập bình quân", 2023, "nghìn đồng/người/tháng", 4000],
        ["Mỹ Thuận", "Tỷ lệ hộ nghèo", 2023, "%", "2,1"],
        ["Sơn Bình", "Diện tích", 2023, "ha", 98],
    ]
    facts, result = taken(sheet(rows))
    assert [fact for _state, _unit, fact in facts] == [
        "thu nhập bình quân đầu người, 2023: 4.000 nghìn đồng/người/tháng",
        "tỷ lệ nghèo đa chiều, 2023: 2,1 %",
        "Diện tích",
    ]
    assert result.code == 3


PRODUCTS = ["TT", "Tên sản phẩm", "Chủ thể", "Địa chỉ", "Hạng sao", "Số QĐ", "Ngày", "Hiệu lực đến"]


def test_a_list_of_ocop_products(ledger):
    day, until = date(2023, 12, 20), date(2026, 12, 20)
    rows = [
        ["DANH MỤC SẢN PHẨM OCOP"],
        PRODUCTS,
        [1, "Khô cá lóc", "HTX Một", "xã Mỹ Thuận, huyện Hòn Đất", "4 sao", "45/QĐ-UBND", day, until],
        [2, "Mật ong", None, "xã Sơn Bình", "★★★", "45/QĐ-UBND", day, until],
    ]
    file = sheet(rows)
    written = run("import", file, "--what", "values", "--yes")
    assert written.code == 0, written.both
    dump = run("history", "Mỹ Thuận").out
    assert "nhập so-lieu.xlsx, thêm 2 số liệu theo năm" in dump
    again, _result = taken(file)
    assert [state for state, *_fact in again] == ["same", "same"]
    rows[2][4] = "5 sao"
    changed, _result = taken(sheet(rows))
    assert [(state, fact) for state, _unit, fact in changed if state == "changed"] == [
        ("changed", "sản phẩm OCOP “Khô cá lóc”, 2023: 5 sao")
    ]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ([1, "Khô", None, "Mỹ Thuận", 6, "45/QĐ-UBND", date(2023, 12, 20), None], "không có hạng 6 sao"),
        ([1, "Khô", None, "Mỹ Thuận", 4, "45/QĐ-UBND", date(2023, 12, 20), date(2022, 1, 1)], "trước ngày quyết định"),
        ([1, "Khô", None, "Mỹ Thuận", 4, None, None, None], "thiếu cả năm lẫn ngày quyết định"),
        ([1, "Khô", None, "Mỹ Thuận", None, "45/QĐ-UBND", date(2023, 12, 20), None], "thiếu số sao"),
        ([1, "Khô", None, "Mỹ Thuận", 4, "45/QĐ-UBND", date(2027, 12, 20), None], "chưa đến"),
        ([1, "Khô", None, "Rừng Xa", 4, "45/QĐ-UBND", date(2023, 12, 20), None], "“Rừng Xa”"),
    ],
)
def test_a_wrong_row_is_told_with_its_cell_and_nothing_is_written(ledger, row, says):
    good = [2, "Mật ong", None, "Sơn Bình", 3, "45/QĐ-UBND", date(2023, 12, 20), None]
    file = sheet([PRODUCTS, row, good])
    before = run("history").out
    refused = run("import", file, "--what", "values", "--yes", "--no-annotate")
    assert refused.code == 3, refused.both
    assert says in refused.both
    assert run("history").out == before


def test_two_values_of_one_year_are_refused_and_a_wrong_row_is_left_out_whole(ledger):
    rows = [
        ["Xã", "Thu nhập 2021 (triệu đồng)", "Tỷ lệ hộ nghèo 2021 (%)"],
        ["Mỹ Thuận", 45, 2],
        ["Mỹ Thuận", 46, 2],
        ["Sơn Bình", 44, 104],
    ]
    facts, result = taken(sheet(rows), "--skip-bad")
    assert [(state, fact.rpartition(": ")[2]) for state, _unit, fact in facts] == [
        ("new", "45 triệu đồng/người/năm"),
        ("new", "2 %"),
        ("refused", "46"),
        ("refused", "104"),
    ], result.both


def test_a_correction_with_a_reason_is_not_taken_back_in_silence(ledger):
    by_hand = ("value", "Mỹ Thuận", "--measure", "thu nhập", "--year", "2021", "--value")
    assert run(*by_hand, "45").code == 0
    assert run(*by_hand, "46", "--correct", "số chính thức").code == 0
    file = sheet([["Xã", "Thu nhập 2021 (triệu đồng/người/năm)"], ["Mỹ Thuận", 45]])
    refused = run("import", file, "--what", "values", "--yes")
    assert (refused.code, "--over-edits" in refused.err) == (1, True)
    assert run("import", file, "--what", "values", "--yes", "--over-edits").code == 0


def test_a_unit_that_did_not_stand_in_the_year_is_refused(ledger):
    file = sheet([["Xã", "Thu nhập (triệu đồng)"], ["Mỹ Thuận", 70]])
    _facts, refused = taken(file, "--year", "2026")
    assert "không tồn tại vào 2026" in refused.out
    assert "chưa đến" in taken(file, "--year", "2027")[1].out


def test_a_title_that_speaks_of_a_plan_is_asked_about(ledger):
    file = sheet([["MỤC TIÊU THU NHẬP NĂM 2025"], ["Xã", "Thu nhập 2024 (triệu đồng)"], ["Mỹ Thuận", 70]])
    assert run("import", file, "--what", "values").code == 3
