"""The SQLAlchemy engine on one ledger file: every transaction is BEGIN IMMEDIATE, foreign keys held."""

import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from ntmtrack.storage.connection import BUSY_SECONDS

_TURN = 250  # milliseconds


def open_engine(file: Path, *, foreign_keys: bool = True) -> Engine:
    """An engine whose driver starts no transaction of its own, so that ours are whole; the file must be there."""
    address = URL.create("sqlite", database=file.absolute().as_uri(), query={"mode": "rw", "uri": "true"})
    engine = create_engine(address, poolclass=NullPool, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        _take_turn(connection)

    return engine


def _take_turn(connection: Connection) -> None:
    """BEGIN IMMEDIATE, waited for in short turns.

    SQLite asks ever more seldom while it waits: of many writers, the one that waits longest would be served last.
    """
    until = time.monotonic() + BUSY_SECONDS
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {_TURN}")
    while not _begun(connection, is_last=time.monotonic() > until):
        pass
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")


def _begun(connection: Connection, *, is_last: bool) -> bool:
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError as wrong:
        is_busy = getattr(wrong.orig, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
        if is_last or not is_busy:
            raise
        return False
    return True
