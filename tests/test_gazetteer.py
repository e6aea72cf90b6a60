"""The shipped lists: counts of both eras · provinces by every usual name · near names · parents first · what became of
provinces and districts · faults of spelling.
"""

import re

import pytest

from ntmtrack.errors import ProvinceJoined, UnknownProvince
from ntmtrack.model import KINDS, Tier
from ntmtrack.text import plain
from ntmtrack.units.gazetteer import BEFORE_JULY_2025, FROM_JULY_2025, former_units, heir, province, provinces


@pytest.mark.parametrize(("units", "count", "communes"), [(BEFORE_JULY_2025, 63, 7692), (FROM_JULY_2025, 34, 2621)])
def test_every_province_of_each_era_loads_whole(units, count, communes):
    known = provinces(units)
    assert len(known) == count
    loaded = [unit for each in known for unit in province(units, each.code)]
    assert sum(unit.kind == "xã" for unit in loaded) == communes
    assert len({unit.code for unit in loaded}) == len(loaded)
    assert all(unit.kind in KINDS[unit.tier] for unit in loaded)


@pytest.mark.parametrize("typed", ["Lai Châu", "lai chau", "tỉnh Lai Châu", "LAI CHÂU", "12"])
def test_a_province_as_people_name_it(typed):
    units = province(BEFORE_JULY_2025, typed)
    assert units[0].name == "Lai Châu"
    assert sum(unit.kind == "xã" for unit in units) == 94
    assert sum(unit.tier is Tier.DISTRICT for unit in units) == 8


@pytest.mark.parametrize("units", [BEFORE_JULY_2025, FROM_JULY_2025], ids=["63", "34"])
@pytest.mark.parametrize(
    ("names", "name"),
    [
        (["TP. Hồ Chí Minh", "TPHCM", "TP.HCM", "TP HCM", "HCM", "Sài Gòn", "Thành phố Hồ Chí Minh"], "Hồ Chí Minh"),
        (["Hà Nội", "Thành phố Hà Nội", "TP. Hà Nội", "HÀ NỘI", "ha noi", "HN"], "Hà Nội"),
        (["Thừa Thiên Huế", "Thừa Thiên - Huế", "tỉnh Thừa Thiên Huế", "Huế", "thua thien hue", "TP Huế"], "Huế"),
        (["Đắc Lắc", "Đăk Lăk", "Đắk Lắk", "Daklak", "Dak Lak", "Đắklắk"], "Đắk Lắk"),
        (["Thanh Hoá", "thanh hoa", "T. Thanh Hóa", "38"], "Thanh Hóa"),
        (["Lào Cai", "Lao Cai", "laocai"], "Lào Cai"),
    ],
)
def test_a_province_by_its_usual_names_in_both_eras(units, names, name):
    for typed in names:
        assert province(units, typed)[0].name == name, typed


@pytest.mark.parametrize(
    ("names", "name", "now"),
    [
        (
            ["Bà Rịa Vũng Tàu", "Bà Rịa - Vũng Tàu", "Bà Rịa-Vũng Tàu", "ba ria vung tau", "BR-VT"],
            "Bà Rịa - Vũng Tàu",
            "79",
        ),
        (["Đắk Nông", "Đắc Nông", "Dak Nong", "Đăk Nông"], "Đắk Nông", "68"),
        (["Bắc Kạn", "Bắc Cạn"], "Bắc Kạn", "19"),
        (["Kon Tum", "Kontum"], "Kon Tum", "51"),
        (["tỉnh Kiên Giang", "kien giang", "Kiên Giang"], "Kiên Giang", "91"),
    ],
)
def test_a_province_that_was_joined_to_another(names, name, now):
    for typed in names:
        assert province(BEFORE_JULY_2025, typed)[0].name == name, typed
        with pytest.raises(ProvinceJoined) as refusal:
            province(FROM_JULY_2025, typed)
        assert province(FROM_JULY_2025, now)[0].title in str(refusal.value)


def test_every_province_by_its_own_name_and_by_no_others():
    for units in (BEFORE_JULY_2025, FROM_JULY_2025):
        for unit in provinces(units):
            for typed in (unit.name, unit.title, unit.title.upper(), f" {unit.name.lower()} ", unit.code):
                assert province(units, typed)[0] == unit


def test_each_province_has_one_heir_and_each_of_today_is_one():
    heirs = {unit.name: heir(unit.code).name for unit in provinces(BEFORE_JULY_2025)}
    assert set(heirs.values()) == {unit.name for unit in provinces(FROM_JULY_2025)}
    assert (heirs["Kiên Giang"], heirs["Thái Bình"], heirs["Hà Giang"]) == ("An Giang", "Hưng Yên", "Tuyên Quang")
    assert all(heirs[name] == name for name in heirs.values())


def test_what_ended_where_a_province_now_is():
    assert [(unit.title, above.title) for unit, above in former_units("33", "Quỳnh Phụ")] == [
        ("huyện Quỳnh Phụ", "tỉnh Thái Bình")
    ]
    assert [unit.title for unit, _above in former_units("33", "Thái Bình")] == ["tỉnh Thái Bình", "thành phố Thái Bình"]
    assert former_units("91", "Quỳnh Phụ") == []
    assert [unit.title for unit, _above in former_units("33", "Hưng Yên")] == ["thành phố Hưng Yên"]


# Spelling ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("units", [BEFORE_JULY_2025, FROM_JULY_2025], ids=["63", "34"])
def test_every_word_of_a_name_begins_with_a_capital(units):
    every = [unit for top in provinces(units) for unit in province(units, top.code)]
    assert len(every) > 3_000
    small = [unit.title for unit in every if any(word[0].islower() for word in re.split("[ -]+", unit.name))]
    assert [title for title in small if not title.startswith("thị trấn Nông trường ")] == []


@pytest.mark.parametrize("units", [BEFORE_JULY_2025, FROM_JULY_2025], ids=["63", "34"])
def test_names_are_written_in_plain_letters_with_single_blanks(units):
    for top in provinces(units):
        for unit in province(units, top.code):
            assert re.fullmatch(r"[^\W_]+(?:(?: - | |')[^\W_]+)*", unit.name), unit


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("00679", "Đại Áng"),
        ("03442", "Pa Ủ"),
        ("03727", "Mường É"),
        ("03742", "É Tòng"),
        ("06337", "Đồng Ý"),
        ("23554", "Ya Ly"),
    ],
)
def test_names_mended_in_the_list(code, name):
    every = (unit for top in provinces(BEFORE_JULY_2025) for unit in province(BEFORE_JULY_2025, top.code))
    assert next(unit.name for unit in every if unit.code == code) == name


def test_the_same_code_is_another_province_in_the_other_era():
    assert province(BEFORE_JULY_2025, "91")[0].name == "Kiên Giang"
    assert province(FROM_JULY_2025, "91")[0].name == "An Giang"


def test_an_giang_from_july_2025():
    units = province(FROM_JULY_2025, "An Giang")
    kinds = [unit.kind for unit in units if unit.tier is Tier.COMMUNE]
    assert (kinds.count("xã"), kinds.count("phường"), kinds.count("đặc khu")) == (85, 14, 3)


def test_units_end_with_their_era_and_parents_come_first():
    units = province(BEFORE_JULY_2025, "Kiên Giang")
    assert {unit.until for unit in units} == {"2025-07-01"}
    seen = set()
    for unit in units:
        assert unit.parent_code is None or unit.parent_code in seen
        seen.add(unit.code)


def test_an_unknown_province_suggests_near_ones():
    with pytest.raises(UnknownProvince) as refusal:
        province(BEFORE_JULY_2025, "Kiên Gian")
    assert "Kiên Giang" in refusal.value.lines()[1]
    with pytest.raises(UnknownProvince) as refusal:
        province(BEFORE_JULY_2025, "Atlantis")
    assert "63" in refusal.value.lines()[1]
    with pytest.raises(UnknownProvince) as refusal:
        province(FROM_JULY_2025, "Kien Gian")
    assert "Kiên Giang" in refusal.value.lines()[1]


@pytest.mark.parametrize("units", [BEFORE_JULY_2025, FROM_JULY_2025], ids=["63", "34"])
def test_a_beginning_means_a_province_only_where_no_other_begins_so(units):
    names = {unit.name for each in (BEFORE_JULY_2025, FROM_JULY_2025) for unit in provinces(each)}
    for name in names:
        for length in range(2, len(name)):
            typed = plain(name[:length])
            begin_so = {other for other in names if plain(other).startswith(typed)}
            refused = refusal_of(units, typed)
            if not isinstance(refused, UnknownProvince):  # a name by itself, as “hue”, “ba ria”
                continue
            near, begun = {*refused.facts["near"]}, refused.facts["begun"]
            assert begin_so <= near
            assert begun == (name if len(near) == 1 else None)


def refusal_of(units, typed):
    try:
        province(units, typed)
    except (ProvinceJoined, UnknownProvince) as refused:
        return refused
    return None


def test_what_begins_as_one_province_alone_or_as_several():
    found = {}
    for typed in ("kien gi", "tỉnh kiên g", "sai go", "ha n", "k", "tp"):
        with pytest.raises(UnknownProvince) as refusal:
            province(FROM_JULY_2025, typed)
        found[typed] = refusal.value.facts["begun"]
    only = {"kien gi": "Kiên Giang", "tỉnh kiên g": "Kiên Giang", "sai go": "Hồ Chí Minh"}
    assert found == {**only, "ha n": None, "k": None, "tp": None}
