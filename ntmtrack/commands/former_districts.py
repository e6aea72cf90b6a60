"""The districts that ended on 1/7/2025 as parts of a scope: which of them each commune of today came from."""

from collections.abc import Iterable

from ntmtrack.i18n import _
from ntmtrack.model import Tier, Unit
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.units.ancestry import Ancestry

SEVERAL, UNKNOWN = 0, -1  # for the id of a district: a commune came from several, or it is not known from which


class FormerDistricts:
    """The district that each unit of a ledger last lay in, itself or what it was made of.

    Of several origins the whole ones and the main parts tell, all of them where there are none. A unit that came from
    several districts belongs to a part of its own, so that the parts together are the whole.
    """

    def __init__(self, connection: Connection) -> None:
        versions = units.every_version(connection)
        self._districts = {unit.id: unit for unit in versions if unit.tier is Tier.DISTRICT}
        self._last: dict[int, int] = {
            unit.id: unit.parent_id
            for unit in versions
            if unit.parent_id is not None and unit.parent_id in self._districts
        }
        self._ancestry = Ancestry(units.successions(connection))

    def of(self, unit_id: int) -> int:
        """The district of a unit by id, SEVERAL or UNKNOWN."""
        if unit_id in self._last:
            return self._last[unit_id]
        origins = self._ancestry.origins(unit_id, self._last.__contains__)
        telling = [origin for origin in origins if origin.is_whole or origin.is_main] or origins
        districts = {self._last[origin.unit_id] for origin in telling}
        if not districts:
            return UNKNOWN
        return districts.pop() if len(districts) == 1 else SEVERAL

    def everyone(self) -> dict[int, Unit]:
        """The districts in official order, by id; at the end what stands for several, and for one that is not known."""
        rest = {SEVERAL: _("of several former districts"), UNKNOWN: _("former district not known")}
        in_order = sorted(self._districts.values(), key=units.official_order)
        return {
            unit.id: unit for unit in (*in_order, *(Unit(key, name, "", Tier.DISTRICT) for key, name in rest.items()))
        }

    def parts(self, unit_ids: Iterable[int]) -> dict[int, int | None]:
        """The district of each of these units; none of any where that of none is known."""
        parts: dict[int, int | None] = {unit_id: self.of(unit_id) for unit_id in unit_ids}
        return parts if set(parts.values()) - {UNKNOWN} else {}
