"""The sheets about criteria: bands and criterion by criterion, which are filed; what is lacking, who is at risk."""

from ntmtrack.commands.assessed_units import set_of_scope
from ntmtrack.commands.conditions import unit_spec
from ntmtrack.commands.criteria_bands import BY_DISTRICT, BY_FORMER_DISTRICT, criteria_bands
from ntmtrack.commands.criteria_gap import at_risk_among, counted_units, criteria_gap, gap_of_unit
from ntmtrack.commands.export_data import Material
from ntmtrack.errors import NoCriteriaSet, NotAssessed
from ntmtrack.export import ReportSheet, SheetStyle
from ntmtrack.i18n import _
from ntmtrack.model import Confidence, Tier
from ntmtrack.programmes.criteria.files import main_set, sets_of
from ntmtrack.progress.criteria import count_criteria
from ntmtrack.reports.criteria_sheets import CountedSet, bands_sheet_report, criteria_report
from ntmtrack.reports.labels import as_of_day, tier_label
from ntmtrack.storage.queries.criteria import latest_assessments, sets_assessed

BANDS, CRITERIA, GAP, AT_RISK, CONDITIONS = "bands", "criteria", "criteria-gap", "at-risk", "conditions"


def bands_sheet(material: Material) -> ReportSheet | None:
    """The communes by how many criteria they meet, district by district; None where none was assessed."""
    try:
        bands = criteria_bands(material.connection, material.spec, None, _parts(material))
        of_set = set_of_scope(material.connection, material.spec, None)
    except (NoCriteriaSet, NotAssessed):
        return None
    title = _("Communes of {scope} by criteria met").format(scope=material.paper_scope)
    report = bands_sheet_report(bands, of_set, title, _until(material))
    return ReportSheet(BANDS, report, counted_in=tier_label(Tier.COMMUNE).lower())


def _until(material: Material) -> str:
    """Until which day assessments count, in words that hold on any day."""
    return as_of_day(material.spec.moment._replace(asked_on=None))


def _parts(material: Material) -> str | None:
    """By which parts: the districts, the former ones where those have ended; None of one of them."""
    if material.spec.scope and material.spec.scope.tier is not Tier.PROVINCE:
        return None
    return BY_DISTRICT if material.districts else BY_FORMER_DISTRICT


def criteria_sheet(material: Material) -> ReportSheet | None:
    """By each set of the programme, how many communes meet each criterion; None where none was assessed."""
    known = set(sets_assessed(material.connection))
    keys = [
        one.key
        for one in sets_of(material.spec.view.programme.key, Tier.COMMUNE)
        if one.key in known and one.criteria and not one.kinds
    ]
    main = main_set(material.spec.view.programme.key)
    counted = [_counted_set(material, key) for key in sorted(keys, key=lambda key: (not main or key != main.key, key))]
    told = [one for one in counted if one.assessed]
    if not told:
        return None
    title = _("Results of {scope} criterion by criterion").format(scope=material.paper_scope)
    report = criteria_report(told, title, _until(material))
    return ReportSheet(CRITERIA, report, counted_in=tier_label(Tier.COMMUNE).lower(), titled=True, one_page=True)


def _counted_set(material: Material, key: str) -> CountedSet:
    of_set = set_of_scope(material.connection, material.spec, key)
    latest = latest_assessments(material.connection, key, material.spec.moment.day.isoformat())
    communes = counted_units(material.connection, material.spec, of_set)
    found = [latest[unit.id] for unit in communes if unit.id in latest]
    made_up = sum(one.confidence is Confidence.ILLUSTRATIVE for one in found)
    return CountedSet(of_set, count_criteria(found, of_set), len(communes), made_up)


def gap_sheet(material: Material) -> ReportSheet | None:
    """What each commune lacks, as `criteria-gap` tells it; None where none was assessed."""
    try:
        report = criteria_gap(material.connection, material.spec, None)
    except (NoCriteriaSet, NotAssessed):
        return None
    return ReportSheet(GAP, report, look=SheetStyle.WORKING, counted_in=tier_label(Tier.COMMUNE).lower())


def at_risk_sheet(material: Material) -> ReportSheet | None:
    """The recognised that no longer meet their criteria: no official finding, so for the office alone."""
    report = at_risk_among(material.connection, material.spec, material.censuses)
    return ReportSheet(AT_RISK, report, look=SheetStyle.WORKING) if report.tables else None


def conditions_sheet(material: Material) -> ReportSheet | None:
    """What the province or district itself still lacks; None where its programme has no conditions for it."""
    scope = material.spec.scope
    if scope is None or scope.tier not in (Tier.PROVINCE, Tier.DISTRICT):
        return None
    try:
        report = gap_of_unit(material.connection, scope, None, unit_spec(material.spec, scope))
    except (NoCriteriaSet, NotAssessed):
        return None
    return ReportSheet(CONDITIONS, report, look=SheetStyle.WORKING)
