"""One command that writes: a transaction with its action, all of it kept or none.

What is done to the ledger that `acting` yields, and the summary given to it, is one action of the history.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError
from sqlmodel import Session

from ntmtrack.errors import FileExists, MadeMeanwhile, NoDatabase, NtmError
from ntmtrack.storage import snapshots
from ntmtrack.storage.connection import (
    HEAD,
    connect,
    exists,
    identity,
    moved,
    peeking,
    refusal_of,
    revision_of,
    translated,
)
from ntmtrack.storage.guards import make_schema, refuse_unsafe
from ntmtrack.storage.ledger import Ledger, driver_of
from ntmtrack.storage.tables import open_engine


@contextmanager
def acting(file: Path, stamp: Ledger.Stamp, *, create: bool = False, dry_run: bool = False) -> Iterator[Ledger]:
    """One write to the ledger in `file`; with `create` a missing file is made, in the same step as its first action.

    Raises NoDatabase, SchemaStrange, ClockBehind, YearClosed, and what `refusal_of` makes of a busy, read-only or
    damaged file.
    """
    if exists(file):
        bring_up_to_date(file)
        with marked(file, stamp, keep=not dry_run) as ledger:
            yield ledger
        return
    if not create:
        raise NoDatabase(file=file)
    with new_ledger(file) as draft:
        with marked(draft, stamp, keep=not dry_run) as ledger:
            yield ledger
        if not dry_run:
            name_new_ledger(draft, file)


def bring_up_to_date(file: Path) -> None:
    """Upgrades an older ledger; refuses what is none, or cannot be written."""
    with peeking(file) as connection:
        revision = revision_of(connection, file)
    if revision != HEAD:
        from ntmtrack.storage.migrate import upgrade

        upgrade(file, revision)


@contextmanager
def marked(
    file: Path,
    stamp: Ledger.Stamp,
    *,
    keep: bool = True,
    prepare: Callable[[sqlite3.Connection, Path], None] = refuse_unsafe,
) -> Iterator[Ledger]:
    """One write to a file that is known to be a ledger at the present schema: all of it, or nothing.

    `prepare` looks at the ledger first, inside the transaction; without it, raises SchemaStrange where the rules of
    the file are not the program's.
    """
    opened = identity(file)
    engine = open_engine(file)
    try:
        with translated(file), Session(engine) as session:
            prepare(driver_of(session), file)
            ledger = Ledger(session, stamp)
            yield ledger
            if identity(file) != opened:
                raise moved(file)
            ledger.finish(keep=keep)
    except (IntegrityError, ProgrammingError):
        raise  # our own fault, not the file's
    except DBAPIError as wrong:
        raise refusal_of(wrong.orig or wrong, file) from wrong
    finally:
        engine.dispose()


@contextmanager
def new_ledger(file: Path) -> Iterator[Path]:
    """A new ledger beside `file`, with no action yet; what is not published by then is gone afterwards."""
    try:
        with snapshots.folder_made_for(file), snapshots.draft_beside(file) as draft:
            with translated(file), closing(connect(draft)) as connection:
                make_schema(connection)
            yield draft
    except NtmError as refusal:
        if isinstance(refusal.facts.get("file"), Path) and refusal.facts["file"] != file:
            refusal.facts["file"] = file  # the name that the user knows
        raise


def name_new_ledger(draft: Path, file: Path) -> None:
    """Gives a new ledger its name; raises MadeMeanwhile where somebody else has just taken it."""
    try:
        snapshots.name_draft(draft, file)
    except FileExists as taken:
        raise MadeMeanwhile(file=file) from taken
