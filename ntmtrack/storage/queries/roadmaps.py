"""Roadmaps as the ledger holds them."""

import sqlite3
from collections import defaultdict
from datetime import date

from ntmtrack.model import Roadmap, Target, Tier

_TARGET_COLUMNS = (
    "tier",
    "measure",
    "year",
    "nature",
    "span",
    "operator",
    "added",
    "cumulative",
    "cumulative_high",
    "percent",
    "total",
    "share_of",
    "cite",
)


def current(connection: sqlite3.Connection, scope: int | None = None) -> list[Roadmap]:
    """The roadmaps in force (not superseded) for a scope, or all of them when no scope is given."""
    rows = connection.execute(
        """SELECT r.id, r.key, r.title, r.number, r.issued_on, r.issuer, r.programme, r.base_year, r.source,
                  (SELECT older.key FROM roadmap AS older WHERE older.id = r.supersedes_id),
                  coalesce(v.code, ''), coalesce(v.kind || ' ' || v.name, '')
           FROM roadmap AS r LEFT JOIN unit_version AS v ON v.unit_id = r.scope_id AND v.voided_by IS NULL
           WHERE r.voided_by IS NULL AND (:scope IS NULL OR r.scope_id = :scope)
             AND NOT EXISTS (SELECT 1 FROM roadmap AS newer
                             WHERE newer.supersedes_id = r.id AND newer.voided_by IS NULL)
           GROUP BY r.id ORDER BY r.key""",
        {"scope": scope},
    ).fetchall()
    return [
        Roadmap(
            key=row[1],
            title=row[2],
            number=row[3],
            issued_on=date.fromisoformat(row[4]),
            issuer=row[5],
            programme=row[6],
            base_year=row[7],
            source=row[8],
            supersedes=row[9],
            scope_code=row[10],
            scope_name=row[11],
            targets=_targets(connection, row[0]),
        )
        for row in rows
    ]


def _targets(connection: sqlite3.Connection, roadmap_id: int) -> tuple[Target, ...]:
    named = defaultdict(list)
    for target_id, printed in connection.execute(
        "SELECT u.target_id, coalesce(v.kind || ' ' || v.name, u.printed) FROM target_unit AS u"
        " JOIN target AS t ON t.id = u.target_id"
        " LEFT JOIN unit_version AS v ON v.unit_id = u.unit_id AND v.voided_by IS NULL"
        " WHERE t.roadmap_id = :roadmap AND u.voided_by IS NULL GROUP BY u.id ORDER BY u.id",
        {"roadmap": roadmap_id},
    ):
        named[target_id].append(printed)
    rows = connection.execute(
        f"SELECT id, {', '.join(_TARGET_COLUMNS)} FROM target"
        " WHERE roadmap_id = :roadmap AND voided_by IS NULL ORDER BY place",
        {"roadmap": roadmap_id},
    )
    return tuple(
        Target(**dict(zip(_TARGET_COLUMNS, (Tier(tier), *figures), strict=True)), units=tuple(named[key]))
        for key, tier, *figures in rows
    )
