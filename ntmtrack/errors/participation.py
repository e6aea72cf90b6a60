"""Refusals of marking a unit as taking part in a programme that does not count it."""

from ntmtrack.errors.base import NtmError
from ntmtrack.i18n import N_


class CountedAnyway(NtmError):
    said = N_("{unit} is counted in the {programme} programme anyway: it need not be marked as taking part.")
    hint = N_("Only units of other kinds are marked: {kinds}. Record its levels with: ntmtrack record {code}")


class KindNotParticipating(NtmError):
    said = N_("{unit} is a {kind}; only these may take part in the {programme} programme: {kinds}.")
    hint = N_("Check the unit: a commune and a ward may share a name.")


class NoParticipants(NtmError):
    said = N_("The {programme} programme knows no units that take part without being counted.")
    hint = N_("Give a day within one that does ({known}): --since")


class TakesPartAlready(NtmError):
    said = N_("{unit} takes part in the {programme} programme already, since {day}.")
    hint = N_("See it with: ntmtrack show {code}   Another day? First take that back: ntmtrack history {code}")
