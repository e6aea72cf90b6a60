"""Which units of the national lists a ledger holds, on the day before 1/7/2025 and on that day. Pure."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache

from ntmtrack.model import NewUnit, Tier, Unit
from ntmtrack.text import letters
from ntmtrack.units.changes import units_by_code
from ntmtrack.units.gazetteer import BEFORE_JULY_2025, FROM_JULY_2025, REORGANISED_ON
from ntmtrack.units.rearrangement import UnitRef


class HeldUnits:
    """The units of a ledger by the codes of the two lists: `old` until 30/6/2025, `new` from 1/7/2025.

    A code that is not the list's yields to name, kind and place. `unknown` are commune-level units that the older list
    does not have; `starts` provinces that are on record without days and began on 1/7/2025. `versions` are all of each
    unit, by id. `merged` are the codes of the provinces of today that were joined from several.
    """

    def __init__(self, every_version: Sequence[Unit], merged: Collection[str]) -> None:
        self._merged = merged
        self._old_list, self._new_list = units_by_code(BEFORE_JULY_2025), units_by_code(FROM_JULY_2025)
        self._with_districts = {unit.parent_id for unit in every_version if unit.tier is Tier.DISTRICT}
        self.old: dict[str, UnitRef] = {}
        self.new: dict[str, UnitRef] = {}
        self.starts: dict[int, str] = {}
        self.unknown: list[Unit] = []
        self.versions: dict[int, list[Unit]] = defaultdict(list)
        for unit in every_version:
            self.versions[unit.id].append(unit)
            self._take(unit)

    def _take(self, unit: Unit) -> None:
        stood = (unit.since or "") < REORGANISED_ON <= (unit.until or "9999")
        if stood and not self._is_of_new_province(unit):
            key = (unit.kind, letters(unit.name), letters(unit.parent_name or ""))
            code = unit.code if _is_listed(unit, self._old_list) else _old_codes_by_place().get(key)
            if code and code not in self.old:
                self.old[code] = UnitRef(unit.id)
            elif unit.tier is Tier.COMMUNE:
                self.unknown.append(unit)
        stands = (unit.since or "") <= REORGANISED_ON < (unit.until or "9999")
        if stands and _is_listed(unit, self._new_list) and self._is_new(unit):
            self.new[unit.code or ""] = UnitRef(unit.id)

    def _is_new(self, unit: Unit) -> bool:
        """Whether a unit that stands on 1/7/2025 is the listed one of that day, and not what bore its code before."""
        if self._is_of_new_province(unit):
            self.starts[unit.id] = REORGANISED_ON
            return True
        return unit.since == REORGANISED_ON or (unit.tier is Tier.PROVINCE and unit.code not in self._merged)

    def _is_of_new_province(self, unit: Unit) -> bool:
        """Whether a province on record without days, of a code and name that it kept, is the one of after the merger.

        It has no districts then.
        """
        return (
            unit.tier is Tier.PROVINCE
            and unit.code in self._merged
            and unit.since is None
            and unit.until is None
            and _is_listed(unit, self._new_list)
            and unit.id not in self._with_districts
        )


def _is_listed(unit: Unit, units: Mapping[str, NewUnit]) -> bool:
    listed = units.get(unit.code or "")
    return listed is not None and letters(listed.name) == letters(unit.name) and listed.tier is unit.tier


@cache
def _old_codes_by_place() -> Mapping[tuple[str, str, str], str]:
    """The codes of the units until 30/6/2025 by kind, name and the title of the unit above."""
    listed = units_by_code(BEFORE_JULY_2025)
    keys = [
        (unit.kind, letters(unit.name), letters(listed[unit.parent_code].title if unit.parent_code else ""))
        for unit in listed.values()
    ]
    counts = Counter(keys)
    return {key: code for key, code in zip(keys, listed, strict=True) if counts[key] == 1}
