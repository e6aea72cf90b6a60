"""Columns of one level: the year in their headings is theirs, whatever --year says; each hint on a cell gets there."""

from datetime import date

import pytest
from openpyxl import Workbook

from tests.office_tables.reading import faults, table, told, weigh

TEXT = "STT;Tên xã;{one};{other}\n1;Mỹ Thuận;x;x\n2;Sơn Bình;x;\n"
MY_THUAN, SON_BINH = "xã Mỹ Thuận (huyện Hòn Đất)", "xã Sơn Bình (huyện Hòn Đất)"
OF_2020, OF_2022 = "đạt chuẩn NTM, năm 2020", "NTM nâng cao, năm 2022"
BOTH = [(MY_THUAN, OF_2020), (MY_THUAN, OF_2022), (SON_BINH, OF_2020)]


@pytest.fixture(autouse=True)
def of_kien_giang(ledger):
    """Each table is weighed against Kiên Giang's units."""


def rows(office, *lines):
    return table(office / "a.csv", "".join(f"{line}\n" for line in lines))


def book(office, *lines, merged=()):
    made = Workbook()
    for line in lines:
        made.active.append(line)
    for block in merged:
        made.active.merge_cells(block)
    made.save(office / "a.xlsx")
    return office / "a.xlsx"


def proposals(lines):
    return {line["cell"]: line["fix"] for line in lines if line["state"] == "refused"}


# Years in headings -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Đạt chuẩn NTM năm 2020", "NTM nâng cao năm 2022"),
        ("NTM (2020)", "NTM nâng cao (năm 2022)"),
        ("Xã đạt chuẩn NTM năm 2020", "Xã NTM nâng cao năm 2022"),
        ("Đạt chuẩn năm 2020", "Nâng cao 2022"),
        ("Được công nhận đạt chuẩn NTM trong năm 2020", "Công nhận NTM nâng cao vào năm 2022"),
    ],
)
@pytest.mark.parametrize("given", [(), ("--year", "2021")])
def test_the_year_in_the_heading_of_a_level_is_that_of_its_marks(office, one, other, given):
    file = table(office / "a.csv", TEXT.format(one=one, other=other))
    assert sorted(told(weigh(file, *given)[1])) == sorted(BOTH)


HEADS = {
    "year above": (["STT", "Tên xã", "Năm 2020", "Năm 2022"], [None, None, "NTM", "NTM nâng cao"]),
    "year above as a number": (["STT", "Tên xã", 2020, 2022], [None, None, "NTM", "NTM nâng cao"]),
    "level above": (["STT", "Tên xã", "NTM", "NTM nâng cao"], [None, None, "Năm 2020", "Năm 2022"]),
}


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("merged", [(), ("A1:A2", "B1:B2")])
def test_the_year_may_stand_above_the_level_or_below_it(office, head, merged):
    file = book(office, *HEADS[head], [1, "Mỹ Thuận", "x", "x"], [2, "Sơn Bình", "x", None], merged=merged)
    for given in ((), ("--level", "kieu-mau", "--year", "2021")):
        assert sorted(told(weigh(file, *given)[1])) == sorted(BOTH)


def test_a_year_and_a_level_over_several_columns_are_those_of_all(office):
    head = ["STT", "Tên xã", "Đạt chuẩn NTM năm 2020", None, "NTM nâng cao năm 2022", None]
    below = [None, None, "Số QĐ", "Ngày ký", "Số QĐ", "Ngày ký"]
    row = [1, "Mỹ Thuận", "12/QĐ-UBND", "1/2/2021", "13/QĐ-UBND", "3/4/2023"]
    file = book(office, head, below, row, merged=("A1:A2", "B1:B2", "C1:D1", "E1:F1"))
    assert told(weigh(file, "--year", "2019")[1]) == [
        (MY_THUAN, f"{OF_2020}, Quyết định 12/QĐ-UBND ngày 01/02/2021"),
        (MY_THUAN, f"{OF_2022}, Quyết định 13/QĐ-UBND ngày 03/04/2023"),
    ]


def test_levels_below_each_year_are_of_that_year_and_a_level_has_one(office):
    head, below = ["STT", "Tên xã", "Năm 2020", None, "Năm 2022", None], [None, None, *["NTM", "NTM nâng cao"] * 2]
    marks = [1, "Mỹ Thuận", "x", None, None, "x"], [2, "Sơn Bình", "x", None, "x", None]
    _result, lines = weigh(book(office, head, below, *marks, merged=("A1:A2", "B1:B2", "C1:D1", "E1:F1")))
    assert (told(lines), [*faults(lines)]) == ([(MY_THUAN, OF_2020), (MY_THUAN, OF_2022)], ["Sheet!C4", "Sheet!E4"])


def test_a_list_headed_by_a_level_and_a_year_is_of_both(office):
    file = rows(office, "STT;Xã đạt chuẩn NTM năm 2020", "1;Mỹ Thuận", "2;Sơn Bình")
    assert told(weigh(file, "--year", "2022")[1]) == [(MY_THUAN, OF_2020), (SON_BINH, OF_2020)]


OTHER_YEARS = ["NTM đến năm 2020", "NTM giai đoạn 2016-2020", "NTM theo QĐ 2020", "Hiện trạng NTM năm 2020"]


@pytest.mark.parametrize("heading", OTHER_YEARS)
def test_a_span_or_the_year_of_something_else_is_no_year_recognised_for(office, heading):
    result, lines = weigh(rows(office, f"STT;Tên xã;{heading}", "1;Mỹ Thuận;x"))
    assert (result.code != 0, told(lines)) == (True, [])


def test_another_year_in_the_row_than_in_the_heading_is_told_and_the_hint_gets_there(office):
    head = "Tên xã;Đạt chuẩn NTM năm 2020;Năm"
    _result, lines = weigh(rows(office, head, "Mỹ Thuận;x;2019", "Sơn Bình;2021;"))
    assert proposals(lines) == {
        "C2": "ghi 2020 ở đây, hoặc sửa ô kia",
        "B3": "ghi x nếu đúng là năm 2020; nếu không thì xoá trắng ô",
    }
    _result, lines = weigh(rows(office, head, "Mỹ Thuận;x;2020", "Sơn Bình;x;"))
    assert told(lines) == [(MY_THUAN, OF_2020), (SON_BINH, OF_2020)]


# Cells below a level ---------------------------------------------------------------------------------------------

COUNTED = "nếu là số xã thì xoá trắng ô; nếu chính đơn vị này được công nhận thì ghi năm"


@pytest.mark.parametrize("count", ["1", "5", "12/12 xã", "12 xã", "12/13"])
def test_a_count_beside_a_district_is_no_mark_and_no_hint_makes_it_one(office, count):
    head = "STT;Đơn vị;NTM;Nâng cao;Năm"
    _result, lines = weigh(rows(office, head, f"1;Huyện Hòn Đất;{count};;2024", f"2;Huyện Tân Hiệp;;{count};2024"))
    assert proposals(lines) == {"C2": COUNTED, "D3": COUNTED}
    assert "số xã" in faults(lines)["C2"]
    _result, lines = weigh(rows(office, head, "1;Huyện Hòn Đất;2019;;", "2;Huyện Tân Hiệp;;;"))
    assert told(lines) == [("huyện Hòn Đất (tỉnh Kiên Giang)", "đạt chuẩn NTM, năm 2019")]


MARKED = "ghi x hoặc năm đạt chuẩn; chưa đạt thì xoá trắng ô, hoặc bỏ dòng này"


@pytest.mark.parametrize(
    ("cell", "fix"),
    [
        ("30/12/2020", "chỉ ghi năm đạt chuẩn, bốn chữ số"),
        ("12/2020", "chỉ ghi năm đạt chuẩn, bốn chữ số"),
        ("2012-2013", MARKED),
        ("19", MARKED),
        ("12 xã", MARKED),
        ("NTM nâng cao", MARKED),
    ],
)
def test_what_is_no_mark_is_told_how_to_write_one(office, cell, fix):
    head = "STT;Tên xã;NTM"
    _result, lines = weigh(rows(office, head, f"1;Mỹ Thuận;{cell}"))
    assert proposals(lines) == {"C2": fix}
    assert told(weigh(rows(office, head, "1;Mỹ Thuận;2020"))[1]) == [(MY_THUAN, OF_2020)]


def test_a_real_day_below_a_level_is_told_so(office):
    _result, lines = weigh(book(office, ["STT", "Tên xã", "NTM"], [1, "Mỹ Thuận", date(2020, 12, 30)]))
    assert proposals(lines) == {"Sheet!C2": "chỉ ghi năm đạt chuẩn, bốn chữ số"}


@pytest.mark.parametrize("mark", ["(x)", "[x]", "(Đạt)", "NTM", "Đạt chuẩn NTM"])
def test_a_mark_in_brackets_and_the_name_of_the_columns_own_level_are_marks(office, mark):
    assert told(weigh(rows(office, "STT;Tên xã;NTM;Năm", f"1;Mỹ Thuận;{mark};2020"))[1]) == [(MY_THUAN, OF_2020)]


@pytest.mark.parametrize("planned", ["đăng ký 2025", "2024 (dự kiến)"])
def test_a_plan_for_a_higher_level_leaves_the_lower_one_of_the_row(office, planned):
    head = "STT;Tên xã;NTM;Nâng cao"
    _result, lines = weigh(rows(office, head, f"1;Mỹ Thuận;2020;{planned}", f"2;Sơn Bình;;{planned}"))
    assert proposals(lines) == {"D2": "xoá trắng ô", "D3": "bỏ dòng này"}
    assert told(weigh(rows(office, head, "1;Mỹ Thuận;2020;"))[1]) == [(MY_THUAN, OF_2020)]


# Advice, and headings of districts -------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["Đạt NTM, chưa đạt nâng cao", "Chưa đạt nâng cao", "Không"])
def test_what_is_denied_and_told_is_told_what_to_write(office, said):
    head = "Tên xã;Danh hiệu;Năm"
    _result, lines = weigh(rows(office, head, f"Mỹ Thuận;{said};2020", "Sơn Bình;NTM;2020"))
    assert proposals(lines) == {"B2": "chỉ ghi mức đã đạt, như NTM hoặc x; chưa đạt mức nào thì bỏ dòng này"}


def test_a_level_said_and_another_marked_are_told_apart_and_the_hint_gets_there(office):
    head = "Tên xã;Danh hiệu;NTM;Nâng cao;Năm"
    _result, lines = weigh(rows(office, head, "Mỹ Thuận;Nâng cao;x;;2020"))
    assert proposals(lines) == {"B2": "dấu đúng thì xoá trắng ô này; không thì đánh dấu đúng mức ghi ở đây"}
    assert told(weigh(rows(office, head, "Mỹ Thuận;;x;;2020"))[1]) == [(MY_THUAN, OF_2020)]


@pytest.mark.parametrize(
    "heading",
    ["Đơn vị cấp huyện", "Tên đơn vị cấp huyện", "Đơn vị hành chính cấp huyện", "Các huyện", "Huyện được công nhận",
     "Huyện, thị xã, thành phố được công nhận"],
)  # fmt: skip
def test_districts_are_known_by_how_offices_head_them(office, heading):
    file = rows(office, f'STT;"{heading}";Danh hiệu;Năm', "1;Huyện Hòn Đất;NTM;2020", "2;Gò Quao;NTM;2020")
    assert {unit.split(" (")[0] for unit, _what in told(weigh(file)[1])} == {"huyện Hòn Đất", "huyện Gò Quao"}


# A column that names the level of each row -----------------------------------------------------------------------

NAMED = [(MY_THUAN, "NTM nâng cao, năm 2022"), (SON_BINH, "NTM kiểu mẫu, năm 2023")]


@pytest.mark.parametrize(
    "heading",
    [
        *("Đạt mức", "Mức đạt", "Mức đạt chuẩn", "Mức NTM", "Danh hiệu đạt", "Danh hiệu NTM", "Đạt danh hiệu", "Đạt"),
        *("Đạt chuẩn mức", "Công nhận mức", "Được công nhận mức", "Công nhận", "Loại xã NTM", "Loại xã", "Loại NTM"),
        *("Kết quả", "Kết quả công nhận", "Kết quả đạt chuẩn", "Kết quả xây dựng NTM", "Xếp loại", "Phân loại xã"),
        *("Cấp độ NTM", "Hình thức công nhận", "Đạt tiêu chuẩn", "Đạt chuẩn NTM", "Đạt bộ tiêu chí", "Trạng thái"),
    ],
)
def test_a_column_of_names_of_levels_tells_the_level_however_it_is_headed(office, heading):
    file = rows(office, f"STT;Tên xã;{heading};Năm", "1;Mỹ Thuận;NTM nâng cao;2022", "2;Sơn Bình;NTM kiểu mẫu;2023")
    assert told(weigh(file)[1]) == NAMED


def test_a_name_of_a_level_that_is_misspelt_among_others_is_a_wrong_level_and_no_wrong_mark(office):
    _result, lines = weigh(
        rows(
            office,
            "STT;Tên xã;Đạt mức;Năm",
            "1;Mỹ Thuận;NTM nâng cao;2022",
            "2;Sơn Bình;Đạt chuẩn;2023",
            "3;Mỹ Hiệp Sơn;NTM nân kao;2023",
            "4;Bình Sơn;Chưa đạt;",
        )
    )
    assert told(lines) == [(MY_THUAN, "NTM nâng cao, năm 2022"), (SON_BINH, "đạt chuẩn NTM, năm 2023")]
    assert "x" not in proposals(lines)["C4"].split()


@pytest.mark.parametrize("heading", ["Đăng ký mức", "Kế hoạch công nhận", "Mức phấn đấu", "Đề nghị danh hiệu"])
def test_levels_that_are_planned_tell_no_recognition(office, heading):
    file = rows(office, f"STT;Tên xã;{heading};Năm", "1;Mỹ Thuận;NTM nâng cao;2022", "2;Sơn Bình;NTM kiểu mẫu;2023")
    assert told(weigh(file)[1]) == []


def test_a_column_of_marks_stays_one_beside_a_level_given_by_hand(office):
    file = rows(office, "STT;Tên xã;Đạt;Năm", "1;Mỹ Thuận;x;2022", "2;Sơn Bình;Đạt;2023")
    assert [what for _unit, what in told(weigh(file, "--level", "nang-cao")[1])] == [
        "NTM nâng cao, năm 2022",
        "NTM nâng cao, năm 2023",
    ]
