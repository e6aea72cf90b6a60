"""Refusals of roadmaps and reports."""

from collections.abc import Sequence

from ntmtrack.errors.base import NtmError
from ntmtrack.i18n import N_, _

_MOST_SHOWN = 20  # problems of one file


class BadRoadmap(NtmError):
    exit_code = 3
    said = N_("{file} is not a valid roadmap; nothing was taken from it. Problems: {count}")
    hint = N_("The form of a plan file: ntmtrack help lo-trinh")

    def __init__(self, *, file: object, problems: Sequence[object]) -> None:
        super().__init__(file=file, problems=list(problems), count=len(problems))

    def lines(self) -> list[str]:
        """What and where, then every problem on a line of its own, then where the form is described."""
        problems = self.facts["problems"]
        assert isinstance(problems, list)
        shown = [f"· {problem}" for problem in problems[:_MOST_SHOWN]]
        if len(problems) > _MOST_SHOWN:
            shown.append(_("… and {count} more").format(count=len(problems) - _MOST_SHOWN))
        return [_(self.said).format(**self.facts), *shown, _(self.hint)]


class CannotRead(NtmError):
    said = N_("Cannot read {file}: {reason}")


class NotAReport(NtmError):
    said = N_("{file} carries no stamp of this program: nothing of it can be verified.")
    hint = N_("Only workbooks that ntmtrack export wrote can be verified, as long as nothing took the stamp away.")


class UnitTakenBack(NtmError):
    said = N_("{unit} is no longer in the ledger: action {action} took it back.")
    hint = N_("See what was done with: ntmtrack history {action}")


class StampUnreadable(NtmError):
    said = N_("The stamp of the report cannot be read: {field} is “{value}”.")
    hint = N_("Something changed it; export the report anew and compare the two.")
