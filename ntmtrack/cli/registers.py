"""`register`, `entry`: what units pledge for a year, and the other registers of emulation."""

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
    movement: options.MovementKey = None


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
            metavar=N_("UNIT…"), autocompletion=unit_names, help=N_("Whose registration it is; none to list them.")
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
    if asked.movement and not asked.missing:
        raise OnlyWith(option="--movement", other="--missing")
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


class EntryOptions(Options):
    """What is told of an entry."""

    party: Annotated[
        str | None,
        typer.Option("--party", metavar=N_("TEXT"), help=N_("The agency, the collective giver, who inspects, holds.")),
    ] = None
    giver_kind: Annotated[
        str | None,
        typer.Option(
            "--giver-kind",
            metavar=N_("KIND"),
            help=N_("Who gave: doanh nghiệp, HTX, cơ quan, hộ, cá nhân, khác."),
        ),
    ] = None
    text: Annotated[
        str | None,
        typer.Option("--text", metavar=N_("TEXT"), help=N_("What is given, the finding, the name of the block …")),
    ] = None
    on: Annotated[
        str | None,
        typer.Option("--on", metavar=N_("DAY"), parser=options.read_any_day, help=N_("The day, or from which day.")),
    ] = None
    until: Annotated[
        str | None,
        typer.Option("--until", metavar=N_("DAY"), parser=options.read_any_day, help=N_("Until which day.")),
    ] = None
    amount: Annotated[
        str | None,
        typer.Option("--amount", metavar=N_("VALUE"), help=N_("120 triệu, 1,5 tỷ, 350.000 đồng; of a block points.")),
    ] = None
    document: Annotated[
        str | None, typer.Option("--document", metavar=N_("TEXT"), help=N_("The document that tells it."))
    ] = None
    note: options.Note = None
    person: Annotated[
        str | None,
        typer.Option("--person", metavar=N_("NAME"), help=N_("Of a person or household that gave; told to nobody.")),
    ] = None
    reason: options.Reason = None


@command(
    "entry",
    ASK,
    N_("The other registers of emulation: sponsorship, contributions, blocks, inspections, meetings, models."),
    'ntmtrack entry "đỡ đầu" "Mỹ Lâm" --party "Sở Y tế" --on 1/3/2026 --text "trạm y tế"\n'
    'ntmtrack entry "đóng góp" "Mỹ Lâm" --giver-kind "doanh nghiệp" --party "Công ty A" --on 5/3/2026'
    ' --amount "120 triệu"\n'
    'ntmtrack entry "cụm" "Mỹ Lâm" "Bình Sơn" --text "Cụm số 1" --year 2026\n'
    'ntmtrack entry "kiểm tra" "Mỹ Lâm" --party "Sở NN và MT" --on 3/4/2026 --text "chậm hồ sơ"\n'
    'ntmtrack entry "đóng góp" --year 2026',
    cls=ReadWriteCommand,
)
def entry(
    ctx: typer.Context,
    *,
    book: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("[REGISTER]"),
            help=N_("Which: đỡ đầu, đóng góp, cụm, kiểm tra, hội nghị, mô hình; none to list them."),
        ),
    ] = None,
    units: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=N_("UNIT…"), autocompletion=unit_names, help=N_("Whose entry it is; none to list the register.")
        ),
    ] = None,
    told: EntryOptions,
    year: Annotated[int | None, options.year_option(N_("Of a block its year; of a list only this year."))] = None,
    scope: options.Scope = None,
    persons: options.Persons = False,
    dry_run: options.DryRun = False,
    shown: options.OutputOptions,
) -> None:
    from ntmtrack.errors import OnlyWith
    from ntmtrack.i18n import _

    session, is_told = session_of(ctx), any(vars(told).values())
    if is_told and not (book and units):
        raise OnlyWith(option="--text, --party …", other=_("REGISTER UNIT…"))
    if persons and not book:
        raise OnlyWith(option="--persons", other=_("REGISTER"))
    if book and units:
        from ntmtrack.commands.entry import EntryRequest, keep_entry

        rest = {name: value for name, value in vars(told).items() if name != "on"}
        keep_entry(session, EntryRequest(book, units, day=told.on, year=year, **rest), dry_run=dry_run)
        return
    from ntmtrack.commands.entries import EntrySearch, list_books, list_entries

    if persons:
        options.refuse_off_screen(shown)
    search = EntrySearch(book, year, scope, persons)
    with session.reading() as connection:
        report = (list_entries if book else list_books)(connection, search, session.today)
    shown.show(session, report)
