"""Refusals of what is to be recorded."""

from ntmtrack.errors.base import NtmError
from ntmtrack.i18n import N_


class AlreadyRecognised(NtmError):
    said = N_("{unit} already reached {level} ({evidence}).")
    hint = N_("See it with: ntmtrack show {code}")


class BeforePrerequisite(NtmError):
    said = N_("{unit}: {level} for {day} would come before {below}, which it reached for {below_day}.")
    hint = N_("Check the years: {below} comes first.")


class AfterHigherLevel(NtmError):
    said = N_("{unit}: {level} for {day} would come after {above}, which it already reached for {above_day}.")
    hint = N_("Check the years: {level} comes first.")


class NotRecognised(NtmError):
    said = N_("{unit} is not on record at {level}.")
    hint = N_("See what it has with: ntmtrack show {code}")


class AlreadyRevoked(NtmError):
    said = N_("{unit}: {level} was already revoked on {day}.")
    hint = N_("See what it has with: ntmtrack show {code}")


class RevocationNeedsDay(NtmError):
    exit_code = 2
    said = N_("{unit} ended on {until}: today, {today}, there is nothing left to revoke.")
    hint = N_("Give the day of the revocation with --date.")


class NamedTwice(NtmError):
    exit_code = 2
    said = N_("{unit} is named twice.")
    hint = N_("Name each unit once; nothing was written.")


class BadDecision(NtmError):
    exit_code = 2
    said = N_("“{number}” is not the number of a decision.")
    hint = N_("Write it as 2903/QĐ-UBND, at most 100 characters; of another document with its kind: Công văn 123/UBND.")


class TwoInOne(NtmError):
    exit_code = 2
    said = N_("“{text}” does not tell one decision: {found}.")
    hint = N_("Write one number and one day: 2903/QĐ-UBND ngày 20/12/2024")


class RevokedBefore(NtmError):
    said = N_("{unit} reached {level} on {day}; it cannot be revoked before that, on {revoked}.")
    hint = N_("Check --date.")


class IssuerNeedsDecision(NtmError):
    exit_code = 2
    said = N_("{options} describe a decision, but no decision number was given.")
    hint = N_("Add --decision, e.g. --decision 2903/QĐ-UBND.")


class WhichDecision(NtmError):
    said = N_("{number} may be any of several decisions: {said}.")
    hint = N_("Say which is meant: {ways}")


class DecisionDiffers(NtmError):
    said = N_("Decision {number} is on record as {known}, not {given}.")
    hint = N_(
        "Check the number and the date. If the day on record is wrong:"
        ' ntmtrack edit --of-decision "{number}" --of-date {known} --date {given} --reason "…"'
    )


class ReasonNeeded(NtmError):
    exit_code = 2
    said = N_("A correction needs its reason, which stays in the history.")
    hint = N_('Add --reason, e.g. --reason "the number was typed wrong".')


class UnitsOrDecision(NtmError):
    exit_code = 2
    said = N_("Say which recognitions are to be corrected: units with --level, or --of-decision.")
    hint = N_('For example: ntmtrack edit "Mỹ Thuận" --level ntm --year 2019 --reason "…"')


class SeveralRecognitions(NtmError):
    said = N_("{unit} has several recognitions at this level: {said}.")
    hint = N_("Add --of-year with the year on record of the one that is meant.")


class NotOfThatYear(NtmError):
    said = N_("{unit} has no recognition at this level for {year} on record, but: {said}.")
    hint = N_("Correct --of-year, or leave it out.")


class SeveralDecisions(NtmError):
    said = N_("Several decisions have the number {number}: {said}.")
    hint = N_("Add --of-date with the day on record of the one that is meant, or --of-year.")


class DecisionUnknown(NtmError):
    said = N_("No recognition on record rests on decision {number}.")
    hint = N_("Look at the decisions with: ntmtrack list --level ntm")


class NothingToCorrect(NtmError):
    said = N_("All of this is on record already: nothing was changed.")
    hint = N_("Say what is right: --year, --decision, --date, --issuer, --announced, --source, --note, --clear")
