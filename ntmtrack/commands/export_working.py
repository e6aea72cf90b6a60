"""The sheets that are for the office's own work: checks, facts, what the figures rest on, names for its forms."""

from ntmtrack import __version__
from ntmtrack.commands.carried_units import carried_units
from ntmtrack.commands.checks.context import CheckContext, LedgerRecords
from ntmtrack.commands.checks.published import explanation
from ntmtrack.commands.export_data import Material
from ntmtrack.commands.lint_context import lint_context_of
from ntmtrack.commands.recount import not_borne_out
from ntmtrack.commands.template_values import form_values
from ntmtrack.export import ReportSheet, SheetStyle
from ntmtrack.i18n import _, number
from ntmtrack.lint.linter import check_plan
from ntmtrack.model import Confidence, Recognition
from ntmtrack.reports import CellValue, Column, Report, Table
from ntmtrack.reports.carried_units import guidance_notes
from ntmtrack.reports.checks import (
    RecountedFigure,
    checks_report,
    contradictions_table,
    names_table,
    published_table,
    without_lower_table,
)
from ntmtrack.reports.facts import facts_report
from ntmtrack.reports.labels import known_words, roadmap_label
from ntmtrack.reports.progress_notes import doubt_notes
from ntmtrack.spreadsheets.template_names import Value, Year
from ntmtrack.storage.queries import units
from ntmtrack.units.namesakes import namesakes

CHECKS = "checks"


def checks_sheet(material: Material) -> ReportSheet:
    """What a reader must know before relying on the figures."""
    spec = material.spec
    programme = spec.view.programme
    tables = [
        _contradictions(material),
        published_table(*_published(material)),
        names_table(material.figures.names, programme),
        _without_lower(material),
    ]
    title = _("Checks: {scope}").format(scope=spec.scope_name)
    notes = doubt_notes(material.figures.own.lines, programme)
    report = checks_report(tables, title, material.subtitle, notes)
    return ReportSheet(CHECKS, report, look=SheetStyle.WORKING)


def _published(material: Material) -> tuple[list[RecountedFigure], list[str]]:
    """The figures that the ledger counts otherwise, and what explains each."""
    figures = not_borne_out(material.connection, material.spec)
    context = CheckContext(LedgerRecords(material.file, material.connection), material.spec)
    return figures, [explanation(context, figure) for figure in figures]


def _contradictions(material: Material) -> Table:
    """What the linter finds in the plans of the scope's own; of those beside the one that leads with their number."""
    plans = material.spec.plans
    findings = [
        finding if stored is plans.own else finding._replace(text=f"{stored.plan.number}: {finding.text}")
        for stored in plans.at_hand
        for finding in check_plan(stored.plan, lint_context_of(material.connection, stored.plan))
    ]
    return contradictions_table(findings)


def _without_lower(material: Material) -> Table:
    """Units with a level of which not every lower one is on record."""
    return without_lower_table(
        [
            (unit.unit, level.label)
            for census in material.censuses.values()
            for unit in census.units
            if (level := census.level(unit.rank)) and census.not_on_record(unit)
        ]
    )


DATA, NOTES, NAMES = "data", "notes", "names"


def data_sheet(material: Material) -> ReportSheet:
    """Every recognition on record in the scope, one row each."""
    every = units.every_unit(material.connection, scope=material.spec.view.scope)
    heirs = units.every_unit(material.connection, material.spec.moment.units_on, material.spec.view.scope)
    every = [*{unit.id: unit for unit in (*heirs, *every)}.values()]
    rows = [(unit, recognition) for unit in every for recognition in material.recognitions.get(unit.id, ())]
    counted = {recognition.id for recognition in _counted(material)}
    title = _("Recognitions on record · {scope}").format(scope=material.spec.scope_name)
    return ReportSheet(DATA, facts_report(rows, counted, namesakes(every), title), look=SheetStyle.BARE, filtered=True)


def _counted(material: Material) -> list[Recognition]:
    """The recognitions that count in the report, by any set of levels."""
    counted = (unit.recognitions for census in material.censuses.values() for unit in census.units)
    return [recognition for of_unit in counted for recognition in of_unit]


def notes_sheet(material: Material) -> ReportSheet:
    """What the figures rest on: day, basis, denominators, the rule of the status, sources, the program and ledger."""
    figures, spec = material.figures, material.spec
    programme = spec.view.programme
    plans = [(_("Roadmap"), figures.own.plan), *((_("Other plans"), plan.plan) for plan in figures.beside)]
    rows: list[tuple[str, str]] = [
        (_("Scope"), spec.scope_name),
        (_("Counted"), material.subtitle),
        *([(_("Known"), known_words(*material.known))] if material.known else []),
        (_("Programme"), f"{programme.title} ({programme.source})"),
        *((what, roadmap_label(plan)) for what, plan in plans if plan),
        *((str(place), note) for place, note in enumerate(_notes(material), start=1)),
        (_("Evidence of the recognitions counted"), _evidence(material) or _("none")),
        (_("Program"), f"ntmtrack {__version__}"),
        (_("Fingerprint of the ledger"), material.fingerprint),
    ]
    columns: list[Column[tuple[str, str]]] = [
        Column("what", _("Item"), of=lambda row: row[0]),
        Column("value", _("Content"), of=lambda row: row[1]),
    ]
    table = Table.of("rests_on", "", rows, columns)
    return ReportSheet(NOTES, Report(NOTES, _("What the figures rest on"), [table]), look=SheetStyle.WORKING)


def _notes(material: Material) -> list[str]:
    """The notes on progress, and by which guidance levels are proposed after mergers, with what is not verified."""
    spec = material.spec
    formed = [] if spec.is_to_come else carried_units(material.connection, spec.scope, spec.moment.day)
    return [*material.progress.notes, *guidance_notes(formed)]


def _evidence(material: Material) -> str:
    """How many of the recognitions that count are recorded, sourced, inferred, made up."""
    recognitions = _counted(material)
    counts = {level: sum(recognition.confidence is level for recognition in recognitions) for level in Confidence}
    return " · ".join(f"{level.label} {number(count)}" for level, count in counts.items() if count)


def names_sheet(material: Material) -> ReportSheet:
    """Every name that a form of the office may use, with its value in this report."""
    values = form_values(material)
    columns: list[Column[tuple[str, Value]]] = [
        Column("name", _("Name"), of=lambda row: _braced(row[0])),
        Column("value", _("Value now"), of=lambda row: _cell(row[1])),
    ]
    of_lists: list[Column[tuple[str, str, Value]]] = [
        Column("list", _("List, a row each"), of=lambda row: row[0]),
        Column("name", _("Name"), of=lambda row: _braced(row[1])),
        Column("value", _("Value in its first row"), of=lambda row: _cell(row[2])),
    ]
    fields = [
        (
            _braced(f"#{name}") if place == 0 else "",
            f"{name}.{field}",
            listed.items[0].get(field) if listed.items else None,
        )
        for name, listed in values.lists.items()
        for place, field in enumerate(listed.fields)
    ]
    tables = [
        Table.of("single", _("Names of values"), values.single.items(), columns),
        Table.of("lists", _("Names in lists"), fields, of_lists),
    ]
    return ReportSheet(NAMES, Report(NAMES, _("Names for forms of the office"), tables), look=SheetStyle.WORKING)


def _cell(value: Value) -> CellValue:
    """A value as a form shows it: a year without separators."""
    return str(value) if isinstance(value, Year) else value


def _braced(name: str) -> str:
    return f"{{{{{name}}}}}"
