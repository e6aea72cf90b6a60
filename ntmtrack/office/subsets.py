"""Lines about some of the units alone ("xã biên giới …"): counted where the plan names the units that it means."""

import sqlite3
from collections.abc import Sequence

from ntmtrack.counts import Moment
from ntmtrack.office.viewpoint import Viewpoint
from ntmtrack.progress.compute import Asked, line_at
from ntmtrack.progress.lines import Line
from ntmtrack.storage.queries import standing
from ntmtrack.storage.queries.roadmaps import Held
from ntmtrack.targets import LineKey


def counted_apart(
    connection: sqlite3.Connection,
    at: Viewpoint,
    held: Held,
    moments: Sequence[Moment],
    asked: Asked,
    lines: Sequence[Line],
) -> list[Line]:
    """The lines, of those about some units alone what these have reached; without data where any is not known."""
    members = {line.key: known for line in lines if line.level and (known := _members(held, line.key))}
    if not members:
        return [*lines]
    stood = standing.standings(connection, at.view, moments)
    counted = []
    for line in lines:
        if line.key in members:
            paths = [stood[unit] for unit in members[line.key] if unit in stood]
            plain = line.key._replace(name=None)
            figures = [one._replace(name=None) for one in held.plan.targets if one.line == line.key]
            line = line_at(paths, at.view.programme, plain, figures, asked)._replace(key=line.key)
        counted.append(line)
    return counted


def _members(held: Held, key: LineKey) -> set[int]:
    """The units that a line about some of them names; none where it is about all, or one is not surely known."""
    if not key.name or key.each:
        return set()
    named = {name for one in held.plan.targets if one.line == key for name in (*one.units, *one.registered)}
    known = {held.units.get((key.tier, name)) for name in named}
    return {unit for unit in known if unit is not None} if None not in known else set()
