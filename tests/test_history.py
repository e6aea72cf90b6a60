"""The history: any action taken back and done again · what rests on what · corrections · the chain of hashes ·
what was known on an earlier day."""

import json
import sqlite3
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ntmtrack.reports.work import work_label
from ntmtrack.storage.chain import breaks, fingerprint
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.open import reading
from ntmtrack.storage.queries.actions import setting
from ntmtrack.storage.transaction import acting
from tests.places import by_hand, contents, our_ledger, rules_away, without_rules
from tests.running import NOW, begin, run

LATER = NOW + timedelta(days=5)
COUNTED = ("unit_version", "decision", "recognition", "revocation", "roadmap", "target", "target_unit", "setting")


RESTING_ON_NOTHING = """
    SELECT f.id FROM recognition AS f JOIN decision AS d ON d.id = f.decision_id
    WHERE f.voided_by IS NULL AND d.voided_by IS NOT NULL
    UNION SELECT f.id FROM revocation AS f JOIN decision AS d ON d.id = f.decision_id
    WHERE f.voided_by IS NULL AND d.voided_by IS NOT NULL
    UNION SELECT d.id FROM decision AS d WHERE d.voided_by IS NULL AND d.id NOT IN
        (SELECT decision_id FROM recognition WHERE voided_by IS NULL AND decision_id IS NOT NULL
         UNION SELECT decision_id FROM revocation WHERE voided_by IS NULL AND decision_id IS NOT NULL)
"""


def facts(file):
    """What the ledger tells now: its fingerprint, and how many facts of each kind stand."""
    with reading(file) as connection:
        counts = [
            connection.execute(f"SELECT count(*) FROM {t} WHERE voided_by IS NULL").fetchone()[0] for t in COUNTED
        ]
        return fingerprint(connection), counts


def chain(file):
    with reading(file) as connection:
        return [one.action for one in breaks(connection)]


def last(file):
    with reading(file) as connection:
        return connection.execute("SELECT max(id) FROM action").fetchone()[0]


def tamper(file, statement):
    """Changes the ledger as another program could that also takes away the guards."""
    with without_rules(file) as connection:
        connection.execute(statement)


def table(office, rows):
    (office / "a.csv").write_text("Tên xã,Danh hiệu,Năm đạt chuẩn,Số quyết định\n" + rows, encoding="utf-8")
    return ("import", "a.csv", "--yes")


def a_plan():
    """The plan on record with another title, to be taken in in its place."""
    run("roadmap", "export", "plan.toml", "--roadmap", "kien-giang-kh168")
    plan = Path("plan.toml")
    plan.write_text(plan.read_text("utf-8").replace("chung sức", "cùng nhau"), encoding="utf-8")


WRITES = {
    "record": (
        "record",
        "30836",
        "30840",
        "-l",
        "nc",
        "--year",
        "2024",
        "--decision",
        "8/QĐ-UBND",
        "--date",
        "1/2/2025",
    ),
    "revoke": ("revoke", "30838", "-l", "nc", "--decision", "9/QĐ-UBND", "--date", "1/5/2025"),
    "edit": ("edit", "30836", "-l", "ntm", "--year", "2022", "--decision", "7/QĐ-UBND", "--reason", "nhầm"),
    "edit of a decision": ("edit", "--of-decision", "1007/QĐ-UBND", "--date", "3/5/2019", "--reason", "nhầm"),
    "add-commune": ("add-commune", "Xã Mới", "-d", "903"),
    "roadmap": ("roadmap", "import", "plan.toml", "--replace"),
    "publish": ("publish", "--year", "2024", "--source", "12/BC"),
    "close-year": ("close-year", "2024"),
    "letterhead": ("export", "a.md", "--number", "12/BC"),
}


@pytest.mark.parametrize("argv", WRITES.values(), ids=WRITES)
def test_what_is_taken_back_and_done_again_is_as_it_was(demo, argv):
    a_plan()
    before = facts(demo)
    done = run(*argv)
    assert done.code == 0, done.err
    after = facts(demo)
    assert after != before
    reopen = ["--reopen", "thử"] if "close-year" in argv else []
    for _round in range(2):
        assert run("undo", *reopen).code == 0
        assert facts(demo) == before
        assert run("redo", *reopen).code == 0
        assert facts(demo) == after
    assert chain(demo) == []


PAIRS = [
    (WRITES["record"], ("edit", "30836", "-l", "nc", "--year", "2025", "--reason", "x")),
    (WRITES["revoke"], ("edit", "30838", "-l", "nc", "--note", "x", "--reason", "x")),
    (WRITES["edit"], ("edit", "30836", "-l", "ntm", "--year", "2021", "--reason", "x")),
    (WRITES["record"], ("revoke", "30836", "-l", "nc", "--date", "1/3/2025")),
    (WRITES["add-commune"], ("record", "Xã Mới", "-l", "ntm", "--year", "2022")),
    (
        ("publish", "-l", "ntm", "--value", "38", "--as-of", "2024", "--source", "X"),
        ("publish", "-l", "ntm", "--value", "39", "--as-of", "2024", "--source", "X"),
    ),
    (("export", "a.md", "--agency", "A"), ("export", "a.md", "--agency", "B")),
    (WRITES["roadmap"], ("roadmap", "import", "kien-giang-kh168", "--replace")),
]


@pytest.mark.parametrize(("first", "second"), PAIRS, ids=lambda pair: " ".join(pair[:2]))
def test_two_actions_taken_back_and_done_again_in_turn_are_as_they_were(demo, first, second):
    a_plan()
    states = [facts(demo)]
    for argv in (first, second):
        done = run(*argv)
        assert done.code == 0, done.err
        states.append(facts(demo))
    for _round in range(2):
        for step, at in (("undo", 1), ("undo", 0), ("redo", 1), ("redo", 2)):
            done = run(step)
            assert done.code == 0, (step, done.err)
            assert facts(demo) == states[at], step
    assert chain(demo) == []


def test_undo_goes_on_to_the_action_before_however_the_last_was_turned(demo):
    run("record", "30836", "-l", "nc", "--year", "2024")
    run("record", "30840", "-l", "nc", "--year", "2024")
    before = facts(demo)
    for argv in (("undo", "3"), ("redo", "3"), ("undo", "3"), ("undo", "6"), ("undo", "3")):
        assert run(*argv).code == 0, argv
    assert run("undo").code == 0
    assert "Sơn Bình" not in run("list", "-l", "nc", "--year", "2024").out
    assert run("redo").code == 0
    assert run("redo").code == 0
    assert facts(demo) == before
    assert run("redo").code == 1
    assert last(demo) == 11


def test_nothing_is_done_again_that_holds(demo):
    run("record", "30836", "-l", "nc", "--year", "2024")
    for argv in (("undo", "2"), ("redo",), ("undo",), ("redo", "3")):
        assert run(*argv).code == 0, argv
    assert run("redo").code == 1
    assert run("redo", "2").code == 1
    assert run("undo").code == 0


def test_the_latest_letterhead_counts_also_once_an_older_one_is_done_again(demo):
    run("export", "a.md", "--agency", "A")
    run("export", "a.md", "--agency", "B")
    assert run("undo", "2").code == 0
    assert run("redo", "2").code == 0
    with reading(demo) as connection:
        assert setting(connection, "agency") == "B"


def test_an_import_that_corrects_a_year_keeps_the_decision(office, demo):
    assert run(*WRITES["record"]).code == 0
    assert run(*table(office, "Sơn Bình,NTM nâng cao,2025,8/QĐ-UBND\n")).code == 0
    facts(demo)
    (held,) = [one for one in json.loads(run("show", "30836", "-f", "json").out)["recognitions"] if one["year"] == 2025]
    assert (held["decision"], held["signed_on"]) == ("8/QĐ-UBND", "2025-02-01")


def test_an_undo_that_was_done_again_is_said_to_be(demo):
    run("record", "30836", "-l", "nc", "--year", "2024")
    run("undo")
    assert "Hoàn tác" in run("undo", "3").err  # an undo of an undo does the first again
    refused = run("undo", "3")
    assert (refused.code, "sau đó thao tác 4 đã làm lại" in refused.err) == (1, True)
    assert run("undo").code == 0
    assert "xã Sơn Bình" not in run("list", "-l", "nc", "--year", "2024").out


def test_an_import_is_one_action_with_corrections_and_all(office, demo):
    before = facts(demo)
    rows = "".join(f"{name},NTM nâng cao,2025,3/QĐ-UBND\n" for name in ("Sơn Bình", "Mỹ Thái", "Mỹ Hiệp Sơn"))
    assert run(*table(office, rows + "Ngọc Thuận,NTM,2018,\n")).code == 0
    assert "nhập a.csv, thêm 3 kết quả công nhận, sửa 1" in run("history", "-n", "1").out
    done = run("undo")
    assert done.code == 0, done.err
    assert facts(demo) == before
    assert run("redo").code == 0
    assert run("undo").code == 0
    assert facts(demo) == before


def test_any_action_can_be_taken_back_while_nothing_rests_on_it(demo):
    first = run("record", "30836", "-l", "nc", "--year", "2024", "--decision", "8/QĐ-UBND")
    run("record", "30840", "-l", "nc", "--year", "2024", "--decision", "8/QĐ-UBND")
    assert "thao tác 2" in first.err
    assert run("undo", "2").code == 0
    shown = run("show", "30840").out
    assert "8/QĐ-UBND" in shown  # the decision stays: another recognition rests on it
    assert "8/QĐ-UBND" not in run("show", "30836").out
    assert run("undo", "3").code == 0
    assert run("record", "30836", "-l", "nc", "--year", "2024", "--decision", "8/QĐ-UBND").code == 0


def test_a_revocation_cannot_be_taken_back_once_the_level_was_reached_anew(demo):
    run("record", "30836", "-l", "nc", "--year", "2023")
    run("revoke", "30836", "-l", "nc", "--date", "1/6/2024")
    run("record", "30836", "-l", "nc", "--year", "2025")
    refused = run("undo", "3")
    assert (refused.code, "(thao tác 4 ghi)" in refused.err) == (1, True)
    with by_hand(demo) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute("UPDATE revocation SET voided_by = 4")
    assert run("undo").code == 0
    assert run("undo", "3").code == 0


def test_a_revoked_recognition_stays_revoked_when_it_is_corrected(demo):
    run("revoke", "30931", "-l", "ntm", "--date", "1/6/2024")
    assert run("edit", "30931", "-l", "ntm", "--year", "2020", "--reason", "nhầm năm").code == 0
    assert "01/06/2024" in run("show", "30931").out
    run("undo")
    assert "01/06/2024" in run("show", "30931").out
    assert run("undo", "2").code == 0
    assert "01/06/2024" not in run("show", "30931").out


def test_a_correction_warns_only_of_what_it_changes(office):
    begin("Kiên Giang")
    first = run("record", "30838", "-l", "nc", "--year", "2022", "--decision", "5/QĐ-UBND")
    assert "từ nay NTM nâng cao được tính cả vào mức đó" in first.err
    edit = ("edit", "30838", "-l", "nc", "--reason", "x")
    assert "Cảnh báo" not in run(*edit, "--issuer", "UBND tỉnh", "--decision", "5/QĐ-UBND").both
    late = run(*edit, "--decision", "5/QĐ-UBND", "--date", "1/2/2026").err
    assert (late.count("Cảnh báo"), "hơn ba năm sau" in late) == (1, True)


def test_a_correction_leaves_no_decision_that_nothing_rests_on(demo):
    assert run("edit", "--of-decision", "1007/QĐ-UBND", "--date", "3/5/2019", "--reason", "nhầm").code == 0
    with reading(demo) as connection:
        days = connection.execute(
            "SELECT signed_on FROM decision WHERE number = '1007/QĐ-UBND' AND voided_by IS NULL"
        ).fetchall()
    assert days == [("2019-05-03",)]


def test_undoing_is_refused_by_name_and_leaves_no_trace(demo):
    run("add-commune", "Xã Mới", "-d", "903")
    run("record", "Xã Mới", "-l", "ntm", "--year", "2022")
    before = contents(demo)
    refused = run("undo", "2")
    assert (refused.code, "(3 ghi)" in refused.err) == (1, True)
    assert contents(demo) == before


def test_history_tells_who_when_and_why(demo):
    run("record", "30836", "-l", "nc", "--year", "2024", who="Nguyễn Văn A")
    run("edit", "30836", "-l", "nc", "--year", "2025", "--reason", "nhầm năm", who="Trần B", now=LATER)
    told = json.loads(run("history", "30836", "--since", "26/11/2026", "-f", "json").out)
    (only,) = told["actions"]
    assert (only["id"], only["who"], only["at"][:10]) == (3, "Trần B", "2026-11-26")
    (change,) = json.loads(run("history", "3", "-f", "json").out)["changes"]
    assert (change["before"], change["after"]) == ("năm 2024", "năm 2025")
    assert json.loads(run("history", "3", "-f", "json").out)["reason"] == "nhầm năm"


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE recognition SET year = 2024 WHERE id = 3", [1]),
        ("UPDATE action SET who = 'khác' WHERE id = 2", [2]),
        ("UPDATE recognition SET voided_by = 2 WHERE id = 9", [2]),
        ("UPDATE recognition SET voided_by = NULL WHERE voided_by = 3", [3]),
        ("DELETE FROM recognition WHERE id = 5", [1]),
        ("DELETE FROM action WHERE id = 2", [2, 3]),
        ("INSERT INTO setting (action_id, key, value) VALUES (2, 'place', 'x')", [2]),
        ("UPDATE action SET hash = 'a' WHERE id = 2", [2, 3]),
        ("UPDATE recognition SET voided_by = 999 WHERE id = 9", [999]),
        ("INSERT INTO setting (action_id, key, value) VALUES (999, 'place', 'x')", [999]),
    ],
)
def test_the_chain_names_what_somebody_else_changed(demo, statement, broken):
    run("record", "30836", "-l", "nc", "--year", "2024")
    run("edit", "30836", "-l", "nc", "--year", "2025", "--reason", "nhầm")
    assert chain(demo) == []
    tamper(demo, statement)
    assert chain(demo) == broken
    verified = run("verify")
    assert (verified.code, ", ".join(map(str, broken)) in verified.out) == (3, True)
    assert run("check", "chain").code == 3


def test_a_forged_action_is_never_sealed(demo):
    with by_hand(demo) as connection, rules_away(connection):
        forged = ("2026-11-21T02:00:00+00:00", "x", "x", "", "")
        connection.execute("INSERT INTO action (at, who, verb, summary, version) VALUES (?, ?, ?, ?, ?)", forged)
    assert chain(demo) == [2]
    assert run("record", "30836", "-l", "nc", "--year", "2024").code == 0
    assert chain(demo) == [2]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE recognition SET note = 'x' WHERE id = 3",
        "UPDATE recognition SET voided_by = NULL WHERE voided_by IS NOT NULL",
        "UPDATE action SET summary = 'x'",
        "UPDATE closed_year SET year = 2020",
        "DELETE FROM closed_year",
    ],
)
def test_the_file_itself_refuses_changes_in_place(demo, statement):
    run("record", "30836", "-l", "nc", "--year", "2024")
    run("undo")
    run("close-year", "2023")
    with by_hand(demo) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)


def done_again(office, first, second, *, undone="2"):
    """What redo says to the first action, taken back, once the second is done; nothing is written."""
    for argv in (first, ("undo",), second):
        done = run(*argv)
        assert done.code == 0, (argv, done.err)
    before = contents(our_ledger())
    for argv in (("redo", undone, "--yes"), ("redo", undone, "--dry-run")):
        refused = run(*argv)
        assert refused.code == 1, refused.both
    assert contents(our_ledger()) == before
    return refused.err


UNITS = "Mã,Tên xã,Huyện\n39001,Xã Thử Một,Hòn Đất\n39002,Xã Thử Hai,Hòn Đất\n"
WRITTEN_ANEW = [
    (("import", "u.csv", "--yes"), ("import", "u.csv", "--yes")),
    (("add-commune", "Thử", "-d", "Hòn Đất"), ("add-commune", "Thử", "-d", "Hòn Đất")),
    (("add-commune", "Hoà Thử", "-d", "Hòn Đất"), ("add-commune", "HÒA THỬ", "-d", "Hòn Đất")),
    (
        ("add-commune", "Thử", "-d", "Hòn Đất", "--code", "39001"),
        ("add-commune", "Khác", "-d", "903", "--code", "39001"),
    ),
    (("revoke", "30838", "-l", "nc", "--date", "1/5/2025"), ("revoke", "30838", "-l", "nc", "--date", "1/6/2025")),
    (("publish", "--year", "2023", "--source", "BC"), ("publish", "--year", "2023", "--source", "BC")),
]


@pytest.mark.parametrize(("first", "second"), WRITTEN_ANEW, ids=lambda argv: " ".join(argv))
def test_what_was_written_anew_since_leaves_no_room(office, demo, first, second):
    (office / "u.csv").write_text(UNITS, encoding="utf-8")
    told = done_again(office, first, second)
    assert f"(thao tác 4 {work_label(second[0]).label})" in told
    assert run("undo", "4").code == 0
    assert run("redo", "2", "--yes").code == 0
    assert run("check", "unit-twice").code == 0


def test_a_level_done_again_keeps_the_order_of_levels(office, demo):
    told = done_again(
        office,
        ("record", "30836", "-l", "nc", "--year", "2025"),
        ("record", "30836", "-l", "km", "--year", "2024"),
    )
    assert "NTM nâng cao (năm 2025)" in told


def test_a_revocation_taken_back_keeps_the_order_of_levels(demo):
    for argv in (
        ("record", "30836", "-l", "km", "--year", "2024"),
        ("revoke", "30836", "-l", "km", "--date", "1/12/2024"),
        ("record", "30836", "-l", "nc", "--year", "2025"),
    ):
        done = run(*argv)
        assert done.code == 0, done.err
    assert run("undo", "3").code == 1
    assert run("undo", "4").code == 0
    assert run("undo", "3").code == 0


def test_a_decision_done_again_has_one_day(office, demo):
    record = ("-l", "nc", "--year", "2024", "--decision", "77/QĐ-UBND", "--date")
    told = done_again(office, ("record", "30836", *record, "5/10/2024"), ("record", "30840", *record, "6/10/2024"))
    assert "77/QĐ-UBND" in told
    assert "06/10/2024" in told


def test_a_day_corrected_again_is_not_told_beside_the_other(office, demo):
    """The wrong day stays where somebody has recorded by it meanwhile."""
    wrong = ("--decision", "1007/QĐ-UBND", "--date", "2/5/2019")
    told = done_again(
        office,
        ("edit", "--of-decision", "1007/QĐ-UBND", "--date", "3/5/2019", "--reason", "x"),
        ("record", "30836", "-l", "nc", "--year", "2024", *wrong),
    )
    assert "02/05/2019" in told


def test_what_was_out_of_rule_before_can_be_brought_back(demo):
    """An edit that mends what earlier rules had let pass can be taken back: nothing later stands in its way."""
    with acting(demo, Ledger.Stamp("test", "t", NOW)) as ledger:
        for level, year in (("nang-cao", 2024), ("kieu-mau", 2023)):
            ledger.connection.execute(
                "INSERT INTO recognition (action_id, unit_id, programme, level, year, basis, confidence) SELECT :by,"
                " unit_id, '2021-2025', :level, :year, 'recognised', 'recorded' FROM unit_version WHERE code = '30836'",
                {"by": ledger.action_id, "level": level, "year": year},
            )
        ledger.summary = "t"
    assert run("edit", "30836", "-l", "km", "--year", "2025", "--reason", "x").code == 0
    before = facts(demo)
    assert run("undo").code == 0
    assert run("redo").code == 0
    assert facts(demo) == before


def test_what_was_known_is_what_was_printed_then(demo):
    asked = {
        "progress": ("progress", "--year", "2024", "-f", "json"),
        "list": ("list", "-l", "nc", "--until", "2024", "-f", "json"),
        "show": ("show", "30836", "-f", "json"),
        "units": ("units", "--scope", "903", "-f", "json"),
        "check": ("check", "published", "names", "-f", "json"),
        "export": ("export", "a.csv", "--year", "2024"),
        "history": ("history", "-f", "json"),
        "roadmap": ("roadmap", "list", "-f", "json"),
        "explain": ("explain", "ntm", "--year", "2024", "-f", "json"),
        "map": ("map", "-f", "json"),
        "trend": ("trend", "-f", "json"),
        "remaining": ("remaining", "-l", "nc", "-f", "json"),
    }

    def told(now, *more):
        found = {}
        for name, argv in asked.items():
            done = run(*argv, *more, now=now)
            assert done.code in (0, 3), (name, done.err)
            found[name] = (demo.parent / "a.csv").read_text("utf-8") if name == "export" else without(done.out)
        return found

    def without(text):
        whole = json.loads(text)
        for key in ("as_known", "as_known_action", "subtitle"):
            whole.pop(key, None)
        return whole

    then = told(NOW)
    for argv in (
        WRITES["record"],
        WRITES["revoke"],
        WRITES["edit"],
        WRITES["add-commune"],
        ("undo", "2"),
        ("record", "30841", "-l", "nc", "--year", "2023"),
    ):
        assert run(*argv, now=LATER).code == 0
    assert told(LATER) != then
    assert told(LATER, "--as-known", "22/11/2026") == then


def test_both_days_stand_in_every_heading(demo):
    run("record", "30836", "-l", "nc", "--year", "2024", now=LATER)
    shown = run("progress", "--as-of", "30/6/2024", "--as-known", "21/11/2026", now=LATER).out.splitlines()[1]
    known = "theo sổ như đã ghi đến hết ngày 21/11/2026 (thao tác 1)"
    assert shown == f"Tính đến 30/06/2024, theo năm đạt chuẩn; {known}; lộ trình 168/KH-UBND"


def test_a_clock_that_ran_ahead_once_hides_nothing(demo):
    ahead = datetime(2036, 1, 1, tzinfo=UTC)
    run("record", "30836", "-l", "nc", "--year", "2024", now=ahead)
    assert run("record", "30840", "-l", "nc", "--year", "2024", now=LATER).code == 1
    assert run("record", "30840", "-l", "nc", "--year", "2024", "--trust-clock", now=LATER).code == 0
    shown = run("list", "-l", "nc", "--year", "2024", "--as-known", "26/11/2026", now=LATER).out
    assert "Sơn Bình" in shown


def test_diff_names_facts_actions_and_totals(demo):
    run("record", "30836", "-l", "nc", "--year", "2024", now=LATER)
    told = json.loads(run("diff", "--from", "22/11/2026", "--year", "2024", "-f", "json", now=LATER).out)
    assert [(one["unit"], one["change"], one["actions"]) for one in told["changes"]] == [
        ("xã Sơn Bình (huyện Hòn Đất)", "new", "2")
    ]
    moved = {one["line"]: one["gap"] for one in told["totals"]}
    assert moved["Xã đạt chuẩn NTM nâng cao"] == 1
    assert sum(moved.values()) == 1


def test_diff_names_every_action_that_still_counts_and_no_pair_of_doing_and_undoing(demo):
    run("record", "30836", "-l", "nc", "--year", "2024", now=LATER)
    run("edit", "30836", "-l", "nc", "--note", "xem lại", "--reason", "x", now=LATER)
    run("record", "30840", "-l", "nc", "--year", "2024", now=LATER)
    run("undo", now=LATER)
    told = json.loads(run("diff", "--from", "22/11/2026", "-f", "json", now=LATER).out)
    assert [(one["unit"], one["actions"]) for one in told["changes"]] == [("xã Sơn Bình (huyện Hòn Đất)", "2, 3")]
    assert [(one["id"], one["who"]) for one in told["actions"]] == [(2, "canbo"), (3, "canbo")]
    assert "xã Sơn Bình" in run("diff", "--from", "22/11/2026", "-f", "csv", now=LATER).out


def test_diff_of_a_scope_tells_of_that_alone(demo):
    run("record", "30836", "-l", "nc", "--year", "2024", now=LATER)
    for scope, names in (("Hòn Đất", ["xã Sơn Bình (huyện Hòn Đất)"]), ("Kiên Hải", [])):
        told = json.loads(run("diff", "--from", "22/11/2026", "--scope", scope, "-f", "json", now=LATER).out)
        assert [one["unit"] for one in told["changes"]] == names
        assert len(told["actions"]) == len(names)


def test_diff_of_two_ledgers_of_one_origin_and_of_two_strangers(office, demo, built_demo):
    run("record", "30836", "-l", "nc", "--year", "2024")
    old = str(built_demo / "ntmtrack-demo.db")
    same = json.loads(run("diff", "--from", old, "--to", str(demo), "-f", "json").out)
    assert [one["actions"] for one in same["changes"]] == ["2"]
    begin("Kiên Giang", db="khac.db")
    strange = json.loads(run("diff", "--from", old, "--to", "khac.db", "--year", "2024", "-f", "json").out)
    kinds = Counter((one["change"], one["subject"]) for one in strange["changes"])
    assert kinds["voided", "đạt chuẩn NTM"] == 125
    assert kinds["new", "đạt chuẩn NTM"] == 0
    assert not [one for one in strange["changes"] if one["subject"] == "đơn vị" and "Mỹ Thuận" in one["unit"]]
