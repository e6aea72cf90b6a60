"""What a plan asks of a line over time: which printed figure governs a year, and the path between year ends."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from ntmtrack.roadmaps import Named, Target

_FAR = 9999
_OF_PERIOD = ("cumulative", "cumulative_high", "operator", "share_of", "base", "readings")  # go with the count
_BESIDE = ("total", "percent", "percent_high")  # the year's own where it prints them


def governing(figures: Sequence[Target]) -> dict[int, Target]:
    """The figure that counts for each year, the earliest first: its target, else the result that the plan prints.

    Example: a result for 2020 and targets for 2021 and 2025 give {2020: result, 2021: target, 2025: target}.
    """
    return {year: _settled(of) for year, of in _by_year(figures).items()}


def addition(figures: Sequence[Target], plan: Target | None) -> Target | None:
    """The figure that prints what `plan` adds: its operator may be another than that of the cumulative number."""
    if plan is None or plan.added is None:
        return None
    same = (plan.year, plan.span, plan.nature, plan.added)
    return next((figure for figure in figures if (figure.year, figure.span, figure.nature, figure.added) == same), plan)


def results(figures: Sequence[Target]) -> dict[int, Target]:
    """What later additions are counted from: the result of a year where the plan states one, else its target."""
    known = {year: [target for target in of if target.nature == "actual"] for year, of in _by_year(figures).items()}
    return governing(figures) | {year: _settled(of) for year, of in known.items() if of}


def stated_start(figures: Sequence[Target], base_year: int) -> int | None:
    """The number that the first figures of a plan imply at the end of its base year; None where they leave it open.

    Example: 90 in all and 11 added in 2021 imply 79 in 2020; 3 in all and 3 added in 2022 that there were none.
    """
    first = next(iter(governing(figures).values()), None)
    if first is None or first.cumulative is None:
        return None
    if first.year == base_year:
        return first.cumulative
    if first.added is None or first.span != "year":
        return None
    before = first.cumulative - first.added
    return before if first.year == base_year + 1 or before == 0 else None


def plan_for(figures: Sequence[Target], year: int, last_year: int = _FAR) -> Target | None:
    """What a line prints for `year`; its final target where it sets targets for no year of the programme, or for one.

    What is aimed at beyond `last_year`, the programme's, is no target of a year before it.
    """
    if (printed := governing(figures).get(year)) is not None:
        return printed
    years = {
        figure.year
        for figure in figures
        if (figure.span, figure.nature) == ("year", "target") and figure.year <= last_year
    }
    return None if len(years) > 1 else final_of(figures, last_year)


def final_of(figures: Sequence[Target], last_year: int = _FAR) -> Target | None:
    """The last target of a line within the programme, else the first beyond it; None of a line with results alone."""
    targets = {year: target for year, target in governing(figures).items() if target.nature == "target"}
    within = [year for year in targets if year <= last_year]
    return targets[within[-1] if within else min(targets)] if targets else None


def _by_year(figures: Sequence[Target]) -> dict[int, list[Target]]:
    """The figures of each year but baselines, targets first, the last due first.

    The year's own stand before the whole period's, those before what some of its years add together.
    """

    def rank(figure: Target) -> tuple[int, bool, bool, bool, int]:
        of_some_years = figure.span == "period" and not figure.is_headline
        return figure.year, figure.nature != "target", figure.span != "year", of_some_years, -figure.due_by.toordinal()

    ordered = sorted((figure for figure in figures if figure.nature != "baseline"), key=rank)
    years: dict[int, list[Target]] = {}
    for target in ordered:
        years.setdefault(target.year, []).append(target)
    return years


def _settled(figures: Sequence[Target]) -> Target:
    """The first of a year's figures, with the cumulative number that the period prints where it has none itself."""
    first = figures[0]
    if first.cumulative is not None or first.added is None:
        return first
    alike = (figure for figure in figures[1:] if figure.nature == first.nature and figure.cumulative is not None)
    whole = next(alike, None)
    if whole is None:
        return first
    own = {field: getattr(whole, field) for field in _OF_PERIOD}
    own |= {field: getattr(whole, field) for field in _BESIDE if getattr(first, field) is None}
    own["percent_operator"] = whole.percent_operator if first.percent is None else _unlike(first.percent_sign, whole)
    return first._replace(**own)


def _unlike(operator: str, whole: Target) -> str | None:
    """The operator of a per cent where it is not that of the count beside it."""
    return None if operator == whole.operator else operator


class Point(NamedTuple):
    """How many units the plan has at a time."""

    time: Fraction
    units: int


def time_of_day_end(day: date) -> Fraction:
    """A day's end as a time."""
    first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    return day.year + Fraction((day - first).days + 1, (last - first).days + 1)


def time_of_year_end(year: int) -> Fraction:
    """The end of a year as a time."""
    return Fraction(year + 1)


def planned(path: Sequence[Point], time: Fraction) -> Fraction | None:
    """How many units the path has at a time: its last number after its end, None before its beginning.

    Example: 79 at the end of 2020 and 91 at the end of 2021 are 85 in the middle of 2021.
    """
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
    now = time_of_day_end(day)
    asked = planned(path, now)
    if asked is None:
        return None
    if actual == asked:
        return Fraction(0)
    times = [time for point, other in pairwise(path) if (time := _when(point, other, actual)) is not None]
    if actual > asked:
        ahead = [time for time in times if time >= now]
        return (min(ahead, default=max(path[-1].time, now)) - now) * 12
    behind = [time for time in times if time <= now]
    return (max(behind) - now) * 12 if behind else None


def mirrored(path: Sequence[Point]) -> list[Point]:
    """The path with its numbers negated: of a target "at most", fewer units are further on."""
    return [Point(time, -units) for time, units in path]


def _when(point: Point, other: Point, units: int) -> Fraction | None:
    """When the straight line from one point to the next has that many units; where it is level, its later end."""
    if point.units == other.units:
        return other.time if units == point.units else None
    share = Fraction(units - point.units, other.units - point.units)
    return point.time + share * (other.time - point.time) if 0 <= share <= 1 else None


def years_between(begin: date, end: date) -> Fraction:
    """The years from one day's end to another's, negative when the second comes first."""
    return time_of_day_end(end) - time_of_day_end(begin)


def required_pace(missing: int, day: date, final_year: int) -> Fraction | None:
    """How many units a year are needed to reach the final target: what is left over the years left; None too late."""
    left = time_of_year_end(final_year) - time_of_day_end(day)
    if missing <= 0:
        return Fraction(0)
    return missing / left if left > 0 else None


class NamedUnits(NamedTuple):
    """Of the units that a plan names: reached, late; and those that reached it since the base year unnamed.

    `reserve` are those held in reserve that reached it; `unknown` names that fit no unit of the ledger surely.
    """

    target: Target
    reached: tuple[str, ...]
    late: tuple[str, ...]
    beyond: tuple[str, ...]
    reserve: tuple[str, ...]
    unknown: tuple[str, ...]


def compare_names(
    target: Target,
    units: Mapping[Named, int],
    now: Iterable[int],
    at_base: Iterable[int],
    titles: Mapping[int, str],
    alike: Sequence[Target] = (),
) -> NamedUnits:
    """The named units of `target` (in `units` by printed name) split by whether they stand in `now`.

    Units are compared by identity, not by what they are called. What targets `alike`, of other years, name is in the
    plan too.
    """
    standing, before = list(now), set(at_base)
    others = () if target.name else standing  # who else reached it says nothing of a line about some units alone
    known = {
        name: units[target.tier, name]
        for naming in (target, *alike)
        for name in _all_names(naming)
        if (target.tier, name) in units
    }
    named = [name for name in (*target.units, *target.registered) if name in known]
    return NamedUnits(
        target=target,
        reached=tuple(name for name in named if known[name] in standing),
        late=tuple(name for name in named if known[name] not in standing),
        beyond=tuple(titles.get(key, "?") for key in others if key not in known.values() and key not in before),
        reserve=tuple(name for name in target.reserve if known.get(name) in standing),
        unknown=tuple(name for name in _all_names(target) if name not in known),
    )


def _all_names(target: Target) -> Sequence[str]:
    return (*target.units, *target.reserve, *target.registered)
