"""Published figures recounted: what the ledger has on the day that a report spoke of, by either basis."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from ntmtrack import progress
from ntmtrack.commands.question import ReportSpec
from ntmtrack.dates import last_day, year_end
from ntmtrack.errors import YearOutsideProgrammes
from ntmtrack.i18n import _
from ntmtrack.lint.published_shares import ADDED, base_levels
from ntmtrack.model import Basis, Level, Programme, Published, Tier
from ntmtrack.programmes import of_year, programme
from ntmtrack.programmes.ladders import OWN, ladder_of, ladders, level_measured, measure_of
from ntmtrack.progress import at_least, reached, total
from ntmtrack.progress.compute import TIERS
from ntmtrack.reports.checks import RecountedFigure
from ntmtrack.reports.labels import level_in_set, tier_label
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries import recognitions, standings

_AT_ONCE = 8  # moments that one query looks at


def not_borne_out(connection: Connection, spec: ReportSpec) -> list[RecountedFigure]:
    """The published figures until the moment that the ledger counts otherwise, on the basis asked for."""
    by_year = spec.view.basis is Basis.YEAR
    return [
        figure
        for figure in recounted(connection, spec)
        if int(figure.published.value) != (figure.by_year if by_year else figure.by_decision)
    ]


def recounted(connection: Connection, spec: ReportSpec, until: date | None = None) -> list[RecountedFigure]:
    """The published figures of the scope until a day that the ledger can count, each with what it counts.

    `until` is the moment where it is left out.
    """
    latest = until or spec.moment.day
    if spec.scope is None:
        return []
    figures = [
        (figure, *measured)
        for _key, figure in recognitions.every_published_figure(connection, spec.scope.id)
        if (measured := _measured(figure)) and last_day(figure.as_of) <= latest
    ]
    days: dict[tuple[str, str], set[date]] = defaultdict(set)
    for figure, ladder, _level in figures:
        day = last_day(figure.as_of)
        days[of_year(day.year).key, ladder] |= {day, year_end(day.year - 1)}
    by_basis = {
        basis: {key: _DailyCounts(connection, spec, basis, key, sorted(of)) for key, of in days.items()}
        for basis in Basis
    }

    def count(figure: Published, ladder: str, level: Level, basis: Basis) -> int | None:
        return by_basis[basis][of_year(last_day(figure.as_of).year).key, ladder].count(figure, level)

    return [
        RecountedFigure(
            figure,
            level,
            count(figure, ladder, level, Basis.YEAR),
            count(figure, ladder, level, Basis.DECISION),
            ladder,
        )
        for figure, ladder, level in figures
    ]


def ledger_bases(
    connection: Connection, spec: ReportSpec, figures: Sequence[Published]
) -> list[dict[Basis, dict[str, int]]]:
    """What the per cent of each figure may be of, by "all", "ntm", "nested", as the ledger counts it on its day.

    On each basis on which it may have been counted; nothing where the ledger holds no such units then.
    """
    days: dict[tuple[tuple[str, str], Basis], set[date]] = defaultdict(set)
    for figure in figures:
        if of := _ladder_of(figure):
            for basis in _bases_of(figure):
                days[of, basis].add(last_day(figure.as_of))
    counts = {(of, basis): _DailyCounts(connection, spec, basis, of, sorted(on)) for (of, basis), on in days.items()}
    return [
        {basis: counts[of, basis].bases(figure) for basis in _bases_of(figure)} if (of := _ladder_of(figure)) else {}
        for figure in figures
    ]


def _bases_of(figure: Published) -> Sequence[Basis]:
    """How a figure may have been counted."""
    return [figure.basis] if figure.basis else [*Basis]


def _ladder_of(figure: Published) -> tuple[str, str] | None:
    """The programme and the ladder that a figure is counted on; None where the ledger counts no such units."""
    try:
        programme = of_year(last_day(figure.as_of).year)
    except YearOutsideProgrammes:
        return None
    measured = level_measured(programme, figure.measure.removesuffix(ADDED))
    return (programme.key, measured[0] if measured else OWN) if figure.tier in TIERS else None


def _measured(figure: Published) -> tuple[str, Level] | None:
    """The ladder and the level of a published figure that the ledger can count: units at it, or added in a year."""
    try:
        programme = of_year(last_day(figure.as_of).year)
    except YearOutsideProgrammes:
        return None
    is_year = len(figure.as_of) == len("2024")
    tells = figure.tier in TIERS and figure.value.isdecimal() and (is_year or not is_added(figure))
    return level_measured(programme, figure.measure.removesuffix(ADDED)) if tells else None


def is_added(figure: Published) -> bool:
    """Whether a figure is of the units added in its year."""
    return figure.measure.endswith(ADDED)


class _DailyCounts:
    """What the ledger counts on a few days, on one ladder `of` a programme and on one basis."""

    def __init__(
        self, connection: Connection, spec: ReportSpec, basis: Basis, of: tuple[str, str], days: Sequence[date]
    ) -> None:
        key, ladder = of
        view = spec.view._replace(programme=ladder_of(programme(key), ladder), basis=basis)
        moments = [spec.moment_at(day) for day in days]
        self._paths: dict[date, tuple[Sequence[progress.Standings], int]] = {}
        for first in range(0, len(moments), _AT_ONCE):
            batch = moments[first : first + _AT_ONCE]
            paths = standings.paths(connection, view, batch)
            self._paths |= {moment.day: (paths, place) for place, moment in enumerate(batch)}

    def count(self, figure: Published, level: Level) -> int | None:
        """What the ledger has where `figure` was published; None where there were no such units."""
        day = last_day(figure.as_of)
        now = self._reached(figure, level, day)
        if now is None or not is_added(figure):
            return now
        before = self._reached(figure, level, year_end(day.year - 1))
        return None if before is None else now - before

    def bases(self, figure: Published) -> dict[str, int]:
        """How many units a per cent of `figure` may be of."""
        day = last_day(figure.as_of)
        paths, place = self._paths[day]
        total = progress.total(paths, figure.tier, place)
        counted = {share: self._reached(figure, level, day) or 0 for share, level in base_levels(figure).items()}
        return {"all": total, **counted} if total else {}

    def _reached(self, figure: Published, level: Level, day: date) -> int | None:
        paths, place = self._paths[day]
        if not progress.total(paths, figure.tier, place):
            return None
        return progress.reached(paths, figure.tier, at_least(level.rank), place)


_ALL = "units"


def counted_totals(connection: Connection, spec: ReportSpec) -> dict[str, int]:
    """The figures of the scope at the moment, by "commune/units", "commune/ntm" …; none of a tier that has no units."""
    programme, totals = spec.view.programme, {}
    for ladder in ladders(programme):
        of_ladder = spec.on_ladder(ladder).view
        paths = standings.paths(connection, of_ladder, [spec.moment])
        for tier in TIERS:
            if of := total(paths, tier, 0):
                totals[f"{tier}/{_ALL}"] = of
                for level in of_ladder.programme.levels_of(tier):
                    key = f"{tier}/{measure_of(programme, ladder, level)}"
                    totals[key] = reached(paths, tier, at_least(level.rank), 0)
    return totals


def label(key: str, programme: Programme) -> str:
    """What a figure counts, in words: "Xã đạt chuẩn NTM nâng cao", "Tổng số xã"."""
    tier, measure = key.split("/", 1)
    if measure == _ALL:
        return _("All {tier}").format(tier=tier_label(Tier(tier)).lower())
    measured = level_measured(programme, measure)
    assert measured is not None, "totals are of levels"
    return level_in_set(Tier(tier), measured[1], measured[0], programme)
