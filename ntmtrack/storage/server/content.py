"""All that a ledger file holds, put into an empty ledger on a server as it stands there: ids, history and chain."""

import sqlite3

import psycopg
from psycopg import sql

from ntmtrack.errors import LedgerNotEmpty
from ntmtrack.storage.address import ServerAddress
from ntmtrack.storage.facts import TABLES
from ntmtrack.storage.server.connection import ServerConnection, connect, told_in_words

_ALL = ("action", *TABLES)


def fill(address: ServerAddress, source: sqlite3.Connection, *, keep: bool) -> None:
    """Copies every row of a ledger that was found whole, in one transaction; without `keep` it is tried alone.

    Only the owner of the ledger may. Raises LedgerNotEmpty, NoRight, and what else the server's errors mean.
    """
    raw = connect(address)
    try:
        with told_in_words(address), raw.transaction(force_rollback=not keep):
            connection = ServerConnection(raw)
            connection.execute("SELECT take_turn()")
            refuse_filled(connection, address)
            _copy(raw, source)
    finally:
        raw.close()


def refuse_filled(connection: ServerConnection, address: ServerAddress) -> None:
    """Raises LedgerNotEmpty where a ledger holds an action already."""
    (last,) = connection.execute("SELECT max(id) FROM action").fetchone()
    if last:
        raise LedgerNotEmpty(file=address, action=last)


def _copy(raw: "psycopg.Connection[object]", source: sqlite3.Connection) -> None:
    """Rules judge how a fact comes about; what is copied came about already, and its chain was found whole."""
    for table in _ALL:
        raw.execute(_of("ALTER TABLE {} DISABLE TRIGGER USER", table))
    raw.execute("SET CONSTRAINTS ALL DEFERRED")
    for table in _ALL:
        _copy_rows(raw, source, table)
    raw.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in _ALL:
        raw.execute(_of("ALTER TABLE {} ENABLE TRIGGER USER", table))
    raw.execute("SELECT ntmtrack_rights.fill_touched()")  # which the rules of rights would have kept


def _of(text: str, table: str) -> sql.Composed:
    return sql.SQL(text).format(sql.Identifier(table))


def _copy_rows(raw: "psycopg.Connection[object]", source: sqlite3.Connection, table: str) -> None:
    rows = source.execute(f"SELECT * FROM {table} ORDER BY id")
    names = [column[0] for column in rows.description]
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), columns)
    with raw.cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row(row)
