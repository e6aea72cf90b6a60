"""The ledger looked at as it was known on an earlier day."""

import sqlite3
from datetime import date

from ntmtrack.errors import KnownOnlyToday, NotKnownYet
from ntmtrack.i18n import day as write_day
from ntmtrack.i18n import day_of
from ntmtrack.storage import as_known


def look_back(connection: sqlite3.Connection, day: date, today: date) -> int:
    """Lets `connection` show what was known at the end of a day; the last action known then.

    Raises KnownOnlyToday for days to come, NotKnownYet for days before the first action.
    """
    last = known_on(connection, day, today)
    as_known.show_as_after(connection, last)
    return last


def known_on(connection: sqlite3.Connection, day: date, today: date) -> int:
    """The last action done by the end of a day; raises KnownOnlyToday, NotKnownYet."""
    if day > today:
        raise KnownOnlyToday(day=write_day(day), today=write_day(today))
    last = as_known.last_action_by(connection, day)
    if not last:
        (first,) = connection.execute("SELECT min(at) FROM action").fetchone()
        raise NotKnownYet(day=write_day(day), first=day_of(first) if first else write_day(today))
    return last
