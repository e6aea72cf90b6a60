"""Looking up units: the list and search, one unit's card."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ntmtrack.errors import NothingToCount, NoUnits
from ntmtrack.i18n import _
from ntmtrack.model import Programme, Recognition, Tier, Unit
from ntmtrack.office.lists import with_levels
from ntmtrack.office.question import Asked, take
from ntmtrack.office.scopes import find_scope
from ntmtrack.programmes import DEFAULT, programme
from ntmtrack.reports import Report
from ntmtrack.reports import units as unit_tables
from ntmtrack.reports.units import UnitWithLevel
from ntmtrack.storage.queries import recognitions, units
from ntmtrack.storage.queries.actions import setting
from ntmtrack.storage.queries.units import find_unit
from ntmtrack.text import fold, fold_keys, plain
from ntmtrack.units import take_apart


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for among the units."""

    text: str = ""
    scope: str | None = None
    kind: str | None = None
    tier: str | None = None
    as_of: date | None = None


def search_units(connection: sqlite3.Connection, wanted: Search, today: date) -> Report:
    """The units that fit, with their highest levels, in official order."""
    scope = find_scope(connection, wanted.scope, lambda unit: unit.until is None) if wanted.scope else None
    found = [
        unit
        for unit in units.every(connection, wanted.as_of, scope.id if scope else None)
        if _fits(unit, wanted) and unit.tier is not Tier.PROVINCE
    ]
    title = _("Units of {scope}").format(scope=scope.title) if scope else _("Units")
    return unit_tables.units_list(_with_levels(connection, found, wanted.as_of, today), title)


def _fits(unit: Unit, wanted: Search) -> bool:
    if (wanted.kind and unit.kind != wanted.kind) or (wanted.tier and unit.tier != wanted.tier):
        return False
    if not wanted.text.strip() or unit.code == wanted.text.strip():
        return True
    return any(
        key in fold(unit.name)
        and one.kind in (None, unit.kind)
        and all(plain(place) in plain(unit.parent_name or "") for place in one.places)
        for one in take_apart(wanted.text).readings
        for key in fold_keys(one.name)
    )


def _with_levels(
    connection: sqlite3.Connection, found: Sequence[Unit], as_of: date | None, today: date
) -> list[UnitWithLevel]:
    try:
        at = take(connection, Asked(as_of=as_of), today)
    except (NothingToCount, NoUnits):
        return [UnitWithLevel(unit, None) for unit in found]
    return with_levels(connection, at, found)


def unit_card(connection: sqlite3.Connection, typed: str) -> Report:
    """All about the unit called `typed`."""
    unit = find_unit(connection, typed, lambda unit: unit.until is None)
    held = recognitions.of_unit(connection, unit.id)
    current = programme(setting(connection, "programme") or DEFAULT)
    versions = units.versions(connection, unit.id)
    return unit_tables.unit_report(versions, held, _lacks(unit, held, current))


def _lacks(unit: Unit, held: Sequence[Recognition], current: Programme) -> str:
    """What a unit lacks to the next level, in a sentence."""
    if unit.kind not in current.counted.get(unit.tier, ()):
        return _("Units of this kind are not recognised in the {programme} programme.").format(programme=current.key)
    ranks = current.ranks()
    standing = [ranks.get(f"{one.programme}/{one.level}", 0) for one in held if one.revoked_on is None]
    levels = current.levels_of(unit.tier)
    missing = [level for level in levels if level.rank not in standing]
    higher = [level for level in levels if level.rank > max(standing, default=0)]
    if not higher:
        text = _("Has the highest level of the {programme} programme.").format(programme=current.key)
    else:
        text = _("Next level: {level}.").format(level=higher[0].label)
    skipped = [level.label for level in missing if level not in higher]
    if skipped:
        text += " " + _("Not on record below its highest level: {levels}.").format(levels=", ".join(skipped))
    return text
