"""What the checks of a ledger find, as a report."""

from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.i18n import _, number
from ntmtrack.lint.base import Finding, Weight
from ntmtrack.model import Basis, Level, Programme, Published, Unit
from ntmtrack.progress.named_units import NamedUnits
from ntmtrack.progress.standings import Moment
from ntmtrack.reports.labels import as_of, line_label, roadmap_label
from ntmtrack.reports.report import Cell, CellKind, Column, LabelledCode, Report, SignedInt, Table, day_cell
from ntmtrack.roadmaps.model import Roadmap, line_title


class LedgerFinding(NamedTuple):
    """A finding of one check, with the units that it names."""

    check: str
    weight: Weight
    text: str
    units: Sequence[str]


def ledger_findings_report(
    rows: Sequence[LedgerFinding], scope: str, moment: Moment, basis: Basis, made_up: int
) -> Report:
    """The findings, a sentence each, the weightiest first; says how many recognitions of the ledger are made up."""
    order = list(Weight)
    rows = sorted(rows, key=lambda finding: order.index(finding.weight))
    columns = [Column("check", _("Check")), Column("weight", _("Weight")), Column("text", _("Finding"))]
    cells: list[list[Cell]] = [[row.check, LabelledCode(row.weight.value, row.weight.label), row.text] for row in rows]
    data: list[list[Cell]] = [[*row, "; ".join(finding.units)] for row, finding in zip(cells, rows, strict=True)]
    text = _("The ledger holds {count} ILLUSTRATIVE recognitions, not real data: what is found rests on them too.")
    return Report(
        key="check",
        title=_("Check of the ledger: {scope}").format(scope=scope),
        subtitle=as_of(moment, basis),
        tables=[Table("findings", "", columns, cells)] if rows else [],
        data=[Table("findings", "", [*columns, Column("units", _("Units"))], data)],
        notes=[_how_many(rows), *([text.format(count=number(made_up))] if made_up else [])] if rows else [],
        facts={
            "findings": len(rows),
            "scope": scope,
            "as_of": moment.day.isoformat(),
            "units_on": moment.units_on.isoformat(),
            "basis": basis.value,
        },
    )


def _how_many(rows: Sequence[LedgerFinding]) -> str:
    """How many findings of each weight there are."""
    counts = [(weight, sum(row.weight is weight for row in rows)) for weight in Weight]
    return " · ".join(f"{number(count)} {weight.label}" for weight, count in counts if count)


def known_checks_report(checks: Sequence[tuple[str, str]]) -> Report:
    """The checks by name, with what each looks for."""
    columns = [Column("check", _("Check")), Column("says", _("What holds when it finds nothing"))]
    rows: list[list[Cell]] = [[name, says] for name, says in checks]
    return Report("checks", _("Checks of the ledger"), [Table("checks", "", columns, rows)])


class RecountedFigure(NamedTuple):
    """A published figure beside what the ledger counts on that day, by either basis; None where it does not tell."""

    published: Published
    level: Level
    by_year: int | None
    by_decision: int | None


def checks_report(tables: Sequence[Table], title: str, subtitle: str, notes: Sequence[str]) -> Report:
    """The checks that found anything, and a word where none did."""
    found = [table for table in tables if table.rows]
    said = [] if found else [_("Nothing to point out.")]
    return Report("checks", title, found, subtitle, notes=[*said, *notes], data=tables)


def contradictions_table(found: Sequence[Finding]) -> Table:
    """What the linter finds in the plan."""
    columns = [Column("weight", _("Weight")), Column("text", _("What the plan says")), Column("cite", _("Place"))]
    rows: list[list[Cell]] = [[finding.weight.label, finding.text, finding.cite] for finding in found]
    return Table("plan", _("Contradictions and doubts in the plan itself"), columns, rows)


def published_table(recounted: Sequence[RecountedFigure], explained: Sequence[str]) -> Table:
    """Published figures that the ledger does not bear out, or does by one basis only, each with what explains it."""
    by_year, by_decision = _("Ledger, by year recognised for"), _("Ledger, by day of decision")
    columns = [
        Column("measure", _("Published figure")),
        Column("source", _("Source")),
        Column("as_of", _("As of"), CellKind.DAY),
        Column("value", _("Published"), CellKind.COUNT),
        Column("by_year", _("counted"), CellKind.COUNT, by_year),
        Column("by_year_gap", _("gap"), CellKind.COUNT, by_year),
        Column("by_decision", _("counted"), CellKind.COUNT, by_decision),
        Column("by_decision_gap", _("gap"), CellKind.COUNT, by_decision),
        Column("why", _("What explains it")),
    ]
    rows: list[list[Cell]] = []
    for figure, why in zip(recounted, explained, strict=True):
        value = int(figure.published.value)
        rows.append(
            [
                published_label(figure),
                figure.published.source,
                day_cell(figure.published.as_of),
                value,
                *(figure.by_year, _gap(figure.by_year, value)),
                *(figure.by_decision, _gap(figure.by_decision, value)),
                why,
            ]
        )
    return Table("published", _("Published figures that the ledger does not bear out"), columns, rows)


def published_label(one: RecountedFigure) -> str:
    """What a published figure counts: "Xã NTM nâng cao", "Xã đạt chuẩn NTM, tăng thêm trong năm 2019"."""
    label = line_label(one.published.tier, one.level)
    is_added = one.published.measure != one.level.key
    return _("{line}, newly in {year}").format(line=label, year=one.published.as_of) if is_added else label


def _gap(counted: int | None, value: int) -> SignedInt | None:
    return None if counted is None else SignedInt(counted - value)


def names_table(names: Sequence[NamedUnits], programme: Programme) -> Table:
    """Units that the plan names against those that reached the level, where the two differ."""
    columns = [
        Column("line", _("Units named in the plan")),
        Column("reached", _("Reached")),
        Column("late", _("Not yet reached")),
        Column("beyond", _("Reached, not in the plan")),
        Column("unknown", _("Not found in the ledger")),
    ]
    rows: list[list[Cell]] = [
        [
            f"{line_title(name.target.line, programme)} ({name.target.year})",
            *(", ".join(part) for part in (name.reached, name.late, name.beyond, name.unknown)),
        ]
        for name in names
        if name.late or name.beyond or name.unknown
    ]
    return Table("names", _("By name"), columns, rows)


def without_lower_table(units: Sequence[tuple[Unit, str]]) -> Table:
    """Units with a level of which not every lower one is on record."""
    columns = [
        Column("name", _("Unit without a lower level on record")),
        Column("parent", _("Belongs to")),
        Column("level", _("Level on record")),
    ]
    rows: list[list[Cell]] = [[unit.title, unit.parent_name, level] for unit, level in units]
    return Table("prerequisite", _("A level without the one below it"), columns, rows)


class PlanFindings(NamedTuple):
    """A plan, what the linter finds in it, and which list of units it was held against."""

    plan: Roadmap
    found: Sequence[Finding]
    source: str


def plan_findings_report(each: Sequence[PlanFindings]) -> Report:
    """What the linter finds, a sentence each, in a table a plan; says so where it finds nothing."""
    first = each[0]
    alone = len(each) == 1
    title = _("Check of {plan}").format(plan=roadmap_label(first.plan))
    return Report(
        key="roadmap-check",
        title=title if alone else _("Check of {count} roadmaps").format(count=number(len(each))),
        subtitle=first.plan.title if alone else "",
        tables=[_for_people(each)] if any(plan.found for plan in each) else [],
        data=[_for_machines(each)],
        notes=_notes(each),
        facts={
            "key": first.plan.key if alone else None,
            "number": first.plan.number if alone else None,
            "findings": sum(len(plan.found) for plan in each),
            "source": first.source if alone else None,
        },
    )


def _notes(plans: Sequence[PlanFindings]) -> list[str]:
    notes = []
    for plan, findings, _source in plans:
        if not findings:
            clean = _("Nothing wrong was found in {count} figures.").format(count=number(len(plan.targets)))
            notes.append(clean if len(plans) == 1 else f"{roadmap_label(plan)}: {clean}")
    if any(finding.check == "sum" for plan in plans for finding in plan.found):
        notes.append(_("Nothing was repaired: the printed cumulative figures are used."))
    sources = dict.fromkeys(plan.source for plan in plans if plan.source)
    return [*notes, *(_("Units of the scope are taken from: {source}.").format(source=source) for source in sources)]


def _for_people(each: Sequence[PlanFindings]) -> Table:
    columns = [Column("weight", _("Weight")), Column("text", _("Finding")), Column("cite", _("Place"))]
    rows: list[list[Cell]] = [
        [finding.weight.label, finding.text, finding.cite] for plan in each for finding in plan.found
    ]
    if len(each) > 1:
        columns = [Column("plan", _("Document"), CellKind.KEY), *columns]
        plans = [plan.plan.number for plan in each for _found in plan.found]
        rows = [[plan, *row] for plan, row in zip(plans, rows, strict=True)]
    return Table("findings", _("Findings"), columns, rows)


def _for_machines(plans: Sequence[PlanFindings]) -> Table:
    fields = ("check", "weight", "tier", "measure", "year", "cite", "text", "key")
    columns = [Column(field, field, CellKind.YEAR if field == "year" else CellKind.TEXT) for field in fields]
    return Table(
        "findings", "", columns, [[*_tidy(finding), plan.plan.key] for plan in plans for finding in plan.found]
    )


def _tidy(finding: Finding) -> list[Cell]:
    tier, measure = (finding.line.tier.value, finding.line.measure) if finding.line else (None, None)
    return [finding.check, finding.weight.value, tier, measure, finding.year, finding.cite, finding.text]
