"""Hints of refusals: each proposes options that the refusing command has, and commands that there are.

Every refusal of every test is held against that (`tests/running.py`); here are the ones that the others do not meet.
"""

import shlex
from datetime import UTC, datetime

import pytest

from ntmtrack.units.gazetteer import BEFORE_JULY_2025, FROM_JULY_2025, joined_into, province, provinces
from tests.hints import untrue
from tests.running import run

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

    NOW = datetime(2026, 8, 1, tzinfo=UTC)

    @pytest.mark.parametrize("of", ["Kiên Giang", "Thừa Thiên Huế", "An Giang"])
    def test_the_way_on_leads_there(self, office, of):
        run("init", "--province", of)
        refused = run("progress", "--year", "2026", now=self.NOW)
        line = refused.err.partition("ntmtrack ")[2].strip()
        argv = shlex.split(line)
        assert run(*argv, now=self.NOW).code == 0
        assert run("progress", "--year", "2026", "--db", argv[-1], now=self.NOW).code == 0

    def test_of_every_province(self):
        for before in provinces(BEFORE_JULY_2025):
            now = joined_into(before.code)
            assert now
            assert province(FROM_JULY_2025, now.name)[0] == now

    def test_of_units_of_ones_own_nothing_is_proposed(self, office):
        run("init", "--province", "Kiên Giang")
        run("init", "--province", "Lai Châu")
        refused = run("progress", "--year", "2026", now=self.NOW).err
        assert "thêm đơn vị trước" in refused
        assert "init" not in refused
