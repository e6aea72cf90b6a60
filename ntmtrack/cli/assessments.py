"""`assess`: what was found of units by a criteria set."""

from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import RECORD, WriteCommand, command, session_of
from ntmtrack.i18n import N_


@command(
    "assess",
    RECORD,
    N_("Keep what was found of units by a criteria set on a day: how many criteria they meet, which they do not."),
    'ntmtrack assess "Mỹ Thuận" --on 30/6/2024 --missing 5,17.2\n'
    'ntmtrack assess "Mỹ Thuận" --set nang-cao --on 30/6/2024 --met 15\n'
    'ntmtrack assess "Mỹ Thuận" --on 30/6/2024 --missing 5 --correct "TC 17 đã đạt"',
    cls=WriteCommand,
    asks=("units", "on", "missing"),
)
def assess(
    ctx: typer.Context,
    units: options.Units,
    on: Annotated[
        str,
        typer.Option(
            "--on", metavar=N_("DAY"), parser=options.read_whole_day, help=N_("The day on which they were assessed.")
        ),
    ],
    of_set: Annotated[
        str | None,
        typer.Option(
            "--set",
            metavar=N_("SET"),
            help=N_("By which criteria set, e.g. nang-cao or 2021-2025/xa-ntm; that of the lowest level if left out."),
        ),
    ] = None,
    met: Annotated[
        int | None,
        typer.Option("--met", metavar="N", parser=options.read_units, help=N_("How many criteria they meet.")),
    ] = None,
    missing: Annotated[
        str | None,
        typer.Option(
            "--missing",
            metavar=N_("CODES"),
            help=N_("Criteria or contents that they do not meet, e.g. 5,17.2; 0 where they meet all."),
        ),
    ] = None,
    unknown: Annotated[
        str | None, typer.Option("--unknown", metavar=N_("CODES"), help=N_("Criteria that were not assessed."))
    ] = None,
    result: Annotated[
        list[str] | None,
        typer.Option(
            "--result",
            metavar=N_("CODE=RESULT"),
            help=N_("One result: 17.2=đạt, 17.2=chưa, or a value, 10=62,5; may be repeated."),
        ),
    ] = None,
    source: options.Source = None,
    note: options.Note = None,
    correct: Annotated[
        str | None,
        typer.Option("--correct", metavar=N_("REASON"), help=N_("Correct the one on record of that day: why.")),
    ] = None,
    of_day: Annotated[
        str | None,
        typer.Option(
            "--of-day",
            metavar=N_("DAY"),
            parser=options.read_whole_day,
            help=N_("The day on record of the one to be corrected, where the day was wrong."),
        ),
    ] = None,
    dry_run: options.DryRun = False,
) -> None:
    from ntmtrack.commands.assess import AssessRequest, assess_units

    told = (units, of_set, on, met, missing, unknown, result or [], source, note, correct, of_day)
    assess_units(session_of(ctx), AssessRequest(*told), dry_run=dry_run)
