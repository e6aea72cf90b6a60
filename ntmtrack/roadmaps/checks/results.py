"""Kết quả đã có: what a plan itself prints as reached."""

from ntmtrack.roadmaps.checks.intervals import bounds
from ntmtrack.targets import Roadmap, Target

RESULTS = ("baseline", "actual")


def own_results(plan: Roadmap, target: Target) -> list[Target]:
    """The results of the same line that the plan prints for earlier years, the latest first."""
    earlier = [
        other
        for other in plan.targets
        if other.line == target.line and other.nature in RESULTS and other.year < target.year and other.span == "year"
    ]
    return sorted(earlier, key=lambda other: -other.year)


def counts_before(plan: Roadmap, target: Target) -> list[int]:
    """The counts of the line that the plan prints last before a figure: its result, and its target."""
    earlier = [
        other
        for other in plan.targets
        if (other.line, other.span) == (target.line, "year") and other.year < target.year
        if (count := bounds(other, "cumulative")) and count.low == count.high
    ]
    last = [
        max((other for other in earlier if (other.nature in RESULTS) is result), key=lambda o: o.year, default=None)
        for result in (True, False)
    ]
    return [other.cumulative or 0 for other in last if other]
