"""The lines of the calendar: the dates of the movements on record, the tasks with a day of the plans beside them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ntmtrack.commands.movements import WhichMovementOptions, keys_of, movement_called, whose_and_when
from ntmtrack.commands.registrants import to_register
from ntmtrack.commands.task_lines import told_of
from ntmtrack.emulation import Occurrence, occurrences
from ntmtrack.emulation.calendar import (
    CalendarLine,
    Doer,
    Done,
    clause,
    in_order,
    line_of,
    shown_by_registrations,
)
from ntmtrack.errors import NoMovement
from ntmtrack.model import Tier
from ntmtrack.progress.tasks import DONE, DROPPED, LISTED, Task, TaskState, checklist
from ntmtrack.reports.tasks import task_title
from ntmtrack.roadmaps import BEFORE
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import roadmaps, units
from ntmtrack.storage.queries.criteria import task_states
from ntmtrack.storage.queries.emulation import StoredMovement, every_movement, registrations
from ntmtrack.storage.queries.roadmaps import StoredPlan
from ntmtrack.storage.queries.scopes import find_scope

_BEFORE_IT = timedelta(1)  # between a day and the last one before it, where one of both took the clause so


class Gone(NamedTuple):
    """A date that is asked of the units of a tier of which none stood on its day."""

    what: str
    tier: Tier


class Calendar(NamedTuple):
    """The lines of the calendar, the earliest due first, and what is asked of units that there are none of."""

    lines: list[CalendarLine]
    gone: list[Gone]


class _Told(NamedTuple):
    """What facts tell of dates until a day, and who has to do them: asked of the ledger once each."""

    connection: Connection
    on: date
    states: Mapping[tuple[str, str, int], TaskState]  # by movement, date and unit
    titles: Mapping[int, str]
    registered: dict[int, dict[int, Done]]  # by year
    ever: dict[tuple[int, Tier], bool]  # whether the ledger held units of a tier in a scope

    def by_registration(self, year: int) -> Mapping[int, Done]:
        """The units that registered for a year, or sent what others did."""
        if year not in self.registered:
            self.registered[year] = shown_by_registrations(registrations(self.connection, year), self.on)
        return self.registered[year]

    def has_had(self, scope_id: int, tier: Tier) -> bool:
        """Whether the ledger ever held a unit of a tier within a scope."""
        if (scope_id, tier) not in self.ever:
            self.ever[scope_id, tier] = bool(units.every_unit(self.connection, None, scope_id, tier))
        return self.ever[scope_id, tier]


def calendar_of(connection: Connection, which: WhichMovementOptions, years: Collection[int], on: date) -> Calendar:
    """What is due in some years, as it stands on a day.

    Raises MovementNotHeld, UnknownMovement, NoMovement where neither a movement nor a task with a day is on record, and
    what finding the scope raises.
    """
    scope = find_scope(connection, which.scope) if which.scope else None
    every = every_movement(connection)
    meant = [one for one in every if _is_meant(one, which.key, scope.id if scope else None)]
    if which.key:
        movement_called(every, which.key)
    scopes = {one.scope_id for one in meant} | ({scope.id} if scope else set())
    dates, gone = _dates(connection, meant, {one.movement.key: keys_of(one, every) for one in meant}, years, on)
    plans = _plans(connection, scopes if scopes or every else None)
    tasks = [line for stored in plans for line in _tasks(connection, stored, years, on)]
    if not (meant or tasks):
        raise NoMovement(of=whose_and_when(scope, max(years)))
    return Calendar(in_order(_as_one(dates, tasks)), gone)


def _is_meant(stored: StoredMovement, key: str | None, scope: int | None) -> bool:
    if key:
        return stored.movement.key == key
    return stored.replaced_by is None and scope in (None, stored.scope_id)


def _dates(
    connection: Connection,
    movements: Sequence[StoredMovement],
    keys: Mapping[str, Sequence[str]],
    years: Collection[int],
    on: date,
) -> tuple[list[CalendarLine], list[Gone]]:
    """The dates of movements that fall in some years; those asked of units that there are none of.

    `keys` are those under which facts tell of each movement.
    """
    told_under = {(state.plan, state.task, unit): state for unit, state in task_states(connection)}
    states = {
        (key, task, unit): state
        for key, older in keys.items()
        for name in reversed(older)
        for (plan, task, unit), state in told_under.items()
        if plan == name and state.state == DONE and state.day <= on.isoformat()
    }
    told = _Told(connection, on, states, units.unit_titles(connection, on), {}, {})
    lines, gone = [], []
    for stored in movements:
        for one in (one for year in sorted(years) for one in occurrences(stored.movement, year)):
            each = _each(stored, one, told)
            whose = [(stored.scope_id, told.titles.get(stored.scope_id, stored.movement.scope_name))]
            doers = [_doer(stored, one, told, *unit) for unit in (whose if each is None else each)]
            lines += [line_of(stored.movement, one, doers, each=each is not None)] if doers else []
            gone += [Gone(one.deadline.name, one.deadline.tier)] if one.deadline.tier and not doers else []
    return lines, gone


def _doer(stored: StoredMovement, one: Occurrence, told: _Told, unit: int, title: str) -> Doer:
    """A unit that has to do it, with what tells that it did: a registration, else what was told by hand."""
    shown = told.by_registration(one.of_year).get(unit) if one.deadline.shown_by else None
    state = told.states.get((stored.movement.key, one.key, unit))
    return Doer(unit, title, shown or (Done(state.day, state.evidence, fact=state.id) if state else None))


def _each(stored: StoredMovement, one: Occurrence, told: _Told) -> list[tuple[int, str]] | None:
    """The units of a tier each of which has to do it, as they stood when it was due.

    Of what registrations show those that take part in the programme. None where it is asked of no tier, or of one of
    which the ledger never held any: then it is the scope's.
    """
    tier = one.deadline.tier
    if tier is None or not told.has_had(stored.scope_id, tier):
        return None
    if one.deadline.shown_by:
        found, _others = to_register(told.connection, stored, one, one.due)
    else:
        found = units.every_unit(told.connection, one.due, stored.scope_id, tier)
    return [(unit.id, unit.title) for unit in found]


def _plans(connection: Connection, scopes: Collection[int] | None) -> list[StoredPlan]:
    """The plans with a checklist of some units; of all where no movement says which."""
    return [
        stored
        for stored in roadmaps.every_roadmap(connection)
        if stored.scope_id is not None
        and stored.replaced_by is None
        and (scopes is None or stored.scope_id in scopes)
        and any(target.measure in LISTED for target in stored.plan.targets)
    ]


def _tasks(connection: Connection, stored: StoredPlan, years: Collection[int], on: date) -> Iterator[CalendarLine]:
    """The tasks of a plan for which it, or the office, names a day in some years."""
    for task in checklist(stored.plan, told_of(connection, stored), on):
        due = task.standing.due
        if due and due.year in years and task.standing.state != DROPPED and _has_day(task):
            yield _task_line(stored, task, due)


def _has_day(task: Task) -> bool:
    return bool((task.target and task.target.due_on) or any(state.due_on for state in task.standing.told))


def _task_line(stored: StoredPlan, task: Task, due: date) -> CalendarLine:
    stands = task.standing
    assert stored.scope_id is not None
    done = Done(stands.day, stands.evidence) if stands.state == DONE else None
    return CalendarLine(
        key=f"{stored.plan.key}:{task.number}",
        of=stored.plan.key,
        document=stored.plan.number,
        scope=stored.plan.scope_name,
        what=task_title(task),
        by=stands.owner,
        due=due,
        doers=(Doer(stored.scope_id, stored.plan.scope_name, done),),
        before=bool(task.target and (task.target.due_on or "").startswith(BEFORE) and due == task.target.due_by),
        cite=task.target.cite if task.target else "",
        task=task.number,
    )


def _as_one(dates: Sequence[CalendarLine], tasks: Sequence[CalendarLine]) -> list[CalendarLine]:
    """All lines; what one document says in one clause stands once, though both its movement and its plan have it."""
    of_clause = {(line.document, clause(line.cite)): line for line in tasks if line.cite}
    kept, taken = [], set()
    for line in dates:
        task = of_clause.get((line.document, clause(line.cite)))
        if task and not line.each and abs(line.due - task.due) <= _BEFORE_IT:
            taken.add(task.key)
            line = _with_task(line, task)
        kept.append(line)
    return [*kept, *(line for line in tasks if line.key not in taken)]


def _with_task(line: CalendarLine, task: CalendarLine) -> CalendarLine:
    """The date of a movement, done where either tells so, with who sees to it by the checklist."""
    return line._replace(by=task.by or line.by, doers=line.doers if line.done else task.doers)
