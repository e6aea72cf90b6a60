"""Which roadmaps a question is held against: the scope's own, its share of its province's, the country's beside."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Container, Sequence
from pathlib import Path
from typing import NamedTuple

from ntmtrack.errors import (
    AmbiguousUnit,
    NoRoadmap,
    OneRoadmapHere,
    RoadmapInFile,
    RoadmapNotHeld,
    RoadmapOfOtherPeriod,
    RoadmapOfOtherScope,
    SeveralRoadmaps,
    UnknownRoadmap,
    UnknownUnit,
    WhichRoadmap,
)
from ntmtrack.i18n import _
from ntmtrack.model import Programme, Tier, Unit
from ntmtrack.programmes import of_year, programme
from ntmtrack.roadmaps import WITHIN, WITHOUT_FIGURE, LineKey, Named, Roadmap, Target, by_line
from ntmtrack.storage.queries import roadmaps, units
from ntmtrack.storage.queries.roadmaps import StoredPlan
from ntmtrack.text import fold, nearest
from ntmtrack.units import split_kind

EVERY = "all"  # --roadmap all: every roadmap that applies, also several of one scope


class Plans(NamedTuple):
    """The plan that leads in the year asked about, and those shown beside it.

    `of_scope` are all of the scope's own, of which another may lead in another year.
    """

    own: StoredPlan | None
    beside: tuple[StoredPlan, ...] = ()
    of_scope: tuple[StoredPlan, ...] = ()

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


def applying(connection: sqlite3.Connection, scope: Unit | None, year: int, key: str | None) -> Plans:
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
        return Plans(None, tuple(beside))
    others = [stored for stored in chosen[1:] if key == EVERY or max(target_years(stored), default=year) >= year]
    return Plans(chosen[0], (*others, *beside), tuple(chosen))


def roadmap_called(connection: sqlite3.Connection, key: str | None) -> StoredPlan | None:
    """The roadmap on record with this key, or the only one of a unit; None where none has the key.

    Raises NoRoadmap, WhichRoadmap where no key is given and none or several are on record.
    """
    if key is not None:
        return next((stored for stored in roadmaps.every_roadmap(connection) if stored.plan.key == key), None)
    chosen = in_force(connection)
    if len(chosen) > 1:
        raise WhichRoadmap(count=len(chosen), keys=", ".join(sorted(stored.plan.key for stored in chosen)))
    return chosen[0]


def in_force(connection: sqlite3.Connection, year: int = 0) -> list[StoredPlan]:
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


def leading_first(plans: Sequence[StoredPlan], year: int) -> list[StoredPlan]:
    """The plans in the order in which they lead: those with targets for the year, with results of it, with later ones.

    Of those alike the newest goes first.
    """
    return sorted(
        plans, key=lambda stored: (_nearness(stored, year), stored.plan.issued_by, stored.plan.key), reverse=True
    )


def _nearness(stored: StoredPlan, year: int) -> int:
    """3 of a plan with targets for the year, 2 with other figures of it, 1 of one with later targets only, else 0."""
    years = target_years(stored)
    if year in years:
        return 3
    if any(target.year == year and target.levels for target in stored.plan.targets):
        return 2
    return int(stored.plan.base_year < year < max(years, default=0))


def target_years(stored: StoredPlan) -> set[int]:
    """The years for which a plan sets targets in figures."""
    return {
        target.year
        for target in stored.plan.targets
        if target.nature == "target" and target.measure not in WITHOUT_FIGURE
    }


def need_no_choice(plans: Sequence[StoredPlan], year: int, scope: str) -> None:
    """Raises SeveralRoadmaps where several of these set the same target of the year."""
    rivals = rivalling([stored.plan for stored in plans], year)
    if rivals:
        raise SeveralRoadmaps(scope=scope, count=len(rivals), keys=", ".join(sorted(plan.key for plan in rivals)))


def rivalling(plans: Sequence[Roadmap], year: int) -> list[Roadmap]:
    """The plans of which several set the same target, of the same year, when one is asked about `year`.

    Those that agree on it are none, unless they are of one day, so that none is the newer.
    """
    if len(plans) < 2:
        return []
    from ntmtrack.progress.plan import plan_for

    setting: dict[tuple[LineKey, int], dict[str, Target]] = defaultdict(dict)
    for plan in plans:
        for line, figures in by_line(plan.targets).items():
            target = plan_for(figures, year, programme(plan.programme).last_year)
            if target and target.nature == "target" and target.year >= year and target.measure not in WITHOUT_FIGURE:
                setting[line, target.year][plan.key] = target
    issued = {plan.key: plan.issued_by for plan in plans}
    claimed = {
        key
        for several in setting.values()
        if len(several) > 1
        and (not _agree([*several.values()]) or len({issued[key] for key in several}) < len(several))
        for key in several
    }
    return [plan for plan in plans if plan.key in claimed]


_SAID = ("added", "added_high", "cumulative", "cumulative_high", "percent", "percent_high", "value", "value_high")


def _agree(targets: Sequence[Target]) -> bool:
    """Whether they ask for the same, as a yearly plan does that repeats a figure of the period's."""
    asked = [{field: figure for field in _SAID if (figure := getattr(target, field)) is not None} for target in targets]
    signs = {(target.operator, target.percent_sign, target.share_of, target.base) for target in targets}
    first = asked[0]
    return len(signs) == 1 and all(
        figures.keys() & first.keys() and all(figures[field] == first[field] for field in figures.keys() & first.keys())
        for figures in asked
    )


def scope_candidates(connection: sqlite3.Connection, plan: Roadmap) -> list[Unit]:
    """The units of the ledger that a plan may be for, by its code and name; those that stood in its period first."""
    period = programme(plan.programme)
    called = [unit for unit in units.by_keys(connection, [], plan.scope_code) if _is_called(unit, plan.scope_name)]
    return sorted(called, key=lambda unit: not stood_in(unit, period))


def stood_in(unit: Unit, period: Programme) -> bool:
    """Whether this version of a unit stood in some year of a programme."""
    return any(unit.alive_in(year) for year in range(period.first_year, period.last_year + 1))


def _is_called(unit: Unit, name: str) -> bool:
    return fold(unit.title) == fold(name) or fold(unit.name) == fold(split_kind(name)[1])


def names_known(connection: sqlite3.Connection, plan: Roadmap, scope_id: int | None) -> dict[Named, int]:
    """The unit of each name that a plan prints, where one unit of its tier inside the scope surely fits."""
    from ntmtrack.storage.queries.units import find_unit

    inside: dict[str, set[int]] = defaultdict(set)
    for unit in units.every_unit(connection, scope=scope_id):
        inside[unit.tier].add(unit.id)
    named: dict[Named, int] = {}
    for tier, printed in _printed_names(plan):
        try:
            match = find_unit(connection, printed, only=_among(inside[tier]))
        except (UnknownUnit, AmbiguousUnit):
            continue
        named[tier, printed] = match.id
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
