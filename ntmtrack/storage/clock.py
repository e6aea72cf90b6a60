"""A clock that was set back is told before anything is written by it: the history would stand in the wrong order."""

import sqlite3
from datetime import datetime, timedelta

from ntmtrack.errors import ClockBehind
from ntmtrack.i18n import local_time

_ALLOWED = timedelta(hours=1)  # two programs that write at once, a clock that is corrected by minutes


def refuse_clock_behind(connection: sqlite3.Connection, now: datetime) -> None:
    """Raises ClockBehind where the last action was done over an hour later than `now`."""
    row = connection.execute("SELECT id, at FROM action ORDER BY id DESC LIMIT 1").fetchone()
    if row is None:
        return
    last = datetime.fromisoformat(row[1])
    if now < last - _ALLOWED:
        raise ClockBehind(now=local_time(now.isoformat()), last=local_time(row[1]), action=row[0])
