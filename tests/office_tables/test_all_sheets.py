"""A workbook whose every sheet is a table, taken in as one action: each sheet by its own title · a mere list of names
below a title that tells all · sheets that are no table, and hidden ones, named · a fault on one writes nothing · taken
back at once."""

import pytest

from tests.office_tables.reading import faults, recognised, told, weigh
from tests.office_tables.test_returns import LIST, MY_THUAN, OF_2020, SHEETS, SON_BINH, book
from tests.running import run

NAMES = [["XÃ ĐẠT CHUẨN NTM KIỂU MẪU NĂM 2024"], ["TT", "Tên xã"], [1, "Sơn Kiên"]]


@pytest.fixture(autouse=True)
def of_kien_giang(ledger):
    """Each table is weighed against Kiên Giang's units."""


def test_each_sheet_is_read_by_its_own_title(office):
    file = book(office, {**SHEETS, "Biểu 3": NAMES})
    asked = run("import", str(file))
    assert (asked.code, "--all-sheets" in asked.err) == (3, True)
    result, lines = weigh(file, "--all-sheets")
    assert told(lines) == [
        (MY_THUAN, "đạt chuẩn NTM, năm 2019"),
        (SON_BINH, "NTM nâng cao, năm 2023"),
        ("xã Sơn Kiên (huyện Hòn Đất)", "NTM kiểu mẫu, năm 2024"),
    ]
    assert "Trang “Biểu 3”: NTM kiểu mẫu, 2024, chỉ theo tiêu đề." in result.out


def test_it_is_one_action(office):
    assert run("import", str(book(office, SHEETS)), "--all-sheets").code == 0
    assert {name for name, _level, _year in recognised()} == {"xã Mỹ Thuận", "xã Sơn Bình"}
    assert run("undo").code == 0
    assert recognised() == []


def test_what_is_not_read_is_named(office):
    sheets = {"Bìa": [["Báo cáo"]], **SHEETS, "Nháp": LIST, "Ghi chép": [["Đã gọi điện cho huyện"]]}
    file = book(office, sheets, hidden=["Nháp"])
    out = run("import", str(file), "--all-sheets", "--dry-run").out
    assert "Trang không có bảng như vậy, không đọc: “Bìa”, “Ghi chép”." in out
    assert "Trang ẩn “Nháp”" in out


def test_a_fault_on_one_sheet_writes_nothing(office):
    wrong = [["TT", "Tên xã", "Danh hiệu", "Năm"], [1, "Không Có", "NTM", 2020]]
    file = book(office, {"Xã": LIST, "Sai": wrong})
    refused = run("import", str(file), "--all-sheets")
    assert (refused.code, "Sai!B2" in refused.out, recognised()) == (3, True, [])
    assert list(faults(weigh(file, "--all-sheets")[1])) == ["Sai!B2"]


def test_a_sheet_that_tells_no_level_anywhere_is_named(office):
    file = book(office, {**SHEETS, "Thiếu": [["TT", "Tên xã", "Năm"], [1, "Mỹ Phước", 2020]]})
    refused = run("import", str(file), "--all-sheets")
    assert (refused.code, "“Thiếu”" in refused.err, recognised()) == (3, True, [])


def test_a_level_given_by_hand_does_not_overrule_titles_that_differ(office):
    assert run("import", str(book(office, SHEETS)), "--all-sheets", "--level", "ntm").code == 3


def test_of_a_workbook_with_one_table_it_changes_nothing(office):
    file = book(office, {"Xã": LIST, "Bìa": [["Báo cáo"]]})
    assert told(weigh(file, "--all-sheets")[1]) == told(weigh(file)[1]) == [(MY_THUAN, OF_2020)]


def test_a_choice_of_sheets_is_another_way(office):
    refused = run("import", str(book(office, SHEETS)), "--all-sheets", "--sheet", "Biểu 1")
    assert (refused.code, "--sheet" in refused.err) == (2, True)
