"""The schema of a ledger against the program's own: what is missing, what says something else, what is foreign.

The file itself refuses what must never be: facts deleted or changed, levels held twice, codes of two units. Whoever
takes away such a rule, or plants one, changes what is written without a trace; so every write looks at them first. What
they must be is `schema.sql`, written from the migrations; a test holds the two together.
"""

import re
import sqlite3
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ntmtrack.errors import SchemaStrange
from ntmtrack.i18n import _, ngettext, number
from ntmtrack.storage.address import Place
from ntmtrack.storage.connection import APPLICATION_ID, HEAD
from ntmtrack.storage.dialect import Connection, is_of_file

BETWEEN = ";\n\n"  # stands between two statements of schema.sql, and in none
_NAMED = 3
# The type and name of what a statement makes, and the table that it is on: CREATE TRIGGER x … ON y.
_CREATES = re.compile(r'CREATE (?:UNIQUE )?(TABLE|INDEX|TRIGGER) "?(\w+)"?(?:.*? ON (\w+))?', re.ASCII | re.DOTALL)
# A text in quotes, a name in quotes, a word or a sign: the pieces of SQL that blanks may part.
_WORD = re.compile(r"""'(?:[^']|'')*'|"[^"]*"|\w+|[^\w\s]""")
# Names are in small letters, and mean the same without quotes; "NULL" is a text, NULL is not.
_QUOTED_NAME = re.compile(r'^"([a-z_][a-z0-9_]*)"$', re.ASCII)
_KINDS = ("table", "index", "trigger", "function", "view")
_PUT_BACK = ("index", "trigger")  # what holds no rows of its own


class SchemaPart(NamedTuple):
    """One object of a schema: its type, its name, the table that it hangs on, and the statement that makes it."""

    kind: str
    name: str
    table: str
    sql: str


class Differences(NamedTuple):
    """How a ledger's schema differs: parts of ours that are missing or changed, parts that are not ours."""

    missing: tuple[SchemaPart, ...] = ()
    changed: tuple[SchemaPart, ...] = ()
    foreign: tuple[SchemaPart, ...] = ()

    @property
    def planted(self) -> tuple[SchemaPart, ...]:
        """The foreign triggers and indexes on tables of ours: they judge or change what is written."""
        ours = {part.name for part in own_parts() if part.kind == "table"}
        return tuple(part for part in self.foreign if part.kind in _PUT_BACK and part.table.casefold() in ours)

    @property
    def is_unsafe(self) -> bool:
        """Whether nothing may be written: a rule is missing, changed or planted."""
        return bool(self.missing or self.changed or self.planted)

    @property
    def to_make(self) -> tuple[SchemaPart, ...]:
        """What can be put back without touching a row."""
        gone = {part.name for part in self.missing if part.kind == "table"}
        return tuple(
            part for part in (*self.missing, *self.changed) if part.kind in _PUT_BACK and part.table not in gone
        )

    @property
    def to_remove(self) -> tuple[SchemaPart, ...]:
        """What can be taken away without losing a row: foreign views, and what is planted on tables of ours."""
        return (*self.planted, *(part for part in self.foreign if part.kind == "view"))

    @property
    def lost(self) -> tuple[SchemaPart, ...]:
        """The tables that are missing or changed: only a copy brings them back."""
        return tuple(part for part in (*self.missing, *self.changed) if part.kind == "table")

    def words(self) -> str:
        """What differs, in a line; "" where nothing does."""
        texts = (
            (_("missing: {parts}"), self.missing),
            (_("changed: {parts}"), self.changed),
            (_("not of this program: {parts}"), self.foreign),
        )
        return "; ".join(text.format(parts=part_names(parts)) for text, parts in texts if parts)


@cache
def own_parts() -> tuple[SchemaPart, ...]:
    """The schema of the program, in the order in which it is made."""
    text = Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")
    return tuple(map(_own_part, filter(None, text.split(BETWEEN))))


def make_schema(connection: sqlite3.Connection) -> None:
    """Makes an empty file a ledger without facts, in one transaction; raises sqlite3.Error.

    The migrations would come to the same, a hundred times as slowly: they are for ledgers that hold something.
    """
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for part in own_parts():
        connection.execute(part.sql)
    connection.execute("INSERT INTO alembic_version VALUES (?)", (HEAD,))
    connection.execute("COMMIT")


def _own_part(sql: str) -> SchemaPart:
    created = _CREATES.match(sql)
    assert created, sql
    kind = created[1].lower()
    return SchemaPart(kind, created[2], created[2] if kind == "table" else created[3], sql)


def differences(connection: Connection) -> Differences:
    """How the schema of the ledger in the file differs from the program's, whatever else the connection shows."""
    if not is_of_file(connection):
        return _differences_on_server(connection)
    of_file = {(part.kind, part.name.casefold()): part for part in held_parts(connection)}
    missing, changed = [], []
    for expected in own_parts():
        there = of_file.pop((expected.kind, expected.name), None)
        if there is None:
            missing.append(expected)
        elif there.sql.split() != expected.sql.split() and canonical(there.sql) != canonical(expected.sql):
            changed.append(expected)
    return Differences(tuple(missing), tuple(changed), tuple(of_file.values()))


def _differences_on_server(connection: Connection) -> Differences:
    """The same by the names of all parts, and by whether each of those there holds: a server keeps no statements.

    A function that does not say what it said when the ledger was made is changed, whatever it is called.
    """
    from ntmtrack.storage.server import held_parts

    of_rights = (SchemaPart("trigger", name, table, "") for name, table in held_parts.rules_of_rights())
    own = {(part.kind, part.name): part for part in (*own_parts(), *of_rights)}
    there = {(part.kind, part.name): part for part in held_parts.held_parts(connection)}
    functions = [SchemaPart(*part[:3], "") for part in there.values() if part.kind == "function"]
    own_changed = [part for key, part in own.items() if key in there and not there[key].holds]
    foreign = [SchemaPart(*part[:3], "") for key, part in there.items() if key not in own and part.kind != "function"]
    return Differences(
        tuple(part for key, part in own.items() if key not in there), (*own_changed, *functions), tuple(foreign)
    )


def held_parts(connection: Connection) -> list[SchemaPart]:
    """The schema of the file, without what SQLite keeps for itself."""
    rows = connection.execute(
        "SELECT type, name, tbl_name, sql FROM main.sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%'"
        " ESCAPE '\\'"
    )
    return [SchemaPart(*row) for row in rows]


def canonical(sql: str) -> list[str]:
    """A statement without spaces and quotation marks that change nothing; the parts of a table in one order.

    The order of a table's constraints is left to chance where a migration made the table anew.
    """
    words = [_QUOTED_NAME.sub(r"\1", word) for word in _WORD.findall(sql)]
    if not re.match("CREATE TABLE", sql, re.IGNORECASE):
        return words
    parts, depth = [[]], 0  # type: tuple[list[list[str]], int]
    for word in words:
        depth += (word == "(") - (word == ")")
        if (word == "," and depth == 1) or (word == ")" and depth == 0):
            parts.append([])
        else:
            parts[-1].append(word)
    return sorted(map(" ".join, parts))


def refuse_unsafe(connection: Connection, file: Place) -> None:
    """Raises SchemaStrange where the rules of the ledger are not the program's."""
    schema = differences(connection)
    if schema.is_unsafe:
        way = _("go back to a copy: ntmtrack restore COPY") if schema.lost else _("mend it: ntmtrack doctor --mend")
        if not is_of_file(connection):
            way = _("its owner mends it: ntmtrack server init --db ADDRESS")
        raise SchemaStrange(
            file=file, what=Differences(schema.missing, schema.changed, schema.planted).words(), way=way
        )


def part_names(parts: Iterable[SchemaPart]) -> str:
    """Parts of a schema by kind, the first few of each by name: "58 rules (action_never_deleted, …)"."""
    kinds = []
    for kind in _KINDS:
        names = [part.name for part in parts if part.kind == kind]
        if names:
            shown = ", ".join([*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])])
            kinds.append(f"{_counted(kind, len(names))} ({shown})")
    return ", ".join(kinds)


def _counted(kind: str, count: int) -> str:
    texts = {
        "table": ngettext("{count} table", "{count} tables", count),
        "index": ngettext("{count} index", "{count} indexes", count),
        "trigger": ngettext("{count} rule", "{count} rules", count),
        "function": ngettext("{count} function", "{count} functions", count),
        "view": ngettext("{count} view", "{count} views", count),
    }
    return texts[kind].format(count=number(count))
