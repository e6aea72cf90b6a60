"""`undo`, `redo`: what an action wrote is voided, what it voided stands again; shown in words before it is done."""

from collections.abc import Callable, Mapping

from ntmtrack.commands import Session
from ntmtrack.commands.history import changes_by, sentences
from ntmtrack.errors import (
    AlreadyRedone,
    AlreadyUndone,
    ChangedMeanwhile,
    NotConfirmed,
    NothingToRedo,
    NothingToUndo,
    NothingWritten,
    NotUndone,
    PartOfJoin,
)
from ntmtrack.i18n import _
from ntmtrack.model import Done
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries.actions import UndoChain, find_action, newest_first, undo_chains
from ntmtrack.storage.transaction import acting

Choice = Callable[[Connection], UndoChain]


def undo(session: Session, action_id: int | None, *, yes: bool, dry_run: bool) -> None:
    """Takes back an action, the last one that stands where none is named.

    Raises NothingToUndo, NoSuchAction, AlreadyUndone, AlreadyRedone, PartOfJoin, NothingWritten, NotConfirmed, and what
    `storage.undo.turn` raises.
    """
    _carry_out(session, "undo", lambda connection: _to_undo(connection, action_id), yes=yes, dry_run=dry_run)


def redo(session: Session, action_id: int | None, *, yes: bool, dry_run: bool) -> None:
    """Does again what was taken back: by the last undo where nothing was done since, or the action named.

    Raises NothingToRedo, NoSuchAction, PartOfJoin, NotUndone, NotConfirmed, and what `storage.undo.turn` raises.
    """
    _carry_out(session, "redo", lambda connection: _to_redo(connection, action_id), yes=yes, dry_run=dry_run)


def _carry_out(session: Session, verb: str, choose: Choice, *, yes: bool, dry_run: bool) -> None:
    """Takes back what `choose` finds, after showing what changes; on a terminal only once the person says so.

    The ledger is not held while the person thinks.
    """
    asks = session.can_ask and not yes and not dry_run
    seen = 0
    if asks:
        with acting(session.file, session.stamp(verb), dry_run=True) as ledger:
            _turn(session, ledger, choose(ledger.connection))
            seen = ledger.action_id
        if not session.ask(_("Do this?")):
            raise NotConfirmed
    with session.acting(verb, dry_run=dry_run) as ledger:
        if asks and ledger.action_id != seen:
            raise ChangedMeanwhile
        _turn(session, ledger, choose(ledger.connection), quiet=asks)


def _turn(session: Session, ledger: Ledger, chain: UndoChain, *, quiet: bool = False) -> None:
    ledger.turn(chain)
    text = _("took back action {action}: {summary}")
    if chain.is_undone:
        text = _("did action {action} again: {summary}")
    ledger.verb = "redo" if chain.is_undone else "undo"  # whichever was typed
    ledger.summary = text.format(action=chain.root, summary=find_action(ledger.connection, chain.root).summary)
    ledger.refuse_closed()
    if not quiet:
        for line in sentences(changes_by(ledger.connection, ledger.action_id)):
            session.say(f"· {line}")


def _to_undo(connection: Connection, action_id: int | None) -> UndoChain:
    every = undo_chains(connection)
    if action_id is None:
        return _latest(connection, every, undone=False)
    done = _find_own(connection, action_id)
    chain = every.get(action_id, UndoChain(action_id))
    made_undone = action_id in chain.turns[::2]
    if action_id == chain.root and chain.is_undone:
        raise AlreadyUndone(action=action_id, by=chain.last)
    if action_id != chain.root and made_undone != chain.is_undone:
        raise (AlreadyRedone if made_undone else AlreadyUndone)(action=action_id, by=chain.last)
    if not done.rows:
        raise NothingWritten(action=action_id, summary=done.summary)
    return chain


def _to_redo(connection: Connection, action_id: int | None) -> UndoChain:
    every = undo_chains(connection)
    if action_id is None:
        return _latest(connection, every, undone=True)
    _find_own(connection, action_id)
    chain = every.get(action_id, UndoChain(action_id))
    if not chain.is_undone:
        raise NotUndone(action=action_id)
    return chain


def _find_own(connection: Connection, action_id: int) -> Done:
    """An action of this ledger; raises NoSuchAction, PartOfJoin for one that came with another ledger."""
    done = find_action(connection, action_id)
    if done.joined_by:
        raise PartOfJoin(action=action_id, join=done.joined_by)
    return done


def _latest(connection: Connection, every: Mapping[int, UndoChain], *, undone: bool) -> UndoChain:
    """What was done, or taken back, last of all that holds now.

    Raises NothingToUndo; NothingToRedo also where anything else was done since.
    """
    for action in newest_first(connection):
        chain = every.get(action.id, UndoChain(action.id))
        if action.joined_by or not action.rows or action.id != chain.last:
            continue
        if chain.is_undone is undone:
            return chain
        if undone and action.undoes is None:
            break
    raise NothingToRedo if undone else NothingToUndo
