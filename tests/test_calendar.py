"""The calendar of emulation movements: what is due, for which year, by whom, what is late · Hà Sơn's campaign worked
out by hand · that a date was done, by whom · what registrations show · districts that are gone · several movements ·
the file for Outlook · what may not be told. What is told here of units is made up."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ntmtrack.commands.movement_facts import known_of
from ntmtrack.commands.movements import movement_called
from ntmtrack.emulation import occurrences
from ntmtrack.emulation.calendar import (
    Doer,
    Done,
    Stand,
    clause,
    line_of,
    meant_by,
    shown_by_registrations,
)
from ntmtrack.emulation.registers import Registration
from ntmtrack.emulation.toml import shipped
from ntmtrack.model import Tier
from ntmtrack.progress.tasks import is_of_movement
from ntmtrack.storage.chain import fingerprint
from ntmtrack.storage.open import reading
from ntmtrack.storage.queries.emulation import every_movement
from tests.movements import take_in
from tests.places import our_ledger
from tests.running import NOW, begin, run

BY_SCOPE = {movement.scope_name: movement for movement in shipped().values()}
LAI_CHAU, HA_SON = BY_SCOPE["tỉnh Lai Châu"], BY_SCOPE["xã Hà Sơn"]
JANUARY = ("khen-xa/2023", "khen-huyen/2023", "dang-ky/2024", "ho-so/2023", "trinh-tinh/2023", "tong-hop-dang-ky/2024")


def done(*argv, now=NOW):
    result = run(*argv, now=now)
    assert result.code == 0, result.both
    return result


def dates(*argv, now=NOW):
    """The dates of the calendar, by what facts call them."""
    return {row["key"]: row for row in json.loads(done("calendar", "-f", "json", *argv, now=now).out)["dates"]}


def facts():
    with reading(our_ledger()) as connection:
        return fingerprint(connection)


def register(unit, *argv):
    done("register", unit, "--year", "2024", "--level", "ntm", *argv)


@pytest.fixture
def lai_chau(once):
    def fill():
        begin("Lai Châu")
        take_in(LAI_CHAU)

    once(fill)


def test_the_dates_of_january_name_the_year_that_they_are_for(lai_chau):
    rows = dates("--year", "2024", "--as-of", "20/1/2024")
    january = {key: row for key, row in rows.items() if row["due"] < "2024-02"}
    assert tuple(january) == JANUARY
    assert [row["of_year"] for row in january.values()] == [2023, 2023, 2024, 2023, 2023, 2024]
    assert [row["due"][8:] for row in january.values()] == ["05", "10", "15", "15", "20", "31"]  # all “trước”
    assert [row["days_late"] for row in january.values()] == [15, 10, 5, 5, 0, 0]
    assert [row["stand"] for row in january.values()] == [*["late"] * 4, *["to-come"] * 2]
    assert (january["ho-so/2023"]["units"], january["khen-xa/2023"]["units"]) == (8, 1)
    shown = done("calendar", "--year", "2024", "--as-of", "20/1/2024").out
    assert "trước 15/01/2024" in shown
    assert "0/8 đã xong, 8 quá hạn 5 ngày" in shown


def test_what_names_a_month_or_a_year_alone_is_said_so(lai_chau):
    shown = done("calendar", "2022", "--as-of", "1/10/2022").out
    assert "hết 09/2022" in shown  # the plan of each district, “trong quý III năm 2022”
    assert "0/8 đã xong, 8 quá hạn 1 ngày" in shown


def test_what_names_no_day_is_never_late(lai_chau):
    undated = [row for row in dates("--year", "2024").values() if row["stand"] == "no-day"]
    assert undated
    assert {row["days_late"] for row in undated} == {0}
    assert "không nêu ngày" in done("calendar", "--year", "2024").out


def test_only_what_is_late_or_due_soon(lai_chau):
    soon = dates("--due", "7", "--as-of", "10/1/2024")
    assert tuple(soon) == JANUARY[:4]  # two late, two due on the 14th; the 19th and the 30th are further off
    assert tuple(dates("--due", "8", "--as-of", "2/1/2024")) == JANUARY[:2]
    ahead = dates("--due", "30", "--as-of", "20/12/2023")
    assert JANUARY[3] in ahead  # next year's, without a number in this year's calendar
    assert ahead[JANUARY[3]]["number"] is None


def test_a_date_of_a_tier_is_done_unit_by_unit(lai_chau):
    done("calendar", "ho-so", "Tam Đường", "Tân Uyên", "--done", "--on", "12/1/2024", "--year", "2024")
    done("calendar", "4", "Mường Tè", "--done", "--on", "18/1/2024", "--evidence", "TTr 9/TTr-UBND", "--year", "2024")
    row = dates("2024", "--as-of", "20/1/2024")["ho-so/2023"]
    assert (row["done"], row["late"], row["stand"]) == (3, 6, "late")  # five owe it, one was late
    (owing, *_rest) = json.loads(done("calendar", "4", "--year", "2024", "-f", "json", "--as-of", "20/1/2024").out)[
        "units"
    ]
    assert (owing["done"], owing["days_late"]) == (None, 5)
    shown = done("calendar", "4", "--year", "2024", "--as-of", "20/1/2024").out
    assert "3/8 đã xong, trong đó 1 muộn, 5 quá hạn 5 ngày" in shown
    assert "TTr 9/TTr-UBND" in shown
    assert dates("2024", "--as-of", "11/1/2024")["ho-so/2023"]["done"] == 0  # before it was done it was not
    run("undo")
    assert dates("2024", "--as-of", "20/1/2024")["ho-so/2023"]["done"] == 2
    assert "ho-so" not in done("task").out  # a plan of the same unit keeps its own list


def test_registrations_show_who_registered_and_who_sent_it(lai_chau):
    register("Bình Lư, Tam Đường", "--sender", "huyện Tam Đường", "--on", "10/1/2024", "--document", "ĐK 1")
    register("Thân Thuộc", "--sender", "huyện Tân Uyên", "--on", "16/1/2024")
    row = dates("2024", "--as-of", "20/1/2024")["dang-ky/2024"]
    assert (row["done"], row["late"], row["days_late"]) == (2, 7, 5)
    assert "ĐK 1" in done("calendar", "dang-ky", "--year", "2024").out
    for unit in ("Tam Đường", "Than Uyên"):  # whether it registered or not
        refused = run("calendar", "dang-ky", unit, "--done", "--on", "9/1/2024", "--year", "2024")
        assert f'ntmtrack register "{unit}" --year 2024 --on 09/01/2024' in refused.err
    assert dates("2024", "--as-of", "20/1/2024")["dang-ky/2024"]["done"] == 2


def test_the_first_of_several_registrations_counts_and_a_month_alone_accuses_nobody():
    sent = [
        Registration(1, 2024, "level", "ntm", sent_on="2024-01-20", sender_id=9),
        Registration(2, 2024, "level", "ntm", sent_on="2024-01", sender_id=9),
        Registration(3, 2024, "level", "ntm"),
        Registration(4, 2024, "level", "ntm", sent_on="2024-03-01"),
    ]
    shown = shown_by_registrations(sent, date(2024, 2, 1))
    assert {unit: done.day for unit, done in shown.items()} == {1: "2024-01-20", 9: "2024-01", 2: "2024-01", 3: None}
    (asked,) = [one for one in occurrences(LAI_CHAU, 2024) if one.key == "dang-ky/2024"]
    line = line_of(LAI_CHAU, asked, [Doer(unit, "", done) for unit, done in shown.items()], each=True)
    assert [line.days_late(doer, date(2024, 2, 1)) for doer in line.doers] == [5, 0, 0, 0]
    assert line.stand(date(2024, 2, 1)) is Stand.DONE_LATE


def test_districts_that_are_gone_are_asked_for_nothing(lai_chau):
    rows = dates("2026")
    assert "ho-so/2025" not in rows
    assert not {"khen-xa/2025", "khen-huyen/2025"} & {*rows}  # nor anybody for what was to be sent to them
    assert rows["trinh-tinh/2025"]["of_year"] == 2025  # the January after the movement still has its last year
    shown = done("calendar", "2026").out
    assert shown.count("không còn đơn vị nào") == 1
    before = dates("2025", "--as-of", "20/1/2025")
    assert (before["khen-xa/2024"]["units"], before["khen-huyen/2024"]["units"]) == (1, 8)
    assert "Năm này không có mốc nào" in done("calendar", "2030").out


def test_status_says_what_is_pressing_where_a_movement_is_on_record(lai_chau):
    january = datetime(2024, 1, 13, 2, tzinfo=UTC)
    shown = done("status", now=january).out
    assert "4 mốc quá hạn, 3 mốc trong 7 ngày tới: Sơ kết" in shown  # two of January, two of the end of 2023
    shown = done("status", now=datetime(2024, 6, 1, 2, tzinfo=UTC)).out  # the last were due on 31/1
    assert "Lịch thi đua" in shown
    assert "có mốc quá hạn đã hơn 60 ngày: xem ntmtrack calendar" in shown
    assert "mốc quá hạn," not in shown
    begin("Lai Châu", db="khac.db")
    assert "Lịch thi đua" not in done("status", "--db", "khac.db").out


def test_movements_beside_each_other_are_in_one_calendar_unless_one_is_named(lai_chau):
    commune = HA_SON._replace(key="thi-dua-xa", number="1/KH", scope_code="03412", scope_name="xã Bình Lư")
    take_in(commune)
    both = dates("2023", "--as-of", "31/12/2023")
    assert {row["document"] for row in both.values()} >= {LAI_CHAU.key, "thi-dua-xa"}
    assert {row["document"] for row in dates("2023", "--movement", "thi-dua-xa").values()} == {"thi-dua-xa"}
    assert {row["document"] for row in dates("2023", "--scope", "Bình Lư, Tam Đường").values()} == {"thi-dua-xa"}
    assert run("calendar", "2023", "--movement", "thi-dua-xo").code == 1


def test_the_campaign_of_ha_son(office):
    """01/07–30/10/2023: cleaning every month by two villages, the dossier before 30/9, two tasks with owners."""
    begin("Thanh Hóa")
    take_in(HA_SON)
    for village in ("Chí Phúc", "Thôn Mẫu"):
        done("add-village", village, "--commune", "Hà Sơn, Hà Trung", "--since", "1/1/2020")
    campaign = datetime(2023, 10, 31, 2, tzinfo=UTC)
    done("task", "7", "--owner", "Văn phòng UBND xã")
    done("task", "Họp dân các thôn", "--new", "--due", "15/8/2023", "--on", "1/8/2023", "--owner", "Công chức VH-XH")
    done("task", "Họp dân các thôn", "--done", "--on", "20/8/2023", "--evidence", "BB 2")
    done("calendar", "ve-sinh/2023-07", "Chí Phúc", "Thôn Mẫu", "--done", "--on", "30/7/2023", "--year", "2023")
    done("calendar", "ve-sinh/2023-08", "Chí Phúc", "--done", "--on", "2/9/2023", "--year", "2023")
    done("calendar", "ho-so", "--done", "--on", "5/10/2023", "--evidence", "TTr 45/TTr-UBND", "--year", "2023")
    rows = dates("2023", "--as-of", "31/10/2023")
    stood = {key: (row["due"], row["done"], row["units"], row["late"], row["days_late"]) for key, row in rows.items()}
    assert stood == {
        "ve-sinh/2023-07": ("2023-07-31", 2, 2, 0, 0),
        "ha-son-kh68:11": ("2023-08-15", 1, 1, 1, 5),  # 20/8
        "ve-sinh/2023-08": ("2023-08-31", 1, 2, 2, 61),  # one on 2/9, two days late; the other not by 31/10
        "ho-so/2023": ("2023-09-30", 1, 1, 1, 5),  # “trước 30/9”, done on 5/10
        "ve-sinh/2023-09": ("2023-09-30", 0, 2, 2, 31),
        "ha-son-kh68:6": ("2023-10-30", 0, 1, 1, 1),  # the campaign itself, 01/07–30/10, of which nobody told the end
        "ve-sinh/2023-10": ("2023-10-30", 0, 2, 2, 1),  # until the campaign ends
    }
    assert rows["ho-so/2023"]["by"] == "Văn phòng UBND xã"  # one clause of one document stands once
    assert rows["ha-son-kh68:11"]["by"] == "Công chức VH-XH"
    done("calendar", "phong trào thi đua cao điểm", "--done", "--on", "30/10/2023", "--year", "2023")
    assert dates("2023", "--as-of", "31/10/2023")["ha-son-kh68:6"]["stand"] == "done"
    assert "đã xong" in done("task", "6").out  # a task of the plan is told of as `task` tells of it
    assert "2 mốc quá hạn: " in done("status", now=campaign).out  # of September and October; August is 61 days past


def test_a_month_without_villages_on_record_is_the_communes(office):
    begin("Thanh Hóa")
    take_in(HA_SON)
    rows = dates("2023", "--as-of", "31/10/2023")
    assert (rows["ve-sinh/2023-07"]["units"], rows["ve-sinh/2023-07"]["days_late"]) == (1, 92)


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["hội nghị", "--done"], "không có mốc “hội nghị”"),
        (["99"], "không có mốc “99”"),
        (["tổng hợp", "--done"], "khớp 2 mốc"),
        (["ho-so", "--done"], "là việc của từng đơn vị trong 8 đơn vị"),
        (["ho-so", "Bình Lư", "--done"], "không phải việc của"),
        (["khen-xa", "huyện Tam Đường", "--done"], "không ghi theo từng đơn vị"),
        (["ho-so", "Tam Đường", "--done", "--on", "1/1/2027"], "Chưa đến ngày 01/01/2027"),
        (["ho-so", "Tam Đường", "--done", "--on", "12/1/2024"], "Sổ đã ghi đúng như thế"),
        (["ho-so", "Tam Đường", "--done", "--on", "13/1/2024"], "Sổ đã ghi khác"),
        (["ho-so", "Tân Uyên", "--done", "--on", "1/8/2025"], "không tồn tại"),
        (["ho-so", "Tam Đường"], "chỉ dùng cùng --done"),
        (["--done"], "chỉ dùng cùng MỐC"),
        (["ho-so", "--scope", "Phong Thổ"], "chưa có phong trào thi đua nào của huyện Phong Thổ"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(lai_chau, argv, words):
    done("calendar", "ho-so", "Tam Đường", "--done", "--on", "12/1/2024", "--year", "2024")
    before = facts()
    refused = run("calendar", *argv, "--year", "2024")
    assert refused.code in (1, 2)
    assert words in " ".join(refused.err.split())
    assert facts() == before


def test_what_was_told_wrongly_is_corrected_with_its_reason(lai_chau):
    done("calendar", "ho-so", "Tam Đường", "--done", "--on", "12/1/2024", "--year", "2024")
    done("calendar", "ho-so", "Tam Đường", "--done", "--on", "12/1/2024", "--year", "2024", "--evidence", "TTr 1")
    done("calendar", "ho-so", "Tam Đường", "--done", "--on", "16/1/2024", "--year", "2024", "--reason", "nhầm dấu đến")
    row = dates("2024", "--as-of", "20/1/2024")["ho-so/2023"]
    assert (row["done"], row["late"]) == (1, 8)
    assert "nhầm dấu đến" in done("history", "--limit", "1", "--full").out


def test_the_file_for_outlook_reads_back(lai_chau):
    import icalendar

    done("calendar", "khen-xa", "--done", "--on", "4/1/2024", "--year", "2024")
    done("calendar", "2024", "-o", "lich.ics", "--as-of", "20/1/2024")
    raw = Path("lich.ics").read_bytes()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    events = list(icalendar.Calendar.from_ical(raw).walk("VEVENT"))
    rows = {key: row for key, row in dates("2024", "--as-of", "20/1/2024").items() if row["stand"] != "no-day"}
    assert [event["UID"] for event in events] == [f"{LAI_CHAU.key}/{key}@ntmtrack" for key in rows]
    assert [event.decoded("DTSTART").isoformat() for event in events] == [row["due"] for row in rows.values()]
    assert [str(event["SUMMARY"]) for event in events] == [row["what"] for row in rows.values()]
    assert {event.decoded("DTSTAMP") for event in events} == {NOW}
    alarms = [[str(alarm["TRIGGER"].to_ical(), "ascii") for alarm in event.walk("VALARM")] for event in events]
    assert alarms == [[], *[["-P3D"]] * (len(events) - 1)]  # what is done needs no reminder
    assert "Của năm 2023" in str(events[0]["DESCRIPTION"])
    done("calendar", "2024", "-o", "lich.ics", "--as-of", "20/1/2024")  # ours, and the same
    assert Path("lich.ics").read_bytes() == raw
    done("calendar", "ho-so", "--year", "2024", "-o", "mot.ics")
    assert len(icalendar.Calendar.from_ical(Path("mot.ics").read_bytes()).walk("VEVENT")) == 1
    Path("lich.ics").write_bytes(raw + b" ")
    assert run("calendar", "2024", "-o", "lich.ics").code == 1
    assert Path("lich.ics").read_bytes() == raw + b" "


@pytest.mark.parametrize(
    ("one", "other"), [("mục IV, điểm 7", "IV.7"), ("V.4.b", "mục V, khoản 4, điểm b"), ("Mục VII.1", "VII.1")]
)
def test_one_clause_may_be_written_in_two_ways(one, other):
    assert clause(one) == clause(other)


def test_dates_are_told_from_tasks():
    assert is_of_movement("ho-so/2026")
    assert is_of_movement("ve-sinh/2023-07")
    assert not is_of_movement("Họp 9/2023")


def test_a_date_is_meant_by_its_number_its_key_or_all_words():
    whose = [Doer(1, "tỉnh Lai Châu", Done("2024-01-03"))]
    lines = [line_of(LAI_CHAU, one, whose, each=False) for one in occurrences(LAI_CHAU, 2024)]
    assert meant_by(lines, "2") == [2]
    assert meant_by(lines, "ho-so/2023") == meant_by(lines, "HỒ SƠ") == meant_by(lines, "ho so trinh ubnd tinh") == [4]
    assert meant_by(lines, "0") == meant_by(lines, "") == []
    assert lines[0].stand(date(2024, 1, 3)) is Stand.DONE


def test_of_several_units_the_days_late_are_those_of_each():
    (asked,) = [one for one in occurrences(LAI_CHAU, 2024) if one.key == "ho-so/2023"]
    assert asked.deadline.tier is Tier.DISTRICT
    line = line_of(LAI_CHAU, asked, [Doer(1, "a", Done("2024-01-16")), Doer(2, "b")], each=True)
    assert line.late(date(2024, 1, 20)) == [1, 5]
    assert line.stand(date(2024, 1, 15)) is Stand.TO_COME
    assert not line.is_pressing(date(2024, 1, 7), 7)
    assert line.is_pressing(date(2024, 1, 8), 7)


def late_units(key):
    """Who did not do in time what the year 2023 asked of it, as candidates of the movement rest on it."""
    with reading(our_ledger()) as connection:
        stored = movement_called(every_movement(connection), key)
        known = known_of(connection, stored, 2023, date(2026, 11, 21))
        return [known.scope.units[unit].name for unit, in_time in known.facts.on_time.items() if not in_time]


def test_what_was_told_of_a_movement_counts_for_the_one_that_takes_its_place(lai_chau):
    done("calendar", "ho-so", "Tam Đường", "--done", "--on", "16/1/2024", "--year", "2024")
    for older, newer in ((LAI_CHAU.key, "thi-dua-2023"), ("thi-dua-2023", "thi-dua-2024")):
        take_in(LAI_CHAU._replace(key=newer, number=f"{newer}/KH-UBND", supersedes=older))
    row = dates("2024", "--as-of", "20/1/2024")["ho-so/2023"]
    assert (row["document"], row["done"], row["late"]) == ("thi-dua-2024", 1, 8)
    assert late_units("thi-dua-2024") == ["Tam Đường"]
    done("calendar", "ho-so", "Tam Đường", "--done", "--on", "12/1/2024", "--year", "2024", "--reason", "nhầm dấu đến")
    row = dates("2024", "--as-of", "20/1/2024")["ho-so/2023"]
    assert (row["done"], row["late"]) == (1, 7)  # what is told now stands instead
    assert late_units("thi-dua-2024") == []
    assert dates("2024", "--movement", LAI_CHAU.key)["ho-so/2023"]["done"] == 0


def test_one_is_told_as_one_in_english(lai_chau):
    shown = done("--lang", "en", "calendar", "--due", "0", "--as-of", "6/1/2024").out
    assert "overdue by 1 day\n" in shown
    assert "1 date: overdue 1." in shown
