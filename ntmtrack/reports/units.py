"""Units as tables: the list, one unit's card, the names behind a number, those that remain."""

from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.dates import show_day
from ntmtrack.decisions import in_full
from ntmtrack.i18n import _, ngettext, number
from ntmtrack.model import Basis, Confidence, Level, Recognition, Unit, kind_name
from ntmtrack.programmes import known_level
from ntmtrack.progress.standings import Moment
from ntmtrack.reports.labels import as_of
from ntmtrack.reports.report import Cell, CellKind, Column, LabelledCode, Report, Table, day_cell

_BEFORE_REMARKS = 5  # columns of what remains


class UnitWithLevel(NamedTuple):
    """A unit with its highest level (None: none yet) and the recognition that put it where a list has it.

    `made_up` is whether the highest level rests on an illustrative recognition; `revoked` are those of higher levels
    that were taken back.
    """

    unit: Unit
    highest: Level | None
    recognition: Recognition | None = None
    made_up: bool = False
    revoked: Sequence[Recognition] = ()


def units_list(units: Sequence[UnitWithLevel], title: str) -> Report:
    """Units with their highest level, in official order."""
    columns = [
        Column("code", _("Code")),
        Column("kind", _("Kind")),
        Column("name", _("Name")),
        Column("parent", _("Belongs to")),
        Column("level", _("Highest level")),
        Column("until", _("Until")),
    ]
    rows: list[list[Cell]] = [
        [
            unit.unit.code,
            LabelledCode(unit.unit.kind, kind_name(unit.unit.kind)),
            unit.unit.name,
            unit.unit.parent_name,
            level_cell(unit.highest),
            day_cell(unit.unit.until),
        ]
        for unit in units
    ]
    count = ngettext("{count} unit", "{count} units", len(units)).format(count=number(len(units)))
    notes = made_up_note(sum(unit.made_up for unit in units))
    if not units:
        notes = [_("No unit fits; part of a name is enough, and marks are not needed.")]
    return Report("units", title, [Table("units", title, columns, rows)], subtitle=count, notes=notes)


def recognised_report(held: Sequence[UnitWithLevel], title: str, moment: Moment, basis: Basis) -> Report:
    """The units behind a number: year, decision, days, how sure."""
    columns = [
        Column("number", _("No."), CellKind.COUNT),
        Column("code", _("Code")),
        Column("name", _("Unit")),
        Column("parent", _("Belongs to")),
        Column("level", _("Highest level")),
        *evidence_columns(),
    ]
    rows: list[list[Cell]] = [
        [
            place,
            unit.unit.code,
            unit.unit.title,
            unit.unit.parent_name,
            level_cell(unit.highest),
            *evidence_cells(unit.recognition),
        ]
        for place, unit in enumerate(held, start=1)
    ]
    made_up = sum(unit.recognition is not None and is_made_up(unit.recognition) for unit in held)
    return Report(
        "list",
        title,
        [Table("units", title, columns, rows)],
        subtitle=as_of(moment, basis),
        notes=[_count_note(len(held)), *made_up_note(made_up)],
        facts={"as_of": moment.day.isoformat(), "basis": basis.value, "count": len(held)},
    )


def remaining_report(
    held: Sequence[UnitWithLevel], level: Level, title: str, moment: Moment, basis: Basis, *, made_up: int
) -> Report:
    """The units that have not reached a level, district by district, with what they have.

    `made_up` is how many others have reached it by illustrative recognitions only.
    """
    columns = [
        Column("parent", _("Belongs to")),
        Column("number", _("No."), CellKind.COUNT),
        Column("code", _("Code")),
        Column("name", _("Unit")),
        Column("level", _("Highest level so far")),
        *([Column("remark", _("Remark"))] if any(unit.revoked for unit in held) else []),
    ]
    rows: list[list[Cell]] = []
    sections, parent = set(), object()
    for place, unit in enumerate(held, start=1):
        new_parent = unit.unit.parent_name != parent
        if new_parent:
            sections.add(len(rows))
        parent = unit.unit.parent_name
        highest = level_cell(unit.highest, _("none yet"))
        row: list[Cell] = [parent, place, unit.unit.code, unit.unit.title, highest, revoked_words(unit.revoked)]
        rows.append(row[: len(columns)])
    fields = [Column(key, key) for key in ("revoked_level", "revoked_on", "revoked_by")]
    facts = [[*row[:_BEFORE_REMARKS], *_revoked_fields(unit.revoked)] for row, unit in zip(rows, held, strict=True)]
    return Report(
        "remaining",
        title,
        [Table("units", title, columns, rows, frozenset(sections))],
        data=[Table("units", title, [*columns[:_BEFORE_REMARKS], *fields], facts)],
        subtitle=as_of(moment, basis),
        notes=[_count_note(len(held)), *_others_made_up(made_up)],
        facts={"as_of": moment.day.isoformat(), "basis": basis.value, "level": level.key, "count": len(held)},
    )


def unit_report(versions: Sequence[Unit], recognitions: Sequence[Recognition], lacks: str) -> Report:
    """All about one unit: its versions, its recognitions with decisions, what it lacks to the next level."""
    unit = versions[-1]
    names = Table(
        "versions",
        _("Versions"),
        [
            Column("name", _("Name")),
            Column("code", _("Code")),
            Column("parent", _("Belongs to")),
            Column("since", _("Since")),
            Column("until", _("Until")),
        ],
        [
            [version.title, version.code, version.parent_name, day_cell(version.since), day_cell(version.until)]
            for version in versions
        ],
    )
    table = Table(
        "recognitions",
        _("Recognitions"),
        [
            Column("level", _("Level")),
            Column("programme", _("Programme")),
            *evidence_columns(),
            Column("revoked_on", _("Revoked")),
        ],
        [
            [
                LabelledCode(recognition.level, level_label(recognition)),
                recognition.programme,
                *evidence_cells(recognition),
                _revoked(recognition),
            ]
            for recognition in recognitions
        ],
    )
    notes = [lacks, *made_up_note(sum(is_made_up(recognition) for recognition in recognitions))]
    notes += [
        _("{level}: {note}").format(level=level_label(recognition), note=text)
        for recognition in recognitions
        for text in (recognition.source, recognition.note)
        if text
    ]
    tables = [names, table] if recognitions else [names]
    return Report("unit", unit.full_title, tables, notes=notes, data=[names, table], facts={"code": unit.code})


def _revoked(recognition: Recognition) -> LabelledCode | None:
    """When and why a recognition was taken back; None where it stands."""
    if recognition.revoked_on is None:
        return None
    return LabelledCode(recognition.revoked_on, revocation_words(recognition))


def revocation_words(known: Recognition) -> str:
    """The day of a revocation, its decision and reason: "01/03/2025 · 9/QĐ-UBND: rớt chuẩn"."""
    return " · ".join(filter(None, (show_day(known.revoked_on), known.revoked_by)))


def _revoked_fields(revoked: Sequence[Recognition]) -> list[Cell]:
    """The same for machines: levels, days and decisions, of several in one order with "; " between."""
    if not revoked:
        return [None, None, None]
    told = [
        (recognition.level, recognition.revoked_on or "", in_full(recognition.revoking) if recognition.revoking else "")
        for recognition in revoked
    ]
    return ["; ".join(parts) or None for parts in zip(*told, strict=True)]


def revoked_words(revoked: Sequence[Recognition]) -> LabelledCode | None:
    """What was taken back, for a column of remarks: "đã thu hồi NTM nâng cao 01/03/2025 · 9/QĐ-UBND"."""
    text = _("{level} revoked {evidence}")
    said = [
        text.format(level=level_label(recognition), evidence=revocation_words(recognition)) for recognition in revoked
    ]
    return LabelledCode("revoked", "; ".join(said)) if said else None


def evidence_cells(known: Recognition | None) -> list[Cell]:
    """The cells under `evidence_columns`."""
    if known is None:
        return [None] * 5
    return [
        year_cell(known),
        known.decision.number if known.decision else None,
        day_cell(known.decision.signed_on) if known.decision else None,
        day_cell(known.announced_on),
        LabelledCode(known.confidence.value, known.confidence.label),
    ]


def year_cell(known: Recognition) -> Cell:
    """The year that it is for; where only the day is known by which it was, that day, for people."""
    return known.year if known.year else LabelledCode(None, _("by {day}").format(day=show_day(known.known_by)))


def level_cell(level: Level | None, none: str = "") -> LabelledCode:
    """A level, or a word for none."""
    return LabelledCode(level.key, level.label) if level else LabelledCode(None, none)


def evidence_columns() -> list[Column]:
    """By what a level was reached: the columns above `evidence_cells`."""
    return [
        Column("year", _("Year"), CellKind.YEAR),
        Column("decision", _("Decision"), CellKind.KEY),
        Column("signed_on", _("Signed"), CellKind.DAY),
        Column("announced_on", _("Announced"), CellKind.DAY),
        Column("confidence", _("Evidence")),
    ]


def level_label(known: Recognition) -> str:
    """A recognition's level in words, as its own programme calls it; its key where that has no such level."""
    level = known_level(known.programme, known.level)
    return level.label if level else known.level


def is_made_up(known: Recognition) -> bool:
    """Whether a recognition is illustrative."""
    return known.confidence is Confidence.ILLUSTRATIVE


def made_up_note(count: int) -> list[str]:
    """The footnote of lists in which `count` rows are illustrative; empty for none."""
    if not count:
        return []
    return [_("ILLUSTRATIVE data, not real: the evidence of {count} rows.").format(count=number(count))]


def _others_made_up(count: int) -> list[str]:
    if not count:
        return []
    text = _("ILLUSTRATIVE data, not real: {count} units are missing here only because of made-up recognitions.")
    return [text.format(count=number(count))]


def _count_note(count: int) -> str:
    return ngettext("{count} unit.", "{count} units.", count).format(count=number(count))
