"""`award`: what was given, to whom, for what, by which decision; and the list of it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from ntmtrack.commands import Session
from ntmtrack.commands.award_correction import award_meant, filled
from ntmtrack.commands.candidates import form_called
from ntmtrack.commands.decisions import ask_which_decision, match_decision, units_called
from ntmtrack.commands.movement_facts import KnownOfMovement, known_of
from ntmtrack.commands.movements import WhichMovementOptions, movement_of
from ntmtrack.decisions import GivenDecision, read_given
from ntmtrack.emulation import Ground
from ntmtrack.emulation.achievements import award_words
from ntmtrack.emulation.candidates import candidates
from ntmtrack.emulation.facts import MovementFacts
from ntmtrack.emulation.giving import Form, checked
from ntmtrack.emulation.registers import GivenAward
from ntmtrack.errors import (
    AwardNeeded,
    AwardOfYearToCome,
    AwardOutsideMovement,
    AwardYearNeeded,
    OneOf,
    UnknownAwardGiven,
)
from ntmtrack.i18n import _, day, ngettext, number
from ntmtrack.model import Decision, Unit
from ntmtrack.programmes import find_level, of_year
from ntmtrack.rules import check_days, decision_words, each_once
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.emulation import StoredMovement, award_row
from ntmtrack.storage.queries.given_awards import decision_of_award, given_facts
from ntmtrack.text import clean, few, stated

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
    by = request.decision
    ask_which_decision(session, by, lambda given: _give(session, which, request, given, dry_run=dry_run))


def _give(
    session: Session, which: WhichMovementOptions, request: AwardRequest, as_typed: GivenDecision, *, dry_run: bool
) -> None:
    year = _year(request, session.today)
    given = read_given(as_typed)
    check_days([given.signed_on if given else None], session.today)
    with session.acting("award", dry_run=dry_run) as ledger:
        decision, warnings = match_decision(ledger, as_typed, given, year, units_called(ledger, request.units))
        stored, form = _form(ledger.connection, which, request, year)
        meant = each_once([units.unit_in_year(ledger.connection, typed, year) for typed in request.units])
        _refuse_outside(ledger.connection, meant, stored)
        known = _comparison(ledger.connection, stored, form, year, session.today)
        facts = given_facts(ledger.connection, year, {unit.id: unit.tier for unit in meant}, session.today)
        facts = facts._replace(parts=known.parts.of_unit if known else {})
        told = _Told(request, form, decision, year)
        rows: list[tuple[GivenAward, Decision | None]] = []
        for unit in meant:
            row, facts = _award(ledger, told, unit, facts)
            rows.append(row)
        kept = [one for one, _by in rows]
        warnings += _unlike(meant, form, known) if form and known else []
        ledger.add_facts("award", [award_row(one) | {"decision": by} for one, by in rows])
        ledger.reason = stated(request.reason)
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
    connection: Connection, which: WhichMovementOptions, request: AwardRequest, year: int
) -> tuple[StoredMovement | None, Form | None]:
    """The form of award by its key, with its movement; none of one by its name alone; raises AwardNeeded, OneOf."""
    if request.form and request.name:
        raise OneOf(options="--form, --name")
    if request.form:
        stored = movement_of(connection, which, year)
        return stored, Form(stored.movement, form_called(stored.movement, request.form, UnknownAwardGiven))
    if not clean(request.name or ""):
        raise AwardNeeded
    return None, None


def _comparison(
    connection: Connection, stored: StoredMovement | None, form: Form | None, year: int, today: date
) -> KnownOfMovement | None:
    """What is known of the units of a movement, for a form that compares them with each other."""
    if stored is None or form is None or form.rule.ground is not Ground.MOST_CRITERIA:
        return None
    return known_of(connection, stored, year, today)


def _unlike(meant: Sequence[Unit], form: Form, known: KnownOfMovement) -> Iterator[str]:
    """A remark on each unit that is rewarded for most criteria and is not among those that are known to have them."""
    told = candidates(form.movement, form.rule, known.facts)
    leading = {unit for one in told.found for unit in one.unit_ids}
    open_by_unit = {unit: why.label for _part, unit, why in told.open}
    for unit in meant:
        facts = {"unit": unit.full_title, "year": known.facts.year}
        if unit.id in open_by_unit and unit.id not in leading:
            text = _("{unit}: how many criteria it completed in {year} is not concluded ({why}).")
            yield text.format(**facts, why=open_by_unit[unit.id])
        elif unit.id not in leading:
            text = _(
                "{unit} is not among those that completed the most criteria in {year}: ntmtrack candidates --award"
                " {form}"
            )
            yield text.format(**facts, form=form.rule.key)


def _refuse_outside(connection: Connection, meant: Sequence[Unit], stored: StoredMovement | None) -> None:
    """Raises AwardOutsideMovement."""
    inside = units.inside(connection, stored.scope_id) if stored else set()
    if stored and (outside := [unit for unit in meant if unit.id not in inside]):
        movement = stored.movement
        raise AwardOutsideMovement(unit=outside[0].full_title, scope=movement.scope_name, movement=movement.key)


class _Told(NamedTuple):
    """What is told of an award of every unit, read."""

    request: AwardRequest
    form: Form | None
    decision: Decision | None
    year: int


def _award(
    ledger: Ledger, told: _Told, unit: Unit, facts: MovementFacts
) -> tuple[tuple[GivenAward, Decision | None], MovementFacts]:
    """The award of one unit as it is to be kept, with its decision, and the facts as they are then.

    The one that it corrects is voided. Raises NothingAwarded, what `checked` raises.
    """
    request, decision = told.request, told.decision
    new = _as_told(told, unit)
    if stated(request.reason):
        old = award_meant(ledger.connection, new, unit)
        decision = decision or decision_of_award(ledger.connection, old.id)
        ledger.void("award", [old.id or 0])
        new = filled(new, old, request.places)
        facts = facts._replace(given=[one for one in facts.given if one.id != old.id])
    kept = checked(new, unit, told.form, facts)
    return (kept, decision), facts._replace(given=[*facts.given, kept])


def _as_told(told: _Told, unit: Unit) -> GivenAward:
    """The award of one unit as it was typed; of a correction nothing stands for what was not."""
    request, form, decision, year = told.request, told.form, told.decision, told.year
    typed_level, rule = clean(request.level or ""), form.rule if form else None
    return GivenAward(
        unit_id=unit.id,
        name=rule.name if rule else clean(request.name or ""),
        year=year,
        achievement=clean(request.achievement or ""),
        movement=form.movement.key if form else None,
        form=rule.key if rule else None,
        authority=stated(request.authority) or (rule.authority if rule and not stated(request.reason) else None),
        level=find_level(of_year(year), typed_level, unit.tier).key if typed_level else None,
        recipient=stated(request.recipient),
        places=request.places or 1,
        number=decision.number if decision else None,
        signed_on=decision.signed_on if decision else None,
        over=stated(request.over),
        source=stated(request.source),
        note=stated(request.note),
        person=stated(request.person),
    )


def _summary(kept: Sequence[GivenAward], meant: Sequence[Unit]) -> str:
    first = kept[0]
    decision = Decision(first.number, first.signed_on) if first.number else None
    places = sum(one.places for one in kept)
    counted = ngettext("{count} place", "{count} places", places).format(count=number(places)) if places > 1 else ""
    parts = [award_words(first._replace(number=None)), first.recipient or "", counted]
    parts.append(decision_words(decision) if decision else "")
    return f"{', '.join(filter(None, parts))}: {few([unit.full_title for unit in meant], _NAMED)}"
