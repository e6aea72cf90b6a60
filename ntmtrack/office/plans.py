"""Which roadmaps a question is held against: the scope's own, its share of its province's, the country's beside."""

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.errors import NoRoadmap, RoadmapOfOtherScope, SeveralRoadmaps
from ntmtrack.i18n import _
from ntmtrack.model import Tier, Unit
from ntmtrack.storage.queries import roadmaps, units
from ntmtrack.storage.queries.roadmaps import Held
from ntmtrack.targets import Roadmap

EVERY = "all"  # --roadmap all: every roadmap that applies, also several of one scope


class Plans(NamedTuple):
    """The plan that figures are compared with, and those shown beside it."""

    own: Held | None
    beside: tuple[Held, ...] = ()


def applying(connection: sqlite3.Connection, scope: Unit | None, programme: str, key: str | None) -> Plans:
    """The plans for a scope; raises NoRoadmap, RoadmapOfOtherScope, SeveralRoadmaps where a choice is needed."""
    known = roadmaps.every(connection)
    if key is not None and key != EVERY:
        return Plans(_called(known, scope, key))
    current = [held for held in known if held.replaced_by is None and held.plan.programme == programme]
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

    Raises NoRoadmap, SeveralRoadmaps where no key is given and none or several are on record.
    """
    known = roadmaps.every(connection)
    if key is not None:
        return next((held for held in known if held.plan.key == key), None)
    chosen = [held for held in known if held.replaced_by is None and not held.plan.is_national]
    if not chosen:
        raise NoRoadmap(scope=_("the whole ledger"))
    if len(chosen) > 1:
        keys = ", ".join(held.plan.key for held in chosen)
        raise SeveralRoadmaps(scope=_("the whole ledger"), count=len(chosen), keys=keys)
    return chosen[0]


def _called(known: Sequence[Held], scope: Unit | None, key: str) -> Held:
    found = next((held for held in known if held.plan.key == key), None)
    if found is None:
        raise NoRoadmap(scope=f"{scope.title if scope else _('the whole ledger')} ({key})")
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
        if target.within and held.units.get(target.within) == scope.id
    )
    return held._replace(plan=held.plan._replace(targets=share), is_share=True) if share else None


def names_known(connection: sqlite3.Connection, plan: Roadmap, scope_id: int | None) -> dict[str, int]:
    """The unit of each name that a plan prints, where one unit inside its scope surely fits."""
    from ntmtrack.errors import AmbiguousUnit, UnknownUnit
    from ntmtrack.storage.queries.find import find_unit

    inside = {unit.id for unit in units.every(connection, scope=scope_id)}
    named = {}
    for printed in _printed_names(plan):
        try:
            named[printed] = find_unit(connection, printed, only=lambda unit: unit.id in inside).id
        except (UnknownUnit, AmbiguousUnit):
            continue
    return named


def _printed_names(plan: Roadmap) -> set[str]:
    names = {name for target in plan.targets for name in (*target.units, *target.reserve, *target.registered)}
    return names | {target.within for target in plan.targets if target.within}
