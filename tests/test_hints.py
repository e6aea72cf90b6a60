"""Hints of refusals: each proposes options that the refusing command has, and commands that there are.

Every refusal of every test is held against that (`tests/running.py`); here are the ones that the others do not meet.
"""

import shlex

import pytest

from tests.hints import untrue
from tests.running import begin, run

REFUSED = "Lỗi: Không được.\n  {hint}\n"


@pytest.mark.parametrize(
    ("hint", "wrong"),
    [
        ("Xem lại --date và --reason.", 0),
        ("Xem lại --date và --announced.", 1),
        ("Ghi: ntmtrack record --announced 2024   hoặc thêm --reason", 0),
        ("Ghi: ntmtrack record --announced 2024 --reason", 1),
        ("Ghi: ntmtrack roadmap show KHOÁ   ntmtrack roadmap shaw KHOÁ", 1),
        ("Ghi -o tệp.csv", 1),
    ],
)
def test_what_is_not_there_is_found(hint, wrong):
    assert len(untrue(["revoke", "X", "--announced"], REFUSED.format(hint=hint))) == wrong


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    "argv",
    [
        ["revoke", "Mỹ Thuận", "--level", "ntm", "--date", "1/1/2030"],
        ["record", "Mỹ Thuận", "--level", "ntm", "--year", "2024", "--announced", "1/1/2030"],
        ["progress", "--year", "1990"],
        ["close-year", "1990"],
        ["publish", "--year", "1990"],
        ["backup", "ntmtrack-demo.db/ban-sao.db"],
        ["roadmap", "show"],
        ["roadmap", "export", "x.xlsx"],
    ],
    ids=lambda argv: " ".join(argv[:2]),
)
def test_no_refusal_names_what_its_command_lacks(argv):
    run(*argv)


@pytest.mark.usefixtures("demo")
def test_a_copy_that_cannot_be_written_is_not_told_of_the_ledger():
    refused = run("backup", "ntmtrack-demo.db/ban-sao.db")
    assert refused.code == 6
    assert "ghi bản sao ra chỗ khác" in refused.err
    assert "--db" not in refused.err


class TestAYearAfterTheMap:
    """A ledger of the units up to 30/6/2025, asked about a later year: the way on can be copied."""

    @pytest.mark.parametrize("of", [["Kiên Giang"], ["Thừa Thiên Huế"], ["An Giang"], ["Kiên Giang", "Lai Châu"]])
    def test_the_way_on_leads_there(self, office, of):
        for name in of:
            run("init", "--province", name, "--programme", "2021-2025")
        refused = run("progress", "--year", "2026")
        argv = shlex.split(refused.err.partition("ntmtrack ")[2].strip())
        assert argv == ["rearrange", "--national"]
        assert run(*argv, "--yes").code == 0
        assert run("progress", "--year", "2026").code == 0


SECOND = ("--level", "ntm", "--year", "2026")
WITH_MORE = ("--decision", "15/QĐ-UBND", "--date", "5/2/2026", "--issuer", "UBND tỉnh", "--note", 'bản "gốc" ở tủ 2')


@pytest.mark.parametrize("more", [WITH_MORE, ("--announced", "2/2026"), ("--decision", "15/QĐ-UBND ngày 5/2/2026")])
def test_what_a_second_record_adds_is_added_by_the_command_that_the_refusal_tells(office, more):
    begin("Lai Châu", "2026-2030")
    assert run("record", "Bản Bo", "Khun Há (mới)", *SECOND).code == 0
    assert run("record", "Bản Bo", *SECOND, "--set", "2021-2025").code == 0  # of the same year, by another set
    refused = run("record", "Bản Bo", "Khun Há (mới)", "Tả Lèng", *SECOND, *more)
    assert refused.code == 1
    hint = refused.err.splitlines()[1]
    assert run(*shlex.split(hint.split("ntmtrack ")[1])).code == 0, hint
    again = run("record", "Bản Bo", *SECOND, *more)
    assert "Xem: ntmtrack show" in again.err  # nothing is left to be added


def test_a_second_record_that_tells_otherwise_is_no_addition(demo):
    told = ("Mỹ Thuận", "--level", "ntm")
    assert run("record", *told, "--year", "1999", "--decision", "1/QĐ-UBND").code == 1
    assert "ntmtrack edit" not in run("record", *told, "--year", "2023", "--decision", "1/QĐ-UBND").err
