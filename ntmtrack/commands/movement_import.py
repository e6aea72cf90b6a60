"""Emulation movements taken into the ledger: from a file, or from those that ship."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ntmtrack.commands import Session
from ntmtrack.commands.movement import findings, names_a_file, read_file
from ntmtrack.commands.plan_units import scope_candidates
from ntmtrack.emulation import Movement
from ntmtrack.emulation.toml import shipped
from ntmtrack.errors import (
    MovementCircle,
    MovementExists,
    MovementOfOtherYears,
    MovementScopeNotHeld,
    NoMovementToReplace,
    UnknownMovement,
)
from ntmtrack.i18n import _, number
from ntmtrack.model import Unit
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries.emulation import StoredMovement, every_movement, movement_id, movement_row, rule_rows
from ntmtrack.text import nearest


class MovementImport(NamedTuple):
    """A movement of a unit, and what is to be said of it."""

    movement: Movement
    scope: Unit
    notes: Sequence[str]


def import_movement(session: Session, word: str, *, replace: bool = False, dry_run: bool = False) -> None:
    """Takes a movement into the ledger and says what is found in it; raises what planning and applying may."""
    movement = read_file(Path(word)) if names_a_file(word) else _shipped(word)
    with session.reading() as connection:
        if any(stored.movement == movement for stored in every_movement(connection)):
            text = _("{key} is on record already, the same in every rule; nothing was changed.")
            session.say(text.format(key=movement.key))
            return
        planned = plan_import(connection, movement)
    with session.acting("movement import", dry_run=dry_run) as ledger:
        _apply(ledger, planned, replace=replace)
    for note in planned.notes:
        session.say(note)


def _shipped(key: str) -> Movement:
    if key not in shipped():
        raise UnknownMovement(key=key, near=nearest(key, shipped()))
    return shipped()[key]


def plan_import(connection: Connection, movement: Movement) -> MovementImport:
    """What a movement would be in the ledger; raises MovementScopeNotHeld, MovementOfOtherYears."""
    scope = scope_of(connection, movement)
    notes = [f"· {found.weight.label}: {found.text} ({found.cite})" for found in findings(connection, movement)]
    others = [stored for stored in every_movement(connection) if _is_beside(stored, movement, scope)]
    if others:
        text = _("{scope} now has several emulation movements of the same years: {keys}. Choose with --movement KEY.")
        keys = ", ".join([*(stored.movement.key for stored in others), movement.key])
        notes.append(text.format(scope=movement.scope_name, keys=keys))
    return MovementImport(movement, scope, notes)


def scope_of(connection: Connection, movement: Movement) -> Unit:
    """The unit of the ledger that a movement is of; raises MovementScopeNotHeld, MovementOfOtherYears."""
    held = scope_candidates(connection, movement)
    if not held:
        raise MovementScopeNotHeld(key=movement.key, scope=movement.scope_name, code=movement.scope_code)
    standing = [unit for unit in held if any(unit.alive_in(year) for year in movement.years)]
    if not standing:
        years = f"{movement.years[0]}–{movement.years[-1]}"
        raise MovementOfOtherYears(key=movement.key, years=years, scope=held[0].title)
    return standing[0]


def _is_beside(stored: StoredMovement, movement: Movement, scope: Unit) -> bool:
    """Whether another movement in force is of the same unit and of some year of this one."""
    other = stored.movement
    same = stored.scope_id == scope.id and {*other.years} & {*movement.years}
    return bool(same) and stored.replaced_by is None and other.key not in (movement.key, movement.supersedes)


def _apply(ledger: Ledger, planned: MovementImport, *, replace: bool) -> None:
    """Writes the movement in the ledger's open action; raises MovementExists, MovementCircle, NoMovementToReplace."""
    movement, scope = planned.movement, planned.scope
    recorded = {stored.movement.key: stored for stored in every_movement(ledger.connection)}
    older = _superseded(recorded, movement, scope)
    text = _("emulation movement {key} ({number}, {scope}): {count} rules")
    if movement.key in recorded:
        if not replace:
            raise MovementExists(key=movement.key)
        ledger.void_whole("movement", recorded[movement.key].id)
        text = _("emulation movement {key} ({number}, {scope}) corrected: {count} rules")
    count = add_movement(ledger, movement, scope.id, older.id if older else None)
    told = {"key": movement.key, "number": movement.number, "scope": movement.scope_name}
    ledger.summary = text.format(**told, count=number(count))


def add_movement(ledger: Ledger, movement: Movement, scope_id: int, older: int | None = None) -> int:
    """Adds a movement with its rules; gives how many rules."""
    ledger.add_facts("movement", [movement_row(movement, scope_id, older)])
    rules = rule_rows(movement, movement_id(ledger.connection, movement.key))
    ledger.add_facts("movement_rule", rules)
    return len(rules)


def _superseded(recorded: dict[str, StoredMovement], movement: Movement, scope: Unit) -> StoredMovement | None:
    if movement.supersedes is None:
        return None
    older = recorded.get(movement.supersedes)
    if _leads_to(recorded, movement.supersedes, movement.key):
        raise MovementCircle(key=movement.key, older=movement.supersedes)
    if older is None or older.scope_id != scope.id:
        raise NoMovementToReplace(key=movement.key, older=movement.supersedes, scope=movement.scope_name)
    return older


def _leads_to(recorded: dict[str, StoredMovement], key: str | None, sought: str) -> bool:
    """Whether a movement, or any whose place it has taken, is the one sought."""
    while key is not None and key != sought:
        key = recorded[key].movement.supersedes if key in recorded else None
    return key == sought
