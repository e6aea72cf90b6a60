"""Progress as tables: one moment against the roadmap, the whole period side by side, the highest levels."""

from collections.abc import Sequence
from decimal import Decimal

from ntmtrack.i18n import _
from ntmtrack.model import Programme
from ntmtrack.progress import (
    ByName,
    Ladder,
    Line,
    Status,
    percent,
)
from ntmtrack.reports.progress_notes import Setting, by_name_note, notes
from ntmtrack.reports.values import Cell, Coded, Column, Gap, Kind, Report, Table
from ntmtrack.reports.words import as_of, line_label, tier_label


def one_moment(lines: Sequence[Line], ladders: Sequence[Ladder], names: Sequence[ByName], setting: Setting) -> Report:
    """The roadmap's lines at one moment, and beneath them the highest-level view."""
    year = setting.moment.day.year
    return Report(
        key="progress",
        title=_("Progress of {scope} in {year}").format(scope=setting.scope, year=year),
        subtitle=as_of(setting.moment, setting.basis),
        tables=[_against_roadmap(lines, year), highest_levels(ladders, setting.programme)],
        data=[_tidy(lines), highest_levels(ladders, setting.programme)],
        notes=[*notes(lines, setting), *map(by_name_note, names)],
        facts=_facts(setting),
    )


def whole_period(years: Sequence[tuple[int, Sequence[Line]]], setting: Setting) -> Report:
    """Every year of the programme side by side; years that have not come yet show their plan only."""
    every = [line for _year, lines in years for line in lines]
    return Report(
        key="progress-years",
        title=_("Progress of {scope}, {programme}").format(scope=setting.scope, programme=setting.programme.key),
        subtitle=as_of(setting.moment, setting.basis),
        tables=[_side_by_side(years)],
        data=[_tidy(every)],
        notes=notes([line for line in every if line.status is not Status.NO_DATA], setting),
        facts=_facts(setting),
    )


def highest_levels(ladders: Sequence[Ladder], programme: Programme) -> Table:
    """How many units have each level as their highest."""
    columns = [
        Column("tier", _("Highest level")),
        Column("total", _("Total"), Kind.COUNT),
        Column("none", _("Not yet"), Kind.COUNT),
        *(Column(level.key.replace("-", "_"), level.label, Kind.COUNT) for level in programme.levels),
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
        Column("plan_added", plan, Kind.COUNT, in_year),
        Column("actual_added", actual, Kind.COUNT, in_year),
        Column("plan_cumulative", plan, Kind.COUNT, so_far),
        Column("actual_cumulative", actual, Kind.COUNT, so_far),
        Column("gap", _("gap"), Kind.COUNT, so_far),
        Column("total", _("Total"), Kind.COUNT),
        Column("plan_percent", plan, Kind.PERCENT, share),
        Column("actual_percent", actual, Kind.PERCENT, share),
        Column("status", _("Status"), Kind.STATUS),
    ]
    return Table("lines", _("Progress against the roadmap"), columns, _rows(columns, lines))


def _tidy(lines: Sequence[Line]) -> Table:
    columns = [
        Column("year", "year", Kind.YEAR),
        Column("tier", "tier"),
        Column("level", "level"),
        *(Column(key, key, Kind.COUNT) for key in _COUNTS),
        Column("plan_percent", "plan_percent", Kind.PERCENT),
        Column("actual_percent", "actual_percent", Kind.PERCENT),
        Column("share_of", "share_of"),
        Column("status", "status"),
        Column("illustrative", "illustrative", Kind.COUNT),
        Column("unverified", "unverified", Kind.COUNT),
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
        *(Column(f"y{year}", str(year), Kind.COUNT) for year, _lines in years),
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


def _facts(setting: Setting) -> dict[str, str | int | None]:
    return {
        "scope": setting.scope,
        "programme": setting.programme.key,
        "basis": setting.basis.value,
        "as_of": setting.moment.day.isoformat(),
        "units_on": setting.moment.units_on.isoformat(),
        "roadmap": setting.roadmap.key if setting.roadmap else None,
        "undated": setting.undated,
    }
