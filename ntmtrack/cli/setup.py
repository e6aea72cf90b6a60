"""`init`, `demo`, `help`: starting a ledger, and how to go on."""

from pathlib import Path
from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import START, Filing, Writing, command, invocation, tree
from ntmtrack.cli.completion import topics
from ntmtrack.i18n import N_


@command(
    "demo",
    START,
    N_("Try it: the real units, roadmap and recognitions of Kiên Giang, a table and a workbook."),
    "ntmtrack demo\nntmtrack demo --into D:\\ntm",
    cls=Filing,
)
def demo(
    ctx: typer.Context,
    into: Annotated[
        Path,
        typer.Option("--into", metavar=N_("FOLDER"), help=N_("Where to put the sample ledger and workbook.")),
    ] = Path(),
) -> None:
    from ntmtrack.office.sample import run

    run(invocation(ctx), into)


@command(
    "init",
    START,
    N_("Start a ledger with the official units of a province, and its roadmap where one is built in."),
    'ntmtrack init --province "Kiên Giang"\nntmtrack init --province "An Giang" --programme 2026-2030',
    cls=Writing,
)
def init(
    ctx: typer.Context,
    province: Annotated[
        str,
        typer.Option("--province", "-p", metavar=N_("PROVINCE"), help=N_("Name or code of the province.")),
    ],
    programme_key: Annotated[
        str,
        typer.Option("--programme", metavar=N_("PERIOD"), help=N_("2021-2025: 63 provinces; 2026-2030: 34 provinces.")),
    ] = "2021-2025",
    dry_run: options.DryRun = False,
) -> None:
    from ntmtrack.office.province import start

    start(invocation(ctx), province, programme_key, dry_run=dry_run)


@command(
    "help",
    START,
    N_("A page about one job, or about a command; without a word, which pages there are."),
    "ntmtrack help\nntmtrack help nhap-bang-tinh\nntmtrack help roadmap check",
)
def help_(
    ctx: typer.Context,
    topic: Annotated[
        list[str] | None,
        typer.Argument(metavar=N_("TOPIC…"), autocompletion=topics, help=N_("A page by its name, or a command.")),
    ] = None,
) -> None:
    from ntmtrack.cli.commands import declare, declared
    from ntmtrack.office.help import list_pages, show_page

    call = invocation(ctx)
    if not topic:
        list_pages(call)
    elif topic[0] in declared():
        declare(topic)
        tree().main([*topic, "--help"], prog_name="ntmtrack", standalone_mode=False, obj=call)
    else:
        show_page(" ".join(topic))
