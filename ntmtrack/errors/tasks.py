"""Refusals of tasks."""

from ntmtrack.errors.base import NtmError
from ntmtrack.i18n import N_


class UnknownTask(NtmError):
    said = N_("The list of roadmap {plan} has no task “{text}”: its tasks are numbered 1 to {count}.")
    hint = N_("See them: ntmtrack task --roadmap {plan}   A task of the office's own: add --new")


class SeveralTasks(NtmError):
    said = N_("“{text}” fits {count} tasks: {tasks}.")
    hint = N_("Type the number of the one that is meant.")


class TaskThere(NtmError):
    said = N_("The list of roadmap {plan} has a task of that name already: {number}. {task}.")
    hint = N_("Say how it stands by its number, without --new.")


class TaskToldAlready(NtmError):
    said = N_("Of {day} all that is on record of the task “{task}” already: {told}.")
    hint = N_("There is nothing to write; another day: --on DAY")


class TaskToldOtherwise(NtmError):
    said = N_("Of {day} something else is on record of the task “{task}”: {told}.")
    hint = N_("If that was wrong, say why: add --reason TEXT; if it is of another day: --on DAY")


class TaskNotYet(NtmError):
    said = N_("The day {day} has not come yet (today is {today}): how the task stands on it cannot be known.")
    hint = N_("Leave --on out for today; the day by which it is due: --due {day}")


class NoChecklist(NtmError):
    said = N_("There is no roadmap for {scope} whose tasks could be listed.")
    hint = N_("Take one in: ntmtrack roadmap import PLAN   For another unit: --scope UNIT")
