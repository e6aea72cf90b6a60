"""Lines of a plan that are tasks, conditions and milestones, with how each stands by what was told of it."""

from collections.abc import Sequence

from ntmtrack.commands.question import ReportSpec
from ntmtrack.progress.line import Line
from ntmtrack.progress.tasks import LISTED, TaskState, is_of_movement, standing, task_name
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries.criteria import task_states
from ntmtrack.storage.queries.roadmaps import StoredPlan


def told_of(connection: Connection, stored: StoredPlan) -> list[TaskState]:
    """What was told of the tasks of a plan, the earliest day first; a movement of the same key has dates of its own."""
    if stored.scope_id is None:
        return []
    return [
        state
        for _unit, state in task_states(connection, stored.scope_id)
        if state.plan == stored.plan.key and not is_of_movement(state.task)
    ]


def with_tasks(
    connection: Connection, spec: ReportSpec, lines: Sequence[Line], stored: StoredPlan | None
) -> list[Line]:
    """The lines; those of which the ledger counts nothing with how their task stands, where that was told."""
    if stored is None or spec.is_to_come or not any(line.key.measure in LISTED for line in lines):
        return [*lines]
    told = told_of(connection, stored)
    return [_with_task(line, spec, told) for line in lines] if told else [*lines]


def _with_task(line: Line, spec: ReportSpec, told: Sequence[TaskState]) -> Line:
    if line.key.measure not in LISTED or line.actual is not None:
        return line
    on = min(line.day, spec.today)
    stands = standing(told, task_name(line.key), on, line.plan)
    return line._replace(task=stands, status=stands.status(on)) if stands.state else line
