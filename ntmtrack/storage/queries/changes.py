"""What actions wrote and voided: the facts of the history, each with what it says in readable columns."""

import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

_DECISION = "d.number, d.signed_on, d.issuer"
# Per table its facts `f`; the first column is the unit that a fact is about, where it is about one.
_SAYS = {
    "unit_version": """f.unit_id, f.code, f.name, f.kind, f.tier, f.since, f.until, f.resolution,
        (SELECT p.kind || ' ' || p.name FROM unit_version AS p WHERE p.unit_id = f.parent_id ORDER BY p.id DESC LIMIT 1)
        AS parent FROM unit_version AS f""",
    "succession": """f.predecessor_id AS unit_id, f.extent, f.day, f.resolution,
        (SELECT s.kind || ' ' || s.name FROM unit_version AS s WHERE s.unit_id = f.successor_id ORDER BY s.id DESC
         LIMIT 1) AS successor FROM succession AS f""",
    "recognition": f"""f.unit_id, f.programme, f.level, f.year, f.known_by, f.announced_on, f.basis, f.confidence,
        f.source, f.note, {_DECISION} FROM recognition AS f LEFT JOIN decision AS d ON d.id = f.decision_id""",
    "revocation": f"""r.unit_id, r.programme, r.level, f.day, f.reason, {_DECISION} FROM revocation AS f
        JOIN recognition AS r ON r.id = f.recognition_id LEFT JOIN decision AS d ON d.id = f.decision_id""",
    "roadmap": """f.scope_id AS unit_id, f.key, f.number, f.title, f.issued_on, f.issuer, f.programme, f.base_year,
        (SELECT older.key FROM roadmap AS older WHERE older.id = f.supersedes_id) AS supersedes, f.source
        FROM roadmap AS f""",
    "target": """f.within_id AS unit_id, r.key, f.place, f.tier, f.measure, f.year, f.span, f.nature, f.operator,
        f.added, f.added_high, f.cumulative, f.cumulative_high, f.percent, f.percent_high, f.total, f.value,
        f.value_high, f.share_of, f.base, f.readings, f.part_of, f.counts, f.threshold, f.relative_to, f.name,
        f.counted_in, f.within, f.each, f.begins_on, f.due_on, f.note, f.cite, f.percent_operator
        FROM target AS f JOIN roadmap AS r ON r.id = f.roadmap_id""",
    "published_figure": """f.scope_id AS unit_id, f.tier, f.measure, f.as_of, f.value, f.total, f.source, f.confidence,
        f.basis FROM published_figure AS f""",
    "setting": "NULL AS unit_id, f.key, f.value FROM setting AS f",
    "closed_year": "NULL AS unit_id, f.year FROM closed_year AS f",
}
TABLES = tuple(_SAYS)


class Written(NamedTuple):
    """One fact: `root` is the first row that it is a copy of, `action` wrote it, `says` is what it tells."""

    table: str
    id: int
    root: int
    action: int
    voided_by: int | None
    unit_id: int | None
    says: Mapping[str, str | int | None]


def between(connection: sqlite3.Connection, low: int, high: int) -> tuple[list[Written], list[Written]]:
    """The facts that stood after the action `low` and not after `high`, and those that came to stand by then."""
    facts = {"low": low, "high": high}
    gone = _facts(connection, "f.action_id <= :low AND f.voided_by > :low AND f.voided_by <= :high", facts)
    stands = "(f.voided_by IS NULL OR f.voided_by > :high)"
    came = _facts(connection, f"f.action_id > :low AND f.action_id <= :high AND {stands}", facts)
    return gone, came


def touched(connection: sqlite3.Connection, low: int, high: int) -> list[Written]:
    """Every fact that the actions after `low` up to `high` wrote or voided, also what was undone among them."""
    within = "f.action_id > :low AND f.action_id <= :high OR f.voided_by > :low AND f.voided_by <= :high"
    return _facts(connection, f"({within})", {"low": low, "high": high})


def standing(connection: sqlite3.Connection) -> list[Written]:
    """Every fact that stands."""
    return _facts(connection, "f.voided_by IS NULL", {})


def titles(connection: sqlite3.Connection) -> dict[int, str]:
    """Every unit that was ever in the ledger, by its last name with the unit that it belonged to."""
    rows = connection.execute(
        """SELECT v.unit_id, v.kind || ' ' || v.name || coalesce(
               (SELECT ' (' || p.kind || ' ' || p.name || ')' FROM unit_version AS p WHERE p.unit_id = v.parent_id
                ORDER BY p.id DESC LIMIT 1), '')
           FROM unit_version AS v ORDER BY v.id"""
    )
    return dict(rows.fetchall())


def codes(connection: sqlite3.Connection) -> dict[int, str]:
    """The last code of every unit that has one."""
    rows = connection.execute("SELECT unit_id, code FROM unit_version WHERE code IS NOT NULL ORDER BY id")
    return dict(rows.fetchall())


def _facts(connection: sqlite3.Connection, which: str, facts: Mapping[str, int]) -> list[Written]:
    found = []
    for table, says in _SAYS.items():
        rows = connection.execute(
            f"SELECT f.id, coalesce(f.restores_id, f.id), f.action_id, f.voided_by, {says} WHERE {which} ORDER BY f.id",
            facts,
        )
        names = [column[0] for column in rows.description][5:]
        for key, root, action, voided_by, unit_id, *values in rows:
            found.append(Written(table, key, root, action, voided_by, unit_id, dict(zip(names, values, strict=True))))
    return found
