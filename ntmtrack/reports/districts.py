"""Progress by district as tables: every level in short, or one level with every measure."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from ntmtrack.i18n import _
from ntmtrack.model import Level, Programme, Tier, Unit
from ntmtrack.progress.line import Line
from ntmtrack.reports.figures import ReportContext
from ntmtrack.reports.labels import as_of, line_label
from ntmtrack.reports.line_columns import for_machines, for_people
from ntmtrack.reports.plan_notes import notes_on_districts
from ntmtrack.reports.progress_notes import denominator_notes, doubt_notes, notes_on_progress
from ntmtrack.reports.progress_tables import report_facts
from ntmtrack.reports.report import Cell, CellKind, Column, Report, SignedDecimal, SignedInt, Table
from ntmtrack.roadmaps.shares import percent


class DistrictLines(NamedTuple):
    """One district's lines by level, its shares at the end of the year before, and its rank now and then."""

    unit: Unit
    lines: Mapping[str, Line]
    before: Mapping[str, Fraction]
    rank: int = 0
    rank_before: int = 0

    @property
    def scores(self) -> tuple[Fraction, ...]:
        """What it is ranked by: its share of each level, in order."""
        return tuple(line.share or Fraction(0) for line in self.lines.values())


class ScopeLines(NamedTuple):
    """The lines of the whole scope by level, and its shares at the end of the year before.

    `unknown` are districts for which the plan has figures and that fit no unit of the ledger surely.
    """

    lines: Mapping[str, Line]
    before: Mapping[str, Fraction]
    unknown: Sequence[str] = ()


def districts_report(
    levels: Sequence[Level], ranked: Sequence[DistrictLines], whole: ScopeLines, grounds: ReportContext
) -> Report:
    """The districts by rank; of one level alone every measure."""
    alone = levels[0] if len(levels) == 1 else None
    table = _in_full(alone, ranked, whole, grounds.programme) if alone else _in_short(levels, ranked, whole.lines)
    rule = _("Ranked by the share of {levels}; those alike share a rank. The change is on the end of the year before.")
    named = _(", then ").join(line_label(Tier.COMMUNE, level) for level in levels)
    return Report(
        key="progress-districts",
        title=_("Progress of {scope} by district in {year}").format(scope=grounds.scope, year=grounds.moment.day.year),
        subtitle=as_of(grounds.moment, grounds.basis),
        tables=[table],
        data=lambda: [_tidy(levels, ranked)],
        notes=[rule.format(levels=named), *_notes(ranked, whole, grounds)],
        facts=report_facts(grounds),
    )


def _notes(ranked: Sequence[DistrictLines], whole: ScopeLines, grounds: ReportContext) -> list[str]:
    """What the table rests on; of the plan only where it has shares for districts."""
    lines = list(whole.lines.values())
    planned = [(district.unit.title, line) for district in ranked for line in district.lines.values() if line.plan]
    unknown = _("The plan has figures for {names}, which fit no unit of the ledger surely: they are left out.")
    left_out = [unknown.format(names=", ".join(whole.unknown))] if whole.unknown else []
    if planned or left_out:
        said = [*notes_on_progress(lines, grounds), *left_out, *notes_on_districts(planned, grounds.programme)]
        return list(dict.fromkeys(said))
    return [*doubt_notes(lines, grounds.programme), *denominator_notes(lines, grounds.programme)]


def _in_short(levels: Sequence[Level], ranked: Sequence[DistrictLines], whole: Mapping[str, Line]) -> Table:
    columns = [
        Column("rank", _("Rank"), CellKind.COUNT),
        Column("district", _("District")),
        Column("total", _("Communes"), CellKind.COUNT),
    ]
    for level in levels:
        columns += [
            Column(f"{level.key}_reached", _("count"), CellKind.COUNT, level.label),
            Column(f"{level.key}_percent", "%", CellKind.PERCENT, level.label),
            Column(f"{level.key}_change", "±", CellKind.COUNT, level.label),
        ]
    rows: list[list[Cell]] = []
    for district in ranked:
        of_unit = list(district.lines.values())
        rows.append([district.rank, district.unit.title, _total(of_unit[0]), *_short(of_unit)])
    lines = [whole[level.key] for level in levels]
    rows.append([None, _("All"), _total(lines[0]), *_short(lines)])
    return Table("districts", _("By district"), columns, rows, frozenset({len(rows) - 1}))


def _short(lines: Sequence[Line]) -> list[Cell]:
    cells: list[Cell] = []
    for line in lines:
        cells += [
            line.actual and line.actual.reached,
            None if line.share is None else percent(line.share),
            _change(line),
        ]
    return cells


def _change(line: Line) -> SignedInt | None:
    """How many more units than at the end of the year before."""
    return SignedInt(line.actual.added - line.actual.lost) if line.actual else None


def _total(line: Line) -> int | None:
    return line.actual.total if line.actual else None


def _of_another_year() -> list[Column]:
    """The columns of targets that are printed for another year."""
    heading = _("Target of another year")
    return [
        Column("plan_year", _("By"), CellKind.YEAR, heading),
        Column("other_needed", _("plan"), CellKind.COUNT, heading),
        Column("other_left", _("left"), CellKind.COUNT, heading),
    ]


def _in_full(level: Level, ranked: Sequence[DistrictLines], whole: ScopeLines, programme: Programme) -> Table:
    """Every measure of one level; the plan's only where it has shares for districts."""
    lines = [*(district.lines[level.key] for district in ranked), whole.lines[level.key]]
    planned = any(district.lines[level.key].plan for district in ranked)
    of_year = planned and any(line.in_its_year.plan for line in lines)
    elsewhere = planned and any(line.is_of_another_year for line in lines)
    columns = [
        Column("rank", _("Rank"), CellKind.COUNT),
        Column("rank_change", _("± rank"), CellKind.COUNT),
        Column("district", _("District")),
        Column("total", _("Communes"), CellKind.COUNT),
        Column("actual_added", _("in the year"), CellKind.COUNT),
        *([Column("plan_cumulative", _("plan"), CellKind.COUNT, _("So far"))] if of_year else []),
        Column("actual_cumulative", _("actual"), CellKind.COUNT, _("So far")),
        *([Column("gap", _("gap"), CellKind.COUNT, _("So far"))] if of_year else []),
        Column("actual_percent", "%", CellKind.PERCENT),
        Column("points_change", _("± points"), CellKind.PERCENT),
        Column("room", _("Room"), CellKind.COUNT),
        *(_of_another_year() if elsewhere else []),
        *([Column("status", _("Status"), CellKind.STATUS)] if planned else []),
    ]
    keys = [column.key for column in columns]
    rows = [_row(keys, district, level, programme) for district in ranked]
    of_line = [key for key in keys if key not in _OF_DISTRICT]
    whole_scope: dict[str, Cell] = dict(zip(of_line, _of_line(of_line, whole.lines[level.key], programme), strict=True))
    whole_scope |= {"district": _("All"), "points_change": _change_of(whole.lines[level.key], whole.before[level.key])}
    rows.append([whole_scope.get(key) for key in keys])
    return Table("districts", line_label(Tier.COMMUNE, level), columns, rows, frozenset({len(rows) - 1}))


_OF_DISTRICT: Mapping[str, Callable[[DistrictLines, Line], Cell]] = {
    "rank": lambda district, _line: district.rank,
    "rank_before": lambda district, _line: district.rank_before,
    "rank_change": lambda district, _line: SignedInt(district.rank_before - district.rank),
    "district": lambda district, _line: district.unit.title,
    "district_code": lambda district, _line: district.unit.code,
    "change": lambda _one, line: _change(line),
    "points_change": lambda district, line: _change_of(line, district.before[line.key.measure]),
}


def _change_of(line: Line, before: Fraction) -> SignedDecimal | None:
    """The share less that of the end of the year before, in points."""
    return None if line.share is None else SignedDecimal(percent(line.share - before))


def _row(keys: Sequence[str], district: DistrictLines, level: Level, programme: Programme) -> list[Cell]:
    line = district.lines[level.key]
    return [
        _OF_DISTRICT[key](district, line) if key in _OF_DISTRICT else _of_line([key], line, programme)[0]
        for key in keys
    ]


def _of_line(keys: Sequence[str], line: Line, programme: Programme) -> list[Cell]:
    """The figures of a line: those of its year, and under their own headings those of a target of another."""
    return [_figure(key, line, programme) for key in keys]


def _figure(key: str, line: Line, programme: Programme) -> Cell:
    if key not in _ELSEWHERE:
        return for_people([key], line.in_its_year, programme)[0]
    return for_people([_ELSEWHERE[key]], line, programme)[0] if line.is_of_another_year else None


_ELSEWHERE = {"plan_year": "plan_year", "other_needed": "needed", "other_left": "left"}


def _tidy(levels: Sequence[Level], ranked: Sequence[DistrictLines]) -> Table:
    """A row a district and level, under the names that `progress` uses."""
    counts = ("rank", "rank_before", "rank_change", "total", "actual_added", "lost", "change", "plan_added")
    more = ("plan_cumulative", "needed", "actual_cumulative", "gap", "room")
    shares = (
        "plan_percent",
        "actual_percent",
        "gap_points",
        "completion",
        "year_completion",
        "from_baseline",
        "points_change",
    )
    columns = [
        *(Column(key, key) for key in ("district", "district_code", "tier", "measure", "level", "asked", "operator")),
        *(Column(key, key, CellKind.YEAR) for key in ("year", "plan_year")),
        *(Column(key, key, CellKind.COUNT) for key in (*counts, *more)),
        *(Column(key, key, CellKind.PERCENT) for key in (*shares, "months_ahead", "required_pace")),
        *(Column(key, key, CellKind.COUNT) for key in ("illustrative", "unverified")),
        Column("status", "status"),
    ]
    keys = [column.key for column in columns]
    rows = [
        [_OF_DISTRICT[key](district, line) if key in _OF_DISTRICT else for_machines([key], line)[0] for key in keys]
        for level in levels
        for district in ranked
        for line in [district.lines[level.key]]
    ]
    return Table("districts", "", columns, rows)
