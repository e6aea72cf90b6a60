"""`roadmap list`, `roadmap show`."""

from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import ASK, command, invocation, roadmap_app
from ntmtrack.i18n import N_


@command("list", ASK, N_("The roadmaps on record."), "ntmtrack roadmap list", group=roadmap_app)
def list_roadmaps(ctx: typer.Context, format_: options.OutputFormat = None, output: options.Output = None) -> None:
    from ntmtrack.reports.roadmap_tables import roadmaps
    from ntmtrack.storage.queries.roadmaps import current

    call = invocation(ctx)
    with call.reading() as connection:
        report = roadmaps(current(connection))
    call.show(report, format_, output)


@command(
    "show",
    ASK,
    N_("One roadmap as its document prints it."),
    "ntmtrack roadmap show\nntmtrack roadmap show kien-giang-kh168",
    group=roadmap_app,
)
def show(
    ctx: typer.Context,
    key: Annotated[
        str | None, typer.Argument(metavar=N_("KEY"), help=N_("Which roadmap; the only one if left out."))
    ] = None,
    format_: options.OutputFormat = None,
    output: options.Output = None,
) -> None:
    from ntmtrack.office.viewpoint import roadmap_called
    from ntmtrack.programmes import programme
    from ntmtrack.reports.roadmap_tables import as_printed

    call = invocation(ctx)
    with call.reading() as connection:
        plan = roadmap_called(connection, key)
    call.show(as_printed(plan, programme(plan.programme)), format_, output)
