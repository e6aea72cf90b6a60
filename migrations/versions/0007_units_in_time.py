"""Units in time: what was carried over a merger, and whose an action was before two ledgers were joined.

A recognition may be công nhận lại; after a merger it may be reviewed without being recognised; a ward or a special zone
may take part without being counted; how far back a list of units is complete may be known; a plan may count what
earlier sets gave. SQLite cannot change a CHECK where it stands, so the table of recognitions is made anew and its rows
are carried over; indexes and triggers go with the old one and are made again from their own text. The hashes over
earlier rows stay true: the new columns are empty in them.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

COLUMNS = (
    "id, action_id, voided_by, unit_id, programme, level, year, known_by, decision_id, announced_on, basis, confidence,"
    " source, note, restores_id"
)
RECOGNITION = """
    CREATE TABLE recognition_anew (
        id INTEGER NOT NULL,
        action_id INTEGER NOT NULL,
        voided_by INTEGER,
        unit_id INTEGER NOT NULL,
        programme VARCHAR NOT NULL,
        level VARCHAR NOT NULL,
        year INTEGER,
        known_by VARCHAR,
        decision_id INTEGER,
        announced_on VARCHAR,
        basis VARCHAR NOT NULL,
        confidence VARCHAR NOT NULL,
        source VARCHAR,
        note VARCHAR,
        restores_id INTEGER,
        CONSTRAINT pk_recognition PRIMARY KEY (id),
        CONSTRAINT fk_recognition_action_id FOREIGN KEY(action_id) REFERENCES action (id),
        CONSTRAINT fk_recognition_voided_by FOREIGN KEY(voided_by) REFERENCES action (id),
        CONSTRAINT fk_recognition_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
        CONSTRAINT fk_recognition_decision_id FOREIGN KEY(decision_id) REFERENCES decision (id),
        CONSTRAINT fk_recognition_restores_id FOREIGN KEY(restores_id) REFERENCES recognition (id),
        CONSTRAINT ck_recognition_has_time CHECK (year IS NOT NULL OR known_by IS NOT NULL),
        CONSTRAINT ck_recognition_year_within_reason CHECK (year IS NULL OR year BETWEEN 2000 AND 2100),
        CONSTRAINT ck_recognition_known_basis CHECK (basis IN ('recognised', 'acknowledged', 're-recognised')),
        CONSTRAINT ck_recognition_known_confidence CHECK
            (confidence IN ('recorded', 'confirmed', 'inferred', 'illustrative'))
    )
"""
# Indexes and triggers of the table, and triggers of others that look into it: it cannot be renamed under those.
HANGING = """
    SELECT type, name, sql FROM sqlite_master
    WHERE sql IS NOT NULL AND type IN ('index', 'trigger')
      AND (tbl_name = 'recognition' OR sql LIKE '%FROM recognition %') ORDER BY rowid
"""
# A column of these lies beside those that the file itself lets nobody change.
ADDED = {"succession": ("main",), "target": ("of_set", "hold")}


def upgrade() -> None:
    make_recognition_anew()
    op.execute(
        "ALTER TABLE succession ADD COLUMN main INTEGER CONSTRAINT ck_succession_yes_or_no CHECK (main IN (0, 1))"
    )
    op.create_index(
        "uq_succession_current",
        "succession",
        ["predecessor_id", "successor_id"],
        unique=True,
        sqlite_where=sa.text("voided_by IS NULL"),
    )
    op.create_index("ix_succession_successor_id", "succession", ["successor_id"])
    op.create_index("ix_succession_action_id", "succession", ["action_id"])
    op.execute(
        "ALTER TABLE target ADD COLUMN of_set VARCHAR"
        " CONSTRAINT ck_target_known_set CHECK (of_set IN ('programme', 'carried', 'both', 'open'))"
    )
    op.execute("ALTER TABLE target ADD COLUMN hold INTEGER CONSTRAINT ck_target_yes_or_no CHECK (hold IN (0, 1))")
    for table, columns in ADDED.items():
        hold_still_too(table, columns)
    op.execute("ALTER TABLE action ADD COLUMN origin VARCHAR")
    op.execute("ALTER TABLE action ADD COLUMN done_at VARCHAR")
    op.execute("ALTER TABLE action ADD COLUMN joined_by INTEGER CONSTRAINT fk_action_joined_by REFERENCES action (id)")
    create_review()
    create_participation()
    create_unit_list()


def make_recognition_anew() -> None:
    hanging = op.get_bind().execute(sa.text(HANGING)).fetchall()
    for kind, name, _statement in hanging:
        op.execute(f"DROP {kind} {name}")
    op.execute(RECOGNITION)
    op.execute(f"INSERT INTO recognition_anew ({COLUMNS}) SELECT {COLUMNS} FROM recognition")
    op.execute("DROP TABLE recognition")
    op.execute("ALTER TABLE recognition_anew RENAME TO recognition")
    for _kind, _name, statement in hanging:
        op.execute(statement)


def hold_still_too(table: str, columns: tuple[str, ...]) -> None:
    """The rule that no fact is changed holds for columns that came later."""
    (text,) = (
        op.get_bind()
        .execute(sa.text(f"SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = '{table}_never_changed'"))
        .one()
    )
    op.execute(f"DROP TRIGGER {table}_never_changed")
    op.execute(re.sub(rf" ON {table} BEGIN", f", {', '.join(columns)} ON {table} BEGIN", text))


def create_review() -> None:
    create_facts(
        "review",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_review_unit_id"),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name="fk_review_decision_id"),
        sa.CheckConstraint("result IN ('proposed', 'lapsed')", name=op.f("ck_review_known_result")),
    )
    op.create_index(
        "uq_review_current",
        "review",
        ["unit_id", "programme"],
        unique=True,
        sqlite_where=sa.text("voided_by IS NULL"),
    )


def create_participation() -> None:
    create_facts(
        "participation",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_participation_unit_id"),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name="fk_participation_decision_id"),
    )
    op.create_index(
        "uq_participation_current",
        "participation",
        ["unit_id", "programme"],
        unique=True,
        sqlite_where=sa.text("voided_by IS NULL"),
    )


def create_unit_list() -> None:
    create_facts(
        "unit_list",
        sa.Column("scope_id", sa.Integer(), nullable=False),
        sa.Column("complete_since", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["scope_id"], ["unit.id"], name="fk_unit_list_scope_id"),
    )
    op.create_index(
        "uq_unit_list_current", "unit_list", ["scope_id"], unique=True, sqlite_where=sa.text("voided_by IS NULL")
    )


def create_facts(table: str, *says: sa.schema.SchemaItem) -> None:
    """A table of facts, with the rules that the file itself holds for every fact."""
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        *says,
        sa.Column("restores_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=f"fk_{table}_action_id"),
        sa.ForeignKeyConstraint(["voided_by"], ["action.id"], name=f"fk_{table}_voided_by"),
        sa.ForeignKeyConstraint(["restores_id"], [f"{table}.id"], name=f"fk_{table}_restores_id"),
    )
    rows = op.get_bind().execute(sa.text(f"PRAGMA table_info({table})"))
    columns = ", ".join(row[1] for row in rows if row[1] != "voided_by")
    op.execute(
        f"CREATE TRIGGER {table}_never_deleted BEFORE DELETE ON {table}"
        " BEGIN SELECT RAISE(ABORT, 'facts are voided, never deleted'); END"
    )
    op.execute(
        f"CREATE TRIGGER {table}_never_changed BEFORE UPDATE OF {columns} ON {table}"
        " BEGIN SELECT RAISE(ABORT, 'facts are voided, never changed'); END"
    )
    op.execute(
        f"CREATE TRIGGER {table}_stays_voided BEFORE UPDATE OF voided_by ON {table} WHEN OLD.voided_by IS NOT NULL"
        " BEGIN SELECT RAISE(ABORT, 'a voided fact stays voided'); END"
    )
