"""`award`: what was given, to whom, for what, by which decision; and the list of it."""

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ntmtrack.commands import Session
from ntmtrack.commands.candidates import form_called
from ntmtrack.commands.decisions import ask_which_decision, match_decision, units_called
from ntmtrack.commands.movements import WhichMovementOptions, movement_of
from ntmtrack.decisions import GivenDecision, read_given
from ntmtrack.emulation.achievements import award_words, fallen_awards
from ntmtrack.emulation.giving import Form, checked
from ntmtrack.emulation.registers import GivenAward
from ntmtrack.errors import (
    AwardNeeded,
    AwardOfYearToCome,
    AwardOutsideMovement,
    AwardYearNeeded,
    NothingAwarded,
    OneOf,
    UnitNotAlive,
)
from ntmtrack.i18n import _, day, ngettext, number
from ntmtrack.model import Decision, Unit
from ntmtrack.programmes import find_level, of_year
from ntmtrack.reports import Report
from ntmtrack.reports.awards import AwardsOfYear, awards_report
from ntmtrack.rules import check_days, decision_words, each_once, span_of
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.emulation import StoredMovement, award_row, awards
from ntmtrack.storage.queries.given_awards import given_facts
from ntmtrack.storage.queries.recognitions import recognitions_by_unit
from ntmtrack.text import clean, few, squeeze

_NAMED = 5


class AwardRequest(NamedTuple):
    """What `award` was told: units, form or name, level as typed; who, what for, how many places, the decision.

    `over` is why it may go beyond the places there are; `reason` why the one on record is corrected.
    """

    units: Sequence[str]
    year: int | None
    form: str | None = None
    name: str | None = None
    authority: str | None = None
    level: str | None = None
    achievement: str | None = None
    recipient: str | None = None
    places: int | None = None
    decision: GivenDecision = GivenDecision(None)
    over: str | None = None
    person: str | None = None
    source: str | None = None
    note: str | None = None
    reason: str | None = None


def give_award(session: Session, which: WhichMovementOptions, request: AwardRequest, *, dry_run: bool) -> None:
    """Keeps an award of every unit of the request; raises the first refusal.

    Raises AwardNeeded, AwardYearNeeded, AwardOfYearToCome, UnknownAward, AwardOutsideMovement, NothingAwarded, what
    `checked` raises, and what finding the movement, units and the decision raises.
    """
    act = lambda given: _give(session, which, request, given, dry_run=dry_run)  # noqa: E731
    ask_which_decision(session, request.decision, act)


def _give(
    session: Session, which: WhichMovementOptions, request: AwardRequest, as_typed: GivenDecision, *, dry_run: bool
) -> None:
    year = _year(request, session.today)
    given = read_given(as_typed)
    check_days([given.signed_on if given else None], session.today)
    with session.acting("award", dry_run=dry_run) as ledger:
        decision, warnings = match_decision(ledger, as_typed, given, year, units_called(ledger, request.units))
        stored, form = _form(ledger.connection, which, request, year)
        meant = each_once([_unit(ledger.connection, typed, stored, year) for typed in request.units])
        kept = [_award(ledger, request, unit, form, decision, year, session.today) for unit in meant]
        ledger.add_facts("award", [award_row(one) | {"decision": decision} for one in kept])
        ledger.reason = _text(request.reason)
        ledger.summary = _summary(kept, meant)
    for warning in warnings:
        session.say(_("Warning: {text}").format(text=warning))


def _year(request: AwardRequest, today: date) -> int:
    if request.year is None:
        raise AwardYearNeeded
    if request.year > today.year:
        raise AwardOfYearToCome(year=request.year, today=day(today))
    return request.year


def _form(
    connection: sqlite3.Connection, which: WhichMovementOptions, request: AwardRequest, year: int
) -> tuple[StoredMovement | None, Form | None]:
    """The form of award by its key, with its movement; none of one by its name alone; raises AwardNeeded, OneOf."""
    if request.form and request.name:
        raise OneOf(options="--form, --name")
    if request.form:
        stored = movement_of(connection, which, year)
        return stored, Form(stored.movement, form_called(stored.movement, request.form))
    if not clean(request.name or ""):
        raise AwardNeeded
    return None, None


def _unit(connection: sqlite3.Connection, typed: str, stored: StoredMovement | None, year: int) -> Unit:
    """The unit meant, as it last stood in the year; raises UnitNotAlive, AwardOutsideMovement."""

    def stands(unit: Unit) -> bool:
        return unit.stands_on(f"{year}-12-31")

    found = units.find_unit(connection, typed, lambda unit: unit.alive_in(year), stands=stands)
    versions = units.versions(connection, found.id)
    alive = [version for version in versions if version.alive_in(year)]
    if not alive:
        raise UnitNotAlive(unit=found.full_title, when=year, span=span_of(versions))
    if stored and found.id not in units.inside(connection, stored.scope_id):
        movement = stored.movement
        raise AwardOutsideMovement(unit=found.full_title, scope=movement.scope_name, movement=movement.key)
    return alive[-1]


def _award(
    ledger: Ledger,
    request: AwardRequest,
    unit: Unit,
    form: Form | None,
    decision: Decision | None,
    year: int,
    today: date,
) -> GivenAward:
    """The award of one unit as it is to be kept; the one that it corrects is voided. Raises what `checked` raises."""
    typed_level, rule = clean(request.level or ""), form.rule if form else None
    new = GivenAward(
        unit_id=unit.id,
        name=rule.name if rule else clean(request.name or ""),
        year=year,
        achievement=clean(request.achievement or ""),
        movement=form.movement.key if form else None,
        form=rule.key if rule else None,
        authority=_text(request.authority) or (rule.authority if rule else None),
        level=find_level(of_year(year), typed_level, unit.tier).key if typed_level else None,
        recipient=_text(request.recipient),
        places=request.places or 1,
        number=decision.number if decision else None,
        signed_on=decision.signed_on if decision else None,
        over=_text(request.over),
        source=_text(request.source),
        note=_text(request.note),
        person=_text(request.person),
    )
    if _text(request.reason):
        _void_corrected(ledger, new, unit)
    facts = given_facts(ledger.connection, year, {unit.id: unit.tier}, today)
    return checked(new, unit, form, facts)


def _void_corrected(ledger: Ledger, new: GivenAward, unit: Unit) -> None:
    """Voids the award on record that is meant: of the unit, the form and the year, perhaps level and recipient."""
    own = [one for one in awards(ledger.connection) if (one.unit_id, one.year) == (unit.id, new.year)]
    alike = [
        one
        for one in own
        if (one.movement, one.form, squeeze(one.name)) == (new.movement, new.form, squeeze(new.name))
        and new.level in (None, one.level)
        and squeeze(one.recipient or "") == squeeze(new.recipient or "")
    ]
    if len(alike) != 1 or alike[0].id is None:
        known = few([award_words(one) for one in own], _NAMED) or "–"
        raise NothingAwarded(unit=unit.full_title, year=new.year, known=known)
    ledger.void("award", [alike[0].id])


def _summary(kept: Sequence[GivenAward], meant: Sequence[Unit]) -> str:
    first = kept[0]
    decision = Decision(first.number, first.signed_on) if first.number else None
    places = sum(one.places for one in kept)
    counted = ngettext("{count} place", "{count} places", places).format(count=number(places)) if places > 1 else ""
    parts = [award_words(first._replace(number=None)), first.recipient or "", counted]
    parts.append(decision_words(decision) if decision else "")
    return f"{', '.join(filter(None, parts))}: {few([unit.full_title for unit in meant], _NAMED)}"


def _text(typed: str | None) -> str | None:
    return clean(typed or "") or None


def list_awards(
    connection: sqlite3.Connection, year: int, form: str | None, today: date, *, shows_persons: bool
) -> Report:
    """The awards of a year, of one form where it is told, with those whose recognition was revoked."""
    wanted = squeeze(form or "")
    own = [
        one
        for one in awards(connection)
        if one.year == year and (not wanted or wanted in (squeeze(one.form or ""), squeeze(one.name)))
    ]
    fallen = fallen_awards(own, recognitions_by_unit(connection), today)
    found: dict[int, Unit] = {}
    for key in {one.unit_id for one in own}:
        versions = units.versions(connection, key)
        found[key] = next((unit for unit in reversed(versions) if unit.alive_in(year)), versions[-1])
    return awards_report(AwardsOfYear(year, own, found, fallen, shows_persons))
