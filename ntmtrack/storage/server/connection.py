"""Connections to a ledger on a server, which take the same statements as one to a file."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import psycopg
from psycopg.adapt import Buffer, Loader
from psycopg.types.numeric import Int8Dumper, NumericLoader

from ntmtrack.errors import NoLedgerOnServer, NoRight
from ntmtrack.i18n import _
from ntmtrack.storage.address import ServerAddress
from ntmtrack.storage.server.refusals import TURN_SECONDS, is_ours, refusal_of, unreachable
from ntmtrack.storage.server.text import translated

SCHEMA = "ntmtrack"
# The lock that whoever writes holds until the commit; the rules of the migrations take it too. The table is one that
# every role reads, which the lock leaves them, and the owner alone may lock: nobody holds up others but by writing.
WRITERS = f"LOCK TABLE {SCHEMA}.alembic_version IN EXCLUSIVE MODE"
Raw = psycopg.Connection[Any]
# Who waits for the turn of writers is served in the order of coming; whose computer went away holds up nobody for long.
_SETTINGS = "; ".join(
    f"SET {name} TO {value}"
    for name, value in {
        "search_path": SCHEMA,
        "lock_timeout": f"'{TURN_SECONDS}s'",
        "idle_in_transaction_session_timeout": f"'{2 * TURN_SECONDS}s'",
        "tcp_keepalives_idle": "30",
        "tcp_keepalives_interval": "10",
        "tcp_keepalives_count": "3",
        "client_min_messages": "error",
        "jit": "off",  # which takes longer than any query of ours
    }.items()
)
_OPTIONS: dict[str, Any] = {
    "client_encoding": "UTF8",
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}
_CONNECT_SECONDS = 10


class _Yes(Loader):
    """A truth value as SQLite gives it: 1 or 0."""

    def load(self, data: Buffer) -> int:
        return int(bytes(data) == b"t")


class _Long(Int8Dumper):
    """A whole number as wide as those of the ledger, in the text of a statement."""

    def quote(self, obj: int) -> bytes:
        return b"(%d)::bigint" % obj


class _Whole(NumericLoader):
    """A sum of whole numbers as a whole number."""

    def load(self, data: Buffer) -> Any:
        number: Decimal = super().load(data)
        return int(number) if number == number.to_integral_value() else number


class ServerCursor:
    """The rows that a statement gave; see `dialect.Cursor`."""

    def __init__(self, connection: Raw, cursor: psycopg.Cursor[Any]) -> None:
        self._connection = connection
        self._cursor = cursor

    @property
    def description(self) -> Any:
        """The columns, each beginning with its name."""
        return self._cursor.description

    @property
    def lastrowid(self) -> int:
        """The id of the row that an INSERT of one row has made."""
        row = self._connection.execute("SELECT lastval()").fetchone()
        assert row
        return int(row[0])

    def fetchone(self) -> Any:
        """The next row; None after the last."""
        return self._cursor.fetchone()

    def fetchall(self) -> list[Any]:
        """The rows that are left."""
        return self._cursor.fetchall()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._cursor)


class ServerConnection:
    """A connection whose statements are those of SQLite; see `dialect.Connection`."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw

    def execute(self, sql: str, parameters: Any = (), /) -> ServerCursor:
        """Runs one statement; raises sqlite3.IntegrityError where a rule of the ledger refuses what it writes."""
        cursor = psycopg.ClientCursor(self.raw)
        with _refused_as_by_sqlite():
            cursor.execute(translated(sql).encode(), parameters)
        return ServerCursor(self.raw, cursor)

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> None:
        """Runs one statement with each set of values; raises as `execute` does."""
        with self.raw.cursor() as cursor, _refused_as_by_sqlite():
            cursor.executemany(translated(sql).encode(), list(parameters))

    def close(self) -> None:
        """Ends it; what was not committed is taken back."""
        self.raw.close()

    @property
    def who(self) -> str:
        """The role that the server let in."""
        return self.raw.info.user


@contextmanager
def _refused_as_by_sqlite() -> Iterator[None]:
    try:
        yield
    except psycopg.IntegrityError as wrong:
        raise sqlite3.IntegrityError(str(wrong)) from wrong


def connect(address: ServerAddress) -> Raw:
    """A connection of the driver, each statement by itself; raises what `unreachable` and `refusal_of` give."""
    try:
        raw = psycopg.connect(
            address.typed, autocommit=True, connect_timeout=_CONNECT_SECONDS, application_name="ntmtrack", **_OPTIONS
        )
    except psycopg.OperationalError as wrong:
        raise unreachable(wrong, address) from wrong
    except psycopg.ProgrammingError as wrong:  # what libpq does not understand
        raise unreachable(psycopg.OperationalError(*wrong.args), address) from wrong
    try:
        raw.execute(_SETTINGS)
    except psycopg.Error as wrong:
        raw.close()
        raise refusal_of(wrong, address) from wrong
    raw.adapters.register_dumper(int, _Long)
    raw.adapters.register_loader("bool", _Yes)
    raw.adapters.register_loader("numeric", _Whole)
    return raw


@contextmanager
def opened(address: ServerAddress) -> Iterator[ServerConnection]:
    """A connection that is closed afterwards; what the server says meanwhile is a refusal."""
    raw = connect(address)
    with told_in_words(address):
        try:
            yield ServerConnection(raw)
        finally:
            raw.close()


@contextmanager
def told_in_words(address: ServerAddress) -> Iterator[None]:
    """Turns what the server says into refusals; what breaks a rule of the ledger is our own fault."""
    try:
        yield
    except psycopg.Error as wrong:
        if is_ours(wrong):
            raise
        raise refusal_of(wrong, address) from wrong


def only_read(connection: ServerConnection) -> None:
    """From here on nothing is written, and everything is read as it stands now."""
    connection.raw.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")


def signed_in(connection: ServerConnection, address: ServerAddress) -> tuple[str, str]:
    """Who works with the ledger, by the role that the server let in, and what he may do; raises NoRight."""
    who, right = connection.execute("SELECT session_user, my_right()").fetchone()
    if right is None:
        raise NoRight(file=address, reason=_("who signs in so was given no right to this ledger"))
    return str(who), str(right)


def revision_of(connection: ServerConnection, address: ServerAddress) -> str:
    """The schema revision of a ledger; raises NoLedgerOnServer, NoRight."""
    found = connection.execute(
        "SELECT to_regnamespace(:schema) IS NOT NULL, has_schema_privilege(to_regnamespace(:schema), 'USAGE'),"
        " to_regclass('alembic_version') IS NOT NULL",
        {"schema": SCHEMA},
    ).fetchone()
    if not found[0] or (found[1] and not found[2]):
        raise NoLedgerOnServer(file=address)
    if not found[1]:
        raise NoRight(file=address, reason=_("who signs in so was given no right to this ledger"))
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if row is None:
        raise NoLedgerOnServer(file=address)
    return str(row[0])
