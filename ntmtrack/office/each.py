"""Rules for every district, such as "mỗi huyện ít nhất 01 xã", judged."""

import sqlite3

from ntmtrack.model import Tier
from ntmtrack.office.viewpoint import Viewpoint
from ntmtrack.progress.compute import is_due, line_at
from ntmtrack.progress.goals import Goal, Origin
from ntmtrack.progress.lines import Actual, Line
from ntmtrack.progress.status import Status, status


def each_district(connection: sqlite3.Connection, at: Viewpoint, line: Line) -> Line:
    """A rule for every district ("mỗi huyện ít nhất 01 xã") judged: how many districts keep it, of how many."""
    if line.level is None or line.plan is None or line.key.tier is not Tier.COMMUNE or line.key.name:
        return line
    if line.plan.cumulative is None:
        return line
    from ntmtrack.office.census import where_stood
    from ntmtrack.office.districts import divide

    divided = divide(connection, at, where_stood(connection, at))
    if not divided.districts:
        return line
    key = line.key._replace(each=None)
    figure = line.plan._replace(each=None)
    met = []
    for when in (divided.asked.at, divided.asked.at - 1, divided.asked.base):
        asked = divided.asked._replace(at=when)
        lines = [line_at(divided.paths[unit.id], at.view.programme, key, [figure], asked) for unit in divided.districts]
        met.append(sum(_holds(one) for one in lines))
    now, before, base = met
    everyone = len(divided.districts)
    goals = {"all": Goal(everyone, None, Origin.EACH)}
    actual = Actual(everyone, now, max(now - before, 0), max(before - now, 0), base, everyone - now, 0, 0, 0)
    return line._replace(
        actual=actual,
        goals=goals,
        final=goals["all"],
        bases={"all": everyone},
        status=status(now, goals["all"], base) if is_due(line.plan, goals, line.day) else Status.NOT_DUE,
    )


def _holds(line: Line) -> bool:
    goal, actual = line.goal, line.actual
    return (
        goal is not None
        and actual is not None
        and (goal.low is None or actual.reached >= goal.low)
        and (goal.high is None or actual.reached <= goal.high)
    )
