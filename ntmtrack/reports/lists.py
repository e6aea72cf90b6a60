"""The lists that offices file: every unit with its levels and decisions, who is new, who remains."""

from collections.abc import Container, Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from ntmtrack.dates import is_whole
from ntmtrack.decisions import in_full
from ntmtrack.i18n import _, number
from ntmtrack.model import Level, Programme, Recognition, Tier, Unit, kind_name
from ntmtrack.programmes import programme
from ntmtrack.reports.labels import line_label, tier_label
from ntmtrack.reports.report import Cell, CellKind, Column, LabelledCode, Report, Table, day_cell
from ntmtrack.reports.units import (
    evidence_cells,
    evidence_columns,
    is_made_up,
    level_cell,
    level_label,
    made_up_note,
    revoked_words,
    year_cell,
)

UNITS = "units"  # the key of the table on each of these sheets


class RegisterEntry(NamedTuple):
    """A unit in the register: its highest level, the first recognition at each level by key, those revoked."""

    unit: Unit
    highest: Level | None
    held: Mapping[str, Recognition]
    revoked: Sequence[Recognition] = ()


class Loss(NamedTuple):
    """A unit that no longer has the level that it had at the end of the year before, and why."""

    level: Level
    unit: Unit
    reason: str


class Newcomer(NamedTuple):
    """A unit that reached a level within the year, and by which recognition; `from_above`: one of a higher level."""

    level: Level
    unit: Unit
    recognition: Recognition | None
    from_above: bool = False


def register_report(entries: Sequence[RegisterEntry], programme: Programme, title: str, subtitle: str) -> Report:
    """One row a unit in the order given: highest level, then year, decision and day of each level."""
    columns = [
        *_unit_columns(),
        Column("highest", _("Highest level")),
        *(column for level in programme.levels for column in _level_columns(level)),
        Column("remark", _("Remark")),
    ]
    rows: list[list[Cell]] = []
    sections = set()
    for place, entry in enumerate(entries):
        if place and entry.highest != entries[place - 1].highest:
            sections.add(place)
        of_levels = [cell for level in programme.levels for cell in _level_cells(entry.held.get(level.key))]
        rows.append(
            [*_unit_cells(place, entry.unit), level_cell(entry.highest, _("none yet")), *of_levels, _remark(entry)]
        )
    made_up = sum(any(map(is_made_up, entry.held.values())) for entry in entries)
    table = Table(UNITS, title, columns, rows, frozenset(sections))
    return Report("register", title, [table], subtitle, notes=made_up_note(made_up))


def _remark(entry: RegisterEntry) -> LabelledCode | None:
    """That a unit rests on made-up recognitions, and what was taken back from it."""
    made_up = LabelledCode("illustrative", _("ILLUSTRATIVE")) if any(map(is_made_up, entry.held.values())) else None
    labels = [remark for remark in (made_up, revoked_words(entry.revoked)) if remark]
    return LabelledCode(" ".join(labels), "; ".join(remark.label for remark in labels)) if labels else None


def newcomers_report(new: Sequence[Newcomer], lost: Sequence[Loss], title: str, subtitle: str) -> Report:
    """The units that reached a level within the year, level by level; beneath them those that lost one."""
    columns = [*_unit_columns(), Column("level", _("Newly at")), *evidence_columns()]
    rows: list[list[Cell]] = []
    sections = set()
    for place, newcomer in enumerate(new):
        if place and (newcomer.level, newcomer.unit.tier) != (new[place - 1].level, new[place - 1].unit.tier):
            sections.add(place)
        reached = LabelledCode(newcomer.level.key, line_label(newcomer.unit.tier, newcomer.level))
        rows.append([*_unit_cells(place, newcomer.unit), reached, *_evidence(newcomer)])
    made_up = sum(newcomer.recognition is not None and is_made_up(newcomer.recognition) for newcomer in new)
    notes = made_up_note(made_up) if new else [_("No unit reached a further level in this year.")]
    table = Table(UNITS, _("Newly recognised"), columns, rows, frozenset(sections))
    return Report("new", title, [table, *([_losses(lost)] if lost else [])], subtitle, notes=notes)


def _evidence(newcomer: Newcomer) -> list[Cell]:
    """By what the level was reached; where that is of a higher level, which one, instead of how sure it is."""
    cells = evidence_cells(newcomer.recognition)
    if newcomer.recognition and newcomer.from_above and not is_made_up(newcomer.recognition):
        text = _("by {level} alone").format(level=level_label(newcomer.recognition))
        cells[-1] = LabelledCode("from-above", text)
    return cells


def _losses(lost: Sequence[Loss]) -> Table:
    columns = [*_unit_columns(), Column("level", _("No longer at")), Column("reason", _("Reason"))]
    rows: list[list[Cell]] = [
        [
            *_unit_cells(place, loss.unit),
            LabelledCode(loss.level.key, line_label(loss.unit.tier, loss.level)),
            loss.reason,
        ]
        for place, loss in enumerate(lost)
    ]
    return Table("lost", _("No longer counted"), columns, rows)


def missing_report(below: Sequence[RegisterEntry], levels: Sequence[Level], title: str, subtitle: str) -> Report:
    """The units below the highest of `levels`, district by district, with a cross under every level they lack."""
    heading = _("Not yet reached")
    columns = [
        *_unit_columns(),
        Column("highest", _("Highest level so far")),
        *(Column(level.field, level.label, CellKind.MARK, heading) for level in levels),
        *([Column("remark", _("Remark"))] if any(entry.revoked for entry in below) else []),
    ]
    rows: list[list[Cell]] = []
    sections = set()
    for place, entry in enumerate(below):
        if place and entry.unit.parent_id != below[place - 1].unit.parent_id:
            sections.add(place)
        rank = entry.highest.rank if entry.highest else 0
        lacks: list[Cell] = ["x" if level.rank > rank else None for level in levels]
        highest = level_cell(entry.highest, _("none yet"))
        row: list[Cell] = [*_unit_cells(place, entry.unit), highest, *lacks, revoked_words(entry.revoked)]
        rows.append(row[: len(columns)])
    first = len(_unit_columns()) + 1
    sums: list[Cell] = [sum(row[place] == "x" for row in rows) for place in range(first, first + len(levels))]
    total = [["", _("In all"), None, None, None, *sums, None][: len(columns)]] if rows else []
    notes = [] if rows else [_("No commune is below the highest level.")]
    table = Table(UNITS, title, columns, [*rows, *total], frozenset(sections), sums=len(total))
    return Report("remaining", title, [table], subtitle, notes=notes)


def counts_by_level(entries: Sequence[RegisterEntry], levels: Sequence[Level], tier: Tier) -> str:
    """How many have each level as their highest: "Tổng số 116 xã: NTM kiểu mẫu 2, NTM nâng cao 38, …"."""
    counts = {level: sum(entry.highest == level for entry in entries) for level in reversed(levels)}
    parts = [f"{level.label} {number(count)}" for level, count in counts.items()]
    parts.append(_("none yet {count}").format(count=number(len(entries) - sum(counts.values()))))
    text = _("{tier}: {count} in all, by highest level: {parts}.")
    return text.format(tier=tier_label(tier), count=number(len(entries)), parts=", ".join(parts))


def _unit_columns() -> list[Column]:
    return [
        Column("number", _("No."), CellKind.COUNT),
        Column("name", _("Unit")),
        Column("parent", _("Belongs to")),
        Column("code", _("Code"), CellKind.KEY),
    ]


def _unit_cells(place: int, unit: Unit) -> list[Cell]:
    return [place + 1, unit.title, unit.parent_name, unit.code]


def _level_columns(level: Level) -> list[Column]:
    key = level.field
    return [
        Column(f"{key}_year", _("Year"), CellKind.YEAR, level.label),
        Column(f"{key}_decision", _("Decision"), CellKind.KEY, level.label),
        Column(f"{key}_signed_on", _("Signed"), CellKind.DAY, level.label),
    ]


def _level_cells(recognition: Recognition | None) -> list[Cell]:
    if recognition is None:
        return [None, None, None]
    if recognition.decision is None:
        return [year_cell(recognition), None, None]
    return [year_cell(recognition), recognition.decision.number, day_cell(recognition.decision.signed_on)]


FACTS = "recognitions"  # the key of the table


def facts_report(
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
    rows = [cells.row(unit, recognition, is_counted=recognition.id in counted) for unit, recognition in known]
    return Report("facts", title, [Table(FACTS, title, columns, rows)])


class _Cells:
    """Makes rows; a cell that says the same as one before is the same: there are thousands of rows and few words."""

    def __init__(self, names: Mapping[int, str]) -> None:
        self._kind = cache(lambda kind: LabelledCode(kind, kind_name(kind)))
        self._level = cache(lambda period, key: LabelledCode(key, _label(period, key)))
        self._evidence = cache(lambda confidence: LabelledCode(confidence.value, confidence.label))
        self._day = cache(_day)
        self._names = names

    def _district(self, unit: Unit) -> Cell:
        """What a unit belongs to; for people with its province, where another district is called the same."""
        shown = self._names.get(unit.parent_id or 0)
        return LabelledCode(unit.parent_name, shown) if shown else unit.parent_name

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
