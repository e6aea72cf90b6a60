"""Progress at one moment as tables: against the plan, against those beside it, the distances, the highest levels."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from ntmtrack.counts import Ladder
from ntmtrack.i18n import _
from ntmtrack.model import Programme
from ntmtrack.progress.lines import Line
from ntmtrack.progress.status import Status
from ntmtrack.reports.line_figures import for_machines, for_people
from ntmtrack.reports.plan_notes import beside_notes, by_name_note
from ntmtrack.reports.progress_notes import Grounds, notes
from ntmtrack.reports.values import Cell, CellKind, Coded, Column, Report, Table
from ntmtrack.reports.words import as_of, roadmap_label, tier_label
from ntmtrack.targets import MILESTONE, Roadmap

if TYPE_CHECKING:
    from ntmtrack.progress.names import ByName


class Compared(NamedTuple):
    """Lines held against one plan (None: there is none)."""

    plan: Roadmap | None
    lines: Sequence[Line]


class Figures(NamedTuple):
    """Everything that is known of one moment: the lines of the plan, and of those beside it; levels; names."""

    own: Compared
    beside: Sequence[Compared]
    ladders: Sequence[Ladder]
    names: Sequence["ByName"]
    grounds: Grounds


def one_moment(figures: Figures, *, wide: bool = False) -> Report:
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
            *notes(own.lines, grounds),
            *beside_notes(beside, programme),
            *(by_name_note(one, programme) for one in names),
        ],
        facts=facts(grounds),
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
        [Coded(one.tier.value, tier_label(one.tier)), one.total, *one.steps] for one in ladders if one.total
    ]
    return Table("highest", _("Highest level reached"), columns, rows)


def plans_beside(beside: Sequence[Compared], programme: Programme) -> list[Table]:
    """The plans beside the main one, of which anything can be counted."""
    return [_beside(one, programme) for one in beside if any(line.bases for line in one.lines)]


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


def of_other_years(lines: Sequence[Line], programme: Programme) -> list[Table]:
    """The targets that are printed for another year than the one asked about, each with its year."""
    found = [line for line in lines if line.is_of_another_year]
    if not found:
        return []
    shown = _with_year(found)
    title = _("Targets not due yet") if _none_due(found) else _("Targets of other years")
    return [Table("other-years", title, shown, rows(shown, found, programme))]


def _none_due(lines: Sequence[Line]) -> bool:
    """Whether all of these are targets of later years: then the title says so, and what is reached is told of each."""
    return all(line.is_later for line in lines)


def _with_year(lines: Sequence[Line]) -> list[Column]:
    """The columns of targets that stand with their own year: of those not due what is left, of the others the gap."""
    not_due = any(line.status is Status.NOT_DUE for line in lines)
    return [
        Column("line", _("Target")),
        Column("plan_year", _("By"), CellKind.YEAR),
        Column("asked", _("Plan")),
        Column("needed", _("needed"), CellKind.COUNT),
        Column("actual_cumulative", _("actual"), CellKind.COUNT),
        *([] if _none_due(lines) else [Column("actual_percent", _("Per cent"), CellKind.PERCENT)]),
        *([Column("share_reached", _("% of plan"), CellKind.PERCENT)] if not_due else []),
        *([Column("left", _("left"), CellKind.COUNT)] if not_due else []),
        *([Column("pace_left", _("a year"), CellKind.RATE)] if not_due else []),
        *([] if _none_due(lines) else [Column("gap", _("gap"), CellKind.COUNT)]),
        *([] if _none_due(lines) else [Column("status", _("Status"), CellKind.STATUS)]),
        Column("bar", _("┃ plan"), CellKind.BAR),
    ]


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


def _beside(compared: Compared, programme: Programme) -> Table:
    """A plan beside the main one, in few columns: what it asks for, what was reached."""
    assert compared.plan is not None
    counted = [line for line in compared.lines if line.bases]
    shown = _with_year(counted)
    text = (
        _("Beside it, not due yet: {plan}, for {scope}") if _none_due(counted) else _("Beside it: {plan}, for {scope}")
    )
    title = text.format(plan=roadmap_label(compared.plan), scope=compared.plan.scope_name)
    return Table(f"beside-{compared.plan.key}", title, shown, rows(shown, counted, programme))


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


def tidy(compared: Sequence[Compared], key: str = "lines") -> Table:
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
        [one.plan.key if one.plan and line.plan else None, *for_machines(keys, line)]
        for one in compared
        for line in one.lines
    ]
    return Table(key, "", names, found)


def rows(columns: Sequence[Column], lines: Sequence[Line], programme: Programme) -> list[list[Cell]]:
    """The cells of these columns, a row a line."""
    keys = [column.key for column in columns]
    return [for_people(keys, line, programme) for line in lines]


def facts(grounds: Grounds) -> dict[str, str | int | None]:
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
