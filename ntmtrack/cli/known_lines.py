"""The lines of progress that can be meant, by the year, the units and the plan that a command line tells."""

from typing import TYPE_CHECKING

import click

from ntmtrack.storage.dialect import Connection

if TYPE_CHECKING:
    from ntmtrack.commands import Session
    from ntmtrack.commands.question import ReportSpec


def titles_told(ctx: click.Context) -> list[str]:
    """The lines of the table that is asked about, as it prints them; raises what resolving the question may raise."""
    from ntmtrack.commands.explain import table_titles

    session: Session = ctx.obj
    with session.reading() as connection:
        return table_titles(connection, _asked(ctx, connection))


def refuse_other(ctx: click.Context, typed: str) -> None:
    """Raises UnknownMeasure, UnknownLevel for what is no line of a plan that applies, and what resolving may raise."""
    from ntmtrack.commands.explain import lines_meant
    from ntmtrack.model import Tier

    session: Session = ctx.obj
    with session.reading() as connection:
        lines_meant(connection, _asked(ctx, connection), Tier(ctx.params["tier"]), typed)


def _asked(ctx: click.Context, connection: Connection) -> "ReportSpec":
    """What the line asks so far; what is to be remarked of it is said when it is answered."""
    from ntmtrack.commands.question import ReportOptions, resolve
    from ntmtrack.model import Basis
    from ntmtrack.streams import kept_remarks

    told = ctx.params
    options = ReportOptions(told["year"], told["as_of"], Basis(told["basis"]), told["scope"], told["roadmap"])
    with kept_remarks():
        return resolve(connection, options, ctx.obj.today, planned=True)
