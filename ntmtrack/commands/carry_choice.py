"""Of which units `carry` writes what: those named, or all that it concerns, each held against what it may be."""

import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ntmtrack.commands.carried_units import carried_units, named_unit, scope_of
from ntmtrack.decisions import GivenDecision
from ntmtrack.errors import (
    AboveConstituents,
    AlreadyCarried,
    NamedTwice,
    NotFormed,
    NothingProposed,
    StillRecognised,
)
from ntmtrack.i18n import _
from ntmtrack.model import Level, Programme, Unit
from ntmtrack.programmes import find_level
from ntmtrack.progress.constituents import CarryState, Outcome, lacking_level
from ntmtrack.reports.carried_units import CarriedUnit, state_cell
from ntmtrack.reports.units import level_label
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


def chosen_units(connection: sqlite3.Connection, today: date, request: CarryRequest, judge: Judge) -> list[ToWrite]:
    """The units meant with what is written of each.

    Raises NamedTwice, NotFormed, NothingProposed, and what the judge raises.
    """
    but = {named_unit(connection, typed, today).id for typed in request.but}
    if request.units:
        every = {row.unit.id: row for row in carried_units(connection, None, today)}
        rows = [_formed(every, unit) for unit in _once(connection, today, request.units)]
    else:
        scope = scope_of(connection, request.scope, today)
        rows = [row for row in carried_units(connection, scope, today) if row.state in (request.states or CarryState)]
    chosen = [one for row in rows if row.unit.id not in but and (one := judge(row, request))]
    if not chosen:
        scope = scope_of(connection, request.scope, today)
        raise NothingProposed(units=scope.title if scope else _("the whole ledger"), code=_("UNIT"))
    return chosen


def _once(connection: sqlite3.Connection, today: date, typed: Sequence[str]) -> list[Unit]:
    named = [named_unit(connection, name, today) for name in typed]
    for place, unit in enumerate(named):
        if any(unit.id == other.id for other in named[:place]):
            raise NamedTwice(unit=unit.full_title)
    return named


def _formed(every: Mapping[int, CarriedUnit], unit: Unit) -> CarriedUnit:
    if unit.id not in every:
        raise NotFormed(unit=unit.full_title, code=unit.handle)
    return every[unit.id]


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
    if row.own:
        facts = {"unit": row.unit.full_title, "level": level_label(row.own), "key": row.own.level}
        raise StillRecognised(**facts, code=row.unit.handle)
    if row.state is CarryState.LAPSED:
        raise AlreadyCarried(unit=row.unit.full_title, state=state_cell(row).label, code=row.unit.handle)
    return ToWrite(row, None)


def _level(ladder: Programme, request: CarryRequest) -> Level | None:
    """The level told, as the set has it; raises UnknownLevel."""
    return find_level(ladder, request.level) if request.level else None
