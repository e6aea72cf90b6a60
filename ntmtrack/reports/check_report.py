"""What the checks of a ledger find, as a report."""

from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.counts import Moment
from ntmtrack.i18n import _
from ntmtrack.model import Basis
from ntmtrack.reports.values import Cell, Coded, Column, Report, Table
from ntmtrack.reports.words import as_of
from ntmtrack.roadmaps.findings import Weight


class Row(NamedTuple):
    """A finding of one check, with the units that it names."""

    check: str
    weight: Weight
    text: str
    units: Sequence[str]


def findings(rows: Sequence[Row], scope: str, moment: Moment, basis: Basis) -> Report:
    """The findings, a sentence each."""
    columns = [Column("check", _("Check")), Column("weight", _("Weight")), Column("text", _("Finding"))]
    cells: list[list[Cell]] = [[one.check, Coded(one.weight.value, one.weight.label), one.text] for one in rows]
    data: list[list[Cell]] = [[*row, "; ".join(one.units)] for row, one in zip(cells, rows, strict=True)]
    return Report(
        key="check",
        title=_("Check of the ledger: {scope}").format(scope=scope),
        subtitle=as_of(moment, basis),
        tables=[Table("findings", "", columns, cells)] if rows else [],
        data=[Table("findings", "", [*columns, Column("units", _("Units"))], data)],
        facts={"findings": len(rows), "as_of": moment.day.isoformat(), "basis": basis.value},
    )


def known(checks: Sequence[tuple[str, str]]) -> Report:
    """The checks by name, with what each looks for."""
    columns = [Column("check", _("Check")), Column("says", _("What holds when it finds nothing"))]
    rows: list[list[Cell]] = [[name, says] for name, says in checks]
    return Report("checks", _("Checks of the ledger"), [Table("checks", "", columns, rows)])
