"""The plans that a ledger is given: those built in for its units, those of a file."""

from collections.abc import Iterator, Sequence
from datetime import date

from ntmtrack.commands.plan_units import names_known
from ntmtrack.i18n import _
from ntmtrack.roadmaps import Roadmap
from ntmtrack.roadmaps.toml import built_in
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.plan_inserts import RoadmapPlace
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.roadmaps import every_roadmap


def add_built_in(ledger: Ledger, programme_key: str, on: date) -> Iterator[Roadmap]:
    """Adds the roadmaps built in for the units that stand on a day, but those on record; and gives them."""
    scopes = {unit.code: unit.id for unit in units.every_unit(ledger.connection, on)}
    on_record = {stored.plan.key for stored in every_roadmap(ledger.connection)}
    for plan in built_in(programme_key, scopes):
        if plan.key not in on_record:
            add_roadmap(ledger, plan, RoadmapPlace(scopes.get(plan.scope_code)))
            yield plan


def add_roadmap(ledger: Ledger, plan: Roadmap, place: RoadmapPlace) -> None:
    """Adds a roadmap, tying the names that it prints to units of its scope where they fit surely."""
    ledger.add_roadmap(plan, place, names_known(ledger.connection, plan, place.scope_id))


def with_plans(summary: str, plans: Sequence[Roadmap]) -> str:
    """What was done, with the roadmaps that were added."""
    return "".join([summary, *(_("; roadmap {number}").format(number=plan.number) for plan in plans)])
