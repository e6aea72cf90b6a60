"""What the checks of a ledger find, as a report."""

from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.i18n import _, number
from ntmtrack.lint.base import Weight
from ntmtrack.model import Basis
from ntmtrack.progress.standings import Moment
from ntmtrack.reports.values import Cell, Coded, Column, Report, Table
from ntmtrack.reports.words import as_of


class Row(NamedTuple):
    """A finding of one check, with the units that it names."""

    check: str
    weight: Weight
    text: str
    units: Sequence[str]


def findings(rows: Sequence[Row], scope: str, moment: Moment, basis: Basis, made_up: int) -> Report:
    """The findings, a sentence each, the weightiest first; says how many recognitions of the ledger are made up."""
    order = list(Weight)
    rows = sorted(rows, key=lambda one: order.index(one.weight))
    columns = [Column("check", _("Check")), Column("weight", _("Weight")), Column("text", _("Finding"))]
    cells: list[list[Cell]] = [[one.check, Coded(one.weight.value, one.weight.label), one.text] for one in rows]
    data: list[list[Cell]] = [[*row, "; ".join(one.units)] for row, one in zip(cells, rows, strict=True)]
    text = _("The ledger holds {count} ILLUSTRATIVE recognitions, not real data: what is found rests on them too.")
    return Report(
        key="check",
        title=_("Check of the ledger: {scope}").format(scope=scope),
        subtitle=as_of(moment, basis),
        tables=[Table("findings", "", columns, cells)] if rows else [],
        data=[Table("findings", "", [*columns, Column("units", _("Units"))], data)],
        notes=[_how_many(rows), *([text.format(count=number(made_up))] if made_up else [])] if rows else [],
        facts={
            "findings": len(rows),
            "scope": scope,
            "as_of": moment.day.isoformat(),
            "units_on": moment.units_on.isoformat(),
            "basis": basis.value,
        },
    )


def _how_many(rows: Sequence[Row]) -> str:
    """How many findings of each weight there are."""
    counts = [(weight, sum(one.weight is weight for one in rows)) for weight in Weight]
    return " · ".join(f"{number(count)} {weight.label}" for weight, count in counts if count)


def known(checks: Sequence[tuple[str, str]]) -> Report:
    """The checks by name, with what each looks for."""
    columns = [Column("check", _("Check")), Column("says", _("What holds when it finds nothing"))]
    rows: list[list[Cell]] = [[name, says] for name, says in checks]
    return Report("checks", _("Checks of the ledger"), [Table("checks", "", columns, rows)])
