"""On which day the units of a scope are taken for a question about another day: each year on its own map."""

import sqlite3
from collections.abc import Sequence
from datetime import date, timedelta

from ntmtrack.storage.queries.membership import NEVER, lifetime, rearranged_on


class OwnMap:
    """The map of each year of a scope: the units of the day asked about.

    A general rearrangement within a year parts it: what the scope began the year with is counted on the last day
    before. Where it has no units on the day, those of its last one are counted.
    """

    def __init__(self, connection: sqlite3.Connection, scope: int | None, kinds: Sequence[str]) -> None:
        self._connection = connection
        self._scope = scope
        self._kinds = kinds
        self.lifetime = lifetime(connection, scope, kinds)
        self._rearranged: dict[int, date | None] = {}

    def units_on(self, when: date) -> date:
        """The day whose units are counted for a question about `when`."""
        rearranged = self._rearranged_in(when.year)
        return rearranged - timedelta(1) if rearranged and when >= rearranged else self.standing_on(when)

    def standing_on(self, when: date) -> date:
        """The day itself, or the last one before it on which the scope has units."""
        last = self.lifetime.last if self.lifetime else NEVER
        return when if last >= when.isoformat() else date.fromisoformat(last)

    def _rearranged_in(self, year: int) -> date | None:
        if self.lifetime is None or not any(day.startswith(str(year)) for day in self.lifetime.changes):
            return None
        if year not in self._rearranged:
            self._rearranged[year] = rearranged_on(self._connection, self._scope, self._kinds, year)
        return self._rearranged[year]
