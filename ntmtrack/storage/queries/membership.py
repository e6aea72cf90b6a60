"""Which units belong to a scope on which days: what lies in it while it stands, its heirs once it has ended.

The heirs of a unit that has ended are what lay in it on its last day and goes on, and every successor of that.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from ntmtrack.dates import day_before
from ntmtrack.storage.dialect import Connection

_BUT_VILLAGES = " AND v.tier <> 'village'"
_COUNTED = "v.tier IN ('commune', 'district')"
NEVER = "9999"  # the day on which a unit ends that still stands


def placed_cte(scope: int | None, days: int, *, villages: bool = False) -> str:
    """The table `placed`: every version of a unit of the scope, with a bit of `at` for each day on which it stands so.

    Villages, which are many, are among them only where they are asked for.

    The days are the parameters `unit_day0` …, the scope is `scope`; without one, all that stands belongs to it. On a
    day before the scope began, what it began with belongs to it where that stood: nothing comes to it by its beginning.
    """
    alive = _bits(days, "coalesce(v.since, '') <= {day} AND coalesce(v.until, '9999') > {day}")
    version = "v.id, v.unit_id, v.tier, v.kind"
    but = "" if villages else _BUT_VILLAGES
    if scope is None:
        return f"""placed(version_id, unit_id, tier, kind, at) AS (
            SELECT {version}, {alive} FROM unit_version AS v WHERE v.voided_by IS NULL{but})"""
    inner = f"within.at & {_bits(days, 'above.begins <= {day} AND above.ends > {day}')}"
    return f"""{_HEIRS if villages else _LARGER_HEIRS},
    within(unit_id, at) AS (
        SELECT CAST(:scope AS BIGINT), {_bits(days, "begun.day <= {day} AND ended.day > {day}")} FROM begun, ended
        UNION ALL
        SELECT above.unit_id, {inner} FROM within JOIN above ON above.parent_id = within.unit_id WHERE within.at <> 0),
    placed(version_id, unit_id, tier, kind, at) AS (
        SELECT {version}, within.at & {alive} FROM within JOIN unit_version AS v ON v.parent_id = within.unit_id
        WHERE v.voided_by IS NULL{but}
        UNION ALL
        SELECT {version}, {alive} FROM unit_version AS v WHERE v.unit_id = :scope AND v.voided_by IS NULL
        UNION ALL
        SELECT {version}, {alive} & {_bits(days, "heir.day <= {day}")}
        FROM heir JOIN unit_version AS v USING (unit_id)
        WHERE v.voided_by IS NULL AND v.tier <> 'province' AND v.unit_id <> :scope{but}
        UNION ALL
        SELECT {version}, {alive} & {_bits(days, "begun.day > {day}")}
        FROM begun, began_in JOIN unit_version AS v USING (unit_id, kind)
        WHERE v.voided_by IS NULL AND v.unit_id <> :scope{but})"""


def day_facts(days: Sequence[date]) -> dict[str, object]:
    """The days as the parameters that `placed` asks for."""
    return {f"unit_day{place}": day.isoformat() for place, day in enumerate(days)}


def members(connection: Connection, scope: int | None, day: date) -> set[int]:
    """The units that belong to the scope on a day, but for villages, itself among them where it stands, by id."""
    text = f"WITH RECURSIVE {placed_cte(scope, 1)} SELECT unit_id FROM placed WHERE at <> 0"
    return {row[0] for row in connection.execute(text, {"scope": scope} | day_facts([day]))}


def concerned(connection: Connection, scope: int, day: date) -> set[int]:
    """The units that the facts of a scope are about on a day, by id: its members, and earlier ones that stand no more.

    Those are whatever ever belonged to it or to what it was made of, and what its members were made of.
    """
    text = f"""WITH RECURSIVE {placed_cte(scope, 1)},
        member(unit_id) AS (SELECT unit_id FROM placed WHERE at <> 0),
        came(unit_id, to_id) AS (
            SELECT predecessor_id, successor_id FROM succession WHERE voided_by IS NULL
            UNION ALL SELECT unit_id, parent_id FROM unit_version WHERE voided_by IS NULL),
        before(unit_id) AS (
            SELECT CAST(:scope AS BIGINT) UNION SELECT unit_id FROM member
            UNION SELECT came.unit_id FROM came JOIN before ON came.to_id = before.unit_id)
        SELECT unit_id FROM member UNION SELECT unit_id FROM before JOIN unit_version AS v USING (unit_id)
        WHERE v.voided_by IS NULL AND coalesce(v.since, '') <= :unit_day0
        GROUP BY unit_id HAVING max(coalesce(v.until, '9999')) <= :unit_day0"""
    return {row[0] for row in connection.execute(text, {"scope": scope} | day_facts([day]))}


class Lifetime(NamedTuple):
    """When a scope has units: the first and the last ISO day ("" and NEVER where not known), the days of changes."""

    first: str
    last: str
    changes: frozenset[str]


def lifetime(connection: Connection, scope: int | None, kinds: Iterable[str]) -> Lifetime | None:
    """When `scope` has communes or districts of these kinds; None where it never has."""
    marks, facts = _kinds(kinds)
    text = f"""WITH RECURSIVE {_EVER}
        SELECT coalesce(v.until, '{NEVER}'), min(coalesce(v.since, '')) FROM unit_version AS v
        WHERE v.voided_by IS NULL AND {_COUNTED} AND v.kind IN ({marks}) AND {_in_scope(scope)} GROUP BY v.until"""
    begins: dict[str, str] = dict(connection.execute(text, facts | {"scope": scope}).fetchall())
    if not begins:
        return None
    until = max(begins)
    last = until if until == NEVER else day_before(until)
    return Lifetime(min(begins.values()), last, frozenset(begins))


def rearranged_on(connection: Connection, scope: int | None, kinds: Iterable[str], year: int) -> date | None:
    """The day within a year on which more than half of the units that the scope began it with ended or left it.

    Those of these kinds are meant. None where there is no such day: a general rearrangement within a year parts it.
    """
    marks, facts = _kinds(kinds)
    counted = f"{_COUNTED} AND v.kind IN ({marks})"
    text = f"""WITH RECURSIVE {placed_cte(scope, 1)}
        SELECT v.until, count(*) FROM placed JOIN unit_version AS v ON v.id = placed.version_id
        WHERE placed.at <> 0 AND {counted} GROUP BY v.until"""
    facts |= {"scope": scope} | day_facts([date(year, 1, 1)])
    ends: dict[str | None, int] = dict(connection.execute(text, facts).fetchall())
    everyone = sum(ends.values())
    day = next(
        (until for until, count in ends.items() if until and until[:4] == str(year) and count * 2 > everyone), ""
    )
    if not day:
        return None
    text = f"""WITH RECURSIVE {placed_cte(scope, 2)},
        unit(at) AS (
            SELECT sum(v.at) FROM placed AS v WHERE v.at <> 0 AND {counted} GROUP BY v.unit_id)
        SELECT count(*) FROM unit WHERE at = 1"""
    facts |= day_facts([date(year, 1, 1), date.fromisoformat(day)])
    (gone,) = connection.execute(text, facts).fetchone()
    return date.fromisoformat(day) if gone * 2 > everyone else None


def shared_heirs(connection: Connection, scope: int, kinds: Iterable[str], on: date) -> list[str]:
    """The heirs of a scope that has ended, of these kinds, that are also made of what did not lie in it; by name."""
    marks, facts = _kinds(kinds)
    text = f"""WITH RECURSIVE {_HEIRS}
        SELECT DISTINCT coalesce(v.code, ''), v.kind || ' ' || v.name FROM heir JOIN unit_version AS v USING (unit_id)
            JOIN succession AS s ON s.successor_id = v.unit_id
        WHERE v.voided_by IS NULL AND {_COUNTED} AND v.kind IN ({marks}) AND s.voided_by IS NULL
          AND coalesce(v.since, '') <= :day AND coalesce(v.until, '9999') > :day
          AND s.predecessor_id NOT IN (SELECT unit_id FROM became) ORDER BY 1, 2"""
    rows = connection.execute(text, facts | {"scope": scope, "day": on.isoformat()})
    return [name for _code, name in rows]


def has_heirs(connection: Connection, scope: int, after: str) -> bool:
    """Whether a unit, or one that ever belonged to it, went into another after an ISO day."""
    text = f"""WITH RECURSIVE {INSIDE}
        SELECT 1 FROM succession WHERE voided_by IS NULL AND predecessor_id IN (SELECT unit_id FROM inside)
          AND day > :after LIMIT 1"""
    return connection.execute(text, {"scope": scope, "after": after}).fetchone() is not None


def _bits(days: int, condition: str) -> str:
    """A number with a bit for each day on which a condition on `{day}` holds, in SQL."""
    return "(" + " + ".join(f"(({condition.format(day=f':unit_day{i}')}) << {i})" for i in range(days)) + ")"


def _kinds(kinds: Iterable[str]) -> tuple[str, dict[str, object]]:
    facts: dict[str, object] = {f"kind{place}": kind for place, kind in enumerate(kinds)}
    return ", ".join(f":{key}" for key in facts), facts


def _in_scope(scope: int | None) -> str:
    """Whether a version `v` ever belongs to the scope, or is of one of its heirs; in SQL."""
    if scope is None:
        return "1 = 1"
    return """(v.unit_id = :scope OR v.parent_id IN (SELECT unit_id FROM inside)
        OR v.unit_id IN (SELECT unit_id FROM heir WHERE day < coalesce(v.until, '9999')))"""


# `inside`: the scope and whatever has ever belonged to it; empty when there is no scope.
INSIDE = """
    inside(unit_id) AS (
        SELECT CAST(:scope AS BIGINT) WHERE :scope IS NOT NULL
        UNION SELECT v.unit_id FROM unit_version AS v JOIN inside ON v.parent_id = inside.unit_id
        WHERE v.voided_by IS NULL)
"""
# `ended`: the day on which the scope ended. `heir`: its heirs, each with the day from which it is one; the province
# that an ended one became is its successor, and not among those that once lay in it.
# `began_in`: what lay in the scope on its first day, where it has one, and of which kind it was.
# `ever_in`: the scope and whatever has ever belonged to it. `above`: what each of these belonged to, from when until
# when; before its first version and after its last, the nearest. The limit has SQLite work that out once, not anew for
# each day.
_HEIRS = """
    ended(day) AS (
        SELECT max(coalesce(until, '9999')) FROM unit_version WHERE unit_id = :scope AND voided_by IS NULL),
    lay_in(unit_id) AS (
        SELECT CAST(:scope AS BIGINT) FROM ended WHERE day < '9999'
        UNION SELECT v.unit_id FROM lay_in JOIN unit_version AS v ON v.parent_id = lay_in.unit_id, ended
        WHERE v.voided_by IS NULL AND coalesce(v.since, '') < ended.day AND coalesce(v.until, '9999') >= ended.day),
    became(unit_id, day) AS (
        SELECT unit_id, day FROM lay_in, ended
        UNION SELECT s.successor_id, max(s.day, became.day)
        FROM succession AS s JOIN became ON s.predecessor_id = became.unit_id WHERE s.voided_by IS NULL),
    heir(unit_id, day) AS (SELECT unit_id, min(day) FROM became GROUP BY unit_id),
    begun(day) AS (SELECT min(coalesce(since, '')) FROM unit_version WHERE unit_id = :scope AND voided_by IS NULL),
    began_in(unit_id, kind) AS (
        SELECT CAST(:scope AS BIGINT), CAST('' AS VARCHAR) FROM begun WHERE day > ''
        UNION SELECT v.unit_id, v.kind FROM began_in JOIN unit_version AS v ON v.parent_id = began_in.unit_id, begun
        WHERE v.voided_by IS NULL AND coalesce(v.since, '') <= begun.day AND coalesce(v.until, '9999') > begun.day),
    ever_in(unit_id) AS (
        SELECT CAST(:scope AS BIGINT)
        UNION SELECT v.unit_id FROM unit_version AS v JOIN ever_in ON v.parent_id = ever_in.unit_id
        WHERE v.voided_by IS NULL),
    above AS /* once */ (
        SELECT unit_id, parent_id,
            CASE WHEN v.since IS NOT NULL AND EXISTS (
                SELECT 1 FROM unit_version AS other WHERE other.unit_id = v.unit_id AND other.voided_by IS NULL
                  AND coalesce(other.since, '') < v.since) THEN v.since ELSE '' END AS begins,
            CASE WHEN v.until IS NOT NULL AND EXISTS (
                SELECT 1 FROM unit_version AS other WHERE other.unit_id = v.unit_id AND other.voided_by IS NULL
                  AND coalesce(other.since, '') > coalesce(v.since, '')) THEN v.until ELSE '9999' END AS ends
        FROM unit_version AS v WHERE voided_by IS NULL AND parent_id IN (SELECT unit_id FROM ever_in)
        LIMIT -1)
"""
# The same without villages.
_LARGER_HEIRS = _HEIRS.replace("v.voided_by IS NULL", f"v.voided_by IS NULL{_BUT_VILLAGES}").replace(
    "FROM unit_version AS v WHERE voided_by IS NULL AND parent_id IN",
    f"FROM unit_version AS v WHERE voided_by IS NULL{_BUT_VILLAGES} AND parent_id IN",
)
_LARGER_INSIDE = INSIDE.replace("v.voided_by IS NULL", f"v.voided_by IS NULL{_BUT_VILLAGES}")
_EVER = f"{_LARGER_INSIDE}, {_LARGER_HEIRS}"
