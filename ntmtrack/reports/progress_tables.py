"""Progress at one moment as tables: against the plan, against those beside it, the distances, the highest levels."""

from collections.abc import Sequence

from ntmtrack.i18n import _
from ntmtrack.model import Programme
from ntmtrack.programmes.ladders import KEPT, OWN, set_words
from ntmtrack.progress import Ladder
from ntmtrack.progress.line import Line
from ntmtrack.reports import CellKind, Column, LabelledCode, Report, Table
from ntmtrack.reports.figures import PlanLines, ProgressFigures, ReportContext
from ntmtrack.reports.labels import as_of, listed_on, tier_label
from ntmtrack.reports.line_columns import (
    beside_tables,
    by_ladder,
    figure,
    has_sets,
    label_column,
    label_in_set,
    other_years_tables,
    tidy_figure,
)
from ntmtrack.reports.plan_notes import beside_notes, named_units_note
from ntmtrack.reports.progress_notes import notes_on_progress
from ntmtrack.reports.tasks import tasks_table
from ntmtrack.roadmaps import MILESTONE, Roadmap


def moment_report(figures: ProgressFigures, *, wide: bool = False, on_paper: bool = False) -> Report:
    """The plan's lines at one moment; beneath them the plans beside it and the highest-level view."""
    own, beside, ladders, names, context = figures
    year = context.moment.day.year
    programme = context.programme
    highest = highest_table(ladders, programme)
    return Report(
        key="progress",
        title=_("Progress of {scope} in {year}").format(scope=context.scope, year=year),
        subtitle=as_of(context.moment, context.basis),
        tables=[
            *tables_against_plan(own.lines, year, programme),
            *([_distances(own.lines, programme)] if wide else []),
            *beside_tables(beside, programme),
            *([highest] if ladders else []),
        ],
        data=lambda: [tidy_table([own]), highest_table(ladders, programme, tidy=True), tidy_table(beside, "beside")],
        notes=[
            *notes_on_progress(own.lines, context, with_ways=not on_paper),
            *beside_notes(beside, programme),
            *(named_units_note(name, programme) for name in names),
        ],
        facts=report_facts(context),
    )


def highest_table(ladders: Sequence[Ladder], programme: Programme, *, tidy: bool = False) -> Table:
    """How many units have each level as their highest, by each set of levels; `tidy` has the set in a column."""

    def step(key: str, title: str, level: str | None) -> Column[Ladder]:
        return Column(key, title, CellKind.COUNT, of=lambda ladder: _step(ladder, level))

    def label(ladder: Ladder) -> LabelledCode:
        words = tier_label(ladder.tier)
        return LabelledCode(ladder.tier.value, f"{words}, {_set_of(ladder, programme)}" if kept else words)

    of_set: Column[Ladder] = Column("set", "set", of=lambda ladder: ladder.programme.key)
    shown = [ladder for ladder in ladders if ladder.total]
    kept = [level for ladder in shown if ladder.programme.key != programme.key for level in ladder.programme.levels]
    own = {level.key for level in programme.levels}
    in_order = [*programme.levels, *(level for level in kept if level.key not in own)]
    columns: list[Column[Ladder]] = [
        *([of_set] if tidy and programme.kept else []),
        Column("tier", _("Unit"), of=label),
        Column("total", _("Total"), CellKind.COUNT, of=lambda ladder: ladder.total),
        step("none", _("Not yet"), None),
        *(step(level.field, level.label, level.key) for level in in_order),
    ]
    return Table.of("highest", _("Highest level reached"), shown, columns)


def _step(ladder: Ladder, key: str | None) -> int | None:
    """How many have a level as their highest, or none yet; None where the ladder has no such level."""
    if key is None:
        return ladder.steps[0]
    return next((ladder.steps[level.rank] for level in ladder.programme.levels if level.key == key), None)


def _set_of(ladder: Ladder, programme: Programme) -> str:
    return set_words(OWN if ladder.programme.key == programme.key else KEPT, programme)


def tables_against_plan(lines: Sequence[Line], year: int, programme: Programme) -> list[Table]:
    """What the ledger counts, and beneath it what else the plan asks for, of which there are no figures yet."""
    counted = [line for line in lines if line.bases]
    others = [line for line in _figures(lines) if not (line.bases or line.task)]
    tables = [
        Table.of(
            table_key("lines", ladder),
            _("Progress against the roadmap") if ladder == OWN else "",
            [line.in_its_year for line in of_ladder],
            _columns(heading, year, programme),
        )
        for ladder, heading, of_ladder in by_ladder(counted, programme)
    ]
    tables += [*other_years_tables(counted, programme), *tasks_table(lines, programme)]
    return [*tables, _without_data(others, programme)] if others else tables


def table_key(key: str, ladder: str) -> str:
    """The key of a table of lines that are counted on a ladder."""
    return key if ladder == OWN else f"{key}-{ladder}"


def _columns(heading: str, year: int, programme: Programme) -> list[Column[Line]]:
    """The columns of the comparison with a plan."""
    in_year, so_far = _("In {year}").format(year=year), _("So far")
    return [
        label_in_set(heading, programme),
        *plan_and_actual(in_year, so_far),
        figure("bar", _("┃ plan"), CellKind.BAR),
    ]


def plan_and_actual(added: str, cumulative: str, *, lost: bool = False) -> list[Column[Line]]:
    """A plan's figures beside the actual ones, under headings for what was added and what there is in all."""
    share, plan, actual = _("Per cent"), _("plan"), _("actual")
    return [
        figure("plan_added", plan, CellKind.COUNT, added),
        figure("actual_added", actual, CellKind.COUNT, added),
        *([figure("lost", _("Lost in the year"), CellKind.COUNT)] if lost else []),
        figure("plan_cumulative", plan, CellKind.COUNT, cumulative),
        figure("actual_cumulative", actual, CellKind.COUNT, cumulative),
        figure("gap", _("gap"), CellKind.COUNT, cumulative),
        figure("total", _("Total"), CellKind.COUNT),
        figure("plan_percent", plan, CellKind.PERCENT, share),
        figure("actual_percent", actual, CellKind.PERCENT, share),
        figure("status", _("Status"), CellKind.STATUS),
    ]


def _without_data(lines: Sequence[Line], programme: Programme) -> Table:
    has_values = any(line.value for line in lines)
    columns = [
        label_column(_("Other targets of the plan"), programme),
        figure("asked", _("Plan")),
        *([figure("value", _("actual"), CellKind.RATE)] if has_values else []),
        figure("status", _("Status"), CellKind.STATUS),
    ]
    title = _("Other targets") if has_values else _("Targets of which the ledger holds no figures yet")
    return Table.of("others", title, lines, columns)


def _figures(lines: Sequence[Line]) -> list[Line]:
    """The lines that are more than a milestone of the work; those go into the notes."""
    return [line for line in lines if line.key.measure != MILESTONE]


def _distances(lines: Sequence[Line], programme: Programme) -> Table:
    """The measures of the distance that the main table has no room for."""
    columns = [
        label_column(_("Target"), programme),
        figure("gap_points", _("points"), CellKind.PERCENT, _("Gap")),
        figure("months_ahead", _("months"), CellKind.RATE, _("Gap")),
        figure("completion", _("so far"), CellKind.PERCENT, _("Done, % of plan")),
        figure("year_completion", _("in the year"), CellKind.PERCENT, _("Done, % of plan")),
        figure("from_baseline", _("of the way"), CellKind.PERCENT, _("Done, % of plan")),
        figure("required_pace", _("Needed a year"), CellKind.RATE),
        figure("room", _("Room"), CellKind.COUNT),
    ]
    counted = [line.in_its_year for line in lines if line.actual]
    return Table.of("distances", _("How far from the plan"), counted, columns)


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


def tidy_table(compared: Sequence[PlanLines], key: str = "lines") -> Table:
    """Every figure of every line under stable names, one row a line; what people read in words is in `asked`."""
    figures = [
        *(tidy_figure(key) for key in ("tier", "measure", "level", "counts", "within", "each", "name", "asked")),
        tidy_figure("year", CellKind.YEAR),
        tidy_figure("operator"),
        tidy_figure("plan_year", CellKind.YEAR),
        *(tidy_figure(key, CellKind.COUNT) for key in _COUNTS),
        *(tidy_figure(key, CellKind.PERCENT) for key in (*_MEASURES, *_DISTANCES)),
        *(tidy_figure(key, CellKind.COUNT) for key in ("room", "denominator")),
        *(tidy_figure(key) for key in ("share_of", "status")),
        *(tidy_figure(key, CellKind.COUNT) for key in ("illustrative", "unverified", "left")),
    ]
    if any(line.value for plan in compared for line in plan.lines):
        figures.append(tidy_figure("value", CellKind.RATE))
    of_set = [tidy_figure("set")] if has_sets(line for plan in compared for line in plan.lines) else []
    columns: list[Column[tuple[Roadmap | None, Line]]] = [
        *(figure.of_second() for figure in of_set),
        Column("roadmap", "roadmap", of=lambda row: row[0].key if row[0] and row[1].plan else None),
        *(figure.of_second() for figure in figures),
    ]
    return Table.of(key, "", [(plan.plan, line) for plan in compared for line in plan.lines], columns)


def report_facts(context: ReportContext) -> dict[str, str | int | None]:
    """What a report rests on, under stable names."""
    return {
        "scope": context.scope,
        "programme": context.programme.key,
        "basis": context.basis.value,
        "as_of": context.moment.day.isoformat(),
        "units_on": context.moment.units_on.isoformat(),
        "listed_on": listed_on(context.moment),
        "roadmap": context.roadmap.key if context.roadmap else None,
        "undated": context.undated,
    }
