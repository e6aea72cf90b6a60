"""What corrections with a reason changed: the recognitions before and after."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from ntmtrack.model import Decision, Recognition

_EDITED = """
    SELECT a.id, a.at, a.who, a.reason, r.action_id = a.id, r.unit_id, r.level, r.programme, r.year, r.known_by,
           r.announced_on, r.source, r.note, d.number, d.signed_on, d.issuer
    FROM action AS a JOIN recognition AS r ON r.action_id = a.id OR r.voided_by = a.id
    LEFT JOIN decision AS d ON d.id = r.decision_id
    WHERE a.verb = 'edit' AND a.reason IS NOT NULL ORDER BY a.id, r.id
"""


class Edit(NamedTuple):
    """One recognition as one correction found it and left it; `at` is ISO in UTC."""

    unit_id: int
    at: str
    who: str
    reason: str
    before: Recognition
    after: Recognition


def edits(connection: sqlite3.Connection) -> Iterator[Edit]:
    """Every correction that was made with a reason, the earliest first."""
    stamps: dict[int, tuple[str, str, str]] = {}
    found: dict[tuple[int, int, str], tuple[list[Recognition], list[Recognition]]] = defaultdict(lambda: ([], []))
    for action, at, who, reason, came, unit_id, level, *facts in connection.execute(_EDITED):
        stamps[action] = (at, who, reason)
        programme, year, known_by, announced, source, note, number, signed_on, issuer = facts
        decision = Decision(number, signed_on, issuer) if number else None
        one = Recognition(level, programme, year, known_by, decision, announced, source, note)
        found[action, unit_id, level][bool(came)].append(one)
    for (action, unit_id, _level), (gone, came) in found.items():
        for before, after in zip(gone, came, strict=False):
            yield Edit(unit_id, *stamps[action], before, after)
