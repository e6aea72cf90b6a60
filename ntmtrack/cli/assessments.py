"""`assess`, `criteria-gap`, `bands`, `at-risk`: what was found of units by a criteria set, and who lacks what."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ntmtrack.cli import options
from ntmtrack.cli.answers import answer
from ntmtrack.cli.app import ASK, RECORD, ReadCommand, WriteCommand, command, session_of
from ntmtrack.cli.completion import unit_names
from ntmtrack.i18n import N_

if TYPE_CHECKING:
    from ntmtrack.commands.question import ReportSpec
    from ntmtrack.reports import Report
    from ntmtrack.storage.dialect import Connection

CriteriaSetKey = Annotated[
    str | None,
    typer.Option(
        "--set",
        metavar=N_("SET"),
        help=N_("By which criteria set, e.g. nang-cao or 2021-2025/xa-ntm; that of the lowest level if left out."),
    ),
]


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
    of_set: CriteriaSetKey = None,
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


@command(
    "criteria-gap",
    ASK,
    N_("Name the criteria that communes lack, the hardest first, and who is one short; or what one unit lacks."),
    'ntmtrack criteria-gap\nntmtrack criteria-gap --set nang-cao --scope "Hòn Đất"\nntmtrack criteria-gap "Mỹ Thuận"',
    cls=ReadCommand,
)
def criteria_gap(
    ctx: typer.Context,
    *,
    unit: Annotated[
        str | None,
        typer.Argument(metavar=N_("[UNIT]"), autocompletion=unit_names, help=N_("One unit by name or code.")),
    ] = None,
    of_set: CriteriaSetKey = None,
    year: options.Year = None,
    question: options.QuestionOptions,
) -> None:
    from ntmtrack.commands import criteria_gap as gap

    def report(connection: "Connection", spec: "ReportSpec") -> "Report":
        return (
            gap.criteria_gap_of(connection, unit, of_set, spec) if unit else gap.criteria_gap(connection, spec, of_set)
        )

    answer(ctx, question, year, report, gap.last_assessed_year)


@command(
    "bands",
    ASK,
    N_("Count communes by how many criteria they meet, with averages and what was gained in the year."),
    "ntmtrack bands\nntmtrack bands --by district\nntmtrack bands --years",
    cls=ReadCommand,
)
def bands(
    ctx: typer.Context,
    *,
    by: Annotated[
        Literal["district", "former-district", "group", "block"] | None,
        typer.Option(
            "--by",
            help=N_("By which parts: district, former district, group, block (of emulation); ranked by gain."),
        ),
    ] = None,
    years: Annotated[bool, typer.Option("--years", help=N_("Year by year."))] = False,
    of_set: CriteriaSetKey = None,
    year: options.Year = None,
    question: options.QuestionOptions,
) -> None:
    from ntmtrack.commands.criteria_bands import criteria_bands
    from ntmtrack.commands.criteria_gap import last_assessed_year
    from ntmtrack.errors import OneOf

    if by and years:
        raise OneOf(options="--by, --years")

    def report(connection: "Connection", spec: "ReportSpec") -> "Report":
        return criteria_bands(connection, spec, of_set, by, years=years)

    answer(ctx, question, year, report, last_assessed_year)


@command(
    "at-risk",
    ASK,
    N_("Name the recognised units that by their last assessment no longer meet their criteria, and since when."),
    'ntmtrack at-risk\nntmtrack at-risk --scope "Hòn Đất"',
    cls=ReadCommand,
)
def at_risk(ctx: typer.Context, *, year: options.Year = None, question: options.QuestionOptions) -> None:
    from ntmtrack.commands import criteria_gap as gap

    answer(ctx, question, year, gap.at_risk, gap.last_assessed_year)
