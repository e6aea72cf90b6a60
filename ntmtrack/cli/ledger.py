"""`status`, `history`: the ledger about itself."""

from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import LEDGER, command, invocation
from ntmtrack.i18n import N_


@command("status", LEDGER, N_("Which ledger this is, how much it holds, who wrote last."), "ntmtrack status")
def status(ctx: typer.Context, format_: options.OutputFormat = None, output: options.Output = None) -> None:
    from ntmtrack.reports import ledger_tables
    from ntmtrack.storage.queries import ledger

    call = invocation(ctx)
    with call.reading() as connection:
        last = ledger.history(connection, limit=1)
        report = ledger_tables.status(
            str(call.file),
            ledger.counts(connection),
            last[0] if last else None,
            ledger.setting(connection, "programme"),
        )
    call.show(report, format_, output)


@command("history", LEDGER, N_("What was done to the ledger, when and by whom."), "ntmtrack history --limit 20")
def history(
    ctx: typer.Context,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", "-n", parser=options.read_count, metavar=N_("N"), help=N_("Only the last so many actions.")
        ),
    ] = None,
    format_: options.OutputFormat = None,
    output: options.Output = None,
) -> None:
    from ntmtrack.reports import ledger_tables
    from ntmtrack.storage.queries import ledger

    call = invocation(ctx)
    with call.reading() as connection:
        report = ledger_tables.history(ledger.history(connection, limit))
    call.show(report, format_, output)
