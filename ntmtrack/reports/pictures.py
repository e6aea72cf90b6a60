"""The whole at a glance: a square for every unit by its level; plan and actual of every year as small bars."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from ntmtrack.i18n import _, number
from ntmtrack.model import Basis, Level, Programme, Unit
from ntmtrack.progress.line import Line
from ntmtrack.progress.standings import Moment
from ntmtrack.reports.figures import PlanLines, ReportContext
from ntmtrack.reports.labels import as_of
from ntmtrack.reports.line_columns import for_people
from ntmtrack.reports.period import any_actual, by_target
from ntmtrack.reports.progress_notes import notes_on_progress
from ntmtrack.reports.progress_tables import report_facts, tidy
from ntmtrack.reports.report import Bar, Cell, CellKind, Column, Report, Square, Squares, Table
from ntmtrack.reports.units import level_cell
from ntmtrack.roadmaps.model import line_title
from ntmtrack.roadmaps.shares import percent

_NONE = "·"


class MappedUnit(NamedTuple):
    """A unit with its level (None: none yet); `made_up` is whether that rests on an illustrative recognition."""

    unit: Unit
    level: Level | None
    made_up: bool


def map_report(placed: Sequence[MappedUnit], programme: Programme, scope: str, moment: Moment, basis: Basis) -> Report:
    """A row a district, a square a commune in official order; beneath it what the squares mean, and how many."""
    parts: dict[tuple[int | None, str], list[MappedUnit]] = {}
    for unit in placed:
        parts.setdefault((unit.unit.parent_id, unit.unit.parent_name or scope), []).append(unit)
    columns = [
        Column("district", _("Unit")),
        Column("total", _("Communes"), CellKind.COUNT),
        Column("squares", "", CellKind.SQUARES),
    ]
    rows: list[list[Cell]] = [
        [name, len(units), Squares(_square(unit) for unit in units)] for (_key, name), units in parts.items()
    ]
    made_up = sum(unit.made_up for unit in placed)
    small = _("A small letter: rests on ILLUSTRATIVE data, not real ({count}).").format(count=number(made_up))
    return Report(
        key="map",
        title=_("Communes of {scope} by highest level").format(scope=scope),
        subtitle=as_of(moment, basis),
        tables=[Table("map", "", columns, rows), _legend(placed, programme)],
        notes=[_("Squares stand in the order of the official list (ntmtrack units)."), *([small] if made_up else [])],
        facts={"scope": scope, "as_of": moment.day.isoformat(), "basis": basis.value, "count": len(placed)},
        data=lambda: [_tidy(placed)],
    )


def _square(unit: MappedUnit) -> Square:
    letter = letter_of(unit.level)
    return Square(letter.lower() if unit.made_up else letter, unit.level.rank if unit.level else 0)


def letter_of(level: Level | None) -> str:
    """The letter that stands for a level: the first of what its name has beside "NTM"."""
    if level is None:
        return _NONE
    return level.label.replace("NTM", "").strip()[:1].upper() or "N"


def _legend(placed: Sequence[MappedUnit], programme: Programme) -> Table:
    columns = [
        Column("square", "", CellKind.SQUARES),
        Column("level", _("Highest level")),
        Column("count", _("Communes"), CellKind.COUNT),
        Column("percent", _("Per cent"), CellKind.PERCENT),
    ]
    highest = [level for level in programme.levels if any(unit.level == level for unit in placed)]
    rows: list[list[Cell]] = []
    for level in (*reversed(highest), None):
        count = sum(unit.level == level for unit in placed)
        square = Square(letter_of(level), level.rank if level else 0)
        share = percent(Fraction(count, len(placed))) if placed else None
        rows.append([Squares([square]), level.label if level else _("none yet"), count, share])
    return Table("legend", "", columns, rows)


def _tidy(placed: Sequence[MappedUnit]) -> Table:
    columns = [Column(key, key) for key in ("district", "code", "name", "level")]
    rows: list[list[Cell]] = [
        [unit.unit.parent_name, unit.unit.code, unit.unit.title, level_cell(unit.level), int(unit.made_up)]
        for unit in placed
    ]
    return Table("units", "", [*columns, Column("illustrative", "illustrative", CellKind.COUNT)], rows)


def trend_report(years: Sequence[tuple[int, Sequence[Line]]], grounds: ReportContext) -> Report:
    """Every target that the ledger counts, a row a year: plan and actual as bars of one scale, and the gap."""
    programme = grounds.programme
    every = [line for _year, lines in years for line in lines]
    columns = [
        Column("line", _("Target")),
        Column("year", _("Year"), CellKind.YEAR),
        Column("plan_cumulative", _("plan"), CellKind.COUNT),
        Column("plan_bar", "", CellKind.BAR),
        Column("actual_cumulative", _("actual"), CellKind.COUNT),
        Column("actual_bar", _("┃ plan"), CellKind.BAR),
        Column("gap", _("gap"), CellKind.COUNT),
        Column("status", _("Status"), CellKind.STATUS),
    ]
    rows: list[list[Cell]] = []
    sections = set()
    for key, lines in by_target(years).items():
        if not any_actual(lines):
            continue
        sections.add(len(rows))
        scale = max(_most(line.in_its_year) for line in lines)
        title = line_title(key, programme)
        for place, line in enumerate(line.in_its_year for line in lines):
            plan, actual, gap, status = for_people(_SHOWN, line, programme)
            bars_of = _bars(line, scale)
            rows.append([title if place == 0 else "", line.year, plan, bars_of[0], actual, bars_of[1], gap, status])
    return Report(
        key="trend",
        title=_("Trend of {scope}, {programme}").format(scope=grounds.scope, programme=programme.key),
        subtitle=as_of(grounds.moment, grounds.basis),
        tables=[Table("trend", "", columns, rows, frozenset(sections))],
        notes=notes_on_progress([line for line in every if line.bases and line.actual], grounds),
        facts=report_facts(grounds),
        data=lambda: [tidy([PlanLines(grounds.roadmap, every)])],
    )


_SHOWN = ("plan_cumulative", "actual_cumulative", "gap", "status")


def _most(line: Line) -> int:
    """The longer of the two bars of a year."""
    return max(line.goal.number if line.goal else 0, line.actual.reached if line.actual else 0)


def _bars(line: Line, scale: int) -> tuple[Bar | None, Bar | None]:
    plan = Bar(line.goal.number, scale) if line.goal else None
    goal = line.goal.number if line.goal else None
    return plan, Bar(line.actual.reached, scale, goal) if line.actual else None
