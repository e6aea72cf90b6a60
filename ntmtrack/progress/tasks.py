"""The checklist of a plan: its conditions, tasks and milestones, and how each stands by a day.

That a task is done is what an office said of it, with its evidence; it is no recognition, and no verdict on one.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from ntmtrack.progress.status import Status
from ntmtrack.roadmaps import WITHOUT_FIGURE, LineKey, Roadmap, Target, by_line
from ntmtrack.text import plain, squeeze

CRITERIA_MET, SMART_VILLAGE = "criteria-met", "smart-village"
LISTED = (*WITHOUT_FIGURE, CRITERIA_MET, SMART_VILLAGE)  # the measures that stand on a checklist
_DATE = re.compile(r"[^/\s]+/\d{4}(?:-\d\d)?", re.ASCII)
OPEN, DONE, DROPPED = "open", "done", "dropped"


class TaskState(NamedTuple):
    """How a task or a condition of a plan, named as the plan names it, stands on an ISO day."""

    plan: str
    task: str
    state: str
    day: str
    due_on: str | None = None
    owner: str | None = None
    evidence: str | None = None
    note: str | None = None
    id: int | None = None


class Standing(NamedTuple):
    """How a task stands: its state, the day from which it is so, by when it is due, who sees to it, by what evidence.

    `state` is None where nothing was said of it until then. `told` is all that was said of it, the earliest first.
    """

    state: str | None = None
    day: str | None = None
    due: date | None = None
    owner: str | None = None
    evidence: str | None = None
    note: str | None = None
    told: tuple[TaskState, ...] = ()

    def days_late(self, on: date) -> int:
        """How many days it was done after it was due, or is overdue on a day; 0 where it is in time."""
        if self.due is None or self.state == DROPPED:
            return 0
        end = date.fromisoformat(self.day) if self.state == DONE and self.day else on
        return max((end - self.due).days, 0)

    def status(self, on: date) -> Status:
        """Its status on a day: late once it is due and not done; nothing is said where nothing was told."""
        if self.state == DONE:
            return Status.DONE
        if self.state == DROPPED:
            return Status.DROPPED
        if self.state is None:
            return Status.NO_DATA
        return Status.OVERDUE if self.days_late(on) else Status.UNDER_WAY


class Task(NamedTuple):
    """An item of a checklist, with its place in the list, from 1: `name` is what facts call it.

    `line` and `target` are the plan's; None of what the office added.
    """

    number: int
    name: str
    standing: Standing
    line: LineKey | None = None
    target: Target | None = None


def is_of_movement(name: str) -> bool:
    """Whether facts call a date of an emulation movement so ("ho-so/2026"), not a task of a plan."""
    return _DATE.fullmatch(name) is not None


def task_name(line: LineKey) -> str:
    """What facts call the task of a line: its name as the plan prints it, else what it measures."""
    return line.name or line.measure


def checklist(plan: Roadmap, told: Sequence[TaskState], on: date) -> list[Task]:
    """The tasks of a plan in the order of the document, then those that the office added, as they stand on a day.

    `told` is what was said of tasks of this plan, the earliest first.
    """
    lines = {line: figures for line, figures in by_line(plan.targets).items() if line.measure in LISTED}
    of_plan = {task_name(line): (line, figures[-1]) for line, figures in lines.items()}
    names = dict.fromkeys([*of_plan, *(state.task for state in told)])
    tasks = []
    for number, name in enumerate(names, start=1):
        line, target = of_plan.get(name, (None, None))
        tasks.append(Task(number, name, standing(told, name, on, target), line, target))
    return tasks


def standing(told: Sequence[TaskState], name: str, on: date, target: Target | None = None) -> Standing:
    """How the task called `name` stands on a day.

    By when it is due and who sees to it was perhaps told later than that day: then what was told first holds.
    """
    of_task = [state for state in told if state.task == name]
    until = [state for state in of_task if state.day <= on.isoformat()]
    last = until[-1] if until else None
    due = _last([state.due_on for state in until]) or _first([state.due_on for state in of_task])
    owner = _last([state.owner for state in until]) or _first([state.owner for state in of_task])
    since = _since(until)
    return Standing(
        state=last.state if last else None,
        day=since.day if since else None,
        due=date.fromisoformat(due) if due else target.due_by if target else None,
        owner=owner,
        evidence=_last([state.evidence for state in until if last and state.state == last.state]),
        note=_last([state.note for state in until]),
        told=tuple(until),
    )


def _since(until: Sequence[TaskState]) -> TaskState | None:
    """From which telling on the last state has held."""
    since = None
    for state in until:
        if since is None or state.state != since.state:
            since = state
    return since


def _last(values: Sequence[str | None]) -> str | None:
    return next((value for value in reversed(values) if value), None)


def _first(values: Sequence[str | None]) -> str | None:
    return next((value for value in values if value), None)


def meant_by(tasks: Sequence[Task], typed: str, title: Callable[[Task], str]) -> list[Task]:
    """The tasks that a number or words may mean: that number; the whole title; else every one with all the words."""
    number = typed.strip()
    if number.isascii() and number.isdigit():
        return [task for task in tasks if task.number == int(number)]
    whole = [task for task in tasks if squeeze(typed) in (squeeze(task.name), squeeze(title(task)))]
    words = _words(typed)
    return whole or [task for task in tasks if words and words <= _words(title(task))]


def _words(text: str) -> set[str]:
    return {*re.findall(r"\w+", plain(text))}
