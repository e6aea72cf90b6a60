"""`calendar`: what a movement has to do in a year, how it stands, and that a date was done."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from ntmtrack.commands import Session
from ntmtrack.commands.calendar_lines import Calendar, Gone, calendar_of
from ntmtrack.commands.movements import WhichMovementOptions
from ntmtrack.dates import show_day
from ntmtrack.emulation.calendar import CalendarLine, Doer, meant_by
from ntmtrack.errors import (
    DoneAlready,
    DoneNotYet,
    DoneOtherwise,
    EmptyCalendar,
    NotByUnit,
    NotToDo,
    RegisterInstead,
    SeveralDates,
    UnknownDate,
    WhoDidIt,
)
from ntmtrack.i18n import _, day, number
from ntmtrack.model import Unit
from ntmtrack.progress.tasks import DONE
from ntmtrack.reports import Report
from ntmtrack.reports.calendar import (
    Numbered,
    calendar_report,
    date_report,
    due_words,
    pressing_words,
    stand_words,
    told_words,
)
from ntmtrack.reports.labels import tier_label
from ntmtrack.rules import check_standing
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import units
from ntmtrack.storage.queries.units import find_unit
from ntmtrack.text import clean, few

_MOST_NAMED = 4
_MOST_UNITS = 12
_WEEK = 7
_LATELY = timedelta(60)  # within which `status` tells what is late: it is no list of all that ever was


class CalendarRequest(NamedTuple):
    """Of which movement, of which year; only what is late or due within so many days where that is told."""

    which: WhichMovementOptions
    year: int | None = None
    within: int | None = None


class DoneRequest(NamedTuple):
    """That a date was done, as typed: which date, by which units, the ISO day of that, what shows it.

    `reason` is why what is on record is corrected.
    """

    what: str
    units: Sequence[str] = ()
    day: str | None = None
    evidence: str | None = None
    reason: str | None = None


def show_calendar(connection: Connection, asked: CalendarRequest, on: date) -> Report:
    """What is due in the year, or within so many days, as it stands on a day; raises what `calendar_of` raises."""
    calendar, years = _asked(connection, asked, on)
    notes = [*_gone(calendar.gone)]
    if not calendar.lines and not notes:
        notes = [_("Nothing is late or due by then.") if asked.within is not None else _("No date falls in the year.")]
    return calendar_report(_shown(calendar, years, asked, on), years, on, notes, asked.within)


def show_date(connection: Connection, asked: CalendarRequest, what: str, on: date) -> Report:
    """One date, unit by unit; raises what `calendar_of` raises, UnknownDate, SeveralDates, EmptyCalendar."""
    place, line = _meant(connection, asked, what, on)
    return date_report(Numbered(place, line), on)


def save_calendar(session: Session, asked: CalendarRequest, what: str | None, on: date, file: Path) -> None:
    """Writes the dates that have a day, or one, as an iCalendar file; raises what `show_date` and `replacing` raise."""
    from ntmtrack.commands.calendar_file import write_calendar

    with session.reading() as connection:
        if what:
            shown = [_meant(connection, asked, what, on)[1]]
        else:
            calendar, years = _asked(connection, asked, on)
            shown = [one.line for one in _shown(calendar, years, asked, on)]
    dated = [line for line in shown if line.has_day]
    write_calendar(file, [(line, _told_of(line, on)) for line in dated], session.now)
    text = (
        _("Wrote {file}: {count} dates.")
        if len(dated) == len(shown)
        else _("Wrote {file}: {count} dates; {left} have no day.")
    )
    session.say(text.format(file=file, count=number(len(dated)), left=number(len(shown) - len(dated))))


def _told_of(line: CalendarLine, on: date) -> list[str]:
    """What is told beneath a date in other programs."""
    return [
        *([_("By: {who}").format(who=line.by)] if line.by else []),
        *([_("To: {who}").format(who=line.to)] if line.to else []),
        *([_("For the year {year}").format(year=line.of_year)] if line.of_year else []),
        _("Due: {day}").format(day=due_words(line)),
        _("On {day}: {status}.").format(day=day(on), status=stand_words(line, on)),
        f"{line.document}, {line.cite}",
    ]


def pressing(connection: Connection, on: date) -> str:
    """What is late or due within a week, in one line; of what is late for long only where it is told."""
    since = on - _LATELY
    years = range(since.year, (on + timedelta(_WEEK)).year + 1)
    lines = calendar_of(connection, WhichMovementOptions(), years, on).lines
    return pressing_words([line for line in lines if line.is_pressing(on, _WEEK)], on, since)


def _asked(connection: Connection, asked: CalendarRequest, on: date) -> tuple[Calendar, list[int]]:
    """The calendar of the years that are asked for: of what is due soon that of the next as well."""
    first = asked.year or on.year
    last = max(first, (on + timedelta(asked.within)).year) if asked.within is not None and not asked.year else first
    years = [*range(first, last + 1)]
    return calendar_of(connection, asked.which, years, on), years


def _shown(calendar: Calendar, years: Sequence[int], asked: CalendarRequest, on: date) -> list[Numbered]:
    """The lines that are asked for, those of the first year with their numbers."""
    numbered = [
        Numbered(place if line.due.year == years[0] else None, line)
        for place, line in enumerate(calendar.lines, start=1)
    ]
    return [one for one in numbered if asked.within is None or one.line.is_pressing(on, asked.within)]


def _gone(gone: Sequence[Gone]) -> Iterator[str]:
    """What is asked of units of which none stood when it was due."""
    for tier in dict.fromkeys(one.tier for one in gone):
        names = few(list(dict.fromkeys(one.what for one in gone if one.tier is tier)), _MOST_NAMED)
        text = _("{tier}: none stood when it was due, so that nobody is asked for: {dates}.")
        yield text.format(tier=tier_label(tier), dates=names)


def _meant(connection: Connection, asked: CalendarRequest, what: str, on: date) -> tuple[int, CalendarLine]:
    """The one date that is meant, with its number; raises EmptyCalendar, UnknownDate, SeveralDates."""
    calendar, years = _asked(connection, asked._replace(within=None), on)
    places = meant_by(calendar.lines, what)
    if not calendar.lines:
        raise EmptyCalendar(year=years[0])
    if not places:
        raise UnknownDate(text=clean(what), year=years[0], count=len(calendar.lines))
    if len(places) > 1:
        listed = few(
            [f"{place}. {calendar.lines[place - 1].what} ({due_words(calendar.lines[place - 1])})" for place in places],
            _MOST_NAMED,
        )
        raise SeveralDates(text=clean(what), count=len(places), dates=listed)
    return places[0], calendar.lines[places[0] - 1]


def tell_done(session: Session, asked: CalendarRequest, told: DoneRequest, *, dry_run: bool) -> None:
    """Keeps that a date was done, by the units that are named; a task of a plan as `task` does.

    Raises what `show_date` and `tell_task` raise, DoneNotYet, RegisterInstead, WhoDidIt, NotByUnit, NotToDo,
    DoneAlready, DoneOtherwise.
    """
    on = told.day or session.today.isoformat()
    if on > session.today.isoformat():
        raise DoneNotYet(day=show_day(on), today=day(session.today))
    with session.reading(as_known=False) as connection:
        _place, line = _meant(connection, asked, told.what, session.today)
    if line.by_registration:
        unit = f'"{clean(told.units[0])}"' if told.units else _("UNIT…")
        raise RegisterInstead(what=line.what, unit=unit, year=line.of_year, day=show_day(on))
    if line.task:
        from ntmtrack.commands.task import TaskRequest, WhichList, tell_task

        request = TaskRequest(str(line.task), DONE, on, evidence=told.evidence, reason=told.reason)
        tell_task(session, WhichList(roadmap=line.of), request, dry_run=dry_run)
        return
    with session.acting("calendar", dry_run=dry_run) as ledger:
        place, line = _meant(ledger.connection, asked, told.what, session.today)
        doers = _who(ledger.connection, asked.year or session.today.year, place, line, told.units)
        for doer in doers:
            _refuse_told(line, doer, told, on)
            check_standing(units.versions(ledger.connection, doer.unit_id), on)
        ledger.void("task_state", [doer.done.fact for doer in doers if doer.done and doer.done.fact])
        ledger.add_facts("task_state", [_state(line, doer, told, on) for doer in doers])
        ledger.reason = told.reason
        text = _("“{what}” ({key}) done on {day} by {units}")
        names = few([doer.title for doer in doers], _MOST_UNITS)
        ledger.summary = text.format(what=line.what, key=line.key, day=show_day(on), units=names)


def _state(line: CalendarLine, doer: Doer, told: DoneRequest, on: str) -> dict[str, object]:
    evidence = told.evidence or (doer.done.shown if doer.done and doer.done.day == on else None)
    return {
        **{"unit_id": doer.unit_id, "plan": line.of, "task": line.key, "state": DONE, "day": on},
        "evidence": evidence,
    }


def _who(connection: Connection, year: int, place: int, line: CalendarLine, typed: Sequence[str]) -> list[Doer]:
    """The units that did it; raises WhoDidIt, NotByUnit, NotToDo, and what finding them raises."""
    if not typed and line.each and len(line.doers) > 1:
        raise WhoDidIt(
            what=line.what,
            count=number(len(line.doers)),
            units=few([doer.title for doer in line.owing], _MOST_UNITS) or _("none"),
        )
    if not typed:
        return [*line.doers]
    if not line.each:
        raise NotByUnit(what=line.what, by=line.by or line.scope)
    by_unit = {doer.unit_id: doer for doer in line.doers}

    def has_to(unit: Unit) -> bool:
        return unit.id in by_unit

    found = [find_unit(connection, name, stands=has_to) for name in typed]
    for unit in found:
        if unit.id not in by_unit:
            titles = few([doer.title for doer in line.doers], _MOST_UNITS)
            raise NotToDo(what=line.what, unit=unit.full_title, units=titles, number=place, year=year)
    return [by_unit[unit] for unit in dict.fromkeys(unit.id for unit in found)]


def _refuse_told(line: CalendarLine, doer: Doer, told: DoneRequest, on: str) -> None:
    """Raises DoneAlready, DoneOtherwise for what is on record of a unit."""
    if doer.done is None:
        return
    facts = {"what": line.what, "unit": doer.title, "told": told_words(doer)}
    adds = told.evidence is not None and told.evidence != doer.done.shown
    if doer.done.day == on and not adds:
        raise DoneAlready(**facts)
    if (doer.done.day != on or doer.done.shown) and not told.reason:
        raise DoneOtherwise(**facts)
