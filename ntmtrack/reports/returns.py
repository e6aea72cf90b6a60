"""What came of the files of a folder, as a report."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from ntmtrack.i18n import N_, _, number
from ntmtrack.reports import CellKind, Column, LabelledCode, Report, Table


class ReturnState(StrEnum):
    """What came of a file."""

    TAKEN = "taken"
    WOULD_BE = "would-be-taken"
    SAME = "same"
    FAULTY = "faulty"
    CLOSED = "year-closed"
    LEFT = "left"
    SKIPPED = "skipped"
    NOT_REACHED = "not-reached"

    @property
    def label(self) -> str:
        """The outcome in the language in use."""
        return _(_OUTCOMES[self])


_OUTCOMES = {
    ReturnState.TAKEN: N_("taken in"),
    ReturnState.WOULD_BE: N_("can be taken in"),
    ReturnState.SAME: N_("tells nothing new"),
    ReturnState.FAULTY: N_("has faults, not taken in"),
    ReturnState.CLOSED: N_("of a closed year, not taken in"),
    ReturnState.LEFT: N_("left, as answered"),
    ReturnState.SKIPPED: N_("passed over"),
    ReturnState.NOT_REACHED: N_("not taken in yet"),
}


class TakenFile(NamedTuple):
    """A file by its name, what came of it and why, the action that took it in."""

    name: str
    outcome: ReturnState
    why: str = ""
    action: int | None = None


def returns_report(folder: str, files: Sequence[TakenFile]) -> Report:
    """Every file of a folder in its order, counted by what came of them."""
    counts = {outcome: sum(file.outcome is outcome for file in files) for outcome in ReturnState}
    parts = [f"{outcome.label} {number(count)}" for outcome, count in counts.items() if count]
    columns: list[Column[TakenFile]] = [
        Column("file", _("File"), of=lambda file: file.name),
        Column("outcome", _("Outcome"), of=lambda file: LabelledCode(file.outcome.value, file.outcome.label)),
        Column("action", _("Action"), CellKind.COUNT, of=lambda file: file.action),
        Column("why", _("Why"), of=lambda file: file.why),
    ]
    return Report(
        key="returns",
        title=_("Folder {folder}: {counts}").format(folder=folder, counts=" · ".join(parts)),
        tables=[Table.of("files", "", files, columns)],
        facts={outcome.value.replace("-", "_"): count for outcome, count in counts.items()},
    )
