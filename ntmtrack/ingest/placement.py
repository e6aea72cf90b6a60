"""The claims of a table's rows, each placed among what is on record and what rows before it have told."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from ntmtrack.dates import show_day
from ntmtrack.errors import NtmError
from ntmtrack.i18n import _
from ntmtrack.ingest import CellRef, Problem, ProblemKind
from ntmtrack.ingest.columns import Field
from ntmtrack.ingest.merge import (
    Ending,
    RecordedEdits,
    before_its_end,
    contradicts,
    in_detail,
    is_later,
    is_office,
    is_on_record,
    is_weaker,
    merely_repeats,
    merge_told,
    revocation_text,
    revoked_already,
    same_fact,
    told_again,
)
from ntmtrack.ingest.plan import Change
from ntmtrack.ingest.read_units import UnitNaming
from ntmtrack.ingest.resolve import RecognitionClaim, refused_draft
from ntmtrack.ingest.revocations import RevocationText
from ntmtrack.model import Act, Decision, Recognition, Unit
from ntmtrack.progress.constituents import Constituent, odd_acknowledgement
from ntmtrack.rules import check_recognition, evidence, repeated, when
from ntmtrack.storage.ledger import Ledger
from ntmtrack.text import few


def row_of(ref: CellRef) -> tuple[str, int]:
    """The row of a cell, with its sheet."""
    return ref.sheet, ref.row


class RecognitionPlacement:
    """What the claims placed so far do to the ledger: new, corrected, the same, or refused in `problems`."""

    def __init__(
        self,
        recorded: Mapping[int, Sequence[Recognition]],
        edits: RecordedEdits,
        file: str,
        constituents: Callable[[], Mapping[int, Sequence[Constituent]]],
        odd: Callable[[Unit, Recognition], list[str]],
    ) -> None:
        self.new: list[Change] = []
        self.changed: list[Change] = []
        self.same: list[Change] = []
        self.problems: list[Problem] = []
        self.revoked: list[str] = []  # what only remarks say was taken back
        self.over_edits: list[str] = []
        self._recorded, self._edits, self._file = recorded, edits, file
        self._constituents, self._odd = constituents, odd
        self._claims: list[RecognitionClaim] = []
        self._by_level: dict[tuple[int, str], list[RecognitionClaim]] = defaultdict(list)
        self._now: dict[int, list[Recognition]] = {}
        self._warnings: list[tuple[CellRef, str, str]] = []  # the cell, the unit, what is odd
        self._taken_back: list[str] = []
        self._writes: list[tuple[int, Recognition]] = []
        self._voids: list[int] = []
        self._endings: list[Ending] = []

    @property
    def remarks(self) -> list[str]:
        """The corrections taken back, and what is odd though not wrong."""
        odd: dict[str, list[tuple[CellRef, str]]] = defaultdict(list)
        for ref, unit, text in sorted(self._warnings):
            odd[text.removeprefix(f"{unit}: ")].append((ref, unit))
        return [*self._taken_back, *(_said_once(text, units) for text, units in odd.items())]

    @property
    def decisions(self) -> set[Decision | None]:
        """The decisions of what is written."""
        return {
            new.decision for new in (*(new for _unit, new in self._writes), *(ending.new for ending in self._endings))
        }

    def written(self, sheet: str) -> list[tuple[UnitNaming, Unit]]:
        """The rows of a sheet of which anything is written, and their units."""
        refs = {change.ref for change in (*self.new, *self.changed) if change.ref.sheet == sheet}
        rows = ((claim.draft.naming, claim.unit) for claim in self._claims)
        return [(naming, unit) for naming, unit in rows if naming.ref in refs]

    def write(self, ledger: Ledger) -> None:
        """Writes it in the ledger's open action."""
        ledger.void("recognition", self._voids)
        for ending in self._endings:
            ending.write(ledger)
        ledger.record_all(self._writes)

    def place(self, claim: RecognitionClaim) -> None:
        """Places one more claim; those of a unit come in the order of their years."""
        self._claims.append(claim)
        earlier = self._by_level[claim.unit.id, claim.level.key]
        # A ledger, and what is written from it, may hold one level twice, of two periods; another list tells it once.
        once = not (claim.draft.of_export or claim.draft.of_form)
        if first := next(
            (other for other in earlier if once or repeated(claim.recognition, [other.recognition])), None
        ):
            self._twice(claim, first)
            return
        earlier.append(claim)
        recorded = self._now.get(claim.unit.id) or self._recorded.get(claim.unit.id, [])
        revoked = claim.draft.revoked
        old = (
            same_fact(claim.recognition, recorded)
            if revoked
            else repeated(claim.recognition, recorded) or told_again(claim.recognition, recorded)
        )
        if old and old.revoked_on:
            self._place_ended(claim, old)
        elif new := self._merged(claim, old):
            if old and new == old and not revoked:
                self.same.append(self._change(claim, new))
            else:
                self._place_new(claim, new, old, recorded)

    def _place_new(
        self, claim: RecognitionClaim, new: Recognition, old: Recognition | None, recorded: Sequence[Recognition]
    ) -> None:
        """Places what the ledger lacks, or has otherwise (`old`): a recognition, or its end."""
        revoked, others = claim.draft.revoked, [entry for entry in recorded if entry is not old]
        try:
            if revoked:
                warnings = check_recognition(claim.unit, new, before_its_end(claim.recognition, others))
            else:
                warnings = [*check_recognition(claim.unit, new, others, old), *self._odd(claim.unit, new)]
        except NtmError as refused:
            self.problems.append(refused_draft(claim.draft, refused))
            return
        if new.basis is Act.ACKNOWLEDGED:
            warnings += odd_acknowledgement(claim.unit, new, self._constituents().get(claim.unit.id, ()))
        self._warnings.extend((claim.draft.naming.ref, claim.unit.full_title, text) for text in warnings)
        self._now[claim.unit.id] = [*others, new._replace(revoked_on=revoked.day) if revoked else new]
        if corrected := old if new != old else None:
            assert corrected.id is not None
            self._note_edit(claim, corrected, new)
            self._voids.append(corrected.id)
        written = new._replace(id=None, source=new.source or self._source(claim, old))
        change = self._change(claim, new, old)
        if revoked:
            self._endings.append(Ending(claim.unit, written, revoked, old.id if old and not corrected else None))
            change = change._replace(fact=f"{change.fact}; {revocation_text(revoked)}")
            self._note_end(claim, revoked)
        else:
            self._writes.append((claim.unit.id, written))
        (self.changed if old else self.new).append(change)

    def _merged(self, claim: RecognitionClaim, old: Recognition | None) -> Recognition | None:
        """What is told with what is on record; None where the row must not change that, which is a problem."""
        incoming, revoked = claim.recognition, claim.draft.revoked
        if revoked:
            is_remark = old is not None and revoked.ref == claim.draft.refs.get(Field.NOTE)  # the revocation's, then
            incoming = incoming._replace(revoked_on=None, note=None if is_remark else incoming.note)
        if old is None:
            return incoming
        if claim.draft.of_form and merely_repeats(old, incoming):
            return old  # nobody need have looked at what the form said by itself
        new = merge_told(old, incoming)
        if is_later(old, incoming):
            says = _("it is on record for a later year than the row says ({evidence})")
        elif new != old and is_weaker(incoming, old):
            says = _("it is on record by better evidence ({evidence}); this row does not replace that")
        else:
            return new
        self._rule(claim, says.format(evidence=evidence(old)))
        return None

    def _place_ended(self, claim: RecognitionClaim, old: Recognition) -> None:
        """Places what is told of a recognition whose revocation is on record already."""
        revoked = claim.draft.revoked
        if revoked and not is_on_record(old, revoked):
            says = _("on record it was revoked on another day, {day}").format(day=show_day(old.revoked_on))
            self._rule(claim, says)
        elif revoked is None or contradicts(old, claim.recognition):
            self._rule(claim, revoked_already(old))
        else:
            self.same.append(self._change(claim, old))

    def _source(self, claim: RecognitionClaim, old: Recognition | None) -> str | None:
        """The file as the source of what is new; a table with a column of sources tells them all."""
        is_known = Field.SOURCE in claim.draft.refs or (old and is_office(old))
        return None if is_known else self._file

    def _note_edit(self, claim: RecognitionClaim, old: Recognition, new: Recognition) -> None:
        """Notes a correction with a reason that the row takes back."""
        if edit := self._edits.undone(claim.unit.id, old, new):
            text = _("{place}: {unit} was corrected ({edit}), which this row takes back")
            place = claim.draft.naming.ref.address
            self._taken_back.append(text.format(place=place, unit=claim.unit.full_title, edit=edit))
            self.over_edits.append(claim.unit.full_title)

    def _note_end(self, claim: RecognitionClaim, revoked: RevocationText) -> None:
        """Notes a revocation of which only a remark tells."""
        if not revoked.in_column:
            unit, level = claim.unit.full_title, claim.level.label
            self.revoked.append(f"{revoked.ref.address}: {unit}, {level}: {revocation_text(revoked)}")

    def _twice(self, claim: RecognitionClaim, first: RecognitionClaim) -> None:
        if merge_told(first.recognition, claim.recognition) == first.recognition:
            return  # the same once more
        says = _("{unit} is told of at {level} here and, differently, in {place}")
        for row, other in ((claim, first), (first, claim)):
            place = other.draft.naming.ref.address
            text = says.format(unit=claim.unit.full_title, level=claim.level.label, place=place)
            self.problems.append(
                Problem(ProblemKind.TWICE, row.draft.naming.ref, text, _("keep the row that is right"))
            )

    def _change(self, claim: RecognitionClaim, new: Recognition, old: Recognition | None = None) -> Change:
        fact, before = evidence(new), evidence(old) if old else None
        if old and fact == before:  # then what differs is told beside it
            fact, before = (in_detail(entry, other) for entry, other in ((new, old), (old, new)))
        brief = f"{claim.level.label}, {when(new)}"
        place, held = claim.draft.naming.ref, (old or new).id
        return Change(claim.unit.full_title, f"{claim.level.label}, {fact}", before, place, brief, held)

    def _rule(self, claim: RecognitionClaim, says: str) -> None:
        self.problems.append(Problem(ProblemKind.RULE, claim.draft.ref(Field.YEAR), says, _("leave the row out")))


def _said_once(text: str, units: Sequence[tuple[CellRef, str]]) -> str:
    """What is odd of one unit or of several, each with its cell."""
    return f"{few([f'{ref.address} {unit}' for ref, unit in units], _NAMED)}: {text}"


_NAMED = 5
