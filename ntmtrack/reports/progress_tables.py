"""Progress as tables: one moment against the roadmap, the whole period side by side, the highest levels."""

from collections.abc import Sequence
from decimal import Decimal

from ntmtrack.counts import Ladder
from ntmtrack.i18n import _
from ntmtrack.model import Programme
from ntmtrack.progress import ByName, Line, Status, percent
from ntmtrack.reports.progress_notes import Grounds, by_name_note, notes
from ntmtrack.reports.values import Cell, CellKind, Coded, Column, Gap, Report, Table
from ntmtrack.reports.words import as_of, line_label, tier_label


def one_moment(lines: Sequence[Line], ladders: Sequence[Ladder], names: Sequence[ByName], grounds: Grounds) -> Report:
    """The roadmap's lines at one moment, and beneath them the highest-level view."""
    year = grounds.moment.day.year
    return Report(
        key="progress",
        title=_("Progress of {scope} in {year}").format(scope=grounds.scope, year=year),
        subtitle=as_of(grounds.moment, grounds.basis),
        tables=[_against_roadmap(lines, year), *([highest_levels(ladders, grounds.programme)] if ladders else [])],
        data=[_tidy(lines), highest_levels(ladders, grounds.programme)],
        notes=[*notes(lines, grounds), *map(by_name_note, names)],
        facts=_facts(grounds),
    )


def whole_period(years: Sequence[tuple[int, Sequence[Line]]], grounds: Grounds) -> Report:
    """Every year of the programme side by side; years that have not come yet show their plan only."""
    every = [line for _year, lines in years for line in lines]
    return Report(
        key="progress-years",
        title=_("Progress of {scope}, {programme}").format(scope=grounds.scope, programme=grounds.programme.key),
        subtitle=as_of(grounds.moment, grounds.basis),
        tables=[_side_by_side(years)],
        data=[_tidy(every)],
        notes=notes([line for line in every if line.status is not Status.NO_DATA], grounds),
        facts=_facts(grounds),
    )


def highest_levels(ladders: Sequence[Ladder], programme: Programme) -> Table:
    """How many units have each level as their highest."""
    columns = [
        Column("tier", _("Highest level")),
        Column("total", _("Total"), CellKind.COUNT),
        Column("none", _("Not yet"), CellKind.COUNT),
        *(Column(level.key.replace("-", "_"), level.label, CellKind.COUNT) for level in programme.levels),
    ]
    rows: list[list[Cell]] = [
        [Coded(one.tier.value, tier_label(one.tier)), one.total, *one.steps] for one in ladders if one.total
    ]
    return Table("highest", _("Highest level reached"), columns, rows)


def _against_roadmap(lines: Sequence[Line], year: int) -> Table:
    in_year, so_far, share = _("In {year}").format(year=year), _("So far"), _("Per cent")
    plan, actual = _("plan"), _("actual")
    columns = [
        Column("line", _("Target")),
        Column("plan_added", plan, CellKind.COUNT, in_year),
        Column("actual_added", actual, CellKind.COUNT, in_year),
        Column("plan_cumulative", plan, CellKind.COUNT, so_far),
        Column("actual_cumulative", actual, CellKind.COUNT, so_far),
        Column("gap", _("gap"), CellKind.COUNT, so_far),
        Column("total", _("Total"), CellKind.COUNT),
        Column("plan_percent", plan, CellKind.PERCENT, share),
        Column("actual_percent", actual, CellKind.PERCENT, share),
        Column("status", _("Status"), CellKind.STATUS),
    ]
    return Table("lines", _("Progress against the roadmap"), columns, _rows(columns, lines))


def _tidy(lines: Sequence[Line]) -> Table:
    columns = [
        Column("year", "year", CellKind.YEAR),
        Column("tier", "tier"),
        Column("level", "level"),
        *(Column(key, key, CellKind.COUNT) for key in _COUNTS),
        Column("plan_percent", "plan_percent", CellKind.PERCENT),
        Column("actual_percent", "actual_percent", CellKind.PERCENT),
        Column("share_of", "share_of"),
        Column("status", "status"),
        Column("illustrative", "illustrative", CellKind.COUNT),
        Column("unverified", "unverified", CellKind.COUNT),
    ]
    return Table("lines", "", columns, _rows(columns, lines))


_COUNTS = ("plan_added", "actual_added", "lost", "plan_cumulative", "actual_cumulative", "gap", "total")


def _rows(columns: Sequence[Column], lines: Sequence[Line]) -> list[list[Cell]]:
    return [[values[column.key] for column in columns] for values in map(_values, lines)]


def _values(line: Line) -> dict[str, Cell]:
    """Every figure of a line by field name; None where there is no plan, or no data yet."""
    plan = line.plan
    values: dict[str, Cell] = {
        "line": line_label(line.tier, line.level),
        "year": line.year,
        "tier": line.tier.value,
        "level": line.level.key,
        "plan_added": plan.added if plan else None,
        "plan_cumulative": plan.cumulative if plan else None,
        "plan_percent": printed_percent(line),
        "share_of": plan.share_of if plan else "all",
        "total": line.total,
        "status": line.status,
    }
    known = line.status is not Status.NO_DATA
    actual: dict[str, Cell] = {
        "actual_added": line.added,
        "lost": line.lost,
        "actual_cumulative": line.reached,
        "gap": None if line.gap is None else Gap(line.gap),
        "actual_percent": None if line.share is None else percent(line.share),
        "illustrative": line.illustrative,
        "unverified": line.unverified,
    }
    return values | (actual if known else dict.fromkeys(actual))


def _side_by_side(years: Sequence[tuple[int, Sequence[Line]]]) -> Table:
    columns = [
        Column("line", _("Target")),
        Column("figure", ""),
        *(Column(f"y{year}", str(year), CellKind.COUNT) for year, _lines in years),
    ]
    keys = list(dict.fromkeys((line.tier, line.level) for _year, lines in years for line in lines))
    by_key = {(line.tier, line.level, year): line for year, lines in years for line in lines}
    rows: list[list[Cell]] = []
    sections = set()
    for tier, level in keys:
        sections.add(len(rows))
        of_line = [by_key.get((tier, level, year)) for year, _lines in years]
        for place, (name, values) in enumerate(_figures(of_line)):
            rows.append([line_label(tier, level) if place == 0 else "", name, *values])
    return Table("years", _("The whole period"), columns, rows, frozenset(sections))


def _figures(lines: Sequence[Line | None]) -> list[tuple[str, list[Cell]]]:
    """The rows of one target: in the year, cumulative, per cent; plan and actual each; what was lost, if anything."""
    rows = [
        (_("in the year, plan"), "plan_added"),
        (_("in the year, actual"), "actual_added"),
        *([(_("in the year, lost"), "lost")] if any(line and line.lost for line in lines) else []),
        (_("cumulative, plan"), "plan_cumulative"),
        (_("cumulative, actual"), "actual_cumulative"),
        (_("gap"), "gap"),
        (_("per cent, actual"), "actual_percent"),
        (_("status"), "status"),
    ]
    values = [_values(line) if line else {} for line in lines]
    return [(name, [of_year.get(key) for of_year in values]) for name, key in rows]


def printed_percent(line: Line) -> Decimal | None:
    """The per cent that the plan prints, as a number."""
    printed = line.plan.percent if line.plan else None
    return Decimal(printed.replace(",", ".")) if printed else None


def _facts(grounds: Grounds) -> dict[str, str | int | None]:
    return {
        "scope": grounds.scope,
        "programme": grounds.programme.key,
        "basis": grounds.basis.value,
        "as_of": grounds.moment.day.isoformat(),
        "units_on": grounds.moment.units_on.isoformat(),
        "roadmap": grounds.roadmap.key if grounds.roadmap else None,
        "undated": grounds.undated,
    }
