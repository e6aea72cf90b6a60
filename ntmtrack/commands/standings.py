"""Where every unit stood; and the census: the counted units with the recognitions that put them where they stand."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from ntmtrack.commands.other_map import last_of_origins
from ntmtrack.commands.question import ReportSpec, index_of, timeline
from ntmtrack.dates import first_day, year_end
from ntmtrack.model import Act, Confidence, Level, Programme, Recognition, Tier, Unit
from ntmtrack.progress import ABSENT, Moment, Standings
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import standings, units
from ntmtrack.storage.queries.recognitions import recognitions_by_unit
from ntmtrack.units.namesakes import with_provinces


class CountedUnit(NamedTuple):
    """A unit with its rank at the moment and at the end of the year before.

    `recognitions` are those that count at the moment, the earliest first, `first_at` the first of them at each level
    of the programme, by the level's key; `revoked` those of a level above its rank that were taken back by then.
    """

    unit: Unit
    rank: int
    before: int
    recognitions: Sequence[Recognition]
    first_at: Mapping[str, Recognition]
    revoked: Sequence[Recognition] = ()

    @property
    def is_made_up(self) -> bool:
        """Whether anything of it rests on an illustrative recognition."""
        return any(recognition.confidence is Confidence.ILLUSTRATIVE for recognition in self.recognitions)


class Census(NamedTuple):
    """The counted units of a scope by official order, district by district.

    `ended` are those that were counted at the end of the year before and are no more, with their rank then.
    """

    programme: Programme
    units: Sequence[CountedUnit]
    ended: Sequence[tuple[Unit, int]] = ()

    def of(self, tier: Tier) -> list[CountedUnit]:
        """The units of one tier."""
        return [unit for unit in self.units if unit.unit.tier is tier]

    def level(self, rank: int) -> Level | None:
        """The level of a rank; None for those that have none yet."""
        return level_of(self.programme, rank)

    def not_on_record(self, unit: CountedUnit) -> list[Level]:
        """The levels below a unit's highest that are not on record; none where that was acknowledged after a merger."""
        below = self.programme.levels[: max(unit.rank, 0)]
        if not below or unit.first_at[below[-1].key].basis is Act.ACKNOWLEDGED:
            return []
        return [level for level in below if level.key not in unit.first_at]

    def reaching(self, unit: CountedUnit, level: Level) -> Recognition | None:
        """The recognition by which a unit reached a level or above, of the nearest level that is on record."""
        onwards = self.programme.levels[level.rank - 1 :]
        return next((unit.first_at[one.key] for one in onwards if one.key in unit.first_at), None)


def level_of(programme: Programme, rank: int) -> Level | None:
    """The level of a rank in a programme: 1 is the lowest, 0 (None here) has none yet."""
    return programme.levels[rank - 1] if rank > 0 else None


class ScopeStandings(NamedTuple):
    """The units of a scope at a moment, and by unit id the rank of each counted one at each of `moments`.

    `now` is the index of the moment asked about, `base` that of the end of the plan's base year; `now` - 1 is the end
    of the year before.
    """

    moments: Sequence[Moment]
    now: int
    base: int
    units: Sequence[Unit]
    paths: Mapping[int, Standings]


def where_stood(connection: Connection, spec: ReportSpec) -> ScopeStandings:
    """Where the units of the scope stood at the base, at the end of last year and at the moment asked about."""
    base = year_end(spec.base_year)
    moments = timeline(spec, [base, year_end(spec.moment.day.year - 1), spec.moment.day])
    return ScopeStandings(
        moments=moments,
        now=index_of(moments, spec.moment.day),
        base=index_of(moments, base),
        units=units.every_unit(connection, spec.moment.units_on, spec.view.scope),
        paths=standings.standings(connection, spec.view, moments),
    )


def take_census(
    connection: Connection,
    spec: ReportSpec,
    ranked: ScopeStandings,
    recognitions: Mapping[int, Sequence[Recognition]],
) -> Census:
    """The census of the scope at the moment asked about; `recognitions` are all there are, by unit."""
    counting = _counting(connection, spec, recognitions)
    if spec.view.on_map:
        counting = _with_origins(connection, spec, counting)
    now, ranks = ranked.now, spec.view.programme.ranks()
    keys = {origin: spec.view.programme.levels[rank - 1].key for origin, rank in ranks.items()}
    counted = [
        CountedUnit(
            unit,
            path.ranks[now],
            max(path.ranks[now - 1], 0),
            counting[unit.id],
            {keys[recognition.origin]: recognition for recognition in reversed(counting[unit.id])},
            revoked_above(spec, recognitions.get(unit.id, ()), path.ranks[now]),
        )
        for unit in with_provinces(ranked.units, sorted(ranked.units, key=by_district(ranked.units)))
        if (path := ranked.paths.get(unit.id)) and path.ranks[now] != ABSENT
    ]
    return Census(spec.view.programme, counted, _ended(connection, spec, ranked))


def _with_origins(
    connection: Connection, spec: ReportSpec, counting: Mapping[int, list[Recognition]]
) -> Mapping[int, list[Recognition]]:
    """The recognitions that count; of a unit that stood not yet, the last of those of what it was made of."""
    of_origins: dict[int, list[Recognition]] = defaultdict(list)
    for level in spec.view.programme.levels_of(Tier.COMMUNE):
        last = last_of_origins(connection, spec.view, spec.moment, level.rank, counting)
        for unit_id, recognition in last.items():
            of_origins[unit_id].append(recognition)
    return defaultdict(list, {**counting, **of_origins})


def _ended(connection: Connection, spec: ReportSpec, ranked: ScopeStandings) -> list[tuple[Unit, int]]:
    """The units with a level at the end of the year before that are not counted any more."""
    now = ranked.now
    gone = {
        key: path.ranks[now - 1]
        for key, path in ranked.paths.items()
        if path.ranks[now] == ABSENT and path.ranks[now - 1] > 0
    }
    if not gone:
        return []
    before = units.every_unit(connection, ranked.moments[now - 1].units_on, spec.view.scope)
    return [(unit, gone[unit.id]) for unit in sorted(before, key=by_district(before)) if unit.id in gone]


def revoked_above(spec: ReportSpec, recognitions: Sequence[Recognition], rank: int) -> list[Recognition]:
    """Of a unit's recognitions, those of a level above `rank` that were revoked by the day asked about."""
    revoked = [recognition for recognition in recognitions if recognition.revoked_on]
    ranks = spec.view.programme.ranks() if revoked else {}
    return [
        recognition
        for recognition in revoked
        if first_day(recognition.revoked_on) <= spec.moment.day and ranks.get(recognition.origin, 0) > rank
    ]


def counting_by_unit(connection: Connection, spec: ReportSpec) -> Mapping[int, list[Recognition]]:
    """The recognitions that count at the moment, by unit."""
    return _counting(connection, spec, recognitions_by_unit(connection))


def _counting(
    connection: Connection, spec: ReportSpec, recognitions: Mapping[int, Sequence[Recognition]]
) -> Mapping[int, list[Recognition]]:
    counting = standings.counting(connection, spec.view, spec.moment.day)
    counted: dict[int, list[Recognition]] = defaultdict(list)
    for key, of_unit in recognitions.items():
        counted[key] = [recognition for recognition in of_unit if recognition.id in counting]
    return counted


def by_district(every: Sequence[Unit]) -> Callable[[Unit], tuple[int, object]]:
    """The key to sort units by: districts in official order, then the units of each; `every` are all that stand."""
    places = {unit.id: place for place, unit in enumerate(every)}
    return lambda unit: (places.get(unit.parent_id or 0, -1), units.official_order(unit))
