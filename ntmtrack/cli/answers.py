"""How a question to the ledger is answered: made definite, looked up, shown."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import session_of

if TYPE_CHECKING:
    from ntmtrack.commands.question import ReportSpec
    from ntmtrack.reports import Report
    from ntmtrack.storage.dialect import Connection

    Making = Callable[[Connection, ReportSpec], Report]


def answer(
    ctx: typer.Context,
    question: options.QuestionOptions | options.PlannedQuestionOptions,
    year: int | None,
    make: "Making",
    usual: "Callable[[Connection], int | None]" = lambda _connection: None,
) -> None:
    """Shows the report that is made of what was asked; against a plan, where the question has one.

    `usual` gives the year that is meant where no time was told; None for the last year with recognitions.
    """
    from ntmtrack.commands.question import resolve

    session = session_of(ctx)
    with session.reading() as connection:
        year = year if year or question.as_of else usual(connection)
        planned = isinstance(question, options.PlannedSpecOptions)
        report = make(connection, resolve(connection, question.report_options(year), session.today, planned=planned))
    question.show(session, report)
