"""Codes of units as spreadsheets keep them: leading zeros that were dropped, codes that disagree with a name."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ntmtrack.i18n import _, number
from ntmtrack.ingest import CellRef, Problem, ProblemKind
from ntmtrack.ingest.read_units import CellText
from ntmtrack.model import CODE_DIGITS, Tier, Unit


def with_zeros(code: str, tier: Tier) -> str:
    """A code as units of a tier have it, with the zeros that a spreadsheet dropped: a commune’s "847" → "00847"."""
    return code.zfill(CODE_DIGITS.get(tier, 0)) if code.isascii() and code.isdigit() else code


class LostZeros(NamedTuple):
    """A code whose leading zeros a spreadsheet has dropped: where it stands, what is told, what it was read as."""

    ref: CellRef
    typed: str
    code: str


def lost_zeros_remarks(lost: Sequence[LostZeros]) -> Iterator[str]:
    """What to say of such codes, in one line."""
    if not lost:
        return
    first = {"place": lost[0].ref.address, "told": lost[0].typed, "code": lost[0].code}
    if len(lost) == 1:
        yield _("{place}: code {told} was read as {code}, its leading zeros being lost.").format(**first)
        return
    text = _("{count} codes were read with the leading zeros that they had lost ({place}: {told} as {code} …).")
    yield text.format(count=number(len(lost)), **first)


def no_such_code(code: CellText) -> Problem:
    """The problem of a code that no unit has."""
    says = _("no unit of this ledger has the code {code}").format(code=code.value)
    return Problem(ProblemKind.UNIT, code.ref, says, _("correct the code, or leave it empty and let the name tell"))


def code_disagrees(ref: CellRef, of_code: Unit) -> Problem:
    """The problem of a code whose unit is not what the row names."""
    says = _("the code and the name or district disagree: the code is that of {unit}").format(unit=of_code.full_title)
    return Problem(
        ProblemKind.UNIT, ref, says, _("write the code of the unit named here, or clear the cell of the code")
    )
