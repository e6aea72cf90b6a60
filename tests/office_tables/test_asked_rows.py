"""Rows that a person at a terminal is asked about: wrong ones are left out only where that is said, hidden ones too ·
what is answered of one file stands in the command that is told · nothing is asked in a pipe, with --yes, or where
nothing would be written."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from ntmtrack.commands import Session
from tests.consoles import ENTER, typing
from tests.office_tables.reading import recognised, table
from tests.office_tables.test_importing import HEAD
from tests.running import run

RIGHT, WRONG = "1;Mỹ Thuận;Hòn Đất;NTM;2020;;", "2;Sơn Bình;Hòn Đất;NTM;20x0;;"
OF_WRONG, OF_HIDDEN = "Ghi các dòng đúng, bỏ dòng sai?", "Có đơn vị ở dòng ẩn: 3. Bỏ các dòng này?"


@pytest.fixture(autouse=True)
def of_kien_giang(ledger):
    """Each table is weighed against Kiên Giang's units."""


@pytest.fixture
def answering(monkeypatch):
    """Says yes to some questions, and keeps all that were asked."""

    def answer(*agreed):
        asked = []
        monkeypatch.setattr(Session, "ask", lambda _self, question: bool(asked.append(question)) or question in agreed)
        return asked

    return answer


def file(*rows):
    return str(table(Path("a.csv"), HEAD + "\n".join((*rows, ""))))


@pytest.fixture
def hidden(office):
    """A workbook whose second row is hidden."""
    book = Workbook()
    for row in (["Tên xã", "Mức", "Năm"], ["Mỹ Thuận", "NTM", 2020], ["Sơn Bình", "NTM", 2020]):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.save(office / "a.xlsx")
    return "a.xlsx"


def test_right_rows_are_written_where_that_is_said_and_nothing_more_is_asked(answering, monkeypatch):
    file(RIGHT, WRONG)
    asked = answering(OF_WRONG)
    with typing(monkeypatch, "1"):
        done = run("import")
    assert done.code == 0, done.err
    assert asked == [OF_WRONG]
    assert [name for name, _level, _year in recognised()] == ["xã Mỹ Thuận"]
    assert done.err.splitlines()[-1] == "Lệnh vừa chạy: ntmtrack import a.csv --skip-bad"
    assert "a (lỗi).csv" in done.err


def test_by_itself_wrong_rows_keep_the_file_out(answering, monkeypatch):
    asked = answering()
    with typing(monkeypatch):
        refused = run("import", file(RIGHT, WRONG))
    assert (refused.code, asked, recognised()) == (3, [OF_WRONG], [])
    assert refused.err.endswith("Sửa rồi nhập lại.\n")


def test_nothing_is_asked_where_no_row_is_right_nor_with_yes_nor_of_a_trial(answering, monkeypatch):
    asked = answering(OF_WRONG)
    with typing(monkeypatch):
        assert run("import", file(WRONG)).code == 3
        assert run("import", file(RIGHT, WRONG), "--yes").code == 3
        assert run("import", file(RIGHT, WRONG), "--dry-run").code == 3
    assert asked == []


@pytest.mark.parametrize(("agreed", "names"), [((OF_HIDDEN,), ["xã Mỹ Thuận"]), ((), ["xã Mỹ Thuận", "xã Sơn Bình"])])
def test_hidden_rows_are_left_out_where_that_is_said(hidden, answering, monkeypatch, agreed, names):
    asked = answering(*agreed, "Ghi vào sổ?")
    with typing(monkeypatch, "1"):
        done = run("import")
    assert done.code == 0, done.err
    assert asked == [OF_HIDDEN, "Ghi vào sổ?"]
    assert sorted(name for name, _level, _year in recognised()) == names
    assert done.err.splitlines()[-1] == "Lệnh vừa chạy: ntmtrack import a.xlsx" + (" --skip-hidden" if agreed else "")
    assert ("thêm 1 kết quả công nhận, bỏ 1 dòng ẩn." in done.err) == bool(agreed)
    assert ("Dòng ẩn, đã bỏ: 3." in done.out) == bool(agreed)


def test_rows_that_are_left_out_are_counted_and_named_however_much_is_wrong_of_each():
    wrong = file(RIGHT, "2;Sơn Bình;Hòn Đất;NTM;20x0;1/QĐ-UBND;32/13/2020", "3;Mỹ Lâmm;Hòn Đất;NTM;2020;;")
    done = run("import", wrong, "--skip-bad")
    assert "sai 3\n" in done.out
    assert "thêm 1 kết quả công nhận, bỏ 2 dòng sai (Sơn Bình, Mỹ Lâmm)." in done.err
    assert "bỏ 2 dòng sai (Sơn Bình, Mỹ Lâmm)" in run("history").out


def test_whoever_does_not_take_near_names_together_is_asked_about_each(answering, monkeypatch):
    file("1;MY THUAN;Hòn Đất;NTM;2020;;")
    asked = answering("Ghi vào sổ?")
    with typing(monkeypatch, "1", "1", ENTER):
        done = run("import")
    assert asked == ["Có đúng là các đơn vị này không? (không: hỏi từng tên)", "Ghi vào sổ?"]
    assert [name for name, _level, _year in recognised()] == ["xã Mỹ Thuận"], done.err


def test_hidden_rows_are_not_asked_about_with_yes(hidden, answering, monkeypatch):
    asked = answering()
    with typing(monkeypatch):
        assert run("import", hidden, "--yes").code == 0
    assert (asked, len(recognised())) == ([], 2)


def test_names_taken_together_are_told_in_the_command(answering, monkeypatch):
    file("1;MY THUAN;Hòn Đất;NTM;2020;;")
    answering("Có đúng là các đơn vị này không? (không: hỏi từng tên)", "Ghi vào sổ?")
    with typing(monkeypatch, "1", ENTER):
        done = run("import")
    assert done.err.splitlines()[-1] == "Lệnh vừa chạy: ntmtrack import a.csv --accept-near", done.err
