"""Loading whole provinces: what `init` and `demo` share."""

import sqlite3

from ntmtrack.errors import AmbiguousUnit, ProvinceLoaded, UnknownUnit
from ntmtrack.i18n import number
from ntmtrack.model import NewUnit, Roadmap
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.find import find_unit


def refuse_loaded(connection: sqlite3.Connection, province: NewUnit) -> None:
    """Refuses a province that the ledger already holds."""
    for known in units.provinces(connection):
        if (known.code, known.name, known.until) == (province.code, province.name, province.until):
            count = len(units.every(connection, scope=known.id))
            raise ProvinceLoaded(province=known.title, units=number(count))


def add_roadmap(ledger: Ledger, plan: Roadmap, scope_id: int) -> None:
    """Adds a roadmap, tying the names that it prints to units of its scope where they fit surely."""
    inside = {unit.id for unit in units.every(ledger.connection, scope=scope_id)}
    named = {}
    for printed in {name for target in plan.targets for name in target.units}:
        try:
            named[printed] = find_unit(ledger.connection, printed, only=lambda unit: unit.id in inside).id
        except (UnknownUnit, AmbiguousUnit):
            continue
    ledger.add_roadmap(plan, scope_id, named)
