"""The computation, alone: the status rule · what a target asks for in units · rounding · the approved path · the
identities that must always hold · the plan of a year · by name."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntmtrack.model import Tier
from ntmtrack.programmes import programme
from ntmtrack.progress import (
    ABSENT,
    Standings,
    at_least,
    count_by_highest,
    highest,
    illustrative,
    movement,
    reached,
    total,
)
from ntmtrack.progress.compute import LineQuestion, line_at, lines_at, plain_line
from ntmtrack.progress.plan import (
    Point,
    compare_names,
    months_ahead,
    plan_for,
    planned,
    required_pace,
    time_of_day_end,
    time_of_year_end,
)
from ntmtrack.progress.status import Goal, Origin, Status, goal_for, status_of
from ntmtrack.reports.plan_words import goal_words
from ntmtrack.roadmaps import Target
from ntmtrack.roadmaps.shares import percent

PERIOD = programme("2021-2025")


def at_least_goal(plan):
    return None if plan is None else Goal(plan, None, Origin.PRINTED)


@pytest.mark.parametrize(
    ("actual", "plan", "base", "expected"),
    [
        (116, 114, 79, Status.AHEAD),
        (90, 90, 79, Status.REACHED),
        (8, 9, 3, Status.CLOSE),
        (108, 113, 79, Status.CLOSE),  # 95,6 % of the plan
        (4, 5, 4, Status.CLOSE),  # one short of 5
        (0, 1, 0, Status.VERY_LATE),  # one short, but of 1: nothing was done
        (3, 4, 0, Status.LATE),  # one short of 4: three quarters of the way
        (3, 4, 3, Status.VERY_LATE),
        (36, 40, 30, Status.LATE),  # 6 of 10 made, exactly 60 %, and 90 % of the plan
        (35, 40, 30, Status.VERY_LATE),
        (5, 24, 0, Status.VERY_LATE),
        (2, 5, 5, Status.VERY_LATE),  # fell below a plan that was only to hold
        (3, None, 0, Status.NO_PLAN),
        (0, 0, 0, Status.REACHED),
    ],
)
def test_the_status_rule(actual, plan, base, expected):
    assert status_of(actual, at_least_goal(plan), base) is expected


@pytest.mark.parametrize(
    ("actual", "most", "base", "expected"),
    [
        (3, 4, 20, Status.AHEAD),
        (4, 4, 20, Status.REACHED),
        (6, 5, 20, Status.CLOSE),  # one too many for 5
        (5, 4, 20, Status.LATE),  # one too many for 4: 15 of 16 gone
        (1, 0, 1, Status.VERY_LATE),
        (105, 100, 200, Status.CLOSE),  # 100 is 95,2 % of 105
        (10, 4, 20, Status.LATE),  # 10 of 16 gone: 62,5 %
        (11, 4, 20, Status.VERY_LATE),  # 9 of 16: 56,3 %
        (0, 0, 5, Status.REACHED),
    ],
)
def test_the_status_rule_is_mirrored_for_at_most(actual, most, base, expected):
    assert status_of(actual, Goal(None, most, Origin.PRINTED), base) is expected


@pytest.mark.parametrize(
    ("actual", "expected"),
    [(0, Status.VERY_LATE), (1, Status.REACHED), (2, Status.REACHED), (3, Status.AHEAD)],
)
def test_inside_a_range_is_reached(actual, expected):
    assert status_of(actual, Goal(1, 2, Origin.PRINTED), 0) is expected


@pytest.mark.parametrize(
    ("figures", "low", "high"),
    [
        ({"cumulative": 40, "percent": "34,48"}, 40, None),  # the printed cumulative governs
        ({"cumulative": 112, "operator": ">="}, 112, None),
        ({"cumulative": 49, "operator": ">"}, 50, None),
        ({"cumulative": 4, "operator": "<="}, None, 4),
        ({"cumulative": 5, "operator": "<"}, None, 4),  # so 5 is one too many of 4, which is not close
        ({"cumulative": 1, "cumulative_high": 2, "operator": "range"}, 1, 2),
        ({"percent": "77,59"}, 90, None),  # 90/116 = 77,586… rounds to it
        ({"percent": "100"}, 116, None),
        ({"percent": "55"}, 64, None),  # 63,8: a round per cent is reached by 64, not by what rounds to it
        ({"percent": "40", "operator": "about"}, 46, None),  # 46,4; 46 is 39,7 %
        ({"percent": "20", "operator": ">"}, 24, None),  # 23,2: 24 is the first above
        ({"percent": "25", "operator": ">"}, 30, None),  # exactly 29 is not more than 25 %
        ({"percent": "25", "operator": ">="}, 29, None),
        ({"percent": "80", "operator": ">="}, 93, None),  # 92,8
        ({"percent": "10", "operator": "<="}, None, 11),  # 11,6
        ({"percent": "10", "percent_high": "20", "operator": "range"}, 12, 23),
        ({"percent": "9,48", "percent_high": "20,69", "operator": "range"}, 11, 24),  # 11 and 24 of 116, as printed
        ({"percent": "10,34", "percent_high": "10,35", "operator": "range"}, 12, None),  # one number alone
        ({"percent": "20,69", "operator": "<="}, None, 24),
        ({"percent": "20,69", "operator": ">"}, 25, None),
        ({"percent": "0", "operator": "about"}, 0, None),
        # 114 of 116 is 98,3 %, 115 is 99,1 %
        ({"percent": "98,4", "percent_high": "98,6", "operator": "range"}, "nothing", None),
        ({"added": 5, "span": "period"}, 84, None),  # 79 + 5
        ({"value": "1,5"}, "nothing", None),
        ({"percent": "50", "share_of": "other"}, "nothing", None),
    ],
)
def test_what_a_target_asks_for_of_116(figures, low, high):
    target = Target(Tier.COMMUNE, "ntm", 2025, **figures)
    found = goal_for(target, {"all": 116}, (), 79)
    assert found is None if low == "nothing" else (found.low, found.high) == (low, high)


@given(st.integers(1, 5000), st.integers(0, 1000), st.sampled_from(["=", ">=", ">", "<=", "about"]), st.booleans())
def test_a_per_cent_asks_for_the_first_number_that_satisfies_it(base, tenths, operator, decimal_):
    printed = f"{tenths // 10},{tenths % 10}" if decimal_ else str(tenths // 10)
    found = goal_for(Target(Tier.COMMUNE, "ntm", 2025, percent=printed, operator=operator), {"all": base}, (), 0)
    step = Fraction(1, 10) if decimal_ else Fraction(1)
    asked = Fraction(printed.replace(",", "."))

    def satisfies(count):
        share = Fraction(100 * count, base)
        if decimal_ or operator == "about":  # as it is printed, half up
            share = (share / step + Fraction(1, 2)).__floor__() * step
        return {">": share > asked, "<=": share <= asked}.get(operator, share >= asked)

    if found.either is not None:
        assert (operator, decimal_, found.either) == ("=", True, found.low + 1)
        assert (satisfies(found.low), satisfies(found.either)) == (False, True)
    elif operator == "<=":
        assert (satisfies(found.high), satisfies(found.high + 1)) == (True, False)
    else:
        assert (satisfies(found.low), found.low == 0 or satisfies(found.low - 1)) == (True, found.low == 0)


def test_no_whole_number_of_94_is_57_5_per_cent_so_both_beside_it_may_be_meant():
    found = goal_for(Target(Tier.COMMUNE, "ntm", 2025, percent="57,5"), {"all": 94}, (), 0)
    assert (found.low, found.either) == (54, 55)
    assert [one.low for one in found.readings] == [54, 55]


@pytest.mark.parametrize(
    ("reached", "expected"),
    [(53, Status.CLOSE), (54, Status.NOT_CONCLUDED), (55, Status.NOT_CONCLUDED), (56, Status.AHEAD)],
)
def test_between_two_whole_numbers_nothing_is_concluded_that_one_of_them_denies(reached, expected):
    figures = [Target(Tier.COMMUNE, "ntm", 2025, percent="57,5")]
    rows = [
        Standings(Tier.COMMUNE, (0, 0, 0, 1), (0, 0, 0, 1), (0, 0, 0, 1), reached),
        Standings(Tier.COMMUNE, (0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0), 94 - reached),
    ]
    asked = WHEN._replace(year=2025, day=date(2025, 12, 31))
    line = line_at(rows, PERIOD, plain_line(Tier.COMMUNE, "ntm"), figures, asked)
    assert (line.status, line.goal, line.gap) == (expected, None, None)


class TestDue:
    """A verdict is passed on the day on which a target is due, and not before."""

    def line(self, day, year=2025, **figures):
        rows = [
            Standings(Tier.COMMUNE, (0, 0, 0, 1), (0, 0, 0, 1), (0, 0, 0, 1), 8),
            Standings(Tier.COMMUNE, (0, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0), 12),
        ]
        targets = [Target(Tier.COMMUNE, "ntm", year, **figures)]
        asked = WHEN._replace(year=day.year, day=day)
        return line_at(rows, PERIOD, plain_line(Tier.COMMUNE, "ntm"), targets, asked)

    @pytest.mark.parametrize(
        ("day", "due", "expected"),
        [
            (date(2024, 12, 31), None, Status.NOT_DUE),
            (date(2025, 12, 30), None, Status.NOT_DUE),
            (date(2025, 12, 31), None, Status.VERY_LATE),
            (date(2025, 9, 29), "2025-09-30", Status.NOT_DUE),
            (date(2025, 9, 30), "2025-09-30", Status.VERY_LATE),
        ],
    )
    def test_the_day(self, day, due, expected):
        assert self.line(day, cumulative=14, due_on=due).status is expected

    def test_what_is_left_of_a_later_target(self):
        line = self.line(date(2023, 12, 31), cumulative=14)
        assert (line.gap, line.points, line.left) == (None, None, (6, 6))
        assert (line.share_reached, line.pace_left) == ((Fraction(4, 7), Fraction(4, 7)), (3, 3))
        shown = line.in_its_year
        assert (shown.plan, shown.goal, shown.status) == (None, None, Status.NOT_DUE)

    def test_of_at_most_what_is_too_many(self):
        line = self.line(date(2023, 12, 31), operator="<=", cumulative=5)
        assert (line.status, line.left, line.share_reached) == (Status.NOT_DUE, (3, 3), None)

    def test_the_target_of_an_earlier_year_is_judged_apart(self):
        line = self.line(date(2024, 12, 31), year=2023, cumulative=8)
        assert (line.status, line.gap, line.in_its_year.status) == (Status.REACHED, 0, Status.NO_PLAN)


@given(st.integers(1, 400), st.data())
def test_a_per_cent_printed_from_a_count_asks_for_that_count(base, data):
    count = data.draw(st.integers(0, base))
    printed = str(percent(Fraction(count, base))).replace(".", ",")
    assert goal_for(Target(Tier.COMMUNE, "ntm", 2025, percent=printed), {"all": base}, (), 0).low == count


@pytest.mark.parametrize(
    ("count", "of", "printed"),
    [(90, 116, "77.59"), (108, 116, "93.10"), (54, 94, "57.45"), (1, 800, "0.13"), (1, 8, "12.50"), (0, 5, "0.00")],
)
def test_per_cent_is_rounded_half_up_once(count, of, printed):
    assert percent(Fraction(count, of)) == Decimal(printed)
    assert str(percent(Fraction(count, of))) == printed


KH_168 = [Point(time_of_year_end(year), units) for year, units in ((2020, 79), (2021, 90), (2022, 101), (2023, 113))]
KH_168 += [Point(time_of_year_end(2024), 114), Point(time_of_year_end(2025), 116)]


@pytest.mark.parametrize(
    ("actual", "day", "months"),
    [
        (113, date(2023, 12, 31), "0"),
        (112, date(2023, 12, 31), "-1"),  # a twelfth of the 12 of 2023
        (101, date(2023, 12, 31), "-12"),
        (114, date(2023, 12, 31), "12"),
        (115, date(2024, 12, 31), "6"),
        (116, date(2024, 12, 31), "12"),
        (117, date(2024, 12, 31), "12"),  # beyond the plan: as far as its end
        (78, date(2024, 12, 31), None),  # the path never had so few
        (116, date(2026, 6, 30), "0"),
        (114, date(2026, 12, 31), "-24"),
    ],
)
def test_months_ahead_of_the_approved_path(actual, day, months):
    found = months_ahead(KH_168, actual, day)
    assert found == (None if months is None else Fraction(months))


def test_on_a_level_stretch_the_plan_is_met_all_along():
    level = [Point(time_of_year_end(2022), 1), Point(time_of_year_end(2023), 1), Point(time_of_year_end(2024), 4)]
    assert months_ahead(level, 1, date(2023, 6, 30)) == 0
    assert months_ahead(level, 1, date(2024, 12, 31)) == -12  # it ought to have left 1 at the end of 2023
    assert months_ahead(level, 2, date(2022, 12, 31)) == 16


@given(
    st.lists(st.integers(0, 9), min_size=2, max_size=6),
    st.integers(0, 60),
    st.dates(date(2021, 1, 1), date(2028, 1, 1)),
)
def test_the_sign_of_the_months_is_that_of_the_gap(steps, actual, day):
    units = [sum(steps[: place + 1]) for place in range(len(steps))]
    path = [Point(time_of_year_end(2020 + place), count) for place, count in enumerate(units)]
    asked, months = planned(path, time_of_day_end(day)), months_ahead(path, actual, day)
    assert asked is not None
    if months is None:
        assert actual < units[0]
    elif actual < asked:
        assert months < 0
    else:
        assert months >= 0


def test_the_pace_that_is_needed():
    assert required_pace(30, date(2023, 12, 31), 2025) == 15
    assert required_pace(0, date(2023, 12, 31), 2025) == 0
    assert required_pace(-3, date(2026, 12, 31), 2025) == 0
    assert required_pace(3, date(2025, 12, 31), 2025) is None


@st.composite
def paths(draw):
    standing = st.integers(ABSENT, 3)
    sourced = st.integers(0, 3)
    rows = []
    for _ in range(draw(st.integers(0, 12))):
        standings = tuple(draw(st.lists(standing, min_size=4, max_size=4)))
        real = tuple(min(one, draw(sourced)) for one in standings)
        rows.append(Standings(Tier.COMMUNE, standings, real, standings, draw(st.integers(1, 50))))
    return rows


@given(paths(), st.booleans())
def test_cumulative_is_last_year_plus_added_less_lost(rows, exactly):
    for at in range(1, 4):
        for rank in (1, 2, 3):
            holds = highest([rank]) if exactly else at_least(rank)
            before, now = (reached(rows, Tier.COMMUNE, holds, place) for place in (at - 1, at))
            moved = movement(rows, Tier.COMMUNE, rank, holds, at)
            assert now == before + moved.added - moved.lost
            assert 0 <= moved.appeared <= moved.added
            assert 0 <= moved.ended <= moved.lost


@given(paths())
def test_higher_levels_are_never_more_and_shares_stay_within_one(rows):
    for at in range(4):
        counts = [reached(rows, Tier.COMMUNE, at_least(rank), at) for rank in (1, 2, 3)]
        counts = [total(rows, Tier.COMMUNE, at), *counts]
        assert counts == sorted(counts, reverse=True)


@given(paths())
def test_the_highest_level_view_adds_up_to_the_at_least_view(rows):
    for at in range(4):
        steps = count_by_highest(rows, Tier.COMMUNE, PERIOD, at).steps
        assert sum(steps) == total(rows, Tier.COMMUNE, at)
        for rank in (1, 2, 3):
            held = at_least(rank)
            assert sum(steps[rank:]) == reached(rows, Tier.COMMUNE, held, at)
            assert steps[rank] == reached(rows, Tier.COMMUNE, highest([rank]), at)
            assert 0 <= illustrative(rows, Tier.COMMUNE, held, at) <= reached(rows, Tier.COMMUNE, held, at)


WHEN = LineQuestion(2024, date(2024, 12, 31), at=3, base=0, base_year=2021)


@given(paths(), st.integers(0, 300), st.integers(1, 300))
def test_the_measures_of_a_line_agree_with_each_other(rows, plan, per_cent_of):
    figures = [
        Target(Tier.COMMUNE, "nang-cao", 2023, added=1, cumulative=plan),
        Target(Tier.COMMUNE, "nang-cao", 2024, added=2, cumulative=plan + 2, total=per_cent_of),
    ]
    line = line_at(rows, PERIOD, plain_line(Tier.COMMUNE, "nang-cao"), figures, WHEN)
    if line.actual is None:
        assert (line.status, line.gap, line.share) == (Status.NO_DATA, None, None)
        return
    actual = line.actual
    assert line.gap == actual.reached - (plan + 2)
    assert line.share == Fraction(actual.reached, actual.total)
    assert line.points == line.share - Fraction(plan + 2, per_cent_of)
    assert line.completion * (plan + 2) == actual.reached
    assert line.year_completion == Fraction(actual.added, 2)
    if line.from_baseline is not None:
        assert line.from_baseline * (plan + 2 - actual.start) == actual.reached - actual.start
    assert (line.gap >= 0) == (line.status in (Status.AHEAD, Status.REACHED))
    assert 0 <= actual.room <= actual.total


def test_additions_alone_are_summed_up_from_the_baseline():
    rows = [Standings(Tier.COMMUNE, (0, 1, 1, 1), (0, 1, 1, 1), (0, 1, 1, 1), 10)]
    figures = [
        Target(Tier.COMMUNE, "ntm", 2021, nature="baseline", cumulative=4),
        Target(Tier.COMMUNE, "ntm", 2022, added=3),
        Target(Tier.COMMUNE, "ntm", 2024, added=2),
    ]
    line = line_at(rows, PERIOD, plain_line(Tier.COMMUNE, "ntm"), figures, WHEN)
    assert (line.goal.number, line.goal.origin) == (9, Origin.ADDED)


SIGNED = {
    "5": {"added": 5},
    "≥5": {"added": 5, "operator": ">="},
    ">5": {"added": 5, "operator": ">"},
    "≤5": {"added": 5, "operator": "<="},
    "<5": {"added": 5, "operator": "<"},
    "~5": {"added": 5, "operator": "about"},
    "4–6": {"added": 4, "added_high": 6, "operator": "range"},
    "in all ≥5": {"cumulative": 5, "operator": ">="},
    "in all ~5": {"cumulative": 5, "operator": "about"},
    "≥5 %": {"percent": "5", "operator": ">="},
}


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("5 5", "10"),
        ("≥5 5", "≥ 10"),
        ("5 ≥5", "≥ 10"),
        ("5 ≥5 5", "≥ 15"),
        (">5 5", "≥ 11"),
        ("~5 5", "khoảng 10"),
        ("5 ~5 5", "khoảng 15"),
        ("≤5 5", "≤ 10"),
        ("<5 5", "≤ 9"),
        ("5 <5", "≤ 9"),
        ("<5 <5", "≤ 8"),
        ("4–6 5", "9–11"),
        ("4–6 ≥5", "≥ 9"),
        ("4–6 ≤5", "≤ 11"),
        ("~5 ≥5", "≥ khoảng 10"),
        ("≥5 ≤5", None),
        ("≤5 5 >5", None),
        ("≥5 ≤5 5", None),  # no bound stays none
        ("in all ≥5 5", "≥ 10"),
        ("in all ~5 5", "khoảng 10"),
        ("≥5 % 5", "≥ 10"),  # of 100
        ("≥5 ≤5 | in all ~5 | 5", "khoảng 10"),  # a printed number is counted from anew
    ],
)
def test_a_sum_of_additions_has_the_signs_of_all_of_them(said, asked):
    rows = [Standings(Tier.COMMUNE, (0, 1, 1, 1), (0, 1, 1, 1), (0, 1, 1, 1), 100)]
    figures = [
        Target(Tier.COMMUNE, "ntm", 2021 + place, **SIGNED[one.strip()])
        for place, one in enumerate(re.findall(r"in all \S+|[^\s|]+(?: %)?", said))
    ]
    year = figures[-1].year
    line = line_at(
        rows, PERIOD, plain_line(Tier.COMMUNE, "ntm"), figures, WHEN._replace(year=year, day=date(year, 12, 31))
    )
    if asked is None:
        assert (line.goal, line.readings, line.left, line.status) == (None, (), None, Status.NOT_CONCLUDED)
    else:
        assert goal_words(line.goal) == asked
        assert line.is_at_most == asked.startswith("≤")


@pytest.mark.parametrize(("operator", "asked"), [(">=", "≥ 12"), ("about", "khoảng 12"), ("<", "≤ 11"), ("=", "12")])
def test_a_sum_has_the_sign_of_the_printed_baseline(operator, asked):
    rows = [Standings(Tier.COMMUNE, (0, 1, 1, 1), (0, 1, 1, 1), (0, 1, 1, 1), 100)]
    baseline = Target(Tier.COMMUNE, "ntm", 2020, nature="baseline", operator=operator, cumulative=5)
    for span in ("year", "period"):
        more = Target(Tier.COMMUNE, "ntm", 2024, span=span, added=7)
        line = line_at(rows, PERIOD, plain_line(Tier.COMMUNE, "ntm"), [baseline, more], WHEN)
        assert goal_words(line.goal) == asked


def test_two_levels_under_one_number_are_counted_once():
    rows = [Standings(Tier.COMMUNE, (0, 0, 2, rank), (0, 0, 2, rank), (0, 0, 2, rank), 5) for rank in (1, 2, 3)]
    figures = [Target(Tier.COMMUNE, "nang-cao+kieu-mau", 2024, cumulative=10)]
    (line,) = [one for one in lines_at(rows, PERIOD, figures, WHEN) if one.plan]
    assert (line.actual.reached, line.status) == (10, Status.REACHED)


def test_an_open_base_is_concluded_only_where_its_readings_agree():
    rows = [
        Standings(Tier.COMMUNE, (rank,) * 4, (rank,) * 4, (rank,) * 4, units)
        for rank, units in ((1, 60), (2, 35), (3, 5))
    ]
    for percent_, expected in (("5", Status.AHEAD), ("10", Status.NOT_CONCLUDED), ("50", Status.VERY_LATE)):
        figure = Target(
            Tier.COMMUNE, "kieu-mau", 2024, operator=">=", percent=percent_, share_of="open", readings=("all", "nested")
        )
        (line,) = [one for one in lines_at(rows, PERIOD, [figure], WHEN) if one.plan]
        if percent_ == "5":  # 5 of 100 is reached, of the 40 at nâng cao it is more than the 2 asked for
            assert line.status is Status.NOT_CONCLUDED
        else:
            assert line.status is expected
        assert set(line.goals) == {"all", "nested"}


def test_the_plan_of_a_year_is_what_is_printed_for_it():
    yearly = [
        Target(Tier.COMMUNE, "ntm", 2025, span="period", cumulative=116),
        Target(Tier.COMMUNE, "ntm", 2023, cumulative=113),
        Target(Tier.COMMUNE, "ntm", 2024, cumulative=114),
    ]
    assert plan_for(yearly, 2024).cumulative == 114
    assert plan_for(yearly, 2022) is None
    assert plan_for([], 2024) is None


def test_a_plan_without_yearly_figures_is_compared_with_its_final_target():
    final = [Target(Tier.COMMUNE, "ntm", 2025, span="period", cumulative=54, percent="57,5")]
    assert plan_for(final, 2022).cumulative == 54


def test_a_result_is_no_target_of_its_own_year_alone():
    figures = [
        Target(Tier.COMMUNE, "kieu-mau", 2022, nature="actual", cumulative=1),
        Target(Tier.COMMUNE, "kieu-mau", 2025, cumulative=15),
    ]
    assert plan_for(figures, 2024).cumulative == 15


def test_what_the_plan_adds_in_another_year_is_not_compared():
    rows = [Standings(Tier.COMMUNE, (0, 0, 0, 1), (0, 0, 0, 1), (0, 0, 0, 1), 4)]
    figures = [Target(Tier.COMMUNE, "ntm", 2025, added=8, cumulative=10)]
    line = line_at(rows, PERIOD, plain_line(Tier.COMMUNE, "ntm"), figures, WHEN)
    assert (line.plan.year, line.year_completion) == (2025, None)


def test_a_share_of_what_is_not_counted_apart():
    rows = [Standings(Tier.COMMUNE, (0, 0, 0, 1), (0, 0, 0, 1), (0, 0, 0, 1), 4)]
    figures = [Target(Tier.COMMUNE, "ntm", 2024, percent="50", share_of="other", base="số xã miền núi")]
    line = line_at(rows, PERIOD, plain_line(Tier.COMMUNE, "ntm"), figures, WHEN)
    assert (line.base, line.share, line.points, line.status) == (None, None, None, Status.NOT_CONCLUDED)


def test_a_straight_way_leads_to_the_first_figure_too_and_not_beyond_the_last():
    rows = [Standings(Tier.COMMUNE, (1, 1, 1, 1), (1, 1, 1, 1), (1, 1, 1, 1), 10)]
    figures = [Target(Tier.COMMUNE, "ntm", year, cumulative=count) for year, count in ((2022, 20), (2024, 40))]
    key = plain_line(Tier.COMMUNE, "ntm")
    asked = LineQuestion(2021, date(2021, 12, 31), at=1, base=0, base_year=2020, straight=True)
    assert line_at(rows, PERIOD, key, figures, asked).goal == Goal(15, None, Origin.STRAIGHT)
    assert line_at(rows, PERIOD, key, figures, asked._replace(straight=False)).goal is None
    later = asked._replace(year=2025, day=date(2025, 12, 31))
    assert line_at(rows, PERIOD, key, figures, later).goal is None


def test_a_straight_way_is_drawn_only_when_asked_for():
    rows = [Standings(Tier.COMMUNE, (0, 1, 1, 1), (0, 1, 1, 1), (0, 1, 1, 1), 20)]
    figures = [Target(Tier.COMMUNE, "ntm", 2025, cumulative=100)]
    key = plain_line(Tier.COMMUNE, "ntm")
    plain = line_at(rows, PERIOD, key, figures, WHEN)
    assert (plain.goal.number, plain.months, plain.path) == (100, None, ())
    drawn = line_at(rows, PERIOD, key, figures, WHEN._replace(straight=True))
    assert (drawn.goal.number, drawn.goal.origin) == (75, Origin.STRAIGHT)  # three of four years from 0 to 100
    assert drawn.months == -Fraction(22, 10) * 12  # 20 on that way is 0,8 years after the base


def test_no_straight_way_leads_down_to_a_target_that_was_reached_before():
    rows = [Standings(Tier.COMMUNE, (1, 1, 1, 1), (1, 1, 1, 1), (1, 1, 1, 1), 20)]
    figures = [Target(Tier.COMMUNE, "ntm", 2025, operator=">=", cumulative=9)]
    line = line_at(rows, PERIOD, plain_line(Tier.COMMUNE, "ntm"), figures, WHEN._replace(straight=True))
    assert (line.goal.number, line.goal.origin, line.status) == (9, Origin.PRINTED, Status.NOT_DUE)
    assert line.from_baseline is None  # no way was planned from 20 to 9


def test_what_has_no_straight_way_keeps_what_is_printed():
    income = Target(Tier.PROVINCE, "income", 2025, operator=">=", value="1,5")
    line = line_at([], PERIOD, income.line, [income], WHEN._replace(straight=True))
    assert (line.plan, line.status) == (income, Status.NO_DATA)


def test_by_name_the_count_can_match_while_the_list_does_not():
    target = Target(Tier.DISTRICT, "ntm", 2025, units=("A", "B", "Z"), reserve=("D",))
    found = compare_names(
        target,
        {("district", "A"): 1, ("district", "B"): 2, ("district", "D"): 4},
        [1, 3, 4, 9],
        [9],
        {1: "A", 3: "C", 9: "old"},
    )
    assert (found.reached, found.late, found.beyond, found.unknown) == (("A",), ("B",), ("C",), ("Z",))
    assert found.reserve == ("D",)
