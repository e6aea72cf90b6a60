"""Refusals of taking another ledger in, and of taking back a part of what was taken in."""

from ntmtrack.errors.base import NtmError
from ntmtrack.errors.database import NotALedger
from ntmtrack.i18n import N_


class NoLedgerToJoin(NotALedger):
    hint = N_("Nothing was written. Give the file of the other ledger: ntmtrack join OTHER.db")


class OlderToJoin(NtmError):
    exit_code = 4
    said = N_("{file} is of an earlier schema ({revision}); the other ledger is only read, never upgraded.")
    hint = N_('Nothing was written. Any command of this version brings it up to date: ntmtrack status --db "{file}"')


class JoinsItself(NtmError):
    said = N_("{file} is this ledger or a copy of it: up to action {action} they are one.")
    hint = N_('Nothing was written. See what differs: ntmtrack diff --from "{file}"')


class JoinedAlready(NtmError):
    said = N_("{file} was taken in already, by action {action}.")
    hint = N_("Nothing was written. To take it in as it is now, first take that back: ntmtrack undo {action}")


class JoinedThere(NtmError):
    said = N_("{file} has taken this ledger in already, by its action {action}.")
    hint = N_('Nothing was written. Go on in that one: ntmtrack status --db "{file}"')


class JoinConflicts(NtmError):
    said = N_("{file} contradicts this ledger in {count} places, named above: nothing was written.")
    hint = N_("Correct what is wrong, in this ledger or with --db in the other; then join again.")


class PartOfJoin(NtmError):
    said = N_("Action {action} came with another ledger, by action {join}: it is not taken back or done again alone.")
    hint = N_("Correct single facts with edit or revoke, or take back the whole: ntmtrack undo {join}")
