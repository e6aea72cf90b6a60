"""Refusals of what is to be proposed, taken, refused or withdrawn."""

from ntmtrack.errors.base import NtmError
from ntmtrack.errors.ledger import ActionsNamed
from ntmtrack.i18n import N_, _


class NeverProposed(NtmError):
    exit_code = 2
    said = N_("What “{command}” does cannot be proposed.")
    hint = N_("Leave out --as-proposal, or let somebody do it who takes proposals.")

    def shown(self) -> dict[str, object]:
        """The command as the history calls it."""
        return self.facts | {"command": _(str(self.facts["command"]))}  # the texts of `reports.work`


class MayOnlyPropose(NeverProposed):
    exit_code = 6
    said = N_("What “{command}” does cannot be proposed, and whoever signs in so may only propose.")
    hint = N_(
        "Nothing was written. Let somebody do it who may write, or ask the owner of the ledger for that right"
        " (ntmtrack server grant)."
    )


class NoProposal(NtmError):
    said = N_("Action {action} is no proposal.")
    hint = N_("See what waits with: ntmtrack proposals")


class NothingWaits(NtmError):
    said = N_("No such proposal waits to be taken.")
    hint = N_("See what was taken or refused with: ntmtrack proposals --all")


class WhichProposals(NtmError):
    exit_code = 2
    said = N_("Which proposals are to be taken is not told.")
    hint = N_("Name them: ntmtrack take N   Or all of some: --who NAME, --scope UNIT, --all")


class NumbersOrSome(NtmError):
    exit_code = 2
    said = N_("Proposals are named by their numbers, or some are chosen; both were told.")
    hint = N_("Leave out the numbers, or --who, --scope and --all.")


class AlreadyTaken(NtmError):
    said = N_("Proposal {proposal} was taken already, by action {action} of {who} on {day}.")
    hint = N_("To take it back: ntmtrack undo {action}")


class AlreadyRefused(NtmError):
    said = N_("Proposal {proposal} was refused by {who} on {day} (action {action}): {reason}")
    hint = N_("Propose it anew, put right. To let this one wait again: ntmtrack undo {action}")


class AlreadyWithdrawn(NtmError):
    said = N_("Proposal {proposal} was withdrawn by {who} on {day} (action {action}).")
    hint = N_("To let it wait again: ntmtrack undo {action}")


class OnlyProposed(NtmError):
    said = N_("Action {proposal} was not taken back: it is a proposal and waits.")
    hint = N_("Take it with: ntmtrack take {proposal}")


class NotYourProposal(NtmError):
    said = N_("Proposal {proposal} is of {who}, who alone withdraws it.")
    hint = N_('To refuse it: ntmtrack refuse {proposal} --reason "…"')


class RefusalNeedsReason(NtmError):
    exit_code = 2
    said = N_("A refusal needs its reason, which whoever proposed reads.")
    hint = N_('Add --reason, e.g. --reason "the decision is not signed yet".')


class NotTaken(NtmError):
    """A refusal to take a proposal, for what the refusal `why` says; ends as that does."""

    said = N_("Proposal {proposal} of {who} cannot be taken: {why}")

    def __init__(self, *, why: NtmError, **facts: object) -> None:
        super().__init__(**facts, why=why)
        self.exit_code = why.exit_code  # type: ignore[misc]  # of this one alone

    def lines(self) -> list[str]:
        """Which proposal, with the words of what is in its way and what to do."""
        why = self.facts["why"]
        assert isinstance(why, NtmError)
        first, *rest = why.lines()
        return [_(self.said).format(**self.facts | {"why": first}), *rest]


class _CannotBeTaken(ActionsNamed):
    hint = N_('See: ntmtrack history {last}   Refuse it: ntmtrack refuse {proposal} --reason "…"')


class ProposalOutdated(_CannotBeTaken):
    said = N_("Proposal {proposal} of {who} cannot be taken: what it changes was changed since (action {actions}).")


class ProposalOvertaken(_CannotBeTaken):
    said = N_("Proposal {proposal} of {who} cannot be taken: what it tells was recorded since (action {actions}).")


class ProposalUnfounded(_CannotBeTaken):
    said = N_("Proposal {proposal} of {who} cannot be taken: what it speaks of was taken back (action {actions}).")


class SomeNotTaken(NtmError):
    said = N_("{count} of {total} proposals cannot be taken: nothing was written.")
    hint = N_('Take the others: ntmtrack take {others}   Refuse these: ntmtrack refuse {refused} --reason "…"')


class NoneTaken(NtmError):
    said = N_("None of the {total} proposals can be taken.")
    hint = N_('Refuse them: ntmtrack refuse {refused} --reason "…"')
