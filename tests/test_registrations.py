"""Registrations of the emulation movement: what is kept and what refused · met, not met, not known, by the ledger ·
who has not registered and who did so late · what a plan says is registered. All that is told of Lai Châu is made up."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ntmtrack.emulation.pledges import (
    MetCriteria,
    Outcome,
    amended,
    criteria_outcome,
    level_outcome,
    read_more,
    sendings,
)
from ntmtrack.emulation.registers import Registration
from ntmtrack.errors import BadMoreCriteria, NoRegistrationDate
from ntmtrack.storage.chain import fingerprint
from ntmtrack.storage.open import reading
from tests.movements import LAI_CHAU, of_communes, take_in
from tests.places import our_ledger
from tests.running import begin, run

TODAY = date(2026, 11, 21)
NAMED = '"Nà Tăm", "Hồ Thầu", "Bản Hon"'
PLAN = f"""
[roadmap]
key = "tinh-thu"
title = "Kế hoạch thử"
number = "9/KH-UBND"
issued_on = 2021-03-01
issuer = "UBND tỉnh thử"
programme = "2021-2025"
scope_code = "12"
scope_name = "tỉnh Lai Châu"
base_year = 2020

[[line]]
tier = "commune"
measure = "ntm"
share_of = "registered"
figure = [{{ year = 2024, percent = "100", total = 3, registered = [{NAMED}], cite = "mục 1" }}]
"""


def done(*argv, **more):
    result = run(*argv, **more)
    assert result.code == 0, result.both
    return result


def refused(*argv, code=1):
    result = run(*argv)
    assert result.code == code, result.both
    return result.err


def listed(*argv, **more):
    """The rows of a list by unit and pledge."""
    return json.loads(done("register", "--format", "json", *argv, **more).out)


def facts():
    with reading(our_ledger()) as connection:
        return fingerprint(connection)


@pytest.fixture
def lai_chau(office):
    begin("Lai Châu")
    return office


@pytest.fixture
def since_2026(office):
    begin("Lai Châu", "2026-2030")
    return office


@pytest.mark.parametrize(
    "text", ["3", "+3", "+ 3", "+3 TC", "3tc", "thêm 3 tiêu chí", "Thêm 3 TIÊU CHÍ", "tăng 03 tiêu chí"]
)
def test_criteria_more_are_read_as_offices_write_them(text):
    assert read_more(text) == "3"


@pytest.mark.parametrize("text", ["0", "-3", "3,5", "ba", "", "3 hộ", "100"])
def test_what_is_no_number_of_criteria_is_refused(text):
    with pytest.raises(BadMoreCriteria):
        read_more(text)


def test_a_level_is_judged_only_of_a_year_that_has_begun_and_against_the_unit_only_once_it_is_over():
    assert level_outcome(2025, TODAY, reached=False) is Outcome.NOT_MET
    assert level_outcome(2026, TODAY, reached=False) is Outcome.OPEN
    assert level_outcome(2026, TODAY, reached=True) is Outcome.MET
    assert level_outcome(2027, TODAY, reached=True) is Outcome.TO_COME
    assert level_outcome(2025, TODAY, reached=False, ended=True) is Outcome.ENDED


def met(surely, day, most=None):
    return MetCriteria(surely, most or surely, day)


@pytest.mark.parametrize(
    ("before", "after", "outcome"),
    [
        (met(12, "2024-12-31"), met(15, "2025-12-20"), Outcome.MET),
        (met(12, "2024-12-31"), met(14, "2025-12-20"), Outcome.NOT_MET),
        (met(12, "2024-12-31"), met(14, "2025-12-20", 15), Outcome.NO_DATA),  # one left open decides
        (met(12, "2024-12-31", 13), met(15, "2025-12-20"), Outcome.NO_DATA),
        (met(12, "2024-12-31"), met(12, "2024-12-31"), Outcome.NO_DATA),  # nobody assessed it in the year
        (None, met(15, "2025-12-20"), Outcome.NO_DATA),
    ],
)
def test_criteria_more_are_those_between_two_assessments(before, after, outcome):
    assert criteria_outcome(3, 2025, TODAY, before, after) is outcome


def test_in_a_running_year_criteria_are_not_met_yet():
    before, after = met(12, "2025-12-31"), met(13, "2026-06-30")
    assert criteria_outcome(3, 2026, TODAY, before, after) is Outcome.OPEN
    assert criteria_outcome(1, 2026, TODAY, before, after) is Outcome.MET


def test_days_late_are_counted_from_the_day_due_and_what_was_sent_later_is_not_there_yet():
    due, about = date(2025, 1, 15), Registration(1, 2025, "text", "…")
    rows = [
        about._replace(unit_id=1, sent_on="2025-01-15"),
        about._replace(unit_id=2, sent_on="2025-01-17"),
        about._replace(unit_id=3, sent_on="2025-01"),  # surely late in no case: 1/1 is possible
        about._replace(unit_id=4),
        about._replace(unit_id=50, sender_id=5, received_on="2025-02-13"),
    ]
    told = {one.unit_id: one for one in sendings(range(1, 7), rows, due, date(2025, 3, 1))}
    assert {key: one.days_late for key, one in told.items()} == {1: 0, 2: 2, 3: 0, 4: None, 5: 29, 6: 45}
    early = {one.unit_id: one for one in sendings(range(1, 7), rows, due, date(2025, 1, 16))}
    assert [key for key, one in early.items() if one.registration is None] == [2, 5, 6]
    assert early[2].days_late == 1


def test_an_amendment_takes_the_place_of_the_one_that_can_be_meant():
    level = Registration(1, 2027, "level", "ntm")
    texts = [level._replace(pledge="text", value=text) for text in ("a", "b")]
    assert amended(level._replace(value="hien-dai"), [level, *texts]) == level
    assert amended(texts[1]._replace(sent_on="2027-01-02"), [level, *texts]) == texts[1]
    assert amended(level._replace(pledge="criteria", value="2"), [level]) == level
    assert amended(texts[0]._replace(value="c"), [level, *texts]) is None
    assert amended(level, []) is None


def test_a_registration_is_kept_amended_and_taken_back(since_2026):
    done("register", "Tả Lèng", "--year", "2027", "--level", "ntm", "--on", "10/11/2026", "--document", "5/BC-UBND")
    before = facts()
    again = refused("register", "Tả Lèng", "--year", "2027", "--level", "đạt chuẩn NTM")
    assert "đã ghi đăng ký này" in again
    assert facts() == before
    other = ("register", "Tả Lèng", "--year", "2027", "--level", "hiện đại")
    assert "đăng ký khác" in refused(*other)
    done(*other, "--reason", "xã điều chỉnh")
    [row] = listed("--year", "2027")["registrations"]
    assert (row["pledge"], row["sent_on"], row["document"]) == ("level: hien-dai", "2026-11-10", "5/BC-UBND")
    assert "outcome" not in row  # the year has not begun
    assert "xã điều chỉnh" in done("history", "3").out
    done("undo")
    assert facts() == before


def test_several_pledges_of_a_unit_stand_beside_each_other_told_one_by_one(since_2026):
    one = ("register", "Tả Lèng", "Khun Há", "--year", "2027")
    done(*one, "--criteria", "+2")
    done(*one, "--text", "cứng hoá 3 km đường bản")
    assert [row["pledge"] for row in listed()["registrations"]] == [
        "criteria: 2",
        "text: cứng hoá 3 km đường bản",
    ] * 2
    assert "Chỉ dùng một" in refused(*one, "--level", "ntm", "--criteria", "2", code=2)


@pytest.mark.parametrize(
    ("argv", "code", "words"),
    [
        (("Tả Lèng", "--year", "2027"), 2, "Chưa ghi nội dung đăng ký"),
        (("--level", "ntm", "--year", "2027"), 2, "Chưa ghi đơn vị"),
        (("Tả Lèng", "--level", "ntm"), 2, "Chưa ghi đơn vị"),
        (("Tả Lèng", "--year", "2028", "--level", "ntm"), 1, "từ 2016 đến 2027"),
        (("Tả Lèng", "--year", "2015", "--level", "ntm"), 1, "từ 2016 đến 2027"),
        (("Tả Lèng", "--year", "2027", "--level", "nâng cao"), 1, "thuộc bộ 2021-2025"),
        (("Tả Lèng", "--year", "2027", "--level", "tiên tiến"), 1, "không có danh hiệu|không có mức"),
        (("Đoàn Kết", "--year", "2027", "--level", "ntm"), 1, "phường"),
        (("Tả Lèng", "--year", "2027", "--criteria", "ba"), 2, "không phải là số tiêu chí"),
        (("Tả Lèng", "--year", "2027", "--criteria", "40"), 1, "có .* tiêu chí"),
        (("Tả Lèng", "--year", "2027", "--text", "x", "--on", "2026-11-22"), 1, "22/11/2026"),
        (
            ("Tả Lèng", "--year", "2027", "--text", "x", "--on", "20/11/2026", "--received", "19/11/2026"),
            1,
            "trước ngày",
        ),
        (("Tả Lèng", "Tả Lèng", "--year", "2027", "--text", "x"), 2, "hai lần"),
        (("Tả Lèng", "--year", "2027", "--text", "x", "--reason", "y"), 1, "Không xác định được"),
        (("--as-of", "1/1/2026"), 2, "--missing"),
        (("--movement", "khong-co"), 2, "--missing"),
        (("tỉnh Lai Châu", "--year", "2027", "--criteria", "3"), 1, "không có bộ tiêu chí nào.*\n.*--text"),
        (("Tả Lèng", "--missing", "--year", "2027", "--text", "x"), 2, "--missing"),
        (("Tả Lèng", "--year", "2027", "--text", "x", "--sender", "huyện Tam Đường"), 1, "Tam Đường"),
    ],
)
def test_what_is_refused_changes_nothing(since_2026, argv, code, words):
    import re

    before = facts()
    said = refused("register", *argv, code=code)
    assert re.search(words, said), said
    assert facts() == before


def test_a_unit_registers_no_level_that_it_has_no_criteria_beyond_those_left_and_nothing_once_it_ended(lai_chau):
    done("record", "Bản Bo", "--level", "ntm", "--year", "2023", "--decision", "1/QĐ-UBND", "--date", "20/12/2023")
    assert "đã có danh hiệu" in refused("register", "Bản Bo", "--year", "2024", "--level", "ntm")
    done("register", "Bản Bo", "--year", "2023", "--level", "ntm")  # it is what that year brought
    done("assess", "Bản Bo", "--on", "31/12/2023", "--met", "17")
    assert "chỉ còn 2" in refused("register", "Bản Bo", "--year", "2024", "--criteria", "3")
    done("register", "Bản Bo", "--year", "2024", "--criteria", "2")
    assert "01/07/2025" in refused("register", "Bản Bo", "--year", "2026", "--text", "x")


def test_a_closed_year_takes_no_registration_without_a_reason(lai_chau):
    done("close-year", "2024")
    one = ("register", "Bản Bo", "--year", "2024", "--level", "ntm")
    assert run(*one).code == 5
    done("register", "Bản Bo", "--year", "2025", "--level", "ntm")
    done(*one, "--reopen", "bổ sung hồ sơ cũ")


def year_2024():
    """Made up: seven registrations of 2024. Met: Bản Bo, Hồ Thầu; not: Nà Tăm, whose recognition was revoked."""
    begin("Lai Châu")
    for number, unit, day in (("6", "Bản Bo", "20/12/2024"), ("7", "Nà Tăm", "1/6/2024"), ("8", "Hồ Thầu", "5/2/2025")):
        done("record", unit, "--level", "ntm", "--year", "2024", "--decision", f"{number}/QĐ-UBND", "--date", day)
    done("revoke", "Nà Tăm", "--level", "ntm", "--decision", "30/QĐ-UBND", "--date", "1/12/2024", "--reason", "hồ sơ")
    done("register", "Bản Bo", "Nà Tăm", "Hồ Thầu", "--year", "2024", "--level", "ntm", "--on", "10/1/2024")
    done("assess", "Khun Há", "--on", "31/12/2023", "--met", "12")
    done("assess", "Khun Há", "--on", "20/12/2024", "--met", "14")
    done("register", "Khun Há", "Giang Ma", "--year", "2024", "--criteria", "+3")
    done("register", "Bản Hon", "--year", "2024", "--level", "nâng cao")
    done("register", "Bản Giang", "--year", "2024", "--text", "hoàn thành nhà văn hoá bản")


def test_at_the_end_of_the_year_pledges_are_held_against_the_ledger_by_name(office, once):
    once(year_2024)
    report = listed("--year", "2024", "--scope", "huyện Tam Đường")
    found = {row["unit"].removeprefix("xã ").partition(" (")[0]: row for row in report["registrations"]}
    assert {name: row["outcome"] for name, row in found.items()} == {
        "Bản Bo": "met",
        "Nà Tăm": "not_met",
        "Hồ Thầu": "met",  # for 2024, decided later
        "Khun Há": "not_met",
        "Giang Ma": "no_data",
        "Bản Hon": "not_met",
        "Bản Giang": "by_office",
    }
    assert found["Khun Há"]["shown_by"] == "12 (31/12/2023) → 14 (20/12/2024)"
    assert "6/QĐ-UBND" in found["Bản Bo"]["shown_by"]
    assert report["notes"] == ["Đạt 2 trong 7 đăng ký. Không đạt 3, chưa có số liệu 1, cơ quan xét 1."]
    assert listed("--year", "2024", "--scope", "huyện Mường Tè")["registrations"] == []


def test_a_running_year_is_told_until_today(since_2026):
    done("assess", "Khun Há", "--set", "2026-2030/xa-ntm", "--on", "31/12/2025", "--met", "5")
    done("assess", "Khun Há", "--on", "30/6/2026", "--met", "7")
    done("register", "Khun Há", "--year", "2026", "--criteria", "2")
    done("register", "Tả Lèng", "--year", "2026", "--level", "ntm")
    result = done("register").out
    assert "tính đến 21/11/2026" in result
    assert [row["outcome"] for row in listed()["registrations"]] == ["open", "met"]
    later = datetime(2027, 1, 5, tzinfo=UTC)
    assert [row["outcome"] for row in listed("--year", "2026", now=later)["registrations"]] == ["not_met", "met"]


def test_a_unit_that_ended_within_the_year_is_not_held_to_have_failed(lai_chau):
    done("register", "Bản Bo", "--year", "2025", "--level", "ntm")
    [row] = listed()["registrations"]
    assert (row["outcome"], row["shown_by"]) == ("ended", "không còn từ 01/07/2025")


def test_who_has_not_registered_and_who_did_so_late(lai_chau):
    take_in(LAI_CHAU)
    text = ("--year", "2025", "--text", "phấn đấu thêm 1 xã đạt chuẩn")
    done("register", "huyện Tam Đường", *text, "--on", "10/1/2025")
    done("register", "xã Tà Tổng", *text, "--sender", "huyện Mường Tè", "--on", "15/1/2025")
    done("register", "huyện Sìn Hồ", *text, "--on", "17/1/2025")
    done("register", "xã Pa Tần", *text, "--on", "5/1/2025")  # a commune of Sìn Hồ: that is no registration of it
    done("register", "huyện Tân Uyên", *text)
    rows = {row["code"]: row for row in listed("--missing", "--as-of", "20/1/2025")["missing"]}
    assert rows.keys() == {"105", "108", "109", "110", "112"}
    assert (rows["108"]["registered"], rows["108"]["days_late"]) == ("late", 2)
    assert (rows["105"]["registered"], rows["105"]["days_late"]) == ("missing", 5)
    early = listed("--missing", "--as-of", "12/1/2025")
    assert [row["days_late"] for row in early["missing"]] == [None] * 6
    said = done("register", "--missing", "--year", "2025", "--as-of", "20/1/2025").out
    assert "Đã đăng ký 4 trong 8 đơn vị; chưa đăng ký 4; đăng ký muộn 1." in said
    assert "không rõ ngày gửi: huyện Tân Uyên" in said
    assert "hạn 15/01/2025" in said
    assert "22/11/2026" in refused("register", "--missing", "--year", "2025", "--as-of", "22/11/2026")


def test_who_is_missing_is_told_within_a_part_of_the_movements_unit(lai_chau):
    take_in(LAI_CHAU)
    one = ("--year", "2025", "--missing", "--as-of", "20/1/2025", "--scope")
    report = listed(*one, "huyện Tam Đường")
    assert [row["code"] for row in report["missing"]] == ["106"]
    assert report["title"].endswith("huyện Tam Đường")
    assert len(listed(*one, "tỉnh Lai Châu")["missing"]) == 8
    assert "Không đơn vị nào" in listed(*one, "xã Bản Bo")["notes"][0]


def test_what_a_unit_sends_itself_it_sends_while_it_stands(lai_chau):
    late = ("register", "Bản Bo", "--year", "2025", "--text", "x", "--on", "10/9/2025")
    assert "10/09/2025" in refused(*late)
    done(*late, "--sender", "tỉnh Lai Châu")
    done("register", "Nà Tăm", "--year", "2025", "--text", "x", "--on", "6/2025")


def test_communes_register_from_2026_on_and_those_of_kinds_not_counted_are_not_asked(since_2026):
    take_in(of_communes())
    done("register", "Tả Lèng", "--year", "2027", "--level", "ntm", "--on", "20/11/2026")
    report = listed("--year", "2027", "--missing", now=datetime(2027, 1, 20, tzinfo=UTC))
    assert len(report["missing"]) == 35
    assert {row["days_late"] for row in report["missing"]} == {5}
    assert report["notes"][-1] == "Không kể 2 đơn vị thuộc loại chương trình không tính."
    assert {row["days_late"] for row in listed("--year", "2027", "--missing")["missing"]} == {None}


def test_of_districts_nothing_is_due_once_they_ended(lai_chau):
    take_in(LAI_CHAU._replace(ends_on="2027-12-31"))
    report = listed("--year", "2026", "--missing")
    assert report["missing"] == []
    assert report["notes"][0].startswith("Không đơn vị nào phải gửi đăng ký hạn 15/01/2026")


def test_a_movement_without_a_day_for_registrations_is_refused(lai_chau):
    from ntmtrack.commands.registrations import RegistrationSearch, list_missing

    take_in(LAI_CHAU._replace(deadlines=tuple(one for one in LAI_CHAU.deadlines if not one.shown_by)))
    with reading(our_ledger()) as connection, pytest.raises(NoRegistrationDate):
        list_missing(connection, RegistrationSearch(2024), TODAY, None)


def test_those_that_a_plan_says_are_registered_are_held_against_what_is_on_record(office, once):
    once(year_2024)
    Path("ke-hoach.toml").write_text(PLAN, encoding="utf-8")
    done("roadmap", "import", "ke-hoach.toml")
    done("undo")
    done("redo")
    notes = listed("--year", "2024")["notes"]
    assert notes[1:] == ["Kế hoạch 9/KH-UBND nêu tên 3 đơn vị đăng ký, trong đó 3 đơn vị có đăng ký trong sổ."]
    with_one_less = PLAN.replace('"Bản Hon"', '"Sơn Bình"').replace("tinh-thu", "tinh-thu-2")
    Path("ke-hoach-2.toml").write_text(with_one_less, encoding="utf-8")
    done("roadmap", "import", "ke-hoach-2.toml")
    assert any(
        note.endswith("2 đơn vị có đăng ký trong sổ. Chưa có: Sơn Bình.") for note in listed("--year", "2024")["notes"]
    )
