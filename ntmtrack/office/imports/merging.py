"""A recognition on record and the same one told again: what of it the row changes."""

from ntmtrack.model import Confidence, Recognition


def merged(old: Recognition, told: Recognition) -> Recognition:
    """What is on record with whatever the row tells besides; `old` itself where it tells nothing more.

    What the row leaves open stays, the source too; a made-up recognition is replaced by the office's own with its
    source, never the other way round. The decision that is told was found with the one on record in mind.
    """
    new = old._replace(
        level=told.level,
        programme=told.programme if told.year else old.programme,
        year=told.year or old.year,
        known_by=None if told.year else old.known_by or told.known_by,
        decision=told.decision or old.decision,
        announced_on=_later_known(old.announced_on, told.announced_on),
        note=told.note or old.note,
    )
    is_same = _facts(new) == _facts(old)
    new = new._replace(source=told.source or (old.source if is_office(old) else None))
    if is_same and new.source == old.source and (is_office(old) or old.confidence is told.confidence):
        return old
    return new._replace(confidence=told.confidence)


def _facts(known: Recognition) -> tuple[object, ...]:
    return (known.year, known.known_by, known.level, known.decision, known.announced_on, known.note)


def is_office(known: Recognition) -> bool:
    """Whether a recognition rests on an office or an official page, so that telling it again adds nothing."""
    return known.confidence in (Confidence.RECORDED, Confidence.CONFIRMED)


def _later_known(old: str | None, told: str | None) -> str | None:
    """A day, the one that says more where they agree."""
    return old if old and told and old.startswith(told) else told or old
