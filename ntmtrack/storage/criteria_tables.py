"""The tables of criteria, marks, assessments, values by year and tasks."""

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from ntmtrack.storage.tables import FactRow, of_facts

_SURE = "confidence IN ('recorded', 'confirmed', 'inferred', 'illustrative')"
_CURRENT = text("voided_by IS NULL")


class CriterionRow(FactRow, table=True):
    """What an office says of one row of a criteria set: the name of a content, a threshold.

    Without `scope_id` it holds for the whole ledger, without `applies_to` (a group, a region) for every unit, without
    `year` for every year; `verified` is 1 where the office has the text at hand.
    """

    __tablename__ = "criterion"
    __table_args__ = (
        *of_facts("criterion"),
        CheckConstraint("operator IN ('=', '>=', '>', '<=', '<')", name="known_operator"),
        CheckConstraint("verified IN (0, 1)", name="yes_or_no"),
        Index(
            "uq_criterion_current",
            "criteria_set",
            "code",
            text("coalesce(scope_id, 0)"),
            text("coalesce(applies_to, '')"),
            text("coalesce(year, 0)"),
            text("coalesce(since, '')"),
            unique=True,
            sqlite_where=_CURRENT,
        ),
    )
    scope_id: int | None = Field(default=None, foreign_key="unit.id")
    criteria_set: str
    code: str
    name: str | None = None
    applies_to: str | None = None
    year: int | None = None
    since: str | None = None
    operator: str | None = None
    threshold: str | None = None
    counted_in: str | None = None
    verified: int
    decision_id: int | None = Field(default=None, foreign_key="decision.id")
    source: str | None = None
    restores_id: int | None = Field(default=None, foreign_key="criterion.id")


class UnitMarkRow(FactRow, table=True):
    """How a unit is classed from a day on: its group, đặc biệt khó khăn, border, island."""

    __tablename__ = "unit_mark"
    __table_args__ = (
        *of_facts("unit_mark"),
        Index("uq_unit_mark_current", "unit_id", "mark", "since", unique=True, sqlite_where=_CURRENT),
    )
    unit_id: int = Field(foreign_key="unit.id")
    mark: str
    value: str
    since: str
    decision_id: int | None = Field(default=None, foreign_key="decision.id")
    source: str | None = None
    restores_id: int | None = Field(default=None, foreign_key="unit_mark.id")


class AssessmentRow(FactRow, table=True):
    """Kết quả rà soát: how many criteria of a set a unit met on a day; which it does not, where that is known."""

    __tablename__ = "assessment"
    __table_args__ = (
        *of_facts("assessment"),
        CheckConstraint("met BETWEEN 0 AND 200", name="met_within_reason"),
        CheckConstraint(_SURE, name="known_confidence"),
        Index("uq_assessment_current", "unit_id", "criteria_set", "day", unique=True, sqlite_where=_CURRENT),
    )
    unit_id: int = Field(foreign_key="unit.id")
    criteria_set: str
    day: str
    met: int
    missing: str | None = None
    unknown: str | None = None
    results: str | None = None
    confidence: str = "recorded"
    source: str | None = None
    note: str | None = None
    restores_id: int | None = Field(default=None, foreign_key="assessment.id")


class MeasurementRow(FactRow, table=True):
    """A value of a unit in a year: income per head, a poverty rate, an OCOP product with its stars."""

    __tablename__ = "measurement"
    __table_args__ = (
        *of_facts("measurement"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year_within_reason"),
        CheckConstraint(_SURE, name="known_confidence"),
        Index("uq_measurement_current", "unit_id", "measure", "year", "name", unique=True, sqlite_where=_CURRENT),
    )
    unit_id: int = Field(foreign_key="unit.id")
    measure: str
    year: int
    name: str = ""
    value: str
    counted_in: str | None = None
    owner: str | None = None
    valid_until: str | None = None
    decision_id: int | None = Field(default=None, foreign_key="decision.id")
    confidence: str = "recorded"
    source: str | None = None
    note: str | None = None
    restores_id: int | None = Field(default=None, foreign_key="measurement.id")


class TaskStateRow(FactRow, table=True):
    """How a task or a condition of a plan stands on a day: for whom, by when, by what evidence."""

    __tablename__ = "task_state"
    __table_args__ = (
        *of_facts("task_state"),
        CheckConstraint("state IN ('open', 'done', 'dropped')", name="known_state"),
        Index("uq_task_state_current", "unit_id", "plan", "task", "day", unique=True, sqlite_where=_CURRENT),
    )
    unit_id: int = Field(foreign_key="unit.id")
    plan: str
    task: str
    state: str
    day: str
    due_on: str | None = None
    owner: str | None = None
    evidence: str | None = None
    note: str | None = None
    restores_id: int | None = Field(default=None, foreign_key="task_state.id")
