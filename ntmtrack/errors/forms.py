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


class FolderUnasked(NtmError):
    exit_code = 2
    said = N_("Nobody can be asked here about each file of {folder}.")
    hint = N_("Look first: --dry-run; then write without asking: --yes")


class EmptyFolder(NtmError):
    exit_code = 3
    said = N_("{folder} holds no file that could be a return ({endings}).")
    hint = N_("Folders within it are not entered; unpack archives first.")


class OnlyForFiles(NtmError):
    exit_code = 2
    said = N_("{options} cannot be used for a whole folder.")
    hint = N_("Take such a file in by itself.")
