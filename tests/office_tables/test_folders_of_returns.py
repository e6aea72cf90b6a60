"""A folder of returns: each file one action, in one order · faults with their marked copies apart, the rest taken in ·
what repeats is told so · locks, hidden files, other files and folders passed over and named · in a pipe nothing is
written unasked · a plan is never taken for recognitions because --yes was given for all."""

import json

import pytest
from openpyxl import Workbook

from tests.office_tables.reading import recognised, table
from tests.office_tables.test_bad_files import convert, soffice
from tests.running import run

HEAD = "Tên xã;Huyện;Mức;Năm\n"


@pytest.fixture
def folder(ledger, office):
    """Two good returns, one with a fault, and what else lies in such folders."""
    (made := office / "về").mkdir()
    table(made / "b Hòn Đất.csv", f"{HEAD}Mỹ Thuận;Hòn Đất;NTM;2020\n")
    table(made / "a Gò Quao.csv", f"{HEAD}Định Hòa;Gò Quao;NTM;2019\n")
    table(made / "c sai.csv", f"{HEAD}Sơn Kiên;Hòn Đất;NTM;2020\nKhông Có;Hòn Đất;NTM;2020\n")
    for name in ("~$b Hòn Đất.xlsx", ".~lock.b.xlsx#", ".ẩn.csv", "công văn.pdf"):
        (made / name).write_text("x", encoding="utf-8")
    (made / "Rạch Giá").mkdir()
    return made


def take(folder, *more):
    """What came of each file, by name, with the exit code."""
    result = run("import", str(folder), "-f", "json", *more)
    return result.code, {line["file"]: line["outcome"] for line in json.loads(result.out)["files"]}


def test_every_file_is_one_action_and_one_with_faults_is_left_out_whole(folder):
    code, outcomes = take(folder, "--yes")
    assert code == 3
    assert {name: outcome for name, outcome in outcomes.items() if outcome != "skipped"} == {
        "a Gò Quao.csv": "taken",
        "b Hòn Đất.csv": "taken",
        "c sai.csv": "faulty",
    }
    assert {name for name, _level, _year in recognised()} == {"xã Định Hòa", "xã Mỹ Thuận"}
    assert [path.name for path in (folder / "Có lỗi").iterdir()] == ["c sai (lỗi).csv"]
    assert run("undo").code == 0
    assert {name for name, _level, _year in recognised()} == {"xã Định Hòa"}


def test_what_is_no_return_is_passed_over_and_named(folder):
    _code, outcomes = take(folder, "--dry-run")
    assert {name for name, outcome in outcomes.items() if outcome == "skipped"} == {
        *("~$b Hòn Đất.xlsx", ".~lock.b.xlsx#", ".ẩn.csv", "công văn.pdf", "Rạch Giá")
    }
    assert recognised() == []
    assert not (folder / "Có lỗi").exists()


def test_taken_in_again_it_tells_nothing_new(folder):
    take(folder, "--yes")
    (folder / "c sai.csv").unlink()
    code, outcomes = take(folder, "--yes")
    assert (code, outcomes["a Gò Quao.csv"], outcomes["b Hòn Đất.csv"]) == (0, "same", "same")


def test_each_is_shown_and_the_last_word_is_a_count(folder):
    out = run("import", str(folder), "--yes").out
    assert out.index("a Gò Quao.csv: ") < out.index("b Hòn Đất.csv: ") < out.index("c sai.csv: ")
    assert "Thư mục về: đã nhập 2 · có lỗi, chưa nhập 1 · bỏ qua 5" in out


def test_in_a_pipe_nothing_is_written_unasked(folder):
    refused = run("import", str(folder))
    assert (refused.code, "--yes" in refused.err, recognised()) == (2, True, [])


def test_a_yes_for_all_makes_no_plan_a_recognition(folder):
    table(folder / "d kế hoạch.csv", f"DANH SÁCH XÃ ĐĂNG KÝ ĐẠT CHUẨN;;;\n{HEAD}Bình Giang;Hòn Đất;NTM;2024\n")
    assert take(folder, "--yes")[1]["d kế hoạch.csv"] == "faulty"
    assert run("import", str(folder / "d kế hoạch.csv"), "--yes").code == 0


def test_a_list_of_units_in_it_adds_none(folder):
    table(folder / "d.csv", "Mã;Tên đơn vị;Cấp\n99999;Xã Mới;xã\n")
    assert take(folder, "--yes")[1]["d.csv"] == "faulty"


def test_forms_that_lie_where_they_were_written_are_nobodys_reply(folder, office):
    assert run("template", "--all", str(folder), "--scope", "Hòn Đất").code == 0
    assert take(folder, "--yes")[1]["Biểu huyện Hòn Đất.xlsx"] == "skipped"


@pytest.mark.parametrize("given", [("--annotate", "x.csv"), ("--sheet", "Xã")])
def test_what_is_meant_for_one_file_is_refused(folder, given):
    assert run("import", str(folder), "--yes", *given).code == 2


def test_an_empty_folder_is_told(ledger, office):
    (office / "trống").mkdir()
    assert run("import", "trống", "--yes").code == 3


def test_somebody_at_a_terminal_is_asked_about_each(folder, monkeypatch):
    from ntmtrack.commands import Session

    answers = iter([False, True])
    monkeypatch.setattr(Session, "can_ask", property(lambda _self: True))
    monkeypatch.setattr(Session, "ask", lambda _self, _question: next(answers))
    outcomes = take(folder)[1]
    assert (outcomes["a Gò Quao.csv"], outcomes["b Hòn Đất.csv"]) == ("left", "taken")
    assert {name for name, _level, _year in recognised()} == {"xã Mỹ Thuận"}


def first_with_a_fault(folder):
    """The same folder, whose first file has the fault."""
    (folder / "c sai.csv").rename(folder / "A sai.csv")
    return folder


def test_what_lies_in_the_way_of_marked_copies_stops_no_file(folder):
    (first_with_a_fault(folder) / "Có lỗi").write_text("x", encoding="utf-8")
    code, outcomes = take(folder, "--yes")
    assert (code, outcomes["A sai.csv"], outcomes["b Hòn Đất.csv"]) == (3, "faulty", "taken")


def test_a_closed_year_is_no_fault_of_a_file(folder):
    (folder / "c sai.csv").unlink()
    assert run("close-year", "2019").code == 0
    code, outcomes = take(folder, "--yes")
    assert (code, outcomes["a Gò Quao.csv"], outcomes["b Hòn Đất.csv"]) == (5, "year-closed", "taken")
    assert "thuộc năm đã khoá, chưa nhập 1" in run("import", str(folder), "--yes").out


@pytest.mark.parametrize("code", [1, 6])
def test_what_is_wrong_with_the_ledger_is_no_fault_of_a_file(code, folder, monkeypatch):
    from ntmtrack import errors
    from ntmtrack.commands import import_folder

    refusals = {1: errors.ChangedMeanwhile(), 6: errors.DatabaseBusy(file="so.db", seconds=5)}

    def after_the_first(session, options, take_in=import_folder.import_file):
        if "b Hòn Đất" in options.word:
            raise refusals[code]
        return take_in(session, options)

    monkeypatch.setattr(import_folder, "import_file", after_the_first)
    stopped, outcomes = take(first_with_a_fault(folder), "--yes")
    assert (stopped, outcomes["A sai.csv"], outcomes["a Gò Quao.csv"]) == (code, "faulty", "taken")
    assert outcomes["b Hòn Đất.csv"] == "not-reached"


@pytest.mark.parametrize("is_written", [False, True])
def test_stopped_on_the_way_it_tells_what_was_taken(is_written, folder, monkeypatch):
    from ntmtrack.commands import import_folder

    def stop_at_the_second(session, options, take_in=import_folder.import_file):
        is_second = "b Hòn Đất" in options.word
        action = take_in(session, options) if is_written or not is_second else None
        if is_second:
            raise KeyboardInterrupt
        return action

    monkeypatch.setattr(import_folder, "import_file", stop_at_the_second)
    stopped = run("import", str(folder), "-f", "json", "--yes")
    written = "các thao tác 2, 3" if is_written else "thao tác 2"
    assert f"Đã dừng: đã ghi {written}, ngoài ra chưa ghi gì vào sổ. Hoàn tác" in stopped.err
    assert stopped.err.endswith(f"ntmtrack undo {3 if is_written else 2}\n")
    code, outcomes = stopped.code, {line["file"]: line["outcome"] for line in json.loads(stopped.out)["files"]}
    states = [outcomes[name] for name in ("a Gò Quao.csv", "b Hòn Đất.csv", "c sai.csv")]
    assert (code, states) == (130, ["taken", "taken" if is_written else "not-reached", "not-reached"])


def test_an_empty_folder_names_every_ending(ledger, office):
    (office / "trống").mkdir()
    assert ".xlsm" in run("import", "trống", "--yes").err


@pytest.mark.slow
@soffice
@pytest.mark.parametrize("ending", ["ods", "xls"])
def test_other_kinds_of_tables_are_taken_in_too(folder, ending):
    book = Workbook()
    for row in (["Tên xã", "Huyện", "Mức", "Năm"], ["Định Hòa", "Gò Quao", "NTM", 2019]):
        book.active.append(row)
    book.save(folder / "a Gò Quao.xlsx")
    convert(folder / "a Gò Quao.xlsx", ending)
    code, outcomes = take(folder, "--dry-run")
    assert (code, outcomes[f"a Gò Quao.{ending}"]) == (3, "would-be-taken")
