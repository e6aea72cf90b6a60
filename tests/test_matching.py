"""Finding the unit meant: ranks · kinds · places told · what was dropped · numerals, apostrophes · reused codes."""

import re
import unicodedata

import pytest

from ntmtrack.errors import AmbiguousUnit, UnitOtherwise, UnknownUnit
from ntmtrack.model import Tier, Unit
from ntmtrack.storage.queries.units import Register
from ntmtrack.units import finder
from ntmtrack.units.finder import Dropped, MatchTerms
from ntmtrack.units.gazetteer import BEFORE_JULY_2025, FROM_JULY_2025, province, provinces

ABOVE = {
    "tỉnh Kiên Giang": Unit(90, "Kiên Giang", "tỉnh", Tier.PROVINCE, "91"),
    **{
        f"{kind} {name}": Unit(id_, name, kind, Tier.DISTRICT, None, 90, "tỉnh Kiên Giang")
        for id_, kind, name in [
            (91, "huyện", "Châu Thành"),
            (92, "huyện", "Kiên Lương"),
            (93, "huyện", "Giồng Riềng"),
            (94, "thành phố", "Hà Tiên"),
            (5, "huyện", "Vĩnh Thuận"),
        ]
    },
}


def unit(id_, name, kind="xã", parent="huyện Châu Thành", code=None, since=None, until=None):
    return Unit(id_, name, kind, Tier.COMMUNE, code, ABOVE[parent].id, parent, since, until)


UNITS = [
    *ABOVE.values(),
    unit(1, "Bình An", code="30898"),
    unit(2, "Bình An", parent="huyện Kiên Lương", code="30808"),
    unit(3, "Vĩnh Thuận", parent="huyện Vĩnh Thuận", code="31069"),
    unit(4, "Vĩnh Thuận", "thị trấn", "huyện Vĩnh Thuận", "31051"),
    unit(6, "Thạnh Đông"),
    unit(7, "Thạnh Đông A"),
    unit(8, "Thạnh Đông B"),
    unit(9, "Tân Lộc"),
    unit(10, "Tân Lóc"),
    unit(11, "Hòa An", parent="huyện Giồng Riềng"),
    unit(12, "Tam Xuân II"),
    unit(13, "Xà Bang"),
    unit(14, "Vĩnh Bảo", "phường", code="30742", until="2024-11-01"),
    unit(15, "Rạch Giá", "phường", code="30742", since="2025-07-01"),
    unit(16, "Mỹ Đức", "xã", code="30778", until="2018-11-01"),
    unit(16, "Mỹ Đức", "phường", code="30778", since="2018-11-01"),
    unit(17, "Tiên Hải", parent="thành phố Hà Tiên"),
    unit(18, "Đạ K'Nàng"),
    unit(19, "Đưng KNớ"),
    unit(20, "Mường Vi"),
    unit(21, "Tân Hà", "thị trấn"),
    unit(22, "Tân Hả"),
    unit(23, "III", "phường", "thành phố Hà Tiên"),
    unit(24, "Phú Hậu - Cầu Hai"),
    unit(25, "Ba Tơ", "thị trấn"),
    unit(26, "Ba Tơ"),
]


def find(typed, prefer=lambda _unit: True, **terms):
    return finder.find(Register(UNITS), typed, MatchTerms(prefer, **terms)).unit


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


def test_each_of_several_is_told_how_to_be_written():
    for typed in ("Bình An", "Vĩnh Thuận", "tan ha"):
        with pytest.raises(AmbiguousUnit) as refusal:
            find(typed)
        ways = re.findall("“(.+?)”", str(refusal.value.facts["ways"]))
        assert {find(way) for way in ways} == {*refusal.value.facts["units"]}


def test_a_preference_settles_only_what_it_settles_alone():
    assert find("Ba Tơ", lambda one: one.kind == "xã").id == 26
    assert find("30742", lambda one: one.until is None).id == 15
    with pytest.raises(AmbiguousUnit) as refusal:
        find("Bình An", lambda one: one.kind == "xã")
    assert refusal.value.facts["count"] == 2


def test_a_commune_and_a_district_of_one_name_are_asked_about():
    with pytest.raises(AmbiguousUnit) as refusal:
        find("Vĩnh Thuận", lambda one: one.kind == "xã")
    assert refusal.value.facts["count"] == 3
    assert find("Vĩnh Thuận", lambda one: one.kind == "xã", across=True).id == 3
    assert find("Vĩnh Thuận", only=lambda one: one.tier is Tier.DISTRICT).id == 5


def test_the_kind_never_settles_between_names_without_marks():
    with pytest.raises(AmbiguousUnit) as refusal:
        find("tan ha", lambda one: one.kind == "xã")
    assert "Tân Hà" in str(refusal.value)
    assert "Tân Hả" in str(refusal.value)
    with pytest.raises(AmbiguousUnit):
        find("ba to", lambda one: one.kind == "xã")


@pytest.mark.parametrize(
    ("typed", "id_", "dropped"),
    [
        ("thạnh đông", 6, ""),
        ("Hoà An", 11, ""),
        ("Tam Xuân 2", 12, ""),
        ("tam xuân ii", 12, ""),
        ("Phường 3, Hà Tiên", 23, ""),
        ("Đạ KNàng", 18, ""),
        ("Đạ K’ Nàng", 18, ""),
        ("Đưng K'Nớ", 19, ""),
        ("Đưng K' Nớ", 19, ""),
        ("Phú Hậu-Cầu Hai", 24, ""),
        ("Phú Hậu – Cầu Hai, Châu Thành", 24, ""),
        ("mường vi", 20, ""),
        ("thanh dong", 6, "marks"),
        ("Đa K'Nàng", 18, "marks"),
        ("Hoa An, Giồng Riềng", 11, "marks"),
        ("Hòa An (Giong Rieng)", 11, "marks"),
        ("Tiên Hải, TX Hà Tiên", 17, "kind"),
        ("Tiên Hải, huyện Hà Tiên", 17, "kind"),
        ("TX Hà Tiên", 94, "kind"),
        ("tx ha tien", 94, "marks kind"),
    ],
)
def test_what_was_dropped_is_told(typed, id_, dropped):
    found = finder.find(Register(UNITS), typed)
    assert (found.unit.id, " ".join(sorted(found.dropped, reverse=True))) == (id_, dropped)
    assert found.is_near == bool(dropped)


@pytest.mark.parametrize(
    "typed",
    [
        "Hòa An - Giồng Riềng",
        "Hòa An – huyện Giồng Riềng",
        "Hòa An Giồng Riềng",
        "xã Hòa An huyện Giồng Riềng",
        "Hòa An h. Giồng Riềng tỉnh Kiên Giang",
        "Hòa An / Giồng Riềng",
        "HÒA AN (H.GIỒNG RIỀNG, T.KIÊN GIANG)",
        "Hòa An (xã)",
        "Hòa An, Kiên Giang",
    ],
)
def test_a_district_told_in_the_name(typed):
    found = finder.find(Register(UNITS), typed)
    assert (found.unit.id, found.is_near) == (11, False)


@pytest.mark.parametrize(
    "typed",
    [
        "Hòa An, Châu Thành",
        "Hòa An - Châu Thành",
        "Hòa An, Giồng Riềng, Đồng Tháp",
        "xã Hòa An, tỉnh Đồng Tháp",
        "phường Hòa An",
        "Hòa An, thị xã Giồng Riềng",
        "Mường 6",
        "Tam Xuân 3",
        "xã Hà Tiên",
        "huyện Hòa An",
    ],
)
def test_what_is_told_must_be_the_units(typed):
    with pytest.raises(UnknownUnit):
        find(typed)


def test_a_name_of_another_kind_or_place_is_told_for_what_it_is():
    with pytest.raises(UnitOtherwise) as refusal:
        find("phường Hòa An")
    assert "xã Hòa An (huyện Giồng Riềng)" in str(refusal.value)
    with pytest.raises(UnitOtherwise) as refusal:
        find("Hòa An, Châu Thành")
    assert "xã Hòa An (huyện Giồng Riềng)" in str(refusal.value)


def test_a_province_that_the_ledger_lacks_is_said_to_be_left_out():
    alone = [
        Unit(1, "Hòn Đất", "huyện", Tier.DISTRICT),
        Unit(2, "Mỹ Thuận", "xã", Tier.COMMUNE, None, 1, "huyện Hòn Đất"),
    ]
    for typed in ("Mỹ Thuận, Hòn Đất, Kiên Giang", "Mỹ Thuận, tỉnh Kiên Giang"):
        assert finder.find(Register(alone), typed).dropped == {Dropped.PROVINCE}
    with pytest.raises(UnknownUnit):
        finder.find(Register(alone), "Mỹ Thuận, Kiên Giang")


@pytest.mark.parametrize("typed", ["Thạnh Đông C", "phường Bình An", "Bình An, Hòn Đất", "", ",", "()"])
def test_what_no_unit_is_called(typed):
    with pytest.raises(UnknownUnit):
        find(typed)


def test_a_unit_is_given_in_its_last_version():
    assert find("Mỹ Đức").kind == "phường"


@pytest.mark.parametrize(
    "units", [pytest.param(BEFORE_JULY_2025, marks=pytest.mark.slow), FROM_JULY_2025], ids=["63", "34"]
)
def test_every_real_unit_is_found_by_its_own_name_and_never_taken_for_another(units):
    for province_unit in provinces(units):
        stored = held(province(units, province_unit.code))
        register = Register(stored)
        for unit in stored:
            for typed in (
                unit.title,
                unit.title.upper(),
                f"{unit.title}, {unit.parent_name or ''}",
                unmarked(unit.title),
            ):
                found = meant(register, typed)
                assert unit.code in found or spelt_so(stored, typed) & found, typed


def held(loaded):
    """Units of the list as a ledger holds them."""
    ids = {unit.code: place for place, unit in enumerate(loaded, 1)}
    titles = {unit.code: unit.title for unit in loaded}
    return [
        Unit(ids[u.code], u.name, u.kind, u.tier, u.code, ids.get(u.parent_code), titles.get(u.parent_code))
        for u in loaded
    ]


def meant(register, typed):
    """The code of the unit chosen, or the codes of all between which none was chosen."""
    try:
        return {finder.find(register, typed).unit.code}
    except AmbiguousUnit as refusal:
        return {unit.code for unit in refusal.facts["units"]}


def spelt_so(stored, typed):
    """The codes of units that are spelt as typed but for their kind: they rightly win over one with other marks."""
    return {one.code for one in stored if typed.endswith(f" {one.name}")}


def unmarked(text):
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return bare.replace("đ", "d").replace("Đ", "D")
