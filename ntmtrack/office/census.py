"""Where every unit stood; and the census: the counted units with the recognitions that put them where they stand."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ntmtrack.counts import ABSENT, Moment, Path
from ntmtrack.days import year_end
from ntmtrack.model import Level, Programme, Recognition, Tier, Unit
from ntmtrack.office.progress import place, timeline
from ntmtrack.office.viewpoint import Viewpoint
from ntmtrack.storage.queries import standing, units
from ntmtrack.storage.queries.recognitions import by_unit, reaching


class Counted(NamedTuple):
    """A unit with its rank at the moment, at the end of the year before, and without illustrative recognitions.

    `known` are its recognitions that count at the moment, the earliest first.
    """

    unit: Unit
    rank: int
    before: int
    sourced: int
    known: Sequence[Recognition]


class Census(NamedTuple):
    """The counted units of a scope by official order, district by district."""

    programme: Programme
    units: Sequence[Counted]

    def of(self, tier: Tier) -> list[Counted]:
        """The units of one tier."""
        return [one for one in self.units if one.unit.tier is tier]

    def level(self, rank: int) -> Level | None:
        """The level of a rank; None for those that have none yet."""
        return level_of(self.programme, rank)

    def by_level(self, one: Counted) -> dict[str, Recognition]:
        """A unit's first recognition at each level of the programme, by the level's key."""
        scale = self.programme.ranks()
        held: dict[str, Recognition] = {}
        for known in one.known:
            held.setdefault(self.programme.levels[scale[f"{known.programme}/{known.level}"] - 1].key, known)
        return held

    def reaching(self, one: Counted, level: Level) -> Recognition | None:
        """The recognition by which a unit reached a level or above."""
        return reaching(one.known, self.programme.ranks(), level.rank)


def level_of(programme: Programme, rank: int) -> Level | None:
    """The level of a rank in a programme; None for those that have none yet."""
    return programme.levels[rank - 1] if rank > 0 else None


class Stood(NamedTuple):
    """The units of a scope at a moment, and the path of each counted one through `moments`, by unit id.

    `now` is the place of the moment asked about among them, `base` that of the end of the plan's base year; before
    `now` comes the end of the year before.
    """

    moments: Sequence[Moment]
    now: int
    base: int
    units: Sequence[Unit]
    paths: Mapping[int, Path]


def where_stood(connection: sqlite3.Connection, at: Viewpoint) -> Stood:
    """Where the units of the viewpoint's scope stood at the base, at the end of last year and at its moment."""
    base = year_end(at.base_year)
    moments = timeline(at, [base, year_end(at.moment.day.year - 1), at.moment.day])
    return Stood(
        moments=moments,
        now=place(moments, at.moment.day),
        base=place(moments, base),
        units=units.every(connection, at.moment.units_on, at.view.scope),
        paths=standing.standings(connection, at.view, moments),
    )


def take_census(
    connection: sqlite3.Connection, at: Viewpoint, stood: Stood, recognitions: Mapping[int, Sequence[Recognition]]
) -> Census:
    """The census of the viewpoint's scope at its moment; `recognitions` are all there are, by unit."""
    known = _counting(connection, at, recognitions)
    now = stood.now
    counted = [
        Counted(unit, path.standings[now], max(path.standings[now - 1], 0), path.sourced[now], known[unit.id])
        for unit in sorted(stood.units, key=by_district)
        if (path := stood.paths.get(unit.id)) and path.standings[now] != ABSENT
    ]
    return Census(at.view.programme, counted)


def counting_by_unit(connection: sqlite3.Connection, at: Viewpoint) -> Mapping[int, list[Recognition]]:
    """The recognitions that count at the moment, by unit."""
    return _counting(connection, at, by_unit(connection))


def _counting(
    connection: sqlite3.Connection, at: Viewpoint, recognitions: Mapping[int, Sequence[Recognition]]
) -> Mapping[int, list[Recognition]]:
    counting = standing.counting(connection, at.view, at.moment.day)
    held: dict[int, list[Recognition]] = defaultdict(list)
    for key, known in recognitions.items():
        held[key] = [one for one in known if one.id in counting]
    return held


def by_district(unit: Unit) -> tuple[int, object]:
    """The order of units: district by district, within one in official order."""
    return (unit.parent_id or 0, units.official_order(unit))
