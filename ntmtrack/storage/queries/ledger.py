"""The ledger itself: what it holds, what was done to it."""

import sqlite3

from ntmtrack.errors import NothingToUndo
from ntmtrack.model import Done

FACTS = (
    "setting",
    "unit",
    "unit_version",
    "succession",
    "decision",
    "recognition",
    "revocation",
    "roadmap",
    "target",
    "target_unit",
    "published_figure",
)


def history(connection: sqlite3.Connection, limit: int | None = None) -> list[Done]:
    """The actions, the newest first."""
    rows = " + ".join(f"(SELECT count(*) FROM {table} WHERE action_id = a.id OR voided_by = a.id)" for table in FACTS)
    found = connection.execute(
        f"SELECT a.id, a.at, a.who, a.verb, a.summary, a.version, {rows} FROM action AS a"
        " ORDER BY a.id DESC LIMIT :limit",
        {"limit": -1 if limit is None else limit},
    )
    return [Done(*row) for row in found]


# A fact of action `a` that was corrected, and brought back as a copy when the correction was undone.
_BROUGHT_BACK = " UNION ALL ".join(
    f"SELECT 1 FROM {table} AS copy JOIN {table} AS own ON own.id = copy.restores_id"
    " WHERE copy.voided_by IS NULL AND own.action_id = a.id"
    for table in ("roadmap", "recognition", "published_figure")
)


def last_standing_action(connection: sqlite3.Connection) -> Done:
    """The last action, itself no undoing, of which anything still stands; raises NothingToUndo."""
    standing = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE action_id = a.id AND voided_by IS NULL)" for table in FACTS
    )
    standing = f"a.verb <> 'undo' AND ({standing} OR EXISTS ({_BROUGHT_BACK}))"
    row = connection.execute(
        f"SELECT id, at, who, verb, summary, version, 0 FROM action AS a WHERE {standing} ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if row is None:
        raise NothingToUndo
    return Done(*row)


def last_action(connection: sqlite3.Connection) -> int:
    """The number of the last action; 0 where nothing was ever done."""
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM action").fetchone()[0])


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    """How many current facts of each kind, by table name; units by tier as "unit.commune"."""
    found = {
        table: int(connection.execute(f"SELECT count(*) FROM {table} WHERE voided_by IS NULL").fetchone()[0])
        for table in ("decision", "recognition", "revocation", "roadmap", "published_figure")
    }
    for tier, count in connection.execute(
        "SELECT tier, count(DISTINCT unit_id) FROM unit_version WHERE voided_by IS NULL GROUP BY tier"
    ):
        found[f"unit.{tier}"] = int(count)
    (made_up,) = connection.execute(
        "SELECT count(*) FROM recognition WHERE voided_by IS NULL AND confidence = 'illustrative'"
    ).fetchone()
    return found | {"illustrative": int(made_up)}


def setting(connection: sqlite3.Connection, key: str) -> str | None:
    """A remembered choice, or None."""
    row = connection.execute(
        "SELECT value FROM setting WHERE key = :key AND voided_by IS NULL ORDER BY id DESC LIMIT 1", {"key": key}
    ).fetchone()
    return str(row[0]) if row else None
