"""A recognition on record and the same one told again: what of it the row changes."""

from ntmtrack.model import Confidence, Decision, Recognition
from ntmtrack.text import squeeze


def merged(old: Recognition, told: Recognition) -> Recognition:
    """What is on record with whatever the row tells besides; `old` itself where it tells nothing more.

    What the row leaves open stays; a made-up recognition is replaced by the office's own, never the other way round.
    The source of a fact that changes is the row's; None where it names none.
    """
    new = old._replace(
        level=told.level,
        programme=told.programme if told.year else old.programme,
        year=told.year or old.year,
        known_by=None if told.year else old.known_by or told.known_by,
        decision=_fuller(old.decision, told.decision),
        announced_on=_later_known(old.announced_on, told.announced_on),
        note=told.note or old.note,
    )
    is_same = _facts(new) == _facts(old)
    keeps_source = _is_office(old) and is_same
    new = new._replace(source=told.source or (old.source if keeps_source else None))
    if is_same and new.source == old.source and (_is_office(old) or old.confidence is told.confidence):
        return old
    return new._replace(confidence=told.confidence)


def _facts(known: Recognition) -> tuple[object, ...]:
    return (known.year, known.known_by, known.level, known.decision, known.announced_on, known.note)


def _is_office(known: Recognition) -> bool:
    """Whether a recognition rests on an office or an official page, so that telling it again adds nothing."""
    return known.confidence in (Confidence.RECORDED, Confidence.CONFIRMED)


def _fuller(old: Decision | None, told: Decision | None) -> Decision | None:
    """The decision that tells more, the one told where they are two."""
    if old is None or told is None or told.id == old.id is not None:
        return told or old
    is_same = squeeze(old.number) == squeeze(told.number)
    day_known = not told.signed_on or (old.signed_on or "").startswith(told.signed_on)
    if is_same and day_known and (not told.issuer or squeeze(told.issuer) == squeeze(old.issuer or "")):
        return old
    return told


def _later_known(old: str | None, told: str | None) -> str | None:
    """A day, the one that says more where they agree."""
    return old if old and told and old.startswith(told) else told or old
