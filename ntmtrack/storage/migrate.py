"""The schema over time: bringing an older ledger up to date, with Alembic.

Loaded only when a file is behind; an up-to-date file costs one query (`files.revision_of`). All
migrations run in one transaction: either the file reaches the newest schema or it stays as it was.
"""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from alembic import command
from alembic.util import CommandError
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from ntmtrack.errors import DatabaseDamaged, DatabaseNotWritable, UpgradeFailed
from ntmtrack.i18n import _
from ntmtrack.storage import snapshots
from ntmtrack.storage.chain import seal_all
from ntmtrack.storage.configuration import configuration
from ntmtrack.storage.connection import HEAD, ONLY_READ, OTHER_TABLES, is_writable, opened, refusal_of, revision_of
from ntmtrack.storage.every_table import METADATA
from ntmtrack.storage.tables import open_engine


@contextmanager
def upgraded(file: Path, revision: str, on_lent: Callable[[str, str], None] | None = None) -> Iterator[Path]:
    """The ledger at the newest schema: `file` itself, or a temporary copy where it cannot be written.

    `on_lent` is told the schema of the file that stays as it is, and why.
    """
    try:
        if not is_writable(file):
            raise DatabaseNotWritable(file=file, reason=_(ONLY_READ))
        upgrade(file, revision)
    except DatabaseNotWritable as refusal:
        why = str(refusal.facts["reason"])
    else:
        yield file
        return
    with tempfile.TemporaryDirectory(prefix="ntmtrack-") as folder:
        lent = Path(folder) / "ledger.db"
        _duplicate(file, lent)
        migrate(lent)
        if on_lent:
            on_lent(revision, why)
        yield lent


def upgrade(file: Path, revision: str) -> None:
    """Brings `file` from `revision` to the newest schema; a verified copy made before is kept.

    Another program may do the same at the same time. Raises UpgradeFailed with the place of the copy, and
    DatabaseNotWritable; the file is then as it was.
    """
    copy = snapshots.set_aside(file, f"upgrade-{revision}")
    try:
        if _revision(copy) == HEAD:  # another program has just done it
            copy.unlink()
            return
        migrate(file)
    except DatabaseDamaged as wrong:
        raise UpgradeFailed(file=file, copy=copy, reason=wrong.facts["reason"]) from wrong
    except DatabaseNotWritable:
        copy.unlink()  # of what stays as it is
        raise


def _revision(file: Path) -> str:
    with opened(file) as connection:
        return revision_of(connection, file)


def _duplicate(file: Path, target: Path) -> None:
    with opened(file) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)


def migrate(file: Path) -> None:
    """Brings an empty or older file to the newest schema, in one transaction.

    Foreign keys are off while tables are rebuilt, and checked before the commit.
    """
    engine = open_engine(file, foreign_keys=False)
    try:
        with engine.begin() as connection:
            command.upgrade(configuration(connection, METADATA), "head")
            _seal(connection)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise DatabaseDamaged(file=file, reason=f"foreign keys: {broken[:3]}")
    except CommandError as wrong:  # a schema that no version of the program ever had
        raise DatabaseDamaged(file=file, reason=_(OTHER_TABLES)) from wrong
    except DBAPIError as wrong:
        raise refusal_of(wrong.orig or wrong, file) from wrong
    finally:
        engine.dispose()


def _seal(connection: Connection) -> None:
    """Actions from before there was a chain become its first links."""
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    seal_all(raw)
