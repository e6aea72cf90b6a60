"""Sắp xếp đơn vị: the new units with what they are made of, as tables."""

from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.i18n import _
from ntmtrack.reports import Column, Report, Table, day_cell
from ntmtrack.units.carried_over import CarriedOver, Division, MadeUnit


def carried_report(carried: CarriedOver) -> Report:
    """What carrying a ledger over the national changes makes of it."""
    rows = [
        NewUnitRow(made.unit.title, made.unit.code, made.unit.since or "", _made_of(made), made.resolution)
        for made in carried.made
    ]
    rows += [
        NewUnitRow(unit.title, unit.code, unit.since or "", _("of another kind"), unit.resolution)
        for unit in carried.of_kind
    ]
    return rearrangement_report(rows, _("New units: {provinces}").format(provinces=", ".join(carried.provinces)))


def _made_of(made: MadeUnit) -> str:
    """Its parts in words: "xã Mỹ Thuận, một phần xã Mỹ Thái"; an old unit that goes on is told as such."""
    part = _("part of {unit}")
    names = [unit.title if is_whole else part.format(unit=unit.title) for unit, is_whole in made.parts]
    text = ", ".join(names)
    if not made.goes_on:
        return text
    return _("goes on") if text == made.unit.title else _("goes on, was {unit}").format(unit=text)


class NewUnitRow(NamedTuple):
    """A new unit, since when, what it is made of in words, and by which resolution."""

    title: str
    code: str | None
    since: str
    made_of: str
    resolution: str | None


def rearrangement_report(rows: Sequence[NewUnitRow], title: str) -> Report:
    """What would become of what, a row a new unit."""
    columns: list[Column[NewUnitRow]] = [
        Column("unit", _("New unit"), of=lambda row: row.title),
        Column("code", _("Code"), of=lambda row: row.code),
        Column("since", _("Since"), of=lambda row: day_cell(row.since)),
        Column("made_of", _("Made of"), of=lambda row: row.made_of),
        Column("resolution", _("Resolution"), of=lambda row: row.resolution),
    ]
    return Report("rearrangement", title, [Table.of("units", title, rows, columns)])


def divided_report(divided: Sequence[Division]) -> Report:
    """The units that were divided, each with where its main part went."""
    title = _("Divided units")
    columns: list[Column[Division]] = [
        Column("unit", _("Unit"), of=lambda division: division.title),
        Column("code", _("Code"), of=lambda division: division.code),
        Column("main", _("Main part"), of=lambda division: division.into[0].title),
        Column("others", _("Other parts"), of=lambda division: ", ".join(unit.title for unit in division.into[1:])),
    ]
    return Report("divided", title, [Table.of("divided", title, divided, columns)])
