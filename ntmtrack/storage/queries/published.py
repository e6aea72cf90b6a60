"""Figures as reports published them."""

import sqlite3

from ntmtrack.model import Basis, Confidence, Published, Tier


def every(connection: sqlite3.Connection, scope_id: int) -> list[tuple[int, Published]]:
    """The current published figures of a scope, each with its id."""
    rows = connection.execute(
        "SELECT id, tier, measure, as_of, value, total, source, confidence, basis,"
        " (SELECT first.action_id FROM published_figure AS first WHERE first.id = coalesce(f.restores_id, f.id))"
        " FROM published_figure AS f WHERE voided_by IS NULL AND scope_id = :scope ORDER BY as_of, id",
        {"scope": scope_id},
    )
    return [(key, _published(*rest)) for key, *rest in rows]


def _published(
    tier: str,
    measure: str,
    as_of: str,
    value: str,
    total: int | None,
    source: str,
    confidence: str,
    basis: str | None,
    action: int,
) -> Published:
    known = Basis(basis) if basis else None
    return Published(Tier(tier), measure, as_of, value, total, source, Confidence(confidence), known, action)
