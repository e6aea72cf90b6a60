"""Headings and words as offices write them · numbers, days and per cents however Excel keeps them."""

import csv
import io
import unicodedata
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from ntmtrack.ingest.roadmap_form import read_form
from ntmtrack.model import Tier
from ntmtrack.roadmaps import Target
from ntmtrack.spreadsheets import Cell
from ntmtrack.spreadsheets.open import read_grid
from tests.plan_files.forms import HEAD, HEADINGS, ROW, form, sheet_of, with_cell


def test_a_small_table(tmp_path):
    plan = form(tmp_path, ROW, with_cell("Năm", 2025))
    assert (plan.key, plan.issued_on, plan.scope_code, plan.base_year) == ("mot", "2022-01-01", "", 2020)
    assert plan.targets == (
        Target(Tier.COMMUNE, "nang-cao", 2024, cumulative=24, cite="mục I"),
        Target(Tier.COMMUNE, "nang-cao", 2025, cumulative=24, cite="mục I"),
    )


@pytest.mark.parametrize(
    ("heading", "written", "field", "meant"),
    [
        ("Cấp", "XÃ", "tier", Tier.COMMUNE),
        ("Cấp", "  Cấp xã ", "tier", Tier.COMMUNE),
        ("Cấp", "huyen", "tier", Tier.DISTRICT),
        ("Cấp", "province", "tier", Tier.PROVINCE),
        ("Cấp", "bản", "tier", Tier.VILLAGE),
        ("Chỉ tiêu", "nang-cao", "measure", "nang-cao"),
        ("Chỉ tiêu", "NTMNC", "measure", "nang-cao"),
        ("Chỉ tiêu", "Xã nông thôn mới", "measure", "ntm"),
        ("Chỉ tiêu", "nâng cao + kiểu mẫu", "measure", "nang-cao+kieu-mau"),
        ("Chỉ tiêu", "Thu nhập", "measure", "income"),
        ("Chỉ tiêu", unicodedata.normalize("NFD", "NTM kiểu mẫu"), "measure", "kieu-mau"),
        ("Năm", "2023", "year", 2023),
        ("Năm", 2023.0, "year", 2023),
        ("Năm", "\u00a02023 ", "year", 2023),
        ("Luỹ kế", "02", "cumulative", 2),
        ("Luỹ kế", 2.0, "cumulative", 2),
        ("Tỷ lệ (%)", "77,59", "percent", "77,59"),
        ("Tỷ lệ (%)", "77,59%", "percent", "77,59"),
        ("Tỷ lệ (%)", "77.59 %", "percent", "77,59"),
        ("Tỷ lệ (%)", 77.59, "percent", "77,59"),
        ("Tỷ lệ (%)", 60, "percent", "60"),
        ("Tỷ lệ (%)", 0.1 + 0.2, "percent", "0,3"),
        ("Tỷ lệ (%)", "60,00", "percent", "60,00"),
    ],
)
def test_words_and_numbers_as_people_write_them(tmp_path, heading, written, field, meant):
    (target,) = form(tmp_path, with_cell(heading, written)).targets
    assert getattr(target, field) == meant


@pytest.mark.parametrize(
    ("number", "shown", "printed"),
    [
        (0.7759, "0.00%", "77,59"),
        (0.7759, "0%", "77,59"),
        (90 / 116, "0.00%", "77,59"),
        (90 / 116, "0%", "78"),
        (1, "0%", "100"),
        (90 / 116 * 100, "0.00", "77,59"),
        (90 / 116 * 100, "0.0", "77,6"),
        (0.125, "0.00", "0,125"),
    ],
)
def test_a_per_cent_is_what_excel_shows(tmp_path, number, shown, printed):
    file = sheet_of([*HEAD, [], HEADINGS, with_cell("Tỷ lệ (%)", number)], tmp_path / "plan.xlsx")
    book = load_workbook(file)
    book.active["F11"].number_format = shown
    book.save(file)
    assert read_form(file).targets[0].percent == printed


@pytest.mark.parametrize("written", ["2-3", "2–3", "02 – 03"])
def test_a_range_is_written_with_a_dash(tmp_path, written):
    (target,) = form(tmp_path, with_cell("Tăng thêm", written)).targets
    assert (target.operator, target.added, target.added_high) == ("range", 2, 3)
    (target,) = form(tmp_path, with_cell("Tỷ lệ (%)", "2,5%-3%")).targets
    assert (target.percent, target.percent_high) == ("2,5", "3")


@pytest.mark.parametrize("written", ["12/07/2022", "2022-07-12", "12.7.2022", date(2022, 7, 12)])
def test_days_in_any_form(tmp_path, written):
    head = [[label, written if label == "Ngày ban hành" else value] for label, value in HEAD]
    assert form(tmp_path, ROW, head=head).issued_on == "2022-07-12"


@pytest.mark.parametrize(("written", "meant"), [("6/2022", "2022-06"), ("2022-06", "2022-06"), (2022, "2022")])
def test_a_day_of_issue_that_a_copy_leaves_blank(tmp_path, written, meant):
    head = [[label, written if label == "Ngày ban hành" else value] for label, value in HEAD]
    assert form(tmp_path, ROW, head=head).issued_on == meant


def test_a_month_that_excel_made_a_day_of_stays_a_month(tmp_path):
    file = sheet_of([*HEAD, [], HEADINGS, ROW], tmp_path / "plan.xlsx")
    book = load_workbook(file)
    book.active["B4"].value, book.active["B4"].number_format = date(2022, 6, 1), "mm/yyyy"
    book.save(file)
    assert read_form(file).issued_on == "2022-06"


def test_words_of_every_other_column(tmp_path):
    more = {
        "Tính chất": "Đã đạt",
        "Phạm vi thời gian": "CẢ GIAI ĐOẠN",
        "So sánh": ">=",
        "Tỷ lệ tính trên": "để ngỏ",
        "Các cách hiểu": "tất cả; xã NTM",
        "Cách đếm": "mức cao nhất",
        "Mỗi": "mỗi huyện",
        "Đơn vị nêu tên": "xã A; xã B;\nxã C",
        "Hạn": "30/09/2024",
    }
    (target,) = form(tmp_path, [*ROW, *more.values()], headings=[*HEADINGS, *more]).targets
    assert (target.nature, target.span, target.operator, target.share_of) == ("actual", "period", ">=", "open")
    assert (target.readings, target.counts, target.each) == (("all", "ntm"), "highest", "district")
    assert (target.units, target.due_on) == (("xã A", "xã B", "xã C"), "2024-09-30")


def test_headings_without_marks_in_keys_and_in_any_order(tmp_path):
    headings = ["CAP", "measure", " nam ", "Tang\u00a0them", unicodedata.normalize("NFD", "LŨY KẾ"), "percent", "CITE"]
    head = [[unicodedata.normalize("NFD", label).upper() + ": ", value] for label, value in HEAD]
    plan = form(tmp_path, ROW, head=head, headings=headings)
    assert plan.targets == form(tmp_path, ROW).targets
    assert form(tmp_path, ROW[::-1], headings=HEADINGS[::-1]).targets == plan.targets


def test_titles_blank_columns_numbering_and_notes_on_another_sheet_do_no_harm(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.title = "Biểu 01"
    rows = [["UBND TỈNH", None, None, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["BIỂU CHỈ TIÊU KẾ HOẠCH"]]
    rows += [[None, label, None, value, "\u00a0"] for label, value in HEAD]
    rows += [[], ["STT", None, *HEADINGS, None, " "], [1, None, *ROW, None, "\u200b"], [None], [2.0, None], ["3."]]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A2:J2")
    sheet["A2"].font = Font(bold=True)
    sheet["Z900"].font = Font(bold=True)
    book.create_sheet("Ghi chú").append(["Cấp", "không phải chỉ tiêu"])
    hidden = book.create_sheet("Ẩn", 0)
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "plan.xlsx")
    assert read_form(tmp_path / "plan.xlsx") == form(tmp_path, ROW)


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("cp1258", ";"), ("utf-8", "\t")],
)
def test_csv_as_programs_save_it(tmp_path, encoding, delimiter):
    rows = [*HEAD[:3], ["Ngày ban hành", "01/01/2022"], *HEAD[4:], [], HEADINGS, [*ROW[:-1], "mục I, ý 1, 2, 3, 4"]]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    text = out.getvalue()
    if encoding == "cp1258":
        text = vietnamese_windows(text)
    (tmp_path / "plan.csv").write_bytes(text.encode(encoding))
    plan = read_form(tmp_path / "plan.csv")
    assert (plan.title, plan.issued_on) == ("Kế hoạch", "2022-01-01")
    assert plan.targets == form(tmp_path, [*ROW[:-1], "mục I, ý 1, 2, 3, 4"]).targets


def vietnamese_windows(text):
    """As Windows-1258 has it: the tone as a mark of its own."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    parts = []
    for letter in text:
        marks = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in marks if mark in tones)
        parts.append(unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tones)) + tone)
    return "".join(parts)


def test_the_delimiter_line_of_excel_is_not_a_row(tmp_path):
    (tmp_path / "a.csv").write_text("sep=;\nx;1,5\n", encoding="utf-8")
    assert read_grid(tmp_path / "a.csv") == [[Cell("x"), Cell("1,5")]]
