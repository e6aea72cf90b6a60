"""`record`, `revoke`, `edit`: what the ledger is about."""

from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import RECORD, Writing, command, invocation
from ntmtrack.i18n import N_


@command(
    "record",
    RECORD,
    N_("Record that units were recognised at a level for a year, by a decision."),
    'ntmtrack record "Mỹ Thuận" --level nang-cao --year 2024 --decision "2903/QĐ-UBND" --date 20/12/2024\n'
    'ntmtrack record "Sơn Bình" "Bình An, Châu Thành" --level ntm --year 2023',
    cls=Writing,
)
def record(
    ctx: typer.Context,
    units: options.Units,
    level: options.LevelWord,
    year: Annotated[
        int,
        typer.Option(
            "--year",
            "-y",
            metavar=N_("YEAR"),
            parser=options.read_year,
            help=N_("The year that they are recognised for (năm đạt chuẩn), not the year of the decision."),
        ),
    ],
    decision: options.DecisionNumber = None,
    date: options.DecisionDay = None,
    issuer: options.Issuer = None,
    announced: options.Announced = None,
    source: options.Source = None,
    note: options.Note = None,
    dry_run: options.DryRun = False,
) -> None:
    from ntmtrack.model import Recognition
    from ntmtrack.office.recognitions import Claim, record_all
    from ntmtrack.text import clean

    source, note = clean(source or "") or None, clean(note or "") or None
    draft = Recognition(level, "", year, announced_on=announced, source=source, note=note)
    record_all(invocation(ctx), Claim(units, draft, decision, date, issuer), dry_run=dry_run)


@command(
    "revoke",
    RECORD,
    N_("Record that a recognition was taken back by a decision."),
    'ntmtrack revoke "Mỹ Thuận" --level nang-cao --decision "15/QĐ-UBND" --date 10/1/2026 --reason "…"',
    cls=Writing,
)
def revoke(
    ctx: typer.Context,
    units: options.Units,
    level: options.LevelWord,
    decision: options.DecisionNumber = None,
    date: options.DecisionDay = None,
    issuer: options.Issuer = None,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar=N_("TEXT"), help=N_("Why it was taken back."))
    ] = None,
    dry_run: options.DryRun = False,
) -> None:
    from ntmtrack.office.recognitions import Withdrawal, revoke_all

    revoke_all(invocation(ctx), Withdrawal(units, level, decision, date, issuer, reason), dry_run=dry_run)
