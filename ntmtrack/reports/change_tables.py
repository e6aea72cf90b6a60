"""What was done to the ledger: facts before and after, action by action."""

from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.i18n import _
from ntmtrack.reports.values import Cell, CellKind, Coded, Column, Table


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
