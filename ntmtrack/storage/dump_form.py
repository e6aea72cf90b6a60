"""The form of a dump: a header, then every row of every table as one JSON object a line.

A dump is a folder with `ledger.json`, the header, and one file a table; or one file `.jsonl` whose first line is the
header and whose rows each name their table. Rows stand in the order of their ids, columns in the order of the schema,
what is empty is left out: the same ledger always gives the same bytes, and an action adds lines or marks a few.
"""

import json
import re
import sqlite3
from pathlib import Path
from typing import NamedTuple

from ntmtrack.errors import BadDump, DumpNewer, NotADump
from ntmtrack.i18n import _
from ntmtrack.storage import facts, files

FORMAT, NUMBER = "ntmtrack-dump", 1
HEADER = "ledger.json"
ENDING = ".jsonl"
TABLES = ("action", *facts.TABLES)

_EXCERPT = 70  # letters of a wrong line that are shown
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

    def text(self, indent: int | None = None) -> str:
        """The header as JSON, ending its line."""
        told = {"format": FORMAT, "number": NUMBER, "schema": self.schema, "rows": self.rows}
        return json.dumps(told, ensure_ascii=False, indent=indent) + "\n"


def is_one_file(path: Path) -> bool:
    """Whether a dump of this name is one file, not a folder."""
    return path.suffix.lower() == ENDING


def read_header(text: bytes, place: str) -> Header:
    """The header of a dump; raises NotADump, DumpNewer, BadDump."""
    try:
        told = read_object(text.removeprefix(b"\xef\xbb\xbf"), place)
    except BadDump as wrong:
        raise NotADump(place=place) from wrong
    number, schema, rows = told.get("number"), told.get("schema"), told.get("rows")
    if told.get("format") != FORMAT or type(number) is not int or number < 1:
        raise NotADump(place=place)
    if number > NUMBER:
        raise DumpNewer(place=place, what=_("form {number}").format(number=number))
    if not isinstance(schema, str) or not re.fullmatch("[0-9]{4}", schema):
        raise BadDump(place=place, reason=_("it does not tell the schema"), excerpt=excerpt(text))
    if schema > files.HEAD:
        raise DumpNewer(place=place, what=_("schema {revision}").format(revision=schema))
    return Header(schema, _counts(rows, place))


def read_object(text: bytes, place: str) -> dict[str, object]:
    """One line as a JSON object; raises BadDump."""
    try:
        told = json.loads(text.decode(), object_pairs_hook=_once)
    except UnicodeDecodeError as wrong:
        raise BadDump(place=place, reason=_("it is not UTF-8"), excerpt=excerpt(text)) from wrong
    except (ValueError, RecursionError) as wrong:
        raise BadDump(place=place, reason=_("it is not one JSON object"), excerpt=excerpt(text)) from wrong
    if not isinstance(told, dict):
        raise BadDump(place=place, reason=_("it is not one JSON object"), excerpt=excerpt(text))
    return told


def columns_of(connection: sqlite3.Connection, table: str) -> dict[str, type]:
    """The columns of a table in their order, each with the type of its values: int or str."""
    told = connection.execute(f"PRAGMA main.table_info({table})")
    return {row[1]: int if row[2] == "INTEGER" else str for row in told}


def fits(value: object, kind: type) -> bool:
    """Whether a value can stand in a column of this type, and comes back from it as it went in."""
    if type(value) is not kind:
        return False
    if isinstance(value, int):
        return _LOWEST <= value <= _HIGHEST
    return isinstance(value, str) and value.encode(errors="replace").decode() == value


def excerpt(text: bytes) -> str:
    """The beginning of a line, for a message."""
    shown = text[: 4 * _EXCERPT].decode(errors="replace").strip()
    return shown if len(shown) <= _EXCERPT else shown[:_EXCERPT] + "…"


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    told = dict(pairs)
    if len(told) < len(pairs):
        raise ValueError("a key stands twice")
    return told


def _counts(rows: object, place: str) -> dict[str, int]:
    if not isinstance(rows, dict) or any(type(count) is not int for count in rows.values()):
        raise BadDump(place=place, reason=_("it does not tell how many rows each table has"))
    if unknown := [table for table in rows if table not in TABLES]:
        raise BadDump(place=place, reason=_("there is no table “{table}”").format(table=unknown[0]))
    return {table: rows.get(table, 0) for table in TABLES}
