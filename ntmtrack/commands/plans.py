"""Which roadmaps a question is held against: the scope's own, its share of its province's, the country's beside."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ntmtrack.commands.plan_precedence import leading_first, need_no_choice, rivalling, target_years
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
from ntmtrack.programmes import of_year
from ntmtrack.roadmaps import WITHIN
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import roadmaps, units
from ntmtrack.storage.queries.roadmaps import StoredPlan
from ntmtrack.text import nearest

EVERY = "all"  # --roadmap all: every roadmap that applies, also several of one scope


class Plans(NamedTuple):
    """The plan that leads in the year asked about, and those shown beside it.

    `of_scope` are all of the scope's own, of which another may lead in another year. Where it has none, `of_former` are
    those of the units that it was made of, each with its unit. `of_others` is a plan for the units of another day than
    those counted: it is not held against them.
    """

    own: StoredPlan | None
    beside: tuple[StoredPlan, ...] = ()
    of_scope: tuple[StoredPlan, ...] = ()
    of_former: tuple[tuple[StoredPlan, Unit], ...] = ()
    of_others: tuple[StoredPlan, date] | None = None

    @property
    def at_hand(self) -> list[StoredPlan]:
        """The plan that leads, and the scope's own beside it."""
        stored_plans = [self.own] if self.own else []
        return stored_plans + [stored for stored in self.beside if not stored.plan.is_national]

    def need_one(self, scope: str, year: int) -> None:
        """Raises OneRoadmapHere where several plans were asked for that set the same target of the year."""
        rivals = rivalling([stored.plan for stored in self.of_scope], year)
        if rivals:
            raise OneRoadmapHere(scope=scope, count=len(rivals), keys=", ".join(sorted(plan.key for plan in rivals)))

    def leading_in(self, year: int, scope: str) -> StoredPlan | None:
        """The plan that leads in a year; raises SeveralRoadmaps where a choice is needed."""
        return next(iter(self.in_order(year, scope)), None)

    def in_order(self, year: int, scope: str) -> list[StoredPlan]:
        """The scope's own plans as they lead in a year; raises SeveralRoadmaps where a choice is needed."""
        if not self.of_scope:
            return [self.own] if self.own else []
        need_no_choice(self.of_scope, year, scope)
        return leading_first(self.of_scope, year)


def applying(connection: Connection, scope: Unit | None, year: int, key: str | None) -> Plans:
    """The plans for a scope in a year; raises SeveralRoadmaps where several set the same target of it.

    Where the one called `key` does not fit raises UnknownRoadmap, RoadmapNotHeld, RoadmapInFile,
    RoadmapOfOtherPeriod, RoadmapOfOtherScope.
    """
    stored_plans, period = roadmaps.every_roadmap(connection), of_year(year).key
    if key is not None and key != EVERY:
        called = _called(stored_plans, scope, key)
        if called.plan.programme != period:
            raise RoadmapOfOtherPeriod(key=key, programme=called.plan.programme, year=year)
        return Plans(called)
    current = [stored for stored in stored_plans if stored.replaced_by is None and stored.plan.programme == period]
    of_scope = [fitting for stored in current if not stored.plan.is_national and (fitting := _fitting(stored, scope))]
    national = [stored for stored in current if stored.plan.is_national]
    direct = [stored for stored in of_scope if scope and stored.scope_id == scope.id and not stored.is_share]
    chosen = leading_first(direct or of_scope, year)
    if key != EVERY:
        need_no_choice(chosen, year, scope.title if scope else "")
    beside = national if scope is None or scope.tier is Tier.PROVINCE else []  # no district is held to the country's
    if not chosen:
        return Plans(None, tuple(beside), of_former=_of_former(connection, scope, current))
    others = [stored for stored in chosen[1:] if key == EVERY or max(target_years(stored), default=year) >= year]
    return Plans(chosen[0], (*others, *beside), tuple(chosen))


def _of_former(
    connection: Connection, scope: Unit | None, current: Sequence[StoredPlan]
) -> tuple[tuple[StoredPlan, Unit], ...]:
    former = units.predecessors(connection, scope.id) if scope else []
    return tuple((stored, unit) for unit in former for stored in current if stored.scope_id == unit.id)


def roadmap_called(connection: Connection, key: str | None) -> StoredPlan | None:
    """The roadmap on record with this key, or the only one of a unit; None where none has the key.

    Raises NoRoadmap, WhichRoadmap where no key is given and none or several are on record.
    """
    if key is not None:
        return next((stored for stored in roadmaps.every_roadmap(connection) if stored.plan.key == key), None)
    chosen = in_force(connection)
    if len(chosen) > 1:
        raise WhichRoadmap(count=len(chosen), keys=", ".join(sorted(stored.plan.key for stored in chosen)))
    return chosen[0]


def in_force(connection: Connection, year: int = 0) -> list[StoredPlan]:
    """The roadmaps of units that none took the place of: of the widest scope first, then as they lead in `year`.

    Raises NoRoadmap where there is none.
    """
    stored_plans = [
        stored
        for stored in roadmaps.every_roadmap(connection)
        if stored.replaced_by is None and not stored.plan.is_national
    ]
    if not stored_plans:
        raise NoRoadmap(scope=_("any unit of this ledger"))
    return sorted(leading_first(stored_plans, year), key=lambda stored: len(stored.plan.scope_code))


def _called(stored_plans: Sequence[StoredPlan], scope: Unit | None, key: str) -> StoredPlan:
    called = next((stored for stored in stored_plans if stored.plan.key == key), None)
    if called is None:
        from ntmtrack.roadmaps.toml import shipped

        if key in shipped():
            raise RoadmapNotHeld(key=key, scope=shipped()[key].scope_name)
        if Path(key).is_file():
            raise RoadmapInFile(file=key)
        raise UnknownRoadmap(key=key, near=nearest(key, [stored.plan.key for stored in stored_plans]))
    fitting = called if called.plan.is_national else _fitting(called, scope)
    if fitting is None:
        raise RoadmapOfOtherScope(
            key=key, of=called.plan.scope_name, scope=scope.title if scope else _("the whole ledger")
        )
    return fitting


def _fitting(stored: StoredPlan, scope: Unit | None) -> StoredPlan | None:
    """A roadmap as it concerns a scope: whole for its own, of another's only the share that is for this scope."""
    if scope is None:
        return None
    if stored.scope_id == scope.id:
        return stored
    share = tuple(
        target._replace(within=None)
        for target in stored.plan.targets
        if target.within and stored.units.get((WITHIN, target.within)) == scope.id
    )
    return stored._replace(plan=stored.plan._replace(targets=share), is_share=True) if share else None
