"""From which day on the list of a province's communes is complete: before it, a later list stands for it."""

from datetime import date

from ntmtrack.dates import day_before
from ntmtrack.model import Tier, Unit
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.units.gazetteer import REORGANISED_ON, known_complete_since

_PROVINCES = """
    SELECT v.code, v.name, v.since IS NULL, list.complete_since
    FROM unit_version AS v LEFT JOIN unit_list AS list ON list.scope_id = v.unit_id AND list.voided_by IS NULL
    WHERE v.voided_by IS NULL AND v.parent_id IS NULL AND v.tier = 'province'
      AND CASE WHEN :province IS NULL THEN coalesce(v.since, '') <= :day AND coalesce(v.until, '9999') > :day
          ELSE v.unit_id = :province END
"""
_LISTED = """
    SELECT 1 FROM unit_version WHERE voided_by IS NULL AND tier = 'commune' AND since IS NULL AND until = :day LIMIT 1
"""


def complete_since(connection: Connection, scope: Unit | None, on: date) -> str | None:
    """The ISO day from which the lists of all provinces of a scope are complete; None where nothing is told of that.

    Without a scope those that stand on the day are meant. A province whose communes are those of the national list of
    30/6/2025 is known as that has it, unless it is on record, or known to the program, from when it holds.
    """
    facts = {"province": _province_of(connection, scope, on) if scope else None, "day": on.isoformat()}
    provinces = connection.execute(_PROVINCES, facts).fetchall()
    is_listed = connection.execute(_LISTED, {"day": REORGANISED_ON}).fetchone() is not None
    known = known_complete_since() if is_listed else {}
    days = [
        stated or known.get((code, name)) or day_before(REORGANISED_ON)
        for code, name, is_of_old, stated in provinces
        if stated or (is_listed and is_of_old)
    ]
    return max(days, default=None)


def _province_of(connection: Connection, unit: Unit, on: date) -> int | None:
    """The province that a unit lies in on a day, or lay in before; the unit itself where nothing is above it."""
    key = unit.id
    while True:
        versions = units.versions(connection, key)
        begun = [version for version in versions if (version.since or "") <= on.isoformat()] or versions[:1]
        if begun[-1].tier is Tier.PROVINCE or begun[-1].parent_id is None:
            return key
        key = begun[-1].parent_id
