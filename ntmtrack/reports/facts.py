"""Every recognition on record as a plain table: for filters and pivot tables, and to be imported again."""

from collections.abc import Container, Mapping, Sequence
from datetime import date
from functools import cache
from operator import attrgetter

from ntmtrack.dates import is_whole
from ntmtrack.i18n import _
from ntmtrack.model import Decision, Recognition, Unit, kind_name
from ntmtrack.programmes import programme
from ntmtrack.reports import CellKind, CellValue, Column, LabelledCode, Report, Table, day_cell
from ntmtrack.reports.units import act_cell, revoking_decision

FACTS = "recognitions"  # the key of the table


def facts_report(
    known: Sequence[tuple[Unit, Recognition]], counted: Container[int | None], names: Mapping[int, str], title: str
) -> Report:
    """One row a recognition, also one that was revoked; `counted` are the ids of those that count in the report."""
    columns: list[Column[tuple[Unit, Recognition]]] = [
        *(column.of_first() for column in _facts_of_unit(names)),
        *(column.of_second() for column in _facts_of_recognition()),
        Column("counted", _("Counted in this report"), CellKind.COUNT, of=lambda row: int(row[1].id in counted)),
    ]
    return Report("facts", title, [Table.of(FACTS, title, known, columns)])


# A cell that says the same as one before is the same: there are thousands of rows and few words.


def _facts_of_unit(names: Mapping[int, str]) -> list[Column[Unit]]:
    """What is told of a unit; its district with the province for people, where another is called the same."""
    kind_of = cache(lambda kind: LabelledCode(kind, kind_name(kind)))

    def district(unit: Unit) -> CellValue:
        shown = names.get(unit.parent_id or 0)
        return LabelledCode(unit.parent_name, shown) if shown else unit.parent_name

    return [
        Column("unit_code", _("Code"), CellKind.KEY, of=lambda unit: unit.code),
        Column("unit_name", _("Unit"), CellKind.KEY, of=lambda unit: unit.name),
        Column("kind", _("Kind"), of=lambda unit: kind_of(unit.kind)),
        Column("district", _("In district"), CellKind.KEY, of=district),
    ]


def _facts_of_recognition() -> list[Column[Recognition]]:
    level_of = cache(lambda period, key: LabelledCode(key, _label(period, key)))
    confidence_of = cache(lambda confidence: LabelledCode(confidence.value, confidence.label))
    day = cache(_day)
    of_decision: list[Column[Decision]] = [
        Column("decision_number", _("Decision number"), CellKind.KEY, of=lambda decision: decision.number),
        Column("decision_date", _("Day signed"), CellKind.DAY, of=lambda decision: day(decision.signed_on)),
        Column("issuer", _("Issued by"), CellKind.KEY, of=lambda decision: decision.issuer),
    ]
    return [
        Column("level", _("Level"), of=lambda known: level_of(known.programme, known.level)),
        Column("programme", _("Programme"), of=lambda known: known.programme),
        Column("year", _("Year"), CellKind.YEAR, of=lambda known: known.year),
        Column("known_by", _("Reached no later than"), CellKind.DAY, of=lambda known: day(known.known_by)),
        *(column.on(attrgetter("decision")) for column in of_decision),
        Column("announced", _("Day announced"), CellKind.DAY, of=lambda known: day(known.announced_on)),
        Column("confidence", _("Evidence"), of=lambda known: confidence_of(known.confidence)),
        Column("form", _("Form of recognition"), of=act_cell),
        Column("source", _("Source"), of=lambda known: known.source),
        Column("note", _("Remark"), of=lambda known: known.note),
        Column("revoked_on", _("Revoked"), CellKind.DAY, of=lambda known: day(known.revoked_on)),
        Column("revoked_by", _("Decision that revoked it"), of=revoking_decision),
        Column("revoked_reason", _("Why it was revoked"), of=lambda known: known.revoked_for),
    ]


def _label(period: str, key: str) -> str:
    """The level in words, its key where that programme has no such level."""
    return next((level.label for level in programme(period).levels if level.key == key), key)


def _day(iso: str | None) -> CellValue:
    """A whole day as a day, one known to the month or the year as its text."""
    return date.fromisoformat(iso) if iso and is_whole(iso) else day_cell(iso)
