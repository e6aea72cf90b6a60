"""The decision that a command was told: read, found on record, and what was taken for granted said."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from ntmtrack.commands import Session
from ntmtrack.dates import show_day
from ntmtrack.decisions import GivenDecision, is_tidy, key_of, lacks_marks, titled
from ntmtrack.errors import NtmError, WhichDecision
from ntmtrack.i18n import _, ngettext, number
from ntmtrack.model import Decision, Recognition
from ntmtrack.rules import decision_and_issuer, decision_words
from ntmtrack.storage.decisions import MatchedDecision, find_decision, on_record
from ntmtrack.storage.queries.decision_homes import DecisionHomes
from ntmtrack.storage.queries.recognitions import every_decision
from ntmtrack.storage.queries.units import is_of_several, look_up
from ntmtrack.units.finder import MatchTerms

if TYPE_CHECKING:
    from ntmtrack.storage.ledger import Ledger


def match_decision(
    ledger: "Ledger", as_typed: GivenDecision, given: Decision | None, year: int, of_units: Iterable[int]
) -> tuple[Decision | None, list[str]]:
    """The decision that is meant by what was told for `year`, `given` once read, and what to say of it.

    Decisions of other provinces than that of `of_units` are none of theirs. One on record by a worse spelling gets the
    better one. Raises DecisionDiffers, WhichDecision.
    """
    if given is None:
        return None, []
    pool = every_decision(ledger.connection)
    if is_of_several(ledger.connection):
        pool = DecisionHomes(ledger.connection).of_units(pool, of_units)
    matched = find_decision(pool, given, year, as_typed.chosen)
    remarks = [*respell(ledger, matched), *decision_remarks(given, matched)]
    if as_typed.number and lacks_marks(as_typed.number):
        text = _("{given} was read as {known}.")
        typed = given.number.replace("QĐ", "QD")
        remarks.insert(0, text.format(given=typed, known=decision_words(matched.decision)))
    return matched.decision, remarks


def units_called(ledger: "Ledger", typed: Sequence[str]) -> Iterator[int]:
    """The units of these names, as far as they are clear; whoever records for them refuses the others."""
    for name in typed:
        with suppress(NtmError):
            yield look_up(ledger.connection, name, MatchTerms()).unit.id


class DecisionMatcher:
    """Which decisions on record corrected recognitions mean; those on which only they rest are none of them."""

    def __init__(self, ledger: "Ledger", corrected: Sequence[int], of_units: Sequence[int]) -> None:
        self._ledger = ledger
        self._pool = on_record(ledger.connection, corrected)
        if is_of_several(ledger.connection):
            self._pool = DecisionHomes(ledger.connection).of_units(self._pool, of_units)
        self._found: dict[tuple[Decision, int | None], MatchedDecision] = {}

    def settled(self, new: Recognition, *, takes_day: bool) -> Recognition:
        """The recognition, resting on the decision that is meant, where `takes_day` also on one whose day it lacks.

        Raises DecisionDiffers, WhichDecision.
        """
        given = new.decision
        if given is None or given.id is not None or not (given.signed_on or takes_day):
            return new
        key = (given, new.year)
        if key not in self._found:
            self._found[key] = find_decision(self._pool, given, new.year)
        return new._replace(decision=self._found[key].decision)

    def put_right(self) -> list[str]:
        """Puts spellings on record right; what to say of that and of what was taken for granted."""
        remarks: list[str] = []
        for (given, _year), matched in self._found.items():
            remarks += [*respell(self._ledger, matched), *decision_remarks(given, matched)]
        return list(dict.fromkeys(remarks))


def respell(ledger: "Ledger", matched: MatchedDecision) -> list[str]:
    """Gives the decision on record its better spelling; what to say of that."""
    if not matched.respelled:
        return []
    before = ", ".join(dict.fromkeys(decision.number for decision in matched.respelled))
    count = ledger.respell(matched.respelled, matched.decision.number)
    text = ngettext(
        "{before} on record is the same decision and is now spelled {after}, of {count} recognition.",
        "{before} on record is the same decision and is now spelled {after}, of {count} recognitions.",
        count,
    )
    return [text.format(before=before, after=matched.decision.number, count=number(count))]


def decision_remarks(given: Decision, matched: MatchedDecision) -> Iterator[str]:
    """What was taken for granted of a decision, for whoever told it."""
    decision = matched.decision
    if decision.number != given.number:
        text = _("{given} was taken for {known}, the decision on record that it fits.")
        yield text.format(given=given.number, known=decision_words(decision))
    elif decision.signed_on and not given.signed_on:
        text = _("The day of {decision} was taken from the ledger.")
        yield text.format(decision=decision_words(decision))
    elif matched.apart and not decision.signed_on:
        yield _of_other_years(matched)
    if given.signed_on and any(decision.signed_on is None for decision in matched.known):
        text = _("{decision} was recorded before without its day: what was recorded under it then keeps none.")
        yield text.format(decision=titled(decision.number))
    if key_of(decision.number).is_short:
        text = _("The number {number} lacks the letters behind it, as in {number}/QĐ-UBND.")
        yield text.format(number=decision.number)


def _of_other_years(matched: MatchedDecision) -> str:
    """That decisions of the number are on record, and none was taken."""
    days = ", ".join(dict.fromkeys(show_day(decision.signed_on) for decision in matched.apart))
    ways = _(" or ").join(dict.fromkeys(f"--date {show_day(decision.signed_on)}" for decision in matched.apart))
    text = _("{decision} on record is of {days}, which does not fit the year: taken without a day. If meant: {ways}")
    return text.format(decision=titled(matched.decision.number), days=days, ways=ways)


def ask_which_decision(session: Session, given: GivenDecision, act: Callable[[GivenDecision], None]) -> None:
    """Does `act`; where several decisions fit, asks which on a terminal and does it with that one."""
    try:
        act(given)
    except WhichDecision as several:
        if not session.can_ask:
            raise
        fitting = several.facts["known"]
        assert isinstance(fitting, list)
        words = [decision_and_issuer(decision) for decision in fitting]
        chosen = session.choose(several.lines()[0], words)
        if chosen is None:
            raise
        decision = fitting[chosen]
        typed = decision.number if is_tidy(decision.number) else given.number
        act(GivenDecision(typed, decision.signed_on or given.signed_on, decision.issuer or given.issuer, decision))
