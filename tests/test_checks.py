"""`check`: silent where all is well · every rule finds what breaks it, and names units · published figures explained by
the units and actions behind the difference · the differences that are known of the sample."""

import json
from datetime import timedelta

import pytest

from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.transaction import acting
from tests.faults.old_ledgers import unpack
from tests.places import our_ledger
from tests.running import NOW, begin, run


def found(*names, **options):
    """What the checks find, by check: pairs of text and units."""
    done = run("check", *names, "-f", "json", *[word for pair in options.items() for word in pair])
    assert done.code in (0, 3), done.err
    by_check = {}
    for one in json.loads(done.out)["findings"]:
        by_check.setdefault(one["check"], []).append((one["weight"], one["text"], one["units"]))
    return by_check


def raw(file, *statements):
    """Facts that the commands would refuse, written as one action, as an import of old data might have."""
    with acting(file, Ledger.Stamp("test", "t", NOW)) as ledger:
        for statement in statements:
            ledger.connection.execute(statement, {"by": ledger.action_id})
        ledger.summary = "t"


RECOGNITION = (
    "INSERT INTO recognition (action_id, unit_id, programme, level, year, decision_id, basis, confidence)"
    " SELECT :by, unit_id, '{programme}', '{level}', {year}, {decision}, 'recognised', 'recorded'"
    " FROM unit_version WHERE code = '{code}'"
)


def recognition(code, level, year, programme="2021-2025", decision="NULL"):
    return RECOGNITION.format(code=code, level=level, year=year, programme=programme, decision=decision)


@pytest.fixture
def office_ledger(office):
    begin("Kiên Giang")
    return our_ledger()


def test_a_ledger_without_fault_is_passed_over_in_silence(office_ledger):
    run("record", "Mỹ Thuận", "-l", "ntm", "--year", "2022", "--decision", "1/QĐ", "--date", "5/1/2023")
    run("publish", "--year", "2022", "--source", "BC")
    rest = [name for name in json.loads(run("check", "--list", "-f", "json").out)["checks"] if name["check"] != "plan"]
    checked = run("check", *[one["check"] for one in rest if one["check"] != "names"])
    assert (checked.code, checked.out, checked.err) == (0, "", "")


def test_a_level_before_the_one_below_it(office_ledger):
    raw(office_ledger, recognition("30838", "ntm", 2023), recognition("30838", "nang-cao", 2022))
    ((weight, text, units),) = found("order")["order"]
    assert (weight, units) == ("doubt", "xã Mỹ Thuận (huyện Hòn Đất)")
    assert "NTM nâng cao (năm 2022) lại trước đạt chuẩn NTM (năm 2023)" in text


def test_levels_that_stand_on_no_one_ladder_have_no_order(office_ledger):
    raw(
        office_ledger,
        recognition("30838", "nang-cao", 2022),
        recognition("30838", "ntm", 2026, programme="2026-2030"),
    )
    assert "order" not in found("order")


def test_a_level_without_the_one_below_it(office_ledger):
    run("record", "Mỹ Thuận", "-l", "nc", "--year", "2022")
    ((weight, text, _units),) = found("prerequisite")["prerequisite"]
    assert (weight, "chưa ghi đạt chuẩn NTM" in text) == ("note", True)


@pytest.mark.parametrize(("day", "weight"), [("20/12/2021", "doubt"), ("3/1/2025", "note"), ("5/1/2024", None)])
def test_decisions_before_their_year_or_long_after(office_ledger, day, weight):
    run("record", "Mỹ Thuận", "-l", "ntm", "--year", "2022", "--decision", "1/QĐ", "--date", day)
    told = found("decision-year").get("decision-year", [])
    assert [one[0] for one in told] == ([weight] if weight else [])


def test_one_number_with_two_days_and_one_decision_twice(office_ledger):
    raw(
        office_ledger,
        "INSERT INTO decision (action_id, number, signed_on) VALUES (:by, '5/QĐ-UBND', '2023-01-05')",
        "INSERT INTO decision (action_id, number, signed_on) VALUES (:by, '5/qđ-ubnd', '2023-02-05')",
        "INSERT INTO decision (action_id, number, signed_on) VALUES (:by, '6/QĐ-UBND', '2023-01-05')",
        "INSERT INTO decision (action_id, number) VALUES (:by, '6 /QĐ-UBND')",
        recognition("30838", "ntm", 2022, decision="1"),
        recognition("30836", "ntm", 2022, decision="2"),
        recognition("30840", "ntm", 2022, decision="3"),
    )
    ((_weight, text, units),) = found("decision-days")["decision-days"]
    assert "05/01/2023, 05/02/2023" in text
    assert units == "xã Mỹ Thuận (huyện Hòn Đất); xã Sơn Bình (huyện Hòn Đất)"
    ((_weight, text, _units),) = found("decision-twice")["decision-twice"]
    assert "6/QĐ-UBND được ghi 2 lần" in text


def test_numbers_that_return_every_year_are_no_fault(office_ledger):
    run("record", "Mỹ Thuận", "-l", "ntm", "--year", "2021", "--decision", "5/QĐ-UBND", "--date", "5/1/2022")
    run("record", "Sơn Bình", "-l", "ntm", "--year", "2022", "--decision", "5/QĐ-UBND", "--date", "5/1/2023")
    assert found("decision-days", "decision-twice") == {}


def test_a_district_recognised_while_communes_are_missing(office_ledger):
    run("record", "Giang Thành", "-l", "ntm", "--year", "2023")
    told = found("district")["district"]
    assert len(told) == 2
    assert "0/5 xã đạt chuẩn NTM (cần 5: 100%)" in told[0][1]
    assert "0/5 xã đạt chuẩn NTM nâng cao (cần 1: 10%)" in told[1][1]
    assert "xã Phú Lợi (huyện Giang Thành)" in told[0][2]
    communes = ["Tân Khánh Hòa", "Phú Lợi", "Vĩnh Điều", "Vĩnh Phú, Giang Thành", "Phú Mỹ, Giang Thành"]
    assert run("record", *communes, "-l", "ntm", "--year", "2023").code == 0
    assert run("record", "Phú Lợi", "-l", "nc", "--year", "2023").code == 0
    assert found("district") == {}


def test_units_recognised_when_they_did_not_stand_or_were_not_counted(office_ledger):
    raw(office_ledger, recognition("30838", "ntm", 2026, "2026-2030"), recognition("30817", "ntm", 2022))
    told = [text for _weight, text, _units in found("ended", **{"--year": "2024"})["ended"]]
    assert any("xã Mỹ Thuận (huyện Hòn Đất): đạt chuẩn NTM năm 2026, khi đơn vị không tồn tại" in one for one in told)
    assert any("khi loại đơn vị này không được tính" in one for one in told)


def test_a_unit_counted_beside_the_one_that_took_its_place(office_ledger):
    raw(
        office_ledger,
        "INSERT INTO succession (action_id, predecessor_id, successor_id, extent, day) SELECT :by, one.unit_id,"
        " other.unit_id, 'whole', '2023-01-01' FROM unit_version AS one, unit_version AS other"
        " WHERE one.code = '30838' AND other.code = '30836'",
    )
    ((_weight, text, units),) = found("succession", **{"--year": "2024"})["succession"]
    assert "xã Mỹ Thuận (huyện Hòn Đất) đã nhập vào xã Sơn Bình (huyện Hòn Đất) ngày 01/01/2023" in text
    assert units.count(";") == 1
    assert found("succession", **{"--year": "2022"}) == {}


def test_a_published_figure_names_the_units_and_actions_since(office_ledger):
    run("record", "Mỹ Thuận", "Sơn Bình", "-l", "ntm", "--year", "2022")
    run("publish", "--year", "2022", "--source", "BC 1")
    assert found("published") == {}
    run("record", "Thổ Sơn", "-l", "ntm", "--year", "2022")
    run("edit", "Mỹ Thuận", "-l", "ntm", "--year", "2023", "--reason", "nhầm")
    ((weight, text, _units),) = found("published")["published"]  # one came, one went: the number still agrees
    assert (weight, "có thêm: xã Thổ Sơn" in text, "không còn: xã Mỹ Thuận" in text) == ("note", True, True)
    assert run("edit", "Thổ Sơn", "-l", "ntm", "--note", "xem lại", "--reason", "x").code == 0
    run("record", "Mỹ Thái", "-l", "ntm", "--year", "2022")
    ((weight, text, units),) = found("published")["published"]
    assert weight == "doubt"
    assert "công bố 2; sổ có 3 theo năm đạt chuẩn (+1)" in text
    assert "không còn: xã Mỹ Thuận (huyện Hòn Đất) (thao tác 5 sửa, canbo, 21/11/2026)" in text
    assert "xã Thổ Sơn (huyện Hòn Đất) (thao tác 4 ghi, canbo, 21/11/2026)" in text
    assert "xã Mỹ Thái (huyện Hòn Đất) (thao tác 7 ghi, canbo, 21/11/2026)" in text
    assert len(units.split("; ")) == 3


def test_publishing_again_keeps_bases_apart_and_no_level_that_fell_to_none(office_ledger):
    run("record", "Mỹ Thuận", "-l", "ntm", "--year", "2022", "--decision", "1/QĐ", "--date", "5/1/2023")
    run("record", "Mỹ Thuận", "-l", "nc", "--year", "2022")
    assert run("publish", "--year", "2022", "--source", "BC").code == 0
    assert run("publish", "--year", "2022", "--source", "BC", "--basis", "decision").code == 0
    assert found("published") == {}
    run("undo", "3")
    assert "NTM nâng cao" in found("published")["published"][0][1]
    assert run("publish", "--year", "2022", "--source", "BC").code == 0
    assert found("published") == {}


def test_figures_published_after_the_last_recognition_are_checked_too(office_ledger):
    run("record", "Mỹ Thuận", "-l", "ntm", "--year", "2020")
    run("publish", "--year", "2024", "--source", "BC")
    run("record", "Thổ Sơn", "-l", "ntm", "--year", "2022")
    assert "công bố 1; sổ có 2" in found("published")["published"][0][1]
    assert found("published", **{"--year": "2023"}) == {}


def test_every_province_of_a_ledger_is_checked_by_itself(office_ledger):
    begin("Lai Châu")
    run("publish", "-l", "ntm", "--value", "50", "--as-of", "2022", "--source", "BC", "--scope", "Kiên Giang")
    assert "công bố 50; sổ có 0" in found("published")["published"][0][1]
    run("record", "Bản Bo", "-l", "ntm", "--year", "2022", "--decision", "1/QĐ", "--date", "5/1/2019")
    assert found("decision-year", **{"--scope": "Hòn Đất"}) == {}
    assert "Bản Bo" in found("decision-year")["decision-year"][0][1]


def test_closing_keeps_figures_of_the_provinces_that_stood(office_ledger):
    begin("An Giang", "2026-2030")
    assert run("close-year", "2024").code == 0
    kept = json.loads(run("history", "3", "-f", "json").out)["changes"]
    assert {one["unit"] for one in kept if one["unit"]} == {"tỉnh Kiên Giang", "tỉnh An Giang"}


def test_the_whole_of_a_published_figure_is_held_against_the_units(office_ledger):
    run("publish", "-l", "ntm", "--value", "0", "--total", "117", "--as-of", "2022", "--source", "Báo")
    ((weight, text, _units),) = found("total")["total"]
    assert (weight, "trên tổng số 117; ngày đó sổ có 116" in text) == ("note", True)


def test_what_is_known_of_the_sample_is_explained_by_name(demo):
    told = found()
    texts = {check: " | ".join(text for _weight, text, _units in ones) for check, ones in told.items()}
    published = {text.split(";")[0]: (weight, text, units) for weight, text, units in told["published"]}
    weight, text, units = published["Xã đạt chuẩn NTM, 10/2023: công bố 108"]
    assert (weight, "108 theo năm đạt chuẩn (khớp), 103 theo ngày quyết định (−5)" in text) == ("note", True)
    assert len(units.split("; ")) == 5
    assert "xã Hòa An (huyện Giồng Riềng) (chưa rõ ngày quyết định)" in text
    weight, text, units = published["Xã đạt chuẩn NTM, 04/2019: công bố 58"]
    assert (weight, "đúng 7 đơn vị được tính từ 02/05/2019 (1007/QĐ-UBND)" in text) == ("doubt", True)
    assert "39 (2024) + 2 = 41, nhưng in 40" in texts["plan"]
    assert "chưa đạt: huyện Kiên Hải; đạt mà không có tên: huyện Châu Thành" in texts["names"]
    assert "công bố trên tổng số 116; ngày đó sổ có 117" in texts["total"]
    assert run("check").code == 3
    assert "MINH HOẠ" in run("check").out
    assert run("check", "names").code == 0  # something to know, no fault


@pytest.mark.of_file("a schema of before")
def test_units_that_stand_twice(office):
    """As a ledger of the fourth schema may hold them: an import done again beside another of the same units."""
    unpack("0004", our_ledger())
    first, second = found("unit-twice")["unit-twice"]
    assert first[0] == "doubt"
    assert "mã 39001 cùng lúc là của 2 đơn vị" in first[1]
    assert "xã Thử Một (huyện Hòn Đất), thao tác 12" in first[1]
    assert "thao tác 13" in first[1]
    assert first[2] == "xã Thử Một (huyện Hòn Đất); xã Thử Một (huyện Hòn Đất)"
    assert "39002" in second[1]
    assert run("undo", "13", "--yes", "--reopen", "trùng", now=NOW + timedelta(days=3)).code == 0
    assert found("unit-twice") == {}


def test_units_of_one_name_in_one_place(office_ledger):
    raw(
        office_ledger,
        "INSERT INTO unit (action_id) VALUES (:by)",
        "INSERT INTO unit_version (action_id, unit_id, name, name_key, kind, tier, parent_id, since)"
        " SELECT :by, (SELECT max(id) FROM unit), 'MỸ THUẬN', name_key, kind, tier, parent_id, '2020-01-01'"
        " FROM unit_version WHERE code = '30838'",
    )
    ((_weight, text, units),) = found("unit-twice", **{"--year": "2024"})["unit-twice"]
    assert text.startswith("xã Mỹ Thuận (huyện Hòn Đất) có trong sổ 2 lần")
    assert units.count("(huyện Hòn Đất)") == 2


def test_closed_years_tell_who_reopened_them(office_ledger):
    run("record", "Mỹ Thuận", "-l", "ntm", "--year", "2022")
    run("close-year", "2023")
    assert found("closed", "chain") == {}
    run("record", "Sơn Bình", "-l", "ntm", "--year", "2023", "--reopen", "quyết định đến muộn")
    ((weight, text, _units),) = found("closed")["closed"]
    assert (weight, "4 ghi (quyết định đến muộn)" in text) == ("note", True)
    run("undo", "--reopen", "lại")
    assert found("closed") == {}
