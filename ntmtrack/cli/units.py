"""`rearrange`: units that end, begin, are renamed, moved, or of another kind."""

from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import RECORD, WriteCommand, command, session_of
from ntmtrack.i18n import N_


@command(
    "rearrange",
    RECORD,
    N_("Carry the ledger over mergers, splits and changes of units, with the day and the resolution."),
    "ntmtrack rearrange --national --dry-run",
    cls=WriteCommand,
)
def rearrange(
    ctx: typer.Context,
    *,
    national: Annotated[
        bool, typer.Option("--national", help=N_("All national changes since 1/7/2025 that the ledger lacks."))
    ] = False,
    main: Annotated[
        list[str] | None,
        typer.Option(
            "--main", metavar=N_("OLD=NEW"), help=N_("Where the main part of a divided unit went, if not as listed.")
        ),
    ] = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
) -> None:
    from ntmtrack.commands.national import carry_ledger_over

    carry_ledger_over(session_of(ctx), main or [], yes=yes, dry_run=dry_run)
