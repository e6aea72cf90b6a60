"""What a target asks for in whole units, and tình trạng: the one published rule by which an actual number is judged."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from ntmtrack.i18n import N_, _
from ntmtrack.roadmaps import AT_MOST, REMAINING, Target
from ntmtrack.roadmaps.bands import BELOW
from ntmtrack.roadmaps.shares import decimals, printed_share, rounded, whole_units


class Origin(StrEnum):
    """Where the number of a goal comes from."""

    PRINTED = "printed"
    PERCENT = "percent"  # from the printed per cent of today's denominator
    ADDED = "added"  # from the baseline and the printed additions
    STRAIGHT = "straight"  # on a straight way to the final target: ours, not the plan's
    EACH = "each"  # how many districts there are to keep a rule


class Goal(NamedTuple):
    """At least `low` units, at most `high`; `base` is the denominator where a per cent was taken of one.

    Without `low` there is a limit alone; `at_least` says that more is as good, `about` that the document prints
    "khoảng". Without either end there is no bound: of "at least" and "at most" added up.

    `either` is there where no whole number gives the printed per cent: `low` lies below it and `either` above, and the
    document may mean each of them.
    """

    low: int | None
    high: int | None
    origin: Origin
    base: int | None = None
    either: int | None = None
    at_least: bool = False
    about: bool = False

    @property
    def is_boundless(self) -> bool:
        """Whether it asks for no number at all."""
        return self.low is None and self.high is None

    @property
    def operator(self) -> str | None:
        """The operator of a plan that says the same; None of no bound."""
        if self.low is None:
            return None if self.high is None else "<="
        return ">=" if self.at_least else "range" if self.high is not None else "about" if self.about else "="

    @property
    def top(self) -> int:
        """The number above which a target is exceeded."""
        return self.high if self.high is not None else self.low or 0

    @property
    def number(self) -> int:
        """The one number that stands for the goal: its lower end, of a target "at most" its upper end."""
        return self.low if self.low is not None else self.top

    @property
    def readings(self) -> tuple["Goal", ...]:
        """The goals that it may mean, each with one number: two of a per cent between two whole numbers."""
        if self.either is None:
            return (self,)
        return (self._replace(either=None), self._replace(low=self.either, either=None))

    def missing(self, actual: int) -> int:
        """How many units are still to be reached, of "at most" too many; 0 where there are none."""
        if self.low is None:
            return max(actual - self.top, 0)
        return max(self.low - actual, 0)

    def distance(self, actual: int) -> int:
        """How many units above or below what is asked for; 0 between the two ends of a range."""
        if self.low is not None and self.high is not None and self.low <= actual <= self.high:
            return 0
        return actual - (self.top if actual > self.top else self.number)


def bounded_goal(target: Target, number: int, high: int | None, origin: Origin, base: int | None = None) -> Goal:
    """The goal that a number means under the target's operator; of units below so many criteria it is a limit."""
    operator = target.percent_sign if origin is Origin.PERCENT else target.operator
    if operator in AT_MOST or (operator == "=" and target.measure == BELOW and high is None):
        below = operator == "<" and origin is not Origin.PERCENT
        return Goal(None, max(0, number - below), origin, base)
    above = operator == ">" and origin is not Origin.PERCENT  # a per cent has it in its whole units
    upper = None if high == number else high
    return Goal(number + above, upper, origin, base, at_least=operator in (">=", ">"), about=operator == "about")


def goal_for(target: Target, bases: Mapping[str, int], before: Sequence[Target], start: int) -> Goal | None:
    """What `target` asks for; None where that cannot be said in units.

    `bases` gives the denominators of the day by `share_of`; `before` the line's earlier figures, a printed
    baseline first; they are summed up, from `start` where no baseline is printed.
    """
    if target.cumulative is not None:
        return bounded_goal(target, target.cumulative, target.cumulative_high, Origin.PRINTED)
    if target.first_year is None:  # what the whole period adds, it adds to the baseline
        before = [earlier for earlier in before if earlier.nature == "baseline"]
    if target.share_of == REMAINING and target.added is None:
        return _remaining(target, bases, before, start)
    if target.percent is not None:
        base = bases.get(target.share_of)
        if not base:
            return None
        number, high = whole_units(target, base)
        if high is not None and high < number:
            return None
        goal = bounded_goal(target, number, high, Origin.PERCENT, base)
        return goal._replace(low=number - 1, either=number) if _gives_none(target, number, base) else goal
    return _added(target, bases, before, start)


def _remaining(target: Target, bases: Mapping[str, int], before: Sequence[Target], start: int) -> Goal | None:
    """All units that are left after what was asked for before, or the printed per cent of them."""
    earlier = _before(bases, before, start)
    everyone = bases.get("all")
    if earlier is None or not everyone or target.percent_high:
        return None
    if target.percent is None:
        return bounded_goal(target, everyone, None, Origin.ADDED)
    share = printed_share(target.percent)
    low, high = (
        bounded_goal(target, count + (share * max(0, everyone - count)).__ceil__(), None, Origin.ADDED)
        for count in (earlier.number, earlier.top)
    )
    return _joined(earlier, low, low.number, high.top)


def _before(bases: Mapping[str, int], before: Sequence[Target], start: int) -> Goal | None:
    """What was asked for before, at first the baseline; None where that is not known."""
    return goal_for(before[-1], bases, before[:-1], start) if before else Goal(start, None, Origin.PRINTED)


def _added(target: Target, bases: Mapping[str, int], before: Sequence[Target], start: int) -> Goal | None:
    """What follows from an addition: it, and what was asked for before; None where that is not known."""
    if target.added is None:
        return None
    earlier = _before(bases, before, start)
    if earlier is None:
        return None
    own = bounded_goal(target, target.added, target.added_high, Origin.ADDED)
    goal = _joined(earlier, own, earlier.number + own.number, earlier.top + own.top)
    return goal if earlier.either is None else goal._replace(either=earlier.either + target.added)


def _joined(earlier: Goal, own: Goal, low: int, high: int) -> Goal:
    """From `low` to `high` under the signs of both: what one leaves open, the sum leaves open.

    Example: at least 5 and 7 more are at least 12; at least 5 and at most 7 more have no bound.
    """
    at_least, about = earlier.at_least or own.at_least, earlier.about or own.about
    if earlier.low is None or own.low is None:
        return Goal(None, None if at_least else high, Origin.ADDED, at_least=at_least, about=about)
    return Goal(low, None if at_least or high <= low else high, Origin.ADDED, at_least=at_least, about=about)


def _gives_none(target: Target, number: int, base: int) -> bool:
    """Whether no whole number of `base` units gives an exact per cent with decimals, which must come of a count.

    Example: 46,67 % are 7 of 15, but no number of 14.

    `number` is the first that is not below it.
    """
    if target.operator != "=" or target.percent is None or target.percent_high is not None:
        return False
    places = decimals(target.percent)
    printed = rounded(printed_share(target.percent) * 100, places)
    return bool(places) and number > 0 and rounded(Fraction(100 * number, base), places) != printed


def settled_goal(target: Target, goals: Mapping[str, Goal]) -> Goal | None:
    """The one goal of `goals` (by the base of the per cent); None where the document leaves open which it is.

    "open" itself is the base where every reading asks for the same. None as well where it has no bound.
    """
    goal = goals.get("open") if target.share_of == "open" else next(iter(goals.values()), None)
    return None if goal is None or goal.either is not None or goal.is_boundless else goal


def not_below(target: Target, goals: Mapping[str, Goal]) -> Goal | None:
    """The settled goal; of a per cent that no whole number gives, the next number above it."""
    if (goal := settled_goal(target, goals)) or len(goals) != 1:
        return goal
    last = next(iter(goals.values())).readings[-1]
    return None if last.is_boundless else last


def due_on(target: Target) -> date:
    """The day on which a target is due: the one that it prints, else the end of its year."""
    return target.due_by


class Status(StrEnum):
    """Tình trạng so với lộ trình."""

    AHEAD = "ahead"
    REACHED = "reached"
    CLOSE = "close"
    LATE = "late"
    VERY_LATE = "very_late"
    NOT_DUE = "not_due"
    NOT_CONCLUDED = "not_concluded"
    NO_PLAN = "no_plan"
    NO_DATA = "no_data"
    INCOMPLETE = "incomplete"
    DONE = "done"  # of tasks: what an office said of them
    UNDER_WAY = "under_way"
    OVERDUE = "overdue"
    DROPPED = "dropped"

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
    Status.NOT_DUE: N_("not due yet"),
    Status.NOT_CONCLUDED: N_("not concluded"),
    Status.NO_PLAN: "–",
    Status.NO_DATA: N_("no data"),
    Status.INCOMPLETE: N_("incomplete data"),
    Status.DONE: N_("done"),
    Status.UNDER_WAY: N_("under way"),
    Status.OVERDUE: N_("overdue"),
    Status.DROPPED: N_("dropped"),
}
STATUS_RULE = N_(
    "Status (A actual, P plan, cumulative units): ahead A > P · reached A = P ·"
    " close 1 short of P ≥ 5, or A ≥ 95% of P · late ≥ 60% of the way from the end of {base} · very late less."
)
JUDGED = (Status.AHEAD, Status.REACHED, Status.CLOSE, Status.LATE, Status.VERY_LATE)  # by the rule
_CLOSE = 95  # per cent of the plan
_ONE_IS_LITTLE = 5  # units: of so many, one is a fifth at most; 0 of 1 is not close
_LATE = 60  # per cent of the way from the baseline


def status_of(actual: int, goal: Goal | None, base: int) -> Status:
    """The published rule for a target that is due; `base` is the actual number at the end of the plan's base year.

    Inside a range is reached; of a target "at most" the rule is mirrored.
    """
    if goal is None:
        return Status.NO_PLAN
    if goal.low is None:
        assert goal.high is not None
        return _at_most(actual, goal.high, base)
    if actual > goal.top:
        return Status.AHEAD
    if actual >= goal.low:
        return Status.REACHED
    if _is_one_away(goal.low - actual, goal.low) or actual * 100 >= goal.low * _CLOSE:
        return Status.CLOSE
    return _late(actual - base, goal.low - base)


def _at_most(actual: int, most: int, base: int) -> Status:
    if actual < most:
        return Status.AHEAD
    if actual == most:
        return Status.REACHED
    if _is_one_away(actual - most, most) or actual * _CLOSE <= most * 100:
        return Status.CLOSE
    return _late(base - actual, base - most)


def _is_one_away(distance: int, asked: int) -> bool:
    """Whether one unit is missing, or too many, of so many that one is little."""
    return distance == 1 and asked >= _ONE_IS_LITTLE


def _late(gone: int, way: int) -> Status:
    return Status.LATE if way > 0 and gone * 100 >= way * _LATE else Status.VERY_LATE
