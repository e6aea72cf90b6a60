"""Corrections of recognitions and published figures, and what undoing one brings back."""

from ledger_schema import add_reference, index

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CORRECTED = ("recognition", "published_figure")


def upgrade() -> None:
    for table in CORRECTED:
        add_reference(table, "restores_id", table)
    index("ix_decision_number", "decision", ["number"])
