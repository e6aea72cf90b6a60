"""`register`: what units pledge for a year."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import ASK, Options, ReadWriteCommand, command, session_of
from ntmtrack.cli.completion import unit_names
from ntmtrack.i18n import N_

if TYPE_CHECKING:
    from ntmtrack.commands import Session


class PledgeOptions(Options):
    """What is told of a registration."""

    level: Annotated[str | None, options.level_option(N_("The level that is to be reached."))] = None
    criteria: Annotated[
        str | None, typer.Option("--criteria", metavar=N_("NUMBER"), help=N_("How many criteria more, e.g. +3."))
    ] = None
    text: Annotated[
        str | None, typer.Option("--text", metavar=N_("TEXT"), help=N_("Another target, in the words of the unit."))
    ] = None
    on: Annotated[
        str | None,
        typer.Option("--on", metavar=N_("DAY"), parser=options.read_any_day, help=N_("The day it was sent.")),
    ] = None
    received: Annotated[
        str | None,
        typer.Option("--received", metavar=N_("DAY"), parser=options.read_any_day, help=N_("The day it was received.")),
    ] = None
    sender: Annotated[
        str | None,
        typer.Option(
            "--sender",
            metavar=N_("UNIT"),
            autocompletion=unit_names,
            help=N_("Which unit sent it, where not the unit itself."),
        ),
    ] = None
    document: Annotated[
        str | None, typer.Option("--document", metavar=N_("TEXT"), help=N_("The document that it stands in."))
    ] = None
    note: options.Note = None
    reason: Annotated[
        str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why what is on record is amended."))
    ] = None


class RegisteredOptions(Options):
    """Which registrations are listed."""

    missing: Annotated[
        bool, typer.Option("--missing", help=N_("Who has not registered by the day of the movement, or did so late."))
    ] = False
    as_of: Annotated[
        date | None,
        typer.Option(
            "--as-of", metavar=N_("DAY"), parser=options.read_last_day, help=N_("With --missing: as of this day.")
        ),
    ] = None
    scope: options.Scope = None
    movement: Annotated[
        str | None,
        typer.Option("--movement", metavar=N_("KEY"), help=N_("By this emulation movement, where several apply.")),
    ] = None


@command(
    "register",
    ASK,
    N_("What units register for a year (đăng ký thi đua), and what became of it; who has not registered."),
    'ntmtrack register "Mỹ Thuận" --year 2027 --level ntm --on 10/1/2027\n'
    'ntmtrack register "Mỹ Lâm" "Bình Sơn" --year 2027 --criteria +3 --on 12/1/2027 --document "15/BC-UBND"\n'
    "ntmtrack register --year 2026\n"
    "ntmtrack register --year 2027 --missing",
    cls=ReadWriteCommand,
)
def register(
    ctx: typer.Context,
    *,
    units: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=N_("[UNIT…]"), autocompletion=unit_names, help=N_("Whose registration it is; none to list them.")
        ),
    ] = None,
    year: Annotated[int | None, options.year_option(N_("For which year; of a list the last if left out."))] = None,
    told: PledgeOptions,
    asked: RegisteredOptions,
    dry_run: options.DryRun = False,
    shown: options.OutputOptions,
) -> None:
    from ntmtrack.errors import OneOf, OnlyWith, UnitsToRegister

    session = session_of(ctx)
    if asked.as_of and not asked.missing:
        raise OnlyWith(option="--as-of", other="--missing")
    if not units and not any(vars(told).values()):
        _list(session, year, asked, shown)
        return
    if asked.missing:
        raise OneOf(options="--missing, --level, --criteria, --text")
    if not units or year is None:
        raise UnitsToRegister(year=session.today.year + 1)
    from ntmtrack.commands.register import RegisterRequest, keep_registration

    days = {"sent_on": told.on, "received_on": told.received}
    rest = {name: getattr(told, name) for name in ("level", "criteria", "text", "sender", "document", "note", "reason")}
    keep_registration(session, RegisterRequest(units, year, **days, **rest), dry_run=dry_run)


def _list(session: "Session", year: int | None, asked: RegisteredOptions, shown: options.OutputOptions) -> None:
    """The registrations of the year, or who is missing."""
    from ntmtrack.commands.registrations import RegistrationSearch, last_registered, list_missing, list_registrations

    with session.reading() as connection:
        of_year = year or last_registered(connection) or session.today.year
        search = RegistrationSearch(of_year, asked.scope, asked.movement)
        if asked.missing:
            report = list_missing(connection, search, session.today, asked.as_of)
        else:
            report = list_registrations(connection, search, session.today)
    shown.show(session, report)
