"""One cause, one finding, whichever checks it makes speak; the per cent of a period against that of its last year."""

import pytest

from ntmtrack.lint.contradictions import footnotes
from ntmtrack.lint.linter import check_plan
from tests.linter.making import (
    CONTRADICTION,
    DISTRICT,
    NOTE,
    figure,
    found,
    ground,
    keys,
    ntm_years,
    only,
    roadmap,
    says,
)

START = figure(2020, tier=DISTRICT, nature="actual", cumulative=4)
NAMED = ("huyện Hòn Đất", "huyện An Biên")


def districts(added):
    return [
        START,
        figure(2021, tier=DISTRICT, added=added, cumulative=6, units=NAMED),
        figure(2022, tier=DISTRICT, added=2, cumulative=8),
    ]


def serious(findings):
    return [finding for finding in findings if finding.weight is not NOTE]


def test_an_addition_against_its_sum_and_its_names():
    one = only(serious(found(*districts(3))))
    assert keys([one]) == [("sum", CONTRADICTION)]
    assert says(
        one, "4 (2020) + 3 = 7, nhưng in 6", "nêu tên 2 đơn vị, nhưng in 3", "số không khớp: tăng thêm 3 (2021)"
    )
    assert serious(found(*districts(2))) == []


def test_an_addition_against_its_sum_and_its_shares():
    shares = [figure(2021, within=name, added=count) for name, count in (("huyện A", 5), ("huyện B", 6))]
    start = figure(2020, nature="baseline", cumulative=79)
    assert found(start, *ntm_years(11, 12), *shares) == []
    wrong = [figure(2021, added=1, cumulative=90), figure(2022, added=12, cumulative=102)]
    one = only(serious(found(start, *wrong, *shares)))
    assert says(one, "79 (2020) + 1 = 80, nhưng in 90", "được 11", "số không khớp: tăng thêm 1 (2021)")


def test_a_report_of_any_year_of_it_tells_it():
    years = [figure(2020, nature="baseline", cumulative=70), figure(2021, added=11, cumulative=90)]
    plan = roadmap(*years, figure(2025, span="period", added=37, cumulative=116))
    assert says(only(serious(check_plan(plan, ground()))), "70 (2020) + 11 = 81, nhưng in 90")
    for reported in (2021, 2025):
        assert says(only(footnotes(plan, ground().programme, [reported])), "70 (2020) + 11 = 81, nhưng in 90")
    assert footnotes(plan, ground().programme, [2022]) == []


def test_nothing_more_is_said_of_a_total_that_is_told_to_be_wrong():
    years = ntm_years(11, 12, start=79, total=150)
    years[1] = years[1]._replace(total=105, percent="68")
    years += [figure(2022, measure="nang-cao", cumulative=30, percent="20")]
    findings = found(*years, on=ground(communes=118))
    assert says(only(serious(findings)), "số không khớp: tổng số 105 (2022)")
    assert not any("105 xã" in finding.text for finding in findings if finding.weight is NOTE)


@pytest.mark.parametrize(
    ("operator", "period", "year", "wrong"),
    [
        (">=", "20", "10", True),
        (">=", "20", "20", False),
        (">=", "40", "39,7", False),  # rounded as the period's
        (">", "70", "70", False),  # a goal that is passed by the least
        (">=", "40", "43,3", False),
        ("about", "30", "20", False),
        ("<=", "5", "7", True),
        ("=", "40", "41", True),
    ],
)
def test_the_per_cent_of_a_period_and_of_its_last_year(operator, period, year, wrong):
    findings = found(figure(span="period", operator=operator, percent=period), figure(percent=year))
    assert keys(findings) == ([("headline", CONTRADICTION)] if wrong else [])
    if wrong and operator != "=":
        assert says(findings[0], f"{year}%", f"{period}%")
