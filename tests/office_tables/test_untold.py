"""What a table does not tell, asked for at a terminal: the level and the year that its title speaks of, or others ·
which of several sheets · refused in a pipe, with the options that would tell it."""

import pytest
from openpyxl import Workbook

from ntmtrack.commands import Session
from tests.consoles import typing
from tests.office_tables.reading import recognised, table
from tests.running import run

TITLE = "DANH SÁCH XÃ ĐẠT CHUẨN NÔNG THÔN MỚI NÂNG CAO NĂM 2024"
ROWS = "STT;Tên xã;Huyện;Số QĐ\n1;Mỹ Thuận;Hòn Đất;1/QĐ-UBND\n2;Sơn Bình;Hòn Đất;1/QĐ-UBND\n"


@pytest.fixture(autouse=True)
def of_kien_giang(ledger):
    """Each table is weighed against Kiên Giang's units."""


def answering(monkeypatch, *answers):
    """What is asked with yes or no, answered in turn."""
    asked, left = [], list(answers)
    monkeypatch.setattr(Session, "ask", lambda _self, question: bool(asked.append(question)) or left.pop(0))
    return asked


def test_what_the_title_speaks_of_holds_once_somebody_says_so(office, monkeypatch):
    file = table(office / "a.csv", f"{TITLE}\n\n{ROWS}")
    asked = answering(monkeypatch, True, True)
    with typing(monkeypatch):
        done = run("import", str(file))
    assert asked[0] == "Tiêu đề bảng nói: NTM nâng cao, năm 2024. Mọi dòng đều như vậy?"
    assert "--year 2024 --level nang-cao" in done.err
    assert {level for _name, level, _year in recognised()} == {"nang-cao"}


def test_else_level_and_year_are_asked_for(office, monkeypatch):
    file = table(office / "a.csv", f"{TITLE}\n\n{ROWS}")
    answering(monkeypatch, False, True)
    with typing(monkeypatch, "2023", "ntm"):
        done = run("import", str(file))
    assert "--year 2023 --level ntm" in done.err
    assert "Mỹ Thuận" in run("list", "--level", "ntm", "--year", "2023").out


def test_which_of_several_sheets(office, monkeypatch):
    book = Workbook()
    for name, rows in (("Một", ROWS), ("Hai", ROWS.replace("Mỹ Thuận", "Sơn Kiên").replace("Sơn Bình", "Bình Sơn"))):
        sheet = book.create_sheet(name)
        for line in (TITLE, "", *rows.splitlines()):
            sheet.append(line.split(";"))
    book.save(office / "a.xlsx")
    assert "--all-sheets" in run("import", "a.xlsx").err
    answering(monkeypatch, True)
    with typing(monkeypatch, "1"):
        done = run("import", "a.xlsx")
    assert "ntmtrack import a.xlsx --all-sheets" in done.err
    assert len({name for name, _level, _year in recognised()}) == 4


def test_in_a_pipe_the_options_are_named(office):
    refused = run("import", str(table(office / "a.csv", f"{TITLE}\n\n{ROWS}")))
    assert (refused.code, "--level nang-cao --year 2024" in refused.err) == (3, True)
    assert recognised() == []
