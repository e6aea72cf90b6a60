"""`award` without units: the awards of a year on record, of a scope, a movement, a form where they are told."""

from datetime import date

from ntmtrack.commands.movements import WhichMovementOptions, movement_called
from ntmtrack.emulation.achievements import fallen_awards
from ntmtrack.emulation.registers import GivenAward
from ntmtrack.model import Unit
from ntmtrack.reports import Report
from ntmtrack.reports.awards import AwardsOfYear, awards_report
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.emulation import awards, every_movement
from ntmtrack.storage.queries.recognitions import recognitions_by_unit
from ntmtrack.storage.queries.scopes import find_scope
from ntmtrack.text import squeeze


def list_awards(
    connection: Connection,
    year: int,
    which: WhichMovementOptions,
    form: str | None,
    today: date,
    *,
    shows_persons: bool,
) -> Report:
    """The awards of a year with those whose recognition was revoked: of units within a scope, by one movement.

    Raises MovementNotHeld, UnknownMovement, and what finding the scope raises.
    """
    scope = find_scope(connection, which.scope) if which.scope else None
    movement = movement_called(every_movement(connection), which.key).movement if which.key else None
    within = units.inside(connection, scope.id) if scope else None
    own = [
        one
        for one in awards(connection)
        if one.year == year
        and (within is None or one.unit_id in within)
        and (movement is None or one.movement == movement.key)
        and _is_of_form(one, form)
    ]
    fallen = fallen_awards(own, recognitions_by_unit(connection), today)
    of = ", ".join(filter(None, (scope.full_title if scope else "", movement.title if movement else "")))
    return awards_report(AwardsOfYear(year, own, _units_of(connection, own, year), fallen, of, shows_persons))


def _is_of_form(one: GivenAward, form: str | None) -> bool:
    wanted = squeeze(form or "")
    return not wanted or wanted in (squeeze(one.form or ""), squeeze(one.name))


def _units_of(connection: Connection, given: list[GivenAward], year: int) -> dict[int, Unit]:
    """The units of awards as they last stood in the year."""
    found: dict[int, Unit] = {}
    for key in {one.unit_id for one in given}:
        versions = units.versions(connection, key)
        found[key] = next((unit for unit in reversed(versions) if unit.alive_in(year)), versions[-1])
    return found
