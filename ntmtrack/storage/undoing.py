"""Taking back one action as a whole, or doing it again, unless later actions rest on how it is."""

import sqlite3

from ntmtrack.errors import NotBackAlone, PlaceTaken, RestsOnIt
from ntmtrack.storage import restoring
from ntmtrack.storage.queries.ledger import Turns, named
from ntmtrack.storage.resting import corrected_since, left_hanging, reached_anew
from ntmtrack.storage.returns import refuse_out_of_rule


def turn(connection: sqlite3.Connection, turns: Turns, by: int) -> None:
    """Takes back an action that holds, or does one again that was taken back, in the name of the action `by`.

    Raises RestsOnIt where later actions corrected or speak of what it wrote, PlaceTaken where they wrote what stands
    in the place of what would come back, NotBackAlone where what would come back speaks of what was itself taken back;
    and what `returns.refuse_out_of_rule` raises.
    """
    if later := corrected_since(connection, turns.last):
        raise RestsOnIt(action=turns.root, actions=named(connection, later))
    if anew := reached_anew(connection, turns.last):
        raise PlaceTaken(actions=named(connection, anew))
    hung_before = set(left_hanging(connection))
    restoring.take_back(connection, turns.last, by)
    hanging = [pair for pair in left_hanging(connection) if pair not in hung_before]
    if later := {one for one, _voided in hanging if one != by}:
        raise RestsOnIt(action=turns.root, actions=named(connection, later))
    if hanging:
        raise NotBackAlone(action=turns.root, actions=named(connection, {voided for _one, voided in hanging}))
    refuse_out_of_rule(connection, turns.last, by)
