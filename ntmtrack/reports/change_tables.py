"""What was done to the ledger: facts before and after, action by action."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ntmtrack.i18n import _, day
from ntmtrack.reports.values import Cell, CellKind, Coded, Column, Gap, Report, Table


class Change(NamedTuple):
    """One fact before and after (None: there was or is none), and the action by which it became so.

    `kind` is what it has in common with many others where it comes or goes as a whole, `name` then its own.
    """

    table: str
    unit: str
    subject: str
    before: str | None
    after: str | None
    kind: str
    name: str
    action: int | None
    order: tuple[object, ...] = ()

    @property
    def work(self) -> Coded:
        """What was done to the fact."""
        if self.before is None:
            return Coded("new", _("new"))
        return Coded("voided", _("voided")) if self.after is None else Coded("changed", _("changed"))


def changes(found: Sequence[Change], title: str, *, with_actions: bool = False) -> Table:
    """The facts that were changed, each before and after."""
    columns = [
        Column("change", _("Change")),
        Column("unit", _("Unit")),
        Column("subject", _("Subject")),
        Column("before", _("Before")),
        Column("after", _("After")),
        *([Column("action", _("Action"), CellKind.COUNT)] if with_actions else []),
    ]
    rows: list[list[Cell]] = [
        [one.work, one.unit, one.subject, one.before, one.after, *([one.action] if with_actions else [])]
        for one in found
    ]
    return Table("changes", title, columns, rows)


class Moved(NamedTuple):
    """A figure of one day on two sides; None where a side does not tell it."""

    label: str
    day: date
    before: int | None
    after: int | None


def differences(
    between: str, moved: Sequence[Moved], found: Sequence[Change], actions: Sequence[tuple[int, str]]
) -> Report:
    """What changed between two days or two ledgers: the totals, the facts, the actions that did it."""
    when = _("Totals as of {day}").format(day=day(moved[0].day)) if moved else ""
    doers: list[list[Cell]] = [[key, summary] for key, summary in actions]
    columns = [Column("id", _("No."), CellKind.COUNT), Column("summary", _("What"))]
    tables = [
        moved_table(moved),
        changes(found, _("What changed"), with_actions=bool(actions)),
        Table("actions", _("By these actions"), columns, doers),
    ]
    notes = [] if found else [_("No fact differs.")]
    shown = [table for table in tables if table.rows]
    return Report("diff", _("What changed: {between}").format(between=between), shown, when, notes, data=tables)


def moved_table(moved: Sequence[Moved], title: str = "") -> Table:
    """Figures on two sides, and by how much they moved."""
    columns = [
        Column("line", _("Figure")),
        Column("before", _("Before"), CellKind.COUNT),
        Column("after", _("After"), CellKind.COUNT),
        Column("gap", _("gap"), CellKind.COUNT),
    ]
    rows: list[list[Cell]] = [
        [one.label, one.before, one.after, None if None in (one.before, one.after) else _gap(one)] for one in moved
    ]
    return Table("totals", title, columns, rows)


def _gap(one: Moved) -> Gap:
    return Gap((one.after or 0) - (one.before or 0))
