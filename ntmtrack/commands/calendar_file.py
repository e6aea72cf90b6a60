"""The calendar as a file that Outlook and other programs take in (iCalendar, RFC 5545)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from ntmtrack import __version__
from ntmtrack.emulation.calendar import CalendarLine
from ntmtrack.files import replacing

_TOLD_BEFORE = timedelta(days=3)


def write_calendar(file: Path, lines: Iterable[tuple[CalendarLine, Sequence[str]]], now: datetime) -> None:
    """Writes each date as a whole day, with what is told of it; where it is not done a reminder three days before.

    A date keeps its identity from file to file, so that a program which has it already changes it. Raises what
    `replacing` raises.
    """
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", f"-//ntmtrack//ntmtrack {__version__}//VI")
    calendar.add("version", "2.0")
    for line, told in lines:
        event = Event()
        event.add("uid", f"{line.of}/{line.key}@ntmtrack".replace(" ", "-"))
        event.add("dtstamp", now)
        event.add("dtstart", line.due)
        event.add("dtend", line.due + timedelta(days=1))
        event.add("summary", line.what)
        event.add("description", "\n".join(told))
        event.add("transp", "TRANSPARENT")
        if line.owing:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", line.what)
            alarm.add("trigger", -_TOLD_BEFORE)
            event.add_component(alarm)
        calendar.add_component(event)
    with replacing(file) as draft:
        draft.write_bytes(calendar.to_ical())
