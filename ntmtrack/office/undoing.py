"""`undo`, `redo`: what an action wrote is voided, what it voided stands again; shown in words before it is done."""

import sqlite3
from collections.abc import Callable

from ntmtrack.errors import ChangedMeanwhile, NotConfirmed, NothingToRedo, NothingToUndo, NothingWritten, NotUndone
from ntmtrack.i18n import _
from ntmtrack.model import Done
from ntmtrack.office.changes import made_by, sentences
from ntmtrack.office.invocation import Invocation
from ntmtrack.storage.acting import acting
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries.ledger import action, newest_first, undone_by

Choice = Callable[[sqlite3.Connection], Done]


def undo(call: Invocation, wanted: int | None, *, yes: bool, dry_run: bool) -> None:
    """Takes back an action, the last one that stands where none is named.

    Raises NothingToUndo, NoSuchAction, AlreadyUndone, NothingWritten, RestsOnIt, PlaceTaken, NotConfirmed.
    """
    _carry_out(call, "undo", lambda connection: _to_undo(connection, wanted), yes=yes, dry_run=dry_run)


def redo(call: Invocation, wanted: int | None, *, yes: bool, dry_run: bool) -> None:
    """Does again what was taken back: by the last undo where nothing was done since, or the action named.

    Raises NothingToRedo, NoSuchAction, NotUndone, PlaceTaken, NotBackAlone, NotConfirmed.
    """
    _carry_out(call, "redo", lambda connection: _to_redo(connection, wanted), yes=yes, dry_run=dry_run)


def _carry_out(call: Invocation, verb: str, choose: Choice, *, yes: bool, dry_run: bool) -> None:
    """Takes back what `choose` finds, after showing what changes; on a terminal only once the person says so.

    The ledger is not held while the person thinks.
    """
    asks = call.can_ask and not yes and not dry_run
    seen = 0
    if asks:
        with acting(call.file, call.stamp(verb), dry_run=True) as ledger:
            _take_back(call, ledger, choose(ledger.connection))
            seen = ledger.action_id
        if not call.ask(_("Do this?")):
            raise NotConfirmed
    with call.acting(verb, dry_run=dry_run) as ledger:
        if asks and ledger.action_id != seen:
            raise ChangedMeanwhile
        _take_back(call, ledger, choose(ledger.connection), quiet=asks)


def _take_back(call: Invocation, ledger: Ledger, done: Done, *, quiet: bool = False) -> None:
    ledger.take_back(done.id)
    original, again = done, False
    while original.undoes is not None:  # an undo of an undo does the first again
        original, again = action(ledger.connection, original.undoes), not again
    text = _("did action {action} again: {summary}") if again else _("took back action {action}: {summary}")
    ledger.verb = "redo" if again else "undo"  # whichever was typed
    ledger.summary = text.format(action=original.id, summary=original.summary)
    ledger.refuse_closed()
    if not quiet:
        for line in sentences(made_by(ledger.connection, ledger.action_id)):
            call.say(f"· {line}")


def _to_undo(connection: sqlite3.Connection, wanted: int | None) -> Done:
    if wanted is None:
        standing = (
            one for one in newest_first(connection) if one.verb != "undo" and one.undone_by is None and one.rows
        )
        found = next(standing, None)
        if found is None:
            raise NothingToUndo
        return found
    found = action(connection, wanted)
    if not found.rows:
        raise NothingWritten(action=wanted, summary=found.summary)
    return found


def _to_redo(connection: sqlite3.Connection, wanted: int | None) -> Done:
    """The undo that is to be taken back."""
    if wanted is None:
        for one in newest_first(connection):
            if one.verb == "undo" and one.undone_by is None:
                return one
            if one.verb not in ("undo", "redo") and one.rows:
                break
        raise NothingToRedo
    found = action(connection, wanted)
    if found.verb == "undo":
        return found
    by = undone_by(connection).get(wanted)
    if by is None:
        raise NotUndone(action=wanted)
    return action(connection, by)
