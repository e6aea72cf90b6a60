"""The figures: how many reached what, and how that stands against the roadmap. Pure: opens and prints nothing.

The input is a table of `Path`s: how many units stood at which rank at each of a few moments. Everything else is
sums over it, so that cumulative(Y) = cumulative(Y−1) + added − lost holds by construction.
"""

from collections.abc import Callable, Container, Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from ntmtrack.i18n import N_, _
from ntmtrack.model import Level, Programme, Roadmap, Target, Tier

ABSENT = -1


class Moment(NamedTuple):
    """A day to count recognitions on, and the day on which units are taken as alive.

    They differ only where the units of the scope all ended within that year, as on 1/7/2025: their last day is
    used then.
    """

    day: date
    units_on: date


class Path(NamedTuple):
    """`units` units of a tier that stood, at each moment, at the rank in `standings`.

    0 is no level; ABSENT a unit not alive or not of a counted kind. `sourced` is the same without illustrative
    recognitions, `verified` without those of an earlier programme that no verified text carries over.
    """

    tier: Tier
    standings: tuple[int, ...]
    sourced: tuple[int, ...]
    verified: tuple[int, ...]
    units: int


class Mark(NamedTuple):
    """One recognition seen from a few moments: its rank counts at the moments `first` up to but not at `last`."""

    rank: int
    first: int
    last: int
    sourced: int
    verified: int


def read_marks(text: str | None) -> list[Mark]:
    """The marks of a unit, five digits each, as the standing query gives them."""
    return [Mark(*map(int, word)) for word in text.split(",")] if text else []


def ranks_at(marks: Sequence[Mark], alive: int, moments: int) -> tuple[int, ...]:
    """A unit's highest rank at each moment; ABSENT at those whose bit is not set in `alive`."""
    return tuple(
        max((mark.rank for mark in marks if mark.first <= at < mark.last), default=0) if alive >> at & 1 else ABSENT
        for at in range(moments)
    )


class Status(StrEnum):
    """Tình trạng so với lộ trình."""

    AHEAD = "ahead"
    REACHED = "reached"
    CLOSE = "close"
    LATE = "late"
    VERY_LATE = "very_late"
    NOT_CONCLUDED = "not_concluded"
    NO_PLAN = "no_plan"
    NO_DATA = "no_data"

    @property
    def label(self) -> str:
        """The status as a word in the language in use."""
        return _(_STATUS_WORDS[self])


_STATUS_WORDS = {
    Status.AHEAD: N_("ahead"),
    Status.REACHED: N_("reached"),
    Status.CLOSE: N_("close"),
    Status.LATE: N_("late"),
    Status.VERY_LATE: N_("very late"),
    Status.NOT_CONCLUDED: N_("not concluded"),
    Status.NO_PLAN: "–",
    Status.NO_DATA: N_("no data"),
}
STATUS_RULE = N_(
    "Status by units: ahead A > P · reached A = P · close one unit short or A ≥ 95% of P ·"
    " late A has made ≥ 60% of the way planned from the end of {base} · very late less than that"
    " (A actual, P plan, cumulative)."
)


class Line(NamedTuple):
    """One line of the roadmap at one moment: what was planned, what was reached.

    `added` and `lost` are against the moment before; `gap` is in units; `share` is the exact ratio to `total`.
    """

    tier: Tier
    level: Level
    year: int
    total: int
    reached: int
    added: int
    lost: int
    illustrative: int
    unverified: int
    plan: Target | None
    status: Status

    @property
    def share(self) -> Fraction | None:
        """Reached over all units of the tier; None when there are none."""
        return Fraction(self.reached, self.total) if self.total else None

    @property
    def gap(self) -> int | None:
        """Actual less plan, cumulative, in units; None without a planned number."""
        return None if self.plan is None or self.plan.cumulative is None else self.reached - self.plan.cumulative


class Ladder(NamedTuple):
    """How many units of a tier have each level as their highest; index 0 is no level yet."""

    tier: Tier
    steps: tuple[int, ...]

    @property
    def total(self) -> int:
        """N(t): all units of the counted kinds."""
        return sum(self.steps)


def percent(share: Fraction) -> Decimal:
    """`share` in per cent, rounded half up once from the exact ratio, two decimals: 54/94 → 57.45."""
    return Decimal((share * 10_000 + Fraction(1, 2)).__floor__()).scaleb(-2)


def total(paths: Iterable[Path], tier: Tier, at: int) -> int:
    """N(t): the units of `tier` alive and counted at moment `at`."""
    return _sum(paths, tier, lambda path: path.standings[at] != ABSENT)


def reached(paths: Iterable[Path], tier: Tier, rank: int, at: int) -> int:
    """A(t): the units whose level at moment `at` is `rank` or above."""
    return _sum(paths, tier, lambda path: path.standings[at] >= rank)


def added(paths: Iterable[Path], tier: Tier, rank: int, at: int) -> int:
    """The units at `rank` or above at moment `at` that were not at the moment before."""
    return _sum(paths, tier, lambda path: path.standings[at - 1] < rank <= path.standings[at])


def lost(paths: Iterable[Path], tier: Tier, rank: int, at: int) -> int:
    """The units at `rank` or above at the moment before that are not at `at`: revoked, merged away, not counted."""
    return _sum(paths, tier, lambda path: path.standings[at] < rank <= path.standings[at - 1])


def illustrative(paths: Iterable[Path], tier: Tier, rank: int, at: int) -> int:
    """How many of those reached are so only by illustrative recognitions."""
    return _sum(paths, tier, lambda path: path.sourced[at] < rank <= path.standings[at])


def unverified(paths: Iterable[Path], tier: Tier, rank: int, at: int) -> int:
    """How many of those reached are so only by recognitions of which it is not verified that they still count."""
    return _sum(paths, tier, lambda path: path.verified[at] < rank <= path.standings[at])


def ladder(paths: Iterable[Path], tier: Tier, programme: Programme, at: int) -> Ladder:
    """The highest-level view: mức cao nhất."""
    steps = [0] * (len(programme.levels) + 1)
    for path in paths:
        if path.tier is tier and path.standings[at] != ABSENT:
            steps[path.standings[at]] += path.units
    return Ladder(tier, tuple(steps))


def status(actual: int, plan: int | None, base: int) -> Status:
    """The one published rule, design §5; `base` is the actual number at the end of the plan's base year."""
    if plan is None:
        return Status.NO_PLAN
    if actual > plan:
        return Status.AHEAD
    if actual == plan:
        return Status.REACHED
    if plan - actual == 1 or actual * 100 >= plan * 95:
        return Status.CLOSE
    way = plan - base
    return Status.LATE if way > 0 and (actual - base) * 100 >= way * 60 else Status.VERY_LATE


def plan_for(roadmap: Roadmap | None, tier: Tier, measure: str, year: int) -> Target | None:
    """What the roadmap prints for `year`; its final target where it prints no yearly figures at all."""
    of_line = [
        target for target in (roadmap.targets if roadmap else ()) if (target.tier, target.measure) == (tier, measure)
    ]
    yearly = [target for target in of_line if target.span == "year"]
    for target in yearly:
        if target.year == year:
            return target
    if len({target.year for target in yearly}) > 1 or not of_line:
        return None
    return max(of_line, key=lambda target: target.year)


def lines_at(
    paths: Sequence[Path],
    programme: Programme,
    roadmap: Roadmap | None,
    year: int,
    at: int,
    base: int = 0,
    also: Container[tuple[Tier, str]] = (),
) -> list[Line]:
    """Every line of the roadmap, and every level reached by anyone or named in `also`, at moment `at`.

    `base` is the moment of the plan's base year.
    """
    planned = {(target.tier, target.measure) for target in (roadmap.targets if roadmap else ())}
    return [
        _line(paths, tier, level, plan_for(roadmap, tier, level.key, year), year, at, base)
        for tier in (Tier.DISTRICT, Tier.COMMUNE)
        for level in programme.levels_of(tier)
        if (tier, level.key) in planned
        or (tier, level.key) in also
        or (total(paths, tier, at) and (level.rank == 1 or reached(paths, tier, level.rank, at)))
    ]


def _line(paths: Sequence[Path], tier: Tier, level: Level, plan: Target | None, year: int, at: int, base: int) -> Line:
    everyone, actual = total(paths, tier, at), reached(paths, tier, level.rank, at)
    doubtful = unverified(paths, tier, level.rank, at)
    planned = plan.cumulative if plan else None
    before = reached(paths, tier, level.rank, base)
    found = status(actual, planned, before) if everyone else Status.NO_DATA
    if doubtful and everyone and status(actual - doubtful, planned, before) is not found:
        found = Status.NOT_CONCLUDED
    return Line(
        tier=tier,
        level=level,
        year=year,
        total=everyone,
        reached=actual,
        added=added(paths, tier, level.rank, at),
        lost=lost(paths, tier, level.rank, at),
        illustrative=illustrative(paths, tier, level.rank, at),
        unverified=doubtful,
        plan=plan,
        status=found,
    )


class ByName(NamedTuple):
    """The units that a plan names for a level against those that reached it since the plan's base year."""

    tier: Tier
    level: Level
    reached: tuple[str, ...]
    late: tuple[str, ...]
    beyond: tuple[str, ...]


def by_name(tier: Tier, level: Level, named: Sequence[str], now: Iterable[str], at_base: Iterable[str]) -> ByName:
    """`named` split into reached and late, with the units that reached the level though the plan does not name them."""
    standing, before = list(now), set(at_base)
    return ByName(
        tier=tier,
        level=level,
        reached=tuple(name for name in named if name in standing),
        late=tuple(name for name in named if name not in standing),
        beyond=tuple(name for name in standing if name not in named and name not in before),
    )


def _sum(paths: Iterable[Path], tier: Tier, counts: Callable[[Path], bool]) -> int:
    return sum(path.units for path in paths if path.tier is tier and counts(path))
