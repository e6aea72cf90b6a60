"""What a command lacks is asked for at a terminal: from the parameter's own words, with completion · answers that
cannot be read are asked again · names of several units, of none, provinces that ended · an empty answer and Ctrl-C
leave with nothing done · in a pipe it is told, with an example · the command is told as a shell takes it · consoles
that draw nothing are asked by number · every required parameter can be asked for."""

import io
import os
import re
import sys
import time

import pytest

from ntmtrack import dialogue, ways
from ntmtrack.cli import declare, missing_parameters
from ntmtrack.cli.app import tree
from ntmtrack.commands import Session
from ntmtrack.dialogue import Offer, fitting
from ntmtrack.paths import dragged, tables_at_hand
from ntmtrack.ways import quoted
from tests.consoles import CTRL_C, ENTER, typing
from tests.running import begin, run
from tests.test_output import ESCAPES, on_a_terminal


def test_init_asks_for_the_province_and_only_where_it_must_for_the_programme(office, monkeypatch):
    with typing(monkeypatch, "an giang"):
        begun = run("init", "--dry-run")
    assert (begun.code, "85 xã" in begun.err) == (0, True)
    assert 'Lệnh vừa chạy: ntmtrack init --dry-run --province "an giang"' in begun.err.splitlines()
    with typing(monkeypatch, "Kiên Giang", "2"):
        before = run("init", "--dry-run")
    assert "116 xã" in before.err
    assert before.err.splitlines()[-1].endswith("--programme 2021-2025")


@pytest.mark.usefixtures("demo")
class TestRecord:
    def test_units_level_year_and_what_may_be_left_out(self, monkeypatch):
        with typing(monkeypatch, "son kien", "Sơn Bình", ENTER, "24", "2025", "2", "9/QĐ-UBND", "5/1/2026"):
            done = run("record")
        assert done.code == 0, done.err
        line = 'record "son kien" "Sơn Bình" --year 2025 --level nang-cao --decision 9/QĐ-UBND --date 5/1/2026'
        assert done.err.splitlines()[-1] == f"Lệnh vừa chạy: ntmtrack {line}"
        assert "Không phải năm: “24”." in done.err
        assert run("undo", "--yes").code == 0

    def test_no_decision_has_no_day(self, monkeypatch):
        with typing(monkeypatch, "30836", ENTER, "2025", "2", ENTER):
            done = run("record")
        assert done.err.splitlines()[-1] == "Lệnh vừa chạy: ntmtrack record 30836 --year 2025 --level nang-cao"

    def test_one_who_gives_options_is_asked_only_for_what_is_needed(self, monkeypatch):
        with typing(monkeypatch, "2025"):
            assert run("record", "30836", "--level", "nang-cao", "--dry-run").code == 0

    def test_a_name_of_several_is_asked_about_and_nothing_is_guessed(self, monkeypatch):
        asked = ("record", "Bình An", "--level", "nang-cao", "--year", "2024", "--dry-run")
        with typing(monkeypatch, "2"):
            done = run(*asked)
        assert "xã Bình An (huyện Châu Thành)" in done.err
        assert 'record "xã Bình An, huyện Châu Thành" --level' in done.err.splitlines()[-1]
        with typing(monkeypatch, "3"):
            assert run(*asked).code == 1

    @pytest.mark.parametrize("note", [("--note", "Bình An"), ("--note=Bình An",)])
    @pytest.mark.parametrize("is_first", [True, False])
    def test_what_is_said_of_a_name_leaves_other_words_alone(self, monkeypatch, note, is_first):
        told = (*note, "Bình An") if is_first else ("Bình An", *note)
        with typing(monkeypatch, "2"):
            done = run("record", *told, "--level", "nang-cao", "--year", "2024")
        assert done.code == 0, done.err
        line = done.err.splitlines()[-1]
        assert (line.count("xã Bình An, huyện Châu Thành"), line.count('Bình An"')) == (1, 1)
        assert "· NTM nâng cao: Bình An" in run("show", "xã Bình An, huyện Châu Thành").out.splitlines()
        assert run("undo", "--yes").code == 0

    def test_a_name_of_none_is_chosen_among_those_near_or_typed_again(self, monkeypatch):
        with typing(monkeypatch, "1"):
            assert 'ntmtrack show "Mỹ Thuận"' in run("show", "Mỹ Thuậm").err
        with typing(monkeypatch, "Mỹ Thuận"):
            assert "xã Mỹ Thuận (huyện Hòn Đất)" in run("show", "Qqqqq").out
        with typing(monkeypatch, ENTER):
            assert run("show", "Qqqqq").code == 1

    def test_what_is_near_is_chosen_by_its_district_where_it_is_asked_for(self, monkeypatch):
        told = []
        monkeypatch.setattr(Session, "choose", lambda _self, question, choices, **_none: told.append(choices) or 0)
        with typing(monkeypatch, "Mỹ Thuậm", ENTER, "2025", ENTER):
            run("record", "--dry-run")
        assert told[0][0] == "xã Mỹ Thuận (huyện Hòn Đất)"
        with typing(monkeypatch):
            assert 'ntmtrack show "xã Bình An (huyện Kiên Lương)"' in run("show", "Bình Ann").err
        assert {"xã Bình An (huyện Kiên Lương)", "xã Bình An (huyện Châu Thành)"} <= {*told[-1]}

    def test_what_can_be_judged_is_judged_at_its_question(self, monkeypatch):
        keys = ("Qqqqqqq", "30836", ENTER, "2052", "2025", "2", "9/QĐ-UBND", "5/1/2052", "5/1/2026")
        with typing(monkeypatch, *keys):
            done = run("record")
        for wrong in ("Qqqqqqq", "Năm 2052 chưa đến", "05/01/2052"):
            assert wrong in done.err
        line = "record 30836 --year 2025 --level nang-cao --decision 9/QĐ-UBND --date 5/1/2026"
        assert done.err.splitlines()[-1].endswith(line)

    def test_an_interrupt_leaves_with_nothing_done(self, monkeypatch):
        before = run("history").out
        with typing(monkeypatch, CTRL_C):
            left = run("record")
        assert (left.code, left.err) == (130, "Đã dừng. Chưa ghi gì.\n")
        with typing(monkeypatch, "30838", ENTER, "2025", CTRL_C):
            assert run("record").code == 130
        assert run("history").out == before

    def test_what_is_needed_is_asked_for_until_it_is_told(self, monkeypatch):
        keys = ("Mỹ Lâm", ENTER, "1", "2015", ENTER, ENTER, ENTER, "gõ nhầm năm")
        with typing(monkeypatch, *keys):
            done = run("edit")
        assert done.code == 0, done.err
        assert done.err.count("Mục này phải có.") == 1
        assert "Đã ghi của xã Mỹ Lâm" in done.err
        assert '--year 2015 --reason "gõ nhầm năm"' in done.err
        assert run("undo", "--yes").code == 0

    def test_where_nobody_types_any_more_it_stops(self, monkeypatch):
        monkeypatch.setattr(Session, "can_ask", True)
        monkeypatch.setattr(sys, "stdin", io.StringIO("\n"))
        left = run("record")
        assert (left.code, left.err.count("Mục này phải có.")) == (130, 1)

    def test_levels_are_those_of_the_set_of_the_year(self, monkeypatch):
        told = []
        monkeypatch.setattr(
            Session, "choose", lambda _self, question, choices, **_none: told.append((question, *choices)) or 0
        )
        run("init", "--province", "An Giang", "--db", "moi.db")
        with typing(monkeypatch, "30337", ENTER, "2026", ENTER):
            run("record", "--dry-run", "--db", "moi.db")
        assert told[0][:-1] == ("Mức", "đạt chuẩn NTM", "NTM hiện đại")

    def test_what_is_chosen_is_not_said_to_be_left_out_by_enter(self, monkeypatch):
        asked = []
        monkeypatch.setattr(Session, "choose", lambda _self, question, _choices, **_none: asked.append(question) or 0)
        with typing(monkeypatch, "Mỹ Lâm", ENTER, "2015", ENTER, ENTER, "gõ nhầm năm"):
            assert run("edit").code == 0
        assert asked == ["Mức của kết quả công nhận đã ghi"]

    def test_a_level_of_another_set_is_asked_again_at_its_question(self, monkeypatch):
        run("init", "--province", "An Giang", "--db", "moi.db")
        with typing(monkeypatch, "30337", ENTER, "2026", "3", "nang-cao", "1", ENTER):
            done = run("record", "--dry-run", "--db", "moi.db")
        assert done.code == 0, done.err
        assert "không có mức “nang-cao”" in done.err
        assert "--set" not in done.err

    def test_a_year_in_which_a_unit_did_not_stand_is_refused_at_its_question(self, monkeypatch):
        with typing(monkeypatch, "30836", ENTER, "2026", "2025", "2", ENTER):
            done = run("record", "--dry-run")
        assert (done.code, "2026" in done.err) == (0, True)

    def test_correcting_asks_for_what_and_why(self, monkeypatch):
        keys = ("Mỹ Lâm", ENTER, "1", "2015", ENTER, ENTER, "gõ nhầm năm")
        with typing(monkeypatch, *keys):
            done = run("edit")
        assert 'edit "Mỹ Lâm" --level ntm --year 2015 --reason "gõ nhầm năm"' in done.err

    @pytest.mark.parametrize("told", [(), ("Mỹ Lâm",)])
    def test_a_day_alone_is_corrected_with_what_is_on_record_in_sight(self, monkeypatch, told):
        named = () if told else ("Mỹ Lâm", ENTER)
        with typing(monkeypatch, *named, "1", ENTER, "5/1/2023", ENTER, "gõ nhầm ngày"):
            done = run("edit", *told)
        assert done.err.startswith("Đã ghi của xã Mỹ Lâm (huyện Hòn Đất): đạt chuẩn NTM, năm 2022")
        assert "--level ntm --date 5/1/2023 --reason" in done.err

    def test_a_revoked_recognition_is_told_as_such(self, monkeypatch):
        assert run("revoke", "Mỹ Lâm", "--level", "ntm", "--date", "5/6/2024").code == 0
        with typing(monkeypatch, "Mỹ Lâm", ENTER, CTRL_C):
            assert "đạt chuẩn NTM, năm 2022, công bố 12/2022, thu hồi từ 05/06/2024." in run("edit").err

    def test_an_unknown_level_is_judged_by_the_set_of_its_year(self, monkeypatch):
        assert run("init", "--province", "An Giang", "--db", "nay.db").code == 0
        with typing(monkeypatch, "Mỹ Thuận", ENTER, "2026", "3", "sieu-cap", "1", ENTER):
            said = run("record", "--dry-run", "--db", "nay.db").err
        assert "Giai đoạn 2026-2030 không có mức “sieu-cap”" in said
        assert "hien-dai" in said

    def test_a_set_that_its_year_lacks_is_refused_once(self, monkeypatch):
        assert run("init", "--province", "An Giang", "--db", "nay.db").code == 0
        with typing(monkeypatch, "Mỹ Thuận", ENTER, "2026", "1"):
            refused = run("record", "--set", "2016-2020", "--dry-run", "--db", "nay.db")
        assert (refused.code, refused.err.count("Lỗi: ")) == (1, 1)

    def test_of_units_of_one_name_those_with_something_on_record_are_told(self, monkeypatch):
        with typing(monkeypatch, "Kiên Lương", "Hòn Đất", ENTER, CTRL_C):
            said = run("edit").err
        assert "Đã ghi của huyện Kiên Lương (tỉnh Kiên Giang): đạt chuẩn NTM, năm 2022" in said
        assert "thị trấn Kiên Lương" not in said
        assert "Đã ghi của huyện Hòn Đất (tỉnh Kiên Giang): chưa có công nhận nào." in said

    def test_a_level_that_is_not_on_record_is_asked_again(self, monkeypatch):
        with typing(monkeypatch, "Mỹ Lâm", ENTER, "2", "kieu-mau", "1", "5/1/2026", "9/QĐ-UBND", ENTER):
            done = run("revoke")
        assert done.err.startswith("Trong sổ, xã Mỹ Lâm (huyện Hòn Đất) chưa được công nhận NTM kiểu mẫu.")
        assert "--level ntm --date 5/1/2026 --decision 9/QĐ-UBND" in done.err


def test_a_console_that_draws_nothing_is_asked_by_number(demo, monkeypatch):
    monkeypatch.setattr(Session, "can_ask", True)
    monkeypatch.setattr(sys, "stdin", io.StringIO("2\n"))
    listed = run("list")
    assert "  2. NTM nâng cao\n" in listed.err
    assert listed.out == run("list", "--level", "nang-cao").out


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    "argv",
    [
        ["init"],
        ["record"],
        ["revoke", "A"],
        ["edit"],
        ["diff"],
        ["import"],
        ["explain"],
        ["restore"],
        ["show"],
        ["list"],
    ],
    ids=" ".join,
)
def test_in_a_pipe_it_is_told_what_is_missing_with_a_line_to_copy(argv):
    refused = run(*argv)
    said, example = refused.err.splitlines()
    assert (refused.code, said.startswith("Lỗi: Còn thiếu: ")) == (2, True)
    assert example.startswith(f"  Ví dụ: ntmtrack {argv[0]} ")


def required():
    declare()
    tops = tree().commands.items()
    every = [*tops, *((f"roadmap {name}", each) for name, each in tree().commands["roadmap"].commands.items())]
    return [(name, param) for name, each in every for param in each.params if param.required]


@pytest.mark.parametrize(("name", "param"), required(), ids=lambda one: one if isinstance(one, str) else one.name)
def test_every_required_parameter_is_a_question(name, param):
    assert missing_parameters._question(param, is_needed=True)
    assert missing_parameters._named(param)[-1] == ")"


def test_what_a_command_asks_for_is_its_own():
    for _name, command in tree().commands.items():
        names = {param.name for param in command.params}
        assert {*getattr(command.callback, "asks", ())} <= names


@pytest.mark.parametrize(
    ("word", "posix", "windows"),
    [
        ("2903/QĐ-UBND", "2903/QĐ-UBND", "2903/QĐ-UBND"),
        ("Mỹ Thuận", '"Mỹ Thuận"', '"Mỹ Thuận"'),
        ("D:\\Bảng tính\\a.xlsx", "'D:\\Bảng tính\\a.xlsx'", '"D:\\Bảng tính\\a.xlsx"'),
        ("D:\\Bảng tính\\", "'D:\\Bảng tính\\'", '"D:\\Bảng tính\\\\"'),
        ('xã "A"', "'xã \"A\"'", '"xã \\"A\\""'),
        ("a&b", '"a&b"', '"a&b"'),
        ("$A", "'$A'", '"$A"'),
        ("", '""', '""'),
    ],
)
def test_a_word_is_quoted_as_the_shell_takes_it(monkeypatch, word, posix, windows):
    assert quoted(word) == posix
    monkeypatch.setattr(ways, "_ON_WINDOWS", True)
    assert quoted(word) == windows


@pytest.mark.skipif(os.name == "nt", reason="escapes of a POSIX console")
@pytest.mark.parametrize(
    ("typed", "file"),
    [
        ("Bảng tính.xlsx", "Bảng tính.xlsx"),
        ('"D:\\Bảng tính\\xã 1.xlsx"', "D:\\Bảng tính\\xã 1.xlsx"),
        ("& 'D:\\Bảng tính.xlsx'", "D:\\Bảng tính.xlsx"),
        ("“a b.xlsx”", "a b.xlsx"),
        ("/home/x/B\\ a\\(1\\).xlsx ", "/home/x/B a(1).xlsx"),
        ("O'Hara.xlsx", "O'Hara.xlsx"),
    ],
)
def test_a_file_that_is_dragged_in_is_read_without_what_is_put_around_it(typed, file):
    assert dragged(typed) == file


def test_a_name_with_backslashes_that_is_there_is_that_file(office):
    (office / "a\\ b.xlsx").touch()
    assert dragged("a\\ b.xlsx") == "a\\ b.xlsx"


def test_spreadsheets_at_hand_are_those_here_and_downloaded_the_newest_first(office, monkeypatch):
    monkeypatch.setenv("HOME", str(office / "nha"))
    monkeypatch.setenv("USERPROFILE", str(office / "nha"))
    saved = office / "nha" / "Downloads"
    saved.mkdir(parents=True)
    for age, file in enumerate([saved / "mới.xlsx", office / "b.csv", office / "~$b.xlsx", office / "c.docx"]):
        file.touch()
        os.utime(file, (time.time() - age, time.time() - age))
    assert [file.name for file in tables_at_hand()] == ["mới.xlsx", "b.csv"]


def test_a_file_is_chosen_among_those_at_hand_or_typed(demo, office, monkeypatch):
    monkeypatch.setenv("HOME", str(office / "nha"))
    (office / "xa.csv").write_text("Xã;Mức;Năm\nMỹ Thuận;NTM nâng cao;2024\n", encoding="utf-8")
    with typing(monkeypatch, "1", "x"):
        first = run("import", "--dry-run")
    assert "ntmtrack import xa.csv --dry-run" in first.err
    with typing(monkeypatch, "2", '"xa.csv"', "x"):
        assert run("import", "--dry-run").err == first.err


def test_a_file_that_is_not_there_is_asked_for_again(demo, office, monkeypatch):
    monkeypatch.setenv("HOME", str(office / "nha"))
    (office / "xa.csv").write_text("Xã;Mức;Năm\nMỹ Thuận;NTM nâng cao;2024\n", encoding="utf-8")
    with typing(monkeypatch, "2", "xaa.csv", "xa.csv"):
        taken = run("import", "--dry-run")
    assert ("Không có tệp xaa.csv." in taken.err, "ntmtrack import xa.csv --dry-run" in taken.err) == (True, True)
    with typing(monkeypatch, "không.db", CTRL_C):
        assert run("restore").code == 130


def test_our_own_files_are_not_offered_to_be_taken_in(demo, office, monkeypatch):
    from ntmtrack.cli.completion import tables_at_hand as offered

    monkeypatch.setenv("HOME", str(office / "nha"))
    monkeypatch.setenv("USERPROFILE", str(office / "nha"))
    (office / "xa.csv").write_text("Xã;Mức;Năm\nKhông Có;NTM nâng cao;2024\n", encoding="utf-8")
    assert run("export", "b.xlsx", "--year", "2024").code == 0
    assert run("template", "m.xlsx").code == 0
    assert run("import", "xa.csv").code == 3
    assert len([*office.glob("*.csv"), *office.glob("*.xlsx")]) == 4  # a marked copy too
    assert [str(name) for name, _says in offered("")] == ["xa.csv"]


def test_copies_are_told_by_their_day_first_so_that_a_narrow_console_shows_it(demo, monkeypatch):
    told = []
    monkeypatch.setattr(Session, "choose", lambda _self, _question, choices, **_none: told.append(choices))
    assert run("backup").code == 0
    with typing(monkeypatch):
        assert run("restore").code == 130
    assert re.fullmatch(r"[0-9]{2}/[0-9]{2}/[0-9]{4} [0-9]{2}:[0-9]{2}  so-2026-11-21\.db", told[0][0])


def test_stopped_behind_an_undo_it_tells_how_it_is_done_again(demo, monkeypatch):
    from ntmtrack.commands import undo

    def stopped(*told, take_back=undo.undo, **how):
        take_back(*told, **how)
        raise KeyboardInterrupt

    assert run("record", "30836", "--level", "nang-cao", "--year", "2025").code == 0
    monkeypatch.setattr(undo, "undo", stopped)
    left = run("undo", "--yes")
    assert (left.code, left.err.splitlines()[-1].endswith("Làm lại: ntmtrack redo")) == (130, True)
    assert run("redo", "--yes").code == 0


def test_offers_are_found_by_any_word_marks_or_none():
    offers = [Offer("xã Mỹ Thuận"), Offer("Thuận Yên"), Offer("Mỹ Lâm")]
    assert [offer.text for offer in fitting("thuan", offers)] == ["Thuận Yên", "xã Mỹ Thuận"]
    assert [offer.text for offer in fitting("", offers)] == [offer.text for offer in offers]


def test_no_console_of_its_own_is_asked_for_where_nothing_is_a_terminal(monkeypatch):
    assert not dialogue.has_console()
    monkeypatch.setattr(Session, "can_ask", False)
    assert run("record").code == 2


@pytest.mark.slow
@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("term", ["xterm-256color", "dumb"])
def test_at_a_terminal(term):
    seen = ESCAPES.sub("", on_a_terminal("list", columns=80, typed="2\r", TERM=term))
    assert "Xã đạt chuẩn NTM nâng cao" in seen
    assert "Lệnh vừa chạy: ntmtrack list --level nang-cao" in seen


@pytest.mark.parametrize("agrees", [True, False])
def test_what_was_put_together_by_answers_is_read_before_it_is_written(monkeypatch, agrees):
    begin("Kiên Giang")
    asked = []
    monkeypatch.setattr(Session, "ask", lambda _self, question: bool(asked.append(question)) or agrees)
    with typing(monkeypatch, "2"):  # Bình An of Châu Thành
        done = run("record", "Bình An", "--level", "ntm", "--year", "2024")
    assert asked == ["Ghi vào sổ?"]
    assert done.err.splitlines()[0] == "Sẽ ghi: đạt chuẩn NTM, năm 2024: xã Bình An (huyện Châu Thành)."
    assert ("Đã ghi (thao tác" in done.err) is agrees
    assert ("Bình An" in run("list", "--level", "ntm", "--year", "2024").out) is agrees
    assert (done.code, "Lỗi" in done.err) == (0 if agrees else 1, False)


@pytest.mark.usefixtures("demo")
class TestValue:
    def test_what_was_measured_its_year_and_value_are_asked_for(self, monkeypatch):
        with typing(monkeypatch, "thu nhậpp", "thu nhập", "2030", "2024", "62,5"):
            done = run("value", "Mỹ Thuận")
        assert done.code == 0, done.err
        line = 'value "Mỹ Thuận" --measure "thu nhập" --year 2024 --value "62,5"'
        assert done.err.splitlines()[-1] == f"Lệnh vừa chạy: ntmtrack {line}"

    def test_a_year_or_a_value_that_was_left_out_is_asked_for_too(self, monkeypatch):
        with typing(monkeypatch, "2024", "62,5"):
            done = run("value", "Mỹ Thuận", "--measure", "thu nhập")
        assert done.code == 0, done.err
        assert done.err.splitlines()[-1].endswith('--measure "thu nhập" --year 2024 --value "62,5"')

    def test_where_nobody_can_answer_it_is_told(self):
        refused = run("value", "Mỹ Thuận", "--measure", "thu nhập")
        assert (refused.code, "--year" in refused.err) == (2, True)


@pytest.mark.usefixtures("demo")
class TestPublishedYear:
    def _asked(self, monkeypatch, *line, agrees=False):
        asked = []
        monkeypatch.setattr(Session, "ask", lambda _self, question: bool(asked.append(question)) or agrees)
        with typing(monkeypatch):
            return asked, run("publish", *line, "--source", "12/BC-VPĐP")

    @pytest.mark.parametrize("agrees", [True, False])
    def test_that_nobody_named_is_shown_and_asked_about(self, monkeypatch, agrees):
        asked, done = self._asked(monkeypatch, agrees=agrees)
        assert asked == ["Ghi vào sổ?"]
        assert done.err.startswith("Sẽ ghi: giữ số đã công bố (12/BC-VPĐP, 20")
        assert ("Đã ghi (thao tác" in done.err, done.code) == (agrees, 0 if agrees else 1)

    def test_that_is_named_is_not(self, monkeypatch):
        asked, done = self._asked(monkeypatch, "--year", "2024")
        assert (asked, done.code) == ([], 0)
        typed = ("--level", "ntm", "--value", "108", "--total", "116", "--as-of", "10/2023")
        asked, done = self._asked(monkeypatch, *typed)
        assert (asked, done.code) == ([], 0)

    def test_is_kept_at_once_where_nobody_can_answer(self):
        assert "Đã ghi (thao tác" in run("publish", "--source", "12/BC-VPĐP").err
