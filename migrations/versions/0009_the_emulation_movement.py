"""The emulation movement: its rules, what units register, awards that were given, the other registers."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

CURRENT = sa.text("voided_by IS NULL")


def upgrade() -> None:
    create_movement()
    create_movement_rule()
    create_registration()
    create_award()
    create_register_entry()


def create_movement() -> None:
    create_facts(
        "movement",
        text("key", required=True),
        text("title", required=True),
        text("number", required=True),
        text("issued_on", required=True),
        text("issuer", required=True),
        text("programme", required=True),
        whole("scope_id", required=True),
        text("scope_code", required=True),
        text("scope_name", required=True),
        text("begins_on", required=True),
        text("ends_on", required=True),
        text("grouping", required=True),
        whole("supersedes_id"),
        text("source"),
        reference("movement", "scope_id", "unit"),
        reference("movement", "supersedes_id", "movement"),
        check("movement", "known_grouping", "grouping IN ('district', 'former-district', 'block')"),
    )
    op.create_index("uq_movement_current", "movement", ["key"], unique=True, sqlite_where=CURRENT)


def create_movement_rule() -> None:
    create_facts(
        "movement_rule",
        whole("movement_id", required=True),
        text("section", required=True),
        text("key", required=True),
        whole("place", required=True),
        text("name", required=True),
        text("says", required=True),
        text("cite", required=True),
        reference("movement_rule", "movement_id", "movement"),
        check("movement_rule", "known_section", "section IN ('date', 'award', 'condition')"),
    )
    op.create_index("ix_movement_rule_movement_id", "movement_rule", ["movement_id"])


def create_registration() -> None:
    create_facts(
        "registration",
        whole("unit_id", required=True),
        whole("year", required=True),
        text("pledge", required=True),
        text("value", required=True),
        text("sent_on"),
        whole("sender_id"),
        text("received_on"),
        text("document"),
        text("source"),
        text("note"),
        reference("registration", "unit_id", "unit"),
        reference("registration", "sender_id", "unit"),
        check("registration", "known_pledge", "pledge IN ('level', 'criteria', 'text')"),
        check("registration", "year_within_reason", "year BETWEEN 2000 AND 2100"),
    )
    of_text = sa.text("CASE pledge WHEN 'text' THEN value ELSE '' END")
    op.create_index(
        "uq_registration_current",
        "registration",
        ["unit_id", "year", "pledge", of_text],
        unique=True,
        sqlite_where=CURRENT,
    )


def create_award() -> None:
    create_facts(
        "award",
        whole("unit_id", required=True),
        text("movement"),
        text("form"),
        text("name", required=True),
        text("authority"),
        whole("year", required=True),
        text("level"),
        text("achievement", required=True),
        text("recipient"),
        whole("places", required=True),
        whole("decision_id"),
        text("over"),
        text("source"),
        text("note"),
        text("person"),
        reference("award", "unit_id", "unit"),
        reference("award", "decision_id", "decision"),
        check("award", "places_within_reason", "places BETWEEN 1 AND 10000"),
        check("award", "year_within_reason", "year BETWEEN 2000 AND 2100"),
    )


def create_register_entry() -> None:
    create_facts(
        "register_entry",
        whole("unit_id", required=True),
        text("book", required=True),
        text("kind"),
        text("party"),
        text("what", required=True),
        text("day", required=True),
        text("until"),
        whole("amount"),
        text("document"),
        text("source"),
        text("note"),
        text("person"),
        reference("register_entry", "unit_id", "unit"),
        check(
            "register_entry",
            "known_book",
            "book IN ('sponsorship', 'contribution', 'block', 'inspection', 'meeting', 'model')",
        ),
        check("register_entry", "amount_within_reason", "amount >= 0"),
    )


def whole(name: str, *, required: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=not required)


def text(name: str, *, required: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=not required)


def reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}")


def check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def create_facts(table: str, *says: sa.schema.SchemaItem) -> None:
    """A table of facts, with the rules that the file itself holds for every fact, and the indexes of one with many."""
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
    op.create_index(f"ix_{table}_action_id", table, ["action_id"])
    for column in ("voided_by", "restores_id"):
        op.create_index(f"ix_{table}_{column}", table, [column], sqlite_where=sa.text(f"{column} IS NOT NULL"))
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
