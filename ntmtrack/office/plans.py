"""Which roadmaps a question is held against: the scope's own, its share of its province's, the country's beside."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ntmtrack.errors import (
    NoRoadmap,
    OneRoadmapHere,
    RoadmapInFile,
    RoadmapNotHeld,
    RoadmapOfOtherPeriod,
    RoadmapOfOtherScope,
    UnknownRoadmap,
    WhichRoadmap,
)
from ntmtrack.i18n import _
from ntmtrack.model import Tier, Unit
from ntmtrack.office.precedence import leading_first, need_no_choice, rivalling, target_years
from ntmtrack.programmes import of_year
from ntmtrack.roadmaps import WITHIN
from ntmtrack.storage.queries import roadmaps
from ntmtrack.storage.queries.roadmaps import Held
from ntmtrack.text import nearest

EVERY = "all"  # --roadmap all: every roadmap that applies, also several of one scope


class Plans(NamedTuple):
    """The plan that leads in the year asked about, and those shown beside it.

    `of_scope` are all of the scope's own, of which another may lead in another year.
    """

    own: Held | None
    beside: tuple[Held, ...] = ()
    of_scope: tuple[Held, ...] = ()

    @property
    def at_hand(self) -> list[Held]:
        """The plan that leads, and the scope's own beside it."""
        own = [self.own] if self.own else []
        return own + [held for held in self.beside if not held.plan.is_national]

    def need_one(self, scope: str, year: int) -> None:
        """Raises OneRoadmapHere where several plans were asked for that set the same target of the year."""
        rivals = rivalling([held.plan for held in self.of_scope], year)
        if rivals:
            raise OneRoadmapHere(scope=scope, count=len(rivals), keys=", ".join(sorted(plan.key for plan in rivals)))

    def leading_in(self, year: int, scope: str) -> Held | None:
        """The plan that leads in a year; raises SeveralRoadmaps where a choice is needed."""
        return next(iter(self.in_order(year, scope)), None)

    def in_order(self, year: int, scope: str) -> list[Held]:
        """The scope's own plans as they lead in a year; raises SeveralRoadmaps where a choice is needed."""
        if not self.of_scope:
            return [self.own] if self.own else []
        need_no_choice(self.of_scope, year, scope)
        return leading_first(self.of_scope, year)


def applying(connection: sqlite3.Connection, scope: Unit | None, year: int, key: str | None) -> Plans:
    """The plans for a scope in a year; raises SeveralRoadmaps where several set the same target of it.

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
    chosen = leading_first(direct or own, year)
    if key != EVERY:
        need_no_choice(chosen, year, scope.title if scope else "")
    beside = national if scope is None or scope.tier is Tier.PROVINCE else []  # no district is held to the country's
    if not chosen:
        return Plans(None, tuple(beside))
    others = [held for held in chosen[1:] if key == EVERY or max(target_years(held), default=year) >= year]
    return Plans(chosen[0], (*others, *beside), tuple(chosen))


def roadmap_called(connection: sqlite3.Connection, key: str | None) -> Held | None:
    """The roadmap on record with this key, or the only one of a unit; None where none has the key.

    Raises NoRoadmap, WhichRoadmap where no key is given and none or several are on record.
    """
    if key is not None:
        return next((held for held in roadmaps.every(connection) if held.plan.key == key), None)
    chosen = in_force(connection)
    if len(chosen) > 1:
        raise WhichRoadmap(count=len(chosen), keys=", ".join(sorted(held.plan.key for held in chosen)))
    return chosen[0]


def in_force(connection: sqlite3.Connection, year: int = 0) -> list[Held]:
    """The roadmaps of units that none took the place of: of the widest scope first, then as they lead in `year`.

    Raises NoRoadmap where there is none.
    """
    found = [held for held in roadmaps.every(connection) if held.replaced_by is None and not held.plan.is_national]
    if not found:
        raise NoRoadmap(scope=_("any unit of this ledger"))
    return sorted(leading_first(found, year), key=lambda held: len(held.plan.scope_code))


def _called(known: Sequence[Held], scope: Unit | None, key: str) -> Held:
    found = next((held for held in known if held.plan.key == key), None)
    if found is None:
        from ntmtrack.roadmaps.toml import shipped

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
