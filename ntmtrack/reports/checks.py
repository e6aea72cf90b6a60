"""What the checks of a ledger find, as a report."""

from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.dates import last_day
from ntmtrack.i18n import _, number
from ntmtrack.lint import Finding, Weight
from ntmtrack.model import Basis, Level, Programme, Published, Unit
from ntmtrack.programmes import of_year
from ntmtrack.programmes.ladders import OWN
from ntmtrack.progress import Moment
from ntmtrack.progress.plan import NamedUnits
from ntmtrack.reports import CellKind, Column, LabelledCode, Report, SignedInt, Table, day_cell
from ntmtrack.reports.labels import as_of, level_in_set, listed_on, roadmap_label
from ntmtrack.roadmaps import Roadmap, line_title


class LedgerFinding(NamedTuple):
    """A finding of one check, with the units that it names."""

    check: LabelledCode
    weight: Weight
    text: str
    units: Sequence[str]


def ledger_findings_report(
    rows: Sequence[LedgerFinding], scope: str, moment: Moment, basis: Basis, made_up: int
) -> Report:
    """The findings, a sentence each, the weightiest first; says how many recognitions of the ledger are made up."""
    order = list(Weight)
    rows = sorted(rows, key=lambda finding: order.index(finding.weight))
    columns: list[Column[LedgerFinding]] = [
        Column("check", _("Check"), of=lambda finding: finding.check),
        Column("weight", _("Weight"), of=lambda finding: LabelledCode(finding.weight.value, finding.weight.label)),
        Column("text", _("Finding"), of=lambda finding: finding.text),
    ]
    units: Column[LedgerFinding] = Column("units", _("Units"), of=lambda finding: "; ".join(finding.units))
    text = _("The ledger holds {count} ILLUSTRATIVE recognitions, not real data: what is found rests on them too.")
    return Report(
        key="check",
        title=_("Check of the ledger: {scope}").format(scope=scope),
        subtitle=as_of(moment, basis),
        tables=[Table.of("findings", "", rows, columns)] if rows else [],
        data=[Table.of("findings", "", rows, [*columns, units])],
        notes=[_how_many(rows), *([text.format(count=number(made_up))] if made_up else [])] if rows else [],
        facts={
            "findings": len(rows),
            "scope": scope,
            "as_of": moment.day.isoformat(),
            "units_on": moment.units_on.isoformat(),
            "listed_on": listed_on(moment),
            "basis": basis.value,
        },
    )


def _how_many(rows: Sequence[LedgerFinding]) -> str:
    """How many findings of each weight there are."""
    counts = [(weight, sum(row.weight is weight for row in rows)) for weight in Weight]
    return " · ".join(f"{number(count)} {weight.label}" for weight, count in counts if count)


def known_checks_report(checks: Sequence[tuple[LabelledCode, str]]) -> Report:
    """The checks by name, with what each looks for."""
    columns: list[Column[tuple[LabelledCode, str]]] = [
        Column("check", _("Check"), of=lambda check: check[0]),
        Column("says", _("What holds when it finds nothing"), of=lambda check: check[1]),
    ]
    return Report("checks", _("Checks of the ledger"), [Table.of("checks", "", checks, columns)])


class RecountedFigure(NamedTuple):
    """A published figure beside what the ledger counts on that day, by either basis; None where it does not tell.

    `ladder` is that of its level.
    """

    published: Published
    level: Level
    by_year: int | None
    by_decision: int | None
    ladder: str = OWN

    def gap_to(self, counted: int | None) -> SignedInt | None:
        """What was counted less what is published."""
        return None if counted is None else SignedInt(counted - int(self.published.value))


def checks_report(tables: Sequence[Table], title: str, subtitle: str, notes: Sequence[str]) -> Report:
    """The checks that found anything, and a word where none did."""
    shown = [table for table in tables if table.rows]
    clean = [] if shown else [_("Nothing to point out.")]
    return Report("checks", title, shown, subtitle, notes=[*clean, *notes], data=tables)


def _finding_columns(text: str) -> list[Column[Finding]]:
    """What the linter finds, its sentences under the heading `text`."""
    return [
        Column("weight", _("Weight"), of=lambda finding: finding.weight.label),
        Column("text", text, of=lambda finding: finding.text),
        Column("cite", _("Place"), of=lambda finding: finding.cite),
    ]


def contradictions_table(findings: Sequence[Finding]) -> Table:
    """What the linter finds in the plan."""
    columns = _finding_columns(_("What the plan says"))
    return Table.of("plan", _("Contradictions and doubts in the plan itself"), findings, columns)


def published_table(recounted: Sequence[RecountedFigure], explained: Sequence[str]) -> Table:
    """Published figures that the ledger does not bear out, or does by one basis only, each with what explains it."""
    by_year, by_decision = _("Ledger, by year recognised for"), _("Ledger, by day of decision")
    of_figure: list[Column[RecountedFigure]] = [
        Column("measure", _("Published figure"), of=published_label),
        Column("source", _("Source"), of=lambda figure: figure.published.source),
        Column("as_of", _("As of"), CellKind.DAY, of=lambda figure: day_cell(figure.published.as_of)),
        Column("value", _("Published"), CellKind.COUNT, of=lambda figure: int(figure.published.value)),
        Column("by_year", _("counted"), CellKind.COUNT, by_year, lambda figure: figure.by_year),
        Column("by_year_gap", _("gap"), CellKind.COUNT, by_year, lambda figure: figure.gap_to(figure.by_year)),
        Column("by_decision", _("counted"), CellKind.COUNT, by_decision, lambda figure: figure.by_decision),
        Column(
            "by_decision_gap", _("gap"), CellKind.COUNT, by_decision, lambda figure: figure.gap_to(figure.by_decision)
        ),
    ]
    columns: list[Column[tuple[RecountedFigure, str]]] = [
        *(column.of_first() for column in of_figure),
        Column("why", _("What explains it"), of=lambda row: row[1]),
    ]
    title = _("Published figures that the ledger does not bear out")
    return Table.of("published", title, zip(recounted, explained, strict=True), columns)


def published_label(figure: RecountedFigure) -> str:
    """What a published figure counts: "Xã đạt chuẩn NTM nâng cao", "Xã đạt chuẩn NTM, tăng thêm trong năm 2019"."""
    published = figure.published
    label = level_in_set(published.tier, figure.level, figure.ladder, of_year(last_day(published.as_of).year))
    is_added = published.measure.rpartition("/")[2] != figure.level.key
    return _("{line}, newly in {year}").format(line=label, year=figure.published.as_of) if is_added else label


def names_table(names: Sequence[NamedUnits], programme: Programme) -> Table:
    """Units that the plan names against those that reached the level, where the two differ."""
    columns: list[Column[NamedUnits]] = [
        Column(
            "line",
            _("Units named in the plan"),
            of=lambda named: f"{line_title(named.target.line, programme)} ({named.target.year})",
        ),
        Column("reached", _("Reached"), of=lambda named: ", ".join(named.reached)),
        Column("late", _("Not yet reached"), of=lambda named: ", ".join(named.late)),
        Column("beyond", _("Reached, not in the plan"), of=lambda named: ", ".join(named.beyond)),
        Column("unknown", _("Not found in the ledger"), of=lambda named: ", ".join(named.unknown)),
    ]
    differing = [named for named in names if named.late or named.beyond or named.unknown]
    return Table.of("names", _("By name"), differing, columns)


def without_lower_table(units: Sequence[tuple[Unit, str]]) -> Table:
    """Units with a level of which not every lower one is on record."""
    columns: list[Column[tuple[Unit, str]]] = [
        Column("name", _("Unit without a lower level on record"), of=lambda row: row[0].title),
        Column("parent", _("Belongs to"), of=lambda row: row[0].parent_name),
        Column("level", _("Level on record"), of=lambda row: row[1]),
    ]
    return Table.of("prerequisite", _("A level without the one below it"), units, columns)


class PlanFindings(NamedTuple):
    """A plan, what the linter finds in it, and which list of units it was held against."""

    plan: Roadmap
    findings: Sequence[Finding]
    source: str


def plan_findings_report(checked: Sequence[PlanFindings]) -> Report:
    """What the linter finds, a sentence each, in a table a plan; says so where it finds nothing."""
    first = checked[0]
    alone = len(checked) == 1
    findings = [(plan, finding) for plan, found, _source in checked for finding in found]
    title = _("Check of {plan}").format(plan=roadmap_label(first.plan))
    return Report(
        key="roadmap-check",
        title=title if alone else _("Check of {count} roadmaps").format(count=number(len(checked))),
        subtitle=first.plan.title if alone else "",
        tables=[_for_people(findings, alone=alone)] if findings else [],
        data=[_for_machines(findings)],
        notes=_notes(checked),
        facts={
            "key": first.plan.key if alone else None,
            "number": first.plan.number if alone else None,
            "findings": len(findings),
            "source": first.source if alone else None,
        },
    )


def _notes(checked: Sequence[PlanFindings]) -> list[str]:
    notes = []
    for plan, findings, _source in checked:
        if not findings:
            clean = _("Nothing wrong was found in {count} figures.").format(count=number(len(plan.targets)))
            notes.append(clean if len(checked) == 1 else f"{roadmap_label(plan)}: {clean}")
    if any(finding.check == "sum" for plan in checked for finding in plan.findings):
        notes.append(_("Nothing was repaired: the printed cumulative figures are used."))
    sources = dict.fromkeys(plan.source for plan in checked if plan.source)
    return [*notes, *(_("Units of the scope are taken from: {source}.").format(source=source) for source in sources)]


def _for_people(findings: Sequence[tuple[Roadmap, Finding]], *, alone: bool) -> Table:
    plan: Column[tuple[Roadmap, Finding]] = Column("plan", _("Document"), CellKind.KEY, of=lambda row: row[0].number)
    columns = [column.of_second() for column in _finding_columns(_("Finding"))]
    return Table.of("findings", _("Findings"), findings, columns if alone else [plan, *columns])


def _for_machines(findings: Sequence[tuple[Roadmap, Finding]]) -> Table:
    of_finding: list[Column[Finding]] = [
        Column("check", "check", of=lambda finding: finding.check),
        Column("weight", "weight", of=lambda finding: finding.weight.value),
        Column("tier", "tier", of=lambda finding: finding.line.tier.value if finding.line else None),
        Column("measure", "measure", of=lambda finding: finding.line.measure if finding.line else None),
        Column("year", "year", CellKind.YEAR, of=lambda finding: finding.year),
        Column("cite", "cite", of=lambda finding: finding.cite),
        Column("text", "text", of=lambda finding: finding.text),
    ]
    columns: list[Column[tuple[Roadmap, Finding]]] = [
        *(column.of_second() for column in of_finding),
        Column("key", "key", of=lambda row: row[0].key),
    ]
    return Table.of("findings", "", findings, columns)
