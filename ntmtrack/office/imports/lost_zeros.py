"""Codes of units whose leading zeros a spreadsheet has dropped: read as the whole ones, which is said."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ntmtrack.i18n import _, number
from ntmtrack.model import CODE_DIGITS, Tier
from ntmtrack.sheets.problems import Spot


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
