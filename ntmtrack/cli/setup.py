"""`init`, `demo`, `help`, `add-district`, `add-commune`, `units`, `show`: starting a ledger, and the units in it."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ntmtrack.cli import declare, declared, options
from ntmtrack.cli.app import (
    ASK,
    RECORD,
    START,
    DecidingCommand,
    FileCommand,
    ReadCommand,
    WriteCommand,
    command,
    list_commands,
    session_of,
    tree,
)
from ntmtrack.cli.completion import province_names, topics, unit_names
from ntmtrack.cli.names import in_program_words
from ntmtrack.cli.options import TierOfUnits
from ntmtrack.i18n import N_


@command(
    "demo",
    START,
    N_("Try it: the real units, roadmap and recognitions of Kiên Giang, a table and a workbook."),
    "ntmtrack demo\nntmtrack demo --into D:\\ntm",
    cls=FileCommand,
)
def demo(
    ctx: typer.Context,
    into: Annotated[
        Path, typer.Option("--into", metavar=N_("FOLDER"), help=N_("Where to put the sample ledger and workbook."))
    ] = Path(),
) -> None:
    from ntmtrack.commands.demo import make_demo

    make_demo(session_of(ctx), into)


@command(
    "init",
    START,
    N_("Start a ledger with the official units of a province, today's and those they were made of, and its roadmaps."),
    'ntmtrack init --province "An Giang"\nntmtrack init --province "Kiên Giang" --programme 2021-2025',
    cls=DecidingCommand,
)
def init(
    ctx: typer.Context,
    province: Annotated[
        str,
        typer.Option(
            "--province",
            "-p",
            metavar=N_("PROVINCE"),
            autocompletion=province_names,
            help=N_("Name or code of the province."),
        ),
    ],
    programme_key: Annotated[
        str | None,
        typer.Option(
            "--programme",
            metavar=N_("PERIOD"),
            help=N_("The programme that runs, unless you say so: 2021-2025 has the 63 provinces until 30/6/2025."),
        ),
    ] = None,
    dry_run: options.DryRun = False,
) -> None:
    from ntmtrack.commands.init import start

    start(session_of(ctx), province, programme_key, dry_run=dry_run)


@command(
    "help",
    START,
    N_("All commands and the pages to read; a page about one job, or about a command."),
    "ntmtrack help\nntmtrack help nhap-bang-tinh\nntmtrack help roadmap check",
)
def help_(
    ctx: typer.Context,
    topic: Annotated[
        list[str] | None,
        typer.Argument(metavar=N_("TOPIC…"), autocompletion=topics, help=N_("A page by its name, or a command.")),
    ] = None,
) -> None:
    from ntmtrack.commands.help import is_page, list_pages, show_page

    session = session_of(ctx)
    line = in_program_words(topic or (), declared())
    if not topic:
        declare()
        list_commands(ctx)
        list_pages(session)
    elif line[0] in declared() and (line == topic or not is_page(topic)):
        declare(line)
        tree().main([*line, "--help"], prog_name="ntmtrack", standalone_mode=False, obj=session)
    else:
        show_page(" ".join(topic))


Name = Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("The unit's name, with or without its kind."))]
Code = Annotated[str | None, typer.Option("--code", metavar=N_("CODE"), help=N_("The official code, zeros kept."))]
Kind = Annotated[
    str | None, typer.Option("--kind", metavar=N_("KIND"), help=N_("xã, phường, thị trấn … / huyện, thị xã …"))
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
    cls=WriteCommand,
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
    from ntmtrack.commands.units import NewUnitRequest, add
    from ntmtrack.model import Tier

    add(session_of(ctx), NewUnitRequest(Tier.DISTRICT, name, province, code, kind, since), dry_run=dry_run)


@command(
    "add-commune",
    RECORD,
    N_("Add a commune (or ward, township) to the ledger."),
    'ntmtrack add-commune "Mỹ Thuận" --district "Hòn Đất"\n'
    'ntmtrack add-commune "Thị trấn Sóc Sơn" --district "Hòn Đất" --code 30820',
    cls=WriteCommand,
    asks=("name", "district"),
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
    from ntmtrack.commands.units import NewUnitRequest, add
    from ntmtrack.model import Tier

    add(session_of(ctx), NewUnitRequest(Tier.COMMUNE, name, district, code, kind, since), dry_run=dry_run)


@command(
    "add-village",
    RECORD,
    N_("Add a village (thôn, bản, ấp, làng, khóm …) to its commune."),
    'ntmtrack add-village "thôn Chí Phúc" --commune "Hà Sơn"\n'
    'ntmtrack add-village "bản Hon 2" --commune "Bản Hon" --since 1/3/2024',
    cls=WriteCommand,
    asks=("name", "commune"),
)
def add_village(
    ctx: typer.Context,
    name: Name,
    commune: Annotated[
        str,
        typer.Option(
            "--commune",
            "-c",
            metavar=N_("COMMUNE"),
            autocompletion=unit_names,
            help=N_("The commune, ward or township that it belongs to."),
        ),
    ],
    kind: Kind = None,
    since: Since = None,
    dry_run: options.DryRun = False,
) -> None:
    from ntmtrack.commands.units import NewUnitRequest, add
    from ntmtrack.model import Tier

    add(session_of(ctx), NewUnitRequest(Tier.VILLAGE, name, commune, None, kind, since), dry_run=dry_run)


@command(
    "units",
    ASK,
    N_("List or search the units."),
    'ntmtrack units\nntmtrack units "my thuan"\nntmtrack units --scope "Hòn Đất" --kind xã\n'
    "ntmtrack units --on 30/6/2025\nntmtrack units --group 3",
    cls=ReadCommand,
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
        TierOfUnits | None,
        typer.Option("--tier", "-t", help=N_("Communes (commune), districts (district) or villages (village).")),
    ] = None,
    on: Annotated[
        date | None,
        typer.Option("--on", metavar=N_("DAY"), parser=options.read_last_day, help=N_("Those that stood on this day.")),
    ] = None,
    participating: Annotated[
        bool,
        typer.Option("--participating", help=N_("Only those that take part in the programme without being counted.")),
    ] = False,
    group: options.Group = None,
    shown: options.OutputOptions,
) -> None:
    from ntmtrack.commands.unit_search import UnitSearch, search_units
    from ntmtrack.units import known_kind

    session = session_of(ctx)
    unit_search = UnitSearch(search, scope, known_kind(kind) if kind else None, tier, on, participating, group)
    with session.reading() as connection:
        report = search_units(connection, unit_search, session.today)
    shown.show(session, report)


@command(
    "show",
    ASK,
    N_("All about one unit: versions, recognitions, what it lacks to the next level."),
    'ntmtrack show "Mỹ Thuận"\nntmtrack show 30838',
    cls=ReadCommand,
)
def show(
    ctx: typer.Context,
    unit: Annotated[
        str, typer.Argument(metavar=N_("UNIT"), autocompletion=unit_names, help=N_("The unit, by name or code."))
    ],
    shown: options.OutputOptions,
) -> None:
    from ntmtrack.commands.units import unit_card

    session = session_of(ctx)
    with session.reading() as connection:
        report = unit_card(connection, unit, session.today)
    shown.show(session, report)
