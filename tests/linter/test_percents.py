"""Per cents under every denominator and rounding · open bases."""

import pytest

from tests.linter.making import (
    CONTRADICTION,
    DISTRICT,
    DOUBT,
    NOTE,
    PROVINCE,
    RANGED,
    advanced,
    figure,
    found,
    ground,
    keys,
    model,
    only,
    says,
)

SHARES = {"cumulative": 1, "cumulative_high": 2, "total": 8, "operator": "range"}


# Per cents --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "expected", "words"),
    [
        ({"cumulative": 33, "total": 119, "percent": "27,73"}, [], ()),
        ({"cumulative": 33, "total": 119, "percent": "27,32"}, [CONTRADICTION], ("33/119 = 27,73%", "27,32%")),
        ({"cumulative": 33, "total": 119, "percent": "27,7"}, [], ()),
        ({"cumulative": 33, "total": 119, "percent": "28"}, [], ()),
        ({"cumulative": 33, "total": 119, "percent": "27"}, [NOTE], ("33/119 = 27,73%",)),  # cut off
        ({"cumulative": 54, "total": 94, "percent": "57,5"}, [NOTE], ("54/94 = 57,45%", "57,45 → 57,5")),
        ({"cumulative": 9, "total": 15, "percent": "60"}, [], ()),
        ({"cumulative": 0, "total": 15, "percent": "0"}, [], ()),
        ({"cumulative": 112, "total": 128, "percent": "87", "operator": ">="}, [], ()),
        ({"cumulative": 112, "total": 129, "percent": "87", "operator": ">="}, [CONTRADICTION], ("86,82%", "113")),
        ({"cumulative": 110, "total": 129, "percent": "87", "operator": ">="}, [CONTRADICTION], ("85,27%", "≥ 87%")),
        ({"cumulative": 3, "total": 10, "percent": "30", "operator": ">"}, [CONTRADICTION], ("30,00%", "> 30%", "4")),
        ({"cumulative": 4, "total": 10, "percent": "30", "operator": ">"}, [], ()),
        ({"cumulative": 155, "total": 311, "percent": "50", "operator": ">="}, [CONTRADICTION], ("49,84%", "156")),
        ({"cumulative": 156, "total": 311, "percent": "50", "operator": ">="}, [], ()),
        ({"cumulative": 337, "total": 411, "percent": "82", "operator": ">="}, [CONTRADICTION], ("81,995%", "338")),
        ({"cumulative": 155, "total": 311, "percent": "50"}, [], ()),  # a plain goal, rounded
        ({"cumulative": 82, "total": 116, "percent": "70"}, [], ()),  # 70,69 %: the first number not below the goal
        ({"cumulative": 82, "total": 116, "percent": "70", "nature": "baseline"}, [NOTE], ("70,69%",)),
        ({"cumulative": 83, "total": 116, "percent": "70"}, [CONTRADICTION], ("83/116 = 71,55%",)),
        ({"cumulative": 90, "total": 116, "percent": "77,59", "operator": ">="}, [], ()),  # 77,586…, rounded
        ({"cumulative": 34, "total": 82, "percent": "40,2", "operator": ">="}, [DOUBT], ("34/82 = 41,46%", "40,2%")),
        ({"cumulative": 3, "total": 10, "percent": "30", "operator": "<="}, [], ()),
        ({"cumulative": 5, "total": 10, "percent": "30", "operator": "<="}, [CONTRADICTION], ("50,00%", "3")),
        ({"cumulative": 39, "total": 122, "percent": "30", "operator": "about"}, [], ()),
        ({"cumulative": 39, "total": 110, "percent": "30", "operator": "about"}, [DOUBT], ("35,45%", "30%")),
        ({**SHARES, "percent": "12,5", "percent_high": "25"}, [], ()),
        ({**SHARES, "percent": "30", "percent_high": "40"}, [CONTRADICTION], ()),
        ({**RANGED, "cumulative": 40, "total": 47, "percent": "85,11"}, [], ()),  # only the addition is a range
        ({**RANGED, "cumulative": 40, "total": 47, "percent": "85,13"}, [CONTRADICTION], ("40/47 = 85,11%", "85,13%")),
        ({**RANGED, "cumulative": 40, "total": 47, "percent": "85,10"}, [NOTE], ("40/47 = 85,11%",)),  # cut off
        ({"cumulative": 39, "total": 110, "percent": "30", "operator": "about", "share_of": "ntm"}, [DOUBT], ()),
        ({"cumulative": 9, "total": 10, "percent": "30", "each": "district"}, [], ()),
        ({"cumulative": 23, "total": 25, "percent": "92", "share_of": "registered"}, [], ()),
        ({"cumulative": 22, "total": 25, "percent": "92", "share_of": "registered"}, [CONTRADICTION], ()),
    ],
)  # fmt: skip
def test_a_per_cent_on_its_printed_total(facts, expected, words):
    findings = found(figure(**facts))
    assert keys(findings) == [("percent", weight) for weight in expected]
    assert all(says(finding, *words) for finding in findings)


def test_another_base_may_explain_a_per_cent():
    ntm = figure(cumulative=90, total=116, percent="77,59")
    finding = only(found(ntm, advanced(cumulative=30, total=116, percent="33,33")))
    assert keys([finding]) == [("percent", NOTE)]
    assert says(finding, "30/116 = 25,86%", "30/90 = 33,33%")


def test_the_total_may_stand_elsewhere_in_the_plan():
    ntm = figure(2024, tier=DISTRICT, cumulative=9, total=15, percent="60")
    assert found(ntm, advanced(2024, tier=DISTRICT, cumulative=1, percent="6,67")) == []
    finding = only(found(ntm, advanced(2024, tier=DISTRICT, cumulative=1, percent="7,67")))
    assert says(finding, "1/15 = 6,67%", "7,67%")
    assert finding.weight is CONTRADICTION


def test_a_share_of_those_at_ntm_is_taken_of_the_plans_own_figure():
    ntm = figure(cumulative=90)
    assert found(ntm, advanced(cumulative=30, percent="33,33", share_of="ntm")) == []
    assert found(advanced(cumulative=30, percent="33,33", share_of="ntm")) == []  # the base is not known
    finding = only(found(ntm, advanced(cumulative=30, percent="25,86", share_of="ntm"), on=ground(116)))
    assert keys([finding]) == [("percent", NOTE)]  # it is of all 116
    assert says(finding, "30/90 = 33,33%", "30/116 = 25,86%")


def test_a_share_of_the_level_below():
    below = advanced(cumulative=40)
    assert found(below, model(cumulative=15, percent="37,5", share_of="nested")) == []
    assert keys(found(below, model(cumulative=15, percent="36,5", share_of="nested"))) == [("percent", CONTRADICTION)]


def test_an_open_base_is_no_wrong_per_cent_where_one_reading_gives_it():
    targets = figure(cumulative=90), advanced(cumulative=30, percent="33,3", share_of="open", readings=("all", "ntm"))
    assert keys(found(*targets, on=ground(116, exact=True))) == [("open", NOTE)]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"percent": "150"}, [CONTRADICTION]),
        ({"percent": "100"}, []),
        ({"percent": "120", "operator": ">="}, [CONTRADICTION]),
        ({"percent": "100", "operator": ">="}, []),
        ({"percent": "100", "operator": ">"}, [CONTRADICTION]),
        ({"percent": "99", "operator": ">"}, []),
        ({"percent": "120", "operator": "<="}, []),
        ({"percent": "103", "operator": "about"}, [CONTRADICTION]),
        ({"percent": "101", "operator": "about"}, []),
        ({"percent": "90", "percent_high": "120", "operator": "range"}, [DOUBT]),
        ({"percent": "90", "percent_high": "100", "operator": "range"}, []),
        ({"percent": "150", "cumulative": 47}, [CONTRADICTION]),
        ({"percent": "120", "operator": ">=", "share_of": "open", "readings": ("all", "ntm")}, [CONTRADICTION]),
        ({"percent": "120", "share_of": "registered"}, []),  # more than registered may reach it
        ({"percent": "150", "measure": "income", "tier": PROVINCE}, []),
        ({"percent": "101", "measure": "poverty-rate", "tier": PROVINCE}, [CONTRADICTION]),
    ],
)
def test_no_share_is_more_than_all(facts, expected):
    findings = found(figure(**facts), on=ground(94))
    assert keys(findings) == [("percent", weight) for weight in expected]
    assert all(says(finding, "100%", facts["percent"]) for finding in findings)


# Open bases -------------------------------------------------------------------------------------------------------


def test_an_open_base_says_what_each_reading_asks():
    targets = advanced(cumulative=60), model(percent="10", operator=">=", share_of="open", readings=("all", "nested"))
    finding = only(found(*targets, on=ground(241)))
    assert keys([finding]) == [("open", NOTE)]
    assert says(finding, "25", "241", "6", "60")


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ({"operator": ">", "percent": "10"}, "25"),
        ({"operator": "<=", "percent": "10"}, "24"),
        ({"operator": "about", "percent": "10"}, "23"),  # 23/241 is 10 % when rounded, as progress has it
        ({"percent": "10"}, "25"),  # a round per cent is reached by the first number that is not below it
        ({"percent": "10,4"}, "25"),
        ({"operator": "range", "percent": "10", "percent_high": "20"}, "25–48"),
        ({"operator": "range", "percent": "10", "added": 2, "added_high": 3}, "25"),
    ],
)
def test_what_a_reading_asks_by_operator(facts, asked):
    finding = only(found(model(share_of="open", readings=("all", "ntm"), **facts), on=ground(240 + 1)))
    assert says(finding, f"{asked} trong 241") or says(finding, f"{asked} of 241")


def test_a_base_that_is_declared_is_not_open():
    assert found(model(percent="10", operator=">=", share_of="all"), on=ground(241)) == []
