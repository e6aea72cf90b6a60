"""What is asked of a ledger after a fault: whole pages, references that hold, an unbroken chain, all or nothing."""

from collections.abc import Iterable
from typing import Any

from ntmtrack.storage.address import Place
from ntmtrack.storage.chain import breaks
from ntmtrack.storage.dialect import Connection, is_of_file
from ntmtrack.storage.facts import TABLES
from ntmtrack.storage.snapshots import faults
from tests.places import by_hand
from tests.running import Result

CODES = {0, 1, 2, 3, 4, 5, 6, 130}  # the table of docs/lenh.md, without the program's own faults
OWNER_ONLY = 0o600
# What differs between two runs of the same command: the moment, and what follows from it.
_OF_THE_MOMENT = {"at", "hash", "summary"}


def assert_sound(place: Place) -> None:
    """The ledger opens, and neither SQLite nor the chain of hashes finds anything wrong."""
    with by_hand(place) as connection:
        assert not is_of_file(connection) or faults(connection) == []
        assert breaks(connection) == []


def actions(place: Place) -> int:
    with by_hand(place) as connection:
        (count,) = connection.execute("SELECT count(*) FROM action").fetchone()
    return int(count)


def content(place: Place) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, whatever the schema, without what depends on the moment of writing."""
    with by_hand(place) as connection:
        return {name: _rows(connection, name) for name in _tables(connection)}


def _tables(connection: Connection) -> Iterable[str]:
    if not is_of_file(connection):
        return ("action", *TABLES)
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return [name for (name,) in names]


def _rows(connection: Connection, table: str) -> list[tuple[Any, ...]]:
    first = "rowid" if is_of_file(connection) else "id"
    rows = connection.execute(f"SELECT * FROM {table} ORDER BY {first}")
    kept = [place for place, column in enumerate(rows.description) if column[0] not in _OF_THE_MOMENT]
    return [tuple(row[place] for place in kept) for row in rows.fetchall()]


def assert_told(result: Result, code: int, *, of: object = None) -> None:
    """A refusal in at most three Vietnamese lines with this exit code, and no trace of the machinery below."""
    assert (result.code, result.err.startswith("Lỗi: ")) == (code, True), (of, result)
    assert result.err.count("\n") <= 3, (of, result.err)
    for foreign in ("Traceback", "sqlite", "SQL", "disk I/O", "database", "no such", "readonly", "unable to"):
        assert foreign not in result.err.replace(str(of), ""), (of, result.err)
