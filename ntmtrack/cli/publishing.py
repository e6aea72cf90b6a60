"""`publish`, `close-year`: figures as they were published, years whose figures are settled."""

from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import REPORT, Writing, command, invocation
from ntmtrack.i18n import N_


@command(
    "publish",
    REPORT,
    N_("Keep the figures of a report as published; “check” holds them against the ledger ever after."),
    'ntmtrack publish --year 2024 --source "12/BC-VPĐP"\n'
    'ntmtrack publish --level ntm --value 108 --total 116 --as-of 10/2023 --source "Báo Kiên Giang"',
    cls=Writing,
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
    tier: options.Tier = "commune",
    value: Annotated[
        int | None,
        typer.Option("--value", parser=options.read_units, metavar=N_("N"), help=N_("One figure: how many units.")),
    ] = None,
    total: Annotated[
        int | None,
        typer.Option("--total", parser=options.read_count, metavar=N_("N"), help=N_("One figure: of how many.")),
    ] = None,
    dry_run: options.DryRun = False,
) -> None:
    from ntmtrack.dates import last_day
    from ntmtrack.errors import FigureIncomplete, OneOf
    from ntmtrack.model import Basis, Tier
    from ntmtrack.office.publishing import Typed, publish_progress, publish_typed
    from ntmtrack.office.question import Asked

    call = invocation(ctx)
    if year is not None and as_of is not None:
        raise OneOf(options="--year, --as-of")
    if level is None and value is None:
        asked = Asked(year, last_day(as_of) if as_of else None, Basis(basis), scope)
        publish_progress(call, asked, source, dry_run=dry_run)
        return
    spoken_of = as_of or (str(year) if year else None)
    if level is None or value is None or spoken_of is None:
        raise FigureIncomplete
    publish_typed(call, Typed(Tier(tier), level, spoken_of, value, total), scope, source, dry_run=dry_run)


@command(
    "close-year",
    REPORT,
    N_("Settle the figures of a year and those before: writes that would change them are refused from then on."),
    "ntmtrack close-year 2024\nntmtrack close-year 2024 --dry-run",
    cls=Writing,
)
def close_year(
    ctx: typer.Context,
    year: Annotated[int, typer.Argument(metavar=N_("YEAR"), parser=options.read_year, help=N_("The year to close."))],
    dry_run: options.DryRun = False,
) -> None:
    from ntmtrack.office.closing import close_year as carry_out

    carry_out(invocation(ctx), year, dry_run=dry_run)
