"""Đăng ký thi đua: what a unit pledged in words, whether that was kept, who has not registered or did so late.

Pure: what the ledger tells of a unit comes in, verdicts come out. A year that has not begun has none, a running year
none against the unit.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from ntmtrack.dates import first_day, last_day, show_day
from ntmtrack.emulation.registers import CRITERIA, LEVEL, Registration
from ntmtrack.errors import (
    BadMoreCriteria,
    ReceivedBeforeSent,
    RegisteredAlready,
    RegisteredOtherwise,
    YearOfPledge,
)
from ntmtrack.i18n import N_, _, number
from ntmtrack.programmes import every_level
from ntmtrack.text import clean, unmarked

YEARS_BACK, YEARS_AHEAD = 10, 1
_MORE = re.compile(r"(?:(?:them|tang(?: them)?) )?\+? ?([0-9]{1,2}) ?(?:tieu chi|tc|criteria)?")


class Outcome(StrEnum):
    """What became of a pledge."""

    MET = "met"
    NOT_MET = "not_met"
    OPEN = "open"  # the year runs, and it is not met yet
    NO_DATA = "no_data"
    ENDED = "ended"  # the unit is no more, and had not met it
    BY_OFFICE = "by_office"  # a target in words, which the office judges
    TO_COME = "to_come"  # the year has not begun

    @property
    def label(self) -> str:
        """The word, in the language in use."""
        return _(_OUTCOMES[self])


_OUTCOMES = {
    Outcome.MET: N_("met"),
    Outcome.NOT_MET: N_("not kept"),
    Outcome.OPEN: N_("not met yet"),
    Outcome.NO_DATA: N_("no data"),
    Outcome.ENDED: N_("unit ended"),
    Outcome.BY_OFFICE: N_("judged by the office"),
    Outcome.TO_COME: N_("year to come"),
}


class MetCriteria(NamedTuple):
    """Criteria surely met and at most met, by the assessment of an ISO day."""

    surely: int
    most: int
    day: str


def read_more(text: str) -> str:
    """How many criteria more are pledged: "3" of "3", "+3", "+3 TC", "thêm 3 tiêu chí"; raises BadMoreCriteria."""
    found = _MORE.fullmatch(" ".join(unmarked(text).split()))
    if not found or int(found[1]) == 0:
        raise BadMoreCriteria(text=clean(text))
    return str(int(found[1]))


def pledge_words(pledged: Registration) -> str:
    """What is pledged: the level by its name, "+3 tiêu chí", the target in the words of the unit."""
    if pledged.pledge == LEVEL:
        level = every_level().get(pledged.value)
        return level.label if level else pledged.value
    if pledged.pledge == CRITERIA:
        return _("+{count} criteria").format(count=number(int(pledged.value)))
    return pledged.value


def check_pledge(new: Registration, today: date) -> None:
    """Refuses a year long past or too far ahead, and what was received before it was sent.

    Raises YearOfPledge, ReceivedBeforeSent.
    """
    if not today.year - YEARS_BACK <= new.year <= today.year + YEARS_AHEAD:
        raise YearOfPledge(year=new.year, first=today.year - YEARS_BACK, last=today.year + YEARS_AHEAD)
    if new.sent_on and new.received_on and last_day(new.received_on) < first_day(new.sent_on):
        raise ReceivedBeforeSent(sent=show_day(new.sent_on), received=show_day(new.received_on))


def amended(new: Registration, known: Sequence[Registration]) -> Registration | None:
    """What of a unit's registrations of the year `new` takes the place of.

    The same pledge, else the only one of that kind, else the only one there is; None where nothing or several may be.
    """
    same = [one for one in known if (one.pledge, one.value) == (new.pledge, new.value)]
    of_kind = [one for one in known if one.pledge == new.pledge]
    fitting = same or of_kind or list(known)
    return fitting[0] if len(fitting) == 1 else None


def beside(new: Registration, known: Iterable[Registration]) -> Registration | None:
    """A registration of the unit and year next to which `new` may not stand; None where there is none."""
    for one in known:
        if one.pledge == new.pledge and (one.pledge in (LEVEL, CRITERIA) or one.value == new.value):
            return one
    return None


def refuse_beside(unit: str, new: Registration, known: Iterable[Registration]) -> None:
    """Refuses a registration told already, or another of its kind; raises RegisteredAlready, RegisteredOtherwise."""
    old = beside(new, known)
    if old is None:
        return
    refusal = RegisteredAlready if old.value == new.value else RegisteredOtherwise
    raise refusal(unit=unit, year=new.year, pledged=pledge_words(old))


def level_outcome(year: int, today: date, *, reached: bool, ended: bool = False) -> Outcome:
    """What became of a pledged level, by whether the unit has it at the end of the year, or today."""
    if year > today.year:
        return Outcome.TO_COME
    return Outcome.MET if reached else _short(year, today, ended=ended)


def criteria_outcome(
    pledged: int, year: int, today: date, before: MetCriteria | None, after: MetCriteria | None, *, ended: bool = False
) -> Outcome:
    """What became of so many criteria more, by the last assessments of the year before and of the year.

    Without an assessment before, or without one in the year itself, nothing is known.
    """
    if year > today.year:
        return Outcome.TO_COME
    if before is None or after is None or int(after.day[:4]) != year:
        return Outcome.NO_DATA
    if after.surely - before.most >= pledged:
        return Outcome.MET
    if after.most - before.surely >= pledged:  # by what the assessments leave open it may be met or not
        return Outcome.NO_DATA
    return _short(year, today, ended=ended)


def _short(year: int, today: date, *, ended: bool) -> Outcome:
    if ended:
        return Outcome.ENDED
    return Outcome.NOT_MET if today.year > year else Outcome.OPEN


class Sending(NamedTuple):
    """Whether a unit that was to register did so by a day: the first of its registrations, None where there is none.

    `days_late` are counted from the day on which it was due, 0 in time; None where no day of sending is known.
    """

    unit_id: int
    registration: Registration | None
    days_late: int | None


def sendings(unit_ids: Iterable[int], sent: Sequence[Registration], due: date, on: date) -> Iterator[Sending]:
    """How each of the units that were to register stands on a day: by what is about it, or was sent by it."""
    there = [one for one in sent if (day := sent_by(one)) is None or first_day(day) <= on]
    for unit_id in unit_ids:
        own = [one for one in there if unit_id in (one.unit_id, one.sender_id)]
        first = min(own, key=lambda one: sent_by(one) or "9999", default=None)
        yield Sending(unit_id, first, _late(first, due, on))


def _late(first: Registration | None, due: date, on: date) -> int | None:
    if first is None:
        return max((on - due).days, 0)
    day = sent_by(first)
    return None if day is None else max((first_day(day) - due).days, 0)


def sent_by(registration: Registration) -> str | None:
    """The ISO day on which it was sent, else that on which it was received; None where neither is known."""
    return registration.sent_on or registration.received_on
