"""The units that a plan is for, and those that it names."""

from collections import defaultdict
from collections.abc import Callable, Container
from typing import Protocol

from ntmtrack.errors import AmbiguousUnit, UnknownUnit
from ntmtrack.model import Programme, Tier, Unit
from ntmtrack.programmes import programme
from ntmtrack.roadmaps import WITHIN, Named, Roadmap
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.text import fold
from ntmtrack.units import split_kind


class OfUnit(Protocol):
    """A document of a unit: a roadmap, an emulation movement."""

    @property
    def programme(self) -> str:
        """The key of its programme."""

    @property
    def scope_code(self) -> str:
        """The code of the unit."""

    @property
    def scope_name(self) -> str:
        """What it is called."""


def scope_candidates(connection: Connection, plan: OfUnit) -> list[Unit]:
    """The units that a document may be for, by its code and name; those that stood in its period first."""
    period = programme(plan.programme)
    called = [unit for unit in units.by_keys(connection, [], plan.scope_code) if _is_called(unit, plan.scope_name)]
    return sorted(called, key=lambda unit: not stood_in(unit, period))


def stood_in(unit: Unit, period: Programme) -> bool:
    """Whether this version of a unit stood in some year of a programme."""
    return any(unit.alive_in(year) for year in range(period.first_year, period.last_year + 1))


def _is_called(unit: Unit, name: str) -> bool:
    return fold(unit.title) == fold(name) or fold(unit.name) == fold(split_kind(name)[1])


def names_known(connection: Connection, plan: Roadmap, scope_id: int | None) -> dict[Named, int]:
    """The unit of each name that a plan prints, where one unit of its tier inside the scope surely fits."""
    from ntmtrack.storage.queries.units import find_unit, standing_on

    inside: dict[str, set[int]] = defaultdict(set)
    for unit in units.every_unit(connection, scope=scope_id):
        inside[unit.tier].add(unit.id)
    if WITHIN not in programme(plan.programme).counted and scope_id is not None:
        inside[WITHIN] |= _former_parts(connection, scope_id)
    named: dict[Named, int] = {}
    for tier, printed in _printed_names(plan):
        try:
            match = find_unit(connection, printed, only=_among(inside[tier]), stands=standing_on(plan.issued_by))
        except (UnknownUnit, AmbiguousUnit):
            continue
        named[tier, printed] = match.id
    return named


def _former_parts(connection: Connection, scope_id: int) -> set[int]:
    """The provinces that went into a scope, with the districts that they had, by id."""
    former = {unit.id for unit in units.predecessors(connection, scope_id)}
    districts = (unit for part in former for unit in units.every_unit(connection, scope=part, tier=Tier.DISTRICT))
    return former | {district.id for district in districts}


def _among(ids: Container[int]) -> Callable[[Unit], bool]:
    return lambda unit: unit.id in ids


def _printed_names(plan: Roadmap) -> set[Named]:
    names = {
        (str(target.tier), name)
        for target in plan.targets
        for name in (*target.units, *target.reserve, *target.registered)
    }
    return names | {(str(WITHIN), target.within) for target in plan.targets if target.within}
