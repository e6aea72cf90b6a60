"""`server init`, `grant`, `revoke`, `rights`: a ledger on a server made, and who may do what there."""

from enum import StrEnum
from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import LEDGER, command, server_app, session_of
from ntmtrack.cli.completion import unit_names
from ntmtrack.i18n import N_

Role = Annotated[
    str, typer.Argument(metavar=N_("USER"), help=N_("The name under which the officer signs in to the server."))
]
Scope = Annotated[
    str | None,
    typer.Option(
        "--scope",
        "-s",
        metavar=N_("UNIT"),
        autocompletion=unit_names,
        help=N_("Of this unit and what belongs to it alone, by name or code; the whole ledger if left out."),
    ),
]


class RightOfUser(StrEnum):
    """What a user may do."""

    READER = "reader"
    PROPOSER = "proposer"
    WRITER = "writer"
    OWNER = "owner"


@command(
    "init",
    LEDGER,
    N_("Make the ledger in a database of a server, or bring it up to date: tables, rules, rights."),
    "ntmtrack server init --db postgresql://quantri@may-chu/so_ntm",
    group=server_app,
)
def init(ctx: typer.Context) -> None:
    from ntmtrack.commands.server import init as carry_out

    carry_out(session_of(ctx))


@command(
    "grant",
    LEDGER,
    N_("Let somebody read, propose, write, or own: in the whole ledger, or of one unit and what belongs to it."),
    "ntmtrack server grant canbo_lc --as reader\n"
    'ntmtrack server grant xa_muong_khoa --scope "Mường Khoa" --as proposer\n'
    "ntmtrack server grant tinh_lai_chau --as writer",
    group=server_app,
)
def grant(
    ctx: typer.Context,
    role: Role,
    scope: Scope = None,
    may: Annotated[
        RightOfUser,
        typer.Option(
            "--as",
            help=N_("Read (reader); propose what others take (proposer); write (writer); own the ledger (owner)."),
        ),
    ] = RightOfUser.READER,
) -> None:
    from ntmtrack.commands.server import grant as carry_out

    carry_out(session_of(ctx), role, may.value, scope)


@command(
    "revoke",
    LEDGER,
    N_("Take away what somebody may do: altogether, or of one unit."),
    'ntmtrack server revoke canbo_lc\nntmtrack server revoke xa_muong_khoa --scope "Mường Khoa"',
    group=server_app,
)
def revoke(ctx: typer.Context, role: Role, scope: Scope = None) -> None:
    from ntmtrack.commands.server import revoke as carry_out

    carry_out(session_of(ctx), role, scope)


@command("rights", LEDGER, N_("Who may do what."), "ntmtrack server rights", group=server_app)
def rights(ctx: typer.Context, format_: options.OutputFormat = None) -> None:
    from ntmtrack.commands.server import list_rights

    session = session_of(ctx)
    session.show(list_rights(session), format_, None)
