"""Recording and revoking many units as one action: every one is checked, and none is written if one is refused."""

from dataclasses import dataclass

from ntmtrack.commands import Session
from ntmtrack.commands.decisions import ask_which_decision, match_decision, units_called
from ntmtrack.dates import first_day, last_day, show_day
from ntmtrack.decisions import GivenDecision, read_given
from ntmtrack.errors import (
    AlreadyRevoked,
    LevelOfSetBefore,
    NotRecognised,
    RevocationNeedsDay,
    RevokedBefore,
    UnknownLevel,
)
from ntmtrack.i18n import _, ngettext, number
from ntmtrack.i18n import day as day_text
from ntmtrack.model import Act, Level, Programme, Recognition, Tier, Unit
from ntmtrack.programmes import DEFAULT, find_level, is_level, of_year, programme
from ntmtrack.programmes.ladders import KEPT, ladder_called, ladder_of
from ntmtrack.progress.constituents import acknowledged_set, lacking_level
from ntmtrack.rules import (
    check_days,
    check_recognition,
    check_unit,
    check_year,
    each_once,
    evidence,
    stood_then,
    year_of_unit,
)
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.constituents import constituents_of
from ntmtrack.storage.queries.recognitions import recognitions_of_unit
from ntmtrack.storage.queries.units import find_unit
from ntmtrack.text import clean, few

_NAMED = 5


@dataclass(frozen=True, slots=True)
class RecordRequest:
    """What `record` was told: units as typed, the recognition without programme and decision, the decision.

    `of_set` is the set of levels by which it was, where it was named.
    """

    units: list[str]
    draft: Recognition
    decision: GivenDecision
    of_set: str | None = None


@dataclass(frozen=True, slots=True)
class RevokeRequest:
    """What `revoke` was told: units as typed, their level, the decision that ends it and why."""

    units: list[str]
    level: str
    decision: GivenDecision
    reason: str | None


def record_units(session: Session, request: RecordRequest, *, dry_run: bool) -> None:
    """Records the recognition for every unit of the request; raises the first refusal."""
    ask_which_decision(session, request.decision, lambda given: _record(session, request, given, dry_run=dry_run))


def _record(session: Session, request: RecordRequest, as_typed: GivenDecision, *, dry_run: bool) -> None:
    year = request.draft.year
    assert year is not None
    check_year(year, session.today)
    period = _recognising(year, request)
    given = read_given(as_typed)
    check_days([given.signed_on if given else None, request.draft.announced_on], session.today)
    with session.acting("record", dry_run=dry_run) as ledger:
        decision, warnings = match_decision(ledger, as_typed, given, year, units_called(ledger, request.units))
        draft = request.draft._replace(programme=period.key, decision=decision)
        meant = each_once([_recognisable(ledger, typed, period, draft) for typed in request.units])
        levels = []
        for unit in meant:
            new = _of_its_set(ledger, unit, draft, request.of_set)
            levels.append(find_level(programme(new.programme), new.level, unit.tier))
            new = new._replace(level=levels[-1].key)
            warnings += check_recognition(unit, new, recognitions_of_unit(ledger.connection, unit.id))
            warnings += _not_held(ledger, unit, new, levels[-1])
            ledger.record(unit, new)
            if unit.tier is Tier.DISTRICT:
                warnings += _communes_missing(session, ledger, unit, new)
        ledger.summary = _("{level}, {evidence}: {units}").format(
            level=_labels(levels) + _by_set_before(period, year), evidence=evidence(draft), units=_names(meant)
        )
    for warning in warnings:
        session.say(_("Warning: {text}").format(text=warning))


def _recognising(year: int, request: RecordRequest) -> Programme:
    """The levels of the set that was named, else of the year's own; raises UnknownSet, LevelOfSetBefore."""
    running, typed = of_year(year), request.draft.level
    if request.of_set:
        return ladder_of(running, ladder_called(running, request.of_set))
    kept = ladder_of(running, KEPT)
    if request.draft.basis is not Act.ACKNOWLEDGED and not is_level(running, typed) and is_level(kept, typed):
        raise LevelOfSetBefore(programme=running.key, level=typed, before=kept.key)
    return running


def _of_its_set(ledger: Ledger, unit: Unit, new: Recognition, of_set: str | None) -> Recognition:
    """The recognition in the set of what it acknowledges; another, or where a set was named, in that, as it is."""
    if new.basis is not Act.ACKNOWLEDGED or of_set:
        return new
    formed_of = constituents_of(ledger.connection, unit.id)
    return new._replace(programme=acknowledged_set(formed_of, new.level, new.year or 0).key)


def _not_held(ledger: Ledger, unit: Unit, new: Recognition, level: Level) -> list[str]:
    """A warning where what is acknowledged is not on record of the units of which this one was formed."""
    if new.basis is not Act.ACKNOWLEDGED:
        return []
    ladder, formed_of = programme(new.programme), constituents_of(ledger.connection, unit.id)
    if not formed_of:
        return [_("{unit} was not formed by a merger on record.").format(unit=unit.full_title)]
    lacking = lacking_level(formed_of, ladder, level.rank)
    text = _("{unit}: not on record at {level} before the merger: {units}.")
    names = few([constituent.unit.title for constituent in lacking])
    return [text.format(unit=unit.full_title, level=level.label, units=names)] if lacking else []


def _communes_missing(session: Session, ledger: Ledger, unit: Unit, new: Recognition) -> list[str]:
    """A warning where the communes of a district have not reached what is asked of them, as `check` knows."""
    from ntmtrack.commands.checks.context import CheckContext, LedgerRecords
    from ntmtrack.commands.checks.districts import just_recorded
    from ntmtrack.commands.question import ReportOptions, resolve

    assert new.year is not None
    spec = resolve(ledger.connection, ReportOptions(new.year), session.today, of=unit)
    return just_recorded(CheckContext(LedgerRecords(session.file, ledger.connection), spec), unit, new.level, new.year)


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
            for ended, level in _standing(unit, recognitions, request.level):
                _refuse_before(unit, ended, level, day)
                assert ended.id is not None
                ledger.revoke(ended.id, day, decision, reason)
                levels.append(level)
            warnings += _still_above(unit, recognitions, levels[-1], day)
        by = _(", {number}").format(number=decision.number) if decision else ""
        ledger.summary = _("revoked {level} from {day}{by}: {units}").format(
            level=_labels(levels), day=show_day(day), by=by, units=_names(meant)
        )
    for warning in warnings:
        session.say(_("Warning: {text}").format(text=warning))


def _recognisable(ledger: Ledger, typed: str, period: Programme, new: Recognition) -> Unit:
    """The unit meant, as it can be recognised; of units that share a name only counted kinds are meant."""
    year = new.year or 0

    def counts(unit: Unit) -> bool:
        alive = unit.alive_in(year_of_unit([unit], new.basis, year))
        return unit.kind in period.counted.get(unit.tier, ()) and alive

    unit = find_unit(
        ledger.connection, typed, counts, stands=lambda unit: stood_then(unit, new.basis, year, new.decided_on)
    )
    versions = units.versions(ledger.connection, unit.id)
    counted_in = year_of_unit(versions, new.basis, year)
    return check_unit(versions, period, counted_in, new.decided_on, also_uncounted=True)


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


def _refuse_ended(unit: Unit, session: Session) -> None:
    """Without a day, today is meant: too late for a unit that has ended."""
    if unit.until and unit.until <= session.today.isoformat():
        raise RevocationNeedsDay(unit=unit.full_title, until=show_day(unit.until), today=day_text(session.today))


def _refuse_before(unit: Unit, ended: Recognition, level: Level, day: str) -> None:
    since = ended.decided_on or ended.since()
    if last_day(day) < first_day(since):
        raise RevokedBefore(unit=unit.full_title, day=show_day(since), level=level.label, revoked=show_day(day))


def _still_above(unit: Unit, recognitions: list[Recognition], level: Level, day: str) -> list[str]:
    """A warning where a higher level stands on, so that the unit is still counted at this one."""
    higher = []
    for recognition in recognitions:
        ladder = programme(recognition.programme)
        above = ladder.level(recognition.level).rank > level.rank
        if recognition.revoked_on is None and above and recognition.since()[:4] <= day[:4]:
            higher.append(ladder.level(recognition.level).label)
    text = _("{unit} keeps {levels} and so still counts at {level}.")
    return [text.format(unit=unit.full_title, levels=", ".join(higher), level=level.label)] if higher else []


def _labels(levels: list[Level]) -> str:
    return ", ".join(dict.fromkeys(level.label for level in levels))


def _by_set_before(ladder: Programme, year: int) -> str:
    """For a summary: by which set of levels it was, where that is not the year's own."""
    return "" if ladder.key == of_year(year).key else _(" (by the {set} set)").format(set=ladder.key)


def _names(done: list[Unit]) -> str:
    """The units by name, the first few in full."""
    names = ", ".join(unit.full_title for unit in done[:_NAMED])
    more = len(done) - _NAMED
    if more <= 0:
        return names
    return ngettext("{names} and {count} more", "{names} and {count} more", more).format(
        names=names, count=number(more)
    )
