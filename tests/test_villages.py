"""Villages below their communes: which of many of one name is meant, at which levels they are recognised, that they
move no figure of communes, and what plans ask of them. The villages and their recognitions are made up."""

import json

import pytest

from ntmtrack.model import Tier
from ntmtrack.programmes import find_level, programme
from ntmtrack.storage.open import reading
from ntmtrack.storage.queries import units
from ntmtrack.storage.transaction import acting
from ntmtrack.units import split_village_kind, take_apart
from tests.places import our_ledger
from tests.running import NOW, WHO, begin, run


def done(*argv):
    result = run(*argv)
    assert result.code == 0, result.both
    return result.out


def add(commune, *names):
    for name in names:
        done("add-village", name, "--commune", commune)


def mark(*communes):
    done("mark", *communes, "--as", "đặc biệt khó khăn", "--since", "4/6/2021")


def village_line(*argv):
    lines = json.loads(done("progress", "--format", "json", *argv))["lines"]
    (line,) = [line for line in lines if line["tier"] == "village" and line["measure"] in ("ntm", "smart-village")]
    return line


@pytest.fixture
def thanh_hoa(office):
    begin("Thanh Hóa")
    return office


@pytest.mark.parametrize(
    ("typed", "kind", "name"),
    [
        ("thôn Chí Phúc", "thôn", "Chí Phúc"),
        ("Tổ dân phố 3", "tổ dân phố", "3"),
        ("TDP 3", "tổ dân phố", "3"),
        ("khom 4", "khóm", "4"),
        ("Khu phố 2", "khu phố", "2"),
        ("Buôn Ky", "buôn", "Ky"),
        ("Chí Phúc", None, "Chí Phúc"),
    ],
)
def test_the_kind_of_a_village(typed, kind, name):
    assert split_village_kind(typed) == (kind, name)


@pytest.mark.parametrize("commune", ["Sóc Sơn", "Làng Nhì", "Buôn Hồ", "Bản Bo", "Khu Bang"])
def test_a_name_of_a_commune_may_begin_like_a_kind_of_village(commune):
    assert commune in [reading.name for reading in take_apart(commune).readings if reading.kind is None]


def test_villages_of_one_name_are_never_guessed_and_yield_to_communes(thanh_hoa):
    add("Hà Sơn", "thôn 1", "thôn Chí Phúc")
    add("Hà Lĩnh", "thôn 1", "thôn Hà Sơn")
    several = run("record", "thôn 1", "--level", "ntm", "--year", "2023")
    assert several.code == 1
    assert "“thôn 1, xã Hà Sơn” hay “thôn 1, thị trấn Hà Lĩnh”" in several.err
    done("record", "thôn 1, Hà Sơn", "--level", "ntm", "--year", "2023")
    assert "xã Hà Sơn (huyện Hà Trung)" in done("show", "Hà Sơn")  # and not the village so called
    assert "thôn Hà Sơn (thị trấn Hà Lĩnh)" in done("show", "thôn Hà Sơn")
    again = run("add-village", "Thôn 1", "--commune", "Hà Sơn")
    assert 'ntmtrack show "thôn 1, xã Hà Sơn"' in again.err


def test_a_village_has_no_code_and_lies_in_a_commune(thanh_hoa):
    assert run("add-village", "thôn 1", "--commune", "huyện Hà Trung").code == 1
    assert "không phải là loại của ấp, thôn" in run("add-village", "xã Lạ", "--commune", "Hà Sơn", "--kind", "xã").err


def test_levels_of_villages_are_those_of_their_own_sets():
    for key in ("2021-2025", "2026-2030"):
        period = programme(key)
        assert all(not one.verified for one in period.recognised if one.tier is Tier.VILLAGE)
        assert find_level(period, "thôn thông minh", Tier.VILLAGE) in period.apart(Tier.VILLAGE)
        assert Tier.VILLAGE not in period.counted
    old = programme("2021-2025")
    assert [level.key for level in old.levels_of(Tier.VILLAGE)] == ["ntm", "kieu-mau"]
    assert find_level(old, "thôn NTM kiểu mẫu", Tier.VILLAGE).key == "kieu-mau"
    assert old.level("thong-minh").key not in {level.key for level in old.levels}


def test_a_level_that_stands_by_itself_asks_for_no_other_and_implies_none(thanh_hoa):
    add("Hà Sơn", "thôn 1", "thôn 2")
    smart = run("record", "thôn 1", "--level", "thôn thông minh", "--year", "2023")
    assert "Lưu ý" not in smart.err
    assert "thôn 1" in done("list", "--tier", "village", "--level", "thông minh")
    assert "0 đơn vị" in done("list", "--tier", "village", "--level", "ntm")
    assert "thôn 2" in done("remaining", "--tier", "village", "--level", "thong-minh")
    assert run("record", "thôn 1", "--level", "thông minh", "--year", "2024").code == 1
    done("record", "thôn 1", "--level", "kieu-mau", "--year", "2024")
    assert "thôn 1" in done("list", "--tier", "village", "--level", "ntm")  # model villages are NTM villages
    assert "nang-cao" not in run("record", "thôn 2", "--level", "nâng cao", "--year", "2024").err.splitlines()[1]
    done("revoke", "thôn 1", "--level", "thông minh", "--decision", "9/QĐ-UBND", "--date", "1/2/2025", "--reason", "x")
    assert "0 đơn vị" in done("list", "--tier", "village", "--level", "thông minh", "--until", "2025")


def test_villages_are_merged_divided_renamed_and_follow_their_commune(thanh_hoa):
    add("Hà Sơn", "thôn 1", "thôn 2", "thôn 3", "thôn 4")
    day = ("--on", "1/1/2024")
    done("rearrange", "thôn 1, Hà Sơn", "thôn 2, Hà Sơn", "--into", "thôn Đông", *day, "--yes")
    done("rearrange", "thôn 3", "--into", "thôn Tây", "--into", "thôn Nam", *day, "--yes")
    done("rearrange", "thôn 4", "--rename", "thôn Bắc", *day, "--yes")
    shown = done("units", "--scope", "xã Hà Sơn", "--on", "1/6/2024")
    assert [name in shown for name in ("Đông", "Tây", "Nam", "Bắc")] == [True] * 4
    assert "hợp thành từ thôn 1" in done("show", "thôn Đông")
    done("rearrange", "xã Hà Sơn", "Hà Lĩnh", "--into", "xã Hà Mới", "--kind", "xã", "--on", "1/1/2025", "--yes")
    assert "xã Hà Mới" in done("show", "thôn Đông")
    done("undo")
    assert "xã Hà Mới" not in done("show", "thôn Đông")


def test_villages_follow_their_commune_into_the_units_of_today(office):
    """Mỹ Thuận went whole into xã Mỹ Thuận of today with Bình Sơn and Bình Giang."""
    begin("Kiên Giang")
    add("Mỹ Thuận", "ấp Mỹ Tân", "ấp 1")
    done("record", "ấp Mỹ Tân", "--level", "ntm", "--year", "2024")
    done("rearrange", "--national", "--yes")
    shown = done("show", "ấp Mỹ Tân")
    assert shown.count("xã Mỹ Thuận") > 1
    assert "01/07/2025" in shown
    on = ("--scope", "tỉnh An Giang", "--tier", "village", "--on", "1/8/2025")
    assert len([line for line in done("units", *on).splitlines() if line.startswith("ấp")]) == 2
    assert run("rearrange", "--national", "--yes").code == 1  # nothing of it twice
    done("undo")
    assert "01/07/2025" in done("show", "ấp Mỹ Tân")


def test_a_village_of_a_divided_commune_is_not_guessed_and_is_moved_by_hand(office):
    """Thanh Liệt was divided among several on 1/7/2025."""
    begin("Hà Nội")
    add("Thanh Liệt", "thôn 1")
    done("rearrange", "--national", "--yes")
    assert "phường" not in done("show", "thôn 1")
    done("rearrange", "thôn 1, xã Thanh Liệt", "--move-to", "phường Định Công", "--on", "1/7/2025", "--yes")
    assert "phường Định Công" in done("show", "thôn 1")


ASKED = (
    ("progress",),
    ("progress", "--years"),
    ("progress", "--year", "2024", "--notes", "--beside", "--highest"),
    ("progress", "--by", "district"),
    ("list", "--level", "ntm"),
    ("remaining", "--level", "ntm"),
    ("map",),
    ("trend",),
    ("units",),
    ("explain", "ntm"),
    ("carry",),
    ("check",),
    ("template", "--show"),
)


def test_no_figure_of_communes_moves_by_villages(office):
    begin("Kiên Giang")
    done("record", "Mỹ Thuận", "Sơn Bình", "--level", "ntm", "--year", "2022")
    before = [run(*argv).both for argv in ASKED]
    add("Mỹ Thuận", "ấp Mỹ Thuận", "ấp 1")
    add("Sơn Bình", "ấp 1")
    done("record", "ấp 1, Mỹ Thuận", "ấp Mỹ Thuận", "--level", "ntm", "--year", "2025")
    done("record", "ấp 1, Sơn Bình", "--level", "kieu-mau", "--year", "2024")
    assert [run(*argv).both for argv in ASKED] == before


def test_a_share_of_the_villages_of_communes_in_special_difficulty(office):
    """Lai Châu: 25 % số bản của các xã đặc biệt khó khăn. 5 bản lie in the marked commune: P = ⌈1,25⌉ = 2."""
    begin("Lai Châu")
    assert village_line("--year", "2025")["status"] == "no_data"
    assert "chưa đánh dấu xã nào" in done("explain", "ntm", "--tier", "village", "--year", "2025")
    mark("Bản Hon")
    assert "mới có danh sách thôn của 0 trên 1 xã" in done("explain", "ntm", "--tier", "village", "--year", "2025")
    add("Bản Hon", *(f"bản Hon {n}" for n in range(1, 6)))
    add("Bản Bo", "bản Bo 1", "bản Bo 2")
    done("record", "bản Bo 1", "bản Bo 2", "bản Hon 1", "--level", "ntm", "--year", "2025")
    line = village_line("--year", "2025")
    assert (line["actual_cumulative"], line["denominator"], line["needed"]) == (1, 5, 2)
    assert line["actual_percent"] == 20.0
    done("record", "bản Hon 2", "--level", "ntm", "--year", "2025")
    assert village_line("--year", "2025")["status"] == "reached"
    assert village_line("--year", "2024")["status"] == "not_due"
    worked_out = done("explain", "ntm", "--tier", "village", "--year", "2025")
    assert "bản Hon 2" in worked_out
    assert "chưa ghi công nhận thôn nào" not in worked_out
    assert "bản Bo 1" not in worked_out  # of another commune
    mark("Khun Há")  # whose villages are not on record: the share is not known any more
    line = village_line("--year", "2025")
    assert line["status"] == "incomplete"
    assert "mới có danh sách thôn của 1 trên 2 xã" in done("progress", "--year", "2025", "--notes")


def test_a_number_of_villages_of_communes_in_special_difficulty(office):
    """Quảng Bình: 49 thôn, bản, làng. Of 60 in the marked commune 50 are recognised; those of others do not count."""
    begin("Quảng Bình")
    done("roadmap", "import", "quang-binh-stnmt")
    mark("Thượng Hóa")
    from ntmtrack.model import NewUnit, Recognition
    from ntmtrack.storage.ledger import Ledger
    from ntmtrack.units.rearrangement import UnitRef

    with acting(our_ledger(), Ledger.Stamp("import", WHO, NOW)) as ledger:
        of = {name: units.find_unit(ledger.connection, name) for name in ("Thượng Hóa", "Hóa Sơn")}
        new = [
            [(NewUnit(f"{n}", "thôn", Tier.VILLAGE, until=unit.until), UnitRef(unit.id))]
            for unit in of.values()
            for n in range(60)
        ]
        ids = ledger.place_units(new)
        ledger.record_all([(key, Recognition("ntm", "2021-2025", 2024)) for key in (*ids[:48], *ids[60:])])
        ledger.summary = "120 thôn"
    line = village_line("--year", "2025")
    assert (line["actual_cumulative"], line["needed"], line["gap"], line["status"]) == (48, 49, -1, "close")
    done("record", "thôn 50, Thượng Hóa", "thôn 51, Thượng Hóa", "--level", "ntm", "--year", "2025")
    assert village_line("--year", "2025")["status"] == "ahead"


def test_the_smart_village_of_ha_son(thanh_hoa):
    assert village_line("--scope", "xã Hà Sơn", "--year", "2023")["status"] == "no_data"
    add("Hà Sơn", "thôn Chí Phúc", "thôn 2")
    assert village_line("--scope", "xã Hà Sơn", "--year", "2023")["status"] == "incomplete"
    done("record", "thôn Chí Phúc", "--level", "thôn thông minh", "--year", "2023")
    line = village_line("--scope", "xã Hà Sơn", "--year", "2023")
    assert (line["actual_cumulative"], line["total"], line["status"]) == (1, 2, "reached")
    assert "thôn Chí Phúc" in done("explain", "smart-village", "--scope", "xã Hà Sơn", "--year", "2023")


def test_the_list_of_units_has_villages_where_they_are_asked_for(thanh_hoa):
    add("Hà Sơn", "thôn Chí Phúc")
    on = ("--on", "1/1/2024")
    assert "Chí Phúc" not in done("units", *on)
    for asked in (("--tier", "village"), ("--kind", "thôn"), ("--scope", "xã Hà Sơn"), ("chi phuc",)):
        assert "Chí Phúc" in done("units", *asked, *on), asked
    with reading(our_ledger()) as connection:
        assert units.find_unit(connection, "thon chi phuc").name == "Chí Phúc"
