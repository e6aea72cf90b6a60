"""Where units stand: at which rank at each of a few moments. The one place that says from when a recognition counts.

By năm đạt chuẩn a recognition counts from the day it was decided, if that lies in its own year; decided later, or on
no known day, from 31/12 of that year; decided before it, from 1/1. By decision it counts from the day it was signed,
or, where that is unknown, announced. A day known only to the month or the year counts from its last day. Where no
year is known, `known_by` stands for both. What is on record has happened: where that last day is still to come, and
the first possible one is not, it counts from today.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ntmtrack.model import Basis, Programme, Tier
from ntmtrack.progress import Moment, Standings, ranks_at, ranks_held, read_spans
from ntmtrack.progress.evidence import Undated
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries.membership import day_facts, members, placed_cte
from ntmtrack.storage.queries.units import successions

if TYPE_CHECKING:
    from ntmtrack.progress.other_map import MapTerms, MixedUnit


class View(NamedTuple):
    """How to look: by which programme's ladder, on which basis, within which unit (None: the whole ledger).

    `today` is the day on which it is asked; where it is left out, no day is still to come. `on_map` is the day whose
    units are counted at every moment, where it is not each moment's own.
    """

    programme: Programme
    basis: Basis
    scope: int | None = None
    today: date | None = None
    on_map: date | None = None

    def facts(self) -> dict[str, object]:
        """The view as SQL parameters."""
        return {
            "scope": self.scope,
            "today": self.today.isoformat() if self.today else None,
            "this_year": self.today.year if self.today else None,
            **{f"origin{place}": origin for place, origin in enumerate(self.programme.ranks())},
        }


def last_day_of(column: str) -> str:
    """The last day that a possibly partial ISO day can mean, in SQL."""
    return (
        f"CASE length({column}) WHEN 10 THEN {column}"
        f" WHEN 7 THEN date({column} || '-01', '+1 month', '-1 day') WHEN 4 THEN {column} || '-12-31' END"
    )


def first_day_of(column: str) -> str:
    """The first day that a possibly partial ISO day can mean, in SQL."""
    return f"substr({column} || '-01-01', 1, 10)"


def _year_of(day: str) -> str:
    """The year of an ISO day as a number, in SQL."""
    return f"CAST(substr({day}, 1, 4) AS INTEGER)"


def _happened(year: str, first: str, last: str) -> str:
    """Today, where something on record lies between a day that has come and one that has not; else its last day.

    `year` is a quick way to tell that all of it lies in the past.
    """
    return (
        f"CASE WHEN {year} < :this_year THEN {last} WHEN {last} > :today AND {first} <= :today THEN :today"
        f" ELSE {last} END"
    )


_WRITTEN = "coalesce(decision.signed_on, r.announced_on)"
_DECIDED = last_day_of(_WRITTEN)
# The day from which a recognition `r` with its `decision` counts, in SQL.
COUNTS_FROM = {
    Basis.YEAR: f"""CASE WHEN r.year IS NULL THEN {last_day_of("r.known_by")} ELSE
        min(r.year || '-12-31', max(r.year || '-01-01', coalesce({_DECIDED}, r.year || '-12-31'))) END""",
    Basis.DECISION: f"""coalesce({_DECIDED}, {last_day_of("r.known_by")})""",
}
# The year by whose end it counts, in SQL.
_ITS_YEAR = {
    Basis.YEAR: f"coalesce(r.year, {_year_of('r.known_by')})",
    Basis.DECISION: _year_of(f"coalesce({_WRITTEN}, r.known_by)"),
}
# The first day on which it may have been decided, in SQL: another than the above only where a day is not known whole.
_FIRST_POSSIBLE = {
    Basis.YEAR: f"""CASE WHEN r.year IS NULL THEN {first_day_of("r.known_by")} ELSE
        max(r.year || '-01-01', coalesce({first_day_of(_WRITTEN)}, '')) END""",
    Basis.DECISION: f"""coalesce({first_day_of(_WRITTEN)}, {first_day_of("r.known_by")})""",
}


def standing_ctes(view: View, among: str = "") -> str:
    """The table `dated`: every current recognition, what it is worth, when it counts; of all units or those `among`.

    It counts from `day` until `ended`. NULL is a worth of none in this programme, a day that is not known, an end that
    has not come.
    """
    return f"""
    revoked(recognition_id, ended) AS (
        SELECT recognition_id, min({_happened(_year_of("day"), first_day_of("day"), last_day_of("day"))})
        FROM revocation
        WHERE voided_by IS NULL GROUP BY recognition_id),
    dated AS /* once */ (
        SELECT r.id, r.unit_id, {_worth(view.programme)} AS worth, r.confidence, r.year,
               {_happened(_ITS_YEAR[view.basis], _FIRST_POSSIBLE[view.basis], COUNTS_FROM[view.basis])} AS day,
               revoked.ended
        FROM recognition AS r
        LEFT JOIN decision ON decision.id = r.decision_id
        LEFT JOIN revoked ON revoked.recognition_id = r.id
        WHERE r.voided_by IS NULL{f" AND r.unit_id IN ({among})" if among else ""}
        LIMIT -1)"""  # the limit keeps SQLite from working out `day` anew for every moment


def _counted(programme: Programme) -> str:
    """The kinds of unit that `programme` counts, as a condition; kinds are words of the shipped programme files."""
    return " OR ".join(_of_kinds(tier, kinds) for tier, kinds in programme.counted.items())


def _of_kinds(tier: Tier, kinds: Sequence[str]) -> str:
    names = ", ".join(f"'{kind}'" for kind in kinds)
    return f"tier = '{tier}' AND kind IN ({names})"


def _worth(programme: Programme) -> str:
    """What a recognition is worth in `programme`: ten times its rank, and 1 where it is verified that it counts."""
    unverified = programme.unverified()
    whens = " ".join(
        f"WHEN :origin{place} THEN {rank * 10 + (origin not in unverified)}"
        for place, (origin, rank) in enumerate(programme.ranks().items())
    )
    return f"CASE r.programme || '/' || r.level {whens} END"


def paths(connection: Connection, view: View, moments: Sequence[Moment]) -> list[Standings]:
    """How many units stood where at each moment: a row per distinct history, not per unit."""
    if view.on_map:
        return list(standings(connection, view, moments).values())
    text = f"{_per_unit(view, len(moments))} SELECT tier, alive, marks, count(*) FROM unit GROUP BY tier, alive, marks"
    rows = connection.execute(text, view.facts() | _moment_facts(moments))
    return [_path(tier, alive, marks, units, len(moments)) for tier, alive, marks, units in rows]


def standings(
    connection: Connection, view: View, moments: Sequence[Moment], tier: Tier | None = None
) -> dict[int, Standings]:
    """Each counted unit's own path, by unit id; of a tier that is recognised and not counted where it is asked for."""
    own = _standings(connection, view, moments, tier)
    if view.on_map is None:
        return own
    from ntmtrack.progress.other_map import on_other_map

    return on_other_map(own, map_terms(connection, view, moments))


def mixed_units(connection: Connection, view: View, moment: Moment) -> "list[MixedUnit]":
    """The units of another map whose constituents held different levels at a moment."""
    from ntmtrack.progress.other_map import mixed, on_other_map

    terms = map_terms(connection, view, [moment])
    return mixed(on_other_map(_standings(connection, view, [moment]), terms), terms, 0)


def map_terms(connection: Connection, view: View, moments: Sequence[Moment]) -> "MapTerms":
    """What units of another map are counted by: their ancestry, and the units of each moment's own day."""
    from ntmtrack.progress.other_map import MapTerms
    from ntmtrack.units.ancestry import Ancestry

    own_days = [Moment(moment.day, moment.day) for moment in moments]
    everywhere = view._replace(scope=None, on_map=None)
    return MapTerms(
        ancestry=Ancestry(successions(connection)),
        stood=[members(connection, None, moment.day) for moment in moments],
        then=_standings(connection, everywhere, own_days),
    )


def _standings(
    connection: Connection, view: View, moments: Sequence[Moment], tier: Tier | None = None
) -> dict[int, Standings]:
    text = (
        f"{_per_unit(view, len(moments), tier)} SELECT unit_id, tier, alive, marks FROM unit"
        " WHERE :tier IS NULL OR tier = :tier"
    )
    rows = connection.execute(text, view.facts() | _moment_facts(moments) | {"tier": tier})
    path = cache(_path)  # ten thousand units have a few hundred histories
    return {unit_id: path(of, alive, marks, 1, len(moments)) for unit_id, of, alive, marks in rows}


def _path(tier: str, alive: int, marks: str | None, units: int, moments: int) -> Standings:
    spans = read_spans(marks)
    kinds = (spans, [mark for mark in spans if mark.sourced], [mark for mark in spans if mark.verified])
    standing, sourced, verified = (ranks_at(marks, alive, moments) for marks in kinds)
    return Standings(Tier(tier), standing, sourced, verified, units, ranks_held(spans, moments))


def counting(connection: Connection, view: View, on: date) -> set[int]:
    """The ids of the recognitions that count on a day: the evidence behind every number of that day."""
    text = f"""WITH RECURSIVE {standing_ctes(view)}
        SELECT id FROM dated WHERE worth IS NOT NULL AND day <= :day AND (ended IS NULL OR ended > :day)"""
    return {row[0] for row in connection.execute(text, view.facts() | {"day": on.isoformat()})}


def first_days(connection: Connection, view: View, rank: int) -> dict[int, str | None]:
    """The ISO day from which each unit of the scope counts at a rank or above; None where no day is known."""
    text = f"""WITH RECURSIVE {standing_ctes(view)}
        SELECT unit_id, min(day) FROM dated WHERE worth >= :worth GROUP BY unit_id"""
    return dict(connection.execute(text, view.facts() | {"worth": rank * 10}).fetchall())


def undated(connection: Connection, view: View, moment: Moment) -> list[Undated]:
    """Each recognition of a unit of the scope, up to a moment, of which no day of decision is known."""
    text = f"""WITH RECURSIVE {_alive_cte(view, 1)}, {standing_ctes(view, "SELECT unit_id FROM alive")},
        held AS (SELECT unit_id, max(worth / 10) AS rank FROM dated
            WHERE day <= :on AND (ended IS NULL OR ended > :on) GROUP BY unit_id)
        SELECT tier, unit_id, worth / 10, year, coalesce(held.rank, 0)
        FROM dated JOIN alive USING (unit_id) LEFT JOIN held USING (unit_id)
        WHERE worth IS NOT NULL AND day IS NULL AND year <= :year AND (ended IS NULL OR ended > :on)"""
    facts = {"year": moment.day.year, "on": moment.day.isoformat()} | day_facts([moment.units_on])
    return [Undated(Tier(tier), *rest) for tier, *rest in connection.execute(text, view.facts() | facts)]


def last_year(connection: Connection, view: View, *, of_villages: bool = False) -> int | None:
    """The last year in which a recognition of this view began or ceased to count: of villages, or of all others."""
    text = f"""WITH RECURSIVE {standing_ctes(view._replace(basis=Basis.YEAR))}
        SELECT max(max(substr(day, 1, 4)), coalesce(max(substr(ended, 1, 4)), '')) FROM dated
        WHERE worth IS NOT NULL AND :of_villages = EXISTS (
            SELECT 1 FROM unit_version AS v WHERE v.unit_id = dated.unit_id AND v.tier = 'village')"""
    (year,) = connection.execute(text, view.facts() | {"of_villages": of_villages}).fetchone()
    return int(year) if year else None


def _per_unit(view: View, moments: int, tier: Tier | None = None) -> str:
    """A query head whose table `unit` has, of each counted unit, a bit per moment at which it is alive, and its marks.

    A mark is five digits: a recognition's rank, the moments before it counts, the moments before it ends, whether it
    is real, whether it surely counts in this programme. That tells all of a unit's history that these moments can
    show, in few distinct words.
    """
    assert moments < 10, "a mark has one digit for a moment"
    first, last = (" + ".join(["0", *(f"({day} > :day{i})" for i in range(moments))]) for day in ("day", "ended"))
    return f"""WITH RECURSIVE {_alive_cte(view, moments, tier)},
    {standing_ctes(view, "" if view.scope is None else "SELECT unit_id FROM alive")},
    mark AS (
        SELECT unit_id, worth / 10 * 10000 + ({first}) * 1000 + coalesce({last}, {moments}) * 100
                        + (confidence <> 'illustrative') * 10 + worth % 10 AS mark
        FROM dated),
    marked AS (SELECT unit_id, group_concat(mark) AS marks FROM mark GROUP BY unit_id),
    unit AS (SELECT alive.unit_id, tier, alive, marks FROM alive LEFT JOIN marked USING (unit_id))"""


def _alive_cte(view: View, moments: int, tier: Tier | None = None) -> str:
    """The table `alive`: every counted unit of the scope, with a bit for each moment at which it stands in it.

    Of a tier that is recognised and not counted, where it is the one asked for, these units instead.
    """
    beside = tier if tier and tier not in view.programme.counted else None
    kinds = _of_kinds(beside, view.programme.kinds_of(beside)) if beside else _counted(view.programme)
    return f"""{placed_cte(view.scope, moments, villages=tier is Tier.VILLAGE)},
    alive AS (
        SELECT unit_id, tier, sum(at) AS alive FROM placed WHERE at <> 0 AND ({kinds})
        GROUP BY unit_id, tier)"""


def _moment_facts(moments: Sequence[Moment]) -> dict[str, object]:
    assert list(moments) == sorted(moments), "marks count moments in the order of time"
    days: dict[str, object] = {f"day{i}": moment.day.isoformat() for i, moment in enumerate(moments)}
    return days | day_facts([moment.units_on for moment in moments])
