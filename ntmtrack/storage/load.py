"""A new ledger from a dump: nothing of it is believed; everything is checked before the file gets its name.

A dump of an earlier version may be a folder: `ledger.json`, the header, and one file a table, of rows without its name.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from ntmtrack.errors import (
    BadDump,
    CannotRead,
    DumpChanged,
    DumpNewer,
    FileExists,
    NoSuchFile,
    NotADump,
    reason,
)
from ntmtrack.i18n import _, number
from ntmtrack.storage import chain, snapshots
from ntmtrack.storage.connection import HEAD, exists, opened
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.dump import ENDING, FORMAT, NUMBER, TABLES, Header, dumped_columns, fits_column
from ntmtrack.storage.transaction import name_new_ledger, new_ledger

_HEADER = "ledger.json"  # of a folder
_EXCERPT = 70  # letters of a wrong line that are shown


class DumpedRow(NamedTuple):
    """One row: where it stands, its table, its values by column."""

    place: str
    table: str
    values: dict[str, object]

    def wrong(self, why: str) -> BadDump:
        """The refusal of this row."""
        text = json.dumps(self.values, ensure_ascii=False).encode(errors="replace")
        return BadDump(place=self.place, reason=why, excerpt=_excerpt(text))


def load(source: Path, file: Path, *, keep: bool) -> Header:
    """Makes the ledger `file` from the dump in `source`, or only checks that it could be made.

    A dump of an earlier schema is taken where its rows fit the present one. Raises FileExists, LinkToNothing,
    NoSuchFile, NotADump, DumpNewer, BadDump, DumpChanged, MadeMeanwhile, DatabaseNotWritable.
    """
    if exists(file):
        raise FileExists(file=file)
    header, rows = _read(source)
    with new_ledger(file) as draft:
        with opened(draft) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("BEGIN IMMEDIATE")
            with _rules_lifted(connection):
                for table in TABLES:
                    _insert(connection, table, rows[table])
            _verify(connection, source, rows)
            connection.execute("COMMIT")
        if keep:
            name_new_ledger(draft, file)
    return header


@contextmanager
def _rules_lifted(connection: Connection) -> Iterator[None]:
    """Triggers judge how a fact comes about; what is loaded came about already, and the chain vouches for it."""
    rules = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '% INSERT ON %'"
    ).fetchall()
    for name, _sql in rules:
        connection.execute(f"DROP TRIGGER {name}")
    yield
    for _name, sql in rules:
        connection.execute(sql)


def _insert(connection: Connection, table: str, rows: list[DumpedRow]) -> None:
    """Writes the rows of a table as they are; raises BadDump."""
    columns = dumped_columns(connection, table)
    for row in rows:
        for name, value in row.values.items():
            if name not in columns:
                raise row.wrong(_("there is no column “{column}” in this table").format(column=name))
            if not fits_column(value, holds := columns[name].holds):
                reason = _("“{column}” must be a text") if holds is str else _("“{column}” must be a whole number")
                raise row.wrong(reason.format(column=name))
        if missing := sorted(name for name in columns.keys() - row.values if columns[name].is_required):
            raise row.wrong(_("“{column}” is missing").format(column=missing[0]))
        names, places = ", ".join(row.values), ", ".join(f":{name}" for name in row.values)
        try:
            connection.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", row.values)
        except sqlite3.IntegrityError as wrong:
            raise row.wrong(_("the ledger refuses it: {reason}").format(reason=wrong)) from wrong


def _verify(connection: Connection, source: Path, rows: dict[str, list[DumpedRow]]) -> None:
    """Raises BadDump where a row speaks of one that is not there, DumpChanged where the chain does not hold."""
    for table, key, to in snapshots.dangling(connection):
        row = next(row for row in rows[table] if row.values["id"] == key)
        raise row.wrong(_("it speaks of a row of {table} that is not there").format(table=to))
    if wrong := snapshots.faults(connection):
        raise BadDump(place=str(source), reason=wrong[0])
    if broken := chain.breaks(connection):
        raise DumpChanged(place=str(source), actions=[flaw.action for flaw in broken])


def _read(source: Path) -> tuple[Header, dict[str, list[DumpedRow]]]:
    """What a file or a folder holds, by table; raises NoSuchFile, NotADump, DumpNewer, BadDump, CannotRead."""
    try:
        if not source.exists():
            raise NoSuchFile(file=source)
        header, dumped = _folder(source) if source.is_dir() else _file(source)
    except OSError as wrong:
        raise CannotRead(file=source, reason=reason(wrong)) from wrong
    rows: dict[str, list[DumpedRow]] = {table: [] for table in TABLES}
    for row in dumped:
        rows[row.table].append(row)
    for table, count in header.rows.items():
        if len(rows[table]) != count:
            text = _("the header tells {told} rows of {table}, there are {found}")
            words = text.format(told=number(count), table=table, found=number(len(rows[table])))
            raise BadDump(place=str(source), reason=words)
    return header, rows


def _file(file: Path) -> tuple[Header, list[DumpedRow]]:
    if not file.is_file():
        raise NotADump(place=str(file))
    with file.open("rb") as stream:
        header = _header(stream.readline(), _place(file, 1))
        return header, list(_rows(file, stream, 2))


def _folder(folder: Path) -> tuple[Header, list[DumpedRow]]:
    file = folder / _HEADER
    if not file.is_file():
        raise NotADump(place=str(folder))
    header = _header(file.read_bytes(), str(file))
    rows: list[DumpedRow] = []
    for table in TABLES:
        named = folder / f"{table}{ENDING}"
        if not named.is_file() and header.rows[table]:
            raise BadDump(place=str(folder), reason=_("the file {name} is missing").format(name=named.name))
        if named.is_file():
            with named.open("rb") as stream:
                rows += _rows(named, stream, 1, table)
    return header, rows


def _header(text: bytes, place: str) -> Header:
    """The header of a dump; raises NotADump, DumpNewer, BadDump."""
    try:
        fields = _object(text.removeprefix(b"\xef\xbb\xbf"), place)
    except BadDump as wrong:
        raise NotADump(place=place) from wrong
    form, schema, rows = fields.get("number"), fields.get("schema"), fields.get("rows")
    if fields.get("format") != FORMAT or type(form) is not int or form < 1:
        raise NotADump(place=place)
    if form > NUMBER:
        raise DumpNewer(place=place, what=_("form {number}").format(number=form))
    if not isinstance(schema, str) or not re.fullmatch("[0-9]{4}", schema):
        raise BadDump(place=place, reason=_("it does not tell the schema"), excerpt=_excerpt(text))
    if schema > HEAD:
        raise DumpNewer(place=place, what=_("schema {revision}").format(revision=schema))
    if not isinstance(rows, dict) or any(type(count) is not int for count in rows.values()):
        raise BadDump(place=place, reason=_("it does not tell how many rows each table has"))
    for table in rows.keys() - TABLES:
        raise BadDump(place=place, reason=_("there is no table “{table}”").format(table=table))
    return Header(schema, {table: rows.get(table, 0) for table in TABLES})


def _rows(file: Path, lines: Iterable[bytes], first: int, of: str | None = None) -> Iterator[DumpedRow]:
    """The lines of a file as rows of a table, or of the one that each names; raises BadDump."""
    for nth, text in enumerate(lines, start=first):
        place = _place(file, nth)
        values = _object(text, place)
        table = of or values.get("table", "")
        row = DumpedRow(place, str(table), values)
        if table not in TABLES:
            raise row.wrong(_("there is no table “{table}”").format(table=table))
        if not of:
            del values["table"]
        yield row


def _object(text: bytes, place: str) -> dict[str, object]:
    """A JSON object; raises BadDump."""
    try:
        fields = json.loads(text.decode(), object_pairs_hook=_once)
    except UnicodeDecodeError as wrong:
        raise BadDump(place=place, reason=_("it is not UTF-8"), excerpt=_excerpt(text)) from wrong
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        raise BadDump(place=place, reason=_("it is not one JSON object"), excerpt=_excerpt(text))
    return fields


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise ValueError("a key stands twice")
    return fields


def _excerpt(text: bytes) -> str:
    """The beginning of a line, for a message."""
    shown = text[: 4 * _EXCERPT].decode(errors="replace").strip()
    return shown if len(shown) <= _EXCERPT else shown[:_EXCERPT] + "…"


def _place(file: Path, line: int) -> str:
    return _("{file}, line {line}").format(file=file, line=line)
