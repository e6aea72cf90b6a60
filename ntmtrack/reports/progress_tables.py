"""Progress at one moment as tables: against the plan, against those beside it, the distances, the highest levels."""

from collections.abc import Sequence

from ntmtrack.i18n import _
from ntmtrack.model import Programme
from ntmtrack.progress.line import Line
from ntmtrack.progress.standings import Ladder
from ntmtrack.reports.figures import PlanLines, ProgressFigures, ReportContext
from ntmtrack.reports.labels import as_of, tier_label
from ntmtrack.reports.line_columns import for_machines, for_people, of_other_years, plans_beside
from ntmtrack.reports.plan_notes import beside_notes, by_name_note
from ntmtrack.reports.progress_notes import notes_on_progress
from ntmtrack.reports.report import Cell, CellKind, Column, LabelledCode, Report, Table
from ntmtrack.roadmaps.model import MILESTONE


def moment_report(figures: ProgressFigures, *, wide: bool = False) -> Report:
    """The plan's lines at one moment; beneath them the plans beside it and the highest-level view."""
    own, beside, ladders, names, grounds = figures
    year = grounds.moment.day.year
    programme = grounds.programme
    highest = highest_levels(ladders, programme)
    return Report(
        key="progress",
        title=_("Progress of {scope} in {year}").format(scope=grounds.scope, year=year),
        subtitle=as_of(grounds.moment, grounds.basis),
        tables=[
            *against_plan(own.lines, year, programme),
            *([_distances(own.lines, programme)] if wide else []),
            *plans_beside(beside, programme),
            *([highest] if ladders else []),
        ],
        data=lambda: [tidy([own]), highest, tidy(beside, "beside")],
        notes=[
            *notes_on_progress(own.lines, grounds),
            *beside_notes(beside, programme),
            *(by_name_note(name, programme) for name in names),
        ],
        facts=report_facts(grounds),
    )


def highest_levels(ladders: Sequence[Ladder], programme: Programme) -> Table:
    """How many units have each level as their highest."""
    columns = [
        Column("tier", _("Highest level")),
        Column("total", _("Total"), CellKind.COUNT),
        Column("none", _("Not yet"), CellKind.COUNT),
        *(Column(level.field, level.label, CellKind.COUNT) for level in programme.levels),
    ]
    rows: list[list[Cell]] = [
        [LabelledCode(ladder.tier.value, tier_label(ladder.tier)), ladder.total, *ladder.steps]
        for ladder in ladders
        if ladder.total
    ]
    return Table("highest", _("Highest level reached"), columns, rows)


def against_plan(lines: Sequence[Line], year: int, programme: Programme) -> list[Table]:
    """What the ledger counts, and beneath it what else the plan asks for, of which there are no figures yet."""
    counted = [line for line in lines if line.bases]
    others = [line for line in _figures(lines) if not line.bases]
    of_year = [line.in_its_year for line in counted]
    tables = [
        Table("lines", _("Progress against the roadmap"), columns(year), rows(columns(year), of_year, programme)),
        *of_other_years(counted, programme),
    ]
    return [*tables, _without_data(others, programme)] if others else tables


def columns(year: int) -> list[Column]:
    """The columns of the comparison with a plan."""
    in_year, so_far = _("In {year}").format(year=year), _("So far")
    return [
        Column("line", _("Target")),
        *plan_and_actual(in_year, so_far),
        Column("bar", _("┃ plan"), CellKind.BAR),
    ]


def plan_and_actual(added: str, cumulative: str, *, lost: bool = False) -> list[Column]:
    """A plan's figures beside the actual ones, under headings for what was added and what there is in all."""
    share, plan, actual = _("Per cent"), _("plan"), _("actual")
    return [
        Column("plan_added", plan, CellKind.COUNT, added),
        Column("actual_added", actual, CellKind.COUNT, added),
        *([Column("lost", _("Lost in the year"), CellKind.COUNT)] if lost else []),
        Column("plan_cumulative", plan, CellKind.COUNT, cumulative),
        Column("actual_cumulative", actual, CellKind.COUNT, cumulative),
        Column("gap", _("gap"), CellKind.COUNT, cumulative),
        Column("total", _("Total"), CellKind.COUNT),
        Column("plan_percent", plan, CellKind.PERCENT, share),
        Column("actual_percent", actual, CellKind.PERCENT, share),
        Column("status", _("Status"), CellKind.STATUS),
    ]


def _without_data(lines: Sequence[Line], programme: Programme) -> Table:
    shown = [
        Column("line", _("Other targets of the plan")),
        Column("asked", _("Plan")),
        Column("status", _("Status"), CellKind.STATUS),
    ]
    return Table("others", _("Targets of which the ledger holds no figures yet"), shown, rows(shown, lines, programme))


def _figures(lines: Sequence[Line]) -> list[Line]:
    """The lines that are more than a milestone of the work; those go into the notes."""
    return [line for line in lines if line.key.measure != MILESTONE]


def _distances(lines: Sequence[Line], programme: Programme) -> Table:
    """The measures of the distance that the main table has no room for."""
    shown = [
        Column("line", _("Target")),
        Column("gap_points", _("points"), CellKind.PERCENT, _("Gap")),
        Column("months_ahead", _("months"), CellKind.RATE, _("Gap")),
        Column("completion", _("so far"), CellKind.PERCENT, _("Done, % of plan")),
        Column("year_completion", _("in the year"), CellKind.PERCENT, _("Done, % of plan")),
        Column("from_baseline", _("of the way"), CellKind.PERCENT, _("Done, % of plan")),
        Column("required_pace", _("Needed a year"), CellKind.RATE),
        Column("room", _("Room"), CellKind.COUNT),
    ]
    counted = [line.in_its_year for line in lines if line.actual]
    return Table("distances", _("How far from the plan"), shown, rows(shown, counted, programme))


_COUNTS = (
    "plan_added",
    "plan_added_high",
    "actual_added",
    "lost",
    "plan_cumulative",
    "plan_cumulative_high",
    "needed",
    "actual_cumulative",
    "gap",
    "total",
)
_MEASURES = (
    "plan_percent",
    "plan_percent_high",
    "actual_percent",
    "gap_points",
    "completion",
    "year_completion",
    "from_baseline",
)
_DISTANCES = ("months_ahead", "required_pace")


def tidy(compared: Sequence[PlanLines], key: str = "lines") -> Table:
    """Every figure of every line under stable names, one row a line; what people read in words is in `asked`."""
    names = [
        *(
            Column(key, key)
            for key in ("roadmap", "tier", "measure", "level", "counts", "within", "each", "name", "asked")
        ),
        Column("year", "year", CellKind.YEAR),
        Column("operator", "operator"),
        Column("plan_year", "plan_year", CellKind.YEAR),
        *(Column(key, key, CellKind.COUNT) for key in _COUNTS),
        *(Column(key, key, CellKind.PERCENT) for key in (*_MEASURES, *_DISTANCES)),
        *(Column(key, key, CellKind.COUNT) for key in ("room", "denominator")),
        *(Column(key, key) for key in ("share_of", "status")),
        *(Column(key, key, CellKind.COUNT) for key in ("illustrative", "unverified", "left")),
    ]
    keys = [column.key for column in names[1:]]
    found = [
        [plan.plan.key if plan.plan and line.plan else None, *for_machines(keys, line)]
        for plan in compared
        for line in plan.lines
    ]
    return Table(key, "", names, found)


def rows(columns: Sequence[Column], lines: Sequence[Line], programme: Programme) -> list[list[Cell]]:
    """The cells of these columns, a row a line."""
    keys = [column.key for column in columns]
    return [for_people(keys, line, programme) for line in lines]


def report_facts(grounds: ReportContext) -> dict[str, str | int | None]:
    """What a report rests on, under stable names."""
    return {
        "scope": grounds.scope,
        "programme": grounds.programme.key,
        "basis": grounds.basis.value,
        "as_of": grounds.moment.day.isoformat(),
        "units_on": grounds.moment.units_on.isoformat(),
        "roadmap": grounds.roadmap.key if grounds.roadmap else None,
        "undated": grounds.undated,
    }
