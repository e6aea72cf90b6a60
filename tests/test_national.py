"""Carried over 1/7/2025 and 30/4/2026: counts of both maps for every province and the nation · units that go on are the
same, all others end and begin · nothing twice · undone without a trace · what the list or the ledger lacks is named ·
the main part of a divided commune as listed, or as told."""

import json
from collections import Counter
from datetime import date

import pytest

from ntmtrack.model import Tier, Unit
from ntmtrack.storage.chain import fingerprint
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.open import reading
from ntmtrack.storage.queries import units
from ntmtrack.storage.transaction import acting
from ntmtrack.units import gazetteer
from ntmtrack.units.ancestry import Ancestry
from ntmtrack.units.changes import listed_changes, lives
from ntmtrack.units.gazetteer import BEFORE_JULY_2025, FROM_JULY_2025
from ntmtrack.units.national import carry_over
from tests.places import our_ledger
from tests.running import NOW, begin, run

TODAY = "2026-11-21"
OLD = {unit.code: unit for unit in gazetteer.every_unit(BEFORE_JULY_2025)}
NEW = {unit.code: unit for unit in gazetteer.every_unit(FROM_JULY_2025)}


def held(*provinces):
    """The units of these provinces of before 1/7/2025, as a ledger holds them."""
    every = []
    ids = {}
    for province in provinces:
        for unit in gazetteer.below(BEFORE_JULY_2025, province):
            ids[unit.code] = len(ids) + 1
            above = ids.get(unit.parent_code)
            every.append(
                Unit(ids[unit.code], unit.name, unit.kind, unit.tier, unit.code, above, None, unit.since, unit.until)
            )
    return every


def kinds(several):
    return Counter(unit.kind for unit in several if unit.tier is Tier.COMMUNE)


def test_the_list_covers_every_unit_of_both_maps():
    changes = [change for change in listed_changes() if change.day == "2025-07-01" and len(change.old_code) == 5]
    assert {change.old_code for change in changes} == {c for c, unit in OLD.items() if unit.tier is Tier.COMMUNE}
    islands = {"11948", "19742", "20333", "21548", "26732"}  # made of island districts without communes
    assert {change.new_code for change in changes} == {
        c for c, unit in NEW.items() if unit.tier is Tier.COMMUNE
    } - islands
    wholes = Counter(change.old_code for change in changes if change.is_whole)
    parts = Counter(change.old_code for change in changes if not change.is_whole)
    assert set(wholes.values()) == {1}
    assert min(parts.values()) >= 2
    assert not wholes.keys() & parts.keys()
    mains = Counter(change.old_code for change in changes if change.main)
    assert mains == dict.fromkeys(parts, 1)


@pytest.mark.slow
@pytest.mark.parametrize("code", [unit.code for unit in gazetteer.provinces(BEFORE_JULY_2025)])
def test_every_province_by_itself(code):
    carried = carry_over(held(code), (), TODAY)
    inside = [unit for unit in gazetteer.below(BEFORE_JULY_2025, code) if unit.tier is Tier.COMMUNE]
    assert kinds(carried.old) == kinds(inside)
    assert (carried.missing, carried.unknown) == ([], [])
    heirs = {change.new_code for change in listed_changes() if change.old_code in {unit.code for unit in inside}}
    assert {made.unit.code for made in carried.made} >= heirs
    ended = {unit.code for unit in carried.old} - {made.parts[0][0].code for made in carried.made if made.goes_on}
    assert {descent.predecessor.id for descent in carried.change.descents if descent.extent == "whole"} <= {
        unit.id for unit in held(code)
    }
    assert len(ended) + carried.kept == len(inside)


@pytest.mark.slow
def test_the_nation_on_each_of_its_maps():
    carried = carry_over(held(*(unit.code for unit in gazetteer.provinces(BEFORE_JULY_2025))), (), TODAY)
    assert kinds(carried.old) == {"xã": 7692, "phường": 1726, "thị trấn": 617}
    assert kinds(carried.new) == {"xã": 2621, "phường": 687, "đặc khu": 13}
    assert kinds(lives(unit, TODAY)[-1] for unit in carried.new) == {"xã": 2611, "phường": 697, "đặc khu": 13}
    assert (len(carried.provinces), carried.kept, len(carried.divided)) == (34, 132, 440)


def counted(file, *, on, **of):
    with reading(file) as connection:
        ids = {unit.id for unit in units.every_unit(connection, on)}
        standing = [unit for unit in units.every_unit(connection, on) if unit.parent_id in ids]
    return sum(all(getattr(unit, name) == value for name, value in of.items()) for unit in standing)


@pytest.mark.parametrize(("province", "before", "after"), [("Kiên Giang", 116, 41), ("Lai Châu", 94, 36)])
def test_a_ledger_goes_on_and_comes_back_without_a_trace(office, province, before, after):
    file = our_ledger()
    begin(province)
    with reading(file) as connection:
        found = fingerprint(connection)
    done = run("rearrange", "--national")
    assert (done.code, f"→ {after} xã" in done.err) == (0, True), done.err
    assert counted(file, on=date(2025, 6, 30), kind="xã") == before
    assert counted(file, on=date(2025, 7, 1), kind="xã") == after
    with reading(file) as connection:
        ancestry = Ancestry(units.successions(connection))
        stood = {unit.id for unit in units.every_unit(connection, date(2025, 6, 30))}
        for unit in units.every_unit(connection, date(2025, 7, 1), tier=Tier.COMMUNE):
            assert ancestry.origins(unit.id, stood.__contains__), unit
    assert run("verify").code == 0
    assert "Không có gì để sắp xếp" in run("rearrange", "--national").err
    assert run("undo").code == 0
    with reading(file) as connection:
        assert fingerprint(connection) == found
    assert run("redo").code == 0
    assert run("dump", "so.jsonl").code == 0
    assert run("load", "so.jsonl", "--db", "lai.db").code == 0


def test_what_the_ledger_lacks_or_the_list_does_not_know_is_named():
    lacking = [unit for unit in held("91") if unit.code != "30838"]
    assert [unit.title for unit in carry_over(lacking, (), TODAY).missing] == ["xã Mỹ Thuận"]
    strange = [*held("91"), Unit(999, "Xã Lạ", "xã", Tier.COMMUNE, "39999", 2, "huyện Hòn Đất", None, "2025-07-01")]
    assert [unit.name for unit in carry_over(strange, (), TODAY).unknown] == ["Xã Lạ"]


def test_a_ledger_without_codes_is_known_by_name_and_district():
    titles = {unit.id: f"{unit.kind} {unit.name}" for unit in held("12")}
    without = [unit._replace(code=None, until=None, parent_name=titles.get(unit.parent_id)) for unit in held("12")]
    carried = carry_over(without, (), TODAY)
    assert kinds(carried.new) == {"xã": 36, "phường": 2}
    assert set(carried.change.ends.values()) == {"2025-07-01"}
    districts = {unit.id for unit in without if unit.tier is Tier.DISTRICT}
    assert districts <= carried.change.ends.keys()


def test_the_main_part_is_where_the_people_went_unless_somebody_knows_better():
    carried = carry_over(held("01"), (), TODAY)
    division = next(division for division in carried.divided if len(division.into) == 2)
    first, second = division.into
    other = carry_over(held("01"), (), TODAY, mains={division.code: second.code})
    again = next(one for one in other.divided if one.code == division.code)
    assert [unit.code for unit in again.into] == [second.code, first.code]
    mains = Counter(descent.main for descent in other.change.descents if descent.extent == "part")
    assert mains[True] == len(other.divided)


def _begun(file, provinces):
    """A ledger of these provinces as of 30/6/2025, and its fingerprint."""
    with acting(file, Ledger.Stamp("init", "x", NOW), create=True) as ledger:
        for code in provinces:
            ledger.add_units(gazetteer.province(BEFORE_JULY_2025, code))
        ledger.set("programme", "2021-2025")
    with reading(file) as connection:
        return fingerprint(connection)


@pytest.mark.slow
@pytest.mark.slow
@pytest.mark.parametrize("code", [unit.code for unit in gazetteer.provinces(BEFORE_JULY_2025)])
def test_every_province_is_carried_over_and_back_without_a_trace(office, code):
    found = _begun(our_ledger(), [code])
    assert run("rearrange", "--national").code == 0
    _no_unit_beside_its_heir(our_ledger())
    assert run("undo", "--yes").code == 0
    with reading(our_ledger()) as connection:
        assert fingerprint(connection) == found


@pytest.mark.slow
def test_the_nation_is_carried_over_in_one_ledger(office):
    file = our_ledger()
    found = _begun(file, [unit.code for unit in gazetteer.provinces(BEFORE_JULY_2025)])
    assert run("rearrange", "--national").code == 0
    for on, communes in (("2025-06-30", 7692), ("2025-07-01", 2621), ("2026-04-29", 2621), ("2026-04-30", 2611)):
        assert counted(file, on=date.fromisoformat(on), kind="xã") == communes, on
    for on, communes in (("2026-04-29", 72), ("2026-04-30", 62)):
        told = json.loads(run("progress", "--as-of", on, "--scope", "Đồng Nai", "-f", "json").out)["lines"]
        assert {line["total"] for line in told if line["tier"] == "commune"} == {communes}
    _no_unit_beside_its_heir(file)
    assert run("verify").code == 0
    assert run("undo", "--yes").code == 0
    with reading(file) as connection:
        assert fingerprint(connection) == found


def _no_unit_beside_its_heir(file):
    with reading(file) as connection:
        (beside,) = connection.execute(
            "SELECT count(*) FROM succession AS s"
            " JOIN unit_version AS old ON old.unit_id = s.predecessor_id AND old.voided_by IS NULL"
            " JOIN unit_version AS new ON new.unit_id = s.successor_id AND new.voided_by IS NULL"
            " WHERE s.voided_by IS NULL AND coalesce(old.until, '9999') > coalesce(new.since, '')"
        ).fetchone()
        (twice,) = connection.execute(
            "SELECT count(*) FROM unit_version AS one JOIN unit_version AS other ON other.code = one.code"
            " AND other.unit_id <> one.unit_id AND other.voided_by IS NULL"
            " WHERE one.voided_by IS NULL AND coalesce(one.since, '') < coalesce(other.until, '9999')"
            " AND coalesce(other.since, '') < coalesce(one.until, '9999')"
        ).fetchone()
    assert (beside, twice) == (0, 0)


def test_what_is_known_of_before_the_list_is_told_by_init(office):
    """118 xã of Kiên Giang in 2017, 117 from 1/11/2018 (Mỹ Đức a ward), 116 from 1/3/2021 (Hòn Thơm into An Thới)."""
    begin("Kiên Giang")
    days = {"2017-12-31": 118, "2018-11-01": 117, "2021-02-28": 117, "2021-03-01": 116, "2025-06-30": 116}
    assert {day: counted(our_ledger(), on=date.fromisoformat(day), kind="xã") for day in days} == days
    shown = run("show", "Hòn Thơm").out
    assert "Từ 01/03/2021, Nghị quyết 1109/NQ-UBTVQH14: nhập vào phường An Thới" in shown
    assert run("rearrange", "--national").code == 0
