"""The schema of a ledger on a server as it stands: its tables, indexes and rules, and whether each holds."""

from collections.abc import Iterator
from typing import NamedTuple

from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.facts import KINDS

# A trigger holds that is enabled, calls a function of ours and says what it said when the ledger was made; a table that
# shows each role its own rows alone. Functions are told but where they do not say that any more.
_HELD = """
    WITH changed AS MATERIALIZED (SELECT kind, name FROM changed_rules())
    SELECT 'table', c.relname, c.relname, c.relrowsecurity OR c.relname = 'alembic_version' FROM pg_class AS c
    WHERE c.relnamespace = to_regnamespace('ntmtrack') AND c.relkind = 'r'
    UNION ALL SELECT 'view', c.relname, c.relname, 1 = 1 FROM pg_class AS c
    WHERE c.relnamespace = to_regnamespace('ntmtrack') AND c.relkind IN ('v', 'm', 'f', 'p')
    UNION ALL SELECT 'index', c.relname, t.relname, i.indisvalid FROM pg_index AS i
    JOIN pg_class AS c ON c.oid = i.indexrelid JOIN pg_class AS t ON t.oid = i.indrelid
    WHERE t.relnamespace = to_regnamespace('ntmtrack') AND NOT i.indisprimary
    UNION ALL SELECT 'trigger', g.tgname, t.relname, g.tgname NOT IN (SELECT name FROM changed)
        AND g.tgenabled = 'O' AND n.nspname IN ('ntmtrack', 'ntmtrack_rights') AND p.proowner = t.relowner
    FROM pg_trigger AS g JOIN pg_class AS t ON t.oid = g.tgrelid JOIN pg_proc AS p ON p.oid = g.tgfoid
    JOIN pg_namespace AS n ON n.oid = p.pronamespace
    WHERE t.relnamespace = to_regnamespace('ntmtrack') AND NOT g.tgisinternal
    UNION ALL SELECT 'trigger', r.polname, t.relname,
        r.polname NOT IN (SELECT name FROM changed) AND 0 = ANY(r.polroles) AND r.polpermissive
    FROM pg_policy AS r JOIN pg_class AS t ON t.oid = r.polrelid WHERE t.relnamespace = to_regnamespace('ntmtrack')
    UNION ALL SELECT kind, name, '', 1 = 0 FROM changed WHERE kind = 'function'
"""


class HeldPart(NamedTuple):
    """One table, view, index, rule or function: its name, the table that it is on, whether it holds."""

    kind: str
    name: str
    table: str
    holds: bool


def held_parts(connection: Connection) -> list[HeldPart]:
    """What there is in the schema."""
    return [HeldPart(kind, name, table, bool(holds)) for kind, name, table, holds in connection.execute(_HELD)]


def rules_of_rights() -> Iterator[tuple[str, str]]:
    """The rules that a server has more than a file, each with its table: they hold who may do what."""
    yield "action_begins_by_right", "action"
    yield "action_ends_by_right", "action"
    for table in (*(kind.table for kind in KINDS), "action"):
        yield from ((f"{table}_{rule}", table) for rule in ("seen", "written", "changed"))
    for kind in KINDS:
        yield f"{kind.table}_written_by_right", kind.table
        if kind.is_voidable:
            yield f"{kind.table}_voided_by_right", kind.table
