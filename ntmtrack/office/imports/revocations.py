"""Recognitions that a table says were taken back: recorded, and revoked from the day that it tells."""

from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.dates import agree, first_day, last_day, show_day
from ntmtrack.decisions import in_full
from ntmtrack.i18n import _
from ntmtrack.model import Recognition, Unit
from ntmtrack.office.imports.merge import merged
from ntmtrack.office.imports.plan import Terms
from ntmtrack.rules import evidence
from ntmtrack.sheets.problems import Kind, Problem
from ntmtrack.sheets.read_recognitions import Draft
from ntmtrack.sheets.revocations import Revoked
from ntmtrack.storage.ledger import Ledger


class Ending(NamedTuple):
    """A recognition that is revoked: the one on record with the id `known`, or `new`, which is written first."""

    unit: Unit
    new: Recognition
    revoked: Revoked
    known: int | None = None

    def write(self, ledger: Ledger) -> None:
        """Writes it in the ledger's open action."""
        key = self.known if self.known is not None else ledger.record(self.unit, self.new)
        assert self.revoked.day is not None
        ledger.revoke(key, self.revoked.day, self.revoked.decision, self.revoked.reason)


def unclear(revoked: Revoked, draft: Draft, unit: Unit, told: Recognition, terms: Terms) -> Problem | None:
    """Why what a row says of a revocation cannot be taken, with the way to record it; None where it can."""
    if draft.is_one_of_several:
        says = _("the row says that something was taken back, and not which of its levels")
    elif revoked.day is None:
        says = _("the row says that it was taken back, and not on which day")
    elif last_day(revoked.day) < first_day(told.decided_on or told.since()):
        says = _("it would be taken back on {day}, before it was recognised").format(day=show_day(revoked.day))
    elif terms.refuse_revoked and not revoked.in_column:
        says = _("a remark says that it was taken back")
    else:
        return None
    fix = _("take this out of the row and import it, then: {command}").format(command=_command(revoked, unit, told))
    return Problem(Kind.RULE, revoked.spot, says, fix)


def _command(revoked: Revoked, unit: Unit, told: Recognition) -> str:
    """The command that records the revocation, once the recognition is on record."""
    parts = ["ntmtrack revoke", unit.handle, "--level", told.level]
    parts += ["--date", show_day(revoked.day) or _("DAY")]
    parts += ["--decision", f'"{revoked.decision.number}"'] if revoked.decision else []
    return " ".join(parts)


def same_fact(told: Recognition, held: Sequence[Recognition]) -> Recognition | None:
    """The recognition on record of the same level and time, revoked ones first."""
    same = [
        one
        for one in held
        if (one.level, one.programme) == (told.level, told.programme)
        and (one.year or one.known_by) == (told.year or told.known_by)
    ]
    return min(same, key=lambda one: one.revoked_on is None, default=None)


def is_on_record(known: Recognition, revoked: Revoked) -> bool:
    """Whether the ledger holds a recognition as revoked on the day that is told, or on any where none is."""
    return known.revoked_on is not None and agree(known.revoked_on, revoked.day)


def revoked_already(old: Recognition) -> str:
    """That a recognition on record has ended, which a row told otherwise does not change."""
    says = _("it is on record ({evidence}) and was revoked later; an import does not change that")
    return says.format(evidence=evidence(old))


def told_again(told: Recognition, held: Sequence[Recognition]) -> Recognition | None:
    """The revoked recognition that is told once more just as it is on record, by a list from before its revocation."""
    revoked = (one for one in held if one.revoked_on and same_fact(told, [one]))
    return next((one for one in revoked if merged(one, told) == one), None)


def as_on_record(draft: Draft, told: Recognition, held: Sequence[Recognition]) -> Draft | None:
    """A draft whose revocation has been recorded, by hand for one, so that nothing of it is unclear; None before that.

    Of a row with several levels it was perhaps another that was taken back: then this one stands.
    """
    revoked = draft.revoked
    if revoked is None:
        return None
    known = same_fact(told, held)
    if known and is_on_record(known, revoked):
        return draft
    others = (one for one in held if one.level != told.level and is_on_record(one, revoked))
    return draft._replace(revoked=None) if draft.is_one_of_several and known and any(others) else None


def before_its_end(told: Recognition, held: Sequence[Recognition]) -> list[Recognition]:
    """Of the others on record those that a revoked recognition stood beside; the later ones came after its end."""
    ended = (told.revoked_on or "")[:4]
    return [one for one in held if one.since()[:4] < ended]


def words(revoked: Revoked) -> str:
    """That it was revoked, from which day and by which decision."""
    text = _("revoked {day}").format(day=show_day(revoked.day))
    return f"{text}, {in_full(revoked.decision)}" if revoked.decision else text
