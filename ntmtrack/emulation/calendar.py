"""The calendar of a movement as lines: what is due by when, who has to do it, how it stands on a day."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from ntmtrack.dates import first_day, is_whole
from ntmtrack.emulation import Deadline, Movement, Occurrence
from ntmtrack.emulation.pledges import sent_by
from ntmtrack.emulation.registers import Registration
from ntmtrack.roadmaps import BEFORE
from ntmtrack.text import plain, squeeze, unmarked

_OF_PLACES = {"muc", "diem", "khoan", "phan"}  # words beside the numbers of a clause, of which many make no use


class Done(NamedTuple):
    """That a date was done: the ISO day, perhaps of a month alone or unknown, and what shows it.

    `by_registration` where a registration shows it, `fact` the fact that tells it where not.
    """

    day: str | None
    shown: str | None = None
    by_registration: bool = False
    fact: int | None = None

    def is_until(self, on: date) -> bool:
        """Whether it was done by a day."""
        return self.day is None or first_day(self.day) <= on


class Doer(NamedTuple):
    """A unit that has to do something by a day; `done` is None where nothing tells that it did."""

    unit_id: int
    title: str
    done: Done | None = None


class Stand(StrEnum):
    """How a line of the calendar stands on a day."""

    DONE = "done"
    DONE_LATE = "done-late"
    LATE = "late"
    TO_COME = "to-come"
    NO_DAY = "no-day"  # the document names none: nothing is late


class CalendarLine(NamedTuple):
    """What is due: of which scope, by which clause of a document, by whom, to whom, for which year.

    `key` is what facts call it, `of` the key of its movement or plan. With `before` the document says "trước" of
    the day after `due`; `period` is the month or the year that it names instead of a day. `each` says that every
    unit of a tier has to do it, `by_registration` that registrations show who did. `task` is its number on the
    checklist of the plan; None of a date of a movement.
    """

    key: str
    of: str
    document: str
    scope: str
    what: str
    by: str | None
    due: date
    doers: tuple[Doer, ...]
    to: str | None = None
    of_year: int | None = None
    before: bool = False
    period: str | None = None
    has_day: bool = True
    each: bool = False
    by_registration: bool = False
    cite: str = ""
    task: int | None = None

    def days_late(self, doer: Doer, on: date) -> int:
        """How many days after it was due a unit did it, or has not done it on a day; 0 in time, and without a day."""
        if not self.has_day or (doer.done and doer.done.day is None):
            return 0
        end = first_day(doer.done.day) if doer.done and doer.done.day else on
        return max((end - self.due).days, 0)

    def late(self, on: date) -> list[int]:
        """The days by which it was done late, or is late on a day, of each unit of which that is so."""
        return [days for doer in self.doers if (days := self.days_late(doer, on))]

    @property
    def done(self) -> list[Doer]:
        """The units that did it."""
        return [doer for doer in self.doers if doer.done]

    @property
    def owing(self) -> list[Doer]:
        """The units that did not do it yet."""
        return [doer for doer in self.doers if not doer.done]

    def stand(self, on: date) -> Stand:
        """How it stands on a day."""
        if not self.owing:
            return Stand.DONE_LATE if self.late(on) else Stand.DONE
        if not self.has_day:
            return Stand.NO_DAY
        return Stand.LATE if on > self.due else Stand.TO_COME

    def is_pressing(self, on: date, days: int) -> bool:
        """Whether it is late on a day, or due within so many days of it."""
        stand = self.stand(on)
        return stand is Stand.LATE or (stand is Stand.TO_COME and self.due <= on + timedelta(days))


def line_of(movement: Movement, one: Occurrence, doers: Iterable[Doer], *, each: bool) -> CalendarLine:
    """The line of a date of a movement; `each` of these units has to do it."""
    deadline = one.deadline
    return CalendarLine(
        key=one.key,
        of=movement.key,
        document=movement.number,
        scope=movement.scope_name,
        what=deadline.name,
        by=deadline.by,
        due=one.due,
        doers=tuple(doers),
        to=deadline.to,
        of_year=one.of_year,
        before=deadline.before or _is_before_day(deadline),
        period=None if _is_before(deadline) or is_whole(deadline.once or "") else deadline.once,
        has_day=deadline.has_day,
        each=each,
        by_registration=bool(deadline.shown_by),
        cite=deadline.cite,
    )


def _is_before(deadline: Deadline) -> bool:
    return (deadline.once or "").startswith(BEFORE)


def _is_before_day(deadline: Deadline) -> bool:
    return _is_before(deadline) and is_whole((deadline.once or "").removeprefix(BEFORE))


def shown_by_registrations(registered: Iterable[Registration], on: date) -> dict[int, Done]:
    """The units that registered by a day, or sent what others registered: each when it did so first."""
    first: dict[int, Done] = {}
    for one in registered:
        done = Done(sent_by(one), one.document, by_registration=True)
        for unit in {one.unit_id, one.sender_id or one.unit_id}:
            if done.is_until(on) and (unit not in first or (done.day or "9") < (first[unit].day or "9")):
                first[unit] = done
    return first


def clause(cite: str) -> tuple[str, ...]:
    """The numbers of a place in a document, however it is written: “mục IV, điểm 7” is IV.7."""
    return tuple(word for word in re.findall(r"\w+", unmarked(cite)) if word not in _OF_PLACES)


def meant_by(lines: Sequence[CalendarLine], typed: str) -> list[int]:
    """The places in the list, from 1, that a number, a key or words may mean: the number; a whole name; all words."""
    word = typed.strip()
    if word.isascii() and word.isdigit():
        return [int(word)] if 1 <= int(word) <= len(lines) else []
    keys = {place: (line.key, line.key.partition("/")[0], line.what) for place, line in enumerate(lines, start=1)}
    if whole := [place for place, names in keys.items() if squeeze(word) in map(squeeze, names)]:
        return whole
    words = _words(word)
    return [place for place, line in enumerate(lines, start=1) if words and words <= _words(line.what)]


def _words(text: str) -> set[str]:
    return {*re.findall(r"\w+", plain(text))}


def in_order(lines: Iterable[CalendarLine]) -> list[CalendarLine]:
    """The lines, the earliest due first; of one day as they came."""
    return sorted(lines, key=lambda line: line.due)
