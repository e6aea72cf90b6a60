"""What makes a sheet an annex of a paper: its number behind the first sheet, tables that say only what is told."""

from collections.abc import Sequence

from ntmtrack.export import ReportSheet, SheetStyle
from ntmtrack.i18n import _
from ntmtrack.progress.status import Status
from ntmtrack.reports import CellKind, CellValue, LabelledCode, Report, Table, is_told
from ntmtrack.reports.labels import sentence
from ntmtrack.text import roman


def numbered_annexes(sheets: Sequence[ReportSheet]) -> list[ReportSheet]:
    """The sheets, those that are filed behind the first called "Phụ lục I", "Phụ lục II" …; a lone one "Phụ lục".

    So Decree 30/2020/NĐ-CP, appendix I, has it: Roman numbers where there are two or more.
    """
    filed = [sheet.key for sheet in sheets if sheet.look is SheetStyle.FILED and not sheet.of_submission][1:]
    if len(filed) == 1:
        names = {filed[0]: _("Annex")}
    else:
        names = {key: _("Annex {number}").format(number=roman(place)) for place, key in enumerate(filed, start=1)}
    return [sheet if sheet.of_submission else sheet._replace(annex=names.get(sheet.key, "")) for sheet in sheets]


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
        and (not named or any(is_told(row[at]) and (column.key, row[at]) != ("parent", scope) for row in named))
    ]
    return _begun(table.only(kept))


def _begun(table: Table) -> Table:
    """The table whose texts begin with a capital letter, but remarks, whose words are explained beneath as they are."""
    texts = {at for at, column in enumerate(table.columns) if column.kind is CellKind.TEXT and column.key != "remark"}
    rows = [[_capital(cell) if at in texts else cell for at, cell in enumerate(row)] for row in table.rows]
    return table._replace(rows=rows)


def _capital(cell: CellValue) -> CellValue:
    if isinstance(cell, LabelledCode):
        return LabelledCode(cell, sentence(cell.label))
    return sentence(cell) if isinstance(cell, str) and not isinstance(cell, Status) else cell


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
