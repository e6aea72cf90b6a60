"""The catalogue of facts: tables, migrations and triggers hold what it says · every column is told in words or left out
on purpose · ledgers that differ in one column have two fingerprints, and stamps of earlier versions still hold."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from string import Formatter

import pytest
from sqlalchemy import Integer

from ntmtrack.commands import export_data
from ntmtrack.storage import chain, guards
from ntmtrack.storage.chain import fingerprint
from ntmtrack.storage.every_table import METADATA
from ntmtrack.storage.fact_kind import UNIT
from ntmtrack.storage.facts import KINDS, TABLES, kind_of, references
from ntmtrack.storage.queries.facts import TOLD, _select, versions_by
from tests.running import run

COLUMNS = [(kind, column) for kind in KINDS for column in kind.columns]
EVERY_KIND, EVERY_COLUMN = (
    pytest.mark.parametrize("kind", KINDS, ids=TABLES),
    pytest.mark.parametrize(
        ("kind", "column"), COLUMNS, ids=[f"{kind.table}.{column.name}" for kind, column in COLUMNS]
    ),
)


@pytest.fixture
def empty():
    """A ledger without facts, in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    guards.make_schema(connection)
    return connection


def test_the_file_holds_these_kinds_and_no_other(empty):
    tables = {row[0] for row in empty.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert tables - {"alembic_version", "action"} == set(TABLES)
    assert set(METADATA.tables) - {"action"} == set(TABLES)


@EVERY_KIND
def test_tables_and_migrations_hold_its_columns_and_references(empty, kind):
    held = {row[1]: row[2] for row in empty.execute(f"PRAGMA table_info({kind.table})")}
    assert set(held) == set(kind.all_columns)
    referred = {row[3]: row[2] for row in empty.execute(f"PRAGMA foreign_key_list({kind.table})")}
    base = {"action_id": "action", "voided_by": "action"} | ({"restores_id": kind.table} if kind.is_voidable else {})
    assert referred == base | {column.name: column.refers for column in kind.columns if column.refers}
    for column in kind.columns:
        assert held[column.name] == {int: "INTEGER", str: "VARCHAR"}[column.holds], column.name
        assert isinstance(METADATA.tables[kind.table].c[column.name].type, Integer) == (column.holds is int)
    assert {column.name for column in METADATA.tables[kind.table].columns} == set(kind.all_columns)


@EVERY_KIND
def test_the_file_lets_nobody_delete_or_change_it(empty, kind):
    rules = dict(empty.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall())
    fixed = rules[f"{kind.table}_never_changed"].partition(" OF ")[2].partition(" ON ")[0].split(", ")
    assert {f"{kind.table}_never_deleted", f"{kind.table}_stays_voided"} <= set(rules)
    assert set(fixed) == set(kind.all_columns) - {"voided_by"}


@EVERY_KIND
def test_it_speaks_of_its_own_columns_and_of_kinds_before_it(kind):
    names = {column.name for column in kind.columns}
    assert {*kind.about, *kind.identity} <= names
    assert kind.part_of in (None, *(column.name for column, _to in references(kind)))
    assert bool(kind.about) >= bool(kind.settles)
    earlier = TABLES[: TABLES.index(kind.table) + 1]
    assert all(column.refers in (None, *earlier) for column in kind.columns)
    referred = {column.name: column.refers for column in kind.columns if column.refers}
    for name in kind.about:
        whole = kind if referred[name] == UNIT else kind_of(referred[name])
        assert whole.about[0] in {column.name for column in whole.columns if column.refers == UNIT}
    assert kind.near in ("", *kind.identity, *(name for _column, to in references(kind) for name in to.identity))


LEFT_OUT = {  # what the words of a fact do not tell: what is told with the unit, or of the plan as a whole
    "unit_version": {"tier", "name_key"},
    "roadmap": {"scope_code", "scope_name"},
    "movement": {"scope_code", "scope_name"},
    "movement_rule": {"place"},
    "target": {"span", "within", "place"},
    "closed_year": {"fingerprint"},
}
LOOKED_UP = {  # of which columns words are made that are looked up
    "award": {"called": {"form", "movement"}},
    "recognition": {"when": {"year", "known_by"}, "level": {"level", "programme"}},
    "target": {"line": {"name", "tier", "measure"}}
    | {name: {f"{name}_high"} for name in ("added", "cumulative", "percent", "value")},
    "published_figure": {"line": {"tier", "measure"}, "value": {"total"}},
}


@pytest.mark.parametrize("kind", TOLD, ids=lambda kind: kind.table)
def test_every_column_is_told_or_left_out_on_purpose(empty, kind):
    told = [column[0] for column in empty.execute(_select(kind)).description]
    assert len(set(told)) == len(told)
    named = {
        name for text in (kind.subject, *kind.parts, kind.each) for _text, name, _spec, _how in Formatter().parse(text)
    }
    for name in set(named):
        named |= LOOKED_UP.get(kind.table, {}).get(name, set())
    own = {column.name for column in kind.columns if not (column.refers or column.is_private)}
    assert own - named == LEFT_OUT.get(kind.table, set())
    assert not {column.name for column in kind.columns} & {"subject", "said", "unit"}
    assert set(versions_by(kind.table)).isdisjoint({"unit_id", kind.near})


@pytest.mark.usefixtures("demo")
def test_what_people_wrote_is_told_as_they_wrote_it():
    """Also where the program has a word of its own that is written so."""
    run("record", "30836", "--level", "nang-cao", "--year", "2024", "--note", "number")
    assert "ghi chú “number”" in run("history", "2").out


def filled(connection):
    """Two facts of every kind, which differ in all that they say."""
    rules = "SELECT type, name FROM sqlite_schema WHERE type = 'trigger' OR name LIKE 'uq\\_%' ESCAPE '\\'"
    for kind_of_rule, rule in connection.execute(rules).fetchall():
        connection.execute(f"DROP {kind_of_rule} {rule}")
    connection.execute("PRAGMA ignore_check_constraints = ON")
    for kind in KINDS:
        for nth in (1, 2):
            values = {"id": nth, "action_id": 1}
            values |= {column.name: nth if column.holds is int else f"{column.name} {nth}" for column in kind.columns}
            places = ", ".join(f":{name}" for name in values)
            connection.execute(f"INSERT INTO {kind.table} ({', '.join(values)}) VALUES ({places})", values)
    return connection


@EVERY_COLUMN
def test_ledgers_that_differ_in_one_column_have_two_fingerprints(empty, kind, column):
    before = fingerprint(filled(empty))
    other = 2 if column.refers else 3 if column.holds is int else "khác"
    empty.execute(f"UPDATE {kind.table} SET {column.name} = ? WHERE id = 1", (other,))
    assert (fingerprint(empty) == before) == (kind.is_choice or column.is_derived or column.is_private)


def test_a_column_that_a_later_program_adds_changes_nothing_while_it_is_empty(empty, monkeypatch):
    filled(empty).execute("UPDATE roadmap SET source = NULL")
    now = fingerprint(empty)
    roadmap = kind_of("roadmap")
    older = roadmap._replace(columns=tuple(column for column in roadmap.columns if column.name != "source"))
    monkeypatch.setattr(chain, "KINDS", [older if kind is roadmap else kind for kind in KINDS])
    assert fingerprint(empty) == now


@pytest.mark.usefixtures("demo")
def test_stamps_of_an_earlier_fingerprint_still_hold_and_stop_to_hold(monkeypatch):
    with monkeypatch.context() as earlier:
        earlier.setattr(export_data, "fingerprint", lambda connection, _version: fingerprint(connection, 1))
        assert run("export", "cu.xlsx", "--year", "2024").code == 0
    run("export", "moi.xlsx", "--year", "2024")

    def verified(name):
        told = json.loads(run("verify", name, "-f", "json").out)["verdicts"]
        return {row["key"]: row["verdict"] for row in told if row["key"] in ("cells", "facts", "figures")}

    for name in ("cu.xlsx", "moi.xlsx"):
        assert verified(name) == {"cells": "holds", "facts": "holds"}
    run("record", "30836", "--level", "nang-cao", "--year", "2024")
    for name in ("cu.xlsx", "moi.xlsx"):
        assert verified(name) == {"cells": "holds", "figures": "broken"}


@pytest.mark.of_file("made in a folder of its own")
def test_whatever_goes_through_facts_follows_a_new_kind(office):
    done = subprocess.run(
        [sys.executable, "-m", "tests.made_up_kind"],
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)},
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert (office / "lai.db").exists()
