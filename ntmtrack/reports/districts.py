"""Progress by district as tables: every level in short, or one level with every measure."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from ntmtrack.i18n import _
from ntmtrack.model import Level, Tier, Unit
from ntmtrack.programmes.ladders import OWN, set_words
from ntmtrack.progress.line import Line
from ntmtrack.reports import CellKind, CellValue, Column, Report, SignedDecimal, SignedInt, Table
from ntmtrack.reports.figures import ReportContext
from ntmtrack.reports.labels import as_of, line_label, sentence
from ntmtrack.reports.line_columns import figure, has_sets, tidy_figure
from ntmtrack.reports.plan_notes import notes_on_districts
from ntmtrack.reports.progress_notes import denominator_notes, doubt_notes, notes_on_progress
from ntmtrack.reports.progress_tables import report_facts, table_key
from ntmtrack.roadmaps.shares import percent


class DistrictLines(NamedTuple):
    """One district's lines by level, its shares at the end of the year before, and its rank now and then.

    `called` is its name with its province, where several share it.
    """

    unit: Unit
    lines: Mapping[str, Line]
    before: Mapping[str, Fraction | None]
    rank: int = 0
    rank_before: int = 0
    called: str | None = None

    @property
    def scores(self) -> tuple[Fraction, ...]:
        """What it is ranked by: its share of each level, in order."""
        return tuple(line.share or Fraction(0) for line in self.lines.values())

    @property
    def scores_before(self) -> tuple[Fraction, ...]:
        """The same at the end of the year before; those of now where there were none."""
        return tuple(
            share if share is not None else now for share, now in zip(self.before.values(), self.scores, strict=True)
        )

    @property
    def title(self) -> str:
        """What it is called."""
        return self.called or self.unit.title.strip()

    @property
    def rank_change(self) -> SignedInt:
        """How many ranks it has risen since the end of the year before."""
        return SignedInt(self.rank_before - self.rank)


class ScopeLines(NamedTuple):
    """The lines of the whole scope by level, and its shares at the end of the year before.

    `unknown` are districts for which the plan has figures and that fit no unit of the ledger surely.
    """

    lines: Mapping[str, Line]
    before: Mapping[str, Fraction | None]
    unknown: Sequence[str] = ()
    rank: None = None
    rank_change: None = None

    @property
    def title(self) -> str:
        """What its row is called beneath the districts."""
        return _("All")


_Row = DistrictLines | ScopeLines


def districts_report(
    levels: Sequence[Level],
    ranked: Sequence[DistrictLines],
    whole: ScopeLines,
    context: ReportContext,
    ladder: str = OWN,
    *,
    former: bool = False,
) -> Report:
    """The districts, or the former ones, by rank; of one level alone every measure."""
    text = _("Progress of {scope} by district in {year}")
    if former:
        text = _("Progress of {scope} by former district in {year}")
    alone = levels[0] if len(levels) == 1 else None
    called = _("Former district") if former else _("District")
    table = _in_full(alone, ranked, whole, called) if alone else _in_short(levels, ranked, whole, called)
    rule = _("Ranked by the share of {levels}; those alike share a rank. The change is on the end of the year before.")
    named = _(", then ").join(line_label(Tier.COMMUNE, level) for level in levels)
    title = text.format(scope=context.scope, year=context.moment.day.year)
    if context.programme.kept:
        words = set_words(ladder, context.programme)
        table = table._replace(key=table_key(table.key, ladder), title=sentence(words))
        named, title = f"{named} ({words})", f"{title} · {words}"
    return Report(
        key="progress-districts",
        title=title,
        subtitle=as_of(context.moment, context.basis),
        tables=[table],
        data=lambda: [_tidy(levels, ranked)],
        notes=[rule.format(levels=named), *_notes(ranked, whole, context)],
        facts=report_facts(context),
    )


def beneath(reports: Sequence[Report]) -> Report:
    """The reports of several sets of levels as one: their tables beneath each other, each note once."""
    first = reports[0]
    if len(reports) == 1:
        return first

    def tidy() -> list[Table]:
        tables = [report.for_machines[0] for report in reports]
        return [tables[0]._replace(rows=[row for table in tables for row in table.rows])]

    return first._replace(
        tables=[table for report in reports for table in report.tables],
        data=tidy,
        notes=list(dict.fromkeys(note for report in reports for note in report.notes)),
    )


def _notes(ranked: Sequence[DistrictLines], whole: ScopeLines, context: ReportContext) -> list[str]:
    """What the table rests on; of the plan only where it prints figures for districts."""
    lines = list(whole.lines.values())
    planned = [(district.unit.title, line) for district in ranked for line in district.lines.values() if line.plan]
    unknown = _("The plan has figures for {names}, which fit no unit of the ledger surely: they are left out.")
    left_out = [unknown.format(names=", ".join(whole.unknown))] if whole.unknown else []
    if planned or left_out:
        sentences = [*notes_on_progress(lines, context), *left_out, *notes_on_districts(planned, context.programme)]
        return list(dict.fromkeys(sentences))
    return [*doubt_notes(lines, context.programme), *denominator_notes(lines, context.programme)]


def _in_short(levels: Sequence[Level], ranked: Sequence[DistrictLines], whole: ScopeLines, called: str) -> Table:
    columns: list[Column[_Row]] = [
        Column("rank", _("Rank"), CellKind.COUNT, of=lambda row: row.rank),
        Column("district", called, of=lambda row: row.title),
        Column("total", _("Communes"), CellKind.COUNT, of=lambda row: _total(row.lines[levels[0].key])),
        *(column.on(_line_of(level)) for level in levels for column in _columns_of(level)),
    ]
    rows: list[_Row] = [*ranked, whole]
    return Table.of("districts", _("By district"), rows, columns, group=lambda row: row is whole)


def _line_of(level: Level) -> Callable[[_Row], Line]:
    return lambda row: row.lines[level.key]


def _columns_of(level: Level) -> list[Column[Line]]:
    """What is told of one level beside others: how many units, their share, the change."""
    return [
        figure("actual_cumulative", _("count"), CellKind.COUNT, level.label)._replace(key=f"{level.key}_reached"),
        figure("actual_percent", "%", CellKind.PERCENT, level.label)._replace(key=f"{level.key}_percent"),
        Column(f"{level.key}_change", "±", CellKind.COUNT, level.label, of=change_in_year),
    ]


def change_in_year(line: Line) -> SignedInt | None:
    """How many more units than at the end of the year before."""
    return SignedInt(line.actual.added - line.actual.lost) if line.actual else None


def _total(line: Line) -> int | None:
    return line.actual.total if line.actual else None


def _of_another_year() -> list[Column[Line]]:
    """The columns of targets that are printed for another year."""
    heading = _("Target of another year")
    return [
        figure("plan_year", _("By"), CellKind.YEAR, heading),
        figure("needed", _("plan"), CellKind.COUNT, heading)._replace(key="other_needed"),
        figure("left", _("left"), CellKind.COUNT, heading)._replace(key="other_left"),
    ]


def _in_full(level: Level, ranked: Sequence[DistrictLines], whole: ScopeLines, called: str) -> Table:
    """Every measure of one level; those of the plan only where it prints figures for districts.

    A district is `called` so in its heading.
    """
    key = level.key
    rows: list[_Row] = [*ranked, whole]
    lines = [row.lines[key] for row in rows]
    planned = any(district.lines[key].plan for district in ranked)
    of_year = planned and any(line.in_its_year.plan for line in lines)
    elsewhere = planned and any(line.is_of_another_year for line in lines)

    def measure(column: Column[Line]) -> Column[_Row]:
        return column.on(lambda row: row.lines[key].in_its_year)

    def other(line: Line) -> Line | None:
        return line if line.is_of_another_year else None

    columns: list[Column[_Row]] = [
        Column("rank", _("Rank"), CellKind.COUNT, of=lambda row: row.rank),
        Column("rank_change", _("± rank"), CellKind.COUNT, of=lambda row: row.rank_change),
        Column("district", called, of=lambda row: row.title),
        measure(figure("total", _("Communes"), CellKind.COUNT)),
        measure(figure("actual_added", _("in the year"), CellKind.COUNT)),
        *([measure(figure("plan_cumulative", _("plan"), CellKind.COUNT, _("So far")))] if of_year else []),
        measure(figure("actual_cumulative", _("actual"), CellKind.COUNT, _("So far"))),
        *([measure(figure("gap", _("gap"), CellKind.COUNT, _("So far")))] if of_year else []),
        measure(figure("actual_percent", "%", CellKind.PERCENT)),
        Column(
            "points_change", _("± points"), CellKind.PERCENT, of=lambda row: _change_of(row.lines[key], row.before[key])
        ),
        measure(figure("room", _("Room"), CellKind.COUNT)),
        *(column.on(other).on(_line_of(level)) for column in _of_another_year() if elsewhere),
        *([measure(figure("status", _("Status"), CellKind.STATUS))] if planned else []),
    ]
    title = line_label(Tier.COMMUNE, level)
    return Table.of("districts", title, rows, columns, group=lambda row: row is whole)


def _change_of(line: Line, before: Fraction | None) -> SignedDecimal | None:
    """The share less that of the end of the year before, in points."""
    return None if line.share is None or before is None else SignedDecimal(percent(line.share - before))


_TIDY: Mapping[str, Callable[[DistrictLines, Line], CellValue]] = {
    "rank": lambda district, _line: district.rank,
    "rank_before": lambda district, _line: district.rank_before,
    "rank_change": lambda district, _line: district.rank_change,
    "district": lambda district, _line: district.title,
    "district_code": lambda district, _line: district.unit.code,
    "change": lambda _district, line: change_in_year(line),
    "points_change": lambda district, line: _change_of(line, district.before[line.key.measure]),
}


def _tidy_column(key: str, kind: CellKind = CellKind.TEXT) -> Column[tuple[DistrictLines, Line]]:
    """A column of the tidy table: of the district and its line, or of the line alone."""
    getter = _TIDY.get(key)
    return (
        Column(key, key, kind, of=lambda row: getter(*row)) if getter else tidy_figure(key, kind).on(lambda row: row[1])
    )


def _tidy(levels: Sequence[Level], ranked: Sequence[DistrictLines]) -> Table:
    """A row a district and level, under the names that `progress` uses."""
    counts = ("rank", "rank_before", "rank_change", "total", "actual_added", "lost", "change", "plan_added")
    more = ("plan_cumulative", "needed", "actual_cumulative", "gap", "room")
    shares = (
        "plan_percent",
        "actual_percent",
        "gap_points",
        "completion",
        "year_completion",
        "from_baseline",
        "points_change",
    )
    of_set = has_sets(line for district in ranked for line in district.lines.values())
    columns = [
        *([_tidy_column("set")] if of_set else []),
        *map(_tidy_column, ("district", "district_code", "tier", "measure", "level", "asked", "operator")),
        *(_tidy_column(key, CellKind.YEAR) for key in ("year", "plan_year")),
        *(_tidy_column(key, CellKind.COUNT) for key in (*counts, *more)),
        *(_tidy_column(key, CellKind.PERCENT) for key in (*shares, "months_ahead", "required_pace")),
        *(_tidy_column(key, CellKind.COUNT) for key in ("illustrative", "unverified")),
        _tidy_column("status"),
    ]
    rows = [(district, district.lines[level.key]) for level in levels for district in ranked]
    return Table.of("districts", "", rows, columns)
