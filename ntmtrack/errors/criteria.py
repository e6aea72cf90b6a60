"""Refusals of criteria sets, assessments, marks, values and tasks."""

from ntmtrack.errors.base import NtmError
from ntmtrack.i18n import N_


class UnknownCriteriaSet(NtmError):
    said = N_("There is no criteria set “{name}”.")
    hint = N_(
        "Known sets: {known}. Those of another year: ntmtrack criteria show --year 2024; all:"
        " ntmtrack criteria show --all"
    )


class UnknownCriterion(NtmError):
    said = N_("The set {criteria_set} has no criterion or content “{code}”.")
    hint = N_("Its criteria: {known}; contents are written as 17.2.")


class MoreMetThanThereAre(NtmError):
    said = N_("{met} criteria met is more than the {total} that the set {criteria_set} has.")
    hint = N_("Correct the number, or name the set with --set.")


class CountUnlikeList(NtmError):
    said = N_("{met} criteria met and {missing} not met ({codes}) do not make the {total} of the set {criteria_set}.")
    hint = N_("Correct the number or the list; what was not assessed is told as such.")


class MetAndMissing(NtmError):
    said = N_("Criterion {code} is told as met and as not met ({content}).")
    hint = N_("A criterion is met only where all its contents are: correct one of them.")


class SetOfAnotherTime(NtmError):
    said = N_("The set {criteria_set} is not for a day such as {day}.")
    hint = N_("It holds from {since}, in the {programme} programme. Sets of that day: {known}.")


class SetOfAnotherTier(NtmError):
    said = N_("The set {criteria_set} is not for {unit}.")
    hint = N_("Sets for it: {known}.")


class NoCriteriaSet(NtmError):
    said = N_("No criteria set is known for {unit} on {day}.")
    hint = N_("Name one: --set. Known sets: {known}.")


class NoResult(NtmError):
    exit_code = 2
    said = N_("What was found is not told.")
    hint = N_("The number met: --met 17; or what is not met: --missing 5,17.2; or one by one: --result 17.2=chưa")


class BadResult(NtmError):
    exit_code = 2
    said = N_("This is no result of a criterion: “{text}”.")
    hint = N_("Write 17.2=đạt, 17.2=chưa or a value such as 10=62,5; a per cent is at most 100.")


class AssessedAlready(NtmError):
    said = N_("Of {unit} an assessment of {day} is on record ({criteria_set}): {results}.")
    hint = N_("Where that is wrong: ntmtrack assess {code} … --correct “why”")


class NothingAssessed(NtmError):
    said = N_("Of {unit} no assessment of {day} is on record ({criteria_set}).")
    hint = N_("Days on record: {known}; the one that is wrong: --of-day")


class NotAssessed(NtmError):
    said = N_("Nobody has assessed {scope} by the set {criteria_set} until {day}.")
    hint = N_("Keep results: ntmtrack assess UNIT --on DAY --missing CODES")


class NotAMark(NtmError):
    said = N_("“{typed}” is no group, region or other mark of units.")
    hint = N_("Known: {known}.")


class NeedsMark(NtmError):
    exit_code = 2
    said = N_("It is not told how the units are classed.")
    hint = N_("--group 1|2|3, --as MARK, or --no MARK for what holds no more. Marks: {known}.")


class MarkOfOtherTier(NtmError):
    said = N_("{unit} cannot be marked “{mark}”: that is not said of units of its kind.")
    hint = N_("Name the communes themselves; a region is told of the province.")


class MarkedAlready(NtmError):
    said = N_("Already on record so: {marks} of {units}.")
    hint = N_("See: ntmtrack show UNIT")


class NotMarked(NtmError):
    said = N_("{unit} is not marked “{mark}” on {day}.")
    hint = N_("See: ntmtrack show UNIT")


class NoCriteriaTable(NtmError):
    exit_code = 3
    said = N_("{file}: no table of {what} was found (looked at: {looked}).")
    hint = N_("It needs the headings Mã, Tên, Ngưỡng, as in the file of: ntmtrack criteria export SET -o FILE.xlsx")


class WhichCriteriaSet(NtmError):
    exit_code = 2
    said = N_("{file} does not tell of which criteria set its rows are.")
    hint = N_("Name it: --set SET. Known sets: {known}.")


class FileOfAnotherSet(NtmError):
    exit_code = 2
    said = N_("{file} is of the set {told}, not of {given}.")
    hint = N_("Leave --set out, or take the other file.")


class NoRowsOfItsOwn(NtmError):
    said = N_("The set {criteria_set} has no criteria of its own to fill in.")
    hint = N_("Those of {other} count: ntmtrack criteria export {other} -o FILE.xlsx")


class NoSetTold(NtmError):
    exit_code = 3
    said = N_("{file} does not tell by which criteria set its units were assessed.")
    hint = N_("Name it with --set: {known}.")


class NoAssessedDay(NtmError):
    exit_code = 3
    said = N_("{file} does not tell the one day on which its units were assessed; found: {days}.")
    hint = N_("Give it for all rows, as --on 30/6/2024.")
