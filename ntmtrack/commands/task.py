"""`task`: the checklist of a plan, and how its tasks stand as an office tells it."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ntmtrack.commands import Session
from ntmtrack.commands.task_lines import told_of
from ntmtrack.dates import show_day
from ntmtrack.errors import (
    NoChecklist,
    SeveralTasks,
    TaskNotYet,
    TaskThere,
    TaskToldAlready,
    TaskToldOtherwise,
    UnknownTask,
    WhichRoadmap,
)
from ntmtrack.i18n import _, day
from ntmtrack.model import Unit
from ntmtrack.progress.tasks import LISTED, OPEN, Task, TaskState, checklist, meant_by, standing
from ntmtrack.reports import Report
from ntmtrack.reports.tasks import checklist_report, state_words, task_report, task_title
from ntmtrack.rules import check_standing
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import roadmaps, units
from ntmtrack.storage.queries.roadmaps import StoredPlan
from ntmtrack.storage.queries.scopes import find_scope
from ntmtrack.text import clean, few, squeeze

_MOST_NAMED = 4
_TOLD = ("due_on", "owner", "evidence", "note")


class WhichList(NamedTuple):
    """Whose checklist: of the unit, by the roadmap, that are named; of the only one where neither is."""

    scope: str | None = None
    roadmap: str | None = None


class TaskRequest(NamedTuple):
    """What is told of a task as typed: its state, the ISO day of that, by when it is due, who sees to it, the evidence.

    `is_new` adds one of the office's own. `reason` is why what is on record of that day is corrected.
    """

    task: str
    state: str | None = None
    day: str | None = None
    due_on: str | None = None
    owner: str | None = None
    evidence: str | None = None
    note: str | None = None
    is_new: bool = False
    reason: str | None = None


def list_tasks(connection: Connection, which: WhichList, task: str | None, on: date) -> Report:
    """The checklist as it stands on a day, or all that was told of one task until then.

    Raises NoChecklist, WhichRoadmap, UnknownTask, SeveralTasks.
    """
    stored = _plan_of(connection, which)
    tasks = checklist(stored.plan, told_of(connection, stored), on)
    if task is None:
        return checklist_report(tasks, stored.plan, on)
    return task_report(_task_called(tasks, task, stored), stored.plan, on)


def tell_task(session: Session, which: WhichList, told: TaskRequest, *, dry_run: bool) -> None:
    """Keeps how a task stands.

    Raises what listing raises, TaskNotYet, TaskThere, TaskToldAlready, TaskToldOtherwise, UnitNotAlive.
    """
    if told.day and told.day > session.today.isoformat():
        raise TaskNotYet(day=show_day(told.day), today=day(session.today))
    with session.acting("task", dry_run=dry_run) as ledger:
        stored = _plan_of(ledger.connection, which)
        states = told_of(ledger.connection, stored)
        tasks = checklist(stored.plan, states, session.today)
        task = _new_task(tasks, told, stored) if told.is_new else _task_called(tasks, told.task, stored)
        of_task = [state for state in states if state.task == task.name]
        new = _state_of(told, task, of_task, stored, session.today)
        unit = _standing(ledger.connection, stored, new.day)
        before = next((state for state in of_task if state.day == new.day), None)
        if before and before.id is not None:
            _refuse_same(told, task, before, new)
            ledger.void("task_state", [before.id])
        ledger.add_facts("task_state", [{"unit_id": unit.id, **_columns(new)}])
        ledger.reason = told.reason
        text = _("task “{task}” of {unit}: {state}")
        ledger.summary = text.format(task=task_title(task), unit=unit.title, state=state_words(new))
    if any(state.day > new.day and state.state != new.state for state in of_task):
        session.say(_("Note: of a later day something else is told of this task; that is how it stands now."))


def _plan_of(connection: Connection, which: WhichList) -> StoredPlan:
    """The plan whose checklist is meant; raises NoChecklist, WhichRoadmap."""
    scope = find_scope(connection, which.scope) if which.scope else None
    plans = [
        stored
        for stored in roadmaps.every_roadmap(connection)
        if stored.scope_id is not None
        and stored.replaced_by is None
        and (scope is None or stored.scope_id == scope.id)
        and (which.roadmap is None or stored.plan.key == which.roadmap)
        and any(target.measure in LISTED for target in stored.plan.targets)
    ]
    if not plans:
        raise NoChecklist(scope=scope.title if scope else which.roadmap or _("any unit of this ledger"))
    if len(plans) > 1:
        raise WhichRoadmap(count=len(plans), keys=", ".join(sorted(stored.plan.key for stored in plans)))
    return plans[0]


def _task_called(tasks: Sequence[Task], typed: str, stored: StoredPlan) -> Task:
    """The one task that is meant; raises UnknownTask, SeveralTasks."""
    meant = meant_by(tasks, typed, task_title)
    if not meant:
        raise UnknownTask(plan=stored.plan.key, text=clean(typed), count=len(tasks))
    if len(meant) > 1:
        listed = few([f"{task.number}. {task_title(task)}" for task in meant], _MOST_NAMED)
        raise SeveralTasks(text=clean(typed), count=len(meant), tasks=listed)
    return meant[0]


def _new_task(tasks: Sequence[Task], told: TaskRequest, stored: StoredPlan) -> Task:
    """A task of the office's own; raises TaskThere."""
    name = clean(told.task)
    there = next((task for task in tasks if squeeze(name) in (squeeze(task.name), squeeze(task_title(task)))), None)
    if there:
        raise TaskThere(plan=stored.plan.key, number=there.number, task=task_title(there))
    return Task(len(tasks) + 1, name, standing([], name, date.min))


def _state_of(
    told: TaskRequest, task: Task, of_task: Sequence[TaskState], stored: StoredPlan, today: date
) -> TaskState:
    """What is to be kept: what is told, over what is on record of that day.

    Where neither a state nor a day is told, that is added to what was told last, or, where nothing was, counts from
    the day on which the plan was issued.
    """
    last = of_task[-1] if of_task else None
    on = told.day or today.isoformat()
    if told.state is None and told.day is None and not told.is_new:
        on = last.day if last else min(stored.plan.issued_by, today).isoformat()
    before = next((state for state in of_task if state.day == on), None)
    until = [state.state for state in of_task if state.day <= on]
    state = told.state or (until[-1] if until else OPEN)
    new = before if before and before.state in (OPEN, state) else TaskState(stored.plan.key, task.name, state, on)
    given = {name: getattr(told, name) for name in _TOLD if getattr(told, name)}
    return new._replace(state=state, id=None, **given)


def _refuse_same(told: TaskRequest, task: Task, before: TaskState, new: TaskState) -> None:
    """Raises TaskToldAlready where nothing new is told of a day, TaskToldOtherwise where it contradicts in silence."""
    facts = {"task": task_title(task), "day": show_day(new.day), "told": state_words(before)}
    if new == before._replace(id=None):
        raise TaskToldAlready(**facts)
    is_assigned = told.state is None and told.day is None
    is_other_state = before.state not in (OPEN, new.state)
    is_other = any(getattr(before, name) not in (None, getattr(new, name)) for name in _TOLD)
    if (is_other_state or (is_other and not is_assigned)) and not told.reason:
        raise TaskToldOtherwise(**facts)


def _standing(connection: Connection, stored: StoredPlan, on: str) -> Unit:
    """The unit of the plan as it stood on that day; raises UnitNotAlive."""
    assert stored.scope_id is not None
    return check_standing(units.versions(connection, stored.scope_id), on)


def _columns(state: TaskState) -> dict[str, object]:
    return {name: value for name, value in state._asdict().items() if name != "id"}
