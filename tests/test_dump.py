"""The ledger as text: the same bytes after load, whatever was done before · what is in the way is left alone · all or
nothing, also where a disk fails half-way · whatever stands in a dump, it is loaded whole or refused with its place ·
folders, as earlier versions dumped them, are still loaded, and no more written."""

import json
import lzma
import os
import shutil
import sqlite3
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ntmtrack.storage import connection, dump
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.transaction import acting
from tests.faults.old_ledgers import unpack
from tests.faults.soundness import assert_told
from tests.running import NOW, run
from tests.test_storage import DATABASES, LATER

LEDGER = "so.db"


def rows_of(file):
    """Every row of every table."""
    with sqlite3.connect(file) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables}


FOLDER = Path(__file__).parent / "dumps" / "0006"  # as the program wrote it until it wrote one file


def work_through_a_year():
    """Records, a correction by import, revocations, what is taken back and done again."""
    (Path.cwd() / "a.csv").write_text("Tên xã,Danh hiệu,Năm đạt chuẩn\nNgọc Thuận,NTM,2018\n", encoding="utf-8")
    for argv in (
        ["record", "30836", "30840", "--level", "nang-cao", "--year", "2025", "--decision", "7/QĐ-UBND"],
        ["undo"],
        ["redo"],
        ["revoke", "30838", "--level", "nang-cao", "--decision", "1/QĐ-UBND", "--date", "1/5/2025"],
        ["record", "30838", "--level", "nang-cao", "--year", "2025", "--note", "dòng\u2028mới “lạ” \\ 🙂"],
        ["import", "a.csv", "--yes"],
        ["undo"],
        ["add-commune", "Xã Mới", "--district", "Hòn Đất"],
    ):
        done = run(*argv)
        assert done.code == 0, done.both


def refusal(*argv, code=1):
    """What a refused load says; no ledger is left behind, nor anything else."""
    before = sorted(one.name for one in Path.cwd().iterdir())
    refused = run("load", *argv, "--db", "moi.db")
    assert (refused.code, "Traceback" in refused.both) == (code, False), refused.both
    assert sorted(one.name for one in Path.cwd().iterdir()) == before
    return refused.err


@pytest.mark.usefixtures("demo")
def test_what_is_loaded_gives_the_same_text_again(office):
    work_through_a_year()
    assert run("dump", "so.jsonl").code == 0
    assert run("load", "so.jsonl", "--db", "moi.db").code == 0
    assert run("dump", "lai.jsonl", "--db", "moi.db").code == 0
    assert (office / "so.jsonl").read_bytes() == (office / "lai.jsonl").read_bytes()
    assert rows_of("moi.db") == rows_of(LEDGER)
    assert run("undo", "--db", "moi.db", "--yes").code == 0


@pytest.mark.usefixtures("office")
def test_a_folder_of_an_earlier_version_is_loaded_with_every_row_and_hash():
    assert run("load", str(FOLDER)).code == 0
    assert run("verify").code == 0
    assert run("dump", "so.jsonl").code == 0
    header, *rows = Path("so.jsonl").read_text(encoding="utf-8").splitlines()
    before = json.loads((FOLDER / "ledger.json").read_text(encoding="utf-8"))
    now = json.loads(header)
    later = {table: rows for table, rows in now["rows"].items() if table not in before["rows"]}
    assert now == before | {"schema": connection.HEAD, "rows": before["rows"] | later}
    assert not any(later.values())
    tables = {table: (FOLDER / f"{table}.jsonl").read_text(encoding="utf-8").splitlines() for table in before["rows"]}
    assert rows == [f'{{"table": "{table}", {line[1:]}' for table, lines in tables.items() for line in lines]
    assert run("redo", "--yes").code == 0


@pytest.mark.usefixtures("demo")
def test_a_folder_is_no_more_written(office):
    (office / "co").mkdir()
    for name, other in (("so-chu", "so-chu.jsonl"), ("co", "co.jsonl"), (".", "so.jsonl"), ("so.txt", "so.jsonl")):
        refused = run("dump", name)
        assert (refused.code, f'ntmtrack dump "{other}"' in refused.err) == (2, True), refused.err
    assert sorted(one.name for one in office.iterdir()) == ["co", LEDGER]
    assert not list((office / "co").iterdir())


def rules_of(file):
    """The triggers of a ledger."""
    with sqlite3.connect(file) as connection:
        return connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name").fetchall()


def test_what_came_about_is_loaded_though_it_could_not_be_recorded_so(demo):
    """Two recognitions of one level stand, as an earlier program may have left them; the rules hold from then on."""
    again = "INSERT INTO recognition (action_id, unit_id, programme, level, year, basis, confidence) SELECT {by},"
    again += " unit_id, programme, level, 2024, basis, confidence FROM recognition WHERE id = 12"
    with acting(demo, Ledger.Stamp("record", "x", NOW)) as ledger:
        (rule,) = ledger.connection.execute("SELECT sql FROM sqlite_master WHERE name = 'recognition_once_insert'")
        ledger.connection.execute("DROP TRIGGER recognition_once_insert")
        ledger.connection.execute(again.format(by=ledger.action_id))
        ledger.connection.execute(rule[0])
    run("dump", "so.jsonl")
    assert run("load", "so.jsonl", "--db", "moi.db").code == 0
    assert rows_of("moi.db") == rows_of(demo)
    assert rules_of("moi.db") == rules_of(demo)
    with sqlite3.connect("moi.db") as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(again.format(by=1))


@pytest.mark.parametrize("schema", ["0001", "0002", "0003"])
def test_ledgers_of_every_schema_are_dumped_and_loaded(office, schema):
    (office / LEDGER).write_bytes(lzma.decompress((DATABASES / f"{schema}.db.xz").read_bytes()))
    assert run("dump", "so.jsonl", now=LATER).code == 0
    assert run("load", "so.jsonl", "--db", "moi.db").code == 0
    assert rows_of("moi.db") == rows_of(LEDGER)


@pytest.mark.usefixtures("demo")
def test_the_text_is_made_for_comparing_line_by_line(office):
    def lines():
        assert run("dump", "so.jsonl").code == 0
        return (office / "so.jsonl").read_text(encoding="utf-8").splitlines()

    before = lines()
    run("record", "30836", "--level", "nang-cao", "--year", "2025")
    after = lines()
    new = [json.loads(line) for line in after[1:] if line not in before]
    assert [row["table"] for row in new] == ["action", "recognition"]
    assert [line for line in after if line in before] == before[1:]
    assert list(new[1])[:6] == ["table", "id", "action_id", "unit_id", "programme", "level"]
    assert "voided_by" not in new[1]
    assert any("Mỹ Thuận" in line for line in after)
    ids = [row["id"] for row in map(json.loads, after[1:]) if row["table"] == "unit_version"]
    assert ids == sorted(ids)


@pytest.mark.usefixtures("demo")
@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_only_the_owner_may_read_it(office):
    assert run("dump", "so.jsonl").code == 0
    (office / "so.jsonl").chmod(0o644)
    assert run("dump", "so.jsonl").code == 0
    assert stat.S_IMODE((office / "so.jsonl").stat().st_mode) == 0o600
    run("load", "so.jsonl", "--db", "moi.db")
    assert stat.S_IMODE((office / "moi.db").stat().st_mode) == 0o600


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("khac/a.txt", "x"),
        ("khac.jsonl", '{"a": 1}\n'),
        ("khac.jsonl", ""),
        ("khac.jsonl/a", ""),
        ("khac", "một tệp"),
    ],
)
def test_what_is_no_dump_is_never_replaced(office, name, content):
    (office / name).parent.mkdir(exist_ok=True)
    (office / name).write_text(content, encoding="utf-8")
    target = name.split("/")[0]
    refused = run("dump", target)
    assert_told(refused, 1 if target.endswith(".jsonl") else 2)
    assert (office / name).read_text(encoding="utf-8") == content
    assert sorted(one.name for one in office.iterdir()) == sorted([LEDGER, target])


def test_a_ledger_is_no_place_for_a_dump(demo):
    before = demo.read_bytes()
    shutil.copy(demo, "so.jsonl")
    for name, code in ((LEDGER, 2), ("so.jsonl", 1)):
        assert run("dump", name).code == code
    assert demo.read_bytes() == before


@pytest.mark.usefixtures("demo")
def test_a_disk_that_fails_half_way_leaves_the_earlier_dump(office, monkeypatch):
    run("dump", "so.jsonl")
    before = (office / "so.jsonl").read_bytes()
    run("record", "30836", "--level", "nang-cao", "--year", "2025")

    def fail(_file):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    refused = run("dump", "so.jsonl")
    assert (refused.code, "hết chỗ" in refused.err or "đầy" in refused.err) == (1, True), refused.err
    assert (office / "so.jsonl").read_bytes() == before
    assert sorted(one.name for one in office.iterdir()) == [LEDGER, "so.jsonl"]


@pytest.mark.usefixtures("demo")
def test_a_dump_that_cannot_be_finished_does_not_come_about(office, monkeypatch):
    monkeypatch.setattr(dump, "dumped_columns", lambda _connection, _table: (_ for _ in ()).throw(KeyboardInterrupt))
    assert run("dump", "so.jsonl").code == 130
    assert [one.name for one in office.iterdir()] == [LEDGER]


@pytest.fixture
def folder(office):
    """A folder as an earlier version dumped it, to be changed."""
    return Path(shutil.copytree(FOLDER, office / "so-chu"))


def test_a_folder_in_which_files_are_of_another_dump_is_refused(folder):
    """Of the ledger as it was before its last action, and as it is."""
    for name in ("action.jsonl", "revocation.jsonl", "decision.jsonl"):
        whole = (folder / name).read_text(encoding="utf-8")
        *kept, last = whole.splitlines(keepends=True)
        (folder / name).write_text("".join(kept), encoding="utf-8")
        assert "dòng" in refusal("so-chu")
        (folder / name).write_text("".join([*kept, last.replace('"action_id": 6', '"action_id": 5')]), encoding="utf-8")
        if name != "action.jsonl":
            assert "mã băm" in refusal("so-chu")
        (folder / name).write_text(whole, encoding="utf-8")


def test_a_dump_cannot_hold_what_is_neither_text_nor_a_whole_number(demo):
    with sqlite3.connect(demo) as connection:
        connection.execute("INSERT INTO setting (action_id, key, value) VALUES (1, 'x', x'00ff')")
    refused = run("dump", "so.jsonl")
    assert (refused.code, "không phải là chữ" in refused.err) == (1, True)
    assert not Path("so.jsonl").exists()


def test_a_ledger_changed_by_another_program_is_dumped_with_a_warning(demo):
    with sqlite3.connect(demo) as connection:
        connection.execute("INSERT INTO setting (action_id, key, value) VALUES (1, 'x', 'y')")
    told = run("dump", "so.jsonl")
    assert (told.code, "không nạp lại được" in told.err) == (0, True)
    assert "mã băm" in refusal("so.jsonl")


@pytest.mark.usefixtures("demo")
def test_a_dry_run_checks_everything_and_writes_nothing(office):
    run("dump", "so.jsonl")
    assert run("load", "so.jsonl", "--db", "thu/moi.db", "--dry-run").code == 0
    text = (office / "so.jsonl").read_text(encoding="utf-8").replace("Mỹ Thuận", "Mỹ Thuân", 1)
    (office / "so.jsonl").write_text(text, encoding="utf-8")
    assert "mã băm" in refusal("so.jsonl", "--dry-run")
    assert sorted(one.name for one in office.iterdir()) == [LEDGER, "so.jsonl"]


def test_a_file_that_is_there_is_never_replaced(demo):
    before = demo.read_bytes()
    run("dump", "so.jsonl")
    assert run("load", "so.jsonl").code == 1
    assert demo.read_bytes() == before
    Path("rong.db").touch()
    assert run("load", "so.jsonl", "--db", "rong.db").code == 1


@pytest.mark.usefixtures("demo")
def test_line_ends_of_windows_and_a_mark_at_the_beginning_are_taken(office):
    run("dump", "so.jsonl")
    text = (office / "so.jsonl").read_bytes().replace(b"\n", b"\r\n")
    (office / "windows.jsonl").write_bytes(b"\xef\xbb\xbf" + text)
    assert run("load", "windows.jsonl", "--db", "moi.db").code == 0
    assert rows_of("moi.db") == rows_of(LEDGER)


@pytest.mark.usefixtures("office")
def test_a_dump_of_an_earlier_schema_is_taken_where_it_fits(folder):
    """It has neither the columns nor the tables that came later, where those are empty."""
    header = json.loads((folder / "ledger.json").read_text(encoding="utf-8"))
    header |= {"schema": "0003"}
    del header["rows"]["closed_year"]
    (folder / "ledger.json").write_text(json.dumps(header), encoding="utf-8")
    (folder / "closed_year.jsonl").unlink()
    assert run("load", "so-chu", "--db", "moi.db").code == 0
    assert run("load", str(FOLDER), "--db", "lai.db").code == 0
    assert rows_of("moi.db") == rows_of("lai.db")


HEADER = '{"format": "ntmtrack-dump", "number": 1, "schema": "0005", "rows": {"setting": 1}}'
ROW = '{"table": "setting", "id": 1, "action_id": 1, "key": "a", "value": "b"}'


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "phần đầu"),
        ("[]", "phần đầu"),
        ("SQLite format 3\0", "phần đầu"),
        (HEADER.replace("1,", "true,", 1), "phần đầu"),
        (HEADER.replace('"0005"', "4"), "lược đồ"),
        (HEADER.replace('{"setting": 1}', "[1]"), "mỗi bảng"),
        (HEADER.replace(": 1}", ': "1"}'), "mỗi bảng"),
        (HEADER.replace("setting", "sqlite_master"), "“sqlite_master”"),
        (HEADER, "thực có 0"),
        (f"{HEADER}\n{ROW}\n{ROW}", "thực có 2"),
        (f"{HEADER}\n\n{ROW}", "dòng 2: không phải là một đối tượng JSON"),
        (f"{HEADER}\n{ROW[:40]}", "dòng 2: không phải là một đối tượng JSON"),
        (f"{HEADER}\n" + "[" * 100_000, "dòng 2: không phải là một đối tượng JSON"),
        (f"{HEADER}\n" + ROW.replace('"id": 1', '"id": ' + "9" * 5000), "dòng 2: không phải là một đối tượng JSON"),
        (f"{HEADER}\n" + ROW.replace("setting", "alembic_version"), "dòng 2: không có bảng “alembic_version”"),
        (f"{HEADER}\n" + ROW.replace('"setting"', "[1]"), "dòng 2: không có bảng"),
        (f"{HEADER}\n" + ROW.replace('"key"', '"key; DROP TABLE setting"'), "dòng 2: bảng này không có cột"),
        (f"{HEADER}\n" + ROW.replace('"key": "a"', '"key": "a", "key": "b"'), "dòng 2: không phải là một đối tượng"),
        (f"{HEADER}\n" + ROW.replace('"a"', "1"), "dòng 2: “key” phải là chữ"),
        (f"{HEADER}\n" + ROW.replace('"a"', "null"), "dòng 2: “key” phải là chữ"),
        (f"{HEADER}\n" + ROW.replace('"a"', '"\\ud800"'), "dòng 2: “key” phải là chữ"),
        (f"{HEADER}\n" + ROW.replace('"id": 1', '"id": true'), "dòng 2: “id” phải là số nguyên"),
        (f"{HEADER}\n" + ROW.replace('"id": 1', '"id": 1.0'), "dòng 2: “id” phải là số nguyên"),
        (f"{HEADER}\n" + ROW.replace('"id": 1', '"id": NaN'), "dòng 2: “id” phải là số nguyên"),
        (f"{HEADER}\n" + ROW.replace('"id": 1', '"id": 99999999999999999999'), "dòng 2: “id” phải là số nguyên"),
        (f"{HEADER}\n" + ROW.replace('"id": 1, ', ""), "dòng 2: thiếu “id”"),
        (f"{HEADER}\n" + ROW.replace(', "value": "b"', ""), "dòng 2: thiếu “value”"),
        (f"{HEADER}\n{ROW}", "dòng 2: nhắc đến một dòng action không có"),
        (f"{HEADER.replace(': 1}', ': 2}')}\n{ROW}\n{ROW}", "dòng 3: sổ không nhận"),
    ],
)
def test_every_fault_is_told_with_its_place(text, says):
    Path("a.jsonl").write_text(text, encoding="utf-8")
    assert says in refusal("a.jsonl")


@pytest.mark.usefixtures("office")
def test_what_a_newer_program_dumped_is_refused():
    for change in (("0005", "9999"), ('"number": 1', '"number": 2')):
        Path("a.jsonl").write_text(HEADER.replace(*change), encoding="utf-8")
        assert "mới hơn" in refusal("a.jsonl", code=4)


def test_other_faults_of_files(folder):
    (folder / "unit.jsonl").unlink()
    assert "thiếu tệp unit.jsonl" in refusal("so-chu")
    (folder / "unit.jsonl").write_bytes(b'{"id": 1, "action_id": "\xff"}\n')
    assert "dòng 1: không phải UTF-8" in refusal("so-chu")
    (folder / "ledger.json").unlink()
    assert "phần đầu" in refusal("so-chu")
    assert "Không có tệp" in refusal("khong-co")
    assert "Không đọc được" in refusal("x" * 300)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A small ledger as the lines of a dump."""
    folder = tmp_path_factory.mktemp("small")
    db = ("--db", str(folder / "so.db"))
    for argv in (
        ["add-district", "Hòn Đất"],
        ["add-commune", "Mỹ Thuận", "--district", "Hòn Đất"],
        ["record", "Mỹ Thuận", "--level", "ntm", "--year", "2020"],
        ["undo"],
        ["dump", str(folder / "so.jsonl")],
    ):
        assert run(*argv, *db).code == 0
    return (folder / "so.jsonl").read_bytes()


def mangled(draw, text):
    """The text with a few places cut out, doubled or overwritten."""
    for _time in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, max(len(text) - 1, 0)))
        upto = at + draw(st.integers(0, 60))
        put = draw(st.one_of(st.just(b""), st.binary(max_size=6), st.sampled_from([b"null", b"1", b'"', b"\n", b"}{"])))
        text = text[:at] + put + text[draw(st.sampled_from([at, upto])) :]
    return text


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_mangled_dump_is_loaded_as_it_was_or_refused(office, small, monkeypatch, data):
    text = mangled(data.draw, small)
    (office / "a.jsonl").write_bytes(text)
    result = run("load", "a.jsonl", "--db", "moi.db")
    assert result.code in (0, 1, 4), result.both
    assert "Traceback" not in result.both
    assert sorted(one.name for one in office.iterdir()) == sorted(
        ["a.jsonl", *(["moi.db"] if result.code == 0 else [])]
    )
    if result.code == 0:  # nothing that counts was changed: blanks, the order of lines
        assert run("dump", "lai.jsonl", "--db", "moi.db").code == 0
        assert (office / "lai.jsonl").read_bytes() == small
        for name in ("moi.db", "lai.jsonl"):
            (office / name).unlink()


def test_the_head_of_the_schema_is_what_is_told(demo):
    run("dump", "so.jsonl")
    with Path("so.jsonl").open(encoding="utf-8") as dump:
        assert json.loads(next(dump))["schema"] == connection.HEAD


def test_a_ledger_that_held_a_unit_twice_before_the_rule_can_be_dumped_and_loaded(office):
    file = unpack("0004", office / "so.db")
    later = NOW + timedelta(days=3)
    assert run("dump", "so.jsonl", now=later).code == 0
    assert run("load", "so.jsonl", "--db", "moi.db", now=later).code == 0
    for ledger in (str(file), "moi.db"):
        told = json.loads(run("check", "unit-twice", "-f", "json", "--db", ledger, now=later).out)["findings"]
        assert len(told) == 2
    with (
        sqlite3.connect(office / "moi.db") as connection,
        pytest.raises(sqlite3.IntegrityError, match="one unit to a code"),
    ):
        connection.execute(
            "INSERT INTO unit_version (action_id, unit_id, code, name, name_key, kind, tier)"
            " SELECT 1, 1, code, name, name_key, kind, tier FROM unit_version WHERE code = '30838'"
        )
