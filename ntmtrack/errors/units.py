"""Refusals of what is to become of units: mergers, splits, ends, lists of changes."""

from ntmtrack.errors.base import NtmError
from ntmtrack.i18n import N_


class NothingToCarry(NtmError):
    said = N_("Nothing to carry over: the units of this ledger are those of today, {today}.")
    hint = N_("Look at them with: ntmtrack units")


class UnitsNotListed(NtmError):
    said = N_("{count} commune-level units of this ledger are not on the national list of 30/6/2025: {units}.")
    hint = N_("Give them the name and the code of the list. See: ntmtrack units")


class PredecessorsMissing(NtmError):
    said = N_("{count} units that the new ones are made of are not in this ledger: {units}.")
    hint = N_("Bring them first: ntmtrack init --province PROVINCE (of today); it also carries the ledger over.")


class RecognisedAfterEnd(NtmError):
    said = N_("{count} recognitions are for years in which the unit was no more: {units}.")
    hint = N_("Correct the year (ntmtrack edit), or take the recognition back and record it for the unit of that time.")


class NotDividedSo(NtmError):
    exit_code = 2
    said = N_("“{text}” does not tell where the main part of a divided unit went.")
    hint = N_('Write --main "OLD = NEW" with units by name or code, e.g.: {ways}')
