"""Facts about criteria written, many at once: assessments, marks, values by year, tasks, rows of a set."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session, insert

from ntmtrack.model import Decision
from ntmtrack.storage.criteria_tables import AssessmentRow, CriterionRow, MeasurementRow, TaskStateRow, UnitMarkRow
from ntmtrack.storage.inserts import decision_ids
from ntmtrack.storage.tables import FactRow

_TABLES: Mapping[str, type[FactRow]] = {
    "criterion": CriterionRow,
    "unit_mark": UnitMarkRow,
    "assessment": AssessmentRow,
    "measurement": MeasurementRow,
    "task_state": TaskStateRow,
}


def insert_facts(
    session: Session, connection: sqlite3.Connection, action_id: int, table: str, rows: Sequence[Mapping[str, object]]
) -> None:
    """Adds rows to one of the tables, all with the same columns.

    A `decision` among them becomes its id: on record word for word, or new.
    """
    decisions = [told for row in rows if isinstance(told := row.get("decision"), Decision)]
    ids = decision_ids(session, connection, action_id, decisions) if decisions else {}
    written = [_columns(row, action_id, ids) for row in rows]
    if written:
        session.execute(insert(_TABLES[table]), written)
        session.flush()


def _columns(row: Mapping[str, object], action_id: int, ids: Mapping[Decision, int]) -> dict[str, Any]:
    columns = {name: value for name, value in row.items() if name != "decision"}
    if "decision" in row:
        decision = row["decision"]
        columns["decision_id"] = ids[decision] if isinstance(decision, Decision) else None
    return columns | {"action_id": action_id}
