"""The ledger itself: what it holds, what was done to it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ntmtrack.errors import ActionNotSeen, NoSuchAction
from ntmtrack.model import Decision, Done, Recognition
from ntmtrack.storage.dialect import Connection, is_of_file
from ntmtrack.storage.fact_kind import FactKind
from ntmtrack.storage.facts import KINDS, TABLES, unit_by
from ntmtrack.storage.queries.proposals import DECISION_KEY, decisions
from ntmtrack.storage.queries.undo_chains import undone_by

# The ids of an action and of those that it took in from another ledger: all that it did.
WHOLE = "(SELECT id FROM action WHERE id = :action OR joined_by = :action)"


def _rows(actions: str) -> str:
    """How many facts were written or voided by actions."""
    return " + ".join(
        f"(SELECT count(*) FROM {table} WHERE {column} {actions})"
        for table in TABLES
        for column in ("action_id", "voided_by")
    )


_TOOK_IN = "IN (SELECT one.id FROM action AS one WHERE one.joined_by = a.id)"
_ACTION = f"""SELECT a.id, a.at, a.who, a.verb, a.summary, a.version,
        CASE a.verb WHEN 'join' THEN {_rows(_TOOK_IN)} ELSE {_rows("= a.id")} END,
        a.reason, a.reopened, a.undoes_id, a.origin, a.done_at, a.joined_by
    FROM action AS a"""


class ActionFilter(NamedTuple):
    """Which actions are asked for: the last so many, those since a moment (ISO, UTC), those about a unit.

    `below`: those about whatever has ever belonged to the unit too.
    """

    limit: int | None = None
    since: str | None = None
    unit_id: int | None = None
    below: bool = False


def history(connection: Connection, only: ActionFilter = ActionFilter()) -> list[Done]:  # noqa: B008 - it never changes
    """The actions, the newest first, each with the action that took it back."""
    return list(newest_first(connection, only))


def newest_first(
    connection: Connection,
    only: ActionFilter = ActionFilter(),  # noqa: B008 - it never changes
) -> Iterator[Done]:
    """The same one by one, for whoever stops early: what an action wrote is counted only as it is asked for."""
    conditions = ["1 = 1"]
    if only.since:
        conditions.append("a.at >= :since")
    if only.unit_id is not None:
        conditions.append("a.id IN (SELECT action_id FROM concerning)")
    limit = "" if only.limit is None else " LIMIT :limit"
    meant = _EVER_INSIDE if only.below else " inside(unit_id) AS (SELECT CAST(:scope AS BIGINT))"
    about = "" if only.unit_id is None else f"WITH RECURSIVE {meant}, {_ABOUT}"
    rows = connection.execute(
        f"{about} {_ACTION} WHERE {' AND '.join(conditions)} ORDER BY a.id DESC{limit}",
        {"limit": only.limit, "since": only.since, "scope": only.unit_id},
    )
    fates = _Fates(connection)
    return (fates.told(Done(*row)) for row in rows)


class _Fates:
    """What became of actions since they were done: which took each back, how a proposal was decided on."""

    def __init__(self, connection: Connection) -> None:
        self._undone = undone_by(connection)
        turns = connection.execute("SELECT id, verb FROM action WHERE undoes_id IS NOT NULL")
        self._verbs: dict[int, str] = dict(turns.fetchall())
        self._decided = decisions(connection)

    def told(self, done: Done) -> Done:
        """The action with that."""
        by, decided = self._undone.get(done.id), self._decided.get(done.id)
        return done._replace(
            undone_by=by,
            undone_verb=self._verbs.get(by or 0),
            decided_by=decided.action if decided else None,
            decided_verb=decided.verb if decided else None,
        )


# A unit and whatever has ever belonged to it, also by a fact that was voided since.
_EVER_INSIDE = """
    inside(unit_id) AS (
        SELECT CAST(:scope AS BIGINT)
        UNION SELECT v.unit_id FROM unit_version AS v JOIN inside ON v.parent_id = inside.unit_id)
"""


def _speaking(kind: FactKind, about: str) -> Iterator[str]:
    """The actions that wrote or voided facts about the units `inside`."""
    unit, join = unit_by(kind, about)
    for action in ("action_id", "voided_by"):
        yield f"SELECT f.{action} FROM {kind.table} AS f {join} WHERE {unit} IN (SELECT unit_id FROM inside)"


_ABOUT_UNIT = " UNION ".join(text for kind in KINDS for about in kind.about for text in _speaking(kind, about))


# Those, and the actions that refused or withdrew a proposal about them.
_ABOUT = f""" about(action_id) AS ({_ABOUT_UNIT}),
    concerning(action_id) AS (
        SELECT action_id FROM about
        UNION SELECT s.action_id FROM action AS proposed JOIN setting AS s ON s.key = '{DECISION_KEY}' || proposed.id
              WHERE s.voided_by IS NULL AND proposed.id IN (SELECT action_id FROM about))
"""


def about_unit(connection: Connection, unit_id: int) -> set[int]:
    """The actions that wrote or voided facts about a unit, or whatever has ever belonged to it."""
    text = f"WITH RECURSIVE {_EVER_INSIDE}, {_ABOUT} SELECT action_id FROM concerning"
    return {row[0] for row in connection.execute(text, {"scope": unit_id})}


def find_action(connection: Connection, action_id: int) -> Done:
    """One action that is done, not the one under way; raises NoSuchAction, ActionNotSeen."""
    row = connection.execute(f"{_ACTION} WHERE a.id = :id AND a.hash IS NOT NULL", {"id": action_id}).fetchone()
    if row is None:
        if not sees_all(connection):
            raise ActionNotSeen(action=action_id)
        (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM action WHERE hash IS NOT NULL").fetchone()
        raise NoSuchAction(action=action_id, last=last)
    return _Fates(connection).told(Done(*row))


def sees_all(connection: Connection) -> bool:
    """Whether whoever signed in sees the whole ledger, as everybody does in a file."""
    return is_of_file(connection) or bool(connection.execute("SELECT sees_all()").fetchone()[0])


def named(connection: Connection, actions: Iterable[int]) -> list[tuple[int, str]]:
    """Actions with the commands that did them, in their order; for those that came with another ledger, the join."""
    rows = connection.execute("SELECT id, verb, joined_by FROM action").fetchall()
    verbs = {key: verb for key, verb, _joined_by in rows}
    own = {key: joined_by or key for key, _verb, joined_by in rows}
    return [(action, verbs.get(action, "?")) for action in sorted({own.get(action, action) for action in actions})]


def last_of(connection: Connection, action_id: int) -> int:
    """The last of what an action did: itself, or the last action that it took in from another ledger."""
    return int(
        connection.execute(f"SELECT max(id) FROM action WHERE id IN {WHOLE}", {"action": action_id}).fetchone()[0]
    )


def common_action(ledger: Connection, other: Connection) -> int:
    """The last action that two ledgers share: up to it they are one. 0 where they have nothing in common."""
    there = dict(other.execute("SELECT id, hash FROM action").fetchall())
    shared = [
        key for key, digits in ledger.execute("SELECT id, hash FROM action") if digits and there.get(key) == digits
    ]
    return max(shared, default=0)


def last_action(connection: Connection) -> int:
    """The number of the last action; 0 where nothing was ever done."""
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM action").fetchone()[0])


def last_done(connection: Connection) -> int:
    """The same, seen or not by whoever signed in to a server: what the next action comes after."""
    if is_of_file(connection):
        return last_action(connection)
    row = connection.execute("SELECT id FROM last_done()").fetchone()
    return int(row[0]) if row else 0


def right_of(connection: Connection) -> str:
    """What whoever works with the ledger may do: reader, proposer, writer, owner; of a file everybody is its owner."""
    return "owner" if is_of_file(connection) else str(connection.execute("SELECT my_right()").fetchone()[0])


def keeps_choices(connection: Connection) -> bool:
    """Whether whoever works with the ledger may keep choices that hold for all of it, as its letterhead."""
    if is_of_file(connection):
        return True
    return bool(connection.execute("SELECT sees_all() AND my_right() IN ('writer', 'owner')").fetchone()[0])


def last_hash(connection: Connection) -> str:
    """The hash of the last action; "" where nothing was ever done."""
    row = connection.execute("SELECT hash FROM action ORDER BY id DESC LIMIT 1").fetchone()
    return str(row[0] or "") if row else ""


def counts(connection: Connection) -> dict[str, int]:
    """How many current facts of the kinds that are counted, by table name; units by tier as "unit.commune"."""
    by_kind = {
        kind.table: int(connection.execute(f"SELECT count(*) FROM {kind.table} WHERE voided_by IS NULL").fetchone()[0])
        for kind in KINDS
        if kind.is_counted
    }
    for tier, count in connection.execute(
        "SELECT tier, count(DISTINCT unit_id) FROM unit_version WHERE voided_by IS NULL GROUP BY tier"
    ):
        by_kind[f"unit.{tier}"] = int(count)
    (made_up,) = connection.execute(
        "SELECT count(*) FROM recognition WHERE voided_by IS NULL AND confidence = 'illustrative'"
    ).fetchone()
    return by_kind | {"illustrative": int(made_up)}


def setting(connection: Connection, key: str) -> str | None:
    """A remembered choice, or None."""
    row = connection.execute(
        "SELECT value FROM setting WHERE key = :key AND voided_by IS NULL"
        " ORDER BY coalesce(restores_id, id) DESC LIMIT 1",
        {"key": key},
    ).fetchone()
    return str(row[0]) if row else None


def closed_until(connection: Connection) -> int | None:
    """The last closed year: it and those before it are closed; None where none is."""
    (year,) = connection.execute("SELECT max(year) FROM closed_year WHERE voided_by IS NULL").fetchone()
    return None if year is None else int(year)


def closed_years(connection: Connection) -> list[tuple[int, str, int]]:
    """The closed years, each with the fingerprint of what its figures rested on and the action that closed it."""
    rows = connection.execute(
        "SELECT year, fingerprint, action_id FROM closed_year WHERE voided_by IS NULL ORDER BY year"
    )
    return rows.fetchall()


_EDITED = """
    SELECT a.id, a.at, a.who, a.reason, r.action_id = a.id, r.unit_id, r.level, r.programme, r.year, r.known_by,
           r.announced_on, r.source, r.note, d.number, d.signed_on, d.issuer
    FROM action AS a JOIN recognition AS r ON r.action_id = a.id OR r.voided_by = a.id
    LEFT JOIN decision AS d ON d.id = r.decision_id
    WHERE a.verb = 'edit' AND a.reason IS NOT NULL ORDER BY a.id, r.id
"""


class RecordedEdit(NamedTuple):
    """One recognition as one correction found it and left it; `at` is ISO in UTC."""

    unit_id: int
    at: str
    who: str
    reason: str
    before: Recognition
    after: Recognition


def edits(connection: Connection) -> Iterator[RecordedEdit]:
    """Every correction that was made with a reason, the earliest first."""
    stamps: dict[int, tuple[str, str, str]] = {}
    corrected: dict[tuple[int, int, str], tuple[list[Recognition], list[Recognition]]] = defaultdict(lambda: ([], []))
    for action, at, who, reason, came, unit_id, level, *facts in connection.execute(_EDITED):
        stamps[action] = (at, who, reason)
        programme, year, known_by, announced, source, note, number, signed_on, issuer = facts
        decision = Decision(number, signed_on, issuer) if number else None
        recognition = Recognition(level, programme, year, known_by, decision, announced, source, note)
        corrected[action, unit_id, level][bool(came)].append(recognition)
    for (action, unit_id, _level), (gone, came) in corrected.items():
        for before, after in zip(gone, came, strict=False):
            yield RecordedEdit(unit_id, *stamps[action], before, after)
