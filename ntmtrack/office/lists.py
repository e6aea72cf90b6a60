"""The reports that name units: behind a number, not yet reached, the register."""

import sqlite3
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence

from ntmtrack.counts import ABSENT, at_least, illustrative
from ntmtrack.days import year_end
from ntmtrack.i18n import _
from ntmtrack.model import Level, Recognition, Tier, Unit
from ntmtrack.office.viewpoint import Viewpoint
from ntmtrack.reports import register_tables, unit_tables
from ntmtrack.reports.unit_tables import Held
from ntmtrack.reports.values import Report
from ntmtrack.reports.words import line_label
from ntmtrack.storage.queries import standing, units
from ntmtrack.storage.queries.recognitions import by_unit, reaching


def behind_number(
    connection: sqlite3.Connection,
    at: Viewpoint,
    tier: Tier,
    level: Level,
    *,
    in_year: bool = False,
    highest: bool = False,
) -> Report:
    """The units behind a number: those that reached `level` in the year of the moment, or until then.

    With `highest` only those that have no higher level.
    """
    year = at.moment.day.year
    paths = standing.standings(connection, at.view, [at.moment_at(year_end(year - 1)), at.moment], tier)
    chosen = {
        key: path.standings[1]
        for key, path in paths.items()
        if (path.standings[1] == level.rank if highest else path.standings[1] >= level.rank)
        and not (in_year and path.standings[0] >= level.rank)
    }
    known, scale = _evidence(connection, at), at.view.programme.ranks()
    held = [
        Held(unit, _level(at, chosen[unit.id]), reaching(known[unit.id], scale, level.rank))
        for unit in _standing_units(connection, at, chosen)
    ]
    title = _("{line}, newly in {year}") if in_year else _("{line}, until {year}")
    title = title.format(line=line_label(tier, level), year=year)
    return unit_tables.recognised(held, f"{title} · {at.scope_name}", at.moment, at.view.basis)


def not_reached(connection: sqlite3.Connection, at: Viewpoint, tier: Tier, level: Level) -> Report:
    """The units alive and counted at the moment that have not reached `level`, by district."""
    paths = standing.standings(connection, at.view, [at.moment], tier)
    missing = {key: path.standings[0] for key, path in paths.items() if ABSENT < path.standings[0] < level.rank}
    units_missing = sorted(_standing_units(connection, at, missing), key=_district_order)
    title = _("Not yet: {line}").format(line=line_label(tier, level))
    return unit_tables.remaining(
        [Held(unit, _level(at, missing[unit.id])) for unit in units_missing],
        level,
        f"{title} · {at.scope_name}",
        at.moment,
        at.view.basis,
        made_up=illustrative(paths.values(), tier, at_least(level.rank), at=0),
    )


def register(connection: sqlite3.Connection, at: Viewpoint, tier: Tier) -> Report:
    """Every counted unit of a tier with its levels, years and decisions, by district."""
    paths = standing.standings(connection, at.view, [at.moment], tier)
    counted = {key: path.standings[0] for key, path in paths.items() if path.standings[0] != ABSENT}
    known = _evidence(connection, at)
    entries = [
        (unit, _level(at, counted[unit.id]), _by_level(known[unit.id], at))
        for unit in sorted(_standing_units(connection, at, counted), key=_district_order)
    ]
    title = _("Register of recognised units: {tier}").format(
        tier=_("communes") if tier is Tier.COMMUNE else _("districts")
    )
    title = f"{title} · {at.scope_name}"
    return register_tables.register(entries, at.view.programme, title, at.moment, at.view.basis)


def with_levels(connection: sqlite3.Connection, at: Viewpoint, shown: Sequence[Unit]) -> list[Held]:
    """Units with the highest level that each has at the moment."""
    paths = standing.standings(connection, at.view, [at.moment])
    held = []
    for unit in shown:
        path = paths.get(unit.id)
        rank, sourced = (path.standings[0], path.sourced[0]) if path else (ABSENT, ABSENT)
        held.append(Held(unit, _level(at, rank), made_up=rank != sourced))
    return held


def _standing_units(connection: sqlite3.Connection, at: Viewpoint, among: Container[int]) -> list[Unit]:
    every = units.every(connection, at.moment.units_on, at.view.scope)
    return [unit for unit in every if unit.id in among]


def _evidence(connection: sqlite3.Connection, at: Viewpoint) -> Mapping[int, list[Recognition]]:
    """The recognitions that count at the moment, by unit."""
    counting = standing.counting(connection, at.view, at.moment.day)
    held: dict[int, list[Recognition]] = defaultdict(list)
    for key, known in by_unit(connection).items():
        held[key] = [one for one in known if one.id in counting]
    return held


def _by_level(known: Sequence[Recognition], at: Viewpoint) -> dict[str, Recognition]:
    """A unit's first recognition at each level of the programme, by the level's key."""
    scale = at.view.programme.ranks()
    held: dict[str, Recognition] = {}
    for one in known:
        held.setdefault(at.view.programme.levels[scale[f"{one.programme}/{one.level}"] - 1].key, one)
    return held


def _level(at: Viewpoint, rank: int) -> Level | None:
    return at.view.programme.levels[rank - 1] if rank > 0 else None


def _district_order(unit: Unit) -> tuple[int, object]:
    return (unit.parent_id or 0, units.official_order(unit))
