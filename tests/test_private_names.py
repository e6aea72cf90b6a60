"""Names of persons: kept apart, told by no list, history, report, comparison or file for others; what is shared without
them loads whole. The “name” is a label that no person bears."""

from pathlib import Path

import pytest

from ntmtrack.storage.chain import breaks, fingerprint
from ntmtrack.storage.open import reading
from tests.places import contents, our_ledger
from tests.running import begin, run

PERSON = "Người A"


def done(*argv):
    result = run(*argv)
    assert result.code == 0, result.both
    return result.both


def kept():
    """A household and a person that gave; the name of one was corrected, so that a voided row has it too."""
    begin("Lai Châu", "2026-2030")
    gift = ("entry", "đóng góp", "Khun Há", "--on", "5/3/2026", "--text")
    done(*gift, "200 m² đất", "--giver-kind", "hộ", "--person", PERSON)
    done(*gift, "tiền", "--giver-kind", "cá nhân", "--amount", "5 triệu", "--person", f"{PERSON}B")
    done(*gift, "tiền", "--amount", "6 triệu", "--person", f"{PERSON}C", "--reason", "ghi nhầm")


def whole(place):
    """All that a ledger holds, as bytes."""
    held = contents(place)
    return held if isinstance(held, bytes) else str(held).encode()


@pytest.fixture
def ledger(once):
    once(kept)
    return our_ledger()


def test_the_ledger_keeps_the_name_and_its_whole_text_says_that_it_is_there(ledger):
    assert PERSON.encode() in whole(ledger)
    assert "có 3 tên cá nhân" in done("dump", "du.jsonl")
    assert PERSON in Path("du.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "argv",
    [
        ("entry", "đóng góp"),
        ("entry", "đóng góp", "--format", "json"),
        ("entry", "đóng góp", "--format", "csv"),
        ("entry",),
        ("history",),
        ("history", "2"),
        ("history", "4"),
        ("history", "Khun Há"),
        ("history", "4", "--format", "json"),
        ("show", "Khun Há"),
        ("show", "Khun Há", "--format", "json"),
        ("status",),
        ("check",),
        ("doctor", "--paths"),
        ("doctor", "--format", "json"),
        ("undo", "--dry-run"),
        ("register", "--year", "2026"),
    ],
    ids=" ".join,
)
def test_nothing_that_is_shown_tells_it(ledger, argv):
    assert PERSON not in run(*argv).both


def test_no_report_has_it(ledger):
    for name in ("bc.json", "bc.csv", "bc.md", "bc.html"):
        done("export", name, "--year", "2026")
    for file in Path.cwd().rglob("bc*"):
        if file.is_file():
            assert PERSON.encode() not in file.read_bytes(), file


def test_what_is_shared_has_none_and_loads_whole(ledger):
    assert "Đã bỏ 3 tên cá nhân" in done("dump", "gui.jsonl", "--for-sharing")
    assert PERSON not in Path("gui.jsonl").read_text(encoding="utf-8")
    done("load", "gui.jsonl", "--db", "nhan.db")
    with reading(ledger) as ours, reading(Path("nhan.db")) as theirs:
        assert not breaks(theirs)
        assert fingerprint(theirs) == fingerprint(ours)
        rows = theirs.execute("SELECT person, what, amount FROM register_entry WHERE voided_by IS NULL").fetchall()
    assert sorted(rows, key=str) == [(None, "200 m² đất", None), (None, "tiền", 6_000_000)]
    assert PERSON not in done("diff", "--from", "nhan.db")


@pytest.mark.of_file("a file is joined")
def test_a_ledger_that_takes_another_in_leaves_them_behind(ledger):
    begin("Điện Biên", "2026-2030", db="tinh.db")
    done("join", str(ledger), "--db", "tinh.db", "--yes")
    with reading(Path("tinh.db")) as joined:
        rows = joined.execute("SELECT person, amount FROM register_entry WHERE voided_by IS NULL").fetchall()
        assert sorted(rows, key=str) == [(None, 6_000_000), (None, None)]
        assert not breaks(joined)
    assert PERSON.encode() not in Path("tinh.db").read_bytes()


def test_undone_and_done_again_the_name_is_there_as_before(ledger):
    done("undo")
    done("redo")
    with reading(ledger) as connection:
        rows = connection.execute("SELECT person FROM register_entry WHERE voided_by IS NULL").fetchall()
    assert sorted(rows) == [(PERSON,), (f"{PERSON}C",)]
