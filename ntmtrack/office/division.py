"""The communes of a scope by district, and rules for every district, such as “mỗi huyện ít nhất 01 xã”, judged."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ntmtrack import progress
from ntmtrack.model import Tier, Unit
from ntmtrack.office.census import Stood, where_stood
from ntmtrack.office.question import Viewpoint
from ntmtrack.progress import Standings
from ntmtrack.progress.compute import LineQuestion, is_due, line_at
from ntmtrack.progress.line import Actual, Line
from ntmtrack.progress.status import Goal, Origin, Status, status_of
from ntmtrack.storage.queries import units


class Divided(NamedTuple):
    """The communes of the scope by district, as they stood at the base, the end of last year and the moment."""

    districts: Sequence[Unit]
    paths: Mapping[int, Sequence[Standings]]
    asked: LineQuestion


def divide(connection: sqlite3.Connection, at: Viewpoint, stood: Stood) -> Divided:
    """The communes of the viewpoint's scope by district."""
    parents: dict[int, int | None] = {}
    for moment in stood.moments:  # of a commune that has ended, the district that it last belonged to
        parents |= units.parents(connection, moment.units_on)
    paths: dict[int, list[Standings]] = defaultdict(list)
    for key, path in stood.paths.items():
        if path.tier is Tier.COMMUNE and (parent := parents.get(key)) is not None:
            paths[parent].append(path)
    districts = [
        unit
        for unit in stood.units
        if unit.tier is Tier.DISTRICT and progress.total(paths[unit.id], Tier.COMMUNE, stood.now)
    ]
    asked = LineQuestion(at.moment.day.year, at.moment.day, stood.now, stood.base, at.base_year)
    return Divided(districts, paths, asked)


def each_district(connection: sqlite3.Connection, at: Viewpoint, line: Line) -> Line:
    """A rule for every district ("mỗi huyện ít nhất 01 xã") judged: how many districts keep it, of how many."""
    if line.level is None or line.plan is None or line.key.tier is not Tier.COMMUNE or line.key.name:
        return line
    if line.plan.cumulative is None:
        return line

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
        status=status_of(now, goals["all"], base) if is_due(line.plan, goals, line.day) else Status.NOT_DUE,
    )


def _holds(line: Line) -> bool:
    goal, actual = line.goal, line.actual
    return (
        goal is not None
        and actual is not None
        and (goal.low is None or actual.reached >= goal.low)
        and (goal.high is None or actual.reached <= goal.high)
    )
