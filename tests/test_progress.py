"""The computation, alone: the status rule · rounding · the identities that must always hold · the plan of a year."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmtrack.counts import ABSENT, Path, added, illustrative, ladder, lost, reached, total
from ntmtrack.model import Roadmap, Target, Tier
from ntmtrack.programmes import programme
from ntmtrack.progress import Status, by_name, percent, plan_for, status

PERIOD = programme("2021-2025")


@pytest.mark.parametrize(
    ("actual", "plan", "base", "expected"),
    [
        (116, 114, 79, Status.AHEAD),
        (90, 90, 79, Status.REACHED),
        (8, 9, 3, Status.CLOSE),
        (108, 113, 79, Status.CLOSE),  # 95,6 % of the plan
        (0, 1, 0, Status.CLOSE),  # one unit short
        (36, 40, 30, Status.LATE),  # 6 of 10 made, exactly 60 %, and 90 % of the plan
        (35, 40, 30, Status.VERY_LATE),
        (5, 24, 0, Status.VERY_LATE),
        (2, 5, 5, Status.VERY_LATE),  # fell below a plan that was only to hold
        (3, None, 0, Status.NO_PLAN),
    ],
)
def test_the_status_rule(actual, plan, base, expected):
    assert status(actual, plan, base) is expected


@pytest.mark.parametrize(
    ("count", "of", "printed"),
    [(90, 116, "77.59"), (108, 116, "93.10"), (54, 94, "57.45"), (1, 800, "0.13"), (1, 8, "12.50"), (0, 5, "0.00")],
)
def test_per_cent_is_rounded_half_up_once(count, of, printed):
    assert percent(Fraction(count, of)) == Decimal(printed)
    assert str(percent(Fraction(count, of))) == printed


@st.composite
def paths(draw):
    standing = st.integers(ABSENT, 3)
    sourced = st.integers(0, 3)
    rows = []
    for _ in range(draw(st.integers(0, 12))):
        standings = tuple(draw(st.lists(standing, min_size=4, max_size=4)))
        real = tuple(min(one, draw(sourced)) for one in standings)
        rows.append(Path(Tier.COMMUNE, standings, real, standings, draw(st.integers(1, 50))))
    return rows


@given(paths())
def test_cumulative_is_last_year_plus_added_less_lost(rows):
    for at in range(1, 4):
        for rank in (1, 2, 3):
            before, now = (reached(rows, Tier.COMMUNE, rank, place) for place in (at - 1, at))
            assert now == before + added(rows, Tier.COMMUNE, rank, at) - lost(rows, Tier.COMMUNE, rank, at)


@given(paths())
def test_higher_levels_are_never_more_and_shares_stay_within_one(rows):
    for at in range(4):
        counts = [total(rows, Tier.COMMUNE, at), *(reached(rows, Tier.COMMUNE, rank, at) for rank in (1, 2, 3))]
        assert counts == sorted(counts, reverse=True)


@given(paths())
def test_the_highest_level_view_adds_up_to_the_at_least_view(rows):
    for at in range(4):
        steps = ladder(rows, Tier.COMMUNE, PERIOD, at).steps
        assert sum(steps) == total(rows, Tier.COMMUNE, at)
        for rank in (1, 2, 3):
            assert sum(steps[rank:]) == reached(rows, Tier.COMMUNE, rank, at)
            assert 0 <= illustrative(rows, Tier.COMMUNE, rank, at) <= reached(rows, Tier.COMMUNE, rank, at)


def plan_of(*targets):
    from datetime import date

    return Roadmap("k", "t", "1/KH", date(2022, 1, 1), "UBND", "2021-2025", "91", "tỉnh", 2020, targets)


def test_the_plan_of_a_year_is_what_is_printed_for_it():
    yearly = plan_of(
        Target(Tier.COMMUNE, "ntm", 2025, span="period", cumulative=116),
        Target(Tier.COMMUNE, "ntm", 2023, cumulative=113),
        Target(Tier.COMMUNE, "ntm", 2024, cumulative=114),
    )
    assert plan_for(yearly, Tier.COMMUNE, "ntm", 2024).cumulative == 114
    assert plan_for(yearly, Tier.COMMUNE, "ntm", 2022) is None
    assert plan_for(yearly, Tier.COMMUNE, "kieu-mau", 2024) is None


def test_a_plan_without_yearly_figures_is_compared_with_its_final_target():
    final = plan_of(Target(Tier.COMMUNE, "ntm", 2025, span="period", cumulative=54, percent="57,5"))
    assert plan_for(final, Tier.COMMUNE, "ntm", 2022).cumulative == 54


def test_by_name_the_count_can_match_while_the_list_does_not():
    level = PERIOD.level("ntm")
    found = by_name(Tier.DISTRICT, level, ["A", "B"], now=["A", "C", "old"], at_base=["old"])
    assert (found.reached, found.late, found.beyond) == (("A",), ("B",), ("C",))
