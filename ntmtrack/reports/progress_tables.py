"""Progress as tables: one moment against the roadmap, the whole period side by side, the highest levels."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from ntmtrack.i18n import _, number
from ntmtrack.model import Basis, Programme, Roadmap
from ntmtrack.progress import (
    STATUS_RULE,
    ByName,
    Ladder,
    Line,
    Moment,
    Status,
    percent,
)
from ntmtrack.reports.values import Cell, Column, Gap, Kind, Report, Table
from ntmtrack.reports.words import as_of, line_label, roadmap_label, tier_label


class Setting(NamedTuple):
    """What a progress report rests on: said in its heading and its notes."""

    programme: Programme
    basis: Basis
    scope: str
    moment: Moment
    roadmap: Roadmap | None
    undated: int = 0
    unverified: int = 0


def one_moment(lines: Sequence[Line], ladders: Sequence[Ladder], names: Sequence[ByName], setting: Setting) -> Report:
    """The roadmap's lines at one moment, and beneath them the highest-level view."""
    year = setting.moment.day.year
    return Report(
        key="progress",
        title=_("Progress of {scope} in {year}").format(scope=setting.scope, year=year),
        subtitle=as_of(setting.moment, setting.basis),
        tables=[_against_roadmap(lines, year), highest_levels(ladders, setting.programme)],
        data=[_tidy(lines), highest_levels(ladders, setting.programme)],
        notes=[*_notes(lines, setting), *(_by_name(one) for one in names)],
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
        notes=_notes(years[-1][1], setting),
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
    rows: list[list[Cell]] = [[tier_label(one.tier), one.total, *one.steps] for one in ladders if one.total]
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
    rows: list[list[Cell]] = [
        [
            line_label(line.tier, line.level),
            line.plan.added if line.plan else None,
            line.added,
            line.plan.cumulative if line.plan else None,
            line.reached,
            gap_cell(line),
            line.total,
            printed_percent(line),
            percent(line.share) if line.share is not None else None,
            line.status,
        ]
        for line in lines
    ]
    return Table("lines", _("Progress against the roadmap"), columns, rows)


def _tidy(lines: Sequence[Line]) -> Table:
    counts = ("plan_added", "actual_added", "lost", "plan_cumulative", "actual_cumulative", "gap", "total")
    columns = [
        Column("year", "year", Kind.YEAR),
        Column("tier", "tier"),
        Column("level", "level"),
        *(Column(key, key, Kind.COUNT) for key in counts),
        Column("plan_percent", "plan_percent", Kind.PERCENT),
        Column("actual_percent", "actual_percent", Kind.PERCENT),
        Column("share_of", "share_of"),
        Column("status", "status"),
        Column("illustrative", "illustrative", Kind.COUNT),
    ]
    rows: list[list[Cell]] = [
        [
            line.year,
            line.tier.value,
            line.level.key,
            line.plan.added if line.plan else None,
            line.added,
            line.lost,
            line.plan.cumulative if line.plan else None,
            line.reached,
            line.gap,
            line.total,
            printed_percent(line),
            percent(line.share) if line.share is not None else None,
            "all",
            line.status.value,
            line.illustrative,
        ]
        for line in lines
    ]
    return Table("lines", "", columns, rows)


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
    """The rows of one target: in the year, cumulative, per cent; plan and actual each."""
    plans = [line.plan if line else None for line in lines]
    known = [line if line and line.status is not Status.NO_DATA else None for line in lines]
    return [
        (_("in the year, plan"), [plan.added if plan else None for plan in plans]),
        (_("in the year, actual"), [line.added if line else None for line in known]),
        (_("cumulative, plan"), [plan.cumulative if plan else None for plan in plans]),
        (_("cumulative, actual"), [line.reached if line else None for line in known]),
        (_("gap"), [gap_cell(line) if line else None for line in known]),
        (
            _("per cent, actual"),
            [percent(line.share) if line and line.share is not None else None for line in known],
        ),
        (_("status"), [line.status if line else None for line in known]),
    ]


def gap_cell(line: Line) -> Gap | None:
    """The gap, to be shown with its sign; None without a planned number."""
    return None if line.gap is None else Gap(line.gap)


def printed_percent(line: Line) -> Decimal | None:
    """The per cent that the plan prints, as a number."""
    printed = line.plan.percent if line.plan else None
    return Decimal(printed.replace(",", ".")) if printed else None


def _notes(lines: Sequence[Line], setting: Setting) -> list[str]:
    totals = {line.tier: line.total for line in lines}
    base = setting.roadmap.base_year if setting.roadmap else setting.programme.first_year - 1
    notes = [
        _("Roadmap: {plan}.").format(plan=roadmap_label(setting.roadmap))
        if setting.roadmap
        else _("No roadmap is on record for this scope: actual figures only."),
        _("Denominators: {totals}.").format(
            totals=", ".join(
                _("all {tier} ({count})").format(tier=tier_label(tier).lower(), count=number(count))
                for tier, count in totals.items()
            )
        ),
        _("A level counts units at that level or above."),
        _(STATUS_RULE).format(base=base),
    ]
    gone = [line for line in lines if line.lost]
    if gone:
        notes.append(
            _("Lost since the year before (revoked, merged, no longer a commune): {lines}.").format(
                lines="; ".join(f"{line_label(line.tier, line.level)} {number(line.lost)}" for line in gone)
            )
        )
    if setting.undated:
        notes.append(
            _("Left out: {count} recognitions whose day of decision is not known.").format(
                count=number(setting.undated)
            )
        )
    if setting.unverified:
        notes.append(
            _(
                "Not concluded: {count} units are counted by recognitions of an earlier programme;"
                " no text was verified that says they count on."
            ).format(count=number(setting.unverified))
        )
    return notes + illustrative_note(lines)


def illustrative_note(lines: Sequence[Line]) -> list[str]:
    """The footnote that every figure resting on made-up rows must carry; empty when none does."""
    resting = [line for line in lines if line.illustrative]
    if not resting:
        return []
    parts = [
        _("{line} {count} of {reached}").format(
            line=line_label(line.tier, line.level),
            count=number(line.illustrative),
            reached=number(line.reached),
        )
        for line in resting
    ]
    return [_("ILLUSTRATIVE data, not real: {parts}.").format(parts="; ".join(parts))]


def _by_name(names: ByName) -> str:
    text = _("By name, {line}: reached {reached}; not yet {late}; reached but not in the plan {beyond}.")
    return text.format(
        line=line_label(names.tier, names.level),
        reached=", ".join(names.reached) or "–",
        late=", ".join(names.late) or "–",
        beyond=", ".join(names.beyond) or "–",
    )


def _facts(setting: Setting) -> dict[str, str | int | None]:
    return {
        "scope": setting.scope,
        "programme": setting.programme.key,
        "basis": setting.basis.value,
        "as_of": setting.moment.day.isoformat(),
        "units_on": setting.moment.units_on.isoformat(),
        "roadmap": setting.roadmap.key if setting.roadmap else None,
        "undated": setting.undated,
        "unverified": setting.unverified,
    }
