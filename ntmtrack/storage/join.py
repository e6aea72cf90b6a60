"""Another ledger taken into ours: its actions follow the one that takes it in, each with its facts and its voidings.

Of each action it stays told whose it was and when it was done there. This ledger knows of them from now on: as known
on an earlier day it did not. What both hold is not written again.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from ntmtrack.errors import (
    ChainBroken,
    DatabaseDamaged,
    JoinedAlready,
    JoinedThere,
    JoinsItself,
    NoLedgerToJoin,
    NoSuchFile,
    NotALedger,
    OlderToJoin,
    SchemaStrange,
)
from ntmtrack.i18n import _
from ntmtrack.storage.chain import breaks
from ntmtrack.storage.connection import DAMAGED_PAGES, HEAD, exists, peeking, revision_of
from ntmtrack.storage.dialect import Connection, defer_references, go_on_after_last
from ntmtrack.storage.fact_kind import UNIT, FactKind
from ntmtrack.storage.facts import KINDS, PRIVATE
from ntmtrack.storage.guards import differences
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.overlap import Row, Rows, Same, is_of_ledger, rows_of, whole_of
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.actions import common_action, last_action
from ntmtrack.storage.queries.undo_chains import undone_by
from ntmtrack.storage.snapshots import faults


class GuestLedger(NamedTuple):
    """Another ledger as it was read: its actions and facts, voided ones too."""

    actions: Mapping[int, Row]
    facts: Rows


@contextmanager
def reading_guest(file: Path) -> Iterator[Connection]:
    """The other ledger, open for reading and found whole; nothing of it is changed or upgraded.

    Raises NoSuchFile, NoLedgerToJoin, OlderToJoin, DatabaseNewer, DatabaseDamaged, DatabaseBusy, SchemaStrange,
    ChainBroken.
    """
    if not exists(file):
        raise NoSuchFile(file=file)
    try:
        with peeking(file) as connection:
            revision = revision_of(connection, file)
            if revision != HEAD:
                raise OlderToJoin(file=file, revision=revision)
            connection.execute("PRAGMA query_only = ON")
            connection.execute("BEGIN")
            _refuse_changed(connection, file)
            yield connection
    except NotALedger as refusal:
        raise NoLedgerToJoin(file=file) from refusal


def _refuse_changed(connection: Connection, file: Path) -> None:
    """Raises DatabaseDamaged, SchemaStrange, ChainBroken for what is not as this program wrote it."""
    if faults(connection):
        raise DatabaseDamaged(file=file, reason=_(DAMAGED_PAGES))
    schema = differences(connection)
    if schema.is_unsafe:
        way = _('mend it: ntmtrack doctor --mend --db "{file}"').format(file=file)
        raise SchemaStrange(file=file, what=schema.words(), way=way)
    if broken := breaks(connection):
        raise ChainBroken(file=file, actions=", ".join(str(flaw.action) for flaw in broken))


def refuse_joined(theirs: Connection, ours: Connection, file: Path) -> None:
    """Raises JoinsItself for this ledger or a copy of it, JoinedAlready, JoinedThere where one took the other in.

    Two that share but how they were begun, and both went on, are two: they began with the same official list.
    """
    common = common_action(ours, theirs)
    if common > 1 or common == min(last_action(ours), last_action(theirs)) > 0:
        raise JoinsItself(file=file, action=common)
    for host, guest in ((ours, theirs), (theirs, ours)):
        first = guest.execute("SELECT at, who, verb, summary FROM action ORDER BY id LIMIT 1").fetchone()
        taken_back = undone_by(host)
        taken_in = host.execute(
            "SELECT joined_by FROM action WHERE joined_by IS NOT NULL AND (done_at, who, verb, summary) = (?, ?, ?, ?)",
            first or ("",) * 4,
        )
        if by := [join for (join,) in taken_in if join not in taken_back]:
            raise (JoinedAlready if host is ours else JoinedThere)(file=file, action=by[0])


def whose_is(connection: Connection) -> list[str]:
    """The provinces that a ledger is of, by title: none that it took in, of merged ones the first."""
    rows = connection.execute(
        "SELECT u.id FROM unit AS u JOIN action AS a ON a.id = u.action_id WHERE a.joined_by IS NULL"
    )
    own = {row[0] for row in rows} - {known.successor_id for known in units.successions(connection)}
    return list(dict.fromkeys(unit.title for unit in units.all_provinces(connection) if unit.id in own))


def read_guest(connection: Connection) -> GuestLedger:
    """Everything that is to be taken in."""
    rows = connection.execute("SELECT * FROM action ORDER BY id")
    names = [column[0] for column in rows.description]
    actions = {row[0]: dict(zip(names, row, strict=True)) for row in rows}
    return GuestLedger(actions, {kind.table: rows_of(connection, kind) for kind in KINDS if not is_of_ledger(kind)})


def take_in(ledger: Ledger, guest: GuestLedger, same: Same, origin: str) -> None:
    """Writes everything that is not the `same` as what ours holds, after the action under way and in its name."""
    _Taking(ledger, guest, same).write(origin)


class _Taking:
    """New numbers for all that comes in."""

    def __init__(self, ledger: Ledger, guest: GuestLedger, same: Same) -> None:
        self._connection = ledger.connection
        self._join = ledger.action_id
        self._guest = guest
        self._actions = {key: self._join + nth for nth, key in enumerate(guest.actions, start=1)}
        self._new = {table: self._numbers(table, same.get(table, {})) for table in guest.facts}
        self._ids = {table: {**same.get(table, {}), **new} for table, new in self._new.items()}

    def _numbers(self, table: str, same: Mapping[int, int]) -> dict[int, int]:
        (last,) = self._connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()
        coming = (key for key in self._guest.facts[table] if key not in same)
        return {key: last + nth for nth, key in enumerate(coming, start=1)}

    def write(self, origin: str) -> None:
        """Adds actions and facts; what ends a fact comes before it, as the rules of the file judge what stands."""
        defer_references(self._connection)
        self._insert("action", [self._action(row, origin) for row in self._guest.actions.values()])
        kinds = [kind for kind in KINDS if kind.table in self._new]
        for kind in sorted(kinds, key=lambda kind: whole_of(kind) is None or kind.part_of is not None):
            self._insert(kind.table, [self._fact(kind, key) for key in self._new[kind.table]])
        go_on_after_last(self._connection)

    def _insert(self, table: str, rows: list[dict[str, object]]) -> None:
        if rows:
            names = ", ".join(rows[0])
            places = ", ".join(f":{name}" for name in rows[0])
            self._connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)

    def _action(self, row: Row, origin: str) -> dict[str, object]:
        at = self._connection.execute("SELECT at FROM action WHERE id = ?", (self._join,)).fetchone()[0]
        changed = {
            "id": self._actions[row["id"]],
            "at": at,
            "undoes_id": self._actions.get(row["undoes_id"]),
            "hash": None,
            "origin": row["origin"] or origin,
            "done_at": row["done_at"] or row["at"],
            "joined_by": self._join,
        }
        return {**row, **changed}

    def _fact(self, kind: FactKind, key: int) -> dict[str, object]:
        row = dict(self._guest.facts[kind.table][key])
        refers = {column.name: column.refers for column in kind.columns if column.refers}
        if kind.table != UNIT:
            refers["restores_id"] = kind.table
        for name, table in refers.items():
            row[name] = self._ids[table].get(row[name])
        row |= {"id": self._new[kind.table][key], "action_id": self._actions[row["action_id"]]}
        row |= dict.fromkeys(PRIVATE.get(kind.table, ()))  # names of persons are told to nobody else
        return row | {"voided_by": self._actions.get(row["voided_by"])}
