"""`mark`: the group of a commune, its region, whether it is poor, in special difficulty, on the border, an island."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ntmtrack.commands import Session
from ntmtrack.commands.decisions import ask_which_decision, match_decision, units_called
from ntmtrack.dates import last_day, show_day
from ntmtrack.decisions import GivenDecision, read_given
from ntmtrack.errors import MarkedAlready, MarkOfOtherTier, NeedsMark, NotAMark, NotMarked
from ntmtrack.i18n import _
from ntmtrack.model import Decision, Unit
from ntmtrack.programmes.marks import GROUP, MARKS, NO, UnitMark, every_word, mark_beside, mark_called, mark_words
from ntmtrack.rules import check_day, check_days, check_standing, decision_words, each_once
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.criteria import mark_row, marks_of
from ntmtrack.text import clean, few, squeeze

_NAMED = 5


class MarkRequest(NamedTuple):
    """What `mark` was told: units and marks as typed, which of them end, from which ISO day, by which decision."""

    units: Sequence[str]
    group: str | None
    marks: Sequence[str]
    ended: Sequence[str]
    since: str | None
    decision: GivenDecision
    source: str | None


class _Told(NamedTuple):
    """A mark of a unit, in the place of one that it corrects."""

    unit: Unit
    new: UnitMark
    replaced: UnitMark | None


def mark_units(session: Session, request: MarkRequest, *, dry_run: bool) -> None:
    """Marks every unit of the request; raises the first refusal.

    Without a day it is that of the decision, else today. Raises NeedsMark, NotAMark, MarkOfOtherTier, MarkedAlready,
    NotMarked, UnitNotAlive, NamedTwice, DecisionInFuture, DayInFuture, and what finding units and decisions raises.
    """
    ask_which_decision(session, request.decision, lambda given: _mark(session, request, given, dry_run=dry_run))


def _mark(session: Session, request: MarkRequest, as_typed: GivenDecision, *, dry_run: bool) -> None:
    values = _values(request)
    given = read_given(as_typed)
    check_days([given.signed_on if given else None], session.today)
    check_day(request.since, session.today)
    decided = last_day(given.signed_on).isoformat() if given and given.signed_on else None
    day = request.since or min(decided or "9999", session.today.isoformat())
    source = clean(request.source) or None if request.source else None
    with session.acting("mark", dry_run=dry_run) as ledger:
        decision, warnings = match_decision(ledger, as_typed, given, int(day[:4]), units_called(ledger, request.units))
        meant = each_once([_unit(ledger, typed, values, day) for typed in request.units])
        marks = [UnitMark(mark, value, day, decision, source) for mark, value in values.items()]
        told = [told for unit in meant for told in _told(ledger, unit, marks)]
        if not told:
            words = ", ".join(mark_words(*one) for one in values.items())
            raise MarkedAlready(units=few([unit.full_title for unit in meant], _NAMED), marks=words)
        write_marks(ledger, [(one.unit.id, one.new, one.replaced) for one in told])
        ledger.summary = _summary(values, day, decision, [unit.full_title for unit in meant])
    for warning in warnings:
        session.say(_("Warning: {text}").format(text=warning))


def write_marks(ledger: Ledger, told: Sequence[tuple[int, UnitMark, UnitMark | None]]) -> None:
    """Writes marks of units by their ids, each in the place of the one that it corrects."""
    ledger.void("unit_mark", [old.id for _unit, _new, old in told if old and old.id is not None])
    ledger.add_facts("unit_mark", [mark_row(unit, new) for unit, new, _old in told])


def _summary(values: dict[str, str], day: str, decision: Decision | None, titles: Sequence[str]) -> str:
    text = _("classed as {marks} from {day}{by}: {units}")
    return text.format(
        marks=", ".join(mark_words(mark, value) for mark, value in values.items()),
        day=show_day(day),
        by=f", {decision_words(decision)}" if decision else "",
        units=few(titles, _NAMED),
    )


def _values(request: MarkRequest) -> dict[str, str]:
    """The value of each mark that was told; raises NeedsMark, NotAMark."""
    typed = [request.group] if request.group else []
    values = dict(_meant(word) for word in (*typed, *request.marks))
    values |= {_ended(word): NO for word in request.ended}
    if not values:
        raise NeedsMark(known=", ".join(every_word()))
    return values


def _meant(typed: str) -> tuple[str, str]:
    found = mark_called(typed, GROUP)
    if found is None:
        raise NotAMark(typed=typed, known=", ".join(every_word()))
    return found


def _ended(typed: str) -> str:
    """The mark that a word names, whatever its value: "nhóm", "nhóm 3", "biên giới"."""
    by_name = {squeeze(word): key for key, kind in MARKS.items() for word in (_(kind.name), kind.name)}
    return by_name.get(squeeze(typed)) or _meant(typed)[0]


def _unit(ledger: Ledger, typed: str, values: dict[str, str], day: str) -> Unit:
    """The unit meant, as it stands on a day, of a tier that may be so marked; raises MarkOfOtherTier."""

    def may(unit: Unit) -> bool:
        return all(unit.tier in MARKS[mark].tiers for mark in values) and unit.stands_on(day)

    found = units.find_unit(ledger.connection, typed, may, stands=lambda unit: unit.stands_on(day))
    unit = check_standing(units.versions(ledger.connection, found.id), day)
    for mark, value in values.items():
        if unit.tier not in MARKS[mark].tiers:
            raise MarkOfOtherTier(unit=unit.full_title, mark=mark_words(mark, value))
    return unit


def _told(ledger: Ledger, unit: Unit, marks: Sequence[UnitMark]) -> Iterator[_Told]:
    """The marks that are news of a unit; raises NotMarked for one to be ended that it has not."""
    known = marks_of(ledger.connection, unit.id)
    for new in marks:
        beside = mark_beside(known, new)
        if beside.is_told and new.value == NO:
            raise NotMarked(unit=unit.full_title, mark=_(MARKS[new.mark].name), day=show_day(new.since))
        if not beside.is_told:
            yield _Told(unit, new, beside.replaced)
