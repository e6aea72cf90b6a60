"""`criteria`, `criteria export`, `criteria import`."""

from datetime import date as day
from pathlib import Path
from typing import Annotated

import click
import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import ASK, RECORD, ReadCommand, WriteCommand, command, group_of, session_of
from ntmtrack.cli.completion import set_words, tables_at_hand, unit_names
from ntmtrack.cli.groups import CommandGroup
from ntmtrack.cli.names import called
from ntmtrack.i18n import N_

_SHOW = "show"


class _CriteriaGroup(CommandGroup):
    """A group that shows a set where none of its other commands is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Reads the words behind the group: `criteria`, `criteria xa-ntm` are `criteria show …`."""
        first = args[0] if args else ""
        is_named = first in ("--help", "-h") or self.get_command(ctx, first) or called(first, self.above)
        return super().parse_args(ctx, args if is_named else [_SHOW, *args])


criteria_app = group_of(
    "criteria",
    ASK,
    N_("Criteria sets: what units must meet for a level, by which thresholds; filled in by the office."),
    _CriteriaGroup,
    needs_command=False,
)


@command(
    _SHOW,
    ASK,
    N_("The criteria sets of a programme; one with its criteria, conditions and thresholds."),
    "ntmtrack criteria show 2021-2025\nntmtrack criteria show xa-ntm --contents\n"
    'ntmtrack criteria show "nâng cao" --year 2024 --group "Đồng bằng sông Cửu Long"',
    group=criteria_app,
    cls=ReadCommand,
)
def show(
    ctx: typer.Context,
    *,
    of_set: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("SET"),
            autocompletion=set_words,
            help=N_(
                "A set by its key or level: xa-ntm, nâng cao, 2021-2025/xa-ntm; those of a period: 2021-2025; if left"
                " out those of the ledger’s last year."
            ),
        ),
    ] = None,
    on: Annotated[
        day | None,
        typer.Option(
            "--on",
            metavar=N_("DAY"),
            parser=options.read_last_day,
            help=N_("As it stood on this day; without a set those of its programme."),
        ),
    ] = None,
    year: Annotated[
        int | None, options.year_option(N_("The sets of this year’s programme; of a set its thresholds for this year."))
    ] = None,
    group: options.Group = None,
    scope: options.Scope = None,
    every: Annotated[bool, typer.Option("--all", help=N_("The sets of all programmes."))] = False,
    contents: Annotated[bool, typer.Option("--contents", help=N_("With the contents of each criterion."))] = False,
    sources: Annotated[bool, typer.Option("--sources", help=N_("With where each row is known from."))] = False,
    shown: options.OutputOptions,
) -> None:
    from ntmtrack.commands.criteria import SetQuestion, SetsQuestion, list_sets, period_called, show_set
    from ntmtrack.commands.question import last_year
    from ntmtrack.errors import OnlyWith

    session = session_of(ctx)
    period = period_called(of_set) if of_set else None
    is_one = of_set is not None and period is None
    of_one = {"--group": group, "--scope": scope, "--contents": contents, "--sources": sources}
    if not is_one and (used := [option for option, value in of_one.items() if value]):
        raise OnlyWith(option=", ".join(used), other="SET")
    with session.maybe_reading() as connection:
        if of_set is not None and is_one:
            asked = SetQuestion(of_set, on, year, group, scope, contents, sources)
            report = show_set(connection, asked, session.today)
        else:
            usual = last_year(connection, session.today) if connection else session.today.year
            meant = SetsQuestion(period, year or (on.year if on else usual), every, on)
            report = list_sets(connection, meant, session.today)
    shown.show(session, report)


SetName = Annotated[
    str,
    typer.Argument(
        metavar=N_("SET"),
        autocompletion=set_words,
        help=N_("A set by its key or level: xa-ntm, 2021-2025/xa-ntm."),
    ),
]
OwnScope = Annotated[
    str | None,
    typer.Option(
        "--scope",
        "-s",
        metavar=N_("UNIT"),
        autocompletion=unit_names,
        help=N_("The rows of this province's own decision, which hold for it alone."),
    ),
]


@command(
    "export",
    ASK,
    N_("Write a criteria set as a table to fill in: names, thresholds by group, region and year."),
    "ntmtrack criteria export xa-ntm -o tieu-chi.xlsx\nntmtrack criteria export 2021-2025/xa-ntm -o bo.csv",
    group=criteria_app,
    cls=ReadCommand,
)
def export(
    ctx: typer.Context,
    of_set: SetName,
    output: Annotated[Path, typer.Option("-o", "--output", metavar=N_("FILE"), help=N_("The file: .xlsx or .csv."))],
    scope: OwnScope = None,
) -> None:
    from ntmtrack.commands.criteria_export import export_set

    export_set(session_of(ctx), of_set, output, scope)


@command(
    "import",
    RECORD,
    N_("Take in the table of a criteria set as the office filled it in: shown first, then written as one action."),
    "ntmtrack criteria import tieu-chi.xlsx --dry-run\n"
    'ntmtrack criteria import tieu-chi.xlsx --decision "12/QĐ-UBND" --date 3/3/2026 --since 3/3/2026',
    group=criteria_app,
    cls=WriteCommand,
)
def import_(
    ctx: typer.Context,
    *,
    file: Annotated[
        str,
        typer.Argument(
            metavar=N_("FILE"), autocompletion=tables_at_hand, help=N_("The file: .xlsx, .csv, .xls, .ods.")
        ),
    ],
    of_set: Annotated[
        str | None,
        typer.Option(
            "--set", metavar=N_("SET"), autocompletion=set_words, help=N_("Of which set, where the file does not say.")
        ),
    ] = None,
    decision: options.DecisionNumber = None,
    date: options.DecisionDay = None,
    issuer: options.Issuer = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar=N_("DAY"),
            parser=options.read_whole_day,
            help=N_("From which day on changed rows hold that tell none; from the first day of the set if left out."),
        ),
    ] = None,
    scope: OwnScope = None,
    source: options.Source = None,
    sheet: Annotated[str | None, typer.Option("--sheet", metavar=N_("SHEET"), help=N_("The sheet to read."))] = None,
    skip_bad: options.SkipBad = False,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
) -> None:
    from ntmtrack.commands.criteria_export import fillable
    from ntmtrack.commands.import_ import import_file
    from ntmtrack.dates import last_day
    from ntmtrack.ingest.columns import TableKind
    from ntmtrack.ingest.options import ImportOptions
    from ntmtrack.ingest.read_recognitions import Defaults

    session = session_of(ctx)
    told_on = since or date
    key = fillable(of_set, last_day(told_on) if told_on else session.today).key if of_set else None
    told = Defaults(number=decision, signed_on=date, issuer=issuer, source=source, of_set=key, since=since)
    asked = ImportOptions(
        word=file,
        defaults=told,
        what=TableKind.CRITERIA,
        sheets=[sheet] if sheet else (),
        scope=scope,
        skip_bad=skip_bad,
        yes=yes,
        dry_run=dry_run,
    )
    import_file(session, asked)
