"""`calendar`: the dates of emulation movements."""

from datetime import date
from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import ASK, Options, ReadWriteCommand, command, session_of
from ntmtrack.cli.completion import unit_names
from ntmtrack.dates import read_year
from ntmtrack.i18n import N_

_FILE = ".ics"
_OF_A_YEAR = 4  # digits: no calendar has so many dates


class AskedOptions(options.WhichMovement):
    """Which dates are asked about."""

    year: Annotated[
        int | None, options.year_option(N_("The year in which it is due; the present one if left out."))
    ] = None
    due: Annotated[
        int | None,
        typer.Option(
            "--due",
            metavar=N_("DAYS"),
            parser=options.read_units,
            help=N_("Only what is late or due within so many days."),
        ),
    ] = None


class DoneOptions(Options):
    """That a date was done."""

    done: Annotated[bool, typer.Option("--done", help=N_("It was done."))] = False
    on: Annotated[
        str | None,
        typer.Option(
            "--on", metavar=N_("DAY"), parser=options.read_whole_day, help=N_("On which day it was done; today.")
        ),
    ] = None
    evidence: options.Evidence = None
    reason: options.Reason = None


@command(
    "calendar",
    ASK,
    N_("The dates of emulation movements and plans: what is due, by whom, for which year, what is late."),
    "ntmtrack calendar --year 2027\n"
    "ntmtrack calendar --due 7\n"
    "ntmtrack calendar 4 --year 2027\n"
    'ntmtrack calendar 4 "Tam Đường" "Tân Uyên" --done --on 12/1/2027 --evidence "TTr 12/TTr-UBND"\n'
    "ntmtrack calendar --year 2027 -o lich.ics",
    cls=ReadWriteCommand,
)
def calendar(
    ctx: typer.Context,
    *,
    what: Annotated[
        str | None,
        typer.Argument(metavar=N_("DATE"), help=N_("A date by its number in the calendar of the year, or by words.")),
    ] = None,
    units: Annotated[
        list[str] | None,
        typer.Argument(metavar=N_("UNIT…"), autocompletion=unit_names, help=N_("With --done: which units did it.")),
    ] = None,
    asked: AskedOptions,
    told: DoneOptions,
    as_of: Annotated[
        date | None,
        typer.Option("--as-of", metavar=N_("DAY"), parser=options.read_last_day, help=N_("As it stood on this day.")),
    ] = None,
    dry_run: options.DryRun = False,
    shown: options.OutputOptions,
) -> None:
    from ntmtrack.commands.calendar import (
        CalendarRequest,
        DoneRequest,
        save_calendar,
        show_calendar,
        show_date,
        tell_done,
    )
    from ntmtrack.commands.movements import WhichMovementOptions
    from ntmtrack.errors import OnlyWith
    from ntmtrack.i18n import _
    from ntmtrack.text import stated

    session, what, year = session_of(ctx), stated(what), asked.year
    if what and len(what) == _OF_A_YEAR and what.isdigit() and year is None:
        year, what = read_year(what), None
    request = CalendarRequest(WhichMovementOptions(asked.scope, asked.movement), year, asked.due)
    seen, texts = (
        as_of or session.today,
        {name: stated(getattr(told, name)) for name in ("evidence", "reason")},
    )
    if told.done and not what:
        raise OnlyWith(option="--done", other=_("DATE"))
    if not told.done and (units or any(vars(told).values()) or dry_run):
        raise OnlyWith(option=", ".join((_("UNIT…"), "--on", "--evidence", "--reason", "--dry-run")), other="--done")
    if told.done:
        tell_done(session, request, DoneRequest(what or "", units or (), told.on, **texts), dry_run=dry_run)
    elif shown.output and shown.output.suffix.lower() == _FILE and shown.format_ is None:
        save_calendar(session, request, what, seen, shown.output)
    else:
        with session.reading() as connection:
            report = show_date(connection, request, what, seen) if what else show_calendar(connection, request, seen)
        shown.show(session, report)
