"""`import`: the spreadsheets that offices send."""

from pathlib import Path
from typing import Annotated, Literal

import click
import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import RECORD, WriteCommand, command, session_of
from ntmtrack.cli.completion import tables_at_hand, unit_names
from ntmtrack.i18n import N_

File = Annotated[
    str,
    typer.Argument(
        metavar=N_("FILE"),
        click_type=click.Path(path_type=str, allow_dash=True),
        autocompletion=tables_at_hand,
        help=N_("The file: .xlsx, .csv, .xls, .ods; - for standard input; or a folder of such files."),
    ),
]
What = Annotated[
    Literal[
        "recognitions",
        "units",
        "changes",
        "roadmap",
        "published",
        "groups",
        "assessments",
        "values",
        "registrations",
        "entries",
        "awards",
    ]
    | None,
    typer.Option("--what", help=N_("What it lists; told by its headings if left out.")),
]
Sheets = Annotated[
    list[str] | None,
    typer.Option("--sheet", metavar=N_("SHEET"), help=N_("The sheet to read; may be given several times.")),
]
AllSheets = Annotated[
    bool,
    typer.Option("--all-sheets", help=N_("Read every sheet in sight, each by its own title; one action for all.")),
]
Mapped = Annotated[
    list[str] | None,
    typer.Option(
        "--map", metavar=N_("HEADING=FIELD"), help=N_("What a column tells: “Tên xã=unit”, “D=year”, “E=skip”.")
    ),
]
Level = Annotated[str | None, options.level_option(N_("The level of every row that tells none."))]
Year = Annotated[int | None, options.year_option(N_("The year recognised for, of every row that tells none."))]
OfSet = Annotated[
    str | None,
    typer.Option("--set", metavar=N_("SET"), help=N_("Of assessments: by which criteria set, e.g. nang-cao.")),
]
OnDay = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar=N_("DAY"),
        parser=options.read_whole_day,
        help=N_("Of assessments the day, of registrations the day sent, where none is told."),
    ),
]
CountedIn = Annotated[
    str | None,
    typer.Option("--unit", metavar=N_("MEASURED"), help=N_("In which unit values are, where no heading tells it.")),
]
Scope = Annotated[
    str | None,
    typer.Option(
        "--scope",
        "-s",
        metavar=N_("UNIT"),
        autocompletion=unit_names,
        help=N_("The district or province in which all rows lie; whose published figures these are."),
    ),
]
AcceptNear = Annotated[
    bool, typer.Option("--accept-near", help=N_("Take names that fit only nearly, as without their marks."))
]
OverEdits = Annotated[
    bool, typer.Option("--over-edits", help=N_("Also take back corrections that were made with a reason (edit)."))
]
SkipHidden = Annotated[bool, typer.Option("--skip-hidden", help=N_("Leave out hidden rows."))]
Annotate = Annotated[
    Path | None,
    typer.Option(
        "--annotate",
        metavar=N_("FILE"),
        help=N_("Where the marked copy of a wrong file goes; beside the file if left out."),
    ),
]
NoAnnotate = Annotated[bool, typer.Option("--no-annotate", help=N_("Write no marked copy."))]


@command(
    "import",
    RECORD,
    N_("Take in the spreadsheet that an office sent: checked whole, shown, then written as one action."),
    "ntmtrack import danh-sach.xlsx --dry-run\n"
    "ntmtrack import danh-sach.xlsx --level nang-cao --year 2023\n"
    'ntmtrack import bao-cao.csv --map "Thời gian=year" --skip-bad\n'
    'ntmtrack import xa-khu-vuc.xlsx --what groups --decision "60/QĐ-UBND" --date 29/1/2026\n'
    'ntmtrack import "Biểu gửi về"',
    cls=WriteCommand,
)
def import_(
    ctx: typer.Context,
    *,
    file: File,
    what: What = None,
    sheet: Sheets = None,
    all_sheets: AllSheets = False,
    mapped: Mapped = None,
    level: Level = None,
    year: Year = None,
    decision: options.DecisionNumber = None,
    date: options.DecisionDay = None,
    issuer: options.Issuer = None,
    announced: options.Announced = None,
    basis: options.ActWord = None,
    source: options.Source = None,
    note: options.Note = None,
    scope: Scope = None,
    of_set: OfSet = None,
    on: OnDay = None,
    unit: CountedIn = None,
    accept_near: AcceptNear = False,
    skip_bad: options.SkipBad = False,
    skip_hidden: SkipHidden = False,
    over_edits: OverEdits = False,
    annotate: Annotate = None,
    no_annotate: NoAnnotate = False,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    shown: options.OutputOptions,
) -> None:
    from ntmtrack.commands.import_ import import_file
    from ntmtrack.errors import OneOf
    from ntmtrack.ingest.columns import TableKind
    from ntmtrack.ingest.options import ImportOptions, level_key, read_mapping
    from ntmtrack.ingest.read_recognitions import Defaults
    from ntmtrack.model import Act

    if sheet and all_sheets:
        raise OneOf(options="--sheet, --all-sheets")
    meanings = dict(map(read_mapping, mapped or ()))
    level = level_key(level) if level else None
    import_options = ImportOptions(
        word=file,
        defaults=Defaults(
            *(level, year, decision, date, issuer, announced, source, note),
            act=Act(basis) if basis else None,
            counted_in=unit,
        ),
        what=TableKind(what) if what else None,
        sheets=tuple(sheet or ()),
        all_sheets=all_sheets,
        mapped=meanings,
        skip_hidden=skip_hidden,
        scope=scope,
        of_set=of_set,
        on_day=on,
        accept_near=accept_near,
        skip_bad=skip_bad,
        over_edits=over_edits,
        yes=yes,
        dry_run=dry_run,
        copy=annotate,
        no_copy=no_annotate,
        format=shown.format_,
        output=shown.output,
    )
    if (folder := Path(file)).is_dir():
        from ntmtrack.commands.import_folder import import_folder

        if code := import_folder(session_of(ctx), folder, import_options):
            raise typer.Exit(code)
        return
    import_file(session_of(ctx), import_options)
