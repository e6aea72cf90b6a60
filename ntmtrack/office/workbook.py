"""The sheets of the workbook, each a report."""

import sqlite3
from datetime import date

from ntmtrack import __version__
from ntmtrack.i18n import _, day
from ntmtrack.model import Tier
from ntmtrack.office.lists import not_reached, register
from ntmtrack.office.period import progress_by_year
from ntmtrack.office.progress import progress_at
from ntmtrack.office.viewpoint import Asked, Viewpoint, take
from ntmtrack.reports.values import Column, Report, Table
from ntmtrack.reports.words import as_of
from ntmtrack.reports.workbook import Sheet


def workbook_sheets(connection: sqlite3.Connection, today: date, asked: Asked) -> list[Sheet]:
    """Progress, the whole period, the registers, who remains for each level, and what it all rests on."""
    at = take(connection, asked, today, planned=True)
    progress = progress_at(connection, at)
    sheets = [
        Sheet(_("Summary"), progress),
        Sheet(_("Roadmap"), progress_by_year(connection, at)),
        Sheet(_("Communes list"), register(connection, at, Tier.COMMUNE)),
    ]
    if at.view.programme.levels_of(Tier.DISTRICT) and (at.scope is None or at.scope.tier is not Tier.DISTRICT):
        sheets.append(Sheet(_("Districts list"), register(connection, at, Tier.DISTRICT)))
    sheets += [
        Sheet(
            _("Not yet {level}").format(level=level.label)[:31],
            not_reached(connection, at, Tier.COMMUNE, level),
        )
        for level in at.view.programme.levels_of(Tier.COMMUNE)
    ]
    return [*sheets, Sheet(_("Notes"), _notes(at, progress, today))]


def _notes(at: Viewpoint, progress: Report, today: date) -> Report:
    rows = [
        [_("Scope"), at.scope_name],
        [_("Counted"), as_of(at.moment, at.view.basis)],
        [_("Programme"), at.view.programme.title],
        *([str(place), note] for place, note in enumerate(progress.notes, start=1)),
        [_("Exported"), day(today)],
        [_("Program"), f"ntmtrack {__version__}"],
    ]
    table = Table("notes", "", [Column("what", _("Item")), Column("value", _("Content"))], rows)
    return Report("notes", _("What the figures rest on"), [table])
