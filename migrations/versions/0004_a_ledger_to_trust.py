"""A ledger to trust: why an action was done and which one it took back, the chain of hashes, closed years.

Every fact can be brought back as a copy of an earlier one. From here on the file itself refuses that a fact is changed
in place, that a voided one stands again, and that a sealed action is changed. The hashes of earlier actions are worked
out by the program after the migration, in the same transaction.
"""

import re

import sqlalchemy as sa
from alembic import op
from ledger_schema import (
    CURRENT,
    add_reference,
    check,
    hold_still,
    index,
    index_action_and_copies,
    never_deleted,
    reference,
    rule,
    rule_after,
    text,
    whole,
)

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

COPIED_BEFORE = ("recognition", "roadmap", "published_figure")
COPIED_NOW = ("setting", "unit_version", "succession", "decision", "revocation", "target", "target_unit")
FACTS = ("unit", *COPIED_NOW, *COPIED_BEFORE, "closed_year")
MANY = ("unit", "unit_version", "decision", "recognition", "target", "target_unit")  # tables with many rows
# A revocation that is taken back lets its recognition stand again.
STANDS_AGAIN_TWICE = """NEW.voided_by IS NOT NULL AND EXISTS (
        SELECT 1 FROM recognition AS own JOIN recognition AS other
               ON other.unit_id = own.unit_id AND other.programme = own.programme AND other.level = own.level
        WHERE own.id = NEW.recognition_id AND own.voided_by IS NULL
          AND other.id <> own.id AND other.voided_by IS NULL
          AND NOT EXISTS (SELECT 1 FROM revocation WHERE recognition_id = own.id AND voided_by IS NULL)
          AND NOT EXISTS (SELECT 1 FROM revocation WHERE recognition_id = other.id AND voided_by IS NULL))"""
TOOK_BACK = re.compile(r"(?:thao tác|action) (\d+)")


def upgrade() -> None:
    op.execute("ALTER TABLE action ADD COLUMN reason VARCHAR")
    op.execute("ALTER TABLE action ADD COLUMN reopened VARCHAR")
    add_reference("action", "undoes_id", "action")
    op.execute("ALTER TABLE action ADD COLUMN hash VARCHAR")
    say_what_was_undone()
    for table in COPIED_NOW:
        add_reference(table, "restores_id", table)
    op.execute(
        "ALTER TABLE published_figure ADD COLUMN basis VARCHAR"
        " CONSTRAINT ck_published_figure_known_basis CHECK (basis IN ('year', 'decision'))"
    )
    create_closed_year()
    for table in FACTS:
        hold_still(table)
    for table in MANY:
        index_action_and_copies(table, copied=table != "unit")
    rule_after(
        "revocation_once_update",
        "AFTER UPDATE OF voided_by",
        "revocation",
        "one standing recognition per unit and level",
        STANDS_AGAIN_TWICE,
    )
    rule("action_sealed", "BEFORE UPDATE", "action", "a sealed action is never changed", when="OLD.hash IS NOT NULL")


def say_what_was_undone() -> None:
    """An undo told so far in its summary alone which action it took back."""
    connection = op.get_bind()
    for key, summary in connection.execute(sa.text("SELECT id, summary FROM action WHERE verb = 'undo'")).fetchall():
        if found := TOOK_BACK.search(summary):
            connection.execute(
                sa.text("UPDATE action SET undoes_id = :undone WHERE id = :key AND :undone < :key"),
                {"undone": int(found[1]), "key": key},
            )


def create_closed_year() -> None:
    op.create_table(
        "closed_year",
        whole("id", required=True),
        whole("action_id", required=True),
        whole("voided_by"),
        whole("year", required=True),
        text("fingerprint", required=True),
        whole("restores_id"),
        sa.PrimaryKeyConstraint("id", name="pk_closed_year"),
        reference("closed_year", "action_id", "action"),
        reference("closed_year", "voided_by", "action"),
        reference("closed_year", "restores_id", "closed_year"),
        check("closed_year", "year_within_reason", "year BETWEEN 2000 AND 2100"),
    )
    index("uq_closed_year_current", "closed_year", ["year"], unique=True, where=CURRENT)
    never_deleted("closed_year")
