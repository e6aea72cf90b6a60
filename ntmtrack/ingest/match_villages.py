"""Which village of a commune a row means."""

from ntmtrack.i18n import _
from ntmtrack.ingest import Problem, ProblemKind
from ntmtrack.ingest.read_units import UnitNaming
from ntmtrack.model import Unit
from ntmtrack.storage.queries.units import Register
from ntmtrack.text import few, letters
from ntmtrack.units import split_village_kind
from ntmtrack.units.finder import MatchTerms


def village_in(register: Register, naming: UnitNaming, commune: Unit, terms: MatchTerms) -> Unit | Problem:
    """The one village of a commune that a row names, as it stood at the time of the terms; else what is wrong."""
    assert naming.village
    text, ref = naming.village
    kind, name = split_village_kind(text)
    kind = kind or naming.village_kind
    if kind is None and not any(map(str.isalpha, name)):  # 3 may be how many there are
        says = _("“{text}” may be a number of villages as well as the name of one").format(text=text)
        return Problem(ProblemKind.UNIT, ref, says, _("write the kind before it, as “thôn 3”"))
    called = [unit for unit in register.villages(commune.id) if letters(unit.name) == letters(name)]
    meant = [unit for unit in called if kind in (None, unit.kind)]
    standing = {unit.id: unit for unit in meant if terms.stands(unit)} or {unit.id: unit for unit in meant}
    if len(standing) == 1:
        return next(iter(standing.values()))
    if standing:
        villages = few([unit.title for unit in standing.values()])
        says = _("{unit} has several villages of this name: {villages}").format(unit=commune.title, villages=villages)
        return Problem(ProblemKind.UNIT, ref, says, _("write its kind before the name"))
    says = _("{unit} has no village “{name}” on record").format(unit=commune.title, name=text)
    fix = _("take in its list of villages first: --what units; or correct the name")
    return Problem(ProblemKind.UNIT, ref, says, fix)
