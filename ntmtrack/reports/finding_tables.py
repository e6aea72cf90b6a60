"""What the linter finds in a roadmap, as a report."""

from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.i18n import _, number
from ntmtrack.lint.base import Finding
from ntmtrack.reports.values import Cell, CellKind, Column, Report, Table
from ntmtrack.reports.words import roadmap_label
from ntmtrack.roadmaps.model import Roadmap


class Checked(NamedTuple):
    """A plan, what the linter finds in it, and which list of units it was held against."""

    plan: Roadmap
    found: Sequence[Finding]
    source: str


def findings(each: Sequence[Checked]) -> Report:
    """What the linter finds, a sentence each, in a table a plan; says so where it finds nothing."""
    first = each[0]
    alone = len(each) == 1
    title = _("Check of {plan}").format(plan=roadmap_label(first.plan))
    return Report(
        key="roadmap-check",
        title=title if alone else _("Check of {count} roadmaps").format(count=number(len(each))),
        subtitle=first.plan.title if alone else "",
        tables=[_for_people(each)] if any(one.found for one in each) else [],
        data=[_for_machines(each)],
        notes=_notes(each),
        facts={
            "key": first.plan.key if alone else None,
            "number": first.plan.number if alone else None,
            "findings": sum(len(one.found) for one in each),
            "source": first.source if alone else None,
        },
    )


def _notes(each: Sequence[Checked]) -> list[str]:
    notes = []
    for plan, found, _source in each:
        if not found:
            clean = _("Nothing wrong was found in {count} figures.").format(count=number(len(plan.targets)))
            notes.append(clean if len(each) == 1 else f"{roadmap_label(plan)}: {clean}")
    if any(finding.check == "sum" for one in each for finding in one.found):
        notes.append(_("Nothing was repaired: the printed cumulative figures are used."))
    sources = dict.fromkeys(one.source for one in each if one.source)
    return [*notes, *(_("Units of the scope are taken from: {source}.").format(source=source) for source in sources)]


def _for_people(each: Sequence[Checked]) -> Table:
    columns = [Column("weight", _("Weight")), Column("text", _("Finding")), Column("cite", _("Place"))]
    rows: list[list[Cell]] = [[found.weight.label, found.text, found.cite] for one in each for found in one.found]
    if len(each) > 1:
        columns = [Column("plan", _("Document"), CellKind.KEY), *columns]
        plans = [one.plan.number for one in each for _found in one.found]
        rows = [[plan, *row] for plan, row in zip(plans, rows, strict=True)]
    return Table("findings", _("Findings"), columns, rows)


def _for_machines(each: Sequence[Checked]) -> Table:
    fields = ("check", "weight", "tier", "measure", "year", "cite", "text", "key")
    columns = [Column(field, field, CellKind.YEAR if field == "year" else CellKind.TEXT) for field in fields]
    return Table("findings", "", columns, [[*_tidy(found), one.plan.key] for one in each for found in one.found])


def _tidy(one: Finding) -> list[Cell]:
    tier, measure = (one.line.tier.value, one.line.measure) if one.line else (None, None)
    return [one.check, one.weight.value, tier, measure, one.year, one.cite, one.text]
