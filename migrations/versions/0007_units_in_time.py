"""Units in time: what was carried over a merger, and whose an action was before two ledgers were joined.

A recognition may be công nhận lại; after a merger it may be reviewed without being recognised; a ward or a special zone
may take part without being counted; how far back a list of units is complete may be known; a plan may count what
earlier sets gave. SQLite cannot change a CHECK where it stands, so the table of recognitions is made anew and its rows
are carried over; indexes and triggers go with the old one and are made again from their own text. The hashes over
earlier rows stay true: the new columns are empty in them. On a server the table is changed where it
stands.
"""

import sqlalchemy as sa
from alembic import op
from ledger_schema import (
    CURRENT,
    add_reference,
    add_whole,
    change_check,
    check,
    create_held_facts,
    hold_still_too,
    index,
    on_server,
    reference,
    text,
    whole,
)

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

COLUMNS = (
    "id, action_id, voided_by, unit_id, programme, level, year, known_by, decision_id, announced_on, basis, confidence,"
    " source, note, restores_id"
)
BASIS = "basis IN ('recognised', 'acknowledged', 're-recognised')"
RECOGNITION = f"""
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
        CONSTRAINT ck_recognition_known_basis CHECK ({BASIS}),
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


def upgrade() -> None:
    if on_server():
        change_check("recognition", "known_basis", BASIS)
    else:
        make_recognition_anew()
    add_whole("succession", "main", " CONSTRAINT ck_succession_yes_or_no CHECK (main IN (0, 1))")
    index(
        "uq_succession_current",
        "succession",
        ["predecessor_id", "successor_id"],
        unique=True,
        where=CURRENT,
    )
    index("ix_succession_successor_id", "succession", ["successor_id"])
    index("ix_succession_action_id", "succession", ["action_id"])
    op.execute(
        "ALTER TABLE target ADD COLUMN of_set VARCHAR"
        " CONSTRAINT ck_target_known_set CHECK (of_set IN ('programme', 'carried', 'both', 'open'))"
    )
    add_whole("target", "hold", " CONSTRAINT ck_target_yes_or_no CHECK (hold IN (0, 1))")
    for table in ("succession", "target"):
        hold_still_too(table)
    op.execute("ALTER TABLE action ADD COLUMN origin VARCHAR")
    op.execute("ALTER TABLE action ADD COLUMN done_at VARCHAR")
    add_reference("action", "joined_by", "action")
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


def create_review() -> None:
    create_held_facts(
        "review",
        whole("unit_id", required=True),
        text("programme", required=True),
        text("level"),
        text("result", required=True),
        text("day", required=True),
        whole("decision_id"),
        text("source"),
        text("note"),
        reference("review", "unit_id", "unit"),
        reference("review", "decision_id", "decision"),
        check("review", "known_result", "result IN ('proposed', 'lapsed')"),
        many=False,
    )
    index(
        "uq_review_current",
        "review",
        ["unit_id", "programme"],
        unique=True,
        where=CURRENT,
    )


def create_participation() -> None:
    create_held_facts(
        "participation",
        whole("unit_id", required=True),
        text("programme", required=True),
        text("day", required=True),
        whole("decision_id"),
        text("source"),
        reference("participation", "unit_id", "unit"),
        reference("participation", "decision_id", "decision"),
        many=False,
    )
    index(
        "uq_participation_current",
        "participation",
        ["unit_id", "programme"],
        unique=True,
        where=CURRENT,
    )


def create_unit_list() -> None:
    create_held_facts(
        "unit_list",
        whole("scope_id", required=True),
        text("complete_since", required=True),
        text("source"),
        reference("unit_list", "scope_id", "unit"),
        many=False,
    )
    index("uq_unit_list_current", "unit_list", ["scope_id"], unique=True, where=CURRENT)
