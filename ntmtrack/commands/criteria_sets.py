"""The criteria set that is meant, as the office has it: what ships, with what is said of it in the ledger."""

from datetime import date

from ntmtrack.model import Programme, Tier, Unit
from ntmtrack.programmes.criteria import CriteriaSet
from ntmtrack.programmes.criteria.files import criteria_set, find_set, main_set
from ntmtrack.programmes.criteria.office import told
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.criteria import office_criteria


def known_set(connection: Connection, key: str, day: str, province: int | None = None) -> CriteriaSet:
    """The set of a key on an ISO day, as the office of a province has it."""
    return told(criteria_set(key).on(day), office_criteria(connection, key), day, province)


class KnownSets(dict[str, CriteriaSet]):
    """The sets by their keys on an ISO day, as the office of a province has them: each asked for once."""

    def __init__(self, connection: Connection, day: str, province: int | None) -> None:
        super().__init__()
        self.day = day
        self._connection, self._province = connection, province

    def __missing__(self, key: str) -> CriteriaSet:
        self[key] = known_set(self._connection, key, self.day, self._province)
        return self[key]


def meant_set(within: Programme, typed: str | None, tier: Tier = Tier.COMMUNE, kind: str = "") -> CriteriaSet | None:
    """The set that was named, else that of the lowest level of a tier; None where none is known.

    One that counts the contents of another means that. Raises UnknownCriteriaSet.
    """
    found = find_set(within, typed) if typed else main_set(within.key, tier, kind)
    return criteria_set(found.of) if found and found.of and not found.criteria else found


def province_of(connection: Connection, unit: Unit, day: date) -> int | None:
    """The province that a unit lies in on a day, by id."""
    above, at = units.parents(connection, day), unit.id
    while (parent := above.get(at)) is not None:
        at = parent
    return at
