"""Figures as reports published them."""

import sqlite3

from ntmtrack.model import Confidence, Published, Tier


def every(connection: sqlite3.Connection, scope_id: int) -> list[tuple[int, Published]]:
    """The current published figures of a scope, each with its id."""
    rows = connection.execute(
        "SELECT id, tier, measure, as_of, value, total, source, confidence FROM published_figure"
        " WHERE voided_by IS NULL AND scope_id = :scope ORDER BY as_of, id",
        {"scope": scope_id},
    )
    return [
        (key, Published(Tier(tier), measure, as_of, value, total, source, Confidence(confidence)))
        for key, tier, measure, as_of, value, total, source, confidence in rows
    ]
