"""Figures and times as people write them in a form · what two cells disagree on · rows that are none.

All figures are made up.
"""

import pytest

from tests.plan_files.forms import HEADINGS, ROW, form, problems, with_cell
from tests.plan_files.making import in_form


def told(tmp_path, **cells):
    """What a row tells whose cells, by heading, are these; only what is not as usual."""
    names = {
        "tang": "Tăng thêm",
        "luy_ke": "Luỹ kế",
        "ty_le": "Tỷ lệ (%)",
        "nam": "Năm",
        "dau": "So sánh",
        "mau": "Mẫu số in",
    }
    row = dict(zip(HEADINGS, ROW, strict=True)) | {"Luỹ kế": None} | {names[key]: value for key, value in cells.items()}
    (target,) = form(tmp_path, list(row.values()), headings=list(row)).targets
    usual = target._field_defaults
    return {
        field: value
        for field, value in target._asdict().items()
        if field not in ("tier", "measure", "cite", "year") and value != usual[field]
    }


@pytest.mark.parametrize(
    ("cells", "meant"),
    [
        ({"luy_ke": "≥ 17"}, {"operator": ">=", "cumulative": 17}),
        ({"luy_ke": "ít nhất 17"}, {"operator": ">=", "cumulative": 17}),
        ({"luy_ke": "Tối thiểu 17 xã"}, {"operator": ">=", "cumulative": 17}),
        ({"luy_ke": "17 xã trở lên"}, {"operator": ">=", "cumulative": 17}),
        ({"luy_ke": "từ 17 xã trở lên"}, {"operator": ">=", "cumulative": 17}),
        ({"luy_ke": "<5"}, {"operator": "<", "cumulative": 5}),
        ({"luy_ke": "không quá 04 xã"}, {"operator": "<=", "cumulative": 4}),
        ({"luy_ke": "khoảng 47"}, {"operator": "about", "cumulative": 47}),
        ({"luy_ke": "khoảng 17-19 xã"}, {"operator": "about", "cumulative": 17, "cumulative_high": 19}),
        ({"luy_ke": "17 xã"}, {"cumulative": 17}),
        ({"luy_ke": "64/92"}, {"cumulative": 64, "total": 92}),
        ({"luy_ke": "64/92 xã (69,57%)"}, {"cumulative": 64, "total": 92, "percent": "69,57"}),
        ({"luy_ke": "64/92 xã, đạt 69,57%"}, {"cumulative": 64, "total": 92, "percent": "69,57"}),
        ({"luy_ke": "đạt 64 (xã)"}, {"cumulative": 64}),
        ({"luy_ke": "không còn xã nào"}, {"cumulative": 0}),
        ({"ty_le": "đạt 10 %"}, {"percent": "10"}),
        ({"ty_le": "trên 60% số thôn, bản"}, {"operator": ">", "percent": "60"}),
        ({"luy_ke": "1.234"}, {"cumulative": 1234}),
        ({"tang": "01–02"}, {"operator": "range", "added": 1, "added_high": 2}),
        ({"tang": "thêm 05 xã"}, {"added": 5}),
        ({"tang": "+5"}, {"added": 5}),
        ({"tang": "23 trong 25 xã đăng ký"}, {"added": 23, "total": 25, "share_of": "registered"}),
        ({"tang": "các xã còn lại"}, {"share_of": "remaining"}),
        ({"ty_le": "40%"}, {"percent": "40"}),
        ({"ty_le": "trên 20%"}, {"operator": ">", "percent": "20"}),
        ({"ty_le": "80% trở lên"}, {"operator": ">=", "percent": "80"}),
        ({"ty_le": "100% số xã còn lại"}, {"percent": "100", "share_of": "remaining"}),
        ({"ty_le": "≥ 40%", "luy_ke": 47}, {"operator": ">=", "percent": "40", "cumulative": 47}),
        (
            {"ty_le": "ít nhất 40% (khoảng 47)"},
            {"operator": "about", "percent_operator": ">=", "percent": "40", "cumulative": 47},
        ),
        (
            {"ty_le": "ít nhất 40%", "luy_ke": "khoảng 47"},
            {"operator": "about", "percent_operator": ">=", "percent": "40", "cumulative": 47},
        ),
        (
            {"tang": "thêm ≥ 17", "ty_le": "40%"},
            {"operator": ">=", "percent_operator": "=", "added": 17, "percent": "40"},
        ),
        ({"tang": "17 xã", "ty_le": "≥ 40%"}, {"percent_operator": ">=", "added": 17, "percent": "40"}),
        ({"dau": "ít nhất", "luy_ke": "≥ 17", "mau": 92}, {"operator": ">=", "cumulative": 17, "total": 92}),
        ({"luy_ke": 17, "tang": "-"}, {"cumulative": 17}),
        ({"luy_ke": 17, "nam": "6/2022"}, {"cumulative": 17, "due_on": "2022-06"}),
        ({"luy_ke": 17, "nam": "trước năm 2025"}, {"cumulative": 17, "due_on": "<2025"}),
        ({"tang": 17, "nam": "2024–2025"}, {"added": 17, "span": "period", "begins_on": "2024"}),
        ({"tang": 17, "nam": "Giai đoạn 2021-2025"}, {"added": 17, "span": "period"}),
        ({"tang": 17, "nam": "Quý III/2022"}, {"added": 17, "begins_on": "2022-07", "due_on": "2022-09"}),
    ],
)
def test_a_cell_tells_all_that_stands_in_it(tmp_path, cells, meant):
    assert told(tmp_path, **cells) == meant


@pytest.mark.parametrize(
    ("added", "cumulative", "operators"),
    [
        ("17 xã", "ít nhất 77", ("=", ">=")),
        ("khoảng 17", "≥ 167", ("about", ">=")),
        ("≥ 17", "77", (">=", "=")),
        ("02–03 xã", "khoảng 43", ("range", "about")),
    ],
)
def test_cells_with_two_signs_are_two_figures(tmp_path, added, cumulative, operators):
    row = dict(zip(HEADINGS, ROW, strict=True)) | {"Tăng thêm": added, "Luỹ kế": cumulative}
    plan = form(tmp_path, list(row.values()))
    first, second = plan.targets
    assert (first.operator, second.operator) == operators
    assert (first.cumulative, second.added) == (None, None)
    assert in_form(plan, tmp_path, "csv") == plan


@pytest.mark.parametrize(
    ("written", "measure"),
    [
        ("dưới 15 tiêu chí", "criteria-below"),
        ("Dưới 9 tiêu chí", "criteria-below"),
        ("từ 15 tiêu chí trở lên", "criteria-at-least"),
    ],
)
def test_the_number_of_criteria_stands_in_the_measure(tmp_path, written, measure):
    (target,) = form(tmp_path, with_cell("Chỉ tiêu", written)).targets
    assert (target.measure, target.threshold) == (measure, int("".join(filter(str.isdecimal, written))))


def test_two_numbers_of_criteria_are_told_apart(tmp_path):
    row = [*with_cell("Chỉ tiêu", "dưới 15 tiêu chí"), 13]
    (said,) = problems(tmp_path, row, headings=[*HEADINGS, "Số tiêu chí"])
    assert "Số tiêu chí" in said


@pytest.mark.parametrize(
    ("written", "year"),
    [("Năm 2023", 2023), ("đến năm 2025", 2025), ("trước năm 2025", 2024), ("tháng 6 năm 2022", 2022)],
)
def test_a_time_has_its_year(tmp_path, written, year):
    assert form(tmp_path, with_cell("Năm", written)).targets[0].year == year


def test_what_two_columns_say_differently_is_named(tmp_path):
    row = [*with_cell("Luỹ kế", "≥ 17"), "khoảng"]
    (problem,) = problems(tmp_path, row, headings=[*HEADINGS, "So sánh"])
    assert problem == "cell E11: Luỹ kế: says something else than the column “So sánh” of the same row"
    row = [*with_cell("Luỹ kế", "64/92"), 94]
    (problem,) = problems(tmp_path, row, headings=[*HEADINGS, "Mẫu số in"])
    assert problem == "cell E11: Luỹ kế: says something else than the column “Mẫu số in” of the same row"


@pytest.mark.parametrize("words", ["Tổng", "Tổng cộng", "Cộng:", "Tổng số xã", "CỘNG"])
def test_a_row_of_totals_is_none_of_the_plan(tmp_path, words):
    total = [words, None, None, 5, 24, None, None]
    assert form(tmp_path, ROW, total) == form(tmp_path, ROW)


def test_a_line_of_the_blank_form_that_stays_empty_is_none_of_the_plan(tmp_path):
    assert form(tmp_path, ROW, ["xã", "NTM kiểu mẫu", 2025, "–", None, None, None]) == form(tmp_path, ROW)


@pytest.mark.parametrize(
    ("written", "measure"),
    [
        ("Số xã đạt chuẩn NTM nâng cao", "nang-cao"),
        ("Xã đạt chuẩn nông thôn mới kiểu mẫu", "kieu-mau"),
        ("đạt chuẩn NTM/hoàn thành nhiệm vụ xây dựng NTM", "ntm"),
        ("hoàn thành nhiệm vụ xây dựng nông thôn mới", "hoan-thanh"),
        ("NTM hiện đại", "hien-dai"),
    ],
)
def test_levels_as_plans_call_them(tmp_path, written, measure):
    assert form(tmp_path, with_cell("Chỉ tiêu", written)).targets[0].measure == measure
