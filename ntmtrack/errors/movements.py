"""Refusals of emulation movements: which one is meant, what it is of."""

from ntmtrack.errors.base import DidYouMean, NtmError
from ntmtrack.i18n import N_


class NoMovement(NtmError):
    said = N_("No emulation movement on record is of {scope} and of {year}.")
    hint = N_("See which there are: ntmtrack movement list   Take one in: ntmtrack movement import KEY or FILE")


class WhichMovement(NtmError):
    said = N_("Of {scope} and {year} there are {count} emulation movements: {keys}.")
    hint = N_("Say which by its key: --movement KEY")


class UnknownMovement(DidYouMean):
    said = N_("There is no emulation movement {key} on record.")
    hint = N_("See which there are: ntmtrack movement list")
