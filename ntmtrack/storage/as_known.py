"""The ledger as it was known on an earlier day: every query then sees the facts of the actions up to one of them.

Each table is covered by a temporary view of its name, in which rows written later are missing and rows voided later
still stand. The file itself stays untouched.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path

from ntmtrack.errors import KnownOnlyToday, NotKnownYet
from ntmtrack.i18n import day as write_day
from ntmtrack.i18n import day_of
from ntmtrack.storage.facts import KINDS
from ntmtrack.storage.open import reading

_COMPUTERS = 1970  # no clock of theirs tells an earlier year


def last_action_by(connection: sqlite3.Connection, day: date) -> int:
    """The last action done by the end of a day on this computer's calendar; 0 where there was none."""
    if day.year < _COMPUTERS:
        return 0
    end = datetime.combine(day, time(23, 59, 59)).astimezone(UTC).isoformat(timespec="seconds")
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM action WHERE at <= :end", {"end": end}).fetchone()
    return int(last)


def first_moment(day: date) -> str:
    """When a day begins on this computer's calendar, as actions tell their time."""
    return datetime.combine(max(day, date(_COMPUTERS, 1, 1)), time()).astimezone(UTC).isoformat(timespec="seconds")


def show_as_after(connection: sqlite3.Connection, action_id: int) -> None:
    """From now on `connection` shows what was known right after an action."""
    last = int(action_id)
    connection.execute(f"CREATE TEMP VIEW action AS SELECT * FROM main.action WHERE id <= {last}")
    for kind in KINDS:
        shown = ", ".join(
            f"CASE WHEN voided_by <= {last} THEN voided_by END AS voided_by" if column == "voided_by" else column
            for column in kind.all_columns
        )
        connection.execute(
            f"CREATE TEMP VIEW {kind.table} AS SELECT {shown} FROM main.{kind.table} WHERE action_id <= {last}"
        )


@contextmanager
def reading_after(file: Path, action_id: int) -> Iterator[sqlite3.Connection]:
    """The ledger in `file`, opened for reading as it was known right after an action."""
    with reading(file, lambda opened: show_as_after(opened, action_id)) as connection:
        yield connection


def look_back(connection: sqlite3.Connection, day: date, today: date) -> int:
    """Lets `connection` show what was known at the end of a day; the last action known then.

    Raises KnownOnlyToday for days to come, NotKnownYet for days before the first action.
    """
    last = known_on(connection, day, today)
    show_as_after(connection, last)
    return last


def known_on(connection: sqlite3.Connection, day: date, today: date) -> int:
    """The last action done by the end of a day; raises KnownOnlyToday, NotKnownYet."""
    if day > today:
        raise KnownOnlyToday(day=write_day(day), today=write_day(today))
    last = last_action_by(connection, day)
    if not last:
        (first,) = connection.execute("SELECT min(at) FROM action").fetchone()
        raise NotKnownYet(day=write_day(day), first=day_of(first) if first else write_day(today))
    return last
