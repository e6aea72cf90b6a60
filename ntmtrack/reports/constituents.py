"""A new unit with all of which a merger formed it: what each held, by which decision, and why what is proposed is."""

from collections.abc import Callable, Iterable, Sequence

from ntmtrack.dates import show_day
from ntmtrack.i18n import _
from ntmtrack.model import Programme, Recognition, Unit
from ntmtrack.progress.constituents import Constituent
from ntmtrack.reports import CellKind, CellValue, Column, LabelledCode, Report, Table
from ntmtrack.reports.carried_units import (
    CarriedUnit,
    constituent_name,
    guidance_notes,
    made_up,
    proposed_cell,
    state_cell,
)
from ntmtrack.reports.units import decision_number, level_label, signed_cell, year_cell
from ntmtrack.rules import decision_words
from ntmtrack.text import few


def carried_detail(
    units: Sequence[CarriedUnit], others: Sequence[tuple[Unit, Sequence[Constituent]]], running: Programme
) -> Report:
    """Each unit with its constituents, whole or in part, and what each held.

    The `others` came of no merger, or are of a kind that the running programme does not count.
    """
    columns: list[Column[Constituent]] = [
        Column("name", _("Former unit"), of=lambda one: one.unit.title),
        Column("parent", _("Belonged to"), of=lambda one: one.unit.parent_name),
        Column("extent", _("Extent"), of=_extent),
        *(column.on(_highest) for column in _evidence_columns()),
    ]
    tables = [Table.of(f"unit{place}", _heading(row), row.constituents, columns) for place, row in enumerate(units)]
    data: list[Column[tuple[CarriedUnit, Constituent]]] = [
        *(Column(key, title, of=of) for key, title, of in _tidy_heads()),
        *(column.of_second() for column in columns),
    ]
    rows = [(row, one) for row in units for one in row.constituents]
    title = _("Recognition after the merger") if len(units) != 1 else units[0].unit.full_title
    notes = [_why_not(unit, formed_of, running) for unit, formed_of in others]
    notes += [note for row in units for note in _why(row, named=len(units) > 1)]
    tidy = Table.of("constituents", title, rows, data)
    above = _heading(units[0]) if units else ""  # the first table has no heading of its own
    notes += [*guidance_notes(units), *made_up(units)]
    return Report("carry", title, tables, above, notes, data=[tidy])


def _why_not(unit: Unit, formed_of: Sequence[Constituent], running: Programme) -> str:
    """Why nothing is to be carried over of a unit."""
    if not formed_of:
        return _("{unit} was formed by no merger: its recognitions go on.").format(unit=unit.full_title)
    text = _("{unit} was formed of {units}; the {programme} programme counts no {kind}: nothing is to be acknowledged.")
    names = few([constituent_name(one) for one in formed_of])
    return text.format(unit=unit.full_title, units=names, programme=running.key, kind=unit.kind)


def _tidy_heads() -> list[tuple[str, str, Callable[[tuple[CarriedUnit, Constituent]], CellValue]]]:
    return [
        ("new_code", _("Code"), lambda row: row[0].unit.code),
        ("new_name", _("New unit"), lambda row: row[0].unit.title),
        ("proposal", _("Proposed"), lambda row: proposed_cell(row[0])),
        ("state", _("State"), lambda row: state_cell(row[0])),
        ("code", _("Code"), lambda row: row[1].unit.code),
    ]


def _evidence_columns() -> list[Column[Recognition]]:
    return [
        Column("level", _("Level"), of=lambda known: LabelledCode(known.level, level_label(known))),
        Column("year", _("Year"), CellKind.YEAR, of=year_cell),
        Column("decision", _("Decision"), CellKind.KEY, of=decision_number),
        Column("signed_on", _("Signed"), CellKind.DAY, of=signed_cell),
    ]


def _highest(one: Constituent) -> Recognition | None:
    """The recognition by which a constituent held its highest level."""
    return one.highest


def _heading(row: CarriedUnit) -> str:
    """The unit, since when, by which resolution, what is proposed and the state."""
    first = row.constituents[0]
    resolution = f", {first.resolution}" if first.resolution else ""
    since = _("since {day}{resolution}").format(day=show_day(first.day), resolution=resolution)
    found = row.review.decision if row.review and not row.own else None
    state = ", ".join([state_cell(row).label, *([decision_words(found)] if found else [])])
    return f"{row.unit.title}, {since}: {proposed_cell(row).label} · {state}"


def _extent(one: Constituent) -> LabelledCode:
    if one.is_whole:
        return LabelledCode("whole", _("whole"))
    return LabelledCode("part", _("in part, the main one") if one.is_main else _("in part"))


def _why(row: CarriedUnit, *, named: bool) -> Iterable[str]:
    """What decided: who lacks a level, the towns and parts that decide nothing, where the case is told."""
    before = f"{row.unit.title}: " if named else ""
    if row.proposal.lacking:
        names = ", ".join(one.unit.title for one in row.proposal.lacking)
        yield before + _("no level on record of {units}.").format(units=names)
    if row.towns:
        names = ", ".join(one.unit.title for one in row.towns)
        yield before + _("{units}: of a kind that is not recognised; it raises no level and bars none.").format(
            units=names
        )
    if row.parts:
        names = ", ".join(one.unit.title for one in row.parts)
        yield before + _("{units}: only a part of it; it raises no level and bars none.").format(units=names)
    if row.proposal.case:
        yield before + _("The rule: {source}.").format(source=row.proposal.case.source)
