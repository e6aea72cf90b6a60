"""A ledger put back from a copy: verified, marked as restored, and brought into place in one step.

The content goes into the file that is there, by SQLite's own backup in one transaction, so that other programs which
have it open go on with the new content. A file that SQLite cannot read is replaced instead.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from ntmtrack.errors import (
    ChainBroken,
    ChangedMeanwhile,
    CopyDamaged,
    CopyStrange,
    DatabaseDamaged,
    NoSuchFile,
    NotACopy,
    NotALedger,
    RowsForbid,
)
from ntmtrack.storage import snapshots
from ntmtrack.storage.chain import breaks
from ntmtrack.storage.connection import HEAD, connect, exists, opened, revision_of, translated
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.guards import Differences, differences
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.open import reading
from ntmtrack.storage.transaction import marked, name_new_ledger


@contextmanager
def verified(copy: Path, beside: Path) -> Iterator[Path]:
    """The content of a copy as a draft beside `beside`, at the present schema, found whole; gone afterwards.

    Raises NoSuchFile, NotACopy, CopyDamaged, DatabaseNewer, ChainBroken, CopyStrange, NotALedger for what is no
    ledger's place.
    """
    if not exists(copy):
        raise NoSuchFile(file=copy)
    if beside.is_dir():
        raise NotALedger(file=beside)
    with snapshots.folder_made_for(beside), snapshots.draft_beside(beside) as draft:
        try:
            if copy.is_dir():
                raise NotALedger(file=copy)
            _duplicate(copy, draft)
            snapshots.refuse_damaged(draft, copy)
            _bring_up_to_date(draft)
            with reading(draft) as connection:
                broken, differing = breaks(connection), differences(connection)
        except NotALedger as refusal:
            raise NotACopy(file=copy) from refusal
        except DatabaseDamaged as refusal:
            raise CopyDamaged(file=copy, reason=refusal.facts["reason"]) from refusal
        if broken:
            raise ChainBroken(file=copy, actions=", ".join(str(flaw.action) for flaw in broken))
        if differing.is_unsafe:
            raise CopyStrange(file=copy, what=differing.words())
        yield draft


def _bring_up_to_date(draft: Path) -> None:
    """Upgrades a draft without a copy of it: it is one."""
    with opened(draft) as connection:
        is_behind = revision_of(connection, draft) != HEAD
    if is_behind:
        from ntmtrack.storage.migrate import migrate

        migrate(draft)


def put_back(draft: Path, file: Path, stamp: Ledger.Stamp, summary: str) -> Path | None:
    """Makes the draft the ledger; the replaced one is kept, and its copy given back (None: there was none).

    That it was restored is the last action of the ledger then. Nobody else writes between the copy and the
    replacement. Raises ClockBehind, DatabaseBusy, DatabaseNotWritable.
    """
    if not exists(file):
        _mark(draft, stamp, summary, None)
        name_new_ledger(draft, file)
        return None
    try:
        with _locked(file) as connection:
            kept = snapshots.set_aside(file, "restore", stamp.at, connection)
            _mark(draft, stamp, summary, kept)
            _fill(draft, file, connection)
    except (DatabaseDamaged, NotALedger):
        kept = snapshots.set_aside_damaged(file, stamp.at)
        _mark(draft, stamp, summary, kept)
        snapshots.replace(draft, file)
    snapshots.prune(file, "restore", kept)
    return kept


def _mark(draft: Path, stamp: Ledger.Stamp, summary: str, kept: Path | None) -> None:
    with marked(draft, stamp) as ledger:
        ledger.summary = summary.format(kept=kept.name if kept else "–")
        ledger.reason = stamp.reopen


@contextmanager
def _locked(file: Path) -> Iterator[sqlite3.Connection]:
    """A connection during which no other program reads or writes the ledger."""
    with opened(file) as connection:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")  # the lock stays until the connection is closed
        yield connection


def _duplicate(copy: Path, draft: Path) -> None:
    with opened(copy) as source, closing(sqlite3.connect(draft)) as target:
        revision_of(source, copy)
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()  # takes the lock that keeps writers out
        source.backup(target)


def _fill(draft: Path, file: Path, connection: sqlite3.Connection) -> None:
    """The content of the draft into the file that is held, in one transaction."""
    with translated(file), closing(connect(draft)) as source:
        source.backup(connection)
    with suppress(OSError):
        file.chmod(0o600)


def mend(file: Path, stamp: Ledger.Stamp, seen: Differences, summary: str) -> Path:
    """Makes what is missing or changed, takes away what is planted; gives the verified copy made before.

    Rows are not touched: tables that are missing or changed stay so. Raises ChangedMeanwhile where the schema is no
    more as it was `seen`, RowsForbid where rows forbid what would be put back, DatabaseDamaged, DatabaseBusy,
    DatabaseNotWritable.
    """
    kept = snapshots.set_aside(file, "mend", stamp.at)
    with marked(file, stamp, prepare=lambda connection, _file: _mend(connection, file, seen)) as ledger:
        ledger.summary = summary
    return kept


def _mend(connection: Connection, file: Path, seen: Differences) -> None:
    if differences(connection) != seen:
        raise ChangedMeanwhile
    for part in (*seen.to_remove, *(part for part in seen.changed if part in seen.to_make)):
        name = part.name.replace('"', '""')
        connection.execute(f'DROP {part.kind.upper()} "{name}"')
    for part in seen.to_make:
        try:
            connection.execute(part.sql)
        except sqlite3.IntegrityError as wrong:
            raise RowsForbid(file=file, rule=part.name) from wrong
