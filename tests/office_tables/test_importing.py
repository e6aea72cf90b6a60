"""An import as an officer lives it: new, the same, corrected, taken back · rows left out · near names · a plan made
without a word · one's own words for columns · defaults · standard input · names only by code · nothing half written."""

import csv
import io
import json
import re
import shlex
import sys

import pytest
from openpyxl import Workbook

from ntmtrack.commands import Session, import_
from ntmtrack.ingest.options import ImportOptions
from ntmtrack.ingest.plan import ImportTerms
from tests.office_tables.reading import faults, recognised, table, told, weigh
from tests.running import NOW, begin, run

HEAD = "STT;Tên xã;Huyện;Danh hiệu;Năm đạt chuẩn;Số QĐ;Ngày ký\n"


@pytest.fixture(autouse=True)
def of_kien_giang(ledger):
    """Each table is weighed against Kiên Giang's units."""


def rows(office, *lines, name="a.csv", head=HEAD):
    return table(office / name, head + "".join(f"{line}\n" for line in lines))


def actions():
    return json.loads(run("history", "-f", "json").out)["actions"]


# New, the same, corrected, taken back ------------------------------------------------------------------------------


def test_the_same_file_twice_changes_nothing(office):
    file = rows(
        office, "1;Mỹ Thuận;Hòn Đất;NTM;2020;12/QĐ-UBND;5/1/2021", "2;Sơn Bình;Hòn Đất;NTM;2020;12/QĐ-UBND;5/1/2021"
    )
    assert run("import", str(file)).code == 0
    before = recognised()
    assert len(before) == 2
    again = run("import", str(file))
    assert (again.code, again.err.strip()) == (0, "Không có gì để ghi: sổ đã có đủ.")
    assert recognised() == before
    assert len(actions()) == 2


def test_a_row_that_differs_is_a_correction_and_undo_brings_back_what_was(office):
    run("import", str(rows(office, "1;Mỹ Thuận;Hòn Đất;NTM;2020;12/QĐ-UBND;5/1/2021")))
    before = run("show", "Mỹ Thuận", "-f", "json").out
    file = rows(office, "1;Mỹ Thuận;Hòn Đất;NTM;2021;;", "2;Sơn Bình;Hòn Đất;NTM;2020;;", name="b.csv")
    _result, lines = weigh(file)
    changed = next(line for line in lines if line["state"] == "changed")
    assert changed["before"] == "năm 2020, Quyết định 12/QĐ-UBND ngày 05/01/2021"
    assert changed["told"] == "đạt chuẩn NTM, năm 2021, Quyết định 12/QĐ-UBND ngày 05/01/2021"  # the decision stays
    assert "sửa 1" in run("import", str(file)).err
    assert [(name, year) for name, _level, year in recognised()] == [("xã Sơn Bình", 2020), ("xã Mỹ Thuận", 2021)]
    assert run("undo").code == 0
    assert run("show", "Mỹ Thuận", "-f", "json").out == before
    assert len(recognised()) == 1
    assert run("undo").code == 0  # the first import, and with it the copy that the second undoing made
    assert recognised() == []


def test_a_decision_that_becomes_known_is_added_to_what_stands(office):
    run("import", str(rows(office, "1;Mỹ Thuận;Hòn Đất;NTM;2020;;")))
    _result, lines = weigh(rows(office, "1;Mỹ Thuận;Hòn Đất;NTM;2020;12/QĐ-UBND;5/1/2021", name="b.csv"))
    assert [line["state"] for line in lines] == ["changed"]


def test_one_import_is_one_action_and_one_undo(office):
    communes = json.loads(run("units", "--on", "30/6/2025", "-f", "json").out)["units"]
    names = [unit for unit in communes if unit["kind"] == "xã"]
    file = table(office / "a.csv", "Mã;Danh hiệu;Năm\n" + "".join(f"{unit['code']};NTM;2020\n" for unit in names))
    assert run("import", str(file)).code == 0
    assert len(recognised()) == len(names) == 116
    assert run("undo").code == 0
    assert recognised() == []


def test_made_up_rows_never_replace_what_is_known_and_are_replaced_by_it(office):
    head = "Mã;Danh hiệu;Năm;confidence\n"
    run("import", str(rows(office, "30838;NTM;2020;illustrative", head=head)))
    _result, lines = weigh(rows(office, "30838;NTM;2020;", head=head))
    assert [line["state"] for line in lines] == ["changed"]
    run("import", str(rows(office, "30838;NTM;2020;", head=head)))
    _result, lines = weigh(rows(office, "30838;NTM;2021;MINH HOẠ", head=head))
    assert "dòng này không thay được" in faults(lines)["C2"]
    _result, lines = weigh(rows(office, "30838;NTM;2019;suy ra", head=head))
    assert "dòng này không thay được" in faults(lines)["C2"]
    _result, lines = weigh(rows(office, "30838;NTM;2020;suy ra", head=head))
    assert [line["state"] for line in lines] == ["same"]


def test_a_revoked_recognition_is_not_brought_back_by_an_old_list(office):
    file = rows(office, "1;Mỹ Thuận;Hòn Đất;NTM;2020;;")
    run("import", str(file))
    assert run("revoke", "Mỹ Thuận", "--level", "ntm", "--date", "1/6/2023").code == 0
    _result, lines = weigh(file)
    assert "đã thu hồi" in str(faults(lines))


# Rows left out, near names -----------------------------------------------------------------------------------------


def test_with_any_fault_nothing_is_written_unless_the_bad_rows_are_left_out(office):
    file = rows(office, "1;Mỹ Thuận;Hòn Đất;NTM;2020;;", "2;Mỹ Lâmm;Hòn Đất;NTM;2020;;")
    assert run("import", str(file)).code == 3
    assert recognised() == []
    skipped = run("import", str(file), "--skip-bad")
    assert skipped.code == 0
    assert "bỏ 1 dòng sai (Mỹ Lâmm)" in skipped.err
    assert [name for name, *_rest in recognised()] == ["xã Mỹ Thuận"]


def test_names_without_marks_are_taken_only_when_confirmed(office, monkeypatch):
    file = rows(office, "1;MY THUAN;hon dat;NTM;2020;;")
    _result, lines = weigh(file)
    assert "chỉ khớp với huyện Hòn Đất (tỉnh Kiên Giang) khi bỏ dấu" in str(faults(lines))
    _result, lines = weigh(file, "--accept-near")
    assert [unit for unit, _told in told(lines)] == ["xã Mỹ Thuận (huyện Hòn Đất)"]
    asked = []
    monkeypatch.setattr(Session, "can_ask", True)
    monkeypatch.setattr(Session, "ask", lambda _self, question: (asked.append(question), True)[1])
    shown = run("import", str(file))
    assert "“MY THUAN” → xã Mỹ Thuận (huyện Hòn Đất)" in shown.err
    assert asked == ["Có đúng là các đơn vị này không? (không: hỏi từng tên)", "Ghi vào sổ?"]
    assert len(recognised()) == 1


def test_a_plan_is_made_without_a_word(office, monkeypatch, capsys):
    monkeypatch.setattr(Session, "can_ask", True)
    call = Session(now=NOW)
    options = ImportOptions(str(rows(office, "1;MY THUAN;;NTM;2020;;")))
    terms = ImportTerms(options.defaults, call.today, "a.csv", "hon dat")
    found = import_.read_tables(options, call.waiting)
    plan = import_.make_plan(found, call.reading, call.waiting, terms)
    assert capsys.readouterr() == ("", "")
    assert ([near.typed for near in plan.near], plan.facts, plan.errors) == (["MY THUAN"], 1, [])
    assert "“hon dat” khớp với huyện Hòn Đất" in plan.notes[0]
    refused = import_.make_plan(found, call.reading, call.waiting, terms._replace(refuse_near=True))
    assert (refused.facts, len(refused.errors), recognised()) == (0, 1, [])


def test_capitals_and_another_place_of_the_tone_need_no_confirmation(office):
    _result, lines = weigh(rows(office, "1;NGỌC HOÀ;giồng riềng;NTM;2020;;", "2;xã Thạnh Hoà;Giồng  Riềng;NTM;2020;;"))
    assert len(told(lines)) == 2


def test_no_answer_on_a_terminal_writes_nothing(office, monkeypatch):
    monkeypatch.setattr(Session, "can_ask", True)
    monkeypatch.setattr(Session, "ask", lambda _self, _question: False)
    refused = run("import", str(rows(office, "1;Mỹ Thuận;Hòn Đất;NTM;2020;;")))
    assert (refused.code, "Chưa được đồng ý: chưa ghi gì." in refused.err) == (1, True)
    assert recognised() == []
    assert run("import", "a.csv", "--yes").code == 0


def test_a_question_is_answered_in_the_language_in_use(monkeypatch):
    for answer, meant in (("c", True), ("Có", True), ("y", True), ("", False), ("k", False), ("n", False)):
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{answer}\n"))
        assert Session().ask("Ghi vào sổ?") is meant


# Columns, defaults, input --------------------------------------------------------------------------------------------


def test_headings_of_ones_own_are_mapped(office):
    file = rows(office, "Mỹ Thuận;Hòn Đất;chuẩn;20;2020", head="Nơi;H.;M.;Dân;Thời gian\n")
    assert run("import", str(file)).code == 3
    mapped = ["--map", "Nơi=unit", "--map", "B=district", "--map", "M.=level", "--map", "Thời gian=year"]
    _result, lines = weigh(file, *mapped)
    assert told(lines) == [("xã Mỹ Thuận (huyện Hòn Đất)", "đạt chuẩn NTM, năm 2020")]


@pytest.mark.parametrize("word", ["mức", "danh hiệu", "Danh hiệu", "level"])
def test_a_level_is_mapped_by_the_word_of_today_and_of_before(office, word):
    file = rows(office, "Mỹ Thuận;chuẩn;2020", head="Tên xã;M.;Năm\n")
    assert told(weigh(file, "--map", f"M.={word}")[1]) == [("xã Mỹ Thuận (huyện Hòn Đất)", "đạt chuẩn NTM, năm 2020")]


@pytest.mark.parametrize("heading", ["Mức", "Danh hiệu"])
@pytest.mark.parametrize(
    "level", ["NTM nâng cao", "đạt chuẩn NTM nâng cao", "Xã NTM nâng cao", "Xã đạt chuẩn NTM nâng cao"]
)
def test_levels_are_read_by_every_name_that_reports_gave_them(office, heading, level):
    file = rows(office, f"Mỹ Thuận;{level};2023", head=f"Tên xã;{heading};Năm\n")
    assert told(weigh(file)[1]) == [("xã Mỹ Thuận (huyện Hòn Đất)", "NTM nâng cao, năm 2023")]


def test_a_column_of_one_level_is_mapped(office):
    file = rows(office, "Mỹ Thuận;2020;2023", head="Tên xã;Cột A;Cột B\n")
    _result, lines = weigh(file, "--map", "Cột A=ntm.year", "--map", "Cột B=nang-cao")
    assert [what for _unit, what in told(lines)] == ["đạt chuẩn NTM, năm 2020", "NTM nâng cao, năm 2023"]


@pytest.mark.parametrize(
    ("heading", "called"),
    [
        ("Lúc đạt", "Lúc đạt"),
        ('Lúc "đạt"', "B"),
        ("Lúc “đạt”", "B"),
        ("Lúc\nđạt", "Lúc đạt"),
        ("Lúc $đạt", "B"),
        ("Lúc=đạt", "B"),
        ("QQ", "B"),
        ("", "B"),
    ],
)
def test_a_hint_that_names_a_column_is_copied_as_it_stands(office, heading, called):
    file = office / "a.csv"
    with file.open("w", encoding="utf-8", newline="") as text:
        csv.writer(text).writerows([["Tên xã", heading, "Mức đạt"], ["Mỹ Thuận", "2020", "NTM"]])
    said = run("import", str(file)).err
    (option,) = re.findall(r"--map \S.*?=year\"", said)
    words = shlex.split(option)
    assert words == ["--map", f"{called}=year"]
    assert told(weigh(file, *words)[1]) == [("xã Mỹ Thuận (huyện Hòn Đất)", "đạt chuẩn NTM, năm 2020")]


def test_what_is_the_same_for_all_rows_is_given_once(office):
    file = rows(office, "Mỹ Thuận", "Sơn Bình", head="Tên xã\n")
    given = ["--level", "ntm", "--year", "2020", "--decision", "12/QĐ-UBND", "--date", "5/1/2021"]
    assert run("import", str(file), *given).code == 0
    shown = run("list", "--level", "ntm", "--year", "2020").out
    assert shown.count("12/QĐ-UBND") == 2


def test_two_levels_marked_and_one_year_is_the_higher_ones(office):
    head = "Tên xã;NTM;Nâng cao;Năm công nhận\n"
    _result, lines = weigh(rows(office, "Mỹ Thuận;x;x;2023", head=head))
    assert told(lines) == []  # a row with a fault is left out whole
    assert faults(lines) == {"B2": "đánh dấu hai mức mà chỉ ghi một năm: năm đó được hiểu là của mức cao hơn"}
    run("record", "Mỹ Thuận", "--level", "ntm", "--year", "2020")
    result, lines = weigh("a.csv")
    assert result.code == 0
    assert [line["state"] for line in lines] == ["new", "same"]


def test_standard_input_is_a_file_too(office, monkeypatch):
    data = (HEAD + "1;Mỹ Thuận;Hòn Đất;NTM;2020;;\n").encode("utf-8")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert run("import", "-").code == 0
    assert len(recognised()) == 1
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    empty = run("import", "-")
    assert (empty.code, "đầu vào chuẩn" in empty.err) == (1, True)


def test_codes_that_lost_their_zeros_are_read_where_they_fit_one_unit(office, tmp_path):
    begin("Hà Nội", db="hn.db")
    file = rows(office, "376;Nam Sơn;NTM;2020", "17;Minh Trí;NTM;2020", head="Mã;Tên xã;Danh hiệu;Năm\n")
    shown, lines = weigh(file, "--db", "hn.db")
    assert ("xã Nam Sơn (huyện Sóc Sơn)", "đạt chuẩn NTM, năm 2020") not in told(lines)  # another's code
    code = json.loads(run("units", "Nam Sơn", "--db", "hn.db", "-f", "json").out)["units"][0]["code"]
    file = rows(office, f"{int(code)};Nam Sơn;NTM;2020", head="Mã;Tên xã;Danh hiệu;Năm\n")
    shown, lines = weigh(file, "--db", "hn.db")
    assert told(lines) == [("xã Nam Sơn (huyện Sóc Sơn)", "đạt chuẩn NTM, năm 2020")]
    assert f"mã {int(code)} được đọc là {code}" in shown.out


def test_a_code_that_is_anothers_than_the_name_is_refused(office):
    _result, lines = weigh(rows(office, "30838;Mỹ Lâm;NTM;2020", head="Mã;Tên xã;Danh hiệu;Năm\n"))
    assert faults(lines) == {
        "B2": "mã không khớp với tên hoặc huyện: mã này là của xã Mỹ Thuận (huyện Hòn Đất)",
    }


def test_a_table_of_a_plan_is_taken_only_when_somebody_says_that_it_is_none(office, monkeypatch):
    file = rows(office, "1;Mỹ Thuận;Hòn Đất;NTM;2020;;", head=f"DANH SÁCH XÃ ĐĂNG KÝ ĐẠT CHUẨN\n{HEAD}")
    refused = run("import", str(file))
    assert (refused.code, "nói đến kế hoạch, đăng ký" in refused.err) == (3, True)
    asked = []
    monkeypatch.setattr(Session, "can_ask", True)
    monkeypatch.setattr(Session, "ask", lambda _self, question: bool(asked.append(question)))
    left = run("import", str(file))
    assert (left.code, left.err) == (1, "Chưa được đồng ý: chưa ghi gì.\n")  # no advice how to do it all the same
    assert len(asked) == 1
    assert run("import", str(file), "--yes").code == 0


DENYING = [
    *("DANH SÁCH CÁC XÃ BỊ THU HỒI QUYẾT ĐỊNH CÔNG NHẬN", "DANH SÁCH XÃ KHÔNG ĐƯỢC CÔNG NHẬN", "XÃ RÚT KHỎI DANH SÁCH"),
    *("Các xã hết hiệu lực công nhận", "Danh sách xã đạt chuẩn NTM (DỰ THẢO)", "XÃ TỤT HẠNG NĂM 2023", "XA BI THU HOI"),
    *("Danh sách xã bị huỷ kết quả công nhận", "Danh sách xã còn nợ 02 tiêu chí", "Danh sách xã chờ công nhận"),
]


@pytest.mark.parametrize("title", DENYING)
def test_a_title_that_denies_its_rows_is_asked_about(office, title):
    result = run("import", str(rows(office, "1;Mỹ Thuận;Hòn Đất;NTM;2020;;", head=f"{title}\n{HEAD}")), "--no-annotate")
    assert (result.code, f"tiêu đề “{title}”" in result.err) == (3, True)


PLAIN_TITLES = [
    *("CHƯƠNG TRÌNH MỤC TIÊU QUỐC GIA XÂY DỰNG NÔNG THÔN MỚI", "SỞ KẾ HOẠCH VÀ ĐẦU TƯ", "PHÒNG TÀI CHÍNH - KẾ HOẠCH"),
    *("Danh sách xã đạt chuẩn NTM (không kể thị trấn)", "DANH SACH XA DA HOAN THANH NTM", "UBND HUYEN TUA CHUA"),
    *("Xã Khổng Lào", "UBND thị trấn Chờ", "Người lập: Nguyễn Văn Huy", "NGUOI LAP: NGUYEN VAN HUY"),
]


@pytest.mark.parametrize("title", PLAIN_TITLES)
def test_a_title_that_only_sounds_so_is_not(office, title):
    result, lines = weigh(rows(office, "1;Mỹ Thuận;Hòn Đất;NTM;2020;;", head=f"{title}\n{HEAD}"))
    assert (result.code, len(told(lines))) == (0, 1)


def test_a_title_of_revocations_is_plain_where_each_row_tells_its_own(office):
    head = "DANH SÁCH XÃ BỊ THU HỒI\nTên xã;Danh hiệu;Năm;Ngày thu hồi\n"
    assert run("import", str(rows(office, "Mỹ Thuận;NTM;2020;5/3/2024", head=head)), "--dry-run").code == 0
    mixed = rows(office, "Mỹ Thuận;NTM;2020;5/3/2024", "Mỹ Lâm;NTM;2020;", head=head)
    assert run("import", str(mixed), "--dry-run").code == 3


def test_the_name_of_a_sheet_denies_too(office):
    book = Workbook()
    book.active.title = "Thu hồi"
    for line in (["Tên xã", "Danh hiệu", "Năm đạt"], ["Mỹ Thuận", "NTM", 2018]):
        book.active.append(line)
    book.save(office / "a.xlsx")
    refused = run("import", "a.xlsx", "--no-annotate")
    assert (refused.code, "tên trang “Thu hồi”" in refused.err) == (3, True)


PLANNED = ["Xã đăng ký đạt chuẩn NTM", "Xã dự kiến NTM nâng cao", "Xã phấn đấu NTM kiểu mẫu", "Xã chưa đạt chuẩn NTM"]


@pytest.mark.parametrize("group", PLANNED)
def test_rows_below_a_heading_of_plans_are_no_recognitions(office, group):
    file = rows(
        office, "I;Xã đã đạt chuẩn NTM;;;", "1;Mỹ Lâm;Hòn Đất;;2015", f"II;{group};;;", "1;Sơn Kiên;Hòn Đất;;2023"
    )
    _result, lines = weigh(file)
    assert [unit for unit, _told in told(lines)] == ["xã Mỹ Lâm (huyện Hòn Đất)"]
    assert list(faults(lines)) == ["B4"]


def test_columns_of_plans_tell_of_no_recognition(office):
    head = "STT;Tên xã;Năm đạt chuẩn NTM;Đăng ký NTM nâng cao;Kế hoạch NTM kiểu mẫu;Danh hiệu đăng ký\n"
    result, lines = weigh(rows(office, "1;Mỹ Lâm;2015;2023;2025;NTM nâng cao", head=head))
    assert (result.code, [what for _unit, what in told(lines)]) == (0, ["đạt chuẩn NTM, năm 2015"])


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        *(("Năm (dự kiến)", "year"), ("Năm phấn đấu đạt", "year"), ("Năm dự thảo", "year"), ("Năm hết hạn", "year")),
        *(("Danh hiệu đăng ký", "level"), ("Danh hiệu không được công nhận", "level"), ("Danh hiệu bị huỷ", "level")),
    ],
)
def test_a_heading_that_denies_is_never_proposed_and_asked_about_when_mapped(office, heading, field):
    other, value, known = ("Danh hiệu", "2023", "NTM") if field == "year" else ("Năm", "NTM", "2023")
    file = str(rows(office, f"Mỹ Thuận;{known};{value}", head=f"Tên xã;{other};{heading}\n"))
    refused = run("import", file)
    assert (refused.code, "--map" in refused.err) == (3, False)
    mapped = run("import", file, "--map", f"{heading}={field}")
    assert (mapped.code, f"tiêu đề cột “{heading}”" in mapped.err) == (3, True)
    assert run("import", file, "--map", f"{heading}={field}", "--yes").code == 0


def test_what_a_row_denies_it_cannot_tell(office):
    head = "Tên xã;NTM;Nâng cao;Năm;Kết quả\n"
    _result, lines = weigh(rows(office, "Mỹ Lâm;x;;2020;Chưa đạt", "Sơn Kiên;x;;2020;NTM nâng cao", head=head))
    assert list(faults(lines)) == ["E2", "E3"]
    _result, lines = weigh(rows(office, "Mỹ Lâm;Chưa đạt;2020", "Sơn Kiên;Chưa đạt;", head="Tên xã;Danh hiệu;Năm\n"))
    assert list(faults(lines)) == ["B2"]
    _result, lines = weigh("a.csv", "--level", "ntm")
    assert list(faults(lines)) == ["B2"]


def test_criteria_met_are_no_decision(office):
    _result, lines = weigh(rows(office, "Mỹ Lâm;19/19;2016", "Sơn Kiên;15/19;2017", head="Tên xã;NTM;Năm\n"))
    assert list(faults(lines)) == ["B2", "B3"]


def test_counts_beside_districts_recognise_none(office):
    head = "STT;Huyện;Xã đạt chuẩn NTM;Xã NTM nâng cao;Năm\n"
    _result, lines = weigh(rows(office, "1;Hà Tiên;1;0;2023", "2;Kiên Hải;0;1;2023", head=head))
    assert (told(lines), list(faults(lines))) == ([], ["C2", "D3"])
    head = "Đơn vị;Đạt chuẩn;Nâng cao\n"
    _result, lines = weigh(rows(office, "Châu Thành;1;", "Mong Thọ A;x;", head=head), "--year", "2020")
    assert list(faults(lines)) == ["B2"]


def test_in_a_list_of_districts_only_districts_are_meant(office):
    _result, lines = weigh(
        rows(office, "Vĩnh Thuận;2020", "Gò Quao;2020", head="Huyện;Năm đạt chuẩn\n"), "--level", "ntm"
    )
    assert [unit.split(" (")[0] for unit, _told in told(lines)] == ["huyện Vĩnh Thuận", "huyện Gò Quao"]


def test_a_level_given_fills_only_rows_that_tell_none(office):
    head = "Tên xã;Năm đạt chuẩn NTM nâng cao\n"
    _result, lines = weigh(rows(office, "Mỹ Lâm;2022", head=head), "--level", "ntm")
    assert [what for _unit, what in told(lines)] == ["NTM nâng cao, năm 2022"]
    assert run("import", "a.csv", "--level", "loại A").code == 1


def test_a_decision_of_another_year_is_not_taken_for_one_without_a_day(office):
    run("record", "Mỹ Lâm", "--level", "ntm", "--year", "2014", "--decision", "14/QĐ-UBND", "--date", "2/1/2015")
    _result, lines = weigh(
        rows(office, "1;Sơn Kiên;Hòn Đất;NTM;2022;14/QĐ-UBND;", "2;Mỹ Thái;Hòn Đất;NTM;2014;14/QĐ-UBND;")
    )
    assert [what for _unit, what in told(lines)] == [
        "đạt chuẩn NTM, năm 2022, Quyết định 14/QĐ-UBND",
        "đạt chuẩn NTM, năm 2014, Quyết định 14/QĐ-UBND ngày 02/01/2015",
    ]
    assert run("import", "a.csv").code == 0
    assert "02/01/2015" not in run("show", "Sơn Kiên").out


def test_the_day_of_a_decision_is_corrected_where_nothing_else_rests_on_it(office):
    run("import", str(rows(office, "1;Mỹ Lâm;Hòn Đất;NTM;2020;12/QĐ-UBND;5/1/2021")))
    _result, lines = weigh(rows(office, "1;Mỹ Lâm;Hòn Đất;NTM;2020;12/QĐ-UBND;6/1/2021", name="b.csv"))
    assert [line["told"] for line in lines] == ["đạt chuẩn NTM, năm 2020, Quyết định 12/QĐ-UBND ngày 06/01/2021"]
    run("record", "Sơn Kiên", "--level", "ntm", "--year", "2020", "--decision", "12/QĐ-UBND", "--date", "5/1/2021")
    _result, lines = weigh("b.csv")
    assert list(faults(lines)) == ["F2"]


def test_a_correction_tells_what_differs_and_keeps_the_source_unless_told_another(office):
    head = f"{HEAD.strip()};Ghi chú\n"
    run("import", str(rows(office, "1;Mỹ Lâm;Hòn Đất;NTM;2020;;;một", head=head)))
    _result, lines = weigh(rows(office, "1;Mỹ Lâm;Hòn Đất;NTM;2020;;;hai", head=head, name="b.csv"))
    assert [(line["before"], line["told"]) for line in lines] == [("năm 2020; một", "đạt chuẩn NTM, năm 2020; hai")]
    run("import", "b.csv")
    assert "a.csv" in run("show", "Mỹ Lâm", "-f", "json").out  # the file corrected a remark; whence it is known stays
    run(
        "import",
        str(rows(office, "1;Mỹ Lâm;Hòn Đất;NTM;2020;;;hai;BC 5", head=f"{head.strip()};Nguồn\n", name="c.csv")),
    )
    assert "BC 5" in run("show", "Mỹ Lâm", "-f", "json").out


@pytest.mark.parametrize(
    ("heading", "cell", "differs"),
    [
        ("Ngày công bố", "20/1/2021", ("–", "công bố 20/01/2021")),
        ("Cơ quan ban hành", "UBND tỉnh", ("–", "UBND tỉnh")),
    ],
)
def test_a_correction_shows_also_what_a_short_word_of_the_evidence_leaves_out(office, heading, cell, differs):
    run("import", str(rows(office, "1;Mỹ Lâm;Hòn Đất;NTM;2020;12/QĐ-UBND;5/1/2021")))
    row = f"1;Mỹ Lâm;Hòn Đất;NTM;2020;12/QĐ-UBND;5/1/2021;{cell}"
    _result, lines = weigh(rows(office, row, head=f"{HEAD.strip()};{heading}\n", name="b.csv"))
    known = "năm 2020, Quyết định 12/QĐ-UBND ngày 05/01/2021"
    assert [(line["before"], line["told"]) for line in lines] == [
        (f"{known}; {differs[0]}", f"đạt chuẩn NTM, {known}; {differs[1]}")
    ]


# Known only by a day ----------------------------------------------------------------------------------------------


def by_day(office, day):
    return weigh(rows(office, f"Mỹ Thuận;NTM;{day}", head="Tên xã;Danh hiệu;Đạt chậm nhất đến\n", name="k.csv"))[1]


@pytest.mark.parametrize("day", ["2022", "2025", "31/12/2023"])
def test_a_day_by_which_it_was_known_adds_nothing_to_its_year(office, day):
    run("record", "Mỹ Thuận", "--level", "ntm", "--year", "2022", "--decision", "12/QĐ-UBND")
    assert [line["state"] for line in by_day(office, day)] == ["same"]


def test_a_day_before_the_year_on_record_is_told(office):
    run("record", "Mỹ Thuận", "--level", "ntm", "--year", "2022")
    assert "năm muộn hơn" in str(faults(by_day(office, "6/2021")))


@pytest.mark.parametrize(("day", "state"), [("2021", "changed"), ("2022", "same"), ("2024", "same")])
def test_of_two_days_by_which_it_was_known_the_earlier_says_more(office, day, state):
    by_day(office, "2022")
    assert run("import", "k.csv").code == 0
    assert [line["state"] for line in by_day(office, day)] == [state]


@pytest.mark.parametrize(
    ("head", "row", "cell"),
    [
        ("Tên xã;Danh hiệu;Đạt chậm nhất đến", "Mỹ Thuận;NTM;31/12/2027", "C2"),
        ("Tên xã;Danh hiệu;Đạt chậm nhất đến", "Mỹ Thuận;NTM;2027", "C2"),
        ("Tên xã;Danh hiệu;Năm;Ngày công bố", "Mỹ Thuận;NTM;2025;1/2/2027", "D2"),
        ("Tên xã;Danh hiệu;Năm;Ngày ký", "Mỹ Thuận;NTM;2025;1/2/2027", "D2"),
        ("Tên xã;Danh hiệu;Năm;Ngày ký;Số QĐ", "Mỹ Thuận;NTM;2025;;12/QĐ-UBND ngày 1/2/2027", "E2"),
        ("Tên xã;Danh hiệu;Năm;Ngày ký;Thu hồi", "Mỹ Thuận;NTM;2025;;1/2/2027", "E2"),
    ],
)
def test_a_day_to_come_is_refused_in_its_own_cell(office, head, row, cell):
    _result, lines = weigh(rows(office, row, head=f"{head}\n"))
    assert list(faults(lines)) == [cell]
    assert "sau hôm nay" in faults(lines)[cell]


def test_rows_below_the_signatures_are_not_lost_without_a_word(office):
    file = rows(office, "1;Mỹ Lâm;Hòn Đất;NTM;2015", ";;;;", ";Nơi nhận:;;;", "2;Sơn Kiên;Hòn Đất;NTM;2016")
    result, lines = weigh(file)
    assert (result.code, faults(lines)) == (3, {"5": "dòng nằm dưới phần chữ ký, chưa được đọc"})


def test_a_column_of_revocations_is_pointed_out(office):
    head = "Tên xã;Danh hiệu;Năm;Thu hồi\n"
    _result, lines = weigh(rows(office, "Mỹ Lâm;NTM;2015;QĐ 12/QĐ-UBND", "Sơn Kiên;NTM;2015;", head=head))
    assert (list(faults(lines)), len(told(lines))) == (["D2"], 1)


def test_tables_side_by_side_are_not_halved(office):
    head = "Tên xã;Danh hiệu;Năm;;Tên xã;Danh hiệu;Năm\n"
    refused = run("import", str(rows(office, "Mỹ Lâm;NTM;2015;;Sơn Kiên;NTM;2015", head=head)))
    assert (refused.code, "hai bảng đứng cạnh nhau" in refused.err) == (3, True)


def test_names_among_signs_and_with_their_district_behind_a_dash(office):
    listed = ["1. Vĩnh Tuy", "- Thuỷ Liễu", "Mỹ Lâm (*)", "Xã Vĩnh Thắng - huyện Gò Quao", "Tân Hiệp B"]
    _result, lines = weigh(rows(office, *(f"{name};NTM;2020" for name in listed), head="Tên xã;Danh hiệu;Năm\n"))
    assert faults(lines) == {}
    assert len(told(lines)) == 5


@pytest.mark.parametrize("level", ["Xã nông thôn mới nâng cao", "ĐẠT CHUẨN NTM NÂNG CAO", "Đã đạt NTM nâng cao"])
def test_levels_in_many_words(office, level):
    _result, lines = weigh(rows(office, f"1;Mỹ Lâm;Hòn Đất;{level};2022"))
    assert [what for _unit, what in told(lines)] == ["NTM nâng cao, năm 2022"]


def test_the_district_of_a_whole_file_is_given_once(office):
    file = rows(office, "Bình An;NTM;2020", head="Tên xã;Danh hiệu;Năm\n")
    assert weigh(file)[0].code == 3
    _result, lines = weigh(file, "--scope", "Châu Thành")
    assert [unit for unit, _told in told(lines)] == ["xã Bình An (huyện Châu Thành)"]


def test_columns_mapped_by_letters_below_headings_of_unknown_words(office):
    text = "Nơi;Địa bàn;Lúc\nMỹ Lâm;Hòn Đất;2020\nSơn Kiên;Hòn Đất;Quý IV/2018\n"
    file = rows(office, head=text)
    _result, lines = weigh(file, "--map", "A=unit", "--map", "C=year", "--level", "ntm")
    assert ([unit for unit, _told in told(lines)], list(faults(lines))) == (["xã Mỹ Lâm (huyện Hòn Đất)"], ["C3"])


def test_numbers_of_decisions_in_a_column_not_read_are_pointed_out(office):
    file = rows(office, "Mỹ Thuận;NTM;2020;12/QĐ-UBND", head="Tên xã;Danh hiệu;Năm;Căn cứ\n")
    assert '--map "D=decision"' in run("import", str(file), "--dry-run").out


def test_a_ledger_changed_while_the_officer_reads_is_not_written_to(office, monkeypatch):
    file = rows(office, "1;Mỹ Thuận;Hòn Đất;NTM;2020;;")
    shown = import_.report_of

    def meanwhile(*arguments):
        run("record", "Sơn Bình", "--level", "ntm", "--year", "2020")
        return shown(*arguments)

    monkeypatch.setattr(import_, "report_of", meanwhile)
    refused = run("import", str(file))
    assert (refused.code, "vừa ghi vào sổ" in refused.err) == (1, True)
    assert [name for name, *_rest in recognised()] == ["xã Sơn Bình"]


# Other kinds of table --------------------------------------------------------------------------------------------


def test_units_begin_a_ledger_and_are_the_same_the_second_time(office):
    text = "Mã,Tên đơn vị,Loại,Thuộc huyện\n01,Tỉnh A,tỉnh,\n,Huyện B,huyện,Tỉnh A\n,C,xã,Huyện B\n,D,thị trấn,B\n"
    file = table(office / "đơn vị.csv", text)
    made = run("import", str(file), "--db", "moi.db")
    assert made.code == 0
    again = run("import", str(file), "--db", "moi.db")
    assert "không đổi 4" in again.out
    assert run("record", "C", "--level", "ntm", "--year", "2020", "--db", "moi.db").code == 0


def test_units_that_disagree_with_the_ledger_are_refused(office):
    text = "Mã,Tên xã,Loại,Huyện\n30838,Mỹ Lâmm,xã,Hòn Đất\n99999,Mỹ Thuận,xã,Hòn Đất\n99998,Xã Mới,xã,Hòn\n,Mới,xã,\n"
    result, lines = weigh(table(office / "a.csv", text), "--what", "units")
    assert result.code == 3
    assert list(faults(lines)) == ["A2", "A3", "D4", "B5"]


def test_communes_without_districts_lie_in_the_province_that_their_row_tells(office):
    text = "Mã TP,Tỉnh,Mã,Tên xã\n12,Tỉnh Lai Châu,03390,Xã Bản Bo\n1,Thành phố Hà Nội,00070,Phường Hoàn Kiếm\n"
    made = run("import", str(table(office / "a.csv", text)), "--what", "units", "--db", "moi.db")
    assert made.code == 0
    for name, province in (("Bản Bo", "tỉnh Lai Châu"), ("Hoàn Kiếm", "thành phố Hà Nội")):
        assert f"{name} ({province})" in run("show", name, "--db", "moi.db").out.splitlines()[0]


def test_a_district_is_never_placed_in_another_province_than_its_row_tells(office):
    text = "Tên đơn vị,Loại,Tỉnh\nHuyện Mới,huyện,Đồng Tháp\nHuyện Khác,huyện,Kiên Giang\n"
    _result, lines = weigh(table(office / "a.csv", text), "--what", "units")
    assert list(faults(lines)) == ["C2"]
    assert [unit for unit, _told in told(lines)] == ["huyện Khác (tỉnh Kiên Giang)"]


def test_a_village_with_a_code_is_refused(office):
    text = "Mã,Tên đơn vị,Loại,Thuộc\n30838,Mỹ Thuận,xã,Hòn Đất\n12,Kiên Hảo,ấp,Mỹ Thuận\n"
    _result, lines = weigh(table(office / "a.csv", text), "--what", "units")
    assert faults(lines) == {"A3": "ấp không có mã chính thức"}


def test_published_figures_are_kept_and_corrected(office):
    text = (
        "Chỉ tiêu,Tính đến,Số lượng,Tổng số,Nguồn\nXã đạt chuẩn NTM,10/2023,108,116,Báo A\nHuyện NTM,2021,5/15,,Báo A\n"
    )
    assert run("import", str(table(office / "a.csv", text))).code == 0
    assert run("import", "a.csv").err.strip() == "Không có gì để ghi: sổ đã có đủ."
    _result, lines = weigh(table(office / "b.csv", text.replace("108", "107")))
    assert [(line["state"], line["before"]) for line in lines] == [("changed", "108/116, 10/2023"), ("same", None)]
    assert run("import", "b.csv").code == 0
    assert run("undo").code == 0
    assert run("import", "a.csv").err.strip() == "Không có gì để ghi: sổ đã có đủ."


def test_a_roadmap_is_known_by_its_form(office):
    assert run("roadmap", "export", "plan.csv", "--roadmap", "lai-chau-2022").code == 0
    refused = run("import", "plan.csv", "--year", "2024")
    assert (refused.code, "--year" in refused.err) == (2, True)
    taken = run("import", "plan.csv", "--dry-run")
    assert "lai-chau-2022" in taken.err


def test_several_sheets_are_chosen_by_name(office, making):
    book, here = making.page("Hòn Đất", [6, 20, 20, 10])
    for sheet, name in ((here.sheet, "Mỹ Thuận"), (book.create_sheet("Giồng Riềng"), "Ngọc Hòa")):
        for row, values in enumerate((["STT", "Tên xã", "Danh hiệu", "Năm"], [1, name, "NTM", 2020]), 1):
            for column, value in enumerate(values, 1):
                sheet.cell(row, column).value = value
    book.save(office / "a.xlsx")
    several = run("import", "a.xlsx")
    assert (several.code, "“Hòn Đất”, “Giồng Riềng”" in several.err) == (3, True)
    _result, lines = weigh("a.xlsx", "--sheet", "giồng riềng")
    assert [line["cell"] for line in lines] == ["'Giồng Riềng'!B2"]
    _result, lines = weigh("a.xlsx", "--sheet", "Hòn Đất", "--sheet", "Giồng Riềng")
    assert len(told(lines)) == 2
    assert run("import", "a.xlsx", "--sheet", "Tân Hiệp").code == 1
