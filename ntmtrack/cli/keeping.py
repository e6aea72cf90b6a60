"""`dump`, `load`, `doctor`: keeping the ledger safe."""

from pathlib import Path
from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import LEDGER, Acting, Filing, command, invocation
from ntmtrack.i18n import N_


@command(
    "dump",
    LEDGER,
    N_("Write the whole ledger as text, voided rows too: for git, for handing over, for comparing line by line."),
    "ntmtrack dump so.jsonl",
    cls=Filing,
)
def dump(
    ctx: typer.Context,
    path: Annotated[
        Path,
        typer.Argument(metavar=N_("PATH"), help=N_("A file that ends in .jsonl; an earlier dump there is replaced.")),
    ],
) -> None:
    from ntmtrack.office.dumps import dump as carry_out

    carry_out(invocation(ctx), path)


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
    from ntmtrack.office.dumps import load as carry_out

    carry_out(invocation(ctx), path, dry_run=dry_run)


@command(
    "doctor",
    LEDGER,
    N_("Check the ledger file and this computer, for support; shows no names. Exit code 3 where there is a problem."),
    "ntmtrack doctor\nntmtrack doctor --format json -o doctor.json\nntmtrack doctor --mend",
    cls=Acting,
)
def doctor(
    ctx: typer.Context,
    *,
    mend: Annotated[
        bool, typer.Option("--mend", help=N_("First put the rules of the file back as this program made them."))
    ] = False,
    yes: options.Yes = False,
    with_paths: Annotated[
        bool,
        typer.Option("--paths", help=N_("Show paths too: folders may be named after people or offices.")),
    ] = False,
    shown: options.Shown,
) -> None:
    from ntmtrack.office.checkup import checkup

    call = invocation(ctx)
    if mend:
        from ntmtrack.office.mending import mend as carry_out

        carry_out(call, yes=yes)
    report, serious = checkup(call, with_paths=with_paths)
    shown.show(call, report)
    if serious:
        raise typer.Exit(options.PROBLEMS_FOUND)
