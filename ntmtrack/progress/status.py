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
    "Status (A actual, P plan, cumulative units): ahead A > P · reached A = P · close 1 short or A ≥ 95% of P ·"
    " late ≥ 60% of the way from the end of {base} · very late less."
)
_CLOSE = 95  # per cent of the plan
_LATE = 60  # per cent of the way from the baseline


def status(actual: int, goal: Goal | None, base: int) -> Status:
    """The rule of design §5; `base` is the actual number at the end of the plan's base year.

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
    if goal.low - actual == 1 or actual * 100 >= goal.low * _CLOSE:
        return Status.CLOSE
    return _late(actual - base, goal.low - base)


def _at_most(actual: int, most: int, base: int) -> Status:
    if actual < most:
        return Status.AHEAD
    if actual == most:
        return Status.REACHED
    if actual - most == 1 or actual * _CLOSE <= most * 100:
        return Status.CLOSE
    return _late(base - actual, base - most)


def _late(gone: int, way: int) -> Status:
    return Status.LATE if way > 0 and gone * 100 >= way * _LATE else Status.VERY_LATE
