"""Sơ kết, tổng kết: what was registered, rewarded, given and held in the years of a movement. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ntmtrack.dates import first_day
from ntmtrack.emulation.calendar import CalendarLine, Stand
from ntmtrack.emulation.entries import is_of_year
from ntmtrack.emulation.pledges import Outcome, sent_by
from ntmtrack.emulation.registers import REGISTERS, Entry, GivenAward, GiverKind, Registration


class Span(NamedTuple):
    """Years that are counted together, the last until a day: one year, two, all of the movement."""

    first: int
    last: int
    until: date

    @property
    def is_part(self) -> bool:
        """Whether its last year is not counted to its end."""
        return (self.until.month, self.until.day) != (12, 31)


def spans(first: int, until: date) -> list[Span]:
    """Each year from the first on; the last two together where there are more; all together where there are several."""
    last = until.year
    years = [Span(year, year, min(date(year, 12, 31), until)) for year in range(first, last + 1)]
    two = [Span(last - 1, last, until)] if len(years) > 2 else []
    return [*years, *two, *([Span(first, last, until)] if len(years) > 1 else [])]


class YearOfMovement(NamedTuple):
    """What a year of a movement brought: counts, and sums in đồng by the kind of giver.

    `units` and `entered` are by their ids, since one of them may be of several years.
    """

    year: int
    units: frozenset[int]
    pledged: int
    kept: int
    not_kept: int
    awards: Mapping[str, int]
    earned: int
    used: int
    given: Mapping[str, int]
    entered: Mapping[str, frozenset[int]]
    stands: Mapping[Stand, int]

    @property
    def left_open(self) -> int:
        """Pledges of which nobody can say yet whether they were kept."""
        return self.pledged - self.kept - self.not_kept


def year_of_movement(
    span: Span,
    pledges: Sequence[tuple[Registration, Outcome]],
    awards: Iterable[GivenAward],
    places: tuple[int, int],
    entered: Sequence[Entry],
    dates: Sequence[CalendarLine],
) -> YearOfMovement:
    """The counts of a year until its day; `places` are the earned and the used ones."""
    outcomes = Counter(outcome for _one, outcome in pledges)
    own = [one for one in entered if is_of_year(one, span.last) and first_day(one.day) <= span.until]
    given: Counter[str] = Counter()
    for entry in own:
        if entry.book == "contribution":
            given[entry.kind or GiverKind.OTHER] += entry.amount or 0
    of_forms: Counter[str] = Counter()
    for award in awards:
        if award.year == span.last:
            of_forms[award.name] += award.places
    return YearOfMovement(
        year=span.last,
        units=frozenset(one.unit_id for one, _outcome in pledges),
        pledged=len(pledges),
        kept=outcomes[Outcome.MET],
        not_kept=outcomes[Outcome.NOT_MET] + outcomes[Outcome.ENDED],
        awards=of_forms,
        earned=places[0],
        used=places[1],
        given=given,
        entered={book: frozenset(one.id or 0 for one in own if one.book == book) for book in REGISTERS},
        stands=Counter(line.stand(span.until) for line in dates if line.due <= span.until),
    )


def in_all(movements: Sequence[YearOfMovement]) -> YearOfMovement:
    """One year of several movements of a unit: only awards are of each, what else they count is the same of all."""
    awards: Counter[str] = Counter()
    for one in movements:
        awards.update(one.awards)
    return movements[0]._replace(awards=awards)


def was_sent_by(pledged: Registration, on: date) -> bool:
    """Whether it was sent by a day, as far as that is known."""
    day = sent_by(pledged)
    return day is None or first_day(day) <= on


def was_given_by(award: GivenAward, on: date) -> bool:
    """Whether its decision was signed by a day, as far as that is known."""
    return award.signed_on is None or first_day(award.signed_on) <= on
