"""Opening the ledger for reading, at the present schema, with the standard library alone."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from ntmtrack.storage import connection as files


@contextmanager
def reading(
    file: Path,
    prepare: Callable[[sqlite3.Connection], None] | None = None,
    on_lent: Callable[[str, str], None] | None = None,
    *,
    as_it_is: bool = False,
) -> Iterator[sqlite3.Connection]:
    """A connection that only reads the ledger in `file`, at the present schema; `prepare` may set it up before.

    A ledger of an earlier schema is upgraded; where it cannot be written it is read by way of a temporary copy, and
    `on_lent` is told its schema and why. With `as_it_is` it is read at the schema that it has, where queries may fail.
    """
    with ExitStack() as opened:
        connection = opened.enter_context(files.peeking(file))
        revision = files.revision_of(connection, file)
        if revision != files.HEAD and not as_it_is:
            from ntmtrack.storage.migrate import upgraded  # Alembic costs a start

            connection.close()
            current = opened.enter_context(upgraded(file, revision, on_lent))
            connection = opened.enter_context(closing(files.connect(current)))
        if prepare:
            prepare(connection)
        connection.execute("PRAGMA query_only = ON")
        connection.execute("BEGIN")
        yield connection
