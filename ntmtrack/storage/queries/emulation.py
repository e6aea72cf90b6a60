"""What the ledger holds of emulation: movements, registrations, awards, the other registers; only what stands."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ntmtrack.emulation import Movement
from ntmtrack.emulation.registers import Entry, GivenAward, Registration
from ntmtrack.emulation.toml import RuleText, from_rules, to_rules
from ntmtrack.storage.dialect import Connection

_HEAD = (
    "key",
    "title",
    "number",
    "issued_on",
    "issuer",
    "programme",
    "scope_code",
    "scope_name",
    "begins_on",
    "ends_on",
    "grouping",
    "source",
)
_REGISTERED = "unit_id, year, pledge, value, sent_on, sender_id, received_on, document, source, note, id"
_GIVEN = (
    "f.unit_id, f.name, f.year, f.achievement, f.movement, f.form, f.authority, f.level, f.recipient, f.places,"
    " d.number, d.signed_on, f.over, f.source, f.note, f.person, f.id"
)
_ENTERED = (
    "unit_id, book, what, day, kind, party, until, amount, document, source, note, person, id"  # as Entry has them
)


class StoredMovement(NamedTuple):
    """A movement on record: the unit that it is of, the key of the one that has taken its place."""

    id: int
    movement: Movement
    scope_id: int
    replaced_by: str | None


def every_movement(connection: Connection) -> list[StoredMovement]:
    """The movements on record in the order in which they were taken in."""
    rows = connection.execute(
        f"""SELECT m.id, m.scope_id, older.key, {", ".join(f"m.{name}" for name in _HEAD)}
            FROM movement AS m LEFT JOIN movement AS older ON older.id = m.supersedes_id
            WHERE m.voided_by IS NULL ORDER BY m.id"""
    ).fetchall()
    heads = [(row[0], row[1], row[2], dict(zip(_HEAD, row[3:], strict=True))) for row in rows]
    taken = {older: head["key"] for _id, _scope, older, head in heads if older}
    return [
        StoredMovement(key, _movement(connection, key, {**head, "supersedes": older}), scope, taken.get(head["key"]))
        for key, scope, older, head in heads
    ]


def _movement(connection: Connection, movement_id: int, head: dict[str, Any]) -> Movement:
    rules = connection.execute(
        """SELECT section, key, name, says, cite FROM movement_rule
           WHERE voided_by IS NULL AND movement_id = ? ORDER BY place""",
        (movement_id,),
    )
    return from_rules(head, map(RuleText._make, rules.fetchall()))


def movement_id(connection: Connection, key: str) -> int:
    """The id of the movement on record under a key."""
    row = connection.execute("SELECT id FROM movement WHERE voided_by IS NULL AND key = ?", (key,)).fetchone()
    return int(row[0])


def movement_row(movement: Movement, scope_id: int, older: int | None) -> dict[str, object]:
    """The columns under which a movement is kept."""
    told = {name: getattr(movement, name) for name in _HEAD}
    return told | {"grouping": movement.grouping.value, "scope_id": scope_id, "supersedes_id": older}


def rule_rows(movement: Movement, movement_id: int) -> list[dict[str, object]]:
    """The columns under which the rules of a movement are kept."""
    return [
        {**rule._asdict(), "movement_id": movement_id, "place": place}
        for place, rule in enumerate(to_rules(movement), start=1)
    ]


def registrations(connection: Connection, year: int | None = None) -> list[Registration]:
    """What units registered, for a year where it is told, in the order in which it was told."""
    rows = connection.execute(
        f"""SELECT {_REGISTERED} FROM registration
            WHERE voided_by IS NULL AND (:year IS NULL OR year = :year) ORDER BY id""",
        {"year": year},
    )
    return [Registration._make(row) for row in rows.fetchall()]


def told_with_reason(connection: Connection, table: str) -> frozenset[int]:
    """The facts of a table on record, by id, that came of a correction with a reason."""
    rows = connection.execute(
        f"""SELECT f.id FROM {table} AS f JOIN action AS a ON a.id = f.action_id
            WHERE f.voided_by IS NULL AND a.reason IS NOT NULL"""
    )
    return frozenset(row[0] for row in rows.fetchall())


def registration_row(new: Registration) -> dict[str, object]:
    """The columns under which a registration is kept."""
    return {name: value for name, value in new._asdict().items() if name != "id"}


def awards(connection: Connection) -> list[GivenAward]:
    """The awards that were given, in the order in which they were told."""
    rows = connection.execute(
        f"""SELECT {_GIVEN} FROM award AS f LEFT JOIN decision AS d ON d.id = f.decision_id
            WHERE f.voided_by IS NULL ORDER BY f.id"""
    )
    return [GivenAward._make(row) for row in rows.fetchall()]


def award_row(new: GivenAward) -> dict[str, object]:
    """The columns under which an award is kept, but for its decision."""
    return {name: value for name, value in new._asdict().items() if name not in ("id", "number", "signed_on")}


def entries(connection: Connection, book: str | None = None) -> list[Entry]:
    """The entries of the other registers, of one where it is told, the earliest first."""
    rows = connection.execute(
        f"""SELECT {_ENTERED} FROM register_entry
            WHERE voided_by IS NULL AND (:book IS NULL OR book = :book) ORDER BY day, id""",
        {"book": book},
    )
    return [Entry._make(row) for row in rows.fetchall()]


def entry_row(new: Entry) -> dict[str, object]:
    """The columns under which an entry is kept."""
    return {name: value for name, value in new._asdict().items() if name != "id"}


def blocks_in(entered: Sequence[Entry], year: int) -> Iterator[tuple[int, str]]:
    """The units that are members of an emulation block in a year, each with its block; of two the one at its end."""
    for entry in sorted(entered, key=lambda one: one.day):
        if entry.book == "block" and int(entry.day[:4]) <= year <= int((entry.until or f"{year}")[:4]):
            yield entry.unit_id, entry.what
