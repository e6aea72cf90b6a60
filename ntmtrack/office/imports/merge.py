"""A recognition on record and the same one told again: what of it a row changes, and whose correction."""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

from ntmtrack.dates import last_day, show_day
from ntmtrack.i18n import _, day
from ntmtrack.model import Confidence, Recognition
from ntmtrack.rules import evidence
from ntmtrack.storage.queries.actions import Edit, edits


def merged(old: Recognition, told: Recognition) -> Recognition:
    """What is on record with whatever the row tells besides; `old` itself where it tells nothing more.

    What the row leaves open stays, the source too; a made-up recognition is replaced by the office's own with its
    source, never the other way round. The decision that is told was found with the one on record in mind.
    """
    new = old._replace(
        level=told.level,
        programme=told.programme if told.year else old.programme,
        year=told.year or old.year,
        known_by=None if told.year or old.year else _earlier(old.known_by, told.known_by),
        decision=told.decision or old.decision,
        announced_on=_later_known(old.announced_on, told.announced_on),
        note=told.note or old.note,
    )
    is_same = _facts(new) == _facts(old)
    new = new._replace(source=told.source or (old.source if is_office(old) else None))
    if is_same and new.source == old.source and (is_office(old) or old.confidence is told.confidence):
        return old
    return new._replace(confidence=told.confidence)


def is_weaker(told: Recognition, old: Recognition) -> bool:
    """Whether a row rests on less than what is on record: made up, or inferred."""
    order = (Confidence.ILLUSTRATIVE, Confidence.INFERRED)
    ranks = [order.index(one.confidence) if one.confidence in order else len(order) for one in (told, old)]
    return ranks[0] < ranks[1]


def _facts(known: Recognition) -> tuple[object, ...]:
    return (known.year, known.known_by, known.level, known.decision, known.announced_on, known.note)


def contradicts(old: Recognition, told: Recognition) -> bool:
    """Whether a row tells another time, decision or day of announcement than is on record, whatever its remark."""
    return _facts(merged(old, told))[:-1] != _facts(old)[:-1]


def is_later(old: Recognition, told: Recognition) -> bool:
    """Whether the year on record ends only after the day by which a row knows of the recognition."""
    return bool(old.year and not told.year and told.known_by and last_day(told.known_by).year < old.year)


def is_office(known: Recognition) -> bool:
    """Whether a recognition rests on an office or an official page, so that telling it again adds nothing."""
    return known.confidence in (Confidence.RECORDED, Confidence.CONFIRMED)


def _earlier(old: str | None, told: str | None) -> str | None:
    """The earlier of two days by which something is known: it says more."""
    return min(filter(None, (old, told)), key=last_day, default=None)


def _later_known(old: str | None, told: str | None) -> str | None:
    """A day, the one that says more where they agree."""
    return old if old and told and old.startswith(told) else told or old


def in_detail(one: Recognition, other: Recognition) -> str:
    """How a recognition is known, with what `evidence` leaves out and in which it differs from another."""
    pairs = zip(_details(one), _details(other), strict=True)
    return "; ".join([evidence(one), *(own or "–" for own, others in pairs if own != others)])


def _details(known: Recognition) -> tuple[str | None, ...]:
    announced = _("announced {day}").format(day=show_day(known.announced_on)) if known.announced_on else None
    issuer = known.decision.issuer if known.decision else None
    return announced, issuer, known.note, known.source, known.confidence.label


class EditsUndone:
    """Knows the corrections on record; read only once a row would change something."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @cached_property
    def _by_fact(self) -> dict[tuple[int, str], Sequence[Edit]]:
        found: dict[tuple[int, str], list[Edit]] = defaultdict(list)
        for one in edits(self._connection):
            found[one.unit_id, one.after.level].append(one)
        return dict(found)

    def undone(self, unit_id: int, old: Recognition, new: Recognition) -> str | None:
        """Who corrected what `new` takes back in the place of `old`, when and why; None where it takes nothing back."""
        is_now, will_be = _parts(old), _parts(new)
        for one in reversed(self._by_fact.get((unit_id, old.level), ())):
            before, after = _parts(one.before), _parts(one.after)
            if any(
                was != then and now == then and next_ != then
                for was, then, now, next_ in zip(before, after, is_now, will_be, strict=True)
            ):
                when = day(datetime.fromisoformat(one.at).astimezone().date())
                return _("{who}, {day}, “{reason}”").format(who=one.who, day=when, reason=one.reason)
        return None


def _parts(known: Recognition) -> tuple[object, ...]:
    """What a correction may have changed, part by part."""
    decision = known.decision[:3] if known.decision else (None, None, None)
    return (known.year or known.known_by, *decision, known.announced_on, known.source, known.note)
