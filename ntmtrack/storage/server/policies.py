"""Which rows of each kind of fact a role sees, and that it writes none unless it may write, as policies of tables.

Their conditions are asked once a query. Which rows a role may write is for the triggers of `write_rules`.
"""

from collections.abc import Iterator

from ntmtrack.storage.fact_kind import UNIT, FactKind
from ntmtrack.storage.facts import KINDS
from ntmtrack.storage.server.subjects import DECISION, HIGHER, fact_told_by

_OF_ALL = "(SELECT ntmtrack.my_right()) IS NOT NULL"


def policies() -> Iterator[str]:
    """The policies of every table."""
    for kind in KINDS:
        yield from _policies(kind.table, _seen(kind))
    own = f"who = session_user AND {_OF_ALL}"
    yield from _policies("action", f"{own} OR id IN (SELECT ntmtrack.seen_actions())")


def _seen(kind: FactKind) -> str:
    """Which rows a role sees that does not see all; those of its own open action it always does."""
    return f"{_about_seen(kind)} OR action_id > (SELECT ntmtrack.last_sealed())"


def _about_seen(kind: FactKind) -> str:
    if kind.table == DECISION:
        return "id IN (SELECT ntmtrack.my_decisions())"
    if kind.table in (UNIT, "unit_version"):
        column = "id" if kind.table == UNIT else "unit_id"
        return f"{column} IN (SELECT ntmtrack.named_units())"
    if whole := fact_told_by(kind):
        column, other = whole
        return f"{column} IN (SELECT id FROM ntmtrack.{other.table})"
    if not kind.about:
        return _OF_ALL
    if kind.table in HIGHER:
        return f"scope_id IS NULL AND {_OF_ALL} OR scope_id IN (SELECT ntmtrack.named_units())"
    set_of = "named_units" if kind.table == "succession" else "seen_units"
    return " AND ".join(f"{column} IN (SELECT ntmtrack.{set_of}())" for column in kind.about)


def _policies(table: str, seen: str) -> Iterator[str]:
    yield f"ALTER TABLE ntmtrack.{table} ENABLE ROW LEVEL SECURITY"
    yield (
        f"CREATE POLICY {table}_seen ON ntmtrack.{table} FOR SELECT USING ((SELECT ntmtrack.sees_all()) OR ({seen}))"
    )
    yield (f"CREATE POLICY {table}_written ON ntmtrack.{table} FOR INSERT WITH CHECK ((SELECT ntmtrack.may_write()))")
    whose = " AND who = session_user AND hash IS NULL" if table == "action" else ""
    after = " AND who = session_user" if table == "action" else ""
    may = "(SELECT ntmtrack.may_write())"
    yield f"CREATE POLICY {table}_changed ON ntmtrack.{table} FOR UPDATE USING ({may}{whose}) WITH CHECK ({may}{after})"
