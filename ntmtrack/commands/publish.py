"""`publish`: the figures of a report kept as published, to be held against the ledger ever after."""

import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ntmtrack.commands import Session
from ntmtrack.commands.question import ReportOptions, ReportSpec, resolve
from ntmtrack.dates import last_day, show_day, year_end
from ntmtrack.errors import (
    AlreadyClosed,
    AlreadyPublished,
    NothingToCount,
    NotOver,
    NoUnits,
    ScopeNeeded,
    SourceNeeded,
    ValueAlone,
)
from ntmtrack.i18n import _, day, number
from ntmtrack.model import Published, Tier, Unit
from ntmtrack.programmes import of_year
from ntmtrack.programmes.ladders import OWN, find_on_ladders, ladders, level_measured, measure_of, set_words
from ntmtrack.progress import at_least, reached, total
from ntmtrack.progress.compute import TIERS
from ntmtrack.storage.ledger import Ledger
from ntmtrack.storage.queries import recognitions, standings
from ntmtrack.storage.queries.actions import closed_until, setting
from ntmtrack.storage.queries.scopes import whose
from ntmtrack.storage.queries.units import all_provinces, versions
from ntmtrack.text import clean


class TypedFigure(NamedTuple):
    """One figure as a report prints it, typed by hand."""

    tier: Tier
    level: str
    as_of: str
    value: int
    total: int | None


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
    """Keeps one figure as some report printed it; raises UnknownLevel, ScopeNeeded, SourceNeeded, ValueAlone."""
    programme = of_year(last_day(typed.as_of).year)
    measure = measure_of(programme, *find_on_ladders(programme, typed.level, typed.tier, None))
    if typed.total is not None and typed.value > typed.total:
        raise ValueAlone(value=typed.value, total=typed.total)
    with session.acting("publish", dry_run=dry_run) as ledger:
        report = _source(ledger, source)
        figure = Published(typed.tier, measure, typed.as_of, str(typed.value), typed.total, report)
        _keep(ledger, [figure], whose(ledger.connection, scope, last_day(typed.as_of)))


def figures_of(connection: sqlite3.Connection, spec: ReportSpec, as_of: str, source: str) -> list[Published]:
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
        source=figures[0].source, day=show_day(figures[0].as_of), figures=", ".join(map(published_words, figures))
    )


def _says_the_same(kept: tuple[int, Published] | None, new: Published) -> bool:
    return kept is not None and (kept[1].value, kept[1].total) == (new.value, new.total)


def _is_of(figure: Published, other: Published) -> bool:
    """Whether two figures are of one report: its source, the day it speaks of, how it counts."""
    return (figure.source, figure.as_of, figure.basis) == (other.source, other.as_of, other.basis)


def published_words(figure: Published) -> str:
    """A figure with its level: "116/116 xã đạt chuẩn NTM"."""
    programme = of_year(last_day(figure.as_of).year)
    measured = level_measured(programme, figure.measure)
    assert measured is not None, "figures of levels are kept"
    ladder, level = measured
    by_set = "" if ladder == OWN else f" ({set_words(ladder, programme)})"
    text = (
        _("{count} communes {level}") if figure.tier is Tier.COMMUNE else _("{count} units of district level {level}")
    )
    value = f"{number(int(figure.value))}/{number(figure.total)}" if figure.total else number(int(figure.value))
    return text.format(count=value, level=level.title) + by_set


def _source(ledger: Ledger, typed: str | None) -> str:
    """Which report it is: as typed, else the number kept for the letterhead; raises SourceNeeded."""
    source = clean(typed or "") or setting(ledger.connection, "number") or ""
    if not source:
        raise SourceNeeded
    return source


def figures_of_year(
    connection: sqlite3.Connection, scope: Unit, year: int, today: date, source: str
) -> list[Published]:
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
            kept[province.title] = ", ".join(map(published_words, figures))
        ledger.close_year(year)
        text = _("closed the year {year}; kept as published: {figures}")
        told = kept.values() if len(kept) == 1 else [f"{title}: {words}" for title, words in kept.items()]
        ledger.summary = text.format(year=year, figures="; ".join(told) or "–")
