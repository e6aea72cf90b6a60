"""The sheet of what became of recognitions in mergers."""

import sqlite3
from collections.abc import Sequence

from ntmtrack.commands.carried_units import carried_units
from ntmtrack.commands.export_data import Material
from ntmtrack.commands.standings import with_provinces
from ntmtrack.export import ReportSheet
from ntmtrack.i18n import _, day
from ntmtrack.model import Act, Tier
from ntmtrack.reports.carried_units import CARRIED, CarriedUnit
from ntmtrack.reports.review_results import carried_report
from ntmtrack.storage.queries.units import every_version


def carried_sheet(material: Material) -> ReportSheet | None:
    """The new units of the scope with what was found of each until the day of the report; None where there are none.

    They are those that stand on that day, whichever map the figures are counted on.
    """
    spec = material.spec
    units = _told_apart(material.connection, carried_units(material.connection, spec.scope, spec.moment.day))
    if not units:
        return None
    title = _("Recognition after mergers, {scope}").format(scope=material.paper_scope)
    subtitle = _("As of {day}").format(day=day(spec.moment.day))
    report = carried_report(units, title, subtitle)
    return ReportSheet(CARRIED, report, titled=True, says_nothing=not any(map(_tells_of_before, units)))


def _tells_of_before(unit: CarriedUnit) -> bool:
    """Whether anything is on record of what it was formed of, or of a review: else "none" would only mean no data."""
    is_carried = unit.own is not None and unit.own.basis is not Act.RECOGNISED
    return is_carried or unit.review is not None or any(one.recognitions for one in unit.constituents)


def _told_apart(connection: sqlite3.Connection, carried: Sequence[CarriedUnit]) -> list[CarriedUnit]:
    """The same units, the former districts of their constituents with the province where two share a name."""
    asked = {one.unit.parent_id for unit in carried for one in unit.constituents}
    last = {unit.id: unit for unit in every_version(connection) if unit.tier is Tier.DISTRICT and unit.id in asked}
    districts = list(last.values())
    return [
        unit._replace(
            constituents=[one._replace(unit=with_provinces(districts, [one.unit])[0]) for one in unit.constituents]
        )
        for unit in carried
    ]
