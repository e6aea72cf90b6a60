"""One command that writes: a transaction with its action, all of it kept or none.

What is done to the ledger that `acting` yields, and the summary given to it, is one action of the history.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError
from sqlmodel import Session

from ntmtrack.errors import (
    ConnectionLost,
    EndUnknown,
    FileExists,
    MadeMeanwhile,
    NoDatabase,
    NtmError,
    TakenUnseen,
)
from ntmtrack.storage import snapshots
from ntmtrack.storage.address import Place, ServerAddress
from ntmtrack.storage.connection import (
    HEAD,
    connect,
    exists,
    identity,
    moved,
    peeking,
    refusal_of,
    revision_of,
    server,
    translated,
)
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.guards import make_schema, refuse_unsafe
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.open_action import driver_of
from ntmtrack.storage.tables import open_engine


@contextmanager
def acting(file: Place, stamp: Ledger.Stamp, *, create: bool = False, dry_run: bool = False) -> Iterator[Ledger]:
    """One write to the ledger in `file`; with `create` a missing file is made, in the same step as its first action.

    Raises NoDatabase, SchemaStrange, ClockBehind, YearClosed, and what `refusal_of` makes of a busy, read-only or
    damaged file.
    """
    if isinstance(file, ServerAddress):  # which is asked for its schema as it is written to
        with marked(file, stamp, keep=not dry_run) as ledger:
            yield ledger
        return
    if exists(file):
        bring_up_to_date(file)
        with marked(file, stamp, keep=not dry_run) as ledger:
            yield ledger
        return
    if not create or stamp.proposes:  # a proposal waits in the ledger of those who take it
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
    file: Place,
    stamp: Ledger.Stamp,
    *,
    keep: bool = True,
    prepare: Callable[[Connection, Place], None] = refuse_unsafe,
) -> Iterator[Ledger]:
    """One write to a file that is known to be a ledger at the present schema: all of it, or nothing.

    `prepare` looks at the ledger first, inside the transaction; without it, raises SchemaStrange where the rules of
    the file are not the program's.
    """
    opened = identity(file)
    engine = open_engine(file)
    ledger = None
    try:
        with translated(file), Session(engine) as session:
            prepare(driver_of(session), file)
            ledger = Ledger(session, _signed(stamp, driver_of(session), file))
            yield ledger
            if identity(file) != opened:
                raise moved(file)
            ledger.finish(keep=keep)
    except sqlite3.IntegrityError as wrong:
        raise (_taken_unseen(file) or wrong) from wrong
    except DBAPIError as wrong:
        if is_ours(wrong, file):
            raise ((_taken_unseen(file) if isinstance(wrong, IntegrityError) else None) or wrong) from wrong.orig
        refusal = refusal_of(wrong.orig or wrong, file)
        if ledger and ledger.is_ending and isinstance(refusal, ConnectionLost):
            refusal = EndUnknown(file=file, action=ledger.first_id)
        raise refusal from wrong
    finally:
        engine.dispose()


def _taken_unseen(file: Place) -> NtmError | None:
    """That a rule holds against what somebody who sees a part of a ledger writes, for a fact that he does not see."""
    if not isinstance(file, ServerAddress):
        return None
    with peeking(file) as connection:
        is_part = connection.execute("SELECT NOT sees_all()").fetchone()[0]
    return TakenUnseen(file=file) if is_part else None


def _signed(stamp: Ledger.Stamp, connection: Connection, file: Place) -> Ledger.Stamp:
    """The stamp with the name that a server let in, which nobody chooses; it says too who may only propose.

    Raises NoRight.
    """
    if not isinstance(file, ServerAddress):
        return stamp
    who, right = server(file).signed_in(connection, file)
    is_bound = right == "proposer"
    return stamp._replace(who=who, proposes=stamp.proposes or is_bound, may_only_propose=is_bound)


def is_ours(wrong: DBAPIError, file: Place) -> bool:
    """Whether an error is the fault of what was written, not of the ledger: what no refusal is made of."""
    if isinstance(file, ServerAddress):
        return bool(server(file).is_ours(wrong.orig))
    return isinstance(wrong, IntegrityError | ProgrammingError)


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
