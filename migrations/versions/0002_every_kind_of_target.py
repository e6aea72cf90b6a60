"""Every kind of target: ranges, open bases, values, district shares, days; national roadmaps; roles of names."""

from typing import Literal

import sqlalchemy as sa
from alembic import op
from ledger_schema import deferrable, never_deleted, on_server, text, whole

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TEXTS = (
    "percent_high",
    "value",
    "value_high",
    "base",
    "readings",
    "part_of",
    "name",
    "counted_in",
    "within",
    "each",
    "begins_on",
    "due_on",
    "note",
)
NUMBERS = ("added_high", "threshold", "relative_to")
STANDING = "unit_id = roadmap.scope_id AND voided_by IS NULL"
THEN = "coalesce(since, '') <= roadmap.issued_on AND coalesce(until, '9999') > roadmap.issued_on"
SCOPE = f"""
    UPDATE roadmap SET
      scope_code = coalesce((SELECT code FROM unit_version WHERE {STANDING} AND {THEN}),
                            (SELECT code FROM unit_version WHERE {STANDING}), ''),
      scope_name = coalesce((SELECT kind || ' ' || name FROM unit_version WHERE {STANDING} AND {THEN}),
                            (SELECT kind || ' ' || name FROM unit_version WHERE {STANDING}), '')
"""


def upgrade() -> None:
    anew: Literal["always", "never"] = "never" if on_server() else "always"
    with op.batch_alter_table("roadmap", recreate=anew) as roadmap:
        roadmap.alter_column("scope_id", existing_type=sa.Integer(), nullable=True)
        roadmap.add_column(sa.Column("scope_code", sa.String(), nullable=False, server_default=""))
        roadmap.add_column(sa.Column("scope_name", sa.String(), nullable=False, server_default=""))
        roadmap.add_column(whole("restores_id"))
        roadmap.create_foreign_key("fk_roadmap_restores_id", "roadmap", ["restores_id"], ["id"], **deferrable())
    op.execute(SCOPE)
    with op.batch_alter_table("target", recreate=anew) as target:
        for name in TEXTS:
            target.add_column(text(name))
        for name in NUMBERS:
            target.add_column(whole(name))
        target.add_column(sa.Column("counts", sa.String(), nullable=False, server_default="at-least"))
        target.add_column(whole("within_id"))
        target.create_foreign_key("fk_target_within_id", "unit", ["within_id"], ["id"], **deferrable())
        target.drop_constraint(op.f("ck_target_known_share"), type_="check")
        target.create_check_constraint(
            op.f("ck_target_known_share"), "share_of IN ('all', 'ntm', 'nested', 'registered', 'open', 'other')"
        )
        target.create_check_constraint(op.f("ck_target_known_counts"), "counts IN ('at-least', 'highest')")
    with op.batch_alter_table("target_unit", recreate=anew) as target_unit:
        target_unit.add_column(sa.Column("role", sa.String(), nullable=False, server_default="units"))
        target_unit.create_check_constraint(
            op.f("ck_target_unit_known_role"), "role IN ('units', 'reserve', 'registered')"
        )
    if not on_server():
        for table in ("roadmap", "target", "target_unit"):  # a rebuilt table has lost its triggers
            never_deleted(table)
