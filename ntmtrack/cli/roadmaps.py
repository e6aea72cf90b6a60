"""`roadmap list`, `show`, `check`, `import`, `new`, `export`."""

from pathlib import Path
from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import (
    ASK,
    RECORD,
    FileCommand,
    Options,
    ReadCommand,
    ReadFileCommand,
    WriteCommand,
    command,
    roadmap_app,
    session_of,
)
from ntmtrack.cli.completion import roadmap_keys
from ntmtrack.i18n import N_

Plan = Annotated[
    str | None,
    typer.Argument(
        metavar=N_("PLAN"),
        autocompletion=roadmap_keys,
        help=N_(
            "A roadmap's key, or a plan file (.toml, .xlsx, .csv); the one in force if left out, for check every one."
        ),
    ),
]


@command(
    "list",
    ASK,
    N_("The roadmaps on record, and those that ship."),
    "ntmtrack roadmap list",
    group=roadmap_app,
    cls=ReadCommand,
)
def list_roadmaps(ctx: typer.Context, shown: options.OutputOptions) -> None:
    from ntmtrack.commands.roadmap import list_roadmaps

    session = session_of(ctx)
    with session.maybe_reading() as connection:
        report = list_roadmaps(connection)
    shown.show(session, report)


@command(
    "show",
    ASK,
    N_("One roadmap as its document prints it."),
    "ntmtrack roadmap show\nntmtrack roadmap show kien-giang-kh168 --text\nntmtrack roadmap show plan.toml",
    group=roadmap_app,
    cls=ReadCommand,
)
def show(
    ctx: typer.Context,
    *,
    plan: Plan = None,
    text: Annotated[bool, typer.Option("--text", help=N_("As paragraphs in the sentences of a plan."))] = False,
    shown: options.OutputOptions,
) -> None:
    from ntmtrack.commands.roadmap import plan_report

    session = session_of(ctx)
    with session.maybe_reading() as connection:
        report = plan_report(connection, plan, session.today.year, text=text)
    shown.show(session, report)


@command(
    "check",
    ASK,
    N_("Look for what is wrong in a roadmap: sums, per cents, names. Exit code 3 where something is."),
    "ntmtrack roadmap check\nntmtrack roadmap check lai-chau-2022\nntmtrack roadmap check plan.xlsx",
    group=roadmap_app,
    cls=ReadCommand,
)
def check(ctx: typer.Context, *, plan: Plan = None, shown: options.OutputOptions) -> None:
    from ntmtrack.commands.roadmap import check_plans

    session = session_of(ctx)
    with session.maybe_reading() as connection:
        report, serious = check_plans(connection, plan, session.today.year)
    shown.show(session, report)
    if serious:
        raise typer.Exit(options.PROBLEMS_FOUND)


@command(
    "import",
    RECORD,
    N_("Take a roadmap into the ledger: a plan file, or one that ships."),
    "ntmtrack roadmap import plan.toml\nntmtrack roadmap import plan.xlsx --dry-run\n"
    "ntmtrack roadmap import lai-chau-2022",
    group=roadmap_app,
    cls=WriteCommand,
)
def import_(
    ctx: typer.Context,
    plan: Annotated[
        str,
        typer.Argument(
            metavar=N_("PLAN"),
            autocompletion=roadmap_keys,
            help=N_("A plan file (.toml, .xlsx, .csv), or the key of a roadmap that ships."),
        ),
    ],
    replace: Annotated[
        bool, typer.Option("--replace", help=N_("Correct the roadmap on record under the same key."))
    ] = False,
    dry_run: options.DryRun = False,
) -> None:
    from ntmtrack.commands.roadmap_import import import_roadmap

    import_roadmap(session_of(ctx), plan, replace=replace, dry_run=dry_run)


class PlanHeadOptions(Options):
    """What the head of a plan says: its document, and from when it counts."""

    number: Annotated[
        str | None, typer.Option("--number", metavar=N_("NUMBER"), help=N_("The document's number, e.g. 12/KH-UBND."))
    ] = None
    issuer: options.Issuer = None
    issued_on: Annotated[
        str | None,
        typer.Option(
            "--date",
            metavar=N_("DAY"),
            parser=options.read_any_day,
            help=N_("The day it was issued, e.g. 20/3/2026; 3/2026 or 2026 where only that is known."),
        ),
    ] = None
    base_year: Annotated[
        int | None, options.year_option(N_("The plan counts from the end of this year."), "--base-year")
    ] = None
    title: Annotated[str | None, typer.Option("--title", metavar=N_("TEXT"), help=N_("Its title."))] = None

    def head(self) -> dict[str, str | int]:
        """What is told, by the keys of plan files."""
        from ntmtrack.text import clean

        texts = {"number": self.number, "issuer": self.issuer, "issued_on": self.issued_on, "title": self.title}
        told: dict[str, str | int] = {key: clean(text) for key, text in texts.items() if text}
        return told | ({"base_year": self.base_year} if self.base_year else {})


@command(
    "new",
    ASK,
    N_("Write a blank form for a roadmap, with a row for every line and year; filled in, take it in with `import`."),
    'ntmtrack roadmap new plan.xlsx\nntmtrack roadmap new "Lộ trình 2026-2030.xlsx" --year 2026\n'
    'ntmtrack roadmap new plan.xlsx --table bang.xlsx --number "12/KH-UBND" --date 15/3/2026 --title "Kế hoạch …"',
    group=roadmap_app,
    cls=FileCommand,
)
def new(
    ctx: typer.Context,
    *,
    file: Annotated[
        Path,
        typer.Argument(
            metavar=N_("FILE"), help=N_("The form to write, ending in .xlsx; with --table also .csv, .toml.")
        ),
    ],
    scope: options.Scope = None,
    year: Annotated[int | None, options.year_option(N_("A year of the programme that the roadmap is for."))] = None,
    table: Annotated[
        Path | None,
        typer.Option(
            "--table",
            metavar=N_("FILE"),
            help=N_("Take the figures of this table (.xlsx, .csv): Năm, Chỉ tiêu, Trong năm, Luỹ kế."),
        ),
    ] = None,
    head: PlanHeadOptions,
) -> None:
    from ntmtrack.commands.roadmap_new import NewRoadmap, make_roadmap

    make_roadmap(session_of(ctx), file, NewRoadmap(scope, year, table, head.head()))


@command(
    "export",
    ASK,
    N_("Write a roadmap to a file that can be changed and taken in again."),
    "ntmtrack roadmap export plan.xlsx\nntmtrack roadmap export plan.toml --roadmap lai-chau-2022",
    group=roadmap_app,
    cls=ReadFileCommand,
)
def export(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar=N_("FILE"), help=N_("The file: .toml, .xlsx or .csv."))],
    roadmap: options.PlanKey = None,
) -> None:
    from ntmtrack.commands.roadmap import find_plan, write_plan

    session = session_of(ctx)
    with session.maybe_reading() as connection:
        plan = find_plan(connection, roadmap)
    write_plan(plan, file)
    session.say_written(file)
