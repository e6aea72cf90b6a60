"""`export`: what an office files."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import REPORT, Reporting, command, invocation
from ntmtrack.dates import read_full_day
from ntmtrack.i18n import N_


@command(
    "export",
    REPORT,
    N_("Write the report: an Excel workbook to file, or .csv, .json, .md."),
    "ntmtrack export report.xlsx --year 2024\n"
    'ntmtrack export "Báo cáo Hòn Đất.xlsx" --scope "Hòn Đất"\n'
    'ntmtrack export report.xlsx --agency "UBND tỉnh Kiên Giang; Văn phòng Điều phối NTM" --number "12/BC-VPĐP"\n'
    "ntmtrack export report.xlsx --sheets summary,list\n"
    "ntmtrack export data.csv\n"
    "ntmtrack export bieu-01.xlsx --template mau-bieu-01.xlsx",
    cls=Reporting,
)
def export(
    ctx: typer.Context,
    *,
    file: Annotated[
        Path, typer.Argument(metavar=N_("FILE"), help=N_("The file to write: .xlsx, .csv, .json or .md by its ending."))
    ],
    year: options.Year = None,
    at: options.Planned,
    sheets: Annotated[
        list[str] | None,
        typer.Option("--sheets", metavar=N_("SHEETS"), help=N_("Only these sheets, e.g. summary,list,remaining.")),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option("--template", metavar=N_("FILE"), help=N_("Fill in this form of yours (.xlsx) instead.")),
    ] = None,
    agency: Annotated[
        str | None,
        typer.Option(
            "--agency", metavar=N_("TEXT"), help=N_("Whose report it is, the one above it first, parted by “;”. Kept.")
        ),
    ] = None,
    place: Annotated[
        str | None, typer.Option("--place", metavar=N_("TEXT"), help=N_("Where it is signed. Kept."))
    ] = None,
    number: Annotated[
        str | None, typer.Option("--number", metavar=N_("NUMBER"), help=N_("The report’s number. Kept."))
    ] = None,
    dated: Annotated[
        date | None,
        typer.Option(
            "--date", metavar=N_("DAY"), parser=read_full_day, help=N_("The day it is signed; free if left out.")
        ),
    ] = None,
) -> None:
    from ntmtrack.office.filing.exporting import export as carry_out
    from ntmtrack.office.filing.letterhead import Given
    from ntmtrack.office.filing.request import Request

    given = Given(agency=agency, place=place, number=number, dated=dated)
    carry_out(invocation(ctx), Request(file, at.asked(year), ",".join(sheets) if sheets else None, template, given))
