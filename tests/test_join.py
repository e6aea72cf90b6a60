"""Another ledger taken in: every report says what it said before · what both hold is taken once · contradictions are
named, and nothing is written while there is one · undone and done again as one action, by its members never."""

import json
import random
import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from ntmtrack.commands import Session
from ntmtrack.storage.chain import breaks, fingerprint
from ntmtrack.storage.open import reading
from tests.running import NOW, begin, run

LATER = NOW + timedelta(days=2)
OURS, THEIRS = "kg.db", "ag.db"
HOLDS_SUMMARY = "gộp ag.db"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger each of Kiên Giang, of An Giang, and of An Giang as it is since 1/7/2025."""
    folder = tmp_path_factory.mktemp("provinces")
    shutil.copy(folder / _demo(folder), folder / OURS)
    for name in (THEIRS, "ag26.db"):
        begin("An Giang", db=folder / name)
    done("rearrange", "--national", "--db", str(folder / "ag26.db"))
    return folder


def _demo(folder):
    assert run("demo", "--into", str(folder)).code == 0
    return "ntmtrack-demo.db"


@pytest.fixture
def provinces(office, built, monkeypatch):
    """Kiên Giang's sample is the ledger in use, An Giang's lies beside it."""
    for name in (OURS, THEIRS, "ag26.db"):
        shutil.copy(built / name, office / name)
    monkeypatch.setenv("NTMTRACK_DB", str(office / OURS))
    return office


def done(*argv, now=NOW, who="canbo"):
    result = run(*argv, now=now, who=who)
    assert result.code == 0, result.both
    return result.both


def there(*argv, who="anh"):
    """A command on the other ledger."""
    return done(*argv, "--db", THEIRS, who=who)


def facts(file=OURS):
    with reading(Path(file)) as connection:
        return fingerprint(connection)


def refused(*argv, code=1):
    """What a join says that is refused; nothing is written, in neither ledger."""
    before = [Path(name).read_bytes() for name in (OURS, THEIRS)]
    result = run("join", *(argv or (THEIRS,)))
    assert result.code == code, result.both
    assert [Path(name).read_bytes() for name in (OURS, THEIRS)] == before
    return result.both


def some_history(rng, scope, names, file):
    """A ledger at work: recognitions, corrections, revocations, what was taken back and done again."""
    for _turn in range(14):
        unit, level, year = rng.choice(names), rng.choice(("ntm", "nang-cao")), str(rng.randint(2019, 2025))
        number = f"{rng.randint(1, 9)}/QĐ-UBND"
        choices = (
            ("record", unit, "-l", level, "--year", year, "--decision", number, "--date", f"20/12/{year}"),
            ("record", unit, "-l", level, "--year", year),
            ("edit", unit, "-l", level, "--year", year, "--reason", "nhầm"),
            ("revoke", unit, "-l", level, "--date", f"1/6/{year}", "--reason", "không giữ được"),
            ("publish", "-l", "ntm", "--value", year[-2:], "--as-of", f"30/6/{year}", "--source", number, "-s", scope),
            ("redo", "--yes"),
            ("undo", str(rng.randint(2, 9)), "--yes"),
        )
        run(*rng.choice(choices), "--db", file)  # some are refused


REPORTS = (
    ("progress", "--year", "2022"),
    ("progress", "--as-of", "30/6/2024", "--basis", "decision"),
    ("list", "--level", "ntm", "--until", "2024"),
    ("list", "--level", "nang-cao", "--year", "2023"),
    ("remaining", "--level", "ntm", "--year", "2024"),
)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 6))])
def test_every_report_says_what_it_said_and_undo_leaves_what_there_was(provinces, seed):
    rng = random.Random(seed)
    some_history(rng, "tỉnh Kiên Giang", ["Mỹ Thuận", "Sơn Bình", "Nam Thái", "Tân Hội"], OURS)
    some_history(rng, "tỉnh An Giang", ["Vĩnh Châu", "Mỹ Khánh", "Khánh An", "Vĩnh Tế"], THEIRS)
    asked = [
        (file, *report, "--scope", scope)
        for file, scope in ((OURS, "tỉnh Kiên Giang"), (THEIRS, "tỉnh An Giang"))
        for report in REPORTS
    ]
    before = [run(*argv, "--db", file).out for file, *argv in asked]
    untouched, theirs = facts(), Path(THEIRS).read_bytes()
    done("join", THEIRS, now=LATER)
    joined = facts()
    assert [run(*argv, "--db", OURS).out for _file, *argv in asked] == before
    assert Path(THEIRS).read_bytes() == theirs
    done("undo", "--yes", now=LATER)
    assert facts() == untouched
    assert [run(*argv, "--db", OURS).out for file, *argv in asked if file == OURS] == before[: len(REPORTS)]
    done("redo", "--yes", now=LATER)
    assert [run(*argv, "--db", OURS).out for _file, *argv in asked] == before
    assert facts() == joined
    done("undo", "--yes", now=LATER)
    assert facts() == untouched
    done("verify", now=LATER)


def test_the_other_ledger_s_history_comes_with_it(provinces):
    there("record", "Vĩnh Châu", "-l", "ntm", "--year", "2022", "--decision", "15/QĐ-UBND", "--date", "5/1/2023")
    there("edit", "Vĩnh Châu", "-l", "ntm", "--year", "2023", "--reason", "nhầm năm")
    there("undo", "--yes")
    said = done("join", THEIRS, now=LATER)
    assert "tỉnh An Giang" in said
    history = json.loads(done("history", "-f", "json", now=LATER))["actions"]
    assert [(one["id"], one["verb"], one["origin"], one["joined_by"]) for one in history[:5]] == [
        (6, "undo", "tỉnh An Giang", 2),
        (5, "edit", "tỉnh An Giang", 2),
        (4, "record", "tỉnh An Giang", 2),
        (3, "init", "tỉnh An Giang", 2),
        (2, "join", None, None),
    ]
    assert {one["done_at"] for one in history[:4]} == {NOW.isoformat(timespec="seconds")}
    assert history[0]["who"] == "anh"
    assert history[1]["undone_by"] == "6"
    assert history[4]["rows"] == sum(one["rows"] for one in history[:4])
    edit = done("history", "5", now=LATER)
    assert "nhầm năm" in edit
    assert "ở sổ ấy là thao tác 3" in edit
    assert "xã Vĩnh Châu" in done("history", "2", now=LATER)
    assert "đạt chuẩn NTM năm 2022" in " ".join(done("history", "4", now=LATER).split())
    assert "2 · " in next(line for line in done("status", now=LATER).splitlines() if "Thao tác cuối" in line)


def test_a_member_is_not_taken_back_alone_and_what_rests_on_the_join_is_named(provinces):
    there("record", "Vĩnh Châu", "-l", "ntm", "--year", "2022")
    done("join", THEIRS, now=LATER)
    for verb in ("undo", "redo"):
        result = run(verb, "4", "--yes", now=LATER)
        assert result.code == 1
        assert "ntmtrack undo 2" in result.err
    done("revoke", "Vĩnh Châu", "-l", "ntm", "--date", "1/6/2024", now=LATER)
    result = run("undo", "2", "--yes", now=LATER)
    assert "5 thu hồi" in result.err
    done("undo", "--yes", now=LATER)
    done("undo", "--yes", now=LATER)
    assert "tỉnh An Giang" not in done("units", now=LATER)
    actions = json.loads(done("history", "-f", "json", now=LATER))["actions"]
    assert [one["id"] for one in actions if one["undone_by"] == "7"] == [4, 3, 2]


def test_before_the_join_this_ledger_knew_nothing_of_it(provinces):
    there("record", "Vĩnh Châu", "-l", "ntm", "--year", "2022")
    done("join", THEIRS, now=LATER)
    argv = ("list", "-l", "ntm", "--until", "2024", "-s", "tỉnh An Giang")
    assert "Vĩnh Châu" in done(*argv, now=LATER)
    assert run(*argv, "--as-known", "22/11/2026", now=LATER).code != 0
    diff = json.loads(done("diff", "--from", "22/11/2026", "-f", "json", now=LATER))
    assert {change["unit"] for change in diff["changes"]} >= {"xã Vĩnh Châu (thành phố Châu Đốc)"}
    for argv in (("dump", "a.jsonl"), ("load", "a.jsonl", "--db", "lai.db"), ("dump", "b.jsonl", "--db", "lai.db")):
        done(*argv, now=LATER)
    assert Path("a.jsonl").read_bytes() == Path("b.jsonl").read_bytes()
    done("verify", "--db", "lai.db", now=LATER)


def test_what_both_hold_is_taken_once(provinces):
    """A decision word for word, a national plan; a whole province that both offices keep."""
    for file, unit in ((OURS, "Sơn Bình"), (THEIRS, "Vĩnh Châu")):
        done("record", unit, "-l", "nc", "--year", "2024", "--decision", "1/QĐ", "--date", "2/1/2025", "--db", file)
    said = " ".join(done("join", THEIRS, "--dry-run", now=LATER).split())
    assert "Quyết định 0 1 1/QĐ" in said
    assert "Lộ trình 0 1 263/QĐ-TTg" in said
    shutil.copy(THEIRS, "ag2.db")
    for file in (THEIRS, "ag2.db"):  # two offices that began with one list, at two times
        Path(file).unlink()
    begin("An Giang", db=THEIRS)
    done("init", "--province", "An Giang", "--programme", "2021-2025", "--db", "ag2.db", now=LATER)
    same = ("record", "Mỹ Khánh", "-l", "ntm", "--year", "2022", "--decision", "9/QĐ", "--date", "2/1/2023")
    there(*same)
    done(*same, "--db", "ag2.db", now=LATER)
    there("record", "Vĩnh Châu", "-l", "ntm", "--year", "2022")
    done("revoke", "Mỹ Khánh", "-l", "ntm", "--date", "1/6/2024", "--db", THEIRS)
    done("revoke", "Mỹ Khánh", "-l", "ntm", "--date", "1/6/2024", "--db", "ag2.db", now=LATER)
    before = facts("ag2.db")
    said = " ".join(done("join", THEIRS, "--db", "ag2.db", now=LATER).split())
    assert "Đơn vị hành chính 0 167" in said
    assert "Kết quả công nhận 1 1" in said
    assert "Kết quả bị thu hồi 0 1" in said
    assert "xã Vĩnh Châu" in done("list", "-l", "ntm", "--until", "2024", "--db", "ag2.db", now=LATER)
    done("verify", "--db", "ag2.db", now=LATER)
    done("undo", "--yes", "--db", "ag2.db", now=LATER)
    assert facts("ag2.db") == before


def test_a_number_that_both_provinces_gave_is_no_doubt(provinces):
    """Neither tells who issued it: after the join it is two decisions, of two days."""
    decided = ("--level", "nang-cao", "--year", "2024", "--decision", "15/QĐ-UBND", "--date")
    done("record", "Sơn Bình", *decided, "3/1/2025")
    there("record", "Vĩnh Châu", *decided, "5/3/2025")
    there("revoke", "Vĩnh Châu", "-l", "nc", "--date", "1/6/2025", "--decision", "16/QĐ-UBND")
    asked = ("check", "decision-days", "decision-twice", "--as-of", "31/12/2024")
    before = [run(*asked, "--db", file).out for file in (OURS, THEIRS)]
    done("join", THEIRS, now=LATER)
    scopes = ("tỉnh Kiên Giang", "tỉnh An Giang")
    assert [run(*asked, "-s", scope).out for scope in scopes] == before
    assert run("record", "Sơn Kiên", *decided, "5/3/2025", now=LATER).code == 1  # of one province it is one decision


def test_a_number_of_another_province_is_in_nobody_s_way(provinces):
    """Nor typed, nor imported, nor corrected, nor brought back: of each province the day on record is its own."""
    decided = ("--level", "nang-cao", "--year", "2024", "--decision", "15/QĐ-UBND")
    there("record", "Vĩnh Châu", *decided, "--date", "5/3/2025")
    done("join", THEIRS, now=LATER)
    done("record", "Sơn Bình", *decided, "--date", "3/1/2025", now=LATER)
    done("record", "Sơn Kiên", *decided, now=LATER)
    assert "03/01/2025" in done("show", "Sơn Kiên", now=LATER)
    done("record", "Mỹ Khánh", *decided, now=LATER)
    assert "05/03/2025" in done("show", "Mỹ Khánh", now=LATER)
    refused = run("record", "Mỹ Hòa Hưng", *decided, "--date", "3/1/2025", now=LATER)
    assert "05/03/2025" in refused.err
    Path("a.csv").write_text(
        "Tên xã,Danh hiệu,Năm đạt chuẩn,Số quyết định,Ngày\nMỹ Hòa Hưng,NTM,2024,17/QĐ-UBND,1/2/2025\n", "utf-8"
    )
    done("record", "Mỹ Lâm", "-l", "nc", "--year", "2024", "--decision", "17/QĐ-UBND", "--date", "9/2/2025", now=LATER)
    done("import", "a.csv", "--yes", now=LATER)
    assert "01/02/2025" in done("show", "Mỹ Hòa Hưng", now=LATER)
    done("edit", "Mỹ Hòa Hưng", "-l", "ntm", "--date", "2/2/2025", "--reason", "nhầm ngày", now=LATER)
    done("undo", "--yes", now=LATER)
    done("undo", "--yes", now=LATER)
    done("redo", "--yes", now=LATER)


def same_list(file=THEIRS):
    """Both offices keep Kiên Giang, beginning with the same list."""
    for name in (OURS, file):
        Path(name).unlink()
        done("init", "--province", "Kiên Giang", "--programme", "2021-2025", "--db", name, who=name)


def test_two_that_began_alike_and_went_on_apart_are_two_ledgers(provinces):
    """Begun by one person in one second, or both from a copy of the list as it was begun."""
    for name in (OURS, THEIRS):
        Path(name).unlink()
        begin("Kiên Giang", db=name)
    assert "chính sổ này" in refused()
    done("record", "Sơn Bình", "-l", "ntm", "--year", "2024")
    assert "chính sổ này" in refused()
    there("record", "Mỹ Thuận", "-l", "ntm", "--year", "2024", who="canbo")
    done("join", THEIRS, now=LATER)
    told = done("list", "-l", "ntm", "--year", "2024", now=LATER)
    assert "xã Sơn Bình" in told
    assert "xã Mỹ Thuận" in told
    assert "160" not in done("progress", "--year", "2024", now=LATER)
    done("verify", now=LATER)


def test_on_a_terminal_it_is_asked_for(provinces, monkeypatch):
    before = Path(OURS).read_bytes()
    monkeypatch.setattr(Session, "can_ask", True)
    monkeypatch.setattr(Session, "ask", lambda _session, _question: False)
    assert "Chưa được đồng ý" in refused()
    assert not Path(f"{OURS}.backups").exists()

    def meanwhile(_session: Session, _question: str) -> bool:
        monkeypatch.setattr(Session, "can_ask", False)
        done("record", "Sơn Bình", "-l", "nc", "--year", "2024")
        return True

    monkeypatch.setattr(Session, "ask", meanwhile)
    result = run("join", THEIRS, now=LATER)
    assert result.code == 1
    assert "Chương trình khác" in result.err
    assert Path(OURS).read_bytes() != before
    assert "An Giang" not in done("units", now=LATER)
    monkeypatch.setattr(Session, "can_ask", True)
    monkeypatch.setattr(Session, "ask", lambda _session, _question: pytest.fail("--yes asks nothing"))
    done("join", THEIRS, "--yes", now=LATER)


def test_every_contradiction_is_named_at_once(provinces):
    """Also a level that would come before a lower one; once all are corrected, the join goes through."""
    same_list()
    done("record", "Sơn Bình", "-l", "nc", "--year", "2024", "--decision", "7/QĐ-UBND", "--date", "3/1/2025")
    done("record", "Mỹ Thuận", "-l", "nc", "--year", "2021")
    done("publish", "-l", "ntm", "--value", "108", "--as-of", "31/5/2023", "--source", "Báo")
    done("add-commune", "Mới", "--district", "Hòn Đất", "--code", "30990")
    there("record", "Sơn Bình", "-l", "nc", "--year", "2023", "--decision", "8/QĐ-UBND", "--date", "3/1/2024")
    there("publish", "-l", "ntm", "--value", "109", "--as-of", "31/5/2023", "--source", "Báo")
    there("add-commune", "Khác", "--district", "Hòn Đất", "--code", "30990")
    there("record", "Mỹ Thuận", "-l", "ntm", "--year", "2025")
    there("record", "Mỹ Phước", "-l", "ntm", "--year", "2025")
    said = " ".join(refused().split())
    for told in (
        "đơn vị xã Mới; 30990; thuộc huyện Hòn Đất; đến trước 01/07/2025 xã Khác; 30990; thuộc huyện Hòn Đất;",
        "NTM nâng cao năm 2024; Quyết định 7/QĐ-UBND; ký 03/01/2025 năm 2023; Quyết định 8/QĐ-UBND; ký 03/01/2024",
        "xã Mỹ Thuận (huyện Hòn Đất) NTM nâng cao năm 2021 đạt chuẩn NTM năm 2025",
        "31/05/2023 108; nguồn “Báo” 109; nguồn “Báo”",
        "ở 4 chỗ nêu trên",
    ):
        assert told in said, (told, said)
    for action in ("2", "3", "4", "5"):
        there("undo", action, "--yes")
    done("join", THEIRS, now=LATER)
    assert "xã Mỹ Phước" in done("list", "-l", "ntm", "--year", "2025", now=LATER)


def test_what_rests_on_an_action_is_named_as_it_can_be_taken_back(provinces):
    same_list()
    there("record", "Mỹ Thuận", "-l", "ntm", "--year", "2024")
    done("join", THEIRS, now=LATER)
    refused = run("undo", "1", "--yes", now=LATER)
    assert refused.code == 1
    assert "(2 gộp)" in refused.err
    assert "ntmtrack undo 2" in refused.err
    done("undo", "2", "--yes", now=LATER)
    done("undo", "1", "--yes", now=LATER)


def test_a_recognition_taken_back_in_one_of_them_alone_is_a_contradiction(provinces):
    same_list()
    for file in (OURS, THEIRS):
        done("record", "Sơn Bình", "-l", "nc", "--year", "2024", "--db", file)
    there("revoke", "Sơn Bình", "-l", "nc", "--date", "1/6/2025")
    assert "thu hồi" in refused()
    done("revoke", "Sơn Bình", "-l", "nc", "--date", "1/6/2025")
    done("join", THEIRS, now=LATER)


def test_a_plan_of_one_key_and_other_figures_is_a_contradiction(provinces):
    same_list()
    there("roadmap", "export", "plan.toml", "--roadmap", "kien-giang-kh168")
    plan = Path("plan.toml").read_text("utf-8")
    assert "cumulative = 90" in plan
    Path("plan.toml").write_text(plan.replace("cumulative = 90", "cumulative = 91", 1), encoding="utf-8")
    there("roadmap", "import", "plan.toml", "--replace")
    said = refused()
    assert "90" in said
    assert "91" in said
    assert "168/KH-UBND" in said or "kien-giang-kh168" in said


def test_units_that_clash(provinces):
    """One code for two units, one name for two, the life of one told twice."""
    Path(THEIRS).unlink()
    there("add-district", "Hòn Đất", "--code", "903")
    there("add-commune", "Sơn Bình", "--district", "Hòn Đất")
    said = refused()
    assert "huyện Hòn Đất; 903" in said
    assert "đến trước 01/07/2025" in said


def test_codes_that_meant_other_units_do_not_clash(provinces):
    """91 was Kiên Giang and is An Giang; 30742 was phường Vĩnh Bảo and is phường Rạch Giá."""
    done("rearrange", "--national", now=LATER)
    done("join", "ag26.db", now=LATER)
    with reading(Path(OURS)) as connection:
        rows = connection.execute(
            "SELECT code, kind, name, since, until FROM unit_version WHERE code IN ('91', '30742') ORDER BY code, since"
        ).fetchall()
    assert rows == [
        ("30742", "phường", "Vĩnh Bảo", None, "2025-07-01"),
        ("30742", "phường", "Rạch Giá", "2025-07-01", None),
        ("91", "tỉnh", "Kiên Giang", None, "2025-07-01"),
        ("91", "tỉnh", "An Giang", "2025-07-01", None),
    ]
    assert "85" in done("progress", "--year", "2026", "--scope", "tỉnh An Giang", now=LATER)
    done("undo", "--yes", now=LATER)
    done("redo", "--yes", now=LATER)


CARRIED = {
    "Kiên Giang, An Giang": ("Kiên Giang", "An Giang", "tỉnh An Giang", {"xã": 85, "phường": 14, "đặc khu": 3}),
    "Thái Bình, Hưng Yên": ("Thái Bình", "Hưng Yên", "tỉnh Hưng Yên", {"xã": 93, "phường": 11}),
}


def standing_facts(file):
    """Units with what they lie in and what became of them, by code, title and life: whatever their numbers."""
    with reading(Path(file)) as connection:
        titles = {}
        for unit, *told in connection.execute(
            "SELECT unit_id, code, kind, name, since, until FROM unit_version WHERE voided_by IS NULL ORDER BY since"
        ):
            titles.setdefault(unit, []).append(tuple(told))
        pairs = connection.execute(
            "SELECT unit_id, parent_id, since, '', '' FROM unit_version WHERE voided_by IS NULL UNION ALL"
            " SELECT predecessor_id, successor_id, day, extent, main FROM succession WHERE voided_by IS NULL"
        )
        return sorted(repr((titles[one], titles.get(other), *rest)) for one, other, *rest in pairs)


@pytest.mark.parametrize(("one", "other", "province", "kinds"), CARRIED.values(), ids=CARRIED)
def test_joined_before_or_after_the_merger_comes_to_the_same(office, one, other, province, kinds):
    for name, file in ((one, "a.db"), (other, "b.db")):
        begin(name, db=file)
        shutil.copy(file, f"carried-{file}")
        done("rearrange", "--national", "--db", f"carried-{file}")
    shutil.copy("a.db", "half.db")
    done("join", "carried-b.db", "--db", "half.db", now=LATER)
    done("join", "b.db", "--db", "a.db", now=LATER)
    for file in ("a.db", "half.db"):
        done("rearrange", "--national", "--db", file, now=LATER)
    done("join", "carried-b.db", "--db", "carried-a.db", now=LATER)
    assert standing_facts("a.db") == standing_facts("carried-a.db") == standing_facts("half.db")
    with reading(Path("carried-a.db")) as connection:
        rows = connection.execute(
            "SELECT v.kind, count(*) FROM unit_version AS v JOIN unit_version AS p ON p.unit_id = v.parent_id"
            " WHERE v.voided_by IS NULL AND v.since = '2025-07-01' AND p.since = v.since"
            " AND p.kind || ' ' || p.name = ? GROUP BY v.kind",
            (province,),
        )
        assert dict(rows.fetchall()) == kinds
    done("verify", "--db", "carried-a.db", now=LATER)


def test_closed_years_ask_for_a_reason(provinces):
    done("close-year", "2023")
    there("close-year", "2024")
    there("record", "Vĩnh Châu", "-l", "ntm", "--year", "2022", "--reopen", "sót")
    said = refused(code=5)
    assert "2023" in said
    assert "ntmtrack close-year 2024" in said
    done("join", THEIRS, "--reopen", "hai tỉnh về một", now=LATER)
    assert "hai tỉnh về một" in done("history", "3", now=LATER)
    assert "hai tỉnh về một" in run("check", "closed", now=LATER).both
    assert run("undo", "--yes", now=LATER).code == 5
    done("undo", "--yes", "--reopen", "nhầm sổ", now=LATER)
    assert "khớp" in done("verify", now=LATER)


def test_what_is_no_other_ledger_is_refused(provinces):
    shutil.copy(OURS, "copy.db")
    done("record", "Sơn Bình", "-l", "nc", "--year", "2024", "--db", "copy.db")
    for itself in (OURS, str(provinces / OURS), "copy.db"):
        assert "chính sổ này" in refused(itself)
    assert "không có tệp" in refused("nơi-khác.db").lower()
    Path("a.db").write_text("x" * 5000, encoding="utf-8")
    assert "join" in refused("a.db")
    Path("rong.db").touch()
    assert "join" in refused("rong.db")
    done("join", THEIRS, now=LATER)
    assert "thao tác 2" in run("join", THEIRS, now=LATER).err
    assert "ntmtrack status" in run("join", OURS, "--db", THEIRS, now=LATER).err


def test_a_ledger_of_another_schema_or_with_changes_of_others_is_refused(provinces):
    import lzma

    old = Path("old.db")
    old.write_bytes(lzma.decompress(Path(__file__).with_name("databases").joinpath("0006.db.xz").read_bytes()))
    before = old.read_bytes()
    assert 'ntmtrack status --db "old.db"' in refused("old.db", code=4)
    assert old.read_bytes() == before
    shutil.copy(THEIRS, "changed.db")
    with sqlite3.connect("changed.db") as connection:
        connection.execute("DROP TRIGGER unit_version_never_changed")
        connection.execute("UPDATE unit_version SET name = 'Khác' WHERE id = 20")
    connection.close()
    assert 'ntmtrack doctor --mend --db "changed.db"' in refused("changed.db", code=6)
    run("doctor", "--mend", "--yes", "--db", "changed.db")
    assert "1" in refused("changed.db", code=3)
    with sqlite3.connect("changed.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    assert "9999" in refused("changed.db", code=4)


def test_nothing_is_left_to_take_in(provinces):
    Path("moi.db").unlink(missing_ok=True)
    done("init", "--province", "An Giang", "--programme", "2021-2025", "--db", "moi.db", now=LATER)
    before = Path(OURS).read_bytes()
    assert "sổ đã có đủ" in run("join", THEIRS, "--db", "moi.db", now=LATER).err
    assert Path(OURS).read_bytes() == before


def test_three_ledgers_one_after_the_other(provinces):
    """What came with the second goes on to be whose it was in the third."""
    there("record", "Vĩnh Châu", "-l", "ntm", "--year", "2022")
    done("join", THEIRS, now=LATER)
    done("init", "--province", "Cần Thơ", "--programme", "2021-2025", "--db", "ct.db", now=LATER)
    done("join", OURS, "--db", "ct.db", now=LATER)
    actions = json.loads(done("history", "--db", "ct.db", "-f", "json", now=LATER))["actions"]
    assert [one["origin"] for one in actions] == [
        *["tỉnh An Giang"] * 2,
        *["tỉnh Kiên Giang"] * 2,
        None,
        None,
    ]
    assert actions[0]["done_at"] == NOW.isoformat(timespec="seconds")
    before = facts("ct.db")
    done("undo", "--yes", "--db", "ct.db", now=LATER)
    done("redo", "--yes", "--db", "ct.db", now=LATER)
    assert facts("ct.db") == before
    with reading(Path("ct.db")) as connection:
        assert not breaks(connection)


@pytest.mark.parametrize(
    ("carried", "is_half"), [(("a.db",), True), (("b.db",), True), ((), False), (("a.db", "b.db"), False)]
)
@pytest.mark.usefixtures("office")
def test_a_ledger_of_which_a_half_is_carried_over_is_told_so(carried, is_half):
    for name, file in (("Thái Bình", "a.db"), ("Hưng Yên", "b.db")):
        begin(name, db=file)
    for file in carried:
        done("rearrange", "--national", "--db", file)
    told = done("join", "b.db", "--db", "a.db", now=LATER)
    assert ("Chưa chuyển hết sang đơn vị hành chính mới: ntmtrack rearrange --national" in told) == is_half
    if is_half:
        done("rearrange", "--national", "--db", "a.db", now=LATER)
