"""`candidates`, `quota`, `award`: awards of the emulation movement."""

from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import ASK, RECORD, Options, ReadCommand, ReadWriteCommand, command, session_of
from ntmtrack.cli.completion import unit_names
from ntmtrack.i18n import N_

OfYear = Annotated[int | None, options.year_option(N_("The year that it is for; the year before this if left out."))]


@command(
    "candidates",
    ASK,
    N_("Name who may be proposed for which award of the movement, by what, and who may not be, and why."),
    "ntmtrack candidates --year 2023\nntmtrack candidates --award A2 --year 2023\nntmtrack candidates -f csv -o a.csv",
    cls=ReadCommand,
)
def candidates(
    ctx: typer.Context,
    *,
    award: Annotated[
        str | None, typer.Option("--award", metavar=N_("FORM"), help=N_("Only this form of award, by its key: A2."))
    ] = None,
    year: OfYear = None,
    which: options.WhichMovement,
    shown: options.OutputOptions,
) -> None:
    from ntmtrack.commands.candidates import list_candidates
    from ntmtrack.commands.movements import WhichMovementOptions

    session = session_of(ctx)
    of = WhichMovementOptions(which.scope, which.movement)
    with session.reading() as connection:
        report = list_candidates(connection, of, award, year or session.today.year - 1, session.today)
    shown.show(session, report)


@command(
    "quota",
    ASK,
    N_("Count the places for persons that a year earned by the movement's rules: how many are used, how many left."),
    "ntmtrack quota --year 2023\nntmtrack quota --year 2023 --movement thi-dua-lai-chau",
    cls=ReadCommand,
)
def quota(
    ctx: typer.Context, *, year: OfYear = None, which: options.WhichMovement, shown: options.OutputOptions
) -> None:
    from ntmtrack.commands.movements import WhichMovementOptions
    from ntmtrack.commands.quota import places_of_year

    session = session_of(ctx)
    of = WhichMovementOptions(which.scope, which.movement)
    with session.reading() as connection:
        report = places_of_year(connection, of, year or session.today.year - 1, session.today)
    shown.show(session, report)


class AwardOptions(Options):
    """What is told of an award."""

    form: Annotated[
        str | None, typer.Option("--form", metavar=N_("FORM"), help=N_("The form of award, by its key: A1, A6."))
    ] = None
    name: Annotated[
        str | None,
        typer.Option("--name", metavar=N_("NAME"), help=N_("One that the movement does not have, by its name.")),
    ] = None
    authority: Annotated[
        str | None,
        typer.Option("--authority", metavar=N_("TEXT"), help=N_("By whom it was given; as the movement has it.")),
    ] = None
    level: Annotated[
        str | None, options.level_option(N_("For which level, where the form does not tell: ntm, nâng cao …"))
    ] = None
    achievement: Annotated[
        str | None, typer.Option("--achievement", metavar=N_("TEXT"), help=N_("For what, where it is no level."))
    ] = None
    recipient: Annotated[
        str | None,
        typer.Option(
            "--recipient",
            metavar=N_("TEXT"),
            help=N_("Who, where not the unit itself: a collective, an agency, persons by their role."),
        ),
    ] = None
    places: Annotated[
        int | None,
        typer.Option("--places", metavar="N", parser=options.read_count, help=N_("How many persons or households; 1.")),
    ] = None
    over: Annotated[
        str | None,
        typer.Option("--over", metavar=N_("REASON"), help=N_("Why more are given than there are places.")),
    ] = None
    person: Annotated[
        str | None,
        typer.Option("--person", metavar=N_("NAME"), help=N_("A person's name: kept apart, in no file for others.")),
    ] = None


@command(
    "award",
    RECORD,
    N_("Keep which award was given, for what, by which decision; without units list those of a year."),
    'ntmtrack award "Bình Lư" --form A1 --year 2023 --decision "45/QĐ-UBND" --date 20/2/2024\n'
    'ntmtrack award "Bình Lư" --form A6 --year 2023 --recipient "cán bộ xã" --places 5\n'
    'ntmtrack award "Tam Đường" --name "Huân chương Lao động hạng Ba" --authority "Chủ tịch nước" --year 2023'
    " --level ntm\n"
    "ntmtrack award --year 2023",
    cls=ReadWriteCommand,
)
def award(
    ctx: typer.Context,
    *,
    units: Annotated[
        list[str] | None,
        typer.Argument(metavar=N_("UNIT…"), autocompletion=unit_names, help=N_("Units by name or code.")),
    ] = None,
    year: Annotated[
        int | None, options.year_option(N_("The year of the achievement; of the list the year before this."))
    ] = None,
    told: AwardOptions,
    decision: options.DecisionNumber = None,
    date: options.DecisionDay = None,
    issuer: options.Issuer = None,
    note: options.Note = None,
    source: options.Source = None,
    reason: options.Reason = None,
    which: options.WhichMovement,
    persons: options.Persons = False,
    dry_run: options.DryRun = False,
    shown: options.OutputOptions,
) -> None:
    from ntmtrack.commands.award import AwardRequest, give_award
    from ntmtrack.commands.award_list import list_awards
    from ntmtrack.commands.movements import WhichMovementOptions
    from ntmtrack.decisions import GivenDecision
    from ntmtrack.errors import OnlyWith
    from ntmtrack.i18n import _

    session = session_of(ctx)
    of = WhichMovementOptions(which.scope, which.movement)
    if units:
        by = GivenDecision(decision, date, issuer)
        request = AwardRequest(units, year, **vars(told), decision=by, source=source, note=note, reason=reason)
        give_award(session, of, request, dry_run=dry_run)
        return
    only: dict[str, object] = {name: value for name, value in vars(told).items() if name != "form"}
    only |= {"decision": decision, "date": date, "issuer": issuer, "note": note, "source": source, "reason": reason}
    if used := [f"--{name}" for name, value in {**only, "dry-run": dry_run}.items() if value]:
        raise OnlyWith(option=", ".join(used), other=_("UNIT…"))
    if persons:
        options.refuse_off_screen(shown)
    with session.reading() as connection:
        asked = year or session.today.year - 1
        report = list_awards(connection, asked, of, told.form, session.today, shows_persons=persons)
    shown.show(session, report)
