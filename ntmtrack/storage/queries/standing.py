"""Where units stand: at which rank at each of a few moments. The one place that says from when a recognition counts.

By năm đạt chuẩn a recognition counts from the day it was decided, if that lies in its own year, and else from
31/12 of that year. By decision it counts from the day it was signed, or, where that is unknown, announced. A day
known only to the month or the year counts from its last day. Where no year is known, `known_by` stands for both.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ntmtrack.model import Basis, Programme, Tier
from ntmtrack.progress import ABSENT, Moment, Path
from ntmtrack.storage.queries.units import INSIDE


@dataclass(frozen=True, slots=True)
class View:
    """How to look: by which programme's ladder, on which basis, within which unit (None: the whole ledger)."""

    programme: Programme
    basis: Basis
    scope: int | None = None

    def facts(self) -> dict[str, object]:
        """The view as SQL parameters."""
        counted = [f"{tier}/{kind}" for tier, kinds in self.programme.counted.items() for kind in kinds]
        return {
            "scope": self.scope,
            **{f"origin{place}": origin for place, origin in enumerate(self.programme.ranks())},
            "counted": json.dumps(counted, ensure_ascii=False),
        }


def _last_day(column: str) -> str:
    return (
        f"CASE length({column}) WHEN 10 THEN {column}"
        f" WHEN 7 THEN date({column} || '-01', '+1 month', '-1 day') WHEN 4 THEN {column} || '-12-31' END"
    )


_DECIDED = _last_day("coalesce(decision.signed_on, r.announced_on)")
_DAY = {
    Basis.YEAR: f"""CASE WHEN r.year IS NULL THEN {_last_day("r.known_by")} ELSE
        min(r.year || '-12-31', max(r.year || '-01-01', coalesce({_DECIDED}, r.year || '-12-31'))) END""",
    Basis.DECISION: f"""coalesce({_DECIDED}, {_last_day("r.known_by")})""",
}


def standing_ctes(view: View) -> str:
    """`inside`, and `dated`: every current recognition with its rank, the day it counts from, the day it ended."""
    return f"""{INSIDE},
    revoked(recognition_id, ended) AS (
        SELECT recognition_id, min({_last_day("day")}) FROM revocation WHERE voided_by IS NULL GROUP BY recognition_id),
    dated AS (
        SELECT r.id, r.unit_id, {_rank(view.programme)} AS rank, r.confidence, r.year,
               {_DAY[view.basis]} AS day, revoked.ended
        FROM recognition AS r
        LEFT JOIN decision ON decision.id = r.decision_id
        LEFT JOIN revoked ON revoked.recognition_id = r.id
        WHERE r.voided_by IS NULL AND rank IS NOT NULL
        LIMIT -1)"""  # the limit keeps SQLite from working out `day` anew for every moment


def _rank(programme: Programme) -> str:
    """The rank at which a recognition counts in `programme`; NULL where it does not."""
    whens = " ".join(f"WHEN :origin{place} THEN {rank}" for place, rank in enumerate(programme.ranks().values()))
    return f"CASE r.programme || '/' || r.level {whens} END"


def paths(connection: sqlite3.Connection, view: View, moments: Sequence[Moment]) -> list[Path]:
    """How many units stood where at each moment: a row per distinct path, not per unit."""
    places = range(len(moments))
    columns = ", ".join(f"s{i}, q{i}" for i in places)
    text = f"{_per_unit(view, len(moments))} SELECT tier, {columns}, count(*) FROM unit GROUP BY tier, {columns}"
    return [
        Path(Tier(row[0]), row[1:-1:2], row[2:-1:2], row[-1])
        for row in connection.execute(text, view.facts() | _moment_facts(moments))
    ]


def standings(
    connection: sqlite3.Connection, view: View, moments: Sequence[Moment], tier: Tier | None = None
) -> dict[int, tuple[int, ...]]:
    """Each counted unit's rank at each moment, by unit id; ABSENT where it was not alive or not counted."""
    columns = ", ".join(f"s{i}" for i in range(len(moments)))
    text = f"{_per_unit(view, len(moments))} SELECT unit_id, {columns} FROM unit WHERE :tier IS NULL OR tier = :tier"
    facts = view.facts() | _moment_facts(moments) | {"tier": tier}
    return {row[0]: row[1:] for row in connection.execute(text, facts)}


def undated(connection: sqlite3.Connection, view: View, on: date) -> int:
    """How many recognitions for years up to `on` are left out because no day of decision is known."""
    text = f"""WITH RECURSIVE {standing_ctes(view)}
        SELECT count(*) FROM dated
        WHERE day IS NULL AND year <= :year AND (:scope IS NULL OR unit_id IN (SELECT unit_id FROM inside))"""
    (count,) = connection.execute(text, view.facts() | {"year": on.year}).fetchone()
    return int(count)


def unverified(connection: sqlite3.Connection, view: View, on: date) -> int:
    """How many units are counted by recognitions of an earlier programme that no verified text carries over."""
    text = f"""WITH RECURSIVE {INSIDE}
        SELECT count(DISTINCT unit_id) FROM recognition
        WHERE voided_by IS NULL AND programme || '/' || level IN (SELECT value FROM json_each(:unverified))
          AND coalesce(year || '', known_by) <= :day
          AND (:scope IS NULL OR unit_id IN (SELECT unit_id FROM inside))"""
    facts = {"unverified": json.dumps(view.programme.unverified()), "day": on.isoformat(), "scope": view.scope}
    (count,) = connection.execute(text, facts).fetchone()
    return int(count)


def last_year(connection: sqlite3.Connection, view: View) -> int | None:
    """The last year for which the ledger holds a recognition that counts in this view."""
    text = f"""WITH RECURSIVE {standing_ctes(replace(view, basis=Basis.YEAR))}
        SELECT max(substr(day, 1, 4)) FROM dated
        WHERE :scope IS NULL OR unit_id IN (SELECT unit_id FROM inside)"""
    (year,) = connection.execute(text, view.facts()).fetchone()
    return int(year) if year else None


def _per_unit(view: View, moments: int) -> str:
    """A query head whose table `unit` has, per moment i, the rank s_i and the rank without illustrative rows q_i."""
    places = range(moments)
    alive = ", ".join(
        f"max(coalesce(since, '') <= :unit_day{i} AND coalesce(until, '9999') > :unit_day{i}) AS alive{i}"
        for i in places
    )
    standing = "day <= :day{i} AND (ended IS NULL OR ended > :day{i})"
    ranks = ", ".join(
        f"max(CASE WHEN {standing.format(i=i)} THEN rank END) AS rank{i},"
        f" max(CASE WHEN {standing.format(i=i)} AND confidence <> 'illustrative' THEN rank END) AS sourced{i}"
        for i in places
    )
    states = ", ".join(
        f"CASE WHEN alive{i} THEN coalesce(rank{i}, 0) ELSE {ABSENT} END AS s{i},"
        f" CASE WHEN alive{i} THEN coalesce(sourced{i}, 0) ELSE {ABSENT} END AS q{i}"
        for i in places
    )
    return f"""WITH RECURSIVE {standing_ctes(view)},
    alive AS (
        SELECT unit_id, tier, {alive} FROM unit_version
        WHERE voided_by IS NULL AND tier || '/' || kind IN (SELECT value FROM json_each(:counted))
          AND (:scope IS NULL OR parent_id IN (SELECT unit_id FROM inside))
        GROUP BY unit_id, tier),
    ranked AS (SELECT unit_id, {ranks} FROM dated GROUP BY unit_id),
    unit AS (SELECT alive.unit_id, tier, {states} FROM alive LEFT JOIN ranked USING (unit_id))"""


def _moment_facts(moments: Sequence[Moment]) -> dict[str, object]:
    days: dict[str, object] = {f"day{i}": moment.day.isoformat() for i, moment in enumerate(moments)}
    return days | {f"unit_day{i}": moment.units_on.isoformat() for i, moment in enumerate(moments)}
