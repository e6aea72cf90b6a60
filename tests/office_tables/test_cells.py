"""Cells as people write them: decisions with their day in one cell · days as dates, text, numbers · years as text ·
marks below the name of a level · nothing guessed where it could be two things."""

from datetime import date

import pytest

from ntmtrack.ingest.levels import Mark, is_mark, mark_in
from ntmtrack.ingest.values import Ambiguous, DecisionText, ValueMismatch, day_in, decision_in, read_moment, year_in
from ntmtrack.spreadsheets import Cell, address, letters_of, number_of, ranges

OF_2019 = DecisionText("1007/QĐ-UBND", "2019-05-02")
DECISIONS = {
    "1007/QĐ-UBND ngày 02/5/2019": OF_2019,
    "QĐ số 1007/QĐ-UBND, ngày 2-5-2019": OF_2019,
    "Số 1007/QĐ-UBND (02/05/2019)": OF_2019,
    "1007/QĐ-UBND\n02/5/2019": OF_2019,
    "1007 / QĐ - UBND ngày 02.5.2019": OF_2019,
    "Quyết định 1007/QĐ-UBND ngày 02 tháng 5 năm 2019": OF_2019,
    "669/QĐ-TTg ngày 02/6/2022 của Thủ tướng Chính phủ": DecisionText(
        "669/QĐ-TTg", "2022-06-02", "Thủ tướng Chính phủ"
    ),
    "12/QĐ-UBND tháng 5/2019": DecisionText("12/QĐ-UBND", "2019-05"),
    "2903/QĐ-UBND-HC": DecisionText("2903/QĐ-UBND-HC"),
    "01/2022/QĐ-UBND": DecisionText("01/2022/QĐ-UBND"),
    1007: DecisionText("1007"),
}


@pytest.mark.parametrize(("value", "meant"), DECISIONS.items(), ids=map(str, DECISIONS))
def test_a_decision_in_one_cell(value, meant):
    assert decision_in(Cell(value)) == meant


@pytest.mark.parametrize(
    "value",
    ["12/QĐ-UBND, 13/QĐ-UBND", "Đang trình", "chưa có", "15/19", "12/QĐ-UBND ngày 5/1/21",
     "1007/QĐ-UBND ngày 31/2/2019", date(2023, 12, 1), True,
     "1/QĐ-UBND ngày 2/1/2019 và 3/1/2019"],
)  # fmt: skip
def test_what_is_no_one_decision(value):
    with pytest.raises(ValueMismatch):
        decision_in(Cell(value))


DAYS = {
    "02/5/2019": "2019-05-02",
    "2-5-2019": "2019-05-02",
    "2.5.2019": "2019-05-02",
    "02/ 5/2019": "2019-05-02",
    "ngày 2/5/2019": "2019-05-02",
    "02 tháng 5 năm 2019": "2019-05-02",
    "2019-05-02": "2019-05-02",
    "43587": "2019-05-02",
    43587: "2019-05-02",
    date(2019, 5, 2): "2019-05-02",
    "5/2019": "2019-05",
    "tháng 5 năm 2019": "2019-05",
    "năm 2019": "2019",
    2019: "2019",
}


@pytest.mark.parametrize(("value", "meant"), DAYS.items(), ids=map(str, DAYS))
def test_a_day(value, meant):
    assert day_in(Cell(value)) == meant


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2021-01-05T17:00:00Z", "2021-01-06"),
        ("9999-12-31T23:59:59Z", "9999-12-31"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01"),
    ],
)
def test_a_moment_is_the_day_that_it_is_here_where_there_is_one(moment, day):
    assert read_moment(Cell(moment)) == day


def test_a_day_of_which_the_cell_shows_only_a_part():
    assert day_in(Cell(date(2024, 2, 1), "mm/yyyy")) == "2024-02"
    assert day_in(Cell(date(2024, 1, 1), "yyyy")) == "2024"
    assert day_in(Cell(date(2024, 2, 1), '"ngày" dd/mm/yyyy')) == "2024-02-01"


@pytest.mark.parametrize("value", ["02/5/19", "31/02/2019", "x", 12, "2019/2020", date(1905, 7, 15)])
def test_what_is_no_day(value):
    with pytest.raises(ValueMismatch):
        day_in(Cell(value))


@pytest.mark.parametrize("value", [2023, 2023.0, "2023", " Năm 2023 ", "2023.", date(1905, 7, 15)])
def test_a_year_also_one_that_excel_shows_as_a_day(value):
    assert year_in(Cell(value, "dd/mm/yyyy")) == 2023


@pytest.mark.parametrize("value", ["23", "20222", "2022-2023", date(2023, 5, 1), 23, "", True])
def test_what_is_no_year(value):
    with pytest.raises(ValueMismatch):
        year_in(Cell(value))


MARKS = {
    **dict.fromkeys(["x", "X", "Đạt", "đạt", "✓", "Đ", "Có"], Mark(True)),
    **dict.fromkeys(["1", 1], Mark(True, by_number=True)),
    **dict.fromkeys(["0", 0, "-", "–", "Chưa", "chưa đạt", "khong đạt", "CĐ", "K"], Mark(False)),
    **dict.fromkeys(["2019", "năm 2019", "Đạt năm 2019", "x (2019)", 2019], Mark(True, 2019)),
    "1007/QĐ-UBND ngày 02/5/2019": Mark(True, None, OF_2019),
    **dict.fromkeys(["QĐ số 2024", "qđ số: 2024"], Mark(True, None, DecisionText("2024"))),
    "Đạt theo QĐ năm 2019": Mark(True, 2019),
    "2019 (1007/QĐ-UBND)": Mark(True, 2019, DecisionText("1007/QĐ-UBND")),
}


@pytest.mark.parametrize(("value", "meant"), MARKS.items(), ids=map(str, MARKS))
def test_a_mark_below_the_name_of_a_level(value, meant):
    assert mark_in(Cell(value)) == meant


@pytest.mark.parametrize(
    "value",
    [
        "abc",
        "Khổng Lào",
        "*",
        "☐",
        "ü",
        "2019, 2020",
        "12",
        "x?",
        "19/19",
        "15/19",
        "Theo Quyết định số 2019",
        "số 2019 (QĐ-UBND)",
    ],
)
def test_what_is_no_mark(value):
    with pytest.raises(ValueMismatch):
        mark_in(Cell(value))


@pytest.mark.parametrize("value", ["QĐ 2024", "Đạt QĐ 2024", "Quyết định: 2024", "quyet dinh 2024"])
def test_what_may_be_a_year_or_a_decision_is_asked_about(value):
    with pytest.raises(Ambiguous) as asked:
        mark_in(Cell(value))
    assert "“2024/QĐ-UBND”" in asked.value.fix
    assert is_mark(value)


def test_a_truth_value_is_a_mark_too():
    assert (mark_in(Cell(True)), mark_in(Cell(False))) == (Mark(True), Mark(False))


def test_a_fault_of_the_cell_is_told_whatever_is_expected():
    for read in (decision_in, day_in, year_in, mark_in):
        with pytest.raises(ValueMismatch, match="hỏng"):
            read(Cell(None, fault="hỏng"))


def test_cells_are_called_as_formulas_call_them():
    assert address("Xã", 16, 2) == "Xã!C17"
    assert address("Danh sách xã", 0, 27) == "'Danh sách xã'!AB1"
    assert address("Xã's", 0, 0) == "'Xã''s'!A1"
    assert (address("", 4, 2), address("Xã", 4, None)) == ("C5", "Xã!5")
    assert all(number_of(letters_of(number)) == number for number in (0, 25, 26, 701, 702, 16_383))
    assert ranges([11, 12, 13, 20]) == "12–14, 21"


def test_a_year_of_four_digits_out_of_reach_is_told_the_bounds():
    with pytest.raises(ValueMismatch, match="năm phải từ 2011 đến 2030"):
        year_in(Cell("2105"))
