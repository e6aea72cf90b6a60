"""The approved path of a line, straight between year ends; how many months the actual number is ahead of it.

Times are years as exact fractions: the end of 2024 is 2025, so that the end of a year is a whole number.
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple


class Point(NamedTuple):
    """How many units the plan has at a time."""

    time: Fraction
    units: int


def at_day(day: date) -> Fraction:
    """A day's end as a time."""
    first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    return day.year + Fraction((day - first).days + 1, (last - first).days + 1)


def year_end(year: int) -> Fraction:
    """The end of a year as a time."""
    return Fraction(year + 1)


def planned(path: Sequence[Point], time: Fraction) -> Fraction | None:
    """What the path has at a time: its last number after its end, None before its beginning."""
    if not path or time < path[0].time:
        return None
    for (begin, low), (end, high) in pairwise(path):
        if time <= end:
            return low + (high - low) * (time - begin) / (end - begin)
    return Fraction(path[-1].units)


def months_ahead(path: Sequence[Point], actual: int, day: date) -> Fraction | None:
    """The distance in months to the day on which the path has the value `actual`; negative when behind.

    Beyond the path's highest number the distance is that to its end; None where the path never had so few, or begins
    later than `day`.
    """
    now = at_day(day)
    asked = planned(path, now)
    if asked is None:
        return None
    if actual == asked:
        return Fraction(0)
    times = [time for one, other in pairwise(path) if (time := _when(one, other, actual)) is not None]
    if actual > asked:
        ahead = [time for time in times if time >= now]
        return (min(ahead, default=max(path[-1].time, now)) - now) * 12
    behind = [time for time in times if time <= now]
    return (max(behind) - now) * 12 if behind else None


def mirrored(path: Sequence[Point]) -> list[Point]:
    """The same path upside down: of a target "at most", fewer units are further on."""
    return [Point(time, -units) for time, units in path]


def _when(one: Point, other: Point, units: int) -> Fraction | None:
    """When the straight way from one point to the next has that many units; of a level way its later end."""
    if one.units == other.units:
        return other.time if units == one.units else None
    share = Fraction(units - one.units, other.units - one.units)
    return one.time + share * (other.time - one.time) if 0 <= share <= 1 else None


def years_between(begin: date, end: date) -> Fraction:
    """The years from one day's end to another's, negative when the second comes first."""
    return at_day(end) - at_day(begin)


def required_pace(missing: int, day: date, final_year: int) -> Fraction | None:
    """How many units a year are needed to reach the final target: what is left over the years left; None too late."""
    left = year_end(final_year) - at_day(day)
    if missing <= 0:
        return Fraction(0)
    return missing / left if left > 0 else None
