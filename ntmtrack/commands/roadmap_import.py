"""Roadmaps taken into the ledger: from a file, or from those that ship."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ntmtrack.commands import Session
from ntmtrack.commands.given_plans import add_roadmap
from ntmtrack.commands.lint_context import lint_context_of
from ntmtrack.commands.plan_precedence import rivalling
from ntmtrack.commands.plan_units import scope_candidates, stood_in
from ntmtrack.commands.roadmap import names_a_file, read_plan
from ntmtrack.errors import (
    OtherProgramme,
    RoadmapCircle,
    RoadmapExists,
    ScopeNotHeld,
    SupersededUnknown,
    UnknownRoadmap,
)
from ntmtrack.i18n import _
from ntmtrack.lint.linter import check_plan
from ntmtrack.model import Unit
from ntmtrack.programmes import programme
from ntmtrack.reports.labels import roadmap_label
from ntmtrack.roadmaps import Roadmap
from ntmtrack.roadmaps.toml import shipped
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.plan_inserts import RoadmapPlace
from ntmtrack.storage.queries import roadmaps
from ntmtrack.storage.queries.roadmaps import StoredPlan
from ntmtrack.text import nearest


class RoadmapImport(NamedTuple):
    """A roadmap for a unit (None: the whole country), and what is to be said of it; `is_known`: it is on record."""

    roadmap: Roadmap
    scope: Unit | None
    is_known: bool
    notes: Sequence[str]


def import_roadmap(session: Session, word: str, *, replace: bool = False, dry_run: bool = False) -> None:
    """Takes a roadmap into the ledger and says what the linter finds in it; raises what planning and applying may."""
    roadmap = read_plan(Path(word)) if names_a_file(word) else _shipped(word)
    with session.reading() as connection:
        plan = plan_import(connection, roadmap)
    if not plan.is_known:
        with session.acting("roadmap import", dry_run=dry_run) as ledger:
            _apply(ledger, plan, replace=replace)
    for note in plan.notes:
        session.say(note)


def plan_import(connection: Connection, roadmap: Roadmap) -> RoadmapImport:
    """What a roadmap would be in the ledger; raises ScopeNotHeld, OtherProgramme."""
    stored_plans = roadmaps.every_roadmap(connection)
    if any(stored.plan == roadmap for stored in stored_plans):
        text = _("{key} is on record already, the same in every figure; nothing was changed.")
        return RoadmapImport(roadmap, None, is_known=True, notes=[text.format(key=roadmap.key)])
    findings = check_plan(roadmap, lint_context_of(connection, roadmap))
    notes = [f"· {finding.weight.label}: {finding.text} ({finding.cite})" for finding in findings]
    if findings:
        notes.append(_("Nothing was repaired: the printed cumulative figures are used."))
    scope = scope_of(connection, roadmap)
    notes += _of_rivals([stored.plan for stored in stored_plans if _is_of_same(stored, roadmap, scope)], roadmap)
    return RoadmapImport(roadmap, scope, is_known=False, notes=notes)


def _of_rivals(others: Sequence[Roadmap], plan: Roadmap) -> Iterator[str]:
    """That other current roadmaps of the same scope set targets of this one too, and for which years."""
    if rivals := _rivals(others, plan):
        text = _(
            "{scope} now has several current roadmaps for the same targets: {keys}. To ask about {years} choose with"
            " --roadmap KEY."
        )
        years = sorted({year for of_one in rivals.values() for year in of_one})
        yield text.format(scope=plan.scope_name, keys=", ".join([*rivals, plan.key]), years=", ".join(map(str, years)))


def _shipped(key: str) -> Roadmap:
    if key not in shipped():
        raise UnknownRoadmap(key=key, near=nearest(key, shipped()))
    return shipped()[key]


def _rivals(others: Sequence[Roadmap], plan: Roadmap) -> dict[str, list[int]]:
    """The keys of the plans that set a target of this one too, each with the years to ask about where it shows."""
    period = programme(plan.programme)
    years = range(period.first_year, period.last_year + 1)
    rivalled = {other.key: [year for year in years if rivalling([other, plan], year)] for other in others}
    return {key: asked for key, asked in rivalled.items() if asked}


def _is_of_same(stored: StoredPlan, plan: Roadmap, scope: Unit | None) -> bool:
    """Whether another current roadmap is for the same unit and programme."""
    same = (stored.scope_id, stored.plan.programme) == (scope.id if scope else None, plan.programme)
    return same and stored.replaced_by is None and stored.plan.key not in (plan.key, plan.supersedes)


def _apply(ledger: Ledger, planned: RoadmapImport, *, replace: bool) -> None:
    """Writes the roadmap in the ledger's open action; raises RoadmapExists, RoadmapCircle, SupersededUnknown."""
    plan, scope = planned.roadmap, planned.scope
    recorded_plans = {stored.plan.key: stored for stored in roadmaps.every_roadmap(ledger.connection)}
    older = _superseded(recorded_plans, plan, scope)
    text = _("roadmap {label} for {scope}: {count} figures")
    if plan.key in recorded_plans:
        if not replace:
            raise RoadmapExists(key=plan.key)
        ledger.void_whole("roadmap", recorded_plans[plan.key].id)
        text = _("roadmap {label} for {scope} corrected: {count} figures")
    add_roadmap(ledger, plan, RoadmapPlace(scope.id if scope else None, older.id if older else None))
    ledger.summary = text.format(label=roadmap_label(plan), scope=plan.scope_name, count=len(plan.targets))


def _superseded(recorded_plans: dict[str, StoredPlan], plan: Roadmap, scope: Unit | None) -> StoredPlan | None:
    if plan.supersedes is None:
        return None
    older = recorded_plans.get(plan.supersedes)
    if _leads_to(recorded_plans, plan.supersedes, plan.key):
        raise RoadmapCircle(key=plan.key, older=plan.supersedes)
    if older is None or older.scope_id != (scope.id if scope else None) or older.plan.programme != plan.programme:
        raise SupersededUnknown(key=plan.key, older=plan.supersedes, scope=plan.scope_name)
    return older


def _leads_to(recorded_plans: dict[str, StoredPlan], key: str | None, sought: str) -> bool:
    """Whether a roadmap, or any whose place it has taken, is the one sought."""
    while key is not None and key != sought:
        key = recorded_plans[key].plan.supersedes if key in recorded_plans else None
    return key == sought


def scope_of(connection: Connection, plan: Roadmap) -> Unit | None:
    """The unit of the ledger that a plan is for; None for the whole country.

    Raises ScopeNotHeld, OtherProgramme where that unit did not stand in the plan's period.
    """
    if plan.is_national:
        return None
    units = scope_candidates(connection, plan)
    if not units:
        raise ScopeNotHeld(key=plan.key, scope=plan.scope_name, code=plan.scope_code)
    if not stood_in(units[0], programme(plan.programme)):
        raise OtherProgramme(key=plan.key, programme=plan.programme, scope=units[0].title)
    return units[0]
