"""Criteria: what an office says of a set, how units are classed, what reviews found, values by year, tasks.

Villages may be of more kinds than three. SQLite cannot change a CHECK where it stands, so the table of versions of
units is made anew and its rows are carried over; indexes and triggers go with the old one and are made again from
their own text. The hashes over earlier rows stay true: the one new column of an older table is empty in them. On a
server the table is changed where it stands.
"""

import sqlalchemy as sa
from alembic import op
from ledger_schema import (
    CURRENT,
    change_check,
    check,
    create_held_facts,
    expression,
    hold_still_too,
    index,
    on_server,
    reference,
    text,
    whole,
)

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

COLUMNS = (
    "id, action_id, voided_by, unit_id, code, name, name_key, kind, tier, parent_id, since, until, resolution,"
    " restores_id"
)
KIND = """(tier = 'province' AND kind IN ('tỉnh', 'thành phố'))
             OR (tier = 'district' AND kind IN ('huyện', 'thị xã', 'thành phố', 'quận'))
             OR (tier = 'commune' AND kind IN ('xã', 'phường', 'thị trấn', 'đặc khu'))
             OR (tier = 'village' AND kind IN ('thôn', 'bản', 'ấp', 'làng', 'buôn', 'bon', 'xóm', 'khóm', 'phum',
                 'sóc', 'khu', 'khu phố', 'tiểu khu', 'tổ dân phố'))"""
UNIT_VERSION = f"""
    CREATE TABLE unit_version_anew (
        id INTEGER NOT NULL,
        action_id INTEGER NOT NULL,
        voided_by INTEGER,
        unit_id INTEGER NOT NULL,
        code VARCHAR,
        name VARCHAR NOT NULL,
        name_key VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        tier VARCHAR NOT NULL,
        parent_id INTEGER,
        since VARCHAR,
        until VARCHAR,
        resolution VARCHAR,
        restores_id INTEGER,
        CONSTRAINT pk_unit_version PRIMARY KEY (id),
        CONSTRAINT fk_unit_version_action_id FOREIGN KEY(action_id) REFERENCES action (id),
        CONSTRAINT fk_unit_version_voided_by FOREIGN KEY(voided_by) REFERENCES action (id),
        CONSTRAINT fk_unit_version_unit_id FOREIGN KEY(unit_id) REFERENCES unit (id),
        CONSTRAINT fk_unit_version_parent_id FOREIGN KEY(parent_id) REFERENCES unit (id),
        CONSTRAINT fk_unit_version_restores_id FOREIGN KEY(restores_id) REFERENCES unit_version (id),
        CONSTRAINT ck_unit_version_known_kind CHECK
            ({KIND}),
        CONSTRAINT ck_unit_version_since_before_until CHECK (since IS NULL OR until IS NULL OR since < until),
        CONSTRAINT ck_unit_version_has_name CHECK (length(name) BETWEEN 1 AND 100)
    )
"""
# Indexes and triggers of the table, and triggers of others that look into it: it cannot be renamed under those.
HANGING = """
    SELECT type, name, sql FROM sqlite_master
    WHERE sql IS NOT NULL AND type IN ('index', 'trigger')
      AND (tbl_name = 'unit_version' OR sql LIKE '%FROM unit_version %') ORDER BY rowid
"""
SURE = "confidence IN ('recorded', 'confirmed', 'inferred', 'illustrative')"


def upgrade() -> None:
    if on_server():
        change_check("unit_version", "known_kind", KIND)
    else:
        make_unit_version_anew()
    op.execute("ALTER TABLE published_figure ADD COLUMN share_of VARCHAR")
    hold_still_too("published_figure")
    create_criterion()
    create_unit_mark()
    create_assessment()
    create_measurement()
    create_task_state()


def make_unit_version_anew() -> None:
    hanging = op.get_bind().execute(sa.text(HANGING)).fetchall()
    for kind, name, _statement in hanging:
        op.execute(f"DROP {kind} {name}")
    op.execute(UNIT_VERSION)
    op.execute(f"INSERT INTO unit_version_anew ({COLUMNS}) SELECT {COLUMNS} FROM unit_version")
    op.execute("DROP TABLE unit_version")
    op.execute("ALTER TABLE unit_version_anew RENAME TO unit_version")
    for _kind, _name, statement in hanging:
        op.execute(statement)


def create_criterion() -> None:
    create_held_facts(
        "criterion",
        whole("scope_id"),
        text("criteria_set", required=True),
        text("code", required=True),
        text("name"),
        text("applies_to"),
        whole("year"),
        text("since"),
        text("operator"),
        text("threshold"),
        text("counted_in"),
        whole("verified", required=True),
        whole("decision_id"),
        text("source"),
        reference("criterion", "scope_id", "unit"),
        reference("criterion", "decision_id", "decision"),
        check("criterion", "known_operator", "operator IN ('=', '>=', '>', '<=', '<')"),
        check("criterion", "yes_or_no", "verified IN (0, 1)"),
    )
    said_once = [expression(f"coalesce({column}, {nothing})") for column, nothing in OPTIONAL.items()]
    index("uq_criterion_current", "criterion", ["criteria_set", "code", *said_once], unique=True, where=CURRENT)


OPTIONAL = {"scope_id": "0", "applies_to": "''", "year": "0", "since": "''"}


def create_unit_mark() -> None:
    create_held_facts(
        "unit_mark",
        whole("unit_id", required=True),
        text("mark", required=True),
        text("value", required=True),
        text("since", required=True),
        whole("decision_id"),
        text("source"),
        reference("unit_mark", "unit_id", "unit"),
        reference("unit_mark", "decision_id", "decision"),
    )
    index("uq_unit_mark_current", "unit_mark", ["unit_id", "mark", "since"], unique=True, where=CURRENT)


def create_assessment() -> None:
    create_held_facts(
        "assessment",
        whole("unit_id", required=True),
        text("criteria_set", required=True),
        text("day", required=True),
        whole("met", required=True),
        text("missing"),
        text("unknown"),
        text("results"),
        text("confidence", required=True),
        text("source"),
        text("note"),
        reference("assessment", "unit_id", "unit"),
        check("assessment", "met_within_reason", "met BETWEEN 0 AND 200"),
        check("assessment", "known_confidence", SURE),
    )
    index("uq_assessment_current", "assessment", ["unit_id", "criteria_set", "day"], unique=True, where=CURRENT)


def create_measurement() -> None:
    create_held_facts(
        "measurement",
        whole("unit_id", required=True),
        text("measure", required=True),
        whole("year", required=True),
        text("name", required=True),
        text("value", required=True),
        text("counted_in"),
        text("owner"),
        text("valid_until"),
        whole("decision_id"),
        text("confidence", required=True),
        text("source"),
        text("note"),
        reference("measurement", "unit_id", "unit"),
        reference("measurement", "decision_id", "decision"),
        check("measurement", "year_within_reason", "year BETWEEN 2000 AND 2100"),
        check("measurement", "known_confidence", SURE),
    )
    index(
        "uq_measurement_current",
        "measurement",
        ["unit_id", "measure", "year", "name"],
        unique=True,
        where=CURRENT,
    )


def create_task_state() -> None:
    create_held_facts(
        "task_state",
        whole("unit_id", required=True),
        text("plan", required=True),
        text("task", required=True),
        text("state", required=True),
        text("day", required=True),
        text("due_on"),
        text("owner"),
        text("evidence"),
        text("note"),
        reference("task_state", "unit_id", "unit"),
        check("task_state", "known_state", "state IN ('open', 'done', 'dropped')"),
    )
    index("uq_task_state_current", "task_state", ["unit_id", "plan", "task", "day"], unique=True, where=CURRENT)
