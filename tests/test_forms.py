"""An office's own form: names alone and within texts · rows repeated, with what stands beneath moved along · look and
formulas kept · named cells · unknown names all told · what is lost is said · the form itself never written over."""

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table

from ntmtrack.commands import Session
from ntmtrack.spreadsheets.insert_rows import Insertion
from tests.running import begin, keep_number, run


@pytest.fixture
def form(demo):
    """A form with a table of districts, a sum beneath, a second sheet that refers to it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Biểu 01"
    sheet.merge_cells("A1:D1")
    sheet["A1"] = "Đến {{den_ngay}}: {{ntm.luy_ke}}/{{tong_so_xa}} xã ({{ ntm.ty_le }}%)"
    sheet["B3"], sheet["C3"] = "Huyện", "Số xã"
    for column, value in enumerate(["{{#huyen}}{{stt}}", "{{ten}}", "{{huyen.tong_so_xa}}", "=C4*2"], start=1):
        cell = sheet.cell(4, column, value)
        cell.font = Font(name="Times New Roman", size=13)
        cell.border = Border(left=Side(style="thin"))
    sheet.row_dimensions[4].height = 25
    sheet["B5"], sheet["C5"], sheet["D5"] = "Cộng", "=SUM(C4:C4)", "=C5/D$4"
    sheet.row_dimensions[5].height = 40
    sheet["C5"].comment = Comment("tổng", "a")
    sheet.merge_cells("A7:D7")
    sheet["A7"] = "{{nang_cao.ty_le}}"
    sheet["A8"] = "{{nang_cao.2023.ke_hoach}}"
    sheet.print_area = "A1:D9"
    sheet.conditional_formatting.add("C4:C5", CellIsRule("greaterThan", ["9"], fill=PatternFill("solid")))
    checked = DataValidation(type="list", formula1='"a,b"')
    checked.add("D9")
    sheet.add_data_validation(checked)
    book.defined_names["nang_cao.luy_ke"] = DefinedName("nang_cao.luy_ke", attr_text="'Biểu 01'!$B$9")
    book.defined_names["vung"] = DefinedName("vung", attr_text="'Biểu 01'!$C$4:$C$5")
    other = book.create_sheet("Hai")
    other["A1"] = "='Biểu 01'!C5"
    other["A2"], other["B2"] = "{{#xa_moi_kieu_mau}}{{stt}}", "{{ten}}, {{thuoc}}: {{kieu_mau.cong_bo}}"
    other["A3"], other["B3"] = "{{#xa_chua_ntm}}{{stt}}", "{{ten}}"
    other["A4"] = "hết"
    book.save("mau.xlsx")
    return demo


def filled(*more):
    said = run("export", "bieu.xlsx", "--template", "mau.xlsx", "--year", "2024", *more)
    assert said.code == 0, said.err
    return said, openpyxl.load_workbook("bieu.xlsx")


def test_names_alone_become_values_and_within_texts_text(form):
    _said, book = filled()
    sheet = book["Biểu 01"]
    assert sheet["A1"].value == "Đến 31/12/2024: 116/116 xã (100,00%)"
    assert (sheet["A21"].value, sheet["A21"].number_format) == (34.48, "0.00")
    assert sheet["A22"].value == 24


def test_a_row_is_repeated_and_what_stands_beneath_moves_along(form):
    _said, book = filled()
    sheet = book["Biểu 01"]
    assert [sheet.cell(row, 2).value for row in (4, 5, 18, 19)] == [
        "thành phố Rạch Giá", "thành phố Hà Tiên", "huyện Giang Thành", "Cộng",
    ]  # fmt: skip
    assert [sheet.cell(row, 1).value for row in range(4, 19)] == list(range(1, 16))
    assert [sheet.cell(row, 4).value for row in (4, 5, 18)] == ["=C4*2", "=C5*2", "=C18*2"]
    assert (sheet["C19"].value, sheet["D19"].value) == ("=SUM(C4:C18)", "=C19/D$4")
    assert book["Hai"]["A1"].value == "='Biểu 01'!C19"
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:D1", "A21:D21"}
    assert sheet.print_area == "'Biểu 01'!$A$1:$D$23"
    assert [str(one.sqref) for one in sheet.conditional_formatting] == ["C4:C19"]
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["D23"]
    assert sheet["C19"].comment.text == "tổng"
    assert book.defined_names["vung"].attr_text == "'Biểu 01'!$C$4:$C$19"


def test_the_look_of_the_row_is_kept(form):
    _said, book = filled()
    sheet = book["Biểu 01"]
    for row in (4, 11, 18):
        assert (sheet.cell(row, 2).font.name, sheet.cell(row, 2).font.size) == ("Times New Roman", 13)
        assert sheet.cell(row, 2).border.left.style == "thin"
        assert sheet.row_dimensions[row].height == 25
    assert sheet.row_dimensions[19].height == 40


def test_a_named_cell_gets_its_value_where_it_has_moved_to(form):
    _said, book = filled()
    assert book["Biểu 01"]["B23"].value == 40


def test_lists_of_those_new_and_missing_and_an_empty_one(form):
    _said, book = filled()
    rows = list(book["Hai"].iter_rows(min_row=2, values_only=True))
    assert rows == [
        (1, "xã Phi Thông, thành phố Rạch Giá: 02/2025"),
        (2, "xã Tiên Hải, thành phố Hà Tiên: 02/2025"),
        (None, None),  # no commune is below NTM
        ("hết", None),
    ]


def test_a_district_fills_the_same_form(form):
    _said, book = filled("--scope", "huyện Hòn Đất")
    assert book["Biểu 01"]["A1"].value.startswith("Đến 31/12/2024: 12/12 xã")


def test_what_excel_must_work_out_and_what_is_lost_is_said(form, tmp_path):
    said, _book = filled()
    assert "18 công thức" in said.err
    book = openpyxl.load_workbook("mau.xlsx")
    chart = openpyxl.chart.LineChart()
    chart.add_data(openpyxl.chart.Reference(book["Hai"], min_col=1, min_row=1, max_row=3))
    book["Hai"].add_chart(chart, "E5")
    book.save("mau.xlsx")
    said, filled_in = filled()
    assert "Không giữ được từ mẫu: một phần hình thức của biểu đồ" in said.err
    (kept,) = filled_in["Hai"]._charts
    assert kept.series[0].val.numRef.f == "'Hai'!$A$1:$A$4"  # a list of two has made the row three
    assert kept.anchor._from.row == 5


def test_unknown_names_are_all_told_and_nothing_is_written(form, office):
    book = openpyxl.load_workbook("mau.xlsx")
    book["Biểu 01"]["A8"], book["Hai"]["A4"] = "{{nang_cao.luyke}}", "{{#xã}}{{gì}}"
    book["Hai"]["B3"] = "{{ten_xa}}"
    book.save("mau.xlsx")
    refused = run("export", "bieu.xlsx", "--template", "mau.xlsx", "--year", "2024")
    assert refused.code == 1
    assert "nang_cao.luyke (Biểu 01!A8)" in refused.err  # where it stands in the form
    assert "#xã (Hai!A4)" in refused.err
    assert "nang_cao.luy_ke" in refused.err.splitlines()[1]
    assert not (office / "bieu.xlsx").exists()


def changed(**cells):
    """The form with other texts in cells of its first sheet."""
    book = openpyxl.load_workbook("mau.xlsx")
    for place, text in cells.items():
        book.worksheets[0][place] = text
    return book


def test_a_year_within_a_text_is_a_year(form):
    changed(A1="NĂM {{nam}} (so {{nam_truoc}}), {{Pham_Vi}}").save("mau.xlsx")
    assert filled()[1]["Biểu 01"]["A1"].value == "NĂM 2024 (so 2023), tỉnh Kiên Giang"


def test_a_formula_of_the_row_may_refer_to_the_sum_beneath(form):
    changed(D4="=C4/C$5").save("mau.xlsx")
    sheet = filled()[1]["Biểu 01"]
    assert [sheet.cell(row, 4).value for row in (4, 5, 18)] == ["=C4/C$19", "=C5/C$19", "=C18/C$19"]


def test_tables_breaks_and_conditions_of_one_cell_move_along(form):
    book = changed(F3="a", F4="b", F5="c")
    sheet = book.worksheets[0]
    sheet.add_table(Table(displayName="bang", ref="B3:C5"))
    sheet.row_breaks.append(Break(id=6))
    sheet.conditional_formatting.add("B4", CellIsRule("equal", ["$C$5"]))
    checked = DataValidation(type="list", formula1="$C$5:$C$7")
    checked.add("A9")
    sheet.add_data_validation(checked)
    book.save("mau.xlsx")
    sheet = filled()[1]["Biểu 01"]
    assert sheet.tables["bang"].ref == "B3:C19"
    assert [one.id for one in sheet.row_breaks.brk] == [20]
    found = {str(one.sqref): one.rules[0].formula for one in sheet.conditional_formatting}
    assert found["B4:B18"] == ["$C$19"]
    assert sheet.data_validations.dataValidation[1].formula1 == "$C$19:$C$21"


def test_merged_cells_over_the_row_are_refused_with_their_place(form, office):
    book = changed()
    book.worksheets[0].merge_cells("D3:D4")
    book.save("mau.xlsx")
    refused = run("export", "bieu.xlsx", "--template", "mau.xlsx")
    assert (refused.code, "D3:D4" in refused.err) == (1, True)
    assert not (office / "bieu.xlsx").exists()


def test_two_lists_in_one_row_are_refused(form):
    changed(C4="{{#xa}}").save("mau.xlsx")
    refused = run("export", "bieu.xlsx", "--template", "mau.xlsx")
    assert (refused.code, "#huyen và #xa" in refused.err) == (1, True)


def test_names_that_stand_for_nothing_or_for_a_column_are_left_alone(form):
    book = changed()
    for name, of in (("ntm.luy_ke", "#REF!"), ("ntm.ty_le", "'Biểu 01'!#REF!"), ("kieu_mau.luy_ke", "'Biểu 01'!$F:$F")):
        book.defined_names[name] = DefinedName(name, attr_text=of)
    book.defined_names["so"] = DefinedName("so", attr_text="'Biểu 01'!$F$1")
    book.worksheets[0]["F1"] = "của cơ quan"
    book.worksheets[1].defined_names["ntm.chenh"] = DefinedName("ntm.chenh", attr_text="'Hai'!$F$2")
    book.save("mau.xlsx")
    book = filled()[1]
    assert book["Biểu 01"]["F1"].value == "của cơ quan"  # a name without a dot may be anybody's
    assert book["Hai"]["F2"].value == 2


def test_what_sums_one_cell_of_the_row_sums_them_all(form):
    changed(C5="=SUM(C4)+MAX(C4,0)", D5="=C4/2").save("mau.xlsx")
    sheet = filled()[1]["Biểu 01"]
    assert sheet["C19"].value == "=SUM(C4:C18)+MAX(C4:C18,0)"
    assert sheet["D19"].value == "=C4/2"


def test_an_empty_list_leaves_nothing_to_work_out(form):
    book = changed()
    book["Hai"]["C3"] = "=A3/B$1"
    book.save("mau.xlsx")
    assert filled()[1]["Hai"]["C4"].value is None


def test_what_is_no_name_and_wrong_named_cells_are_told(form):
    book = changed(A7="{{ntm luy_ke}} {{Nâng cao.luỹ kế}} {{ntm.luyke}} {{ntm.luyke}}", A8="{{ntm.luy_ke")
    book.defined_names["ntm.luyke"] = DefinedName("ntm.luyke", attr_text="'Biểu 01'!$F$1")
    book.defined_names["ntm.ty_le"] = DefinedName("ntm.ty_le", attr_text="[1]B!$B$5")
    book.defined_names["ntm.chenh"] = DefinedName("ntm.chenh", attr_text="Khong!$A$1")
    book.worksheets[0].oddFooter.center.text = "{{nam}} {{năm nay}}"
    book.save("mau.xlsx")
    told = run("export", "bieu.xlsx", "--template", "mau.xlsx").err
    for name in ("ntm luy_ke (", "Nâng cao.luỹ kế (", "ntm.luy_ke (", "năm nay (", "ntm.luyke (ô được đặt tên)"):
        assert name in told
    assert told.count("ntm.luyke (Biểu 01!A7)") == 1


def test_headers_and_footers_are_filled_in(form):
    book = changed()
    book.worksheets[0].oddFooter.center.text = "Năm {{nam}}"
    book.save("mau.xlsx")
    assert filled()[1]["Biểu 01"].oddFooter.center.text == "Năm 2024"


def test_one_form_serves_every_district_and_plan(form):
    changed(A8="{{kieu_mau.luy_ke}}/{{kieu_mau.ke_hoach}}", A7="{{huyen.kieu_mau.2022.luy_ke}}").save("mau.xlsx")
    for scope in ("huyện Hòn Đất", "tỉnh Kiên Giang"):
        filled("--scope", scope)
    begin("Lai Châu", db="lc.db")
    filled("--db", "lc.db")


def test_a_wrong_name_is_told_also_where_the_list_is_empty_and_once_where_it_is_long(form):
    book = changed(C4="{{tong_so}}")
    book["Hai"]["B3"] = "{{tenn}}"
    book.save("mau.xlsx")
    told = run("export", "bieu.xlsx", "--template", "mau.xlsx").err
    assert told.count("tong_so (") == 1
    assert "tenn (Hai!B" in told


def test_units_known_only_to_have_been_there_by_a_day_have_their_day(form):
    book = changed()
    book["Hai"]["A2"], book["Hai"]["B2"] = "{{#xa_dat_nang_cao}}{{ten}}", "{{nang_cao.nam}}"
    book.save("mau.xlsx")
    rows = list(filled()[1]["Hai"].iter_rows(min_row=2, max_row=41, values_only=True))
    assert len(rows) == 40
    assert all(row[1] for row in rows)
    assert ("xã Hòn Nghệ", "đến 10/2023") in [row[:2] for row in rows]


def test_a_filled_form_may_be_filled_again(form):
    filled()
    filled("--scope", "huyện Hòn Đất")


def test_the_form_itself_is_never_written_over(form, office):
    before = (office / "mau.xlsx").read_bytes()
    assert run("export", "mau.xlsx", "--template", "mau.xlsx").code == 1
    assert run("export", "./mau.xlsx", "--template", "mau.xlsx").code == 1
    assert (office / "mau.xlsx").read_bytes() == before


def test_a_form_without_names_and_a_file_that_is_none(form, office):
    openpyxl.Workbook().save("trắng.xlsx")
    (office / "hỏng.xlsx").write_text("abc", encoding="utf-8")
    assert "không có tên nào" in run("export", "b.xlsx", "--template", "trắng.xlsx").err
    assert run("export", "b.xlsx", "--template", "hỏng.xlsx").code == 1
    assert run("export", "b.xlsx", "--template", "mau.xlsx", "--sheets", "list").code == 2
    assert not (office / "b.xlsx").exists()


def test_every_name_is_listed_with_its_value(demo):
    run("export", "ten.xlsx", "--sheets", "names", "--year", "2024")
    rows = list(openpyxl.load_workbook("ten.xlsx")["Tên"].iter_rows(values_only=True))
    known = {row[0]: row[1] for row in rows}
    assert known["{{ntm.luy_ke}}"] == 116
    assert known["{{huyen.ntm.2022.luy_ke}}"] == 7
    assert {"{{#xa}}", "{{#huyen_chua_ntm}}", "{{#xa_moi_nang_cao}}"} <= known.keys()


def test_text_that_looks_like_a_formula_stays_text(form):
    run("record", "Dương Hòa", "--level", "kieu-mau", "--year", "2024", "--decision", "1/QĐ-UBND")
    keep_number(form, "1/QĐ-UBND", "=1+1/QĐ")
    book = openpyxl.load_workbook("mau.xlsx")
    book["Hai"]["B2"] = "{{kieu_mau.quyet_dinh}}"
    book.save("mau.xlsx")
    _said, book = filled()
    cell = next(cell for row in book["Hai"].iter_rows() for cell in row if cell.value == "=1+1/QĐ")
    assert cell.data_type == "s"


@given(st.integers(1, 60), st.integers(1, 40), st.integers(1, 60), st.integers(0, 20))
def test_an_area_keeps_its_rows_and_takes_in_the_new_ones(at, count, first, more):
    moved = Insertion("S", at, count).area(f"$B${first}:C{first + more}")
    start, end = (int(part.rpartition("$")[2] if "$" in part else part[1:]) for part in moved.split(":"))
    assert start == first + (count if first > at else 0)
    assert end - start == more + (count if first <= at <= first + more else 0)


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("=SUM(C4:C4)", "=SUM(C4:C6)"),
        ("=C4+C5", "=C4+C7"),
        ("=SUM($C$1:$C$3)", "=SUM($C$1:$C$3)"),
        ("=SUM(4:4)", "=SUM(4:6)"),
        ("=SUM(C:C)", "=SUM(C:C)"),
        ('=IF(A5="C5",1,2)', '=IF(A7="C5",1,2)'),
        ("='Khác'!C5", "='Khác'!C5"),
        ("='S S'!C5", "='S S'!C7"),
        ("=LOG10(C5)", "=LOG10(C7)"),
    ],
)
def test_formulas_are_told_anew(formula, told):
    assert Insertion("S S", 4, 2).formula(formula, "S S") == told


@pytest.mark.parametrize("name", ["A {{abc}}", "A {{nam}}", "{{#xa_chua_ntm}}"])
def test_what_was_filled_in_is_never_read_again(form, name):
    assert run("add-commune", name, "--district", "Hòn Đất").code == 0
    _said, book = filled()
    assert f"xã {name}" in [cell.value for cell in book["Hai"]["B"]]


def test_a_form_passes_no_verdict_before_a_target_is_due(demo):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"] = "{{nang_cao.chenh}}", "{{nang_cao.2023.chenh}}"
    book.save("mau.xlsx")
    assert run("export", "b.xlsx", "--template", "mau.xlsx", "--as-of", "30/6/2024").code == 0
    cells = openpyxl.load_workbook("b.xlsx").active
    assert (cells["A1"].value, cells["A2"].value is None) == (None, False)


def test_a_form_and_the_working_sheets_are_of_one_state(form, monkeypatch):
    """The ledger is read once for both files."""
    opened = []
    reading = Session.reading
    monkeypatch.setattr(Session, "reading", lambda self, **how: opened.append(how) or reading(self, **how))
    filled("--working")
    assert len([how for how in opened if how.get("as_known", True)]) == 1
