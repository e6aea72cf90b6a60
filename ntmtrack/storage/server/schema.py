"""The schema of a ledger on a server: made, and brought up to date, by the migrations that files have too."""

from pathlib import Path
from typing import cast

from alembic import command
from sqlalchemy import Connection

from ntmtrack.storage.configuration import configuration
from ntmtrack.storage.facts import TABLES
from ntmtrack.storage.server.connection import SCHEMA, WRITERS, Raw
from ntmtrack.storage.server.enforcement import make_rights

# pg_temp is searched first where it is not named: a temporary table of the caller's would then hide one of ours.
PATH = f"{SCHEMA}, pg_temp"

_TAKE_TURN = """
CREATE OR REPLACE FUNCTION take_turn() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    {lock};
{sequences}
END $$
"""
_SEQUENCE = "    PERFORM setval('{table}_id_seq', coalesce(max(id), 0) + 1, false) FROM {table};"


def make_schema(connection: Connection) -> None:
    """Makes an empty database a ledger without facts, or an older ledger a new one, in the transaction of `connection`.

    With it all that holds who may do what. The connection is SQLAlchemy's, to PostgreSQL; until it is given back, its
    names are those of the schema.
    """
    make_tables(connection)
    make_rights(cast("Raw", connection.connection.driver_connection))


def make_tables(connection: Connection) -> None:
    """The same but for the rights: the tables with their own rules, the functions that the program calls."""
    connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    connection.exec_driver_sql(f"SET search_path TO {PATH}")
    command.upgrade(configuration(connection), "head")
    for statement in functions():
        connection.exec_driver_sql(statement)


def functions() -> list[str]:
    """What makes the functions that the program calls; each replaces the one that was."""
    text = Path(__file__).with_name("functions.sql").read_text(encoding="utf-8")
    return [*text.split(";\n\n"), _take_turn()]


def _take_turn() -> str:
    """Waits for the lock of writers, then begins each table's ids after its last: they have no holes, as in SQLite."""
    sequences = "\n".join(_SEQUENCE.format(table=table) for table in ("action", *TABLES))
    return _TAKE_TURN.format(lock=WRITERS, sequences=sequences)
