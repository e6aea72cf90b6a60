"""`value`, `values`: what is measured of units by year."""

from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import ASK, RECORD, ReadCommand, WriteCommand, command, session_of
from ntmtrack.cli.completion import value_measures
from ntmtrack.i18n import N_


def measure_option(says: str) -> object:
    """--measure, with what it means for a command."""
    return typer.Option("--measure", metavar=N_("MEASURE"), autocompletion=value_measures, help=says)


@command(
    "value",
    RECORD,
    N_("Keep what was measured of units in a year: income, poverty rate, an OCOP product, a measure of your own."),
    'ntmtrack value "Mỹ Thuận" --measure "thu nhập" --year 2024 --value 62,5\n'
    'ntmtrack value "Mỹ Thuận" --measure "hộ nghèo" --year 2024 --value "1,25 %" --source "12/BC-UBND"\n'
    'ntmtrack value "Mỹ Thuận" --measure ocop --name "Khô cá lóc" --stars 4 --decision "45/QĐ-UBND" --date 20/12/2024\n'
    'ntmtrack value "Mỹ Thuận" --measure "thu nhập" --year 2024 --value 63,5 --correct "số chính thức"',
    cls=WriteCommand,
    asks=("units", "measure", "year", "value"),
)
def value(
    ctx: typer.Context,
    units: options.Units,
    measure: Annotated[
        str, measure_option(N_("What was measured: thu nhập, hộ nghèo, nước sạch, ocop …; other for one of your own."))
    ],
    year: Annotated[
        int | None, options.year_option(N_("Of which year it is; of a product that of its decision."))
    ] = None,
    value: Annotated[
        str | None,
        typer.Option(
            "--value", metavar=N_("VALUE"), help=N_("The value, with its unit where that is not the usual one.")
        ),
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar=N_("NAME"), help=N_("Of the product, or of a measure of your own."))
    ] = None,
    stars: Annotated[
        str | None, typer.Option("--stars", metavar=N_("STARS"), help=N_("How many stars an OCOP product has."))
    ] = None,
    owner: Annotated[
        str | None,
        typer.Option("--owner", metavar=N_("TEXT"), help=N_("Whose product it is; a household may be left out.")),
    ] = None,
    decision: options.DecisionNumber = None,
    date: options.DecisionDay = None,
    issuer: options.Issuer = None,
    valid_until: Annotated[
        str | None,
        typer.Option(
            "--valid-until",
            metavar=N_("DAY"),
            parser=options.read_any_day,
            help=N_("Until when the product is recognised."),
        ),
    ] = None,
    source: options.Source = None,
    note: options.Note = None,
    correct: Annotated[
        str | None,
        typer.Option("--correct", metavar=N_("REASON"), help=N_("Correct the value on record of that year: why.")),
    ] = None,
    dry_run: options.DryRun = False,
) -> None:
    from ntmtrack.commands.value import ValueRequest, keep_value
    from ntmtrack.decisions import GivenDecision

    by = GivenDecision(decision, date, issuer)
    of_product = (name, stars, owner, valid_until)
    request = ValueRequest(units, measure, year, value, *of_product, by, source, note, correct)
    keep_value(session_of(ctx), request, dry_run=dry_run)


@command(
    "values",
    ASK,
    N_("List what was measured of units by year, each value against its base year; OCOP products as they stand."),
    'ntmtrack values --measure "thu nhập" --base 2020\n'
    'ntmtrack values --year 2024 --scope "Hòn Đất"\n'
    "ntmtrack values --measure ocop -f csv",
    cls=ReadCommand,
)
def values(
    ctx: typer.Context,
    *,
    measure: Annotated[str | None, measure_option(N_("Only this measure: thu nhập, hộ nghèo, ocop …"))] = None,
    year: Annotated[int | None, options.year_option(N_("Only this year; products as they stand at its end."))] = None,
    base: Annotated[
        int | None, options.year_option(N_("Against this year; the first on record if left out."), "--base")
    ] = None,
    scope: options.Scope = None,
    shown: options.OutputOptions,
) -> None:
    from ntmtrack.commands.values import ValueSearch, list_values

    session = session_of(ctx)
    with session.reading() as connection:
        report = list_values(connection, ValueSearch(measure, year, base, scope), session.today)
    shown.show(session, report)
