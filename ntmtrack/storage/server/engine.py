"""Writing on a server through SQLModel: one transaction an action, one writer at a time."""

from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

from ntmtrack.errors import SchemaOlder
from ntmtrack.storage.address import ServerAddress
from ntmtrack.storage.connection import HEAD, revision_of
from ntmtrack.storage.server.connection import ServerConnection, connect, told_in_words
from ntmtrack.storage.server.tables import widen


def open_server(address: ServerAddress) -> Engine:
    """An engine for writing: a transaction begins by waiting for the turn of its writer.

    Each statement after that sees all that was committed before: nobody else writes meanwhile.
    """

    def connected() -> Any:
        raw = connect(address)
        try:
            _refuse_older(ServerConnection(raw), address)
        except BaseException:
            raw.close()
            raise
        raw.autocommit = False
        raw.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        return raw

    engine = create_engine("postgresql+psycopg://", creator=connected, poolclass=NullPool)
    widen(engine.dialect)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("SELECT take_turn()")

    return engine


def _refuse_older(connection: ServerConnection, address: ServerAddress) -> None:
    """Raises SchemaOlder, and what `revision_of` raises."""
    with told_in_words(address):
        revision = revision_of(connection, address)
    if revision != HEAD:
        raise SchemaOlder(file=address, revision=revision)
