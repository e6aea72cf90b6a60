"""Refusals of what is to be recorded, taken back, looked back at, or changed in a closed year."""

from ntmtrack.errors.base import DidYouMean, NtmError
from ntmtrack.i18n import N_, _


class AlreadyRecognised(NtmError):
    said = N_("{unit} already reached {level} ({evidence}).")
    hint = N_("See it with: ntmtrack show {code}")


class RecordedWithLess(AlreadyRecognised):
    hint = N_("To add to what is on record: {command}")


class BeforePrerequisite(NtmError):
    said = N_("{unit}: {level} for {day} would come before {below}, which it reached for {below_day}.")
    hint = N_("Check the years: {below} comes first.")


class AfterHigherLevel(NtmError):
    said = N_("{unit}: {level} for {day} would come after {above}, which it already reached for {above_day}.")
    hint = N_("Check the years: {level} comes first.")


class NotRecognised(NtmError):
    said = N_("{unit} is not on record at {level}.")
    hint = N_("See what it has with: ntmtrack show {code}")


class RecognisedBySets(NtmError):
    said = N_("{unit} has {level} by two sets of levels: {sets}.")
    hint = N_("Say which is meant: {options}")


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
    hint = N_("Write one number and one day, as 2903/QĐ-UBND ngày 20/12/2024")


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


class NoSuchAction(NtmError):
    said = N_("There is no action {action}: the last is {last}.")
    hint = N_("See what was done with: ntmtrack history")


class NothingToUndo(NtmError):
    said = N_("There is no action left to take back.")
    hint = N_("See what was done with: ntmtrack history")


class NothingOfYours(NtmError):
    said = N_("No action of yours is left to take back; the last is action {action} of {who}.")
    hint = N_("If that one is to be taken back: ntmtrack undo {action}")


class NoneOfYoursToRedo(NtmError):
    said = N_("You took back nothing last; action {action} was taken back by {who} (action {by}).")
    hint = N_("If that one is to be done again: ntmtrack redo {action}")


class NothingToRedo(NtmError):
    said = N_("There is nothing to do again: no action was taken back, or others were done since.")
    hint = N_("Name the action that was taken back: ntmtrack redo N   See: ntmtrack history")


class NothingWritten(NtmError):
    said = N_("Action {action} wrote nothing that could be taken back: {summary}")
    hint = N_("See what was done with: ntmtrack history")


class AlreadyUndone(NtmError):
    said = N_("Action {action} was taken back already, by action {by}.")
    hint = N_("Do it again with: ntmtrack redo {action}")


class AlreadyRedone(NtmError):
    said = N_("Action {action} took back another, which action {by} has done again since.")
    hint = N_("See what was done with: ntmtrack history")


class NotUndone(NtmError):
    said = N_("Action {action} was not taken back: it stands.")
    hint = N_("See what was done with: ntmtrack history")


class ActionsNamed(NtmError):
    """A refusal for the sake of other actions: fact `actions` are their numbers and commands."""

    def shown(self) -> dict[str, object]:
        """Their numbers and commands in one phrase, and the last of them: what to do begins with that."""
        actions = self.facts["actions"]
        assert isinstance(actions, list)
        names = ", ".join(f"{key} {_(verb)}" for key, verb in actions)  # the texts of `reports.work`, by the same words
        return self.facts | {"actions": names, "last": max((key for key, _verb in actions), default="?")}


class RestsOnIt(ActionsNamed):
    said = N_("Action {action} cannot be taken back alone: later actions rest on it ({actions}).")
    hint = N_("Look at them with: ntmtrack history {last}   Take them back first: ntmtrack undo {last}")


class PlaceTaken(ActionsNamed):
    said = N_("What would come back has since been recorded anew (action {actions}).")
    hint = N_("Look at it with: ntmtrack history {last}   Take it back first: ntmtrack undo {last}")


class NotBackAlone(ActionsNamed):
    said = N_("Action {action} cannot be done again alone: it speaks of what was taken back since (action {actions}).")
    hint = N_("Do that again first: ntmtrack redo {last}")


class NotKnownYet(NtmError):
    said = N_("On {day} nothing was in the ledger yet: its first action is of {first}.")
    hint = N_("Give a later day.")


class KnownOnlyToday(NtmError):
    exit_code = 2
    said = N_("What will be known on {day} cannot be told today ({today}).")
    hint = N_("Give a day that has come.")


class ClockBehind(NtmError):
    said = N_("This computer’s clock says {now}, but the last action of the ledger (no. {action}) is of {last}.")
    hint = N_("Nothing was written. Set the clock right; if it is right, add --trust-clock.")


class YearClosed(NtmError):
    exit_code = 5
    said = N_("The year {year} is closed: this would change its figures or earlier ones{what}.")
    hint = N_('Nothing was written. If it must be changed, say why: --reopen "…"')

    def shown(self) -> dict[str, object]:
        """The units that it would change in brackets, where it changes more than the closing."""
        what = self.facts["what"]
        return self.facts | {"what": f" ({what})" if what else ""}


class NotOver(NtmError):
    said = N_("The year {year} is not over yet (today is {today}).")
    hint = N_("Close a year once its last day has passed.")


class AlreadyClosed(NtmError):
    said = N_("The year {year} is closed already: all years until {until} are.")
    hint = N_("See what was done with: ntmtrack history")


class SourceNeeded(NtmError):
    exit_code = 2
    said = N_("Which report published these figures is not told.")
    hint = N_('Add --source, e.g. --source "12/BC-VPĐP".')


class ValueAlone(NtmError):
    exit_code = 2
    said = N_("{value} of {total} cannot be: the figure is larger than the whole.")
    hint = N_("Check --value and --total.")


class BadFigure(NtmError):
    exit_code = 2
    said = N_("“{text}” is no figure as reports print it.")
    hint = N_('Write 33, 33/119 or "33/119 (27,73%)"; an average 15,88 or "15,88 (1.842/116)".')


class BadPercent(NtmError):
    exit_code = 2
    said = N_("“{text}” is no share of a whole: a per cent lies between 0 and 100.")
    hint = N_("Write it as printed: --percent 27,32.")


class NoSuchCriteria(NtmError):
    exit_code = 2
    said = N_("“{text}”: the set of {programme} has {count} criteria.")
    hint = N_("Check --measure and the day (--as-of, --year).")


class FigureIncomplete(NtmError):
    exit_code = 2
    said = N_(
        "A figure typed by hand needs --level or --measure, --value and the day that it is of (--as-of or --year)."
    )
    hint = N_('For example: ntmtrack publish --level ntm --value 108 --as-of 31/10/2023 --source "…"')


class AlreadyPublished(NtmError):
    said = N_("These figures are kept already as published by {source}.")
    hint = N_("Another report? Name it with --source.   Compare with today’s: ntmtrack check published")


class NotThatWay(NtmError):
    exit_code = 2
    said = N_("{begins} is later than {ends}.")
    hint = N_("Give the earlier one to --from.")


class UnknownCheck(DidYouMean):
    said = N_("No check is called “{name}”.")
    hint = N_("The checks are: {known}.")
