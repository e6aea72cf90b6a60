"""Refusals of rounds of forms, and of folders of returns."""

from ntmtrack.errors.base import NtmError
from ntmtrack.i18n import N_


class DeadlineGone(NtmError):
    exit_code = 2
    said = N_("The deadline {day} is before today ({today}).")


class NoRound(NtmError):
    said = N_("No round of forms was sent from this ledger.")
    hint = N_('Send one: ntmtrack template --all "{folder}"')


class NoSuchRound(NtmError):
    exit_code = 2
    said = N_("There is no round {round} of forms.")
    hint = N_("Rounds sent: {known}.")
