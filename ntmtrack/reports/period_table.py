"""Progress over the whole period, years side by side."""

from collections.abc import Sequence

from ntmtrack.i18n import _
from ntmtrack.model import Programme
from ntmtrack.progress.line import Line
from ntmtrack.progress.status import Status
from ntmtrack.reports.line_figures import for_people
from ntmtrack.reports.other_targets import of_other_years
from ntmtrack.reports.plan_notes import without_data
from ntmtrack.reports.progress_notes import Grounds, notes
from ntmtrack.reports.progress_tables import Compared, facts, tidy
from ntmtrack.reports.values import Cell, CellKind, Column, Report, Table
from ntmtrack.reports.words import as_of
from ntmtrack.roadmaps.model import line_title


def whole_period(years: Sequence[tuple[int, Sequence[Line]]], grounds: Grounds) -> Report:
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
        data=lambda: [tidy([Compared(grounds.roadmap, every)])],
        notes=[
            *notes([line for line in counted if line.status is not Status.NO_DATA], grounds),
            *without_data(grounds.roadmap, [line for line in every if not line.bases], grounds.programme),
        ],
        facts=facts(grounds),
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
        for place, (name, cells) in enumerate(_figures(of_line, programme)):
            rows.append([line_title(key, programme) if place == 0 else "", name, *cells])
    return Table("years", _("The whole period"), columns, rows, frozenset(sections))


def _figures(lines: Sequence[Line | None], programme: Programme) -> list[tuple[str, list[Cell]]]:
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
