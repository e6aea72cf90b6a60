"""What a reader of the figures must know: the plan's contradictions, published figures that differ, names, doubts."""

from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.i18n import _
from ntmtrack.lint.base import Finding
from ntmtrack.model import Level, Programme, Published, Unit
from ntmtrack.progress.named_units import ByName
from ntmtrack.reports.values import Cell, CellKind, Column, Gap, Report, Table, day_cell
from ntmtrack.reports.words import line_label
from ntmtrack.roadmaps.model import line_title


class Recounted(NamedTuple):
    """A published figure beside what the ledger counts on that day, by either basis; None where it does not tell."""

    published: Published
    level: Level
    by_year: int | None
    by_decision: int | None


def checks(tables: Sequence[Table], title: str, subtitle: str, notes: Sequence[str]) -> Report:
    """The checks that found anything, and a word where none did."""
    found = [table for table in tables if table.rows]
    said = [] if found else [_("Nothing to point out.")]
    return Report("checks", title, found, subtitle, notes=[*said, *notes], data=tables)


def contradictions(found: Sequence[Finding]) -> Table:
    """What the linter finds in the plan."""
    columns = [Column("weight", _("Weight")), Column("text", _("What the plan says")), Column("cite", _("Place"))]
    rows: list[list[Cell]] = [[one.weight.label, one.text, one.cite] for one in found]
    return Table("plan", _("Contradictions and doubts in the plan itself"), columns, rows)


def published(recounted: Sequence[Recounted], explained: Sequence[str]) -> Table:
    """Published figures that the ledger does not bear out, or does by one basis only, each with what explains it."""
    by_year, by_decision = _("Ledger, by year recognised for"), _("Ledger, by day of decision")
    columns = [
        Column("measure", _("Published figure")),
        Column("source", _("Source")),
        Column("as_of", _("As of"), CellKind.DAY),
        Column("value", _("Published"), CellKind.COUNT),
        Column("by_year", _("counted"), CellKind.COUNT, by_year),
        Column("by_year_gap", _("gap"), CellKind.COUNT, by_year),
        Column("by_decision", _("counted"), CellKind.COUNT, by_decision),
        Column("by_decision_gap", _("gap"), CellKind.COUNT, by_decision),
        Column("why", _("What explains it")),
    ]
    rows: list[list[Cell]] = []
    for one, why in zip(recounted, explained, strict=True):
        value = int(one.published.value)
        rows.append(
            [
                published_label(one),
                one.published.source,
                day_cell(one.published.as_of),
                value,
                *(one.by_year, _gap(one.by_year, value)),
                *(one.by_decision, _gap(one.by_decision, value)),
                why,
            ]
        )
    return Table("published", _("Published figures that the ledger does not bear out"), columns, rows)


def published_label(one: Recounted) -> str:
    """What a published figure counts: "Xã NTM nâng cao", "Xã đạt chuẩn NTM, tăng thêm trong năm 2019"."""
    label = line_label(one.published.tier, one.level)
    is_added = one.published.measure != one.level.key
    return _("{line}, newly in {year}").format(line=label, year=one.published.as_of) if is_added else label


def _gap(counted: int | None, value: int) -> Gap | None:
    return None if counted is None else Gap(counted - value)


def by_name(names: Sequence[ByName], programme: Programme) -> Table:
    """Units that the plan names against those that reached the level, where the two differ."""
    columns = [
        Column("line", _("Units named in the plan")),
        Column("reached", _("Reached")),
        Column("late", _("Not yet reached")),
        Column("beyond", _("Reached, not in the plan")),
        Column("unknown", _("Not found in the ledger")),
    ]
    rows: list[list[Cell]] = [
        [
            f"{line_title(one.target.line, programme)} ({one.target.year})",
            *(", ".join(part) for part in (one.reached, one.late, one.beyond, one.unknown)),
        ]
        for one in names
        if one.late or one.beyond or one.unknown
    ]
    return Table("names", _("By name"), columns, rows)


def without_lower(units: Sequence[tuple[Unit, str]]) -> Table:
    """Units with a level of which not every lower one is on record."""
    columns = [
        Column("name", _("Unit without a lower level on record")),
        Column("parent", _("Belongs to")),
        Column("level", _("Level on record")),
    ]
    rows: list[list[Cell]] = [[unit.title, unit.parent_name, level] for unit, level in units]
    return Table("prerequisite", _("A level without the one below it"), columns, rows)
