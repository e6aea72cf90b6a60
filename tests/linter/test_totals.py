"""Totals printed, asked for by a per cent, or none: whole numbers of units."""

import pytest

from tests.linter.making import (
    CONTRADICTION,
    DOUBT,
    LIST,
    NOTE,
    PROVINCE,
    RANGED,
    VILLAGE,
    advanced,
    figure,
    found,
    ground,
    keys,
    model,
    only,
    says,
)

# Per cents without a total ----------------------------------------------------------------------------------------


def test_a_common_number_of_units_is_enough():
    figures = [figure(percent="87", cumulative=112), model(percent="10", cumulative=13)]
    assert found(*figures) == []
    assert found(*figures, on=ground(122)) == []  # the list is not of the plan's day


def test_a_later_list_may_have_fewer_units():
    assert found(figure(percent="82,61", cumulative=38), on=ground(50)) != []  # of 46: too few
    assert found(figure(percent="82,61", cumulative=38), on=ground(40)) == []  # of 46, before mergers


def test_a_list_that_is_not_of_the_plans_day_is_worth_a_note():
    finding = only(found(figure(percent="90", cumulative=38), on=ground(47)))
    assert keys([finding]) == [("percent", NOTE)]
    assert says(finding, "90%", "42", "38/47 = 80,85%", LIST)
    assert found(figure(percent="80,85", cumulative=38), on=ground(47)) == []
    assert found(figure(percent="90", cumulative=38), model(2024, percent="10", cumulative=4), on=ground(47)) == []
    assert found(figure(percent="90", cumulative=38, within="huyện Hòn Đất"), on=ground(47)) == []
    about = [figure(percent=percent, cumulative=38, operator="about") for percent in ("79", "90")]
    assert [keys(found(each, on=ground(47))) for each in about] == [[], [("percent", NOTE)]]
    ranged = figure(percent="90", percent_high="95", cumulative=38, operator="range")
    assert found(ranged, on=ground(47)) == []
    assert keys(found(figure(percent="90", cumulative=38, **RANGED), on=ground(47))) == [("percent", NOTE)]


def test_an_exact_number_of_units_is_held_to():
    assert found(model(percent="10", cumulative=13), on=ground(128, exact=True)) == []
    finding = only(found(model(percent="10", cumulative=13), on=ground(110, exact=True)))
    assert keys([finding]) == [("percent", CONTRADICTION)]
    assert says(finding, "13/110 = 11,82%")


def test_per_cents_that_count_something_else_say_nothing_of_the_number_of_units():
    for facts in ({"counts": "highest"}, {"name": "xã có chợ"}, {"operator": "range", "percent_high": "21"}):
        assert found(figure(percent="87", cumulative=112), model(percent="20", cumulative=13, **facts)) == []
    income = figure(tier=PROVINCE, measure="income", percent="10", cumulative=3)
    assert found(income) == []


def test_counts_and_per_cents_that_no_number_of_units_gives_together():
    finding = only(found(figure(percent="87", cumulative=112), model(percent="20", cumulative=13)))
    assert keys([finding]) == [("percent", CONTRADICTION)]
    assert says(finding, "61–66", "129")  # 13 is rounded 20 %, or the first number not below it
    assert found(figure(percent="87", cumulative=112), model(2024, percent="20", cumulative=13)) == []  # another year


def test_a_per_cent_that_no_number_of_units_gives_at_all():
    assert keys(found(figure(percent="57,5", cumulative=3))) == [("percent", CONTRADICTION)]
    finding = only(found(figure(percent="57,5", cumulative=54), on=ground(94)))
    assert keys([finding]) == [("percent", NOTE)]
    assert says(finding, "54/94 = 57,45%", "57,45 → 57,5")
    assert keys(found(figure(percent="10", cumulative=0))) == [("percent", CONTRADICTION)]


@pytest.mark.parametrize("share_of", ["all", "ntm", "nested", "registered", "other"])
def test_a_count_is_its_per_cent_of_some_whole_number(share_of):
    base = {"share_of": share_of, "base": "số xã đăng ký"}
    finding = only(found(advanced(cumulative=34, percent="40,2", **base)))
    assert keys([finding]) == [("percent", CONTRADICTION)]
    assert says(finding, "34/84 = 40,48%", "34/85 = 40,00%")
    assert found(advanced(cumulative=34, percent="40", **base)) == []
    assert found(advanced(cumulative=34, percent="40,5", **base)) == []
    cut = only(found(advanced(cumulative=34, percent="40,4", **base)))  # 34/84, cut off
    assert keys([cut]) == [("percent", NOTE)]


@pytest.mark.parametrize(
    ("share_of", "percent", "expected"),
    [
        ("ntm", "41,46", []),  # of 82
        ("ntm", "40", []),  # of 85
        ("ntm", "45,33", [("percent", CONTRADICTION)]),  # of 75, but there are 82 or more
        ("ntm", "40,2", [("percent", CONTRADICTION)]),
        ("nested", "45,33", [("percent", CONTRADICTION)]),
        ("all", "29,31", []),  # of 116
        ("registered", "45,33", []),
    ],
)
def test_the_base_of_a_per_cent_may_have_a_floor(share_of, percent, expected):
    below = figure(cumulative=82, operator=">=")
    findings = found(below, advanced(cumulative=34, percent=percent, share_of=share_of))
    assert keys(findings) == expected
    assert all("≥ 82" in finding.text or "34/84" in finding.text for finding in findings)
    ranged = below._replace(operator="range", cumulative_high=90)
    assert keys(found(ranged, advanced(cumulative=34, percent=percent, share_of=share_of))) == expected


def test_rounded_goals_of_a_plan_without_totals():
    goals = figure(percent="70", cumulative=82), advanced(percent="25", cumulative=29), model(percent="5", cumulative=6)
    assert found(*goals, on=ground(116)) == []
    assert found(*(goal._replace(operator=">=") for goal in goals), on=ground(116)) == []
    assert found(figure(percent="70"), advanced(percent="25"), on=ground(94)) == []


@pytest.mark.parametrize(("whole", "expected"), [(115, []), (117, [("percent", CONTRADICTION)])])
def test_a_condition_may_be_settled_by_another_pair(whole, expected):
    figures = figure(cumulative=whole, percent="100"), advanced(cumulative=58, percent="50", operator=">=")
    assert keys(found(*figures, on=ground(114))) == expected


def test_none_at_all_depends_on_no_number():
    assert found(figure(percent="10", cumulative=0, operator="<=")) == []
    assert found(figure(percent="0", cumulative=0, operator=">=")) == []


def test_conditions_are_told_once_a_year():
    figures = [
        figure(percent="87", cumulative=112),
        advanced(percent="40", cumulative=50),
        model(percent="9", cumulative=12),
    ]
    finding = only(found(*(each._replace(operator=">=") for each in figures)))
    assert says(finding, "50", "125")  # the tightest


@pytest.mark.parametrize(
    ("operator", "words"),
    [
        (">=", ("112/128 = 87,50%", "112/129 = 86,82%")),
        (">", ("112/128 = 87,50%",)),
        ("<=", ("112/129 = 86,82%", "112/128 = 87,50%")),
    ],
)
def test_at_least_holds_under_a_condition(operator, words):
    finding = only(found(figure(percent="87", cumulative=112, operator=operator)))
    assert keys([finding]) == [("percent", NOTE)]
    assert says(finding, *words)


def test_more_than_stops_one_short_of_the_round_number():
    finding = only(found(figure(percent="50", cumulative=10, operator=">")))
    assert says(finding, "10/19 = 52,63%", "10/20 = 50,00%")
    assert says(only(found(figure(percent="50", cumulative=10, operator=">="))), "10/20 = 50,00%", "10/21 = 47,62%")


def test_an_exact_number_of_units_settles_at_least():
    target = figure(percent="87", cumulative=112, operator=">=")
    assert found(target, on=ground(122, exact=True)) == []
    assert keys(found(target, on=ground(140, exact=True))) == [("percent", CONTRADICTION)]


# Whole numbers of units -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"percent": "57,5"}, [DOUBT]),
        ({"percent": "57,45"}, []),
        ({"percent": "57,4"}, []),
        ({"percent": "57"}, []),  # 54/94, rounded
        ({"percent": "25"}, []),  # a round goal, though 23/94 and 24/94 give 24 and 26
        ({"percent": "70"}, []),
        ({"percent": "100"}, []),
        ({"percent": "57,5", "percent_high": "58,4", "operator": "range"}, [DOUBT]),  # between 54 and 55 of 94
        ({"percent": "57,5", "percent_high": "58,5", "operator": "range"}, []),
        ({"percent": "57", "percent_high": "58", "operator": "range"}, []),
        ({"percent": "57,5", "operator": ">="}, []),
        ({"percent": "57,5", "operator": "about"}, []),
        ({"percent": "57,5", "share_of": "other", "base": "số xã khó khăn"}, []),
        ({"percent": "57,5", "name": "xã có chợ"}, []),
        ({"percent": "57,5", "within": "huyện Hòn Đất"}, []),
        ({"percent": "57,5", "total": 40}, []),
    ],
)
def test_whole_units(facts, expected):
    findings = found(figure(**facts), on=ground(94, exact=True))
    assert [w for k, w in keys(findings) if k == "whole-units"] == expected


def test_whole_units_where_no_rounding_at_all_helps():
    finding = only(found(figure(percent="58,1"), on=ground(94, exact=True)))
    assert says(finding, "54/94 = 57,45%", "55/94 = 58,51%")
    assert "→" not in finding.text
    assert says(only(found(figure(percent="27,72"), on=ground(119, exact=True))), "33/119 = 27,73%")


def test_a_list_of_another_day_says_little():
    slip = only(found(figure(percent="57,5"), on=ground(94)))  # 54/94, rounded twice, is hardly so by chance
    assert keys([slip]) == [("whole-units", NOTE)]
    assert says(slip, f"94 ({LIST})", "57,45 → 57,5")
    assert found(figure(percent="58,1"), on=ground(94)) == []  # 61/105 = 58,1 %
    never = only(found(figure(percent="57,51"), on=ground(20)))  # of 20 to 30 communes
    assert keys([never]) == [("whole-units", DOUBT)]
    own = found(figure(percent="57,5"), advanced(cumulative=1, total=94), on=ground(116))[0]
    assert own.weight is DOUBT


def test_several_per_cents_may_show_that_the_list_is_of_another_day():
    shares = figure(percent="77,59"), advanced(percent="34,48"), model(percent="12,93")  # of 116
    finding = only(found(*shares, on=ground(110)))
    assert keys([finding]) == [("whole-units", NOTE)]
    assert says(finding, "77,59%, 34,48%, 12,93%", "116", "110")
    assert keys(found(*shares, on=ground(110, exact=True))) == [("whole-units", DOUBT)] * 3
    assert found(shares[0], advanced(percent="34,21"), on=ground(110)) == []
    assert found(figure(percent="50,5"), advanced(percent="49,5"), on=ground(94)) == []  # of 95, 97, 99, 101 …


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"percent": "33,33", "share_of": "ntm"}, [DOUBT]),
        ({"percent": "32,5", "share_of": "ntm"}, []),  # 13/40
        ({"percent": "33", "share_of": "ntm"}, []),  # 13/40, rounded
        ({"percent": "34", "share_of": "ntm"}, []),  # a round goal
        ({"percent": "33,33", "share_of": "ntm", "year": 2024}, []),  # no figure of that year
        ({"percent": "33,33", "share_of": "nested"}, []),  # 5/15
        ({"percent": "32,5", "share_of": "nested"}, [DOUBT]),
        ({"percent": "33,33", "share_of": "other", "base": "số xã khó khăn"}, []),
    ],
)
def test_whole_units_of_the_plans_own_base(facts, expected):
    findings = found(figure(cumulative=40), advanced(cumulative=15), model(**facts))
    assert keys(findings) == [("whole-units", weight) for weight in expected]
    assert all(says(finding, "13/40 = 32,50%", "14/40 = 35,00%") for finding in findings if facts["share_of"] == "ntm")


# Totals -----------------------------------------------------------------------------------------------------------


def test_one_total_a_year():
    findings = found(figure(total=116, cumulative=9), advanced(total=116, cumulative=8), model(total=117, cumulative=7))
    assert keys(findings) == [("total", CONTRADICTION)]
    assert says(only(findings), "116", "117")
    assert found(figure(2024, total=117, cumulative=9), figure(2025, total=116, cumulative=9)) == []
    assert found(figure(total=116, cumulative=90), advanced(total=90, cumulative=9, share_of="ntm")) == []


@pytest.mark.parametrize(
    ("communes", "exact", "expected"),
    [
        (117, True, [DOUBT]),
        (117, False, [NOTE]),
        (116, True, []),
        (110, False, []),  # six may have been merged since
        (70, False, [NOTE]),
    ],
)
def test_the_printed_total_against_the_list(communes, exact, expected):
    figures = [figure(year, total=116, cumulative=90) for year in (2022, 2023)]
    findings = found(*figures, on=ground(communes, exact=exact))
    assert keys(findings) == [("total", weight) for weight in expected]  # once, not once a year
    assert all(says(finding, "116", str(communes), LIST) for finding in findings)


def test_no_more_units_than_there_are():
    assert keys(found(figure(cumulative=117, total=116))) == [("total", CONTRADICTION)]
    assert found(figure(cumulative=116, total=116)) == []


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        ({"cumulative": 60}, {"communes": 39}, [NOTE]),
        ({"cumulative": 60}, {"communes": 47}, []),  # there may have been more before mergers
        ({"cumulative": 47}, {"communes": 47}, []),
        ({"cumulative": 60}, {"communes": 47, "exact": True}, [CONTRADICTION]),
        ({"cumulative": 60, "nature": "baseline"}, {"communes": 47, "exact": True}, [NOTE]),  # units were merged since
        ({"cumulative": 60, "operator": ">="}, {"communes": 39}, [NOTE]),
        ({"cumulative": 60, "operator": "<="}, {"communes": 47}, []),
        ({"cumulative": 60, "tier": VILLAGE}, {"communes": 47}, []),
        ({"cumulative": 60, "within": "huyện Hòn Đất"}, {"communes": 47, "exact": True}, []),
        ({"cumulative": 60, "name": "xã có chợ"}, {"communes": 47}, []),
        ({"cumulative": 60, "measure": "ocop"}, {"communes": 47}, []),
        ({"added": 60}, {"communes": 47}, []),
    ],
)
def test_no_more_units_than_the_list_has(facts, on, expected):
    findings = found(figure(**facts), on=ground(**on))
    assert keys(findings) == [("total", weight) for weight in expected]
    assert all(says(finding, "60", str(on["communes"]), LIST) for finding in findings)


def test_no_more_units_than_the_plan_prints_elsewhere():
    total = figure(2024, total=47, cumulative=40)
    assert keys(found(total, figure(2025, cumulative=48))) == [("total", CONTRADICTION)]
    assert found(total, figure(2025, cumulative=47)) == []
    assert found(total, figure(2025, cumulative=47), on=ground(30)) != []  # the totals differ, which is said once
    assert keys(found(total, figure(2025, cumulative=47), on=ground(30))) == [("total", NOTE)]
    inside = {"within": "huyện Hòn Đất"}
    district = figure(2024, total=9, cumulative=5, **inside)
    assert keys(found(district, figure(2025, cumulative=10, **inside))) == [("total", CONTRADICTION)]
    assert found(district, figure(2025, cumulative=10)) == []


def test_more_units_than_the_list_has_are_said_once_a_line():
    years = [figure(year, cumulative=60) for year in (2023, 2024, 2025)]
    assert keys(found(*years, advanced(cumulative=50), on=ground(30))) == [("total", NOTE)] * 2
