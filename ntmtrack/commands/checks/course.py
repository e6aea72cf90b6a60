"""Checks of published figures from one day to the next: cumulative ones that fall, years that do not add up."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from ntmtrack.commands.checks.context import CheckContext, CheckFinding
from ntmtrack.commands.printed_shares import sentence_on
from ntmtrack.dates import last_day, show_day, year_end
from ntmtrack.errors import YearOutsideProgrammes
from ntmtrack.i18n import _, number, signed
from ntmtrack.lint import Weight
from ntmtrack.lint.published_shares import ADDED, total_beside
from ntmtrack.model import Act, Basis, Published
from ntmtrack.programmes import of_year
from ntmtrack.programmes.ladders import ladder_of, level_measured
from ntmtrack.progress.compute import TIERS
from ntmtrack.storage.queries.standings import View, standings
from ntmtrack.text import few

_Series = tuple[object, ...]  # what figures share that go on from one day to the next


def check_falls(context: CheckContext) -> Iterator[CheckFinding]:
    """Cumulative figures of one source that fall: a doubt, a note where units went too or were lost on record."""
    by_source: dict[_Series, list[Published]] = defaultdict(list)
    for figure in context.published:
        if series := _series(figure):
            by_source[figure.source, *series].append(figure)
    for figures in by_source.values():
        figures.sort(key=lambda figure: last_day(figure.as_of))
        for earlier, later in pairwise(figures):
            if int(later.value) < int(earlier.value):
                yield _fall(context, earlier, later)


def _fall(context: CheckContext, earlier: Published, later: Published) -> CheckFinding:
    words = {"before": number(int(earlier.value)), "on": show_day(earlier.as_of), "after": number(int(later.value))}
    text = _("{before} on {on}, then {after}").format(**words)
    totals = [total_beside(figure, context.published) for figure in (earlier, later)]
    if totals[0] and totals[1] and totals[1] < totals[0]:
        of = _("the printed total falls too, from {before} to {after} (a merger?)")
        text += "; " + of.format(before=number(totals[0]), after=number(totals[1]))
        return CheckFinding(Weight.NOTE, sentence_on(later, text))
    lost, _again = _between(context, earlier, later)
    if lost:
        text += "; " + _("lost on record meanwhile: {units}").format(units=few(lost))
        return CheckFinding(Weight.NOTE, sentence_on(later, text), lost)
    text += "; " + _("a cumulative figure falls, and nothing on record explains it")
    return CheckFinding(Weight.DOUBT, sentence_on(later, text))


def check_years(context: CheckContext) -> Iterator[CheckFinding]:
    """Years whose figure before and what was added do not make the figure after.

    Where units were lost or recognised again meanwhile it is asked whether they are counted; where the figure before
    is another source's it is told.
    """
    at_end: dict[_Series, list[Published]] = defaultdict(list)
    for figure in context.published:
        if series := _series(figure):
            at_end[*series, last_day(figure.as_of)].append(figure)
    for added in context.published:
        day = last_day(added.as_of)
        series = _series(added._replace(measure=added.measure.removesuffix(ADDED)))
        if series is None or not added.measure.endswith(ADDED) or day != year_end(day.year):
            continue
        after = [figure for figure in at_end[*series, day] if figure.source == added.source]
        before = at_end[*series, year_end(day.year - 1)]
        before = [figure for figure in before if figure.source == added.source] or before
        sums = {int(figure.value) + int(added.value) for figure in before}
        if after and sums and int(after[0].value) not in sums:
            yield _year(context, before[0], added, after[0])


def _year(context: CheckContext, before: Published, added: Published, after: Published) -> CheckFinding:
    """What is to be said of a year that does not add up."""
    terms = [int(before.value), int(added.value), int(after.value)]
    gap = terms[0] + terms[1] - terms[2]
    words = {"before": number(terms[0]), "added": number(terms[1]), "sum": number(terms[0] + terms[1])}
    words |= {"after": number(terms[2]), "gap": signed(gap)}
    text = _("{before} the year before + {added} added = {sum}, but {after} is printed ({gap})").format(**words)
    lost, again = _between(context, before, after)
    asked = [_("lost: {units}").format(units=few(lost))] if lost else []
    asked += [_("recognised again: {units}").format(units=few(again))] if again else []
    if asked:
        text += "; " + _("are these in it? {units}").format(units="; ".join(asked))
        return CheckFinding(Weight.NOTE, sentence_on(after, text), [*lost, *again])
    if before.source != after.source:
        text += "; " + _("the figure of the year before is of another source: {source}").format(source=before.source)
        return CheckFinding(Weight.NOTE, sentence_on(after, text))
    return CheckFinding(Weight.DOUBT, sentence_on(after, text))


def _series(figure: Published) -> _Series | None:
    """What cumulative figures share that count the same: tier, way of counting, and the first level that counts in.

    Example: NTM of 2016-2020 goes on in 2021-2025, and among what is kept in 2026-2030. None of other measures.
    """
    try:
        programme = of_year(last_day(figure.as_of).year)
    except YearOutsideProgrammes:
        return None
    measured = level_measured(programme, figure.measure)
    if measured is None or not figure.value.isdecimal():
        return None
    ladder, level = measured
    origins = [f"{ladder_of(programme, ladder).key}/{level.key}", *(carry.origin for carry in level.carries)]
    return figure.tier, figure.basis, min(origins)


def _between(context: CheckContext, earlier: Published, later: Published) -> tuple[list[str], list[str]]:
    """The units that lost a level between two days, and those recognised again at it, by their titles."""
    begins, ends = last_day(earlier.as_of), last_day(later.as_of)
    programme = of_year(ends.year)
    measured = level_measured(programme, later.measure)
    if measured is None or later.tier not in TIERS:
        return [], []
    ladder, level = ladder_of(programme, measured[0]), measured[1]
    view = View(ladder, later.basis or Basis.YEAR, context.spec.view.scope)
    paths = standings(context.connection, view, [*map(context.spec.moment_at, (begins, ends))], later.tier)
    lost = [key for key, path in paths.items() if path.ranks[0] >= level.rank > path.ranks[1]]
    again = [key for key in paths if key not in lost and _again(context, key, ladder.ranks(), level.rank, begins, ends)]
    return [context.title(key) for key in sorted(lost)], [context.title(key) for key in sorted(again)]


def _again(context: CheckContext, unit_id: int, ranks: dict[str, int], rank: int, begins: date, ends: date) -> bool:
    """Whether a unit was recognised again at a rank, for a year between two days."""
    return any(
        recognition.basis is Act.RE_RECOGNISED
        and ranks.get(recognition.origin, 0) >= rank
        and recognition.year is not None
        and begins.year < recognition.year <= ends.year
        for recognition in context.recognitions.get(unit_id, ())
    )
