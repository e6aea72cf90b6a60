"""The tables of roadmaps, published figures, mergers of units and closed years."""

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from ntmtrack.storage.tables import FactRow, of_facts

__all__ = [
    "ClosedYear",
    "ParticipationRow",
    "PublishedFigure",
    "Review",
    "RoadmapRow",
    "SuccessionRow",
    "TargetRow",
    "TargetUnit",
    "UnitListRow",
]


class SuccessionRow(FactRow, table=True):
    """A unit, whole or in part, went into another; `main` is 1 for the part that its people or its centre went with."""

    __tablename__ = "succession"
    __table_args__ = (
        CheckConstraint("extent IN ('whole', 'part')", name="known_extent"),
        CheckConstraint("main IN (0, 1)", name="yes_or_no"),
        Index(
            "uq_succession_current",
            "predecessor_id",
            "successor_id",
            unique=True,
            sqlite_where=text("voided_by IS NULL"),
        ),
        Index("ix_succession_successor_id", "successor_id"),
        Index("ix_succession_action_id", "action_id"),
    )
    predecessor_id: int = Field(foreign_key="unit.id")
    successor_id: int = Field(foreign_key="unit.id")
    extent: str
    day: str
    resolution: str | None = None
    restores_id: int | None = Field(default=None, foreign_key="succession.id")
    main: int | None = None


class UnitListRow(FactRow, table=True):
    """From which day on the units of a province are all known; before it the ledger has only a later list."""

    __tablename__ = "unit_list"
    __table_args__ = (Index("uq_unit_list_current", "scope_id", unique=True, sqlite_where=text("voided_by IS NULL")),)
    scope_id: int = Field(foreign_key="unit.id")
    complete_since: str
    source: str | None = None
    restores_id: int | None = Field(default=None, foreign_key="unit_list.id")


class Review(FactRow, table=True):
    """Kết quả rà soát sau sắp xếp: a level is proposed for a merged unit, or is none any more ("lapsed")."""

    __table_args__ = (
        CheckConstraint("result IN ('proposed', 'lapsed')", name="known_result"),
        Index("uq_review_current", "unit_id", "programme", unique=True, sqlite_where=text("voided_by IS NULL")),
    )
    unit_id: int = Field(foreign_key="unit.id")
    programme: str
    level: str | None = None
    result: str
    day: str
    decision_id: int | None = Field(default=None, foreign_key="decision.id")
    source: str | None = None
    note: str | None = None
    restores_id: int | None = Field(default=None, foreign_key="review.id")


class ParticipationRow(FactRow, table=True):
    """A unit of a kind that is not counted (phường, đặc khu) takes part in a programme from `day` on."""

    __tablename__ = "participation"
    __table_args__ = (
        Index("uq_participation_current", "unit_id", "programme", unique=True, sqlite_where=text("voided_by IS NULL")),
    )
    unit_id: int = Field(foreign_key="unit.id")
    programme: str
    day: str
    decision_id: int | None = Field(default=None, foreign_key="decision.id")
    source: str | None = None
    restores_id: int | None = Field(default=None, foreign_key="participation.id")


class RoadmapRow(FactRow, table=True):
    """Lộ trình: a document with targets for a scope; a national one belongs to no unit."""

    __tablename__ = "roadmap"
    __table_args__ = (Index("uq_roadmap_current", "key", unique=True, sqlite_where=text("voided_by IS NULL")),)
    key: str
    title: str
    number: str
    issued_on: str
    issuer: str
    programme: str
    scope_id: int | None = Field(default=None, foreign_key="unit.id")
    scope_code: str = Field(default="", sa_column_kwargs={"server_default": ""})
    scope_name: str = Field(default="", sa_column_kwargs={"server_default": ""})
    base_year: int
    supersedes_id: int | None = Field(default=None, foreign_key="roadmap.id")
    restores_id: int | None = Field(default=None, foreign_key="roadmap.id")
    source: str | None = None


class TargetRow(FactRow, table=True):
    """Chỉ tiêu: figures as printed, with their place in the document."""

    __tablename__ = "target"
    __table_args__ = (
        *of_facts("target"),
        CheckConstraint("operator IN ('=', '>=', '>', '<=', '<', 'about', 'range')", name="known_operator"),
        CheckConstraint("percent_operator IN ('=', '>=', '>', '<=', '<', 'about')", name="known_percent_operator"),
        CheckConstraint("nature IN ('target', 'actual', 'baseline')", name="known_nature"),
        CheckConstraint("span IN ('year', 'period')", name="known_span"),
        CheckConstraint(
            "share_of IN ('all', 'ntm', 'nested', 'registered', 'remaining', 'open', 'other')", name="known_share"
        ),
        CheckConstraint("counts IN ('at-least', 'highest')", name="known_counts"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year_within_reason"),
        CheckConstraint("of_set IN ('programme', 'carried', 'both', 'open')", name="known_set"),
        CheckConstraint("hold IN (0, 1)", name="yes_or_no"),
        Index("ix_target_roadmap_id", "roadmap_id"),
    )
    roadmap_id: int = Field(foreign_key="roadmap.id")
    place: int
    tier: str
    measure: str
    year: int
    span: str = "year"
    nature: str = "target"
    operator: str = "="
    added: int | None = None
    added_high: int | None = None
    cumulative: int | None = None
    cumulative_high: int | None = None
    percent: str | None = None
    percent_high: str | None = None
    total: int | None = None
    value: str | None = None
    value_high: str | None = None
    share_of: str = "all"
    base: str | None = None
    readings: str | None = None
    part_of: str | None = None
    counts: str = Field(default="at-least", sa_column_kwargs={"server_default": "at-least"})
    threshold: int | None = None
    relative_to: int | None = None
    name: str | None = None
    counted_in: str | None = None
    within: str | None = None
    within_id: int | None = Field(default=None, foreign_key="unit.id")
    each: str | None = None
    begins_on: str | None = None
    due_on: str | None = None
    note: str | None = None
    cite: str
    restores_id: int | None = Field(default=None, foreign_key="target.id")
    percent_operator: str | None = None
    of_set: str | None = None
    hold: int | None = None


class TargetUnit(FactRow, table=True):
    """A unit that the plan names in a target; `unit_id` is empty where the ledger does not hold it."""

    __tablename__ = "target_unit"
    __table_args__ = (
        *of_facts("target_unit"),
        CheckConstraint("role IN ('units', 'reserve', 'registered')", name="known_role"),
        Index("ix_target_unit_target_id", "target_id"),
    )
    target_id: int = Field(foreign_key="target.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    printed: str
    role: str = Field(default="units", sa_column_kwargs={"server_default": "units"})
    restores_id: int | None = Field(default=None, foreign_key="target_unit.id")


class PublishedFigure(FactRow, table=True):
    """Số đã công bố; `basis` is how it was counted, where that is known."""

    __tablename__ = "published_figure"
    __table_args__ = (CheckConstraint("basis IN ('year', 'decision')", name="known_basis"),)
    scope_id: int = Field(foreign_key="unit.id")
    tier: str
    measure: str
    as_of: str
    value: str
    total: int | None = None
    percent: str | None = None
    source: str
    confidence: str = "confirmed"
    restores_id: int | None = Field(default=None, foreign_key="published_figure.id")
    basis: str | None = None
    share_of: str | None = None


class ClosedYear(FactRow, table=True):
    """Năm đã khoá sổ: from then on figures of the year and those before it stay as they are.

    `fingerprint` is of what those figures rested on when the year was closed.
    """

    __tablename__ = "closed_year"
    __table_args__ = (
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year_within_reason"),
        Index("uq_closed_year_current", "year", unique=True, sqlite_where=text("voided_by IS NULL")),
    )
    year: int
    fingerprint: str
    restores_id: int | None = Field(default=None, foreign_key="closed_year.id")
