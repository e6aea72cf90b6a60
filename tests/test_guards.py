"""The rules of the file: what they must be is what the migrations make · rules dropped, planted, changed are named by
doctor, verify and check, and nothing is written · put back with a copy before · tables of others are left alone."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ntmtrack.commands import Session
from ntmtrack.storage import guards, migrate
from ntmtrack.storage.open import reading
from tests.faults.old_ledgers import EACH_REVISION, unpack
from tests.running import run
from tests.schema_text import made_by_migrations
from tests.test_history import facts

RECORD = ("record", "30836", "-l", "nc", "--year", "2024")
PLANTED = (
    "CREATE TRIGGER planted AFTER INSERT ON {table} BEGIN UPDATE recognition SET year = 2021 WHERE id = NEW.id; END"
)


def change(file, *statements):
    """Changes the schema as another program may."""
    connection = sqlite3.connect(file)
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def names(file, kind):
    with reading(file) as connection:
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = ? AND sql IS NOT NULL", (kind,))
        return [row[0] for row in rows]


def drop_all(file, kind):
    change(file, *(f"DROP {kind} {name}" for name in names(file, kind)))


def differences(file):
    with reading(file) as connection:
        return guards.differences(connection)


def told():
    """What doctor says of the rules: found and verdict."""
    found = json.loads(run("doctor", "-f", "json").out)["checks"]
    return next((one["found"], one["verdict"]) for one in found if one["check"] == "guards")


def laid_out(file):
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        guards.make_schema(connection)


def test_the_packaged_schema_is_what_the_migrations_make():
    """Otherwise: python -m tests.schema_text."""
    made = made_by_migrations()
    assert [(part.kind, part.name, part.table) for part in guards.own_parts()] == [part[:3] for part in made]
    for own, part in zip(guards.own_parts(), made, strict=True):
        assert guards.canonical(own.sql) == guards.canonical(part.sql), own.name


def test_a_new_ledger_is_what_the_migrations_make(office):
    for name, make in (("made.db", migrate.migrate), ("new.db", laid_out)):
        (office / name).touch()
        make(office / name)
    with reading(office / "made.db") as made, reading(office / "new.db") as new:
        assert guards.differences(new) == guards.Differences()
        tables = [part.name for part in guards.own_parts() if part.kind == "table"]
        for told in (*(f"SELECT * FROM {table}" for table in tables), "PRAGMA application_id", "PRAGMA journal_mode"):
            assert new.execute(told).fetchall() == made.execute(told).fetchall(), told


@pytest.mark.slow
def test_the_order_of_a_tables_constraints_is_chance():
    """SQLAlchemy tells them in the order of a set: other processes make other texts of the same table."""
    code = "from tests.schema_text import made_by_migrations as m; import json; print(json.dumps(m()))"
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent.parent)}
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, check=True, text=True)
        for own, (*_what, sql) in zip(guards.own_parts(), json.loads(done.stdout), strict=True):
            assert guards.canonical(own.sql) == guards.canonical(sql), own.name


@pytest.mark.parametrize("revision", EACH_REVISION)
def test_an_older_ledger_has_the_same_rules_once_it_is_upgraded(office, revision):
    file = unpack(revision, office / "so.db")
    assert run("status").code == 0
    assert differences(file) == guards.Differences()


def reworded(file, rule, old, new):
    """Makes a rule anew that says `new` where it said `old`."""
    (sql,) = (part.sql for part in guards.own_parts() if part.name == rule)
    assert old in sql
    change(file, f"DROP TRIGGER {rule}", sql.replace(old, new))


STRANGE = {
    "every trigger gone": lambda file: drop_all(file, "trigger"),
    "every index gone": lambda file: drop_all(file, "index"),
    "one trigger gone": lambda file: change(file, "DROP TRIGGER recognition_once_insert"),
    "planted": lambda file: change(file, PLANTED.format(table="recognition")),
    "planted, otherwise spelled": lambda file: change(file, PLANTED.format(table="RECOGNITION")),
    "a rule that lets pass": lambda file: change(
        file,
        "DROP TRIGGER decision_never_deleted",
        "CREATE TRIGGER decision_never_deleted BEFORE DELETE ON decision BEGIN SELECT 1; END",
    ),
    "a rule that compares with a text": lambda file: reworded(file, "recognition_once_insert", "NULL", '"NULL"'),
    "a foreign unique index": lambda file: change(file, "CREATE UNIQUE INDEX one_a_year ON action (verb, at, id)"),
}


@pytest.mark.parametrize("spoil", STRANGE.values(), ids=STRANGE)
def test_rules_that_are_not_ours_are_named_and_nothing_is_written(demo, spoil):
    spoil(demo)
    before = facts(demo)
    assert told()[1] == "problem"
    assert run("doctor").code == 3
    assert run("verify").code == 3
    assert run("check", "guards").code == 3
    for argv in (RECORD, (*RECORD, "--dry-run"), ("undo",), ("publish", "--year", "2024", "--source", "x")):
        refused = run(*argv)
        assert (refused.code, "doctor --mend" in refused.err) == (6, True), argv
    assert facts(demo) == before
    assert run("progress").code == 0
    mended = run("doctor", "--mend", "--yes")
    assert mended.code == 0, mended.both
    assert differences(demo) == guards.Differences()
    assert facts(demo) == before
    assert run("verify").code == 0
    assert run(*RECORD).code == 0
    assert run("check", "guards").code == 0
    with reading(demo) as connection:
        assert connection.execute("SELECT max(year) FROM recognition WHERE level = 'nang-cao'").fetchone() == (2024,)


def test_what_is_not_ours_is_taken_away_only_when_somebody_says_so(demo, monkeypatch):
    change(demo, PLANTED.format(table="recognition"), "DROP INDEX ix_decision_number")
    before = demo.read_bytes()
    refused = run("doctor", "--mend")
    assert (refused.code, "1 quy tắc (planted)" in refused.err, "--yes" in refused.err) == (1, True, True)
    monkeypatch.setattr(Session, "can_ask", True)
    monkeypatch.setattr(Session, "ask", lambda *_asked: False)
    assert run("doctor", "--mend").code == 1
    assert demo.read_bytes() == before
    assert not (demo.parent / "so.db.backups").exists()
    monkeypatch.setattr(Session, "ask", lambda *_asked: True)
    assert run("doctor", "--mend").code == 0
    (copy,) = (demo.parent / "so.db.backups").iterdir()
    assert "planted" in names(copy, "trigger")
    assert "sửa tệp sổ" in run("history", "--limit", "1").out


def test_our_own_rules_are_put_back_without_a_question(demo):
    drop_all(demo, "trigger")
    assert run("doctor", "--mend").code == 0
    assert differences(demo) == guards.Differences()
    assert "Không có quy tắc nào" in run("doctor", "--mend").err


def test_tables_and_views_of_others_hinder_nothing(demo):
    change(demo, "CREATE TABLE ghi_chu (a)", "CREATE VIEW hong AS SELECT * FROM nowhere", "ANALYZE")
    found, verdict = told()
    assert (found, verdict) == ("không phải của chương trình: 1 bảng (ghi_chu), 1 khung nhìn (hong)", "warning")
    assert run("doctor").code == run("verify").code == run(*RECORD).code == 0
    assert "ghi_chu" in run("verify").out
    assert run("doctor", "--mend", "--yes").code == 0
    assert told()[0] == "không phải của chương trình: 1 bảng (ghi_chu)"


def test_a_table_that_was_made_anew_is_left_to_a_copy(demo):
    """Its rows would have to be carried over: a rule that judges them is gone, nobody knows what they say."""
    run("backup", "so-tot.db")
    change(
        demo,
        "CREATE TABLE other AS SELECT * FROM setting",
        "DROP TRIGGER setting_never_deleted",
        "DROP TABLE setting",
        "ALTER TABLE other RENAME TO setting",
    )
    refused = run(*RECORD)
    assert (refused.code, "ntmtrack restore" in refused.err, "--mend" in refused.err) == (6, True, False)
    assert run("doctor", "--mend").code == 3
    assert "ntmtrack restore" in told()[0]
    assert run("restore", "so-tot.db", "--yes").code == 0
    assert differences(demo) == guards.Differences()


def test_rows_that_break_a_rule_are_not_hidden_by_putting_it_back(demo):
    change(
        demo,
        "DROP INDEX uq_decision_current",
        "INSERT INTO decision (action_id, number, signed_on, issuer)"
        " SELECT action_id, number, signed_on, issuer FROM decision",
    )
    before = facts(demo)
    refused = run("doctor", "--mend")
    assert (refused.code, "uq_decision_current" in refused.err) == (6, True)
    assert facts(demo) == before


def test_a_copy_with_strange_rules_is_not_put_back(demo):
    run("backup", "so-la.db")
    change(demo.parent / "so-la.db", PLANTED.format(table="recognition"))
    run(*RECORD)
    before = demo.read_bytes()
    refused = run("restore", "so-la.db", "--yes")
    assert (refused.code, "planted" in refused.err) == (6, True)
    assert demo.read_bytes() == before
    assert run("doctor", "--mend", "--yes", "--db", "so-la.db").code == 0
    assert run("restore", "so-la.db", "--yes").code == 0


def test_a_copy_brings_back_the_rules_where_the_facts_are_the_same(demo):
    run("backup", "so-tot.db")
    drop_all(demo, "trigger")
    restored = run("restore", "so-tot.db", "--yes")
    assert (restored.code, "quy tắc được khôi phục" in restored.err) == (0, True)
    assert differences(demo) == guards.Differences()


def test_a_ledger_changed_while_somebody_thinks_is_looked_at_again(demo, monkeypatch):
    change(demo, "DROP INDEX ix_decision_number")

    def meanwhile(*_asked):
        change(demo, PLANTED.format(table="recognition"))
        return True

    monkeypatch.setattr(Session, "can_ask", True)
    monkeypatch.setattr(Session, "ask", meanwhile)
    assert "Chương trình khác" in run("doctor", "--mend").err
    assert "planted" in names(demo, "trigger")
