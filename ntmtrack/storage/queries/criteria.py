"""What the ledger holds about criteria: assessments, marks, values by year, tasks, what an office says of a set.

Everything is keyed by the id of the unit that it is about; only what stands is given.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from ntmtrack.assessment import Assessment
from ntmtrack.measures.kept import Measurement
from ntmtrack.model import Confidence, Decision
from ntmtrack.programmes.criteria.office import OfficeCriterion
from ntmtrack.programmes.marks import UnitMark, applying
from ntmtrack.progress.tasks import TaskState
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries.units import parents

_ASSESSED = "unit_id, criteria_set, day, met, missing, unknown, results, confidence, source, note, id"
# Of each unit the last by a set until a day: on one day there is but one.
_LAST_UNTIL = """
    WHERE voided_by IS NULL AND criteria_set = :set AND day <= :day AND NOT EXISTS (
        SELECT 1 FROM assessment AS later WHERE later.voided_by IS NULL AND later.unit_id = a.unit_id
            AND later.criteria_set = :set AND later.day <= :day AND later.day > a.day)"""
_BY = "d.number, d.signed_on, d.issuer, d.id"


def latest_assessments(connection: Connection, criteria_set: str, day: str) -> dict[int, Assessment]:
    """The last assessment by a set of each unit until an ISO day."""
    rows = connection.execute(
        f"SELECT {_ASSESSED} FROM assessment AS a {_LAST_UNTIL}",
        {"set": criteria_set, "day": day},
    )
    return {row[0]: _assessment(row) for row in rows}


def latest_met(connection: Connection, criteria_set: str, day: str) -> dict[int, tuple[int, int, bool, str]]:
    """By unit criteria surely met and met at most by the last assessment until an ISO day; whether made up; when."""
    rows = connection.execute(
        f"SELECT unit_id, met, unknown, missing, confidence = 'illustrative', day FROM assessment AS a {_LAST_UNTIL}",
        {"set": criteria_set, "day": day},
    )
    return {
        unit: (met, met + (_left_open(unknown, missing) if unknown else 0), bool(is_made_up), last)
        for unit, met, unknown, missing, is_made_up, last in rows
    }


def _left_open(unknown: str, missing: str | None) -> int:
    """Of how many criteria something is left open, and nothing is surely missing."""
    return len({_criterion(code) for code in unknown.split()} - {_criterion(code) for code in (missing or "").split()})


def _criterion(code: str) -> str:
    """The criterion that has a content: 17 of 17.2."""
    return code.partition(".")[0]


def assessments(connection: Connection, criteria_set: str | None = None) -> Iterator[tuple[int, Assessment]]:
    """Every assessment, by one set where it is told, the earliest first."""
    rows = connection.execute(
        f"""SELECT {_ASSESSED} FROM assessment WHERE voided_by IS NULL AND (:set IS NULL OR criteria_set = :set)
            ORDER BY day, id""",
        {"set": criteria_set},
    )
    return ((row[0], _assessment(row)) for row in rows)


def assessments_of(connection: Connection, unit_id: int) -> list[Assessment]:
    """The assessments of a unit, the earliest first."""
    rows = connection.execute(
        f"SELECT {_ASSESSED} FROM assessment WHERE voided_by IS NULL AND unit_id = ? ORDER BY day, id", (unit_id,)
    )
    return [_assessment(row) for row in rows]


def last_assessed(connection: Connection) -> str | None:
    """The ISO day of the last assessment; None where there is none."""
    row = connection.execute("SELECT max(day) FROM assessment WHERE voided_by IS NULL").fetchone()
    return row[0] if row else None


class Correction(NamedTuple):
    """Who corrected an assessment, when (ISO, UTC), and why."""

    who: str
    at: str
    reason: str


def corrected_assessments(connection: Connection) -> dict[int, Correction]:
    """The assessments on record, by id, that came of a correction with a reason."""
    rows = connection.execute(
        """SELECT s.id, a.who, a.at, a.reason FROM assessment AS s JOIN action AS a ON a.id = s.action_id
           WHERE s.voided_by IS NULL AND a.reason IS NOT NULL"""
    )
    return {key: Correction(*told) for key, *told in rows}


def sets_assessed(connection: Connection) -> list[str]:
    """The sets by which anything was assessed."""
    rows = connection.execute("SELECT DISTINCT criteria_set FROM assessment WHERE voided_by IS NULL ORDER BY 1")
    return [row[0] for row in rows]


def _assessment(row: Sequence[Any]) -> Assessment:
    _unit, criteria_set, day, met, missing, unknown, results, confidence, source, note, key = row
    return Assessment(
        criteria_set,
        day,
        met,
        None if missing is None else tuple(missing.split()),
        tuple((unknown or "").split()),
        read_results(results),
        Confidence(confidence),
        source,
        note,
        key,
    )


def assessment_row(unit_id: int, new: Assessment) -> dict[str, object]:
    """The columns under which an assessment is kept."""
    return {
        "unit_id": unit_id,
        "criteria_set": new.criteria_set,
        "day": new.day,
        "met": new.met,
        "missing": None if new.missing is None else " ".join(new.missing),
        "unknown": " ".join(new.unknown) or None,
        "results": " ".join(f"{code}={value}" for code, value in new.results) or None,
        "confidence": new.confidence.value,
        "source": new.source,
        "note": new.note,
    }


def read_results(text: str | None) -> tuple[tuple[str, str], ...]:
    """Values by code as they are kept: "10=62,5 15.1=95"."""
    pairs = (word.partition("=") for word in (text or "").split())
    return tuple((code, value) for code, _sign, value in pairs)


def marks_on(connection: Connection, day: str) -> dict[int, dict[str, str]]:
    """How each unit is classed on an ISO day: the value of each of its marks; one said to be "no" is none."""
    rows = connection.execute(
        "SELECT unit_id, mark, value FROM unit_mark WHERE voided_by IS NULL AND since <= ? ORDER BY since, id", (day,)
    )
    marks: dict[int, dict[str, str]] = defaultdict(dict)
    for unit_id, mark, value in rows:
        marks[unit_id][mark] = value
    return {unit: said for unit, of in marks.items() if (said := {mark: v for mark, v in of.items() if v != "no"})}


def mark_values_on(connection: Connection, mark: str, day: str) -> dict[int, str]:
    """The value of one mark of each unit on an ISO day, "no" too where that was said."""
    rows = connection.execute(
        "SELECT unit_id, value FROM unit_mark WHERE voided_by IS NULL AND mark = ? AND since <= ? ORDER BY since, id",
        (mark, day),
    )
    return dict(rows.fetchall())


def words_applying(connection: Connection, day: str) -> dict[int, tuple[str, ...]]:
    """The words under which thresholds apply to each unit that stands on an ISO day; a unit of none is left out."""
    marks, above = marks_on(connection, day), parents(connection, date.fromisoformat(day))

    def province_of(unit: int) -> int:
        while (higher := above.get(unit)) is not None:
            unit = higher
        return unit

    words = {unit: applying(marks.get(unit, {}), marks.get(province_of(unit), {})) for unit in above} if marks else {}
    return {unit: told for unit, told in words.items() if told}


def words_applying_to(connection: Connection, unit_id: int, province: int | None, day: str) -> tuple[str, ...]:
    """The same of one unit, within the province that it is asked about in."""
    marks = marks_on(connection, day)
    return applying(marks.get(unit_id, {}), marks.get(province or 0, {}))


def mark_row(unit_id: int, new: UnitMark) -> dict[str, object]:
    """The columns under which a mark is kept."""
    return {
        "unit_id": unit_id,
        "mark": new.mark,
        "value": new.value,
        "since": new.since,
        "decision": new.decision,
        "source": new.source,
    }


def marks_of(connection: Connection, unit_id: int) -> list[UnitMark]:
    """Every mark of a unit, the earliest first."""
    rows = connection.execute(
        f"""SELECT m.mark, m.value, m.since, m.source, m.id, {_BY} FROM unit_mark AS m
            LEFT JOIN decision AS d ON d.id = m.decision_id
            WHERE m.voided_by IS NULL AND m.unit_id = ? ORDER BY m.since, m.id""",
        (unit_id,),
    )
    return [UnitMark(mark, value, since, _decision(by), source, key) for mark, value, since, source, key, *by in rows]


def measurements(
    connection: Connection, measure: str | None = None, unit_id: int | None = None
) -> list[tuple[int, Measurement]]:
    """Values by year, of one measure and one unit where they are told: by unit, year and name."""
    rows = connection.execute(
        f"""SELECT m.unit_id, m.measure, m.year, m.value, m.name, m.counted_in, m.owner, m.valid_until, m.confidence,
                m.source, m.note, m.id, {_BY}
            FROM measurement AS m LEFT JOIN decision AS d ON d.id = m.decision_id
            WHERE m.voided_by IS NULL AND (:measure IS NULL OR m.measure = :measure)
                AND (:unit IS NULL OR m.unit_id = :unit) ORDER BY m.unit_id, m.measure, m.year, m.name""",
        {"measure": measure, "unit": unit_id},
    )
    return [
        (row[0], Measurement._make((*row[1:8], _decision(row[12:]), Confidence(row[8]), *row[9:12])))
        for row in rows.fetchall()
    ]


def corrected_measurements(connection: Connection) -> frozenset[int]:
    """The values on record, by id, that somebody corrected with a reason."""
    rows = connection.execute(
        """SELECT m.id FROM measurement AS m JOIN action AS a ON a.id = m.action_id
           WHERE m.voided_by IS NULL AND a.reason IS NOT NULL"""
    )
    return frozenset(row[0] for row in rows)


def measurement_row(unit_id: int, new: Measurement) -> dict[str, object]:
    """The columns under which a value by year is kept."""
    told = {name: value for name, value in new._asdict().items() if name != "id"}
    return told | {"unit_id": unit_id, "confidence": new.confidence.value}


def task_states(connection: Connection, unit_id: int | None = None) -> list[tuple[int, TaskState]]:
    """How tasks stood, of one unit where it is told, the earliest day first."""
    rows = connection.execute(
        """SELECT unit_id, plan, task, state, day, due_on, owner, evidence, note, id FROM task_state
           WHERE voided_by IS NULL AND (:unit IS NULL OR unit_id = :unit) ORDER BY day, id""",
        {"unit": unit_id},
    )
    return [(unit, TaskState(*told)) for unit, *told in rows]


def office_criteria(connection: Connection, criteria_set: str) -> list[OfficeCriterion]:
    """What the office says of a set, in the order in which it was told."""
    rows = connection.execute(
        f"""SELECT c.code, c.name, c.applies_to, c.year, c.since, c.operator, c.threshold, c.counted_in, c.verified,
                c.source, c.scope_id, c.id, {_BY}
            FROM criterion AS c LEFT JOIN decision AS d ON d.id = c.decision_id
            WHERE c.voided_by IS NULL AND c.criteria_set = ? ORDER BY c.id""",
        (criteria_set,),
    )
    return [OfficeCriterion._make((*row[:8], bool(row[8]), *row[9:12], _decision(row[12:]))) for row in rows.fetchall()]


def criteria_until(connection: Connection, criteria_set: str, action: int) -> frozenset[int]:
    """The rows of a set that stand since an action or an earlier one, by their ids."""
    rows = connection.execute(
        "SELECT id FROM criterion WHERE voided_by IS NULL AND criteria_set = ? AND action_id <= ?",
        (criteria_set, action),
    )
    return frozenset(row[0] for row in rows)


def criterion_row(criteria_set: str, new: OfficeCriterion) -> dict[str, object]:
    """The columns under which a row of a set is kept."""
    told = {name: value for name, value in new._asdict().items() if name != "id"}
    return told | {"criteria_set": criteria_set, "verified": int(new.verified)}


def _decision(columns: Sequence[Any]) -> Decision | None:
    number, signed_on, issuer, key = columns
    return Decision(number, signed_on, issuer, key) if number else None
