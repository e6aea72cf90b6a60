"""Voiding what an action wrote and bringing back what it voided: undo and, since an undo is an action too, redo.

A voided row stays voided: what is brought back is a copy, whose `restores_id` is the first of its kind. The facts of an
action are the rows that it wrote and the copies that stand for them.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator

from ntmtrack.errors import PlaceTaken
from ntmtrack.storage.queries.ledger import named

# Facts that can be voided, each after those that it refers to; the identity of a unit is never voided.
REFERRING = {
    "unit_version": {},
    "succession": {},
    "decision": {},
    "recognition": {"decision_id": "decision"},
    "revocation": {"recognition_id": "recognition", "decision_id": "decision"},
    "roadmap": {"supersedes_id": "roadmap"},
    "target": {"roadmap_id": "roadmap"},
    "target_unit": {"target_id": "target"},
    "setting": {},
    "published_figure": {},
    "closed_year": {},
}
# Which standing facts leave no room for one that would come back.
_IN_ITS_PLACE = {
    "recognition": "unit_id = :unit_id AND programme = :programme AND level = :level",
    "unit_version": """(unit_id = :unit_id OR code = :code) AND coalesce(since, '') < coalesce(:until, '9999')
                       AND coalesce(:since, '') < coalesce(until, '9999')""",
    "roadmap": "key = :key",
    "closed_year": "year = :year",
}
_SAME_DECISION = (
    "SELECT now.id FROM decision AS now JOIN decision AS old ON old.id = :id WHERE now.voided_by IS NULL"
    " AND now.number = old.number AND now.signed_on IS old.signed_on AND now.issuer IS old.issuer"
)


def own_facts(table: str) -> str:
    """A condition on rows of `table`: a fact of the action `:action`, or what stands for one: the first or a copy."""
    own = f"SELECT coalesce(restores_id, id) FROM {table} WHERE action_id = :action"
    return f"(action_id = :action OR id IN ({own}) OR restores_id IN ({own}))"


def take_back(connection: sqlite3.Connection, action_id: int, by: int) -> None:
    """Voids every fact of an action and brings back what it had voided, in the name of the action `by`."""
    for table in REFERRING:
        if table != "decision":
            connection.execute(
                f"UPDATE {table} SET voided_by = :by WHERE voided_by IS NULL AND {own_facts(table)}",
                {"by": by, "action": action_id},
            )
    for within, column, of in (("target", "roadmap_id", "roadmap"), ("target_unit", "target_id", "target")):
        connection.execute(
            f"UPDATE {within} SET voided_by = :by WHERE voided_by IS NULL"
            f" AND {column} IN (SELECT id FROM {of} WHERE voided_by = :by)",
            {"by": by},
        )
    _Return(connection, by).bring_back(action_id)


def void(connection: sqlite3.Connection, table: str, ids: Iterable[int], by: int) -> None:
    """Voids single facts; the rows stay, marked with the action `by`."""
    assert table in REFERRING
    connection.executemany(
        f"UPDATE {table} SET voided_by = ? WHERE id = ? AND voided_by IS NULL", [(by, one) for one in ids]
    )


def void_unused_decisions(connection: sqlite3.Connection, by: int, stay: Collection[int] = ()) -> None:
    """Voids the decisions that the action `by` left without any fact resting on them; those in `stay` are kept."""
    rests = " UNION ".join(
        f"SELECT decision_id FROM {table} WHERE voided_by IS NULL AND decision_id IS NOT NULL"
        for table in ("recognition", "revocation")
    )
    left = " UNION ".join(
        f"SELECT decision_id FROM {table} WHERE voided_by = :by" for table in ("recognition", "revocation")
    )
    unused = connection.execute(
        f"SELECT id FROM decision WHERE voided_by IS NULL AND id IN ({left}) AND id NOT IN ({rests})", {"by": by}
    ).fetchall()
    void(connection, "decision", [key for (key,) in unused if key not in stay], by)


def move_revocations(connection: sqlite3.Connection, old: int, new: int, by: int) -> None:
    """The revocations of a recognition become those of the one that corrects it."""
    ids = [
        row[0]
        for row in connection.execute(
            "SELECT id FROM revocation WHERE recognition_id = :old AND voided_by IS NULL", {"old": old}
        )
    ]
    void(connection, "revocation", ids, by)
    connection.executemany(
        "INSERT INTO revocation (action_id, recognition_id, decision_id, day, reason)"
        " SELECT ?, ?, decision_id, day, reason FROM revocation WHERE id = ?",
        [(by, new, one) for one in ids],
    )


class _Return:
    """Copies of voided rows, made by one action; what refers to a row refers to its copy."""

    def __init__(self, connection: sqlite3.Connection, by: int) -> None:
        self._connection = connection
        self._by = by
        self._columns = {
            table: [row[1] for row in connection.execute(f"PRAGMA table_info({table})")] for table in REFERRING
        }

    def bring_back(self, action_id: int) -> None:
        """Copies what an action voided without having written it."""
        for table in REFERRING:
            rows = self._connection.execute(
                f"SELECT id FROM {table} WHERE voided_by = :action AND action_id <> :action ORDER BY id",
                {"action": action_id},
            ).fetchall()
            for (key,) in rows:
                if self._standing(table, key) is None:
                    self._copy(table, key)

    def _copy(self, table: str, key: int) -> int:
        columns = self._columns[table]
        row = self._connection.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE id = :id", {"id": key})
        facts = dict(zip(columns, row.fetchone(), strict=True))
        root = facts["restores_id"] or key
        facts |= {"id": None, "action_id": self._by, "voided_by": None, "restores_id": root}
        facts |= dict(self._references(table, facts))
        places = ", ".join(f":{column}" for column in columns)
        try:
            made = self._connection.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", facts)
        except sqlite3.IntegrityError as taken:
            raise PlaceTaken(actions=named(self._connection, self._in_place_of(table, facts))) from taken
        assert made.lastrowid is not None
        return made.lastrowid

    def _in_place_of(self, table: str, facts: dict[str, object]) -> list[int]:
        """The actions whose facts stand where a copy would have to."""
        rows = self._connection.execute(
            f"SELECT DISTINCT action_id FROM {table} WHERE voided_by IS NULL AND {_IN_ITS_PLACE[table]}", facts
        )
        return [row[0] for row in rows]

    def _references(self, table: str, facts: dict[str, object]) -> Iterator[tuple[str, object]]:
        """Where a copy refers to: what stands for the row that the first referred to."""
        for column, to in REFERRING[table].items():
            referred = facts[column]
            if isinstance(referred, int):
                standing = self._standing(to, referred)
                if standing is None and to == "decision":
                    standing = self._copy(to, referred)
                yield column, standing or referred

    def _standing(self, table: str, key: int) -> int | None:
        """The row that stands for a row now: itself, a copy, a decision that says the same; None where none does."""
        found = self._connection.execute(
            f"""SELECT now.id FROM {table} AS old JOIN {table} AS now
                    ON now.id = coalesce(old.restores_id, old.id) OR now.restores_id = coalesce(old.restores_id, old.id)
                WHERE old.id = :id AND now.voided_by IS NULL""",
            {"id": key},
        ).fetchone()
        if found is None and table == "decision":
            found = self._connection.execute(_SAME_DECISION, {"id": key}).fetchone()
        return int(found[0]) if found else None
