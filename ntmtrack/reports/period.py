"""Progress over the whole period, years side by side."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ntmtrack.dates import year_end
from ntmtrack.i18n import _, day, number
from ntmtrack.model import Level, Programme
from ntmtrack.progress.line import Line
from ntmtrack.progress.status import Status
from ntmtrack.reports.districts import DistrictLines
from ntmtrack.reports.figures import PlanLines, ReportContext
from ntmtrack.reports.labels import as_of
from ntmtrack.reports.line_columns import for_people, of_other_years
from ntmtrack.reports.plan_notes import without_data
from ntmtrack.reports.progress_notes import notes_on_progress
from ntmtrack.reports.progress_tables import plan_and_actual, report_facts, tidy
from ntmtrack.reports.report import Cell, CellKind, Column, LabelledCode, Report, SignedInt, Table
from ntmtrack.roadmaps.model import LineKey, line_title
from ntmtrack.roadmaps.shares import percent


def period_report(years: Sequence[tuple[int, Sequence[Line]]], grounds: ReportContext) -> Report:
    """Every year of the programme side by side; years that have not come yet show their plan only."""
    every = [line for _year, lines in years for line in lines]
    counted = [line for line in every if line.bases]
    return Report(
        key="progress-years",
        title=_("Progress of {scope}, {programme}").format(scope=grounds.scope, programme=grounds.programme.key),
        subtitle=as_of(grounds.moment, grounds.basis),
        tables=[
            _side_by_side([year for year, _lines in years], counted, grounds.programme),
            *of_other_years([line for line in counted if line.day == grounds.moment.day], grounds.programme),
        ],
        data=lambda: [tidy([PlanLines(grounds.roadmap, every)])],
        notes=[
            *notes_on_progress([line for line in counted if line.status is not Status.NO_DATA], grounds),
            *without_data(grounds.roadmap, [line for line in every if not line.bases], grounds.programme),
        ],
        facts=report_facts(grounds),
    )


def _side_by_side(years: Sequence[int], lines: Sequence[Line], programme: Programme) -> Table:
    columns = [
        Column("line", _("Target")),
        Column("figure", ""),
        *(Column(f"y{year}", str(year), CellKind.COUNT) for year in years),
    ]
    by_key = {(line.key, line.year): line.in_its_year for line in lines}
    rows: list[list[Cell]] = []
    sections = set()
    for key in dict.fromkeys(line.key for line in lines):
        sections.add(len(rows))
        of_line = [by_key.get((key, year)) for year in years]
        for place, (name, cells) in enumerate(_figures_of_years(of_line, programme)):
            rows.append([line_title(key, programme) if place == 0 else "", name, *cells])
    return Table("years", _("The whole period"), columns, rows, frozenset(sections))


def _figures_of_years(lines: Sequence[Line | None], programme: Programme) -> list[tuple[str, list[Cell]]]:
    """The rows of one target: in the year, cumulative, per cent; plan and actual each; what was lost, if anything."""
    lost = any(line and line.actual and line.actual.lost for line in lines)
    per_cent_alone = any(line and line.plan and line.plan.cumulative is None and line.plan.percent for line in lines)
    rows = [
        (_("in the year, plan"), "plan_added"),
        (_("in the year, actual"), "actual_added"),
        *([(_("in the year, lost"), "lost")] if lost else []),
        (_("cumulative, plan"), "plan_cumulative"),
        (_("cumulative, actual"), "actual_cumulative"),
        (_("gap"), "gap"),
        *([(_("per cent, plan"), "plan_percent")] if per_cent_alone else []),
        (_("per cent, actual"), "actual_percent"),
        (_("status"), "status"),
    ]
    return [(name, [for_people([key], line, programme)[0] if line else None for line in lines]) for name, key in rows]


LINES, YEARS, DISTRICTS = "lines", "years", "districts"  # keys of the tables


def numbered(table: Table) -> Table:
    """The table with a column of running numbers before the others."""
    table = table.in_text()
    rows = [[place, *row] for place, row in enumerate(table.rows, start=1)]
    return table._replace(columns=[Column("number", _("No."), CellKind.COUNT), *table.columns], rows=rows)


def years_table(years: Sequence[tuple[int, Sequence[Line]]], programme: Programme) -> Table:
    """Every target that the ledger counts, a row a year: plan and actual, added, lost, cumulative, per cent."""
    columns = [
        Column("line", _("Target")),
        Column("year", _("Year"), CellKind.YEAR),
        *plan_and_actual(_("Added in the year"), _("Cumulative"), lost=any_lost(years)),
    ]
    keys = [column.key for column in columns[2:]]
    rows: list[list[Cell]] = []
    sections = set()
    for key, lines in by_target(years).items():
        sections.add(len(rows))
        title = line_title(key, programme)
        rows += [[title, line.year, *for_people(keys, line.in_its_year, programme)] for line in lines]
    return Table(YEARS, _("The whole period"), columns, rows, frozenset(sections))


def any_lost(years: Sequence[tuple[int, Sequence[Line]]]) -> bool:
    """Whether any unit was lost in any year."""
    return any(line.actual and line.actual.lost for _year, lines in years for line in lines)


def by_target(years: Sequence[tuple[int, Sequence[Line]]]) -> dict[LineKey, list[Line]]:
    """The lines that the ledger counts, by target, each target's by year."""
    found: dict[LineKey, list[Line]] = {}
    for _year, lines in years:
        for line in lines:
            if line.bases:
                found.setdefault(line.key, []).append(line)
    return found


class DistrictRemarks(NamedTuple):
    """What is told of a district beside its figures: its name, its own level with the year, its made-up communes."""

    name: str
    level: LabelledCode | None
    made_up: int


def districts_table(
    standings: Sequence[DistrictLines],
    whole: Mapping[str, Line],
    levels: Sequence[Level],
    told: Mapping[int, DistrictRemarks],
    year: int,
) -> Table:
    """The districts in official order: communes, how many at each level or above, the change, their own level."""
    change = _("± since {day}").format(day=day(year_end(year - 1)))
    columns = [
        Column("number", _("No."), CellKind.COUNT),
        Column("district", _("Unit")),
        Column("total", _("Communes in all"), CellKind.COUNT),
    ]
    for level in levels:
        heading = _("Communes at {level}").format(level=level.label)
        columns += [
            Column(f"{level.field}_reached", _("count"), CellKind.COUNT, heading),
            Column(f"{level.field}_percent", _("Per cent"), CellKind.PERCENT, heading),
            Column(f"{level.field}_change", change, CellKind.COUNT, heading),
        ]
    columns += [
        Column("none", _("Communes not yet"), CellKind.COUNT),
        Column("own_level", _("The district itself")),
        Column("remark", _("Remark")),
    ]
    rows: list[list[Cell]] = [
        [place, of.name, *_figures([*district.lines.values()]), of.level, _remark(of.made_up)]
        for place, district in enumerate(standings, start=1)
        for of in [told[district.unit.id]]
    ]
    lines = [whole[level.key] for level in levels]
    made_up = sum(told[district.unit.id].made_up for district in standings)
    rows.append(["", _("In all"), *_figures(lines), "", _remark(made_up)])
    return Table(DISTRICTS, _("By district"), columns, rows, sums=1)


def _figures(lines: Sequence[Line]) -> list[Cell]:
    """Total; of each level count, share of all communes and change; how many have none."""
    first = lines[0].actual
    assert first is not None, "a district is shown for its communes"
    cells: list[Cell] = [first.total]
    for line in lines:
        assert line.actual is not None
        share = None if line.share is None else percent(line.share)
        cells += [line.actual.reached, share, SignedInt(line.actual.added - line.actual.lost)]
    return [*cells, first.total - first.reached]


def _remark(made_up: int) -> LabelledCode | None:
    """How many communes rest on illustrative recognitions."""
    return LabelledCode(str(made_up), _("ILLUSTRATIVE {count}").format(count=number(made_up))) if made_up else None


def steps_table(names: Sequence[str], ranks: Sequence[Sequence[int]], levels: Sequence[Level]) -> Table:
    """How many communes of each part have each level as their highest, none yet first; `ranks` are those of a part."""
    columns = [
        Column("part", _("Unit")),
        Column("none", _("Not yet"), CellKind.COUNT),
        *(Column(level.field, level.label, CellKind.COUNT) for level in levels),
    ]
    rows: list[list[Cell]] = [
        [name, *(sum(rank == step for rank in of_part) for step in range(len(levels) + 1))]
        for name, of_part in zip(names, ranks, strict=True)
    ]
    return Table("steps", _("Communes by highest level"), columns, rows)


def curves_table(years: Sequence[tuple[int, Sequence[Line]]], programme: Programme) -> Table:
    """Plan and actual of each target, a row each, by year, as numbers to be drawn."""
    columns = [Column("line", _("Target")), *(Column(f"y{year}", str(year), CellKind.COUNT) for year, _lines in years)]
    rows: list[list[Cell]] = []
    sections = set()
    for key, lines in by_target(years).items():
        if any_actual(lines):
            of_year = {line.year: line for line in lines}
            title = line_title(key, programme)
            sections.add(len(rows))
            rows.append(
                [_("{line}, plan").format(line=title), *(_planned(of_year.get(year)) for year, _lines in years)]
            )
            rows.append(
                [_("{line}, actual").format(line=title), *(_reached(of_year.get(year)) for year, _lines in years)]
            )
    return Table("curves", _("Cumulative, by year"), columns, rows, frozenset(sections))


def any_actual(lines: Sequence[Line]) -> bool:
    """Whether the ledger counts anything for a target in any year."""
    return any(line.actual for line in lines)


def _planned(line: Line | None) -> int | None:
    """What is planned for the very year of the line, in units."""
    if line is None or line.plan is None or line.goal is None:
        return None
    return line.goal.number if line.plan.year == line.year else None


def _reached(line: Line | None) -> int | None:
    return line.actual.reached if line and line.actual else None
