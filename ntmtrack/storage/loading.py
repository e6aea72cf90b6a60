"""A new ledger from a dump: everything is checked before the file gets its name."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ntmtrack.errors import BadDump, DumpChanged, FileExists
from ntmtrack.i18n import _
from ntmtrack.storage import chain, copies, files
from ntmtrack.storage.acting import new_ledger, publish
from ntmtrack.storage.dump_form import TABLES, Header, columns_of, fits
from ntmtrack.storage.dump_reading import Dump, Line, read_dump


def load(source: Path, file: Path, *, keep: bool) -> Header:
    """Makes the ledger `file` from the dump in `source`, or only checks that it could be made.

    A dump of an earlier schema is taken where its rows fit the present one. Raises FileExists, LinkToNothing,
    NoSuchFile, NotADump, DumpNewer, BadDump, DumpChanged, MadeMeanwhile, DatabaseNotWritable.
    """
    if files.exists(file):
        raise FileExists(file=file)
    dump = read_dump(source)
    with new_ledger(file) as draft:
        with files.opened(draft) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("BEGIN IMMEDIATE")
            with _rules_lifted(connection):
                for table in TABLES:
                    _insert(connection, table, dump.rows[table])
            _verify(connection, source, dump)
            connection.execute("COMMIT")
        if keep:
            publish(draft, file)
    return dump.header


@contextmanager
def _rules_lifted(connection: sqlite3.Connection) -> Iterator[None]:
    """Triggers judge how a fact comes about; what is loaded came about already, and the chain vouches for it."""
    rules = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '% INSERT ON %'"
    ).fetchall()
    for name, _sql in rules:
        connection.execute(f"DROP TRIGGER {name}")
    yield
    for _name, sql in rules:
        connection.execute(sql)


def _insert(connection: sqlite3.Connection, table: str, lines: list[Line]) -> None:
    """Writes the rows of a table as they are; raises BadDump."""
    columns = columns_of(connection, table)
    required = set(_required(connection, table))
    for line in lines:
        _check(line, columns, required)
        names = ", ".join(line.values)
        places = ", ".join(f":{column}" for column in line.values)
        try:
            connection.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", line.values)
        except sqlite3.IntegrityError as wrong:
            raise line.wrong(_("the ledger refuses it: {reason}").format(reason=wrong)) from wrong


def _required(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    """The columns that no row may leave out."""
    for _place, column, _kind, not_null, default, is_key in connection.execute(f"PRAGMA table_info({table})"):
        if is_key or (not_null and default is None):
            yield column


def _check(line: Line, columns: dict[str, type], required: set[str]) -> None:
    """Raises BadDump where a row does not fit its table."""
    for column, value in line.values.items():
        if column not in columns:
            raise line.wrong(_("there is no column “{column}” in this table").format(column=column))
        if not fits(value, columns[column]):
            told = _("“{column}” must be a text") if columns[column] is str else _("“{column}” must be a whole number")
            raise line.wrong(told.format(column=column))
    if missing := sorted(required - line.values.keys()):
        raise line.wrong(_("“{column}” is missing").format(column=missing[0]))


def _verify(connection: sqlite3.Connection, source: Path, dump: Dump) -> None:
    """Raises BadDump where a row speaks of one that is not there, DumpChanged where the chain does not hold."""
    for table, row, to in copies.dangling(connection):
        for line in dump.rows[table]:
            if line.values["id"] == row:
                raise line.wrong(_("it speaks of a row of {table} that is not there").format(table=to))
    if wrong := copies.faults(connection):
        raise BadDump(place=str(source), reason=wrong[0])
    if broken := chain.breaks(connection):
        raise DumpChanged(place=str(source), actions=[one.action for one in broken])
