"""Proposals: actions that were taken back as they were done, by an action of their own, until somebody takes them.

Who takes one does it again by an action of his own. That one was refused or withdrawn is a remembered choice (a
setting) of the action that did so: it goes and comes back with that action.
"""

from collections.abc import Iterable
from typing import NamedTuple

from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.facts import KINDS, unit_by
from ntmtrack.storage.queries.undo_chains import UndoChain, undo_chains

PROPOSE, TAKE, REFUSE, WITHDRAW = "propose", "take", "refuse", "withdraw"
DECISION_KEY = "proposal/"
_AFTER = "proposal0"  # in the order of characters the first key that does not begin so
WAITING, TAKEN, REFUSED, WITHDRAWN = "waiting", "taken", "refused", "withdrawn"


class ProposalStep(NamedTuple):
    """An action as far as proposals ask: its number, whose it is, when it was done (ISO, UTC), by which command."""

    action: int
    who: str
    at: str
    verb: str
    summary: str
    reason: str | None = None


class ProposedAction(NamedTuple):
    """Đề xuất: the action that is proposed, what became of it since, and how it was refused or withdrawn, if so."""

    proposed: ProposalStep
    chain: UndoChain
    decided: ProposalStep | None = None

    @property
    def number(self) -> int:
        """Its number: that of the action."""
        return self.proposed.action

    @property
    def state(self) -> str:
        """Whether it waits, was taken, refused or withdrawn."""
        if not self.chain.is_undone:
            return TAKEN
        if self.decided is None:
            return WAITING
        return WITHDRAWN if self.decided.verb == WITHDRAW else REFUSED


def decision_key(number: int) -> str:
    """The key under which it is remembered that a proposal was refused or withdrawn."""
    return f"{DECISION_KEY}{number}"


def decided_proposal(key: str) -> int | None:
    """The number of the proposal that a key is about; None for a key of something else."""
    number = key.removeprefix(DECISION_KEY)
    return int(number) if key != number and number.isdigit() else None


def decisions(connection: Connection) -> dict[int, ProposalStep]:
    """The actions by which proposals were refused or withdrawn, by the number of the proposal."""
    rows = connection.execute(
        "SELECT s.key, a.id, a.who, a.at, a.verb, a.summary, a.reason FROM setting AS s"
        " JOIN action AS a ON a.id = s.action_id"
        " WHERE s.key >= :first AND s.key < :after AND s.voided_by IS NULL ORDER BY s.id",
        {"first": DECISION_KEY, "after": _AFTER},
    )
    told = ((decided_proposal(key), ProposalStep(*step)) for key, *step in rows)
    return {number: step for number, step in told if number is not None}


def every_proposal(connection: Connection) -> dict[int, ProposedAction]:
    """The proposals made in this ledger, by their numbers, the earliest first; none that came with another ledger."""
    rows = connection.execute(
        "SELECT p.id, a.id, a.who, a.at, a.verb, a.summary, a.reason FROM action AS p"
        " JOIN action AS a ON a.id = p.undoes_id WHERE p.verb = :propose AND p.joined_by IS NULL ORDER BY a.id",
        {"propose": PROPOSE},
    ).fetchall()
    if not rows:
        return {}
    chains, decided = undo_chains(connection), decisions(connection)
    steps = [ProposalStep(*step) for _by, *step in rows]
    return {one.action: ProposedAction(one, chains[one.action], decided.get(one.action)) for one in steps}


def proposal_of(connection: Connection, action_id: int) -> ProposedAction | None:
    """The proposal that an action made, or that was made of it; None for any other."""
    return next(
        (one for one in every_proposal(connection).values() if action_id in (one.number, one.chain.turns[0])), None
    )


def waiting(connection: Connection) -> list[ProposedAction]:
    """The proposals that wait to be taken, the earliest first."""
    return [one for one in every_proposal(connection).values() if one.state == WAITING]


def proposing_actions(connection: Connection) -> set[int]:
    """The actions by which proposals were made, two for each: together they changed nothing, whatever came of them."""
    return {key for one in every_proposal(connection).values() for key in (one.number, one.chain.turns[0])}


def any_waits(connection: Connection) -> bool:
    """Whether a proposal waits to be taken."""
    return bool(waiting(connection))


def whole_step(connection: Connection, action_id: int) -> int:
    """The action with which a step of the history ends: of what was proposed the one that proposed it, else itself."""
    row = connection.execute(
        "SELECT id FROM action WHERE undoes_id = :action AND verb = :propose", {"action": action_id, "propose": PROPOSE}
    ).fetchone()
    return int(row[0]) if row else action_id


def units_of(connection: Connection, actions: Iterable[int]) -> dict[int, list[int]]:
    """The units about which actions wrote or voided facts, by action."""
    found: dict[int, dict[int, None]] = {action: {} for action in actions}
    listed = ", ".join(map(str, found))
    for kind in KINDS if found else ():
        if not kind.about:
            continue
        unit, join = unit_by(kind, kind.about[0])
        for mark in ("action_id", "voided_by"):
            rows = connection.execute(
                f"SELECT DISTINCT f.{mark}, {unit} FROM {kind.table} AS f {join}"
                f" WHERE f.{mark} IN ({listed}) AND {unit} IS NOT NULL ORDER BY 1, 2"
            )
            for action, about in rows:
                found[action][about] = None
    return {action: [*units] for action, units in found.items()}
