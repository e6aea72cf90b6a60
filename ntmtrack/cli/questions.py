"""`progress`, `explain`, `map`, `trend`, `list`, `remaining`: the ledger against the plan, and the units behind it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ntmtrack.cli import options
from ntmtrack.cli.answers import answer
from ntmtrack.cli.app import ASK, ReadCommand, command, session_of
from ntmtrack.cli.completion import measure_words
from ntmtrack.i18n import N_

if TYPE_CHECKING:
    from ntmtrack.storage.dialect import Connection

Straight = Annotated[
    bool,
    typer.Option("--straight", help=N_("Where the plan has no figure for the year, draw a straight way to its last.")),
]


RecognisedTier = Annotated[
    Literal["commune", "district", "province", "village"],
    typer.Option(
        *("--tier", "-t"),
        help=N_("Communes (commune), districts (district), the province itself (province), villages (village)."),
    ),
]


def _last_of_villages(ctx: typer.Context, tier: str) -> "Callable[[Connection], int | None]":
    """The year that is meant where no time is told: of villages the last with data of theirs."""
    from ntmtrack.commands.question import last_year

    today = session_of(ctx).today
    return lambda connection: last_year(connection, today, of_villages=True) if tier == "village" else None


@command(
    "progress",
    ASK,
    N_("Progress against the roadmap: plan and actual, gap, per cent, status."),
    "ntmtrack progress 2024\n"
    "ntmtrack progress 2024 --notes --beside\n"
    "ntmtrack progress --years\n"
    "ntmtrack progress --year 2024 --wide\n"
    "ntmtrack progress --year 2024 --by district --level nang-cao\n"
    "ntmtrack progress --year 2024 --text\n"
    'ntmtrack progress --as-of 31/10/2023 --basis decision\nntmtrack progress --year 2024 --scope "Hòn Đất"',
    cls=ReadCommand,
)
def progress(
    ctx: typer.Context,
    *,
    year: options.Year = None,
    years: Annotated[bool, typer.Option("--years", help=N_("The whole period side by side."))] = False,
    by: Annotated[
        Literal["district", "former-district"] | None,
        typer.Option("--by", help=N_("By district, or by those that ended on 30/6/2025, ranked, with the change.")),
    ] = None,
    level: Annotated[str | None, options.level_option(N_("With --by: every measure of this level."))] = None,
    wide: Annotated[bool, typer.Option("--wide", help=N_("Also points, months, pace, room to move up."))] = False,
    text: Annotated[bool, typer.Option("--text", help=N_("As a paragraph for a report."))] = False,
    notes: Annotated[
        bool, typer.Option("--notes", help=N_("All notes, with the rules and what rests on what."))
    ] = False,
    beside: Annotated[bool, typer.Option("--beside", help=N_("Also against the other plans that apply."))] = False,
    highest: Annotated[bool, typer.Option("--highest", help=N_("Also by the highest level reached."))] = False,
    straight: Straight = False,
    question: options.PlannedMapQuestionOptions,
) -> None:
    from ntmtrack.commands.progress import ProgressShape, progress_report
    from ntmtrack.errors import OneOf, OnlyWith
    from ntmtrack.reports.progress_brief import ShownParts

    if sum((years, by is not None, text, wide)) > 1:
        raise OneOf(options="--years, --by, --text, --wide")
    if (years or by or text) and (beside or highest):
        raise OneOf(options="--years, --by, --text, --beside, --highest")
    if level is not None and by is None:
        raise OnlyWith(option="--level", other="--by district")
    shape = ProgressShape(
        years, by, level, wide, text, straight, ShownParts(notes, beside or question.roadmap == "all", highest)
    )
    answer(ctx, question, year, lambda connection, spec: progress_report(connection, spec, shape))


@command(
    "explain",
    ASK,
    N_("One line of the progress worked out step by step, and the units behind it."),
    'ntmtrack explain nang-cao --year 2024\nntmtrack explain "Cấp huyện đạt chuẩn NTM" --year 2023',
    cls=ReadCommand,
)
def explain(
    ctx: typer.Context,
    measure: Annotated[
        str,
        typer.Argument(
            metavar=N_("MEASURE"),
            autocompletion=measure_words,
            help=N_("The line of the table of progress, as you would write it: NTM nâng cao."),
        ),
    ],
    *,
    year: options.Year = None,
    tier: RecognisedTier = "commune",
    straight: Straight = False,
    question: options.PlannedQuestionOptions,
) -> None:
    from ntmtrack.commands.explain import explanation_of
    from ntmtrack.model import Tier

    answer(
        ctx,
        question,
        year,
        lambda connection, spec: explanation_of(connection, spec, Tier(tier), measure, straight=straight),
    )


@command(
    "map",
    ASK,
    N_("The whole province at a glance: a square for every commune, by district, with its highest level."),
    'ntmtrack map\nntmtrack map --year 2022\nntmtrack map --scope "Hòn Đất"',
    cls=ReadCommand,
)
def map_(
    ctx: typer.Context,
    *,
    year: options.Year = None,
    of_set: options.SetKey = None,
    question: options.MapQuestionOptions,
) -> None:
    from ntmtrack.commands.lists import units_map

    answer(ctx, question, year, lambda connection, spec: units_map(connection, spec, of_set))


@command(
    "trend",
    ASK,
    N_("Plan and actual of every year as small bars."),
    'ntmtrack trend\nntmtrack trend --year 2023 --scope "Kiên Giang"',
    cls=ReadCommand,
)
def trend(
    ctx: typer.Context,
    *,
    year: options.Year = None,
    of_set: options.SetKey = None,
    question: options.PlannedMapQuestionOptions,
) -> None:
    from ntmtrack.commands.lists import progress_trend

    answer(ctx, question, year, lambda connection, spec: progress_trend(connection, spec, of_set))


@command(
    "list",
    ASK,
    N_("Name the units behind a number, with their decisions."),
    "ntmtrack list --level nang-cao --year 2024\n"
    'ntmtrack list --level ntm --until 2021 --scope "Giồng Riềng"\nntmtrack list --level ntm --tier district',
    cls=ReadCommand,
)
def list_(
    ctx: typer.Context,
    *,
    level: options.LevelWord,
    year: Annotated[int | None, options.year_option(N_("Newly reached in this year."))] = None,
    until: Annotated[int | None, options.year_option(N_("Reached by the end of this year."), "--until")] = None,
    tier: RecognisedTier = "commune",
    of_set: options.SetKey = None,
    question: options.MapQuestionOptions,
) -> None:
    from ntmtrack.commands.lists import units_at_level
    from ntmtrack.errors import OneOf
    from ntmtrack.model import Tier

    if sum(given is not None for given in (year, until, question.as_of)) > 1:
        raise OneOf(options="--year, --until, --as-of")

    answer(
        ctx,
        question,
        year or until,
        lambda connection, spec: units_at_level(
            connection, spec, (Tier(tier), level, of_set), in_year=year is not None
        ),
        _last_of_villages(ctx, tier),
    )


@command(
    "remaining",
    ASK,
    N_("Name the units that have not reached a level, by district."),
    "ntmtrack remaining --level ntm --year 2023\nntmtrack remaining --level nang-cao",
    cls=ReadCommand,
)
def remaining(
    ctx: typer.Context,
    *,
    level: options.LevelWord,
    year: options.Year = None,
    tier: RecognisedTier = "commune",
    of_set: options.SetKey = None,
    question: options.MapQuestionOptions,
) -> None:
    from ntmtrack.commands.lists import units_below_level
    from ntmtrack.model import Tier

    answer(
        ctx,
        question,
        year,
        lambda connection, spec: units_below_level(connection, spec, (Tier(tier), level, of_set)),
        _last_of_villages(ctx, tier),
    )
