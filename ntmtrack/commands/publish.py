"""`publish`: the figures of a report kept as published, to be held against the ledger ever after."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ntmtrack.commands import Session
from ntmtrack.commands.printed_shares import odd_figures
from ntmtrack.commands.question import ReportOptions, ReportSpec, resolve
from ntmtrack.dates import last_day, show_day, year_end
from ntmtrack.errors import (
    AlreadyClosed,
    AlreadyPublished,
    BadFigure,
    BadPercent,
    NoSuchCriteria,
    NothingToCount,
    NotOver,
    NoUnits,
    OneOf,
    ScopeNeeded,
    SourceNeeded,
    UnknownWord,
    ValueAlone,
)
from ntmtrack.i18n import _, day, number
from ntmtrack.ingest.measures import (
    DECIMALS,
    MEASURE_EXAMPLES,
    criteria_of,
    exceeds_whole,
    read_measure,
    tier_named,
)
from ntmtrack.ingest.printed_figures import PrintedFigure, read_count, read_decimal, read_percent
from ntmtrack.ingest.values import ValueMismatch
from ntmtrack.lint.published_sums import AVERAGE, MET
from ntmtrack.model import Published, Tier, Unit
from ntmtrack.programmes import of_year
from ntmtrack.programmes.ladders import find_on_ladders, ladders, measure_of
from ntmtrack.progress import at_least, reached, total
from ntmtrack.progress.compute import TIERS
from ntmtrack.reports.published import figure_words
from ntmtrack.roadmaps.bands import measure_in_set
from ntmtrack.roadmaps.shares import WHOLE
from ntmtrack.roadmaps.shares import value as percent_value
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import recognitions, standings
from ntmtrack.storage.queries.actions import closed_until, setting
from ntmtrack.storage.queries.scopes import whose
from ntmtrack.storage.queries.units import all_provinces, versions
from ntmtrack.text import clean


class TypedFigure(NamedTuple):
    """One figure as a report prints it, typed by hand: of a level, or of what a `measure` says in words."""

    tier: Tier
    level: str | None
    measure: str | None
    as_of: str
    value: str
    total: int | None = None
    percent: str | None = None
    share_of: str | None = None


def publish_progress(session: Session, options: ReportOptions, source: str | None, *, dry_run: bool) -> None:
    """Keeps every level's figure of the ledger as published by `source`; raises what `resolve` raises, SourceNeeded."""
    with session.acting("publish", dry_run=dry_run) as ledger:
        spec = resolve(ledger.connection, options, session.today)
        if spec.scope is None:
            raise ScopeNeeded
        is_whole_year = options.as_of is None and not spec.moment.is_today
        as_of = str(spec.moment.day.year) if is_whole_year else spec.moment.day.isoformat()
        figures = figures_of(ledger.connection, spec, as_of, _source(ledger, source))
        _keep(ledger, figures, spec.scope, whole=True)


def publish_typed(
    session: Session, typed: TypedFigure, scope: str | None, source: str | None, *, dry_run: bool
) -> None:
    """Keeps one figure as some report printed it, and says what its per cent or its average does not come of.

    Raises UnknownLevel, UnknownWord, NoSuchCriteria, BadFigure, BadPercent, ValueAlone, ScopeNeeded, SourceNeeded.
    """
    tier, measure = _measured(typed)
    printed = _printed(typed, tier, measure)
    with session.acting("publish", dry_run=dry_run) as ledger:
        report = _source(ledger, source)
        told = (tier, measure, typed.as_of, printed.value, printed.total, report)
        figures = [Published(*told, percent=printed.percent, share_of=typed.share_of)]
        if printed.sum is not None:
            figures.append(Published(tier, MET, typed.as_of, str(printed.sum), printed.total, report))
        unit = whose(ledger.connection, scope, last_day(typed.as_of))
        _keep(ledger, figures, unit)
        found = [*odd_figures(ledger.connection, unit, figures, session.today)]
    for text in found:
        session.say(text)


def _measured(typed: TypedFigure) -> tuple[Tier, str]:
    """The tier and the key of what was typed; raises UnknownLevel, UnknownWord, NoSuchCriteria."""
    programme = of_year(last_day(typed.as_of).year)
    if typed.measure is None:
        assert typed.level is not None
        called_as = Tier.COMMUNE if typed.tier is Tier.VILLAGE else typed.tier  # provinces name villages’ levels so
        return typed.tier, measure_of(programme, *find_on_ladders(programme, typed.level, called_as, None))
    read = read_measure(typed.measure)
    if read is None:
        raise UnknownWord(text=typed.measure, known=", ".join(f"“{words}”" for words in map(_, MEASURE_EXAMPLES)))
    tier = tier_named(typed.measure) or typed.tier
    criteria = criteria_of(typed.as_of, tier)
    measure = measure_in_set(read, criteria)
    if measure is None:
        raise NoSuchCriteria(text=typed.measure, programme=programme.key, count=criteria)
    return tier, measure


def _printed(typed: TypedFigure, tier: Tier, measure: str) -> PrintedFigure:
    """The figure as it was typed; raises BadFigure, BadPercent, ValueAlone."""
    try:
        printed = (read_decimal if measure in DECIMALS else read_count)(clean(typed.value))
    except ValueMismatch as wrong:
        raise BadFigure(text=typed.value) from wrong
    try:
        percent = read_percent(clean(typed.percent)) if typed.percent else printed.percent
    except ValueMismatch as wrong:
        raise BadPercent(text=typed.percent) from wrong
    if percent and percent_value(percent) > WHOLE:
        raise BadPercent(text=percent)
    _refuse_two("--total", typed.total, printed.total)
    _refuse_two("--percent", percent, printed.percent)
    total = typed.total if printed.total is None else printed.total
    criteria = criteria_of(typed.as_of, tier)
    if exceeds_whole(measure, printed.value, total, criteria):
        shown = number(Decimal(printed.value))
        raise ValueAlone(value=shown, total=criteria if measure == AVERAGE else total)
    return printed._replace(total=total, percent=percent)


def _refuse_two(option: str, typed: object, printed: object) -> None:
    """Raises OneOf where an option says otherwise than the value as printed."""
    if typed and printed and typed != printed:
        raise OneOf(options=f"{option} {typed}, --value “… {printed} …”")


def figures_of(connection: Connection, spec: ReportSpec, as_of: str, source: str) -> list[Published]:
    """The ledger's figure of every level that anyone reached, of districts and communes, as a report would print it."""
    figures = []
    for ladder in ladders(spec.view.programme):
        view = spec.on_ladder(ladder).view
        paths = standings.paths(connection, view, [spec.moment])
        for tier in TIERS:
            of = total(paths, tier, 0)
            for level in view.programme.levels_of(tier):
                value, measure = (
                    reached(paths, tier, at_least(level.rank), 0),
                    measure_of(spec.view.programme, ladder, level),
                )
                if value or level.rank == 1:
                    figures.append(Published(tier, measure, as_of, str(value), of, source, basis=view.basis))
    return [figure for figure in figures if figure.total]


def _keep(ledger: Ledger, figures: Sequence[Published], scope: Unit, *, whole: bool = False) -> None:
    """Keeps the figures; one that the same source gave otherwise is corrected.

    `whole`: they are all that the source says of that day on that basis; what it said besides is voided.
    """
    kept = {
        figure.key: (key, figure) for key, figure in recognitions.every_published_figure(ledger.connection, scope.id)
    }
    new = [figure for figure in figures if not _says_the_same(kept.get(figure.key), figure)]
    keys = {figure.key for figure in figures}
    voids = [kept[figure.key][0] for figure in new if figure.key in kept]
    if whole and figures:
        voids += [key for key, figure in kept.values() if figure.key not in keys and _is_of(figure, figures[0])]
    if not new and not voids:
        raise AlreadyPublished(source=figures[0].source if figures else "–")
    ledger.void("published_figure", voids)
    ledger.publish(new, scope.id)
    ledger.summary = _("kept as published ({source}, {day}): {figures}").format(
        source=figures[0].source, day=show_day(figures[0].as_of), figures=", ".join(map(figure_words, figures))
    )


def _says_the_same(kept: tuple[int, Published] | None, new: Published) -> bool:
    return kept is not None and kept[1].said == new.said


def _is_of(figure: Published, other: Published) -> bool:
    """Whether two figures are of one report: its source, the day it speaks of, how it counts."""
    return (figure.source, figure.as_of, figure.basis) == (other.source, other.as_of, other.basis)


def _source(ledger: Ledger, typed: str | None) -> str:
    """Which report it is: as typed, else the number kept for the letterhead; raises SourceNeeded."""
    source = clean(typed or "") or setting(ledger.connection, "number") or ""
    if not source:
        raise SourceNeeded
    return source


def figures_of_year(connection: Connection, scope: Unit, year: int, today: date, source: str) -> list[Published]:
    """A province's figures at the end of a year, by năm đạt chuẩn."""
    spec = resolve(connection, ReportOptions(year), today, of=scope)
    return figures_of(connection, spec, str(year), source)


def close_year(session: Session, year: int, *, dry_run: bool) -> None:
    """Closes a year: keeps its figures as published, and from then on refuses writes that would change them.

    Raises YearOutsideProgrammes, NotOver, AlreadyClosed.
    """
    of_year(year)
    if year_end(year) >= session.today:
        raise NotOver(year=year, today=day(session.today))
    with session.acting("close-year", dry_run=dry_run) as ledger:
        until = closed_until(ledger.connection)
        if until is not None and until >= year:
            raise AlreadyClosed(year=year, until=until)
        kept: dict[str, str] = {}
        source = _("closing of the year {year}").format(year=year)
        for province in all_provinces(ledger.connection):
            if not any(version.alive_in(year) for version in versions(ledger.connection, province.id)):
                continue  # its heirs tell the figures of the years after it
            try:
                figures = figures_of_year(ledger.connection, province, year, session.today, source)
            except (NoUnits, NothingToCount):  # it had no units then
                continue
            ledger.publish(figures, province.id)
            kept[province.title] = ", ".join(map(figure_words, figures))
        ledger.close_year(year)
        text = _("closed the year {year}; kept as published: {figures}")
        told = kept.values() if len(kept) == 1 else [f"{title}: {words}" for title, words in kept.items()]
        ledger.summary = text.format(year=year, figures="; ".join(told) or "–")
