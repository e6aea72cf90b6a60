"""How much a ledger was told: what verdicts may rest on."""

import sqlite3

from ntmtrack.model import Tier
from ntmtrack.progress.evidence import Recorded
from ntmtrack.storage.queries.actions import closed_until


def recorded(connection: sqlite3.Connection) -> Recorded:
    """What the whole ledger was told: which years and tiers, and which years are closed."""
    year = "coalesce(year, substr(known_by, 1, 4) + 0)"
    rows = connection.execute(f"""
        SELECT tier, min({year}), max({year}) FROM recognition
        JOIN (SELECT DISTINCT unit_id, tier FROM unit_version WHERE voided_by IS NULL) USING (unit_id)
        WHERE voided_by IS NULL GROUP BY tier""").fetchall()
    revoked = connection.execute("SELECT max(substr(day, 1, 4)) + 0 FROM revocation WHERE voided_by IS NULL").fetchone()
    return Recorded(
        first=min((first for _tier, first, _last in rows), default=0),
        last=max([revoked[0] or 0, *(last for _tier, _first, last in rows)]),
        tiers=frozenset(Tier(tier) for tier, _first, _last in rows),
        closed=closed_until(connection) or 0,
    )
