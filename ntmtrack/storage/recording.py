"""Recognitions as rows, and the decisions that they rest on: each found or added once."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, insert

from ntmtrack.model import Decision, Recognition
from ntmtrack.storage.facts import kind_of
from ntmtrack.storage.queries.recognitions import every_decision
from ntmtrack.storage.tables import DecisionRow, RecognitionRow

_KIND = kind_of("recognition")


def columns_of(unit_id: int, recognition: Recognition, decision_id: int | None) -> dict[str, Any]:
    """What a recognition of a unit says, by column."""
    own = {column.name: getattr(recognition, column.name) for column in _KIND.columns if not column.refers}
    return own | {"unit_id": unit_id, "decision_id": decision_id}


def record_all(
    session: Session, connection: sqlite3.Connection, action_id: int, new: Sequence[tuple[int, Recognition]]
) -> None:
    """Adds recognitions, each with the id of its unit; their decisions are settled already (see `decisions.settle`)."""
    ids = decision_ids(session, connection, action_id, [one.decision for _unit, one in new if one.decision])
    rows = [
        {"action_id": action_id} | columns_of(unit_id, one, ids[one.decision] if one.decision else None)
        for unit_id, one in new
    ]
    if rows:
        session.execute(insert(RecognitionRow), rows)
        session.flush()


def _told(decision: Decision) -> Decision:
    return decision._replace(id=None)


def decision_ids(
    session: Session, connection: sqlite3.Connection, action_id: int, given: Sequence[Decision]
) -> dict[Decision, int]:
    """The id of each decision: one that has an id is on record, one without is on record word for word or is added."""
    on_record = {_told(one): one.id for one in every_decision(connection)}
    new = [one for one in dict.fromkeys(given) if one.id is None and one not in on_record]
    rows = [{"action_id": action_id, "number": n, "signed_on": day, "issuer": issuer} for n, day, issuer, _id in new]
    if rows:
        session.execute(insert(DecisionRow), rows)
        session.flush()
        on_record = {_told(one): one.id for one in every_decision(connection)}
    ids = {one: one.id or on_record[one] for one in dict.fromkeys(given)}
    return {decision: key for decision, key in ids.items() if key is not None}
