"""What does not fit is named by its cell."""

from datetime import date

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font

from ntmtrack.errors import BadRoadmap
from ntmtrack.ingest.roadmap_form import read_form
from tests.plan_files.forms import HEAD, HEADINGS, ROW, problems, sheet_of, with_cell


@pytest.mark.parametrize(
    ("heading", "written", "said"),
    [
        ("Cấp", "khu phố", "cell A11: Cấp: “khu phố” is unknown here; write one of: xã, huyện, tỉnh, thôn"),
        (
            "Chỉ tiêu",
            "siêu cao",
            "cell B11: Chỉ tiêu: “siêu cao” is unknown here; write one of: đạt chuẩn NTM, NTM nâng cao, NTM",
        ),
        (
            "Chỉ tiêu",
            None,
            "cell B11: missing Chỉ tiêu: write it in every row of a figure; unmerge cells that are merged",
        ),
        ("Năm", None, "cell C11: Năm: missing"),
        ("Năm", 2031, "cell C11: Năm: lies outside the programme 2021-2025"),
        ("Năm", "sang năm", "cell C11: Năm: no time that is understood: “sang năm”; write 2023, 6/2022"),
        ("Năm", "2025-2024", "cell C11: Năm: no time that is understood"),
        ("Tăng thêm", "hai", "cell D11: Tăng thêm: write a number of units: 17, ≥ 17"),
        ("Tăng thêm", "độ 17", "cell D11: Tăng thêm: write a number of units: 17, ≥ 17"),
        ("Tăng thêm", "17 hộ", "cell D11: Tăng thêm: write a number of units: 17, ≥ 17"),
        ("Luỹ kế", "40%", "cell E11: Luỹ kế: “40%” is a per cent: write it in the column “Tỷ lệ (%)”"),
        ("Tỷ lệ (%)", "64/92", "cell F11: Tỷ lệ (%): “64/92” is a number of units: write it in the column “Luỹ kế”"),
        ("Tỷ lệ (%)", "≥ 40% (khoảng 47)", "cell F11: Tỷ lệ (%): says something else than the column “Luỹ kế”"),
        *(
            ("Luỹ kế", said, f"cell E11: Luỹ kế: “{said}” is an addition: write it in the column “Tăng thêm”")
            for said in ("tăng 5", "Thêm 5 xã", "+5", "+ 05", "công nhận thêm 5 xã", "phấn đấu tăng thêm ≥ 5 xã")
        ),
        *(
            (
                "Tăng thêm",
                said,
                f"cell D11: Tăng thêm: “{said}” is a cumulative number: write it in the column “Luỹ kế”",
            )
            for said in ("luỹ kế 25", "Lũy kế đạt 25 xã", "nâng lên 25 xã")
        ),
        (
            "Tỷ lệ (%)",
            "tăng thêm 5%",
            "cell F11: Tỷ lệ (%): “tăng thêm 5%” is an addition, but this is the share of all",
        ),
        ("Tỷ lệ (%)", "40% (thêm 17 xã)", "cell F11: Tỷ lệ (%): “thêm 17 xã” is an addition: write it in the column"),
        ("Luỹ kế", "20 (dự kiến)", "cell E11: Luỹ kế: “dự kiến” is no figure: write it in the column “Ghi chú”"),
        ("Luỹ kế", "ít nhất 20–25", "cell E11: Luỹ kế: “ít nhất 20–25” says a range and “≥” at once: write one"),
        ("Tỷ lệ (%)", "20–25% trở lên", "cell F11: Tỷ lệ (%): “20–25% trở lên” says a range and “≥” at once"),
        ("Tăng thêm", 2.5, "cell D11: Tăng thêm: wrong type, a whole number expected"),
        ("Tăng thêm", True, "cell D11: Tăng thêm: wrong type, a whole number expected"),
        ("Tăng thêm", -1, "cell D11: Tăng thêm: a number of units cannot be -1"),
        ("Tăng thêm", date(2022, 3, 2), "cell D11: Tăng thêm: Excel made a day of what was written here"),
        ("Tăng thêm", "3-2", "cell D11: Tăng thêm: write the smaller end first"),
        ("Tỷ lệ (%)", "một phần ba", "cell F11: Tỷ lệ (%): write a per cent: 40, 40%, ≥ 40%"),
        ("Tỷ lệ (%)", True, "cell F11: Tỷ lệ (%): text is expected here"),
        ("Vị trí trong văn bản", None, "cell G11: Vị trí trong văn bản: missing"),
        ("Vị trí trong văn bản", "#REF!", "cell G11: Vị trí trong văn bản: an error of Excel: #REF!"),
        ("Luỹ kế", "=1+1", "cell E11: Luỹ kế: a formula without its value: open the file in Excel and save it"),
    ],
)
def test_a_cell_that_does_not_fit(tmp_path, heading, written, said):
    (problem,) = problems(tmp_path, with_cell(heading, written))
    assert problem.startswith(said)


@pytest.mark.parametrize("cell", ["B2", "A11", "C11", "E11"])
def test_what_is_struck_through_is_no_part_of_a_plan(tmp_path, cell):
    file = sheet_of([*HEAD, [], HEADINGS, ROW], tmp_path / "plan.xlsx")
    book = load_workbook(file)
    book.active[cell].font = Font(strike=True)
    book.save(file)
    with pytest.raises(BadRoadmap) as refusal:
        read_form(file)
    (problem,) = map(str, refusal.value.facts["problems"])
    assert problem.startswith(f"cell {cell}: ")
    assert "struck through" in problem


@pytest.mark.parametrize(
    ("label", "written", "said"),
    [
        ("Ngày ban hành", "31/02/2022", "cell B4: Ngày ban hành: Not a day: “31/02/2022”."),
        ("Ngày ban hành", 44573, "cell B4: Ngày ban hành: Not a day: “44573”"),
        (
            "Ngày ban hành",
            date(1905, 7, 14),
            "cell B4: Ngày ban hành: Excel made a day of what was written here",
        ),
        ("Ngày ban hành", date(2012, 7, 12), "cell B4: Ngày ban hành: no plan of the programme 2021-2025 is of that"),
        ("Giai đoạn", "2021-2026", "cell B6: Giai đoạn: must be one of 2011-2015"),
        ("Khoá kế hoạch", "Kế hoạch 1", "cell B1: Khoá kế hoạch: write small letters"),
        ("Tên", None, "cell B2: Tên: missing"),
        ("Số hiệu", date(2022, 7, 12), "cell B3: Số hiệu: Excel made a day of what was written here"),
        ("Đơn vị", False, "cell B7: Đơn vị: text is expected here"),
    ],
)
def test_a_head_that_does_not_fit(tmp_path, label, written, said):
    (problem,) = problems(tmp_path, ROW, head=[[name, written if name == label else old] for name, old in HEAD])
    assert problem.startswith(said)


@pytest.mark.parametrize(("code", "shown", "meant"), [("01", "General", "01"), (91, "General", "91"), (1, "00", "01")])
def test_codes_keep_their_zeros(tmp_path, code, shown, meant):
    file = sheet_of([["Mã đơn vị", code], *HEAD, [], HEADINGS, ROW], tmp_path / "plan.xlsx")
    book = load_workbook(file)
    book.active["B1"].number_format = shown
    book.save(file)
    assert read_form(file).scope_code == meant


def test_a_code_that_lost_its_zeros_is_not_guessed(tmp_path):
    (problem,) = problems(tmp_path, ROW, head=[["Mã đơn vị", 1], *HEAD])
    assert problem.startswith("cell B1: Mã đơn vị: leading zeros may be lost here")


def test_unknown_and_repeated_headings(tmp_path):
    headings = ["Cấp", "Chỉ tiêu", "Năm", "Tăng them nữa", "Luỹ kế", "Lũy kế", "Vị trí trong văn bản"]
    assert problems(tmp_path, [*ROW, "x", None, "y"], headings=headings) == [
        "cell D10: unknown heading “Tăng them nữa”; do you mean “Tăng thêm”?",
        "cell F10: “Luỹ kế” stands here a second time",
        "cell H11: nothing is expected here: “x”",
        "cell J11: nothing is expected here: “y”",
    ]


def test_a_missing_column_is_named_once(tmp_path):
    assert problems(tmp_path, ROW[:-1], [*ROW[:2], 2025, *ROW[3:-1]], headings=HEADINGS[:-1]) == [
        "row 10: there is no column “Vị trí trong văn bản”"
    ]


def test_unknown_repeated_and_overfull_labels(tmp_path):
    head = [["Khoa kê hoach 1", "x"], *HEAD, ["Tên", "hai"], ["Lãnh đạo duyệt", "A"], ["Nguồn", "a", "b"]]
    assert problems(tmp_path, ROW, head=head) == [
        "cell A1: unknown label “Khoa kê hoach 1”; do you mean “Khoá kế hoạch”?",
        "cell A10: “Tên” stands here a second time",
        "cell A11: unknown label “Lãnh đạo duyệt”",
        "cell C12: nothing is expected here: “b”",
    ]


def test_what_stands_below_the_figures_is_not_passed_over(tmp_path):
    said = problems(tmp_path, ROW, [], [None] * 4 + ["Người lập biểu"])
    assert said == [
        "cell E13: “Người lập biểu” stands in a row without Cấp and Chỉ tiêu: "
        "write both in every row of a figure; unmerge cells"
    ]
    said = problems(tmp_path, ["1", *ROW], ["Người lập"], headings=["TT", *HEADINGS])
    assert [problem.split(" stands")[0] for problem in said] == ["cell A12: “Người lập”"]


def test_the_second_row_of_a_figure_is_named(tmp_path):
    assert problems(tmp_path, ROW, ROW) == ["row 12: the same line, year and span stand here a second time"]
    assert problems(tmp_path, with_cell("Luỹ kế", None)) == ["row 11: no figure (added, cumulative, percent or value)"]
    assert problems(tmp_path) == ["row 10: has no figure"]


def test_a_table_without_headings(tmp_path):
    with pytest.raises(BadRoadmap) as refusal:
        read_form(sheet_of([["Cấp", "x"], ["a", "b", "c"]], tmp_path / "plan.xlsx"))
    assert "plan.xlsx: there is no row with the headings Cấp, Chỉ tiêu, Năm" in "\n".join(refusal.value.lines())


def test_every_problem_at_once(tmp_path):
    said = problems(tmp_path, with_cell("Cấp", "khu"), with_cell("Năm", "nay"), head=HEAD[1:])
    assert [line.split(": ")[0] for line in said] == ["plan.xlsx", "cell A10", "cell C11"]
