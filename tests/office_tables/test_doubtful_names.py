"""Names that are not sure, settled one by one at a terminal: of several units, near one, like some · rows of one name
that several units bear each by itself, those of one merged cell and of a name like one unit all at once · rows left
out, and the rest of the file's faults still told · stopping writes nothing · nothing is asked in a pipe, nor with --yes
· what was chosen is in the summary and in the history."""

import io
import json
import sys

import pytest
from openpyxl import Workbook, load_workbook

from ntmtrack.commands import Session
from ntmtrack.spreadsheets.fault_column import HEADING
from tests.consoles import CTRL_C, ENTER, typing
from tests.office_tables.reading import recognised, table
from tests.office_tables.test_importing import HEAD
from tests.running import run

SEVERAL = ("1;Bình An;;NTM;2020;;", "2;Mỹ Thuận;Hòn Đất;NTM;2020;;", "3;Thạnh Lộc;;NTM;2021;;")


@pytest.fixture(autouse=True)
def of_kien_giang(ledger):
    """Each table is weighed against Kiên Giang's units."""


@pytest.fixture
def file(office):
    def write(*lines):
        return str(table(office / "a.csv", HEAD + "".join(f"{line}\n" for line in lines)))

    return write


@pytest.fixture
def yes(monkeypatch):
    monkeypatch.setattr(Session, "ask", lambda _self, _question: True)


def last_summary():
    return json.loads(run("history", "-f", "json").out)["actions"][0]["summary"]


@pytest.mark.usefixtures("yes")
class TestOfSeveral:
    def test_each_row_is_asked_about_and_told_in_the_history(self, file, monkeypatch):
        with typing(monkeypatch, "2", "1", "2"):
            done = run("import", file(*SEVERAL, "4;Bình An;;nâng cao;2022;;"))
        assert done.code == 0, done.err
        chosen = "B2, B5 “Bình An” → xã Bình An (huyện Châu Thành)"
        assert chosen in done.out
        assert chosen in last_summary()
        assert "“Thạnh Lộc” → xã Thạnh Lộc (huyện Châu Thành)" in last_summary()
        assert len([name for name, _level, _year in recognised() if name == "xã Bình An"]) == 2
        assert "huyện Châu Thành" in run("list", "--level", "nang-cao", "--until", "2025").out

    @pytest.mark.parametrize("years", [("2024", "2024"), ("2023", "2024")])
    def test_rows_that_say_the_same_may_be_two_units(self, file, monkeypatch, years):
        rows = [f"{place};Bình An;;NTM;{year};;" for place, year in enumerate(years, start=1)]
        with typing(monkeypatch, "1", "2"):
            done = run("import", file(*rows))
        assert done.code == 0, done.err
        listed = json.loads(run("list", "--level", "ntm", "--until", "2025", "-f", "json").out)["units"]
        assert sorted(unit["code"] for unit in listed) == ["30808", "30898"]

    def test_what_was_chosen_for_another_row_is_told(self, file, monkeypatch):
        monkeypatch.setattr(Session, "can_ask", True)
        monkeypatch.setattr(sys, "stdin", io.StringIO("1\n2\n"))
        done = run("import", file("1;Bình An;;NTM;2024;;", "2;Bình An;;NTM;2024;;"))
        assert "Tên 1/2, ô B2 “Bình An” (một trong 2 dòng cùng tên): là đơn vị nào?" in done.err
        second = done.err.partition("Tên 2/2, ô B3 “Bình An”")[2]
        assert "xã Bình An (huyện Kiên Lương) [30808] – đã chọn cho B2\n" in second
        assert second.count("đã chọn cho") == 1

    def test_a_name_merged_over_its_rows_is_asked_about_once(self, office, monkeypatch):
        book = Workbook()
        for row in (["Tên xã", "Mức", "Năm"], ["Bình An", "NTM", 2018], [None, "NTM nâng cao", 2022]):
            book.active.append(row)
        for row in (["Bình An", "NTM", 2019], [None, "NTM nâng cao", 2023]):
            book.active.append(row)
        book.active.merge_cells("A2:A3")
        book.active.merge_cells("A4:A5")
        book.save(office / "gộp.xlsx")
        with typing(monkeypatch, "2", "1"):
            done = run("import", "gộp.xlsx")
        assert done.code == 0, done.err
        assert "Sheet!A2 “Bình An” → xã Bình An (huyện Châu Thành)" in last_summary()
        assert [year for _name, _level, year in recognised()] == [2019, 2018, 2023, 2022]

    def test_rows_of_a_name_can_be_left_out(self, file, monkeypatch):
        with typing(monkeypatch, "4", "1"):
            done = run("import", file(*SEVERAL))
        assert done.code == 0, done.err
        assert "xã Bình An" not in [name for name, _level, _year in recognised()]
        assert "“Bình An” → bỏ qua" in last_summary()
        assert "bỏ 1 dòng theo lựa chọn" in last_summary()
        assert "sai 0 · bỏ theo ý bạn 1\n" in done.out
        assert "chỗ sai" not in done.both + last_summary()

    def test_a_row_left_out_hides_no_other_fault(self, file, monkeypatch):
        with typing(monkeypatch, "4"):
            refused = run("import", file("1;Bình An;;NTM;2020;;", "2;Mỹ Thuận;Hòn Đất;NTM;20x0;;"), "--no-annotate")
        assert (refused.code, "1 chỗ" in refused.err, recognised()) == (3, True, [])

    def test_in_the_marked_copy_a_row_left_out_is_told_and_not_marked(self, office, monkeypatch):
        book = Workbook()
        rows = [HEAD.strip().split(";"), [1, "Bình An", None, "NTM", 2020], [2, "Mỹ Thuận", "Hòn Đất", "NTM", "20x0"]]
        for row in rows:
            book.active.append(row)
        book.save(office / "a.xlsx")
        with typing(monkeypatch, "4"):
            refused = run("import", "a.xlsx")
        assert "sai 1 · bỏ theo ý bạn 1\n" in refused.out
        sheet = load_workbook(office / "a (lỗi).xlsx").active
        column = next(cell.column for cell in sheet[1] if cell.value == HEADING)
        assert sheet.cell(2, column).value == "B2: Bỏ qua theo lựa chọn khi nhập."
        marked = {cell.coordinate for row in sheet for cell in row if cell.comment}
        assert marked == {"E3"}
        assert sheet["B2"].fill.fgColor.rgb != sheet["E3"].fill.fgColor.rgb

    @pytest.mark.parametrize("key", ["5", CTRL_C])
    def test_stopping_writes_nothing(self, file, monkeypatch, key):
        with typing(monkeypatch, key):
            left = run("import", file(*SEVERAL))
        assert left.code in (1, 130)
        assert recognised() == []

    def test_the_same_name_in_a_district_that_is_told_is_another_question(self, file, monkeypatch):
        with typing(monkeypatch, "1"):
            done = run("import", file("1;Bình An;Châu Thành;NTM;2020;;", "2;Bình An;;NTM;2021;;"))
        assert done.code == 0, done.err
        assert len([name for name, _level, _year in recognised() if name == "xã Bình An"]) == 2


def test_near_names_are_taken_together_or_settled_one_by_one(file, monkeypatch):
    monkeypatch.setattr(Session, "ask", lambda _self, question: question == "Ghi vào sổ?")
    with typing(monkeypatch, "1", "3"):
        done = run("import", file("1;MY THUAN;Hòn Đất;NTM;2020;;", "2;son binh;Hòn Đất;NTM;2020;;"))
    assert done.code == 0, done.err
    assert [name for name, _level, _year in recognised()] == ["xã Mỹ Thuận"]
    assert "“MY THUAN” → xã Mỹ Thuận (huyện Hòn Đất)" in last_summary()


def test_a_name_near_one_unit_is_settled_for_all_its_rows(file, monkeypatch):
    monkeypatch.setattr(Session, "ask", lambda _self, question: question == "Ghi vào sổ?")
    with typing(monkeypatch, "1"):
        done = run("import", file("1;MY THUAN;Hòn Đất;NTM;2020;;", "2;MY THUAN;Hòn Đất;nâng cao;2023;;"))
    assert done.code == 0, done.err
    assert [name for name, _level, _year in recognised()] == ["xã Mỹ Thuận"] * 2


@pytest.mark.usefixtures("yes")
def test_another_unit_than_those_offered_is_typed_and_never_guessed(file, monkeypatch):
    with typing(monkeypatch, "3", "Qqqqqq", ENTER, "3", "thanh loc", "2", "1"):
        done = run("import", file("1;Bình An;;NTM;2020;;", "2;Bình An;;NTM;2021;;"))
    assert done.code == 0, done.err
    assert "“Qqqqqq”" in done.err
    chosen = "B2 “Bình An” → xã Thạnh Lộc (huyện Giồng Riềng); B3 “Bình An” → xã Bình An (huyện Kiên Lương). Chạy lại"
    assert chosen in done.out
    assert [name for name, _level, _year in recognised()] == ["xã Bình An", "xã Thạnh Lộc"]


def test_a_name_near_one_unit_may_mean_another_in_all_its_rows(file, monkeypatch):
    monkeypatch.setattr(Session, "ask", lambda _self, question: question == "Ghi vào sổ?")
    with typing(monkeypatch, "2", "Sơn Bình"):
        done = run("import", file("1;MY THUAN;Hòn Đất;NTM;2020;;", "2;MY THUAN;Hòn Đất;nâng cao;2023;;"))
    assert done.code == 0, done.err
    assert [name for name, _level, _year in recognised()] == ["xã Sơn Bình"] * 2
    assert "“MY THUAN” → xã Sơn Bình (huyện Hòn Đất)" in last_summary()


@pytest.mark.usefixtures("yes")
def test_of_names_like_one_that_is_none_one_is_chosen(file, monkeypatch):
    with typing(monkeypatch, "1"):
        done = run("import", file("1;Mỹ Thuậnh Xx;Hòn Đất;NTM;2020;;"))
    assert done.code == 0, done.err
    assert [name for name, _level, _year in recognised()] == ["xã Mỹ Thuận"]


def test_nothing_is_asked_in_a_pipe_nor_with_yes(file, monkeypatch):
    piped = run("import", file(*SEVERAL), "--no-annotate")
    assert (piped.code, "khớp với 2 đơn vị" in piped.out) == (3, True)
    with typing(monkeypatch):
        assert run("import", file(*SEVERAL), "--no-annotate", "--yes").code == 3
    assert recognised() == []


def test_by_number_where_the_console_draws_nothing(file, monkeypatch):
    monkeypatch.setattr(Session, "can_ask", True)
    monkeypatch.setattr(sys, "stdin", io.StringIO("2\n1\nc\n"))
    done = run("import", file(*SEVERAL))
    assert (done.code, "Tên 1/2, ô B2 “Bình An”: là đơn vị nào?\n  1. xã Bình An (huyện Kiên Lương) [" in done.err) == (
        0,
        True,
    )
    assert len(recognised()) == 3
