"""The whole model: units in time, decisions, recognitions, revocations, roadmaps, published figures, actions."""

import sqlalchemy as sa
from alembic import op
from ledger_schema import (
    CURRENT,
    SERVER_REFUSAL,
    check,
    create_facts,
    expression,
    index,
    never_deleted,
    on_server,
    reference,
    rule_after,
    text,
    whole,
)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPLICATION_ID = 0x4E544D74  # "NTMt": how the file says that it is ours
FACTS = (
    "setting",
    "unit",
    "unit_version",
    "succession",
    "decision",
    "recognition",
    "revocation",
    "roadmap",
    "target",
    "target_unit",
    "published_figure",
)


def upgrade() -> None:
    if not on_server():
        op.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    create_actions()
    create_units()
    create_recognitions()
    create_roadmaps()
    create_triggers()


def create_actions() -> None:
    op.create_table(
        "action",
        whole("id", required=True),
        text("at", required=True),
        text("who", required=True),
        text("verb", required=True),
        text("summary", required=True),
        text("version", required=True),
        sa.PrimaryKeyConstraint("id", name="pk_action"),
    )
    create_facts("setting", text("key", required=True), text("value", required=True), copied=False)
    index("ix_setting_key", "setting", ["key"])


def create_units() -> None:
    create_facts("unit", copied=False)
    create_facts(
        "unit_version",
        whole("unit_id", required=True),
        text("code"),
        text("name", required=True),
        text("name_key", required=True),
        text("kind", required=True),
        text("tier", required=True),
        whole("parent_id"),
        text("since"),
        text("until"),
        text("resolution"),
        reference("unit_version", "unit_id", "unit"),
        reference("unit_version", "parent_id", "unit"),
        check(
            "unit_version",
            "known_kind",
            "(tier = 'province' AND kind IN ('tỉnh', 'thành phố'))"
            " OR (tier = 'district' AND kind IN ('huyện', 'thị xã', 'thành phố', 'quận'))"
            " OR (tier = 'commune' AND kind IN ('xã', 'phường', 'thị trấn', 'đặc khu'))"
            " OR (tier = 'village' AND kind IN ('thôn', 'bản', 'ấp'))",
        ),
        check("unit_version", "since_before_until", "since IS NULL OR until IS NULL OR since < until"),
        check("unit_version", "has_name", "length(name) BETWEEN 1 AND 100"),
        copied=False,
    )
    for column in ("name_key", "code", "unit_id", "parent_id"):
        index(f"ix_unit_version_{column}", "unit_version", [column])
    create_facts(
        "succession",
        whole("predecessor_id", required=True),
        whole("successor_id", required=True),
        text("extent", required=True),
        text("day", required=True),
        text("resolution"),
        reference("succession", "predecessor_id", "unit"),
        reference("succession", "successor_id", "unit"),
        check("succession", "known_extent", "extent IN ('whole', 'part')"),
        copied=False,
    )


def create_recognitions() -> None:
    create_facts(
        "decision",
        text("number", required=True),
        text("signed_on"),
        text("issuer"),
        text("note"),
        check("decision", "has_number", "length(number) BETWEEN 1 AND 100"),
        copied=False,
    )
    index(
        "uq_decision_current",
        "decision",
        ["number", expression("coalesce(issuer, '')"), expression("coalesce(signed_on, '')")],
        unique=True,
        where=CURRENT,
    )
    create_facts(
        "recognition",
        whole("unit_id", required=True),
        text("programme", required=True),
        text("level", required=True),
        whole("year"),
        text("known_by"),
        whole("decision_id"),
        text("announced_on"),
        text("basis", required=True),
        text("confidence", required=True),
        text("source"),
        text("note"),
        reference("recognition", "unit_id", "unit"),
        reference("recognition", "decision_id", "decision"),
        check("recognition", "has_time", "year IS NOT NULL OR known_by IS NOT NULL"),
        check("recognition", "year_within_reason", "year IS NULL OR year BETWEEN 2000 AND 2100"),
        check("recognition", "known_basis", "basis IN ('recognised', 'acknowledged')"),
        check(
            "recognition",
            "known_confidence",
            "confidence IN ('recorded', 'confirmed', 'inferred', 'illustrative')",
        ),
        copied=False,
    )
    index("ix_recognition_unit_id", "recognition", ["unit_id"])
    create_facts(
        "revocation",
        whole("recognition_id", required=True),
        whole("decision_id"),
        text("day", required=True),
        text("reason"),
        reference("revocation", "recognition_id", "recognition"),
        reference("revocation", "decision_id", "decision"),
        copied=False,
    )
    index("ix_revocation_recognition_id", "revocation", ["recognition_id"])


def create_roadmaps() -> None:
    create_facts(
        "roadmap",
        text("key", required=True),
        text("title", required=True),
        text("number", required=True),
        text("issued_on", required=True),
        text("issuer", required=True),
        text("programme", required=True),
        whole("scope_id", required=True),
        whole("base_year", required=True),
        whole("supersedes_id"),
        text("source"),
        reference("roadmap", "scope_id", "unit"),
        reference("roadmap", "supersedes_id", "roadmap"),
        copied=False,
    )
    index("uq_roadmap_current", "roadmap", ["key"], unique=True, where=CURRENT)
    create_facts(
        "target",
        whole("roadmap_id", required=True),
        whole("place", required=True),
        text("tier", required=True),
        text("measure", required=True),
        whole("year", required=True),
        text("span", required=True),
        text("nature", required=True),
        text("operator", required=True),
        whole("added"),
        whole("cumulative"),
        whole("cumulative_high"),
        text("percent"),
        whole("total"),
        text("share_of", required=True),
        text("cite", required=True),
        reference("target", "roadmap_id", "roadmap"),
        check("target", "known_operator", "operator IN ('=', '>=', '>', '<=', 'about', 'range')"),
        check("target", "known_nature", "nature IN ('target', 'actual', 'baseline')"),
        check("target", "known_span", "span IN ('year', 'period')"),
        check("target", "known_share", "share_of IN ('all', 'ntm', 'nested', 'open')"),
        check("target", "year_within_reason", "year BETWEEN 2000 AND 2100"),
        copied=False,
    )
    index("ix_target_roadmap_id", "target", ["roadmap_id"])
    create_facts(
        "target_unit",
        whole("target_id", required=True),
        whole("unit_id"),
        text("printed", required=True),
        reference("target_unit", "target_id", "target"),
        reference("target_unit", "unit_id", "unit"),
        copied=False,
    )
    index("ix_target_unit_target_id", "target_unit", ["target_id"])
    create_facts(
        "published_figure",
        whole("scope_id", required=True),
        text("tier", required=True),
        text("measure", required=True),
        text("as_of", required=True),
        text("value", required=True),
        whole("total"),
        text("percent"),
        text("source", required=True),
        text("confidence", required=True),
        reference("published_figure", "scope_id", "unit"),
        copied=False,
    )


OVERLAP = """NEW.voided_by IS NULL AND EXISTS (
        SELECT 1 FROM unit_version AS other
        WHERE other.unit_id = NEW.unit_id AND other.id IS NOT NEW.id AND other.voided_by IS NULL
          AND coalesce(other.since, '') < coalesce(NEW.until, '9999')
          AND coalesce(NEW.since, '') < coalesce(other.until, '9999'))"""
TWICE_RECOGNISED = """NEW.voided_by IS NULL AND EXISTS (
        SELECT 1 FROM recognition AS other
        WHERE other.unit_id = NEW.unit_id AND other.id IS NOT NEW.id AND other.voided_by IS NULL
          AND other.programme = NEW.programme AND other.level = NEW.level
          AND NOT EXISTS (SELECT 1 FROM revocation
                          WHERE recognition_id = other.id AND voided_by IS NULL))"""
OVERLAPS = "overlapping versions of a unit"
RECOGNISED = "one standing recognition per unit and level"


def create_triggers() -> None:
    if on_server():
        op.execute(SERVER_REFUSAL)
    for event in ("INSERT", "UPDATE"):
        suffix, moment = event.lower(), f"AFTER {event}"
        rule_after(f"unit_version_no_overlap_{suffix}", moment, "unit_version", OVERLAPS, OVERLAP)
        rule_after(f"recognition_once_{suffix}", moment, "recognition", RECOGNISED, TWICE_RECOGNISED)
    for table in ("action", *FACTS):
        never_deleted(table)
