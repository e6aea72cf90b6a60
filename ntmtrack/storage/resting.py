"""What rests on an action: the later actions whose facts would be left hanging if it were taken back."""

import sqlite3

from ntmtrack.storage.facts import KINDS, UNIT, VOIDABLE, FactColumn, FactKind, speaking_of
from ntmtrack.storage.restoring import own_facts


def corrected_since(connection: sqlite3.Connection, action_id: int) -> set[int]:
    """The later actions that voided facts of an action, no copy of which stands."""
    found: set[int] = set()
    for kind in VOIDABLE:
        if kind.is_shared or kind.part_of:  # these go and come with others
            continue
        table = kind.table
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
    texts = [_without_unit(*speaking) for speaking in speaking_of(UNIT)]
    for kind in KINDS:
        for column, to in kind.references:
            if not to.is_shared and column.name != kind.part_of:  # what it does not go and come with
                texts.append(_without_fact(kind, column, to))
    return sorted({row for text in texts for row in connection.execute(text)})


def _without_unit(table: str, column: str) -> str:
    return f"""SELECT DISTINCT action_id, (SELECT max(voided_by) FROM unit_version WHERE unit_id = f.{column})
        FROM {table} AS f WHERE f.voided_by IS NULL AND f.{column} IS NOT NULL AND NOT EXISTS
            (SELECT 1 FROM unit_version WHERE unit_id = f.{column} AND voided_by IS NULL)"""


def _without_fact(kind: FactKind, column: FactColumn, to: FactKind) -> str:
    same = " AND ".join(f"now.{name} IS old.{name}" for name in to.identity) if to is kind else "now.id = old.id"
    return f"""SELECT DISTINCT f.action_id, old.voided_by
        FROM {kind.table} AS f JOIN {to.table} AS old ON old.id = f.{column.name}
        WHERE f.voided_by IS NULL AND old.voided_by IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM {to.table} AS now WHERE now.voided_by IS NULL AND {same})"""
