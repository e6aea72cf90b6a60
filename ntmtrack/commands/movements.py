"""Which emulation movement is meant, and in which parts it compares units with each other."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from ntmtrack.commands.former_districts import FormerDistricts
from ntmtrack.emulation import Grouping
from ntmtrack.emulation.toml import shipped
from ntmtrack.errors import MovementNotHeld, NoMovement, UnknownMovement, WhichMovement
from ntmtrack.i18n import _
from ntmtrack.model import Tier, Unit
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.emulation import StoredMovement, blocks_in, entries, every_movement
from ntmtrack.storage.queries.scopes import find_scope
from ntmtrack.storage.queries.units import standing_on
from ntmtrack.text import nearest, sort_key


class WhichMovementOptions(NamedTuple):
    """Which movement, as it was typed: of the unit, by the key; the only one of the year where neither is told."""

    scope: str | None = None
    key: str | None = None


def movement_of(connection: Connection, which: WhichMovementOptions, year: int) -> StoredMovement:
    """The movement on record that is meant, of a year; by its key whatever its years, and one replaced as well.

    Of a scope it is the movement of that unit, else of the nearest unit in which it lies or lay.

    Raises MovementNotHeld, UnknownMovement, NoMovement, WhichMovement, and what finding the scope raises.
    """
    stored = every_movement(connection)
    if which.key is not None:
        return movement_called(stored, which.key)
    scope = find_scope(connection, which.scope) if which.scope else None
    meant = [one for one in stored if one.replaced_by is None and year in one.movement.years]
    if scope:
        meant = _nearest(connection, meant, scope.id)
    if not meant:
        raise NoMovement(of=whose_and_when(scope, year))
    if len(meant) > 1:
        keys = ", ".join(sorted(one.movement.key for one in meant))
        raise WhichMovement(of=whose_and_when(scope, year), count=len(meant), keys=keys)
    return meant[0]


def _nearest(connection: Connection, stored: Sequence[StoredMovement], unit_id: int) -> list[StoredMovement]:
    """Those of the unit, else of the nearest unit above it."""
    within = {scope: units.inside(connection, scope) for scope in {one.scope_id for one in stored}}
    around = {scope for scope, inside in within.items() if unit_id in inside}
    nearest = {scope for scope in around if not any(other in within[scope] for other in around - {scope})}
    return [one for one in stored if one.scope_id in nearest]


def whose_and_when(scope: Unit | None, year: int) -> str:
    """Of which unit, where one is told, and of which year a movement is looked for, as refusals say it."""
    if scope is None:
        return _("of {year}").format(year=year)
    return _("of {scope} and of {year}").format(scope=scope.title, year=year)


def units_asked(connection: Connection, which: WhichMovementOptions, on: date) -> tuple[Unit, set[int]] | None:
    """The scope as it stood on a day, and the units that lie or lay in it, by id; None where none is told."""
    if not which.scope:
        return None
    scope = find_scope(connection, which.scope, standing_on(on))
    return scope, units.inside(connection, scope.id)


def movement_called(stored: Sequence[StoredMovement], key: str) -> StoredMovement:
    """The movement on record under a key; raises MovementNotHeld where it only ships, UnknownMovement."""
    named = next((one for one in stored if one.movement.key == key), None)
    if named is None and key in shipped():
        raise MovementNotHeld(key=key, scope=shipped()[key].scope_name)
    if named is None:
        raise UnknownMovement(key=key, near=nearest(key, [one.movement.key for one in stored]))
    return named


def keys_of(stored: StoredMovement, every: Sequence[StoredMovement]) -> list[str]:
    """The keys under which facts tell of a movement: its own, then those that it took the place of, the last first."""
    older = {one.movement.key: one.movement.supersedes for one in every}
    keys, key = [stored.movement.key], stored.movement.supersedes
    while key and key not in keys:
        keys.append(key)
        key = older.get(key)
    return keys


class Parts(NamedTuple):
    """The parts in which units are compared: their titles in order by key; the key of each unit that lies in one.

    Units of which no part is known are in none.
    """

    grouping: Grouping
    titles: dict[object, str]
    of_unit: dict[int, object]


def parts_of(connection: Connection, stored: StoredMovement, unit_ids: Collection[int], on: date) -> Parts:
    """The parts by which a movement compares communes, as they are on a day.

    Districts as they stood then, districts of before 1/7/2025, or the emulation blocks of the year.
    """
    grouping = stored.movement.grouping
    if grouping is Grouping.FORMER_DISTRICT:
        former = FormerDistricts(connection)
        titles: dict[object, str] = {key: unit.title.strip() for key, unit in former.everyone().items()}
        of_unit: dict[int, object] = {unit: part for unit, part in former.parts(unit_ids).items() if part is not None}
    elif grouping is Grouping.BLOCK:
        blocks = dict(blocks_in(entries(connection, "block"), on.year))
        titles = {block: block for block in sorted(set(blocks.values()), key=sort_key)}
        of_unit = {unit: blocks[unit] for unit in unit_ids if unit in blocks}
    else:
        every = units.every_unit(connection, on, stored.scope_id)
        titles = {unit.id: unit.title for unit in every if unit.tier is Tier.DISTRICT}
        above = {unit.id: unit.parent_id for unit in every if unit.id in set(unit_ids)}
        of_unit = {unit: parent for unit, parent in above.items() if parent in titles}
    used = set(of_unit.values())
    return Parts(grouping, {key: title for key, title in titles.items() if key in used}, of_unit)
