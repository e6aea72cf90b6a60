"""A filing put together: which sheets, in which order, under whose letterhead."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from ntmtrack.errors import EmptySheets, UnknownSheet
from ntmtrack.export.document import Document, Look, Sheet
from ntmtrack.i18n import N_, _, day, in_every_language
from ntmtrack.office.filing import chart_sheet, check_sheet, data_sheets, list_sheets, progress_sheets
from ntmtrack.office.filing.material import Material
from ntmtrack.office.filing.stamping import stamp_of
from ntmtrack.office.question import Asked
from ntmtrack.reports.labels import known_until
from ntmtrack.text import squeeze


class Kind(NamedTuple):
    """A sheet that can be asked for: the name that people see, and how it is made; None where it has nothing."""

    name: str
    make: Callable[[Material], Sheet | None]
    by_itself: bool = True  # without being asked for
    of_actuals: bool = False  # of a year still to come it has nothing to tell


# By key, in the order of the workbook.
SHEETS: Mapping[str, Kind] = MappingProxyType(
    {
        progress_sheets.SUMMARY: Kind(N_("Summary"), progress_sheets.summary),
        progress_sheets.ROADMAP: Kind(N_("Roadmap"), progress_sheets.roadmap),
        progress_sheets.BESIDE: Kind(N_("Other plans"), progress_sheets.beside),
        progress_sheets.DISTRICTS: Kind(N_("By district"), progress_sheets.districts, of_actuals=True),
        list_sheets.LIST: Kind(N_("List"), list_sheets.communes, of_actuals=True),
        list_sheets.DISTRICT_LIST: Kind(N_("District list"), list_sheets.districts, of_actuals=True),
        list_sheets.NEW: Kind(N_("New this year"), list_sheets.new, of_actuals=True),
        list_sheets.REMAINING: Kind(N_("Not yet reached"), list_sheets.remaining, of_actuals=True),
        chart_sheet.CHARTS: Kind(N_("Charts"), chart_sheet.charts, of_actuals=True),
        check_sheet.CHECKS: Kind(N_("Checks"), check_sheet.checks),
        data_sheets.DATA: Kind(N_("Data"), data_sheets.data),
        data_sheets.NOTES: Kind(N_("Notes"), data_sheets.about),
        data_sheets.NAMES: Kind(N_("Names"), data_sheets.names, by_itself=False),
    }
)


def assemble(material: Material, asked: Asked, keys: Sequence[str], *, by_name: bool = False) -> Document:
    """The filing with these sheets; those of which there is nothing to show are left out.

    Raises EmptySheets where one of them was asked for by name.
    """
    at = material.at
    shown = [key for key in keys if not (at.is_to_come and SHEETS[key].of_actuals)]
    made = {key: SHEETS[key].make(material) for key in shown}
    empty = [_(SHEETS[key].name) for key in keys if made.get(key) is None]
    if empty and by_name:
        raise EmptySheets(scope=f"{at.scope_name}, {day(at.moment.day)}", names=", ".join(empty))
    return Document(
        title=_("Progress of {scope}, {programme}").format(scope=at.scope_name, programme=at.view.programme.key),
        letterhead=material.letterhead,
        sheets=[_named(sheet, _(SHEETS[key].name), material) for key, sheet in made.items() if sheet is not None],
        stamp=stamp_of(material, asked, " ".join(keys)),
    )


def _named(sheet: Sheet, name: str, material: Material) -> Sheet:
    """The sheet under its name; with --as-known its heading says so."""
    if material.known is None or sheet.look is Look.BARE:
        return sheet._replace(name=name)
    return sheet._replace(name=name, report=known_until(sheet.report, *material.known))


def sheet_keys(typed: str | None) -> list[str]:
    """The keys of the sheets that are asked for, in the order of the workbook; all where none is.

    They are called by their keys or by their names in either language, with or without marks. Raises UnknownSheet.
    """
    if typed is None:
        return [key for key, kind in SHEETS.items() if kind.by_itself]
    names = {squeeze(name): key for key, kind in SHEETS.items() for name in in_every_language(kind.name)}
    names |= {squeeze(key): key for key in SHEETS}
    words = [word.strip() for word in typed.split(",") if word.strip()]
    unknown = [word for word in words if squeeze(word) not in names]
    if unknown or not words:
        known = ", ".join(f"{key} ({_(SHEETS[key].name)})" for key in SHEETS)
        raise UnknownSheet(name=", ".join(unknown) or typed, known=known)
    chosen = {names[squeeze(word)] for word in words}
    return [key for key in SHEETS if key in chosen]
