"""Starting a ledger with a whole province: its units, its roadmap."""

import sqlite3
from collections.abc import Sequence

from ntmtrack.commands import Session
from ntmtrack.commands.plan_units import names_known
from ntmtrack.errors import ProvinceLoaded
from ntmtrack.i18n import _, number
from ntmtrack.model import NewUnit, Programme, Tier, Unit
from ntmtrack.programmes import programme
from ntmtrack.roadmaps import Roadmap
from ntmtrack.roadmaps.toml import built_in
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.plan_inserts import RoadmapPlace
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.roadmaps import every_roadmap
from ntmtrack.units import gazetteer


def start(session: Session, province: str, programme_key: str, *, dry_run: bool) -> None:
    """Loads the official units of a province and the roadmap built in for it; says what to do next.

    Raises UnknownProgramme, UnknownProvince, ProvinceJoined, ProvinceLoaded.
    """
    chosen = programme(programme_key)
    loaded = gazetteer.province(gazetteer.unit_list(chosen.units), province)
    top = loaded[0]
    plans = built_in(chosen.key, {unit.code for unit in loaded})
    with session.acting("init", create=True, dry_run=dry_run) as ledger:
        others = units.all_provinces(ledger.connection)
        _refuse_loaded(ledger.connection, others, top)
        ids = ledger.add_units(loaded)
        ledger.set("programme", chosen.key)
        plans = [
            plan for plan in plans if plan.key not in {stored.plan.key for stored in every_roadmap(ledger.connection)}
        ]
        for plan in plans:
            add_roadmap(ledger, plan, RoadmapPlace(ids.get(plan.scope_code)))
        with_plans = [_("; roadmap {number}").format(number=plan.number) for plan in plans]
        ledger.summary = "".join([_summary(loaded, chosen), *with_plans])
    if others:
        text = _('This ledger holds {count} provinces: ask for one with --scope, e.g. --scope "{province}".')
        session.say(text.format(count=number(len(others) + 1), province=top.title))
    if all(plan.scope_code != top.code for plan in plans):
        session.say(_("No roadmap is built in for this province: progress shows actual figures only."))
    text = _("Next: ntmtrack units   ·   ntmtrack record NAME --level ntm --year {year}")
    session.say(text.format(year=min(session.today.year, chosen.last_year)))


def _refuse_loaded(connection: sqlite3.Connection, loaded: Sequence[Unit], province: NewUnit) -> None:
    """Refuses a province that the ledger already holds."""
    for unit in loaded:
        if (unit.code, unit.name, unit.until) == (province.code, province.name, province.until):
            count = len(units.every_unit(connection, scope=unit.id))
            raise ProvinceLoaded(province=unit.title, units=number(count))


def add_roadmap(ledger: Ledger, plan: Roadmap, place: RoadmapPlace) -> None:
    """Adds a roadmap, tying the names that it prints to units of its scope where they fit surely."""
    ledger.add_roadmap(plan, place, names_known(ledger.connection, plan, place.scope_id))


def _summary(loaded: Sequence[NewUnit], chosen: Programme) -> str:
    top = loaded[0]
    districts = sum(unit.tier is Tier.DISTRICT for unit in loaded)
    communes = [unit for unit in loaded if unit.tier is Tier.COMMUNE]
    counted = sum(unit.kind in chosen.counted[Tier.COMMUNE] for unit in communes)
    text = (
        _("{province}: {districts} districts, {communes} commune-level units, {counted} of them communes")
        if districts
        else _("{province}: {communes} commune-level units, {counted} of them communes")
    )
    return text.format(
        province=top.title, districts=number(districts), communes=number(len(communes)), counted=number(counted)
    )
