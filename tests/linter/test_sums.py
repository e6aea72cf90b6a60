"""Sums · the period · falls."""

import pytest

from tests.linter.making import DOUBT, HEADLINE, NOTE, RANGED, SUM, figure, found, keys, ntm_years, only, says

TWICE_2021 = figure(2021, nature="actual", cumulative=9)
TO_2023 = ntm_years(2, 2, 2, start=3)


# Sums -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ([figure(2022, cumulative=39), figure(2023, added=2, cumulative=40)], SUM),
        ([figure(2022, cumulative=39), figure(2023, added=2, cumulative=41)], []),
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
        # a result and a target for one year: either may be what the next year builds on
        ([TWICE_2021, figure(2021, cumulative=10), figure(2022, added=2, cumulative=11)], [("nature", NOTE)]),
        # ranges and floors only where no numbers fit
        ([figure(2022, cumulative=10), figure(2023, **RANGED, cumulative=13)], []),
        ([figure(2022, cumulative=10), figure(2023, **RANGED, cumulative=14)], SUM),
        ([figure(2022, cumulative=10), figure(2023, operator=">=", added=2, cumulative=11)], []),
        ([figure(2022, cumulative=9), figure(2023, operator="range", added=2, cumulative=13, cumulative_high=15)], SUM),
        ([figure(2022, operator=">=", cumulative=10), figure(2023, added=2, cumulative=11)], SUM),
        # units leave a highest level as they move up
        ([figure(2022, counts="highest", cumulative=10), figure(2023, counts="highest", added=2, cumulative=9)], []),
    ],
)  # fmt: skip
def test_sums(years, expected):
    assert keys(found(*years)) == expected


def test_a_broken_sum_says_that_the_printed_figure_governs():
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
        ({"operator": "range", "added": 36, "added_high": 38}, ntm_years(11, 11, 12, 1, 2), []),
        ({"operator": ">=", "added": 30}, ntm_years(11, 11, 12, 1, 2), []),
        ({"operator": ">=", "added": 40}, ntm_years(11, 11, 12, 1, 2), HEADLINE),
    ],
)  # fmt: skip
def test_headlines(period, years, expected):
    assert keys(found(figure(2025, span="period", **period), *years)) == expected


@pytest.mark.parametrize(("percent", "expected"), [("34,5", []), ("34,48", []), ("34,4", HEADLINE)])
def test_the_periods_per_cent_is_that_of_its_last_year(percent, expected):
    assert keys(found(figure(span="period", percent=percent), figure(percent="34,48"))) == expected


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
