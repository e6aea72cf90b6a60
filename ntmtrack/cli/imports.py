"""`import`, `template`: the spreadsheets that offices send, and the form that they fill in."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import RECORD, command, invocation
from ntmtrack.cli.completion import level_words
from ntmtrack.days import read_day
from ntmtrack.i18n import N_


class WhatWord(StrEnum):
    """What a table lists."""

    RECOGNITIONS = "recognitions"
    UNITS = "units"
    ROADMAP = "roadmap"
    PUBLISHED = "published"


@command(
    "import",
    RECORD,
    N_("Take in the spreadsheet that an office sent: checked whole, shown, then written as one action."),
    "ntmtrack import danh-sach.xlsx --dry-run\n"
    "ntmtrack import danh-sach.xlsx --level nang-cao --year 2023\n"
    'ntmtrack import bao-cao.csv --map "Thời gian=year" --skip-bad',
)
def import_(
    ctx: typer.Context,
    file: Annotated[
        str,
        typer.Argument(metavar=N_("FILE"), help=N_("The file: .xlsx, .csv, .xls, .ods; - for standard input.")),
    ],
    what: Annotated[
        WhatWord | None, typer.Option("--what", help=N_("What it lists; told by its headings if left out."))
    ] = None,
    sheet: Annotated[
        list[str] | None,
        typer.Option("--sheet", metavar=N_("SHEET"), help=N_("The sheet to read; may be given several times.")),
    ] = None,
    mapped: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="HEADING=FIELD", help=N_("What a column tells: “Tên xã=unit”, “D=year”, “E=skip”.")
        ),
    ] = None,
    level: Annotated[
        str | None,
        typer.Option(
            "--level",
            "-l",
            metavar=N_("LEVEL"),
            autocompletion=level_words,
            help=N_("The level of every row that tells none."),
        ),
    ] = None,
    year: Annotated[
        int | None,
        typer.Option(
            "--year",
            "-y",
            metavar=N_("YEAR"),
            parser=options.read_year,
            help=N_("The year recognised for, of every row that tells none."),
        ),
    ] = None,
    decision: options.DecisionNumber = None,
    date: options.DecisionDay = None,
    issuer: options.Issuer = None,
    announced: Annotated[
        str | None,
        typer.Option("--announced", metavar=N_("DAY"), parser=read_day, help=N_("The day it was announced.")),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option("--source", metavar=N_("TEXT"), help=N_("Where this is known from; the file's name if left out.")),
    ] = None,
    note: options.Note = None,
    scope: Annotated[
        str | None,
        typer.Option("--scope", "-s", metavar=N_("UNIT"), help=N_("Whose published figures these are.")),
    ] = None,
    accept_near: Annotated[
        bool, typer.Option("--accept-near", help=N_("Take names that fit only when marks are left out."))
    ] = False,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help=N_("Leave out the rows that are wrong, and write the others."))
    ] = False,
    skip_hidden: Annotated[bool, typer.Option("--skip-hidden", help=N_("Leave out hidden rows."))] = False,
    annotate: Annotated[
        Path | None,
        typer.Option(
            "--annotate",
            metavar=N_("FILE"),
            help=N_("Where the marked copy of a wrong file goes; beside the file if left out."),
        ),
    ] = None,
    no_annotate: Annotated[bool, typer.Option("--no-annotate", help=N_("Write no marked copy."))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=N_("Write without asking."))] = False,
    dry_run: options.DryRun = False,
    format_: options.OutputFormat = None,
    output: options.Output = None,
) -> None:
    from ntmtrack.office.imports.tables_found import Choice, read_mapping
    from ntmtrack.office.imports.taking_in import Request, take_in
    from ntmtrack.sheets.fields import Field, What
    from ntmtrack.sheets.recognition_rows import Defaults

    given = {Field.LEVEL: level, Field.YEAR: year, Field.DECISION: decision, Field.DATE: date}
    choice = Choice(
        what=What(what.value) if what else None,
        sheets=tuple(sheet or ()),
        mapped=dict(map(read_mapping, mapped or ())),
        given=frozenset(field for field, value in given.items() if value),
        skip_hidden=skip_hidden,
    )
    request = Request(
        word=file,
        choice=choice,
        defaults=Defaults(level, year, decision, date, issuer, announced, source, note),
        scope=scope,
        accept_near=accept_near,
        skip_bad=skip_bad,
        yes=yes,
        dry_run=dry_run,
        copy=annotate,
        no_copy=no_annotate,
        format=format_,
        output=output,
    )
    take_in(invocation(ctx), request)


@command(
    "template",
    RECORD,
    N_("Write an empty form for districts to fill in; what comes back is taken in as it is."),
    'ntmtrack template recognitions.xlsx\nntmtrack template "Biểu Hòn Đất.xlsx" --scope "Hòn Đất"',
)
def template(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar=N_("FILE"), help=N_("The form to write, ending in .xlsx."))],
    scope: options.Scope = None,
    year: options.Year = None,
) -> None:
    from ntmtrack.office.template import make
    from ntmtrack.office.viewpoint import Asked

    make(invocation(ctx), file, Asked(year, scope=scope))
