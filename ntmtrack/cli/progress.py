"""`progress`, `explain`: the ledger against the plan."""

from enum import StrEnum
from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import ASK, Reading, command, invocation
from ntmtrack.cli.completion import level_words
from ntmtrack.i18n import N_


class By(StrEnum):
    """Into what figures may be parted."""

    DISTRICT = "district"


Straight = Annotated[
    bool,
    typer.Option("--straight", help=N_("Where the plan has no figure for the year, draw a straight way to its last.")),
]


@command(
    "progress",
    ASK,
    N_("Progress against the roadmap: plan and actual, gap, per cent, status."),
    "ntmtrack progress --year 2024\n"
    "ntmtrack progress --years\n"
    "ntmtrack progress --year 2024 --wide\n"
    "ntmtrack progress --year 2024 --by district --level nang-cao\n"
    "ntmtrack progress --year 2024 --text\n"
    'ntmtrack progress --as-of 31/10/2023 --basis decision\nntmtrack progress --year 2024 --scope "Hòn Đất"',
    cls=Reading,
)
def progress(
    ctx: typer.Context,
    year: options.Year = None,
    years: Annotated[bool, typer.Option("--years", help=N_("The whole period side by side."))] = False,
    by: Annotated[
        By | None, typer.Option("--by", help=N_("By district, ranked, with the change on last year."))
    ] = None,
    level: Annotated[
        str | None,
        options.level_option(N_("With --by: every measure of this level.")),
    ] = None,
    wide: Annotated[bool, typer.Option("--wide", help=N_("Also points, months, pace, room to move up."))] = False,
    text: Annotated[bool, typer.Option("--text", help=N_("As a paragraph for a report."))] = False,
    straight: Straight = False,
    as_of: options.AsOf = None,
    basis: options.Basis = options.BasisWord.YEAR,
    scope: options.Scope = None,
    roadmap: options.RoadmapKey = None,
    format_: options.OutputFormat = None,
    output: options.Output = None,
) -> None:
    from ntmtrack.errors import OneOf, OnlyWith
    from ntmtrack.model import Basis
    from ntmtrack.office.progress import Shape, progress_report
    from ntmtrack.office.viewpoint import Asked, take

    if sum((years, by is not None, text, wide)) > 1:
        raise OneOf(options="--years, --by, --text, --wide")
    if level is not None and by is None:
        raise OnlyWith(option="--level", other="--by district")
    call = invocation(ctx)
    with call.reading() as connection:
        at = take(connection, Asked(year, as_of, Basis(basis), scope, roadmap), call.today, planned=True)
        shape = Shape(years=years, by_district=by is not None, level=level, wide=wide, text=text, straight=straight)
        report = progress_report(connection, at, shape)
    call.show(report, format_, output)


@command(
    "explain",
    ASK,
    N_("One line of the progress worked out step by step, and the units behind it."),
    "ntmtrack explain nang-cao --year 2024\nntmtrack explain ntm --tier district --year 2023",
    cls=Reading,
)
def explain(
    ctx: typer.Context,
    measure: Annotated[
        str,
        typer.Argument(
            metavar=N_("MEASURE"),
            autocompletion=level_words,
            help=N_("A level, as you would write it, or another measure of the plan: income, criteria-below …"),
        ),
    ],
    year: options.Year = None,
    tier: options.Tier = options.TierWord.COMMUNE,
    straight: Straight = False,
    as_of: options.AsOf = None,
    basis: options.Basis = options.BasisWord.YEAR,
    scope: options.Scope = None,
    roadmap: options.RoadmapKey = None,
    format_: options.OutputFormat = None,
    output: options.Output = None,
) -> None:
    from ntmtrack import model
    from ntmtrack.office.explain import explained
    from ntmtrack.office.viewpoint import Asked, take

    call = invocation(ctx)
    with call.reading() as connection:
        at = take(connection, Asked(year, as_of, model.Basis(basis), scope, roadmap), call.today, planned=True)
        report = explained(connection, at, model.Tier(tier), measure, straight=straight)
    call.show(report, format_, output)
