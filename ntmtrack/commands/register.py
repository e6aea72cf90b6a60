"""`register`: what a unit pledges for a year, kept as told: a level, so many criteria more, a target in words."""

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ntmtrack.assessment import check_set_for
from ntmtrack.commands import Session
from ntmtrack.commands.criteria_sets import meant_set
from ntmtrack.commands.kept_pledges import ladder_with
from ntmtrack.commands.record import unit_names
from ntmtrack.dates import show_day, year_end
from ntmtrack.emulation.pledges import amended, beside, check_pledge, pledge_words, read_more
from ntmtrack.emulation.registers import CRITERIA, LEVEL, TEXT, Registration
from ntmtrack.errors import (
    LevelHeld,
    LevelOfSetEnded,
    MoreThanAreLeft,
    MoreThanThereAre,
    NoCriteriaSet,
    NothingPledged,
    NothingToAmend,
    OneOf,
    RegisteredAlready,
    RegisteredOtherwise,
    UnitNotAlive,
)
from ntmtrack.i18n import _, number
from ntmtrack.model import Basis, Level, Tier, Unit
from ntmtrack.programmes import find_level, is_level, listed, of_year
from ntmtrack.programmes.ladders import KEPT, ladder_of
from ntmtrack.rules import check_day, check_unit, each_once, evidence, span_of
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.criteria import latest_met
from ntmtrack.storage.queries.emulation import registration_row, registrations
from ntmtrack.storage.queries.recognitions import recognitions_of_unit
from ntmtrack.storage.queries.standings import View, counting
from ntmtrack.text import clean

_ADDED = ("sent_on", "sender_id", "received_on", "document", "source", "note")


class RegisterRequest(NamedTuple):
    """What `register` was told: units as typed, the year, one pledge, the days, who sent it.

    `reason` is why what is on record is amended.
    """

    units: Sequence[str]
    year: int
    level: str | None = None
    criteria: str | None = None
    text: str | None = None
    sent_on: str | None = None
    received_on: str | None = None
    sender: str | None = None
    document: str | None = None
    note: str | None = None
    reason: str | None = None


def keep_registration(session: Session, request: RegisterRequest, *, dry_run: bool) -> None:
    """Keeps one pledge for every unit of the request; raises the first refusal.

    Raises NothingPledged, OneOf, YearOfPledge, DayInFuture, ReceivedBeforeSent, BadMoreCriteria, and what
    `pledge_of_unit` and finding units raise, RegisteredAlready, RegisteredOtherwise, NothingToAmend.
    """
    draft = _draft(request, session.today)
    with session.acting("register", dry_run=dry_run) as ledger:
        sender = _sender(ledger, request, session.today)
        meant = each_once([_standing_in(ledger, typed, request.year) for typed in request.units])
        rows = []
        for unit in meant:
            sent_by = sender if sender != unit.id else None
            new = pledge_of_unit(ledger.connection, unit, draft._replace(sender_id=sent_by), session.today)
            rows.append(_in_place(ledger, unit, new, is_amendment=bool(request.reason)))
        ledger.add_facts("registration", [registration_row(row) for row in rows])
        ledger.reason = clean(request.reason or "") or None
        ledger.summary = _("registration for {year}, {pledged}: {units}").format(
            year=request.year, pledged=pledge_words(rows[0]), units=unit_names(meant)
        )


def _draft(request: RegisterRequest, today: date) -> Registration:
    """The registration without its unit, its level as it was typed."""
    told = {LEVEL: request.level, CRITERIA: request.criteria, TEXT: request.text}
    given = [(pledge, text) for pledge, typed in told.items() if (text := clean(typed or ""))]
    if not given:
        raise NothingPledged(year=request.year)
    if len(given) > 1:
        raise OneOf(options="--level, --criteria, --text")
    [(pledge, value)] = given
    new = Registration(
        unit_id=0,
        year=request.year,
        pledge=pledge,
        value=read_more(value) if pledge == CRITERIA else value,
        sent_on=request.sent_on,
        received_on=request.received_on,
        document=clean(request.document or "") or None,
        note=clean(request.note or "") or None,
    )
    for iso in (new.sent_on, new.received_on):
        check_day(iso, today)
    check_pledge(new, today)
    return new


def _sender(ledger: Ledger, request: RegisterRequest, today: date) -> int | None:
    """The unit that sent it, by id; raises UnitNotAlive where it was no more on that day."""
    if not request.sender:
        return None
    on = request.sent_on or request.received_on or today.isoformat()
    larger = (Tier.PROVINCE, Tier.DISTRICT)
    found = units.find_unit(
        ledger.connection,
        request.sender,
        lambda unit: unit.tier in larger and unit.stands_on(on),
        across=True,
        stands=lambda unit: unit.stands_on(on),
    )
    versions = units.versions(ledger.connection, found.id)
    if not any(version.stands_on(on) for version in versions):
        raise UnitNotAlive(unit=found.full_title, when=show_day(on), span=span_of(versions))
    return found.id


def _standing_in(ledger: Ledger, typed: str, year: int) -> Unit:
    """The unit meant, which stands at some time in the year, at its end if that may be; raises UnitNotAlive."""

    def stands(unit: Unit) -> bool:
        return unit.stands_on(f"{year}-12-31")

    found = units.find_unit(ledger.connection, typed, lambda unit: unit.alive_in(year), stands=stands)
    return alive_in(units.versions(ledger.connection, found.id), year)


def alive_in(versions: Sequence[Unit], year: int) -> Unit:
    """The last version of a unit that stands in a year; raises UnitNotAlive."""
    alive = [version for version in versions if version.alive_in(year)]
    if not alive:
        raise UnitNotAlive(unit=versions[-1].full_title, when=year, span=span_of(versions))
    return alive[-1]


def pledge_of_unit(connection: sqlite3.Connection, unit: Unit, new: Registration, today: date) -> Registration:
    """The pledge of a unit, its level by its key, checked against what the ledger tells of the unit.

    Raises UnknownLevel, LevelOfSetEnded, KindNotCounted, LevelHeld, NoCriteriaSet, SetOfAnotherTier, MoreThanThereAre,
    MoreThanAreLeft.
    """
    new = new._replace(unit_id=unit.id)
    if new.pledge == LEVEL:
        level = _level(unit, new)
        check_unit(units.versions(connection, unit.id), of_year(new.year), new.year, also_uncounted=True)
        _refuse_held(connection, unit, new, level, today)
        return new._replace(value=level.key)
    if new.pledge == CRITERIA:
        _refuse_more(connection, unit, new, today)
    return new


def _level(unit: Unit, new: Registration) -> Level:
    """The level that is pledged, of the set by which the year counts; raises UnknownLevel, LevelOfSetEnded."""
    running = of_year(new.year)
    before = ladder_of(running, KEPT)
    if not is_level(running, new.value, unit.tier) and is_level(before, new.value, unit.tier):
        levels = listed(running.levels_of(unit.tier))
        raise LevelOfSetEnded(programme=running.key, year=new.year, level=new.value, before=before.key, levels=levels)
    return find_level(running, new.value, unit.tier)


def _refuse_held(connection: sqlite3.Connection, unit: Unit, new: Registration, level: Level, today: date) -> None:
    """Raises LevelHeld where the unit has the level, or one above it, before the year begins."""
    ladder = ladder_with(of_year(new.year), level.key)
    on = min(year_end(new.year - 1), today)
    ids, ranks = counting(connection, View(ladder, Basis.YEAR, None, today), on), ladder.ranks()
    for one in recognitions_of_unit(connection, unit.id):
        if one.id in ids and ranks.get(one.origin, 0) >= level.rank:
            held = ladder.level(one.level) if one.programme == ladder.key else level
            raise LevelHeld(unit=unit.full_title, level=held.label, evidence=evidence(one), year=new.year)


def _refuse_more(connection: sqlite3.Connection, unit: Unit, new: Registration, today: date) -> None:
    """Raises MoreThanAreLeft where the last assessment before the year leaves fewer, MoreThanThereAre of any unit."""
    of_set = meant_set(of_year(new.year), None, unit.tier, unit.kind)
    on = min(year_end(new.year - 1), today).isoformat()
    if of_set is None:
        raise NoCriteriaSet(unit=unit.full_title, day=show_day(f"{new.year}-12-31"), known="–")
    check_set_for(of_set, unit, f"{new.year}-12-31")
    pledged = int(new.value)
    facts = {"unit": unit.full_title, "pledged": number(pledged), "total": number(of_set.total)}
    if pledged > of_set.total:
        raise MoreThanThereAre(**facts, criteria_set=of_set.key)
    found = latest_met(connection, of_set.key, on).get(unit.id)
    if found and pledged > of_set.total - found[0]:
        left = number(of_set.total - found[0])
        raise MoreThanAreLeft(**facts, left=left, met=number(found[0]), day=show_day(found[3]))


def _in_place(ledger: Ledger, unit: Unit, new: Registration, *, is_amendment: bool) -> Registration:
    """The registration to be kept; of one that is amended, which is voided, what is not told anew stays.

    Raises NothingToAmend, RegisteredAlready, RegisteredOtherwise.
    """
    known = [one for one in registrations(ledger.connection, new.year) if one.unit_id == unit.id]
    facts = {"unit": unit.full_title, "year": new.year}
    if is_amendment:
        old = amended(new, known)
        if old is None or old.id is None:
            raise NothingToAmend(**facts, known="; ".join(map(pledge_words, known)) or "–")
        kept = new._replace(**{name: getattr(new, name) or getattr(old, name) for name in _ADDED})
        if kept == old._replace(id=None):
            raise RegisteredAlready(**facts, pledged=pledge_words(old))
        ledger.void("registration", [old.id])
        return kept
    refuse_beside(unit, new, known)
    return new


def refuse_beside(unit: Unit, new: Registration, known: Sequence[Registration]) -> None:
    """Refuses a registration told already, or another of its kind; raises RegisteredAlready, RegisteredOtherwise."""
    old = beside(new, known)
    if old is None:
        return
    refusal = RegisteredAlready if old.value == new.value else RegisteredOtherwise
    raise refusal(unit=unit.full_title, year=new.year, pledged=pledge_words(old))
