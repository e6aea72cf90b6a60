"""Sums · the period · falls."""

from datetime import date

import pytest

from tests.linter.making import (
    CONTRADICTION,
    DOUBT,
    HEADLINE,
    NOTE,
    RANGED,
    SUM,
    figure,
    found,
    keys,
    ntm_years,
    only,
    says,
)

TWICE_2021 = figure(2021, nature="actual", cumulative=9)
START = figure(2020, nature="baseline", cumulative=79)
YEARLY = [figure(year, added=count) for year, count in enumerate((1, 2, 0, 2, 1), 2021)]
TO_2023 = ntm_years(2, 2, 2, start=3)


# Sums -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ([figure(2022, cumulative=39), figure(2023, added=2, cumulative=40)], SUM),
        ([figure(2022, cumulative=39), figure(2023, added=2, cumulative=41)], []),
        # what is added stands apart where its sign is another than that of the count in all
        ([figure(2022, cumulative=64), figure(2023, added=17), figure(2023, operator=">=", cumulative=90)], SUM),
        ([figure(2022, cumulative=64), figure(2023, added=17), figure(2023, operator=">=", cumulative=81)], []),
        ([figure(2022, cumulative=64), figure(2023, operator=">=", cumulative=81), figure(2023, added=17)], []),
        ([figure(2022, cumulative=39), figure(2023, cumulative=45)], []),  # nothing is said to be added
        ([figure(2022, added=9, cumulative=8)], SUM),  # a first year adds more than it has
        ([figure(2022, added=8, cumulative=9)], []),
        ([figure(2020, nature="baseline", cumulative=79), figure(2021, added=11, cumulative=90)], []),
        ([figure(2020, nature="baseline", cumulative=79), figure(2021, added=11, cumulative=91)], SUM),
        # a year between that prints only what it adds; one that prints only a per cent tells nothing
        ([figure(2022, cumulative=10), figure(2023, added=3), figure(2024, added=2, cumulative=15)], []),
        ([figure(2022, cumulative=10), figure(2023, added=3), figure(2024, added=2, cumulative=14)], SUM),
        ([figure(2022, cumulative=10), figure(2023, percent="20"), figure(2024, added=2, cumulative=14)], []),
        # units may have been added in a year that the plan leaves out, but not taken away
        ([figure(2022, cumulative=10), figure(2024, added=2, cumulative=14)], [("sum", DOUBT)]),
        ([figure(2022, cumulative=10), figure(2024, added=2, cumulative=11)], SUM),
        # ranges and floors only where no numbers fit
        ([figure(2022, cumulative=10), figure(2023, **RANGED, cumulative=13)], []),
        ([figure(2022, cumulative=10), figure(2023, **RANGED, cumulative=14)], SUM),
        ([figure(2022, cumulative=10), figure(2023, operator=">=", added=2, cumulative=11)], []),
        ([figure(2022, cumulative=9), figure(2023, operator="range", added=2, cumulative=13, cumulative_high=15)], SUM),
        ([figure(2022, operator=">=", cumulative=10), figure(2023, added=2, cumulative=11)], SUM),
        # what is added up to a year is the least that there can be, with or without a count to start from
        ([figure(2021, added=5), figure(2022, added=7), figure(2024, cumulative=5)], SUM),
        ([figure(2021, added=5), figure(2022, added=7), figure(2024, cumulative=12)], []),
        ([figure(2021, added=5), figure(2022, added=7), figure(2024, operator=">=", cumulative=5)], []),
        ([figure(2021, added=5), figure(2022, added=7), figure(2024, operator="<=", cumulative=11)], SUM),
        ([figure(2021, operator=">=", added=5), figure(2022, added=7, cumulative=11)], SUM),
        ([figure(2021, operator="<=", added=5), figure(2022, added=7, cumulative=7)], []),
        ([figure(2021, added=5), figure(2025, span="period", cumulative=4)], SUM),
        ([figure(2021, added=5), figure(2025, span="period", cumulative=5)], []),
        ([figure(2022, cumulative=10), figure(2023, added=5), figure(2024, cumulative=12)], SUM),
        ([figure(2022, cumulative=10), figure(2023, added=5), figure(2024, cumulative=15)], []),
        # units leave a highest level as they move up
        ([figure(2022, counts="highest", cumulative=10), figure(2023, counts="highest", added=2, cumulative=9)], []),
    ],
)  # fmt: skip
def test_sums(years, expected):
    assert keys(found(*years)) == expected


def test_a_result_is_not_held_against_what_was_aimed_at():
    aimed, end = figure(2022, added=5), figure(2024, nature="actual", cumulative=4)
    assert not {*SUM} & {*keys(found(aimed, end, issued="2025-02-01"))}
    assert keys(found(aimed._replace(nature="actual"), end, issued="2025-02-01")) == SUM


def test_a_count_below_what_is_added_says_the_sum():
    finding = only(found(figure(2021, added=5), figure(2022, added=7), figure(2024, cumulative=5)))
    assert says(finding, "5 (2021) + 7 (2022) = 12", "5")


def test_a_result_or_a_target_may_be_what_the_next_year_builds_on():
    years = TWICE_2021, figure(2021, cumulative=10)
    assert keys(found(*years, figure(2022, added=2, cumulative=11), issued="2022-01-01")) == [("nature", NOTE)]
    assert keys(found(*years, figure(2022, added=2, cumulative=12), issued="2022-01-01")) == [("nature", NOTE)]


@pytest.mark.parametrize(("cumulative", "expected"), [(113, []), (114, SUM), (107, SUM)])
def test_a_result_of_the_running_year_is_not_its_end(cumulative, expected):
    now, end = figure(2022, nature="actual", cumulative=95), figure(2022, cumulative=101)
    findings = found(now, end, figure(2023, added=12, cumulative=cumulative), issued="2022-07-12")
    assert keys(findings) == [*expected, ("nature", NOTE)]
    assert all(says(finding, "101 (2022) + 12 = 113") for finding in findings[:-1])


def test_a_figure_of_a_day_within_the_year_is_not_its_end():
    june, end = (figure(2022, cumulative=count, due_on=day) for count, day in ((95, date(2022, 6, 30)), (101, None)))
    assert found(june, end, figure(2023, added=12, cumulative=113)) == []
    assert found(june, figure(2023, added=12, cumulative=113)) == []
    later = figure(2025, span="period", begins_on=date(2024, 1, 1), added=3)
    assert found(*ntm_years(11, 11, 12, 1, 2), later) == []  # of two years together


@pytest.mark.parametrize(("cumulative", "expected"), [(107, []), (113, []), (106, SUM)])
def test_more_may_follow_a_result_of_the_running_year(cumulative, expected):
    now = figure(2022, nature="actual", cumulative=95)
    findings = found(now, figure(2023, added=12, cumulative=cumulative), issued="2022-07-12")
    assert keys(findings) == [*expected, ("nature", NOTE)]


def test_a_sum_starts_from_the_result_where_one_is_printed():
    finding = found(TWICE_2021, figure(2021, cumulative=10), figure(2022, added=2, cumulative=14), issued="2022-01-01")
    assert says(finding[0], "9 (2021) + 2 = 11", "14")


def test_a_broken_sum_says_both_figures():
    finding = only(found(figure(2022, cumulative=1039), figure(2023, added=2, cumulative=1040, cite="mục 3")))
    assert says(finding, "1.039 (2022) + 2 = 1.041", "1.040")
    assert finding.cite == "mục 3"
    assert finding.line.measure == "ntm"


# The period -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "years", "expected"),
    [
        ({"added": 37, "cumulative": 116}, ntm_years(11, 11, 12, 1, 2), []),
        ({"added": 36, "cumulative": 116}, ntm_years(11, 11, 12, 1, 2), HEADLINE),
        ({"added": 38, "cumulative": 116}, ntm_years(11, 11, 12, 1, 2), HEADLINE),
        ({"added": 37, "cumulative": 117}, ntm_years(11, 11, 12, 1, 2), HEADLINE),
        # years that add nothing print the same cumulative figure and no addition
        ({"added": 6}, [*TO_2023, figure(2024, cumulative=9), figure(2025, cumulative=9)], []),
        ({"added": 7}, [*TO_2023, figure(2024, cumulative=9), figure(2025, cumulative=9)], HEADLINE),
        # a year that grows without an addition leaves the sum open
        ({"added": 9}, [*TO_2023, figure(2024, cumulative=10), figure(2025, cumulative=12)], []),
        # years left out may have added the rest, but cannot have added less than nothing
        ({"added": 9}, [figure(2025, added=2, cumulative=12)], []),
        ({"added": 9}, [figure(2023, added=4, cumulative=12), figure(2025, added=2, cumulative=20)], [("sum", DOUBT)]),
        ({"added": 9}, [figure(2025, added=10, cumulative=12)], HEADLINE),
        ({"added": 9}, [figure(2023, added=5, cumulative=5), figure(2025, added=2, cumulative=7)], HEADLINE),
        # the start of the plan and what the period adds
        ({"added": 37, "cumulative": 116}, [figure(2020, nature="baseline", cumulative=79)], []),
        ({"added": 37, "cumulative": 117}, [figure(2020, nature="baseline", cumulative=79)], HEADLINE),
        ({"added": 37, "cumulative": 36}, [], HEADLINE),
        # the end of the period from the start and what each year adds
        ({"cumulative": 85}, [START, *YEARLY], []),
        ({"cumulative": 86}, [START, *YEARLY], HEADLINE),
        ({"cumulative": 86}, [START, *YEARLY[:-1]], []),  # the last year is left out
        ({"cumulative": 86}, [START, *YEARLY[1:]], []),
        ({"cumulative": 84, "operator": ">="}, [START, *YEARLY], []),
        ({"cumulative": 86, "operator": ">="}, [START, *YEARLY], HEADLINE),
        # what was there before, by the first year and by the period
        ({"added": 37, "cumulative": 116}, [figure(2021, added=11, cumulative=90)], []),
        ({"added": 38, "cumulative": 116}, [figure(2021, added=11, cumulative=90)], HEADLINE),
        ({"added": 38, "cumulative": 116}, [figure(2022, added=11, cumulative=90)], []),  # 2021 is left out
        ({"added": 38, "cumulative": 116}, [figure(2021, added=11, cumulative=90, operator=">=")], []),
        ({"operator": "range", "added": 36, "added_high": 38}, ntm_years(11, 11, 12, 1, 2), []),
        ({"operator": ">=", "added": 30}, ntm_years(11, 11, 12, 1, 2), []),
        ({"operator": ">=", "added": 40}, ntm_years(11, 11, 12, 1, 2), HEADLINE),
    ],
)  # fmt: skip
def test_headlines(period, years, expected):
    assert keys(found(figure(2025, span="period", **period), *years)) == expected


@pytest.mark.parametrize(("planned", "expected"), [(37, []), (38, []), (39, ["headline"])])
def test_a_year_that_was_planned_and_done_counts_as_either(planned, expected):
    years = ntm_years(12, 11, 11, 1, 2)
    done = years[0]._replace(nature="actual", added=13, cumulative=92)
    findings = found(figure(span="period", added=planned), done, *years, issued="2022-01-01")
    assert [check for check, weight in keys(findings) if weight is CONTRADICTION] == expected


@pytest.mark.parametrize(("percent", "expected"), [("34,5", []), ("34,48", []), ("34,4", HEADLINE)])
def test_the_periods_per_cent_is_that_of_its_last_year(percent, expected):
    assert keys(found(figure(span="period", percent=percent), figure(percent="34,48"))) == expected


def test_the_periods_per_cent_may_be_of_another_total():
    year = figure(percent="40", cumulative=30, total=75, share_of="ntm")
    assert found(figure(span="period", percent="25,86", total=116), year) == []
    assert keys(found(figure(span="period", percent="35,86", total=116), year)) == [("percent", CONTRADICTION)]


@pytest.mark.parametrize(("percent", "expected"), [("77,27", []), ("72,27", [("percent", CONTRADICTION)])])
def test_a_per_cent_is_of_the_count_that_the_additions_come_to(percent, expected):
    period = figure(span="period", percent=percent, total=110)
    findings = found(period, START, *YEARLY)  # 79 + 6 = 85 of 110
    assert keys(findings) == expected
    assert all(says(finding, "79 (2020) + 1 + 2 + 0 + 2 + 1 = 85/110 = 77,27%") for finding in findings)
    assert keys(found(period._replace(added=6), START)) == expected
    assert keys(found(START, figure(2021, added=6, percent=percent, total=110))) == expected
    assert "percent" not in dict(keys(found(period._replace(added=6))))  # nothing to start from


# One cause ------------------------------------------------------------------------------------------------------------


def test_a_wrong_count_in_the_middle_is_told_once():
    years = ntm_years(11, 11, 12, 1, 2)
    years[1] = years[1]._replace(cumulative=110, total=116, percent="87,07")
    finding = only(found(START, *years))
    assert says(finding, "90 (2021) + 11 = 101", "110 (2022) + 12 = 122", "113", "110/116 = 94,83%")
    assert finding.text.endswith("luỹ kế 110 (2022)")


def test_a_wrong_addition_is_told_once():
    years = ntm_years(11, 11, 12, 1, 2)
    years[2] = years[2]._replace(added=21)
    finding = only(found(START, *years, figure(span="period", added=37, cumulative=116)))
    assert says(finding, "101 (2022) + 21 = 122", "113", "11 + 11 + 21 + 1 + 2 = 46", "37")
    assert finding.text.endswith("tăng thêm 21 (2023)")


def test_a_wrong_headline_is_told_once():
    finding = only(found(START, *ntm_years(11, 11, 12, 1, 2), figure(span="period", added=47, cumulative=116)))
    assert says(finding, "= 37", "47", "79 (2020) + 47 = 126", "116")
    assert finding.text.endswith("tăng thêm 47 (giai đoạn đến 2025)")


def test_two_wrong_figures_beside_each_other_are_told_from_the_last_right_one():
    years = ntm_years(11, 11, 12, 1, 2)
    years[0] = years[0]._replace(cumulative=9, total=116, percent="77,59")
    years[1] = years[1]._replace(cumulative=110, total=116, percent="87,07")
    first, second = found(START, *years)
    assert says(first, "79 (2020) + 11 = 90", "nhưng in 9;", "9/116 = 7,76%", "thấp hơn 79")
    assert first.text.endswith("luỹ kế 9 (2021)")
    assert says(second, "79 (2020) + 11 + 11 = 101", "110")  # not from the 9 that cannot be right
    assert second.text.endswith("luỹ kế 110 (2022)")


def test_a_wrong_count_is_told_with_the_levels_beside_it():
    years = ntm_years(11, 11, 12, 1, 2)
    years[4] = years[4]._replace(cumulative=16)
    finding = only(found(START, *years, figure(measure="nang-cao", cumulative=40)))
    assert says(finding, "114 (2024) + 2 = 116", "16", "Xã đạt chuẩn NTM nâng cao, 2025", "40")
    assert finding.text.endswith("luỹ kế 16 (2025)")


def test_two_wrong_figures_are_told_apart():
    years = ntm_years(11, 11, 12, 1, 2)
    years[1] = years[1]._replace(cumulative=110)
    years[4] = years[4]._replace(percent="99", total=116)
    assert len(found(START, *years)) == 2


# Falls ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (figure(2022, cumulative=41), figure(2023, cumulative=40), [("monotone", DOUBT)]),
        (figure(2022, cumulative=40), figure(2023, cumulative=40), []),
        (figure(2022, cumulative=41), figure(2025, span="period", cumulative=40), [("monotone", DOUBT)]),
        (figure(2022, cumulative=41), figure(2023, added=2, cumulative=40), SUM),  # said once
        (figure(2022, cumulative=41, counts="highest"), figure(2023, cumulative=40, counts="highest"), []),
        (figure(2022, cumulative=41, operator=">="), figure(2023, cumulative=40), [("monotone", DOUBT)]),
        (figure(2022, cumulative=41), figure(2023, cumulative=40, operator=">="), []),
        (figure(2022, measure="ocop", cumulative=41), figure(2023, measure="ocop", cumulative=40), []),
    ],
)
def test_falls(before, after, expected):
    assert keys(found(before, after)) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"percent": "60"}, {"percent": "55"}, [DOUBT]),
        ({"percent": "60"}, {"percent": "59"}, [DOUBT]),
        ({"percent": "60"}, {"percent": "60"}, []),
        ({"percent": "55"}, {"percent": "60"}, []),
        ({"percent": "34,5"}, {"percent": "34,48"}, []),
        ({"percent": "60", "operator": ">="}, {"percent": "55"}, [DOUBT]),
        ({"percent": "60"}, {"percent": "55", "operator": ">="}, []),
        ({"percent": "60", "operator": "<="}, {"percent": "55"}, []),
        ({"percent": "60", "operator": "about"}, {"percent": "57", "operator": "about"}, []),
        ({"percent": "60", "operator": "about"}, {"percent": "50", "operator": "about"}, [DOUBT]),
        ({"percent": "60", "cumulative": 60}, {"percent": "55"}, [DOUBT]),
        ({"percent": "60", "cumulative": 60}, {"percent": "55", "cumulative": 61}, []),  # the counts speak
        ({"percent": "60", "share_of": "ntm"}, {"percent": "55", "share_of": "ntm"}, []),  # of more communes
        ({"percent": "60", "counts": "highest"}, {"percent": "55", "counts": "highest"}, []),
        ({"percent": "60", "measure": "poverty-rate"}, {"percent": "55", "measure": "poverty-rate"}, []),
    ],
)
def test_shares_that_fall(before, after, expected):
    findings = [
        finding for finding in found(figure(2023, **before), figure(2024, **after)) if finding.check == "monotone"
    ]
    assert [finding.weight for finding in findings] == expected


def test_the_share_of_the_period_is_that_of_its_last_year():
    assert keys(found(figure(2023, percent="60"), figure(2025, span="period", percent="55"))) == [("monotone", DOUBT)]
    assert found(figure(2023, percent="50"), figure(2025, span="period", percent="55")) == []


def test_communes_short_of_criteria_should_not_rise():
    def short(year, count):
        return figure(year, measure="criteria-below", threshold=15, operator="<=", cumulative=count)

    assert found(short(2022, 4), short(2023, 2)) == []
    assert keys(found(short(2022, 2), short(2023, 4))) == [("monotone", DOUBT)]
