"""Plans as they are printed: "less than", an operator of a per cent's own, a share of those that are left.

SQLite cannot change a CHECK where it stands, so the table is made anew and its rows are carried over. Its indexes and
triggers go with the old one and are made again from their own text. The hashes over earlier rows stay true: the new
column is empty in them. On a server the table is changed where it stands.
"""

import sqlalchemy as sa
from alembic import op
from ledger_schema import change_check, hold_still_too, on_server, text

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

COLUMNS = (
    "id, action_id, voided_by, roadmap_id, place, tier, measure, year, span, nature, operator, added, cumulative,"
    " cumulative_high, percent, total, share_of, cite, percent_high, value, value_high, base, readings, part_of, name,"
    " counted_in, within, each, begins_on, due_on, note, added_high, threshold, relative_to, counts, within_id,"
    " restores_id"
)
OPERATOR = "operator IN ('=', '>=', '>', '<=', '<', 'about', 'range')"
PERCENT_OPERATOR = "percent_operator IN ('=', '>=', '>', '<=', '<', 'about')"
SHARE = "share_of IN ('all', 'ntm', 'nested', 'registered', 'remaining', 'open', 'other')"
TARGET = f"""
    CREATE TABLE target_anew (
        id INTEGER NOT NULL,
        action_id INTEGER NOT NULL,
        voided_by INTEGER,
        roadmap_id INTEGER NOT NULL,
        place INTEGER NOT NULL,
        tier VARCHAR NOT NULL,
        measure VARCHAR NOT NULL,
        year INTEGER NOT NULL,
        span VARCHAR NOT NULL,
        nature VARCHAR NOT NULL,
        operator VARCHAR NOT NULL,
        added INTEGER,
        cumulative INTEGER,
        cumulative_high INTEGER,
        percent VARCHAR,
        total INTEGER,
        share_of VARCHAR NOT NULL,
        cite VARCHAR NOT NULL,
        percent_high VARCHAR,
        value VARCHAR,
        value_high VARCHAR,
        base VARCHAR,
        readings VARCHAR,
        part_of VARCHAR,
        name VARCHAR,
        counted_in VARCHAR,
        within VARCHAR,
        each VARCHAR,
        begins_on VARCHAR,
        due_on VARCHAR,
        note VARCHAR,
        added_high INTEGER,
        threshold INTEGER,
        relative_to INTEGER,
        counts VARCHAR DEFAULT 'at-least' NOT NULL,
        within_id INTEGER,
        restores_id INTEGER,
        percent_operator VARCHAR,
        CONSTRAINT pk_target PRIMARY KEY (id),
        CONSTRAINT fk_target_action_id FOREIGN KEY(action_id) REFERENCES action (id),
        CONSTRAINT fk_target_voided_by FOREIGN KEY(voided_by) REFERENCES action (id),
        CONSTRAINT fk_target_roadmap_id FOREIGN KEY(roadmap_id) REFERENCES roadmap (id),
        CONSTRAINT fk_target_within_id FOREIGN KEY(within_id) REFERENCES unit (id),
        CONSTRAINT fk_target_restores_id FOREIGN KEY(restores_id) REFERENCES target (id),
        CONSTRAINT ck_target_known_operator CHECK ({OPERATOR}),
        CONSTRAINT ck_target_known_percent_operator CHECK ({PERCENT_OPERATOR}),
        CONSTRAINT ck_target_known_nature CHECK (nature IN ('target', 'actual', 'baseline')),
        CONSTRAINT ck_target_known_span CHECK (span IN ('year', 'period')),
        CONSTRAINT ck_target_known_share CHECK
            ({SHARE}),
        CONSTRAINT ck_target_known_counts CHECK (counts IN ('at-least', 'highest')),
        CONSTRAINT ck_target_year_within_reason CHECK (year BETWEEN 2000 AND 2100)
    )
"""
HANGING = (
    "SELECT sql FROM sqlite_master WHERE tbl_name = 'target' AND type <> 'table' AND sql IS NOT NULL ORDER BY name"
)
LAST = ", restores_id ON target BEGIN"  # of the columns that the file itself lets nobody change


def upgrade() -> None:
    if on_server():
        change_target()
    else:
        make_target_anew()


def change_target() -> None:
    op.add_column("target", text("percent_operator"))
    change_check("target", "known_operator", OPERATOR)
    change_check("target", "known_share", SHARE)
    op.create_check_constraint(op.f("ck_target_known_percent_operator"), "target", PERCENT_OPERATOR)
    hold_still_too("target")


def make_target_anew() -> None:
    hanging = [row[0] for row in op.get_bind().execute(sa.text(HANGING)).fetchall()]
    op.execute(TARGET)
    op.execute(f"INSERT INTO target_anew ({COLUMNS}) SELECT {COLUMNS} FROM target")
    op.execute("DROP TABLE target")
    op.execute("ALTER TABLE target_anew RENAME TO target")
    for statement in hanging:
        op.execute(statement.replace(LAST, ", restores_id, percent_operator ON target BEGIN"))
