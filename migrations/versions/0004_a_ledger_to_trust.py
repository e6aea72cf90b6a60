"""A ledger to trust: why an action was done and which one it took back, the chain of hashes, closed years.

Every fact can be brought back as a copy of an earlier one. From here on the file itself refuses that a fact is changed
in place, that a voided one stands again, and that a sealed action is changed. The hashes of earlier actions are worked
out by the program after the migration, in the same transaction.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

COPIED_BEFORE = ("recognition", "roadmap", "published_figure")
COPIED_NOW = ("setting", "unit_version", "succession", "decision", "revocation", "target", "target_unit")
FACTS = ("unit", *COPIED_NOW, *COPIED_BEFORE, "closed_year")
MANY = ("unit", "unit_version", "decision", "recognition", "target", "target_unit")  # tables with many rows
# A revocation that is taken back lets its recognition stand again.
STANDS_AGAIN_TWICE = """
    SELECT RAISE(ABORT, 'one standing recognition per unit and level')
    WHERE NEW.voided_by IS NOT NULL AND EXISTS (
        SELECT 1 FROM recognition AS own JOIN recognition AS other
               ON other.unit_id = own.unit_id AND other.programme = own.programme AND other.level = own.level
        WHERE own.id = NEW.recognition_id AND own.voided_by IS NULL
          AND other.id <> own.id AND other.voided_by IS NULL
          AND NOT EXISTS (SELECT 1 FROM revocation WHERE recognition_id = own.id AND voided_by IS NULL)
          AND NOT EXISTS (SELECT 1 FROM revocation WHERE recognition_id = other.id AND voided_by IS NULL))
"""
TOOK_BACK = re.compile(r"(?:thao tác|action) (\d+)")


def upgrade() -> None:
    op.execute("ALTER TABLE action ADD COLUMN reason VARCHAR")
    op.execute("ALTER TABLE action ADD COLUMN reopened VARCHAR")
    op.execute("ALTER TABLE action ADD COLUMN undoes_id INTEGER CONSTRAINT fk_action_undoes_id REFERENCES action (id)")
    op.execute("ALTER TABLE action ADD COLUMN hash VARCHAR")
    say_what_was_undone()
    for table in COPIED_NOW:
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN restores_id INTEGER"
            f" CONSTRAINT fk_{table}_restores_id REFERENCES {table} (id)"
        )
    op.execute(
        "ALTER TABLE published_figure ADD COLUMN basis VARCHAR"
        " CONSTRAINT ck_published_figure_known_basis CHECK (basis IN ('year', 'decision'))"
    )
    create_closed_year()
    for table in FACTS:
        hold_still(table)
    for table in MANY:
        op.create_index(f"ix_{table}_action_id", table, ["action_id"])
        for column in ("voided_by", "restores_id") if table != "unit" else ("voided_by",):
            op.create_index(f"ix_{table}_{column}", table, [column], sqlite_where=sa.text(f"{column} IS NOT NULL"))
    op.execute(
        f"CREATE TRIGGER revocation_once_update AFTER UPDATE OF voided_by ON revocation BEGIN {STANDS_AGAIN_TWICE}; END"
    )
    op.execute(
        "CREATE TRIGGER action_sealed BEFORE UPDATE ON action WHEN OLD.hash IS NOT NULL"
        " BEGIN SELECT RAISE(ABORT, 'a sealed action is never changed'); END"
    )


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
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("restores_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_closed_year"),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name="fk_closed_year_action_id"),
        sa.ForeignKeyConstraint(["voided_by"], ["action.id"], name="fk_closed_year_voided_by"),
        sa.ForeignKeyConstraint(["restores_id"], ["closed_year.id"], name="fk_closed_year_restores_id"),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_closed_year_year_within_reason")),
    )
    op.create_index(
        "uq_closed_year_current", "closed_year", ["year"], unique=True, sqlite_where=sa.text("voided_by IS NULL")
    )
    op.execute(
        "CREATE TRIGGER closed_year_never_deleted BEFORE DELETE ON closed_year"
        " BEGIN SELECT RAISE(ABORT, 'facts are voided, never deleted'); END"
    )


def hold_still(table: str) -> None:
    """What a fact says stays; that it was voided, and by which action, stays too."""
    known = [row[1] for row in op.get_bind().execute(sa.text(f"PRAGMA table_info({table})"))]
    says = ", ".join(column for column in known if column != "voided_by")
    op.execute(
        f"CREATE TRIGGER {table}_never_changed BEFORE UPDATE OF {says} ON {table}"
        " BEGIN SELECT RAISE(ABORT, 'facts are voided, never changed'); END"
    )
    op.execute(
        f"CREATE TRIGGER {table}_stays_voided BEFORE UPDATE OF voided_by ON {table} WHEN OLD.voided_by IS NOT NULL"
        " BEGIN SELECT RAISE(ABORT, 'a voided fact stays voided'); END"
    )
