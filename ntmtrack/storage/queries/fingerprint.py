"""The fingerprint of a ledger: the same while the facts that figures rest on are the same."""

import hashlib
import sqlite3

# Every fact by what it says; other facts that it speaks of by their own words, units by their number in this ledger.
_FACTS = (
    "SELECT unit_id, code, name, kind, tier, parent_id, since, until FROM unit_version AS f",
    "SELECT f.unit_id, f.programme, f.level, f.year, f.known_by, f.announced_on, f.basis, f.confidence, f.source,"
    " f.note, d.number, d.signed_on, d.issuer FROM recognition AS f LEFT JOIN decision AS d ON d.id = f.decision_id",
    "SELECT r.unit_id, r.programme, r.level, r.year, f.day, f.reason, d.number, d.signed_on, d.issuer FROM revocation"
    " AS f JOIN recognition AS r ON r.id = f.recognition_id LEFT JOIN decision AS d ON d.id = f.decision_id",
    "SELECT predecessor_id, successor_id, extent, day, resolution FROM succession AS f",
    "SELECT key, title, number, issued_on, issuer, programme, scope_id, scope_code, scope_name, base_year,"
    " (SELECT older.key FROM roadmap AS older WHERE older.id = f.supersedes_id) FROM roadmap AS f",
    "SELECT r.key, f.place, f.tier, f.measure, f.year, f.span, f.nature,"
    " f.operator || coalesce(' ' || f.percent_operator, ''), f.added, f.added_high,"
    " f.cumulative, f.cumulative_high, f.percent, f.percent_high, f.total, f.value, f.value_high, f.share_of, f.base,"
    " f.readings, f.part_of, f.counts, f.threshold, f.relative_to, f.name, f.within, f.each, f.begins_on, f.due_on,"
    " f.cite FROM target AS f JOIN roadmap AS r ON r.id = f.roadmap_id",
    "SELECT r.key, t.place, f.printed, f.role, f.unit_id FROM target_unit AS f JOIN target AS t ON t.id = f.target_id"
    " JOIN roadmap AS r ON r.id = t.roadmap_id",
    "SELECT scope_id, tier, measure, as_of, value, total, percent, source, confidence FROM published_figure AS f",
)
_LETTERS = 16  # of 64: nobody compares more by eye


def fingerprint(connection: sqlite3.Connection) -> str:
    """16 hexadecimal digits in groups of four, of SHA-256 over all current facts in an order of their own.

    Remembered choices are no facts; undoing an action brings back the fingerprint from before it.
    """
    whole = hashlib.sha256()
    for select in _FACTS:
        rows = connection.execute(f"{select} WHERE f.voided_by IS NULL")
        for row in sorted(map(repr, rows)):
            whole.update(row.encode())
        whole.update(b"\n")
    digits = whole.hexdigest()[:_LETTERS]
    return "-".join(digits[place : place + 4] for place in range(0, _LETTERS, 4))
