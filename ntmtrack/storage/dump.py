"""The whole ledger as text that can be compared line by line: one file, whole or not at all, for its owner only.

The first line is the header, every other one row of one table as a JSON object that names its table. Rows stand in the
order of their ids, columns in the order of the schema, what is empty is left out: the same ledger always gives the same
bytes, and an action adds lines or marks a few.
"""

import json
import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ntmtrack.errors import CannotDump, DumpIsOneFile, unwritable
from ntmtrack.files import replacing
from ntmtrack.storage import facts
from ntmtrack.storage.address import Place
from ntmtrack.storage.connection import HEAD
from ntmtrack.storage.dialect import Connection, is_of_file

FORMAT, NUMBER, ENDING = "ntmtrack-dump", 1, ".jsonl"
TABLES = ("action", *facts.TABLES)
_LOWEST, _HIGHEST = -(2**63), 2**63 - 1  # what SQLite holds as a whole number


class Header(NamedTuple):
    """What a dump says of itself: the schema of its ledger, how many rows each table has."""

    schema: str
    rows: dict[str, int]

    @property
    def actions(self) -> int:
        """How many actions the ledger holds."""
        return self.rows["action"]

    @property
    def facts(self) -> int:
        """How many rows it holds beside its actions, voided ones too."""
        return sum(self.rows.values()) - self.actions


class DumpedColumn(NamedTuple):
    """What a column holds, int or str, and whether a row must tell it."""

    holds: type
    is_required: bool


def dump(connection: Connection, file: Place, target: Path, *, for_sharing: bool = False) -> Header:
    """Writes everything that the ledger in `file` holds to `target`, over an earlier dump.

    With `for_sharing` all but names of persons; it is loaded like any other, for no hash is taken over them.

    Raises DumpIsOneFile, CannotDump, and what `replacing` raises.
    """
    if target.suffix.lower() != ENDING:
        named = target if target.name.strip(".") else target / "so"
        raise DumpIsOneFile(path=target, other=named.with_suffix(ENDING))
    rows = {table: int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in TABLES}
    left_out = facts.PRIVATE if for_sharing else {}
    header = {"format": FORMAT, "number": NUMBER, "schema": HEAD, "rows": rows}
    try:
        with replacing(target, private=True) as draft, draft.open("w", encoding="utf-8", newline="\n") as out:
            out.write(_line(header))
            out.writelines(line for table in TABLES for line in _lines(connection, file, table, left_out))
            out.flush()
            os.fsync(out.fileno())
    except OSError as wrong:
        raise unwritable(target, wrong) from wrong
    return Header(HEAD, rows)


def names_kept(connection: Connection) -> int:
    """How many names of persons the ledger holds, in voided rows too."""
    return sum(
        int(connection.execute(f"SELECT count({column}) FROM {table}").fetchone()[0])
        for table, columns in facts.PRIVATE.items()
        for column in columns
    )


def _line(fields: dict[str, object]) -> str:
    return json.dumps(fields, ensure_ascii=False) + "\n"


def _lines(connection: Connection, file: Place, table: str, left_out: Mapping[str, Collection[str]]) -> Iterator[str]:
    """The rows of a table without the columns that are `left_out` of it; raises CannotDump."""
    dropped = left_out.get(table, ())
    columns = {name: held for name, held in dumped_columns(connection, table).items() if name not in dropped}
    for row in connection.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY id"):
        fields = {name: value for name, value in zip(columns, row, strict=True) if value is not None}
        for name, value in fields.items():
            if not fits_column(value, columns[name].holds):
                raise CannotDump(file=file, column=name, table=table, row=fields["id"])
        yield _line({"table": table} | fields)


def dumped_columns(connection: Connection, table: str) -> dict[str, DumpedColumn]:
    """The columns of a table in their order."""
    if not is_of_file(connection):
        return _columns_on_server(connection, table)
    info = connection.execute(f"PRAGMA main.table_info({table})")
    return {
        name: DumpedColumn(int if kind == "INTEGER" else str, bool(is_key or (not_null and default is None)))
        for _place, name, kind, not_null, default, is_key in info
    }


def _columns_on_server(connection: Connection, table: str) -> dict[str, DumpedColumn]:
    info = connection.execute(
        "SELECT column_name, data_type, is_nullable = 'NO' AND column_default IS NULL OR column_name = 'id'"
        " FROM information_schema.columns WHERE table_schema = 'ntmtrack' AND table_name = :table"
        " ORDER BY ordinal_position",
        {"table": table},
    )
    return {name: DumpedColumn(int if kind == "bigint" else str, bool(required)) for name, kind, required in info}


def fits_column(value: object, holds: type) -> bool:
    """Whether a value can stand in a column that holds such, and comes back from it as it went in."""
    if type(value) is not holds:
        return False
    if isinstance(value, int):
        return _LOWEST <= value <= _HIGHEST
    return isinstance(value, str) and value.encode(errors="replace").decode() == value
