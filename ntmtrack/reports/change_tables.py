"""What was done to the ledger: facts before and after, action by action."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ntmtrack.i18n import _, day
from ntmtrack.reports.values import Cell, CellKind, Coded, Column, Gap, Report, Table


class Change(NamedTuple):
    """One fact before and after (None: there was or is none), and the actions by which it became so.

    `kind` is what it has in common with many others where it comes or goes as a whole, `name` then its own.
    """

    table: str
    unit: str
    subject: str
    before: str | None
    after: str | None
    kind: str
    name: str
    actions: tuple[int, ...] = ()
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
        *([Column("actions", _("Action"))] if with_actions else []),
    ]
    rows: list[list[Cell]] = [
        [one.work, one.unit, one.subject, one.before, one.after, *([_numbers(one)] if with_actions else [])]
        for one in found
    ]
    return Table("changes", title, columns, rows)


def _numbers(one: Change) -> str:
    return ", ".join(map(str, one.actions))


class Moved(NamedTuple):
    """A figure of one day on two sides; None where a side does not tell it."""

    label: str
    day: date
    before: int | None
    after: int | None


def differences(between: str, moved: Sequence[Moved], found: Sequence[Change], doers: Table | None) -> Report:
    """What changed between two days or two ledgers: the totals, the facts, the actions that did it where known."""
    when = _("Totals as of {day}").format(day=day(moved[0].day)) if moved else ""
    facts = changes(found, _("What changed"), with_actions=doers is not None)
    tables = [moved_table(moved), facts, *([doers] if doers else [])]
    notes = [] if found else [_("No fact differs.")]
    return Report(
        key="diff",
        title=_("What changed: {between}").format(between=between),
        subtitle=when,
        tables=[table for table in tables if table.rows],
        notes=notes,
        data=[facts, *(table for table in tables if table is not facts)],
    )


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
