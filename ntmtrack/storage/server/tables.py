"""The tables as a server has them: whole numbers as wide as in SQLite, references that may wait for the commit.

The classes of `storage.tables` and its neighbours describe SQLite's; what PostgreSQL needs beside is worked out from
them, so that SQLite pays nothing for it.
"""

import re
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, MetaData, TextClause, text

_LINE = re.compile(r"(?:^| )(?=(?:CASE|WHEN|ELSE|END)\b)")


class WholeNumber(BigInteger):
    """A whole number in a statement, as wide as the columns are."""

    render_bind_cast = True


def widen(dialect: Dialect) -> None:
    """Statements of this dialect tell whole numbers as BIGINT, whatever the classes of the tables say."""
    dialect.colspecs = {**dialect.colspecs, Integer: WholeNumber}


def on_server(metadata: MetaData) -> MetaData:
    """The same tables as they are on a server."""
    tables = MetaData(naming_convention=metadata.naming_convention)
    for table in metadata.tables.values():
        table.to_metadata(tables)
    for table in tables.tables.values():
        for column in table.columns:
            column.type = BigInteger() if isinstance(column.type, Integer) else column.type
        for reference in table.foreign_key_constraints:
            reference.deferrable, reference.initially = True, "IMMEDIATE"
        for index in table.indexes:
            index.dialect_options["postgresql"]["where"] = index.dialect_options["sqlite"]["where"]
            index.expressions = [_as_told(part) for part in index.expressions]
    return tables


def _as_told(part: Any) -> Any:
    """An expression in the lines in which PostgreSQL tells it, so that one is known by the other."""
    return text(_LINE.sub("\n", part.text)) if isinstance(part, TextClause) else part
