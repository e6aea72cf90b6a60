"""Taking back one action as a whole, or doing it again, unless later actions rest on how it is."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator

from ntmtrack.errors import NotBackAlone, PlaceTaken, RestsOnIt
from ntmtrack.storage.dialect import Connection, is_of_file
from ntmtrack.storage.fact_kind import UNIT, FactColumn, FactKind
from ntmtrack.storage.facts import KINDS, VOIDABLE, kind_of, references, speaking_of
from ntmtrack.storage.queries.actions import WHOLE, named
from ntmtrack.storage.queries.undo_chains import UndoChain
from ntmtrack.storage.returns import refuse_out_of_rule


def turn(connection: Connection, chain: UndoChain, by: int) -> None:
    """Takes back an action that holds, or does one again that was taken back, in the name of the action `by`.

    Raises RestsOnIt where later actions corrected, went on with or speak of what it wrote, PlaceTaken where they wrote
    what stands in the place of what would come back, NotBackAlone where what would come back speaks of what was itself
    taken back; and what `returns.refuse_out_of_rule` raises.
    """
    if later := corrected_since(connection, chain.last):
        raise RestsOnIt(action=chain.root, actions=named(connection, later))
    if later := continued_since(connection, chain.last):
        raise RestsOnIt(action=chain.root, actions=named(connection, later))
    if anew := reached_anew(connection, chain.last):
        raise PlaceTaken(actions=named(connection, anew))
    hung_before = set(left_hanging(connection))
    take_back(connection, chain.last, by)
    hanging = [pair for pair in left_hanging(connection) if pair not in hung_before]
    if later := {action for action, _voided in hanging if action != by}:
        raise RestsOnIt(action=chain.root, actions=named(connection, later))
    if hanging:
        raise NotBackAlone(action=chain.root, actions=named(connection, {voided for _one, voided in hanging}))
    refuse_out_of_rule(connection, chain.last, by)


def corrected_since(connection: Connection, action_id: int) -> set[int]:
    """The later actions that voided facts of an action, no copy of which stands."""
    actions: set[int] = set()
    for kind in VOIDABLE:
        if kind.is_shared or kind.part_of:  # these go and come with others
            continue
        table = kind.table
        rows = connection.execute(
            f"""SELECT DISTINCT (SELECT last.voided_by FROM {table} AS last
                                 WHERE last.id = root OR last.restores_id = root ORDER BY last.id DESC LIMIT 1)
                FROM (SELECT DISTINCT coalesce(restores_id, id) AS root FROM {table} WHERE {own_facts(table)}) AS own
                WHERE NOT EXISTS (SELECT 1 FROM {table} AS now
                                  WHERE now.voided_by IS NULL AND (now.id = root OR now.restores_id = root))""",
            {"action": action_id},
        )
        actions |= {row[0] for row in rows}
    return actions - _whole(connection, action_id)


def _whole(connection: Connection, action_id: int) -> set[int]:
    return {row[0] for row in connection.execute(WHOLE.strip("()"), {"action": action_id})}


def continued_since(connection: Connection, action_id: int) -> set[int]:
    """The later actions that wrote forms anew of a round that an action sent, or wrote anew: they are of that round."""
    rows = connection.execute(
        f"""SELECT DISTINCT later.action_id FROM setting AS own JOIN setting AS later ON later.key = own.key
            WHERE own.key LIKE 'form/%' AND own.key NOT LIKE 'form/%/%' AND own.id IN
                  (SELECT id FROM setting WHERE voided_by IS NULL AND {own_facts("setting")})
              AND later.voided_by IS NULL AND later.action_id NOT IN {WHOLE}
              AND coalesce(later.restores_id, later.id) > coalesce(own.restores_id, own.id)""",
        {"action": action_id},
    )
    return {row[0] for row in rows}


def reached_anew(connection: Connection, action_id: int) -> set[int]:
    """The later actions that recorded a level anew which an action had revoked: both cannot stand."""
    rows = connection.execute(
        f"""SELECT DISTINCT other.action_id
            FROM revocation AS x JOIN recognition AS own ON own.id = x.recognition_id
            JOIN recognition AS other ON other.unit_id = own.unit_id AND other.programme = own.programme
                 AND other.level = own.level AND other.id <> own.id
            WHERE x.voided_by IS NULL AND x.id IN (SELECT id FROM revocation WHERE {own_facts("revocation")})
              AND own.voided_by IS NULL AND other.voided_by IS NULL AND other.action_id NOT IN {WHOLE}
              AND NOT EXISTS (SELECT 1 FROM revocation WHERE recognition_id = other.id AND voided_by IS NULL)""",
        {"action": action_id},
    )
    return {row[0] for row in rows}


def left_hanging(connection: Connection) -> list[tuple[int, int]]:
    """Standing facts that refer to a voided one: the action that wrote each, and the action that voided the other."""
    texts = [_without_unit(*speaking) for speaking in speaking_of(UNIT)]
    for kind in KINDS:
        for column, to in references(kind):
            if not to.is_shared and column.name != kind.part_of:  # what it does not go and come with
                texts.append(_without_fact(kind, column, to))
    return sorted({row for text in texts for row in connection.execute(text)})


def _without_unit(table: str, column: str) -> str:
    return f"""SELECT DISTINCT action_id, (SELECT max(voided_by) FROM unit_version WHERE unit_id = f.{column})
        FROM {table} AS f WHERE f.voided_by IS NULL AND f.{column} IS NOT NULL AND NOT EXISTS
            (SELECT 1 FROM unit_version WHERE unit_id = f.{column} AND voided_by IS NULL)"""


def _without_fact(kind: FactKind, column: FactColumn, to: FactKind) -> str:
    same = " AND ".join(f"now.{name} IS old.{name}" for name in to.identity) if to is kind else "now.id = old.id"
    return f"""SELECT DISTINCT f.action_id, old.voided_by
        FROM {kind.table} AS f JOIN {to.table} AS old ON old.id = f.{column.name}
        WHERE f.voided_by IS NULL AND old.voided_by IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM {to.table} AS now WHERE now.voided_by IS NULL AND {same})"""


def own_facts(table: str) -> str:
    """The SQL condition that a row of `table` is a fact of the action `:action`, the first of it or a copy of it."""
    written = f"SELECT coalesce(restores_id, id) FROM {table} WHERE action_id IN {WHOLE}"
    return f"(action_id IN {WHOLE} OR id IN ({written}) OR restores_id IN ({written}))"


def take_back(connection: Connection, action_id: int, by: int) -> None:
    """Voids every fact of an action and brings back what it had voided, in the name of the action `by`."""
    for kind in VOIDABLE:
        if not kind.is_shared:
            connection.execute(
                f"UPDATE {kind.table} SET voided_by = :by WHERE voided_by IS NULL AND {own_facts(kind.table)}",
                {"by": by, "action": action_id},
            )
    void_parts(connection, by)
    _Copies(connection, by).bring_back(action_id)


def void(connection: Connection, table: str, ids: Iterable[int], by: int) -> None:
    """Voids single facts; the rows stay, marked with the action `by`."""
    assert kind_of(table).is_voidable
    connection.executemany(
        f"UPDATE {table} SET voided_by = ? WHERE id = ? AND voided_by IS NULL", [(by, row_id) for row_id in ids]
    )


def void_parts(connection: Connection, by: int) -> None:
    """Voids what is part of a fact that the action `by` voided, as the targets of a plan and the names in them."""
    for kind in KINDS:
        if whole := kind.whole:
            connection.execute(
                f"UPDATE {kind.table} SET voided_by = :by WHERE voided_by IS NULL"
                f" AND {whole.name} IN (SELECT id FROM {whole.refers} WHERE voided_by = :by)",
                {"by": by},
            )


def void_unused_decisions(connection: Connection, by: int, stay: Collection[int] = ()) -> None:
    """Voids the decisions that the action `by` left without any fact resting on them; those in `stay` are kept."""
    rests, left = (
        " UNION ".join(
            f"SELECT {column} FROM {table} WHERE {which} AND {column} IS NOT NULL"
            for table, column in speaking_of("decision")
        )
        for which in ("voided_by IS NULL", "voided_by = :by")
    )
    text = f"SELECT id FROM decision WHERE voided_by IS NULL AND id IN ({left}) AND id NOT IN ({rests})"
    if not is_of_file(connection):
        text = "SELECT unused_decisions(:by)"  # facts of others rest on them too
    unused = connection.execute(text, {"by": by}).fetchall()
    void(connection, "decision", [key for (key,) in unused if key not in stay], by)


def move_revocations(connection: Connection, old: int, new: int, by: int) -> None:
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
        [(by, new, row_id) for row_id in ids],
    )


class _Copies:
    """Copies of voided rows, made by one action; what refers to a row refers to its copy."""

    def __init__(self, connection: Connection, by: int) -> None:
        self._connection = connection
        self._by = by

    def bring_back(self, action_id: int) -> None:
        """Copies what an action voided without having written it."""
        self._connection.execute("SAVEPOINT before_copies")
        for kind in VOIDABLE:
            rows = self._connection.execute(
                f"SELECT id FROM {kind.table} WHERE voided_by IN {WHOLE} AND action_id NOT IN {WHOLE} ORDER BY id",
                {"action": action_id},
            ).fetchall()
            for (key,) in rows:
                if self._standing(kind, key) is None:
                    self._copy(kind, key)
        self._connection.execute("RELEASE SAVEPOINT before_copies")

    def _copy(self, kind: FactKind, key: int) -> int:
        columns = ", ".join(kind.all_columns)
        row = self._connection.execute(f"SELECT {columns} FROM {kind.table} WHERE id = :id", {"id": key})
        facts = dict(zip(kind.all_columns, row.fetchone(), strict=True))
        root = facts["restores_id"] or key
        facts |= {"action_id": self._by, "voided_by": None, "restores_id": root}
        facts |= dict(self._references(kind, facts))
        del facts["id"]  # a new one
        places = ", ".join(f":{column}" for column in facts)
        try:
            made = self._connection.execute(f"INSERT INTO {kind.table} ({', '.join(facts)}) VALUES ({places})", facts)
        except sqlite3.IntegrityError as taken:
            self._connection.execute("ROLLBACK TO SAVEPOINT before_copies")  # a server answers nothing before that
            raise PlaceTaken(actions=named(self._connection, self._in_place_of(kind, facts))) from taken
        assert made.lastrowid is not None
        return made.lastrowid

    def _in_place_of(self, kind: FactKind, facts: dict[str, object]) -> list[int]:
        """The actions whose facts stand where a copy would have to."""
        there = kind.room or " AND ".join(f"{name} IS :{name}" for name in kind.identity)
        rows = self._connection.execute(
            f"SELECT DISTINCT action_id FROM {kind.table} WHERE voided_by IS NULL AND {there}", facts
        )
        return [row[0] for row in rows]

    def _references(self, kind: FactKind, facts: dict[str, object]) -> Iterator[tuple[str, object]]:
        """Where a copy refers to: what stands for the row that the first referred to."""
        for column, to in references(kind):
            referred = facts[column.name]
            if isinstance(referred, int):
                standing = self._standing(to, referred)
                if standing is None and to.is_shared:
                    standing = self._copy(to, referred)
                yield column.name, standing or referred

    def _standing(self, kind: FactKind, key: int) -> int | None:
        """The row that stands in the place of a row: itself, its copy, or a decision that says the same; else None."""
        same = "now.id = coalesce(old.restores_id, old.id) OR now.restores_id = coalesce(old.restores_id, old.id)"
        says_it = " AND ".join(f"now.{name} IS old.{name}" for name in kind.identity)
        for condition in (same, says_it) if kind.is_shared else (same,):
            row = self._connection.execute(
                f"""SELECT now.id FROM {kind.table} AS old JOIN {kind.table} AS now ON {condition}
                    WHERE old.id = :id AND now.voided_by IS NULL""",
                {"id": key},
            ).fetchone()
            if row:
                return int(row[0])
        return None
