"""`map`, `trend`: the whole province, and the whole period, at a glance."""

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import ASK, Reading, command, invocation
from ntmtrack.i18n import N_


@command(
    "map",
    ASK,
    N_("The whole province at a glance: a square for every commune, by district, with its highest level."),
    'ntmtrack map\nntmtrack map --year 2022\nntmtrack map --scope "Hòn Đất"',
    cls=Reading,
)
def map_(
    ctx: typer.Context,
    year: options.Year = None,
    as_of: options.AsOf = None,
    basis: options.Basis = options.BasisWord.YEAR,
    scope: options.Scope = None,
    format_: options.OutputFormat = None,
    output: options.Output = None,
) -> None:
    from ntmtrack.model import Basis
    from ntmtrack.office.pictures import map_of
    from ntmtrack.office.viewpoint import Asked, take

    call = invocation(ctx)
    with call.reading() as connection:
        report = map_of(connection, take(connection, Asked(year, as_of, Basis(basis), scope), call.today))
    call.show(report, format_, output)


@command(
    "trend",
    ASK,
    N_("Plan and actual of every year as small bars."),
    'ntmtrack trend\nntmtrack trend --year 2023 --scope "Kiên Giang"',
    cls=Reading,
)
def trend(
    ctx: typer.Context,
    year: options.Year = None,
    as_of: options.AsOf = None,
    basis: options.Basis = options.BasisWord.YEAR,
    scope: options.Scope = None,
    roadmap: options.RoadmapKey = None,
    format_: options.OutputFormat = None,
    output: options.Output = None,
) -> None:
    from ntmtrack.model import Basis
    from ntmtrack.office.pictures import trend_of
    from ntmtrack.office.viewpoint import Asked, take

    call = invocation(ctx)
    with call.reading() as connection:
        at = take(connection, Asked(year, as_of, Basis(basis), scope, roadmap), call.today, planned=True)
        at.need_one_plan()
        report = trend_of(connection, at)
    call.show(report, format_, output)
