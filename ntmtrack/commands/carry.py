"""`carry`: levels acknowledged, proposed or lost after mergers, of many units as one action."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from ntmtrack.commands import Session
from ntmtrack.commands.carry_choice import (
    CarryRequest,
    Judge,
    ToWrite,
    chosen_units,
    to_lapse,
    to_propose,
    to_take,
)
from ntmtrack.commands.decisions import ask_which_decision, match_decision
from ntmtrack.decisions import GivenDecision, read_given
from ntmtrack.errors import ChangedMeanwhile, NotConfirmed, OnlyWith, YearToCarry
from ntmtrack.i18n import _, number
from ntmtrack.model import Act, Confidence, Decision, Recognition
from ntmtrack.progress.constituents import ReviewResult, acknowledged_set, was_reached_in
from ntmtrack.reports.carried_units import to_write_report
from ntmtrack.rules import (
    check_days,
    check_recognition,
    check_unit,
    check_year,
    decision_words,
    evidence,
    year_of_unit,
)
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.actions import last_done
from ntmtrack.storage.queries.recognitions import recognitions_of_unit
from ntmtrack.text import few, stated

_NAMED = 5


class Way(NamedTuple):
    """One way of writing: which units it is for, how it is written, and what is shown before."""

    judge: Judge
    write: "Callable[[Ledger, Sequence[ToWrite], Decision | None], None]"
    told: "Callable[[Connection, Sequence[ToWrite], Decision | None], str]"  # what is written besides levels


def take(session: Session, request: CarryRequest) -> None:
    """Records that levels are acknowledged: of the units named, or of all for which that is proposed.

    Raises the first refusal: NotFormed, AboveConstituents, AlreadyCarried, NothingProposed, YearToCarry, and what
    `record` raises.
    """

    def new(
        connection: Connection, chosen: Sequence[ToWrite], decision: Decision | None
    ) -> list[tuple[int, Recognition]]:
        return [(one.row.unit.id, _acknowledged(connection, session.today, one, request, decision)) for one in chosen]

    def told(connection: Connection, chosen: Sequence[ToWrite], decision: Decision | None) -> str:
        return _year_and_decision([recognition for _unit, recognition in new(connection, chosen, decision)])

    def write(ledger: Ledger, chosen: Sequence[ToWrite], decision: Decision | None) -> None:
        written = new(ledger.connection, chosen, decision)
        ledger.record_all(written)
        by = _year_and_decision([recognition for _unit, recognition in written])
        ledger.summary = _("acknowledged: {units}").format(units=_by_level(chosen, by))

    _write(session, request, Way(to_take, write, told))


def propose(session: Session, request: CarryRequest) -> None:
    """Records that levels are proposed: what the guidance proposes, or, of units named, what a review found.

    Raises NotFormed, AlreadyCarried, NothingProposed.
    """

    def write(ledger: Ledger, chosen: Sequence[ToWrite], decision: Decision | None) -> None:
        ledger.keep_reviews([_review(session, one, "proposed", request, decision) for one in chosen])
        ledger.summary = _("proposed: {units}").format(units=_by_level(chosen, _in_words(decision)))

    _write(session, request, Way(to_propose, write, partial(_check_reviews, session, request)))


def lapse(session: Session, request: CarryRequest) -> None:
    """Records that units hold no level any more after a merger; raises OnlyWith, NotFormed, StillRecognised."""
    if not (request.reason or request.decision.number):
        raise OnlyWith(option="--lapse", other=_("{options} or {last}").format(options="--decision", last="--reason"))

    def write(ledger: Ledger, chosen: Sequence[ToWrite], decision: Decision | None) -> None:
        ledger.keep_reviews([_review(session, one, "lapsed", request, decision) for one in chosen])
        units = "; ".join(filter(None, (_names(chosen), _in_words(decision))))
        ledger.summary = _("no level any more: {units}").format(units=units)

    _write(session, request, Way(to_lapse, write, partial(_check_reviews, session, request)))


WAYS: Mapping[str, Callable[[Session, CarryRequest], None]] = MappingProxyType(
    {"--take": take, "--propose": propose, "--lapse": lapse}
)


def _write(session: Session, request: CarryRequest, way: Way) -> None:
    ask_which_decision(session, request.decision, lambda given: _write_by(session, request, way, given))


def _write_by(session: Session, request: CarryRequest, way: Way, as_typed: GivenDecision) -> None:
    """Shows what is meant, asks on a terminal, writes it as one action."""
    given = read_given(as_typed if as_typed.number else as_typed._replace(signed_on=None))
    signed_on = (given.signed_on if given else None) or as_typed.signed_on
    check_days([signed_on], session.today)
    with session.reading(as_known=False) as connection:
        chosen, last = chosen_units(connection, session.today, request, way.judge), last_done(connection)
        told = way.told(connection, chosen, given)
    session.show(to_write_report([(one.row, one.level) for one in chosen], told), None)
    asks = session.can_ask and not (request.yes or request.dry_run)
    if asks and not session.ask(_("Write this to the ledger?")):
        raise NotConfirmed
    with session.acting("carry", dry_run=request.dry_run) as ledger:
        if ledger.action_id != last + 1:
            raise ChangedMeanwhile
        year = request.year or (int(signed_on[:4]) if signed_on else session.today.year)
        decision, warnings = match_decision(ledger, as_typed, given, year, [one.row.unit.id for one in chosen])
        way.write(ledger, chosen, decision)
    for warning in warnings:
        session.say(_("Warning: {text}").format(text=warning))


# What is written ----------------------------------------------------------------------------------------------------


def _acknowledged(
    connection: Connection, today: date, one: ToWrite, request: CarryRequest, decision: Decision | None
) -> Recognition:
    """The acknowledgement of a unit's level; raises YearToCarry, YearInFuture, UnitNotAlive, AlreadyRecognised."""
    assert one.level is not None
    unit = one.row.unit
    signed_on = (decision.signed_on if decision else None) or request.decision.signed_on
    year = request.year or one.row.proposal.year or (int(signed_on[:4]) if signed_on else None)
    if year is None:
        raise YearToCarry(unit=unit.full_title)
    check_year(year, today)
    new = Recognition(
        level=one.level.key,
        programme=acknowledged_set(one.row.constituents, one.level.key, year).key,
        year=year,
        decision=decision,
        announced_on=None if decision else signed_on,
        source=stated(request.source),
        note=stated(request.note),
        basis=Act.ACKNOWLEDGED,
        # What rests on made-up recognitions does not become real by being taken over.
        confidence=Confidence.ILLUSTRATIVE if one.row.is_made_up(one.level) else Confidence.RECORDED,
    )
    versions = units.versions(connection, unit.id)
    was_reached = was_reached_in(one.row.constituents, one.row.proposal.ladder, one.level, year)
    stood_in = year_of_unit(versions, new.basis, year) if was_reached else year
    check_unit(versions, one.row.proposal.ladder, stood_in, new.decided_on)
    check_recognition(unit, new, recognitions_of_unit(connection, unit.id))
    return new


def _check_reviews(
    session: Session,
    request: CarryRequest,
    connection: Connection,
    chosen: Sequence[ToWrite],
    decision: Decision | None,
) -> str:
    """The decision of a review; refuses one of a day on which the unit did not stand yet: raises UnitNotAlive."""
    for one in chosen:
        found = _review(session, one, "", request, decision)
        versions = units.versions(connection, one.row.unit.id)
        year = year_of_unit(versions, Act.ACKNOWLEDGED, int(found.day[:4]))
        check_unit(versions, one.row.proposal.ladder, year, found.day)
    return _in_words(decision)


def _review(
    session: Session, one: ToWrite, result: str, request: CarryRequest, decision: Decision | None
) -> ReviewResult:
    """What a review found of a unit, in the place of what was found before."""
    day = request.decision.signed_on or (decision.signed_on if decision else None) or session.today.isoformat()
    before = one.row.review.id if one.row.review else None
    note = stated(request.reason or request.note)
    level = one.level.key if one.level else None
    source = stated(request.source)
    ladder = one.row.proposal.ladder.key
    return ReviewResult(one.row.unit.id, ladder, level, result, day, decision, source, note, before)


def _in_words(decision: Decision | None) -> str:
    return decision_words(decision) if decision else ""


def _year_and_decision(new: Sequence[Recognition]) -> str:
    """For which years, and by which decision or of which day: "năm 2025, Quyết định 3368/QĐ-UBND ngày 20/12/2025"."""
    by_year = {known.year or 0: known for known in new}
    years = ", ".join(str(year) for year in sorted(by_year))
    one = new[0]
    return evidence(one._replace(basis=Act.RECOGNISED)).replace(str(one.year), years, 1)


def _by_level(chosen: Sequence[ToWrite], told: str) -> str:
    """How many at which level, what is told of all, the first few by name: "đạt chuẩn NTM (60), năm 2025: xã A, …"."""
    levels = dict.fromkeys(one.level for one in chosen if one.level)
    ordered = sorted(levels, key=lambda level: -level.rank)
    counts = (f"{level.label} ({number(sum(one.level == level for one in chosen))})" for level in ordered)
    return f"{', '.join(filter(None, (*counts, told)))}: {_names(chosen)}"


def _names(chosen: Sequence[ToWrite]) -> str:
    return few([one.row.unit.full_title for one in chosen], _NAMED)
