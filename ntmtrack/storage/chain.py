"""The chain of actions: each has a hash over what it did and over the hash of the action before it.

Whoever changes a fact, an action or a mark of voiding in the file, by whatever program, breaks the chain at that
action; cutting off the last actions shows in reports, which carry the hash of the action that they were made after.

What is hashed of a row are the columns that hold something: a column that a later schema adds empty changes no hash.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

from ntmtrack.storage.facts import TABLES

_ROWS_AND_VOIDED = tuple[list[dict[str, object]], list[int]]


class Break(NamedTuple):
    """A place where the chain does not hold: the action, and whether it is missing rather than changed."""

    action: int
    is_missing: bool = False


def seal(connection: sqlite3.Connection, action_id: int) -> None:
    """Gives an action its hash; what it did must be written by then."""
    before = connection.execute(
        "SELECT hash FROM action WHERE id < :id ORDER BY id DESC LIMIT 1", {"id": action_id}
    ).fetchone()
    (action,) = _dicts(connection, "SELECT * FROM action WHERE id = :id", {"id": action_id})
    done = {table: found for table in TABLES if any(found := _done_by(connection, table, action_id))}
    connection.execute(
        "UPDATE action SET hash = :hash WHERE id = :id",
        {"hash": _hash((before[0] if before else None) or "", action, done), "id": action_id},
    )


def seal_all(connection: sqlite3.Connection) -> None:
    """Gives every action its hash that has none: those from before there was a chain."""
    for (action_id,) in connection.execute("SELECT id FROM action WHERE hash IS NULL ORDER BY id").fetchall():
        seal(connection, action_id)


def breaks(connection: sqlite3.Connection) -> list[Break]:
    """Where the chain does not hold, the earliest first; none where the file is as the program wrote it.

    An action after a broken one is held against the hash that stands there, so that only what was changed is named.
    Facts that say to be of an action that there is not are a break too.
    """
    done = _everything(connection)
    found = []
    before, expected = "", 1
    for action in _dicts(connection, "SELECT * FROM action ORDER BY id", {}):
        key = action["id"]
        assert isinstance(key, int)
        found += [Break(missing, is_missing=True) for missing in range(expected, key)]
        if action.get("hash") != _hash(before, action, done.get(key, {})):
            found.append(Break(key))
        before, expected = str(action.get("hash", "")), key + 1
    strangers = sorted(key for key in done if not 0 < key < expected)
    return found + [Break(key, is_missing=True) for key in strangers]


def _hash(before: str, action: dict[str, object], done: dict[str, _ROWS_AND_VOIDED]) -> str:
    told = {field: value for field, value in action.items() if field != "hash"}
    whole = json.dumps([before, told, done], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(whole.encode()).hexdigest()


def _done_by(connection: sqlite3.Connection, table: str, action_id: int) -> _ROWS_AND_VOIDED:
    """The rows that an action wrote, and the ids of those that it voided."""
    facts = {"id": action_id}
    written = list(_dicts(connection, f"SELECT * FROM {table} WHERE action_id = :id ORDER BY id", facts))
    voided = connection.execute(f"SELECT id FROM {table} WHERE voided_by = :id ORDER BY id", facts)
    return [_written(row) for row in written], [row[0] for row in voided]


def _everything(connection: sqlite3.Connection) -> dict[int, dict[str, _ROWS_AND_VOIDED]]:
    """What every action wrote and voided, by action and table."""
    done: dict[int, dict[str, _ROWS_AND_VOIDED]] = defaultdict(lambda: defaultdict(lambda: ([], [])))
    for table in TABLES:
        for row in _dicts(connection, f"SELECT * FROM {table} ORDER BY id", {}):
            done[_number(row["action_id"])][table][0].append(_written(row))
            if "voided_by" in row:
                done[_number(row["voided_by"])][table][1].append(_number(row["id"]))
    return done


def _number(value: object) -> int:
    return value if isinstance(value, int) else -1


def _written(row: dict[str, object]) -> dict[str, object]:
    return {column: value for column, value in row.items() if column != "voided_by"}


def _dicts(connection: sqlite3.Connection, text: str, facts: dict[str, int]) -> Iterator[dict[str, object]]:
    """The rows of a query, each with the columns that hold something."""
    rows = connection.execute(text, facts)
    names = [column[0] for column in rows.description]
    return (_holding(names, row) for row in rows)


def _holding(names: Iterable[str], row: Iterable[object]) -> dict[str, object]:
    return {
        name: value.hex() if isinstance(value, bytes) else value
        for name, value in zip(names, row, strict=True)
        if value is not None
    }
