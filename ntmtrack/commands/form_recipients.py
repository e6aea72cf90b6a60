"""Whom a round of forms asks: districts where there are any, else communes; or the communes of former districts."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ntmtrack.commands.former_districts import FormerDistricts
from ntmtrack.commands.question import ReportSpec
from ntmtrack.commands.template import counted_units
from ntmtrack.model import Tier, Unit
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units

_BESIDES = 0  # for the id of a unit: communes that no former district is known of, or several


class FormRecipient(NamedTuple):
    """Whom a form asks: its id and title, the title with the unit above, who answers, the units that it is about."""

    id: int
    title: str
    full_title: str
    answers: str
    units: Sequence[Unit]

    @classmethod
    def of(cls, unit: Unit, about: Sequence[Unit]) -> "FormRecipient":
        """A unit that stands and has its own people's committee."""
        return cls(unit.id, unit.title, unit.full_title, f"UBND {unit.title}", about)


def everyone_asked(connection: Connection, spec: ReportSpec, by: str | None) -> Iterator[FormRecipient]:
    """Whom the forms ask: districts where there are any, else communes; or what was asked for."""
    counted = counted_units(connection, spec)
    communes = [unit for unit in counted if unit.tier is Tier.COMMUNE]
    if by == "former-district":
        former = FormerDistricts(connection)
        parts: dict[int, list[Unit]] = defaultdict(list)
        for unit in communes:
            parts[max(former.of(unit.id), _BESIDES)].append(unit)
        known = former.everyone()
        for key in (key for key in known if key in parts and key != _BESIDES):
            area = f"{known[key].name} ({known[key].kind} cũ)"  # Vietnamese, as the form is
            yield FormRecipient(key, area, area, f"các xã thuộc địa bàn {area}", parts[key])
        if _BESIDES in parts:
            rest = "các xã khác"
            yield FormRecipient(_BESIDES, rest, rest, rest, parts[_BESIDES])
        return
    districts = [
        unit
        for unit in units.every_unit(connection, spec.moment.units_on, spec.view.scope, Tier.DISTRICT)
        if any(commune.parent_id == unit.id for commune in communes) or unit in counted
    ]
    if by == "commune" or not districts:
        yield from (FormRecipient.of(unit, [unit]) for unit in communes)
        return
    for district in districts:
        within = [commune for commune in communes if commune.parent_id == district.id]
        own = [district] if district in counted else []
        yield FormRecipient.of(district, [*within, *own])
