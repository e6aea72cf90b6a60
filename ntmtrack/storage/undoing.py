"""Taking back one action as a whole, unless later actions rest on it."""

import sqlite3

from ntmtrack.errors import AlreadyRedone, AlreadyUndone, NotBackAlone, PlaceTaken, RestsOnIt
from ntmtrack.storage import restoring
from ntmtrack.storage.queries.ledger import action, named
from ntmtrack.storage.resting import corrected_since, left_hanging, reached_anew


def take_back(connection: sqlite3.Connection, action_id: int, by: int) -> None:
    """Voids what an action wrote and brings back what it voided, in the name of the action `by`.

    Raises NoSuchAction, AlreadyUndone, RestsOnIt where later actions corrected or speak of what it wrote, PlaceTaken
    where they wrote what stands in the place of what would come back, NotBackAlone where what would come back speaks
    of what was itself taken back.
    """
    done = action(connection, action_id)
    if done.undone_by is not None and done.verb == "undo":
        raise AlreadyRedone(action=action_id, by=done.undone_by)
    if done.undone_by is not None:
        raise AlreadyUndone(action=action_id, by=done.undone_by)
    if later := corrected_since(connection, action_id):
        raise RestsOnIt(action=action_id, actions=named(connection, later))
    if anew := reached_anew(connection, action_id):
        raise PlaceTaken(actions=named(connection, anew))
    hung_before = set(left_hanging(connection))
    restoring.take_back(connection, action_id, by)
    hanging = [pair for pair in left_hanging(connection) if pair not in hung_before]
    if later := {one for one, _voided in hanging if one != by}:
        raise RestsOnIt(action=action_id, actions=named(connection, later))
    if hanging:
        raise NotBackAlone(
            action=done.undoes or action_id, actions=named(connection, {voided for _one, voided in hanging})
        )
