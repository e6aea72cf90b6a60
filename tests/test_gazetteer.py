"""The shipped lists: counts of both eras · provinces by name, code, abbreviation · near names · parents first."""

import pytest

from ntmtrack.errors import UnknownProvince
from ntmtrack.gazetteer import BEFORE_JULY_2025, FROM_JULY_2025, province, provinces
from ntmtrack.model import KINDS, Tier


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


@pytest.mark.parametrize("typed", ["TP. Hồ Chí Minh", "TPHCM", "Thành phố Hồ Chí Minh"])
def test_a_city_by_its_short_name(typed):
    assert province(FROM_JULY_2025, typed)[0].name == "Hồ Chí Minh"


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
