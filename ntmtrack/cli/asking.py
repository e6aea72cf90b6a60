"""`list`, `remaining`: the units behind a number, and those still to come."""

from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import ASK, Reading, command, invocation
from ntmtrack.i18n import N_


@command(
    "list",
    ASK,
    N_("Name the units behind a number, with their decisions."),
    "ntmtrack list --level nang-cao --year 2024\n"
    'ntmtrack list --level ntm --until 2021 --scope "Giồng Riềng"\nntmtrack list --level ntm --tier district',
    cls=Reading,
)
def list_(
    ctx: typer.Context,
    level: options.LevelWord,
    year: Annotated[
        int | None,
        options.year_option(N_("Newly reached in this year.")),
    ] = None,
    until: Annotated[
        int | None,
        options.year_option(N_("Reached by the end of this year."), "--until"),
    ] = None,
    tier: options.Tier = options.TierWord.COMMUNE,
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
    cls=Reading,
)
def remaining(
    ctx: typer.Context,
    level: options.LevelWord,
    year: options.Year = None,
    tier: options.Tier = options.TierWord.COMMUNE,
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
