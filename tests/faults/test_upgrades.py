"""A ledger of any earlier schema: brought up to date with all its facts, by way of a verified copy; or left as it was
and told where that copy is · by several at once · only read where it cannot be written · never by completion."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from alembic.operations import Operations

from ntmtrack.errors import DatabaseNotWritable
from ntmtrack.storage import connection, migrate
from ntmtrack.storage.chain import breaks
from ntmtrack.storage.facts import TABLES
from tests.faults.old_ledgers import EACH_REVISION, unpack
from tests.faults.soundness import assert_sound, assert_told, content
from tests.running import run

pytestmark = pytest.mark.of_file("upgrades of files")

# What a migration may add to a row is a column; what a row said before, it says after.
KEPT = ("unit_version", "decision", "recognition", "revocation", "roadmap", "target", "target_unit", "published_figure")


@pytest.fixture(params=EACH_REVISION)
def old(request, office):
    return unpack(request.param, office / "so.db")


def said(file, columns=None):
    """What every fact says, by table and column."""
    found = {}
    with closing(sqlite3.connect(file)) as connection:
        for table in KEPT:
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            wanted = sorted(columns[table]) if columns else sorted(names)
            rows = connection.execute(f"SELECT {', '.join(wanted)} FROM {table} ORDER BY id").fetchall()
            found[table] = (wanted, rows)
    return found


def counted_by_hand(file):
    """The communes of each level and year, from the rows alone."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(
            "SELECT level, coalesce(year, CAST(substr(known_by, 1, 4) AS INTEGER)) AS since, count(DISTINCT unit_id)"
            " FROM recognition AS one WHERE voided_by IS NULL AND NOT EXISTS"
            " (SELECT 1 FROM revocation WHERE recognition_id = one.id AND voided_by IS NULL)"
            " AND unit_id IN (SELECT unit_id FROM unit_version WHERE tier = 'commune')"
            " GROUP BY level, since ORDER BY level, since"
        ).fetchall()


def test_every_fact_is_kept(old, office):
    before, by_hand = said(old), counted_by_hand(old)
    assert run("status").code == 0
    lost = {table: set(names) - set(said(old)[table][0]) for table, (names, _rows) in before.items()}
    kept = {table: [name for name in names if name not in lost[table]] for table, (names, _rows) in before.items()}
    after = said(old, kept)
    for table, (names, rows) in before.items():
        places = [place for place, name in enumerate(names) if name in kept[table]]
        assert after[table][1] == [tuple(row[place] for place in places) for row in rows], table
    assert counted_by_hand(old) == by_hand
    for level, year, count in by_hand:
        listed = run("list", "--level", level, "--year", str(year), "-f", "csv").out.splitlines()[1:]
        assert len(listed) == count, (level, year)


def test_it_is_sound_and_its_copy_is_verified(old, office):
    before = content(old)
    assert run("progress").code in (0, 1)
    assert_sound(old)
    (copy,) = (office / "so.db.backups").iterdir()
    assert content(copy) == before
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert run("verify").code == 0


def test_facts_hold_still_from_then_on(old):
    assert run("status").code == 0
    with closing(sqlite3.connect(old)) as connection:
        for table in TABLES:
            (rows,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
            if rows:
                for change in (f"DELETE FROM {table}", f"UPDATE {table} SET action_id = action_id"):
                    with pytest.raises(sqlite3.IntegrityError):
                        connection.execute(change)
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("UPDATE action SET summary = 'khác'")


@pytest.mark.parametrize("at", [1, 3, 8])
def test_an_upgrade_that_breaks_off_leaves_the_file_and_names_the_copy(old, office, monkeypatch, at):
    done = []
    execute = Operations.execute

    def break_off(self, *args, **options):
        done.append(args)
        return execute(self, "INSERT INTO nowhere VALUES (1)" if len(done) == at else args[0], **options)

    monkeypatch.setattr(Operations, "execute", break_off)
    before = old.read_bytes()
    refused = run("status")
    if len(done) < at:
        assert refused.code == 0  # this upgrade has fewer steps
        return
    assert_told(refused, 6)
    (copy,) = (office / "so.db.backups").iterdir()
    assert str(copy) in refused.err
    assert old.read_bytes() == before
    monkeypatch.undo()
    monkeypatch.setenv("NTMTRACK_DB", str(old))
    assert run("status").code == 0
    with closing(sqlite3.connect(old)) as connection:
        assert breaks(connection) == []


def revision(file):
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]


@pytest.mark.slow
def test_several_that_open_it_at_once_all_read(office):
    old = unpack("0003", office / "so.db")
    code = "import sys; from ntmtrack.cli import main; sys.exit(main(['status']))"
    running = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)
    ]
    said = [process.communicate(timeout=120)[1].decode() for process in running]
    assert [process.returncode for process in running] == [0, 0, 0, 0], said
    assert revision(old) == connection.HEAD
    copies = list((office / "so.db.backups").iterdir())
    assert {revision(copy) for copy in copies} == {"0003"}
    assert not any(copy.name.startswith(".") for copy in copies)


def test_a_ledger_that_cannot_be_written_is_read_by_way_of_a_copy(old, office, monkeypatch):
    monkeypatch.setattr(migrate, "is_writable", lambda _file: False)
    before = old.read_bytes()
    for argv in (("status",), ("progress", "--year", "2022"), ("check", "guards", "chain"), ("verify",)):
        read = run(*argv)
        assert read.code in (0, 1), read.both
        assert "đọc qua một bản sao tạm" in read.err, argv
        assert read.err.count("Lưu ý") == 1
    assert old.read_bytes() == before
    assert [one.name for one in office.iterdir()] == [old.name]


def test_a_system_that_refuses_only_at_the_write_leaves_no_copy_behind(old, office, monkeypatch):
    upgrade = migrate.migrate

    def refuse(file):
        if file == old:
            raise DatabaseNotWritable(file=file, reason="chỉ đọc được")
        upgrade(file)

    monkeypatch.setattr(migrate, "migrate", refuse)
    before = old.read_bytes()
    assert "đọc qua một bản sao tạm" in run("status").err
    assert_told(run("record", "30836", "-l", "ntm", "--year", "2022"), 6)
    assert old.read_bytes() == before
    assert list((office / "so.db.backups").iterdir()) == []


def test_completion_reads_it_as_it_is(old, office, monkeypatch):
    before = old.read_bytes()
    with closing(sqlite3.connect(old)) as connection:
        (name,) = connection.execute("SELECT name FROM unit_version WHERE kind = 'xã' ORDER BY id LIMIT 1").fetchone()
    environment = {
        **os.environ,
        "_NTMTRACK_COMPLETE": "complete_bash",
        "COMP_WORDS": f"ntmtrack show {name.split()[0]}",
        "COMP_CWORD": "2",
    }
    code = "import sys; sys.argv[0] = 'ntmtrack'; from ntmtrack.cli import run; run()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, check=False)
    assert name in done.stdout.decode(), done
    assert old.read_bytes() == before
    assert [one.name for one in office.iterdir()] == [old.name]
