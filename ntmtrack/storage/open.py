"""Opening the ledger for reading, at the present schema, with the standard library alone."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, date, datetime, time

from ntmtrack.errors import KnownOnlyToday, NotKnownYet, SchemaOlder
from ntmtrack.i18n import day as write_day
from ntmtrack.i18n import day_of
from ntmtrack.storage.address import Place, ServerAddress
from ntmtrack.storage.connection import HEAD, connect, peeking, revision_of, server
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.facts import KINDS


@contextmanager
def reading(
    file: Place,
    prepare: Callable[[Connection], None] | None = None,
    on_lent: Callable[[str, str], None] | None = None,
    *,
    as_it_is: bool = False,
) -> Iterator[Connection]:
    """A connection that only reads the ledger in `file`, at the present schema; `prepare` may set it up before.

    A ledger of an earlier schema is upgraded; where it cannot be written it is read by way of a temporary copy, and
    `on_lent` is told its schema and why. With `as_it_is` it is read at the schema that it has, where queries may fail.
    """
    with ExitStack() as opened:
        connection = opened.enter_context(peeking(file))
        revision = revision_of(connection, file)
        if isinstance(file, ServerAddress):
            if revision != HEAD and not as_it_is:
                raise SchemaOlder(file=file, revision=revision)
            server(file).signed_in(connection, file)
            if prepare:
                prepare(connection)
            server(file).only_read(connection)
            yield connection
            return
        if revision != HEAD and not as_it_is:
            from ntmtrack.storage.migrate import upgraded  # Alembic costs a start

            connection.close()
            current = opened.enter_context(upgraded(file, revision, on_lent))
            connection = opened.enter_context(closing(connect(current)))
        if prepare:
            prepare(connection)
        connection.execute("PRAGMA query_only = ON")
        connection.execute("BEGIN")
        yield connection


_COMPUTERS = 1970  # no clock of theirs tells an earlier year


def last_action_by(connection: Connection, day: date) -> int:
    """The last action done by the end of a day on this computer's calendar; 0 where there was none."""
    if day.year < _COMPUTERS:
        return 0
    end = datetime.combine(day, time(23, 59, 59)).astimezone(UTC).isoformat(timespec="seconds")
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM action WHERE at <= :end", {"end": end}).fetchone()
    return int(last)


def first_moment(day: date) -> str:
    """When a day begins on this computer's calendar, as actions tell their time."""
    return datetime.combine(max(day, date(_COMPUTERS, 1, 1)), time()).astimezone(UTC).isoformat(timespec="seconds")


def show_as_after(connection: Connection, action_id: int) -> None:
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
def reading_after(file: Place, action_id: int) -> Iterator[Connection]:
    """The ledger in `file`, opened for reading as it was known right after an action."""
    with reading(file, lambda opened: show_as_after(opened, action_id)) as connection:
        yield connection


def look_back(connection: Connection, day: date, today: date) -> int:
    """Lets `connection` show what was known at the end of a day; the last action known then.

    Raises KnownOnlyToday for days to come, NotKnownYet for days before the first action.
    """
    last = known_on(connection, day, today)
    show_as_after(connection, last)
    return last


def known_on(connection: Connection, day: date, today: date) -> int:
    """The last action done by the end of a day; raises KnownOnlyToday, NotKnownYet."""
    if day > today:
        raise KnownOnlyToday(day=write_day(day), today=write_day(today))
    last = last_action_by(connection, day)
    if not last:
        (first,) = connection.execute("SELECT min(at) FROM action").fetchone()
        raise NotKnownYet(day=write_day(day), first=day_of(first) if first else write_day(today))
    return last
