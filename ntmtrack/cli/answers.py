"""The reports that answer a question about the ledger: shared by the commands, the workbook and the demo."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from ntmtrack.cli.viewpoint import Viewpoint
from ntmtrack.days import year_end
from ntmtrack.i18n import _
from ntmtrack.model import Basis, Level, Recognition, Tier, Unit
from ntmtrack.progress import ABSENT, ByName, Line, Moment, Status, by_name, ladder, lines_at
from ntmtrack.reports import progress_tables, register_tables, unit_tables
from ntmtrack.reports.progress_tables import Setting
from ntmtrack.reports.unit_tables import Held
from ntmtrack.reports.values import Report
from ntmtrack.reports.words import line_label
from ntmtrack.storage.queries import standing, units
from ntmtrack.storage.queries.recognitions import by_unit, reaching

TIERS = (Tier.DISTRICT, Tier.COMMUNE)


def progress_at(connection: sqlite3.Connection, at: Viewpoint) -> Report:
    """Progress against the roadmap at one moment."""
    moments = [
        at.moment_at(year_end(at.base_year)),
        at.moment_at(year_end(at.moment.day.year - 1)),
        at.moment,
    ]
    paths = standing.paths(connection, at.view, moments)
    lines = lines_at(paths, at.view.programme, at.roadmap, at.moment.day.year, at=2)
    ladders = [ladder(paths, tier, at.view.programme, at=2) for tier in TIERS]
    return progress_tables.one_moment(lines, ladders, _names(connection, at, moments), _setting(connection, at))


def progress_by_year(connection: sqlite3.Connection, at: Viewpoint, today: date) -> Report:
    """The whole period side by side, up to and including the years still to come, whose actual figures are open."""
    period = at.view.programme
    years = range(period.first_year, period.last_year + 1)
    ends = [year_end(period.first_year - 1), *map(year_end, years), year_end(at.base_year)]
    paths = standing.paths(connection, at.view, [at.moment_at(end) for end in ends])
    base = len(ends) - 1
    shown = []
    for place, year in enumerate(years, start=1):
        lines = lines_at(paths, period, at.roadmap, year, at=place, base=base)
        shown.append((year, lines if year <= today.year else _open(lines)))
    last = max(year for year in years if year <= max(today.year, period.first_year))
    seen = replace(at, moment=at.moment_at(year_end(last)))
    return progress_tables.whole_period(shown, _setting(connection, seen))


def _open(lines: Sequence[Line]) -> list[Line]:
    return [replace(line, reached=0, added=0, lost=0, illustrative=0, status=Status.NO_DATA) for line in lines]


def _setting(connection: sqlite3.Connection, at: Viewpoint) -> Setting:
    by_decision = at.view.basis is Basis.DECISION
    return Setting(
        programme=at.view.programme,
        basis=at.view.basis,
        scope=at.scope_name,
        moment=at.moment,
        roadmap=at.roadmap,
        undated=standing.undated(connection, at.view, at.moment.day) if by_decision else 0,
        unverified=standing.unverified(connection, at.view, at.moment.day) if at.view.programme.unverified() else 0,
    )


def _names(connection: sqlite3.Connection, at: Viewpoint, moments: Sequence[Moment]) -> list[ByName]:
    """The comparison by name, for every level for which the roadmap names units."""
    named = [target for target in (at.roadmap.targets if at.roadmap else ()) if target.units]
    if not named:
        return []
    titles = {unit.id: unit.title for unit in units.every(connection, at.moment.units_on, at.view.scope)}
    compared = []
    for target in named:
        level = at.view.programme.level(target.measure)
        ranks = standing.standings(connection, at.view, moments, target.tier)
        now = [titles[key] for key, where in ranks.items() if where[-1] >= level.rank]
        before = [titles[key] for key, where in ranks.items() if where[0] >= level.rank]
        compared.append(by_name(target.tier, level, target.units, now, before))
    return compared


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
