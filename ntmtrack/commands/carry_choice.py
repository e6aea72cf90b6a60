"""Of which units `carry` writes what: those named, or all that it concerns, each held against what it may be."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple, NoReturn

from ntmtrack.commands.carried_units import carried_units, named_unit, scope_of
from ntmtrack.decisions import GivenDecision
from ntmtrack.errors import (
    AboveConstituents,
    AlreadyCarried,
    NotFormed,
    NothingLeftToWrite,
    NothingProposed,
    StillRecognised,
)
from ntmtrack.i18n import _, number
from ntmtrack.model import Level, Programme, Unit
from ntmtrack.programmes import find_level, of_year
from ntmtrack.progress.constituents import CarryState, Outcome, lacking_level
from ntmtrack.reports.carried_units import CarriedUnit, state_cell
from ntmtrack.reports.units import level_label
from ntmtrack.rules import check_unit, each_once
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries.constituents import constituents_of
from ntmtrack.text import few


class CarryRequest(NamedTuple):
    """Which units are meant, as typed: these, or all of a scope but some; and what is told of them."""

    units: Sequence[str] = ()
    but: Sequence[str] = ()
    scope: str | None = None
    level: str | None = None
    year: int | None = None
    decision: GivenDecision = GivenDecision(None, None, None)
    reason: str | None = None
    source: str | None = None
    note: str | None = None
    states: Collection[str] = ()
    yes: bool = False
    dry_run: bool = False


class ToWrite(NamedTuple):
    """A unit with the level that is written of it; None for none any more."""

    row: CarriedUnit
    level: Level | None


Judge = Callable[[CarriedUnit, CarryRequest], ToWrite | None]  # None: of no concern, where all are asked about


def chosen_units(connection: Connection, today: date, request: CarryRequest, judge: Judge) -> list[ToWrite]:
    """The units meant with what is written of each.

    Raises NamedTwice, NotFormed, NothingProposed, and what the judge raises.
    """
    but = {named_unit(connection, typed, today).id for typed in request.but}
    if request.units:
        every = {row.unit.id: row for row in carried_units(connection, None, today)}
        named = each_once([named_unit(connection, typed, today) for typed in request.units])
        rows = [_formed(connection, every, unit, of_year(today.year)) for unit in named]
    else:
        rows = carried_units(connection, scope_of(connection, request.scope, today), today)
    meant = [row for row in rows if row.unit.id not in but and row.state in (request.states or CarryState)]
    chosen = [one for row in meant if (one := judge(row, request))]
    if not chosen:
        scope = scope_of(connection, request.scope, today)
        _refuse_none(rows, meant, request, scope.title if scope else _("the whole ledger"))
    return chosen


def _refuse_none(
    rows: Sequence[CarriedUnit], meant: Sequence[CarriedUnit], request: CarryRequest, scope: str
) -> NoReturn:
    """Says why there is nothing to write of a scope; raises NothingProposed, NothingLeftToWrite."""
    proposed = [row for row in rows if row.proposal.level]
    if not proposed:
        raise NothingProposed(units=scope, code=_("UNIT"))
    reasons = Counter(_why_left(row, request, is_meant=row in meant) for row in proposed)
    why = "; ".join(f"{reason} {number(count)}" for reason, count in reasons.items())
    raise NothingLeftToWrite(units=scope, count=number(len(proposed)), why=why)


def _why_left(row: CarriedUnit, request: CarryRequest, *, is_meant: bool) -> str:
    """Why nothing is written of a unit with a level proposed: left out, proposed at another level, its state."""
    if request.states and row.state not in request.states:
        return _("in another state")
    if not is_meant:
        return _("left out by {option}").format(option="--except")
    if row.is_open and request.level and row.proposal.level:
        return _("proposed at {level}").format(level=row.proposal.level.label)
    return row.state.label


def _formed(connection: Connection, every: Mapping[int, CarriedUnit], unit: Unit, running: Programme) -> CarriedUnit:
    """A unit that a merger formed; raises KindNotCounted, NotFormed."""
    if unit.id in every:
        return every[unit.id]
    if constituents_of(connection, unit.id):
        check_unit([unit], running, max(running.first_year, int((unit.since or "0")[:4])))
    raise NotFormed(unit=unit.full_title, code=unit.handle)


def to_take(row: CarriedUnit, request: CarryRequest) -> ToWrite | None:
    """A unit whose constituents held the level, as the guidance proposes; of units named the others are refused."""
    ladder, proposed = row.proposal.ladder, row.proposal.level
    level = _level(ladder, request) or proposed or ladder.levels[0]
    is_held = proposed is not None and level.rank <= proposed.rank
    if not request.units:
        return ToWrite(row, level) if is_held and row.is_open else None
    if row.own and row.own_rank >= level.rank:
        raise AlreadyCarried(unit=row.unit.full_title, state=state_cell(row).label, code=row.unit.handle)
    if not is_held:
        raise _above(row, level, request)
    return ToWrite(row, level)


def _above(row: CarriedUnit, level: Level, request: CarryRequest) -> AboveConstituents:
    lacking = lacking_level(row.constituents, row.proposal.ladder, level.rank) or row.constituents
    year = request.year or row.proposal.ladder.last_year
    names = few([one.unit.title for one in lacking])
    facts = {"unit": row.unit.full_title, "level": level.label, "key": level.key, "year": year, "units": names}
    return AboveConstituents(**facts, code=row.unit.handle)


def to_propose(row: CarriedUnit, request: CarryRequest) -> ToWrite | None:
    """A unit for which a level is proposed, or was found by a review (--level); named ones not twice."""
    level = (_level(row.proposal.ladder, request) if request.units else None) or row.proposal.level
    if not request.units:
        is_new = row.state is CarryState.UNREVIEWED and row.proposal.outcome is Outcome.ACKNOWLEDGE
        return ToWrite(row, level) if is_new else None
    if level is None:
        raise NothingProposed(units=row.unit.full_title, code=row.unit.handle)
    if row.own or (row.review and (row.review.result, row.review.level) == ("proposed", level.key)):
        raise AlreadyCarried(unit=row.unit.full_title, state=state_cell(row).label, code=row.unit.handle)
    return ToWrite(row, level)


def to_lapse(row: CarriedUnit, _request: CarryRequest) -> ToWrite:
    """A unit that holds no level; raises StillRecognised, AlreadyCarried."""
    if row.highest:
        facts = {"unit": row.unit.full_title, "level": level_label(row.highest), "key": row.highest.level}
        raise StillRecognised(**facts, code=row.unit.handle)
    if row.state is CarryState.LAPSED:
        raise AlreadyCarried(unit=row.unit.full_title, state=state_cell(row).label, code=row.unit.handle)
    return ToWrite(row, None)


def _level(ladder: Programme, request: CarryRequest) -> Level | None:
    """The level told, as the set has it; raises UnknownLevel."""
    return find_level(ladder, request.level) if request.level else None
