"""Days: both ways of writing · partial days · the last day they can mean · days that do not exist."""

from datetime import date

import pytest

from ntmtrack.dates import agree, first_day, last_day, read_day, read_full_day, show_day
from ntmtrack.errors import BadDay, NotAWholeDay
from ntmtrack.i18n import use_language
from tests.running import run


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2/5/2019", "2019-05-02"),
        ("02-05-2019", "2019-05-02"),
        ("2.5.2019", "2019-05-02"),
        ("2019-5-2", "2019-05-02"),
        ("5/2019", "2019-05"),
        ("2019-05", "2019-05"),
        (" 2019 ", "2019"),
    ],
)
def test_days_as_people_write_them(typed, iso):
    assert read_day(typed) == iso


@pytest.mark.parametrize("typed", ["31/2/2025", "2024-13", "hôm qua", "", "1/2", "20241220", "0/0/2024"])
def test_what_is_not_a_day(typed):
    with pytest.raises(BadDay):
        read_day(typed)


def test_a_month_is_not_a_whole_day():
    with pytest.raises(NotAWholeDay):
        read_full_day("02/2024")


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("2019-05-02", date(2019, 5, 2), date(2019, 5, 2)),
    ],
)
def test_what_a_partial_day_can_mean(iso, first, last):
    assert (first_day(iso), last_day(iso)) == (first, last)


def test_shown_in_the_language_in_use():
    assert [show_day(iso) for iso in ("2019-05-02", "2024-02", "2016", None)] == ["02/05/2019", "02/2024", "2016", ""]
    use_language("en")
    assert [show_day(iso) for iso in ("2019-05-02", "2024-02", "2016")] == ["2019-05-02", "2024-02", "2016"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("2024-12", "2024-12-20", True), ("2024", None, True), ("2024-01-02", "2024-02", False), ("2023", "2024", False)],
)
def test_days_that_can_be_the_same(one, other, same):
    assert agree(one, other) is agree(other, one) is same


@pytest.mark.parametrize(
    "line",
    [
        ("assess", "Sơn Bình", "--met", "8", "--on", "1/1/2027"),
        ("mark", "Sơn Bình", "--group", "3", "--since", "1/1/2027"),
        ("rearrange", "--complete-since", "1/1/2027"),
        ("rearrange", "Sơn Bình", "--rename", "Sơn Hoà", "--on", "1/1/2027"),
    ],
)
def test_a_day_to_come_that_is_no_decisions_is_refused_in_its_own_words(demo, line):
    refused = run(*line)
    assert (refused.code, "sau hôm nay" in refused.err, "quyết định" in refused.err) == (1, True, False)
