"""What the linter may hold a plan against: the units of its scope, and what was reached when it was issued."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from ntmtrack.commands.plan_units import scope_candidates
from ntmtrack.errors import UnknownProvince
from ntmtrack.i18n import _, day
from ntmtrack.lint import LintContext
from ntmtrack.model import Basis, NewUnit, Programme, Tier, Unit
from ntmtrack.programmes import programme
from ntmtrack.progress import Moment, at_least, reached
from ntmtrack.roadmaps import Roadmap
from ntmtrack.roadmaps.toml import shipped
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import roadmaps, standings, units
from ntmtrack.units import gazetteer


def lint_context_of(connection: Connection | None, plan: Roadmap) -> LintContext:
    """The ground for a plan: from the ledger where it holds the scope, else from the national list of units."""
    period = programme(plan.programme)
    recorded_plans = (
        {stored.plan.key: stored.plan for stored in roadmaps.every_roadmap(connection)}
        if connection is not None
        else {}
    )
    earlier = (shipped() | recorded_plans).get(plan.supersedes or "")
    if plan.is_national:
        return LintContext(period, earlier=earlier)
    scopes = scope_candidates(connection, plan) if connection is not None else []
    if connection is None or not scopes or not units.every_unit(connection, plan.issued_by, scopes[0].id):
        return _from_list(plan, period)._replace(earlier=earlier)
    return _from_ledger(connection, plan, period, scopes[0])._replace(earlier=earlier)


def _from_ledger(connection: Connection, plan: Roadmap, programme: Programme, scope: Unit) -> LintContext:
    """As of the day of issue; exact where the ledger tells how units changed.

    One that was begun with the list of 30/6/2025 must tell a change before the day of issue: a later one does not
    make a history of that list.
    """
    every = units.every_unit(connection, plan.issued_by, scope.id)
    view = standings.View(programme, Basis.YEAR, scope.id)
    paths = standings.paths(connection, view, [Moment(plan.issued_by, plan.issued_by)])
    known_from = units.first_change(connection, scope.id, but=gazetteer.REORGANISED_ON)
    listed = any(_list_of(unit) for unit in every)
    exact = known_from is not None and (not listed or known_from <= plan.issued_by.isoformat())
    return LintContext(
        programme=programme,
        source=_source(every, plan, exact=exact),
        exact=exact,
        totals=_totals(every, programme),
        units=_titles(every),
        lying_in=_lying_in((unit.title, unit.parent_name) for unit in every),
        reached={
            (tier, level.key): reached(paths, tier, at_least(level.rank), at=0)
            for tier in (Tier.DISTRICT, Tier.COMMUNE)
            for level in programme.levels_of(tier)
        },
    )


def _source(every: Sequence[Unit], plan: Roadmap, *, exact: bool) -> str:
    """Whose units these are: a list taken into the ledger is of its own day, not of the plan's."""
    if exact:
        return _("the ledger, {day}").format(day=day(plan.issued_by))
    if any(unit.until not in (None, gazetteer.REORGANISED_ON) for unit in every):
        return _("the ledger, counted back to {day}").format(day=day(plan.issued_by))
    if lists := [unit_list.title for unit in every if (unit_list := _list_of(unit))]:
        return _("the ledger's list of {day}").format(day=lists[0])
    return _("the ledger's list, which bears no day")


def _list_of(unit: Unit) -> gazetteer.UnitList | None:
    """The national list that a unit of the ledger is of, by the day on which all of that list end or begin."""
    if unit.tier is Tier.PROVINCE:
        return None
    if unit.until == gazetteer.REORGANISED_ON:
        return gazetteer.BEFORE_JULY_2025
    return gazetteer.FROM_JULY_2025 if unit.since == gazetteer.REORGANISED_ON else None


def _from_list(plan: Roadmap, programme: Programme) -> LintContext:
    unit_list = gazetteer.unit_list(programme.units)
    try:
        every = gazetteer.below(unit_list, plan.scope_code)
    except UnknownProvince:
        return LintContext(programme)
    source = _("the national list of {day}").format(day=unit_list.title)
    titles = {unit.code: unit.title for unit in every}
    return LintContext(
        programme=programme,
        source=source,
        exact=False,
        totals=_totals(every, programme),
        units=_titles(every),
        lying_in=_lying_in((unit.title, titles.get(unit.parent_code)) for unit in every),
    )


def _totals(every: Iterable[Unit | NewUnit], programme: Programme) -> dict[Tier, int]:
    """How many units of the counted kinds there are, by tier."""
    return dict(Counter(unit.tier for unit in every if unit.kind in programme.counted.get(unit.tier, ())))


def _titles(every: Sequence[Unit | NewUnit]) -> dict[Tier, list[str]]:
    titles: dict[Tier, list[str]] = {}
    for unit in every:
        titles.setdefault(unit.tier, []).append(unit.title)
    return titles


def _lying_in(parents: Iterable[tuple[str, str | None]]) -> dict[str, list[str]]:
    """What units of each title lie in; several of one title in as many."""
    within: dict[str, list[str]] = defaultdict(list)
    for title, parent in parents:
        within[title] += [parent] if parent else []
    return within
