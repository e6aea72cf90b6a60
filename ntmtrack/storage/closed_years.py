"""Closed years: which writes would change their figures, and what those figures rest on.

The figures of a year and of those before it rest on the recognitions and revocations that count by 31/12 of that year,
on either basis, and on the units that stood until then; `asked_after` and `moves` say what plans ask for in them.
Names, codes, numbers of decisions, sources and remarks may be corrected at any time: no figure rests on them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from hashlib import sha256

from ntmtrack.errors import YearClosed
from ntmtrack.i18n import _
from ntmtrack.model import Basis
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.fact_kind import FactKind
from ntmtrack.storage.facts import KINDS, kind_of, unit_by
from ntmtrack.storage.queries.actions import WHOLE, last_of
from ntmtrack.storage.queries.standings import COUNTS_FROM, last_day_of

_NAMED = 5
_BY_YEAR, _BY_DECISION = COUNTS_FROM[Basis.YEAR], COUNTS_FROM[Basis.DECISION]
_FROM = f"coalesce(min({_BY_YEAR}, {_BY_DECISION}), {_BY_YEAR}, {_BY_DECISION})"


def _until_end(day: str) -> str:
    """A day until :end; later ones make no difference there."""
    return f"CASE WHEN {day} <= :end THEN {day} END"


# What figures until :end rest on, the unit first; and the name of the fact there, of which more may be asked. Closed
# years keep the hash of these rows: those of a kind that stands here stay as they are.
_AS_CLOSED = {
    "recognition": (
        f"""SELECT r.unit_id, r.programme, r.level, {_until_end(_BY_YEAR)}, {_until_end(_BY_DECISION)}
            FROM recognition AS r LEFT JOIN decision ON decision.id = r.decision_id WHERE {_FROM} <= :end""",
        "r",
    ),
    "revocation": (
        f"""SELECT r.unit_id, r.programme, r.level, 'ended', {last_day_of("x.day")} FROM revocation AS x
            JOIN recognition AS r ON r.id = x.recognition_id WHERE {last_day_of("x.day")} <= :end""",
        "x",
    ),
    "unit_version": (
        f"""SELECT v.unit_id, v.kind, v.tier, v.parent_id, v.since, {_until_end("v.until")}
            FROM unit_version AS v WHERE coalesce(v.since, '') <= :end""",
        "v",
    ),
}


def _basis_of(kind: FactKind) -> tuple[str, str]:
    """What figures take from facts of a kind: all but references and remarks, from the day on which it settles."""
    unit, join = unit_by(kind, kind.about[0])
    says = ", ".join(f"f.{column.name}" for column in kind.columns if not column.refers and not column.is_remark)
    select = f"SELECT {unit}, '{kind.table}', {says} FROM {kind.table} AS f {join}"
    return f"{select} WHERE {_settled(kind)} <= :end", "f"


def _settled(kind: FactKind) -> str:
    """The last day on which a fact of a kind may have come about, which tells a day or a year."""
    column = next(column for column in kind.columns if column.name == kind.settles)
    return f"f.{column.name} || '-12-31'" if column.holds is int else last_day_of(f"f.{column.name}")


_BASIS = [_AS_CLOSED.get(kind.table) or _basis_of(kind) for kind in KINDS if kind.settles]


def rests_on(connection: Connection, year: int) -> str:
    """The fingerprint of what the figures of a year and those before it rest on: the same while no figure changes."""
    rows = _basis(connection, year, "voided_by IS NULL")
    return sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()


def refuse_closed(connection: Connection, action_id: int, reopen: str | None) -> str | None:
    """The reason to be kept where an action changes closed years, and `reopen` gives one; raises YearClosed.

    None where it leaves their figures as they are.
    """
    closed = _closed_before(connection, action_id)
    if closed is None:
        return None
    opens = connection.execute(
        f"SELECT max(year) FROM closed_year WHERE voided_by IN {WHOLE}", {"action": action_id}
    ).fetchone()[0]
    units = changed_units(connection, action_id, closed)
    plans = moves(connection, action_id, closed)
    if opens is None and not units and not plans:
        return None
    if reopen:
        return reopen
    asked = [_("targets of {number}").format(number=number) for number in plans]
    raise YearClosed(year=closed, what=", ".join(filter(None, [_unit_words(connection, units), *asked])))


def changed_units(connection: Connection, action_id: int, year: int) -> list[int]:
    """The units whose figures until the end of a year an action changes, by id."""
    before, after = (
        Counter(_basis(connection, year, f"{mark} IN {WHOLE}", action_id)) for mark in ("voided_by", "action_id")
    )
    return sorted({row[0] for row in (before - after) + (after - before)})


def _closed_before(connection: Connection, action_id: int) -> int | None:
    """Up to which year the ledger was closed before an action."""
    (year,) = connection.execute(
        "SELECT max(year) FROM closed_year WHERE action_id < :action AND coalesce(voided_by, :action) = :action",
        {"action": action_id},
    ).fetchone()
    return None if year is None else int(year)


def _basis(connection: Connection, year: int, which: str, action_id: int = 0) -> Iterator[tuple[int, ...]]:
    """What the figures until the end of a year rest on, of the facts of which `which` is true."""
    facts = {"end": f"{year}-12-31", "action": action_id}
    for text, fact in _BASIS:
        yield from connection.execute(f"{text} AND {fact}.{which}", facts)


def _unit_words(connection: Connection, units: list[int]) -> str:
    """The first few units by name, in words for a refusal; "" where only the closing itself is taken back."""
    names = [
        connection.execute(
            "SELECT kind || ' ' || name FROM unit_version WHERE unit_id = :unit ORDER BY id DESC LIMIT 1",
            {"unit": unit},
        ).fetchone()[0]
        for unit in units[:_NAMED]
    ]
    return ", ".join([*names, *(["…"] if len(units) > _NAMED else [])])


# By scope, unit within it, tier, measure and year.
PlannedFigures = Mapping[tuple[object, ...], set[tuple[object, ...]]]

_KEY = ("r.scope_id", "t.within_id", "t.tier", "t.measure", "t.year")
_FIGURES = [f"t.{column.name}" for column in kind_of("target").columns if not column.is_remark and not column.refers]


def asked_after(connection: Connection, action_id: int, year: int) -> PlannedFigures:
    """What the plans that stood after an action ask for until the end of a year; a plan that was replaced, nothing."""
    rows = connection.execute(
        f"""SELECT {", ".join(_KEY)}, {", ".join(_FIGURES)}
            FROM target AS t JOIN roadmap AS r ON r.id = t.roadmap_id
            WHERE t.year <= :year AND {_stood("r")} AND {_stood("t")} AND NOT EXISTS (
                SELECT 1 FROM roadmap AS newer JOIN roadmap AS older ON older.id = newer.supersedes_id
                WHERE older.key = r.key AND {_stood("newer")})""",
        {"year": year, "action": action_id},
    )
    figures: dict[tuple[object, ...], set[tuple[object, ...]]] = defaultdict(set)
    for row in rows:
        figures[row[: len(_KEY)]].add(row[len(_KEY) :])
    return figures


def _stood(fact: str) -> str:
    return f"{fact}.action_id <= :action AND coalesce({fact}.voided_by, :action + 1) > :action"


def have_moved(before: PlannedFigures, after: PlannedFigures) -> bool:
    """Whether anything that was asked for before is asked for otherwise, or no more."""
    return any(after.get(key) != figures for key, figures in before.items())


def moves(connection: Connection, action_id: int, year: int) -> list[str]:
    """The numbers of the plans by which an action moves what was asked for until the end of a year; none by most."""
    touched = connection.execute(
        f"SELECT DISTINCT number FROM roadmap WHERE action_id IN {WHOLE} OR voided_by IN {WHOLE} ORDER BY number",
        {"action": action_id},
    ).fetchall()
    if not touched:
        return []
    ends = (action_id - 1, last_of(connection, action_id))
    before, after = (asked_after(connection, after_action, year) for after_action in ends)
    return [row[0] for row in touched] if have_moved(before, after) else []
