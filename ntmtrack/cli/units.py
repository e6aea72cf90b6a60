"""`rearrange`, `carry`: units that end, begin, are renamed or moved, and what of their recognitions holds after it."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import RECORD, Options, ReadWriteCommand, WriteCommand, command, session_of
from ntmtrack.cli.completion import unit_names
from ntmtrack.i18n import N_, _


class ChangeOptions(Options):
    """What becomes of units, from which day on, by which resolution."""

    into: Annotated[
        list[str] | None,
        typer.Option(
            "--into", metavar=N_("NAME"), help=N_("The new unit that they go into; several where they are divided.")
        ),
    ] = None
    part: Annotated[
        list[str] | None,
        typer.Option("--part", metavar=N_("UNIT"), help=N_("A unit that gives a part of its own and goes on.")),
    ] = None
    rename: Annotated[str | None, typer.Option("--rename", metavar=N_("NAME"), help=N_("The new name."))] = None
    kind: Annotated[
        str | None, typer.Option("--kind", metavar=N_("KIND"), help=N_("The new kind: xã, phường, đặc khu …"))
    ] = None
    code: Annotated[str | None, typer.Option("--code", metavar=N_("CODE"), help=N_("The new code."))] = None
    move_to: Annotated[
        str | None,
        typer.Option(
            "--move-to", metavar=N_("UNIT"), help=N_("The district or province that they belong to from then on.")
        ),
    ] = None
    end: Annotated[bool, typer.Option("--end", help=N_("They are no more."))] = False
    on: Annotated[
        str | None,
        typer.Option(
            "--on", metavar=N_("DAY"), parser=options.read_whole_day, help=N_("The first day on which it holds.")
        ),
    ] = None
    resolution: Annotated[
        str | None, typer.Option("--resolution", metavar=N_("NUMBER"), help=N_("The resolution that says so."))
    ] = None


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
    told: ChangeOptions,
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
    of_way = {
        "--main": ("--national", main),
        "--scope": ("--complete-since", scope),
        "--source": ("--complete-since", source),
    }
    ways = {
        "--national": national,
        "--complete-since": complete_since is not None,
        _("UNIT…"): bool(units) or any(vars(told).values()),
    }
    _refuse_other_ways(ways, of_way)
    session = session_of(ctx)
    if complete_since is not None:
        from ntmtrack.commands.unit_lists import state_complete

        state_complete(session, complete_since, scope, source, dry_run=dry_run)
        return
    if national:
        from ntmtrack.commands.national import carry_ledger_over

        carry_ledger_over(session, main or [], yes=yes, dry_run=dry_run)
        return
    from ntmtrack.commands.rearrange import RearrangeRequest, rearrange_units
    from ntmtrack.errors import BecomesWhat, NeedsDay

    if not (units or told.part):
        raise BecomesWhat
    if told.on is None:
        raise NeedsDay
    request = RearrangeRequest(
        units=units or (),
        on=told.on,
        parts=told.part or (),
        into=told.into or (),
        rename=told.rename,
        kind=told.kind,
        code=told.code,
        move_to=told.move_to,
        ends=told.end,
        resolution=told.resolution,
    )
    rearrange_units(session, request, yes=yes, dry_run=dry_run)


def _refuse_other_ways(ways: Mapping[str, bool], of_way: Mapping[str, tuple[str, object]]) -> None:
    """Refuses two ways of rearranging at once, and an option of another way; raises OneOf, OnlyWith."""
    from ntmtrack.errors import OneOf, OnlyWith

    chosen = [way for way, is_given in ways.items() if is_given]
    if len(chosen) > 1:
        raise OneOf(options=", ".join(chosen))
    for option, (way, value) in of_way.items():
        if value and way not in chosen:
            raise OnlyWith(option=option, other=way)


class CarryOptions(Options):
    """What is recorded of units after a merger."""

    but: Annotated[
        list[str] | None,
        typer.Option("--except", metavar=N_("UNIT"), autocompletion=unit_names, help=N_("All but this unit.")),
    ] = None
    level: Annotated[
        str | None,
        options.level_option(N_("This level, at most the one proposed; with --propose what a review found.")),
    ] = None
    year: Annotated[
        int | None, options.year_option(N_("The year acknowledged for; what the guidance says if left out."))
    ] = None
    decision: options.DecisionNumber = None
    date: options.DecisionDay = None
    issuer: options.Issuer = None
    reason: Annotated[
        str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why a unit holds no level any more."))
    ] = None
    source: options.Source = None
    note: options.Note = None

    @property
    def given(self) -> list[str]:
        """The options that were given."""
        return [f"--{'except' if name == 'but' else name}" for name, value in vars(self).items() if value]


@command(
    "carry",
    RECORD,
    N_("What of recognitions holds after mergers: what is proposed for each new unit, and recording it."),
    "ntmtrack carry\n"
    'ntmtrack carry "Mỹ Thuận"\n'
    'ntmtrack carry --take --decision "3368/QĐ-UBND" --date 20/12/2025 --except "Bình Sơn"\n'
    'ntmtrack carry --lapse "Bình Sơn" --reason "…"',
    cls=ReadWriteCommand,
)
def carry(
    ctx: typer.Context,
    *,
    units: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=N_("UNIT…"), autocompletion=unit_names, help=N_("New units by name or code; all if left out.")
        ),
    ] = None,
    scope: options.Scope = None,
    state: Annotated[
        list[str] | None,
        typer.Option("--state", metavar=N_("STATE"), parser=options.read_state, help=N_("Only those in this state.")),
    ] = None,
    take: Annotated[
        bool, typer.Option("--take", help=N_("Record as acknowledged what is proposed, or the units named."))
    ] = False,
    propose: Annotated[
        bool, typer.Option("--propose", help=N_("Record as proposed what is proposed, or the units named."))
    ] = False,
    lapse: Annotated[
        bool, typer.Option("--lapse", help=N_("Record that the units named hold no level any more."))
    ] = False,
    told: CarryOptions,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    shown: options.OutputOptions,
) -> None:
    from ntmtrack.errors import OneOf

    if units and (scope or state):
        raise OneOf(options=_("UNIT…, or --scope and --state"))
    way = _way({"--take": take, "--propose": propose, "--lapse": lapse}, told, units or [])
    if way is None:
        _list_carried(ctx, units or [], scope, state or [], shown)
        return
    if unused := [option for option, value in (("--format", shown.format_), ("--output", shown.output)) if value]:
        raise OneOf(options=", ".join([way, *unused]))
    from ntmtrack.commands.carry import WAYS
    from ntmtrack.commands.carry_choice import CarryRequest
    from ntmtrack.decisions import GivenDecision

    decision = GivenDecision(told.decision, told.date, told.issuer)
    texts = (told.reason, told.source, told.note)
    asked = (units or [], told.but or [], scope, told.level, told.year, decision)
    request = CarryRequest(*asked, *texts, state or (), yes, dry_run)
    WAYS[way](session_of(ctx), request)


def _way(ways: Mapping[str, bool], told: CarryOptions, units: Sequence[str]) -> str | None:
    """Which of the ways of writing is meant, None for none; raises OneOf, OnlyWith."""
    from ntmtrack.errors import OneOf, OnlyWith

    chosen = [option for option, is_given in ways.items() if is_given]
    if len(chosen) > 1:
        raise OneOf(options=", ".join(ways))
    if not chosen and told.given:
        *several, last = ways
        raise OnlyWith(
            option=", ".join(told.given), other=_("{options} or {last}").format(options=", ".join(several), last=last)
        )
    if chosen == ["--lapse"] and not units:
        raise OnlyWith(option="--lapse", other=_("UNIT"))
    return chosen[0] if chosen else None


def _list_carried(
    ctx: typer.Context, units: list[str], scope: str | None, states: list[str], shown: options.OutputOptions
) -> None:
    """What is proposed for every new unit, or for those named with all of which they were formed."""
    from ntmtrack.commands.carried_units import carry_detail, carry_list
    from ntmtrack.progress.constituents import CarryState

    session = session_of(ctx)
    with session.reading() as connection:
        if units:
            report = carry_detail(connection, units, session.today)
        else:
            report = carry_list(connection, scope, {CarryState(state) for state in states}, session.today)
    shown.show(session, report)
