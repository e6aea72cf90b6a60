"""What the entries of a register come to: by kind of giver, by sponsor, by block."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.emulation.entries import BLOCK, CONTRIBUTION, SPONSORSHIP
from ntmtrack.emulation.registers import Entry


class Sum(NamedTuple):
    """What several entries of a register come to: those of a kind of giver, an agency, a block.

    `amount` is in đồng, of a block in points; `untold` have none. `units` are the ids of the units, each once.
    """

    of: str
    entered: int
    amount: int
    untold: int
    units: tuple[int, ...]


def sums(book: str, entries: Sequence[Entry]) -> list[Sum]:
    """The sums of a register's entries: of contributions by kind of giver, sponsorship by agency, blocks by block."""
    if book not in _SUMMED_BY:
        return []
    by: dict[str, list[Entry]] = defaultdict(list)
    for one in entries:
        by[str(getattr(one, _SUMMED_BY[book]) or "")].append(one)
    return [_sum(of, of_one) for of, of_one in by.items()]


_SUMMED_BY = {CONTRIBUTION: "kind", SPONSORSHIP: "party", BLOCK: "what"}


def _sum(of: str, entries: Sequence[Entry]) -> Sum:
    told = [one.amount for one in entries if one.amount is not None]
    units = tuple(dict.fromkeys(one.unit_id for one in entries))
    return Sum(of, len(entries), sum(told), len(entries) - len(told), units)
