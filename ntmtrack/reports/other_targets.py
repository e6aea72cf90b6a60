"""Targets that stand with their own year: those of another year than the one asked about, those of plans beside."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ntmtrack.i18n import _
from ntmtrack.model import Programme
from ntmtrack.progress.line import Line
from ntmtrack.progress.status import Status
from ntmtrack.reports.line_figures import for_people
from ntmtrack.reports.values import Cell, CellKind, Column, Table
from ntmtrack.reports.words import roadmap_label

if TYPE_CHECKING:
    from ntmtrack.reports.progress_tables import Compared


def of_other_years(lines: Sequence[Line], programme: Programme) -> list[Table]:
    """The targets that are printed for another year than the one asked about, each with its year."""
    found = [line for line in lines if line.is_of_another_year]
    if not found:
        return []
    shown = _with_year(found)
    title = _("Targets not due yet") if _none_due(found) else _("Targets of other years")
    return [Table("other-years", title, shown, _rows(shown, found, programme))]


def plans_beside(beside: Sequence["Compared"], programme: Programme) -> list[Table]:
    """The plans beside the main one, of which anything can be counted."""
    return [_beside(one, programme) for one in beside if any(line.bases for line in one.lines)]


def _beside(compared: "Compared", programme: Programme) -> Table:
    """A plan beside the main one, in few columns: what it asks for, what was reached."""
    assert compared.plan is not None
    counted = [line for line in compared.lines if line.bases]
    shown = _with_year(counted)
    text = (
        _("Beside it, not due yet: {plan}, for {scope}") if _none_due(counted) else _("Beside it: {plan}, for {scope}")
    )
    title = text.format(plan=roadmap_label(compared.plan), scope=compared.plan.scope_name)
    return Table(f"beside-{compared.plan.key}", title, shown, _rows(shown, counted, programme))


def _none_due(lines: Sequence[Line]) -> bool:
    """Whether all of these are targets of later years: then the title says so, and what is reached is told of each."""
    return all(line.is_later for line in lines)


def _with_year(lines: Sequence[Line]) -> list[Column]:
    """The columns of targets that stand with their own year: of those not due what is left, of the others the gap."""
    not_due = any(line.status is Status.NOT_DUE for line in lines)
    return [
        Column("line", _("Target")),
        Column("plan_year", _("By"), CellKind.YEAR),
        Column("asked", _("Plan")),
        Column("needed", _("needed"), CellKind.COUNT),
        Column("actual_cumulative", _("actual"), CellKind.COUNT),
        *([] if _none_due(lines) else [Column("actual_percent", _("Per cent"), CellKind.PERCENT)]),
        *([Column("share_reached", _("% of plan"), CellKind.PERCENT)] if not_due else []),
        *([Column("left", _("left"), CellKind.COUNT)] if not_due else []),
        *([Column("pace_left", _("a year"), CellKind.RATE)] if not_due else []),
        *([] if _none_due(lines) else [Column("gap", _("gap"), CellKind.COUNT)]),
        *([] if _none_due(lines) else [Column("status", _("Status"), CellKind.STATUS)]),
        Column("bar", _("┃ plan"), CellKind.BAR),
    ]


def _rows(columns: Sequence[Column], lines: Sequence[Line], programme: Programme) -> list[list[Cell]]:
    return [for_people([column.key for column in columns], line, programme) for line in lines]
