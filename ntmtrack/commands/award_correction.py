"""Which award on record a correction means, and what of it stays."""

from collections.abc import Mapping

from ntmtrack.emulation.achievements import award_words
from ntmtrack.emulation.registers import GivenAward
from ntmtrack.errors import NothingAwarded
from ntmtrack.model import Unit
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries.emulation import awards
from ntmtrack.storage.queries.given_awards import lines_on_record
from ntmtrack.text import few, squeeze

_NAMED = 5
_KEPT = ("level", "recipient", "authority", "over", "source", "note", "person")


def award_meant(connection: Connection, new: GivenAward, unit: Unit) -> GivenAward:
    """The award on record of the unit, the form and the year, of the level, recipient, person where they are told.

    Raises NothingAwarded where there is none, or several.
    """
    lines = lines_on_record(connection)
    own = [one for one in awards(connection) if (one.unit_id, one.year) == (unit.id, new.year)]
    alike = [one for one in own if _is_same_form(one, new, lines) and _fits(one, new)]
    exactly = [one for one in alike if squeeze(one.recipient or "") == squeeze(new.recipient or "")]
    if len(alike) > 1:
        alike = exactly
    if len(alike) > 1 and new.person:
        alike = [one for one in alike if squeeze(one.person or "") == squeeze(new.person)]
    if len(alike) != 1:
        known = few([award_words(one) for one in own], _NAMED) or "–"
        raise NothingAwarded(unit=unit.full_title, year=new.year, known=known)
    return alike[0]


def _is_same_form(one: GivenAward, new: GivenAward, lines: Mapping[str, str]) -> bool:
    """Whether an award is of the form, perhaps by a movement whose place the one of the other took."""
    if new.form is None:
        return one.form is None and squeeze(one.name) == squeeze(new.name)
    line, other = (lines.get(award.movement or "", award.movement) for award in (one, new))
    return line == other and one.form == new.form


def _fits(one: GivenAward, new: GivenAward) -> bool:
    is_of_recipient = new.recipient is None or squeeze(one.recipient or "") == squeeze(new.recipient)
    return is_of_recipient and new.level in (None, one.level)


def filled(new: GivenAward, old: GivenAward, places: int | None) -> GivenAward:
    """An award with all that its correction does not tell anew as it was; `places` are those that were told."""
    kept = {name: getattr(new, name) or getattr(old, name) for name in _KEPT}
    kept["achievement"] = new.achievement or old.achievement
    if new.number is None:
        kept |= {"number": old.number, "signed_on": old.signed_on}
    return new._replace(**kept, places=places or old.places)
