"""`movement list`, `show`, `check`, `import`, `export`."""

from pathlib import Path
from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import ASK, RECORD, ReadCommand, ReadFileCommand, WriteCommand, command, movement_app, session_of
from ntmtrack.cli.completion import movement_keys
from ntmtrack.i18n import N_

Named = Annotated[
    str | None,
    typer.Argument(
        metavar=N_("MOVEMENT"),
        autocompletion=movement_keys,
        help=N_("A movement's key, or a file (.toml, .xlsx); the one on record if left out, for check every one."),
    ),
]


@command(
    "list",
    ASK,
    N_("The emulation movements on record, and those that ship."),
    "ntmtrack movement list",
    group=movement_app,
    cls=ReadCommand,
)
def list_movements(ctx: typer.Context, shown: options.OutputOptions) -> None:
    from ntmtrack.commands.movement import list_movements

    session = session_of(ctx)
    with session.maybe_reading() as connection:
        report = list_movements(connection, session.today)
    shown.show(session, report)


@command(
    "show",
    ASK,
    N_("The rules of a movement as its document has them: dates, forms of award, conditions, each with its place."),
    "ntmtrack movement show\nntmtrack movement show thi-dua-lai-chau\nntmtrack movement show phong-trao.toml",
    group=movement_app,
    cls=ReadCommand,
)
def show(ctx: typer.Context, *, movement: Named = None, shown: options.OutputOptions) -> None:
    from ntmtrack.commands.movement import show_movement

    session = session_of(ctx)
    with session.maybe_reading() as connection:
        report = show_movement(connection, movement, session.today)
    shown.show(session, report)


@command(
    "check",
    ASK,
    N_("Look for what is wrong in the rules of a movement. Exit code 3 where something is."),
    "ntmtrack movement check\nntmtrack movement check phong-trao.xlsx",
    group=movement_app,
    cls=ReadCommand,
)
def check(ctx: typer.Context, *, movement: Named = None, shown: options.OutputOptions) -> None:
    from ntmtrack.commands.movement import check_movements

    session = session_of(ctx)
    with session.maybe_reading() as connection:
        report, serious = check_movements(connection, movement, session.today)
    shown.show(session, report)
    if serious:
        raise typer.Exit(options.PROBLEMS_FOUND)


@command(
    "import",
    RECORD,
    N_("Take a movement into the ledger: a file, or one that ships."),
    "ntmtrack movement import thi-dua-lai-chau\nntmtrack movement import phong-trao.xlsx --dry-run",
    group=movement_app,
    cls=WriteCommand,
)
def import_(
    ctx: typer.Context,
    movement: Annotated[
        str,
        typer.Argument(
            metavar=N_("MOVEMENT"),
            autocompletion=movement_keys,
            help=N_("A file (.toml, .xlsx), or the key of a movement that ships."),
        ),
    ],
    replace: Annotated[
        bool, typer.Option("--replace", help=N_("Correct the movement on record under the same key."))
    ] = False,
    dry_run: options.DryRun = False,
) -> None:
    from ntmtrack.commands.movement_import import import_movement

    import_movement(session_of(ctx), movement, replace=replace, dry_run=dry_run)


@command(
    "export",
    ASK,
    N_("Write a movement to a file that can be changed and taken in again."),
    "ntmtrack movement export phong-trao.xlsx\nntmtrack movement export phong-trao.toml --movement thi-dua-lai-chau",
    group=movement_app,
    cls=ReadFileCommand,
)
def export(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar=N_("FILE"), help=N_("The file: .toml or .xlsx."))],
    movement: Annotated[
        str | None,
        typer.Option(
            "--movement",
            metavar=N_("KEY"),
            autocompletion=movement_keys,
            help=N_("This movement, on record or one that ships; see: ntmtrack movement list"),
        ),
    ] = None,
) -> None:
    from ntmtrack.commands.movement import movement_to_write, write_file

    session = session_of(ctx)
    with session.maybe_reading() as connection:
        meant = movement_to_write(connection, movement, session.today)
    write_file(meant, file)
    session.say_written(file)
