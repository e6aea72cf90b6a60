"""`check`: what in the ledger cannot be, or must be explained."""

from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import ASK, Reading, command, invocation
from ntmtrack.cli.completion import check_names
from ntmtrack.i18n import N_


@command(
    "check",
    ASK,
    N_("Look for what cannot be, or must be explained; silent where all is well. Exit code 3 where something is."),
    "ntmtrack check\nntmtrack check published district\nntmtrack check --list",
    cls=Reading,
)
def check(
    ctx: typer.Context,
    *,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar=N_("CHECK…"), autocompletion=check_names, help=N_("Only these checks; see --list.")),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help=N_("Name the checks and what each looks for."))] = False,
    year: options.Year = None,
    question: options.PlannedQuestion,
) -> None:
    from ntmtrack.office.checks.running import checked, listed

    call = invocation(ctx)
    if list_:
        question.show(call, listed())
        return
    report, serious = checked(call, names or [], question.asked(year))
    if report.tables or question.output or question.format_ in (options.Format.JSON, options.Format.CSV):
        question.show(call, report)
    if serious:
        raise typer.Exit(options.PROBLEMS_FOUND)
