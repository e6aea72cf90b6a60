"""`proposals`, `take`, `refuse`: what waits, what is done of it in somebody else's name, what is not and why."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ntmtrack.commands import Session
from ntmtrack.commands.agreement import Say, carry_out, changes_in_words
from ntmtrack.errors import (
    AlreadyRefused,
    AlreadyTaken,
    AlreadyWithdrawn,
    NoneTaken,
    NoProposal,
    NotBackAlone,
    NothingWaits,
    NotTaken,
    NotYourProposal,
    NtmError,
    NumbersOrSome,
    OnlyProposed,
    PlaceTaken,
    ProposalOutdated,
    ProposalOvertaken,
    ProposalUnfounded,
    RefusalNeedsReason,
    RestsOnIt,
    SomeNotTaken,
    WhichProposals,
)
from ntmtrack.i18n import _, local_time, ngettext, number
from ntmtrack.reports import Report
from ntmtrack.reports.waiting_proposals import ListedProposal, proposals_report
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries.actions import about_unit, find_action, right_of
from ntmtrack.storage.queries.facts import last_titles
from ntmtrack.storage.queries.proposals import (
    PROPOSE,
    REFUSED,
    TAKEN,
    WAITING,
    WITHDRAW,
    WITHDRAWN,
    ProposalStep,
    ProposedAction,
    decision_key,
    every_proposal,
    proposal_of,
    units_of,
)
from ntmtrack.storage.queries.undo_chains import UndoChain
from ntmtrack.storage.queries.units import find_unit
from ntmtrack.text import clean, sort_key, stated


class SomeProposals(NamedTuple):
    """Which proposals are meant: of somebody by name, about a unit and what belongs to it, all."""

    who: str | None = None
    scope: str | None = None
    every: bool = False


def list_proposals(connection: Connection, some: SomeProposals) -> Report:
    """What waits to be taken, the earliest first; with `every` also what was taken, refused, withdrawn.

    Raises what finding the unit raises.
    """
    chosen = [one for one in _of(connection, some) if some.every or one.state == WAITING]
    about, titles = units_of(connection, [one.number for one in chosen]), last_titles(connection)
    listed = [
        _listed(connection, one, sorted((titles[key] for key in about[one.number]), key=sort_key)) for one in chosen
    ]
    return proposals_report(listed, right_of(connection), with_ended=some.every)


def _listed(connection: Connection, proposal: ProposedAction, units: Sequence[str]) -> ListedProposal:
    one, ended = proposal.proposed, _ended(connection, proposal)
    listed = ListedProposal(one.action, one.at, one.who, one.verb, one.summary, units, proposal.state)
    if ended is None:
        return listed
    return listed._replace(ended=ended.action, ended_at=ended.at, ended_by=ended.who, reason=ended.reason)


def _of(connection: Connection, some: SomeProposals) -> list[ProposedAction]:
    """The proposals of somebody and about a unit, in whatever state."""
    proposals = [*every_proposal(connection).values()]
    if some.who is not None:
        asked = clean(some.who).casefold()
        proposals = [one for one in proposals if one.proposed.who.casefold() == asked]
    if some.scope is not None:
        unit = find_unit(connection, some.scope, stands=lambda unit: unit.until is None)
        about = about_unit(connection, unit.id)
        proposals = [one for one in proposals if one.number in about]
    return proposals


def _ended(connection: Connection, proposal: ProposedAction) -> ProposalStep | None:
    """The action by which it was taken, refused or withdrawn; None while it waits."""
    if proposal.state == TAKEN:
        by = find_action(connection, proposal.chain.last)
        return ProposalStep(by.id, by.who, by.at, by.verb, by.summary, by.reason)
    return proposal.decided


def take(session: Session, numbers: Sequence[int], some: SomeProposals, *, yes: bool, dry_run: bool) -> None:
    """Does again what was proposed, an action for each proposal, all of them or none.

    Raises WhichProposals, NumbersOrSome, NothingWaits, NoSuchAction, NoProposal, AlreadyTaken, AlreadyRefused,
    AlreadyWithdrawn, ProposalOutdated, ProposalOvertaken, ProposalUnfounded, NotTaken, NotConfirmed.
    """
    if numbers and some != SomeProposals():
        raise NumbersOrSome
    if not numbers and some == SomeProposals():
        raise WhichProposals

    def do(ledger: Ledger, say: Say) -> None:
        chosen = _named(ledger.connection, numbers) if numbers else _waiting_of(ledger.connection, some)
        _take_all(ledger, chosen, say)

    carry_out(session, "take", do, yes=yes, dry_run=dry_run)


def _take_all(ledger: Ledger, chosen: Sequence[ProposedAction], say: Say) -> None:
    """Does what was proposed, an action for each; what changes is told once none is refused.

    Raises what is in the way of the only one; SomeNotTaken, NoneTaken where several are refused, each with why.
    """
    lines: list[str] = []
    taken: list[ProposedAction] = []
    refused: dict[int, NtmError] = {}
    for proposal in chosen:
        try:
            if taken:
                ledger.begin_next()
            with ledger.attempt():
                told = _take_one(ledger, proposal)
            lines += [_told(proposal, _("Proposal {proposal} of {who}: {summary}")), *told] if chosen[1:] else told
            taken.append(proposal)
        except NtmError as wrong:
            refused[proposal.number] = wrong
    _raise_refusals(refused, taken, say)
    for line in lines:
        say(line)
    if taken[1:]:
        text = ngettext("took {count} proposal: {numbers}", "took {count} proposals: {numbers}", len(taken))
        numbers = ", ".join(number(one.number) for one in taken)
        ledger.headline = text.format(count=number(len(taken)), numbers=numbers)


def _raise_refusals(refused: Mapping[int, NtmError], taken: Sequence[ProposedAction], say: Say) -> None:
    """Raises the only refusal; of several one for all, after each was told."""
    if not refused:
        return
    if len(refused) == 1:
        raise next(iter(refused.values()))
    for wrong in refused.values():
        say(f"· {wrong.lines()[0]}")
    of_refused, others = " ".join(map(str, refused)), " ".join(str(one.number) for one in taken)
    facts = {"count": number(len(refused)), "total": number(len(refused) + len(taken)), "refused": of_refused}
    raise SomeNotTaken(**facts, others=others) if taken else NoneTaken(**facts)


def _waiting_of(connection: Connection, some: SomeProposals) -> list[ProposedAction]:
    chosen = [one for one in _of(connection, some) if one.state == WAITING]
    if not chosen:
        raise NothingWaits
    return chosen


def _named(connection: Connection, numbers: Sequence[int]) -> list[ProposedAction]:
    """The proposals of these numbers, the earliest first; raises for one that does not wait."""
    found = {one.number: one for one in (_waiting(connection, key) for key in numbers)}
    return [found[key] for key in sorted(found)]


def _waiting(connection: Connection, action_id: int) -> ProposedAction:
    find_action(connection, action_id)
    proposal = proposal_of(connection, action_id)
    if proposal is None:
        raise NoProposal(action=action_id)
    refuse_decided(proposal)
    if proposal.state == TAKEN:
        by = find_action(connection, proposal.chain.last)
        raise AlreadyTaken(proposal=proposal.number, action=by.id, who=by.who, day=local_time(by.at))
    return proposal


def refuse_decided(proposal: ProposedAction) -> None:
    """Raises AlreadyRefused, AlreadyWithdrawn."""
    decided = proposal.decided
    if decided is None or proposal.state not in (REFUSED, WITHDRAWN):
        return
    facts = {"proposal": proposal.number, "action": decided.action, "who": decided.who, "day": local_time(decided.at)}
    if proposal.state == WITHDRAWN:
        raise AlreadyWithdrawn(**facts)
    raise AlreadyRefused(**facts, reason=decided.reason or "")


def _take_one(ledger: Ledger, proposal: ProposedAction) -> list[str]:
    """Does what was proposed in the action under way; what changes by it, in words."""
    facts: dict[str, object] = {"proposal": proposal.number, "who": proposal.proposed.who}
    try:
        ledger.turn(proposal.chain)
        ledger.summary = _told(proposal, _("took proposal {proposal} of {who}: {summary}"))
        return changes_in_words(ledger)
    except RestsOnIt as wrong:
        raise ProposalOutdated(**facts, actions=wrong.facts["actions"]) from wrong
    except PlaceTaken as wrong:
        raise ProposalOvertaken(**facts, actions=wrong.facts["actions"]) from wrong
    except NotBackAlone as wrong:
        raise ProposalUnfounded(**facts, actions=wrong.facts["actions"]) from wrong
    except NtmError as wrong:
        raise NotTaken(**facts, why=wrong) from wrong


def refuse(session: Session, numbers: Sequence[int], reason: str, *, dry_run: bool) -> None:
    """Leaves proposals without effect, for a reason that stays in the history.

    Raises RefusalNeedsReason, NoSuchAction, NoProposal, AlreadyTaken, AlreadyRefused, AlreadyWithdrawn.
    """
    why = stated(reason)
    if not why:
        raise RefusalNeedsReason
    with session.acting("refuse", dry_run=dry_run) as ledger:
        proposals = _named(ledger.connection, numbers)
        ledger.reason = why
        for proposal in proposals:
            ledger.set(decision_key(proposal.number), why)
        told = (_told(one, _("proposal {proposal} of {who}: {summary}")) for one in proposals)
        ledger.summary = _("refused {proposals}").format(proposals="; ".join(told))


def _told(proposal: ProposedAction, text: str) -> str:
    one = proposal.proposed
    return text.format(proposal=one.action, who=one.who, summary=one.summary)


def proposal_to_withdraw(proposal: ProposedAction, who: str) -> ProposedAction:
    """A proposal that waits and is of `who`; raises AlreadyRefused, AlreadyWithdrawn, NotYourProposal."""
    refuse_decided(proposal)
    if proposal.proposed.who != who:
        raise NotYourProposal(proposal=proposal.number, who=proposal.proposed.who)
    return proposal


def withdraw(ledger: Ledger, proposal: ProposedAction) -> None:
    """Leaves a proposal without effect, in the name of whoever made it."""
    ledger.verb = WITHDRAW
    ledger.set(decision_key(proposal.number), "")
    text = _("withdrew proposal {proposal}: {summary}")
    ledger.summary = text.format(proposal=proposal.number, summary=proposal.proposed.summary)


def refuse_unless_taken_before(connection: Connection, chain: UndoChain) -> None:
    """Raises for a proposal what is to be done of it in the place of `redo`, but where its taking was taken back.

    Raises OnlyProposed, AlreadyRefused, AlreadyWithdrawn.
    """
    proposal = proposal_of(connection, chain.root)
    if proposal is None:
        return
    refuse_decided(proposal)
    if find_action(connection, chain.last).verb == PROPOSE:
        raise OnlyProposed(proposal=proposal.number)
