"""Facts written many at once: units below others of the same list, recognitions, decisions moved."""

import sqlite3
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlmodel import Session, insert

from ntmtrack.model import Decision, NewUnit, Recognition
from ntmtrack.storage import undo
from ntmtrack.storage.facts import kind_of
from ntmtrack.storage.queries.recognitions import every_decision
from ntmtrack.storage.tables import DecisionRow, RecognitionRow, UnitRow, UnitVersion
from ntmtrack.text import fold


class ParentRef(NamedTuple):
    """The unit above a new one: `id` in the ledger, or `place` in the list that is written; neither for none."""

    id: int | None = None
    place: int | None = None


class UnitInsert(NamedTuple):
    """A unit: its versions, the oldest first, each with the unit above it."""

    versions: tuple[tuple[NewUnit, ParentRef], ...]


def insert_units(session: Session, action_id: int, inserts: Sequence[UnitInsert]) -> list[int]:
    """Adds units with all their versions; their ids in the order given."""
    rows = [UnitRow(action_id=action_id) for _ in inserts]
    session.add_all(rows)
    session.flush()
    ids = [row.id for row in rows if row.id is not None]
    session.add_all(
        UnitVersion(
            action_id=action_id,
            unit_id=unit_id,
            code=new.code,
            name=new.name,
            name_key=fold(new.name),
            kind=new.kind,
            tier=new.tier,
            parent_id=above.id if above.place is None else ids[above.place],
            since=new.since,
            until=new.until,
            resolution=new.resolution,
        )
        for unit_id, entry in zip(ids, inserts, strict=True)
        for new, above in entry.versions
    )
    session.flush()
    return ids


_KIND = kind_of("recognition")


def recognition_columns(unit_id: int, recognition: Recognition, decision_id: int | None) -> dict[str, Any]:
    """What a recognition of a unit says, by column."""
    fields = {column.name: getattr(recognition, column.name) for column in _KIND.columns if not column.refers}
    return fields | {"unit_id": unit_id, "decision_id": decision_id}


def insert_recognitions(
    session: Session, connection: sqlite3.Connection, action_id: int, new: Sequence[tuple[int, Recognition]]
) -> None:
    """Adds recognitions, each with the id of its unit; which decisions they mean is settled already."""
    ids = decision_ids(
        session, connection, action_id, [recognition.decision for _unit, recognition in new if recognition.decision]
    )
    rows = [
        {"action_id": action_id}
        | recognition_columns(unit_id, recognition, ids[recognition.decision] if recognition.decision else None)
        for unit_id, recognition in new
    ]
    if rows:
        session.execute(insert(RecognitionRow), rows)
        session.flush()


def _without_id(decision: Decision) -> Decision:
    return decision._replace(id=None)


def decision_ids(
    session: Session, connection: sqlite3.Connection, action_id: int, given: Sequence[Decision]
) -> dict[Decision, int]:
    """The id of each decision: one that has an id is on record, one without is on record word for word or is added."""
    on_record = {_without_id(decision): decision.id for decision in every_decision(connection)}
    new = [decision for decision in dict.fromkeys(given) if decision.id is None and decision not in on_record]
    rows = [{"action_id": action_id, "number": n, "signed_on": day, "issuer": issuer} for n, day, issuer, _id in new]
    if rows:
        session.execute(insert(DecisionRow), rows)
        session.flush()
        on_record = {_without_id(decision): decision.id for decision in every_decision(connection)}
    ids = {decision: decision.id or on_record[decision] for decision in dict.fromkeys(given)}
    return {decision: key for decision, key in ids.items() if key is not None}


def move_to_decision(connection: sqlite3.Connection, action_id: int, old: int, right: int) -> int:
    """Writes anew, resting on the decision `right`, what rests on `old`; how many recognitions moved."""
    recognitions = _resting(connection, "recognition", old)
    undo.void(connection, "recognition", recognitions, action_id)
    for key in recognitions:
        undo.move_revocations(connection, key, _copy(connection, "recognition", key, action_id, right), action_id)
    for key in _resting(connection, "revocation", old):
        undo.void(connection, "revocation", [key], action_id)
        _copy(connection, "revocation", key, action_id, right)
    return len(recognitions)


def _resting(connection: sqlite3.Connection, table: str, decision_id: int) -> list[int]:
    rows = connection.execute(
        f"SELECT id FROM {table} WHERE voided_by IS NULL AND decision_id = ? ORDER BY id", (decision_id,)
    )
    return [row[0] for row in rows]


def _copy(connection: sqlite3.Connection, table: str, key: int, action_id: int, decision_id: int) -> int:
    """A fact once more, in the name of an action and resting on another decision; its id."""
    kept = ", ".join(column.name for column in kind_of(table).columns if column.name != "decision_id")
    made = connection.execute(
        f"INSERT INTO {table} (action_id, decision_id, {kept}) SELECT ?, ?, {kept} FROM {table} WHERE id = ?",
        (action_id, decision_id, key),
    )
    assert made.lastrowid is not None
    return made.lastrowid
