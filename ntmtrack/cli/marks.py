"""`participate`, `mark`: how units are classed from a day on."""

from typing import Annotated, Literal

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import RECORD, WriteCommand, command, session_of
from ntmtrack.cli.completion import mark_names, unit_names
from ntmtrack.i18n import N_

Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar=N_("DAY"),
        parser=options.read_whole_day,
        help=N_("From which day on; that of the decision, else today, if left out."),
    ),
]


@command(
    "participate",
    RECORD,
    N_("Mark wards and special zones as taking part in the programme, outside the communes that it counts."),
    'ntmtrack participate "phường Rạch Giá" "đặc khu Phú Quốc" --decision "51/QĐ-UBND" --date 10/2/2026\n'
    'ntmtrack participate 30742 --since 1/3/2026 --source "Công văn 12/VPĐP"',
    cls=WriteCommand,
    asks=("units", "decision", "date"),
)
def participate(
    ctx: typer.Context,
    units: Annotated[
        list[str],
        typer.Argument(
            metavar=N_("UNIT…"), autocompletion=unit_names, help=N_("Wards, special zones by name or code.")
        ),
    ],
    since: Since = None,
    decision: options.DecisionNumber = None,
    date: options.DecisionDay = None,
    issuer: options.Issuer = None,
    source: options.Source = None,
    dry_run: options.DryRun = False,
) -> None:
    from ntmtrack.commands.participate import ParticipateRequest
    from ntmtrack.commands.participate import participate as carry_out
    from ntmtrack.decisions import GivenDecision

    request = ParticipateRequest(units, since, GivenDecision(decision, date, issuer), source)
    carry_out(session_of(ctx), request, dry_run=dry_run)


@command(
    "mark",
    RECORD,
    N_(
        "Class units: group 1, 2, 3, khu vực, region, đặc biệt khó khăn, nghèo, biên giới, hải đảo, nợ đọng; from a"
        " day on."
    ),
    'ntmtrack mark "Mỹ Thuận" "Sơn Kiên" --group 1 --decision "60/QĐ-UBND" --date 29/1/2026\n'
    'ntmtrack mark "Thổ Châu" --as "hải đảo" --as "biên giới" --since 1/7/2025\n'
    'ntmtrack mark "tỉnh An Giang" --as "Đồng bằng sông Cửu Long" --since 1/7/2025\n'
    'ntmtrack mark "Thổ Châu" --no "biên giới" --since 1/1/2026',
    cls=WriteCommand,
    asks=("units", "marks", "since"),
)
def mark(
    ctx: typer.Context,
    *,
    units: options.Units,
    group: Annotated[
        Literal["1", "2", "3"] | None, typer.Option("--group", help=N_("The group of communes that they are of."))
    ] = None,
    marks: Annotated[
        list[str] | None,
        typer.Option(
            "--as",
            metavar=N_("MARK"),
            autocompletion=mark_names,
            help=N_(
                "What they are: nhóm 3, khu vực III, a region, đặc biệt khó khăn, nghèo, biên giới, hải đảo, nợ đọng."
            ),
        ),
    ] = None,
    ended: Annotated[
        list[str] | None,
        typer.Option(
            "--no",
            metavar=N_("MARK"),
            autocompletion=mark_names,
            help=N_("What they are no more, or never were, from that day on."),
        ),
    ] = None,
    since: Since = None,
    decision: options.DecisionNumber = None,
    date: options.DecisionDay = None,
    issuer: options.Issuer = None,
    source: options.Source = None,
    dry_run: options.DryRun = False,
) -> None:
    from ntmtrack.commands.mark import MarkRequest, mark_units
    from ntmtrack.decisions import GivenDecision

    given = GivenDecision(decision, date, issuer)
    request = MarkRequest(units, group, marks or (), ended or (), since, given, source)
    mark_units(session_of(ctx), request, dry_run=dry_run)
