"""How much a ledger was told: what verdicts may rest on."""

import sqlite3

from ntmtrack.model import Tier
from ntmtrack.progress.evidence import Recorded
from ntmtrack.storage.queries.actions import closed_until


def recorded(connection: sqlite3.Connection) -> Recorded:
    """What the whole ledger was told: of which years, by tier, and which years are closed."""
    rows = connection.execute("""
        WITH told(unit_id, year) AS (
            SELECT unit_id, coalesce(year, substr(known_by, 1, 4) + 0) FROM recognition WHERE voided_by IS NULL
            UNION ALL
            SELECT unit_id, substr(day, 1, 4) + 0
            FROM revocation JOIN recognition ON recognition.id = revocation.recognition_id
            WHERE revocation.voided_by IS NULL)
        SELECT tier, min(year), max(year) FROM told
        JOIN (SELECT DISTINCT unit_id, tier FROM unit_version WHERE voided_by IS NULL) USING (unit_id)
        GROUP BY tier""")
    return Recorded({Tier(tier): (first, last) for tier, first, last in rows}, closed_until(connection) or 0)
