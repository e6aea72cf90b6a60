"""What the migrations say tables and rules with, for SQLite and for PostgreSQL; frozen as they are.

Where the two differ, one function here says so: the texts that SQLite keeps of its tables and triggers stay what they
were. `env.py` makes it importable.
"""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

WHOLE = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
CURRENT = "voided_by IS NULL"
DELETED = "facts are voided, never deleted"
CHANGED = "facts are voided, never changed"
STANDS_AGAIN = "a voided fact stays voided"
# The schema's own search_path is kept with each function: a temporary table of the caller's hides none of ours, and
# rows that the caller may not see are judged too. Whoever writes by hand waits here for what another is writing: the
# lock of writers is one on a table that all read and none writes, so that no login can hold it but by writing.
SERVER_RULE = """
    CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
    BEGIN
        LOCK TABLE alembic_version IN EXCLUSIVE MODE;
        IF {condition} THEN
            RAISE EXCEPTION '{refusal}' USING ERRCODE = '23000';
        END IF;
        RETURN NULL;
    END $$
"""
SERVER_REFUSAL = """
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = '23000';
    END $$
"""


def on_server() -> bool:
    """Whether the ledger lies on a PostgreSQL server."""
    return op.get_bind().dialect.name == "postgresql"


def text(name: str, *, required: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=not required)


def whole(name: str, *, required: bool = False) -> sa.Column[int]:
    return sa.Column(name, WHOLE, *numbered(name), nullable=not required)


def numbered(column: str) -> tuple[sa.Identity, ...]:
    """On a server, where whoever writes gets the next id without a right to the sequence, which he could spend."""
    return (sa.Identity(always=False),) if on_server() and column == "id" else ()


def reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}", **deferrable())


def deferrable() -> dict[str, Any]:
    """On a server, where rows come in any order, their references wait for the commit when they are told to."""
    return {"deferrable": True, "initially": "IMMEDIATE"} if on_server() else {}


def check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def index(
    name: str, table: str, columns: Iterable[str | sa.TextClause], *, unique: bool = False, where: str = ""
) -> None:
    """An index, only of the rows of which `where` is true."""
    only: dict[str, Any] = {f"{op.get_bind().dialect.name}_where": sa.text(where)} if where else {}
    op.create_index(name, table, list(columns), unique=unique, **only)


def expression(sql: str) -> sa.TextClause:
    """What an index holds beside columns; PostgreSQL wants it in brackets."""
    return sa.text(f"({sql})" if on_server() else sql)


def index_action_and_copies(table: str, *, copied: bool = True) -> None:
    """The indexes of a table with many rows: by them the facts of an action and the copies of a fact are found."""
    index(f"ix_{table}_action_id", table, ["action_id"])
    for column in ("voided_by", "restores_id") if copied else ("voided_by",):
        index(f"ix_{table}_{column}", table, [column], where=f"{column} IS NOT NULL")


def create_facts(table: str, *says: sa.schema.SchemaItem, copied: bool = True) -> None:
    """A table of facts; where they are copied when they are brought back, with what a copy is of."""
    copies = (whole("restores_id"),) if copied else ()
    of_copies = (table,) if copied else ()
    op.create_table(
        table,
        whole("id", required=True),
        whole("action_id", required=True),
        whole("voided_by"),
        *says,
        *copies,
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        reference(table, "action_id", "action"),
        reference(table, "voided_by", "action"),
        *(reference(table, "restores_id", to) for to in of_copies),
    )


def create_held_facts(table: str, *says: sa.schema.SchemaItem, many: bool = True) -> None:
    """A table of facts, with the rules that the database itself holds for every fact, and the indexes of many rows."""
    create_facts(table, *says)
    if many:
        index_action_and_copies(table)
    never_deleted(table)
    hold_still(table)


def add_reference(table: str, column: str, to: str) -> None:
    """A column with a reference can be added where the table stands: nothing is rebuilt, no trigger is lost."""
    at_commit = " DEFERRABLE INITIALLY IMMEDIATE" if on_server() else ""
    add_whole(table, column, f" CONSTRAINT fk_{table}_{column} REFERENCES {to} (id){at_commit}")


def add_whole(table: str, column: str, rule: str) -> None:
    op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {'BIGINT' if on_server() else 'INTEGER'}{rule}")


def change_check(table: str, name: str, condition: str) -> None:
    """Another condition under the name of an old one, on a server: SQLite makes the table anew."""
    op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, condition)


def rule(name: str, moment: str, table: str, refusal: str, *, when: str = "", of_each: str = "ROW") -> None:
    """A trigger that refuses what is about to be done, as `moment` says; `when` is of the row as it is."""
    if on_server():
        only = f" WHEN ({when})" if when else ""
        does = f"FOR EACH {of_each}{only} EXECUTE FUNCTION refuse('{refusal}')"
    else:
        only = f"WHEN {when} " if when else ""
        does = f"{only}BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    op.execute(f"CREATE TRIGGER {name} {moment} ON {table} {does}")


def rule_after(name: str, moment: str, table: str, refusal: str, condition: str) -> None:
    """A trigger that refuses what was done if `condition` is true of the NEW row."""
    if not on_server():
        judged = f"\n    SELECT RAISE(ABORT, '{refusal}')\n    WHERE {condition}\n"
        op.execute(f"CREATE TRIGGER {name} {moment} ON {table} BEGIN {judged}; END")
        return
    condition = condition.replace("IS NOT NEW.", "IS DISTINCT FROM NEW.")
    op.execute(SERVER_RULE.format(name=name, condition=condition, refusal=refusal))
    op.execute(f"CREATE TRIGGER {name} {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def never_deleted(table: str) -> None:
    moment = "BEFORE DELETE OR TRUNCATE" if on_server() else "BEFORE DELETE"
    rule(f"{table}_never_deleted", moment, table, DELETED, of_each="STATEMENT")


def never_changed(table: str) -> None:
    columns = (str(column["name"]) for column in sa.inspect(op.get_bind()).get_columns(table))
    says = ", ".join(column for column in columns if column != "voided_by")
    rule(f"{table}_never_changed", f"BEFORE UPDATE OF {says}", table, CHANGED)


def hold_still(table: str) -> None:
    """What a fact says stays; that it was voided, and by which action, stays too."""
    never_changed(table)
    stays = f"{table}_stays_voided"
    rule(stays, "BEFORE UPDATE OF voided_by", table, STANDS_AGAIN, when="OLD.voided_by IS NOT NULL")


def hold_still_too(table: str) -> None:
    """The rule that no fact is changed holds for columns that came later."""
    op.execute(f"DROP TRIGGER {table}_never_changed" + (f" ON {table}" if on_server() else ""))
    never_changed(table)
