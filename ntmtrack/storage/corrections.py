"""Facts that one action corrected: voided, and brought back as copies when that action is undone."""

import sqlite3
from collections.abc import Iterable

CORRECTED = ("recognition", "published_figure")
_OWN = ("id", "action_id", "voided_by", "restores_id")


def void(connection: sqlite3.Connection, table: str, ids: Iterable[int], by: int) -> None:
    """Voids single facts; the rows stay, marked with the action `by`."""
    assert table in CORRECTED
    connection.executemany(
        f"UPDATE {table} SET voided_by = ? WHERE id = ? AND voided_by IS NULL", [(by, one) for one in ids]
    )


def withdraw_copies(connection: sqlite3.Connection, action_id: int, by: int) -> None:
    """Voids the copies that stand for facts of an action, since a correction of these was undone."""
    for table in CORRECTED:
        connection.execute(
            f"UPDATE {table} SET voided_by = :by WHERE voided_by IS NULL"
            f" AND restores_id IN (SELECT id FROM {table} WHERE action_id = :action)",
            {"by": by, "action": action_id},
        )


def bring_back(connection: sqlite3.Connection, action_id: int, by: int) -> None:
    """Adds again what an action voided and had not written itself: a voided row stays voided."""
    for table in CORRECTED:
        known = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        columns = ", ".join(name for name in known if name not in _OWN)
        connection.execute(
            f"INSERT INTO {table} (action_id, restores_id, {columns})"
            f" SELECT :by, coalesce(restores_id, id), {columns} FROM {table}"
            " WHERE voided_by = :action AND action_id <> :action ORDER BY id",
            {"by": by, "action": action_id},
        )
