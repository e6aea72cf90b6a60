"""One schema on SQLite and on PostgreSQL: the same tables, columns, indexes and rules, without drift · each rule
refuses with the same words · functions that give what SQLite's give · one writer at a time, ids without holes."""

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import NullPool, create_engine, inspect
from sqlmodel import Session, select

from ntmtrack.storage import migrate
from ntmtrack.storage.configuration import configuration
from ntmtrack.storage.connection import HEAD
from ntmtrack.storage.every_table import METADATA, emulation_tables
from ntmtrack.storage.facts import TABLES
from ntmtrack.storage.server.tables import on_server, widen
from ntmtrack.storage.tables import open_engine
from tests.postgresql import execute

CONSTRAINTS = "SELECT conname FROM pg_constraint WHERE connamespace = 'ntmtrack'::regnamespace AND contype <> 't'"
VALUES = re.compile(r"'[^']*'|\b\d+\b")


psycopg = pytest.importorskip("psycopg", reason="needs psycopg: pip install 'ntmtrack[server]'")


def joined(database):
    """A connection whose names are those of the ledger."""
    return psycopg.connect(database, options="-c search_path=ntmtrack")


def engine_of(database):
    return create_engine(database.replace("://", "+psycopg://"), poolclass=NullPool)


@pytest.fixture(scope="session")
def template(cluster):
    """The tables with their own rules alone: who may do what is tried by test_rights."""
    from ntmtrack.storage.server.schema import make_tables

    execute(cluster, "CREATE DATABASE template_tables")
    engine = engine_of(cluster.address("template_tables"))
    with engine.begin() as connection:
        make_tables(connection)
    return "template_tables"


@pytest.fixture
def server(database):
    engine = engine_of(database)
    with engine.begin() as connection:
        connection.exec_driver_sql("SET search_path TO ntmtrack")
        yield connection


@pytest.fixture
def file(office):
    (office / "new.db").touch()
    migrate.migrate(office / "new.db")
    return office / "new.db"


@pytest.fixture
def here(file):
    engine = open_engine(file)
    with engine.begin() as connection:
        yield connection


def described(connection):
    """Of each table: its columns and whether they may be empty, its checks with the values in them, its references."""
    found = inspect(connection)
    return {
        table: (
            [(column["name"], column["nullable"]) for column in found.get_columns(table)],
            {one["name"]: sorted(VALUES.findall(one["sqltext"])) for one in found.get_check_constraints(table)},
            sorted(
                (one["constrained_columns"], one["referred_table"], one["referred_columns"])
                for one in found.get_foreign_keys(table)
            ),
        )
        for table in found.get_table_names()
    }


@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_both_have_the_same_tables(here, server):
    there = described(server)
    assert described(here) == there
    assert set(there) == {*TABLES, "action", "alembic_version"}
    told = here.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'table'").scalars()
    named = re.findall(r"CONSTRAINT (\w+)", "".join(told))
    assert sorted(named) == sorted(server.exec_driver_sql(CONSTRAINTS).scalars())
    assert all(
        one["options"] == {"deferrable": True} for table in there for one in inspect(server).get_foreign_keys(table)
    )
    assert server.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == HEAD


def test_both_have_the_same_indexes_and_rules(here, server):
    told = "SELECT name, sql FROM sqlite_master WHERE type = '{}' AND sql IS NOT NULL"
    indexes = dict(here.exec_driver_sql(told.format("index")).all())
    there = dict(
        server.exec_driver_sql(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'ntmtrack' AND indexname !~ '^pk_|_pkc$'"
        ).all()
    )
    assert set(indexes) == set(there)
    for name, sql in indexes.items():
        assert plain(there[name]) == plain(sql), name
    rules = dict(here.exec_driver_sql(told.format("trigger")).all())
    triggers = server.exec_driver_sql(
        "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
    ).all()
    assert set(rules) == {name for name, _sql in triggers}
    for name, sql in triggers:
        assert changed_columns(sql) == changed_columns(rules[name]), name


def plain(index):
    """An index without what the two databases write differently."""
    text = re.sub(r"::character varying|::text|::bigint|ntmtrack\.| USING btree|\"", "", index)
    return re.sub(r"[()\s]", "", text).casefold()


def changed_columns(rule):
    found = re.search(r"UPDATE OF (.+?) ON ", rule)
    return found and [name.strip('"') for name in found[1].split(", ")]


@pytest.mark.filterwarnings("ignore:.*expression-based index")
def test_the_tables_have_not_drifted_on_either(here, server):
    command.check(configuration(here, METADATA))
    ours = on_server(METADATA)
    command.check(configuration(server, ours))
    context = MigrationContext.configure(server)
    assert compare_metadata(context, ours) == []
    server.exec_driver_sql("ALTER TABLE action ALTER joined_by TYPE integer")
    server.exec_driver_sql("DROP INDEX ix_decision_number")
    assert len(compare_metadata(context, ours)) == 2


def test_making_it_again_changes_nothing(database, server):
    from ntmtrack.storage.server.schema import make_tables

    before = described(server)
    make_tables(server)
    assert described(server) == before


ROWS = (
    "INSERT INTO action (id, at, who, verb, summary, version, hash) VALUES (1, '', '', '', '', '', 'x')",
    "INSERT INTO action (id, at, who, verb, summary, version) VALUES (2, '', '', '', '', '')",
    "INSERT INTO unit (id, action_id) VALUES (1, 1), (2, 1)",
    "INSERT INTO unit_version (id, action_id, unit_id, code, name, name_key, kind, tier, until)"
    " VALUES (1, 1, 1, '00001', 'A', 'a', 'xã', 'commune', '2025-07-01')",
    "INSERT INTO unit_version (id, action_id, unit_id, code, name, name_key, kind, tier, since, voided_by)"
    " VALUES (2, 1, 1, '00001', 'A', 'a', 'xã', 'commune', '2025-01-01', 2)",
    "INSERT INTO recognition (id, action_id, unit_id, programme, level, year, basis, confidence)"
    " VALUES (1, 1, 1, 'p', 'l', 2020, 'recognised', 'recorded')",
    "INSERT INTO revocation (id, action_id, recognition_id, day) VALUES (1, 1, 1, '2021-01-01')",
    "INSERT INTO recognition (id, action_id, unit_id, programme, level, year, basis, confidence, voided_by)"
    " VALUES (2, 1, 1, 'p', 'l', 2021, 'recognised', 'recorded', NULL),"
    " (3, 1, 1, 'p', 'l', 2022, 'recognised', 'recorded', 2)",
    "INSERT INTO succession (id, action_id, predecessor_id, successor_id, extent, day)"
    " VALUES (1, 1, 1, 2, 'whole', '2025-07-01')",
)
OVERLAPPING = "overlapping versions of a unit"
STANDING = "one standing recognition per unit and level"
CHANGED, STAYS = "facts are voided, never changed", "a voided fact stays voided"
REFUSED = {
    "DELETE FROM recognition": "facts are voided, never deleted",
    "DELETE FROM action": "facts are voided, never deleted",
    "UPDATE recognition SET year = 2021 WHERE id = 1": CHANGED,
    "UPDATE succession SET main = 1": CHANGED,  # a column that came later
    "UPDATE recognition SET voided_by = NULL WHERE id = 3": STAYS,
    "UPDATE action SET summary = 'x' WHERE id = 1": "a sealed action is never changed",
    "INSERT INTO unit_version (action_id, unit_id, name, name_key, kind, tier, since)"
    " VALUES (1, 1, 'A', 'a', 'xã', 'commune', '2025-01-01')": OVERLAPPING,
    "INSERT INTO unit_version (action_id, unit_id, code, name, name_key, kind, tier)"
    " VALUES (1, 2, '00001', 'B', 'b', 'xã', 'commune')": "one unit to a code on any day",
    "INSERT INTO recognition (action_id, unit_id, programme, level, year, basis, confidence)"
    " VALUES (1, 1, 'p', 'l', 2023, 'recognised', 'recorded')": STANDING,
    "UPDATE revocation SET voided_by = 2": STANDING,
}
# What the other rules refuse before these are asked.
REFUSED_STILL = {
    "UPDATE unit_version SET voided_by = NULL WHERE id = 2": ("unit_version_stays_voided", OVERLAPPING),
    "UPDATE recognition SET voided_by = NULL WHERE id = 3": ("recognition_stays_voided", STANDING),
}


def refusals(statements, execute, errors):
    told = {}
    for statement in statements:
        with pytest.raises(errors) as refused:
            execute(statement)
        told[statement] = refused.value
    return told


def of_server(database, statements, first=()):
    with joined(database) as connection:
        for statement in (*ROWS, *first, "SELECT take_turn()"):
            connection.execute(statement)

        def alone(statement):
            with connection.transaction():
                connection.execute(statement)

        told = refusals(statements, alone, psycopg.errors.IntegrityError)
    return {statement: error.diag.message_primary for statement, error in told.items()}


def of_file(file, statements, first=()):
    with closing(sqlite3.connect(file)) as connection:
        for statement in (*ROWS, *first):
            connection.execute(statement)
        told = refusals(statements, connection.execute, sqlite3.IntegrityError)
    return {statement: str(error) for statement, error in told.items()}


def test_each_rule_refuses_with_the_same_words(file, database):
    assert of_file(file, REFUSED) == of_server(database, REFUSED) == REFUSED
    with joined(database) as connection, pytest.raises(psycopg.errors.IntegrityError, match="never deleted"):
        connection.execute("TRUNCATE action CASCADE")


def test_the_rules_behind_others_refuse_too(file, database):
    dropped = [rule for rule, _words in REFUSED_STILL.values()]
    told = of_file(file, REFUSED_STILL, [f"DROP TRIGGER {rule}" for rule in dropped])
    on_tables = [f"DROP TRIGGER {rule} ON {rule.removesuffix('_stays_voided')}" for rule in dropped]
    assert told == of_server(database, REFUSED_STILL, on_tables)
    assert told == {statement: words for statement, (_rule, words) in REFUSED_STILL.items()}


def test_what_may_be_written_is_written(database):
    with joined(database) as connection:
        for statement in ROWS:
            connection.execute(statement)
        connection.execute("UPDATE recognition SET voided_by = 2 WHERE id = 2")
        connection.execute("UPDATE revocation SET voided_by = 2")
        connection.execute("UPDATE action SET hash = 'y' WHERE id = 2")


def test_a_temporary_table_blinds_no_rule(database):
    with joined(database) as connection:
        for statement in (*ROWS, "SELECT take_turn()", "CREATE TEMPORARY TABLE recognition (LIKE recognition)"):
            connection.execute(statement)
        with pytest.raises(psycopg.errors.IntegrityError, match=STANDING):
            connection.execute(
                "INSERT INTO ntmtrack.recognition (action_id, unit_id, programme, level, year, basis, confidence)"
                " VALUES (1, 1, 'p', 'l', 2023, 'recognised', 'recorded')"
            )


def test_two_that_write_by_hand_break_no_rule_together(database):
    insert = (
        "INSERT INTO unit_version (action_id, unit_id, code, name, name_key, kind, tier)"
        " VALUES (1, 2, {code}, 'B', 'b', 'xã', 'commune')"
    )
    with joined(database) as one, joined(database) as other, ThreadPoolExecutor() as beside:
        for statement in (*ROWS, "SELECT take_turn()"):
            one.execute(statement)
        one.commit()
        one.execute(insert.format(code="'00002'"))
        waiting = beside.submit(other.execute, insert.format(code="NULL"))
        with pytest.raises(TimeoutError):
            waiting.result(timeout=0.2)
        one.commit()
        with pytest.raises(psycopg.errors.IntegrityError, match=OVERLAPPING):
            waiting.result(timeout=10)


def test_references_can_wait_for_the_commit(database):
    unit = "INSERT INTO unit (id, action_id) VALUES (1, 1)"
    with joined(database) as connection, pytest.raises(psycopg.errors.ForeignKeyViolation):
        connection.execute(unit)
    with joined(database) as connection:
        for statement in ("SET CONSTRAINTS ALL DEFERRED", unit, ROWS[0]):
            connection.execute(statement)


MEASURED = "(SELECT 1 AS n, 'a' AS x UNION ALL SELECT 2, NULL UNION ALL SELECT 3, 'b') AS t"


ASKED = (
    "SELECT min('b', 'a'), max('b', 'a'), min('a', 'a'), max('a', NULL), min(NULL, 'a')",
    "SELECT min(3000000000, 2), max(3000000000, 2), min(2, NULL), max(-1, -2)",
    "SELECT instr('xã Đông', 'Đ'), instr('a', 'b'), instr(NULL, 'a')",
    f"SELECT sum(n > 1), min(n), max(x) FROM {MEASURED}",
    f"SELECT sum(n > 1) FROM {MEASURED} WHERE n > 5",
    f"SELECT sum(n > 2) FROM {MEASURED} WHERE x IS NULL",
)


def test_functions_give_what_those_of_sqlite_give(database):
    with closing(sqlite3.connect(":memory:")) as here, joined(database) as there:
        for asked in ASKED:
            assert there.execute(asked).fetchone() == here.execute(asked).fetchone(), asked


def test_a_function_costs_nothing_where_it_is_called(database):
    """PostgreSQL puts its body in place: a plan names none of ours."""
    asked = "SELECT min(max(at, who), coalesce((SELECT verb FROM action AS other LIMIT 1), 'x')) FROM action"
    with joined(database) as connection:
        plan = str(connection.execute(f"EXPLAIN (VERBOSE) {asked}").fetchall())
    assert ("text_smaller(text_larger(" in plan, "min(" in plan, "max(" in plan) == (True, False, False)


def test_one_writes_at_a_time_and_ids_have_no_holes(database):
    insert = "INSERT INTO action (at, who, verb, summary, version) VALUES ('', '', '', '', '') RETURNING id"
    with joined(database) as one, joined(database) as other:
        for _attempt in range(2):
            one.execute("SELECT take_turn()")
            assert one.execute(insert).fetchone() == (1,)
            one.rollback()
        one.execute("SELECT take_turn()")
        one.execute(insert)
        other.execute("SET lock_timeout TO '50ms'")
        other.commit()
        assert other.execute("SELECT count(*) FROM action").fetchone() == (0,)  # a reader waits for nobody
        with pytest.raises(psycopg.errors.LockNotAvailable):
            other.execute("SELECT take_turn()")
        other.rollback()
        one.commit()
        other.execute("SELECT take_turn()")
        assert other.execute(insert).fetchone() == (2,)


def test_amounts_are_as_wide_as_in_a_file(database, server):
    widen(server.dialect)
    for statement in ROWS:
        server.exec_driver_sql(statement)
    row = emulation_tables.RegisterEntryRow
    with Session(server) as session:
        session.add(row(action_id=1, unit_id=1, book="model", what="x", day="2025-01-01", amount=3_000_000_000))
        session.flush()
        assert session.exec(select(row.amount).where(row.amount > 2_999_999_999)).all() == [3_000_000_000]
