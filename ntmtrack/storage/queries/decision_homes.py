"""In which provinces decisions are at home: numbers of one province are no numbers of another.

Who issued a decision is seldom told. Where a ledger holds several provinces, what is at home in others alone is
another decision, whatever its number.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ntmtrack.model import Decision
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.facts import KINDS, unit_by

_Homes = frozenset[int]


class DecisionHomes:
    """The provinces, by id, of the units that rest on each decision."""

    def __init__(self, connection: Connection) -> None:
        above: dict[int, set[int | None]] = defaultdict(set)
        for unit, parent in connection.execute("SELECT unit_id, parent_id FROM unit_version WHERE voided_by IS NULL"):
            above[unit].add(parent)
        self._of_unit = _provinces(above)
        of_decision: dict[int | None, set[int]] = defaultdict(set)
        for decision, unit in _resting(connection):
            of_decision[decision] |= self._of_unit.get(unit, frozenset())
        self._of_decision: Mapping[int | None, set[int]] = dict(of_decision)

    def of_units(self, decisions: Iterable[Decision], units: Iterable[int]) -> list[Decision]:
        """Those that may be decisions about some units: not those on which units of other provinces alone rest."""
        return self._at_home({home for unit in units for home in self._of_unit.get(unit, ())}, decisions)

    def beside(self, decisions: Iterable[Decision], decision: Decision) -> list[Decision]:
        """Those that may be of the province of another."""
        return self._at_home(self._of_decision.get(decision.id, set()), decisions)

    def _at_home(self, homes: set[int], decisions: Iterable[Decision]) -> list[Decision]:
        of_decision = self._of_decision
        return [one for one in decisions if not homes or not of_decision.get(one.id) or of_decision[one.id] & homes]


def _provinces(above: Mapping[int, set[int | None]]) -> dict[int, _Homes]:
    """The highest units that each unit has ever belonged to."""
    found: dict[int, _Homes] = {}

    def highest(unit: int) -> _Homes:
        if unit not in found:
            found[unit] = frozenset({unit})  # what belongs to itself by mistake is its own
            parents = above.get(unit, {None})
            found[unit] = frozenset().union(
                *(frozenset({unit}) if parent is None else highest(parent) for parent in parents)
            )
        return found[unit]

    for unit in above:
        highest(unit)
    return found


def _resting(connection: Connection) -> Iterator[tuple[int, int]]:
    """What rests on decisions: the decision and the unit that it is about."""
    for kind in KINDS:
        if any(column.name == "decision_id" for column in kind.columns):
            unit, join = unit_by(kind, kind.about[0])
            yield from connection.execute(
                f"SELECT f.decision_id, {unit} FROM {kind.table} AS f {join}"
                " WHERE f.voided_by IS NULL AND f.decision_id IS NOT NULL"
            )
