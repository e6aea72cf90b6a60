"""`edit`: a recognition corrected, with the reason; the old one stays in the history."""

from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.commands import Session
from ntmtrack.commands.decisions import DecisionMatcher
from ntmtrack.commands.history import changes_by, sentences
from ntmtrack.commands.sets import is_by, refuse_two_sets
from ntmtrack.decisions import GivenDecision, days_agree, is_same, is_short_of, key_of, read_decision, read_given
from ntmtrack.errors import (
    BadDay,
    BadDecision,
    DecisionUnknown,
    IssuerNeedsDecision,
    NothingToCorrect,
    NotOfThatYear,
    NotRecognised,
    ReasonNeeded,
    SeveralDecisions,
    SeveralRecognitions,
    TwoInOne,
    UnitsOrDecision,
    UnknownLevel,
)
from ntmtrack.i18n import _
from ntmtrack.model import Act, Decision, Programme, Recognition, Unit
from ntmtrack.programmes import DEFAULT, find_level, of_year, programme
from ntmtrack.programmes.ladders import KEPT, ladder_of
from ntmtrack.progress.constituents import acknowledged_set, odd_acknowledgement
from ntmtrack.rules import (
    check_days,
    check_recognition,
    check_unit,
    check_year,
    decision_and_issuer,
    evidence,
    year_of_unit,
)
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.constituents import constituents_of
from ntmtrack.storage.queries.recognitions import recognitions_by_unit, recognitions_of_unit
from ntmtrack.storage.queries.units import find_unit
from ntmtrack.text import clean, stated


class Selection(NamedTuple):
    """Which recognitions are meant: of these units at a level, for a year, by a set; or all that rest on a decision."""

    units: Sequence[str]
    level: str | None
    of_year: int | None
    of_decision: str | None
    of_date: str | None = None
    of_set: str | None = None


class Correction(NamedTuple):
    """What is right; None leaves a field as it is, a field named in `cleared` becomes empty."""

    year: int | None = None
    number: str | None = None
    signed_on: str | None = None
    issuer: str | None = None
    announced: str | None = None
    source: str | None = None
    note: str | None = None
    basis: str | None = None
    cleared: frozenset[str] = frozenset()


Meant = tuple[Unit, Recognition]


def correct(session: Session, selection: Selection, correction: Correction, reason: str, *, dry_run: bool) -> None:
    """Corrects recognitions as one action; raises the first refusal, NothingToCorrect where nothing would differ."""
    reason = clean(reason)
    if not reason:
        raise ReasonNeeded
    if correction.year is not None:
        check_year(correction.year, session.today)
    check_days([correction.announced], session.today)
    warnings: list[str] = []
    with session.acting("edit", dry_run=dry_run) as ledger:
        pairs = [(unit, old, _corrected(ledger, unit, old, correction)) for unit, old in _selected(ledger, selection)]
        pairs = [(unit, old, new) for unit, old, new in pairs if new != old]
        check_days([new.decision.signed_on for _unit, _old, new in pairs if new.decision], session.today)
        if not pairs:
            raise NothingToCorrect
        settling = DecisionMatcher(
            ledger,
            [old.id for _unit, old, _new in pairs if old.id is not None],
            [unit.id for unit, _old, _new in pairs],
        )
        corrected = []
        for unit, old, wanted_so in pairs:
            new = settling.settled(wanted_so, takes_day="date" not in correction.cleared)
            assert old.id is not None
            warnings += _checked(ledger, unit, old, new)
            corrected.append((_unit_then(ledger, unit, new), old.id, new._replace(id=None)))
        ledger.correct(corrected)
        warnings += settling.put_right()
        ledger.reason = reason
        ledger.summary = "; ".join(sentences(changes_by(ledger.connection, ledger.action_id), most=3))
    for warning in warnings:
        session.say(_("Warning: {text}").format(text=warning))


def _selected(ledger: Ledger, selection: Selection) -> list[Meant]:
    if bool(selection.units) == bool(selection.of_decision) or (selection.units and selection.level is None):
        raise UnitsOrDecision
    if selection.of_decision:
        return _resting_on(ledger, selection.of_decision, selection)
    assert selection.level is not None
    chosen = []
    for typed in selection.units:
        unit = find_unit(
            ledger.connection,
            typed,
            lambda unit: bool(_recognitions_of(ledger, unit, selection)),
            across=True,
            stands=lambda unit: selection.of_year is None or unit.alive_in(selection.of_year),
        )
        chosen.append((unit, _recognition_of(ledger, unit, selection)))
    return chosen


def _recognitions_of(ledger: Ledger, unit: Unit, selection: Selection) -> list[Recognition]:
    """The unit's recognitions at the level that is meant, for the year that is meant; standing ones before revoked."""
    recognitions = [
        recognition
        for recognition in recognitions_of_unit(ledger.connection, unit.id)
        if _is_level(recognition, selection.level or "", unit)
        and selection.of_year in (None, recognition.year)
        and is_by(recognition, selection.of_set)
    ]
    return [recognition for recognition in recognitions if recognition.revoked_on is None] or recognitions


def _recognition_of(ledger: Ledger, unit: Unit, selection: Selection) -> Recognition:
    recognitions = _recognitions_of(ledger, unit, selection)
    if not recognitions and (others := _recognitions_of(ledger, unit, selection._replace(of_year=None))):
        dates = "; ".join(evidence(recognition) for recognition in others)
        raise NotOfThatYear(unit=unit.full_title, year=selection.of_year, said=dates)
    if not recognitions:
        level = find_level(programme(DEFAULT), selection.level or "", unit.tier)
        raise NotRecognised(unit=unit.full_title, level=level.label, code=unit.handle)
    if len(recognitions) > 1:
        refuse_two_sets(unit, programme(recognitions[0].programme).level(recognitions[0].level).label, recognitions)
        dates = "; ".join(evidence(recognition) for recognition in recognitions)
        raise SeveralRecognitions(unit=unit.full_title, said=dates)
    return recognitions[0]


def _resting_on(ledger: Ledger, number: str, selection: Selection) -> list[Meant]:
    """Every recognition that rests on a decision, at the level and for the year that are told.

    Raises DecisionUnknown, SeveralDecisions: numbers return every year, and in every province.
    """
    named = Decision(number, selection.of_date) if selection.of_date else _read(number)
    resting = []
    for unit_id, recognitions in recognitions_by_unit(ledger.connection).items():
        unit = units.versions(ledger.connection, unit_id)[-1]
        for recognition in recognitions:
            at_level = selection.level is None or _is_level(recognition, selection.level, unit)
            at_level = at_level and is_by(recognition, selection.of_set)
            if (
                recognition.decision
                and days_agree(recognition.decision, named)
                and at_level
                and selection.of_year in (None, recognition.year)
            ):
                resting.append((unit, recognition, recognition.decision))
    resting = [fact for fact in resting if is_same(fact[2].number, number)] or [
        fact for fact in resting if is_short_of(number, fact[2].number) or is_short_of(fact[2].number, number)
    ]
    if selection.of_date:
        resting = [fact for fact in resting if fact[2].signed_on == selection.of_date]
    if not resting:
        raise DecisionUnknown(number=number)
    meant = {
        (key_of(decision.number), decision.signed_on, decision.issuer): decision for _unit, _known, decision in resting
    }
    if len(meant) > 1:
        decisions = "; ".join(map(decision_and_issuer, meant.values()))
        raise SeveralDecisions(number=number, said=decisions)
    return [(unit, recognition) for unit, recognition, _decision in resting]


def _read(number: str) -> Decision:
    """The decision that a text tells; the text itself where it is no number, as an older ledger may hold one."""
    try:
        return read_decision(number)
    except (BadDecision, BadDay, TwoInOne):
        return Decision(number)


def _is_level(recognition: Recognition, typed: str, unit: Unit) -> bool:
    try:
        return find_level(programme(recognition.programme), typed, unit.tier).key == recognition.level
    except UnknownLevel:
        return False


def _corrected(ledger: Ledger, unit: Unit, old: Recognition, correction: Correction) -> Recognition:
    """The recognition as it should have been recorded."""
    new = old._replace(basis=Act(correction.basis or old.basis), year=correction.year or old.year)
    if new.year is not None and (new.year, new.basis) != (old.year, old.basis):
        programme = _set_of(ledger, unit, old, new, new.year)
        new = new._replace(programme=programme.key, level=find_level(programme, old.level, unit.tier).key)
    new = new._replace(decision=_decision(old.decision, correction))
    if correction.announced is not None:
        new = new._replace(announced_on=correction.announced)
    if correction.source is not None:
        new = new._replace(source=clean(correction.source) or None)
    if correction.note is not None:
        new = new._replace(note=clean(correction.note) or None)
    return _cleared(new, correction.cleared)


def _set_of(ledger: Ledger, unit: Unit, old: Recognition, new: Recognition, year: int) -> Programme:
    """The set that a recognition for a year belongs to.

    An acknowledgement belongs to that of what it acknowledges; what was recorded by the set before stays in that.
    """
    if new.basis is Act.ACKNOWLEDGED:
        return acknowledged_set(constituents_of(ledger.connection, unit.id), new.level, year)
    running = of_year(year)
    by_set_before = running.kept is not None and old.programme == running.kept.ladder.key
    already = old.year is not None and old.year >= running.first_year and old.basis is not Act.ACKNOWLEDGED
    return ladder_of(running, KEPT) if by_set_before and already else running


def _cleared(new: Recognition, fields: frozenset[str]) -> Recognition:
    """The recognition with these fields left empty."""
    decision = None if "decision" in fields else new.decision
    if decision and "date" in fields:
        decision = Decision(decision.number, None, decision.issuer)
    if decision and "issuer" in fields:
        decision = Decision(decision.number, decision.signed_on, None)
    return new._replace(
        decision=decision,
        announced_on=None if "announced" in fields else new.announced_on,
        source=None if "source" in fields else new.source,
        note=None if "note" in fields else new.note,
    )


def _decision(old: Decision | None, correction: Correction) -> Decision | None:
    """The decision as it should have been recorded; its number as on record where only its day or issuer is told."""
    if correction.number is None and correction.signed_on is None and correction.issuer is None:
        return old
    decision = old or Decision("")
    if correction.number is None and not decision.number:
        given = [
            option for option, value in (("--date", correction.signed_on), ("--issuer", correction.issuer)) if value
        ]
        raise IssuerNeedsDecision(options=", ".join(given))
    right = Decision(decision.number, correction.signed_on, stated(correction.issuer))
    if correction.number is not None and (
        read := read_given(GivenDecision(correction.number, correction.signed_on, correction.issuer))
    ):
        right = read
    right = right._replace(signed_on=right.signed_on or decision.signed_on, issuer=right.issuer or decision.issuer)
    return old if right == decision._replace(id=None) else right


def _checked(ledger: Ledger, unit: Unit, old: Recognition, new: Recognition) -> list[str]:
    """Warnings for the corrected recognition beside the unit's others; refuses as `record` does."""
    if old.revoked_on is not None:
        return []
    others = [
        recognition for recognition in recognitions_of_unit(ledger.connection, unit.id) if recognition.id != old.id
    ]
    formed_of = constituents_of(ledger.connection, unit.id)
    known_warnings = odd_acknowledgement(unit, old, formed_of)
    odd = [text for text in odd_acknowledgement(unit, new, formed_of) if text not in known_warnings]
    return [*check_recognition(unit, new, others, old), *odd]


def _unit_then(ledger: Ledger, unit: Unit, new: Recognition) -> Unit:
    """The unit as it stood in the year of the recognition; raises UnitNotAlive, KindNotCounted."""
    if new.year is None:
        return unit
    versions = units.versions(ledger.connection, unit.id)
    year = year_of_unit(versions, new.basis, new.year)
    return check_unit(versions, programme(new.programme), year, new.decided_on, also_uncounted=True)
