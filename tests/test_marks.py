"""How units are classed: words as people write them · the words under which thresholds apply, the region of the
province, group 3 of khu vực II and III · from a day on, corrected, ended, undone · criteria sets shown on a day."""

import json

import pytest

from ntmtrack.programmes.criteria.files import criteria_set, set_keys
from ntmtrack.programmes.marks import (
    GROUP,
    MARKS,
    REGIONS,
    ZONE,
    UnitMark,
    applying,
    every_word,
    mark_beside,
    mark_called,
    mark_words,
    word_of,
)
from ntmtrack.storage.chain import fingerprint
from ntmtrack.storage.open import reading
from ntmtrack.storage.queries.criteria import words_applying
from tests.places import our_ledger
from tests.running import begin, run


def done(*argv):
    result = run(*argv)
    assert result.code == 0, result.both
    return result.out


@pytest.fixture
def an_giang(office):
    begin("An Giang", "2026-2030")
    return office


@pytest.mark.parametrize(
    ("typed", "within", "meant"),
    [
        ("nhóm 3", "", (GROUP, "3")),
        ("Nhóm III", "", (GROUP, "3")),
        ("N2", "", (GROUP, "2")),
        ("3", GROUP, (GROUP, "3")),
        ("III", ZONE, (ZONE, "III")),
        ("2", ZONE, (ZONE, "II")),
        ("KV II", "", (ZONE, "II")),
        ("khu vực I", GROUP, (ZONE, "I")),
        ("ĐBKK", "", ("special", "yes")),
        ("xã biên giới", "", ("border", "yes")),
        ("đồng bằng sông cửu long", "", ("region", REGIONS[-1])),
        ("Trung du và miền núi phía Bắc", "", ("region", REGIONS[0])),
        ("ĐBSCL", "", ("region", REGIONS[-1])),
        ("3", "", None),
        ("nhóm 4", "", None),
        ("KV IV", "", None),
        ("vùng sâu", "", None),
        ("", GROUP, None),
    ],
)
def test_words_for_marks_are_read_as_people_write_them(typed, within, meant):
    assert mark_called(typed, within) == meant


def test_every_word_is_read_back_and_told_in_words():
    assert all(mark_called(word) == meant for word, meant in every_word().items())
    assert [word_of(*meant) for meant in every_word().values()] == [*every_word()]
    assert all(
        mark_words(mark, "no") and mark_words(mark, (kind.values or ("yes",))[0]) for mark, kind in MARKS.items()
    )


def test_every_word_by_which_a_shipped_threshold_applies_is_one_that_units_can_be_marked_with():
    thresholds = [threshold for key in set_keys() for threshold in criteria_set(key).thresholds]
    assert {threshold.applies_to for threshold in thresholds} - {None} <= {*every_word()}


@pytest.mark.parametrize(
    ("marks", "above", "words"),
    [
        ({}, {}, ()),
        ({"group": "2"}, {}, ("nhóm 2",)),
        ({"zone": "III"}, {}, ("nhóm 3", "khu vực III")),
        ({"zone": "II", "group": "2"}, {}, ("nhóm 2", "khu vực II")),
        ({"zone": "I"}, {}, ("khu vực I",)),
        ({"border": "yes", "poor": "no"}, {"region": "Tây Nguyên"}, ("Tây Nguyên", "biên giới")),
        ({"region": "Bắc Trung Bộ"}, {"region": "Tây Nguyên"}, ("Bắc Trung Bộ",)),
        ({}, {"group": "1", "poor": "yes"}, ()),
    ],
)
def test_thresholds_apply_by_the_marks_of_a_unit_and_the_region_of_its_province(marks, above, words):
    assert applying(marks, above) == words


def test_a_mark_is_new_a_correction_or_told_already():
    first = UnitMark("group", "2", "2026-01-29", id=1)
    assert mark_beside([first], first._replace(value="3")).replaced == first
    assert mark_beside([first], first).is_told
    assert mark_beside([first], UnitMark("group", "2", "2027-01-01")).is_told
    assert not mark_beside([first], UnitMark("group", "2", "2026-01-01")).is_told
    assert mark_beside([first], UnitMark("poor", "no", "2027-01-01")).is_told
    ended = UnitMark("group", "no", "2027-01-01")
    assert not mark_beside([first], ended).is_told
    assert not mark_beside([first, ended], UnitMark("group", "2", "2028-01-01")).is_told


def test_marks_hold_from_their_day_on_until_told_otherwise_and_go_with_undo(an_giang):
    with reading(our_ledger()) as connection:
        before = fingerprint(connection)
    done("mark", "Mỹ Thuận", "--group", "2", "--as", "nghèo", "--since", "1/2/2026")
    done("mark", "tỉnh An Giang", "--as", "ĐBSCL", "--since", "1/7/2025")
    done("mark", "Mỹ Thuận", "--no", "nhóm", "--since", "1/8/2026")
    with reading(our_ledger()) as connection:
        (unit,) = connection.execute("SELECT unit_id FROM unit_mark WHERE mark = 'poor'").fetchone()
        words = [words_applying(connection, day).get(unit) for day in ("2025-06-01", "2026-01-31", "2026-02-01")]
        assert words == [None, (REGIONS[-1],), ("nhóm 2", REGIONS[-1], "nghèo")]
        assert words_applying(connection, "2026-08-01")[unit] == (REGIONS[-1], "nghèo")
        assert len(words_applying(connection, "2026-08-01")) == len(connection.execute(
            "SELECT DISTINCT unit_id FROM unit_version WHERE voided_by IS NULL AND until IS NULL"
        ).fetchall())  # fmt: skip
    assert [one["code"] for one in json.loads(done("units", "--group", "2", "--on", "1/7/2026", "-f", "json"))["units"]]
    assert not json.loads(done("units", "--group", "2", "-f", "json"))["units"]
    for _action in range(3):
        done("undo", "--yes")
    with reading(our_ledger()) as connection:
        assert fingerprint(connection) == before


def test_a_set_is_shown_as_it_stood_on_a_day(office):
    def name(*argv):
        rows = json.loads(done("criteria", "2021-2025/xa-ntm", "-f", "json", *argv))["criteria"]
        return next(row["name"] for row in rows if row["code"] == "13.1")

    assert "tổ hợp tác" not in name("--on", "29/2/2024")
    assert "tổ hợp tác" in name("--on", "1/3/2024")


def test_thresholds_are_those_of_the_year_and_the_units_asked_about(office):
    def thresholds(*argv):
        shown = done("criteria", "2021-2025/xa-ntm", *argv)
        return [line for line in shown.splitlines() if "triệu đồng" in line]

    assert ["≥ 59 " in line for line in thresholds("--year", "2024", "--group", "ĐBSCL")] == [True]
    assert thresholds("--year", "2024", "--group", "Tây Nguyên") == []
    assert len(thresholds("--year", "2021")) == 3
    assert all("chưa đối chiếu" in line for line in thresholds("--year", "2021"))


@pytest.mark.parametrize("key", set_keys())
def test_every_set_is_shown_in_both_languages_also_without_a_ledger(office, key):
    for language in ("vi", "en"):
        shown = done("criteria", key, "--contents", "--sources", "--lang", language)
        assert criteria_set(key).title in shown
    assert key in done("criteria", "--all")
