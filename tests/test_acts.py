"""Công nhận, thừa nhận, công nhận lại: recorded, corrected, imported, and told wherever a recognition is told.

The set of an acknowledgement is that of what is acknowledged, whatever the year; plain công nhận is told nowhere.
"""

import json
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.mergers import Formed, Former, merge
from tests.office_tables.reading import faults, table, told, weigh
from tests.places import asked, our_ledger
from tests.running import run

MY_THUAN = "xã Mỹ Thuận (tỉnh Kiên Giang)"


@pytest.fixture
def merged(office):
    """Mỹ Thuận of Sơn Bình and Sơn Kiên, Bình Sơn of Bình Giang and a part of Mỹ Lâm, on 1/7/2025."""
    whole = Formed("xã Mỹ Thuận", "31001", [Former("xã Sơn Bình"), Former("xã Sơn Kiên")])
    mixed = Formed("xã Bình Sơn", "31002", [Former("xã Bình Giang"), Former("xã Mỹ Lâm", "part", True)])
    merge(our_ledger(), [whole, mixed, Formed("phường Mỹ Lâm", "31003", [Former("xã Mỹ Lâm", "part", False)])])
    assert run("record", "Sơn Bình", "Sơn Kiên", "--level", "ntm", "--year", "2019").code == 0
    assert run("record", "Bình Giang", "--level", "ntm", "--year", "2022").code == 0
    return our_ledger()


def kept(file: Path) -> list[tuple[str, str, int, str]]:
    """The recognitions of the new communes: level, set, year, act."""
    return asked(
        file,
        "SELECT level, programme, year, basis FROM recognition JOIN unit_version USING (unit_id)"
        " WHERE recognition.voided_by IS NULL AND code LIKE '31%' ORDER BY recognition.id",
    )


@pytest.mark.parametrize("word", ["acknowledged", "thừa nhận", "Thừa nhận", "thua-nhan", "thừa nhận sau sáp nhập"])
def test_the_set_of_an_acknowledgement_is_that_of_what_is_acknowledged(merged, word):
    result = run("record", "31001", "--level", "ntm", "--year", "2026", "--basis", word)
    assert result.code == 0
    assert "thừa nhận" in result.err
    assert "Cảnh báo" not in result.err
    assert kept(merged) == [("ntm", "2021-2025", 2026, "acknowledged")]


@pytest.mark.parametrize("word", ["re-recognised", "công nhận lại", "cong-nhan-lai", "rà soát, công nhận lại"])
def test_recognised_again_is_of_the_set_of_its_year(merged, word):
    assert run("record", "31001", "--level", "ntm", "--year", "2026", "--basis", word).code == 0
    assert kept(merged) == [("ntm", "2026-2030", 2026, "re-recognised")]


def test_what_only_the_earlier_set_has_can_be_acknowledged_after_it(merged):
    assert run("record", "Sơn Bình", "Sơn Kiên", "--level", "nâng cao", "--year", "2024").code == 0
    assert run("record", "31001", "--level", "ntm", "--year", "2026").code == 0  # NTM anew, by the set of 2026–2030
    assert run("record", "31001", "--level", "nâng cao", "--year", "2026", "--basis", "thừa nhận").code == 0
    assert kept(merged)[1] == ("nang-cao", "2021-2025", 2026, "acknowledged")
    refused = run("record", "31002", "--level", "nâng cao", "--year", "2026", "--basis", "công nhận")
    assert refused.code == 1
    assert "2026-2030" in refused.err


def test_what_the_constituents_did_not_hold_is_said(merged):
    result = run("record", "31002", "--level", "nâng cao", "--year", "2025", "--basis", "thừa nhận")
    assert "trước sắp xếp, sổ chưa ghi NTM nâng cao của xã Bình Giang." in result.err  # a part is not asked


def test_an_acknowledgement_may_be_for_the_year_of_the_constituent_but_not_decided_before_the_merger(merged):
    given = ("record", "31001", "--level", "ntm", "--year", "2019", "--decision", "9/QĐ-UBND")
    assert run(*given, "--date", "1/8/2025").code == 1  # công nhận: there was no such commune in 2019
    assert run(*given, "--date", "1/6/2025", "--basis", "thừa nhận").code == 1
    assert run(*given, "--date", "1/8/2025", "--basis", "thừa nhận").code == 0
    listed = json.loads(run("list", "--level", "ntm", "--until", "2026", "--set", "2021-2025", "-f", "json").out)
    assert [(unit["code"], unit["year"]) for unit in listed["units"]] == [("31001", 2019)]


def test_a_year_before_the_merger_in_which_no_constituent_reached_the_level_is_said(merged):
    said = "xã Mỹ Thuận (tỉnh Kiên Giang): không đơn vị hợp thành nào được công nhận đạt chuẩn NTM năm 2023."
    given = ("31001", "--level", "ntm", "--basis", "thừa nhận")
    assert said in run("record", *given, "--year", "2023", "--dry-run").err
    assert said not in run("record", *given, "--year", "2019", "--dry-run").err
    assert run("record", *given, "--year", "2019").code == 0
    edit = ("edit", "31001", "--level", "ntm", "--year", "2023", "--reason", "nhầm năm")
    assert said in run(*edit).err
    assert said not in run("edit", "31001", "--level", "ntm", "--note", "rà soát", "--reason", "nhầm").err
    rows = table(merged.parent / "a.csv", "Mã;Tên xã;Mức;Năm;Hình thức\n31001;Mỹ Thuận;NTM;2024;Thừa nhận\n")
    assert "NTM năm 2024." in run("import", str(rows), "--dry-run").both


def test_show_list_history_and_the_workbook_tell_the_act_and_are_silent_about_the_plain_one(merged):
    assert "Hình thức" not in run("show", "30001").out
    assert "Hình thức" not in run("list", "--level", "ntm", "--year", "2019").out
    assert run("record", "31001", "--level", "ntm", "--year", "2026", "--basis", "thừa nhận").code == 0
    shown = [run("show", "31001").out, run("list", "--level", "ntm", "--year", "2026", "--set", "2021-2025").out]
    shown += [run("history", "31001").out, run("explain", "ntm", "--year", "2026").out]
    assert all("thừa nhận" in text for text in shown)
    listed = json.loads(run("list", "--level", "ntm", "--year", "2019", "-f", "json").out)
    assert {unit["form"] for unit in listed["units"]} == {None}


def test_an_edit_changes_the_act_and_with_it_the_set(merged):
    assert run("record", "31001", "--level", "ntm", "--year", "2026").code == 0
    edited = run("edit", "31001", "--level", "ntm", "--basis", "thừa nhận", "--reason", "nhầm hình thức")
    assert edited.code == 0
    assert kept(merged) == [("ntm", "2021-2025", 2026, "acknowledged")]
    back = run("edit", "31001", "--level", "ntm", "--basis", "công nhận", "--reason", "nhầm lại")
    assert back.code == 0
    assert kept(merged) == [("ntm", "2026-2030", 2026, "recognised")]


COLUMNS = {
    "Hình thức công nhận": ("Thừa nhận", "Công nhận lại"),
    "Hình thức": ("thừa nhận sau sắp xếp", "CN lại"),
    "Công nhận/thừa nhận/công nhận lại": ("Thừa nhận", "Công nhận lại"),
}


@pytest.mark.parametrize("heading", COLUMNS)
def test_a_column_tells_the_act_in_words(merged, heading):
    one, other = COLUMNS[heading]
    file = table(merged.parent / "a.csv", f"Tên xã;Mức;Năm;{heading}\n31001;NTM;2025;{one}\n31002;NTM;2025;{other}\n")
    _result, lines = weigh(file, "--map", "Tên xã=code")
    assert not faults(lines)
    assert [text for _unit, text in told(lines)] == [
        "đạt chuẩn NTM, năm 2025, thừa nhận",
        "đạt chuẩn NTM, năm 2025, công nhận lại",
    ]


def test_a_mark_below_an_act_tells_it_and_a_blank_row_tells_nothing(merged):
    text = "Mã;Tên xã;Thừa nhận;Công nhận lại\n31001;Mỹ Thuận;x;\n31002;Bình Sơn;;x\n30004;Bình Giang;;\n"
    _result, lines = weigh(table(merged.parent / "a.csv", text), "--level", "ntm", "--year", "2025")
    assert [text for _unit, text in told(lines)] == [
        "đạt chuẩn NTM, năm 2025, thừa nhận",
        "đạt chuẩn NTM, năm 2025, công nhận lại",
    ]


@pytest.mark.parametrize(("marks", "bad"), [(";", ["E2"]), ("không;", ["E2"]), ("x;", []), (";x", [])])
def test_a_row_with_a_level_and_neither_act_marked_is_a_fault_of_the_cell(merged, marks, bad):
    text = f"Mã;Tên xã;Mức;Năm;Thừa nhận;Công nhận lại\n31001;Mỹ Thuận;NTM;2025;{marks}\n"
    _result, lines = weigh(table(merged.parent / "a.csv", text))
    assert list(faults(lines)) == bad
    assert len(told(lines)) == 1 - len(bad)


def test_neither_act_marked_is_taken_where_words_or_a_mark_beside_tell_it(merged):
    text = "Mã;Tên xã;Mức;Năm;Thừa nhận;Công nhận lại\n31001;Mỹ Thuận;NTM;2025;;\n"
    _result, lines = weigh(table(merged.parent / "a.csv", text), "--basis", "công nhận")
    assert told(lines) == [(MY_THUAN, "đạt chuẩn NTM, năm 2025")]
    _result, lines = weigh(table(merged.parent / "b.csv", f"Danh sách xã được thừa nhận\n\n{text}"))
    assert told(lines) == [(MY_THUAN, "đạt chuẩn NTM, năm 2025, thừa nhận")]


def test_an_import_says_what_the_constituents_did_not_hold(merged):
    text = "Mã;Tên xã;Mức;Năm;Thừa nhận\n31001;Mỹ Thuận;NTM;2025;x\n31002;Bình Sơn;nâng cao;2025;x\n"
    result = run("import", str(table(merged.parent / "a.csv", text)), "--yes")
    assert result.code == 0
    said = [line for line in (result.out + result.err).splitlines() if "trước sắp xếp" in line]
    assert len(said) == 1
    assert "sổ chưa ghi NTM nâng cao của xã Bình Giang" in said[0]


@pytest.mark.parametrize(
    ("heading", "told_so"),
    [
        ("Thừa nhận NTM", "đạt chuẩn NTM, năm 2025, thừa nhận"),
        ("Thừa nhận đạt chuẩn NTM nâng cao", "NTM nâng cao, năm 2025, thừa nhận"),
        ("Công nhận lại NTM", "đạt chuẩn NTM, năm 2025, công nhận lại"),
    ],
)
def test_a_level_below_an_act_is_told_with_it(merged, heading, told_so):
    file = table(merged.parent / "a.csv", f"Mã;Tên xã;{heading}\n31001;Mỹ Thuận;x\n")
    _result, lines = weigh(file, "--year", "2025")
    assert told(lines) == [(MY_THUAN, told_so)]


def test_decisions_of_acknowledgement_and_titles_tell_the_act(merged):
    _result, lines = weigh(
        table(merged.parent / "a.csv", "Mã;Tên xã;Mức;Năm;QĐ thừa nhận\n31001;Mỹ Thuận;NTM;2025;9/QĐ-UBND\n")
    )
    assert "thừa nhận" in told(lines)[0][1]
    titled = "Danh sách xã được thừa nhận đạt chuẩn NTM\n\nMã;Tên xã;Mức;Năm\n31001;Mỹ Thuận;NTM;2025\n"
    _result, lines = weigh(table(merged.parent / "b.csv", titled))
    assert "thừa nhận" in told(lines)[0][1]
    both = "Danh sách xã được công nhận, thừa nhận\n\nMã;Tên xã;Mức;Năm\n31001;Mỹ Thuận;NTM;2025\n"
    _result, lines = weigh(table(merged.parent / "c.csv", both))
    assert told(lines) == [(MY_THUAN, "đạt chuẩn NTM, năm 2025")]


@pytest.mark.parametrize("heading", ["Đề nghị thừa nhận", "Chưa thừa nhận", "Dự kiến công nhận lại"])
def test_what_is_only_proposed_tells_no_act(merged, heading):
    file = table(merged.parent / "a.csv", f"Mã;Tên xã;{heading}\n31001;Mỹ Thuận;x\n")
    _result, lines = weigh(file, "--level", "ntm", "--year", "2025")
    assert not [text for _unit, text in told(lines) if "nhận" in text]


def test_words_that_are_no_act_and_both_marks_are_faults_of_their_cells(merged):
    text = "Mã;Tên xã;Mức;Năm;Hình thức\n31001;Mỹ Thuận;NTM;2025;chưa rõ\n"
    _result, lines = weigh(table(merged.parent / "a.csv", text))
    assert list(faults(lines)) == ["E2"]
    text = "Mã;Tên xã;Mức;Năm;Thừa nhận;Công nhận lại\n31001;Mỹ Thuận;NTM;2025;x;x\n"
    _result, lines = weigh(table(merged.parent / "b.csv", text))
    assert list(faults(lines)) == ["F2"]


def test_an_option_tells_the_act_of_all_rows(merged):
    file = table(merged.parent / "a.csv", "Mã;Tên xã;Mức;Năm\n31001;Mỹ Thuận;NTM;2026\n")
    assert run("import", str(file), "--basis", "thừa nhận", "--yes").code == 0
    assert kept(merged) == [("ntm", "2021-2025", 2026, "acknowledged")]


def test_what_is_exported_is_taken_back_unchanged(merged):
    assert run("record", "31001", "--level", "ntm", "--year", "2026", "--basis", "thừa nhận").code == 0
    assert run("record", "31002", "--level", "ntm", "--year", "2025", "--basis", "công nhận lại").code == 0
    assert run("export", "a.csv", "--year", "2026").code == 0
    _result, lines = weigh(Path("a.csv"), "--what", "recognitions")
    assert {line["state"] for line in lines} == {"same"}


def test_a_list_that_does_not_tell_the_act_leaves_it(merged):
    assert run("record", "31001", "--level", "ntm", "--year", "2025", "--basis", "thừa nhận").code == 0
    _result, lines = weigh(table(merged.parent / "a.csv", "Mã;Tên xã;Mức;Năm\n31001;Mỹ Thuận;NTM;2025\n"))
    assert {line["state"] for line in lines} == {"same"}
    again = table(merged.parent / "b.csv", "Mã;Tên xã;Mức;Năm;Hình thức\n31001;Mỹ Thuận;NTM;2025;Công nhận lại\n")
    _result, lines = weigh(again)
    assert told(lines, "changed") == [(MY_THUAN, "đạt chuẩn NTM, năm 2025, công nhận lại")]


def test_a_form_of_the_office_is_filled_with_the_act(merged):
    book = Workbook()
    book.active.append(["{{#xa}}{{ten}}", "{{ntm.nam}}", "{{ntm.hinh_thuc}}"])
    book.save("mau.xlsx")
    assert run("record", "31001", "--level", "ntm", "--year", "2025", "--basis", "thừa nhận").code == 0
    assert run("record", "31002", "--level", "ntm", "--year", "2025").code == 0
    assert run("export", "bieu.xlsx", "--template", "mau.xlsx", "--as-of", "31/12/2025").code == 0
    rows = [[cell.value for cell in row] for row in load_workbook("bieu.xlsx").active]
    assert rows == [["xã Mỹ Thuận", 2025, "thừa nhận"], ["xã Bình Sơn", 2025, None]]
