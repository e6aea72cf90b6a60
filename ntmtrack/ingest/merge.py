"""A recognition on record and the same one told again: what of it a row changes, and whose correction."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from ntmtrack.dates import agree, first_day, last_day, show_day
from ntmtrack.decisions import in_full
from ntmtrack.i18n import _, day
from ntmtrack.ingest import Problem, ProblemKind
from ntmtrack.ingest.plan import ImportTerms
from ntmtrack.ingest.read_recognitions import RecognitionDraft
from ntmtrack.ingest.revocations import RevocationText
from ntmtrack.model import Act, Confidence, Recognition, Unit
from ntmtrack.rules import evidence
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries.actions import RecordedEdit, edits


def merge_told(old: Recognition, incoming: Recognition) -> Recognition:
    """What is on record with whatever the row tells besides; `old` itself where it tells nothing more.

    What the row leaves open stays, the source too; a made-up recognition is replaced by the office's own with its
    source, never the other way round. The decision of the row was chosen with the one on record in mind.
    """
    new = old._replace(
        level=incoming.level,
        programme=incoming.programme if incoming.year else old.programme,
        year=incoming.year or old.year,
        known_by=None if incoming.year or old.year else _earlier(old.known_by, incoming.known_by),
        decision=incoming.decision or old.decision,
        announced_on=_later_known(old.announced_on, incoming.announced_on),
        note=incoming.note or old.note,
        basis=old.basis if incoming.basis is Act.RECOGNISED else incoming.basis,
    )
    is_same = _facts(new) == _facts(old)
    new = new._replace(source=incoming.source or (old.source if is_office(old) else None))
    if is_same and new.source == old.source and (is_office(old) or old.confidence is incoming.confidence):
        return old
    return new._replace(confidence=incoming.confidence)


def is_weaker(incoming: Recognition, old: Recognition) -> bool:
    """Whether a row rests on less than what is on record: made up, or inferred."""
    order = (Confidence.ILLUSTRATIVE, Confidence.INFERRED)
    ranks = [order.index(entry.confidence) if entry.confidence in order else len(order) for entry in (incoming, old)]
    return ranks[0] < ranks[1]


def _facts(entry: Recognition) -> tuple[object, ...]:
    return (entry.year, entry.known_by, entry.level, entry.decision, entry.announced_on, entry.basis, entry.note)


def contradicts(old: Recognition, incoming: Recognition) -> bool:
    """Whether a row tells another time, decision or day of announcement than is on record, whatever its remark."""
    return _facts(merge_told(old, incoming))[:-1] != _facts(old)[:-1]


def merely_repeats(old: Recognition, incoming: Recognition) -> bool:
    """Whether a row tells nothing but what is on record, be it only inferred."""
    return old.confidence is Confidence.INFERRED and _facts(merge_told(old, incoming)) == _facts(old)


def is_later(old: Recognition, incoming: Recognition) -> bool:
    """Whether the year on record ends only after the day by which a row knows of the recognition."""
    return bool(old.year and not incoming.year and incoming.known_by and last_day(incoming.known_by).year < old.year)


def is_office(entry: Recognition) -> bool:
    """Whether a recognition rests on an office or an official page, so that telling it again adds nothing."""
    return entry.confidence in (Confidence.RECORDED, Confidence.CONFIRMED)


def _earlier(old: str | None, incoming: str | None) -> str | None:
    """The earlier of two days by which something is known: it says more."""
    return min(filter(None, (old, incoming)), key=last_day, default=None)


def _later_known(old: str | None, incoming: str | None) -> str | None:
    """A day, the one that says more where they agree."""
    return old if old and incoming and old.startswith(incoming) else incoming or old


def in_detail(entry: Recognition, other: Recognition) -> str:
    """How a recognition is known, with what `evidence` leaves out and in which it differs from another."""
    pairs = zip(_details(entry), _details(other), strict=True)
    return "; ".join([evidence(entry), *(part or "–" for part, others in pairs if part != others)])


def _details(entry: Recognition) -> tuple[str | None, ...]:
    announced = _("announced {day}").format(day=show_day(entry.announced_on)) if entry.announced_on else None
    issuer = entry.decision.issuer if entry.decision else None
    return announced, issuer, entry.note, entry.source, entry.confidence.label


class RecordedEdits:
    """Knows the corrections on record; read only once a row would change something."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @cached_property
    def _by_fact(self) -> dict[tuple[int, str], Sequence[RecordedEdit]]:
        by_fact: dict[tuple[int, str], list[RecordedEdit]] = defaultdict(list)
        for edit in edits(self._connection):
            by_fact[edit.unit_id, edit.after.level].append(edit)
        return dict(by_fact)

    def undone(self, unit_id: int, old: Recognition, new: Recognition) -> str | None:
        """Who corrected what `new` takes back in the place of `old`, when and why; None where it takes nothing back."""
        is_now, will_be = _edited_parts(old), _edited_parts(new)
        for edit in reversed(self._by_fact.get((unit_id, old.level), ())):
            before, after = _edited_parts(edit.before), _edited_parts(edit.after)
            if any(
                was != then and now == then and next_ != then
                for was, then, now, next_ in zip(before, after, is_now, will_be, strict=True)
            ):
                when = day(datetime.fromisoformat(edit.at).astimezone().date())
                return _("{who}, {day}, “{reason}”").format(who=edit.who, day=when, reason=edit.reason)
        return None


def _edited_parts(entry: Recognition) -> tuple[object, ...]:
    """What a correction may have changed, part by part."""
    decision = entry.decision[:3] if entry.decision else (None, None, None)
    return (entry.year or entry.known_by, *decision, entry.announced_on, entry.source, entry.note, entry.basis)


class Ending(NamedTuple):
    """A recognition that is revoked: the one on record with the id `known`, or `new`, which is written first."""

    unit: Unit
    new: Recognition
    revoked: RevocationText
    known: int | None = None

    def write(self, ledger: Ledger) -> None:
        """Writes it in the ledger's open action."""
        key = self.known if self.known is not None else ledger.record(self.unit, self.new)
        assert self.revoked.day is not None
        ledger.revoke(key, self.revoked.day, self.revoked.decision, self.revoked.reason)


def unclear_revocation(
    revoked: RevocationText, draft: RecognitionDraft, unit: Unit, recognition: Recognition, terms: ImportTerms
) -> Problem | None:
    """Why what a row says of a revocation cannot be taken, with the way to record it; None where it can."""
    if draft.is_one_of_several:
        says = _("the row says that something was taken back, and not which of its levels")
    elif revoked.day is None:
        says = _("the row says that it was taken back, and not on which day")
    elif last_day(revoked.day) < first_day(recognition.decided_on or recognition.since()):
        says = _("it would be taken back on {day}, before it was recognised").format(day=show_day(revoked.day))
    elif terms.refuse_revoked and not revoked.in_column:
        says = _("a remark says that it was taken back")
    else:
        return None
    fix = _("take this out of the row and import it, then: {command}").format(
        command=_command(revoked, unit, recognition)
    )
    return Problem(ProblemKind.RULE, revoked.ref, says, fix)


def _command(revoked: RevocationText, unit: Unit, recognition: Recognition) -> str:
    """The command that records the revocation, once the recognition is on record."""
    parts = ["ntmtrack revoke", unit.handle, "--level", recognition.level]
    parts += ["--date", show_day(revoked.day) or _("DAY")]
    parts += ["--decision", f'"{revoked.decision.number}"'] if revoked.decision else []
    return " ".join(parts)


def same_fact(incoming: Recognition, recorded: Sequence[Recognition]) -> Recognition | None:
    """The recognition on record of the same level and time, revoked ones first."""
    same = [
        entry
        for entry in recorded
        if (entry.level, entry.programme) == (incoming.level, incoming.programme)
        and (entry.year or entry.known_by) == (incoming.year or incoming.known_by)
    ]
    return min(same, key=lambda entry: entry.revoked_on is None, default=None)


def is_on_record(entry: Recognition, revoked: RevocationText) -> bool:
    """Whether the ledger holds a recognition as revoked on the day that is told, or on any where none is."""
    return entry.revoked_on is not None and agree(entry.revoked_on, revoked.day)


def revoked_already(old: Recognition) -> str:
    """That a recognition on record has ended, which a row told otherwise does not change."""
    says = _("it is on record ({evidence}) and was revoked later; an import does not change that")
    return says.format(evidence=evidence(old))


def told_again(incoming: Recognition, recorded: Sequence[Recognition]) -> Recognition | None:
    """The revoked recognition that is told once more just as it is on record, by a list from before its revocation."""
    revoked = (entry for entry in recorded if entry.revoked_on and same_fact(incoming, [entry]))
    return next((entry for entry in revoked if merge_told(entry, incoming) == entry), None)


def as_on_record(
    draft: RecognitionDraft, incoming: Recognition, recorded: Sequence[Recognition]
) -> RecognitionDraft | None:
    """A draft whose revocation has been recorded, by hand for one, so that nothing of it is unclear; None before that.

    Of a row with several levels it was perhaps another that was taken back: then this one stands.
    """
    revoked = draft.revoked
    if revoked is None:
        return None
    same = same_fact(incoming, recorded)
    if same and is_on_record(same, revoked):
        return draft
    others = (entry for entry in recorded if entry.level != incoming.level and is_on_record(entry, revoked))
    return draft._replace(revoked=None) if draft.is_one_of_several and same and any(others) else None


def before_its_end(ended: Recognition, recorded: Sequence[Recognition]) -> list[Recognition]:
    """Of the others on record those that a revoked recognition stood beside; the later ones came after its end."""
    year = (ended.revoked_on or "")[:4]
    return [entry for entry in recorded if entry.since()[:4] < year]


def revocation_text(revoked: RevocationText) -> str:
    """That it was revoked, from which day and by which decision."""
    text = _("revoked {day}").format(day=show_day(revoked.day))
    return f"{text}, {in_full(revoked.decision)}" if revoked.decision else text
