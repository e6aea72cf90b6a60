"""Corrections that somebody made with a reason and that a table would take back: told by name, never in passing."""

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

from ntmtrack.i18n import _, day
from ntmtrack.model import Recognition
from ntmtrack.storage.queries.edits import Edit, edits


class EditsUndone:
    """Knows the corrections on record; read only once a row would change something."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @cached_property
    def _by_fact(self) -> dict[tuple[int, str], Sequence[Edit]]:
        found: dict[tuple[int, str], list[Edit]] = defaultdict(list)
        for one in edits(self._connection):
            found[one.unit_id, one.after.level].append(one)
        return dict(found)

    def undone(self, unit_id: int, old: Recognition, new: Recognition) -> str | None:
        """Who corrected what `new` takes back in the place of `old`, when and why; None where it takes nothing back."""
        is_now, will_be = _parts(old), _parts(new)
        for one in reversed(self._by_fact.get((unit_id, old.level), ())):
            before, after = _parts(one.before), _parts(one.after)
            if any(
                was != then and now == then and next_ != then
                for was, then, now, next_ in zip(before, after, is_now, will_be, strict=True)
            ):
                when = day(datetime.fromisoformat(one.at).astimezone().date())
                return _("{who}, {day}, “{reason}”").format(who=one.who, day=when, reason=one.reason)
        return None


def _parts(known: Recognition) -> tuple[object, ...]:
    """What a correction may have changed, part by part."""
    decision = known.decision[:3] if known.decision else (None, None, None)
    return (known.year or known.known_by, *decision, known.announced_on, known.source, known.note)
