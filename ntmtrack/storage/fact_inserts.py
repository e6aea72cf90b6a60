"""Facts written many at once, each kind by the columns of its table: of criteria, and of the emulation movement."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from sqlmodel import Session, insert

from ntmtrack.model import Decision
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.inserts import decision_ids
from ntmtrack.storage.tables import FactRow

_OF_MOVEMENT = ("movement", "movement_rule", "registration", "award", "register_entry")


def insert_facts(
    session: Session, connection: Connection, action_id: int, table: str, rows: Sequence[Mapping[str, object]]
) -> None:
    """Adds rows to one of the tables, all with the same columns.

    A `decision` among them becomes its id: on record word for word, or new.
    """
    decisions = [told for row in rows if isinstance(told := row.get("decision"), Decision)]
    ids = decision_ids(session, connection, action_id, decisions) if decisions else {}
    written = [_columns(row, action_id, ids) for row in rows]
    if written:
        session.execute(insert(_row_class(table)), written)
        session.flush()


def _row_class(table: str) -> type[FactRow]:
    """The class of the rows of a table; only its own module is loaded."""
    home = "emulation_tables" if table in _OF_MOVEMENT else "criteria_tables"
    classes = (row for row in vars(import_module(f"ntmtrack.storage.{home}")).values() if isinstance(row, type))
    return next(row for row in classes if issubclass(row, FactRow) and getattr(row, "__tablename__", "") == table)


def _columns(row: Mapping[str, object], action_id: int, ids: Mapping[Decision, int]) -> dict[str, Any]:
    columns = {name: value for name, value in row.items() if name != "decision"}
    if "decision" in row:
        decision = row["decision"]
        columns["decision_id"] = ids[decision] if isinstance(decision, Decision) else None
    return columns | {"action_id": action_id}
