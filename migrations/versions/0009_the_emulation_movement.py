"""The emulation movement: its rules, what units register, awards that were given, the other registers."""

from ledger_schema import CURRENT, check, create_held_facts, expression, index, reference, text, whole

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_movement()
    create_movement_rule()
    create_registration()
    create_award()
    create_register_entry()


def create_movement() -> None:
    create_held_facts(
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
    index("uq_movement_current", "movement", ["key"], unique=True, where=CURRENT)


def create_movement_rule() -> None:
    create_held_facts(
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
    index("ix_movement_rule_movement_id", "movement_rule", ["movement_id"])


def create_registration() -> None:
    create_held_facts(
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
    of_text = expression("CASE pledge WHEN 'text' THEN value ELSE '' END")
    index(
        "uq_registration_current",
        "registration",
        ["unit_id", "year", "pledge", of_text],
        unique=True,
        where=CURRENT,
    )


def create_award() -> None:
    create_held_facts(
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
    create_held_facts(
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
