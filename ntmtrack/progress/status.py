"""Tình trạng: the one published rule by which an actual number is judged against what the plan asks for."""

from enum import StrEnum

from ntmtrack.i18n import N_, _
from ntmtrack.progress.goals import Goal


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
}
STATUS_RULE = N_(
    "Status (A actual, P plan, cumulative units): ahead A > P · reached A = P ·"
    " close 1 short of P ≥ 5, or A ≥ 95% of P · late ≥ 60% of the way from the end of {base} · very late less."
)
JUDGED = (Status.AHEAD, Status.REACHED, Status.CLOSE, Status.LATE, Status.VERY_LATE)  # by the rule
_CLOSE = 95  # per cent of the plan
_ONE_IS_LITTLE = 5  # units: of so many, one is a fifth at most; 0 of 1 is not close
_LATE = 60  # per cent of the way from the baseline


def status(actual: int, goal: Goal | None, base: int) -> Status:
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
