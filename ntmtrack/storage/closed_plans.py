"""What plans ask for in closed years: it stays as it was, whichever plan comes to stand in whose place.

A target that nothing was compared with before may come; one that was there may not move or go.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping

from ntmtrack.storage.facts import kind_of

Asked = Mapping[tuple[object, ...], set[tuple[object, ...]]]  # by scope, unit within it, tier, measure and year

_KEY = ("r.scope_id", "t.within_id", "t.tier", "t.measure", "t.year")
_FIGURES = [f"t.{column.name}" for column in kind_of("target").columns if not column.is_remark and not column.refers]


def asked_after(connection: sqlite3.Connection, action_id: int, year: int) -> Asked:
    """What the plans that stood after an action ask for until the end of a year; a plan that was replaced, nothing."""
    rows = connection.execute(
        f"""SELECT {", ".join(_KEY)}, {", ".join(_FIGURES)}
            FROM target AS t JOIN roadmap AS r ON r.id = t.roadmap_id
            WHERE t.year <= :year AND {_stood("r")} AND {_stood("t")} AND NOT EXISTS (
                SELECT 1 FROM roadmap AS newer JOIN roadmap AS older ON older.id = newer.supersedes_id
                WHERE older.key = r.key AND {_stood("newer")})""",
        {"year": year, "action": action_id},
    )
    found: dict[tuple[object, ...], set[tuple[object, ...]]] = defaultdict(set)
    for row in rows:
        found[row[: len(_KEY)]].add(row[len(_KEY) :])
    return found


def _stood(fact: str) -> str:
    return f"{fact}.action_id <= :action AND coalesce({fact}.voided_by, :action + 1) > :action"


def have_moved(before: Asked, after: Asked) -> bool:
    """Whether anything that was asked for before is asked for otherwise, or no more."""
    return any(after.get(key) != figures for key, figures in before.items())


def moves(connection: sqlite3.Connection, action_id: int, year: int) -> list[str]:
    """The numbers of the plans by which an action moves what was asked for until the end of a year; none by most."""
    touched = connection.execute(
        "SELECT DISTINCT number FROM roadmap WHERE action_id = :action OR voided_by = :action ORDER BY id",
        {"action": action_id},
    ).fetchall()
    if not touched:
        return []
    before, after = (asked_after(connection, one, year) for one in (action_id - 1, action_id))
    return [row[0] for row in touched] if have_moved(before, after) else []
