"""Starting a ledger with a whole province: its units, those that they were made of, its roadmaps."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ntmtrack.commands import Session
from ntmtrack.commands.given_plans import add_built_in, with_plans
from ntmtrack.commands.national import kinds_of, refuse_odd, summary_of
from ntmtrack.dates import show_day
from ntmtrack.errors import ProvinceLoaded
from ntmtrack.i18n import _, number
from ntmtrack.model import NewUnit, Programme, Tier, Unit
from ntmtrack.programmes import of_year, programme
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import units
from ntmtrack.units import gazetteer
from ntmtrack.units.carried_over import CarriedOver
from ntmtrack.units.changes import EarlierChange, earlier_changes
from ntmtrack.units.gazetteer import FROM_JULY_2025, REORGANISED_ON
from ntmtrack.units.national import carry_over
from ntmtrack.units.rearrangement import Descent, Rearrangement, UnitRef, Version

LAST_DAY_BEFORE = date.fromisoformat(REORGANISED_ON) - timedelta(days=1)
ENDED_WITH_THE_LIST = "2021-2025"  # the programme whose plans are for the units until then


def start(session: Session, province: str, programme_key: str | None, *, dry_run: bool) -> None:
    """Loads the official units of a province and the roadmaps built in for it; says what to do next.

    Of a programme that runs on the units of today also those that they were made of; a ledger that holds some of these
    already is carried over. Raises UnknownProgramme, UnknownProvince, ProvinceJoined, ProvinceLoaded, and what
    `refuse_odd` raises.
    """
    chosen = programme(programme_key) if programme_key else of_year(session.today.year)
    begin = _begin_of_today if chosen.units == FROM_JULY_2025.key else _begin_before
    with session.acting("init", create=True, dry_run=dry_run) as ledger:
        top, summary, plans_of = begin(ledger, province, chosen, session.today)
        ledger.set("programme", chosen.key)
        plans = [plan for key, on in plans_of for plan in add_built_in(ledger, key, on)]
        ledger.summary = with_plans(summary, plans)
        standing = units.every_unit(ledger.connection, plans_of[-1][1], tier=Tier.PROVINCE)
    if len(standing) > 1:
        text = _('This ledger holds {count} provinces: ask for one with --scope, e.g. --scope "{province}".')
        session.say(text.format(count=number(len(standing)), province=top.title))
    if all(plan.scope_code != top.code for plan in plans):
        session.say(_("No roadmap is built in for this province: progress shows actual figures only."))
    if not session.is_of_menu:  # which offers what comes next
        text = _("Next: ntmtrack units   ·   ntmtrack record NAME --level ntm --year {year}")
        session.say(text.format(year=min(session.today.year, chosen.last_year)))


class _Begun(NamedTuple):
    """What a ledger was given: the province, its units in words; for plans each programme, and when its units stand."""

    top: NewUnit
    summary: str
    plans_of: Sequence[tuple[str, date]]


def _begin_before(ledger: Ledger, province: str, chosen: Programme, _today: date) -> _Begun:
    """The units of the list until 30/6/2025."""
    loaded = gazetteer.province(gazetteer.unit_list(chosen.units), province)
    _refuse_loaded(ledger.connection, loaded[0], LAST_DAY_BEFORE)
    ledger.add_units(loaded)
    _tell_earlier(ledger)
    return _Begun(loaded[0], _summary(loaded, chosen), [(chosen.key, LAST_DAY_BEFORE)])


def _begin_of_today(ledger: Ledger, province: str, chosen: Programme, today: date) -> _Begun:
    """The units of today with those that they were made of, as far as the ledger lacks them."""
    top = gazetteer.province(FROM_JULY_2025, province)[0]
    carried = carry_over(
        units.every_version(ledger.connection),
        units.successions(ledger.connection),
        today.isoformat(),
        bring=[top.code or ""],
    )
    if carried.is_empty:
        _refuse_loaded(ledger.connection, top, today)
    refuse_odd(ledger.connection, carried)
    ledger.rearrange(carried.change)
    _tell_earlier(ledger)
    return _Begun(top, _carried_summary(carried), [(ENDED_WITH_THE_LIST, LAST_DAY_BEFORE), (chosen.key, today)])


def _tell_earlier(ledger: Ledger) -> None:
    """Adds what listed units were before, as far as that is known and the ledger tells no beginning of them."""
    listed = {
        (unit.code, unit.kind, unit.name): unit
        for unit in units.every_unit(ledger.connection, LAST_DAY_BEFORE)
        if unit.since is None
    }
    for change in earlier_changes():
        if unit := listed.get((change.new_code, change.new_kind, change.new_name)):
            ledger.rearrange(_before(unit, change))


def _before(unit: Unit, change: EarlierChange) -> Rearrangement:
    """What a unit on record was before a day: of another kind, or not yet with another that went into it."""
    is_same = change.name == unit.name
    code = unit.code if is_same else None
    old: Version = (NewUnit(change.name, change.kind, unit.tier, code, until=change.day), UnitRef(unit.parent_id))
    if is_same:
        return Rearrangement(starts={unit.id: change.day}, goes_on=[(unit.id, old)])
    descent = Descent(UnitRef(place=0), UnitRef(unit.id), "whole", change.day, None, change.resolution)
    return Rearrangement(begins=[[old]], descents=[descent])


def _refuse_loaded(connection: Connection, province: NewUnit, on: date) -> None:
    """Refuses a province that the ledger already holds; raises ProvinceLoaded."""
    for unit in units.every_unit(connection, on, tier=Tier.PROVINCE):
        if (unit.code, unit.name) == (province.code, province.name):
            raise ProvinceLoaded(province=unit.title, units=number(len(units.every_unit(connection, scope=unit.id))))


def _summary(loaded: Sequence[NewUnit], chosen: Programme) -> str:
    districts = sum(unit.tier is Tier.DISTRICT for unit in loaded)
    communes = [unit for unit in loaded if unit.tier is Tier.COMMUNE]
    counted = sum(unit.kind in chosen.counted[Tier.COMMUNE] for unit in communes)
    text = _("{province}: {districts} districts, {communes} commune-level units, {counted} of them communes")
    return text.format(
        province=loaded[0].title, districts=number(districts), communes=number(len(communes)), counted=number(counted)
    )


def _carried_summary(carried: CarriedOver) -> str:
    """The units of today in words, with those of before that came along."""
    if not any(unit.tier is Tier.COMMUNE for unit in carried.brought):
        return summary_of(carried)
    text = _("{province}: {kinds}; with the {count} units of before {day} that they were made of ({before})")
    return text.format(
        province=", ".join(carried.provinces),
        kinds=kinds_of(carried.new_today),
        count=number(sum(unit.tier is Tier.COMMUNE for unit in carried.brought)),
        day=show_day(REORGANISED_ON),
        before=kinds_of(carried.brought),
    )
