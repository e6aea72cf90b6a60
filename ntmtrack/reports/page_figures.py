"""The figures of a page to look at: headlines, charts over the years, who came and who left."""

from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.i18n import _, signed
from ntmtrack.model import Programme, Tier
from ntmtrack.progress.line import Line
from ntmtrack.progress.status import Status
from ntmtrack.reports import CellKind, Column, SignedInt, Table, cell_text
from ntmtrack.reports.labels import line_label
from ntmtrack.reports.line_columns import by_ladder, figure, label_in_set, shown_cell
from ntmtrack.reports.lists import MovedUnits
from ntmtrack.reports.page import ChartGroup, Headline, HeadlineGroup, YearChart, YearColumn
from ntmtrack.reports.period import by_target
from ntmtrack.roadmaps import LineKey, line_title


def headline_groups(lines: Sequence[Line], programme: Programme) -> list[HeadlineGroup]:
    """The levels at the day by each set, communes first; what is not a plain level in a table beneath."""
    counted = sorted((line for line in lines if line.bases), key=lambda line: line.tier is not Tier.COMMUNE)
    return [
        HeadlineGroup(
            _heading(heading, programme),
            [_headline(line, programme) for line in of_ladder if line.plain_level],
            _others([line for line in of_ladder if not line.plain_level], programme),
        )
        for _ladder, heading, of_ladder in by_ladder(counted, programme)
    ]


def _heading(heading: str, programme: Programme) -> str:
    """The set of levels, in years of two."""
    return heading if programme.kept else ""


def _headline(line: Line, programme: Programme) -> Headline:
    in_year, total = line.in_its_year, shown_cell("total", line)
    return Headline(
        title=line_title(line.key._replace(of_set=None), programme),
        reached=line.actual.reached if line.actual else None,
        total=total if isinstance(total, int) else 0,
        goal=in_year.goal.number if in_year.goal else None,
        share=_shown("actual_percent", line, CellKind.PERCENT) if line.actual else "",
        facts=[*_planned(line), *_added(line)],
    )


def _planned(line: Line) -> list[tuple[str, str]]:
    """What the plan asks for, and how far that is; of a target that is not due what is left, and no verdict."""
    if line.plan is None:
        return []
    words = _shown("needed" if line.is_of_another_year else "plan_cumulative", line)
    if line.is_of_another_year:
        facts = [(_("Target for {year}").format(year=line.plan.year), words)]
    else:
        facts = [(_("Plan for {year}").format(year=line.year), words)]
    if line.actual is None:
        return facts
    if line.status is Status.NOT_DUE:
        return [*facts, (_("Left until then"), _shown("left", line))]
    return [*facts, (_("Difference"), _shown("gap", line))]


def _added(line: Line) -> list[tuple[str, str]]:
    """What was added within the year, beside what is planned."""
    if line.actual is None:
        planned = shown_cell("plan_added", line)
        return [(_("Of them within the year"), cell_text(planned, CellKind.COUNT))] if planned is not None else []
    change = line.actual.added - line.actual.lost
    asked = shown_cell("plan_added", line)
    text = signed(change) if asked is None else _("{change} (plan {plan})")
    words = text.format(change=signed(change), plan=cell_text(asked, CellKind.COUNT))
    what = _("Change within {year}") if line.actual.lost else _("Within {year}")
    return [(what.format(year=line.year), words)]


def _shown(key: str, line: Line, kind: CellKind = CellKind.COUNT) -> str:
    return cell_text(shown_cell(key, line), kind)


class Moved(NamedTuple):
    """Units of one kind and level that came or left within the year: in words, how many, by name."""

    what: str
    names: Sequence[str]


def moved_title() -> str:
    """What the section of who came and left is called, there and where it is referred to."""
    return _("New within the year")


def listed_title() -> str:
    """What the section of every unit is called, there and where it is referred to."""
    return _("All units")


def remaining_title() -> str:
    """What the section of communes that lack a level is called, there and where it is referred to."""
    return _("Who has not reached a level")


def moved_table(moved: MovedUnits) -> Table | None:
    """Who came to each level within the year, then who left one; None where nobody did."""
    parts: dict[str, list[str]] = {}
    for text, units in ((_("{level}: newly reached"), moved.new), (_("{level}: no longer"), moved.lost)):
        for one in units:
            level = line_label(one.unit.tier, one.level)
            words = text.format(level=f"{level} ({one.by_set})" if one.by_set else level)
            parts.setdefault(words, []).append(one.unit.full_title)
    columns: list[Column[Moved]] = [
        Column("what", _("Level"), of=lambda row: row.what),
        Column("count", _("How many"), CellKind.COUNT, of=lambda row: len(row.names)),
        Column("names", _("Names"), of=lambda row: ", ".join(row.names)),
    ]
    rows = [Moved(what, names) for what, names in parts.items()]
    return Table.of("moved", "", rows, columns) if rows else None


def _others(lines: Sequence[Line], programme: Programme) -> Table | None:
    if not lines:
        return None
    columns: list[Column[Line]] = [
        label_in_set(_("Other targets of the plan"), programme),
        figure("plan_year", _("Year"), CellKind.YEAR),
        figure("asked", _("Plan")),
        figure("actual_cumulative", _("Actual"), CellKind.COUNT),
        figure("actual_percent", _("Per cent"), CellKind.PERCENT),
    ]
    return Table.of("others", "", lines, columns)


def chart_groups(years: Sequence[tuple[int, Sequence[Line]]], programme: Programme) -> list[ChartGroup]:
    """Every level that is counted or planned in several years, by each set."""
    shown = {key: lines for key, lines in by_target(years).items() if _is_charted(lines)}
    every = [line for lines in shown.values() for line in lines]
    every.sort(key=lambda line: line.tier is not Tier.COMMUNE)
    groups = []
    for _ladder, heading, of_ladder in by_ladder(every, programme):
        keys = list(dict.fromkeys(line.key for line in of_ladder))
        charts = [_chart(key, shown[key], programme) for key in keys]
        groups.append(ChartGroup(_heading(heading, programme), charts))
    return groups


def _is_charted(lines: Sequence[Line]) -> bool:
    """Whether these are a level, with more than one year to draw."""
    is_plain = all(line.plain_level for line in lines)
    return is_plain and sum(bool(line.actual or line.in_its_year.goal) for line in lines) > 1


def _chart(key: LineKey, lines: Sequence[Line], programme: Programme) -> YearChart:
    title = line_title(key._replace(of_set=None), programme)
    return YearChart(title, [_year_column(line.in_its_year) for line in lines], _years_table(title, lines))


def _year_column(line: Line) -> YearColumn:
    goal = line.goal.number if line.goal else None
    return YearColumn(line.year, goal, line.actual.reached if line.actual else None)


class _FigureRow(NamedTuple):
    """A figure of a target over the years."""

    name: str
    cells: Sequence[str]


def _years_table(title: str, lines: Sequence[Line]) -> Table:
    rows = [
        _FigureRow(_("Plan"), [_shown("plan_cumulative", line.in_its_year) for line in lines]),
        _FigureRow(_("Actual"), [_shown("actual_cumulative", line) for line in lines]),
        _FigureRow(_("Difference"), [_gap(line.in_its_year) for line in lines]),
        _FigureRow(_("Per cent"), [_shown("actual_percent", line, CellKind.PERCENT) for line in lines]),
    ]
    columns: list[Column[_FigureRow]] = [Column("figure", "", of=lambda row: row.name)]
    for place, line in enumerate(lines):
        columns.append(_of_year(place, line.year))
    return Table.of("years", title, rows, columns)


def _of_year(place: int, year: int) -> Column[_FigureRow]:
    return Column(f"y{year}", str(year), CellKind.COUNT, of=lambda row: row.cells[place])


def _gap(line: Line) -> str:
    """The difference from the plan; none before it is due."""
    gap = None if line.status is Status.NOT_DUE or line.gap is None else SignedInt(line.gap)
    return cell_text(gap, CellKind.COUNT)
