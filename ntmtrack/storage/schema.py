"""The schema over time: making a ledger and bringing an older one up to date, with Alembic.

Loaded only when a file is new or behind; an up-to-date file costs one query (`files.revision_of`). All
migrations run in one transaction: either the file reaches the newest schema or it stays as it was.
"""

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from ntmtrack import paths
from ntmtrack.errors import DatabaseDamaged, UpgradeFailed
from ntmtrack.i18n import _
from ntmtrack.storage import copies, files
from ntmtrack.storage.chain import seal_all
from ntmtrack.storage.engine import open_engine
from ntmtrack.storage.plan_tables import METADATA


def upgrade(file: Path, revision: str) -> Path:
    """Brings `file` from `revision` to the newest schema; gives the verified copy made before.

    Raises UpgradeFailed with the place of the copy; the file is then as it was.
    """
    copy = copies.set_aside(file, f"upgrade-{revision}")
    try:
        migrate(file)
    except DatabaseDamaged as wrong:
        raise UpgradeFailed(file=file, copy=copy, reason=wrong.facts["reason"]) from wrong
    return copy


def configuration(connection: Connection) -> Config:
    """Alembic's configuration for migrating through `connection`."""
    config = Config()
    config.set_main_option("script_location", str(paths.migrations()).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["metadata"] = METADATA
    return config


def migrate(file: Path) -> None:
    """Brings an empty or older file to the newest schema, in one transaction.

    Foreign keys are off while tables are rebuilt, and checked before the commit.
    """
    engine = open_engine(file, foreign_keys=False)
    try:
        with engine.begin() as connection:
            command.upgrade(configuration(connection), "head")
            _seal(connection)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise DatabaseDamaged(file=file, reason=f"foreign keys: {broken[:3]}")
    except CommandError as wrong:  # a schema that no version of the program ever had
        raise DatabaseDamaged(file=file, reason=_(files.OTHER_TABLES)) from wrong
    except DBAPIError as wrong:
        raise files.explain(wrong.orig or wrong, file) from wrong
    finally:
        engine.dispose()


def _seal(connection: Connection) -> None:
    """Actions from before there was a chain become its first links."""
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    seal_all(raw)
