"""`participate`: wards and special zones take part in a programme, outside the communes that it counts."""

from datetime import date
from typing import NamedTuple

from ntmtrack.commands import Session
from ntmtrack.commands.decisions import ask_which_decision, match_decision, units_called
from ntmtrack.dates import last_day, show_day
from ntmtrack.decisions import GivenDecision, read_given
from ntmtrack.errors import CountedAnyway, KindNotParticipating, NoParticipants, TakesPartAlready
from ntmtrack.i18n import _
from ntmtrack.model import Participation, Programme, Unit, kind_name
from ntmtrack.programmes import every, of_year
from ntmtrack.rules import check_day, check_days, check_standing, decision_words, each_once
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.participations import participations_of
from ntmtrack.text import clean, few

_NAMED = 5


class ParticipateRequest(NamedTuple):
    """What `participate` was told: units as typed, from which ISO day, by which decision, known from where."""

    units: list[str]
    since: str | None
    decision: GivenDecision
    source: str | None


def participate(session: Session, request: ParticipateRequest, *, dry_run: bool) -> None:
    """Marks every unit of the request; raises the first refusal.

    Without a day it is that of the decision, else today. Raises NoParticipants, CountedAnyway, KindNotParticipating,
    TakesPartAlready, UnitNotAlive, NamedTwice, DecisionInFuture, DayInFuture, and what finding units and
    decisions raises.
    """
    ask_which_decision(session, request.decision, lambda given: _mark(session, request, given, dry_run=dry_run))


def _mark(session: Session, request: ParticipateRequest, as_typed: GivenDecision, *, dry_run: bool) -> None:
    given = read_given(as_typed)
    check_days([given.signed_on if given else None], session.today)
    check_day(request.since, session.today)
    decided = last_day(given.signed_on).isoformat() if given and given.signed_on else None
    day = request.since or min(decided or "9999", session.today.isoformat())
    period = of_year(date.fromisoformat(day).year)
    if not period.participating:
        known = ", ".join(one.key for one in every() if one.participating)
        raise NoParticipants(programme=period.key, known=known)
    with session.acting("participate", dry_run=dry_run) as ledger:
        decision, warnings = match_decision(ledger, as_typed, given, int(day[:4]), units_called(ledger, request.units))
        source = clean(request.source) or None if request.source else None
        new = Participation(period.key, day, decision, source)
        meant = each_once([_taking_part(ledger, typed, period, day) for typed in request.units])
        for unit in meant:
            ledger.participate(unit.id, new)
        text = _("takes part in the {programme} programme from {day}{by}: {units}")
        ledger.summary = text.format(
            programme=period.key,
            day=show_day(day),
            by=f", {decision_words(decision)}" if decision else "",
            units=few([unit.full_title for unit in meant], _NAMED),
        )
    for warning in warnings:
        session.say(_("Warning: {text}").format(text=warning))


def _taking_part(ledger: Ledger, typed: str, period: Programme, day: str) -> Unit:
    """The unit meant, as it stands on a day, of a kind that may take part and does not yet."""

    def may(unit: Unit) -> bool:
        return unit.kind in period.participating and unit.stands_on(day)

    found = units.find_unit(ledger.connection, typed, may, stands=lambda unit: unit.stands_on(day))
    unit = check_standing(units.versions(ledger.connection, found.id), day)
    kinds = ", ".join(map(kind_name, period.participating))
    if unit.kind in period.counted.get(unit.tier, ()):
        raise CountedAnyway(unit=unit.full_title, programme=period.key, kinds=kinds, code=unit.handle)
    if unit.kind not in period.participating:
        raise KindNotParticipating(unit=unit.full_title, kind=kind_name(unit.kind), programme=period.key, kinds=kinds)
    known = (one for one in participations_of(ledger.connection, unit.id) if one.programme == period.key)
    if before := next(known, None):
        day_before = show_day(before.day)
        raise TakesPartAlready(unit=unit.full_title, programme=period.key, day=day_before, code=unit.handle)
    return unit
