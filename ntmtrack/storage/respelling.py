"""One decision by one spelling of its number: what rests on another spelling is written anew, the old rows voided."""

import sqlite3

from ntmtrack.storage import restoring
from ntmtrack.storage.facts import kind_of


def move(connection: sqlite3.Connection, action_id: int, old: int, right: int) -> int:
    """Writes anew, resting on the decision `right`, what rests on `old`; how many recognitions moved."""
    recognitions = _resting(connection, "recognition", old)
    restoring.void(connection, "recognition", recognitions, action_id)
    for key in recognitions:
        restoring.move_revocations(connection, key, _copy(connection, "recognition", key, action_id, right), action_id)
    for key in _resting(connection, "revocation", old):
        restoring.void(connection, "revocation", [key], action_id)
        _copy(connection, "revocation", key, action_id, right)
    return len(recognitions)


def _resting(connection: sqlite3.Connection, table: str, decision_id: int) -> list[int]:
    rows = connection.execute(
        f"SELECT id FROM {table} WHERE voided_by IS NULL AND decision_id = ? ORDER BY id", (decision_id,)
    )
    return [row[0] for row in rows]


def _copy(connection: sqlite3.Connection, table: str, key: int, action_id: int, decision_id: int) -> int:
    """A fact once more, in the name of an action and resting on another decision; its id."""
    kept = ", ".join(column.name for column in kind_of(table).columns if column.name != "decision_id")
    made = connection.execute(
        f"INSERT INTO {table} (action_id, decision_id, {kept}) SELECT ?, ?, {kept} FROM {table} WHERE id = ?",
        (action_id, decision_id, key),
    )
    assert made.lastrowid is not None
    return made.lastrowid
