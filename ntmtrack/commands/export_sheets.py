"""A document put together: which sheets, in which order, under whose letterhead."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from ntmtrack import __version__
from ntmtrack.commands import export_lists, export_progress
from ntmtrack.commands.annexes import numbered_annexes, on_paper
from ntmtrack.commands.checks.context import CheckContext, LedgerRecords
from ntmtrack.commands.checks.published import explanation
from ntmtrack.commands.export_carried import carried_sheet
from ntmtrack.commands.export_data import Material, stamp_of
from ntmtrack.commands.lint_context import lint_context_of
from ntmtrack.commands.question import ReportOptions
from ntmtrack.commands.recount import not_borne_out
from ntmtrack.commands.standings import namesakes
from ntmtrack.commands.template_values import form_values
from ntmtrack.errors import EmptySheets, UnknownSheet
from ntmtrack.export import ANNEXES, Document, ReportSheet, SheetStyle
from ntmtrack.i18n import N_, _, day, in_every_language, number
from ntmtrack.lint.linter import check_plan
from ntmtrack.model import Confidence, Recognition
from ntmtrack.reports import CellValue, Column, Report, Table
from ntmtrack.reports.carried_units import CARRIED
from ntmtrack.reports.checks import (
    RecountedFigure,
    checks_report,
    contradictions_table,
    names_table,
    published_table,
    without_lower_table,
)
from ntmtrack.reports.facts import facts_report
from ntmtrack.reports.labels import known_until, known_words, roadmap_label
from ntmtrack.reports.moved_text import Annexes
from ntmtrack.reports.paper import known_on_paper
from ntmtrack.reports.progress_notes import doubt_notes
from ntmtrack.spreadsheets.template_names import Value, Year
from ntmtrack.storage.connection import file_of
from ntmtrack.storage.queries import units
from ntmtrack.text import squeeze

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
    context = CheckContext(LedgerRecords(file_of(material.connection), material.connection), material.spec)
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
        *((str(place), note) for place, note in enumerate(material.progress.notes, start=1)),
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


class SheetKind(NamedTuple):
    """A sheet that can be asked for: the name that people see, and how it is made; None where it has nothing."""

    name: str
    make: Callable[[Material], ReportSheet | None]
    by_itself: bool = True  # without being asked for
    of_actuals: bool = False  # of a year still to come it has nothing to tell


# By key, in the order of the workbook.
SHEETS: Mapping[str, SheetKind] = MappingProxyType(
    {
        export_progress.SUMMARY: SheetKind(N_("Summary"), export_progress.summary_sheet),
        export_progress.ROADMAP: SheetKind(N_("Roadmap"), export_progress.roadmap_sheet),
        export_progress.BESIDE: SheetKind(N_("Other plans"), export_progress.other_plans_sheet),
        export_progress.DISTRICTS: SheetKind(N_("By district"), export_progress.districts_sheet, of_actuals=True),
        export_lists.LIST: SheetKind(N_("List"), export_lists.commune_list_sheet, of_actuals=True),
        export_lists.LIST_KEPT: SheetKind(N_("List kept"), export_lists.kept_list_sheet, of_actuals=True),
        export_lists.DISTRICT_LIST: SheetKind(N_("District list"), export_lists.district_list_sheet, of_actuals=True),
        export_lists.NEW: SheetKind(N_("New this year"), export_lists.new_units_sheet, of_actuals=True),
        export_lists.REMAINING: SheetKind(N_("Not yet reached"), export_lists.remaining_sheet, of_actuals=True),
        CARRIED: SheetKind(N_("After mergers"), carried_sheet, of_actuals=True),
        export_lists.CHARTS: SheetKind(N_("Charts"), export_lists.charts_sheet, of_actuals=True),
        CHECKS: SheetKind(N_("Checks"), checks_sheet),
        DATA: SheetKind(N_("Data"), data_sheet),
        NOTES: SheetKind(N_("Notes"), notes_sheet),
        NAMES: SheetKind(N_("Names"), names_sheet, by_itself=False),
    }
)


class SheetChoice(NamedTuple):
    """Which sheets a document is to have, in the order of the workbook.

    `by_name`: each was asked for, so that none may be missing; `with_bare`: also those that say nothing.
    """

    keys: Sequence[str]
    by_name: bool = False
    with_bare: bool = True


def assemble(material: Material, options: ReportOptions, chosen: SheetChoice) -> Document:
    """The document with these sheets; those of which there is nothing to show are left out.

    Raises EmptySheets where one of them was asked for by name.
    """
    spec = material.spec
    shown = [key for key in chosen.keys if not (spec.is_to_come and SHEETS[key].of_actuals)]
    made = {key: sheet for key in shown if (sheet := SHEETS[key].make(material))}
    empty = [_(SHEETS[key].name) for key in chosen.keys if key not in made]
    if empty and chosen.by_name:
        raise EmptySheets(scope=f"{spec.scope_name}, {day(spec.moment.day)}", names=", ".join(empty))
    kept = {key: sheet for key, sheet in made.items() if chosen.with_bare or not sheet.says_nothing}
    return Document(
        title=_("Progress of {scope}, {programme}").format(
            scope=material.paper_scope, programme=spec.view.programme.key
        ),
        letterhead=material.letterhead,
        sheets=_with_annexes([_named(sheet, _(SHEETS[key].name), material) for key, sheet in kept.items()], material),
        stamp=stamp_of(material, options, " ".join(kept)),
    )


def _with_annexes(sheets: Sequence[ReportSheet], material: Material) -> list[ReportSheet]:
    """The sheets, the annexes numbered; the sentences say in which of them units are listed."""
    numbered = numbered_annexes(sheets)
    names = {sheet.key: sheet.annex for sheet in numbered}
    annexes = Annexes(
        *(names.get(key, "") for key in (export_lists.NEW, export_lists.REMAINING, export_lists.DISTRICT_LIST))
    )
    return [
        sheet._replace(sentences=material.sentences_with(annexes))
        if sheet.key == export_progress.SUMMARY and sheet.sentences
        else sheet
        for sheet in numbered
    ]


def _named(sheet: ReportSheet, name: str, material: Material) -> ReportSheet:
    """The sheet under its name, one that is filed as a paper has it; with --as-known its heading says so."""
    report = sheet.report
    if sheet.look is SheetStyle.FILED:
        report = on_paper(report, material.paper_scope, with_status=material.with_status)
        if material.known:
            report = known_on_paper(report, *material.known)
    elif material.known and sheet.look is SheetStyle.WORKING:
        report = known_until(report, *material.known)
    return sheet._replace(name=name, report=report)


_ALL = N_("all")


def choose_sheets(typed: str | None, otherwise: Sequence[str] | None) -> SheetChoice:
    """The sheets that are asked for: by name, "all", or none: then `otherwise`, which is None for all.

    Of a paper that is signed those that say nothing are left out. Raises UnknownSheet.
    """
    if typed is None and otherwise is not None:
        return SheetChoice(otherwise, with_bare=otherwise != ANNEXES)
    every = {squeeze(word) for word in (_ALL, *in_every_language(_ALL))}
    if typed is None or every & {squeeze(word) for word in typed.split(",")}:
        return SheetChoice([key for key, kind in SHEETS.items() if kind.by_itself])
    return SheetChoice(sheet_keys(typed), by_name=True)


def working_sheets() -> SheetChoice:
    """The sheets for the office's own work."""
    return SheetChoice([key for key, kind in SHEETS.items() if kind.by_itself and key not in ANNEXES])


def sheet_keys(typed: str) -> list[str]:
    """The keys of the sheets that are asked for, in the order of the workbook.

    They are called by their keys or by their names in either language, with or without marks. Raises UnknownSheet.
    """
    names = {squeeze(name): key for key, kind in SHEETS.items() for name in in_every_language(kind.name)}
    names |= {squeeze(key): key for key in SHEETS}
    words = [word.strip() for word in typed.split(",") if word.strip()]
    unknown = [word for word in words if squeeze(word) not in names]
    if unknown or not words:
        known_sheets = ", ".join(f"{key} ({_(SHEETS[key].name)})" for key in SHEETS)
        raise UnknownSheet(name=", ".join(unknown) or typed, known=known_sheets)
    chosen = {names[squeeze(word)] for word in words}
    return [key for key in SHEETS if key in chosen]
