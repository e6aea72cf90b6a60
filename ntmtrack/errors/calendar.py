"""Refusals of the calendar: which date is meant, by whom it was done, on which day."""

from ntmtrack.errors.base import NtmError
from ntmtrack.i18n import N_


class UnknownDate(NtmError):
    said = N_("The calendar of {year} has no date “{text}”: its dates are numbered 1 to {count}.")
    hint = N_("See them: ntmtrack calendar --year {year}")


class EmptyCalendar(NtmError):
    said = N_("The movements on record have no date in {year}.")
    hint = N_("Another year: --year YEAR   Which movements there are: ntmtrack movement list")


class SeveralDates(NtmError):
    said = N_("“{text}” fits {count} dates: {dates}.")
    hint = N_("Type the number of the one that is meant.")


class DoneNotYet(NtmError):
    said = N_("The day {day} has not come yet (today is {today}): that it was done then cannot be known.")
    hint = N_("Leave --on out for today.")


class WhoDidIt(NtmError):
    said = N_("“{what}” is to be done by each of {count} units: say which did it.")
    hint = N_("Name them before the options. Not done so far: {units}")


class NotToDo(NtmError):
    said = N_("“{what}” is not to be done by {unit}, but by {units}.")
    hint = N_("See who has to do it: ntmtrack calendar {number} --year {year}")


class NotByUnit(NtmError):
    said = N_("“{what}” is told as a whole, not unit by unit: it is to be done by {by}.")
    hint = N_("Leave the units out.")


class DoneAlready(NtmError):
    said = N_("All that is on record already: “{what}”, {unit}, {told}.")
    hint = N_("There is nothing to write; if it was another day: --on DAY")


class DoneOtherwise(NtmError):
    said = N_("Something else is on record of “{what}”, {unit}: {told}.")
    hint = N_("If that was wrong, say why: add --reason TEXT")


class RegisterInstead(NtmError):
    said = N_("“{what}” is shown by registrations; it is not told otherwise.")
    hint = N_("Write down the registration, or amend its day: ntmtrack register {unit} --year {year} --on {day}")
