"""Codes of units: those that no unit has, and those whose leading zeros a spreadsheet has dropped."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ntmtrack.i18n import _, number
from ntmtrack.model import CODE_DIGITS, Tier, Unit
from ntmtrack.sheets.problems import Kind, Problem, Spot
from ntmtrack.sheets.read_units import Told


def with_zeros(code: str, tier: Tier) -> str:
    """A code as units of a tier have it, with the leading zeros that a spreadsheet may have dropped."""
    return code.zfill(CODE_DIGITS.get(tier, 0)) if code.isascii() and code.isdigit() else code


class LostZeros(NamedTuple):
    """A code whose leading zeros a spreadsheet has dropped: where it stands, what is told, what it was read as."""

    spot: Spot
    told: str
    code: str


def of_lost_zeros(lost: Sequence[LostZeros]) -> Iterator[str]:
    """What to say of such codes, in one line."""
    if not lost:
        return
    first = {"place": lost[0].spot.address, "told": lost[0].told, "code": lost[0].code}
    if len(lost) == 1:
        yield _("{place}: code {told} was read as {code}, its leading zeros being lost.").format(**first)
        return
    text = _("{count} codes were read with the leading zeros that they had lost ({place}: {told} as {code} …).")
    yield text.format(count=number(len(lost)), **first)


def no_such_code(code: Told) -> Problem:
    """The problem of a code that no unit has."""
    says = _("no unit of this ledger has the code {code}").format(code=code.value)
    return Problem(Kind.UNIT, code.spot, says, _("correct the code, or leave it empty and let the name tell"))


def disagreeing(spot: Spot, of_code: Unit) -> Problem:
    """The problem of a code whose unit is not what the row names."""
    says = _("the code and the name or district disagree: the code is that of {unit}").format(unit=of_code.full_title)
    return Problem(Kind.UNIT, spot, says, _("write the code of the unit named here, or clear the cell of the code"))
