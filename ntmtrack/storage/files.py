"""Opening the ledger file: for reading with the standard library alone, for writing in one transaction.

Whatever SQLite says of a busy, read-only, damaged or foreign file is translated here into a refusal.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from ntmtrack.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseNewer,
    DatabaseNotWritable,
    NoDatabase,
    NotALedger,
    NtmError,
    reason,
)
from ntmtrack.i18n import N_, _

APPLICATION_ID = 0x4E544D74
HEAD = "0004"
BUSY_SECONDS = 10


@contextmanager
def reading(file: Path, prepare: Callable[[sqlite3.Connection], None] | None = None) -> Iterator[sqlite3.Connection]:
    """A connection that only reads the ledger in `file`, at the present schema; `prepare` may set it up before."""
    if not exists(file):
        raise NoDatabase(file=file)
    if file.is_dir() or file.stat().st_size == 0:
        raise NotALedger(file=file)
    with translated(file), closing(connect(file)) as connection:
        revision = revision_of(connection, file)
        if revision != HEAD:
            from ntmtrack.storage.schema import upgrade

            upgrade(file, revision)
        if prepare:
            prepare(connection)
        connection.execute("PRAGMA query_only = ON")
        connection.execute("BEGIN")
        yield connection


def exists(file: Path) -> bool:
    """Whether there is something under this name; raises DatabaseNotWritable where one may not even look."""
    try:
        return file.exists()
    except OSError as wrong:
        raise explain(wrong, file) from wrong


def revision_of(connection: sqlite3.Connection, file: Path) -> str:
    """The schema revision of an ntmtrack file; raises NotALedger for others, DatabaseNewer for later ones."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise NotALedger(file=file)
    (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if str(revision) > HEAD:
        raise DatabaseNewer(file=file, revision=revision)
    return str(revision)


@contextmanager
def translated(file: Path) -> Iterator[None]:
    """Turns what SQLite says of `file` into our refusals."""
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.IntegrityError):
        raise  # our own fault, not the file's
    except sqlite3.Error as wrong:
        raise explain(wrong, file) from wrong


def explain(wrong: BaseException, file: Path) -> NtmError:
    """The refusal that tells what `wrong` means for the ledger in `file`."""
    if isinstance(wrong, OSError):
        return DatabaseNotWritable(file=file, reason=reason(wrong))
    code = getattr(wrong, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return DatabaseBusy(file=file, seconds=BUSY_SECONDS)
    if code == sqlite3.SQLITE_NOTADB:
        return NotALedger(file=file)
    if code in _NOT_WRITABLE:
        return DatabaseNotWritable(file=file, reason=_(_NOT_WRITABLE[code]))
    damaged = code == sqlite3.SQLITE_CORRUPT
    return DatabaseDamaged(file=file, reason=_("its pages are damaged") if damaged else str(wrong))


_NOT_WRITABLE = {
    sqlite3.SQLITE_READONLY: N_("it can only be read"),
    sqlite3.SQLITE_CANTOPEN: N_("the file or its folder cannot be opened"),
    sqlite3.SQLITE_FULL: N_("the disk is full"),
    sqlite3.SQLITE_PERM: N_("no permission"),
    sqlite3.SQLITE_IOERR: N_("the disk failed"),
}


def connect(file: Path) -> sqlite3.Connection:
    """A plain connection to a file that is there; SQLite opens it for reading only where it may not be written."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None)
