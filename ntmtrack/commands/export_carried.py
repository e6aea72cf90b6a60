"""The sheet of what became of recognitions in mergers."""

from ntmtrack.commands.carried_units import carried_units
from ntmtrack.commands.export_data import Material
from ntmtrack.export import ReportSheet
from ntmtrack.i18n import _, day
from ntmtrack.model import Act
from ntmtrack.reports.carried_units import CARRIED, CarriedUnit
from ntmtrack.reports.review_results import carried_report


def carried_sheet(material: Material) -> ReportSheet | None:
    """The new units of the scope with what was found of each until the day of the report; None where there are none.

    They are those that stand on that day, whichever map the figures are counted on.
    """
    spec = material.spec
    units = carried_units(material.connection, spec.scope, spec.moment.day)
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
