"""Revoking many units as one action: every one is checked, and none is ended if one is refused."""

from dataclasses import dataclass

from ntmtrack.commands import Session
from ntmtrack.commands.decisions import ask_which_decision, match_decision, units_called
from ntmtrack.commands.record import level_labels, unit_names
from ntmtrack.commands.sets import is_by, ladder_by, refuse_two_sets
from ntmtrack.dates import first_day, last_day, show_day
from ntmtrack.decisions import GivenDecision, read_given
from ntmtrack.errors import (
    AlreadyRevoked,
    NotRecognised,
    RevocationNeedsDay,
    RevokedBefore,
    UnknownLevel,
)
from ntmtrack.i18n import _
from ntmtrack.i18n import day as day_text
from ntmtrack.model import Level, Recognition, Unit
from ntmtrack.programmes import DEFAULT, find_level, programme
from ntmtrack.rules import check_days, each_once
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries.recognitions import recognitions_of_unit
from ntmtrack.storage.queries.units import find_unit
from ntmtrack.text import clean


@dataclass(frozen=True, slots=True)
class RevokeRequest:
    """What `revoke` was told: units as typed, their level, the decision that ends it and why.

    `of_set` is the set of levels by which they were recognised, where it was named.
    """

    units: list[str]
    level: str
    decision: GivenDecision
    reason: str | None
    of_set: str | None = None


def revoke_all(session: Session, request: RevokeRequest, *, dry_run: bool) -> None:
    """Ends the standing recognitions of every unit at the level; raises the first refusal."""
    ask_which_decision(session, request.decision, lambda given: _revoke(session, request, given, dry_run=dry_run))


def _revoke(session: Session, request: RevokeRequest, as_typed: GivenDecision, *, dry_run: bool) -> None:
    # A revocation may have a day and no known decision.
    given = read_given(as_typed if as_typed.number else as_typed._replace(signed_on=None))
    signed_on = (given.signed_on if given else None) or as_typed.signed_on
    check_days([signed_on], session.today)
    day = signed_on or session.today.isoformat()
    reason = clean(request.reason) if request.reason else None
    with session.acting("revoke", dry_run=dry_run) as ledger:
        decision, warnings = match_decision(ledger, as_typed, given, int(day[:4]), units_called(ledger, request.units))
        if signed_on is None and decision and decision.signed_on:
            signed_on = day = decision.signed_on
        meant = each_once([_holder(ledger, typed, request.level, day) for typed in request.units])
        levels = []
        for unit in meant:
            recognitions = recognitions_of_unit(ledger.connection, unit.id)
            if signed_on is None:
                _refuse_ended(unit, session)
            at_level = _of_one_set(unit, _standing(unit, recognitions, request.level), request.of_set)
            for ended, level in at_level:
                _refuse_before(unit, ended, level, day)
                assert ended.id is not None
                ledger.revoke(ended.id, day, decision, reason)
                levels.append(level)
            warnings += _still_above(unit, recognitions, at_level[-1], day)
        by = _(", {number}").format(number=decision.number) if decision else ""
        ledger.summary = _("revoked {level} from {day}{by}: {units}").format(
            level=level_labels(levels), day=show_day(day), by=by, units=unit_names(meant)
        )
    for warning in warnings:
        session.say(_("Warning: {text}").format(text=warning))


def _holder(ledger: Ledger, typed: str, level: str, day: str) -> Unit:
    """The unit meant by `typed`; of units that share a name, those that stand on the day, then those at the level."""

    def holds(unit: Unit) -> bool:
        recognitions = recognitions_of_unit(ledger.connection, unit.id)
        return any(recognition.revoked_on is None and _level(recognition, level, unit) for recognition in recognitions)

    return find_unit(
        ledger.connection, typed, holds, across=True, stands=lambda unit: unit.stands_on(last_day(day).isoformat())
    )


def _level(recognition: Recognition, typed: str, unit: Unit) -> Level | None:
    """The level of a recognition where `typed` names it in its own programme."""
    try:
        level = find_level(programme(recognition.programme), typed, unit.tier)
    except UnknownLevel:
        return None
    return level if level.key == recognition.level else None


def _standing(unit: Unit, recognitions: list[Recognition], typed: str) -> list[tuple[Recognition, Level]]:
    """All the unit's unrevoked recognitions at the level typed; raises NotRecognised, AlreadyRevoked, UnknownLevel."""
    at_level = [(recognition, level) for recognition in recognitions if (level := _level(recognition, typed, unit))]
    standing = [(recognition, level) for recognition, level in at_level if recognition.revoked_on is None]
    if standing:
        return standing
    if at_level:
        recognition, level = at_level[-1]
        day = show_day(recognition.revoked_on)
        raise AlreadyRevoked(unit=unit.full_title, level=level.label, day=day, code=unit.handle)
    latest = programme(max((recognition.programme for recognition in recognitions), default=DEFAULT))
    raise NotRecognised(unit=unit.full_title, level=find_level(latest, typed, unit.tier).label, code=unit.handle)


Standing = tuple[Recognition, Level]


def _of_one_set(unit: Unit, standing: list[Standing], of_set: str | None) -> list[Standing]:
    """Of a unit's recognitions at a level, those by the set that was named, or by the only one there is.

    Raises UnknownSet, RecognisedBySets, NotRecognised.
    """
    label = standing[-1][1].label
    if not of_set:
        refuse_two_sets(unit, label, [recognition for recognition, _level in standing])
        return standing
    chosen = [held for held in standing if is_by(held[0], of_set)]
    if not chosen:
        raise NotRecognised(unit=unit.full_title, level=label, code=unit.handle)
    return chosen


def _refuse_ended(unit: Unit, session: Session) -> None:
    """Without a day, today is meant: too late for a unit that has ended."""
    if unit.until and unit.until <= session.today.isoformat():
        raise RevocationNeedsDay(unit=unit.full_title, until=show_day(unit.until), today=day_text(session.today))


def _refuse_before(unit: Unit, ended: Recognition, level: Level, day: str) -> None:
    since = ended.decided_on or ended.since()
    if last_day(day) < first_day(since):
        raise RevokedBefore(unit=unit.full_title, day=show_day(since), level=level.label, revoked=show_day(day))


def _still_above(unit: Unit, recognitions: list[Recognition], revoked: Standing, day: str) -> list[str]:
    """A warning where a higher level of the set stands on, so that the unit is still counted at this one."""
    higher, of_set = [], ladder_by(revoked[0])
    for recognition in recognitions:
        level = programme(recognition.programme).level(recognition.level)
        above = level.rank > revoked[1].rank and ladder_by(recognition) == of_set
        if recognition.revoked_on is None and above and recognition.since()[:4] <= day[:4]:
            higher.append(level.label)
    text = _("{unit} keeps {levels} and so still counts at {level}.")
    if not higher:
        return []
    return [text.format(unit=unit.full_title, levels=", ".join(higher), level=revoked[1].label)]
