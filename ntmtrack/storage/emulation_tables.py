"""The tables of the emulation movement: its rules, registrations, awards, the other registers."""

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from ntmtrack.storage.tables import FactRow, of_facts

_CURRENT = text("voided_by IS NULL")


class MovementRow(FactRow, table=True):
    """Phong trào thi đua: the document whose rules hold for a scope, from a day until another."""

    __tablename__ = "movement"
    __table_args__ = (
        *of_facts("movement"),
        CheckConstraint("grouping IN ('district', 'former-district', 'block')", name="known_grouping"),
        Index("uq_movement_current", "key", unique=True, sqlite_where=_CURRENT),
    )
    key: str
    title: str
    number: str
    issued_on: str
    issuer: str
    programme: str
    scope_id: int = Field(foreign_key="unit.id")
    scope_code: str
    scope_name: str
    begins_on: str
    ends_on: str
    grouping: str
    supersedes_id: int | None = Field(default=None, foreign_key="movement.id")
    source: str | None = None
    restores_id: int | None = Field(default=None, foreign_key="movement.id")


class MovementRuleRow(FactRow, table=True):
    """One rule of a movement: a date, a form of award, a condition; `says` is what it says, as its file writes it."""

    __tablename__ = "movement_rule"
    __table_args__ = (
        *of_facts("movement_rule"),
        CheckConstraint("section IN ('date', 'award', 'condition')", name="known_section"),
        Index("ix_movement_rule_movement_id", "movement_id"),
    )
    movement_id: int = Field(foreign_key="movement.id")
    section: str
    key: str
    place: int
    name: str
    says: str
    cite: str
    restores_id: int | None = Field(default=None, foreign_key="movement_rule.id")


class RegistrationRow(FactRow, table=True):
    """Đăng ký thi đua: what a unit pledges for a year; `sender_id` is who sent it, where not the unit itself."""

    __tablename__ = "registration"
    __table_args__ = (
        *of_facts("registration"),
        CheckConstraint("pledge IN ('level', 'criteria', 'text')", name="known_pledge"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year_within_reason"),
        Index(
            "uq_registration_current",
            "unit_id",
            "year",
            "pledge",
            text("CASE pledge WHEN 'text' THEN value ELSE '' END"),
            unique=True,
            sqlite_where=_CURRENT,
        ),
    )
    unit_id: int = Field(foreign_key="unit.id")
    year: int
    pledge: str
    value: str
    sent_on: str | None = None
    sender_id: int | None = Field(default=None, foreign_key="unit.id")
    received_on: str | None = None
    document: str | None = None
    source: str | None = None
    note: str | None = None
    restores_id: int | None = Field(default=None, foreign_key="registration.id")


class AwardRow(FactRow, table=True):
    """Khen thưởng đã trao: `form` is the rule of the movement that it was given by; `person` is told to nobody else."""

    __tablename__ = "award"
    __table_args__ = (
        *of_facts("award"),
        CheckConstraint("places BETWEEN 1 AND 10000", name="places_within_reason"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year_within_reason"),
    )
    unit_id: int = Field(foreign_key="unit.id")
    movement: str | None = None
    form: str | None = None
    name: str
    authority: str | None = None
    year: int
    level: str | None = None
    achievement: str
    recipient: str | None = None
    places: int = 1
    decision_id: int | None = Field(default=None, foreign_key="decision.id")
    over: str | None = None
    source: str | None = None
    note: str | None = None
    person: str | None = None
    restores_id: int | None = Field(default=None, foreign_key="award.id")


class RegisterEntryRow(FactRow, table=True):
    """An entry of one of the other registers: sponsorship, contribution, block, inspection, meeting, model."""

    __tablename__ = "register_entry"
    __table_args__ = (
        *of_facts("register_entry"),
        CheckConstraint(
            "book IN ('sponsorship', 'contribution', 'block', 'inspection', 'meeting', 'model')",
            name="known_book",
        ),
        CheckConstraint("amount >= 0", name="amount_within_reason"),
    )
    unit_id: int = Field(foreign_key="unit.id")
    book: str
    kind: str | None = None
    party: str | None = None
    what: str
    day: str
    until: str | None = None
    amount: int | None = None
    document: str | None = None
    source: str | None = None
    note: str | None = None
    person: str | None = None
    restores_id: int | None = Field(default=None, foreign_key="register_entry.id")
