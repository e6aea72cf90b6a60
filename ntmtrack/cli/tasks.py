"""`task`: the checklist of a plan."""

from datetime import date
from typing import Annotated

import typer

from ntmtrack.cli import options
from ntmtrack.cli.app import ASK, Options, ReadWriteCommand, command, session_of
from ntmtrack.cli.completion import unit_names
from ntmtrack.i18n import N_


class TaskOptions(Options):
    """What is told of a task."""

    done: Annotated[bool, typer.Option("--done", help=N_("It is done."))] = False
    open_: Annotated[bool, typer.Option("--open", help=N_("It is under way, also again."))] = False
    drop: Annotated[bool, typer.Option("--drop", help=N_("It need not be done any more."))] = False
    new: Annotated[bool, typer.Option("--new", help=N_("Add it, a task of the office's own."))] = False
    on: Annotated[
        str | None,
        typer.Option(
            "--on", metavar=N_("DAY"), parser=options.read_whole_day, help=N_("From which day it is so; today.")
        ),
    ] = None
    due: Annotated[
        str | None,
        typer.Option("--due", metavar=N_("DAY"), parser=options.read_whole_day, help=N_("By which day it is due.")),
    ] = None
    owner: Annotated[str | None, typer.Option("--owner", metavar=N_("TEXT"), help=N_("Who sees to it."))] = None
    evidence: options.Evidence = None
    note: options.Note = None
    reason: options.Reason = None

    @property
    def state(self) -> str | None:
        """The state that is told; raises OneOf for several."""
        from ntmtrack.errors import OneOf

        told = [
            word for word, is_told in (("done", self.done), ("open", self.open_), ("dropped", self.drop)) if is_told
        ]
        if len(told) > 1:
            raise OneOf(options="--done, --open, --drop")
        return told[0] if told else None


@command(
    "task",
    ASK,
    N_("The conditions, tasks and milestones of a plan as a checklist: what is done, overdue, by what evidence."),
    "ntmtrack task\n"
    'ntmtrack task 3 --done --on 15/9/2023 --evidence "QĐ 12/QĐ-UBND"\n'
    'ntmtrack task "hồ sơ" --due 30/9/2023 --owner "Văn phòng UBND xã"\n'
    'ntmtrack task "Họp dân các thôn" --new --due 15/8/2023\n'
    "ntmtrack task 3",
    cls=ReadWriteCommand,
)
def task(
    ctx: typer.Context,
    *,
    task: Annotated[
        str | None,
        typer.Argument(metavar=N_("TASK"), help=N_("A task by its number in the list, or by words of it.")),
    ] = None,
    scope: Annotated[
        str | None,
        typer.Option(
            "--scope", "-s", metavar=N_("UNIT"), autocompletion=unit_names, help=N_("Whose plan, by name or code.")
        ),
    ] = None,
    roadmap: options.PlanKey = None,
    told: TaskOptions,
    as_of: Annotated[
        date | None,
        typer.Option("--as-of", metavar=N_("DAY"), parser=options.read_last_day, help=N_("As it stood on this day.")),
    ] = None,
    dry_run: options.DryRun = False,
    shown: options.OutputOptions,
) -> None:
    from ntmtrack.commands.task import TaskRequest, WhichList, list_tasks, tell_task
    from ntmtrack.errors import OnlyWith
    from ntmtrack.i18n import _
    from ntmtrack.text import clean, stated

    session, which = session_of(ctx), WhichList(scope, roadmap)
    texts = {name: stated(getattr(told, name)) for name in ("owner", "evidence", "note", "reason")}
    is_told = any(vars(told).values())
    if is_told and not clean(task or ""):
        raise OnlyWith(option="--done, --due …", other=_("TASK"))
    if not is_told:
        with session.reading() as connection:
            report = list_tasks(connection, which, task, as_of or session.today)
        shown.show(session, report)
        return
    request = TaskRequest(task or "", told.state, told.on, told.due, is_new=told.new, **texts)
    tell_task(session, which, request, dry_run=dry_run)
