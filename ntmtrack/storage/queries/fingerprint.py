"""The fingerprint of a ledger: the same while the facts that figures rest on are the same.

It has versions: a report carries the one of its day, and is held against that as long as there are such reports.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from types import MappingProxyType

from ntmtrack.storage.facts import KINDS, UNIT, FactKind, kind_of

NEWEST = 2
_LETTERS = 16  # of 64: nobody compares more by eye


def fingerprint(connection: sqlite3.Connection, version: int = NEWEST) -> str:
    """16 hexadecimal digits in groups of four, of SHA-256 over all current facts in an order of their own.

    Remembered choices are no facts; undoing an action brings back the fingerprint from before it.
    """
    whole = sha256()
    for part in _VERSIONS[version](connection):
        whole.update(part.encode())
    digits = whole.hexdigest()[:_LETTERS]
    return "-".join(digits[place : place + 4] for place in range(0, _LETTERS, 4))


def version_of(connection: sqlite3.Connection, stamped: str) -> int | None:
    """By which version the ledger has a fingerprint that a report carries; None where it has another."""
    return next((version for version in _VERSIONS if fingerprint(connection, version) == stamped), None)


def _second(connection: sqlite3.Connection) -> Iterator[str]:
    """Every column of every fact, with what the facts that it speaks of say; units by their number in this ledger.

    A column that holds nothing is left out, so that one which a later schema adds changes nothing.
    """
    for kind in KINDS:
        if kind.is_choice or not kind.columns:
            continue
        joins: list[str] = []
        names = sorted(_content(kind, "f", joins))
        select = f"SELECT {', '.join(names)} FROM {kind.table} AS f {' '.join(joins)} WHERE f.voided_by IS NULL"
        rows = connection.execute(select).fetchall()
        holding = [place for place in range(len(names)) if any(row[place] is not None for row in rows)]
        lines = sorted(_line([row[place] for place in holding]) for row in rows)
        if lines:
            yield "\n".join([kind.table, _line([names[place] for place in holding]), *lines, ""])


def _content(kind: FactKind, alias: str, joins: list[str]) -> Iterator[str]:
    """Everything that a fact says; `joins` get what that takes."""
    for column in kind.columns:
        if column.refers in (None, UNIT):
            yield from [] if column.is_derived else [f"{alias}.{column.name}"]
            continue
        other, joined = kind_of(column.refers), f"{alias}_{column.word}"
        joins.append(f"LEFT JOIN {other.table} AS {joined} ON {joined}.id = {alias}.{column.name}")
        if other.table == kind.table:
            yield from (f"{joined}.{name}" for name in other.identity)
        else:
            yield from _content(other, joined, joins)


def _line(values: list[object]) -> str:
    return json.dumps(values, ensure_ascii=False, default=bytes.hex)


# As it was computed until 0.1.0: blind to how a published figure was counted, to sources and remarks of plans.
_FIRST = (
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


def _first(connection: sqlite3.Connection) -> Iterator[str]:
    for select in _FIRST:
        yield from sorted(map(repr, connection.execute(f"{select} WHERE f.voided_by IS NULL")))
        yield "\n"


_VERSIONS: Mapping[int, Callable[[sqlite3.Connection], Iterator[str]]] = MappingProxyType({NEWEST: _second, 1: _first})
