"""`roadmap new`: a plan from the bare table of an office, its head by options or asked for one by one."""

import sys
from pathlib import Path

import pytest

from ntmtrack.commands import Session
from ntmtrack.commands.roadmap import read_plan
from tests.running import begin, run

TABLE = """PHỤ LỤC: KẾ HOẠCH 2026-2030;;;;
TT;Năm;Chỉ tiêu;Trong năm;Luỹ kế
1;2026;Số xã đạt chuẩn NTM;3;3
2;;Xã NTM hiện đại;0;0
3;;Duy trì xã NTM nâng cao;;1
4;2027;Số xã đạt chuẩn NTM;+5 xã;8
5;2030;Số xã đạt chuẩn NTM;;≥ 24
;Tổng cộng;;8;
"""
HEAD = ("--number", "12/KH-UBND", "--date", "3/2026", "--title", "Kế hoạch 2026-2030")


@pytest.fixture
def lai_chau(office):
    begin("Lai Châu", "2026-2030")
    Path("bang.csv").write_text(TABLE, encoding="utf-8")


def answering(monkeypatch, *answers):
    """Somebody at a terminal who types these answers, then nothing more."""
    typed = iter(answers)
    monkeypatch.setattr(Session, "can_ask", True)
    monkeypatch.setattr(sys, "stdin", type("Typed", (), {"readline": staticmethod(lambda: next(typed, "") + "\n")}))


@pytest.mark.usefixtures("lai_chau")
class TestOptions:
    @pytest.mark.parametrize("ending", ["xlsx", "csv", "toml"])
    def test_the_plan_of_a_table(self, ending):
        done = run("roadmap", "new", f"lt.{ending}", "--table", "bang.csv", *HEAD)
        assert (done.code, "5 con số" in done.err) == (0, True)
        plan = read_plan(Path(f"lt.{ending}"))
        assert (plan.number, plan.issued_on, plan.title) == ("12/KH-UBND", "2026-03", "Kế hoạch 2026-2030")
        assert (plan.issuer, plan.scope_code, plan.base_year) == ("UBND tỉnh Lai Châu", "12", 2025)
        figures = [(one.measure, one.year, one.added, one.cumulative, one.operator) for one in plan.targets]
        assert figures == [
            ("ntm", 2026, 3, 3, "="),
            ("hien-dai", 2026, 0, 0, "="),
            ("nang-cao", 2026, None, 1, ">="),
            ("ntm", 2027, 5, 8, "="),
            ("ntm", 2030, None, 24, ">="),
        ]
        assert [one.hold for one in plan.targets].count(True) == 1
        assert plan.targets[1].cite == "bảng bang.csv, dòng 4"
        assert run("roadmap", "import", f"lt.{ending}").code == 0

    def test_what_is_missing_is_named_at_once(self):
        refused = run("roadmap", "new", "lt.xlsx", "--table", "bang.csv")
        assert refused.code == 2
        assert 'Số hiệu, Ngày ban hành, Tên.\n  Thêm: --number "…" --date … --title "…"' in refused.err
        assert not Path("lt.xlsx").exists()

    def test_a_blank_form_takes_what_is_told(self):
        assert run("roadmap", "new", "lt.xlsx", *HEAD, "--base-year", "2024", "--issuer", "UBND tỉnh").code == 0
        refused = run("roadmap", "show", "lt.xlsx")
        assert "Số hiệu" not in refused.err

    @pytest.mark.parametrize(
        ("before", "after", "cell", "said"),
        [
            ("Xã NTM hiện đại", "Xã siêu đẹp", "C4", "không rõ “Xã siêu đẹp”"),
            (";2027;", ";2019;", "B6", "nằm ngoài giai đoạn 2026-2030"),
            ("+5 xã", "nhiều", "D6", "ghi số đơn vị"),
            ("Trong năm;Luỹ kế", "Trong năm;Vu vơ", "E2", "không rõ tiêu đề cột “Vu vơ”"),
            ("Năm;Chỉ tiêu;Trong năm;Luỹ kế", "Tên;;;", "", "không có hàng tiêu đề cột Chỉ tiêu, Năm"),
        ],
    )
    def test_what_is_wrong_is_told_with_its_cell(self, before, after, cell, said):
        Path("bang.csv").write_text(TABLE.replace(before, after), encoding="utf-8")
        refused = run("roadmap", "new", "lt.xlsx", "--table", "bang.csv", *HEAD)
        assert refused.code == 3
        assert cell in refused.err
        assert said in refused.err
        assert not Path("lt.xlsx").exists()

    def test_neither_another_ending_nor_another_file_is_written(self):
        Path("lt.xlsx").write_text("của người khác", encoding="utf-8")
        assert run("roadmap", "new", "lt.xlsx", "--table", "bang.csv", *HEAD).code != 0
        assert Path("lt.xlsx").read_text(encoding="utf-8") == "của người khác"
        assert run("roadmap", "new", "lt.pdf", "--table", "bang.csv", *HEAD).code == 2


def test_communes_or_districts_must_be_told_where_both_are_counted(office):
    begin("Lai Châu")
    rows = ("Năm;Chỉ tiêu;Trong năm;Luỹ kế", "2024;Số xã đạt chuẩn NTM;3;40", "2024;Huyện đạt chuẩn NTM;1;2")
    table = "\n".join((*rows, "2024;NTM nâng cao;1;2"))
    Path("bang.csv").write_text(table, encoding="utf-8")
    head = ("--number", "12/KH-UBND", "--date", "3/2022", "--title", "Kế hoạch", "--year", "2024")
    refused = run("roadmap", "new", "lt.xlsx", "--table", "bang.csv", *head)
    assert "ô B4: chưa rõ đếm xã hay huyện" in refused.err
    Path("bang.csv").write_text(table.replace("NTM nâng cao", "Xã NTM nâng cao"), encoding="utf-8")
    assert run("roadmap", "new", "lt.toml", "--table", "bang.csv", *head).code == 0
    assert [target.tier for target in read_plan(Path("lt.toml")).targets] == ["commune", "district", "commune"]


@pytest.mark.usefixtures("lai_chau")
class TestOnATerminal:
    def test_each_is_asked_for_and_asked_again(self, monkeypatch):
        answering(monkeypatch, "12/KH-UBND", "", "32/3/2026", "15/3/2026", "", "Kế hoạch thử")
        asked = run("roadmap", "new", "lt.toml", "--table", "bang.csv")
        assert asked.code == 0
        assert "Không phải ngày tháng: “32/3/2026”" in asked.err
        plan = read_plan(Path("lt.toml"))
        assert (plan.number, plan.issuer, plan.issued_on) == ("12/KH-UBND", "UBND tỉnh Lai Châu", "2026-03-15")
        assert (plan.base_year, plan.title) == (2025, "Kế hoạch thử")

    def test_what_is_told_by_an_option_is_not_asked(self, monkeypatch):
        answering(monkeypatch, "", "")
        asked = run("roadmap", "new", "lt.toml", "--table", "bang.csv", *HEAD)
        assert asked.code == 0
        assert "Số hiệu" not in asked.err

    def test_no_answer_is_none(self, monkeypatch):
        answering(monkeypatch)
        refused = run("roadmap", "new", "lt.toml", "--table", "bang.csv")
        assert (refused.code, "Số hiệu, Ngày ban hành, Tên" in refused.err) == (2, True)

    def test_whose_plan_it_is_where_several_provinces_are_held(self, monkeypatch, office):
        begin("An Giang", "2026-2030")
        answering(monkeypatch, "tỉnh Lai Châu", "12/KH-UBND", "", "2026", "", "Kế hoạch thử")
        assert run("roadmap", "new", "lt.toml", "--table", "bang.csv").code == 0
        assert read_plan(Path("lt.toml")).scope_name == "tỉnh Lai Châu"
