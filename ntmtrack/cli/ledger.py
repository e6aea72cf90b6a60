"""`status`, `history`, `diff`, `undo`, `redo`: the ledger about itself."""

from datetime import date
from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import LEDGER, DecidingCommand, ReadCommand, command, session_of
from ntmtrack.cli.completion import unit_names
from ntmtrack.i18n import N_

ActionNumber = Annotated[
    int | None, typer.Argument(metavar=N_("ACTION"), parser=options.read_action, help=N_("Its number in the history."))
]


@command(
    "status", LEDGER, N_("Which ledger this is, how much it holds, who wrote last."), "ntmtrack status", cls=ReadCommand
)
def status(ctx: typer.Context, shown: options.OutputOptions) -> None:
    from ntmtrack.commands.history import has_movement, ledger_status

    session, dates = session_of(ctx), None
    with session.reading() as connection:
        if has_movement(connection):
            from ntmtrack.commands.calendar import pressing

            dates = pressing(connection, session.today)
        report = ledger_status(connection, session.file, dates)
    shown.show(session, report)


@command(
    "history",
    LEDGER,
    N_("What was done to the ledger, when and by whom; of one action, every fact before and after."),
    'ntmtrack history --limit 20\nntmtrack history 12\nntmtrack history "Mỹ Thuận"\n'
    "ntmtrack history --since 1/11/2026 --full",
    cls=ReadCommand,
)
def history(
    ctx: typer.Context,
    *,
    what: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("WHAT"),
            autocompletion=unit_names,
            help=N_("The number of an action, or a unit by name or code."),
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", "-n", parser=options.read_count, metavar=N_("N"), help=N_("Only the last so many actions.")
        ),
    ] = None,
    since: Annotated[
        date | None,
        typer.Option(
            "--since", metavar=N_("DAY"), parser=options.read_first_day, help=N_("Only those from this day on.")
        ),
    ] = None,
    full: Annotated[bool, typer.Option("--full", help=N_("Every fact before and after, action by action."))] = False,
    shown: options.OutputOptions,
) -> None:
    from ntmtrack.commands.history import list_history

    session = session_of(ctx)
    with session.reading() as connection:
        report = list_history(connection, what, limit, since, full=full)
    shown.show(session, report)


@command(
    "diff",
    LEDGER,
    N_("What changed between two days, or two ledgers: facts, actions, and how each total moved."),
    "ntmtrack diff --from 31/12/2025\nntmtrack diff 3\n"
    "ntmtrack diff --from 30/6/2025 --to 31/12/2025 --year 2024\n"
    "ntmtrack diff --from so-cu.db --to so.db",
)
def diff(
    ctx: typer.Context,
    *,
    begins: Annotated[
        str,
        typer.Option(
            "--from",
            metavar=N_("DAY"),
            help=N_('A day, as known at its end; an action: 12, "#1000"; or a ledger file.'),
        ),
    ],
    ends: Annotated[
        str | None,
        typer.Option("--to", metavar=N_("DAY"), help=N_("A later day, or another ledger file; now if left out.")),
    ] = None,
    year: options.Year = None,
    question: options.QuestionOptions,
) -> None:
    from ntmtrack.commands.diff import difference

    session = session_of(ctx)
    question.show(session, difference(session, begins, ends, question.report_options(year)))


@command(
    "undo",
    LEDGER,
    N_("Take back one action as a whole, the last one unless named; nothing is erased, the history keeps both."),
    "ntmtrack undo\nntmtrack undo 12 --dry-run",
    cls=DecidingCommand,
)
def undo(
    ctx: typer.Context, action: ActionNumber = None, yes: options.Yes = False, dry_run: options.DryRun = False
) -> None:
    from ntmtrack.commands.undo import undo as carry_out

    carry_out(session_of(ctx), action, yes=yes, dry_run=dry_run)


@command("redo", LEDGER, N_("Do again what was taken back."), "ntmtrack redo\nntmtrack redo 12", cls=DecidingCommand)
def redo(
    ctx: typer.Context, action: ActionNumber = None, yes: options.Yes = False, dry_run: options.DryRun = False
) -> None:
    from ntmtrack.commands.undo import redo as carry_out

    carry_out(session_of(ctx), action, yes=yes, dry_run=dry_run)
