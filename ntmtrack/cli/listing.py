"""The reports that name units: behind a number, not yet reached, the register."""

import sqlite3
from collections.abc import Mapping, Sequence

from ntmtrack.cli.viewpoint import Viewpoint
from ntmtrack.days import year_end
from ntmtrack.i18n import _
from ntmtrack.model import Level, Recognition, Tier, Unit
from ntmtrack.progress import ABSENT
from ntmtrack.reports import register_tables, unit_tables
from ntmtrack.reports.unit_tables import Held
from ntmtrack.reports.values import Report
from ntmtrack.reports.words import line_label
from ntmtrack.storage.queries import standing, units
from ntmtrack.storage.queries.recognitions import by_unit, reaching


def behind_number(connection: sqlite3.Connection, at: Viewpoint, tier: Tier, level: Level, *, in_year: bool) -> Report:
    """The units behind a number: those that reached `level` in the year of the moment, or until then."""
    moments = [at.moment_at(year_end(at.moment.day.year - 1)), at.moment]
    ranks = standing.standings(connection, at.view, moments, tier)
    chosen = {
        key: where
        for key, where in ranks.items()
        if where[1] >= level.rank and not (in_year and where[0] >= level.rank)
    }
    label = line_label(tier, level)
    title = (_("{line}, newly in {year}") if in_year else _("{line}, until {year}")).format(
        line=label, year=at.moment.day.year
    )
    held = _held(connection, at, {key: where[1] for key, where in chosen.items()}, level)
    return unit_tables.recognised(held, f"{title} · {at.scope_name}", at.moment, at.view.basis)


def not_reached(connection: sqlite3.Connection, at: Viewpoint, tier: Tier, level: Level) -> Report:
    """The units alive and counted at the moment that have not reached `level`."""
    ranks = standing.standings(connection, at.view, [at.moment], tier)
    missing = {key: where[0] for key, where in ranks.items() if ABSENT < where[0] < level.rank}
    held = sorted(_held(connection, at, missing, level), key=lambda one: _district_order(one.unit))
    title = _("Not yet: {line}").format(line=line_label(tier, level))
    return unit_tables.remaining(held, level, f"{title} · {at.scope_name}", at.moment, at.view.basis)


def register(connection: sqlite3.Connection, at: Viewpoint, tier: Tier) -> Report:
    """Every counted unit of a tier with its levels, years and decisions."""
    programme = at.view.programme
    ranks = standing.standings(connection, at.view, [at.moment], tier)
    known = by_unit(connection)
    entries = [
        (unit, _level(at, ranks[unit.id][0]), _by_level(known.get(unit.id, []), at))
        for unit in units.every(connection, at.moment.units_on, at.view.scope)
        if unit.id in ranks and ranks[unit.id][0] != ABSENT
    ]
    title = _("Register of recognised units: {tier}").format(
        tier=_("communes") if tier is Tier.COMMUNE else _("districts")
    )
    return register_tables.register(
        sorted(entries, key=lambda entry: _district_order(entry[0])),
        programme,
        f"{title} · {at.scope_name}",
        at.moment,
        at.view.basis,
    )


def with_levels(connection: sqlite3.Connection, at: Viewpoint, shown: Sequence[Unit]) -> list[Held]:
    """Units with the highest level that each has at the moment."""
    ranks = standing.standings(connection, at.view, [at.moment])
    return [Held(unit, _level(at, ranks.get(unit.id, (0,))[0])) for unit in shown]


def _held(connection: sqlite3.Connection, at: Viewpoint, ranks: Mapping[int, int], level: Level) -> list[Held]:
    known = by_unit(connection)
    scale = at.view.programme.ranks()
    return [
        Held(unit, _level(at, ranks[unit.id]), reaching(known.get(unit.id, []), scale, level.rank))
        for unit in units.every(connection, at.moment.units_on, at.view.scope)
        if unit.id in ranks
    ]


def _by_level(known: Sequence[Recognition], at: Viewpoint) -> dict[str, Recognition]:
    """A unit's standing recognition of each level of the programme, for years up to the moment's."""
    scale = at.view.programme.ranks()
    held: dict[str, Recognition] = {}
    for one in known:
        rank = scale.get(f"{one.programme}/{one.level}")
        if rank and one.revoked_on is None and one.first_day()[:4] <= str(at.moment.day.year):
            held.setdefault(at.view.programme.levels[rank - 1].key, one)
    return held


def _level(at: Viewpoint, rank: int) -> Level | None:
    return at.view.programme.levels[rank - 1] if rank > 0 else None


def _district_order(unit: Unit) -> tuple[int, object]:
    return (unit.parent_id or 0, units.official_order(unit))
