"""`undo`, `redo`: what an action wrote is voided, what it voided stands again; shown in words before it is done."""

from collections.abc import Iterator, Mapping

from ntmtrack.commands import Session
from ntmtrack.commands.agreement import Say, carry_out, changes_in_words
from ntmtrack.commands.proposals import proposal_to_withdraw, refuse_unless_taken_before, withdraw
from ntmtrack.errors import (
    AlreadyRedone,
    AlreadyUndone,
    NoneOfYoursToRedo,
    NothingOfYours,
    NothingToRedo,
    NothingToUndo,
    NothingWritten,
    NotUndone,
    PartOfJoin,
)
from ntmtrack.i18n import _
from ntmtrack.model import Done
from ntmtrack.storage.dialect import Connection, is_of_file
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries.actions import find_action, newest_first
from ntmtrack.storage.queries.proposals import PROPOSE, TAKEN, ProposedAction, proposal_of, waiting
from ntmtrack.storage.queries.undo_chains import UndoChain, undo_chains


def undo(session: Session, action_id: int | None, *, yes: bool, dry_run: bool) -> None:
    """Takes back an action, the last one that stands where none is named; on a server the last of whoever signs in.

    A proposal that waits is withdrawn, by whoever made it. Raises NothingToUndo, NothingOfYours, NoSuchAction,
    AlreadyUndone, AlreadyRedone, AlreadyRefused, AlreadyWithdrawn, NotYourProposal, PartOfJoin, NothingWritten,
    NotConfirmed, and what `storage.undo.turn` raises.
    """

    def do(ledger: Ledger, say: Say) -> None:
        _turn(ledger, say, _to_undo(ledger.connection, action_id, ledger.who))

    carry_out(session, "undo", do, yes=yes, dry_run=dry_run)


def redo(session: Session, action_id: int | None, *, yes: bool, dry_run: bool) -> None:
    """Does again what was taken back: by the last undo where nothing was done since, or the action named.

    On a server what others did does not count. Raises NothingToRedo, NoneOfYoursToRedo, NoSuchAction, PartOfJoin,
    NotUndone, OnlyProposed, AlreadyRefused, AlreadyWithdrawn, NotConfirmed, and what `storage.undo.turn` raises.
    """

    def do(ledger: Ledger, say: Say) -> None:
        _turn(ledger, say, _to_redo(ledger.connection, action_id, ledger.who))

    carry_out(session, "redo", do, yes=yes, dry_run=dry_run)


def _turn(ledger: Ledger, say: Say, chain: UndoChain | ProposedAction) -> None:
    if isinstance(chain, ProposedAction):
        withdraw(ledger, chain)
        return
    ledger.turn(chain)
    text = _("took back action {action}: {summary}")
    if chain.is_undone:
        text = _("did action {action} again: {summary}")
    if proposal_of(ledger.connection, chain.root):
        text = _("took back that proposal {action} was taken; it waits again: {summary}")
        if chain.is_undone:
            text = _("took proposal {action} again: {summary}")
    ledger.verb = "redo" if chain.is_undone else "undo"  # whichever was typed
    ledger.summary = text.format(action=chain.root, summary=find_action(ledger.connection, chain.root).summary)
    for line in changes_in_words(ledger):
        say(line)


def _to_undo(connection: Connection, action_id: int | None, who: str) -> UndoChain | ProposedAction:
    every = undo_chains(connection)
    if action_id is None:
        return _latest(connection, every, who)
    done = _find_own(connection, action_id)
    proposal = proposal_of(connection, action_id)
    if proposal and proposal.state != TAKEN:
        return proposal_to_withdraw(proposal, who)
    chain = every.get(action_id, UndoChain(action_id))
    made_undone = action_id in chain.turns[::2]
    if action_id == chain.root and chain.is_undone:
        raise AlreadyUndone(action=action_id, by=chain.last)
    if action_id != chain.root and made_undone != chain.is_undone:
        raise (AlreadyRedone if made_undone else AlreadyUndone)(action=action_id, by=chain.last)
    if not done.rows:
        raise NothingWritten(action=action_id, summary=done.summary)
    return chain


def _to_redo(connection: Connection, action_id: int | None, who: str) -> UndoChain:
    every = undo_chains(connection)
    if action_id is None:
        return _latest_undone(connection, every, who)
    _find_own(connection, action_id)
    chain = every.get(action_id, UndoChain(action_id))
    if not chain.is_undone:
        raise NotUndone(action=action_id)
    refuse_unless_taken_before(connection, chain)
    return chain


def _find_own(connection: Connection, action_id: int) -> Done:
    """An action of this ledger; raises NoSuchAction, PartOfJoin for one that came with another ledger."""
    done = find_action(connection, action_id)
    if done.joined_by:
        raise PartOfJoin(action=action_id, join=done.joined_by)
    return done


def _latest(connection: Connection, every: Mapping[int, UndoChain], who: str) -> UndoChain | ProposedAction:
    """What was done last of all that holds now, or waits as a proposal of `who`; on a server what `who` did last.

    Raises NothingToUndo, NothingOfYours.
    """
    own = {one.chain.last: one for one in waiting(connection) if one.proposed.who == who}
    last_of_others = None
    for action, chain in _last_turns(connection, every):
        if action.id in own:
            return own[action.id]
        if chain.is_undone:
            continue
        if _counts(connection, action, who):
            return chain
        last_of_others = last_of_others or action
    if last_of_others:
        raise NothingOfYours(action=last_of_others.id, who=last_of_others.who)
    raise NothingToUndo


def _latest_undone(connection: Connection, every: Mapping[int, UndoChain], who: str) -> UndoChain:
    """What was taken back last of all that is taken back now, on a server by `who`.

    Raises NothingToRedo also where more was done since, NoneOfYoursToRedo where somebody else took something back.
    """
    undone_by_others = None
    for action, chain in _last_turns(connection, every):
        is_undo = chain.is_undone and action.verb != PROPOSE
        if not _counts(connection, action, who):
            undone_by_others = undone_by_others or (action if is_undo else None)
            continue
        if is_undo:
            refuse_unless_taken_before(connection, chain)
            return chain
        if action.undoes is None or action.verb == PROPOSE:
            break
    if undone_by_others:
        raise NoneOfYoursToRedo(action=undone_by_others.undoes, by=undone_by_others.id, who=undone_by_others.who)
    raise NothingToRedo


def _counts(connection: Connection, action: Done, who: str) -> bool:
    """Whether an action is meant where none is named: several hands write to a server, each minds its own."""
    return is_of_file(connection) or action.who == who


def _last_turns(connection: Connection, every: Mapping[int, UndoChain]) -> Iterator[tuple[Done, UndoChain]]:
    """The actions of this ledger that made something as it is now, the newest first."""
    for action in newest_first(connection):
        chain = every.get(action.id, UndoChain(action.id))
        if not action.joined_by and action.rows and action.id == chain.last:
            yield action, chain
