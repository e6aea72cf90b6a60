"""`backup`, `restore`, `verify`: copies of the ledger, and what still holds."""

from pathlib import Path
from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import LEDGER, Filing, Writing, command, invocation
from ntmtrack.i18n import N_


@command(
    "backup",
    LEDGER,
    N_("Write a verified copy of the ledger."),
    "ntmtrack backup\nntmtrack backup D:\\so-du-phong.db",
    cls=Filing,
)
def backup(
    ctx: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar=N_("FILE"),
            help=N_("The copy, a new file; beside the ledger, with today’s date, if left out."),
        ),
    ] = None,
) -> None:
    from ntmtrack.office.safekeeping import back_up

    back_up(invocation(ctx), file)


@command(
    "restore",
    LEDGER,
    N_("Put the ledger back as a copy has it: verified first, and the ledger that it replaces is kept."),
    "ntmtrack restore so-2026-11-21.db --dry-run\nntmtrack restore so-2026-11-21.db",
    cls=Writing,
)
def restore(
    ctx: typer.Context,
    copy: Annotated[Path, typer.Argument(metavar=N_("FILE"), help=N_("The copy to go back to."))],
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
) -> None:
    from ntmtrack.office.safekeeping import restore as carry_out

    carry_out(invocation(ctx), copy, yes=yes, dry_run=dry_run)


@command(
    "verify",
    LEDGER,
    N_("Whether the ledger is as this program wrote it, and a report still says what the ledger says."),
    "ntmtrack verify\nntmtrack verify report.xlsx",
)
def verify(
    ctx: typer.Context,
    *,
    report: Annotated[
        Path | None, typer.Argument(metavar=N_("FILE"), help=N_("A workbook that “export” wrote."))
    ] = None,
    shown: options.Shown,
) -> None:
    from ntmtrack.office.verifying import verify as carry_out

    call = invocation(ctx)
    found, holds = carry_out(call, report)
    shown.show(call, found)
    if not holds:
        raise typer.Exit(options.PROBLEMS_FOUND)
