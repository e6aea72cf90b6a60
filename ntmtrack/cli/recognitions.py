"""`record`, `revoke`, `edit`: what the ledger is about."""

from enum import StrEnum
from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import RECORD, WriteCommand, command, session_of
from ntmtrack.cli.completion import unit_names
from ntmtrack.i18n import N_


@command(
    "record",
    RECORD,
    N_("Record that units were recognised at a level for a year, by a decision."),
    'ntmtrack record "Mỹ Thuận" --level nang-cao --year 2024 --decision "2903/QĐ-UBND" --date 20/12/2024\n'
    'ntmtrack record "Sơn Bình" "Bình An, Châu Thành" --level ntm --year 2023',
    cls=WriteCommand,
    asks=("units", "year", "level", "decision", "date"),
)
def record(
    ctx: typer.Context,
    units: options.Units,
    level: options.LevelWord,
    year: Annotated[
        int,
        options.year_option(N_("The year that they are recognised for (năm đạt chuẩn), not the year of the decision.")),
    ],
    of_set: options.SetKey = None,
    decision: options.DecisionNumber = None,
    date: options.DecisionDay = None,
    issuer: options.Issuer = None,
    announced: options.Announced = None,
    basis: options.ActWord = None,
    source: options.Source = None,
    note: options.Note = None,
    dry_run: options.DryRun = False,
) -> None:
    from ntmtrack.commands.record import RecordRequest, record_units
    from ntmtrack.decisions import GivenDecision
    from ntmtrack.model import Act, Recognition
    from ntmtrack.text import stated

    source, note = stated(source), stated(note)
    act = Act(basis or Act.RECOGNISED)
    draft = Recognition(level, "", year, announced_on=announced, source=source, note=note, basis=act)
    request = RecordRequest(units, draft, GivenDecision(decision, date, issuer), of_set)
    record_units(session_of(ctx), request, dry_run=dry_run)


@command(
    "revoke",
    RECORD,
    N_("Record that a recognition was taken back by a decision."),
    'ntmtrack revoke "Mỹ Thuận" --level nang-cao --decision "15/QĐ-UBND" --date 10/1/2026 --reason "…"',
    cls=WriteCommand,
    asks=("units", "level", "date", "decision", "reason"),
)
def revoke(
    ctx: typer.Context,
    units: options.Units,
    level: options.LevelWord,
    of_set: options.SetKey = None,
    decision: options.DecisionNumber = None,
    date: options.DecisionDay = None,
    issuer: options.Issuer = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why it was taken back."))
    ] = None,
    dry_run: options.DryRun = False,
) -> None:
    from ntmtrack.commands.revoke import RevokeRequest, revoke_all
    from ntmtrack.decisions import GivenDecision

    request = RevokeRequest(units, level, GivenDecision(decision, date, issuer), reason, of_set)
    revoke_all(session_of(ctx), request, dry_run=dry_run)


class Clearable(StrEnum):
    """What a correction may leave empty."""

    DECISION = "decision"
    DATE = "date"
    ISSUER = "issuer"
    ANNOUNCED = "announced"
    SOURCE = "source"
    NOTE = "note"


@command(
    "edit",
    RECORD,
    N_("Correct what was recorded of a recognition, with the reason; the old entry stays in the history."),
    'ntmtrack edit "Mỹ Thuận" --level nang-cao --date 26/12/2024 --reason "ngày ký gõ nhầm"\n'
    'ntmtrack edit "Sơn Bình" "Bình An, Châu Thành" --level ntm --year 2022 --reason "nhầm năm đạt chuẩn"\n'
    'ntmtrack edit --of-decision "2903/QĐ-UBND" --decision "2930/QĐ-UBND" --reason "nhầm số quyết định"',
    cls=WriteCommand,
    asks=("units", "level", "year", "date", "decision", "reason"),
)
def edit(
    ctx: typer.Context,
    reason: Annotated[
        str, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why it is corrected; kept in the history."))
    ],
    units: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=N_("UNIT…"),
            autocompletion=unit_names,
            help=N_("Units by name or code, of which something on record is wrong."),
        ),
    ] = None,
    level: Annotated[str | None, options.level_option(N_("The level at which the recognition is on record."))] = None,
    of_year: Annotated[
        int | None, options.year_option(N_("The year on record, where a unit has several at this level."), "--of-year")
    ] = None,
    of_set: options.SetKey = None,
    of_decision: Annotated[
        str | None,
        typer.Option("--of-decision", metavar=N_("NUMBER"), help=N_("All that rest on this decision, as on record.")),
    ] = None,
    of_date: Annotated[
        str | None,
        typer.Option(
            "--of-date",
            metavar=N_("DAY"),
            parser=options.read_any_day,
            help=N_("The day on record of that decision, where its number returns."),
        ),
    ] = None,
    year: Annotated[int | None, options.year_option(N_("The year that it is really for."))] = None,
    decision: options.DecisionNumber = None,
    date: options.DecisionDay = None,
    issuer: options.Issuer = None,
    announced: options.Announced = None,
    basis: options.ActWord = None,
    source: options.Source = None,
    note: options.Note = None,
    clear: Annotated[list[Clearable] | None, typer.Option("--clear", help=N_("What is to be left empty."))] = None,
    dry_run: options.DryRun = False,
) -> None:
    from ntmtrack.commands.edit import Correction, Selection, correct

    selection = Selection(units or [], level, of_year, of_decision, of_date, of_set)
    correction = Correction(year, decision, date, issuer, announced, source, note, basis, frozenset(clear or []))
    correct(session_of(ctx), selection, correction, reason, dry_run=dry_run)
