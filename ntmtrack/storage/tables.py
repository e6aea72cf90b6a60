"""The tables that everyday writes need, as SQLModel classes; rows of these never leave `storage`.

The others are in `plan_tables` and `criteria_tables`: a table class costs 2 ms of every start.

Every fact carries the action that wrote it and, once corrected, the action that voided it. A voided fact stays voided:
what is brought back is a copy, whose `restores_id` is the first of its kind. The same schema is written out by hand,
frozen, in `migrations/`; a test holds the two together. What a CHECK cannot say (no overlapping versions, one standing
recognition, nothing deleted or changed in place) is held by triggers of the migration.
"""

import sqlite3
import time
from functools import cache
from typing import Any

from sqlalchemy import URL, CheckConstraint, Connection, Dialect, Engine, Index, create_engine, event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool
from sqlmodel import Field, SQLModel

from ntmtrack.storage.address import Place, ServerAddress
from ntmtrack.storage.connection import BUSY_SECONDS, connect

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
METADATA = SQLModel.metadata
METADATA.naming_convention = NAMING


class StoredRow(SQLModel):
    """A row. Pydantic's validators are never built: the ledger checks before it writes, the database when it does."""

    model_config = {"defer_build": True}


class Action(StoredRow, table=True):
    """Thao tác: one user command that wrote; the unit of history and undo.

    `reason` is why a fact was corrected, `reopened` why figures of a closed year were changed. Of an action that came
    from another ledger: `origin` is whose it was, `done_at` when it was done there, `joined_by` the action that took
    it in.
    """

    id: int | None = Field(default=None, primary_key=True)
    at: str
    who: str
    verb: str
    summary: str
    version: str
    reason: str | None = None
    reopened: str | None = None
    undoes_id: int | None = Field(default=None, foreign_key="action.id")
    hash: str | None = None
    origin: str | None = None
    done_at: str | None = None
    joined_by: int | None = Field(default=None, foreign_key="action.id")


class FactRow(StoredRow):
    """What every fact table has: its key, who wrote it, who voided it."""

    id: int | None = Field(default=None, primary_key=True)
    action_id: int = Field(foreign_key="action.id")
    voided_by: int | None = Field(default=None, foreign_key="action.id")


def of_facts(table: str) -> tuple[Index, ...]:
    """The indexes of a table with many rows: by them the facts of an action and the copies of a fact are found."""
    return (
        Index(f"ix_{table}_action_id", "action_id"),
        Index(f"ix_{table}_voided_by", "voided_by", sqlite_where=text("voided_by IS NOT NULL")),
        Index(f"ix_{table}_restores_id", "restores_id", sqlite_where=text("restores_id IS NOT NULL")),
    )


class Setting(FactRow, table=True):
    """One remembered choice, such as the programme that the ledger was started for; of each key the last counts."""

    __table_args__ = (Index("ix_setting_key", "key"),)
    key: str
    value: str
    restores_id: int | None = Field(default=None, foreign_key="setting.id")


class UnitRow(FactRow, table=True):
    """A unit's stable identity; everything that can change is in its versions, and only those are voided."""

    __tablename__ = "unit"
    __table_args__ = of_facts("unit")[:2]


class UnitVersion(FactRow, table=True):
    """What a unit was called and belonged to, from `since` up to but not on `until`."""

    __tablename__ = "unit_version"
    __table_args__ = (
        *of_facts("unit_version"),
        CheckConstraint(
            "(tier = 'province' AND kind IN ('tỉnh', 'thành phố'))"
            " OR (tier = 'district' AND kind IN ('huyện', 'thị xã', 'thành phố', 'quận'))"
            " OR (tier = 'commune' AND kind IN ('xã', 'phường', 'thị trấn', 'đặc khu'))"
            " OR (tier = 'village' AND kind IN ('thôn', 'bản', 'ấp', 'làng', 'buôn', 'bon', 'xóm', 'khóm', 'phum',"
            " 'sóc', 'khu', 'khu phố', 'tiểu khu', 'tổ dân phố'))",
            name="known_kind",
        ),
        CheckConstraint("since IS NULL OR until IS NULL OR since < until", name="since_before_until"),
        CheckConstraint("length(name) BETWEEN 1 AND 100", name="has_name"),
        Index("ix_unit_version_name_key", "name_key"),
        Index("ix_unit_version_code", "code"),
        Index("ix_unit_version_unit_id", "unit_id"),
        Index("ix_unit_version_parent_id", "parent_id"),
    )
    unit_id: int = Field(foreign_key="unit.id")
    code: str | None = None
    name: str
    name_key: str
    kind: str
    tier: str
    parent_id: int | None = Field(default=None, foreign_key="unit.id")
    since: str | None = None
    until: str | None = None
    resolution: str | None = None
    restores_id: int | None = Field(default=None, foreign_key="unit_version.id")


class DecisionRow(FactRow, table=True):
    """Quyết định."""

    __tablename__ = "decision"
    __table_args__ = (
        *of_facts("decision"),
        CheckConstraint("length(number) BETWEEN 1 AND 100", name="has_number"),
        Index("ix_decision_number", "number"),
        Index(
            "uq_decision_current",
            "number",
            text("coalesce(issuer, '')"),
            text("coalesce(signed_on, '')"),
            unique=True,
            sqlite_where=text("voided_by IS NULL"),
        ),
    )
    number: str
    signed_on: str | None = None
    issuer: str | None = None
    note: str | None = None
    restores_id: int | None = Field(default=None, foreign_key="decision.id")


class RecognitionRow(FactRow, table=True):
    """Công nhận."""

    __tablename__ = "recognition"
    __table_args__ = (
        *of_facts("recognition"),
        CheckConstraint("year IS NOT NULL OR known_by IS NOT NULL", name="has_time"),
        CheckConstraint("year IS NULL OR year BETWEEN 2000 AND 2100", name="year_within_reason"),
        CheckConstraint("basis IN ('recognised', 'acknowledged', 're-recognised')", name="known_basis"),
        CheckConstraint("confidence IN ('recorded', 'confirmed', 'inferred', 'illustrative')", name="known_confidence"),
        Index("ix_recognition_unit_id", "unit_id"),
    )
    unit_id: int = Field(foreign_key="unit.id")
    programme: str
    level: str
    year: int | None = None
    known_by: str | None = None
    decision_id: int | None = Field(default=None, foreign_key="decision.id")
    announced_on: str | None = None
    basis: str = "recognised"
    confidence: str = "recorded"
    source: str | None = None
    note: str | None = None
    restores_id: int | None = Field(default=None, foreign_key="recognition.id")


class Revocation(FactRow, table=True):
    """Thu hồi: the recognition ends on `day`."""

    __table_args__ = (Index("ix_revocation_recognition_id", "recognition_id"),)
    recognition_id: int = Field(foreign_key="recognition.id")
    decision_id: int | None = Field(default=None, foreign_key="decision.id")
    day: str
    reason: str | None = None
    restores_id: int | None = Field(default=None, foreign_key="revocation.id")


_TURN = 250  # milliseconds


def open_engine(file: Place, *, foreign_keys: bool = True) -> Engine:
    """An engine whose driver starts no transaction of its own, so that ours are whole; the file must be there."""
    if isinstance(file, ServerAddress):
        from ntmtrack.storage.server.engine import open_server

        return open_server(file)

    def prepared() -> Any:
        connection = connect(file)
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    pool = NullPool(prepared, dialect=_dialect())
    engine = Engine(pool, _dialect(), URL.create("sqlite"), execution_options={"compiled_cache": _COMPILED})

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        _take_turn(connection)

    return engine


# What SQLAlchemy made of statements holds for one dialect: kept with one, they are made once for all that is written.
_COMPILED: dict[Any, Any] = {}


@cache
def _dialect() -> Dialect:
    """SQLite's, set up as for any engine."""
    engine = create_engine("sqlite://", poolclass=NullPool)
    engine.connect().close()
    return engine.dialect


def _take_turn(connection: Connection) -> None:
    """BEGIN IMMEDIATE, waited for in short turns.

    SQLite asks ever more seldom while it waits: of many writers, the one that waits longest would be served last.
    """
    until = time.monotonic() + BUSY_SECONDS
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {_TURN}")
    while not _begun(connection, is_last=time.monotonic() > until):
        pass
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")


def _begun(connection: Connection, *, is_last: bool) -> bool:
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError as wrong:
        is_busy = getattr(wrong.orig, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
        if is_last or not is_busy:
            raise
        return False
    return True
