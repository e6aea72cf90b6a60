"""The recognitions on record, one row a fact under field names that `import` reads; no merged cells, no totals."""

from collections.abc import Container, Mapping, Sequence
from datetime import date
from functools import cache

from ntmtrack.dates import is_whole
from ntmtrack.decisions import in_full
from ntmtrack.i18n import _
from ntmtrack.model import Recognition, Unit, kind_name
from ntmtrack.programmes import programme
from ntmtrack.reports.values import Cell, CellKind, Coded, Column, Report, Table, day_cell

FACTS = "recognitions"  # the key of the table


def facts(
    known: Sequence[tuple[Unit, Recognition]], counted: Container[int | None], names: Mapping[int, str], title: str
) -> Report:
    """One row a recognition, also one that was revoked; `counted` are the ids of those that count in the report."""
    columns = [
        Column("unit_code", _("Code"), CellKind.KEY),
        Column("unit_name", _("Unit"), CellKind.KEY),
        Column("kind", _("Kind")),
        Column("district", _("In district"), CellKind.KEY),
        Column("level", _("Level")),
        Column("programme", _("Programme")),
        Column("year", _("Year"), CellKind.YEAR),
        Column("known_by", _("Reached no later than"), CellKind.DAY),
        Column("decision_number", _("Decision number"), CellKind.KEY),
        Column("decision_date", _("Day signed"), CellKind.DAY),
        Column("issuer", _("Issued by"), CellKind.KEY),
        Column("announced", _("Day announced"), CellKind.DAY),
        Column("confidence", _("Evidence")),
        Column("source", _("Source")),
        Column("note", _("Remark")),
        Column("revoked_on", _("Revoked"), CellKind.DAY),
        Column("revoked_by", _("Decision that revoked it")),
        Column("revoked_reason", _("Why it was revoked")),
        Column("counted", _("Counted in this report"), CellKind.COUNT),
    ]
    cells = _Cells(names)
    rows = [cells.row(unit, one, is_counted=one.id in counted) for unit, one in known]
    return Report("facts", title, [Table(FACTS, title, columns, rows)])


class _Cells:
    """Makes rows; a cell that says the same as one before is the same: there are thousands of rows and few words."""

    def __init__(self, names: Mapping[int, str]) -> None:
        self._kind = cache(lambda kind: Coded(kind, kind_name(kind)))
        self._level = cache(lambda period, key: Coded(key, _label(period, key)))
        self._evidence = cache(lambda confidence: Coded(confidence.value, confidence.label))
        self._day = cache(_day)
        self._names = names

    def _district(self, unit: Unit) -> Cell:
        """What a unit belongs to; for people with its province, where another district is called the same."""
        shown = self._names.get(unit.parent_id or 0)
        return Coded(unit.parent_name, shown) if shown else unit.parent_name

    def row(self, unit: Unit, one: Recognition, *, is_counted: bool) -> list[Cell]:
        """The row of a recognition."""
        decision = one.decision
        return [
            unit.code,
            unit.name,
            self._kind(unit.kind),
            self._district(unit),
            self._level(one.programme, one.level),
            one.programme,
            one.year,
            self._day(one.known_by),
            decision.number if decision else None,
            self._day(decision.signed_on) if decision else None,
            decision.issuer if decision else None,
            self._day(one.announced_on),
            self._evidence(one.confidence),
            one.source,
            one.note,
            self._day(one.revoked_on),
            in_full(one.revoking) if one.revoking else None,
            one.revoked_for,
            int(is_counted),
        ]


def _label(period: str, key: str) -> str:
    """The level in words, its key where that programme has no such level."""
    return next((level.label for level in programme(period).levels if level.key == key), key)


def _day(iso: str | None) -> Cell:
    """A whole day as a day, one known to the month or the year as its text."""
    return date.fromisoformat(iso) if iso and is_whole(iso) else day_cell(iso)
