"""What two ledgers both hold, and where they contradict each other; one of them is only read.

Of what both hold alike, ours stands and what refers to theirs refers to ours. Everything is told by current facts, kind
by kind as the catalogue lists them: the identity of a kind tells which two speak of the same, its other columns whether
they say the same of it; remarks do not count.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ntmtrack.errors import NtmError
from ntmtrack.rules import check_recognition
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.fact_kind import UNIT, FactColumn, FactKind
from ntmtrack.storage.facts import KINDS, references
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.recognitions import recognitions_by_unit
from ntmtrack.storage.unit_overlap import match_units

Row = Mapping[str, Any]
Rows = Mapping[str, Mapping[int, Row]]  # by table and id
Same = dict[str, dict[int, int]]  # by table: the id there, the id here
_Parts = list[tuple[tuple[Any, ...], Row]]  # each by what identifies it within the whole

_VERSION = "unit_version"
_GRADES = {"confidence"}  # how far a fact may be relied on: ours stands
_MAY_LACK = {"decision_id", "announced_on", "unit_id"}  # empty in theirs, they say nothing else than ours


class Conflict(NamedTuple):
    """Two facts of one table that cannot both be, by id; None where a ledger has none."""

    table: str
    ours: int | None
    theirs: int | None


class Overlap(NamedTuple):
    """The facts of the other ledger that ours says too, each with ours; what cannot both be."""

    same: Same
    conflicts: list[Conflict]


def overlap_of(theirs: Connection, ours: Connection) -> Overlap:
    """What two ledgers both hold; every contradiction between them, in the order of the kinds."""
    there, here = ({kind.table: rows_of(side, kind, "voided_by IS NULL") for kind in KINDS} for side in (theirs, ours))
    matched = match_units(there[_VERSION].values(), here[_VERSION].values())
    compared = _Comparison(there, here, {UNIT: matched.units, _VERSION: matched.versions})
    conflicts = [*(Conflict(_VERSION, *pair) for pair in matched.clashes), *compared.conflicts()]
    return Overlap(compared.same, list(dict.fromkeys([*conflicts, *_out_of_order(theirs, ours, compared.same)])))


def rows_of(connection: Connection, kind: FactKind, which: str = "1 = 1") -> dict[int, Row]:
    """The facts of a kind by id, in their order."""
    columns = kind.all_columns
    rows = connection.execute(f"SELECT {', '.join(columns)} FROM {kind.table} WHERE {which} ORDER BY id")
    return {row[0]: dict(zip(columns, row, strict=True)) for row in rows}


def is_of_ledger(kind: FactKind) -> bool:
    """Whether facts of a kind are about the ledger itself, as remembered choices and closed years: no other's count."""
    return bool(kind.columns) and not kind.about and not kind.is_shared


def whole_of(kind: FactKind) -> FactColumn | None:
    """The column of the fact that a fact says more of: that it is part of, or that it ends as a revocation does."""
    columns = (column for column, _to in references(kind))
    return next((column for column in columns if kind.part_of == column.name or kind.identity == (column.name,)), None)


class _Comparison:
    """Facts of the other ledger held against ours; what only they have is told by negative numbers."""

    def __init__(self, theirs: Rows, ours: Rows, same: Same) -> None:
        self._theirs, self._ours = theirs, ours
        self.same: Same = defaultdict(dict, same)
        self._parts: dict[str, list[tuple[FactKind, str]]] = defaultdict(list)
        self._of_whole: dict[tuple[str, bool], dict[int, list[Row]]] = {}
        self._refers = {kind.table: {column.name: column.refers for column in kind.columns} for kind in KINDS}
        self._content: dict[str, list[str]] = {}
        for kind in KINDS:
            whole = whole_of(kind)
            self._content[kind.table] = [
                column.name
                for column in kind.columns
                if not (column.is_remark or column.is_derived or column.name in _GRADES or column is whole)
            ]
            if whole and whole.refers:
                self._parts[whole.refers].append((kind, whole.name))
                for is_theirs, rows in ((True, theirs), (False, ours)):
                    by_whole = self._of_whole[kind.table, is_theirs] = defaultdict(list)
                    for row in rows[kind.table].values():
                        by_whole[row[whole.name]].append(row)

    def conflicts(self) -> Iterator[Conflict]:
        """What cannot both be; `same` gets what both hold."""
        for kind in KINDS:
            if kind.table not in (UNIT, _VERSION) and not (is_of_ledger(kind) or whole_of(kind)):
                yield from self._of_kind(kind)

    def _of_kind(self, kind: FactKind) -> Iterator[Conflict]:
        ours: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
        for row in self._ours[kind.table].values():
            ours[self._said(kind, row, kind.identity)].append(row)
        for row in self._theirs[kind.table].values():
            alike = ours.get(self._said(kind, row, kind.identity, is_theirs=True), [])
            pairs = next(filter(None, (self._pairs(kind, row, other) for other in alike)), None)
            for table, there, here in pairs or ():
                self.same[table][there] = here
            if not pairs:
                yield from self._contradictions(kind, row, alike)

    def _contradictions(self, kind: FactKind, theirs: Row, alike: Sequence[Row]) -> Iterator[Conflict]:
        """What of a fact, or of its parts, cannot be beside ours: of two that say different things one may stand."""
        for ours in alike:
            says_same = self._says_same(kind, theirs, ours)
            if says_same and (parts := [part for part, _column in self._parts[kind.table] if part.part_of]):
                for part in parts:
                    yield from self._differing_parts(part, theirs, ours)
            elif says_same or not (self._is_ended(kind, theirs, is_theirs=True) or self._is_ended(kind, ours)):
                yield Conflict(kind.table, ours["id"], theirs["id"])

    def _differing_parts(self, part: FactKind, theirs: Row, ours: Row) -> Iterator[Conflict]:
        there, here = dict(self._parts_by(part, theirs, is_theirs=True)), dict(self._parts_by(part, ours))
        for key in dict.fromkeys((*here, *there)):
            left, right = there.get(key), here.get(key)
            if not (left and right and self._pairs(part, left, right)):
                yield Conflict(part.table, right["id"] if right else None, left["id"] if left else None)

    def _is_ended(self, kind: FactKind, row: Row, *, is_theirs: bool = False) -> bool:
        return any(
            self._of_whole[part.table, is_theirs].get(row["id"])
            for part, _column in self._parts[kind.table]
            if not part.part_of
        )

    def _pairs(self, kind: FactKind, theirs: Row, ours: Row) -> list[tuple[str, int, int]] | None:
        """The same fact in both, with its parts, by table and ids; None where they say different things."""
        if not self._says_same(kind, theirs, ours):
            return None
        pairs = [(kind.table, theirs["id"], ours["id"])]
        for part, _column in self._parts[kind.table]:
            there, here = self._parts_by(part, theirs, is_theirs=True), self._parts_by(part, ours)
            if [key for key, _row in there] != [key for key, _row in here]:
                return None
            for (_key, their_part), (_same, our_part) in zip(there, here, strict=True):
                found = self._pairs(part, their_part, our_part)
                if found is None:
                    return None
                pairs += found
        return pairs

    def _parts_by(self, part: FactKind, whole: Row, *, is_theirs: bool = False) -> _Parts:
        """What says more of a fact, each by what identifies it within the whole, in one order on both sides."""
        rows = self._of_whole[part.table, is_theirs].get(whole["id"], [])
        within = [name for name in part.identity if name in self._content[part.table] or name == part.near]
        return sorted(((self._said(part, row, within, is_theirs=is_theirs), row) for row in rows), key=_by_text)

    def _says_same(self, kind: FactKind, theirs: Row, ours: Row) -> bool:
        """Whether a fact of theirs says nothing of itself that ours does not say."""
        names = self._content[kind.table]
        there, here = self._said(kind, theirs, names, is_theirs=True), self._said(kind, ours, names)
        return all(
            one == other or (one is None and name in _MAY_LACK)
            for name, one, other in zip(names, there, here, strict=True)
        )

    def _said(self, kind: FactKind, row: Row, names: Sequence[str], *, is_theirs: bool = False) -> tuple[Any, ...]:
        """What a fact says in some columns, in our numbers; of what it refers to in its own table, the identity."""
        refers = self._refers[kind.table]
        said = []
        for name in names:
            value, to = row[name], refers[name]
            if value is not None and to == kind.table:
                referred = (self._theirs if is_theirs else self._ours)[to].get(value)
                value = referred and self._said(kind, referred, kind.identity, is_theirs=is_theirs)
            elif value is not None and to and is_theirs:
                value = self.same[to].get(value, -value)
            said.append(value)
        return tuple(said)


def _by_text(part: tuple[tuple[Any, ...], Row]) -> str:
    return repr(part[0])


def _out_of_order(theirs: Connection, ours: Connection, same: Same) -> Iterator[Conflict]:
    """Recognitions of units that both hold which ours would refuse beside what it has of the unit."""
    there, here = recognitions_by_unit(theirs), recognitions_by_unit(ours)
    for their_unit, our_unit in same[UNIT].items():
        if not (there.get(their_unit) and here.get(our_unit)):
            continue
        unit = units.versions(ours, our_unit)[-1]
        for new in there[their_unit]:
            if new.id in same["recognition"]:
                continue
            for old in here[our_unit]:
                try:
                    check_recognition(unit, new, [old])
                except NtmError:
                    yield Conflict("recognition", old.id, new.id)
