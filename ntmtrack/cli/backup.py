"""`backup`, `restore`, `join`, `verify`, `dump`, `load`, `doctor`: the ledger kept safe, joined, checked and moved."""

from pathlib import Path
from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import LEDGER, ActionCommand, DecidingCommand, FileCommand, command, session_of
from ntmtrack.cli.completion import copies_at_hand
from ntmtrack.i18n import N_


@command(
    "backup",
    LEDGER,
    N_("Write a verified copy of the ledger."),
    "ntmtrack backup\nntmtrack backup D:\\so-du-phong.db",
    cls=FileCommand,
)
def backup(
    ctx: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar=N_("FILE"), help=N_("The copy, a new file; beside the ledger, with today’s date, if left out.")
        ),
    ] = None,
) -> None:
    from ntmtrack.commands.backup import back_up

    back_up(session_of(ctx), file)


@command(
    "restore",
    LEDGER,
    N_("Put the ledger back as a copy has it: verified first, and the ledger that it replaces is kept."),
    "ntmtrack restore so-2026-11-21.db --dry-run\nntmtrack restore so-2026-11-21.db",
    cls=DecidingCommand,
)
def restore(
    ctx: typer.Context,
    copy: Annotated[
        Path,
        typer.Argument(metavar=N_("FILE"), autocompletion=copies_at_hand, help=N_("The copy to go back to.")),
    ],
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
) -> None:
    from ntmtrack.commands.backup import restore as carry_out

    carry_out(session_of(ctx), copy, yes=yes, dry_run=dry_run)


@command(
    "join",
    LEDGER,
    N_("Take the ledger of another province in, with its history; the other file is only read."),
    "ntmtrack join so-an-giang.db --dry-run\nntmtrack join so-an-giang.db",
    cls=DecidingCommand,
)
def join(
    ctx: typer.Context,
    other: Annotated[str, typer.Argument(metavar=N_("FILE"), help=N_("The other ledger."))],
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
) -> None:
    from ntmtrack.commands.join import join as carry_out

    carry_out(session_of(ctx), other, yes=yes, dry_run=dry_run)


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
    shown: options.OutputOptions,
) -> None:
    from ntmtrack.commands.verify import verify as carry_out

    session = session_of(ctx)
    checks, holds = carry_out(session, report)
    shown.show(session, checks)
    if not holds:
        raise typer.Exit(options.PROBLEMS_FOUND)


@command(
    "dump",
    LEDGER,
    N_("Write the whole ledger as text, voided rows too: for git, for handing over, for comparing line by line."),
    "ntmtrack dump so.jsonl\nntmtrack dump gui-tinh.jsonl --for-sharing",
    cls=FileCommand,
)
def dump(
    ctx: typer.Context,
    path: Annotated[
        Path,
        typer.Argument(metavar=N_("PATH"), help=N_("A file that ends in .jsonl; an earlier dump there is replaced.")),
    ],
    for_sharing: Annotated[
        bool, typer.Option("--for-sharing", help=N_("Leave out names of persons; it loads as whole as any other."))
    ] = False,
) -> None:
    from ntmtrack.commands.dump import dump as carry_out

    carry_out(session_of(ctx), path, for_sharing=for_sharing)


@command(
    "load",
    LEDGER,
    N_("Make a new ledger from what dump wrote, once all of it is checked."),
    "ntmtrack load so.jsonl --db so-moi.db --dry-run\nntmtrack load so.jsonl --db so-moi.db",
)
def load(
    ctx: typer.Context,
    path: Annotated[
        Path,
        typer.Argument(
            metavar=N_("PATH"), help=N_("The file that dump wrote, or the folder that earlier versions did.")
        ),
    ],
    dry_run: options.DryRun = False,
) -> None:
    from ntmtrack.commands.dump import load as carry_out

    carry_out(session_of(ctx), path, dry_run=dry_run)


@command(
    "doctor",
    LEDGER,
    N_("Check the ledger file and this computer, for support; shows no names. Exit code 3 where there is a problem."),
    "ntmtrack doctor\nntmtrack doctor --format json -o doctor.json\nntmtrack doctor --mend",
    cls=ActionCommand,
)
def doctor(
    ctx: typer.Context,
    *,
    mend: Annotated[
        bool, typer.Option("--mend", help=N_("First put the rules of the file back as this program made them."))
    ] = False,
    yes: options.Yes = False,
    with_paths: Annotated[
        bool, typer.Option("--paths", help=N_("Show paths too: folders may be named after people or offices."))
    ] = False,
    shown: options.OutputOptions,
) -> None:
    from ntmtrack.commands.doctor import checkup

    session = session_of(ctx)
    if mend:
        from ntmtrack.commands.doctor import mend as carry_out

        carry_out(session, yes=yes)
    report, serious = checkup(session, with_paths=with_paths)
    shown.show(session, report)
    if serious:
        raise typer.Exit(options.PROBLEMS_FOUND)
