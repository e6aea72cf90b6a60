"""What reading and writing need of a connection, whichever database stands behind it.

A query is one text for all of them: SQL as SQLite takes it, with parameters as `:name` or `?`. `sqlite3.Connection` is
such a connection as it is; that of a server puts the text into its own dialect (`server.text`).
"""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, Protocol, TypeGuard


class Cursor(Protocol):
    """The rows that a statement gives, each a tuple; texts, whole numbers and None."""

    @property
    def description(self) -> Any:
        """The columns, each beginning with its name."""

    @property
    def lastrowid(self) -> int | None:
        """The id of the row that an INSERT of one row has made."""

    def fetchone(self) -> Any:
        """The next row; None after the last."""

    def fetchall(self) -> list[Any]:
        """The rows that are left."""

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """An open ledger."""

    def execute(self, sql: str, parameters: Any = ..., /) -> Cursor:
        """Runs one statement."""

    def close(self) -> None:
        """Ends it; what was not committed is taken back."""

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> Any:
        """Runs one statement with each set of values."""


def defer_references(connection: Connection) -> None:
    """Rows may come in any order from here on: what they refer to is asked for at the commit."""
    connection.execute("PRAGMA defer_foreign_keys = ON" if is_of_file(connection) else "SET CONSTRAINTS ALL DEFERRED")


def go_on_after_last(connection: Connection) -> None:
    """The next ids follow the last ones, though rows came with ids of their own; SQLite never does otherwise."""
    if not is_of_file(connection):
        connection.execute("SELECT take_turn()")


def is_of_file(connection: Connection) -> TypeGuard[sqlite3.Connection]:
    """Whether a ledger is a file of SQLite's, whose pages and rules are looked at by the program itself."""
    return isinstance(connection, sqlite3.Connection)
