"""What the linter finds in a roadmap, as a report."""

from collections.abc import Sequence

from ntmtrack.i18n import _, number
from ntmtrack.reports.values import Cell, CellKind, Column, Report, Table
from ntmtrack.reports.words import roadmap_label
from ntmtrack.roadmaps.findings import Finding
from ntmtrack.targets import Roadmap


def findings(plan: Roadmap, found: Sequence[Finding], source: str) -> Report:
    """What the linter finds, a sentence each; says so where it finds nothing."""
    notes = [] if found else [_("Nothing wrong was found in {count} figures.").format(count=number(len(plan.targets)))]
    if any(finding.check == "sum" for finding in found):
        notes.append(_("Nothing was repaired: the printed cumulative figures are used."))
    if source:
        notes.append(_("Units of the scope are taken from: {source}.").format(source=source))
    return Report(
        key="roadmap-check",
        title=_("Check of {plan}").format(plan=roadmap_label(plan)),
        subtitle=plan.title,
        tables=[_for_people(found)] if found else [],
        data=[_for_machines(found)],
        notes=notes,
        facts={"key": plan.key, "number": plan.number, "findings": len(found), "source": source},
    )


def _for_people(found: Sequence[Finding]) -> Table:
    columns = [Column("weight", _("Weight")), Column("text", _("Finding")), Column("cite", _("Place"))]
    rows: list[list[Cell]] = [[one.weight.label, one.text, one.cite] for one in found]
    return Table("findings", _("Findings"), columns, rows)


def _for_machines(found: Sequence[Finding]) -> Table:
    fields = ("check", "weight", "tier", "measure", "year", "cite", "text")
    columns = [Column(field, field, CellKind.YEAR if field == "year" else CellKind.TEXT) for field in fields]
    return Table("findings", "", columns, [_tidy(one) for one in found])


def _tidy(one: Finding) -> list[Cell]:
    tier, measure = (one.line.tier.value, one.line.measure) if one.line else (None, None)
    return [one.check, one.weight.value, tier, measure, one.year, one.cite, one.text]
