"""The checklist of a plan as a table, what was told of one task, and tasks beneath the figures of progress."""

from collections.abc import Iterator, Sequence
from datetime import date

from ntmtrack.dates import show_day
from ntmtrack.i18n import _, day, number
from ntmtrack.model import Programme
from ntmtrack.progress.line import Line
from ntmtrack.progress.status import Status
from ntmtrack.progress.tasks import DONE, DROPPED, OPEN, Task, TaskState
from ntmtrack.reports import CellKind, Column, LabelledCode, Report, Table, day_cell
from ntmtrack.reports.labels import roadmap_label
from ntmtrack.reports.line_columns import label_column
from ntmtrack.reports.plan_words import asked_for
from ntmtrack.roadmaps import MEASURES, Roadmap


def task_title(task: Task) -> str:
    """What a task is called: as the plan prints it, of a measure without a name with the units that it names."""
    if task.line is None or task.line.name:
        return task.name
    title = _(MEASURES[task.line.measure])
    named = ", ".join(task.target.units) if task.target else ""
    return f"{title[:1].upper()}{title[1:]}{f' ({named})' if named else ''}"


def state_words(state: TaskState) -> str:
    """What was told of a task, in words: “xong 15/09/2023; minh chứng “BB 12””."""
    parts = [
        f"{_state(state.state)} {show_day(state.day)}",
        _("due {day}").format(day=show_day(state.due_on)) if state.due_on else "",
        state.owner or "",
        _("evidence “{evidence}”").format(evidence=state.evidence) if state.evidence else "",
        _("remark “{note}”").format(note=state.note) if state.note else "",
    ]
    return "; ".join(filter(None, parts))


def _state(state: str) -> str:
    return {OPEN: Status.UNDER_WAY, DONE: Status.DONE, DROPPED: Status.DROPPED}[state].label


def checklist_report(tasks: Sequence[Task], plan: Roadmap, on: date) -> Report:
    """Every task with how it stands on a day, by when it is due, who sees to it, by what evidence."""
    columns: list[Column[Task]] = [
        Column("number", _("No."), CellKind.COUNT, of=lambda task: task.number),
        Column("task", _("Task"), of=task_title),
        Column("kind", _("Kind"), of=_kind, spare=3),
        Column("due", _("Due"), CellKind.DAY, of=lambda task: _iso(task.standing.due)),
        Column("status", _("Status"), CellKind.STATUS, of=lambda task: _status(task, on)),
        Column("day", _("Since"), CellKind.DAY, of=lambda task: day_cell(task.standing.day)),
        Column("days_late", _("Days late"), CellKind.COUNT, of=lambda task: task.standing.days_late(on) or None),
        Column("owner", _("In charge"), of=lambda task: task.standing.owner, spare=1),
        Column("evidence", _("Shown by"), of=lambda task: task.standing.evidence, spare=2),
    ]
    return Report(
        key="tasks",
        title=_("Tasks of {scope}, {plan}").format(scope=plan.scope_name, plan=roadmap_label(plan)),
        subtitle=_("as of {day}").format(day=day(on)),
        tables=[Table.of("tasks", "", tasks, columns).told()],
        data=[Table.of("tasks", "", tasks, columns)],
        notes=[_summary(tasks, on)],
        facts={"roadmap": plan.key, "scope": plan.scope_name, "as_of": on.isoformat()},
    )


def _iso(due: date | None) -> LabelledCode | None:
    return day_cell(due.isoformat()) if due else None


def _kind(task: Task) -> str:
    return _(MEASURES[task.line.measure]) if task.line else _("the office's own")


def _status(task: Task, on: date) -> Status | LabelledCode:
    """Its status; of a task of which nothing was told, that, and whether its day has passed."""
    status = task.standing.status(on)
    if status is not Status.NO_DATA:
        return status
    return LabelledCode(status.value, _("not told, past its day") if task.standing.days_late(on) else _("nothing told"))


def _summary(tasks: Sequence[Task], on: date) -> str:
    """How many are done, under way, overdue, of how many; of how many nothing was told."""
    statuses = [task.standing.status(on) for task in tasks]
    counts = [
        (status.label, statuses.count(status))
        for status in (Status.DONE, Status.UNDER_WAY, Status.OVERDUE, Status.DROPPED)
    ]
    counts.append((_("nothing told"), statuses.count(Status.NO_DATA)))
    parts = [f"{label} {number(count)}" for label, count in counts if count]
    return _("{count} tasks: {parts}.").format(count=number(len(tasks)), parts=", ".join(parts))


def task_report(task: Task, plan: Roadmap, on: date) -> Report:
    """All that was told of one task until a day."""
    columns: list[Column[TaskState]] = [
        Column("day", _("Day"), CellKind.DAY, of=lambda state: day_cell(state.day)),
        Column("state", _("Status"), of=lambda state: LabelledCode(state.state, _state(state.state))),
        Column("due", _("Due"), CellKind.DAY, of=lambda state: day_cell(state.due_on)),
        Column("owner", _("In charge"), of=lambda state: state.owner),
        Column("evidence", _("Shown by"), of=lambda state: state.evidence),
        Column("note", _("Remark"), of=lambda state: state.note),
    ]
    table = Table.of("states", "", task.standing.told, columns)
    printed = task.target.cite if task.target else _("added by the office")
    asked = asked_for(task.target) if task.target else ""
    due = _("due {day}").format(day=day(task.standing.due)) if task.standing.due else ""
    return Report(
        key="task",
        title=f"{task.number}. {task_title(task)}",
        subtitle="; ".join(filter(None, (f"{plan.number}, {printed}", asked, due))),
        tables=[table.told()] if task.standing.told else [],
        data=[table],
        notes=[_late(task, on)] if task.standing.told else [_("Nothing is told of it yet.")],
        facts={"roadmap": plan.key, "task": task.name, "as_of": on.isoformat()},
    )


def _late(task: Task, on: date) -> str:
    """How it stands on a day, in a sentence."""
    status, late = task.standing.status(on), task.standing.days_late(on)
    text = _("On {day}: {status}, {count} days late.") if late else _("On {day}: {status}.")
    return text.format(day=day(on), status=status.label, count=number(late))


def tasks_table(lines: Sequence[Line], programme: Programme) -> list[Table]:
    """The tasks of a plan of which anything was told, beneath its figures."""
    told = [line for line in lines if line.task]
    if not told:
        return []
    columns: list[Column[Line]] = [
        label_column(_("Task"), programme),
        Column("due", _("Due"), CellKind.DAY, of=lambda line: _iso(line.task.due) if line.task else None),
        Column("task_status", _("Status"), CellKind.STATUS, of=lambda line: line.status),
        Column("since", _("Since"), CellKind.DAY, of=lambda line: day_cell(line.task.day) if line.task else None),
        Column("days_late", _("Days late"), CellKind.COUNT, of=_days_late),
    ]
    return [Table.of("tasks", _("Tasks of the plan, as told"), told, columns)]


def _days_late(line: Line) -> int | None:
    return (line.task.days_late(line.day) or None) if line.task else None


def task_steps(line: Line) -> Iterator[tuple[str, str, str]]:
    """What was told of a task, each with its day and evidence, and by when it is due: as steps of an explanation."""
    if line.task is None:
        return
    for state in line.task.told:
        yield _("Told of {day}").format(day=show_day(state.day)), _evidence(state), _state(state.state)
    if line.task.due:
        late = line.task.days_late(line.day)
        yield _("Due"), _("{count} days late").format(count=number(late)) if late else _("in time"), day(line.task.due)


def _evidence(state: TaskState) -> str:
    parts = [state.evidence or _("no evidence told"), state.owner or "", state.note or ""]
    return "; ".join(filter(None, parts))
