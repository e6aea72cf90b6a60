"""Progress against a plan. Pure: facts, targets and a day in, values out; opens and prints nothing."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from ntmtrack.model import Programme, Tier

ABSENT = -1
Holds = Callable[[int], bool]  # whether a unit of this rank is counted


class Moment(NamedTuple):
    """A day to count recognitions on, and the day on which units are taken as alive.

    They differ only where the units of the scope all ended within that year, as on 1/7/2025: their last day is
    used then. `asked_on` is the day on which it is asked, where that matters; `listed_on` that of a later list, which
    stands for the units of the day.
    """

    day: date
    units_on: date
    asked_on: date | None = None
    listed_on: date | None = None

    @property
    def is_today(self) -> bool:
        """Whether the day is the one on which it is asked, in a year that has not ended."""
        return self.day == self.asked_on and (self.day.month, self.day.day) != (12, 31)

    @property
    def is_to_come(self) -> bool:
        """Whether the year has not begun: it has plans and no figures."""
        return self.asked_on is not None and self.day.year > self.asked_on.year


class Standings(NamedTuple):
    """`units` units of a tier that stood, at each moment, at the rank in `ranks`.

    0 is no level; ABSENT a unit not alive or not of a counted kind. `sourced` is the same without illustrative
    recognitions, `verified` without those of an earlier programme that no verified text carries over. `own_ranks` are
    the ranks recognised themselves at each moment, not those that only follow from a higher one; empty where not asked
    for.
    """

    tier: Tier
    ranks: tuple[int, ...]
    sourced: tuple[int, ...]
    verified: tuple[int, ...]
    units: int
    own_ranks: tuple[frozenset[int], ...] = ()


class Span(NamedTuple):
    """One recognition seen from a few moments: its rank counts at the moments from `first` up to, but not at, `last`.

    Example: Span(rank=1, first=1, last=4, …) of four moments counts at all but the first.
    """

    rank: int
    first: int
    last: int
    sourced: int
    verified: int


def read_spans(text: str | None) -> list[Span]:
    """The spans of a unit, five digits each, as the standing query gives them."""
    return [Span(*map(int, word)) for word in text.split(",")] if text else []


def ranks_at(spans: Sequence[Span], alive: int, moments: int) -> tuple[int, ...]:
    """A unit's highest rank at each moment; ABSENT at those whose bit is not set in `alive`.

    Example: alive=0b011 of three moments, and rank 1 from the second on: (0, 1, ABSENT).
    """
    return tuple(
        max((span.rank for span in spans if span.first <= at < span.last), default=0) if alive >> at & 1 else ABSENT
        for at in range(moments)
    )


def ranks_held(spans: Sequence[Span], moments: int) -> tuple[frozenset[int], ...]:
    """The ranks at each moment at which the unit is recognised itself."""
    return tuple(frozenset(span.rank for span in spans if span.first <= at < span.last) for at in range(moments))


def together(paths: Iterable[Standings]) -> list[Standings]:
    """The same units, those of one path counted as one group: so that sums of many units take few steps."""
    return [path._replace(units=path.units * count) for path, count in Counter(paths).items()]


def while_there(path: Standings, there: Sequence[bool]) -> Standings:
    """A path as a part of the scope sees it: absent at the moments at which its units did not lie there."""
    if all(there):
        return path

    def seen(ranks: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(rank if is_there else ABSENT for rank, is_there in zip(ranks, there, strict=True))

    return path._replace(ranks=seen(path.ranks), sourced=seen(path.sourced), verified=seen(path.verified))


class Ladder(NamedTuple):
    """How many units of a tier have each level of `programme` as their highest; index 0 is no level yet."""

    tier: Tier
    steps: tuple[int, ...]
    programme: Programme

    @property
    def total(self) -> int:
        """N(t): all units of the counted kinds."""
        return sum(self.steps)


def total(groups: Iterable[Standings], tier: Tier, at: int) -> int:
    """N(t): the units of `tier` alive and counted at moment `at`."""
    return _sum(groups, tier, lambda group: group.ranks[at] != ABSENT)


def at_least(rank: int) -> Holds:
    """Standing at a rank or above: đạt từ mức … trở lên."""
    return lambda standing: standing >= rank


def highest(ranks: Collection[int]) -> Holds:
    """Having one of these ranks as the highest: mức cao nhất."""
    return lambda standing: standing in ranks


def reached(groups: Iterable[Standings], tier: Tier, holds: Holds, at: int) -> int:
    """A(t): the units whose rank at moment `at` holds."""
    return _sum(groups, tier, lambda group: holds(group.ranks[at]))


class Movement(NamedTuple):
    """Units that hold at a moment and did not at the one before, and the reverse: revoked, merged away, not counted.

    Of those added, `appeared` were not alive or not counted before; `from_above` have no recognition at the asked rank
    itself. Of those lost, `ended` are not alive or not counted any more.
    """

    added: int = 0
    lost: int = 0
    appeared: int = 0
    from_above: int = 0
    ended: int = 0


def movement(groups: Iterable[Standings], tier: Tier, rank: int, holds: Holds, at: int) -> Movement:
    """Who came to a line of the level of this rank at moment `at`, and who left it."""
    added = lost = appeared = from_above = ended = 0
    for group in groups:
        before, now = group.ranks[at - 1], group.ranks[at]
        if group.tier is not tier or before == now or holds(before) == holds(now):
            continue
        if holds(before):
            lost += group.units
            ended += group.units * (now == ABSENT)
        else:
            added += group.units
            appeared += group.units * (before == ABSENT)
            from_above += group.units * bool(group.own_ranks and rank not in group.own_ranks[at])
    return Movement(added, lost, appeared, from_above, ended)


def illustrative(groups: Iterable[Standings], tier: Tier, holds: Holds, at: int) -> int:
    """How many of those reached are so only by illustrative recognitions."""
    return _sum(groups, tier, lambda group: holds(group.ranks[at]) and not holds(group.sourced[at]))


def unverified(groups: Iterable[Standings], tier: Tier, holds: Holds, at: int) -> int:
    """How many of those reached are so only by recognitions of which it is not verified that they still count."""
    return _sum(groups, tier, lambda group: holds(group.ranks[at]) and not holds(group.verified[at]))


def count_by_highest(groups: Iterable[Standings], tier: Tier, programme: Programme, at: int) -> Ladder:
    """The highest-level view: mức cao nhất."""
    steps = [0] * (len(programme.levels) + 1)
    for group in groups:
        if group.tier is tier and group.ranks[at] != ABSENT:
            steps[group.ranks[at]] += group.units
    return Ladder(tier, tuple(steps), programme)


def _sum(groups: Iterable[Standings], tier: Tier, counts: Callable[[Standings], bool]) -> int:
    return sum(group.units for group in groups if group.tier is tier and counts(group))
