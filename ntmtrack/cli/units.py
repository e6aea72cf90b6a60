"""`add-district`, `add-commune`, `units`, `show`: the administrative units."""

from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import ASK, RECORD, Reading, Writing, command, invocation
from ntmtrack.cli.completion import unit_names
from ntmtrack.cli.options import TierWord
from ntmtrack.i18n import N_

Name = Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("The unit's name, with or without its kind."))]
Code = Annotated[str | None, typer.Option("--code", metavar=N_("CODE"), help=N_("The official code, zeros kept."))]
Kind = Annotated[
    str | None,
    typer.Option("--kind", metavar=N_("KIND"), help=N_("xã, phường, thị trấn … / huyện, thị xã …")),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since", metavar=N_("DAY"), parser=options.read_whole_day, help=N_("Since when it has existed, if it is new.")
    ),
]


@command(
    "add-district",
    RECORD,
    N_("Add a district to the ledger."),
    'ntmtrack add-district "Hòn Đất" --code 903\nntmtrack add-district "Thành phố Hà Tiên"',
    cls=Writing,
)
def add_district(
    ctx: typer.Context,
    name: Name,
    province: Annotated[
        str | None,
        typer.Option("--province", "-p", metavar=N_("PROVINCE"), help=N_("The province that it belongs to.")),
    ] = None,
    code: Code = None,
    kind: Kind = None,
    since: Since = None,
    dry_run: options.DryRun = False,
) -> None:
    from ntmtrack.model import Tier
    from ntmtrack.office.additions import Wish, add

    add(invocation(ctx), Wish(Tier.DISTRICT, name, province, code, kind, since), dry_run=dry_run)


@command(
    "add-commune",
    RECORD,
    N_("Add a commune (or ward, township) to the ledger."),
    'ntmtrack add-commune "Mỹ Thuận" --district "Hòn Đất"\n'
    'ntmtrack add-commune "Thị trấn Sóc Sơn" --district "Hòn Đất" --code 30820',
    cls=Writing,
)
def add_commune(
    ctx: typer.Context,
    name: Name,
    district: Annotated[
        str | None,
        typer.Option(
            "--district",
            "-d",
            metavar=N_("DISTRICT"),
            autocompletion=unit_names,
            help=N_("The district that it belongs to; the province where there are no districts."),
        ),
    ] = None,
    code: Code = None,
    kind: Kind = None,
    since: Since = None,
    dry_run: options.DryRun = False,
) -> None:
    from ntmtrack.model import Tier
    from ntmtrack.office.additions import Wish, add

    add(invocation(ctx), Wish(Tier.COMMUNE, name, district, code, kind, since), dry_run=dry_run)


@command(
    "units",
    ASK,
    N_("List or search the units."),
    'ntmtrack units\nntmtrack units "my thuan"\nntmtrack units --scope "Hòn Đất" --kind xã',
    cls=Reading,
)
def units(
    ctx: typer.Context,
    *,
    search: Annotated[
        str, typer.Argument(metavar=N_("TEXT"), help=N_("Part of a name, marks optional; or a code."))
    ] = "",
    scope: options.Scope = None,
    kind: Kind = None,
    tier: Annotated[
        TierWord | None, typer.Option("--tier", "-t", help=N_("Communes (commune) or districts (district)."))
    ] = None,
    as_of: options.AsOf = None,
    shown: options.Shown,
) -> None:
    from ntmtrack.office.additions import known_kind
    from ntmtrack.office.search import Search, search_units

    call = invocation(ctx)
    wanted = Search(search, scope, known_kind(kind) if kind else None, tier, as_of)
    with call.reading() as connection:
        report = search_units(connection, wanted, call.today)
    shown.show(call, report)


@command(
    "show",
    ASK,
    N_("All about one unit: versions, recognitions, what it lacks to the next level."),
    'ntmtrack show "Mỹ Thuận"\nntmtrack show 30838',
    cls=Reading,
)
def show(
    ctx: typer.Context,
    unit: Annotated[
        str,
        typer.Argument(metavar=N_("UNIT"), autocompletion=unit_names, help=N_("The unit, by name or code.")),
    ],
    shown: options.Shown,
) -> None:
    from ntmtrack.office.search import unit_card

    call = invocation(ctx)
    with call.reading() as connection:
        report = unit_card(connection, unit)
    shown.show(call, report)
