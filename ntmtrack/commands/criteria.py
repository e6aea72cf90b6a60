"""`criteria`: the sets of a programme, and one as it stands on a day with what the office says of it."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from ntmtrack.commands.criteria_sets import known_set
from ntmtrack.dates import show_day
from ntmtrack.errors import NotAMark, UnknownCriteriaSet
from ntmtrack.i18n import _
from ntmtrack.model import Programme, Unit
from ntmtrack.programmes import every, keys, of_year, programme
from ntmtrack.programmes.criteria import CriteriaSet, Threshold
from ntmtrack.programmes.criteria.files import criteria_set, find_set, set_keys, sets_of
from ntmtrack.programmes.marks import GROUP, every_word, mark_called, mark_words, word_of
from ntmtrack.reports import Report
from ntmtrack.reports.criteria import ListedSet, ShownSet, set_report, sets_report
from ntmtrack.rules import decision_and_issuer
from ntmtrack.storage.dialect import Connection
from ntmtrack.storage.queries.criteria import marks_of, office_criteria
from ntmtrack.storage.queries.scopes import find_scope
from ntmtrack.storage.queries.units import sole_province, standing_on


class SetQuestion(NamedTuple):
    """What is asked of a set: its name as typed, the day, for which units and year thresholds are wanted, how much."""

    name: str
    on: date | None = None
    year: int | None = None
    group: str | None = None
    scope: str | None = None
    with_contents: bool = False
    with_sources: bool = False


class SetsQuestion(NamedTuple):
    """Which sets are listed: those of a period, else of the programme of a year, or all; as they stand on a day."""

    period: Programme | None
    year: int
    every: bool = False
    on: date | None = None


def period_called(typed: str) -> Programme | None:
    """The programme whose period is typed in the place of a set: "2021-2025"; None where it is none."""
    key = typed.strip().replace("–", "-")
    return programme(key) if key in keys() else None


def list_sets(connection: Connection | None, asked: SetsQuestion, today: date) -> Report:
    """The sets of a programme, or of all, as the office has them; raises YearOutsideProgrammes."""
    period = asked.period or of_year(asked.year)
    sets = [criteria_set(key) for key in set_keys()] if asked.every else sets_of(period.key)
    province = sole_province(connection, asked.on or today) if connection else None
    days = [asked.on.isoformat() if asked.on else _day_in(one, today) for one in sets]
    listed = [_listed(connection, one, province, day) for one, day in zip(sets, days, strict=True)]
    subtitle = _("all programmes") if asked.every else _("programme {key}").format(key=period.key)
    return sets_report(listed, subtitle)


def _listed(connection: Connection | None, of_set: CriteriaSet, province: Unit | None, day: str) -> ListedSet:
    rows = office_criteria(connection, of_set.key) if connection else []
    return ListedSet(_known(connection, of_set, day, province), len(rows))


def _known(connection: Connection | None, of_set: CriteriaSet, day: str, province: Unit | None) -> CriteriaSet:
    """The set on a day as the office has it, as it ships where there is no ledger."""
    return known_set(connection, of_set.key, day, province.id if province else None) if connection else of_set.on(day)


def set_called(typed: str, year: int) -> CriteriaSet:
    """The set that is meant, of the programme of a year before those of others, the latest first.

    Raises UnknownCriteriaSet, which tells those of that year.
    """
    period = of_year(year)
    others = [one for one in reversed(every()) if one != period]
    for within in (period, *others):
        with suppress(UnknownCriteriaSet):
            return find_set(within, typed)
    return find_set(period, typed)


def show_set(connection: Connection | None, asked: SetQuestion, today: date) -> Report:
    """A set as it stands on a day; raises UnknownCriteriaSet, NotAMark, and what finding the scope raises."""
    of_set = set_called(asked.name, asked.year or (asked.on or today).year)
    day = asked.on.isoformat() if asked.on else _day_in(of_set, today)
    province = province_meant(connection, asked.scope, today) if connection else None
    rows = office_criteria(connection, of_set.key) if connection else []
    by_office = _known(connection, of_set, day, province)
    year = asked.year or int(day[:4])
    shown = ShownSet(
        by_office,
        day,
        [*_asked_about(by_office.thresholds, year, asked.group)],
        {row.code for row in rows if row.name},
        province,
        asked.with_contents,
        asked.with_sources,
    )
    return set_report(shown)


def _day_in(of_set: CriteriaSet, today: date) -> str:
    """Today, or the last day of the set's programme where that has ended."""
    last = programme(of_set.programme).last_year
    return min(today, date(last, 12, 31)).isoformat()


def province_meant(connection: Connection, scope: str | None, today: date) -> Unit | None:
    """The province whose own rows count: the one named, else the only one of the ledger."""
    return find_scope(connection, scope, standing_on(today)) if scope else sole_province(connection, today)


def _asked_about(thresholds: Sequence[Threshold], year: int, group: str | None) -> Sequence[Threshold]:
    """The thresholds of a year, of all units or of those that a word means; raises NotAMark."""
    word = applied_to(group) if group else None
    of_year = (one for one in thresholds if one.year in (None, year))
    return [one for one in of_year if group is None or one.applies_to in (None, word)]


def applied_to(typed: str) -> str:
    """The word under which thresholds apply, as typed: "3", "ĐBSCL"; raises NotAMark."""
    found = mark_called(typed, GROUP)
    if found is None:
        raise NotAMark(typed=typed, known=", ".join(every_word()))
    return word_of(*found)


def marks_notes(connection: Connection, unit_id: int, today: date) -> Iterator[str]:
    """How a unit is classed today, mark by mark, since when, by which decision."""
    standing = {mark.mark: mark for mark in marks_of(connection, unit_id) if mark.since <= today.isoformat()}
    for told in standing.values():
        by = "; ".join(filter(None, (decision_and_issuer(told.decision) if told.decision else "", told.source)))
        yield _("From {day} on: {mark}{by}.").format(
            day=show_day(told.since), mark=mark_words(told.mark, told.value), by=f" ({by})" if by else ""
        )
