"""Who may be proposed for an award and who not, how many places there are: worked out by hand on a made-up province.

Two districts: 1 with the communes 11, 12, 13, 14, and 2 with 21, 22. Nobody and nothing in it is real.
"""

from datetime import date

import pytest

from ntmtrack.emulation import AGENCY, AwardRule, Condition, Frequency, Ground, Movement, Need, Recipient
from ntmtrack.emulation.candidates import Why, candidates
from ntmtrack.emulation.facts import CriteriaMet, MovementFacts, Open, gain_ranks, holds
from ntmtrack.emulation.givers import may_be_name
from ntmtrack.emulation.person_names import reads_as_person
from ntmtrack.emulation.quota import quotas
from ntmtrack.emulation.registers import Entry, GivenAward, GiverKind
from ntmtrack.measures.kept import Measurement
from ntmtrack.model import Act, Recognition, Tier
from tests.running import begin, run

TIERS = {1: Tier.DISTRICT, 2: Tier.DISTRICT} | dict.fromkeys((11, 12, 13, 14, 21, 22), Tier.COMMUNE)
PARTS = {11: 1, 12: 1, 13: 1, 14: 1, 21: 2, 22: 2}
NO_ARREARS = Condition("no-dong", Tier.COMMUNE, Need.NO_ARREARS, "không nợ đọng", "IV.3", excludes=True)


def rule(key, ground, recipient=Recipient.UNIT, frequency=Frequency.EACH_YEAR, **more):
    told = {"name": "Bằng khen", "authority": "UBND tỉnh", "says": "…", "cite": "V.2"}
    return AwardRule(key=key, recipient=recipient, ground=ground, frequency=frequency, **told, **more)


FLAG = rule("A1", Ground.RECOGNITION, frequency=Frequency.ONCE_PER_LEVEL, tier=Tier.COMMUNE, levels=("ntm", "nang-cao"))
MOST = rule("A2", Ground.MOST_CRITERIA, tier=Tier.COMMUNE)
ADVANCED = rule("A11", Ground.RECOGNITION, tier=Tier.COMMUNE, levels=("nang-cao",))
OF_DISTRICT = rule(
    *("A5", Ground.RECOGNITION, Recipient.PERSON, Frequency.ONCE),
    **{"tier": Tier.DISTRICT, "levels": ("ntm",), "places": 20, "parts": (("cấp tỉnh", 5), ("cấp huyện", 15))},
)
OF_COMMUNE = rule(
    *("A6", Ground.RECOGNITION, Recipient.PERSON), tier=Tier.COMMUNE, levels=("ntm", "nang-cao"), places=5
)
OF_AGENCY = rule(
    *("A9", Ground.JUDGED, Recipient.PERSON, Frequency.AT_REVIEWS),
    **{"places": 2, "for_each": AGENCY, "agencies": (("Sở Nông nghiệp", 4),), "years": (2023, 2025)},
)
GIVERS = rule("A4", Ground.CONTRIBUTION, Recipient.COLLECTIVE, Frequency.ONCE, at_least=100_000_000, stars=3)
PERSONS = rule("A8", Ground.CONTRIBUTION, Recipient.PERSON, Frequency.ONCE, at_least=50_000_000, stars=3)
RULES = (FLAG, MOST, ADVANCED, OF_DISTRICT, OF_COMMUNE, OF_AGENCY, GIVERS, PERSONS)
MADE_UP = Movement(
    *("made-up", "Phong trào", "1/KH", "2022", "UBND tỉnh", "2021-2025", "99", "tỉnh", "2021", "2025"),
    awards=RULES,
    conditions=(NO_ARREARS,),
)


def facts(**more):
    told = {"year": 2023, "day": date(2024, 1, 20), "tiers": TIERS, "recognitions": {}, "parts": PARTS}
    return MovementFacts(**told | {"rules": {("made-up", one.key): one for one in RULES}} | more)


def recognised(level="nang-cao", year=2023, **more):
    return Recognition(level, "2021-2025", year, **more)


def given(unit, form="A1", year=2023, **more):
    movement = "made-up" if form else None
    told = {"achievement": "…", "movement": movement, "form": form, "name": "Cờ thi đua", "id": 7}
    return GivenAward(unit_id=unit, year=year, **told | more)


def found(of_rule, told):
    """The units that may be proposed, and those that may not, each with why not."""
    every = candidates(MADE_UP, of_rule, told).found
    return (
        [one.unit_ids[0] for one in every if not one.exclusions],
        {one.unit_ids[0]: [why.why for why in one.exclusions] for one in every if one.exclusions},
    )


# The most criteria completed in the year, in each district: 11 and 12 have 4 more, 13 has 3, 14 is not concluded; in
# the other 22 has lost one, 21 was not assessed in the year.
CRITERIA = {
    11: CriteriaMet(10, 14),
    12: CriteriaMet(12, 16),
    13: CriteriaMet(16, 19),
    14: CriteriaMet(9, 19, Open.LEFT_OPEN),
    21: CriteriaMet(15, 15, Open.NOT_ANEW),
    22: CriteriaMet(15, 14),
}


def test_those_who_completed_the_most_are_all_named_where_they_are_alike():
    told = candidates(MADE_UP, MOST, facts(criteria=CRITERIA))
    assert [(one.unit_ids, one.met.gain, one.ties, one.open, one.part) for one in told.found] == [
        ((11,), 4, 2, 1, 1),
        ((12,), 4, 2, 1, 1),
    ]
    assert told.open == ((1, 14, Open.LEFT_OPEN), (2, 21, Open.NOT_ANEW))  # nobody completed any in district 2


def test_where_all_who_completed_the_most_are_in_arrears_the_next_stand_there_too():
    told = facts(criteria=CRITERIA, arrears={11: True, 12: True, 13: False})
    every = candidates(MADE_UP, MOST, told).found
    assert [(one.unit_ids, one.after, bool(one.exclusions)) for one in every] == [
        ((13,), True, False),
        ((11,), False, True),
        ((12,), False, True),
    ]
    assert found(MOST, facts(criteria=CRITERIA, arrears={11: True})) == ([12], {11: [Why.CONDITION]})


def test_who_had_the_award_of_the_year_has_no_heir():
    told = facts(criteria=CRITERIA, given=[given(11, "A2"), given(12, "A2")])
    assert found(MOST, told) == ([], {11: [Why.REWARDED], 12: [Why.REWARDED]})
    of_year_before = facts(criteria=CRITERIA, given=[given(11, "A2", 2022)])
    assert found(MOST, of_year_before) == ([11, 12], {})


def test_a_unit_in_no_part_is_not_compared():
    told = candidates(MADE_UP, MOST, facts(criteria=CRITERIA, parts={}))
    assert told.found == ()
    assert {why for _part, _unit, why in told.open} == {Open.NO_PART, Open.LEFT_OPEN, Open.NOT_ANEW}


# Every commune recognised at an advanced level: 11 and 12 in the year, 13 the year before, 14 revoked since, 21
# acknowledged after a merger, 22 at another level.
RECOGNISED = {
    11: [recognised("ntm", 2020), recognised()],
    12: [recognised()],
    13: [recognised(year=2022)],
    14: [recognised(revoked_on="2024-01")],
    21: [recognised(basis=Act.ACKNOWLEDGED)],
    22: [recognised("ntm")],
}


def test_units_recognised_in_the_year_are_candidates_but_for_those_without_a_ground():
    excluded = {14: [Why.REVOKED], 21: [Why.ACKNOWLEDGED]}
    on_the_day = facts(recognitions=RECOGNISED, day=date(2024, 1, 31))
    assert found(ADVANCED, on_the_day) == ([11, 12], excluded)
    assert found(FLAG, on_the_day) == ([11, 12, 22], excluded)
    # "2024-01" is known to the month alone: until its last day nothing is revoked
    assert found(ADVANCED, facts(recognitions=RECOGNISED)) == ([11, 12, 14], {21: [Why.ACKNOWLEDGED]})


def test_told_arrears_exclude_and_those_untold_are_said_not_to_be_known():
    told = facts(recognitions=RECOGNISED, arrears={11: True, 12: False})
    every = candidates(MADE_UP, ADVANCED, told).found
    assert found(ADVANCED, told)[1][11] == [Why.CONDITION]
    assert {one.unit_ids[0]: one.findings[0].holds for one in every} == {11: False, 12: True, 14: None, 21: None}


@pytest.mark.parametrize(
    ("award", "why"),
    [
        (given(12, "A1", level="nang-cao"), [Why.REWARDED]),  # by another form
        (given(12, None, level="nang-cao"), [Why.REWARDED]),  # by one that no movement has
        (given(12, "A6", level="nang-cao", recipient="cán bộ xã", places=5), []),  # persons are other recipients
        (given(12, "A6", level="nang-cao", places=5), []),  # also where no role is told
        (given(12, "A1", 2021, level="ntm"), []),  # for another level
        (given(11, "A1", level="nang-cao"), []),  # another unit
        (given(12, "A11", achievement="khác"), [Why.HAD]),  # this form in this year, for something else
        (given(12, "A11", 2022, achievement="khác"), []),
    ],
)
def test_the_same_achievement_is_not_rewarded_twice(award, why):
    told = facts(recognitions={12: RECOGNISED[12]}, given=[award])
    assert found(ADVANCED, told) == ([] if why else [12], {12: why} if why else {})


def test_what_was_revoked_and_reached_anew_may_be_rewarded_anew():
    twice = {12: [recognised(year=2021, revoked_on="2022-05-01"), recognised()]}
    old = given(12, "A1", 2021, level="nang-cao")
    assert found(FLAG, facts(recognitions=twice, given=[old])) == ([12], {})
    stood = {12: [recognised(year=2021), recognised("kieu-mau")]}
    assert found(FLAG._replace(levels=("kieu-mau",)), facts(recognitions=stood, given=[old])) == ([12], {})


def test_once_means_once_whatever_it_was_for():
    once = ADVANCED._replace(frequency=Frequency.ONCE)
    told = facts(recognitions={12: RECOGNISED[12]}, given=[given(12, "A11", 2021, level="ntm")])
    assert found(once, told) == ([], {12: [Why.HAD]})
    assert found(ADVANCED, told) == ([12], {})


def gave(unit, amount, party="Công ty A", kind=GiverKind.COMPANY, person=None, **more):
    return Entry(
        unit, "contribution", "tiền", "2022-05-01", kind, party, amount=amount, person=person, id=amount, **more
    )


def test_givers_are_summed_over_years_and_units():
    entries = [gave(11, 60_000_000), gave(21, 40_000_000, "CÔNG TY A"), gave(11, 99_999_999, "Hợp tác xã B")]
    (one,) = candidates(MADE_UP, GIVERS, facts(entries=entries)).found
    assert (one.party, one.amount, one.unit_ids) == ("Công ty A", 100_000_000, (11, 21))
    had = given(22, "A4", 2021, recipient="công ty a")
    (one,) = candidates(MADE_UP, GIVERS, facts(entries=entries, given=[had])).found
    assert one.exclusions[0].award == had


def test_private_givers_are_candidates_without_a_name():
    entries = [
        gave(11, 30_000_000, None, GiverKind.PERSON, "Người Thứ Nhất"),
        gave(11, 20_000_000, None, GiverKind.HOUSEHOLD, "Người thứ nhất"),
        gave(12, 49_000_000, None, GiverKind.PERSON, "Người Thứ Hai"),
        gave(13, 50_000_000, None, GiverKind.PERSON),
        gave(13, 10_000_000, None, GiverKind.PERSON),  # of nobody known: summed with nothing
    ]
    every = candidates(MADE_UP, PERSONS, facts(entries=entries)).found
    assert [(one.party, one.amount, one.unit_ids) for one in every] == [
        (None, 50_000_000, (11,)),
        (None, 50_000_000, (13,)),
    ]
    assert candidates(MADE_UP, GIVERS, facts(entries=entries)).found == ()


def test_products_of_enough_stars_are_a_ground_too():
    products = [
        (11, Measurement("ocop", 2022, "4", "Trà", owner="Hợp tác xã B")),
        (12, Measurement("ocop", 2022, "3", "Mật ong")),  # whose it is, a household's, is not told
        (13, Measurement("ocop", 2022, "3", "Gạo", owner="Công ty A")),
    ]
    told = facts(products=products, entries=[gave(21, 200_000_000)])
    assert [(one.party, one.amount, len(one.products)) for one in candidates(MADE_UP, GIVERS, told).found] == [
        ("Công ty A", 200_000_000, 1),
        ("Hợp tác xã B", None, 1),
    ]
    assert [one.unit_ids for one in candidates(MADE_UP, PERSONS, told).found] == [(12,)]
    four = GIVERS._replace(stars=4, at_least=None)
    assert [one.party for one in candidates(MADE_UP, four, told).found] == ["Hợp tác xã B"]


def test_places_and_what_offices_judge_name_nobody():
    told = facts(recognitions=RECOGNISED)
    assert all(not candidates(MADE_UP, one, told).found for one in (OF_DISTRICT, OF_COMMUNE, OF_AGENCY))


@pytest.mark.parametrize(
    ("need", "told", "expected"),
    [
        (Need.HAS_COMMUNE_AT, {"levels_below": {1: frozenset({"ntm"})}}, False),
        (Need.HAS_COMMUNE_AT, {"levels_below": {1: frozenset({"ntm", "nang-cao"})}}, True),
        (Need.HIGHEST_GAIN, {"gain_ranks": {1: 1, 2: 2}}, True),
        (Need.HIGHEST_GAIN, {"gain_ranks": {1: 2, 2: 1}}, False),
        (Need.HIGHEST_GAIN, {"gain_ranks": {2: 1}}, None),
        (Need.REPORTS_ON_TIME, {"on_time": {1: False}}, False),
        (Need.REPORTS_ON_TIME, {}, None),
        (Need.REGISTERED, {"registered": frozenset({1})}, True),
        (Need.REGISTERED, {}, False),
        (Need.JUDGED, {}, None),
    ],
)
def test_conditions_hold_or_not_or_nobody_knows(need, told, expected):
    level = "nang-cao" if need is Need.HAS_COMMUNE_AT else None
    assert holds(Condition("x", Tier.DISTRICT, need, "…", "IV", level), 1, facts(**told)) is expected


# One district recognised: 20 places, 5 and 15. Communes: 11 at two levels in the year, 10 places; 12 at one, 5; what
# was revoked or acknowledged earns nothing.
EARNING = {
    1: [recognised("ntm")],
    11: [recognised("ntm"), recognised()],
    12: [recognised()],
    14: [recognised(revoked_on="2024-01-01")],
    21: [recognised(basis=Act.ACKNOWLEDGED)],
}


def places(*awards):
    every = quotas(MADE_UP, facts(recognitions=EARNING, given=awards))
    return {(one.rule.key, one.unit_id or one.agency): (one.earned, one.used, one.left) for one in every}


def test_places_are_earned_by_recognitions():
    assert places() == {
        ("A5", 1): (20, 0, 20),
        ("A6", 11): (10, 0, 10),
        ("A6", 12): (5, 0, 5),
        ("A9", "Sở Nông nghiệp"): (4, 0, 4),
    }
    (of_district, *_rest) = quotas(MADE_UP, facts(recognitions=EARNING))
    assert of_district.parts == (("cấp tỉnh", 5), ("cấp huyện", 15))
    assert quotas(MADE_UP, facts(recognitions=EARNING, year=2024)) == []  # neither recognitions nor a review


def test_places_are_used_by_awards_of_the_form_and_the_year():
    used = places(
        given(1, "A5", recipient="cán bộ tỉnh", places=5),
        given(1, "A5", recipient="cán bộ huyện", places=13),
        given(1, "A5", 2022, recipient="năm khác", places=9),
        given(14, "A6", recipient="cán bộ xã", places=2),  # its recognition was revoked since
        given(99, "A9", recipient="sở nông nghiệp", places=3),
        given(99, "A9", recipient="Sở Y tế", places=2),
    )
    assert used[("A5", 1)] == (20, 18, 2)
    assert used[("A6", 14)] == (0, 2, -2)
    assert used[("A9", "Sở Nông nghiệp")] == (4, 3, 1)
    assert used[("A9", "Sở Y tế")] == (2, 2, 0)


def test_a_year_that_is_not_known_makes_no_candidate_and_earns_no_place():
    untold = {
        11: [Recognition("nang-cao", "2021-2025", known_by="2023-12-31")],
        12: [recognised()],
        13: [Recognition("nang-cao", "2021-2025", known_by="2023-12-31"), recognised()],  # told by another
        14: [Recognition("nang-cao", "2021-2025", known_by="2022-06")],  # by then: not of 2023
    }
    told = candidates(MADE_UP, ADVANCED, facts(recognitions=untold))
    assert [one.unit_ids for one in told.found] == [(12,), (13,)]
    assert told.open == ((1, 11, Open.NO_YEAR),)
    earned = quotas(MADE_UP, facts(recognitions=untold))
    assert [one.unit_id for one in earned if one.rule is OF_COMMUNE] == [12, 13]


def test_no_part_gained_the_most_while_one_unit_is_not_concluded():
    assert gain_ranks(CRITERIA, PARTS) == {}
    concluded = {unit: met._replace(open=None) for unit, met in CRITERIA.items()}
    # district 1: 4, 4, 3, 10 are 21/4 on average; district 2: 0 and -1
    assert gain_ranks(concluded, PARTS) == {1: 1, 2: 2}
    assert gain_ranks({11: CriteriaMet(1, 3), 21: CriteriaMet(2, 4)}, PARTS) == {1: 1, 2: 1}


def test_one_unit_of_a_part_has_the_award_of_most_criteria():
    told = facts(criteria=CRITERIA, given=[given(13, "A2")])
    assert found(MOST, told) == ([], {11: [Why.PART], 12: [Why.PART]})
    of_other_part = facts(criteria=CRITERIA, given=[given(22, "A2")])
    assert found(MOST, of_other_part) == ([11, 12], {})


def test_what_was_given_by_a_movement_that_was_replaced_counts_as_well():
    lines = {"older": "made-up", "made-up": "made-up"}
    older = given(12, "A6", movement="older", recipient="cán bộ xã", places=3)
    (of_commune,) = [
        one
        for one in quotas(MADE_UP, facts(recognitions={12: EARNING[12]}, given=[older], lines=lines))
        if one.rule is OF_COMMUNE
    ]
    assert (of_commune.earned, of_commune.used) == (5, 3)
    once = given(11, "A4", 2021, movement="older", recipient="Công ty A")
    told = facts(entries=[gave(11, 100_000_000)], given=[once], lines=lines)
    (one,) = candidates(MADE_UP, GIVERS, told).found
    assert [why.why for why in one.exclusions] == [Why.HAD]


def test_givers_of_one_name_in_two_communes_are_two():
    union = "Hội Phụ nữ xã"
    entries = [gave(unit, 60_000_000, union, GiverKind.AGENCY) for unit in (11, 12)]
    assert candidates(MADE_UP, GIVERS, facts(entries=entries)).found == ()
    entries = [gave(unit, 100_000_000, union, GiverKind.AGENCY) for unit in (11, 12)]
    told = facts(entries=entries, given=[given(11, "A4", 2021, recipient=union)])
    assert [(one.unit_ids, bool(one.exclusions)) for one in candidates(MADE_UP, GIVERS, told).found] == [
        ((12,), False),
        ((11,), True),
    ]
    of_district = [gave(1, 60_000_000, "Sở A", GiverKind.AGENCY), gave(2, 40_000_000, "Sở A", GiverKind.AGENCY)]
    (one,) = candidates(MADE_UP, GIVERS, facts(entries=of_district)).found
    assert one.amount == 100_000_000


@pytest.mark.parametrize(
    ("text", "addresses", "may_be"),
    [
        ("Ông Nguyễn Văn A", True, True),
        ("đ/c Trần B", True, False),
        ("Trần Thị Bé", True, True),
        ("cán bộ xã", False, False),
        ("cô giáo mầm non", False, False),
        ("Chủ tịch UBND xã", False, False),
        ("bà con nông dân", False, False),
    ],
)
def test_what_looks_like_a_name(text, addresses, may_be):
    assert reads_as_person(text) is addresses
    assert may_be_name(text) is may_be


@pytest.mark.usefixtures("office")
def test_a_movement_without_forms_of_award_says_so():
    """The text of Kiên Giang's plan at hand ends before its part on awards."""
    begin("Kiên Giang")
    assert run("movement", "import", "thi-dua-kien-giang").code == 0
    shown = run("candidates", "--year", "2024")
    assert (shown.code, "không có hình thức khen thưởng nào" in shown.out, "Nội dung" in shown.out) == (0, True, False)
