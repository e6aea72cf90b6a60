"""Proposals: no figure counts what waits · what is taken is as if it were written then · every kind of write may be
proposed · who withdraws, who refuses · several at once: all or none · `undo` and `redo` beside them · dumped, loaded,
joined and looked back at."""

import json
from datetime import timedelta

import pytest

from ntmtrack.storage.chain import breaks, fingerprint
from ntmtrack.storage.open import reading
from tests.places import contents, kept, our_ledger, put_back
from tests.running import NOW, begin, run
from tests.test_history import WRITES, a_plan

LATER = NOW + timedelta(days=5)
PROPOSABLE = {name: argv for name, argv in WRITES.items() if name not in ("close-year", "letterhead")}


def told(file):
    with reading(file) as connection:
        return fingerprint(connection)


def whole(file):
    with reading(file) as connection:
        return breaks(connection) == []


def waiting(*argv):
    report = json.loads(done("proposals", "--format", "json", *argv).out)
    return [(row["number"], row["who"]) for row in report["proposals"]]


def done(*argv, who="canbo", now=NOW):
    result = run(*argv, who=who, now=now)
    assert result.code == 0, result.both
    return result


@pytest.fixture
def file(once, office):
    """A ledger in which two communes propose, one of them twice."""
    once(_propose)
    return our_ledger()


def _propose():
    begin("Lai Châu")
    for commune, who in (("Bản Lang", "xa-a"), ("Dào San", "xa-b"), ("Hoang Thèn", "xa-b")):
        done("record", commune, "--level", "ntm", "--year", "2020", "--as-proposal", who=who)


@pytest.mark.parametrize("argv", PROPOSABLE.values(), ids=PROPOSABLE)
def test_what_is_proposed_changes_nothing_until_it_is_taken_and_then_all_of_it(demo, argv):
    a_plan()
    before, copy = told(demo), kept(demo)
    done(*argv)
    written = told(demo)
    put_back(demo, copy)
    done(*argv, "--as-proposal", who="xa")
    assert told(demo) == before != written
    ((number, who),) = waiting()
    assert who == "xa"
    done("take", str(number))
    assert (told(demo), waiting()) == (written, [])
    done("undo")
    assert (told(demo), waiting()) == (before, [(number, "xa")])
    assert whole(demo)


def test_a_day_looked_back_at_counts_what_was_taken_from_then_on(file):
    done("take", "2", now=LATER)
    for known, count in (("21/11/2026", 0), ("26/11/2026", 1)):
        listed = run("list", "--level", "ntm", "--format", "json", "--as-known", known, now=LATER)
        assert len(json.loads(listed.out)["units"]) == count
    assert "Bản Lang" in done("diff", "2", now=LATER).out  # beside the ledger once that was proposed, not done


def test_several_are_taken_as_one_or_not_at_all(file):
    before = told(file)
    done("record", "Dào San", "--level", "ntm", "--year", "2021")
    refused = run("take", "--all")
    assert (refused.code, len(waiting())) == (1, 3)
    assert "đề xuất 4 của xa-b" in refused.err
    assert "Bản Lang" not in refused.err  # what might have been taken is not told
    done("undo")
    assert told(file) == before
    taken = done("take", "--who", "XA-B")
    assert "nhận 2 đề xuất: 4, 6" in taken.err
    assert waiting() == [(2, "xa-a")]
    about = [waiting("--scope", name) for name in ("Bản Lang", "huyện Phong Thổ", "Dào San")]
    assert about == [[(2, "xa-a")], [(2, "xa-a")], []]
    assert whole(file)


def test_a_dry_run_takes_and_proposes_nothing(file):
    copy = contents(file)
    for argv in (("take", "--all"), ("refuse", "2", "--reason", "x"), ("undo", "6")):
        assert "Chưa ghi gì" in done(*argv, "--dry-run", who="xa-b").err
    assert "Nếu đề xuất" in done("record", "Ma Li Pho", "-l", "ntm", "--year", "2020", "--as-proposal", "--dry-run").err
    assert contents(file) == copy


def test_undo_withdraws_the_last_proposal_of_whoever_undoes_and_nobody_elses(file):
    done("undo", who="xa-a")
    assert waiting() == [(4, "xa-b"), (6, "xa-b")]
    assert run("redo", who="xa-a").code == 1
    assert run("undo", "5", who="xa-a").code == 1
    done("undo", "5", "--as-proposal", who="xa-b")  # by the number of what proposed it, of one who only proposes
    assert waiting() == [(6, "xa-b")]
    assert run("undo", "4", who="xa-b").code == run("redo", "4").code == run("take", "4").code == 1


def test_a_refusal_is_a_step_that_is_taken_back_like_any_other(file):
    done("refuse", "4", "7", "--reason", "chưa ký")
    assert waiting() == [(2, "xa-a")]
    for unit in ("Dào San", "Hoang Thèn"):
        last = json.loads(run("history", unit, "--limit", "1", "--format", "json").out)["actions"][0]
        assert (last["verb"], last["id"]) == ("refuse", 8)
    done("undo")
    assert len(waiting()) == 3
    done("redo")
    assert len(waiting()) == 1
    assert whole(file)


def test_what_was_taken_back_after_it_was_taken_waits_again(file):
    done("take", "2")
    done("undo", "2")
    assert (2, "xa-a") in waiting()
    done("redo")
    assert (2, "xa-a") not in waiting()
    done("undo")
    done("refuse", "2", "--reason", "x")
    assert run("redo").code == run("redo", "2").code == 1
    assert (2, "xa-a") not in waiting()


@pytest.mark.parametrize("argv", [("undo", "1"), ("redo",), ("take", "2"), ("refuse", "2", "--reason", "x")])
def test_what_decides_of_others_is_never_proposed(file, argv):
    copy = contents(file)
    assert run(*argv, "--as-proposal").code in (1, 2)
    assert contents(file) == copy


def test_a_dump_brings_back_what_waits(file):
    done("refuse", "2", "--reason", "x")
    done("dump", "so.jsonl")
    done("load", "so.jsonl", "--db", "khac.db")
    assert waiting("--db", "khac.db") == [(4, "xa-b"), (6, "xa-b")]
    assert run("history", "--db", "khac.db").out == run("history").out


@pytest.mark.of_file("a file is joined")
def test_what_waits_in_a_ledger_that_is_joined_is_told_and_cannot_be_taken(file, office):
    begin("Thái Bình", db=office / "khac.db")
    done("join", str(file), "--yes", "--db", "khac.db")
    assert waiting("--db", "khac.db") == []
    assert "ở sổ đó mới là đề xuất" in run("history", "--db", "khac.db").out
    assert run("take", "4", "--db", "khac.db").code == 1


def test_a_table_is_proposed_whole(file, office):
    rows = "".join(f"{name},ntm,2021\n" for name in ("Ma Li Pho", "Mù Sang"))
    (office / "a.csv").write_text("Tên xã,Danh hiệu,Năm đạt chuẩn\n" + rows, encoding="utf-8")
    before = told(file)
    done("import", "a.csv", "--yes", "--as-proposal", who="huyen")
    assert told(file) == before
    (number,) = [number for number, who in waiting() if who == "huyen"]
    done("take", str(number))
    assert len(json.loads(run("list", "--level", "ntm", "--format", "json").out)["units"]) == 2


def test_a_closed_year_is_changed_by_who_takes_not_by_who_proposes(file):
    done("close-year", "2024")
    argv = ("record", "Ma Li Pho", "--level", "ntm", "--year", "2020", "--as-proposal")
    assert run(*argv, who="xa").code == 5
    done(*argv, "--reopen", "gửi chậm", who="xa")
    assert "thay đổi" not in run("check").out
    ((number, _who),) = [one for one in waiting() if one[1] == "xa"]
    assert run("take", str(number)).code == 5
    done("take", str(number), "--reopen", "nhận bổ sung")
    changed = run("check").out
    assert "nhận bổ sung" in changed
    assert "gửi chậm" not in changed
