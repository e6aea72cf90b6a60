"""Decisions, on which facts of several roles may rest: of which a role may speak, which ones nothing rests on any more.

`{path}` stands where functions are told their schemas.
"""

from collections.abc import Iterator

from ntmtrack.storage.facts import kind_of, speaking_of, unit_by
from ntmtrack.storage.server.subjects import DECISION, HIGHER


def decision_rules() -> Iterator[str]:
    """The functions that say so."""
    yield _my_decisions()
    yield _unused_decisions()
    yield _decisions_rest()


def _my_decisions() -> str:
    """The decisions that a role may speak of: those of its own actions, those that facts which it sees rest on."""
    texts = [
        "SELECT d.id FROM decision AS d JOIN action AS a ON a.id = d.action_id WHERE a.who = session_user",
        "SELECT k.decision_id FROM known_decision AS k WHERE k.role = session_user",
        *(_resting(table, column) for table, column in speaking_of(DECISION)),
    ]
    return f"""CREATE OR REPLACE FUNCTION ntmtrack.my_decisions() RETURNS SETOF bigint LANGUAGE plpgsql STABLE
SECURITY DEFINER {{path}} AS $$
DECLARE
    last bigint := last_sealed();
BEGIN
    RETURN QUERY WITH seen(id) AS MATERIALIZED (SELECT seen_units())
    {" UNION ".join(texts)};
END $$"""


def _resting(table: str, column: str) -> str:
    kind = kind_of(table)
    unit, join = unit_by(kind, kind.about[0])
    return (
        f"SELECT f.{column} FROM {table} AS f {join} WHERE f.{column} IS NOT NULL"
        f" AND ({unit} IN (SELECT id FROM seen){f' OR {unit} IS NULL' if table in HIGHER else ''})"
        " AND f.action_id <= last"
    )


def _unused_decisions() -> str:
    """The decisions that an action left without any fact resting on them, whoever sees those facts."""
    rests, left = (
        " UNION ".join(
            f"SELECT {column} FROM {table} WHERE {which} AND {column} IS NOT NULL"
            for table, column in speaking_of(DECISION)
        )
        for which in ("voided_by IS NULL", "voided_by = $1")
    )
    return f"""CREATE OR REPLACE FUNCTION ntmtrack.unused_decisions(bigint) RETURNS SETOF bigint LANGUAGE sql STABLE
SECURITY DEFINER {{path}} AS $$
    SELECT id FROM decision WHERE may_write() AND voided_by IS NULL AND id IN ({left}) AND id NOT IN ({rests})
$$"""


def _decisions_rest() -> str:
    """Whether no fact stands any more on the decisions that an action voided."""
    stands = " OR ".join(
        f"EXISTS (SELECT FROM {table} AS f WHERE f.{column} = d.id AND f.voided_by IS NULL)"
        for table, column in speaking_of(DECISION)
    )
    return f"""CREATE OR REPLACE FUNCTION ntmtrack_rights.decisions_rest(bigint) RETURNS boolean LANGUAGE sql STABLE
{{path}} AS $$ SELECT sees_all() OR NOT EXISTS (SELECT FROM decision AS d WHERE d.voided_by = $1 AND ({stands})) $$"""
