"""Corrections of recognitions and published figures, and what undoing one brings back.

A column with a reference can be added to a SQLite table where it stands: nothing is rebuilt, no trigger is lost.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CORRECTED = ("recognition", "published_figure")


def upgrade() -> None:
    for table in CORRECTED:
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN restores_id INTEGER"
            f" CONSTRAINT fk_{table}_restores_id REFERENCES {table} (id)"
        )
    op.execute("CREATE INDEX ix_decision_number ON decision (number)")
