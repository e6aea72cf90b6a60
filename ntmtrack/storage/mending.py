"""The rules of a ledger put back as the program made them, in one transaction with the action that says so."""

import sqlite3
from pathlib import Path

from ntmtrack.errors import ChangedMeanwhile, RowsForbid
from ntmtrack.storage import copies
from ntmtrack.storage.acting import marked
from ntmtrack.storage.guards import Differences, differences
from ntmtrack.storage.ledger import Ledger


def mend(file: Path, stamp: Ledger.Stamp, seen: Differences, summary: str) -> Path:
    """Makes what is missing or changed, takes away what is planted; gives the verified copy made before.

    Rows are not touched: tables that are missing or changed stay so. Raises ChangedMeanwhile where the schema is no
    more as it was `seen`, RowsForbid where rows forbid what would be put back, DatabaseDamaged, DatabaseBusy,
    DatabaseNotWritable.
    """
    kept = copies.set_aside(file, "mend", stamp.at)
    with marked(file, stamp, prepare=lambda connection, _file: _mend(connection, file, seen)) as ledger:
        ledger.summary = summary
    return kept


def _mend(connection: sqlite3.Connection, file: Path, seen: Differences) -> None:
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
