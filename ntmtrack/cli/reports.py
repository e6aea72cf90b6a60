"""`check`, `export`, `publish`, `close-year`: what an office checks, files, publishes and settles."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import ASK, REPORT, DecidingCommand, ReadCommand, ReportCommand, YearCommand, command, session_of
from ntmtrack.cli.completion import check_names
from ntmtrack.dates import last_day, read_full_day, read_year
from ntmtrack.i18n import N_


@command(
    "check",
    ASK,
    N_("Look for what cannot be, or must be explained; silent where all is well. Exit code 3 where something is."),
    "ntmtrack check\nntmtrack check published district\nntmtrack check --list",
    cls=ReadCommand,
)
def check(
    ctx: typer.Context,
    *,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar=N_("CHECK…"), autocompletion=check_names, help=N_("Only these checks; see --list.")),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help=N_("Name the checks and what each looks for."))] = False,
    year: options.Year = None,
    question: options.PlannedQuestionOptions,
) -> None:
    from ntmtrack.commands.check import list_checks, run_checks

    session = session_of(ctx)
    if list_:
        question.show(session, list_checks())
        return
    report, serious = run_checks(session, names or [], question.report_options(year))
    if report.tables or question.output or question.format_ in (options.Format.JSON, options.Format.CSV):
        question.show(session, report)
    if serious:
        raise typer.Exit(options.PROBLEMS_FOUND)


@command(
    "export",
    REPORT,
    N_("Write the report: an Excel workbook or a Word paper to file, a page to show (.html), or .csv, .json, .md."),
    "ntmtrack export report.xlsx --year 2024\n"
    "ntmtrack export report.docx --year 2024\n"
    'ntmtrack export "Báo cáo Hòn Đất.xlsx" --scope "Hòn Đất"\n'
    'ntmtrack export report.xlsx --agency "UBND tỉnh Kiên Giang; Văn phòng Điều phối NTM" --number "12/BC-VPĐP"\n'
    "ntmtrack export report.xlsx --working\n"
    "ntmtrack export report.xlsx --sheets summary,list\n"
    "ntmtrack export report.html --year 2024\n"
    "ntmtrack export data.csv\n"
    "ntmtrack export bieu-01.xlsx --template mau-bieu-01.xlsx",
    cls=ReportCommand,
)
def export(
    ctx: typer.Context,
    *,
    file: Annotated[
        Path,
        typer.Argument(
            metavar=N_("FILE"), help=N_("The file to write: .xlsx, .docx, .html, .csv, .json or .md by its ending.")
        ),
    ],
    year: options.Year = None,
    question: options.PlannedMapOptions,
    sheets: Annotated[
        list[str] | None,
        typer.Option(
            "--sheets",
            metavar=N_("SHEETS"),
            help=N_("Only these sheets, e.g. summary,list,remaining; “all” for every one."),
        ),
    ] = None,
    working: Annotated[
        bool,
        typer.Option("--working", help=N_("Also the office’s working sheets, into a workbook beside the file.")),
    ] = False,
    with_status: Annotated[
        bool, typer.Option("--with-status", help=N_("With a column that judges each target by its plan."))
    ] = False,
    template: Annotated[
        Path | None,
        typer.Option(
            "--template",
            metavar=N_("TEMPLATE"),
            help=N_("Fill in this form of yours (.xlsx, .docx) instead, or bieu-05, bieu-06, bieu-10 of 2026–2030."),
        ),
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
    from ntmtrack.commands.export import ExportRequest
    from ntmtrack.commands.export import export as carry_out
    from ntmtrack.commands.letterhead import LetterheadOptions

    letterhead = LetterheadOptions(agency=agency, place=place, number=number, dated=dated)
    request = ExportRequest(
        file,
        question.report_options(year),
        ",".join(sheets) if sheets else None,
        template,
        letterhead,
        working=working,
        with_status=with_status,
    )
    carry_out(session_of(ctx), request)


@command(
    "publish",
    REPORT,
    N_("Keep the figures of a report as published; “check” holds them against the ledger ever after."),
    'ntmtrack publish --year 2024 --source "12/BC-VPĐP"\n'
    'ntmtrack publish --level ntm --value 108 --total 116 --as-of 10/2023 --source "Báo Kiên Giang"\n'
    'ntmtrack publish --measure "15-18 tiêu chí" --value "7/119 (5,88%)" --as-of 31/12/2017 --source "Báo An Giang"',
    cls=YearCommand,
)
def publish(
    ctx: typer.Context,
    source: Annotated[
        str | None,
        typer.Option(
            "--source", metavar=N_("TEXT"), help=N_("Which report; the number of the letterhead if left out.")
        ),
    ] = None,
    year: options.Year = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of", metavar=N_("DAY"), parser=options.read_any_day, help=N_("The day it speaks of; 10/2023 as well.")
        ),
    ] = None,
    basis: options.Basis = "year",
    scope: options.Scope = None,
    level: Annotated[
        str | None,
        options.level_option(N_("One figure typed by hand: its level; the ledger’s own figures if left out.")),
    ] = None,
    measure: Annotated[
        str | None,
        typer.Option(
            "--measure",
            "-m",
            metavar=N_("TEXT"),
            help=N_("Instead of a level, what it counts in the words of reports: “xã đạt 15-18 tiêu chí”."),
        ),
    ] = None,
    tier: Annotated[
        Literal["commune", "district", "village"],
        typer.Option("--tier", "-t", help=N_("Communes (commune), districts (district) or villages (village).")),
    ] = "commune",
    value: Annotated[
        str | None,
        typer.Option("--value", metavar=N_("N"), help=N_("One figure as printed: 33, “33/119 (27,73%)”, 15,88.")),
    ] = None,
    total: Annotated[
        int | None,
        typer.Option("--total", parser=options.read_count, metavar=N_("N"), help=N_("One figure: of how many.")),
    ] = None,
    percent: Annotated[
        str | None,
        typer.Option("--percent", metavar=N_("N"), help=N_("One figure: its per cent as printed, e.g. 27,32.")),
    ] = None,
    share_of: Annotated[
        Literal["all", "ntm", "nested"] | None,
        typer.Option(
            "--share-of",
            help=N_("Of what the per cent is: all units, those at NTM, those at the level just below (nested)."),
        ),
    ] = None,
    dry_run: options.DryRun = False,
) -> None:
    from ntmtrack.commands.publish import TypedFigure, publish_progress, publish_typed
    from ntmtrack.commands.question import ReportOptions
    from ntmtrack.errors import FigureIncomplete, OneOf
    from ntmtrack.model import Basis, Tier

    session = session_of(ctx)
    if year is not None and as_of is not None:
        raise OneOf(options="--year, --as-of")
    if level is not None and measure is not None:
        raise OneOf(options="--level, --measure")
    if level is None and measure is None and value is None:
        options = ReportOptions(year, last_day(as_of) if as_of else None, Basis(basis), scope)
        publish_progress(session, options, source, dry_run=dry_run)
        return
    spoken_of = as_of or (str(year) if year else None)
    if (level is None and measure is None) or value is None or spoken_of is None:
        raise FigureIncomplete
    typed = TypedFigure(Tier(tier), level, measure, spoken_of, value, total, percent, share_of)
    publish_typed(session, typed, scope, source, dry_run=dry_run)


@command(
    "close-year",
    REPORT,
    N_("Settle the figures of a year and those before: writes that would change them are refused from then on."),
    "ntmtrack close-year 2024\nntmtrack close-year 2024 --dry-run",
    cls=DecidingCommand,
)
def close_year(
    ctx: typer.Context,
    year: Annotated[int, typer.Argument(metavar=N_("YEAR"), parser=read_year, help=N_("The year to close."))],
    dry_run: options.DryRun = False,
) -> None:
    from ntmtrack.commands.publish import close_year as carry_out

    carry_out(session_of(ctx), year, dry_run=dry_run)
