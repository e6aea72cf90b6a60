"""What makes a sheet an annex of a paper: its number behind the first sheet, tables that say only what is told."""

from collections.abc import Sequence

from ntmtrack.export import ReportSheet, SheetStyle
from ntmtrack.i18n import _
from ntmtrack.progress.status import Status
from ntmtrack.reports import CellKind, Report, Table
from ntmtrack.text import roman


def numbered_annexes(sheets: Sequence[ReportSheet]) -> list[ReportSheet]:
    """The sheets, those that are filed behind the first called "Phụ lục I", "Phụ lục II" …; a lone one "Phụ lục".

    So Decree 30/2020/NĐ-CP, appendix I, has it: Roman numbers where there are two or more.
    """
    filed = [sheet.key for sheet in sheets if sheet.look is SheetStyle.FILED][1:]
    if len(filed) == 1:
        names = {filed[0]: _("Annex")}
    else:
        names = {key: _("Annex {number}").format(number=roman(place)) for place, key in enumerate(filed, start=1)}
    return [sheet._replace(annex=names.get(sheet.key, "")) for sheet in sheets]


def on_paper(report: Report, scope: str, *, with_status: bool = False) -> Report:
    """The report of a scope with tables as a paper has them; machines are told what they were told before."""
    tables = [_on_paper(table, scope, with_status=with_status) for table in report.tables]
    return report._replace(tables=tables, data=report.data or report.tables)


def _on_paper(table: Table, scope: str, *, with_status: bool) -> Table:
    """The table without columns in which nothing is told, and without the status unless it is asked for."""
    table = _without_early_gaps(table)
    named = table.rows[: len(table.rows) - table.sums]
    kept = [
        at
        for at, column in enumerate(table.columns)
        if (with_status or column.kind is not CellKind.STATUS)
        and (not named or any(row[at] not in (None, "", scope if column.key == "parent" else "") for row in named))
    ]
    rows = [[row[at] for at in kept] for row in table.rows]
    return table._replace(columns=[table.columns[at] for at in kept], rows=rows)


def _without_early_gaps(table: Table) -> Table:
    """The table with the gap left open where the plan is not due yet: a paper passes no verdict before."""
    gaps = {at for at, column in enumerate(table.columns) if column.key == "gap"}
    if not gaps:
        return table
    rows = [
        [None if at in gaps else cell for at, cell in enumerate(row)] if Status.NOT_DUE in row else row
        for row in table.rows
    ]
    return table._replace(rows=rows)
