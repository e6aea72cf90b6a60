"""Figures of one day on the map of another: which units are counted there, and what is mixed in them."""

from collections.abc import Mapping, Sequence
from datetime import date

from ntmtrack.commands.own_map import OwnMap
from ntmtrack.errors import MapTooOld, NoUnits
from ntmtrack.i18n import day
from ntmtrack.model import Recognition, Tier, Unit
from ntmtrack.progress import Moment
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import standings, units
from ntmtrack.storage.queries.membership import members
from ntmtrack.storage.queries.recognitions import reaching, recognitions_by_unit
from ntmtrack.storage.queries.standings import View


class DayMap(OwnMap):
    """The units of one day, for every year."""

    def __init__(self, connection: Connection, scope: Unit | None, kinds: Sequence[str], on: date) -> None:
        super().__init__(connection, scope, kinds)
        self._on = on

    def parted_on(self, _when: date) -> None:
        """No day: nothing parts a year here."""

    def units_on(self, _when: date) -> date:
        """The day whose units are counted, whatever day is asked about."""
        return self._on

    def standing_on(self, _when: date) -> date:
        """The same."""
        return self._on


def refuse_map(connection: Connection, scope: Unit | None, name: str, on: date, when: date) -> None:
    """Refuses a map without units, and one of which units have ended by the day asked about.

    Raises NoUnits, MapTooOld.
    """
    on_map = [
        unit for unit in units.every_unit(connection, on, scope.id if scope else None) if unit.tier is Tier.COMMUNE
    ]
    if not on_map:
        raise NoUnits(scope=f"{name}, {day(on)}")
    if when <= on:
        return
    standing = members(connection, None, when)
    ended = sorted((unit for unit in on_map if unit.id not in standing), key=lambda unit: unit.kind != "xã")
    if ended:
        raise MapTooOld(map=day(on), day=day(when), unit=ended[0].full_title)


def is_same_map(connection: Connection, scope: Unit | None, on: date, other: date) -> bool:
    """Whether a scope has the same units on two days."""
    key = scope.id if scope else None
    return members(connection, key, on) == members(connection, key, other)


def of_new_units(connection: Connection, own_map: OwnMap, moment: Moment) -> tuple[int, date] | None:
    """How many recognitions of the year are of units that began when it was parted, and with which day's map.

    They count on that map only. None where there are none, or the units of that day are counted.
    """
    parted = own_map.parted_on(moment.day)
    if parted is None or moment.units_on >= parted:
        return None
    scope, year = own_map.unit.id if own_map.unit else None, moment.day.year
    new = members(connection, scope, parted) - members(connection, None, moment.units_on)
    count = sum(
        recognition.year == year and recognition.revoked_on is None
        for unit, of_unit in recognitions_by_unit(connection).items()
        if unit in new
        for recognition in of_unit
    )
    return (count, parted) if count else None


def mixed_by_level(connection: Connection, view: View, moment: Moment) -> Mapping[str, list[str]]:
    """The units whose constituents held a level in part, by the label of that level, each with who held it in words."""
    mixed = standings.mixed_units(connection, view, moment)
    titles = {unit.id: unit for unit in units.every_version(connection)}
    names: dict[str, list[str]] = {}
    for level in view.programme.levels_of(Tier.COMMUNE):
        of_level = [
            unit for unit in mixed if unit.rank < level.rank and any(rank >= level.rank for rank in unit.held.values())
        ]
        if of_level:
            names[level.label] = [titles[unit.unit_id].title for unit in of_level]
    return names


def last_of_origins(
    connection: Connection,
    view: View,
    moment: Moment,
    rank: int,
    recognitions: Mapping[int, Sequence[Recognition]],
) -> dict[int, Recognition]:
    """Of each unit that stood not yet, the recognition by which the last of its whole constituents reached a rank."""
    terms = standings.map_terms(connection, view, [moment])
    scale = view.programme.ranks()
    last: dict[int, Recognition] = {}
    for unit in units.every_unit(connection, view.on_map, view.scope, Tier.COMMUNE):
        if unit.id in terms.stood[0]:
            continue
        whole = [origin.unit_id for origin in terms.origins(unit.id, 0) if origin.is_whole]
        of_each = [found for key in whole if (found := reaching(recognitions.get(key, ()), scale, rank))]
        if of_each:
            last[unit.id] = max(of_each, key=lambda recognition: recognition.since())
    return last
