"""Units that take part in a programme without being counted in it."""

from datetime import date

from ntmtrack.model import Decision, Participation
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries.membership import members


def participations_of(connection: Connection, unit_id: int) -> list[Participation]:
    """In which programmes a unit takes part, the earliest first."""
    rows = connection.execute(
        """SELECT p.programme, p.day, p.source, d.number, d.signed_on, d.issuer, d.id
           FROM participation AS p LEFT JOIN decision AS d ON d.id = p.decision_id
           WHERE p.voided_by IS NULL AND p.unit_id = :unit ORDER BY p.day""",
        {"unit": unit_id},
    )
    return [
        Participation(programme, day, Decision(number, *rest) if number else None, source)
        for programme, day, source, number, *rest in rows
    ]


def participants(connection: Connection, programme: str, on: date, scope: int | None = None) -> dict[int, str]:
    """The units of a scope that take part in a programme on a day, and stand then: the kind of each, by id."""
    rows = connection.execute(
        """SELECT p.unit_id, v.kind FROM participation AS p
           JOIN unit_version AS v ON v.unit_id = p.unit_id AND v.voided_by IS NULL
                AND coalesce(v.since, '') <= :day AND coalesce(v.until, '9999') > :day
           WHERE p.voided_by IS NULL AND p.programme = :programme AND p.day <= :day""",
        {"programme": programme, "day": on.isoformat()},
    ).fetchall()
    inside = members(connection, scope, on) if rows and scope is not None else None
    return {unit: kind for unit, kind in rows if inside is None or unit in inside}
