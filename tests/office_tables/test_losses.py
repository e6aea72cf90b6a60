"""Nothing that a file tells is lost or changed without a word: lists with dashes, cells beyond the headings, codes of
districts, units that disagree, figures that are none, damaged letters, old forms, options that say nothing."""

import re
import sqlite3
import zipfile
from contextlib import closing
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests.office_tables.reading import faults, table, told, weigh
from tests.office_tables.test_bad_files import OVERRIDE, SHEET, STRINGS, TYPES, convert, soffice, with_part
from tests.running import run


@pytest.fixture(autouse=True)
def of_kien_giang(ledger):
    """Each table is weighed against Kiên Giang's units."""


def rows(office, *lines, name="a.csv"):
    return table(office / name, "".join(f"{line}\n" for line in lines))


GIVEN = ("--level", "ntm", "--year", "2020")


def test_lists_with_dashes_and_stars_are_read_and_remarks_are_told(office):
    listed = ["Tên xã;Huyện", "- Mỹ Thuận;Hòn Đất", "* Sơn Bình;Hòn Đất", "Ghi chú: số liệu đến 31/12;"]
    _result, lines = weigh(rows(office, *listed), *GIVEN)
    assert len(told(lines)) == 2
    assert "· Dòng ghi chú, không nhập: 4." in run("import", "a.csv", "--dry-run", *GIVEN).out


def test_names_in_bold_with_all_else_given_are_units(office):
    from openpyxl.styles import Font

    book = Workbook()
    for row in (["Tên xã"], ["Mỹ Thuận"], ["UBND xã Sơn Bình"]):
        book.active.append(row)
    book.active["A2"].font = Font(bold=True)
    book.save(office / "a.xlsx")
    assert len(told(weigh("a.xlsx", *GIVEN)[1])) == 2


def test_a_level_denied_is_not_filled_in(office):
    _result, lines = weigh(rows(office, "Tên xã;Đạt chuẩn NTM;Năm", "Mỹ Thuận;Chưa đạt;2020"), "--level", "ntm")
    assert list(faults(lines)) == ["B2"]


def test_cells_beyond_the_headings_are_told(office):
    _result, lines = weigh(rows(office, "Tên xã,Danh hiệu,Năm,Số QĐ", "Mỹ Thuận,NTM,2020,12/QĐ-UBND, ngày 5/1/2021"))
    assert list(faults(lines)) == ["2"]
    book = Workbook()
    for row in (["Tên xã", "Danh hiệu", "Năm"], ["Mỹ Thuận", "NTM", 2020, "ngày 5/1/2021"]):
        book.active.append(row)
    book.save(office / "a.xlsx")
    assert "Cột không có tiêu đề, không đọc: D." in run("import", "a.xlsx", "--dry-run").out


def test_a_districts_code_must_be_known_and_agree_with_its_name(office):
    head = "Tên xã;Mã huyện;Huyện;Danh hiệu;Năm"
    _result, lines = weigh(rows(office, head, "Mỹ Thuận;999;;NTM;2020", "Mỹ Lâm;903;Gò Quao;NTM;2020"))
    assert list(faults(lines)) == ["B2", "B3"]


def test_of_contradicting_rows_none_is_written(office):
    file = rows(office, "Tên xã;Danh hiệu;Năm", "Mỹ Thuận;NTM;2019", "Mỹ Thuận;NTM;2020", "Mỹ Lâm;NTM;2020")
    run("import", str(file), "--skip-bad")
    assert "NTM" not in run("show", "Mỹ Thuận", "-f", "json").out.partition("recognitions")[2].partition("notes")[0]
    assert "2020" in run("show", "Mỹ Lâm").out


def test_units_on_record_must_be_as_the_row_says(office):
    head = "Mã,Tên đơn vị,Loại,Huyện,Từ ngày"
    listed = ["30838,Mỹ Thuận,xã,Giồng Riềng,", ",Mỹ Lâm,xã,Hòn Đất,1/1/2010", ",Nơi Mới,,Hòn Đất,"]
    listed += [",Thị xã Giong Rieng,,,", ",Mới,xã,Thị xã Giồng Riềng,", ",Mới A,xã,Mỹ Lâm,"]
    _result, lines = weigh(rows(office, head, *listed), "--what", "units")
    assert set(faults(lines)) >= {"D2", "E3", "B4", "D6", "D7"}


def test_a_unit_cannot_begin_after_its_district_has_ended(office):
    file = rows(office, "Tên xã,Loại,Huyện,Từ ngày", "Xã Mới,xã,Hòn Đất,1/1/2026")
    assert list(faults(weigh(file, "--what", "units")[1])) == ["D2"]


FIGURES = [
    "Tỷ lệ xã đạt chuẩn NTM (%),57,5",
    "Số xã đăng ký NTM,12",
    "Xã chưa đạt NTM kiểu mẫu,3",
    "Xã NTM,-3",
    "Xã NTM,1.5",
    *(f"Xã NTM,{value}" for value in ("9.0/116", "1.5/116", "1.1/1.16", "./5", "5/.", "1.1.1/5", "9" * 5000)),
    "Số xã và huyện đạt chuẩn NTM,5",
]


@pytest.mark.parametrize("figure", FIGURES)
def test_what_is_no_count_of_units_at_a_level_is_no_published_figure(office, figure):
    measure, _comma, value = figure.partition(",")
    _result, lines = weigh(rows(office, "Chỉ tiêu;Tính đến;Số lượng;Nguồn", f"{measure};2020;{value};Báo"))
    assert faults(lines)


@pytest.mark.parametrize(
    ("measure", "value", "tier", "told_as"),
    [
        ("Thị xã, thành phố đạt chuẩn NTM", "2", "district", "2"),
        ("Số huyện, thị xã đạt chuẩn NTM", "3", "district", "3"),
        ("Số xã đạt chuẩn NTM", "90 / 116 xã", "commune", "90/116"),
        ("Xã đạt chuẩn NTM", "1.090/1.116", "commune", "1.090/1.116"),
    ],
)
def test_a_published_figure_counts_units_of_the_tier_told(office, measure, value, tier, told_as):
    file = rows(office, "Chỉ tiêu;Tính đến;Số lượng;Nguồn", f"{measure};2020;{value};Báo")
    assert [what.partition(",")[0] for _unit, what in told(weigh(file)[1])] == [told_as]
    assert run("import", str(file), "--yes").code == 0
    with closing(sqlite3.connect("so.db")) as ledger:
        assert ledger.execute("SELECT tier FROM published_figure").fetchall() == [(tier,)]


def test_days_of_published_figures_that_may_be_month_first_are_asked_about(office):
    figures = ("Xã NTM;01/25/2024;90;Báo", "Xã NTM nâng cao;03/05/2024;40;Báo")
    _result, lines = weigh(rows(office, "Chỉ tiêu;Tính đến;Số lượng;Nguồn", *figures))
    assert {*faults(lines)} == {"B2", "B3"}


NO_NUMBERS = ("②", "²", "२", "9" * 5000)


@pytest.mark.parametrize("sign", NO_NUMBERS, ids=("circled", "raised", "devanagari", "endless"))
def test_signs_that_only_look_like_numbers_are_told_as_any_other_text(office, sign):
    beside = ("STT;Tên xã;Năm đạt chuẩn NTM", f"I;Huyện Hòn Đất;{sign}", "1;Sơn Kiên;2021")
    assert "C2" in faults(weigh(rows(office, *beside))[1])
    numbered = ("STT;Tên xã;Năm đạt chuẩn NTM", f"{sign};Sơn Kiên;2021", ";2023;", "2;Sơn Bình;")
    assert weigh(rows(office, *numbered))[0].code in (0, 3)
    near = ("STT;Tên xã;Danh hiệu;Năm;Ngày ký", f"1;Sơn Kiên;NTM;{sign};1/2/23")
    assert {"D2", "E2"} <= {*faults(weigh(rows(office, *near))[1])}
    titled = ("Danh sách năm 20²³", f"Danh sách năm {sign}", "Tên xã;Huyện", "Sơn Kiên;Hòn Đất")
    assert "--level MỨC --year NĂM. " in run("import", str(rows(office, *titled)), "--dry-run").err


def test_utf_8_with_a_damaged_letter_is_not_taken_for_another_code(office):
    text = "Tên xã;Danh hiệu;Năm\nMỹ Thuận;NTM;2020\n".encode()
    (office / "a.csv").write_bytes(text.replace("ậ".encode(), "ậ".encode()[:2]))
    refused = run("import", "a.csv")
    assert (refused.code, "chữ hỏng, đầu tiên ở dòng 2" in refused.err) == (1, True)


def test_letters_of_an_old_font_are_named(office):
    text = "Tên xã;Danh hiệu;Năm\n".encode("cp1258", "replace") + "Mü ThuËn, S¬n B×nh, Lînh Huúnh;NTM;2020\n".encode(
        "latin-1"
    )
    (office / "a.csv").write_bytes(text)
    refused = run("import", "a.csv")
    assert (refused.code, "UniKey" in refused.err) == (1, True)


def test_options_that_say_nothing_of_a_table_are_refused(office):
    file = rows(office, "Mã,Tên đơn vị,Loại", ",Xã A,xã")
    refused = run("import", str(file), "--what", "units", "--level", "ntm")
    assert (refused.code, "--level" in refused.err) == (2, True)
    assert run("import", str(file), "--what", "roadmap").code == 3


def test_a_decision_with_a_number_without_end_is_refused_before_writing(office):
    _result, lines = weigh(rows(office, "Tên xã;Danh hiệu;Năm;Số QĐ", f"Mỹ Thuận;NTM;2020;1/QĐ-{'A' * 120}"))
    assert list(faults(lines)) == ["D2"]


def test_a_township_in_a_column_is_no_second_table(office):
    _result, lines = weigh(rows(office, "Loại;Tên xã;Năm", "Xã;Mỹ Thuận;2020", "TT;Sóc Sơn;2020"), "--level", "ntm")
    assert list(faults(lines)) == ["B3"]


def test_rows_hidden_and_left_out_are_not_said_to_be_read(tables):
    shown = run("import", str(tables / "02-moi-muc-mot-cot.xlsx"), "--dry-run", "--skip-hidden").out
    assert [line for line in shown.splitlines() if "Dòng ẩn" in line] == ["· Dòng ẩn, đã bỏ: 10."]


HEAD = "STT;Tên xã;Huyện;Danh hiệu;Năm"
STRANGE = ["Xã đang thẩm định", "Xã hoãn", "Mục tiêu năm 2024", "Xã đạt 15-18 tiêu chí", "Trước năm 2018",
           "Xã nhóm mới", "Xã còn nợ", "Xã chuẩn bị đạt", "Nơi không có"]  # fmt: skip


@pytest.mark.parametrize("group", STRANGE)
def test_rows_below_a_heading_that_is_not_understood_are_refused(office, group):
    _result, lines = weigh(rows(office, HEAD, f"I;{group};;;", "1;Mỹ Thuận;Hòn Đất;NTM;2020"))
    assert (told(lines), list(faults(lines))) == ([], ["B2"])


@pytest.mark.parametrize("group", ["Bổ sung", "Nhóm 2", "Xã còn lại"])
def test_rows_that_tell_all_are_taken_below_a_heading_that_only_sorts_them(office, group):
    lines = ("I;Huyện Hòn Đất;;;", "1;Mỹ Thuận;Hòn Đất;NTM;2020", f"V;{group};;;", "1;Định Hòa;Gò Quao;NTM;2021")
    result, found = weigh(rows(office, HEAD, *lines))
    assert [unit for unit, _what in told(found)] == ["xã Mỹ Thuận (huyện Hòn Đất)", "xã Định Hòa (huyện Gò Quao)"]
    assert f"“Huyện Hòn Đất”, “{group}”" in result.both


def test_a_commune_that_is_numbered_like_a_group_and_tells_nothing_is_not_passed_over(office):
    _result, lines = weigh(rows(office, HEAD, "I;Mỹ Lâm;;;", "1;Mỹ Thuận;Hòn Đất;NTM;2020"))
    assert (told(lines), list(faults(lines))) == ([], ["B2"])


@pytest.mark.parametrize("group", ["Xã đăng ký năm 2025", "Xã chưa đạt", "NTM nâng cao", "Năm 2019"])
def test_headings_of_groups_need_neither_number_nor_bold(office, group):
    _result, lines = weigh(rows(office, "STT;Tên xã;Năm", f";{group};", "1;Mỹ Thuận;2022"), "--level", "ntm")
    assert [what for _unit, what in told(lines)] != ["đạt chuẩn NTM, năm 2022"] or group == "Năm 2019"


def test_a_commune_whose_name_sounds_like_a_refusal_is_one(office):
    run("add-commune", "Khổng Lào", "--district", "Hòn Đất")
    _result, lines = weigh(rows(office, HEAD, ";Khổng Lào;Hòn Đất;NTM;2020"))
    assert len(told(lines)) == 1


def test_a_decision_heads_the_rows_below_it(office):
    group = "I;Theo Quyết định số 99/QĐ-UBND ngày 10/02/2021;;;"
    _result, lines = weigh(rows(office, HEAD, group, "1;Mỹ Thuận;Hòn Đất;NTM;2020"))
    assert [what for _unit, what in told(lines)] == ["đạt chuẩn NTM, năm 2020, Quyết định 99/QĐ-UBND ngày 10/02/2021"]
    _result, lines = weigh(rows(office, HEAD, group, "1;Mỹ Thuận;Hòn Đất;NTM;"))
    assert list(faults(lines)) == ["E3"]  # the day of a decision tells no year


def test_headings_repeated_in_another_order_are_another_table(office):
    other = "STT;Tên xã;Huyện;Năm;Danh hiệu"
    refused = run("import", str(rows(office, HEAD, "1;Mỹ Thuận;Hòn Đất;NTM;2020", other, "2;Mỹ Lâm;Hòn Đất;2020;NTM")))
    assert (refused.code, "hai bảng" in refused.err) == (3, True)


REMARKS = [
    "thu hồi năm 2022",
    "chưa công nhận",
    "đăng ký 2025",
    "Đang trình",
    "phấn đấu cuối năm",
    "không đạt tiêu chí 17",
]


@pytest.mark.parametrize("remark", REMARKS)
def test_remarks_that_take_back_what_the_row_tells_are_pointed_out(office, remark):
    _result, lines = weigh(rows(office, f"{HEAD};Ghi chú", f"1;Mỹ Thuận;Hòn Đất;NTM;2020;{remark}"))
    assert list(faults(lines)) == ["F2"]
    _result, lines = weigh("a.csv", "--map", "F=skip")
    assert len(told(lines)) == (0 if "thu hồi" in remark else 1)  # a revocation is heard also where nothing is read


def test_verdicts_in_columns_not_read_are_pointed_out(office):
    head = f"{HEAD};Kết quả thẩm định;Xã khó khăn"
    _result, lines = weigh(
        rows(office, head, "1;Mỹ Thuận;Hòn Đất;NTM;2020;Không đạt;Không", "2;Mỹ Lâm;Hòn Đất;NTM;2020;Đạt;Không")
    )
    assert list(faults(lines)) == ["F2"]


def test_titles_of_villages_are_not_credited_to_their_commune(office):
    head = "Tên ấp;Xã;Danh hiệu;Năm"
    _result, lines = weigh(rows(office, head, "Ấp 1;Mỹ Lâm;NTM;2022"))
    assert list(faults(lines)) == ["A2"]


def test_communes_listed_beside_their_district_are_not_the_district(office):
    _result, lines = weigh(rows(office, "Huyện;Các xã đạt chuẩn;Năm", "Hòn Đất;Mỹ Lâm, Thổ Sơn;2019"), "--level", "ntm")
    assert {unit for unit, _told in told(lines)} == {"xã Mỹ Lâm (huyện Hòn Đất)", "xã Thổ Sơn (huyện Hòn Đất)"}


def test_a_sheet_named_after_a_district_lists_its_communes(office):
    book = Workbook()
    book.active.title = "Châu Thành"
    for row in (["Tên xã", "Danh hiệu", "Năm"], ["Bình An", "NTM", 2020], ["Mỹ Lâm", "NTM", 2020]):
        book.active.append(row)
    book.save(office / "a.xlsx")
    _result, lines = weigh("a.xlsx")
    assert [unit for unit, _told in told(lines)] == ["xã Bình An (huyện Châu Thành)"]
    assert list(faults(lines)) == ["'Châu Thành'!A3"]


def test_marks_in_columns_not_read_are_told(office):
    file = rows(office, "Tên xã;KH 2023;TH 2023", "Mỹ Thuận;x;")
    assert "Cột B “KH 2023” có “x” mà không được đọc." in run("import", str(file), "--dry-run", *GIVEN).out


@pytest.mark.parametrize("years", [(2020, 2024, 2025), (2021, 2024, 2027), (2025, 2023, 2020)])
@pytest.mark.parametrize("head", ["{}", "Năm {}"])
def test_a_year_over_marks_is_read_whatever_stands_beside_it(office, years, head):
    book = Workbook()
    first, second, third = (int(year) if (year := head.format(one)).isdigit() else year for one in years)
    for row in (["STT", "Tên xã", "Đạt chuẩn NTM"], [None, None, first, second, third]):
        book.active.append(row)
    for cells in ("A1:A2", "B1:B2", "C1:E1"):
        book.active.merge_cells(cells)
    book.active.append([1, "Mỹ Thuận", "x"])
    book.active.append([2, "Sơn Bình", None, "x"])
    book.save(office / "a.xlsx")
    what = [text for _unit, text in told(weigh("a.xlsx")[1])]
    assert what == [f"đạt chuẩn NTM, năm {years[0]}", f"đạt chuẩn NTM, năm {years[1]}"]


def test_marks_below_a_level_that_are_not_read_stop_the_import(office):
    file = rows(office, "Tên xã;NTM;Đợt 2 NTM nâng cao", "Mỹ Thuận;2019;2022")
    refused = run("import", str(file), "--dry-run")
    assert refused.code == 3
    assert '--map "C=nang-cao"' in refused.err
    assert len(told(weigh(file, "--map", "C=nang-cao")[1])) == 2
    assert len(told(weigh(file, "--map", "C=skip")[1])) == 1
    counts = rows(office, "Tên xã;NTM;Số tiêu chí NTM;Đăng ký NTM nâng cao", "Mỹ Thuận;2019;1;x")
    assert len(told(weigh(counts)[1])) == 1


BOTH = (
    "NTM, NTM nâng cao",
    "đạt chuẩn + nâng cao",
    "NTM/NTM nâng cao",
    "Đạt chuẩn NTM và NTM nâng cao",
    "NTM; kiểu mẫu",
)


@pytest.mark.parametrize("text", BOTH)
def test_two_levels_in_one_cell_are_not_taken_for_the_higher(office, text):
    _result, lines = weigh(rows(office, "Tên xã\tDanh hiệu\tNăm", f"Mỹ Thuận\t{text}\t2023"))
    assert "nhiều mức (đạt chuẩn NTM, " in faults(lines)["B2"]
    assert run("import", str(rows(office, f"Tên xã\t{text}", "Mỹ Thuận\t2023")), "--dry-run").code


@pytest.mark.parametrize("text", ["NTM nâng cao", "Đạt chuẩn NTM nâng cao", "Đạt chuẩn NTM mức nâng cao"])
def test_one_level_in_whose_name_another_stands_is_one(office, text):
    _result, lines = weigh(rows(office, "Tên xã;Danh hiệu;Năm", f"Mỹ Thuận;{text};2023"))
    assert [what for _unit, what in told(lines)] == ["NTM nâng cao, năm 2023"]


# Marked copies of files as they come -----------------------------------------------------------------------------


def wrong(office, **cells):
    book = Workbook()
    for row in (["Tên xã", "Danh hiệu", "Năm", "Số QĐ", "Ngày ký"], ["Mỹ Lâmm", "NTM", 2020, None, None]):
        book.active.append(row)
    for place, value in cells.items():
        book.active[place] = value
    return book


def test_signatures_merged_beside_the_table_are_no_hindrance(office):
    book = wrong(office, D6="THỦ TRƯỞNG ĐƠN VỊ")
    book.active.merge_cells("D6:G6")
    book.save(office / "a.xlsx")
    assert run("import", "a.xlsx").code == 3
    assert load_workbook(office / "a (lỗi).xlsx").active["H1"].value == "Lỗi (ntmtrack)"


def test_a_blank_cell_far_away_costs_nothing(office):
    from openpyxl.styles import Font

    book = wrong(office)
    book.active["XFD1048576"].font = Font(bold=True)
    book.save(office / "a.xlsx")
    assert run("import", "a.xlsx").code == 3
    assert (office / "a (lỗi).xlsx").exists()


def test_a_marked_copy_replaces_no_file(office):
    wrong(office).save(office / "a.xlsx")
    before = (office / "a.xlsx").read_bytes()
    assert run("import", "a.xlsx", "--annotate", "a.xlsx").code == 1
    assert (office / "a.xlsx").read_bytes() == before


def test_repeated_cells_of_an_ods_are_counted_before_they_unfold(office):
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="9999"/>'
    spaces = " ".join(f'xmlns:{name}="urn:{name}"' for name in ("office", "table", "text"))
    content = f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="A">'
    content += f'<table:table-row table:number-rows-repeated="9999">{cell}</table:table-row></table:table>'
    content += "</office:spreadsheet></office:body></office:document-content>"
    with zipfile.ZipFile(office / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    refused = run("import", "a.ods")
    assert (refused.code, "quá 20.000 dòng" in refused.err) == (1, True)


@pytest.mark.slow
@soffice
def test_errors_of_an_old_form_are_refused_or_told(office):
    book = wrong(office, A2="Mỹ Lâm", C2="=1/0")
    book.save(office / "a.xlsx")
    refused = run("import", str(convert(office / "a.xlsx", "ods")))
    assert (refused.code, "có ô lỗi" in refused.err) == (1, True)
    assert "ô lỗi (#N/A …) đọc như ô trống" in run("import", str(convert(office / "a.xlsx", "xls"))).out


def test_each_sheet_taken_in_alone_has_a_marked_copy_of_its_own(office):
    book = Workbook()
    for title in ("NTM", "Nâng cao"):
        sheet = book.create_sheet(title)
        for row in (["Tên xã", "Danh hiệu", "Năm"], ["Mỹ Thuận", "NTM", "hai mươi"]):
            sheet.append(row)
    book.save(office / "B.xlsx")
    for title in ("NTM", "Nâng cao"):
        assert run("import", "B.xlsx", "--sheet", title).code == 3
    assert {file.name for file in office.glob("*lỗi*")} == {"B, NTM (lỗi).xlsx", "B, Nâng cao (lỗi).xlsx"}


@pytest.mark.parametrize("head", ["STT;Tên xã;Huyện;Số QĐ", "STT;Tên xã;Huyện;Ghi chú", "STT;Tên xã;Huyện"])
def test_a_name_below_a_year_is_recognised_where_the_level_is_given(office, head):
    listed = (";Năm 2023;", "1;Mỹ Thuận;Hòn Đất", "II;Năm 2024 (1 xã);", "2;Sơn Bình;Hòn Đất")
    _result, lines = weigh(rows(office, head, *listed), "--level", "ntm")
    assert [(unit, what[-4:]) for unit, what in told(lines)] == [
        ("xã Mỹ Thuận (huyện Hòn Đất)", "2023"),
        ("xã Sơn Bình (huyện Hòn Đất)", "2024"),
    ]


def test_a_name_below_no_year_is_not_recognised_with_those_below_one(office):
    listed = ("1;Thổ Sơn;Hòn Đất;", ";Năm 2023;;", "2;Mỹ Thuận;Hòn Đất;")
    result = run("import", str(rows(office, "STT;Tên xã;Huyện;Số QĐ", *listed)), "--level", "ntm", "--dry-run")
    assert "dòng 2" in result.out
    assert "Thổ Sơn" not in result.out


def test_what_is_struck_through_is_not_taken(office):
    from openpyxl.styles import Font

    book = Workbook()
    listed = (["Mỹ Thuận", 2020, "3/QĐ-UBND"], ["Sơn Bình", 2020, None], ["Thổ Sơn", 2020, "4/QĐ-UBND"])
    for row in (["Tên xã", "Năm đạt chuẩn NTM", "Số QĐ", "Ghi chú"], *listed, ["Sơn Kiên", 2020, None, "sai"]):
        book.active.append(row)
    for cell in ("A2", "B2", "C2", "C4", "D5"):
        book.active[cell].font = Font(strike=True)
    book.save(office / "a.xlsx")
    _result, lines = weigh("a.xlsx")
    assert [unit for unit, _what in told(lines)] == ["xã Sơn Bình (huyện Hòn Đất)", "xã Sơn Kiên (huyện Hòn Đất)"]
    assert list(faults(lines)) == ["Sheet!A2", "Sheet!C4"]
    assert run("import", "a.xlsx", "--skip-bad", "--yes").code == 0
    book.active["B1"].value, book.active["B2"].value = "Huyện", "Hòn Đất"
    book.save(office / "b.xlsx")
    assert "Sheet!A2" in faults(weigh("b.xlsx", "--what", "units")[1])


def struck(office, *listed, cells):
    from openpyxl.styles import Font

    book = Workbook()
    for row in listed:
        book.active.append(row)
    for cell in cells:
        book.active[cell].font = Font(strike=True)
    book.save(office / "a.xlsx")
    return office / "a.xlsx"


COMMUNES = (["Tên xã", "Danh hiệu", "Năm", "Ngày ký"], ["Mỹ Thuận", "NTM", 2020, date(2021, 1, 5)])
OF_ROWS = (["Tên xã", "Danh hiệu"], ["Năm 2020", None], ["Mỹ Thuận", "NTM"], ["Năm 2021", None], ["Sơn Bình", "NTM"])
FIGURE = (["Chỉ tiêu", "Tính đến", "Số lượng", "Nguồn"], ["Xã NTM", 2020, 90, "Báo"])


@pytest.mark.parametrize(
    ("listed", "cell"),
    [(COMMUNES, "C2"), (COMMUNES, "D2"), (OF_ROWS, "A2"), (FIGURE, "A2"), (FIGURE, "C2")],
    ids=("year", "day", "heading of a group", "measure", "value"),
)
def test_what_is_struck_through_is_not_taken_wherever_it_stands(office, listed, cell):
    assert faults(weigh(struck(office, *listed, cells=[]))[1]) == {}
    _result, lines = weigh(struck(office, *listed, cells=[cell]))
    assert {place: rule for place, rule in faults(lines).items() if "gạch ngang" in rule}.keys() == {f"Sheet!{cell}"}
    assert "Mỹ Thuận" not in str(told(lines))


def test_what_is_struck_through_stays_so_in_a_workbook_that_is_repaired(office):
    file = struck(office, *COMMUNES, ["Sơn Bình", "NTM", 2020, None], cells=["A2"])
    with_part(file, "xl/styles.xml", lambda data: re.sub(rb"<patternFill ?/>", b'<patternFill patternType="x"/>', data))
    _result, lines = weigh(file)
    assert (list(faults(lines)), len(told(lines))) == (["Sheet!A2"], 1)
    with_part(file, "xl/styles.xml", lambda data: re.sub(rb"<strike[^>]*>", b'<strike val="0"/>', data))
    assert len(told(weigh(file)[1])) == 2


SHARED = """<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>Xã</t></si>
<si><r><rPr><strike{}/></rPr><t>N</t></r><r><t>TM</t></r></si></sst>"""


@pytest.mark.parametrize(("value", "is_struck"), [("", True), (' val="1"', True), (' val="0"', False)])
def test_words_struck_through_within_a_cell_are_seen_in_shared_texts(office, value, is_struck):
    file = struck(office, *COMMUNES, cells=[])
    with_part(file, STRINGS, lambda _data: SHARED.format(value).encode())
    with_part(file, TYPES, lambda data: data.replace(b"</Types>", OVERRIDE))
    with_part(file, SHEET, lambda data: re.sub(rb't="inlineStr"><is><t>NTM</t></is>', b't="s"><v>1</v>', data))
    _result, lines = weigh(file)
    assert (list(faults(lines)), len(told(lines))) == ((["Sheet!B2"], 0) if is_struck else ([], 1))


def test_words_struck_through_within_a_cell_are_seen_where_they_stand_in_the_sheet(office):
    name = CellRichText(TextBlock(InlineFont(strike=True), "Mỹ Lâm"), " Sơn Bình")
    _result, lines = weigh(struck(office, *COMMUNES, [name, "NTM", 2020, None], cells=[]))
    assert (list(faults(lines)), len(told(lines))) == (["Sheet!A3"], 1)


ODS = """<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:x="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:s="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><o:automatic-styles><s:style s:name="gone" s:family="{}">
<s:text-properties s:text-line-through-style="{}"/></s:style></o:automatic-styles><o:body><o:spreadsheet>
<t:table t:name="A"><t:table-column{}/><t:table-row><t:table-cell{} o:value-type="string"><x:p>Xã<x:span{}>Mỹ</x:span>
</x:p></t:table-cell></t:table-row></t:table></o:spreadsheet></o:body></o:document-content>"""


@pytest.mark.parametrize("place", range(3), ids=("column", "cell", "words"))
def test_an_ods_with_text_struck_through_is_refused(office, place):
    attribute = (' t:default-cell-style-name="gone"', ' t:style-name="gone"', ' x:style-name="gone"')[place]
    styled = [attribute if at == place else "" for at in range(3)]
    for style, is_refused in (("solid", True), ("none", False)):
        with zipfile.ZipFile(office / "a.ods", "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("content.xml", ODS.format("table-cell", style, *styled))
        assert ("gạch ngang" in run("import", "a.ods").err) is is_refused


LISTS = ("STT;Xã NTM;Xã NTM nâng cao", "1;Mỹ Thuận;Sơn Bình", "2;Thổ Sơn;", "3;Sơn Kiên;Mỹ Lâm")


def test_lists_of_two_levels_side_by_side_are_taken_one_by_one(office):
    file = rows(office, *LISTS)
    refused = run("import", str(file))
    assert (refused.code, '--map "C=skip", hoặc --map "B=skip"' in refused.err) == (3, True)
    assert "--year" in run("import", str(file), "--map", "C=skip").err
    _result, lines = weigh(file, "--map", "C=skip", "--year", "2020")
    assert [what for _unit, what in told(lines)] == ["đạt chuẩn NTM, năm 2020"] * 3
    result, lines = weigh(file, "--map", "B=skip", "--year", "2022")
    assert (result.code, faults(lines)) == (0, {})
    assert [unit[:10] for unit, _what in told(lines)] == ["xã Sơn Bìn", "xã Mỹ Lâm "]
    assert {what for _unit, what in told(lines)} == {"NTM nâng cao, năm 2022"}


@pytest.mark.parametrize("heading", ["Xã NTM nâng cao", "Các xã kiểu mẫu", "Xã NTM nâng cao, kiểu mẫu"])
def test_a_list_of_a_level_beside_the_table_is_asked_about(office, heading):
    head = f"Tên xã;Năm đạt chuẩn NTM;{heading}"
    refused = run("import", str(rows(office, head, "Mỹ Thuận;2020;Sơn Bình", "Thổ Sơn;2020;")))
    assert (refused.code, '--map "C=skip"' in refused.err) == (3, True)


def test_lists_with_columns_of_their_own_are_two_tables(office):
    head = "STT;Xã đạt chuẩn NTM;Năm;Xã đạt NTM nâng cao;Năm"
    file = rows(office, head, "1;Mỹ Thuận;2020;Sơn Bình;2022", "2;Thổ Sơn;2020;;")
    skips = run("import", str(file)).err
    assert '--map "D=skip" --map "E=skip", rồi --map "B=skip" --map "C=skip"' in skips
    _result, lines = weigh(file, "--map", "B=skip", "--map", "C=skip")
    assert told(lines) == [("xã Sơn Bình (huyện Hòn Đất)", "NTM nâng cao, năm 2022")]


@pytest.mark.parametrize("heading", ["Xã NTM nâng cao", "Xã đăng ký NTM nâng cao"])
@pytest.mark.parametrize("cell", ["x", "Chưa đạt", "", "Hoàn thành"])
def test_words_and_plans_and_signatures_are_no_list(office, heading, cell):
    lines = (
        f"Tên xã;Năm đạt chuẩn NTM;{heading}",
        f"Mỹ Thuận;2020;{cell}",
        f"Thổ Sơn;2020;{cell}",
        "Tổng cộng;1;không xã",
        ";;NGƯỜI LẬP BIỂU",
    )
    result, _lines = weigh(rows(office, *lines, ";;Nguyễn Văn A"))
    assert "hai cột" not in result.err


@pytest.mark.parametrize("heading", ["Danh hiệu", "NTM nâng cao"])
@pytest.mark.parametrize("cell", ["Đạt 17/19 TC", "17/19 tiêu chí", "19/19", "Đạt 18 tiêu chí NTM"])
def test_a_count_of_criteria_is_no_level_and_proposes_none(office, heading, cell):
    file = rows(office, f"Tên xã;{heading};Năm đạt chuẩn", f"Mỹ Thuận;{cell};2020")
    _result, lines = weigh(file)
    assert faults(lines) == {"B2": "đây là số tiêu chí đạt được, không phải mức"}
    assert lines[0]["fix"] == "xoá ô, hoặc bỏ dòng đó"


def test_a_column_of_counts_is_not_proposed_for_the_level(office):
    file = rows(office, "Tên xã;Đánh giá;Năm đạt chuẩn", "Mỹ Thuận;Đạt 18 tiêu chí NTM;2020")
    assert "--map" not in run("import", str(file)).err
