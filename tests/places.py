"""Where the office's ledger of a test lies: in a file, or with TESTS_ON_SERVER=1 in a database of a server.

The database is called by a service, `service=so.db`, so that its name is that of the file. Whoever runs a command signs
in with the role of that name.
"""

import itertools
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from ntmtrack.storage.address import Place, ServerAddress, server_address
from ntmtrack.storage.dialect import is_of_file
from ntmtrack.storage.facts import TABLES
from tests.postgresql import Cluster, execute

ON_SERVER = bool(os.environ.get("TESTS_ON_SERVER"))
SERVICE = "so.db"
ADDRESS = f"service={SERVICE}"
_DATABASE = "office"
WHO = "canbo"
_NUMBERS = itertools.count(1)
_ROWS = ("action", *TABLES)


class Office:
    """The one database in which each test of a process finds its ledger, and those that are kept to be copied."""

    def __init__(self, cluster: Cluster, empty: str, folder: Path) -> None:
        self._cluster = cluster
        self._empty = empty
        self._roles: set[str] = set()
        self._files: dict[Path, str] = {}
        self._begun: dict[tuple[str, ...], str] = {}
        services = folder / "services.conf"
        services.write_text(f"[{SERVICE}]\nhost=127.0.0.1\nport={cluster.port}\ndbname={_DATABASE}\n", encoding="utf-8")
        os.environ["PGSERVICEFILE"] = str(services)

    def begin(self, kept: str = "") -> None:
        """Puts a copy of a kept ledger, or one without facts, in the place of whatever the office had."""
        self.sign_in(WHO)
        execute(self._cluster, f"DROP DATABASE IF EXISTS {_DATABASE} WITH (FORCE)")
        self._copy(kept or self._empty, _DATABASE)

    def begin_with(self, file: Path) -> None:
        """The same, with a copy of a ledger file."""
        if file not in self._files:
            self.begin()
            put_on_server(file, ServerAddress(ADDRESS))
            self._files[file] = self.keep()
        else:
            self.begin(self._files[file])

    def begin_once(self, settings: tuple[str, ...], begin: Callable[..., None]) -> None:
        """The same, with what `begin` makes of settings; a ledger that holds something is given them by itself."""
        if asked(ServerAddress(ADDRESS), "SELECT 1 FROM action LIMIT 1"):
            begin(*settings)
        elif settings in self._begun:
            self.begin(self._begun[settings])
        else:
            begin(*settings)
            self._begun[settings] = self.keep()

    def keep(self) -> str:
        """Keeps the office's ledger as it is; the name under which it is kept."""
        name = f"kept_{next(_NUMBERS)}"
        self._copy(_DATABASE, name)
        return name

    def sign_in(self, who: str) -> None:
        """From here on `who` works with the server; a role of that name is made where there is none."""
        if who not in self._roles:
            quoted = who.replace('"', '""')
            execute(self._cluster, f'CREATE ROLE "{quoted}" SUPERUSER LOGIN')
            self._roles.add(who)
        os.environ["PGUSER"] = who

    def _copy(self, one: str, other: str) -> None:
        execute(self._cluster, f"CREATE DATABASE {other} TEMPLATE {one} STRATEGY FILE_COPY")


OFFICE: Office | None = None  # of this process, with TESTS_ON_SERVER=1


def our_ledger() -> Place:
    """The office's ledger."""
    typed = os.environ["NTMTRACK_DB"]
    return server_address(typed) or Path(typed)


@contextmanager
def by_hand(place: Place) -> Iterator[Any]:
    """A connection to a ledger that obeys nobody but its database; what it changes is kept."""
    if isinstance(place, ServerAddress):
        from ntmtrack.storage.server.connection import ServerConnection, connect

        with closing(ServerConnection(connect(place))) as connection:
            connection.execute("SELECT take_turn()")  # ids go on after the last
            yield connection
        return
    with closing(sqlite3.connect(place, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


def asked(place: Place, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """The rows that a statement by hand gives."""
    with by_hand(place) as connection:
        return connection.execute(sql, values).fetchall()


def contents(place: Place) -> object:
    """What a ledger holds, to be compared: the bytes of a file, every row on a server."""
    if isinstance(place, Path):
        return place.read_bytes()
    with by_hand(place) as connection:
        return {table: connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in _ROWS}


def begin_with(file: Path | str) -> Place:
    """The office gets a copy of a ledger file that stays as it is."""
    if OFFICE:
        OFFICE.begin_with(Path(file))
    else:
        shutil.copy(file, our_ledger())
    return our_ledger()


def kept(place: Place) -> bytes | str:
    """A copy of the office's ledger, for `put_back`."""
    return OFFICE.keep() if OFFICE else Path(str(place)).read_bytes()


def put_back(place: Place, copy: bytes | str) -> None:
    """Makes the office's ledger what it was."""
    if isinstance(copy, bytes):
        Path(str(place)).write_bytes(copy)
    else:
        assert OFFICE
        OFFICE.begin(copy)


@contextmanager
def without_rules(place: Place) -> Iterator[Any]:
    """The same for another program that also takes away the rules."""
    with by_hand(place) as connection:
        if is_of_file(connection):
            connection.execute("PRAGMA foreign_keys = OFF")
        _take_away(connection)
        yield connection


@contextmanager
def rules_away(connection: Any) -> Iterator[None]:
    """A connection by hand whose ledger has no rules meanwhile."""
    taken = _take_away(connection)
    yield
    for sql in taken:
        connection.execute(sql)


def _take_away(connection: Any) -> list[str]:
    """Takes the rules away; what puts them back."""
    if not is_of_file(connection):
        connection.execute("SET session_replication_role = replica")
        return ["SET session_replication_role = origin"]
    rules = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _sql in rules:
        connection.execute(f"DROP TRIGGER {name}")
    return [sql for _name, sql in rules]


def put_on_server(file: Path, address: ServerAddress) -> None:
    """Puts the rows of a ledger file into a ledger without facts, whatever its rules say of how they came about."""
    from ntmtrack.storage.server.connection import connect

    with closing(sqlite3.connect(file)) as source, closing(connect(address)) as target, target.transaction():
        target.execute("SET LOCAL session_replication_role = replica")
        for table in _ROWS:
            rows = source.execute(f"SELECT * FROM {table}")
            columns = ", ".join(f'"{column[0]}"' for column in rows.description)
            with target.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
