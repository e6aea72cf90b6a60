"""Writing on a server through SQLModel: one transaction an action, one writer at a time."""

from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

from ntmtrack.storage.address import ServerAddress
from ntmtrack.storage.server.connection import connect
from ntmtrack.storage.server.tables import widen


def open_server(address: ServerAddress) -> Engine:
    """An engine for writing: a transaction begins by waiting for the turn of its writer.

    Each statement after that sees all that was committed before: nobody else writes meanwhile.
    """

    def connected() -> Any:
        raw = connect(address)
        raw.autocommit = False
        raw.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        return raw

    engine = create_engine("postgresql+psycopg://", creator=connected, poolclass=NullPool)
    widen(engine.dialect)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("SELECT take_turn()")

    return engine
