"""A line of a plan at one moment: what is asked for, what was reached, and every measure of the distance."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from ntmtrack.model import Level, Tier
from ntmtrack.progress.lack import MissingData
from ntmtrack.progress.measured import LineValue
from ntmtrack.progress.plan import Point, mirrored, months_ahead, required_pace, years_between
from ntmtrack.progress.status import Goal, Origin, Status, due_on, settled_goal
from ntmtrack.progress.tasks import Standing
from ntmtrack.roadmaps import NOT_COUNTED, LineKey, Target
from ntmtrack.roadmaps.shares import printed_share


class Actual(NamedTuple):
    """What the ledger counts for a line: of `total` units, and how much of it is doubtful or made up.

    `added` and `lost` are against the moment before: of the lost `ended` are not counted any more, of the added
    `appeared` were not counted then; `start` is the number at the end of the plan's base year, or the baseline that the
    plan prints (`start_printed`), `start_held` what the ledger has then;
    `room` (dư địa) the units at the level just below, which could still move up; `added_from_above` those of the added
    that have no recognition at this level itself, only at a higher one.
    """

    total: int
    reached: int
    added: int
    lost: int
    start: int
    room: int
    illustrative: int
    unverified: int
    start_unverified: int
    start_printed: bool = False
    start_held: int = 0
    added_from_above: int = 0
    ended: int = 0
    appeared: int = 0


class Line(NamedTuple):
    """One line of a plan at one moment; `actual` is None where the ledger holds no figures for it (yet).

    `goals` has one goal by each base of its per cent; several only where the document leaves the base open.
    `final` is the goal at the end of the plan, `path` the approved path; `addition` the figure that prints what the
    plan adds; `start_stated` is the number that the plan says or implies at the end of its base year; `lack` what the
    ledger misses for a verdict; `value` what was measured, where the line is no count of units; `task` how a task or a
    condition stands, where anything was said of it.
    """

    key: LineKey
    level: Level | None
    year: int
    day: date
    plan: Target | None
    actual: Actual | None
    status: Status
    goals: Mapping[str, Goal]
    final: Goal | None
    base_year: int
    final_year: int
    path: tuple[Point, ...]
    bases: Mapping[str, int]
    addition: Target | None
    start_stated: int | None = None
    lack: MissingData | None = None
    task: Standing | None = None
    value: LineValue | None = None

    @property
    def is_told(self) -> bool:
        """Whether the ledger was told anything of it: units that it counts, a value, how a task stands."""
        return bool(self.bases or self.value or self.task)

    @property
    def tier(self) -> Tier:
        """The tier whose units are counted: of a rule for each district, the districts."""
        return Tier.DISTRICT if self.key.each == Tier.DISTRICT else self.key.tier

    @property
    def plain_level(self) -> Level | None:
        """The level of a line that counts everyone at it or above; None of every other line."""
        is_plain = self.key.counts == "at-least" and not (self.key.each or self.key.within or self.key.name)
        return self.level if self.level and is_plain and self.key.measure == self.level.key else None

    @property
    def goal(self) -> Goal | None:
        """What the plan asks for; None where it asks for nothing, or may mean several things."""
        return None if self.plan is None else settled_goal(self.plan, self.goals)

    @property
    def share_of(self) -> str:
        """The base of the share of this line: of a per cent whose base is open, all units."""
        return self.plan.share_of if self.plan and self.plan.share_of in self.bases else "all"

    @property
    def share(self) -> Fraction | None:
        """Reached over the base; None over nothing, and over units that the ledger does not count apart."""
        return Fraction(self.actual.reached, self.base) if self.actual and self.base else None

    @property
    def base(self) -> int | None:
        """The number of units that the share is of; None of those that the ledger does not count apart."""
        if self.plan and self.plan.share_of in NOT_COUNTED and self.plan.share_of not in self.bases:
            return None
        return self.bases.get(self.share_of)

    @property
    def gap(self) -> int | None:
        """Actual less plan, cumulative, in units; inside a range nothing is missing.

        None where the plan is of a later year: what is `left` until then is no gap.
        """
        if self.goal is None or self.actual is None or self.is_later:
            return None
        return self.goal.distance(self.actual.reached)

    @property
    def asked(self) -> int | None:
        """The number that the actual one is held against: of a range its nearer end.

        Example: 8 where the plan asks for 8–9 and 6 are reached; 9 where 11 are.
        """
        if self.goal is None or self.actual is None:
            return None
        return self.actual.reached - self.goal.distance(self.actual.reached)

    @property
    def is_of_another_year(self) -> bool:
        """Whether P is printed for another year than the one asked about, so that its year must be shown beside it."""
        is_straight = self.goal is not None and self.goal.origin is Origin.STRAIGHT
        return self.plan is not None and self.plan.year != self.year and not is_straight

    @property
    def is_later(self) -> bool:
        """Whether P is the target of a later year."""
        return self.is_of_another_year and self.plan is not None and self.plan.year > self.year

    @property
    def in_its_year(self) -> "Line":
        """The line as a table of its year shows it: without the target of another year."""
        if not self.is_of_another_year:
            return self
        status = Status.NOT_DUE if self.is_later and self.actual else Status.NO_DATA if self.actual is None else None
        return self._replace(plan=None, goals={}, status=status or Status.NO_PLAN)

    @property
    def readings(self) -> tuple[Goal, ...]:
        """Every goal that the plan may mean: several of a per cent whose base the document leaves open.

        None at all where one of them sets no bound, or is of units that do not exist yet.
        """
        if self.plan is None:
            return ()
        if self.plan.share_of == "open" and "open" not in self.goals and len(self.goals) < len(self.plan.readings):
            return ()
        return () if any(goal.is_boundless for goal in self.goals.values()) else tuple(self.goals.values())

    @property
    def is_at_most(self) -> bool:
        """Whether the plan sets a limit that must not be passed, by any reading."""
        return any(reading.low is None for reading in self.readings)

    @property
    def left(self) -> tuple[int, int] | None:
        """The fewest and the most units still to be reached, whatever the plan may mean; None where that is not known.

        Of a target "at most" those that are too many.
        """
        if self.actual is None or not self.readings:
            return None
        reached = self.actual.reached
        missing = [reading.missing(reached) for goal in self.readings for reading in goal.readings]
        return min(missing), max(missing)

    @property
    def pace_left(self) -> tuple[Fraction, Fraction] | None:
        """What is `left` over the years until the target is due; None once it is."""
        years = years_between(self.day, due_on(self.plan)) if self.plan else Fraction(0)
        if self.left is None or years <= 0:
            return None
        fewest, most = self.left
        return fewest / years, most / years

    @property
    def share_reached(self) -> tuple[Fraction, Fraction] | None:
        """Reached over what the target asks for, by every reading; None of "at most", and where it asks for nothing."""
        numbers = [reading.low for goal in self.readings for reading in goal.readings]
        if self.actual is None or not numbers or not all(numbers):
            return None
        shares = [Fraction(self.actual.reached, number) for number in numbers if number]
        return min(shares), max(shares)

    @property
    def plan_share(self) -> Fraction | None:
        """The planned share as printed: its per cent, else its count over its total, else over today's base."""
        if self.plan is None or self.plan.share_of == "open":
            return None
        if self.goal is None or (self.goal.high is None and not self.is_ours):
            printed = _printed(self.plan) if self.plan.share_of in self.bases else None
            if printed is not None:
                return printed
        number = self.goal.number if self.goal and self.asked is None else self.asked
        return Fraction(number, self.base) if number is not None and self.base else None

    @property
    def is_ours(self) -> bool:
        """Whether P is worked out here and not printed: on a straight way, or how many districts must keep a rule."""
        return self.goal is not None and self.goal.origin in (Origin.STRAIGHT, Origin.EACH)

    @property
    def is_yearly(self) -> bool:
        """Whether what the plan adds is added in the year asked about."""
        return self.plan is not None and self.plan.span == "year" and self.plan.year == self.year

    @property
    def points(self) -> Fraction | None:
        """Actual less planned share; times 100 it is percentage points."""
        if self.share is None or self.plan_share is None or self.is_later:
            return None
        return self.share - self.plan_share

    @property
    def completion(self) -> Fraction | None:
        """Reached over what the plan has by then; None where that is nothing."""
        return _ratio(self.actual and self.actual.reached, self.asked)

    @property
    def year_completion(self) -> Fraction | None:
        """Added over what the plan adds in the year; None where that is nothing."""
        yearly = self.plan.added if self.plan and self.is_yearly and not self.is_ours else None
        return _ratio(self.actual and self.actual.added, yearly)

    @property
    def from_baseline(self) -> Fraction | None:
        """The units gained since the baseline over those that the plan gains; None where it gains none.

        Example: from 79 to 90 where the plan goes to 101: 11 of 22, one half.
        """
        if self.actual is None or self.asked is None or self.goal is None:
            return None
        if self.asked <= self.actual.start if self.goal.low is not None else self.asked >= self.actual.start:
            return None
        return Fraction(self.actual.reached - self.actual.start, self.asked - self.actual.start)

    @property
    def months(self) -> Fraction | None:
        """Months ahead of the approved path, negative when behind; None without a path."""
        if self.actual is None:
            return None
        if self.final is not None and self.final.low is None:  # at most: the way leads down
            return months_ahead(mirrored(self.path), -self.actual.reached, self.day)
        return months_ahead(self.path, self.actual.reached, self.day)

    @property
    def pace(self) -> Fraction | None:
        """Units a year needed from now on to reach the final target."""
        if self.actual is None or self.final is None or self.final.low is None:
            return None
        return required_pace(self.final.low - self.actual.reached, self.day, self.final_year)


def _printed(plan: Target) -> Fraction | None:
    """The share that a plan prints: its per cent, else its count over its total."""
    if plan.percent is not None:
        return printed_share(plan.percent)
    return Fraction(plan.cumulative, plan.total) if plan.cumulative is not None and plan.total else None


def _ratio(part: int | None, whole: int | None) -> Fraction | None:
    return Fraction(part, whole) if part is not None and whole else None
