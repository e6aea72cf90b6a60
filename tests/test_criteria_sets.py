"""Criteria sets as dated data: what ships, what later decisions change, what an office says over it; what may be
concluded of results, and what never may."""

import json
from decimal import Decimal

import pytest

from ntmtrack.assessment import ToldResults, check_set_for, concluded, criteria_missing
from ntmtrack.errors import (
    CountUnlikeList,
    MetAndMissing,
    MoreMetThanThereAre,
    SetOfAnotherTier,
    SetOfAnotherTime,
    UnknownCriteriaSet,
    UnknownCriterion,
)
from ntmtrack.model import Tier, Unit
from ntmtrack.programmes import programme
from ntmtrack.programmes.criteria import Verified
from ntmtrack.programmes.criteria.files import criteria_set, find_set, main_set, set_keys
from ntmtrack.programmes.criteria.office import OfficeCriterion, told
from tests.running import begin, run

NTM = criteria_set("2021-2025/xa-ntm")
COMMUNE = Unit(1, "Mỹ Thuận", "xã", Tier.COMMUNE, "30836", 2, "huyện Hòn Đất")
SETS = [criteria_set(key) for key in set_keys()]


@pytest.mark.parametrize("of_set", SETS, ids=set_keys())
def test_bands_leave_no_gap_and_do_not_overlap(of_set):
    counted = [met for band in of_set.band_ends for met in range(band.low, band.high + 1)]
    assert sorted(counted) == list(range(of_set.total + 1))


@pytest.mark.parametrize("of_set", SETS, ids=set_keys())
def test_a_code_is_once_in_its_set_and_sets_that_are_asked_for_are_there(of_set):
    codes = [content.code for criterion in of_set.criteria for content in criterion.contents]
    assert len({*codes, *(criterion.code for criterion in of_set.criteria)}) == len(codes) + len(of_set.criteria)
    assert all(criteria_set(key) for key in (*of_set.asks, *filter(None, [of_set.of])))
    assert programme(of_set.programme)


def test_the_sets_of_communes_have_as_many_criteria_and_contents_as_their_decision_says():
    assert [
        (one.total, len(one.criteria), sum(1 for _item in one.items))
        for one in (NTM, criteria_set("2021-2025/xa-nang-cao"))
    ] == [
        (19, 19, 57),
        (19, 19, 75),
    ]
    new = criteria_set("2026-2030/xa-ntm")
    assert (new.total, new.contents_number, new.is_listed_whole) == (10, 47, False)
    assert sum(content.compulsory for criterion in new.criteria for content in criterion.contents) == 6


def test_no_threshold_from_memory_is_verified():
    assert not any(threshold.verified for threshold in NTM.thresholds)
    assert all(threshold.verified for threshold in criteria_set("2016-2020/xa-ntm").thresholds)


def test_a_later_decision_changes_a_content_from_its_day_on():
    def name(day):
        return next(item.name for item in NTM.on(day).items if item.code == "13.1")

    assert "tổ hợp tác" not in name("2024-02-29")
    assert "tổ hợp tác" in name("2024-03-01")


@pytest.mark.parametrize(
    ("period", "typed", "key"),
    [
        ("2021-2025", "nâng cao", "2021-2025/xa-nang-cao"),
        ("2021-2025", "NTM", "2021-2025/xa-ntm"),
        ("2021-2025", "kiểu mẫu", "2021-2025/xa-kieu-mau"),
        ("2021-2025", "huyen-ntm", "2021-2025/huyen-ntm"),
        ("2026-2030", "xa-ntm", "2026-2030/xa-ntm"),
        ("2026-2030", "2021–2025/xa-ntm", "2021-2025/xa-ntm"),
    ],
)
def test_a_set_is_found_as_people_name_it(period, typed, key):
    assert find_set(programme(period), typed).key == key


def test_an_unknown_set_is_refused_with_those_there_are():
    with pytest.raises(UnknownCriteriaSet, match="xa-ntn"):
        find_set(programme("2021-2025"), "xa-ntn")
    assert main_set("2011-2015") is None


@pytest.mark.parametrize(
    ("results", "met", "missing", "unknown"),
    [
        (ToldResults(met=17), 17, None, ()),
        (ToldResults(missing=["5", "17.2"]), 17, ("5", "17.2"), ()),
        (ToldResults(missing=["17.2", "17.6"]), 18, ("17.2", "17.6"), ()),
        (ToldResults(missing=[]), 19, (), ()),
        (ToldResults(missing=["5"], unknown=["10"]), 17, ("5",), ("10",)),
        (ToldResults(verdicts={f"{code}": True for code in range(1, 20)}), 19, (), ()),
        (ToldResults(verdicts={f"{code}": code != 5 for code in range(1, 19)}), 17, ("5",), ("19",)),
        (ToldResults(verdicts={"2.1": True, "2.2": True, "2.3": True, "2.4": True}, met=1), 1, (), tuple(
            f"{code}" for code in range(1, 20) if code != 2
        )),
    ],
)  # fmt: skip
def test_what_is_told_of_a_unit_makes_a_number_and_lists(results, met, missing, unknown):
    found = concluded(NTM, results, "2024-06-30")
    assert (found.met, found.missing, found.unknown) == (met, missing, unknown)


def test_a_value_is_never_concluded_by_a_threshold_that_was_not_verified():
    others = {f"{code}": True for code in range(1, 20) if code != 10}
    results = ToldResults(verdicts=others, values={"10": Decimal("99.5")})
    delta = ("Đồng bằng sông Cửu Long",)
    found = concluded(NTM, results, "2024-06-30", delta)
    assert (found.met, found.missing, found.unknown, found.results) == (18, (), ("10",), (("10", "99,5"),))
    rows = [OfficeCriterion("10", None, "Đồng bằng sông Cửu Long", 2024, None, ">=", "59", verified=True)]
    of_office = told(NTM, rows, "2024-06-30")
    assert concluded(of_office, results, "2024-06-30", delta).met == 19
    assert concluded(of_office, results, "2024-06-30").unknown == ("10",)  # of another region nothing is known
    below = results._replace(values={"10": Decimal("58.9")})
    assert concluded(of_office, below, "2024-06-30", delta).missing == ("10",)


def test_of_a_set_whose_contents_are_not_all_known_none_is_met_by_those_that_are():
    found = concluded(criteria_set("2021-2025/huyen-ntm"), ToldResults(verdicts={"9.6": True}), "2024-06-30")
    assert (found.met, "9" in found.unknown) == (0, True)


@pytest.mark.parametrize(
    ("results", "refusal"),
    [
        (ToldResults(met=20), MoreMetThanThereAre),
        (ToldResults(missing=["20"]), UnknownCriterion),
        (ToldResults(missing=["17.13"]), UnknownCriterion),
        (ToldResults(met=18, missing=["5", "10"]), CountUnlikeList),
        (ToldResults(verdicts={"17": True, "17.2": False}), MetAndMissing),
    ],
)
def test_what_cannot_be_is_refused(results, refusal):
    with pytest.raises(refusal):
        concluded(NTM, results, "2024-06-30")


def test_a_set_is_refused_before_its_day_in_another_programme_and_for_another_tier():
    check_set_for(NTM, COMMUNE, "2024-06-30")
    check_set_for(criteria_set("2026-2030/xa-ntm"), COMMUNE, "2025-12-31")  # what the programme begins with
    check_set_for(NTM, COMMUNE, "2026-06-30")  # what units keep of the programme before is reviewed by its set
    for key, day in (
        ("2021-2025/xa-ntm", "2022-03-07"),
        ("2026-2030/xa-ntm", "2024-06-30"),
        ("2026-2030/xa-ntm", "2025-12-28"),
    ):
        with pytest.raises(SetOfAnotherTime):
            check_set_for(criteria_set(key), COMMUNE, day)
    for key, unit in (("2021-2025/huyen-ntm", COMMUNE), ("2021-2025/xa-ntm", COMMUNE._replace(kind="phường"))):
        with pytest.raises(SetOfAnotherTier):
            check_set_for(criteria_set(key), unit, "2024-06-30")


def test_an_office_names_contents_and_corrects_names():
    rows = [
        OfficeCriterion("3.1", "Tỷ lệ đường giao thông", verified=True, source="51/2025/QĐ-TTg"),
        OfficeCriterion("3", "Kinh tế nông thôn", since="2026-06-01"),
        OfficeCriterion("3.1", None, "nhóm 3", None, None, ">=", "40", "%", verified=True),
    ]
    of_set = criteria_set("2026-2030/xa-ntm")
    by_office = told(of_set, rows, "2026-03-01")
    third = by_office.criterion_of("3.1")
    assert (third.name, [content.code for content in third.contents]) == (
        "Phát triển kinh tế nông thôn",
        ["3.1", "3.a", "3.b", "3.c"],
    )
    assert third.contents[0].verified is Verified.YES
    assert told(of_set, rows, "2026-06-01").criterion_of("3").name == "Kinh tế nông thôn"
    assert by_office.threshold("3.1", 2026, ("nhóm 3",)).holds(Decimal(40)) is True
    assert by_office.threshold("3.1", 2026, ("nhóm 1",)) is None
    assert told(of_set, [rows[0]._replace(scope_id=7)], "2026-03-01", 8) == of_set


def test_criteria_that_contents_are_missing_of_count_once():
    found = concluded(NTM, ToldResults(missing=["17.10", "17.2", "2.1"]), "2024-06-30")
    assert criteria_missing(found, NTM) == ["2", "17"]


@pytest.mark.of_file("no ledger yet")
def test_sets_are_listed_of_a_period_of_a_day_and_else_of_the_last_year_of_the_ledger(office):
    def keys(*line):
        return {row["key"].partition("/")[0] for row in json.loads(run("criteria", *line, "-f", "json").out)["sets"]}

    assert keys() == {"2026-2030"}  # without a ledger those of today
    begin("Kiên Giang")
    assert run("record", "Sơn Bình", "--level", "ntm", "--year", "2023").code == 0
    assert keys() == keys("2021–2025") == keys("--on", "31/12/2024") == {"2021-2025"}
    assert keys("--on", "31/12/2019") == keys("--year", "2019") == keys("2016-2020") == {"2016-2020"}
    assert keys("--on", "1/2/2026") == keys("2026-2030") == {"2026-2030"}
    assert keys("--all") == {"2016-2020", "2021-2025", "2026-2030"}
    assert run("criteria", "2021-2025", "--contents").code == 2
    assert "ntmtrack criteria show --all" in run("criteria", "2021-2026").err


def test_a_verdict_against_a_checked_threshold_is_left_open():
    """45 where 50 is asked for cannot be met, whatever else the cell says; nor can 65 be missing."""
    of_office = told(NTM, [OfficeCriterion("10", None, None, None, None, ">=", "50", verified=True)], "2024-06-30")
    others = {f"{code}": True for code in range(1, 20) if code != 10}
    for value, verdict in (("45", True), ("65", False)):
        results = ToldResults(verdicts={**others, "10": verdict}, values={"10": Decimal(value)})
        found = concluded(of_office, results, "2024-06-30")
        assert (found.met, found.missing, found.unknown) == (18, (), ("10",))


def test_what_is_told_as_met_and_missing_is_refused_and_what_is_decided_is_not_open():
    with pytest.raises(MetAndMissing):
        concluded(NTM, ToldResults(missing=["5"], verdicts={"5": True}), "2024-06-30")
    of_office = told(NTM, [OfficeCriterion("12.1", None, None, None, None, ">=", "80", verified=True)], "2024-06-30")
    results = ToldResults(missing=[], unknown=["12.1"], values={"12.1": Decimal(75)})
    found = concluded(of_office, results, "2024-06-30")
    assert (found.missing, found.unknown) == (("12.1",), ())


def test_the_offices_own_threshold_stands_before_one_that_was_not_checked():
    rows = [OfficeCriterion("10", None, None, None, None, ">=", "50", verified=True)]
    by_office = told(NTM, rows, "2024-06-30")
    assert by_office.threshold("10", 2024, ("Đồng bằng sông Cửu Long",)).value == "50"
