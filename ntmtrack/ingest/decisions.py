"""The decisions that the rows of a table tell, each found among those of the table and those on record."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from ntmtrack.dates import show_day
from ntmtrack.decisions import GivenDecision, days_agree, key_of, lacks_marks, read_given, titled
from ntmtrack.i18n import _
from ntmtrack.ingest import CellRef, Problem, ProblemKind
from ntmtrack.ingest.columns import Field
from ntmtrack.ingest.read_recognitions import Defaults, RecognitionDraft
from ntmtrack.model import Decision, Recognition
from ntmtrack.rules import decision_words
from ntmtrack.storage.decisions import MatchedDecision, contradict, find_decision
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries.decision_homes import DecisionHomes
from ntmtrack.storage.queries.recognitions import every_decision
from ntmtrack.text import few

if TYPE_CHECKING:
    from ntmtrack.storage.ledger import Ledger

Recorded = Mapping[int, Sequence[Recognition]]
_FIELDS = (Field.DATE, Field.DECISION, Field.MARK)


class TableDecisions:
    """Knows every decision that the table tells before any row is taken: what one row leaves open another may tell."""

    def __init__(self, recorded: Recorded, on_record: Sequence[Decision], homes: DecisionHomes | None = None) -> None:
        self._recorded = recorded
        self._homes = homes
        self._sole_use = _sole_use(recorded)
        self._by_figures: dict[str, list[Decision]] = defaultdict(list)  # by figures, on record and in the table
        self._refs: dict[Decision, CellRef] = {}
        self._meanings: dict[MatchedDecision, None] = {}
        self._assumed: dict[str, list[CellRef]] = defaultdict(list)
        for decision in on_record:
            self._by_figures[_figures(decision.number)].append(decision)

    def learn(self, drafts: Sequence[RecognitionDraft]) -> Iterator[Problem]:
        """Takes note of all that the rows tell; gives the problems of those that contradict each other."""
        pairs = [(draft, decision) for draft in drafts if not draft.of_export and (decision := draft_decision(draft))]
        for draft, decision in pairs:
            self._refs.setdefault(decision, draft.ref(*_FIELDS))
        new: dict[str, list[Decision]] = defaultdict(list)
        for decision in self._refs:
            new[_figures(decision.number)].append(decision)
        for draft, decision in pairs:
            for other in new[_figures(decision.number)]:
                if contradict(decision, other):
                    yield self._two_days(draft, decision, other)
        for figures, decisions in new.items():
            self._by_figures[figures].extend(decisions)

    def settled(self, draft: RecognitionDraft, year: int, unit_id: int, level: str) -> Decision | None:
        """The decision that a row means; raises DecisionDiffers, WhichDecision.

        What `export` wrote tells all that there is of a decision: there no other row adds to it.
        """
        given = draft_decision(draft)
        if given is None:
            if draft.signed_on and not draft.announced_on:
                self._say(draft, _("a day without the number of a decision: kept as the day of announcement"))
            return None
        recorded = self._own(draft, unit_id, level)
        pool = [
            decision
            for decision in self._by_figures[_figures(given.number)]
            # A decision that nothing else rests on may have another day, which the row corrects.
            if (days_agree(decision, given) or self._sole_use.get(decision.id) != (unit_id, level))
            and not (draft.of_export and decision.id is None)
        ]
        if self._homes:
            pool = self._homes.of_units(pool, [unit_id])
        meaning = find_decision(pool, given, year, recorded)
        for text in _assumptions(draft, given, meaning, recorded):
            self._say(draft, text)
        self._meanings[meaning] = None
        return meaning.decision

    def _own(self, draft: RecognitionDraft, unit_id: int, level: str) -> Decision | None:
        """The decision on which what the row tells rests already."""
        same_level = [entry for entry in self._recorded.get(unit_id, ()) if entry.level == level]
        entry = next(
            (entry for entry in same_level if entry.year == draft.year), same_level[0] if len(same_level) == 1 else None
        )
        return entry.decision if entry else None

    def _two_days(self, draft: RecognitionDraft, decision: Decision, other: Decision) -> Problem:
        says = _("decision {number} is of {day} here and of {other} in {place}").format(
            number=decision.number,
            day=show_day(decision.signed_on),
            other=show_day(other.signed_on),
            place=self._refs[other].address,
        )
        return Problem(ProblemKind.DECISION, draft.ref(*_FIELDS), says, _("write the right day in both"))

    def _say(self, draft: RecognitionDraft, text: str) -> None:
        ref = draft.ref(*reversed(_FIELDS))
        if ref not in self._assumed[text]:
            self._assumed[text].append(ref)

    def put_right(self, ledger: "Ledger", written: Collection[Decision | None]) -> None:
        """Gives decisions on record the better spelling by which they were written."""
        for meaning in self._meanings:
            if meaning.respelled and meaning.decision in written:
                ledger.respell(meaning.respelled, meaning.decision.number)

    @property
    def remarks(self) -> list[str]:
        """What was taken for granted, each with the cells of which it was."""
        return [f"{few([ref.address for ref in refs], 6)}: {text}" for text, refs in self._assumed.items()]


def _assumptions(
    draft: RecognitionDraft, given: Decision, meaning: MatchedDecision, recorded: Decision | None
) -> Iterator[str]:
    """What was taken for granted of the decision of a row."""
    decision = meaning.decision
    typed = _without_marks(draft, given) or given.number
    if typed != decision.number:
        yield _("{given} was read as {known}").format(given=typed, known=decision_words(decision))
    elif decision.signed_on and not given.signed_on and recorded not in (decision, *meaning.known):
        text = _("the day of {decision} was taken from the ledger or from other rows")
        yield text.format(decision=decision_words(decision))
    elif meaning.apart and not decision.signed_on:
        days = ", ".join(dict.fromkeys(show_day(other.signed_on) for other in meaning.apart if other.signed_on))
        text = _("{decision} on record is of {days}, which does not fit the year: taken without a day")
        yield text.format(decision=titled(given.number), days=days)
    for respelled in meaning.respelled:
        yield _("{before} on record is the same decision, spelled {after} from now on").format(
            before=respelled.number, after=decision.number
        )


def _without_marks(draft: RecognitionDraft, given: Decision) -> str:
    """The number as its cell spells it where that lacks the mark of QĐ; "" where it does not."""
    cell = draft.refs.get(Field.DECISION)
    return given.number.replace("QĐ", "QD") if cell and lacks_marks(cell.text) else ""


def draft_decision(draft: RecognitionDraft) -> Decision | None:
    """The decision as a row tells it."""
    return Decision(draft.number, draft.signed_on, draft.issuer) if draft.number else None


def _figures(number: str) -> str:
    key = key_of(number)
    return key.figures or key.letters


def _sole_use(recorded: Recorded) -> dict[int | None, tuple[int, str] | None]:
    """Of each decision on record, the unit and level that alone rest on it; None where several do."""
    uses: dict[int | None, tuple[int, str] | None] = {}
    for unit_id, entries in recorded.items():
        for entry in entries:
            if entry.decision:
                use = (unit_id, entry.level)
                uses[entry.decision.id] = use if uses.get(entry.decision.id, use) == use else None
    return uses


def decision_told(connection: Connection, told: Defaults, today: date) -> Decision | None:
    """The decision told for all rows, the one on record where it fits; raises as `record` does, and WhichDecision."""
    given = read_given(GivenDecision(told.number, told.signed_on, told.issuer)) if told.number else None
    if given is None:
        return None
    year = int(given.signed_on[:4]) if given.signed_on else today.year
    return find_decision(every_decision(connection), given, year).decision
