"""The register: every commune and district with the year and decision of each level it holds."""

from collections.abc import Mapping, Sequence

from ntmtrack.counts import Moment
from ntmtrack.i18n import _
from ntmtrack.model import Basis, Level, Programme, Recognition, Unit
from ntmtrack.reports.unit_tables import is_made_up, level_cell, made_up_note, year_cell
from ntmtrack.reports.values import Cell, CellKind, Column, Report, Table, day_cell
from ntmtrack.reports.words import as_of

Entry = tuple[Unit, Level | None, Mapping[str, Recognition]]


def register(entries: Sequence[Entry], programme: Programme, title: str, moment: Moment, basis: Basis) -> Report:
    """One row a unit, district by district: highest level, then year, decision and day of each level."""
    columns = [
        Column("number", _("No."), CellKind.COUNT),
        Column("parent", _("Belongs to")),
        Column("code", _("Code")),
        Column("name", _("Unit")),
        Column("highest", _("Highest level")),
        *(column for level in programme.levels for column in _level_columns(level)),
        Column("remark", _("Remark")),
    ]
    rows: list[list[Cell]] = []
    for place, (unit, highest, held) in enumerate(entries, start=1):
        level_cells = [cell for level in programme.levels for cell in _level_cells(held.get(level.key))]
        rows.append(
            [
                place,
                unit.parent_name,
                unit.code,
                unit.title,
                level_cell(highest, _("none yet")),
                *level_cells,
                _("ILLUSTRATIVE") if any(map(is_made_up, held.values())) else "",
            ]
        )
    made_up = sum(any(map(is_made_up, held.values())) for _unit, _highest, held in entries)
    table = Table("units", title, columns, rows)
    return Report("register", title, [table], as_of(moment, basis), notes=made_up_note(made_up))


def _level_columns(level: Level) -> list[Column]:
    key = level.key.replace("-", "_")
    return [
        Column(f"{key}_year", _("Year"), CellKind.YEAR, level.label),
        Column(f"{key}_decision", _("Decision"), group=level.label),
        Column(f"{key}_signed_on", _("Signed"), group=level.label),
    ]


def _level_cells(known: Recognition | None) -> list[Cell]:
    if known is None:
        return [None, None, None]
    if known.decision is None:
        return [year_cell(known), None, None]
    return [year_cell(known), known.decision.number, day_cell(known.decision.signed_on)]
