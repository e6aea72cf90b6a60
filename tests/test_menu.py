"""`ntmtrack` alone: a menu at a terminal that asks, does, tells the command and comes back; a page of help in a pipe ·
Vietnamese names of commands: one each, understood however spelt, completed, in the help · what is typed where a command
should stand: a file, a year, a word for the work · the first page of help fits a window."""

import os
import shlex

import pytest

from ntmtrack.cli import declared
from ntmtrack.cli.names import ALIASES, OF_THE_MONTH, SAID, called
from ntmtrack.text import squeeze
from tests.consoles import CTRL_C, DOWN, ENTER, typing
from tests.running import begin, run
from tests.test_docs import every_command
from tests.test_output import ESCAPES, on_a_terminal

LEAVE = "9"


@pytest.mark.usefixtures("demo")
class TestMenu:
    def test_it_asks_runs_tells_the_command_and_comes_back(self, monkeypatch):
        with typing(monkeypatch, "3", "2024", ENTER, "6", "1", ENTER, LEAVE):
            shown = run()
        assert shown.code == 0
        table, see_also, _end = run("progress", "--year", "2024").out.rpartition("Xem thêm: --notes")
        assert see_also
        assert table in shown.out
        assert "Xem thêm" not in shown.out  # by options, which nobody types here
        told = [line for line in shown.err.splitlines() if line.startswith("Lệnh vừa chạy: ")]
        assert told == ["Lệnh vừa chạy: ntmtrack progress --year 2024", "Lệnh vừa chạy: ntmtrack check"]

    def test_it_records_and_a_refusal_leads_back(self, monkeypatch):
        keys = ("30836", ENTER, "2025", "2", ENTER)
        with typing(monkeypatch, "2", *keys, ENTER, "2", *keys, ENTER, LEAVE):
            shown = run()
        assert shown.err.count("Lệnh vừa chạy: ntmtrack record 30836 --year 2025 --level nang-cao") == 2
        assert "đã được công nhận NTM nâng cao" in shown.err
        assert "Đã ghi (thao tác" in shown.err
        assert "Hoàn tác: “Tra cứu, sửa, việc khác”, “Hoàn tác thao tác cuối”" in shown.err

    def test_a_report_is_written_where_it_is_said(self, office, monkeypatch):
        with typing(monkeypatch, "4", "1", "2024", ENTER, "UBND tỉnh; Văn phòng", ENTER, LEAVE):
            shown = run()
        (line,) = [line for line in shown.err.splitlines() if line.startswith("Lệnh vừa chạy: ")]
        words = shlex.split(line.partition(": ")[2])
        assert words[:2] == ["ntmtrack", "export"]
        assert (office / "Báo cáo NTM 2024.xlsx").samefile(words[2])
        assert words[3:] == ["--year", "2024", "--agency", "UBND tỉnh; Văn phòng"]

    def test_forms_ask_once_by_when_and_tell_it(self, monkeypatch):
        with typing(monkeypatch, "5", "1", ENTER, "15/12", "15/12/2026", "Phòng NTM", ENTER, LEAVE):
            shown = run()
        (line,) = [line for line in shown.err.splitlines() if line.startswith("Lệnh vừa chạy: ")]
        assert shlex.split(line)[-4:] == ["--deadline", "15/12/2026", "--contact", "Phòng NTM"]

    def test_template_alone_asks_which_forms(self, office, monkeypatch):
        with typing(monkeypatch, "2", DOWN, DOWN, DOWN, ENTER, ENTER):
            shown = run("template")
        assert (shown.code, (office / "Biểu huyện Hòn Đất.xlsx").exists()) == (0, True)
        assert shown.err.splitlines()[-1].startswith("Lệnh vừa chạy: ntmtrack template ")
        assert shown.err.splitlines()[-1].endswith('--scope "huyện Hòn Đất"')

    def test_a_form_of_all_is_the_last_choice(self, office, monkeypatch):
        with typing(monkeypatch, "2", *([DOWN] * 15), ENTER, ENTER):
            assert "--scope" not in run("template").err
        assert (office / "Biểu trống.xlsx").exists()

    def test_a_copy_goes_to_the_folder_that_is_chosen(self, office, monkeypatch):
        (usb := office / "usb").mkdir()
        with typing(monkeypatch, "7", f"{usb}x", f'"{usb}"', ENTER, LEAVE):
            shown = run()
        assert f"Không có {usb}x." in shown.err
        assert [copy.name for copy in usb.iterdir()] == ["so-2026-11-21.db"]
        with typing(monkeypatch, "7", ENTER, ENTER, LEAVE):
            assert "Lệnh vừa chạy: ntmtrack backup\n" in run().err
        assert (office / "so-2026-11-21.db").exists()

    def test_copies_to_go_back_to_are_offered(self, office, monkeypatch):
        assert run("backup").code == 0
        assert run("record", "30836", "--level", "nang-cao", "--year", "2025").code == 0
        with typing(monkeypatch, "8", "6", "1", ENTER, LEAVE):
            shown = run()
        assert "Lệnh vừa chạy: ntmtrack restore " in shown.err
        assert "xã Sơn Bình" not in run("list", "--level", "nang-cao", "--until", "2025").out

    def test_the_year_that_runs_is_usual_where_the_units_of_today_are_on_record(self, monkeypatch):
        with typing(monkeypatch, "3", ENTER, ENTER, LEAVE):
            assert "Lệnh vừa chạy: ntmtrack progress --year 2025\n" in run().err
        assert run("init", "--province", "An Giang", "--db", "nay.db").code == 0
        with typing(monkeypatch, "3", ENTER, ENTER, LEAVE):
            assert "Lệnh vừa chạy: ntmtrack progress --year 2026 --db nay.db" in run("--db", "nay.db").err

    def test_districts_that_have_ended_are_offered_with_a_warning(self, monkeypatch):
        with typing(monkeypatch, "5", "2", CTRL_C, LEAVE):
            shown = run()
        assert "Lưu ý: các đơn vị trong biểu đã kết thúc." in shown.err

    def test_a_year_that_no_programme_knows_is_refused_at_its_question(self, office, monkeypatch):
        with typing(monkeypatch, "4", "1", "2052", "2024", ENTER, "UBND tỉnh", ENTER, LEAVE):
            shown = run()
        assert "Năm 2052 nằm ngoài" in shown.err
        assert (office / "Báo cáo NTM 2024.xlsx").exists()

    def test_template_alone_in_a_pipe_tells_what_it_can_do(self):
        shown = run("template")
        assert (shown.code, "--all" in shown.err, "Chỉ dùng một" in shown.err) == (2, True, False)

    def test_any_other_command_can_be_typed_with_or_without_the_program(self, monkeypatch):
        with typing(monkeypatch, "8", "7", 'ntmtrack xem "Mỹ Thuận"', ENTER, "8", "7", "tien do --nam", ENTER, LEAVE):
            shown = run()
        assert "xã Mỹ Thuận (huyện Hòn Đất)" in shown.out
        assert "Không có tuỳ chọn '--nam'" in shown.err

    def test_a_ledger_of_the_units_until_30_6_2025_is_carried_over_by_the_choice_that_is_told(self, monkeypatch):
        told = "“Tra cứu, sửa, việc khác”, “Chuyển sang đơn vị hành chính mới (1/7/2025)”"
        with typing(monkeypatch, "3", "2026", ENTER, "8", "8", ENTER, "3", ENTER, ENTER, "8", "8", LEAVE):
            shown = run()
        lines = [line for line in shown.err.splitlines() if line.startswith("Lệnh vừa chạy: ")]
        assert [line.partition(": ")[2] for line in lines] == [
            "ntmtrack progress --year 2026",
            "ntmtrack rearrange --national",
            "ntmtrack progress --year 2026",  # after which the eighth choice leads back
        ]
        assert f"chuyển sổ sang đơn vị hành chính mới: {told}" in shown.err
        assert "rearrange --national" not in shown.err.replace(lines[1], "")

    def test_what_is_missing_is_taken_in_by_the_choice_that_is_told(self, monkeypatch):
        begin("Kiên Giang", db="cu.db")
        assert run("record", "30836", "--level", "ntm", "--year", "2023", "--db", "cu.db").code == 0
        assert (
            "ntmtrack import TỆP; nếu đã đủ: ntmtrack close-year 2023" in run("progress", "2023", "--db", "cu.db").out
        )
        with typing(monkeypatch, "3", "2023", ENTER, LEAVE):
            shown = run("--db", "cu.db")
        assert "Nhập nốt: “Nhập tệp”" in shown.out
        assert "ntmtrack" not in shown.out

    def test_a_line_to_explain_is_picked_from_the_table_of_its_year_and_asked_for_again(self, monkeypatch):
        with typing(monkeypatch, "6", "3", "2024", "7", "4", "4", ENTER, "6", "3", "2026", ENTER, LEAVE):
            shown = run()
        assert "Không phải mức công nhận, cũng không phải chỉ tiêu của kế hoạch: “4”." in shown.err
        assert 'Lệnh vừa chạy: ntmtrack explain "Xã đạt chuẩn NTM nâng cao" --year 2024' in shown.err
        assert run("explain", "Xã đạt chuẩn NTM nâng cao", "--year", "2024").out in shown.out
        assert "Năm 2026" not in shown.out
        assert "Ngày cuối cùng còn đơn vị: 30/06/2025." in shown.err  # before any line is asked for

    def test_an_interrupt_on_the_way_leads_back_and_at_the_menu_leaves(self, monkeypatch):
        with typing(monkeypatch, "2", CTRL_C, ENTER, "5", CTRL_C, CTRL_C):
            shown = run()
        assert (shown.code, shown.out) == (0, "")
        assert shown.err.count("Đã dừng. Chưa ghi gì.") == 1

    def test_the_ledger_and_the_language_of_the_menu_are_those_of_its_commands(self, office, monkeypatch):
        (office / "so.db").rename(office / "khác.db")
        with typing(monkeypatch, "3", "2024", ENTER, LEAVE):
            shown = run("--db", "khác.db", "--lang", "en")
        assert "The command was: ntmtrack progress --year 2024 --db khác.db --lang en" in shown.err

    def test_a_decision_of_several_units_is_corrected_as_a_whole(self, monkeypatch):
        for units, year in (["Mỹ Lâm"], "2024"), (["son kien", "Sơn Bình"], "2025"):
            decided = ("--decision", "9/QĐ-UBND", "--date", f"5/1/{year}")
            done = run("record", *units, "--level", "nang-cao", "--year", year, *decided)
            assert done.code == 0, done.err
        keys = ("77/QĐ-UBND", "9", "2", "6/1/2025", ENTER, "gõ nhầm ngày", ENTER)
        with typing(monkeypatch, "8", "4", "2", *keys, LEAVE):
            shown = run()
        assert "Sổ không có kết quả công nhận nào theo quyết định 77/QĐ-UBND." in shown.err
        line = 'ntmtrack edit --of-decision 9 --of-date 05/01/2025 --date 6/1/2025 --reason "gõ nhầm ngày"'
        assert f"Lệnh vừa chạy: {line}" in shown.err
        assert ["06/01/2025" in run("show", unit).out for unit in ("son kien", "Sơn Bình")] == [True, True]
        assert "05/01/2024" in run("show", "Mỹ Lâm").out

    def test_what_was_proposed_is_taken_or_refused(self, monkeypatch):
        for unit in ("Mỹ Lâm", "Sơn Bình"):
            assert run("record", unit, "--level", "nang-cao", "--year", "2025", "--as-proposal", who="xa").code == 0
        with typing(monkeypatch, "8", "4", "4", "1", "2", "chưa ký", ENTER, "8", "4", "4", "1", "1", ENTER, LEAVE):
            shown = run()
        lines = [line.partition(": ")[2] for line in shown.err.splitlines() if line.startswith("Lệnh vừa chạy: ")]
        assert lines == ['ntmtrack refuse 2 --reason "chưa ký"', "ntmtrack take 4"]
        assert run("proposals").out.strip() == "Không có đề xuất nào chờ nhận"

    def test_who_remains_is_named_and_a_recognition_revoked(self, monkeypatch):
        revoked = ("Mỹ Lâm", ENTER, "1", "5/1/2025", "9/QĐ-UBND", "rớt chuẩn", ENTER)
        with typing(monkeypatch, "8", "3", "2024", "2", ENTER, "8", "4", "3", *revoked, LEAVE):
            shown = run()
        assert "Lệnh vừa chạy: ntmtrack remaining --year 2024 --level nang-cao" in shown.err
        assert 'ntmtrack revoke "Mỹ Lâm" --level ntm --date 5/1/2025 --decision 9/QĐ-UBND --reason "rớt' in shown.err
        assert "05/01/2025" in run("show", "Mỹ Lâm").out

    def test_every_choice_leads_to_a_command_that_is_there(self, monkeypatch):
        ran = []
        monkeypatch.setattr("ntmtrack.cli.main", lambda argv, session: ran.append([*argv]) or 0)
        choices = [
            ("1",),
            ("2",),
            ("3",),
            ("4", "1", ENTER, ENTER),
            ("5", "1", ENTER),
            ("5", "2", ENTER, ENTER),
            ("5", "4"),
            ("7", ENTER),
        ]
        choices += [("6", str(place)) for place in range(1, 5)]
        choices += [("8", "3", ENTER) if place == 3 else ("8", str(place)) for place in (1, 2, 3, 5, 6)]
        choices += [("8", "4", "1"), ("8", "4", "2", ENTER), ("8", "4", "3")]
        with typing(monkeypatch, *(key for choice in choices for key in (*choice, ENTER)), LEAVE):
            run()
        for argv in ran:
            assert argv[0] in declared()


def test_with_no_ledger_it_offers_to_start_one(office, monkeypatch):
    with typing(monkeypatch, "1", "an giang", ENTER, LEAVE):
        shown = run()
    assert 'Lệnh vừa chạy: ntmtrack init --province "an giang"' in shown.err
    assert (office / "so.db").exists()


def test_the_beginning_of_one_province_alone_is_taken_for_it_and_shown(office, monkeypatch):
    with typing(monkeypatch, "1", "an gi", ENTER, LEAVE):
        shown = run()
    assert "Sẽ ghi: tỉnh An Giang" in shown.err
    assert 'Lệnh vừa chạy: ntmtrack init --province "An Giang"' in shown.err
    assert (office / "so.db").exists()


def test_in_a_pipe_it_is_the_first_page_of_help(office):
    shown = run()
    assert (shown.code, shown.err) == (2, "")
    assert shown.out == run("--help").out


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_first_page_fits_a_window_and_shows_the_ten_of_the_month(lang, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    page = run("--help", "--lang", lang).out
    assert page.count("\n") <= 24
    assert max(map(len, page.splitlines())) <= 80
    assert len(OF_THE_MONTH) == 10
    assert [name for name in OF_THE_MONTH if f"\n  {name}" not in page] == []


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_help_alone_shows_every_command_and_every_page(lang):
    shown = run("help", "--lang", lang).out
    for name in declared():
        other = f", {ALIASES[name]}" if lang == "vi" else ""
        assert f"\n  {name}{other} " in shown
    assert "viec-hang-thang" in shown


class TestVietnameseNames:
    def test_every_command_has_one_of_its_own(self):
        assert set(ALIASES) == {name for name, _command in every_command()} | {
            "roadmap",
            "movement",
            "criteria",
            "server",
        }
        tops = [alias for name, alias in ALIASES.items() if " " not in name]
        groups = {name.partition(" ")[0] for name in ALIASES if " " in name}
        subs = [[alias for name, alias in ALIASES.items() if name.startswith(f"{group} ")] for group in groups]
        for several in (tops, *subs):
            keys = [squeeze(alias) for alias in several]
            assert len(keys) == len(set(keys))
        assert not {*tops} & {*declared()}

    def test_words_for_work_lead_to_commands_and_are_no_names(self):
        assert {name for commands in SAID.values() for name in commands} <= {*declared()}
        assert [word for word in SAID if called(word) or word in declared()] == []

    @pytest.mark.parametrize(
        "words", [["tien-do"], ["tiến-độ"], ["tiến độ"], ["tien do"], ["TIẾN", "ĐỘ"], ["tiendo"], ["tien", "do"]]
    )
    @pytest.mark.usefixtures("demo")
    def test_it_is_understood_however_it_is_spelt(self, words):
        assert run(*words, "--year", "2024").out == run("progress", "--year", "2024").out

    @pytest.mark.usefixtures("demo")
    def test_options_may_stand_before_it_and_groups_have_them_too(self):
        assert run("--lang", "en", "lo-trinh", "xem").out == run("roadmap", "show", "--lang", "en").out

    def test_usage_and_help_are_those_of_the_command(self):
        assert run("ghi", "--help").out == run("record", "--help").out
        assert run("help", "tien-do").out == run("help", "tiến", "độ").out == run("progress", "--help").out
        assert run("help", "lo-trinh").out.startswith("# Lộ trình")
        assert run("ghi", "A").err == run("record", "A").err

    def test_they_are_completed(self, monkeypatch):
        monkeypatch.setenv("_NTMTRACK_COMPLETE", "complete_bash")
        for words, completed in ((["ti"], {"tien-do", "tieu-chi", "tinh-trang"}), (["lo-trinh", "n"], {"new", "nhap"})):
            monkeypatch.setenv("COMP_WORDS", " ".join(["ntmtrack", *words]))
            monkeypatch.setenv("COMP_CWORD", str(len(words)))
            assert {*run().out.split()} == completed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("progres", "ntmtrack progress (tien-do)"),
        ("sao-luuu", "ntmtrack backup (sao-luu)"),
        ("lichsuu", "ntmtrack history (lich-su)"),
        ("bao-cao", "ntmtrack export (xuat)"),
        ("Thống kê", "ntmtrack progress (tien-do) · ntmtrack list (danh-sach)"),
        ("2024", "ntmtrack progress --year 2024"),
        ("D:\\Bảng tính.xlsx", "ntmtrack import 'D:\\Bảng tính.xlsx'"),
        ("so-cu.db", "ntmtrack status --db so-cu.db"),
        ("so.jsonl", "ntmtrack load so.jsonl"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="quoted as a POSIX shell takes it")
def test_what_is_no_command_is_answered_with_the_one_that_is_meant(typed, meant):
    refused = run(typed)
    assert (refused.code, refused.err) == (2, f"Lỗi: Không có lệnh “{typed}”.\n  Có phải ý là: {meant}?\n")


def test_a_group_answers_with_its_own_commands():
    assert "Có phải ý là: ntmtrack roadmap show (xem)?" in run("roadmap", "shw").err
    assert "Xem có những lệnh nào: ntmtrack roadmap --help" in run("roadmap", "qqqqqq").err


def test_a_file_dragged_on_the_program_is_taken_in_when_somebody_says_so(demo, office, monkeypatch):
    file = office / "xã đạt.csv"
    file.write_text("Xã;Mức;Năm\nSơn Bình;NTM nâng cao;2025\n", encoding="utf-8")
    with typing(monkeypatch):
        monkeypatch.setattr("ntmtrack.commands.Session.ask", lambda _self, _question: True)
        taken = run(str(file))
    assert "Đã ghi (thao tác" in taken.err
    with typing(monkeypatch):
        monkeypatch.setattr("ntmtrack.commands.Session.ask", lambda _self, _question: False)
        assert run(str(file)).code == 2


@pytest.mark.slow
@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(("columns", "term"), [(80, "xterm-256color"), (40, "xterm-256color"), (80, "dumb")])
def test_the_menu_at_a_terminal(columns, term):
    typed = "3\r2024\r\r9\r" if term != "dumb" else "3\n2024\n\n\n"
    seen = ESCAPES.sub("", on_a_terminal(columns=columns, typed=typed, TERM=term))
    assert "Cần làm việc gì?" in seen
    assert "Lệnh vừa chạy: ntmtrack progress --year 2024" in seen


def test_two_words_are_taken_together_without_quotation_marks_too(office):
    assert run("thong", "ke", "2024").err == run("thong ke").err


@pytest.mark.of_file("its file is damaged")
def test_a_ledger_that_cannot_be_read_is_told_and_the_menu_goes_on(demo, office, monkeypatch):
    (office / "so.db").write_bytes(b"no ledger at all" * 512)
    plain = run("status")
    assert plain.code
    for choice in (("1",), ("2",), ("3",), ("4", "1"), ("5", "2"), ("6", "3"), ("8", "1"), ("8", "4")):
        with typing(monkeypatch, *choice, LEAVE):
            shown = run()
        assert (shown.code, shown.err) == (0, plain.err), choice
    (office / "so-2026-11-20.db").write_bytes(b"")
    with typing(monkeypatch, "8", "6", CTRL_C, LEAVE):
        assert run().code == 0


def test_an_address_that_is_refused_ends_the_menu(monkeypatch):
    with typing(monkeypatch, LEAVE):
        shown = run("--db", "postgresql://canbo:mat-khau@may-chu/so")
    assert (shown.code, shown.err.startswith("Lỗi: "), "Traceback" in shown.err) == (2, True, False)
