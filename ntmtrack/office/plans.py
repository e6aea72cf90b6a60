"""Which roadmaps a question is held against: the scope's own, its share of its province's, the country's beside."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Container, Sequence
from pathlib import Path
from typing import NamedTuple

from ntmtrack.errors import (
    NoRoadmap,
    OneRoadmapHere,
    RoadmapInFile,
    RoadmapNotHeld,
    RoadmapOfOtherPeriod,
    RoadmapOfOtherScope,
    SeveralRoadmaps,
    UnknownRoadmap,
    WhichRoadmap,
)
from ntmtrack.i18n import _
from ntmtrack.kinds import split_kind
from ntmtrack.model import Programme, Tier, Unit
from ntmtrack.programmes import of_year, programme
from ntmtrack.storage.queries import roadmaps, units
from ntmtrack.storage.queries.roadmaps import Held
from ntmtrack.targets import WITHIN, Named, Roadmap
from ntmtrack.text import fold, nearest

EVERY = "all"  # --roadmap all: every roadmap that applies, also several of one scope


class Plans(NamedTuple):
    """The plan that figures are compared with, and those shown beside it."""

    own: Held | None
    beside: tuple[Held, ...] = ()

    def need_one(self, scope: str) -> None:
        """Raises OneRoadmapHere where several plans of the scope's own were asked for."""
        own = [held.plan.key for held in (self.own, *self.beside) if held and not held.plan.is_national]
        if len(own) > 1:
            raise OneRoadmapHere(scope=scope, count=len(own), keys=", ".join(own))


def applying(connection: sqlite3.Connection, scope: Unit | None, year: int, key: str | None) -> Plans:
    """The plans for a scope in a year; raises SeveralRoadmaps where a choice is needed.

    Where the one called `key` does not fit raises UnknownRoadmap, RoadmapNotHeld, RoadmapInFile,
    RoadmapOfOtherPeriod, RoadmapOfOtherScope.
    """
    known, period = roadmaps.every(connection), of_year(year).key
    if key is not None and key != EVERY:
        found = _called(known, scope, key)
        if found.plan.programme != period:
            raise RoadmapOfOtherPeriod(key=key, programme=found.plan.programme, year=year)
        return Plans(found)
    current = [held for held in known if held.replaced_by is None and held.plan.programme == period]
    own = [fitting for held in current if not held.plan.is_national and (fitting := _fitting(held, scope))]
    national = [held for held in current if held.plan.is_national]
    direct = [held for held in own if scope and held.scope_id == scope.id and not held.is_share]
    chosen = direct or own
    if len(chosen) > 1 and key != EVERY:
        keys = ", ".join(held.plan.key for held in chosen)
        raise SeveralRoadmaps(scope=scope.title if scope else "", count=len(chosen), keys=keys)
    beside = national if scope is None or scope.tier is Tier.PROVINCE else []  # no district is held to the country's
    if not chosen:
        return Plans(None, tuple(beside))
    return Plans(chosen[0], (*chosen[1:], *beside))


def roadmap_called(connection: sqlite3.Connection, key: str | None) -> Held | None:
    """The roadmap on record with this key, or the only one of a unit; None where none has the key.

    Raises NoRoadmap, WhichRoadmap where no key is given and none or several are on record.
    """
    known = roadmaps.every(connection)
    if key is not None:
        return next((held for held in known if held.plan.key == key), None)
    chosen = [held for held in known if held.replaced_by is None and not held.plan.is_national]
    if not chosen:
        raise NoRoadmap(scope=_("the whole ledger"))
    if len(chosen) > 1:
        keys = ", ".join(held.plan.key for held in chosen)
        raise WhichRoadmap(count=len(chosen), keys=keys)
    return chosen[0]


def _called(known: Sequence[Held], scope: Unit | None, key: str) -> Held:
    found = next((held for held in known if held.plan.key == key), None)
    if found is None:
        from ntmtrack.roadmaps.shipped import shipped

        if key in shipped():
            raise RoadmapNotHeld(key=key, scope=shipped()[key].scope_name)
        if Path(key).is_file():
            raise RoadmapInFile(file=key)
        raise UnknownRoadmap(key=key, near=nearest(key, [held.plan.key for held in known]))
    fitting = found if found.plan.is_national else _fitting(found, scope)
    if fitting is None:
        raise RoadmapOfOtherScope(
            key=key, of=found.plan.scope_name, scope=scope.title if scope else _("the whole ledger")
        )
    return fitting


def _fitting(held: Held, scope: Unit | None) -> Held | None:
    """A roadmap as it concerns a scope: whole for its own, of another's only the share that is for this scope."""
    if scope is None:
        return None
    if held.scope_id == scope.id:
        return held
    share = tuple(
        target._replace(within=None)
        for target in held.plan.targets
        if target.within and held.units.get((WITHIN, target.within)) == scope.id
    )
    return held._replace(plan=held.plan._replace(targets=share), is_share=True) if share else None


def scope_held(connection: sqlite3.Connection, plan: Roadmap) -> list[Unit]:
    """The units of the ledger that a plan may be for, by its code and name; those that stood in its period first."""
    own = programme(plan.programme)
    found = [unit for unit in units.by_keys(connection, [], plan.scope_code) if _is_called(unit, plan.scope_name)]
    return sorted(found, key=lambda unit: not stood_in(unit, own))


def stood_in(unit: Unit, own: Programme) -> bool:
    """Whether this version of a unit stood in some year of a programme."""
    return any(unit.alive_in(year) for year in range(own.first_year, own.last_year + 1))


def _is_called(unit: Unit, name: str) -> bool:
    return fold(unit.title) == fold(name) or fold(unit.name) == fold(split_kind(name)[1])


def names_known(connection: sqlite3.Connection, plan: Roadmap, scope_id: int | None) -> dict[Named, int]:
    """The unit of each name that a plan prints, where one unit of its tier inside the scope surely fits."""
    from ntmtrack.errors import AmbiguousUnit, UnknownUnit
    from ntmtrack.storage.queries.find import find_unit

    inside: dict[str, set[int]] = defaultdict(set)
    for unit in units.every(connection, scope=scope_id):
        inside[unit.tier].add(unit.id)
    named: dict[Named, int] = {}
    for tier, printed in _printed_names(plan):
        try:
            found = find_unit(connection, printed, only=_among(inside[tier]))
        except (UnknownUnit, AmbiguousUnit):
            continue
        named[tier, printed] = found.id
    return named


def _among(ids: Container[int]) -> Callable[[Unit], bool]:
    return lambda unit: unit.id in ids


def _printed_names(plan: Roadmap) -> set[Named]:
    names = {
        (str(target.tier), name)
        for target in plan.targets
        for name in (*target.units, *target.reserve, *target.registered)
    }
    return names | {(str(WITHIN), target.within) for target in plan.targets if target.within}
