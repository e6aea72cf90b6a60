"""A round of forms: one a district, one a commune where there are no districts, one a former district · prefilled with
what is on record, nothing made up among it · recognised when it comes back, however it was renamed and saved · what it
repeats changes nothing · who has not replied, and whose reply has faults to mend · a deadline put off · undone with its
action, but not from under forms written anew · all forms or none, no file replaced."""

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.styles import PatternFill

from ntmtrack.commands import Session
from ntmtrack.ingest.round_form import rows_in_all
from tests.consoles import ENTER, typing
from tests.office_tables.reading import faults, told, weigh
from tests.office_tables.test_bad_files import convert, soffice
from tests.running import NOW, run

MY_THUAN = "xã Mỹ Thuận (huyện Hòn Đất)"
FORM = "Biểu huyện Hòn Đất.xlsx"
FIRST = 10  # row of a form's table


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A folder with Kiên Giang's ledger, two recognitions in it, and a round of forms sent to its districts."""
    folder = tmp_path_factory.mktemp("round")
    db = ("--db", str(folder / "so.db"))
    assert run("init", "--province", "Kiên Giang", "--programme", "2021-2025", *db).code == 0
    decision = ("--decision", "12/QĐ-UBND", "--date", "5/1/2021", "--issuer", "UBND tỉnh Kiên Giang")
    assert run("record", MY_THUAN, "--level", "ntm", "--year", "2020", *decision, *db).code == 0
    assert run("record", "xã Sơn Kiên", "--level", "ntm", "--year", "2022", *db).code == 0
    given = ("--contact", "Phòng NTM", "--agency", "UBND tỉnh Kiên Giang; Văn phòng Điều phối")
    assert run("template", "--all", str(folder / "gửi"), "--deadline", "15/12/2026", *given, *db).code == 0
    return folder


@pytest.fixture(autouse=True)
def sent(built, office):
    """The forms of a round that the office's ledger sent."""
    shutil.copy(built / "so.db", office / "so.db")
    return built / "gửi"


def send(folder, *more, by="commune", now=NOW):
    return run("template", "--all", folder, "--by", by, "--scope", "Hòn Đất", *more, now=now)


def sheet_of(file):
    return load_workbook(file)["Danh sách"]


def rows_of(file):
    """The rows of a form that tell of a unit, without their numbers."""
    rows = sheet_of(file).iter_rows(min_row=FIRST, max_col=10)
    return [[cell.value for cell in row[1:]] for row in rows if row[1].value]


def filled(file, target, change=lambda _sheet: None):
    """A form as it comes back, changed by hand, under another name."""
    book = load_workbook(file)
    change(book["Danh sách"])
    target.parent.mkdir(exist_ok=True)
    book.save(target)
    return target


def put(sheet, row, *values):
    for column, value in enumerate(values, 2):
        sheet.cell(row, column).value = value


def missing(now=NOW):
    report = json.loads(run("template", "--missing", "-f", "json", now=now).out)
    return {line["unit"]: (line["replied"], line["days_late"]) for line in report["units"]}


# What a form says -------------------------------------------------------------------------------------------------


def test_a_form_for_each_district_tells_what_is_on_record(sent):
    assert len(list(sent.iterdir())) == 15
    rows = rows_of(sent / FORM)
    assert (len(rows), rows[-1][0]) == (13, "huyện Hòn Đất (tỉnh Kiên Giang)")
    (known,) = [row for row in rows if row[0] == MY_THUAN]
    signed = datetime(2021, 1, 5)  # noqa: DTZ001 - as openpyxl reads a day
    assert known[1:7] == ["đạt chuẩn NTM", 2020, "công nhận", "12/QĐ-UBND", signed, "UBND tỉnh Kiên Giang"]


def test_it_says_whose_it_is_by_when_and_to_whom(sent):
    texts = " ".join(str(cell.value) for row in sheet_of(sent / FORM)["A1:J8"] for cell in row)
    for said in ("VĂN PHÒNG ĐIỀU PHỐI", "UBND huyện Hòn Đất", "ngày 15/12/2026", "Phòng NTM", "Mã biểu: 1-"):
        assert said in texts
    assert "ntmtrack" not in texts


@pytest.mark.parametrize("filled_in", range(1, 200))
def test_no_page_is_printed_of_blank_rows_alone_nor_of_signatures(filled_in):
    rows = rows_in_all(filled_in, 10)
    assert rows - filled_in >= 6
    on_last = (rows - 25) % 33  # beyond the 25 rows of the first page, 33 a page
    assert rows <= 24 or 5 <= on_last <= 33 - 6
    assert rows - filled_in - 10 < 5 + 6


def test_a_form_of_a_district_is_printed_on_one_page(sent):
    sheet = sheet_of(sent / FORM)
    assert (sheet.page_setup.fitToHeight, sheet.page_setup.orientation) == (1, "landscape")


def test_what_is_made_up_stands_on_no_form(demo, office):
    assert send("gửi", by="district").code == 0
    listed = json.loads(run("list", "--level", "ntm", "--until", "2025", "--scope", "Hòn Đất", "-f", "json").out)
    made_up = {unit["name"] for unit in listed["units"] if unit["confidence"] == "illustrative"}
    told_of = {row[0].split(" (")[0] for row in rows_of(office / "gửi" / FORM) if row[1] == "đạt chuẩn NTM"}
    assert made_up
    assert told_of
    assert not made_up & told_of


# What comes back --------------------------------------------------------------------------------------------------


def test_as_it_is_it_is_a_reply_that_changes_nothing(sent, office):
    back = filled(sent / FORM, office / "về" / "x.xlsx")
    lines = weigh(back)[1]
    assert (told(lines), len(told(lines, "same"))) == ([], 2)
    assert missing()["huyện Hòn Đất"][0] is None
    result = run("import", str(back))
    assert (result.code, "biểu đợt 1 của huyện Hòn Đất" in result.err) == (0, True)
    assert missing()["huyện Hòn Đất"][0] == "2026-11-21"
    assert "Không có gì để ghi" in run("import", str(back)).err
    assert run("undo").code == 0
    assert missing()["huyện Hòn Đất"][0] is None


def test_what_is_only_inferred_stays_so_where_the_form_is_not_touched(office):
    table = office / "a.csv"
    table.write_text("Tên xã;Mức;Năm;Độ tin cậy;Nguồn\nSơn Bình;NTM;2021;suy ra;báo\n", encoding="utf-8")
    assert run("import", str(table)).code == 0
    assert send("gửi", by="district").code == 0
    back = filled(office / "gửi" / FORM, office / "về.xlsx")
    assert told(weigh(back)[1], "changed") == []
    confirmed = filled(back, back, lambda sheet: put(sheet, FIRST + 6, *row_of(sheet, FIRST + 6)[:4], "7/QĐ-UBND"))
    assert [unit for unit, _what in told(weigh(confirmed)[1], "changed")] == ["xã Sơn Bình (huyện Hòn Đất)"]


def row_of(sheet, row):
    return [cell.value for cell in sheet[row][1:]]


def ugly(sheet):
    """As offices fill forms in: rows added below, in colour, days and years as texts, a column put in."""
    put(sheet, 30, "xã Sơn Bình (huyện Hòn Đất)", "NTM nâng cao", 2023, None, "9/QĐ-UBND", "20/12/2023")
    put(sheet, 31, "Bình Giang", "đạt chuẩn NTM", "2022")
    for cell in sheet[30]:
        cell.fill = PatternFill("solid", start_color="FFFFFF00")
    sheet.insert_cols(3)
    sheet.cell(9, 3).value = "Số điện thoại"
    sheet.cell(11, 3).value = "0912 345 678"


UGLY = [
    ("xã Sơn Bình (huyện Hòn Đất)", "NTM nâng cao, năm 2023, Quyết định 9/QĐ-UBND ngày 20/12/2023"),
    ("xã Bình Giang (huyện Hòn Đất)", "đạt chuẩn NTM, năm 2022"),
]


def test_filled_in_as_offices_do_it_is_read(sent, office):
    result, lines = weigh(filled(sent / FORM, office / "về" / "Copy of biểu (1).xlsx", ugly))
    assert (result.code, told(lines)) == (0, UGLY)


@pytest.mark.slow
@soffice
@pytest.mark.parametrize("ending", ["ods", "csv", "xls"])
def test_saved_as_another_kind_of_file_it_is_recognised(sent, office, ending):
    back = convert(filled(sent / FORM, office / "về" / "x.xlsx", ugly), ending)
    assert told(weigh(back)[1]) == UGLY
    assert run("import", str(back)).code == 0
    assert missing()["huyện Hòn Đất"][0] == "2026-11-21"


def test_with_its_rows_turned_over_it_says_the_same(sent, office):
    def turn_over(sheet):
        for place, row in enumerate(reversed([row_of(sheet, row) for row in range(FIRST, 24)]), FIRST):
            put(sheet, place, *row)

    lines = weigh(filled(sent / FORM, office / "về.xlsx", turn_over))[1]
    assert (told(lines), len(told(lines, "same"))) == ([], 2)


def test_rows_of_another_district_pasted_below_are_read_by_their_own_name(sent, office):
    def paste(sheet):
        for place, row in enumerate(rows_of(sent / "Biểu huyện Gò Quao.xlsx")[:9], 24):
            put(sheet, place, *row)
        put(sheet, 24, "xã Định Hòa (huyện Gò Quao)", "đạt chuẩn NTM", 2019)

    assert told(weigh(filled(sent / FORM, office / "về.xlsx", paste))[1]) == [
        ("xã Định Hòa (huyện Gò Quao)", "đạt chuẩn NTM, năm 2019")
    ]


def test_two_forms_as_sheets_of_one_workbook_are_two_replies(sent, office):
    book = load_workbook(sent / FORM)
    sheet = book.create_sheet("Gò Quao")
    for row in sheet_of(sent / "Biểu huyện Gò Quao.xlsx").iter_rows():
        for cell in row:
            sheet.cell(cell.row, cell.column).value = cell.value
    book.save(office / "hai huyện.xlsx")
    assert run("import", "hai huyện.xlsx", "--all-sheets").code == 0
    assert [unit for unit, (replied, _late) in missing().items() if replied] == ["huyện Hòn Đất", "huyện Gò Quao"]


def test_with_the_lines_above_deleted_the_file_still_says_whose_it_is(sent, office):
    def delete(sheet):
        for area in [*sheet.merged_cells.ranges]:
            sheet.unmerge_cells(str(area))
        sheet.delete_rows(1, 8)

    assert run("import", str(filled(sent / FORM, office / "về.xlsx", delete))).code == 0
    assert missing()["huyện Hòn Đất"][0]


def test_what_the_form_said_and_the_return_leaves_out_is_named_and_stays(sent, office):
    row = next(place for place, row in enumerate(rows_of(sent / FORM), FIRST) if row[0] == MY_THUAN)
    result, lines = weigh(filled(sent / FORM, office / "về.xlsx", lambda sheet: sheet.delete_rows(row)))
    assert (told(lines), f"{MY_THUAN}, đạt chuẩn NTM" in result.err, "Sơn Kiên" in result.err) == ([], True, False)


def test_one_level_of_two_periods_is_two_rows_of_which_one_may_be_left_out(office):
    assert run("record", MY_THUAN, "--level", "nang-cao", "--year", "2020").code == 0
    assert run("record", MY_THUAN, "--level", "nang-cao", "--year", "2023").code == 0
    assert send("gửi", by="district").code == 0
    form = office / "gửi" / FORM
    rows = [place for place, row in enumerate(rows_of(form), FIRST) if row[1] == "NTM nâng cao"]
    assert len(rows) == 2
    result, lines = weigh(filled(form, office / "về.xlsx"))
    assert (faults(lines), "vẫn giữ nguyên" in result.err) == ({}, False)
    result, lines = weigh(filled(form, office / "về.xlsx", lambda sheet: sheet.delete_rows(rows[0])))
    assert (faults(lines), f"{MY_THUAN}, NTM nâng cao" in result.err) == ({}, True)


def test_a_row_below_the_signatures_is_a_fault(sent, office):
    back = filled(sent / FORM, office / "về.xlsx", lambda sheet: put(sheet, 60, "Bình Sơn", "NTM", 2020))
    assert list(faults(weigh(back)[1])) == ["'Danh sách'!60"]


def test_a_wrong_cell_is_named_and_is_no_reply(sent, office):
    back = filled(sent / FORM, office / "về.xlsx", lambda sheet: put(sheet, 25, "Xã Không Có", "NTM", 2020))
    assert list(faults(weigh(back)[1])) == ["'Danh sách'!B25"]
    assert run("import", str(back), "--no-annotate").code == 3
    assert missing()["huyện Hòn Đất"][0] is None


def wrong(sheet):
    put(sheet, 25, "Xã Không Có", "NTM", 2020)
    put(sheet, 26, "xã Sơn Bình (huyện Hòn Đất)", "NTM", "20x0")


def faulty(now=NOW):
    """Of each unit whose reply has faults how many, and the words in which that is told."""
    report = json.loads(run("template", "--missing", "-f", "json", now=now).out)
    return {line["unit"]: (line["faults"], line["replied"]) for line in report["units"] if line["faults"]}


class TestFaultyReplies:
    def test_one_that_was_refused_has_come_and_is_waited_for(self, sent, office):
        back = filled(sent / FORM, office / "về.xlsx", wrong)
        assert run("import", str(back), "--no-annotate", "--dry-run").code == 3
        assert faulty() == {}
        refused = run("import", str(back), "--no-annotate")
        assert "đã nhận, chờ sửa: biểu đợt 1 của huyện Hòn Đất (2 chỗ sai)" in refused.err
        assert faulty() == {"huyện Hòn Đất": (2, None)}
        told_of = run("template", "--missing").out
        assert "0/15 đơn vị đã gửi lại, 1 có lỗi chờ sửa" in told_of
        assert ["có lỗi, 21/11/2026" in line for line in told_of.splitlines()[-1:]] == [True]
        assert "thao tác" not in run("import", str(back), "--no-annotate").err  # it is on record already

    def test_mended_it_is_a_reply_and_taken_back_it_is_not(self, sent, office):
        assert run("import", str(filled(sent / FORM, office / "về.xlsx", wrong)), "--no-annotate").code == 3
        assert run("import", str(filled(sent / FORM, office / "sửa.xlsx"))).code == 0
        assert (faulty(), missing()["huyện Hòn Đất"][0]) == ({}, "2026-11-21")
        assert run("undo").code == 0
        assert faulty() == {"huyện Hòn Đất": (2, None)}
        assert "bỏ: nhận biểu đợt 1 “về.xlsx, 2 chỗ sai”" in run("undo").err
        assert faulty() == {}

    def test_with_its_faults_left_out_it_is_a_reply_that_has_some(self, sent, office):
        back = filled(sent / FORM, office / "về.xlsx", wrong)
        assert run("import", str(back), "--no-annotate", "--skip-bad").code == 0
        assert faulty() == {"huyện Hòn Đất": (2, "2026-11-21")}
        assert "Không có gì để ghi" in run("import", str(back), "--no-annotate", "--skip-bad").err
        assert run("import", str(filled(sent / FORM, office / "sửa.xlsx"))).code == 0
        assert faulty() == {}

    def test_a_faulty_one_that_is_found_later_undoes_no_reply(self, sent, office):
        filled(sent / FORM, office / "về" / "a.xlsx")
        filled(sent / FORM, office / "về" / "b cũ.xlsx", wrong)
        assert run("import", "về", "--yes", "--no-annotate").code == 3
        assert (faulty(), missing()["huyện Hòn Đất"][0]) == ({}, "2026-11-21")

    def test_one_of_another_ledger_and_any_other_table_are_none(self, sent, office):
        (office / "a.csv").write_text("Tên xã;Mức;Năm\nKhông Có;NTM;2021\n", encoding="utf-8")
        before = run("history").out
        assert run("import", "a.csv", "--no-annotate").code == 3
        assert run("history").out == before

    def test_of_a_folder_and_late_until_it_is_mended(self, sent, office):
        filled(sent / FORM, office / "về" / "x.xlsx", wrong)
        assert run("import", "về", "--yes", "--no-annotate").code == 3
        assert missing(NOW.replace(month=12, day=25))["huyện Hòn Đất"] == (None, 10)


def test_the_form_of_another_ledger_is_read_as_any_table(sent, office, built_ledger):
    back = filled(sent / FORM, office / "về.xlsx")
    other = shutil.copy(built_ledger, office / "khác.db")
    result = run("import", str(back), "--db", str(other))
    assert (result.code, "không do sổ này gửi" in result.err) == (0, True)
    assert run("template", "--missing", "--db", str(other)).code == 1


def test_a_day_known_only_in_part_and_another_form_of_recognition_come_back_the_same(office):
    decision = ("--decision", "9/QĐ-UBND", "--date", "12/2023", "--basis", "công nhận lại")
    assert run("record", MY_THUAN, "--level", "nang-cao", "--year", "2023", *decision).code == 0
    assert send("gửi", by="district").code == 0
    lines = weigh(filled(office / "gửi" / FORM, office / "về.xlsx"))[1]
    assert (told(lines), told(lines, "changed"), faults(lines), len(told(lines, "same"))) == ([], [], {}, 3)


# Who has not replied ----------------------------------------------------------------------------------------------


def test_days_late_are_counted_from_the_deadline(sent, office):
    late = NOW.replace(month=12, day=20)
    assert run("import", str(filled(sent / FORM, office / "về.xlsx")), now=late).code == 0
    found = missing(late.replace(day=25))
    assert (found["huyện Hòn Đất"], found["huyện Gò Quao"]) == (("2026-12-20", 5), (None, 10))
    assert [*found][-1] == "huyện Hòn Đất"


def test_the_same_forms_written_again_are_the_same_round():
    for given in ("20/12/2026", "20/12/2026", "25/12/2026"):
        assert send("gửi", "--deadline", given, by="district").code == 0
    refused = run("template", "--missing", "--round", "4")
    assert (refused.code, "1, 2, 3" in refused.err) == (2, True)


class TestAnotherDeadline:
    def test_it_is_put_off_for_the_round_that_is_named(self, sent):
        done = send("gửi", "--deadline", "25/12/2026", "--round", "1", by="district")
        assert (done.code, "lập lại biểu đợt 1, 1 biểu; hạn 25/12/2026" in done.err) == (0, True)
        assert "0/15 đơn vị đã gửi lại\ngửi ngày 21/11/2026 · hạn 25/12/2026" in run("template", "--missing").out
        assert "ngày 25/12/2026" in " ".join(str(row[0].value) for row in sheet_of("gửi/" + FORM)["F1:F4"])
        assert send("lại", "--round", "1", by="district").code == 0
        assert "hạn 25/12/2026" in run("template", "--missing").out
        refused = send("gửi", "--round", "3")
        assert (refused.code, "Các đợt đã gửi: 1" in refused.err) == (2, True)

    def test_in_a_pipe_it_is_a_new_round_and_says_how_it_would_not_be(self):
        done = send("gửi", "--deadline", "25/12/2026", by="district")
        assert "15/15 đơn vị chưa gửi lại biểu đợt 1, hạn 15/12/2026. Nếu vẫn là đợt ấy" in done.err
        assert len(missing()) == 1
        assert run("undo").code == 0
        assert send("gửi", "--deadline", "25/12/2026", "--round", "1", by="district").code == 0
        assert len(missing()) == 15

    @pytest.mark.parametrize(("key", "units"), [("1", 15), ("2", 1), ("3", None)])
    def test_at_a_terminal_it_is_asked(self, monkeypatch, key, units):
        with typing(monkeypatch, key):
            done = send("gửi", "--deadline", "25/12/2026", by="district")
        assert (done.code, Path("gửi").exists()) == ((0, True) if units else (1, False))
        assert len(missing()) == (units or 15)

    @pytest.mark.parametrize(
        ("more", "due"),
        [((), "15/12/2026"), (("--deadline", "25/12/2026"), "25/12/2026")],
        ids=["none told", "another"],
    )
    def test_the_question_says_by_when_forms_of_the_last_round_are_due(self, monkeypatch, more, due):
        asked = []
        monkeypatch.setattr(Session, "choose", lambda _self, _question, choices, **_none: asked.append(choices) or 0)
        with typing(monkeypatch):
            assert send("gửi", *more, by="district").code == 0
        assert asked == [[f"vẫn của đợt 1, hạn {due}", "của một đợt mới"]]
        assert f"hạn {due}" in run("template", "--missing").out

    def test_the_command_that_is_told_says_what_was_answered(self, monkeypatch):
        with typing(monkeypatch, "1", ENTER, "25/12/2026", ENTER, "1"):
            done = run("template")
        assert done.err.splitlines()[-1].endswith("--deadline 25/12/2026 --round 1")

    def test_once_all_have_replied_it_is_a_new_round(self, sent, office):
        assert run("undo").code == 0
        assert send("gửi", "--deadline", "15/12/2026", by="district").code == 0
        assert run("import", str(filled(office / "gửi" / FORM, office / "về.xlsx"))).code == 0
        assert "đợt ấy" not in send("gửi", "--deadline", "25/12/2026", by="district").err


def test_a_round_is_not_taken_back_from_under_forms_written_anew(office):
    assert run("record", MY_THUAN, "--level", "nang-cao", "--year", "2024").code == 0
    assert send("lại", "--deadline", "15/12/2026", by="district").code == 0
    actions = json.loads(run("history", "-f", "json").out)["actions"]
    (first,) = [one["id"] for one in actions if one["summary"].startswith("gửi biểu")]
    refused = run("undo", str(first))
    assert (refused.code, "thao tác sau dựa vào" in refused.err, len(missing())) == (1, True, 15)
    assert run("undo").code == 0
    assert run("undo", str(first)).code == 0
    assert run("template", "--missing").code == 1
    assert run("redo", str(first)).code == 0
    assert len(missing()) == 15


def levels_of_blank(*more):
    """The year that a blank form is of, as told, and the levels that it offers."""
    told_of = run("template", "trống.xlsx", *more).err
    offered = [cell.value for cell in load_workbook("trống.xlsx")["Danh mục"]["B"] if cell.value]
    return told_of.partition(", theo ")[2].partition(" (")[0], offered


def test_a_blank_form_is_of_the_year_in_which_it_is_written(office):
    today = ("--db", str(office / "nay.db"))
    assert run("init", "--province", "Cà Mau", *today).code == 0
    before = ["đạt chuẩn NTM", "NTM nâng cao", "NTM kiểu mẫu"]
    assert levels_of_blank(*today) == ("năm 2026", ["đạt chuẩn NTM", "NTM hiện đại", *before[1:]])
    assert levels_of_blank("--year", "2023") == ("năm 2023", before)
    assert levels_of_blank() == ("năm 2025", before)  # the last year of the units of this ledger


def test_a_form_written_again_for_one_district_is_of_its_round():
    assert send("gửi", "--deadline", "15/12/2026", by="district").code == 0
    assert len(missing()) == 15


def test_forms_written_again_later_tell_what_is_on_record_then(office):
    until = ("--deadline", "15/12/2026")
    assert run("record", MY_THUAN, "--level", "nang-cao", "--year", "2024").code == 0
    again = send("lại", *until, by="district", now=NOW + timedelta(days=6))
    assert (again.code, "lập lại biểu đợt 1" in again.err) == (0, True)
    form = office / "lại" / FORM
    assert sheet_of(form)["A7"].value == "Số liệu đến ngày 27/11/2026"
    row = next(place for place, row in enumerate(rows_of(form), FIRST) if row[1] == "NTM nâng cao")
    result = weigh(filled(form, office / "về.xlsx", lambda sheet: sheet.delete_rows(row)))[0]
    assert f"{MY_THUAN}, NTM nâng cao" in result.err
    assert (len(missing()), run("template", "--missing", "--round", "2").code) == (15, 2)
    assert "thao tác" not in send("lại nữa", *until, by="district", now=NOW + timedelta(days=7)).err


def test_a_round_is_taken_back_with_its_action():
    assert run("undo").code == 0
    assert run("template", "--missing").code == 1


def test_the_number_of_a_round_that_was_taken_back_is_not_given_again(sent, office):
    assert run("undo").code == 0
    assert "đợt 2" in send("lại").err
    result = run("import", str(filled(sent / FORM, office / "về.xlsx")))
    assert (result.code, "không do sổ này gửi" in result.err) == (0, True)


def test_a_round_sent_meanwhile_by_somebody_else_is_told(monkeypatch):
    from ntmtrack.commands import form_round

    def meanwhile(form, terms, make=form_round.make_book):
        monkeypatch.setattr(form_round, "make_book", make)
        assert send("khác", "--deadline", "20/12/2026").code == 0
        return make(form, terms)

    monkeypatch.setattr(form_round, "make_book", meanwhile)
    refused = send("gửi", "--deadline", "25/12/2026")
    assert (refused.code, "chương trình khác" in refused.err.lower(), Path("gửi").exists()) == (1, True, False)
    assert "hạn 20/12/2026" in run("template", "--missing").out


# Writing ----------------------------------------------------------------------------------------------------------


def test_a_form_that_was_changed_stops_all_the_others(office):
    assert send("gửi").code == 0
    folder = office / "gửi"
    file = folder / "Biểu xã Mỹ Thuận.xlsx"
    filled(file, file, lambda sheet: put(sheet, 12, "x"))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    refused = send("gửi", "--deadline", "20/12/2026")
    assert (refused.code, "Biểu xã Mỹ Thuận" in refused.err, len(before)) == (1, True, 12)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert "đợt 2" in run("template", "--missing").out.lower()
    assert send("gửi", "--deadline", "20/12/2026", "--force").code == 0


def test_a_form_that_is_open_in_excel_stops_all_the_others(office):
    assert send("gửi").code == 0
    folder = office / "gửi"
    (folder / "~$Biểu xã Mỹ Thuận.xlsx").write_bytes(b"")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    refused = send("gửi", "--deadline", "20/12/2026")
    assert (refused.code, "Biểu xã Mỹ Thuận" in refused.err) == (1, True)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("is_there", [False, True])
def test_a_form_that_cannot_take_its_place_takes_the_others_with_it(is_there, office, monkeypatch):
    assert not is_there or send("gửi").code == 0
    folder = office / "gửi"
    before = {path.name: path.read_bytes() for path in folder.iterdir()} if is_there else {}
    placed = []

    def refuse(draft, place, replace=Path.replace):
        if "Mỹ Thuận" in place.name:
            raise PermissionError(13, "in use")
        placed.append(place)
        return replace(draft, place)

    with monkeypatch.context() as held:
        held.setattr(Path, "replace", refuse)
        assert send("gửi", "--deadline", "20/12/2026").code == 1
    assert placed
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert "hạn 15/12/2026" in run("template", "--missing", "--round", "1").out
    assert run("template", "--missing", "--round", "3" if is_there else "2").code == 2
    assert send("gửi", "--deadline", "20/12/2026").code == 0


def test_no_two_names_become_one_file(office):
    for name in ("xã An/B", "xã An:B"):
        assert run("add-commune", name, "--district", "Hòn Đất").code == 0
    assert send("gửi").code == 0
    assert len([path for path in (office / "gửi").iterdir() if "An-B" in path.name]) == 2


def test_a_folder_that_cannot_be_made_writes_nothing(office):
    (office / "tệp").write_text("x", encoding="utf-8")
    for folder in ("tệp", "tệp/trong"):
        assert send(folder).code in (1, 6)
    assert "đợt 1" in run("template", "--missing").out.lower()


@pytest.mark.parametrize("deadline", ["1/1/2026", "12/2026", "32/12/2026"])
def test_a_deadline_is_a_day_to_come(deadline):
    assert send("gửi", "--deadline", deadline).code in (1, 2)
    assert not Path("gửi").exists()


def test_one_thing_at_a_time():
    assert run("template").code == 2
    assert run("template", "a.xlsx", "--missing").code == 2
    assert run("template", "a.xlsx", "--contact", "x").code == 2


@pytest.mark.slow
def test_a_form_for_each_commune_even_of_one_name(office):
    assert run("template", "--all", "mọi xã", "--by", "commune").code == 0
    names = [path.name for path in (office / "mọi xã").iterdir()]
    assert len({name.casefold() for name in names}) == len(names) == 116
    assert sum("Bình An" in name for name in names) == 2


@pytest.mark.slow
def test_once_districts_are_gone_communes_are_asked(office):
    assert run("rearrange", "--national", "--yes").code == 0
    assert run("participate", "đặc khu Kiên Hải").code == 0
    assert run("template", "--all", "mới").code == 0
    names = sorted(path.name for path in (office / "mới").iterdir())
    assert len(names) > 40
    assert [name for name in names if not name.startswith("Biểu xã")] == ["Biểu đặc khu Kiên Hải.xlsx"]
    assert run("template", "--all", "cũ", "--by", "former-district").code == 0
    form = office / "cũ" / "Biểu Hòn Đất (huyện cũ).xlsx"
    offered = [cell.value for cell in load_workbook(form)["Danh mục"]["B"] if cell.value]
    assert offered == ["đạt chuẩn NTM", "NTM hiện đại", "NTM nâng cao", "NTM kiểu mẫu"]
    assert sheet_of(form)["F1"].value == "Đơn vị báo cáo: các xã thuộc địa bàn Hòn Đất (huyện cũ)"
    back = filled(form, office / "về.xlsx", lambda sheet: put(sheet, 20, rows_of(form)[0][0], "NTM", 2025))
    result, lines = weigh(back)
    assert (len(told(lines)), "huyện khác" in result.out) == (1, False)
