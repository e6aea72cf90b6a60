"""What rests on an action: the later actions whose facts would be left hanging if it were taken back."""

import sqlite3

from ntmtrack.storage.restoring import REFERRING, own_facts

# What goes and comes with what rests on it, or with what it is part of.
_FOLLOWING = ("decision", "target", "target_unit")
# Which column of which table speaks of a unit.
_OF_UNITS = (
    ("recognition", "unit_id"),
    ("unit_version", "parent_id"),
    ("succession", "predecessor_id"),
    ("succession", "successor_id"),
    ("roadmap", "scope_id"),
    ("target", "within_id"),
    ("target_unit", "unit_id"),
    ("published_figure", "scope_id"),
)


def corrected_since(connection: sqlite3.Connection, action_id: int) -> set[int]:
    """The later actions that voided facts of an action, no copy of which stands."""
    found: set[int] = set()
    for table in REFERRING:
        if table in _FOLLOWING:
            continue
        rows = connection.execute(
            f"""SELECT DISTINCT (SELECT last.voided_by FROM {table} AS last
                                 WHERE last.id = root OR last.restores_id = root ORDER BY last.id DESC LIMIT 1)
                FROM (SELECT DISTINCT coalesce(restores_id, id) AS root FROM {table} WHERE {own_facts(table)})
                WHERE NOT EXISTS (SELECT 1 FROM {table} AS now
                                  WHERE now.voided_by IS NULL AND (now.id = root OR now.restores_id = root))""",
            {"action": action_id},
        )
        found |= {row[0] for row in rows}
    return found - {action_id}


def reached_anew(connection: sqlite3.Connection, action_id: int) -> set[int]:
    """The later actions that recorded a level anew which an action had revoked: both cannot stand."""
    rows = connection.execute(
        f"""SELECT DISTINCT other.action_id
            FROM revocation AS x JOIN recognition AS own ON own.id = x.recognition_id
            JOIN recognition AS other ON other.unit_id = own.unit_id AND other.programme = own.programme
                 AND other.level = own.level AND other.id <> own.id
            WHERE x.voided_by IS NULL AND x.id IN (SELECT id FROM revocation WHERE {own_facts("revocation")})
              AND own.voided_by IS NULL AND other.voided_by IS NULL AND other.action_id <> :action
              AND NOT EXISTS (SELECT 1 FROM revocation WHERE recognition_id = other.id AND voided_by IS NULL)""",
        {"action": action_id},
    )
    return {row[0] for row in rows}


def left_hanging(connection: sqlite3.Connection) -> list[tuple[int, int]]:
    """Standing facts that speak of what stands no more: the action of each, and the action that voided that."""
    found: set[tuple[int, int]] = set()
    for table, column in _OF_UNITS:
        rows = connection.execute(
            f"""SELECT DISTINCT action_id, (SELECT max(voided_by) FROM unit_version WHERE unit_id = f.{column})
                FROM {table} AS f WHERE f.voided_by IS NULL AND f.{column} IS NOT NULL AND NOT EXISTS
                    (SELECT 1 FROM unit_version WHERE unit_id = f.{column} AND voided_by IS NULL)"""
        )
        found |= set(rows.fetchall())
    for text in (_REVOKED_NO_MORE, _TAKES_NO_PLACE):
        found |= set(connection.execute(text).fetchall())
    return sorted(found)


_REVOKED_NO_MORE = """
    SELECT DISTINCT f.action_id, old.voided_by FROM revocation AS f JOIN recognition AS old ON old.id = f.recognition_id
    WHERE f.voided_by IS NULL AND old.voided_by IS NOT NULL
"""
_TAKES_NO_PLACE = """
    SELECT DISTINCT f.action_id, old.voided_by FROM roadmap AS f JOIN roadmap AS old ON old.id = f.supersedes_id
    WHERE f.voided_by IS NULL AND old.voided_by IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM roadmap AS now WHERE now.voided_by IS NULL AND now.key = old.key)
"""
