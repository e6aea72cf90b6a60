"""What comes back by undo or redo, judged by the rules of a first writing against what was written since.

What stood beside it before it went was judged then; so only what came to stand meanwhile can be in its way.
"""

from collections.abc import Iterator

from ntmtrack.errors import PlaceTaken
from ntmtrack.model import Decision, Recognition, Unit
from ntmtrack.rules import check_recognition
from ntmtrack.storage.decisions import refuse_other_day
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.fact_kind import FactKind
from ntmtrack.storage.facts import KINDS, speaking_of
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.actions import named
from ntmtrack.storage.queries.decision_homes import DecisionHomes
from ntmtrack.storage.queries.recognitions import every_decision, recognitions_of_unit
from ntmtrack.text import letters


def _came_since(table: str, fact: str) -> str:
    """A condition on standing facts: no row of the same fact stood before the action `:last` was done."""
    root = f"coalesce({fact}.restores_id, {fact}.id)"
    return f"""{fact}.voided_by IS NULL AND {fact}.action_id > :last AND {fact}.action_id <> :by AND NOT EXISTS (
        SELECT 1 FROM {table} AS earlier WHERE (earlier.id = {root} OR earlier.restores_id = {root})
            AND earlier.action_id < :last AND coalesce(earlier.voided_by, :last) >= :last)"""


def _told_anew(kind: FactKind) -> str:
    """Facts that came back, and later ones that tell the same anew: both would count."""
    same = " AND ".join(f"other.{name} IS own.{name}" for name in kind.identity)
    return f"""SELECT other.action_id FROM {kind.table} AS own JOIN {kind.table} AS other ON {same}
        WHERE own.action_id = :by AND own.voided_by IS NULL AND {_came_since(kind.table, "other")}"""


_TOLD_ANEW = [_told_anew(kind) for kind in KINDS if kind.held_by == "undo"]
_NAMESAKES = f"""
    SELECT own.name, other.name, other.action_id FROM unit_version AS own JOIN unit_version AS other
        ON other.name_key = own.name_key AND other.kind = own.kind AND other.parent_id IS own.parent_id
           AND other.unit_id <> own.unit_id AND coalesce(other.since, '') < coalesce(own.until, '9999')
           AND coalesce(own.since, '') < coalesce(other.until, '9999')
    WHERE own.action_id = :by AND own.voided_by IS NULL AND {_came_since("unit_version", "other")}
"""
# Decisions that came to stand meanwhile, or stay for the sake of what did.
_SPEAK_OF_THEM = " UNION ".join(
    f"SELECT x.{column} FROM {table} AS x WHERE {_came_since(table, 'x')}" for table, column in speaking_of("decision")
)
_LATER_DECISIONS = f"""
    {_came_since("decision", "f")} OR f.voided_by IS NULL AND f.action_id <> :by AND f.id IN ({_SPEAK_OF_THEM})
"""
_STAND_AGAIN = """
    SELECT r.unit_id, r.id FROM recognition AS r WHERE r.voided_by IS NULL
      AND (r.action_id = :by OR r.id IN (SELECT recognition_id FROM revocation WHERE voided_by = :by))
      AND NOT EXISTS (SELECT 1 FROM revocation AS x WHERE x.recognition_id = r.id AND x.voided_by IS NULL)
"""


def refuse_out_of_rule(connection: Connection, last: int, by: int) -> None:
    """Judges what the action `by` brought back, against what was written after the action `last`.

    Raises PlaceTaken, AlreadyRecognised, BeforePrerequisite, AfterHigherLevel, DecisionDiffers.
    """
    facts = {"by": by, "last": last}
    anew = {row[0] for text in _TOLD_ANEW for row in connection.execute(text, facts)}
    anew |= {row[2] for row in connection.execute(_NAMESAKES, facts) if letters(row[0]) == letters(row[1])}
    if anew:
        raise PlaceTaken(actions=named(connection, anew))
    for unit, recognition, since in _recognised(connection, last, by):
        check_recognition(unit, recognition, since)
    later = {decision.id for decision in _decisions(connection, _LATER_DECISIONS, facts)}
    came_since = [decision for decision in every_decision(connection) if decision.id in later]
    if came_since:
        homes = DecisionHomes(connection)
        for decision in _decisions(connection, "f.action_id = :by AND f.voided_by IS NULL", facts):
            refuse_other_day(homes.beside(came_since, decision), decision)


def _recognised(connection: Connection, last: int, by: int) -> Iterator[tuple[Unit, Recognition, list[Recognition]]]:
    """The recognitions that stand again, each with those that its unit got since."""
    facts = {"by": by, "last": last}
    new = {
        row[0]
        for row in connection.execute(f"SELECT id FROM recognition AS f WHERE {_came_since('recognition', 'f')}", facts)
    }
    for unit_id, key in connection.execute(_STAND_AGAIN, {"by": by}).fetchall() if new else ():
        recognitions = recognitions_of_unit(connection, unit_id)
        since = [recognition for recognition in recognitions if recognition.id in new and recognition.id != key]
        if since:
            recognition = next(recognition for recognition in recognitions if recognition.id == key)
            yield units.versions(connection, unit_id)[-1], recognition, since


def _decisions(connection: Connection, which: str, facts: dict[str, int]) -> list[Decision]:
    rows = connection.execute(f"SELECT f.number, f.signed_on, f.issuer, f.id FROM decision AS f WHERE {which}", facts)
    return [Decision(*row) for row in rows]
