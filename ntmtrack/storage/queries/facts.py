"""What actions wrote and voided: the facts of the history, each with what it says in readable columns."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from ntmtrack.storage.dialect import Connection, is_of_file
from ntmtrack.storage.fact_kind import UNIT, FactColumn, FactKind
from ntmtrack.storage.facts import KINDS, kind_of, references, unit_by

# What is told by itself, in the order in which it is shown: what is about units first.
TOLD = tuple(sorted((kind for kind in KINDS if kind.subject), key=lambda kind: not kind.about))
TABLES = tuple(kind.table for kind in TOLD)


class WrittenFact(NamedTuple):
    """One fact: `root` is the first row that it is a copy of, `action` wrote it, `says` is what it tells."""

    table: str
    id: int
    root: int
    action: int
    voided_by: int | None
    unit_id: int | None
    says: Mapping[str, str | int | None]


def facts_between(connection: Connection, low: int, high: int) -> tuple[list[WrittenFact], list[WrittenFact]]:
    """The facts that stood after the action `low` and not after `high`, and those that came to stand by then."""
    facts = {"low": low, "high": high}
    gone = _facts(connection, "f.action_id <= :low AND f.voided_by > :low AND f.voided_by <= :high", facts)
    stands = "(f.voided_by IS NULL OR f.voided_by > :high)"
    came = _facts(connection, f"f.action_id > :low AND f.action_id <= :high AND {stands}", facts)
    return gone, came


def touched_facts(connection: Connection, low: int, high: int) -> list[WrittenFact]:
    """Every fact that the actions after `low` up to `high` wrote or voided, also what was undone among them."""
    within = "f.action_id > :low AND f.action_id <= :high OR f.voided_by > :low AND f.voided_by <= :high"
    return _facts(connection, f"({within})", {"low": low, "high": high})


def standing_facts(connection: Connection) -> list[WrittenFact]:
    """Every fact that stands."""
    return _facts(connection, "f.voided_by IS NULL", {})


def scopes_shown(connection: Connection) -> dict[int, str]:
    """The units, with their titles, of whose facts alone a server shows whoever reads: not a province, or several.

    None where all is shown, or one province.
    """
    if is_of_file(connection):
        return {}
    given = [unit for (unit,) in connection.execute("SELECT my_scopes() ORDER BY 1")]
    provinces = connection.execute("SELECT DISTINCT unit_id FROM unit_version WHERE tier = 'province'") if given else ()
    if not given or (len(given) == 1 and given[0] in {unit for (unit,) in provinces}):
        return {}
    titles = last_titles(connection)
    return {unit: titles[unit] for unit in given}


def last_titles(connection: Connection) -> dict[int, str]:
    """Every unit that was ever in the ledger, by its last name with the unit that it belonged to."""
    rows = connection.execute(
        """SELECT v.unit_id, v.kind || ' ' || v.name || coalesce(
               (SELECT ' (' || p.kind || ' ' || p.name || ')' FROM unit_version AS p WHERE p.unit_id = v.parent_id
                ORDER BY p.id DESC LIMIT 1), '')
           FROM unit_version AS v ORDER BY v.id"""
    )
    return dict(rows.fetchall())


def codes(connection: Connection) -> dict[int, str]:
    """The last code of every unit that has one."""
    rows = connection.execute("SELECT unit_id, code FROM unit_version WHERE code IS NOT NULL ORDER BY id")
    return dict(rows.fetchall())


def _facts(connection: Connection, which: str, facts: Mapping[str, int]) -> list[WrittenFact]:
    written = []
    for kind in TOLD:
        rows = connection.execute(f"{_select(kind)} WHERE {which} ORDER BY f.id", facts)
        names = [column[0] for column in rows.description][5:]
        for key, root, action, voided_by, unit_id, *values in rows:
            written.append(
                WrittenFact(kind.table, key, root, action, voided_by, unit_id, dict(zip(names, values, strict=True)))
            )
    return written


def _select(kind: FactKind) -> str:
    """Facts `f` of a kind, with all that they tell: units by their last names, facts by what identifies them."""
    unit, join = unit_by(kind, kind.about[0]) if kind.about else ("NULL", "")
    says = [f"{unit} AS unit_id", *(f"f.{column.name}" for column in kind.columns if not column.refers)]
    joins = {join} - {""}
    for column in kind.columns:
        if column.refers == UNIT and column.name not in kind.about[:1]:
            named = f"SELECT u.kind || ' ' || u.name FROM unit_version AS u WHERE u.unit_id = f.{column.name}"
            says.append(f"({named} ORDER BY u.id DESC LIMIT 1) AS {column.word}")
    for column, to in references(kind):
        joins.add(f"LEFT JOIN {to.table} AS {column.word} ON {column.word}.id = f.{column.name}")
        says += [f"{column.word}.{name} AS {word}" for word, name in reference_words(column, to).items()]
    head = "SELECT f.id, coalesce(f.restores_id, f.id), f.action_id, f.voided_by"
    return f"{head}, {', '.join(says)} FROM {kind.table} AS f {' '.join(sorted(joins))}"


def reference_words(column: FactColumn, to: FactKind) -> dict[str, str]:
    """Under which names the identity of a fact is told that a column speaks of: its key as "roadmap", or by its own."""
    identity = [name for name in to.identity if name not in to.about]
    return {name if identity[1:] else column.word: name for name in identity}


@cache
def versions_by(table: str) -> tuple[str, ...]:
    """What makes facts of one unit versions of the same, as told: the identity, but the unit and what is `near`."""
    kind = kind_of(table)
    speaking = {column.name: [*reference_words(column, to)] for column, to in references(kind)}
    names = (name for name in kind.identity if name in speaking or name not in kind.about[:1])
    return tuple(word for name in names for word in speaking.get(name, [name.removesuffix("_id")]) if word != kind.near)
