"""What is asked of a ledger after a fault: whole pages, references that hold, an unbroken chain, all or nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

from ntmtrack.storage.chain import breaks
from ntmtrack.storage.snapshots import faults
from tests.running import Result

CODES = {0, 1, 2, 3, 4, 5, 6, 130}  # the table of docs/lenh.md, without the program's own faults
OWNER_ONLY = 0o600
# What differs between two runs of the same command: the moment, and what follows from it.
_OF_THE_MOMENT = {"at", "hash", "summary"}


def assert_sound(file: Path) -> None:
    """The file opens, and neither SQLite nor the chain of hashes finds anything wrong."""
    with closing(sqlite3.connect(file)) as connection:
        assert faults(connection) == []
        assert breaks(connection) == []


def actions(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM action").fetchone()
    return int(count)


def content(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, whatever the schema, without what depends on the moment of writing."""
    with closing(sqlite3.connect(file)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        return {name: _rows(connection, name) for (name,) in names}


def _rows(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    kept = ", ".join(column for column in columns if column not in _OF_THE_MOMENT)
    return connection.execute(f"SELECT {kept} FROM {table} ORDER BY rowid").fetchall()


def assert_told(result: Result, code: int, *, of: object = None) -> None:
    """A refusal in at most three Vietnamese lines with this exit code, and no trace of the machinery below."""
    assert (result.code, result.err.startswith("Lỗi: ")) == (code, True), (of, result)
    assert result.err.count("\n") <= 3, (of, result.err)
    for foreign in ("Traceback", "sqlite", "SQL", "disk I/O", "database", "no such", "readonly", "unable to"):
        assert foreign not in result.err.replace(str(of), ""), (of, result.err)
