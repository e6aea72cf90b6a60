"""The SQLAlchemy engine on one ledger file: every transaction is BEGIN IMMEDIATE, foreign keys held."""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

from ntmtrack.storage.files import BUSY_SECONDS


def open_engine(file: Path, *, foreign_keys: bool = True) -> Engine:
    """An engine whose driver starts no transaction of its own, so that ours are whole."""
    address = URL.create("sqlite", database=str(file.absolute()))
    engine = create_engine(address, poolclass=NullPool, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
