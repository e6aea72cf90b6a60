"""One text of SQL for files and servers: nothing in it is understood otherwise by the one than by the other."""

import ast
import re
from pathlib import Path

import pytest

from ntmtrack.storage.every_table import METADATA

STORAGE = Path(__file__).parent.parent / "ntmtrack" / "storage"
ORDERED = re.compile(r"ORDER BY ([^)]*?)(?: LIMIT|\)|$)", re.DOTALL)
TERM = re.compile(r"^(?:(\w+)\.)?(\w+)(?: DESC)?$")
TABLES = re.compile(r"(?:FROM|JOIN) (\w+)(?: AS (\w+))?")
UNTYPED = re.compile(r"SELECT :\w+")


def texts():
    """Every text of SQL in storage/ that both understand, with its place; what is put in later stands as a blank."""
    for file in sorted(STORAGE.rglob("*.py")):
        if file.parent.name != "server":
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if (text := text_of(node)) and "SELECT" in text:
                    yield f"{file.relative_to(STORAGE)}, line {node.lineno}", text


def text_of(node):
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else " {} " for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def may_be_null(text):
    """The terms by which a text orders and that may be NULL: first in a file, last on a server."""
    tables = {alias or table: table for table, alias in TABLES.findall(text)}
    for terms in ORDERED.findall(text):
        for term in filter(None, map(TERM.match, map(str.strip, terms.split(",")))):
            for table in [tables.get(term[1])] if term[1] else tables.values():
                column = METADATA.tables[table].columns.get(term[2]) if table in METADATA.tables else None
                if column is not None and column.nullable:
                    yield term[0]


def test_what_may_be_null_is_ordered_by_a_value_in_its_place():
    found = list(texts())
    assert len(found) > 150
    assert [(place, term) for place, text in found for term in may_be_null(text)] == []


@pytest.mark.parametrize("order", ["v.since", "id, since DESC LIMIT 1", "since) AS x"])
def test_an_order_left_to_the_database_is_found(order):
    assert [*may_be_null(f"SELECT 1 FROM unit_version AS v ORDER BY {order}")]
    assert not [*may_be_null(f"SELECT 1 FROM unit_version AS v ORDER BY {order.replace('since', 'id')}")]


def test_a_parameter_that_begins_a_table_is_told_its_type():
    """Where nothing is given for it, a server takes NULL for a text, and what is joined to it is a number."""
    assert [place for place, text in texts() if UNTYPED.search(text)] == []
    assert UNTYPED.search("WITH RECURSIVE inside(unit_id) AS (SELECT :scope UNION ALL SELECT 1)")
