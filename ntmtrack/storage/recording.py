"""Many recognitions written at once: each decision found or added once, then one statement for all rows."""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session, insert

from ntmtrack.model import Decision, Recognition
from ntmtrack.storage.decisions import settle
from ntmtrack.storage.queries.recognitions import every_decision
from ntmtrack.storage.tables import DecisionRow, RecognitionRow
from ntmtrack.text import squeeze


def record_all(
    session: Session, connection: sqlite3.Connection, action_id: int, new: Sequence[tuple[int, Recognition]]
) -> None:
    """Adds recognitions, each with the id of its unit; raises DecisionDiffers."""
    ids = _decision_ids(session, connection, action_id, [one.decision for _unit, one in new if one.decision])
    rows = [
        {
            "action_id": action_id,
            "unit_id": unit_id,
            "programme": one.programme,
            "level": one.level,
            "year": one.year,
            "known_by": one.known_by,
            "decision_id": ids[_told(one.decision)] if one.decision else None,
            "announced_on": one.announced_on,
            "basis": one.basis,
            "confidence": one.confidence.value,
            "source": one.source,
            "note": one.note,
        }
        for unit_id, one in new
    ]
    if rows:
        session.execute(insert(RecognitionRow), rows)
        session.flush()


def _told(decision: Decision) -> Decision:
    return decision._replace(id=None)


def _decision_ids(
    session: Session, connection: sqlite3.Connection, action_id: int, given: Sequence[Decision]
) -> dict[Decision, int]:
    on_record: dict[str, list[Decision]] = defaultdict(list)
    for known in every_decision(connection):
        on_record[squeeze(known.number)].append(known)
    meant: dict[Decision, Decision] = {}
    new: dict[Decision, None] = {}
    for decision in dict.fromkeys(map(_told, given)):
        alike = on_record[squeeze(decision.number)]
        found = meant[decision] = settle(alike, decision)
        if found.id is None and found not in new:
            new[found] = None
            alike.append(found)
    rows = [{"action_id": action_id, "number": n, "signed_on": day, "issuer": issuer} for n, day, issuer, _id in new]
    if rows:
        session.execute(insert(DecisionRow), rows)
        session.flush()
    written = {_told(one): one.id for one in every_decision(connection) if one.id is not None}
    return {decision: found.id or written[found] for decision, found in meant.items()}
