"""A document put together: which sheets, in which order, under whose letterhead."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from ntmtrack.commands import export_criteria, export_emulation, export_lists, export_progress
from ntmtrack.commands.annexes import numbered_annexes, on_paper
from ntmtrack.commands.export_carried import carried_sheet
from ntmtrack.commands.export_data import Material, stamp_of
from ntmtrack.commands.export_working import (
    CHECKS,
    DATA,
    NAMES,
    NOTES,
    checks_sheet,
    data_sheet,
    names_sheet,
    notes_sheet,
)
from ntmtrack.commands.question import ReportOptions
from ntmtrack.errors import EmptySheets, UnknownSheet
from ntmtrack.export import ANNEXES, Document, ReportSheet, SheetStyle
from ntmtrack.i18n import N_, _, day, in_every_language
from ntmtrack.reports.carried_units import CARRIED
from ntmtrack.reports.labels import known_until
from ntmtrack.reports.moved_text import Annexes
from ntmtrack.reports.paper import known_on_paper
from ntmtrack.text import squeeze


class SheetKind(NamedTuple):
    """A sheet that can be asked for: the name that people see, and how it is made; None where it has nothing."""

    name: str
    make: Callable[[Material], ReportSheet | None]
    by_itself: bool = True  # without being asked for
    of_actuals: bool = False  # of a year still to come it has nothing to tell


# By key, in the order of the workbook.
SHEETS: Mapping[str, SheetKind] = MappingProxyType(
    {
        export_emulation.MOVEMENT: SheetKind(  # a report of its own, which others go with
            N_("Movement"), export_emulation.movement_sheet, by_itself=False, of_actuals=True
        ),
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
        export_criteria.BANDS: SheetKind(N_("By criteria met"), export_criteria.bands_sheet, of_actuals=True),
        export_criteria.CRITERIA: SheetKind(N_("By criterion"), export_criteria.criteria_sheet, of_actuals=True),
        export_criteria.GAP: SheetKind(N_("Criteria lacking"), export_criteria.gap_sheet, of_actuals=True),
        export_criteria.AT_RISK: SheetKind(N_("Recognised at risk"), export_criteria.at_risk_sheet, of_actuals=True),
        export_criteria.CONDITIONS: SheetKind(
            N_("Conditions lacking"), export_criteria.conditions_sheet, of_actuals=True
        ),
        export_lists.CHARTS: SheetKind(N_("Charts"), export_lists.charts_sheet, of_actuals=True),
        export_emulation.PROPOSALS: SheetKind(
            N_("Proposals"), export_emulation.proposals_sheet, by_itself=False, of_actuals=True
        ),
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
        *(names.get(key) for key in (export_lists.NEW, export_lists.REMAINING, export_lists.DISTRICT_LIST))
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


_COUNTED_BY_OTHERS = (
    *(export_criteria.BANDS, export_criteria.CRITERIA, export_criteria.GAP, export_criteria.AT_RISK),
    *(export_criteria.CONDITIONS, export_emulation.MOVEMENT, export_emulation.PROPOSALS),
)


def uncounted_sheets(keys: str) -> list[str]:
    """The names of those sheets, of the keys that a stamp tells, whose figures are no totals by level."""
    return [_(SHEETS[key].name) for key in keys.split() if key in _COUNTED_BY_OTHERS]
