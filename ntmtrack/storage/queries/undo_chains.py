"""What was taken back, done again, taken back anew: the turns of every action."""

from typing import NamedTuple

from ntmtrack.storage.dialect import Connection


class UndoChain(NamedTuple):
    """An action and those that took it back, did it again, took it back anew, in their order.

    Example: action 7 undone by 9 and redone by 10 is UndoChain(7, (9, 10)): it holds, as `last` = 10 made it.
    """

    root: int
    turns: tuple[int, ...] = ()

    @property
    def is_undone(self) -> bool:
        """Whether the action is taken back now."""
        return len(self.turns) % 2 == 1

    @property
    def last(self) -> int:
        """The action that made it as it is now: the last turn, or the action itself."""
        return self.turns[-1] if self.turns else self.root


def undo_chains(connection: Connection) -> dict[int, UndoChain]:
    """The turns of every action that was ever taken back, by the action and by each of its turns."""
    chains: dict[int, UndoChain] = {}
    for key, turned in connection.execute("SELECT id, undoes_id FROM action WHERE undoes_id IS NOT NULL ORDER BY id"):
        before = chains.get(turned, UndoChain(turned))
        now = UndoChain(before.root, (*before.turns, key))
        chains |= dict.fromkeys((now.root, *now.turns), now)
    return chains


def undone_by(connection: Connection) -> dict[int, int]:
    """The actions that do not hold any more, each with the one that turned them: undone actions, overtaken turns."""
    turned_by: dict[int, int] = {}
    for key, chain in undo_chains(connection).items():
        if key != chain.root and key != chain.last:
            turned_by[key] = chain.turns[chain.turns.index(key) + 1]
        elif key == chain.root and chain.is_undone:
            turned_by[key] = chain.last
    taken_in = connection.execute("SELECT id, joined_by FROM action WHERE joined_by IS NOT NULL").fetchall()
    return {key: turned_by[join] for key, join in taken_in if join in turned_by} | turned_by
