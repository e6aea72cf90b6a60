"""Of what a unit was formed: the units that went into it, with what each held until then."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ntmtrack.dates import first_day
from ntmtrack.model import Decision, Recognition, Succession, Unit
from ntmtrack.progress.constituents import Constituent, ReviewResult
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.actions import closed_until
from ntmtrack.storage.queries.recognitions import recognitions_by_unit, recognitions_of_unit


def constituents_of(connection: Connection, unit_id: int) -> list[Constituent]:
    """What one unit was formed of, in official order; nothing for one that no merger on record formed."""
    rows = [one for one in units.successions(connection) if one.successor_id == unit_id]
    return [
        constituent
        for _successor, constituent in _constituents(
            rows,
            lambda key: units.versions(connection, key),
            lambda key: recognitions_of_unit(connection, key),
            closed_until(connection) or 0,
        )
    ]


def every_constituent(connection: Connection) -> Mapping[int, Sequence[Constituent]]:
    """What every unit that a merger on record formed was formed of, by its id, in official order."""
    rows = units.successions(connection)
    if not rows:
        return {}
    versions: dict[int, list[Unit]] = defaultdict(list)
    for version in units.every_version(connection):
        versions[version.id].append(version)
    recognitions = recognitions_by_unit(connection)
    formed: dict[int, list[Constituent]] = defaultdict(list)
    for successor, constituent in _constituents(
        rows, versions.__getitem__, lambda key: recognitions.get(key, []), closed_until(connection) or 0
    ):
        formed[successor].append(constituent)
    return formed


def reviews(connection: Connection) -> dict[int, ReviewResult]:
    """What was found of units after mergers, the last of each unit."""
    rows = connection.execute(
        """SELECT unit_id, programme, level, result, day, d.id, d.number, d.signed_on, d.issuer, source, r.note, r.id
        FROM review AS r LEFT JOIN decision AS d ON d.id = r.decision_id WHERE r.voided_by IS NULL ORDER BY r.id"""
    )
    return {row[0]: _review(*row) for row in rows}


def _review(
    unit_id: int,
    programme: str,
    level: str | None,
    result: str,
    day: str,
    decision_id: int | None,
    number: str,
    signed_on: str | None,
    issuer: str | None,
    *rest: Any,
) -> ReviewResult:
    decision = Decision(number, signed_on, issuer, decision_id) if decision_id else None
    source, note, key = rest
    return ReviewResult(unit_id, programme, level, result, day, decision, source, note, key)


def _constituents(
    rows: Sequence[Succession],
    versions_of: Callable[[int], Sequence[Unit]],
    recognitions_of: Callable[[int], Sequence[Recognition]],
    closed: int,
) -> list[tuple[int, Constituent]]:
    """By successor; of a constituent all is told that ended in a year that is `closed`, or has anything on record."""
    constituents = []
    for one in rows:
        known = recognitions_of(one.predecessor_id)
        held = tuple(recognition for recognition in known if _held_until(recognition, one.day))
        unit = _as_it_was(versions_of(one.predecessor_id), one.day)
        formed_of = Constituent(unit, one.extent == "whole", one.day, held, one.main, one.resolution)
        is_told = bool(known) or closed >= formed_of.last_year
        constituents.append((one.successor_id, formed_of._replace(is_told=is_told)))
    return sorted(constituents, key=lambda pair: units.official_order(pair[1].unit))


def _as_it_was(versions: Sequence[Unit], day: str) -> Unit:
    """The version of the day before; the last where none is known to have stood then."""
    before = [version for version in versions if (version.since or "") < day]
    return before[-1] if before else versions[-1]


def _held_until(recognition: Recognition, day: str) -> bool:
    """Whether it was for a time before `day` and had not been taken back by then."""
    return recognition.since()[:4] <= day[:4] and (
        recognition.revoked_on is None or first_day(recognition.revoked_on).isoformat() >= day
    )
