"""The form for districts: units and levels to choose from, days and years checked, headings locked; filled in and
saved by LibreOffice it is taken in as it is."""

from datetime import date

import pytest
from openpyxl import load_workbook

from tests.office_tables.reading import told, weigh
from tests.office_tables.test_bad_files import convert, soffice
from tests.running import run


@pytest.fixture
def form(ledger, office):
    assert run("template", "biểu.xlsx", "--scope", "Hòn Đất").code == 0
    return office / "biểu.xlsx"


def fill(form):
    """Two rows as a district fills them in."""
    book = load_workbook(form)
    sheet = book["Danh sách"]
    for row, values in enumerate(
        (
            [
                "xã Mỹ Thuận (huyện Hòn Đất)",
                "đạt chuẩn NTM",
                2020,
                "12/QĐ-UBND",
                date(2021, 1, 5),
                "UBND tỉnh Kiên Giang",
            ],
            ["xã Mỹ Thuận (huyện Hòn Đất)", "NTM nâng cao", 2024, "2903/QĐ-UBND", date(2024, 12, 20)],
            ["huyện Hòn Đất (tỉnh Kiên Giang)", "đạt chuẩn NTM", 2024],
        ),
        6,
    ):
        for column, value in enumerate(values, 2):
            sheet.cell(row, column).value = value
    book.save(form)
    return form


def test_it_offers_the_units_and_levels_that_there_are(form):
    book = load_workbook(form)
    lists = book["Danh mục"]
    units = [cell.value for cell in lists["A"]]
    assert (len(units), units[0], units[-1]) == (13, "xã Bình Sơn (huyện Hòn Đất)", "huyện Hòn Đất (tỉnh Kiên Giang)")
    assert [cell.value for cell in lists["B"] if cell.value] == ["đạt chuẩn NTM", "NTM nâng cao", "NTM kiểu mẫu"]
    assert lists.sheet_state == "hidden"
    rules = {str(rule.sqref): (rule.type, rule.formula1) for rule in book["Danh sách"].data_validations.dataValidation}
    assert rules["B6:B42"] == ("list", "'Danh mục'!$A$1:$A$13")
    assert rules["C6:C42"] == ("list", "'Danh mục'!$B$1:$B$3")
    assert [kind for kind, _formula in rules.values()] == ["list", "list", "whole", "date", "date"]


def test_headings_are_locked_and_cells_to_fill_are_not(form):
    sheet = load_workbook(form)["Danh sách"]
    assert sheet.protection.sheet
    assert sheet["B5"].protection.locked
    assert not any(cell.protection.locked for cell in sheet[6][1:])


def test_as_it_is_it_tells_nothing(form):
    result = run("import", str(form))
    assert (result.code, "bảng không có nội dung nào nhập được" in result.err) == (0, True)


FILLED = [
    ("xã Mỹ Thuận (huyện Hòn Đất)", "đạt chuẩn NTM, năm 2020, Quyết định 12/QĐ-UBND ngày 05/01/2021"),
    ("xã Mỹ Thuận (huyện Hòn Đất)", "NTM nâng cao, năm 2024, Quyết định 2903/QĐ-UBND ngày 20/12/2024"),
    ("huyện Hòn Đất (tỉnh Kiên Giang)", "đạt chuẩn NTM, năm 2024"),
]


def test_filled_in_it_is_taken_without_a_word_about_columns(form):
    result, lines = weigh(fill(form))
    assert (result.code, told(lines)) == (0, FILLED)


@pytest.mark.slow
@soffice
@pytest.mark.parametrize("ending", ["ods", "csv", "xls"])
def test_saved_by_libreoffice_it_says_the_same(form, ending):
    result, lines = weigh(convert(fill(form), ending))
    assert (result.code, told(lines)) == (0, FILLED)


@pytest.mark.slow
@soffice
def test_saved_again_as_a_workbook_it_says_the_same(form, office):
    (office / "về").mkdir()
    through = convert(convert(fill(form), "ods").rename(office / "về" / "biểu.ods"), "xlsx")
    result, lines = weigh(through)
    assert (result.code, told(lines)) == (0, FILLED)


def test_only_a_workbook_can_be_a_form(ledger):
    assert run("template", "biểu.csv").code == 2


def test_a_form_that_may_be_filled_in_is_never_overwritten(form):
    before = fill(form).read_bytes()
    refused = run("template", str(form))
    assert (refused.code, form.read_bytes() == before) == (1, True)
