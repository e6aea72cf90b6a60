"""What the linter says of the shipped plans, to the last finding · each check: a case that fires and a near one that is
silent · a consistent plan gives nothing, a plan with one number changed gives something."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ntmtrack.i18n import use_language
from ntmtrack.model import Tier
from ntmtrack.programmes import programme
from ntmtrack.roadmaps.checks.shares import per_cent, value
from ntmtrack.roadmaps.findings import Ground, Weight
from ntmtrack.roadmaps.linter import check
from ntmtrack.roadmaps.shipped import shipped
from ntmtrack.shares import decimals, rounded
from ntmtrack.targets import Roadmap, Target

COMMUNE, DISTRICT, PROVINCE, VILLAGE = Tier.COMMUNE, Tier.DISTRICT, Tier.PROVINCE, Tier.VILLAGE
CONTRADICTION, DOUBT, NOTE = Weight.CONTRADICTION, Weight.DOUBT, Weight.NOTE
LIST = "danh sách 30/6/2025"
SUM, HEADLINE = [("sum", CONTRADICTION)], [("headline", CONTRADICTION)]
DISTRICTS = ("huyện Hòn Đất", "huyện Châu Thành", "thành phố Hà Tiên", "huyện An Biên")
COMMUNES = ("xã Mỹ Thuận", "xã Bình An", "xã Bình An", "xã Tam Xuân II")


@pytest.fixture(autouse=True)
def vietnamese():
    use_language("vi")


def figure(year=2025, *, measure="ntm", tier=COMMUNE, **facts):
    return Target(tier=tier, measure=measure, year=year, **facts)


def advanced(year=2025, **facts):
    return figure(year, measure="nang-cao", **facts)


def model(year=2025, **facts):
    return figure(year, measure="kieu-mau", **facts)


def ntm_years(*added, start=79, **facts):
    years = []
    for year, count in enumerate(added, 2021):
        start += count
        years.append(figure(year, added=count, cumulative=start, **facts))
    return years


def roadmap(*targets, issued=date(2021, 6, 1), base_year=2020, **head):
    facts = {
        "key": "a", "title": "Kế hoạch", "number": "1/KH-UBND", "issued_on": issued, "issuer": "UBND tỉnh",
        "programme": "2021-2025", "scope_code": "91", "scope_name": "tỉnh Kiên Giang", "base_year": base_year,
    }  # fmt: skip
    return Roadmap(**facts | head, targets=targets)


def ground(communes=None, districts=None, *, exact=False, key="2021-2025", **facts):
    totals = {tier: count for tier, count in ((COMMUNE, communes), (DISTRICT, districts)) if count}
    return Ground(programme(key), LIST if totals or facts else "", exact, totals, **facts)


def found(*targets, on=None, **head):
    return check(roadmap(*targets, **head), on or ground())


def keys(findings):
    return [(finding.check, finding.weight) for finding in findings]


def only(findings):
    (finding,) = findings
    return finding


def says(finding, *words):
    return all(word in finding.text for word in words)


# The plans that ship ------------------------------------------------------------------------------------------


def shipped_findings(key, *args, **facts):
    plan = shipped()[key]
    return check(plan, ground(*args, key=plan.programme, **facts))


KH168 = [("sum", CONTRADICTION), ("headline", CONTRADICTION), ("part", CONTRADICTION), ("nature", NOTE)]
HELD_DISTRICTS = [
    *("thành phố Rạch Giá", "thành phố Hà Tiên", "huyện Kiên Lương", "huyện Hòn Đất", "huyện Tân Hiệp"),
    *("huyện Châu Thành", "huyện Giồng Riềng", "huyện Gò Quao", "huyện An Biên", "huyện An Minh"),
    *("huyện Vĩnh Thuận", "thành phố Phú Quốc", "huyện Kiên Hải", "huyện U Minh Thượng", "huyện Giang Thành"),
]


@pytest.mark.parametrize(
    "on",
    [
        {},
        {"communes": 116, "districts": 15, "exact": True},
        {"communes": 116, "districts": 15, "units": {DISTRICT: HELD_DISTRICTS}},
        {"communes": 116, "reached": {(COMMUNE, "ntm"): 90, (DISTRICT, "ntm"): 5, (COMMUNE, "nang-cao"): 0}},
    ],
)
def test_kh_168(on):
    findings = shipped_findings("kien-giang-kh168", **on)
    assert keys(findings) == KH168
    total, headline, part, note = findings
    assert total.year == 2025
    assert says(total, "39 (2024) + 2 = 41", "40")
    assert says(headline, "3 + 21 + 15 + 2 = 41", "40")
    assert says(part, "40 > 37")
    assert note.year == 2021
    assert says(note, "12/07/2022", "90", " 5")
    assert {finding.line.measure for finding in findings[:3]} == {"nang-cao"}
    assert total.cite == "mục II.2, gạch đầu dòng “Năm 2025”"


@pytest.mark.parametrize("communes", [None, 241])
def test_thai_binh_leaves_one_base_open(communes):
    finding = only(shipped_findings("thai-binh-kh104", communes))
    assert keys([finding]) == [("open", NOTE)]
    if communes:
        assert says(finding, "25", "241", "5", "≥ 49")


@pytest.mark.parametrize("communes", [None, 122])
def test_quang_binh_holds_under_a_condition(communes):
    finding = only(shipped_findings("quang-binh-stnmt", communes))
    assert keys([finding]) == [("percent", NOTE)]
    assert says(finding, "112/128 = 87,50%", "112/129 = 86,82%")
    assert says(finding, LIST, "112/122 = 91,80%") == bool(communes)


def test_lai_chau_has_no_whole_number_of_94():
    finding = only(shipped_findings("lai-chau-2022", 94))
    assert keys([finding]) == [("whole-units", DOUBT)]
    assert says(finding, f"94 ({LIST})", "54/94 = 57,45%", "55/94 = 58,51%", "57,45 → 57,5")
    assert shipped_findings("lai-chau-2022") == []


def test_ha_son_is_silent():
    assert shipped_findings("ha-son-kh68") == []
    assert shipped_findings("ha-son-kh68", 1, exact=True, units={COMMUNE: ["xã Hà Sơn"]}) == []


@pytest.mark.parametrize(("key", "count"), [("quoc-gia-2021-2025", 2), ("quoc-gia-2026-2030", 1)])
@pytest.mark.parametrize("communes", [None, 8227])
def test_the_countrys_own_only_leave_bases_open(key, count, communes):
    assert keys(shipped_findings(key, communes)) == [("open", NOTE)] * count


def test_english_writes_numbers_its_own_way():
    use_language("en")
    assert says(only(shipped_findings("lai-chau-2022", 94)), "54/94 = 57.45%", "Communes: NTM standard, 2025")


TWICE_2021 = figure(2021, nature="actual", cumulative=9)
RANGED = {"operator": "range", "added": 2, "added_high": 3}
SHARES = {"cumulative": 1, "cumulative_high": 2, "total": 8, "operator": "range"}
TO_2023 = ntm_years(2, 2, 2, start=3)


# Sums ---------------------------------------------------------------------------------------------------------


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


# The period ---------------------------------------------------------------------------------------------------


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


# Parts and levels ---------------------------------------------------------------------------------------------


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


# Per cents ----------------------------------------------------------------------------------------------------


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
        ({"cumulative": 112, "total": 129, "percent": "87", "operator": ">="}, [NOTE], ("86,82%",)),
        ({"cumulative": 110, "total": 129, "percent": "87", "operator": ">="}, [CONTRADICTION], ("85,27%", "≥ 87%")),
        ({"cumulative": 3, "total": 10, "percent": "30", "operator": ">"}, [NOTE], ("30,00%", "> 30%")),
        ({"cumulative": 4, "total": 10, "percent": "30", "operator": ">"}, [], ()),
        ({"cumulative": 3, "total": 10, "percent": "30", "operator": "<="}, [], ()),
        ({"cumulative": 5, "total": 10, "percent": "30", "operator": "<="}, [CONTRADICTION], ("50,00%",)),
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


# Per cents without a total ------------------------------------------------------------------------------------


def test_a_common_number_of_units_is_enough():
    figures = [figure(percent="87", cumulative=112), model(percent="10", cumulative=13)]
    assert found(*figures) == []
    assert found(*figures, on=ground(122)) == []  # the list is not of the plan's day


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
    assert says(finding, "64–66", "129")
    assert found(figure(percent="87", cumulative=112), model(2024, percent="20", cumulative=13)) == []  # another year


def test_a_per_cent_that_no_number_of_units_gives_at_all():
    assert keys(found(figure(percent="57,5", cumulative=3))) == [("percent", CONTRADICTION)]
    finding = only(found(figure(percent="57,5", cumulative=54), on=ground(94)))
    assert keys([finding]) == [("percent", NOTE)]
    assert says(finding, "54/94 = 57,45%", "57,45 → 57,5")
    assert keys(found(figure(percent="10", cumulative=0))) == [("percent", CONTRADICTION)]


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


# Whole numbers of units ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"percent": "57,5"}, [DOUBT]),
        ({"percent": "57,45"}, []),
        ({"percent": "57,4"}, []),
        ({"percent": "57"}, []),  # 54/94, rounded
        ({"percent": "25"}, [NOTE]),  # a round goal: 23/94 and 24/94 give 24 and 26
        ({"percent": "100"}, []),
        ({"percent": "57,5", "operator": ">="}, []),
        ({"percent": "57,5", "operator": "about"}, []),
        ({"percent": "57,5", "share_of": "other", "base": "số xã khó khăn"}, []),
        ({"percent": "57,5", "name": "xã có chợ"}, []),
        ({"percent": "57,5", "within": "huyện Hòn Đất"}, []),
        ({"percent": "57,5", "total": 40}, []),
    ],
)
def test_whole_units(facts, expected):
    assert [w for k, w in keys(found(figure(**facts), on=ground(94))) if k == "whole-units"] == expected


def test_whole_units_where_no_rounding_at_all_helps():
    finding = only(found(figure(percent="58,1"), on=ground(94)))
    assert says(finding, "54/94 = 57,45%", "55/94 = 58,51%")
    assert "→" not in finding.text
    assert says(only(found(figure(percent="27,72"), on=ground(119))), "33/119 = 27,73%")


def test_how_sure_the_number_of_units_is():
    inexact = only(found(figure(percent="57,5"), on=ground(94)))
    exact = only(found(figure(percent="57,5"), on=ground(94, exact=True)))
    printed = found(figure(percent="57,5"), advanced(cumulative=1, total=94), on=ground(116))[0]
    assert [finding.weight for finding in (inexact, exact, printed)] == [DOUBT] * 3
    assert inexact.text.count("94") > exact.text.count("94")  # that there may have been another number is said
    assert says(inexact, "54/94 = 57,45%")


def test_several_per_cents_may_show_that_the_list_is_of_another_day():
    shares = figure(percent="77,59"), advanced(percent="34,48"), model(percent="12,93")  # of 116
    findings = found(*shares, on=ground(110))
    assert keys(findings) == [("whole-units", NOTE)] * 3
    assert all(says(finding, "116", "110") for finding in findings)
    assert {weight for _check, weight in keys(found(*shares, on=ground(110, exact=True)))} == {DOUBT}
    assert keys(found(shares[0], advanced(percent="34,21"), on=ground(110))) == [("whole-units", DOUBT)] * 2
    assert found(*shares, on=ground(116)) == []


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"percent": "33,33", "share_of": "ntm"}, [DOUBT]),
        ({"percent": "32,5", "share_of": "ntm"}, []),  # 13/40
        ({"percent": "33", "share_of": "ntm"}, []),  # 13/40, rounded
        ({"percent": "34", "share_of": "ntm"}, [NOTE]),
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


# Open bases ---------------------------------------------------------------------------------------------------


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
        ({"percent": "10"}, "23"),
        ({"operator": "range", "percent": "10", "percent_high": "20"}, "25–48"),
        ({"operator": "range", "percent": "10", "added": 2, "added_high": 3}, "23"),
    ],
)
def test_what_a_reading_asks_by_operator(facts, asked):
    finding = only(found(model(share_of="open", readings=("all", "ntm"), **facts), on=ground(240 + 1)))
    assert says(finding, f"{asked} trong 241") or says(finding, f"{asked} of 241")


def test_a_base_that_is_declared_is_not_open():
    assert found(model(percent="10", operator=">=", share_of="all"), on=ground(241)) == []


# Totals -------------------------------------------------------------------------------------------------------


def test_one_total_a_year():
    findings = found(figure(total=116, cumulative=9), advanced(total=116, cumulative=8), model(total=117, cumulative=7))
    assert keys(findings) == [("total", CONTRADICTION)]
    assert says(only(findings), "116", "117")
    assert found(figure(2024, total=117, cumulative=9), figure(2025, total=116, cumulative=9)) == []
    assert found(figure(total=116, cumulative=90), advanced(total=90, cumulative=9, share_of="ntm")) == []


@pytest.mark.parametrize(
    ("communes", "exact", "expected"), [(117, True, [DOUBT]), (117, False, [NOTE]), (116, True, [])]
)
def test_the_printed_total_against_the_list(communes, exact, expected):
    figures = [figure(year, total=116, cumulative=90) for year in (2022, 2023)]
    findings = found(*figures, on=ground(communes, exact=exact))
    assert keys(findings) == [("total", weight) for weight in expected]  # once, not once a year
    assert all(says(finding, "116", "117", LIST) for finding in findings)


def test_no_more_units_than_there_are():
    assert keys(found(figure(cumulative=117, total=116))) == [("total", CONTRADICTION)]
    assert found(figure(cumulative=116, total=116)) == []


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        ({"cumulative": 60}, {"communes": 47}, [NOTE]),
        ({"cumulative": 47}, {"communes": 47}, []),
        ({"cumulative": 60}, {"communes": 47, "exact": True}, [CONTRADICTION]),
        ({"cumulative": 60, "nature": "baseline"}, {"communes": 47, "exact": True}, [NOTE]),  # units were merged since
        ({"cumulative": 60, "operator": ">="}, {"communes": 47}, [NOTE]),
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
    assert all(says(finding, "60", "47", LIST) for finding in findings)


def test_no_more_units_than_the_plan_prints_elsewhere():
    total = figure(2024, total=47, cumulative=40)
    assert keys(found(total, figure(2025, cumulative=48))) == [("total", CONTRADICTION)]
    assert found(total, figure(2025, cumulative=47)) == []
    assert found(total, figure(2025, cumulative=47), on=ground(40)) != []  # the totals differ, which is said once
    assert keys(found(total, figure(2025, cumulative=47), on=ground(40))) == [("total", NOTE)]
    inside = {"within": "huyện Hòn Đất"}
    district = figure(2024, total=9, cumulative=5, **inside)
    assert keys(found(district, figure(2025, cumulative=10, **inside))) == [("total", CONTRADICTION)]
    assert found(district, figure(2025, cumulative=10)) == []


def test_more_units_than_the_list_has_are_said_once_a_line():
    years = [figure(year, cumulative=60) for year in (2023, 2024, 2025)]
    assert keys(found(*years, advanced(cumulative=50), on=ground(47))) == [("total", NOTE)] * 2


# Falls --------------------------------------------------------------------------------------------------------


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


# Named units --------------------------------------------------------------------------------------------------


def named(*names, tier=DISTRICT, units=None, **facts):
    lists = {DISTRICT: DISTRICTS, COMMUNE: COMMUNES} if units is None else units
    return found(figure(tier=tier, units=names, **facts), on=ground(units=lists))


@pytest.mark.parametrize("name", ["huyện Hòn Đất", "Hòn Đất", "HUYỆN HÒN ĐẤT", "TP. Hà Tiên", "hon dat"])
def test_a_known_name(name):
    assert named(name) == []


def test_an_unknown_name_with_its_nearest():
    finding = only(named("huyện Hòn Đắc"))
    assert keys([finding]) == [("named", DOUBT)]
    assert says(finding, "Hòn Đắc", "Hòn Đất", LIST)


def test_a_suggestion_is_a_name_that_is_nearly_the_same():
    held = {DISTRICT: ["huyện Kiên Hải"]}
    assert "Kiên Hải" not in only(named("huyện An Biên", units=held)).text
    assert "Kiên Hải" in only(named("huyện Kiên Hả", units=held)).text
    both = only(named("huyện Kiên Hải", "huyện Kiên Hả", units=held | {DISTRICT: [*held[DISTRICT], "huyện Hòn Đất"]}))
    assert "không?" not in both.text  # that one is named as well
    assert "do you mean" not in both.text


def test_a_list_that_plainly_lacks_units():
    one = {DISTRICT: ["huyện Kiên Hải"]}
    names = ("huyện Kiên Hải", "huyện An Biên", "huyện Hòn Đất")
    assert keys(named(*names, units=one)) == [("named", NOTE)] * 2
    assert all(says(finding, LIST, "1") for finding in named(*names, units=one))
    assert keys(named("huyện An Biên", units=one)) == [("named", DOUBT)]  # nothing tells that units are missing
    assert keys(named("huyện An Biên", units=one, total=15, added=1)) == [("named", NOTE)]
    assert keys(named(*names[:2], "huyện Hòn Đắt", units={DISTRICT: [*DISTRICTS, *one[DISTRICT]]})) == []
    exact = ground(units=one, exact=True)
    assert keys(found(figure(tier=DISTRICT, units=names), on=exact)) == [("named", DOUBT)] * 2
    half = ("huyện Hòn Đất", "huyện Châu Thành", "huyện Gò Quao", "huyện Tân Hiệp", "huyện Vĩnh Thuận")
    assert keys(named(*half, units={DISTRICT: [*DISTRICTS, "x", "y"]})) == [("named", NOTE)] * 3
    assert keys(named(*half[:3], units={DISTRICT: DISTRICTS})) == [("named", DOUBT)]


def test_a_name_without_its_kind():
    cities = {DISTRICT: ["huyện Cao Lãnh", "thành phố Cao Lãnh", "huyện Tuy Phước"]}
    assert named("Tuy Phước", units=cities) == []
    assert named("huyện Cao Lãnh", units=cities) == []
    finding = only(named("Cao Lãnh", units=cities))
    assert keys([finding]) == [("named", NOTE)]
    assert says(finding, "Cao Lãnh", "2", "huyện Cao Lãnh, thành phố Cao Lãnh")
    assert named("Cao Lãnh", "thành phố Cao Lãnh", units=cities) == []  # both are named
    assert named("Bình An (Châu Thành)", tier=COMMUNE) == []
    within = [figure(year, cumulative=1, within="Cao Lãnh") for year in (2024, 2025)]
    assert keys(found(*within, on=ground(units=cities))) == [("named", NOTE)]  # once
    assert found(figure(cumulative=1, within="Tuy Phước"), on=ground(units=cities)) == []


def test_names_where_there_is_no_list():
    assert named("thôn Chí Phúc", tier=VILLAGE) == []
    assert named("huyện Hòn Đắc", units={DISTRICT: ()}) == []


def test_names_that_stand_twice():
    assert keys(named("huyện Hòn Đất", "Hòn Đất")) == [("named", DOUBT)]
    assert keys(named("huyện Hòn Đất", reserve=("huyện Hòn Đất",))) == [("named", DOUBT)]
    assert named("huyện Hòn Đất", reserve=("huyện An Biên",)) == []
    assert named("huyện Hòn Đất", registered=("huyện Hòn Đất", "huyện An Biên")) == []
    assert named("xã Bình An", "xã Bình An", tier=COMMUNE) == []  # two communes bear that name
    assert named("Bình An (Châu Thành)", "Bình An (Kiên Lương)", tier=COMMUNE) == []
    assert found(figure(tier=DISTRICT, units=("huyện Cao Lãnh", "thành phố Cao Lãnh"))) == []
    assert keys(found(figure(tier=DISTRICT, units=("huyện Cao Lãnh", "Cao Lãnh")))) == [("named", DOUBT)]


A, B, C = "xã Mỹ Thuận", "xã Bình Sơn", "xã Sơn Kiên"


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        ({"units": (A,)}, {"units": (A,)}, [DOUBT]),
        ({"units": (A,)}, {"units": (B,)}, []),
        ({"units": (A, B)}, {"units": (C, B)}, [DOUBT]),
        ({"units": (A,), "added": 1}, {"units": ("Mỹ Thuận",), "added": 1}, [DOUBT]),
        ({"units": (A,)}, {"units": (A, B)}, []),  # all so far
        ({"units": (A,), "added": 1}, {"units": (A, B), "added": 2}, [DOUBT]),
        ({"units": (A,), "added": 1, "cumulative": 1}, {"units": (A, B), "added": 1, "cumulative": 2}, []),
        ({"units": (A,), "cumulative": 1}, {"units": (A, B), "cumulative": 2}, []),
        ({"units": (A,), "cumulative": 1}, {"units": (A,), "added": 1, "cumulative": 2}, [DOUBT]),
        ({"units": (A,)}, {"units": (A,), "span": "period"}, []),
        ({"units": (A,)}, {"units": (B,), "reserve": (A,)}, []),
        ({"units": (A,), "nature": "baseline"}, {"units": (A,)}, []),
        ({"units": (A,)}, {"units": (A,), "measure": "nang-cao"}, []),
        ({"units": (A,), "measure": "smart-village"}, {"units": (A,), "measure": "smart-village"}, []),
        ({"units": ("xã Bình An",)}, {"units": ("xã Bình An",)}, []),  # two communes bear that name
    ],
)
def test_a_unit_counts_in_one_year_only(earlier, later, expected):
    lists = ground(units={COMMUNE: ("xã Bình An", "xã Bình An", A, B, C)})
    findings = found(figure(2023, **earlier), figure(**{"year": 2024} | later), on=lists)
    assert keys(findings) == [("named", weight) for weight in expected]
    assert all(says(finding, "2023", "2024") for finding in findings)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"added": 2}, []),
        ({"added": 3}, [DOUBT]),
        ({"added": 1}, [CONTRADICTION]),
        ({"cumulative": 2}, []),
        ({"cumulative": 3}, [DOUBT]),
        ({"added": 1, "cumulative": 2}, []),  # all of them are named, not only the new ones
        ({"added": 2, "cumulative": 9}, []),
        ({"added": 1, "added_high": 2, "operator": "range"}, []),
        ({"added": 1, "operator": ">="}, []),
        ({"percent": "50"}, []),
    ],
)
def test_as_many_names_as_the_figure_says(facts, expected):
    assert keys(named("huyện Hòn Đất", "huyện An Biên", **facts)) == [("named", weight) for weight in expected]


def test_names_without_any_figure_are_only_looked_up():
    assert named("huyện Hòn Đất", name="rà soát", tier=DISTRICT) == []


def test_a_district_that_is_in_no_list():
    lists = ground(units={DISTRICT: DISTRICTS})
    within = [figure(year, cumulative=1, within="huyện Hòn Đắt") for year in (2024, 2025)]
    assert found(*within, on=lists) == []  # marks are forgiven
    away = [figure(year, cumulative=1, within="huyện Thăng Bình") for year in (2024, 2025)]
    assert keys(found(*away, on=lists)) == [("named", DOUBT)]
    assert found(*away) == []
    assert found(figure(cumulative=1, within="tỉnh Cà Mau"), on=lists) == []  # provinces are in no list here


# Districts ----------------------------------------------------------------------------------------------------


def allotted(*counts, field="cumulative", **facts):
    return [figure(within=name, **{field: count}, **facts) for name, count in zip(DISTRICTS, counts, strict=False)]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((20, 20), []),
        ((20, 21), [CONTRADICTION]),
        ((20, 19), []),  # others may be left out
        ((10, 10, 10, 9), [DOUBT]),
        ((10, 10, 10, 10), []),
        ((20,), []),
        ((40,), []),
        ((41,), [CONTRADICTION]),
    ],
)
@pytest.mark.parametrize("field", ["added", "cumulative"])
def test_districts_come_to_the_province(counts, expected, field):
    four = ground(units={DISTRICT: DISTRICTS}, exact=True)
    findings = found(figure(**{field: 40}), *allotted(*counts, field=field), on=four)
    assert keys(findings) == [("districts", weight) for weight in expected]
    assert all("huyện Hòn Đất" in finding.text for finding in findings if len(counts) == 1)


def test_all_districts_are_given_where_the_plan_or_the_list_has_no_more():
    plan = figure(cumulative=40), *allotted(10, 10, 10, 9)
    assert found(*plan) == []
    assert keys(found(*plan, on=ground(units={DISTRICT: DISTRICTS}))) == [("districts", NOTE)]  # maybe not all
    assert keys(found(*plan, figure(tier=DISTRICT, cumulative=1, total=4))) == [("districts", DOUBT)]
    assert found(*plan, figure(tier=DISTRICT, cumulative=1, total=5)) == []
    assert found(figure(cumulative=40), *allotted(9), on=ground(units={DISTRICT: DISTRICTS[:1]})) == []


def test_communes_are_not_added_to_their_district():
    villages = figure(tier=VILLAGE, cumulative=40), figure(tier=VILLAGE, cumulative=30, within="huyện Hòn Đất")
    assert found(*villages, figure(tier=VILLAGE, cumulative=30, within="xã Mỹ Thuận")) == []
    assert keys(found(*villages, figure(tier=VILLAGE, cumulative=41, within="xã Mỹ Thuận"))) == [
        ("districts", CONTRADICTION)
    ]


def test_averages_do_not_add_up():
    met = [
        figure(measure="criteria-average", cumulative=count, within=name)
        for count, name in zip((9, 10), DISTRICTS, strict=False)
    ]
    assert found(figure(measure="criteria-average", cumulative=9), *met) == []


def test_districts_are_summed_for_the_same_figure_only():
    assert found(figure(cumulative=40), *allotted(20, 30, nature="baseline")) == []
    assert found(figure(span="period", cumulative=40), *allotted(20, 30)) == []
    assert found(figure(cumulative=40, operator=">="), *allotted(20, 30)) == []
    assert found(*allotted(20, 30)) == []


@pytest.mark.parametrize(("each", "expected"), [(2, []), (3, [("districts", CONTRADICTION)])])
def test_a_rule_for_each_district(each, expected):
    rule = figure(each="district", operator=">=", cumulative=each)
    assert keys(found(figure(cumulative=30), rule, on=ground(districts=15))) == expected
    assert found(figure(cumulative=30), rule) == []
    four = ground(units={DISTRICT: DISTRICTS})
    assert keys(found(figure(cumulative=11), rule, on=four)) == expected


# Natures ------------------------------------------------------------------------------------------------------


def test_targets_for_years_gone_by():
    assert keys(found(figure(2021, cumulative=1), issued=date(2022, 7, 12))) == [("nature", DOUBT)]
    assert found(figure(2022, cumulative=1), issued=date(2022, 7, 12)) == []
    assert found(figure(2020, nature="baseline", cumulative=1), issued=date(2022, 7, 12)) == []


def test_results_among_the_targets():
    results = figure(2021, nature="actual", cumulative=90), advanced(2021, nature="actual", percent="3,5")
    added = figure(2021, measure="ocop", nature="actual", added=11)
    finding = only(found(*results, added, figure(2022, cumulative=99), issued=date(2022, 7, 12)))
    assert keys([finding]) == [("nature", NOTE)]
    assert says(finding, "+11")
    assert finding.line is None
    assert says(finding, "2021", "90", "3,5%", "12/07/2022")
    assert found(*results, issued=date(2022, 7, 12)) == []


def test_results_of_years_to_come():
    assert keys(found(figure(2023, nature="actual", cumulative=90))) == [("nature", CONTRADICTION)]


# The ledger ---------------------------------------------------------------------------------------------------


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


def test_two_levels_together_are_reached_by_the_lower():
    joint = figure(measure="nang-cao+kieu-mau", cumulative=7)
    assert says(only(found(joint, on=ground(reached={(COMMUNE, "nang-cao"): 8}))), "7", "8")


# Versions -----------------------------------------------------------------------------------------------------


def test_what_changed_since_the_earlier_version():
    earlier = roadmap(
        figure(cumulative=116), advanced(cumulative=40, percent="34,48"), model(cumulative=15), number="9/KH"
    )
    later = [figure(cumulative=116), advanced(cumulative=38, percent="32,76"), advanced(2024, cumulative=30)]
    findings = found(*later, on=ground(earlier=earlier))
    assert keys(findings) == [("version", NOTE), ("version", NOTE)]
    changed, dropped = findings
    assert says(changed, "40 → 38", "34,48% → 32,76%", "9/KH")
    assert dropped.line.measure == "kieu-mau"


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


# Laws ---------------------------------------------------------------------------------------------------------


@st.composite
def plans(draw):
    """A plan that adds up: yearly additions, their sums, half-up per cents on one printed total, the period."""
    start = draw(st.integers(0, 50))
    added = draw(st.lists(st.integers(0, 30), min_size=5, max_size=5))
    total = start + sum(added) + draw(st.integers(1, 60))
    places = draw(st.integers(0, 2))
    years = ntm_years(*added, start=start)
    years = [year._replace(total=total, percent=as_printed(per_cent(year.cumulative, total), places)) for year in years]
    start_of = figure(2020, nature="baseline", cumulative=start)
    return [years[-1]._replace(span="period", added=sum(added)), start_of, *years]


def as_printed(share, places):
    return str(rounded(share, places)).replace(".", ",")


@given(plans())
@settings(max_examples=200, deadline=None)
def test_a_plan_that_adds_up_gives_no_findings(figures):
    assert found(*figures) == []


@given(plans(), st.data())
@settings(max_examples=200, deadline=None)
def test_a_changed_number_is_found(figures, data):
    place = data.draw(st.integers(0, len(figures) - 1))
    field = data.draw(st.sampled_from(["added", "cumulative", "percent", "total"]))
    old = getattr(figures[place], field)
    assume(old is not None)
    assume(field != "total" or figures[place].year == 2025)  # a total may change from year to year
    if field == "percent":
        step = Fraction(1, 10 ** decimals(old))
        new = as_printed(value(old) + step, decimals(old))
    else:
        new = old + data.draw(st.sampled_from([1, 2, 9]))
    figures[place] = figures[place]._replace(**{field: new})
    assert found(*figures)
