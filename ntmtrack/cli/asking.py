"""`progress`, `list`, `remaining`: the questions asked every month."""

from enum import StrEnum
from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import ASK, command, invocation
from ntmtrack.i18n import N_


class TierWord(StrEnum):
    """The tiers that can be recognised."""

    COMMUNE = "commune"
    DISTRICT = "district"


Tier = Annotated[TierWord, typer.Option("--tier", "-t", help=N_("Communes (commune) or districts (district)."))]


@command(
    "progress",
    ASK,
    N_("Progress against the roadmap: plan and actual, gap, per cent, status."),
    "ntmtrack progress --year 2024\n"
    "ntmtrack progress --years\n"
    'ntmtrack progress --as-of 31/10/2023 --basis decision\nntmtrack progress --year 2024 --scope "Hòn Đất"',
)
def progress(
    ctx: typer.Context,
    year: options.Year = None,
    years: Annotated[bool, typer.Option("--years", help=N_("The whole period side by side."))] = False,
    as_of: options.AsOf = None,
    basis: options.Basis = options.BasisWord.YEAR,
    scope: options.Scope = None,
    roadmap: options.RoadmapKey = None,
    format_: options.OutputFormat = None,
    output: options.Output = None,
) -> None:
    from ntmtrack.model import Basis
    from ntmtrack.office.progress import progress_at, progress_by_year
    from ntmtrack.office.viewpoint import Asked, take

    call = invocation(ctx)
    with call.reading() as connection:
        at = take(connection, Asked(year, as_of, Basis(basis), scope, roadmap), call.today, planned=True)
        report = progress_by_year(connection, at) if years else progress_at(connection, at)
    call.show(report, format_, output)


@command(
    "list",
    ASK,
    N_("Name the units behind a number, with their decisions."),
    "ntmtrack list --level nang-cao --year 2024\n"
    'ntmtrack list --level ntm --until 2021 --scope "Giồng Riềng"\nntmtrack list --level ntm --tier district',
)
def list_(
    ctx: typer.Context,
    level: options.LevelWord,
    year: Annotated[
        int | None,
        typer.Option(
            "--year",
            "-y",
            metavar=N_("YEAR"),
            parser=options.read_year,
            help=N_("Newly reached in this year."),
        ),
    ] = None,
    until: Annotated[
        int | None,
        typer.Option(
            "--until",
            metavar=N_("YEAR"),
            parser=options.read_year,
            help=N_("Reached by the end of this year."),
        ),
    ] = None,
    tier: Tier = TierWord.COMMUNE,
    as_of: options.AsOf = None,
    basis: options.Basis = options.BasisWord.YEAR,
    scope: options.Scope = None,
    format_: options.OutputFormat = None,
    output: options.Output = None,
) -> None:
    from ntmtrack import model
    from ntmtrack.errors import OneOf
    from ntmtrack.office.lists import behind_number
    from ntmtrack.office.viewpoint import Asked, take
    from ntmtrack.programmes import find_level

    if sum(given is not None for given in (year, until, as_of)) > 1:
        raise OneOf(options="--year, --until, --as-of")
    call = invocation(ctx)
    with call.reading() as connection:
        at = take(connection, Asked(year or until, as_of, model.Basis(basis), scope), call.today)
        found = find_level(at.view.programme, level, model.Tier(tier))
        report = behind_number(connection, at, model.Tier(tier), found, in_year=year is not None)
    call.show(report, format_, output)


@command(
    "remaining",
    ASK,
    N_("Name the units that have not reached a level, by district."),
    "ntmtrack remaining --level ntm --year 2023\nntmtrack remaining --level nang-cao",
)
def remaining(
    ctx: typer.Context,
    level: options.LevelWord,
    year: options.Year = None,
    tier: Tier = TierWord.COMMUNE,
    as_of: options.AsOf = None,
    basis: options.Basis = options.BasisWord.YEAR,
    scope: options.Scope = None,
    format_: options.OutputFormat = None,
    output: options.Output = None,
) -> None:
    from ntmtrack import model
    from ntmtrack.office.lists import not_reached
    from ntmtrack.office.viewpoint import Asked, take
    from ntmtrack.programmes import find_level

    call = invocation(ctx)
    with call.reading() as connection:
        at = take(connection, Asked(year, as_of, model.Basis(basis), scope), call.today)
        found = find_level(at.view.programme, level, model.Tier(tier))
        report = not_reached(connection, at, model.Tier(tier), found)
    call.show(report, format_, output)
