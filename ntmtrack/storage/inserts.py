"""Facts written many at once: units below others of the same list, recognitions, decisions moved."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, insert

from ntmtrack.model import Decision, Recognition
from ntmtrack.storage import undo
from ntmtrack.storage.dialect import Connection, is_of_file
from ntmtrack.storage.facts import kind_of
from ntmtrack.storage.queries.recognitions import every_decision
from ntmtrack.storage.tables import DecisionRow, RecognitionRow, UnitRow, UnitVersion
from ntmtrack.text import fold
from ntmtrack.units.rearrangement import Rearrangement, UnitRef, Version


def insert_units(session: Session, action_id: int, units: Sequence[Sequence[Version]]) -> list[int]:
    """Adds units, each with its versions, the oldest first; their ids in the order given."""
    rows = [UnitRow(action_id=action_id) for _ in units]
    session.add_all(rows)
    session.flush()
    ids = [row.id for row in rows if row.id is not None]
    insert_versions(
        session,
        action_id,
        [(unit_id, version) for unit_id, versions in zip(ids, units, strict=True) for version in versions],
        ids,
    )
    return ids


def insert_versions(
    session: Session, action_id: int, versions: Sequence[tuple[int, Version]], placed: Sequence[int] = ()
) -> None:
    """Adds versions of units by id; `placed` are the ids of the units that parents are named by their place in."""
    rows = [
        {
            "action_id": action_id,
            "unit_id": unit_id,
            "code": new.code,
            "name": new.name,
            "name_key": fold(new.name),
            "kind": new.kind,
            "tier": new.tier,
            "parent_id": _id_of(above, placed),
            "since": new.since,
            "until": new.until,
            "resolution": new.resolution,
        }
        for unit_id, (new, above) in versions
    ]
    if rows:
        session.execute(insert(UnitVersion), rows)
        session.flush()


def _id_of(ref: UnitRef, placed: Sequence[int]) -> int | None:
    return ref.id if ref.place is None else placed[ref.place]


def write_rearrangement(session: Session, connection: Connection, action_id: int, change: Rearrangement) -> None:
    """Ends, begins and carries on units, and keeps what became of what."""
    for day in dict.fromkeys(change.ends.values()):
        _end(connection, action_id, [unit_id for unit_id, ended in change.ends.items() if ended == day], day)
    for unit_id, began in change.starts.items():
        _start(connection, action_id, unit_id, began)
    for unit_id, (new, _above) in change.goes_on:
        if new.since:
            _end(connection, action_id, [unit_id], new.since, before=new.until)
    placed = insert_units(session, action_id, change.begins)
    insert_versions(session, action_id, change.goes_on, placed)
    descents = [
        {
            "action_id": action_id,
            "predecessor_id": _id_of(descent.predecessor, placed),
            "successor_id": _id_of(descent.successor, placed),
            "extent": descent.extent,
            "day": descent.day,
            "main": None if descent.main is None else int(descent.main),
            "resolution": descent.resolution,
        }
        for descent in change.descents
    ]
    if descents:
        from ntmtrack.storage.plan_tables import SuccessionRow

        session.execute(insert(SuccessionRow), descents)
        session.flush()


def _start(connection: Connection, action_id: int, unit_id: int, day: str) -> None:
    """The first version of a unit begins on a day, where none was known."""
    (key,) = connection.execute(
        "SELECT id FROM unit_version WHERE unit_id = ? AND voided_by IS NULL AND since IS NULL", (unit_id,)
    ).fetchone()
    undo.void(connection, "unit_version", [key], action_id)
    _copy_version(connection, action_id, key, "since", day)


_COLUMNS = [column.name for column in kind_of("unit_version").columns]


def _copy_version(connection: Connection, action_id: int, key: int, changed: str, value: str) -> None:
    """A version once more in the name of an action, with one column changed."""
    kept = ", ".join(name for name in _COLUMNS if name != changed)
    connection.execute(
        f"INSERT INTO unit_version (action_id, {changed}, {kept}) SELECT ?, ?, {kept} FROM unit_version WHERE id = ?",
        (action_id, value, key),
    )


def _end(connection: Connection, action_id: int, ids: Sequence[int], day: str, before: str | None = None) -> None:
    """Cuts the versions of units that stand on a day; those that begin later go, but such as begin from `before` on."""
    for unit_id in ids:
        facts = {"unit": unit_id, "day": day, "before": before, "action": action_id}
        rows = connection.execute(
            "SELECT id, coalesce(since, '') < :day FROM unit_version WHERE unit_id = :unit AND voided_by IS NULL"
            " AND coalesce(until, '9999') > :day AND coalesce(since, '') < coalesce(:before, '9999')",
            facts,
        ).fetchall()
        undo.void(connection, "unit_version", [row[0] for row in rows], action_id)
        for key in (key for key, begins_before in rows if begins_before):
            _copy_version(connection, action_id, key, "until", day)


_KIND = kind_of("recognition")


def recognition_columns(unit_id: int, recognition: Recognition, decision_id: int | None) -> dict[str, Any]:
    """What a recognition of a unit says, by column."""
    fields = {column.name: getattr(recognition, column.name) for column in _KIND.columns if not column.refers}
    return fields | {"unit_id": unit_id, "decision_id": decision_id}


def insert_recognitions(
    session: Session, connection: Connection, action_id: int, new: Sequence[tuple[int, Recognition]]
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
    session: Session, connection: Connection, action_id: int, given: Sequence[Decision]
) -> dict[Decision, int]:
    """The id of each decision: one that has an id is on record, one without is on record word for word or is added."""
    on_record = {_without_id(decision): decision.id for decision in every_decision(connection)}
    new = [decision for decision in dict.fromkeys(given) if decision.id is None and decision not in on_record]
    if new and not is_of_file(connection):
        on_record |= _unseen_decisions(connection, new)
        new = [decision for decision in new if decision not in on_record]
    rows = [{"action_id": action_id, "number": n, "signed_on": day, "issuer": issuer} for n, day, issuer, _id in new]
    if rows:
        session.execute(insert(DecisionRow), rows)
        session.flush()
        on_record |= {_without_id(decision): decision.id for decision in every_decision(connection)}
    ids = {decision: decision.id or on_record[decision] for decision in dict.fromkeys(given)}
    return {decision: key for decision, key in ids.items() if key is not None}


def _unseen_decisions(connection: Connection, named: Sequence[Decision]) -> dict[Decision, int | None]:
    """Which decisions are on record on a server though whoever writes does not see them: others share them."""
    found: dict[Decision, int | None] = {}
    for one in named:
        facts = {"number": one.number, "signed_on": one.signed_on, "issuer": one.issuer}
        (key,) = connection.execute("SELECT decision_on_record(:number, :signed_on, :issuer)", facts).fetchone()
        found |= {one: key} if key else {}
    return found


def move_to_decision(connection: Connection, action_id: int, old: int, right: int) -> int:
    """Writes anew, resting on the decision `right`, what rests on `old`; how many recognitions moved."""
    recognitions = _resting(connection, "recognition", old)
    undo.void(connection, "recognition", recognitions, action_id)
    for key in recognitions:
        undo.move_revocations(connection, key, _copy(connection, "recognition", key, action_id, right), action_id)
    for key in _resting(connection, "revocation", old):
        undo.void(connection, "revocation", [key], action_id)
        _copy(connection, "revocation", key, action_id, right)
    return len(recognitions)


def _resting(connection: Connection, table: str, decision_id: int) -> list[int]:
    rows = connection.execute(
        f"SELECT id FROM {table} WHERE voided_by IS NULL AND decision_id = ? ORDER BY id", (decision_id,)
    )
    return [row[0] for row in rows]


def _copy(connection: Connection, table: str, key: int, action_id: int, decision_id: int) -> int:
    """A fact once more, in the name of an action and resting on another decision; its id."""
    kept = ", ".join(column.name for column in kind_of(table).columns if column.name != "decision_id")
    made = connection.execute(
        f"INSERT INTO {table} (action_id, decision_id, {kept}) SELECT ?, ?, {kept} FROM {table} WHERE id = ?",
        (action_id, decision_id, key),
    )
    assert made.lastrowid is not None
    return made.lastrowid
