"""`proposals`, `take`, `refuse`: what waits to be taken, taken, refused."""

from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import LEDGER, DecidingCommand, command, session_of
from ntmtrack.cli.completion import unit_names
from ntmtrack.i18n import N_

Who = Annotated[str | None, typer.Option("--who", metavar=N_("NAME"), help=N_("Only those of this person or office."))]
Scope = Annotated[
    str | None,
    typer.Option(
        "--scope",
        "-s",
        metavar=N_("UNIT"),
        autocompletion=unit_names,
        help=N_("Only those about this unit and what belongs to it, by name or code."),
    ),
]


@command(
    "proposals",
    LEDGER,
    N_("What was proposed and waits to be taken: by whom, about which units."),
    'ntmtrack proposals\nntmtrack proposals --scope "Mỹ Thuận"\nntmtrack proposals --all',
)
def proposals(
    ctx: typer.Context,
    *,
    who: Who = None,
    scope: Scope = None,
    every: Annotated[
        bool, typer.Option("--all", help=N_("Also those taken, refused, withdrawn: when, by whom, why."))
    ] = False,
    shown: options.OutputOptions,
) -> None:
    from ntmtrack.commands.proposals import SomeProposals, list_proposals

    session = session_of(ctx)
    with session.reading() as connection:
        report = list_proposals(connection, SomeProposals(who, scope, every))
    shown.show(session, report)


@command(
    "take",
    LEDGER,
    N_("Take what was proposed: it is done in your name, all that is named or nothing."),
    'ntmtrack take 12\nntmtrack take 12 15 --dry-run\nntmtrack take --scope "Mỹ Thuận"\nntmtrack take --all',
    cls=DecidingCommand,
)
def take(
    ctx: typer.Context,
    *,
    proposals: Annotated[
        list[int] | None,
        typer.Argument(
            metavar=N_("PROPOSAL…"), parser=options.read_action, help=N_("Their numbers in the list of proposals.")
        ),
    ] = None,
    who: Who = None,
    scope: Scope = None,
    every: Annotated[bool, typer.Option("--all", help=N_("All that wait."))] = False,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
) -> None:
    from ntmtrack.commands.proposals import SomeProposals
    from ntmtrack.commands.proposals import take as carry_out

    carry_out(session_of(ctx), proposals or [], SomeProposals(who, scope, every), yes=yes, dry_run=dry_run)


@command(
    "refuse",
    LEDGER,
    N_("Leave what was proposed without effect, for a reason that stays in the history."),
    'ntmtrack refuse 12 --reason "quyết định chưa ký"',
    cls=DecidingCommand,
)
def refuse(
    ctx: typer.Context,
    *,
    proposals: Annotated[
        list[int],
        typer.Argument(
            metavar=N_("PROPOSAL…"), parser=options.read_action, help=N_("Their numbers in the list of proposals.")
        ),
    ],
    reason: Annotated[
        str, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why; whoever proposed it reads this."))
    ],
    dry_run: options.DryRun = False,
) -> None:
    from ntmtrack.commands.proposals import refuse as carry_out

    carry_out(session_of(ctx), proposals, reason, dry_run=dry_run)
