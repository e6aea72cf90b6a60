"""The units that are to register for a year by the day that a movement names."""

from datetime import date

from ntmtrack.emulation import Occurrence
from ntmtrack.model import Unit
from ntmtrack.programmes import of_year
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.emulation import StoredMovement
from ntmtrack.storage.queries.participations import participants
from ntmtrack.storage.queries.units import official_order


def to_register(
    connection: Connection, stored: StoredMovement, asked: Occurrence, on: date, inside: set[int] | None = None
) -> tuple[list[Unit], int]:
    """The units of the movement that are to register, as they stand on the day; how many of its tier are not asked.

    Of those by id only, where they are told.

    Those are of kinds that the programme does not count, and take no part in it.
    """
    period, tier = of_year(asked.of_year), asked.deadline.tier
    assert tier
    whole = units.every_unit(connection, on, stored.scope_id, tier)
    every = [unit for unit in whole if inside is None or unit.id in inside]
    taking_part = participants(connection, period.key, on)
    meant = [unit for unit in every if unit.kind in period.kinds_of(tier) or unit.id in taking_part]
    return sorted(meant, key=_by_parent), len(every) - len(meant)


def _by_parent(unit: Unit) -> tuple[str, object]:
    return unit.parent_name or "", official_order(unit)
