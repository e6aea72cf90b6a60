"""Parts, nested levels, natures, versions, what the ledger holds."""

import pytest

from tests.linter.making import (
    COMMUNE,
    CONTRADICTION,
    DISTRICT,
    DOUBT,
    NOTE,
    PROVINCE,
    advanced,
    figure,
    found,
    ground,
    keys,
    model,
    only,
    roadmap,
    says,
)

# Parts and levels -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("whole", "part", "expected"),
    [
        ({"added": 37}, {"added": 40}, [("part", CONTRADICTION)]),
        ({"added": 37}, {"added": 15}, []),
        ({"cumulative": 116}, {"cumulative": 40}, []),
        ({"cumulative": 39}, {"cumulative": 40}, [("part", CONTRADICTION)]),
        ({"percent": "30"}, {"percent": "40"}, [("part", CONTRADICTION)]),
        ({"percent": "30"}, {"percent": "40", "share_of": "ntm"}, []),  # of another base
        ({"percent": "80", "operator": ">="}, {"percent": "90"}, []),
        ({"added": 2, "added_high": 3, "operator": "range"}, {"added": 3}, []),
        ({"added": 2, "within": "huyện Hòn Đất"}, {"added": 3}, [("part", NOTE)]),  # of what is not printed
        ({"added": 2, "span": "period"}, {"added": 3}, []),
    ],
)
def test_parts(whole, part, expected):
    assert keys(found(figure(**whole), advanced(part_of="ntm", **part))) == expected


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        (figure(cumulative=90), []),
        (figure(percent="90"), []),
        (figure(2024, cumulative=90), [("part", NOTE)]),
        (figure(span="period", added=30), []),
        (figure(2026, span="period", added=30), []),
        (figure(2024, span="period", added=30), [("part", NOTE)]),
        (figure(tier=DISTRICT, cumulative=3), [("part", NOTE)]),
        (model(cumulative=3), [("part", NOTE)]),
    ],
)
def test_a_part_of_what_is_not_printed(whole, expected):
    findings = found(whole, advanced(cumulative=3, part_of="ntm"))
    assert keys(findings) == expected
    assert all(says(finding, "NTM") for finding in findings)


@pytest.mark.parametrize(
    ("lower", "higher", "expected"),
    [
        (figure(cumulative=39), advanced(cumulative=40), [("nesting", CONTRADICTION)]),
        (figure(cumulative=40), advanced(cumulative=40), []),
        (figure(cumulative=39), model(cumulative=40), [("nesting", CONTRADICTION)]),  # with a level between left out
        (figure(cumulative=39), figure(measure="nang-cao+kieu-mau", cumulative=40), [("nesting", CONTRADICTION)]),
        (figure(percent="30,5"), advanced(percent="40"), [("nesting", CONTRADICTION)]),
        (figure(percent="34,48"), advanced(percent="34,5"), []),
        (figure(percent="30"), advanced(percent="40", share_of="nested"), []),
        (figure(cumulative=39, counts="highest"), advanced(cumulative=40), []),
        (figure(2024, cumulative=39), advanced(cumulative=40), []),
        (figure(cumulative=39, operator=">="), advanced(cumulative=40), []),
        (figure(cumulative=39), advanced(cumulative=40, operator="<="), []),
    ],
)
def test_nesting(lower, higher, expected):
    assert keys(found(lower, higher)) == expected


def test_three_levels_are_compared_pair_by_pair():
    findings = found(figure(cumulative=50), advanced(cumulative=30), model(cumulative=31))
    assert says(only(findings), "31", "30")
    assert only(findings).line.measure == "kieu-mau"


@pytest.mark.parametrize(
    ("counts", "on", "expected"),
    [
        ((60, 30, 10), ground(100, exact=True), [DOUBT]),
        ((60, 30, 10), ground(100), [NOTE]),
        ((60, 30, 10), ground(101, exact=True), []),
        ((90, 30, 10), ground(130), [NOTE]),
        ((110, 80, 30), ground(110, exact=True), [NOTE]),  # the two higher ones may be counted by highest level
        ((110, 80, 29), ground(110, exact=True), []),
    ],
)
def test_levels_that_come_to_all_units(counts, on, expected):
    ntm, raised, top = counts
    findings = found(figure(cumulative=ntm), advanced(cumulative=raised), model(cumulative=top), on=on)
    assert keys(findings) == [("levels", weight) for weight in expected]
    assert all(says(finding, f"{raised} + {top} = ", "?") for finding in findings)


def test_levels_come_to_the_printed_total_or_to_none():
    pair = figure(cumulative=60, total=100), advanced(cumulative=40)
    assert keys(found(*pair)) == [("levels", NOTE)]  # two levels may well come to it by chance
    few = figure(tier=DISTRICT, cumulative=7, total=8), figure(tier=DISTRICT, measure="nang-cao", cumulative=1)
    assert found(*few) == []
    assert found(figure(cumulative=60), advanced(cumulative=40)) == []
    assert found(figure(cumulative=40), advanced(cumulative=40)) == []
    assert found(advanced(cumulative=60, total=70), model(cumulative=10)) == []  # not from the lowest level
    assert found(figure(cumulative=60, total=100), advanced(cumulative=40, operator=">=")) == []


@pytest.mark.parametrize(("cumulative", "expected"), [(90, []), (95, []), (85, [("levels", CONTRADICTION)])])
def test_highest_levels_against_the_cumulative_count(cumulative, expected):
    highest = [figure(measure=level, counts="highest", cumulative=count) for level, count in HIGHEST]
    assert keys(found(figure(cumulative=cumulative), *highest)) == expected


HIGHEST = [("ntm", 50), ("nang-cao", 30), ("kieu-mau", 10)]


# Natures ----------------------------------------------------------------------------------------------------------


def test_targets_for_years_gone_by():
    assert keys(found(figure(2021, cumulative=1), issued="2022-07-12")) == [("nature", DOUBT)]
    assert found(figure(2022, cumulative=1), issued="2022-07-12") == []
    assert found(figure(2020, nature="baseline", cumulative=1), issued="2022-07-12") == []


def test_targets_gone_by_are_told_once_a_year():
    past = figure(2021, cumulative=9), advanced(2021, cumulative=1), figure(2020, measure="ocop", cumulative=3)
    assert keys(found(*past, issued="2022-07-12")) == [("nature", DOUBT)] * 2
    done = figure(2021, nature="actual", cumulative=9)
    assert keys(found(figure(2021, cumulative=8), done, figure(2022, cumulative=9), issued="2022-07-12")) == [
        ("nature", NOTE)  # a table of what was planned and done
    ]


def test_results_among_the_targets():
    results = figure(2021, nature="actual", cumulative=90), advanced(2021, nature="actual", percent="3,5")
    added = figure(2021, measure="ocop", nature="actual", added=11)
    finding = only(found(*results, added, figure(2022, cumulative=99), issued="2022-07-12"))
    assert keys([finding]) == [("nature", NOTE)]
    assert says(finding, "+11")
    assert finding.line is None
    assert says(finding, "2021", "90", "3,5%", "12/07/2022")
    assert found(*results, issued="2022-07-12") == []


def test_results_of_years_to_come():
    assert keys(found(figure(2023, nature="actual", cumulative=90))) == [("nature", CONTRADICTION)]


# The ledger -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"cumulative": 7}, [("reached", DOUBT)]),
        ({"cumulative": 8}, []),
        ({"cumulative": 7, "operator": ">"}, []),
        ({"cumulative": 7, "operator": ">="}, [("reached", DOUBT)]),
        ({"cumulative": 7, "operator": "about"}, [("reached", DOUBT)]),
        ({"cumulative": 7, "operator": "<="}, []),
        ({"cumulative": 7, "cumulative_high": 8, "operator": "range"}, []),
        ({"cumulative": 7, "within": "huyện Hòn Đất"}, []),
        ({"cumulative": 7, "counts": "highest"}, []),
        ({"cumulative": 7, "nature": "baseline"}, []),
        ({"added": 1}, []),
    ],
)
def test_targets_that_were_reached_already(facts, expected):
    assert keys(found(advanced(**facts), on=ground(reached={(COMMUNE, "nang-cao"): 8}))) == expected


@pytest.mark.parametrize(
    ("result", "target", "expected"),
    [
        ({"cumulative": 79}, {"cumulative": 75}, [DOUBT]),
        ({"cumulative": 79}, {"cumulative": 75, "operator": ">="}, [DOUBT]),
        ({"cumulative": 79}, {"cumulative": 79, "operator": ">="}, []),
        ({"cumulative": 79}, {"cumulative": 78, "operator": ">"}, []),
        ({"cumulative": 79}, {"cumulative": 75, "operator": "<="}, []),
        ({"cumulative": 79, "operator": ">="}, {"cumulative": 75}, []),
        ({"cumulative": 79, "total": 118}, {"cumulative": 75, "total": 98}, []),  # communes were merged
        ({"percent": "67,5"}, {"percent": "60", "operator": ">="}, [DOUBT]),
        ({"percent": "67,5"}, {"percent": "68"}, []),
        ({"percent": "67,5", "share_of": "ntm"}, {"percent": "60", "share_of": "ntm"}, []),  # of more communes
        ({"cumulative": 79, "measure": "nang-cao"}, {"cumulative": 75}, []),
        ({"cumulative": 79, "measure": "criteria-below"}, {"cumulative": 75, "measure": "criteria-below"}, []),
    ],
)
@pytest.mark.parametrize("nature", ["baseline", "actual"])
def test_targets_below_the_plans_own_result(result, target, expected, nature):
    findings = found(figure(2020, nature=nature, **result), figure(2025, **target))
    serious = [(check, weight) for check, weight in keys(findings) if check == "reached"]
    assert serious == [("reached", weight) for weight in expected]


@pytest.mark.parametrize(("issued", "expected"), [("2022-07-12", ["reached"]), ("2022-12-30", [])])
def test_the_year_may_not_end_below_what_it_has(issued, expected):
    findings = found(figure(2022, nature="actual", cumulative=95), figure(2022, cumulative=93), issued=issued)
    assert [check for check, weight in keys(findings) if weight is DOUBT] == expected


def test_a_line_below_its_result_is_told_once():
    targets = [figure(year, cumulative=count) for year, count in ((2023, 70), (2024, 75), (2025, 78))]
    finding = only(found(figure(2020, nature="baseline", cumulative=79), *targets))
    assert says(finding, "78", "79", "2020")


def test_two_levels_together_are_reached_by_the_lower():
    joint = figure(measure="nang-cao+kieu-mau", cumulative=7)
    assert says(only(found(joint, on=ground(reached={(COMMUNE, "nang-cao"): 8}))), "7", "8")


# Versions ---------------------------------------------------------------------------------------------------------


def test_what_changed_since_the_earlier_version():
    earlier = roadmap(
        figure(cumulative=116), advanced(cumulative=40, percent="34,48"), model(cumulative=15), number="9/KH"
    )
    later = [figure(cumulative=116), advanced(cumulative=38, percent="32,76"), advanced(2024, cumulative=30)]
    findings = found(*later, on=ground(earlier=earlier))
    assert keys(findings) == [("version", NOTE), ("version", NOTE)]
    changed, dropped = findings
    assert says(changed, "40 → 38", "34,48% → 32,76%", "9/KH")
    assert says(dropped, "Xã đạt chuẩn NTM kiểu mẫu", "9/KH")


def test_every_figure_of_an_earlier_version_is_compared():
    income = {"measure": "income", "tier": PROVINCE, "operator": ">="}
    earlier = roadmap(figure(total=117, cumulative=9), figure(value="1,5", **income), advanced(operator=">=", added=2))
    later = [figure(total=116, cumulative=9), figure(value="1,8", **income), advanced(operator=">=", cumulative=9)]
    total, value_of, operator = found(*later, on=ground(earlier=earlier))
    assert says(total, "117 → 116")
    assert says(value_of, "1,5 → 1,8")
    assert says(operator, "≥ 2 → —", "— → ≥ 9")


def test_a_fall_wants_a_reason_and_a_rise_does_not():
    earlier = roadmap(advanced(cumulative=40))
    fall, rise = (only(found(advanced(cumulative=count), on=ground(earlier=earlier))) for count in (38, 42))
    assert len(fall.text) > len(rise.text)
    assert found(advanced(cumulative=40), on=ground(earlier=earlier)) == []
