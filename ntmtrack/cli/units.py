"""`rearrange`: units that end, begin, are renamed, moved, or of another kind."""

from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import RECORD, WriteCommand, command, session_of
from ntmtrack.cli.completion import unit_names
from ntmtrack.i18n import N_, _


@command(
    "rearrange",
    RECORD,
    N_("Carry the ledger over mergers, splits and changes of units, with the day and the resolution."),
    "ntmtrack rearrange --national --dry-run\n"
    'ntmtrack rearrange "Mỹ Thái" "Sơn Bình" --into "Sơn Thái" --on 1/11/2024 --resolution "1200/NQ-UBTVQH15"\n'
    'ntmtrack rearrange "Mỹ Thái" --kind phường --on 1/3/2023\n'
    'ntmtrack rearrange --complete-since 1/7/2021 --source "Niên giám 2021"',
    cls=WriteCommand,
)
def rearrange(
    ctx: typer.Context,
    *,
    units: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=N_("UNIT…"), autocompletion=unit_names, help=N_("The units that change, by name or code.")
        ),
    ] = None,
    into: Annotated[
        list[str] | None,
        typer.Option(
            "--into", metavar=N_("NAME"), help=N_("The new unit that they go into; several where they are divided.")
        ),
    ] = None,
    part: Annotated[
        list[str] | None,
        typer.Option("--part", metavar=N_("UNIT"), help=N_("A unit that gives a part of its own and goes on.")),
    ] = None,
    rename: Annotated[str | None, typer.Option("--rename", metavar=N_("NAME"), help=N_("The new name."))] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar=N_("KIND"), help=N_("The new kind: xã, phường, đặc khu …"))
    ] = None,
    code: Annotated[str | None, typer.Option("--code", metavar=N_("CODE"), help=N_("The new code."))] = None,
    move_to: Annotated[
        str | None,
        typer.Option(
            "--move-to", metavar=N_("UNIT"), help=N_("The district or province that they belong to from then on.")
        ),
    ] = None,
    end: Annotated[bool, typer.Option("--end", help=N_("They are no more."))] = False,
    on: Annotated[
        str | None,
        typer.Option(
            "--on", metavar=N_("DAY"), parser=options.read_whole_day, help=N_("The first day on which it holds.")
        ),
    ] = None,
    resolution: Annotated[
        str | None, typer.Option("--resolution", metavar=N_("NUMBER"), help=N_("The resolution that says so."))
    ] = None,
    national: Annotated[
        bool, typer.Option("--national", help=N_("All national changes since 1/7/2025 that the ledger lacks."))
    ] = False,
    main: Annotated[
        list[str] | None,
        typer.Option(
            "--main", metavar=N_("OLD=NEW"), help=N_("Where the main part of a divided unit went, if not as listed.")
        ),
    ] = None,
    complete_since: Annotated[
        str | None,
        typer.Option(
            "--complete-since",
            metavar=N_("DAY"),
            parser=options.read_whole_day,
            help=N_("Say from which day on the list of a province's units is complete (--scope, --source)."),
        ),
    ] = None,
    scope: options.Scope = None,
    source: options.Source = None,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
) -> None:
    session = session_of(ctx)
    if complete_since is not None:
        from ntmtrack.commands.unit_lists import state_complete
        from ntmtrack.errors import OneOf

        if units or national:
            raise OneOf(options="--national, --complete-since, " + _("UNIT…"))
        state_complete(session, complete_since, scope, source, dry_run=dry_run)
        return
    if national:
        from ntmtrack.commands.national import carry_ledger_over

        carry_ledger_over(session, main or [], yes=yes, dry_run=dry_run)
        return
    from ntmtrack.commands.rearrange import RearrangeRequest, rearrange_units
    from ntmtrack.errors import BecomesWhat, NeedsDay

    if not units:
        raise BecomesWhat
    if on is None:
        raise NeedsDay
    request = RearrangeRequest(units, on, part or (), into or (), rename, kind, code, move_to, end, resolution)
    rearrange_units(session, request, yes=yes, dry_run=dry_run)
