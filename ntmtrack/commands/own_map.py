"""On which day the units of a scope are taken for a question about another day: each year on its own map."""

from collections.abc import Sequence
from datetime import date, timedelta

from ntmtrack.model import Unit
from ntmtrack.progress import Moment
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries.membership import NEVER, lifetime, rearranged_on
from ntmtrack.storage.queries.unit_lists import complete_since


class OwnMap:
    """The map of each year of a scope: the units of the day asked about.

    A general rearrangement within a year parts it: what the scope began the year with is counted on the last day
    before. Where it has no units on the day, those of its last one are counted.
    """

    def __init__(self, connection: Connection, scope: Unit | None, kinds: Sequence[str]) -> None:
        self._connection = connection
        self.unit = scope
        self._scope = scope.id if scope else None
        self.kinds = kinds
        self.lifetime = lifetime(connection, self._scope, kinds)
        self._rearranged: dict[int, date | None] = {}
        self._lists: dict[date, date | None] = {}

    @property
    def first(self) -> str:
        """The first ISO day on which the scope has units; "" where none is known."""
        return self.lifetime.first if self.lifetime else ""

    def units_on(self, when: date) -> date:
        """The day whose units are counted for a question about `when`."""
        parted = self.parted_on(when)
        return parted - timedelta(1) if parted else self.standing_on(when)

    def parted_on(self, when: date) -> date | None:
        """The day of the general rearrangement before which the units of the year of `when` are counted then."""
        rearranged = self._rearranged_in(when.year)
        return rearranged if rearranged and when >= rearranged else None

    def moment(self, when: date, units_on: date, today: date) -> Moment:
        """A moment of the scope, with the day of the later list that stands for its units, where one does."""
        since = self._complete_since(units_on)
        return Moment(when, units_on, today, since if since and since > units_on else None)

    def standing_on(self, when: date) -> date:
        """The day itself, or the last one before it on which the scope has units."""
        last = self.lifetime.last if self.lifetime else NEVER
        return when if last >= when.isoformat() else date.fromisoformat(last)

    def _complete_since(self, units_on: date) -> date | None:
        if units_on not in self._lists:
            since = complete_since(self._connection, self.unit, units_on)
            self._lists[units_on] = date.fromisoformat(since) if since else None
        return self._lists[units_on]

    def _rearranged_in(self, year: int) -> date | None:
        if self.lifetime is None or not any(day.startswith(str(year)) for day in self.lifetime.changes):
            return None
        if year not in self._rearranged:
            self._rearranged[year] = rearranged_on(self._connection, self._scope, self.kinds, year)
        return self._rearranged[year]
