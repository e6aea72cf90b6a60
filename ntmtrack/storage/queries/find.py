"""The unit that a typed name means in this ledger; a fit that is only near is said."""

import sqlite3
from collections.abc import Callable, Collection, Sequence
from datetime import date

from ntmtrack.model import Unit
from ntmtrack.storage.queries import units
from ntmtrack.streams import remark
from ntmtrack.units.matching import Found, Terms, find


class _Ledger:
    """The units of a ledger, looked up one name at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def bearing(self, keys: Collection[str], code: str) -> list[Unit]:
        return units.by_keys(self._connection, keys, code)

    def versions(self, unit_id: int) -> Sequence[Unit]:
        return units.versions(self._connection, unit_id)

    def names(self, _within: Collection[int]) -> list[str]:
        return units.names(self._connection)


def find_unit(
    connection: sqlite3.Connection,
    typed: str,
    prefer: Callable[[Unit], bool] = lambda _unit: True,
    only: Callable[[Unit], bool] = lambda _unit: True,
    *,
    across: bool = False,
) -> Unit:
    """The one unit called `typed`, or with that code, in its last version; what was dropped to find it is said.

    `prefer`, `only` and `across` are those of `matching.Terms`. Raises UnknownUnit, UnitOtherwise, AmbiguousUnit.
    """
    return tell(connection, typed, look_up(connection, typed, Terms(prefer, only, across=across)))


def look_up(connection: sqlite3.Connection, typed: str, terms: Terms) -> Found:
    """What a typed name means, nothing being said of how; raises as `find_unit` does."""
    return find(_Ledger(connection), typed, terms)


def tell(connection: sqlite3.Connection, typed: str, found: Found) -> Unit:
    """The unit found, in its last version; says what was dropped to find it."""
    if found.is_near:
        remark(found.note(typed))
    return units.versions(connection, found.unit.id)[-1]


def standing_on(day: date) -> Callable[[Unit], bool]:
    """Whether a unit stands on `day`: to prefer it over one that has ended."""
    iso = day.isoformat()
    return lambda unit: (unit.since or "") <= iso < (unit.until or "9999")
