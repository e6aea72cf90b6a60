"""A whole ledger goes to a server and comes back: byte for byte, with its history and its chain."""

import json
from pathlib import Path

import pytest

from tests.running import begin, run


def _actions(ledger: str) -> list[object]:
    return json.loads(run("history", "--format", "json", "--db", ledger).out)["actions"]


@pytest.fixture
def office_ledger(office: Path) -> Path:
    """Lai Châu with a recognition that was taken back and one that was corrected, on record with a reason."""
    file = begin("Lai Châu")
    for argv in (
        ("record", "Mường Khoa", "--level", "ntm", "--year", "2024", "--decision", "12/QĐ-UBND"),
        ("undo",),
        ("redo",),
        ("record", "Nậm Tăm", "--level", "ntm", "--year", "2023"),
        ("edit", "Nậm Tăm", "--level", "ntm", "--year", "2022", "--reason", "sai năm"),
        ("close-year", "2022"),
    ):
        assert run(*argv).code == 0, run(*argv).both
    return file


def test_a_ledger_goes_to_a_server_and_back_byte_for_byte(office_ledger: Path, database: str):
    assert run("dump", "so.jsonl").code == 0
    before = Path("so.jsonl").read_bytes()
    loaded = run("load", "so.jsonl", "--db", database)
    assert loaded.code == 0, loaded.both
    assert run("dump", "tu-may-chu.jsonl", "--db", database).code == 0
    assert Path("tu-may-chu.jsonl").read_bytes() == before
    assert run("load", "tu-may-chu.jsonl", "--db", "ve.db").code == 0
    assert run("dump", "ve.jsonl", "--db", "ve.db").code == 0
    assert Path("ve.jsonl").read_bytes() == before
    assert run("verify", "--db", database).code == 0


def test_a_ledger_file_is_loaded_as_it_is_and_copied_back_as_a_file(office_ledger: Path, database: str):
    assert run("load", str(office_ledger), "--db", database).code == 0
    assert run("backup", "ban-sao.db", "--db", database).code == 0
    assert run("verify", "--db", "ban-sao.db").code == 0
    for name, ledger in (("file", str(office_ledger)), ("copy", "ban-sao.db"), ("server", database)):
        assert run("dump", f"{name}.jsonl", "--db", ledger).code == 0
    assert Path("file.jsonl").read_bytes() == Path("copy.jsonl").read_bytes() == Path("server.jsonl").read_bytes()
    assert run("backup", "ban-sao.db", "--db", database).code == 1


def test_what_is_shown_and_done_goes_on_alike(office_ledger: Path, database: str):
    assert run("load", str(office_ledger), "--db", database).code == 0
    for argv in (
        ("progress", "--year", "2024"),
        ("history", "--full"),
        ("check",),
        ("show", "Nậm Tăm"),
        ("record", "Nậm Cha", "--level", "ntm", "--year", "2024"),
        ("undo",),
        ("record", "Nậm Tăm", "--level", "ntm", "--year", "2022"),
        ("revoke", "Nậm Tăm", "--level", "ntm", "--on", "2025-01-02", "--reopen", "thử"),
        ("history",),
    ):
        there, here = run(*argv, "--db", database), run(*argv)
        who = ("postgres", "canbo  ") if argv[0] == "history" else ("", "")
        assert there.code == here.code, there.both
        assert there.out.replace(*who).split() == here.out.split()


def test_a_ledger_is_loaded_into_an_empty_one_alone(office_ledger: Path, database: str):
    tried = run("load", str(office_ledger), "--dry-run", "--db", database)
    assert (tried.code, _actions(database)) == (0, [])
    assert run("load", str(office_ledger), "--db", database).code == 0
    again = run("load", str(office_ledger), "--db", database)
    assert again.code == 1
    assert "ntmtrack join" in again.err


def test_a_changed_dump_is_refused_and_nothing_of_it_is_kept(office_ledger: Path, database: str):
    assert run("dump", "so.jsonl").code == 0
    text = Path("so.jsonl").read_text(encoding="utf-8")
    Path("so.jsonl").write_text(text.replace("12/QĐ-UBND", "13/QĐ-UBND", 1), encoding="utf-8")
    refused = run("load", "so.jsonl", "--db", database)
    assert refused.code != 0
    assert _actions(database) == []


def test_a_file_of_another_province_is_taken_in_as_by_a_file(office_ledger: Path, database: str):
    begin("Bắc Ninh", "2026-2030", "bac-ninh.db")
    assert run("load", str(office_ledger), "--db", database).code == 0
    for ledger in (database, str(office_ledger)):
        joined = run("join", "bac-ninh.db", "--reopen", "gộp hai tỉnh", "--db", ledger)
        assert joined.code == 0, joined.both
        assert run("record", "Nậm Cha", "--level", "ntm", "--year", "2024", "--db", ledger).code == 0
        assert run("dump", f"{'s' if ledger == database else 'f'}.jsonl", "--db", ledger).code == 0
    here, there = (
        [json.loads(line) for line in Path(name).read_text(encoding="utf-8").splitlines()]
        for name in ("f.jsonl", "s.jsonl")
    )
    assert [_but_who(row) for row in there] == [_but_who(row) for row in here]
    assert run("verify", "--db", database).code == 0


def _but_who(row: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in row.items() if key not in ("who", "hash")}
