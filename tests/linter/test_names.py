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
    assert keys([finding]) == [("named", DOUBT)]
    assert says(finding, "Mỹ Thuận (huyện An Biên)", "chỉ có xã Mỹ Thuận (huyện Hòn Đất)")
    both = named("Mỹ Thuận, xã Bình An", tier=COMMUNE, lying_in=lying_in)  # two units between one pair of quotes
    assert keys(both) == [("named", DOUBT)]


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
