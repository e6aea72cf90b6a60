"""Units that a plan names, and what it allots to districts."""

import pytest

from tests.linter.making import (
    COMMUNE,
    COMMUNES,
    CONTRADICTION,
    DISTRICT,
    DISTRICTS,
    DOUBT,
    LIST,
    NOTE,
    VILLAGE,
    figure,
    found,
    ground,
    keys,
    only,
    says,
)

# Named units ------------------------------------------------------------------------------------------------------


def named(*names, tier=DISTRICT, units=None, lying_in=None, **facts):
    lists = {DISTRICT: DISTRICTS, COMMUNE: COMMUNES} if units is None else units
    return found(figure(tier=tier, units=names, **facts), on=ground(units=lists, lying_in=lying_in or {}))


@pytest.mark.parametrize("name", ["huyện Hòn Đất", "Hòn Đất", "HUYỆN HÒN ĐẤT", "TP. Hà Tiên", "hon dat"])
def test_a_known_name(name):
    assert named(name) == []


def test_an_unknown_name_with_its_nearest():
    exact = ground(units={DISTRICT: DISTRICTS}, exact=True)
    finding = only(found(figure(tier=DISTRICT, units=("huyện Hòn Đắc",)), on=exact))
    assert keys([finding]) == [("named", DOUBT)]
    assert says(finding, "Hòn Đắc", "Hòn Đất", LIST)


def test_a_suggestion_is_a_name_that_is_nearly_the_same():
    held = {DISTRICT: ["huyện Kiên Hải"]}
    assert "Kiên Hải" not in only(named("huyện An Biên", units=held)).text
    assert "huyện Kiên Hải?" in only(named("huyện Kiên Hả", units=held)).text
    both = only(named("huyện Kiên Hải", "huyện Kiên Hả", units=held | {DISTRICT: [*held[DISTRICT], "huyện Hòn Đất"]}))
    assert "?" not in both.text  # that one is named as well


def test_units_before_the_list():
    one = {DISTRICT: ["huyện Kiên Hải"]}
    names = ("huyện Kiên Hải", "huyện An Biên", "huyện Hòn Đất")
    finding = only(named(*names, units=one))  # a list of another day: one note of all
    assert keys([finding]) == [("named", NOTE)]
    assert says(finding, LIST, "huyện An Biên; huyện Hòn Đất")
    exact = ground(units=one, exact=True)
    assert keys(found(figure(tier=DISTRICT, units=names), on=exact)) == [("named", DOUBT)] * 2


@pytest.mark.parametrize(("exact", "weight"), [(False, NOTE), (True, DOUBT)])
def test_a_named_unit_that_is_a_ward(exact, weight):
    lists = {COMMUNE: ["phường Bình Đức", "thị trấn Óc Eo", "xã Mỹ Thuận", "phường Mỹ Thuận"]}
    on = ground(units=lists, exact=exact)
    finding = only(found(figure(units=("xã Bình Đức", "Óc Eo", "Mỹ Thuận", "xã Mỹ Thuận")), on=on))
    assert keys([finding]) == [("named", weight)]
    assert says(finding, "xã Bình Đức (phường), Óc Eo (thị trấn)")
    assert "Mỹ Thuận" not in finding.text
    assert found(figure(tier=DISTRICT, units=("TP. Hà Tiên",)), on=ground(units={DISTRICT: DISTRICTS})) == []
    assert found(figure(measure="task", name="rà soát", units=("xã Bình Đức",)), on=on) == []


def test_a_name_without_its_kind():
    cities = {DISTRICT: ["huyện Cao Lãnh", "thành phố Cao Lãnh", "huyện Tuy Phước"]}
    assert named("Tuy Phước", units=cities) == []
    assert named("huyện Cao Lãnh", units=cities) == []
    finding = only(named("Cao Lãnh", units=cities))
    assert keys([finding]) == [("named", NOTE)]
    assert says(finding, "Cao Lãnh", "2", "huyện Cao Lãnh, thành phố Cao Lãnh")
    assert named("Cao Lãnh", "thành phố Cao Lãnh", units=cities) == []  # both are named
    assert named("Bình An (Châu Thành)", tier=COMMUNE) == []
    alike = {COMMUNE: ["xã Thành Hải", "xã Thanh Hải"]}
    assert named("Thành Hải", tier=COMMUNE, units=alike) == []  # the letters tell
    assert keys(named("Thanh Hai", tier=COMMUNE, units=alike)) == [("named", NOTE)]
    within = [figure(year, cumulative=1, within="Cao Lãnh") for year in (2024, 2025)]
    assert keys(found(*within, on=ground(units=cities))) == [("named", NOTE)]  # once
    assert found(figure(cumulative=1, within="Tuy Phước"), on=ground(units=cities)) == []


def test_a_name_with_the_district_that_it_is_in():
    lying_in = {"xã Bình An": ["huyện Châu Thành", "huyện Kiên Lương"], "xã Mỹ Thuận": ["huyện Hòn Đất"]}
    assert named("Bình An, huyện Châu Thành", "Bình An (Kiên Lương)", tier=COMMUNE, lying_in=lying_in) == []
    assert named("Bình An (tỉnh Kiên Giang)", "xã Bình An", tier=COMMUNE, lying_in=lying_in) == []
    finding = only(named("Mỹ Thuận (huyện An Biên)", tier=COMMUNE, lying_in=lying_in))
    assert keys([finding]) == [("named", NOTE)]
    assert says(finding, "Mỹ Thuận (huyện An Biên) (có phải xã Mỹ Thuận, huyện Hòn Đất?)")
    both = named("Mỹ Thuận, xã Bình An", tier=COMMUNE, lying_in=lying_in)  # two units between one pair of quotes
    assert keys(both) == [("named", NOTE)]


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
        ({"added": 3, "reserve": ("huyện Châu Thành",)}, []),  # the plan counts those in reserve
        ({"added": 2, "reserve": ("huyện Châu Thành",)}, []),
        ({"added": 4, "reserve": ("huyện Châu Thành",)}, [DOUBT]),
        ({"added": 1, "reserve": ("huyện Châu Thành",)}, [CONTRADICTION]),
        ({"percent": "13,33", "total": 15}, []),
        ({"percent": "20", "total": 15}, [NOTE]),  # one may have reached it before
        ({"added": 2}, []),
        ({"added": 3}, [DOUBT]),
        ({"added": 1}, [CONTRADICTION]),
        ({"cumulative": 2}, []),
        ({"cumulative": 3}, [DOUBT]),
        ({"cumulative": 1, "name": "Huyện đảo"}, []),  # one of these two
        ({"cumulative": 3, "name": "Huyện đảo"}, [DOUBT]),
        ({"added": 1, "cumulative": 2}, []),  # all of them are named, not only the new ones
        ({"added": 2, "cumulative": 9}, []),
        ({"added": 1, "added_high": 2, "operator": "range"}, []),
        ({"added": 1, "operator": ">="}, []),
        ({"percent": "50"}, []),
    ],
)
def test_as_many_names_as_the_figure_says(facts, expected):
    assert keys(named("huyện Hòn Đất", "huyện An Biên", **facts)) == [("named", weight) for weight in expected]


@pytest.mark.parametrize(("before", "expected"), [(7, []), (6, [DOUBT])])
def test_names_with_those_that_had_reached_the_level(before, expected):
    start = figure(2020, tier=DISTRICT, nature="baseline", cumulative=before)
    names = ("huyện Hòn Đất", "huyện An Biên")
    findings = found(start, figure(tier=DISTRICT, units=names, percent="60", total=15))
    assert keys(findings) == [("named", weight) for weight in expected]
    assert all(says(finding, "2", "60%", "15", "9", "6") for finding in findings)
    assert keys(found(start, figure(tier=DISTRICT, units=names, cumulative=9))) == [("named", w) for w in expected]


def test_names_without_any_figure_are_only_looked_up():
    assert named("huyện Hòn Đất", name="rà soát", tier=DISTRICT) == []


def test_a_district_that_is_in_no_list():
    lists = ground(units={DISTRICT: DISTRICTS})
    within = [figure(year, cumulative=1, within="huyện Hòn Đắt") for year in (2024, 2025)]
    assert found(*within, on=lists) == []  # marks are forgiven
    away = [figure(year, cumulative=1, within="huyện Thăng Bình") for year in (2024, 2025)]
    assert keys(found(*away, on=lists)) == [("named", NOTE)]
    assert keys(found(*away, on=lists._replace(exact=True))) == [("named", DOUBT)]
    assert found(*away) == []
    assert found(figure(cumulative=1, within="tỉnh Cà Mau"), on=lists) == []  # provinces are in no list here


# Districts --------------------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    ("whole", "counts", "expected"),
    [
        ({"operator": ">="}, (10, 10, 10, 9), [DOUBT]),  # "≥ 39" do not make sure of "≥ 40"
        ({}, (10, 10, 10, 9), [DOUBT]),
        ({"operator": ">="}, (10, 10, 10, 10), []),
        ({"operator": ">="}, (11, 11, 10, 10), []),  # with something in hand
        ({}, (11, 11, 10, 10), [CONTRADICTION]),
        ({"operator": ">="}, (10, 10, 10), []),  # others may be left out
    ],
)
def test_allotments_of_at_least(whole, counts, expected):
    four = ground(units={DISTRICT: DISTRICTS}, exact=True)
    findings = found(figure(cumulative=40, **whole), *allotted(*counts, operator=">="), on=four)
    assert keys(findings) == [("districts", weight) for weight in expected]


def test_an_allotment_is_told_with_both_places():
    parts = [part._replace(cite="phụ lục") for part in allotted(20, 21)]
    assert only(found(figure(cumulative=40, cite="mục 1"), *parts)).cite == "mục 1; phụ lục"


def test_a_district_without_communes_is_allotted_nothing():
    lying_in = {"xã Mỹ Thuận": ["huyện Hòn Đất"], "xã Bình An": ["huyện Châu Thành", "huyện An Biên"]}
    lying_in["phường Pháo Đài"] = ["thành phố Hà Tiên"]
    titles = ("xã Mỹ Thuận", "xã Bình An", "phường Pháo Đài")
    on = ground(units={DISTRICT: DISTRICTS, COMMUNE: titles}, lying_in=lying_in, exact=True)
    parts = [figure(within=name, cumulative=10) for name in ("Hòn Đất", "huyện Châu Thành", "huyện An Biên")]
    assert keys(found(figure(cumulative=31), *parts, on=on)) == [("districts", DOUBT)]
    assert found(figure(cumulative=31), *parts[:2], on=on) == []


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
