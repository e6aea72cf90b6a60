"""Of what a unit was formed: the units that went into it, with what each held until then."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from ntmtrack.dates import first_day
from ntmtrack.model import Recognition, Unit
from ntmtrack.progress.carrying import Constituent
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.recognitions import recognitions_by_unit, recognitions_of_unit

_SUCCESSION = """
    SELECT successor_id, predecessor_id, extent = 'whole', day, main, resolution
    FROM succession WHERE voided_by IS NULL
"""


def constituents_of(connection: sqlite3.Connection, unit_id: int) -> list[Constituent]:
    """What one unit was formed of, in official order; nothing for one that no merger on record formed."""
    rows = connection.execute(f"{_SUCCESSION} AND successor_id = :unit", {"unit": unit_id}).fetchall()
    return [
        constituent
        for _successor, constituent in _constituents(
            rows,
            lambda key: units.versions(connection, key),
            lambda key: recognitions_of_unit(connection, key),
        )
    ]


def every_constituent(connection: sqlite3.Connection) -> Mapping[int, Sequence[Constituent]]:
    """What every unit that a merger on record formed was formed of, by its id, in official order."""
    rows = connection.execute(_SUCCESSION).fetchall()
    if not rows:
        return {}
    versions: dict[int, list[Unit]] = defaultdict(list)
    for version in units.every_version(connection):
        versions[version.id].append(version)
    recognitions = recognitions_by_unit(connection)
    formed: dict[int, list[Constituent]] = defaultdict(list)
    for successor, constituent in _constituents(rows, versions.__getitem__, lambda key: recognitions.get(key, [])):
        formed[successor].append(constituent)
    return formed


def _constituents(
    rows: Sequence[tuple[int, int, int, str, int | None, str | None]],
    versions_of: Callable[[int], Sequence[Unit]],
    recognitions_of: Callable[[int], Sequence[Recognition]],
) -> list[tuple[int, Constituent]]:
    constituents = []
    for successor, predecessor, is_whole, day, main, resolution in rows:
        held = tuple(recognition for recognition in recognitions_of(predecessor) if _held_until(recognition, day))
        unit = _as_it_was(versions_of(predecessor), day)
        is_main = None if main is None else bool(main)
        constituents.append((successor, Constituent(unit, bool(is_whole), day, held, is_main, resolution)))
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
