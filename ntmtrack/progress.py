"""Progress against the roadmap: its lines at a moment, their status, names against names. Pure: opens nothing."""

from collections.abc import Container, Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from ntmtrack.counts import Path, added, illustrative, lost, reached, total, unverified
from ntmtrack.i18n import N_, _
from ntmtrack.model import Level, Programme, Roadmap, Target, Tier


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


def percent(share: Fraction) -> Decimal:
    """`share` in per cent, rounded half up once from the exact ratio, two decimals: 54/94 → 57.45."""
    return Decimal((share * 10_000 + Fraction(1, 2)).__floor__()).scaleb(-2)


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
    surely_before = before - unverified(paths, tier, level.rank, base)
    if doubtful and everyone and status(actual - doubtful, planned, surely_before) is not found:
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
