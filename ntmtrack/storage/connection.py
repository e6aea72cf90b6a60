"""The ledger file as it lies there: connections to it, the schema that it tells.

Whatever SQLite says of a busy, read-only, damaged or foreign file is translated here into a refusal.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ntmtrack.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseNewer,
    DatabaseNotWritable,
    LinkToNothing,
    NoDatabase,
    NoServerDriver,
    NotALedger,
    NtmError,
    reason,
)
from ntmtrack.i18n import N_, _
from ntmtrack.storage.address import Place, ServerAddress
from ntmtrack.storage.dialect import Connection

if TYPE_CHECKING:
    from types import ModuleType

APPLICATION_ID = 0x4E544D74
HEAD = "0009"
BUSY_SECONDS = 10
ONLY_READ = N_("it can only be read")
OTHER_TABLES = N_("its tables are not those of a ledger")
DAMAGED_PAGES = N_("its pages are damaged")


@contextmanager
def peeking(file: Place) -> Iterator[Connection]:
    """A connection to the ledger as it is, of whatever schema: nothing is upgraded, and nothing may be written."""
    if isinstance(file, ServerAddress):
        with server(file).opened(file) as there:
            yield there
        return
    if not exists(file):
        raise NoDatabase(file=file)
    if file.is_dir() or file.stat().st_size == 0:
        raise NotALedger(file=file)
    with opened(file) as connection:
        yield connection


def server(address: ServerAddress) -> "ModuleType":
    """What connects to servers; raises NoServerDriver where this computer lacks the driver."""
    try:
        return import_module("ntmtrack.storage.server.connection")
    except ImportError as wrong:
        raise NoServerDriver(file=address) from wrong


def exists(file: Place) -> bool:
    """Whether there is something under this name; a server is asked later.

    Raises LinkToNothing, and DatabaseNotWritable where one may not even look.
    """
    if isinstance(file, ServerAddress):
        return True
    try:
        if file.exists():
            return True
        if file.is_symlink():
            raise LinkToNothing(file=file, target=file.readlink())
    except OSError as wrong:
        raise refusal_of(wrong, file) from wrong
    return False


def is_writable(file: Path) -> bool:
    """Whether the system says that a file and its folder, where a journal goes, can be written."""
    return os.access(file, os.W_OK) and os.access(file.absolute().parent, os.W_OK)


def revision_of(connection: Connection, file: Place) -> str:
    """The schema revision of a ledger; raises NotALedger, NoLedgerOnServer for others, DatabaseNewer for later ones."""
    if isinstance(file, ServerAddress):
        revision = str(server(file).revision_of(connection, file))
    else:
        revision = _revision_of_file(connection, file)
    if revision > HEAD:
        raise DatabaseNewer(file=file, revision=revision)
    return revision


def _revision_of_file(connection: Connection, file: Path) -> str:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        raise NotALedger(file=file)
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if row is None:
        raise DatabaseDamaged(file=file, reason=_(OTHER_TABLES))
    return str(row[0])


def identity(file: Place) -> tuple[int, int] | None:
    """What stays the same while a file is neither replaced nor deleted; None where there is none, and of a server."""
    if isinstance(file, ServerAddress):
        return None
    try:
        status = file.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


@contextmanager
def translated(file: Place) -> Iterator[None]:
    """Turns what SQLite, or a server, says of `file` into our refusals."""
    if isinstance(file, ServerAddress):
        with server(file).told_in_words(file):
            yield
        return
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.IntegrityError):
        raise  # our own fault, not the file's
    except sqlite3.Error as wrong:
        raise refusal_of(wrong, file) from wrong


def refusal_of(wrong: BaseException, file: Place) -> NtmError:
    """The refusal that tells what `wrong` means for the ledger in `file`."""
    if isinstance(file, ServerAddress):
        refusal: NtmError = server(file).refusal_of(wrong, file)
        return refusal
    if isinstance(wrong, OSError):
        return DatabaseNotWritable(file=file, reason=reason(wrong))
    whole_code = getattr(wrong, "sqlite_errorcode", 0)
    if whole_code == sqlite3.SQLITE_READONLY_DBMOVED:
        return moved(file)
    code = whole_code & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return DatabaseBusy(file=file, seconds=BUSY_SECONDS)
    if code == sqlite3.SQLITE_NOTADB:
        return NotALedger(file=file)
    if code in _NOT_WRITABLE:
        return DatabaseNotWritable(file=file, reason=_(_NOT_WRITABLE[code]))
    return DatabaseDamaged(file=file, reason=_(_DAMAGED[code]) if code in _DAMAGED else str(wrong))


def moved(file: Place) -> DatabaseNotWritable:
    """The refusal of a write to a file that is not the one under its name any more."""
    return DatabaseNotWritable(file=file, reason=_("it was moved, replaced or deleted meanwhile"))


_DAMAGED = {sqlite3.SQLITE_CORRUPT: DAMAGED_PAGES, sqlite3.SQLITE_ERROR: OTHER_TABLES}
_NOT_WRITABLE = {
    sqlite3.SQLITE_READONLY: ONLY_READ,
    sqlite3.SQLITE_CANTOPEN: N_("the file or its folder cannot be opened"),
    sqlite3.SQLITE_FULL: N_("the disk is full"),
    sqlite3.SQLITE_PERM: N_("no permission"),
    sqlite3.SQLITE_IOERR: N_("the disk failed"),
}


def connect(file: Path) -> sqlite3.Connection:
    """A plain connection to a file that is there; SQLite opens it for reading only where it may not be written."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS, isolation_level=None)


@contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    """The same, closed afterwards; what SQLite says of the file meanwhile is translated."""
    with translated(file), closing(connect(file)) as connection:
        yield connection


def journal_of(file: Path) -> Path:
    """Where SQLite keeps what a transaction replaces, until it is committed."""
    return file.with_name(file.name + "-journal")
