"""Progress over the whole period, years side by side."""

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from ntmtrack.dates import year_end
from ntmtrack.i18n import _, day, number
from ntmtrack.model import Level, Programme
from ntmtrack.progress.line import Actual, Line
from ntmtrack.progress.status import Status
from ntmtrack.reports import CellKind, CellValue, Column, LabelledCode, Report, Table
from ntmtrack.reports.districts import DistrictLines, change_in_year
from ntmtrack.reports.figures import PlanLines, ReportContext
from ntmtrack.reports.labels import as_of
from ntmtrack.reports.line_columns import by_ladder, figure, label_column, other_years_tables, shown_cell
from ntmtrack.reports.plan_notes import no_data_notes
from ntmtrack.reports.progress_notes import notes_on_progress
from ntmtrack.reports.progress_tables import plan_and_actual, report_facts, table_key, tidy_table
from ntmtrack.roadmaps import LineKey, line_title


def period_report(years: Sequence[tuple[int, Sequence[Line]]], context: ReportContext) -> Report:
    """Every year of the programme side by side; years that have not come yet show their plan only."""
    every = [line for _year, lines in years for line in lines]
    counted = [line for line in every if line.bases]
    return Report(
        key="progress-years",
        title=_("Progress of {scope}, {programme}").format(scope=context.scope, programme=context.programme.key),
        subtitle=as_of(context.moment, context.basis),
        tables=[
            *_side_by_side([year for year, _lines in years], counted, context.programme),
            *other_years_tables([line for line in counted if line.day == context.moment.day], context.programme),
        ],
        data=lambda: [tidy_table([PlanLines(context.roadmap, every)])],
        notes=[
            *notes_on_progress([line for line in counted if line.status is not Status.NO_DATA], context),
            *no_data_notes(
                context.roadmap,
                [line for line in every if not line.is_told],
                context.programme,
            ),
        ],
        facts=report_facts(context),
    )


class _FigureOfYears(NamedTuple):
    """A row of the years side by side: a figure of one target, of each year that has its line."""

    target: LineKey
    title: str
    figure: str
    key: str
    lines: Mapping[int, Line]


def _side_by_side(years: Sequence[int], lines: Sequence[Line], programme: Programme) -> list[Table]:
    """The years of every target, a table for each set of levels."""
    return [
        _of_one_set(table_key("years", ladder), heading, years, of_ladder, programme)
        for ladder, heading, of_ladder in by_ladder(lines, programme)
    ]


def _of_one_set(key: str, heading: str, years: Sequence[int], lines: Sequence[Line], programme: Programme) -> Table:
    rows: list[_FigureOfYears] = []
    for target in dict.fromkeys(line.key for line in lines):
        of_years = {line.year: line.in_its_year for line in lines if line.key == target}
        for place, (name, figure_key) in enumerate(_figures_of_years(list(of_years.values()))):
            title = line_title(target._replace(of_set=None), programme) if place == 0 else ""
            rows.append(_FigureOfYears(target, title, name, figure_key, of_years))
    columns: list[Column[_FigureOfYears]] = [
        Column("line", heading, of=lambda row: row.title),
        Column("figure", "", of=lambda row: row.figure),
        *map(_year_column, years),
    ]
    return Table.of(key, _("The whole period") if key == "years" else "", rows, columns, group=lambda row: row.target)


def _year_column(year: int) -> Column[_FigureOfYears]:
    def cell(row: _FigureOfYears) -> CellValue:
        line = row.lines.get(year)
        return shown_cell(row.key, line) if line else None

    return Column(f"y{year}", str(year), CellKind.COUNT, of=cell)


def _figures_of_years(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """The rows of one target: in the year, cumulative, per cent; plan and actual each; what was lost, if anything."""
    lost = any(line.actual and line.actual.lost for line in lines)
    per_cent_alone = any(line.plan and line.plan.cumulative is None and line.plan.percent for line in lines)
    return [
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


LINES, YEARS, DISTRICTS = "lines", "years", "districts"  # keys of the tables


def numbered(table: Table) -> Table:
    """The table with a column of running numbers before the others."""
    table = table.in_text()
    rows = [[place, *row] for place, row in enumerate(table.rows, start=1)]
    return table._replace(columns=[Column("number", _("No."), CellKind.COUNT), *table.columns], rows=rows)


def years_table(years: Sequence[tuple[int, Sequence[Line]]], programme: Programme) -> Table:
    """Every target that the ledger counts, a row a year: plan and actual, added, lost, cumulative, per cent."""
    columns: list[Column[Line]] = [
        label_column(_("Target"), programme),
        Column("year", _("Year"), CellKind.YEAR, of=lambda line: line.year),
        *(
            column.on(attrgetter("in_its_year"))
            for column in plan_and_actual(_("Added in the year"), _("Cumulative"), lost=any_lost(years))
        ),
    ]
    lines = [line for of_target in by_target(years).values() for line in of_target]
    return Table.of(YEARS, _("The whole period"), lines, columns, group=lambda line: line.key)


def any_lost(years: Sequence[tuple[int, Sequence[Line]]]) -> bool:
    """Whether any unit was lost in any year."""
    return any(line.actual and line.actual.lost for _year, lines in years for line in lines)


def by_target(years: Sequence[tuple[int, Sequence[Line]]]) -> dict[LineKey, list[Line]]:
    """The lines that the ledger counts, by target, each target's by year."""
    targets: dict[LineKey, list[Line]] = {}
    for _year, lines in years:
        for line in lines:
            if line.bases:
                targets.setdefault(line.key, []).append(line)
    return targets


class DistrictRemarks(NamedTuple):
    """What is told of a district beside its figures: its name, its own level with the year, its made-up communes."""

    name: str
    level: str | None
    made_up: int


class _DistrictRow(NamedTuple):
    """A district, or beneath them all of them: with its number, its lines by level, and what else is told of it."""

    number: int | str
    lines: Mapping[str, Line]
    remarks: DistrictRemarks

    @property
    def all_communes(self) -> Actual:
        """What is counted at the lowest level, with the number of all communes."""
        actual = next(iter(self.lines.values())).actual
        assert actual is not None, "a district is shown for its communes"
        return actual


def districts_table(
    standings: Sequence[DistrictLines],
    whole: Mapping[str, Line],
    levels: Sequence[Level],
    remarks: Mapping[int, DistrictRemarks],
    year: int,
) -> Table:
    """The districts in official order: communes, how many at each level or above, the change, their own level."""
    made_up = sum(remarks[district.unit.id].made_up for district in standings)
    rows = [
        *(_DistrictRow(place, row.lines, remarks[row.unit.id]) for place, row in enumerate(standings, start=1)),
        _DistrictRow("", whole, DistrictRemarks(_("In all"), "", made_up)),
    ]
    columns: list[Column[_DistrictRow]] = [
        Column("number", _("No."), CellKind.COUNT, of=lambda row: row.number),
        Column("district", _("Unit"), of=lambda row: row.remarks.name),
        Column("total", _("Communes in all"), CellKind.COUNT, of=lambda row: row.all_communes.total),
        *(column for level in levels for column in _columns_of(level, year)),
        Column(
            "none",
            _("Communes not yet"),
            CellKind.COUNT,
            of=lambda row: row.all_communes.total - row.all_communes.reached,
        ),
        Column("own_level", _("The district itself"), of=lambda row: row.remarks.level),
        Column("remark", _("Remark"), of=lambda row: _remark(row.remarks.made_up)),
    ]
    return Table.of(DISTRICTS, _("By district"), rows, columns)._replace(sums=1)


def _columns_of(level: Level, year: int) -> list[Column[_DistrictRow]]:
    """Of one level: how many communes, their share of all communes, the change since the year before."""
    heading = _("Communes at {level}").format(level=level.title)
    change = _("± since {day}").format(day=day(year_end(year - 1)))
    columns: list[Column[Line]] = [
        figure("actual_cumulative", _("count"), CellKind.COUNT, heading)._replace(key=f"{level.field}_reached"),
        figure("actual_percent", _("Per cent"), CellKind.PERCENT, heading)._replace(key=f"{level.field}_percent"),
        Column(f"{level.field}_change", change, CellKind.COUNT, heading, of=change_in_year),
    ]
    return [column.on(lambda row: row.lines[level.key]) for column in columns]


def _remark(made_up: int) -> LabelledCode | None:
    """How many communes rest on illustrative recognitions."""
    return LabelledCode(str(made_up), _("ILLUSTRATIVE {count}").format(count=number(made_up))) if made_up else None


def steps_table(names: Sequence[str], ranks: Sequence[Sequence[int]], levels: Sequence[Level]) -> Table:
    """How many communes of each part have each level as their highest, none yet first; `ranks` are those of a part."""

    def step(key: str, title: str, rank: int) -> Column[tuple[str, Sequence[int]]]:
        return Column(key, title, CellKind.COUNT, of=lambda part: part[1].count(rank))

    columns: list[Column[tuple[str, Sequence[int]]]] = [
        Column("part", _("Unit"), of=lambda part: part[0]),
        step("none", _("Not yet"), 0),
        *(step(level.field, level.label, rank) for rank, level in enumerate(levels, start=1)),
    ]
    return Table.of("steps", _("Communes by highest level"), zip(names, ranks, strict=True), columns)


class _Curve(NamedTuple):
    """Plan or actual of a target, by year."""

    target: LineKey
    title: str
    units: Mapping[int, int | None]


def curves_table(years: Sequence[tuple[int, Sequence[Line]]], programme: Programme) -> Table:
    """Plan and actual of each target, a row each, by year, as numbers to be drawn."""
    curves: list[_Curve] = []
    for key, lines in by_target(years).items():
        if any_actual(lines):
            title = line_title(key, programme)
            planned = {line.year: _planned(line) for line in lines}
            reached = {line.year: line.actual.reached if line.actual else None for line in lines}
            curves.append(_Curve(key, _("{line}, plan").format(line=title), planned))
            curves.append(_Curve(key, _("{line}, actual").format(line=title), reached))

    def of_year(year: int) -> Column[_Curve]:
        return Column(f"y{year}", str(year), CellKind.COUNT, of=lambda curve: curve.units.get(year))

    columns: list[Column[_Curve]] = [
        Column("line", _("Target"), of=lambda curve: curve.title),
        *(of_year(year) for year, _lines in years),
    ]
    return Table.of("curves", _("Cumulative, by year"), curves, columns, group=lambda curve: curve.target)


def any_actual(lines: Sequence[Line]) -> bool:
    """Whether the ledger counts anything for a target in any year."""
    return any(line.actual for line in lines)


def _planned(line: Line) -> int | None:
    """What is planned for the very year of the line, in units."""
    if line.plan is None or line.goal is None:
        return None
    return line.goal.number if line.plan.year == line.year else None
