"""The chain of actions: each has a hash over what it did and over the hash of the action before it.

Whoever changes a fact, an action or a mark of voiding in the file, by whatever program, breaks the chain at that
action; cutting off the last actions shows in reports, which carry the hash of the action that they were made after.

What is hashed of a row are the columns that hold something: a column that a later schema adds empty changes no hash.
Names of persons are not hashed, so that a ledger handed on without them is still held by its chain.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import NamedTuple

from ntmtrack.storage.dialect import Connection, is_of_file
from ntmtrack.storage.fact_kind import UNIT, FactKind
from ntmtrack.storage.facts import KINDS, PRIVATE, TABLES, kind_of

_ROWS_AND_VOIDED = tuple[list[dict[str, object]], list[int]]


class Break(NamedTuple):
    """A place where the chain does not hold: the action, and whether it is missing rather than changed."""

    action: int
    is_missing: bool = False


def seal(connection: Connection, first: int) -> None:
    """Gives an action, and those after it, their hashes; what they did must be written by then."""
    for (action_id,) in connection.execute(
        "SELECT id FROM action WHERE id >= :id ORDER BY id", {"id": first}
    ).fetchall():
        _seal_one(connection, action_id)


def _seal_one(connection: Connection, action_id: int) -> None:
    before = connection.execute(
        _HASH_BEFORE if is_of_file(connection) else "SELECT hash_before(:id)", {"id": action_id}
    ).fetchone()
    (action,) = _dicts(connection, "SELECT * FROM action WHERE id = :id", {"id": action_id})
    done = {table: rows for table in TABLES if any(rows := _done_by(connection, table, action_id))}
    connection.execute(
        "UPDATE action SET hash = :hash WHERE id = :id",
        {"hash": _hash((before[0] if before else None) or "", action, done), "id": action_id},
    )


_HASH_BEFORE = "SELECT hash FROM action WHERE id < :id ORDER BY id DESC LIMIT 1"


def shows_all(connection: Connection) -> bool:
    """Whether whoever reads the ledger sees all of it: who sees a part alone cannot tell whether the chain holds."""
    return is_of_file(connection) or bool(connection.execute("SELECT sees_all()").fetchone()[0])


def seal_all(connection: Connection) -> None:
    """Gives every action its hash that has none: those from before there was a chain."""
    for (action_id,) in connection.execute("SELECT id FROM action WHERE hash IS NULL ORDER BY id").fetchall():
        _seal_one(connection, action_id)


def breaks(connection: Connection) -> list[Break]:
    """Where the chain does not hold, the earliest first; none where the file is as the program wrote it.

    An action after a broken one is held against the hash that stands there, so that only what was changed is named.
    Facts that say to be of an action that there is not are a break too.
    """
    done = _everything(connection)
    flaws = []
    before, expected = "", 1
    for action in _dicts(connection, "SELECT * FROM action ORDER BY id", {}):
        key = action["id"]
        assert isinstance(key, int)
        flaws += [Break(missing, is_missing=True) for missing in range(expected, key)]
        if action.get("hash") != _hash(before, action, done.get(key, {})):
            flaws.append(Break(key))
        before, expected = str(action.get("hash", "")), key + 1
    strangers = sorted(key for key in done if not 0 < key < expected)
    return flaws + [Break(key, is_missing=True) for key in strangers]


def _hash(before: str, action: dict[str, object], done: dict[str, _ROWS_AND_VOIDED]) -> str:
    hashed = {field: value for field, value in action.items() if field != "hash"}
    whole = json.dumps([before, hashed, done], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(whole.encode()).hexdigest()


def _done_by(connection: Connection, table: str, action_id: int) -> _ROWS_AND_VOIDED:
    """The rows that an action wrote, and the ids of those that it voided."""
    facts = {"id": action_id}
    written = list(_dicts(connection, f"SELECT * FROM {table} WHERE action_id = :id ORDER BY id", facts))
    voided = connection.execute(f"SELECT id FROM {table} WHERE voided_by = :id ORDER BY id", facts)
    return [_written(table, row) for row in written], [row[0] for row in voided]


def _everything(connection: Connection) -> dict[int, dict[str, _ROWS_AND_VOIDED]]:
    """What every action wrote and voided, by action and table."""
    done: dict[int, dict[str, _ROWS_AND_VOIDED]] = defaultdict(lambda: defaultdict(lambda: ([], [])))
    for table in TABLES:
        for row in _dicts(connection, f"SELECT * FROM {table} ORDER BY id", {}):
            done[_number(row["action_id"])][table][0].append(_written(table, row))
            if "voided_by" in row:
                done[_number(row["voided_by"])][table][1].append(_number(row["id"]))
    return done


def _number(value: object) -> int:
    return value if isinstance(value, int) else -1


def _written(table: str, row: dict[str, object]) -> dict[str, object]:
    left_out = {"voided_by", *PRIVATE.get(table, ())}
    return {column: value for column, value in row.items() if column not in left_out}


def _dicts(connection: Connection, text: str, facts: dict[str, int]) -> Iterator[dict[str, object]]:
    """The rows of a query, each with the columns that hold something."""
    rows = connection.execute(text, facts)
    names = [column[0] for column in rows.description]
    return (_holding(names, row) for row in rows)


def _holding(names: Iterable[str], row: Iterable[object]) -> dict[str, object]:
    return {
        name: value.hex() if isinstance(value, bytes) else value
        for name, value in zip(names, row, strict=True)
        if value is not None
    }


NEWEST = 2
_LETTERS = 16  # of 64: nobody compares more by eye


def fingerprint(connection: Connection, version: int = NEWEST) -> str:
    """16 hexadecimal digits in groups of four, of SHA-256 over all current facts in an order of their own.

    Remembered choices are no facts; undoing an action brings back the fingerprint from before it.
    """
    whole = sha256()
    for part in _VERSIONS[version](connection):
        whole.update(part.encode())
    digits = whole.hexdigest()[:_LETTERS]
    return "-".join(digits[place : place + 4] for place in range(0, _LETTERS, 4))


def version_of(connection: Connection, stamped: str) -> int | None:
    """By which version the ledger has a fingerprint that a report carries; None where it has another."""
    return next((version for version in _VERSIONS if fingerprint(connection, version) == stamped), None)


def _second(connection: Connection) -> Iterator[str]:
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
            yield from [] if column.is_derived or column.is_private else [f"{alias}.{column.name}"]
            continue
        other, joined = kind_of(column.refers), f"{alias}_{column.word}"
        joins.append(f"LEFT JOIN {other.table} AS {joined} ON {joined}.id = {alias}.{column.name}")
        if other.table == kind.table:
            yield from (f"{joined}.{name}" for name in other.identity)
        else:
            yield from _content(other, joined, joins)


_line = json.JSONEncoder(ensure_ascii=False, default=bytes.hex).encode


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


def _first(connection: Connection) -> Iterator[str]:
    for select in _FIRST:
        yield from sorted(map(repr, connection.execute(f"{select} WHERE f.voided_by IS NULL")))
        yield "\n"


_VERSIONS: Mapping[int, Callable[[Connection], Iterator[str]]] = MappingProxyType({NEWEST: _second, 1: _first})
