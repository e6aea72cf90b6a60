"""The whole at a glance: a square for every unit by its level; plan and actual of every year as small bars."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from ntmtrack.i18n import N_, _, number
from ntmtrack.model import Basis, Level, Programme, Unit
from ntmtrack.progress import Moment
from ntmtrack.progress.line import Line
from ntmtrack.reports import Bar, CellKind, Column, Report, Square, Squares, Table
from ntmtrack.reports.figures import PlanLines, ReportContext
from ntmtrack.reports.labels import as_of, listed_on
from ntmtrack.reports.line_columns import by_ladder, figure
from ntmtrack.reports.period import any_actual
from ntmtrack.reports.progress_notes import notes_on_progress
from ntmtrack.reports.progress_tables import report_facts, table_key, tidy_table
from ntmtrack.reports.units import level_cell
from ntmtrack.roadmaps import LineKey, line_title
from ntmtrack.roadmaps.shares import percent

_NONE = "·"
_ROWS = {"official": N_("Unit"), "former": N_("Former district"), "alphabet": N_("Letter")}
_ORDERS = {
    "official": N_("Squares stand in the order of the official list (ntmtrack units)."),
    "former": N_("Squares stand in the order of the official list (ntmtrack units)."),
    "alphabet": N_("Squares stand in the order of the alphabet."),
}


class MappedUnit(NamedTuple):
    """A unit with its level (None: none yet); `made_up` is whether that rests on an illustrative recognition.

    Without districts `row` is the one that it stands in: a former district, or the first letter of its name.
    """

    unit: Unit
    level: Level | None
    made_up: bool
    row: str | None = None
    order: Literal["official", "former", "alphabet"] = "official"


def map_report(placed: Sequence[MappedUnit], programme: Programme, scope: str, moment: Moment, basis: Basis) -> Report:
    """A row a district, a square a commune in official order; beneath it what the squares mean, and how many.

    Without districts a row a former one, or a letter of the alphabet.
    """
    parts: dict[tuple[int | None, str], list[MappedUnit]] = {}
    for unit in placed:
        key = (None, unit.row) if unit.row else (unit.unit.parent_id, unit.unit.parent_name or scope)
        parts.setdefault(key, []).append(unit)
    order = placed[0].order if placed else "official"
    columns: list[Column[tuple[str, list[MappedUnit]]]] = [
        Column("district", _(_ROWS[order]), of=lambda row: row[0]),
        Column("total", _("Communes"), CellKind.COUNT, of=lambda row: len(row[1])),
        Column("squares", "", CellKind.SQUARES, of=lambda row: Squares(map(_square, row[1]))),
    ]
    table = Table.of("map", "", [(name, units) for (_key, name), units in parts.items()], columns)
    made_up = sum(unit.made_up for unit in placed)
    small = _("A small letter: rests on ILLUSTRATIVE data, not real ({count}).").format(count=number(made_up))
    return Report(
        key="map",
        title=_("Communes of {scope} by highest level").format(scope=scope),
        subtitle=as_of(moment, basis),
        tables=[table, _legend(placed, programme)],
        notes=[_(_ORDERS[order]), *([small] if made_up else [])],
        facts={
            "scope": scope,
            "as_of": moment.day.isoformat(),
            "listed_on": listed_on(moment),
            "basis": basis.value,
            "count": len(placed),
        },
        data=lambda: [_tidy(placed)],
    )


def maps_report(maps: Sequence[tuple[str, Report]]) -> Report:
    """The maps of several sets of levels beneath each other; for machines one table, with the set in a column."""
    (_key, first), *_others = maps
    tables = [
        table._replace(key=f"{table.key}-{key}", title=of.title if place == 0 else "")
        for key, of in maps
        for place, table in enumerate(of.tables)
    ]

    def tidy() -> list[Table]:
        parts = [(key, of.for_machines[0]) for key, of in maps]
        rows = [[key, *row] for key, table in parts for row in table.rows]
        columns: list[Column[object]] = [Column("set", "set"), *parts[0][1].columns]
        return [parts[0][1]._replace(columns=columns, rows=rows)]

    return first._replace(
        tables=tables, data=tidy, notes=list(dict.fromkeys(note for _key, of in maps for note in of.notes))
    )


def _square(unit: MappedUnit) -> Square:
    square = _plain_square(unit.level)
    return square._replace(letter=square.letter.lower()) if unit.made_up else square


def _plain_square(level: Level | None) -> Square:
    return Square(letter_of(level), level.rank if level else 0)


def letter_of(level: Level | None) -> str:
    """The letter that stands for a level: the first of what its name has beside "NTM"."""
    if level is None:
        return _NONE
    return level.label.replace("NTM", "").strip()[:1].upper() or "N"


def _legend(placed: Sequence[MappedUnit], programme: Programme) -> Table:
    counts = Counter(unit.level for unit in placed)

    def share(level: Level | None) -> Decimal | None:
        return percent(Fraction(counts[level], len(placed))) if placed else None

    columns: list[Column[Level | None]] = [
        Column("square", "", CellKind.SQUARES, of=lambda level: Squares([_plain_square(level)])),
        Column("level", _("Highest level"), of=lambda level: level.label if level else _("none yet")),
        Column("count", _("Communes"), CellKind.COUNT, of=lambda level: counts[level]),
        Column("percent", _("Per cent"), CellKind.PERCENT, of=share),
    ]
    highest = [level for level in reversed(programme.levels) if counts[level]]
    return Table.of("legend", "", [*highest, None], columns)


def _tidy(placed: Sequence[MappedUnit]) -> Table:
    columns: list[Column[MappedUnit]] = [
        Column("district", "district", of=lambda unit: unit.unit.parent_name),
        Column("code", "code", of=lambda unit: unit.unit.code),
        Column("name", "name", of=lambda unit: unit.unit.title),
        Column("level", "level", of=lambda unit: level_cell(unit.level)),
        Column("illustrative", "illustrative", CellKind.COUNT, of=lambda unit: int(unit.made_up)),
    ]
    return Table.of("units", "", placed, columns)


class _YearOfTarget(NamedTuple):
    """A row of the trend: a target in a year. `title` is empty after its first; `scale` the longest of its bars."""

    target: LineKey
    title: str
    line: Line
    scale: int


def trend_report(years: Sequence[tuple[int, Sequence[Line]]], context: ReportContext) -> Report:
    """Every target that the ledger counts, a row a year: plan and actual as bars of one scale, and the gap."""
    programme = context.programme
    every = [line for _year, lines in years for line in lines]
    return Report(
        key="trend",
        title=_("Trend of {scope}, {programme}").format(scope=context.scope, programme=programme.key),
        subtitle=as_of(context.moment, context.basis),
        tables=[
            _trend_table(table_key("trend", ladder), heading, of_ladder, programme)
            for ladder, heading, of_ladder in by_ladder([line for line in every if line.bases], programme)
        ],
        notes=notes_on_progress([line for line in every if line.bases and line.actual], context),
        facts=report_facts(context),
        data=lambda: [tidy_table([PlanLines(context.roadmap, every)])],
    )


def _trend_table(key: str, heading: str, lines: Sequence[Line], programme: Programme) -> Table:
    """The years of every target that anything is counted of, each with its bars."""
    rows: list[_YearOfTarget] = []
    for target in dict.fromkeys(line.key for line in lines):
        of_years = [line.in_its_year for line in lines if line.key == target]
        if any_actual(of_years):
            scale = max(map(_most, of_years))
            titles = [line_title(target._replace(of_set=None), programme), *[""] * (len(of_years) - 1)]
            rows += [_YearOfTarget(target, title, line, scale) for title, line in zip(titles, of_years, strict=True)]

    def measure(column: Column[Line]) -> Column[_YearOfTarget]:
        return column.on(lambda row: row.line)

    columns: list[Column[_YearOfTarget]] = [
        Column("line", heading, of=lambda row: row.title),
        Column("year", _("Year"), CellKind.YEAR, of=lambda row: row.line.year),
        measure(figure("plan_cumulative", _("plan"), CellKind.COUNT)),
        Column("plan_bar", "", CellKind.BAR, of=_plan_bar),
        measure(figure("actual_cumulative", _("actual"), CellKind.COUNT)),
        Column("actual_bar", _("┃ plan"), CellKind.BAR, of=_actual_bar),
        measure(figure("gap", _("gap"), CellKind.COUNT)),
        measure(figure("status", _("Status"), CellKind.STATUS)),
    ]
    return Table.of(key, "", rows, columns, group=lambda row: row.target)


def _most(line: Line) -> int:
    """The longer of the two bars of a year."""
    return max(line.goal.number if line.goal else 0, line.actual.reached if line.actual else 0)


def _plan_bar(row: _YearOfTarget) -> Bar | None:
    return Bar(row.line.goal.number, row.scale) if row.line.goal else None


def _actual_bar(row: _YearOfTarget) -> Bar | None:
    goal = row.line.goal.number if row.line.goal else None
    return Bar(row.line.actual.reached, row.scale, goal) if row.line.actual else None
