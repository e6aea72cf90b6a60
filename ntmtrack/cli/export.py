"""`export`: the workbook."""

from pathlib import Path
from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import REPORT, command, invocation
from ntmtrack.errors import UnknownFormat
from ntmtrack.i18n import N_, _


@command(
    "export",
    REPORT,
    N_("Write the report as an Excel workbook."),
    'ntmtrack export report.xlsx --year 2024\nntmtrack export "Báo cáo Hòn Đất.xlsx" --scope "Hòn Đất"',
)
def export(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar=N_("FILE"), help=N_("The workbook to write, ending in .xlsx."))],
    year: options.Year = None,
    as_of: options.AsOf = None,
    basis: options.Basis = options.BasisWord.YEAR,
    scope: options.Scope = None,
    roadmap: options.RoadmapKey = None,
) -> None:
    from ntmtrack.model import Basis
    from ntmtrack.office.viewpoint import Asked
    from ntmtrack.office.workbook import workbook_sheets
    from ntmtrack.reports.workbook import write

    if file.suffix.lower() != ".xlsx":
        raise UnknownFormat(file=file, stem=file.stem or "report", command="export")
    call = invocation(ctx)
    with call.reading() as connection:
        sheets = workbook_sheets(connection, call.today, Asked(year, as_of, Basis(basis), scope, roadmap))
    write(sheets, file)
    call.say(_("Wrote {file}: {sheets}.").format(file=file, sheets=", ".join(sheet.name for sheet in sheets)))
