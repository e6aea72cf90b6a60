"""Whose units a plan is held against: the list before a ledger, a list in it, a ledger that tells changes."""

import pytest

from ntmtrack.commands.lint_context import lint_context_of
from ntmtrack.model import Tier
from ntmtrack.storage.open import reading
from tests.linter.making import figure, roadmap
from tests.running import begin, run


def plan(issued="2020-04-08"):
    return roadmap(figure(cumulative=9), issued=issued, scope_code="58", scope_name="tỉnh Ninh Thuận")


def of_ledger(file, **facts):
    with reading(file) as connection:
        return lint_context_of(connection, plan(**facts))


@pytest.fixture
def listed(office):
    """Ninh Thuận, taken from the national list of 30/6/2025."""
    begin("Ninh Thuận")
    return office / "so.db"


def test_without_a_ledger():
    assert lint_context_of(None, plan()).source == "danh mục cả nước ngày 30/6/2025"


def test_a_list_in_a_ledger_is_of_its_own_day(listed):
    held = of_ledger(listed)
    assert (held.source, held.exact) == ("danh mục ngày 30/6/2025 trong sổ", False)
    assert held.totals[Tier.COMMUNE] == 47


def test_the_lists_of_two_days_are_no_history(listed):
    begin("Khánh Hòa", "2026-2030")
    assert not of_ledger(listed).exact


def test_a_unit_added_is_no_history(listed):
    assert run("add-commune", "Phước Mới", "--district", "Ninh Phước").code == 0
    assert not of_ledger(listed).exact


def test_a_ledger_that_tells_changes(office):
    head = "code,name,kind,tier,parent_code,since,until\n58,Ninh Thuận,tỉnh,province,,,\n"
    head += "585,Ninh Sơn,huyện,district,58,,2025-07-01\n"
    rows = "22816,Lâm Sơn,xã,commune,585,,2025-07-01\n22819,Lương Sơn,xã,commune,585,,2023-01-01\n"
    (office / "units.csv").write_text(head + rows, encoding="utf-8")
    taken = run("import", "units.csv", "--yes")
    assert taken.code == 0, taken.out
    before, after = of_ledger(office / "so.db"), of_ledger(office / "so.db", issued="2024-01-01")
    assert (before.source, before.exact) == ("sổ, tính ngược về ngày 08/04/2020", False)
    assert (after.source, after.exact) == ("sổ, ngày 01/01/2024", True)
    assert (before.totals[Tier.COMMUNE], after.totals[Tier.COMMUNE]) == (2, 1)


def test_the_sample_tells_changes(demo):
    with reading(demo) as connection:
        held = lint_context_of(connection, roadmap(figure(cumulative=9), issued="2022-07-12"))
    assert (held.source, held.exact) == ("sổ, ngày 12/07/2022", True)
