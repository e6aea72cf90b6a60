"""Finding the unit meant: rank of exact over folded · kinds · districts · reused codes · versions of one unit."""

import re
import unicodedata
from collections import defaultdict

import pytest

from ntmtrack.errors import AmbiguousUnit, UnknownUnit
from ntmtrack.gazetteer import BEFORE_JULY_2025, FROM_JULY_2025, province, provinces
from ntmtrack.matching import choose, take_apart
from ntmtrack.model import Tier, Unit
from ntmtrack.text import fold

GIONG_RIENG = "huyện Giồng Riềng"


def unit(id_, name, kind="xã", parent="huyện Châu Thành", code=None, since=None, until=None):
    tier = Tier.DISTRICT if kind == "huyện" else Tier.COMMUNE
    return Unit(id_, name, kind, tier, code, 1, parent, since, until)


UNITS = [
    unit(1, "Bình An", code="30898"),
    unit(2, "Bình An", parent="huyện Kiên Lương", code="30808"),
    unit(3, "Vĩnh Thuận", parent="huyện Vĩnh Thuận", code="31069"),
    unit(4, "Vĩnh Thuận", "thị trấn", "huyện Vĩnh Thuận", "31051"),
    unit(5, "Vĩnh Thuận", "huyện", "tỉnh Kiên Giang", "910"),
    unit(6, "Thạnh Đông"),
    unit(7, "Thạnh Đông A"),
    unit(8, "Thạnh Đông B"),
    unit(9, "Tân Lộc"),
    unit(10, "Tân Lóc"),
    unit(11, "Hòa An", parent=GIONG_RIENG),
    unit(12, "Tam Xuân II"),
    unit(13, "Xà Bang"),
    unit(14, "Vĩnh Bảo", "phường", code="30742", until="2024-11-01"),
    unit(15, "Rạch Giá", "phường", code="30742", since="2025-07-01"),
    unit(16, "Mỹ Đức", "xã", code="30778", until="2018-11-01"),
    unit(16, "Mỹ Đức", "phường", code="30778", since="2018-11-01"),
]


def find(typed, prefer=lambda _unit: True):
    wanted = take_apart(typed)
    return choose(wanted, UNITS, lambda: [one.name for one in UNITS], prefer)


@pytest.mark.parametrize(
    ("typed", "id_"),
    [
        ("30898", 1),
        ("Bình An, Châu Thành", 1),
        ("Bình An (huyện Kiên Lương)", 2),
        ("binh an, kien luong", 2),
        ("xã Bình An, huyện Châu Thành, tỉnh Kiên Giang", 1),
        ("xã Vĩnh Thuận", 3),
        ("TT Vĩnh Thuận", 4),
        ("thi tran vinh thuan", 4),
        ("huyện Vĩnh Thuận", 5),
        ("Thạnh Đông", 6),
        ("thanh dong a", 7),
        ("Tân Lộc", 9),
        ("TÂN LÓC", 10),
        ("Hoà An", 11),
        ("tam xuan 2", 12),
        ("xa bang", 13),
        ("Xã Xà Bang", 13),
        ("Mỹ Đức", 16),
        ("xã Mỹ Đức", 16),
    ],
)
def test_the_unit_meant(typed, id_):
    assert find(typed).id == id_


@pytest.mark.parametrize(("typed", "count"), [("Bình An", 2), ("Vĩnh Thuận", 3), ("tan loc", 2), ("30742", 2)])
def test_a_name_that_fits_several_is_never_guessed(typed, count):
    with pytest.raises(AmbiguousUnit) as refusal:
        find(typed)
    assert refusal.value.facts["count"] == count


def test_the_suggested_way_of_writing_is_unmistakable():
    for typed in ("Bình An", "Vĩnh Thuận"):
        with pytest.raises(AmbiguousUnit) as refusal:
            find(typed)
        assert find(str(refusal.value.facts["example"]))


def test_a_preference_settles_only_what_it_settles_alone():
    assert find("Vĩnh Thuận", lambda one: one.kind == "thị trấn").id == 4
    assert find("30742", lambda one: one.until is None).id == 15
    with pytest.raises(AmbiguousUnit) as refusal:
        find("Vĩnh Thuận", lambda one: one.kind in ("xã", "huyện"))
    assert refusal.value.facts["count"] == 2


@pytest.mark.parametrize("typed", ["Thạnh Đông C", "phường Bình An", "Bình An, Hòn Đất", ""])
def test_what_no_unit_is_called(typed):
    with pytest.raises(UnknownUnit):
        find(typed)


def test_a_unit_is_given_in_its_last_version():
    assert find("Mỹ Đức").kind == "phường"


@pytest.mark.parametrize("units", [BEFORE_JULY_2025, FROM_JULY_2025], ids=["63", "34"])
def test_every_real_unit_is_found_by_its_own_name_and_never_taken_for_another(units):
    for province_unit in provinces(units):
        loaded = province(units, province_unit.code)
        names = {unit.code: f"{unit.kind} {unit.name}" for unit in loaded}
        stored = [
            Unit(place, unit.name, unit.kind, unit.tier, unit.code, None, names.get(unit.parent_code))
            for place, unit in enumerate(loaded)
        ]
        by_key = defaultdict(list)
        for unit in stored:
            by_key[fold(unit.name)].append(unit)
        for unit in stored:
            for typed in (
                unit.title,
                unit.title.upper(),
                f"{unit.title}, {unit.parent_name or ''}".rstrip(", "),
                unmarked(unit.title),
            ):
                wanted = take_apart(typed)
                candidates = [one for key in wanted.keys for one in by_key[key]]
                assert ({unit.code} | spelt_so(candidates, typed)) & meant(wanted, candidates), typed


def meant(wanted, candidates):
    """The code of the unit chosen, or the codes of all between which none was chosen."""
    try:
        return {choose(wanted, candidates, list).code}
    except AmbiguousUnit as refusal:
        return set(re.findall(r"\[(\w+)\]", str(refusal)))


def spelt_so(candidates, typed):
    """The codes of units that are spelt as typed but for their kind: they rightly win over one with other marks."""
    return {one.code for one in candidates if typed.endswith(f" {one.name}")}


def unmarked(text):
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return bare.replace("đ", "d").replace("Đ", "D")
