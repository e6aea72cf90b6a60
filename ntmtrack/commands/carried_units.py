"""The units that mergers formed, each with what is proposed for it and how far it has come."""

from collections.abc import Collection, Sequence
from datetime import date

from ntmtrack.dates import first_day, show_day
from ntmtrack.errors import GoneInto
from ntmtrack.i18n import _
from ntmtrack.model import Recognition, Tier, Unit
from ntmtrack.programmes import of_year
from ntmtrack.programmes.guidance import guidance
from ntmtrack.progress.constituents import (
    CarryState,
    Constituent,
    ReviewResult,
    decisive,
    highest_standing,
    propose,
    state_of,
)
from ntmtrack.reports import Report
from ntmtrack.reports.carried_units import CarriedUnit, CarryQuestion, carrying_report
from ntmtrack.reports.constituents import carried_detail
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.constituents import constituents_of, every_constituent, reviews
from ntmtrack.storage.queries.given_scopes import usual_scope
from ntmtrack.storage.queries.membership import members
from ntmtrack.storage.queries.recognitions import recognitions_by_unit
from ntmtrack.storage.queries.scopes import find_scope
from ntmtrack.storage.queries.units import find_unit, standing_on
from ntmtrack.units.namesakes import namesakes
from ntmtrack.ways import way_over


def carried_units(connection: Connection, scope: Unit | None, on: date) -> list[CarriedUnit]:
    """The units of a scope that stand on a day and were formed by a merger on record, of a kind that is recognised."""
    constituents = every_constituent(connection)
    if not constituents:
        return []
    recognitions = recognitions_by_unit(connection)
    reviewed = {key: review for key, review in reviews(connection).items() if review.day <= on.isoformat()}
    counted = of_year(on.year).counted.get(Tier.COMMUNE, ())
    within = members(connection, scope.id if scope else None, on)
    carried = [
        _carried(unit, of, _told_by(on, recognitions.get(unit.id, ())), reviewed.get(unit.id))
        for unit in units.every_unit(connection, on, tier=Tier.COMMUNE)
        if unit.kind in counted and unit.id in within and (of := constituents.get(unit.id))
    ]
    return _told_apart(connection, carried)


def _told_apart(connection: Connection, carried: list[CarriedUnit]) -> list[CarriedUnit]:
    """The same units, the former districts of their constituents with the province where two share a name."""
    lay_in = {one.unit.parent_id for row in carried for one in row.constituents}
    full = namesakes(unit for unit in units.every_unit(connection, tier=Tier.DISTRICT) if unit.id in lay_in)

    def placed(one: Constituent) -> Constituent:
        district = full.get(one.unit.parent_id or 0)
        return one._replace(unit=one.unit._replace(parent_name=district)) if district else one

    return [row._replace(constituents=[*map(placed, row.constituents)]) for row in carried] if full else carried


def _told_by(on: date, own: Sequence[Recognition]) -> list[Recognition]:
    """The recognitions that were for a year until a day and decided by then; revoked only where that was by then."""
    told = []
    for known in own:
        if int(known.since()[:4]) > on.year or (known.decided_on and first_day(known.decided_on) > on):
            continue
        is_revoked = known.revoked_on is not None and first_day(known.revoked_on) <= on
        told.append(known if is_revoked else known._replace(revoked_on=None))
    return told


def _carried(
    unit: Unit, constituents: Sequence[Constituent], own: Sequence[Recognition], review: ReviewResult | None
) -> CarriedUnit:
    known = guidance(date.fromisoformat(max(one.day for one in constituents)))
    proposal = propose(constituents, known)
    settled = decisive(own, proposal)
    state = state_of(settled, review.result if review else None)
    return CarriedUnit(
        unit, constituents, known, proposal, state, highest_standing(settled), review, highest_standing(own)
    )


def carry_list(connection: Connection, scope: str | None, states: Collection[CarryState], today: date) -> Report:
    """What is proposed for every new unit of a scope, or for those in some states.

    Raises what `find_scope` raises.
    """
    of = scope_of(connection, scope, today)
    every = carried_units(connection, of, today)
    rows = [row for row in every if not states or row.state in states]
    asked = CarryQuestion(of.title if of else _("the whole ledger"), len(every), scope, tuple(states))
    return carrying_report(rows, asked)


def carry_detail(connection: Connection, typed: Sequence[str], today: date) -> Report:
    """What is proposed for the units named, with all their constituents; raises what `named_unit` raises."""
    named = [named_unit(connection, name, today) for name in typed]
    every = {row.unit.id: row for row in carried_units(connection, None, today)}
    rows = [every[unit.id] for unit in named if unit.id in every]
    others = [(unit, constituents_of(connection, unit.id)) for unit in named if unit.id not in every]
    return carried_detail(rows, others, of_year(today.year))


def scope_of(connection: Connection, typed: str | None, today: date) -> Unit | None:
    """The scope that is meant, else the ledger's only province."""
    return find_scope(connection, typed, standing_on(today)) if typed else usual_scope(connection, today)


def named_unit(connection: Connection, typed: str, today: date) -> Unit:
    """The unit meant, one that stands before one that has ended.

    Raises UnknownUnit, AmbiguousUnit, GoneInto for one that has ended.
    """
    unit = find_unit(connection, typed, standing_on(today), lambda unit: unit.tier is Tier.COMMUNE)
    if unit.until and unit.until <= today.isoformat():
        heirs = [one.successor_id for one in units.successions(connection) if one.predecessor_id == unit.id]
        ways = [f"ntmtrack carry {units.versions(connection, heir)[-1].handle}" for heir in heirs]
        raise GoneInto(unit=unit.full_title, until=show_day(unit.until), ways="   ".join(ways) or way_over())
    return unit
