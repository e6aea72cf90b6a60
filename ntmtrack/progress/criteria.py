"""How many criteria units meet, counted: bands that add up to all units, sums, who is at how many.

A unit's number at each moment stands where its rank stands among levels, so that the same functions count both:
ABSENT where it is not alive or not counted, UNASSESSED where nobody has said how many it meets.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from ntmtrack.assessment import Assessment, criteria_missing
from ntmtrack.model import Tier
from ntmtrack.programmes.criteria import CriteriaBand, CriteriaSet, Criterion
from ntmtrack.progress import ABSENT, Standings
from ntmtrack.roadmaps.bands import BELOW

UNASSESSED = -2
# By unit: criteria surely met, at most met, whether that is made up, the ISO day of the assessment.
MetAt = Mapping[int, tuple[int, int, bool, str]]


def criteria_standings(units: Mapping[int, Standings], met: Sequence[MetAt], tier: Tier) -> dict[int, Standings]:
    """The paths of the units of a tier with the number of criteria in the place of the rank; `met` at each moment.

    `verified` is the most that may be met, with the criteria that are left open; `own_ranks` has the number where the
    unit was assessed since the moment before.
    """
    return {unit: _path(unit, path, met) for unit, path in units.items() if path.tier is tier}


def _path(unit: int, path: Standings, met: Sequence[MetAt]) -> Standings:
    nobody = (UNASSESSED, UNASSESSED, False, "")
    found = [of_day.get(unit, nobody) for of_day in met]
    there = [rank != ABSENT for rank in path.ranks]
    ranks = tuple(of[0] if is_there else ABSENT for is_there, of in zip(there, found, strict=True))
    most = tuple(of[1] if is_there else ABSENT for is_there, of in zip(there, found, strict=True))
    sourced = tuple(UNASSESSED if of[2] and rank != ABSENT else rank for rank, of in zip(ranks, found, strict=True))
    days = ["", *(of[3] for of in found)]
    own = tuple(frozenset({of[0]} if of[3] > before else ()) for of, before in zip(found, days, strict=False))
    return Standings(path.tier, ranks, sourced, most, path.units, own)


class BandCounts(NamedTuple):
    """Units by how many criteria they meet: the `counts` of `bands`, those not assessed; criteria of those `concluded`.

    `left_open` were assessed, and by what is left open of them may be in one band or another; `made_up` of those
    assessed are illustrative.
    """

    bands: tuple[CriteriaBand, ...]
    counts: tuple[int, ...]
    unassessed: int
    criteria: int
    made_up: int = 0
    left_open: int = 0
    concluded: int = 0

    @property
    def assessed(self) -> int:
        """How many units were assessed."""
        return sum(self.counts) + self.left_open

    @property
    def total(self) -> int:
        """All units: the bands and those not assessed."""
        return self.assessed + self.unassessed

    @property
    def average(self) -> Fraction | None:
        """Criteria met for a unit of which nothing is left open; None where there is none."""
        return Fraction(self.criteria, self.concluded) if self.concluded else None


def count_bands(groups: Iterable[Standings], of_set: CriteriaSet, at: int) -> BandCounts:
    """The units by band at a moment; with those left open and not assessed they add up to all that are counted then."""
    bands = tuple(of_set.band_ends)
    counts: Counter[CriteriaBand | None] = Counter()
    unassessed = criteria = concluded = made_up = 0
    for group in groups:
        surely, most = group.ranks[at], group.verified[at]
        if surely == UNASSESSED:
            unassessed += group.units
        elif surely != ABSENT:
            counts[next((band for band in bands if band.low <= surely and most <= band.high), None)] += group.units
            criteria += surely * group.units if surely == most else 0
            concluded += group.units if surely == most else 0
            made_up += group.units if group.sourced[at] < 0 else 0
    settled = tuple(counts[band] for band in bands)
    return BandCounts(bands, settled, unassessed, criteria, made_up, counts[None], concluded)


class CriterionCounts(NamedTuple):
    """How many of the units assessed do not meet a criterion, of how many it is `open`, of how many nothing is told.

    Of the last only the number of criteria is known, so that any criterion may be met or not.
    """

    criterion: Criterion
    assessed: int
    missing: int
    open: int
    untold: int

    @property
    def not_concluded(self) -> int:
        """Of how many nothing may be said."""
        return self.open + self.untold

    @property
    def met(self) -> int:
        """How many surely meet it."""
        return self.assessed - self.missing - self.not_concluded


def count_criteria(found: Sequence[Assessment], of_set: CriteriaSet) -> list[CriterionCounts]:
    """Each criterion of a set with how many of the units assessed meet it or do not; the parts add up to all."""
    missing = Counter(code for one in found for code in criteria_missing(one, of_set))
    told = [one for one in found if one.missing is not None]
    left_open = Counter(code for one in told for code in open_criteria(one, of_set))
    untold = len(found) - len(told)
    return [CriterionCounts(one, len(found), missing[one.code], left_open[one.code], untold) for one in of_set.criteria]


def open_criteria(one: Assessment, of_set: CriteriaSet) -> set[str]:
    """The criteria of which something is left open, and nothing is surely missing."""
    opened = {found.code for code in one.unknown if (found := of_set.criterion_of(code))}
    return opened - {*criteria_missing(one, of_set)}


def is_concluded(group: Standings, at: int) -> bool:
    """Whether units were assessed and nothing is left open of them."""
    return 0 <= group.ranks[at] == group.verified[at]


class MetAtBoth(NamedTuple):
    """Criteria met at two moments by the units of which both are concluded, assessed anew in between."""

    before: int
    now: int
    units: int

    @property
    def gained(self) -> int:
        """How many more were met at the later one."""
        return self.now - self.before

    @property
    def mean(self) -> Fraction | None:
        """How many more a unit met; None where there is none."""
        return Fraction(self.gained, self.units) if self.units else None


def sums_at_both(groups: Iterable[Standings], at: int, since: int) -> MetAtBoth:
    """Criteria met at a moment and at an earlier one, by units assessed until then and anew since.

    Those of which nothing is left open at both.
    """
    both = [
        group
        for group in groups
        if is_concluded(group, at) and is_concluded(group, since) and any(group.own_ranks[since + 1 : at + 1])
    ]

    def met(moment: int) -> int:
        return sum(group.ranks[moment] * group.units for group in both)

    return MetAtBoth(met(since), met(at), sum(group.units for group in both))


def surely(measure: str, groups: Iterable[Standings]) -> list[Standings]:
    """The paths with the number that counts surely for a line: below so many the most, at least so many the least."""
    return [group._replace(ranks=group.verified) if measure == BELOW else group for group in groups]


def undecided(groups: Iterable[Standings], holds: Callable[[int], bool], at: int) -> int:
    """Of how many units it is not known whether they count: not assessed, or left open between two answers."""
    return sum(
        group.units
        for group in groups
        if group.ranks[at] == UNASSESSED or holds(group.ranks[at]) != holds(group.verified[at])
    )


def unassessed(groups: Iterable[Standings], at: int) -> int:
    """How many units nobody has assessed at a moment."""
    return sum(group.units for group in groups if group.ranks[at] == UNASSESSED)


def holds_for(measure: str, threshold: int) -> Callable[[int], bool]:
    """Whether a number of criteria counts for a line: below so many, or at least so many."""
    if measure == BELOW:
        return lambda met: 0 <= met < threshold
    return lambda met: met >= threshold
