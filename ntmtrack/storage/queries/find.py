"""The unit that a typed name means in this ledger."""

import sqlite3
from collections.abc import Callable
from datetime import date

from ntmtrack.matching import choose, take_apart
from ntmtrack.model import Unit
from ntmtrack.storage.queries import units


def find_unit(
    connection: sqlite3.Connection,
    typed: str,
    prefer: Callable[[Unit], bool] = lambda _unit: True,
    only: Callable[[Unit], bool] = lambda _unit: True,
) -> Unit:
    """The one unit called `typed`, or with that code, in its last version.

    Only units that `only` accepts can be meant; `prefer` settles between several where it accepts one of them.
    Raises UnknownUnit or AmbiguousUnit.
    """
    wanted = take_apart(typed)
    candidates = [unit for unit in units.by_keys(connection, wanted.keys, wanted.typed) if only(unit)]
    found = choose(wanted, candidates, lambda: units.names(connection), prefer)
    return units.versions(connection, found.id)[-1]


def standing_on(day: date) -> Callable[[Unit], bool]:
    """Whether a unit stands on `day`: to prefer it over one that has ended."""
    iso = day.isoformat()
    return lambda unit: (unit.since or "") <= iso < (unit.until or "9999")
