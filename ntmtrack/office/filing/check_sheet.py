"""The sheet of checks: the plan's contradictions, published figures recounted, names, levels without lower ones."""

from ntmtrack.export.document import Look, Sheet
from ntmtrack.i18n import _
from ntmtrack.lint.linter import check_plan
from ntmtrack.office.checks.books import Books, Records
from ntmtrack.office.checks.published import explanation
from ntmtrack.office.filing.material import Material
from ntmtrack.office.grounds import ground
from ntmtrack.office.recounting import not_borne_out
from ntmtrack.reports import Table
from ntmtrack.reports import checks as check_tables
from ntmtrack.reports.checks import RecountedFigure
from ntmtrack.reports.progress_notes import doubt_notes
from ntmtrack.storage.connection import file_of

CHECKS = "checks"


def checks(material: Material) -> Sheet:
    """What a reader must know before relying on the figures."""
    at = material.at
    programme = at.view.programme
    tables = [
        _contradictions(material),
        check_tables.published_table(*_published(material)),
        check_tables.names_table(material.figures.names, programme),
        _without_lower(material),
    ]
    title = _("Checks: {scope}").format(scope=at.scope_name)
    said = doubt_notes(material.figures.own.lines, programme)
    report = check_tables.checks_report(tables, title, material.subtitle, said)
    return Sheet(CHECKS, report, look=Look.WORKING)


def _published(material: Material) -> tuple[list[RecountedFigure], list[str]]:
    """The figures that the ledger counts otherwise, and what explains each."""
    found = not_borne_out(material.connection, material.at)
    books = Books(Records(file_of(material.connection), material.connection), material.at)
    return found, [explanation(books, one) for one in found]


def _contradictions(material: Material) -> Table:
    """What the linter finds in the plans of the scope's own; of those beside the one that leads with their number."""
    plans = material.at.plans
    found = [
        finding if held is plans.own else finding._replace(text=f"{held.plan.number}: {finding.text}")
        for held in plans.at_hand
        for finding in check_plan(held.plan, ground(material.connection, held.plan))
    ]
    return check_tables.contradictions_table(found)


def _without_lower(material: Material) -> Table:
    """Units with a level of which not every lower one is on record."""
    census = material.census
    found = []
    for one in census.units:
        held = census.by_level(one)
        level = census.level(one.rank)
        if level and any(lower.key not in held for lower in census.programme.levels[: one.rank]):
            found.append((one.unit, level.label))
    return check_tables.without_lower_table(found)
