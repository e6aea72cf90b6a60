"""Thi đua: what a movement asks for, as its document has it: its dates, its forms of award, their conditions.

A movement is a file, as a roadmap is. Nothing in it is a rule of the program: who may be proposed for what, by when and
how often is what the document of that movement says, each clause with its place in the text.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from ntmtrack.dates import first_day, is_whole, last_day
from ntmtrack.i18n import N_, _
from ntmtrack.model import Tier
from ntmtrack.roadmaps import BEFORE


class Grouping(StrEnum):
    """The parts in which units are compared with each other."""

    DISTRICT = "district"
    FORMER_DISTRICT = "former-district"  # in which a commune of today lay until 1/7/2025
    BLOCK = "block"  # cụm thi đua, as the office keeps its members

    @property
    def label(self) -> str:
        """What one part is called, in the language in use."""
        return _(_GROUPINGS[self])


_GROUPINGS = {
    Grouping.DISTRICT: N_("district"),
    Grouping.FORMER_DISTRICT: N_("former district"),
    Grouping.BLOCK: N_("emulation block"),
}


class Recipient(StrEnum):
    """Who is rewarded."""

    UNIT = "unit"
    COLLECTIVE = "collective"
    HOUSEHOLD = "household"
    PERSON = "person"
    COLLECTIVE_OR_PERSON = "collective-or-person"

    @property
    def label(self) -> str:
        """The word, in the language in use."""
        return _(_RECIPIENTS[self])

    @property
    def is_private(self) -> bool:
        """Whether its name is a person's."""
        return self in (Recipient.PERSON, Recipient.HOUSEHOLD)


_RECIPIENTS = {
    Recipient.UNIT: N_("unit"),
    Recipient.COLLECTIVE: N_("collective"),
    Recipient.HOUSEHOLD: N_("household"),
    Recipient.PERSON: N_("person"),
    Recipient.COLLECTIVE_OR_PERSON: N_("collective or person"),
}


class Ground(StrEnum):
    """By what somebody becomes a candidate."""

    RECOGNITION = "recognition"  # a unit recognised in the year
    MOST_CRITERIA = "most-criteria"  # the unit that completed the most criteria in the year, in each part
    CONTRIBUTION = "contribution"  # what was given, summed by giver; or an OCOP product of so many stars
    JUDGED = "judged"  # what no register tells: the office proposes

    @property
    def label(self) -> str:
        """The word, in the language in use."""
        return _(_GROUNDS[self])


_GROUNDS = {
    Ground.RECOGNITION: N_("recognised in the year"),
    Ground.MOST_CRITERIA: N_("most criteria completed in the year"),
    Ground.CONTRIBUTION: N_("what was given, OCOP products"),
    Ground.JUDGED: N_("judged by the office"),
}


class Frequency(StrEnum):
    """How often one recipient may have a form of award."""

    ONCE = "once"
    ONCE_PER_LEVEL = "once-per-level"
    EACH_YEAR = "each-year"
    AT_REVIEWS = "at-reviews"  # at sơ kết and tổng kết, in the years that are told
    OPEN = "open"  # as the office sees fit, or as other rules say

    @property
    def label(self) -> str:
        """The words, in the language in use."""
        return _(_FREQUENCIES[self])


_FREQUENCIES = {
    Frequency.ONCE: N_("once"),
    Frequency.ONCE_PER_LEVEL: N_("once for each level"),
    Frequency.EACH_YEAR: N_("every year"),
    Frequency.AT_REVIEWS: N_("at reviews of the movement"),
    Frequency.OPEN: N_("not fixed by the document"),
}


RECOGNISED, AGENCY = "recognition", "agency"  # for each of which there are places


class Need(StrEnum):
    """What a condition asks for that facts of the ledger can tell; anything else is judged by the office."""

    NO_ARREARS = "no-arrears"  # không nợ đọng xây dựng cơ bản
    HAS_COMMUNE_AT = "has-commune-at"
    HIGHEST_GAIN = "highest-gain"
    REPORTS_ON_TIME = "reports-on-time"
    REGISTERED = "registered"
    JUDGED = "judged"


class Deadline(NamedTuple):
    """Mốc: what is to be done by a day, by whom, to whom.

    The day is `yearly` ("15/01", of each of `years` or of every year of the movement), `once` (a day, a month or a year
    as a plan keeps them, "<2023-09-30" before a day), or the end of every month (`monthly`). `of_year` is "year" where
    it concerns the year it falls in, "year-before" where the one before. Where `has_day` is false the document names
    no day, and the end of the period stands for it: nothing is late then. `tier` is that of the units each of which has
    to do it; `shown_by` "registration" where registrations show that it was done.
    """

    key: str
    name: str
    by: str
    cite: str
    to: str | None = None
    yearly: str | None = None
    once: str | None = None
    monthly: bool = False
    before: bool = False
    of_year: str = "year"
    years: tuple[int, ...] = ()
    has_day: bool = True
    tier: Tier | None = None
    shown_by: str | None = None


class AwardRule(NamedTuple):
    """Hình thức khen thưởng: which form, by whose authority, for whom, how often, how many places.

    `says` is the clause in short. Of `ground` RECOGNITION `tier` and `levels` tell which recognitions; of CONTRIBUTION
    `at_least` is the least sum in đồng, `stars` the least stars of an OCOP product. `places` are how many persons or
    households for each recognition, in `parts` where the document parts them ("cấp tỉnh" 5, "cấp huyện" 15); with
    `for_each` "agency" for each agency, those named in `agencies` another number. `years` are those of reviews.
    """

    key: str
    name: str
    authority: str
    says: str
    recipient: Recipient
    ground: Ground
    frequency: Frequency
    cite: str
    tier: Tier | None = None
    levels: tuple[str, ...] = ()
    at_least: int | None = None
    stars: int | None = None
    places: int | None = None
    parts: tuple[tuple[str, int], ...] = ()
    for_each: str = RECOGNISED
    agencies: tuple[tuple[str, int], ...] = ()
    years: tuple[int, ...] = ()


class Condition(NamedTuple):
    """Tiêu chí thi đua: what units of a tier must be to be proposed; `excludes` where without it nobody may be.

    `level` is that of HAS_COMMUNE_AT; without `awards` it is for all that are given to units of its tier.
    """

    key: str
    tier: Tier
    need: Need
    says: str
    cite: str
    level: str | None = None
    excludes: bool = False
    awards: tuple[str, ...] = ()


class Movement(NamedTuple):
    """Phong trào thi đua: its document, the unit that it is of, from which day until which; its rules in order."""

    key: str
    title: str
    number: str
    issued_on: str
    issuer: str
    programme: str
    scope_code: str
    scope_name: str
    begins_on: str
    ends_on: str
    grouping: Grouping = Grouping.DISTRICT
    supersedes: str | None = None
    source: str | None = None
    deadlines: tuple[Deadline, ...] = ()
    awards: tuple[AwardRule, ...] = ()
    conditions: tuple[Condition, ...] = ()

    @property
    def years(self) -> range:
        """The years that it is of."""
        return range(int(self.begins_on[:4]), int(self.ends_on[:4]) + 1)

    def award(self, key: str) -> AwardRule | None:
        """The form of award of a key; None where it has none of it."""
        return next((award for award in self.awards if award.key.casefold() == key.casefold()), None)

    def conditions_of(self, award: AwardRule) -> Iterator[Condition]:
        """The conditions of the candidates of an award: those that name it, and those of its tier that name none."""
        return (
            condition
            for condition in self.conditions
            if (award.key in condition.awards if condition.awards else condition.tier is award.tier)
        )


class Occurrence(NamedTuple):
    """A deadline as it falls in a year: the last day on which it is in time, the year that it is for."""

    deadline: Deadline
    due: date
    of_year: int

    @property
    def key(self) -> str:
        """What facts call it: "dang-ky/2027"; of every month "ve-sinh/2023-07"."""
        when = f"{self.due:%Y-%m}" if self.deadline.monthly else str(self.of_year)
        return f"{self.deadline.key}/{when}"


def occurrences(movement: Movement, year: int) -> list[Occurrence]:
    """The deadlines of a movement that fall in a year, the earliest first, those of one day in the order of the file.

    Of what concerns the year before, the last falls in the January after the movement ended. What recurs every
    year is asked from the day on which the document was issued: before that nobody knew of it.
    """
    found = [
        one
        for deadline in movement.deadlines
        for one in _in_year(movement, deadline, year)
        if not deadline.yearly or one.due >= last_day(movement.issued_on)
    ]
    return sorted(found, key=lambda one: one.due)


def _in_year(movement: Movement, deadline: Deadline, year: int) -> Iterator[Occurrence]:
    of_year = year - 1 if deadline.of_year == "year-before" else year
    if deadline.once:
        due = due_by(deadline.once)
        if due.year == year:
            yield Occurrence(deadline, due, of_year)
    elif deadline.monthly:
        begins, ends = first_day(movement.begins_on), last_day(movement.ends_on)
        months = (date(year, month, 1) for month in range(1, 13))
        found = (month for month in months if begins.replace(day=1) <= month <= ends)
        yield from (Occurrence(deadline, min(last_day(f"{month:%Y-%m}"), ends), year) for month in found)
    elif deadline.yearly and of_year in (deadline.years or movement.years):
        day, month = map(int, deadline.yearly.split("/"))
        yield Occurrence(deadline, date(year, month, day), of_year)


def due_by(told: str) -> date:
    """The last day on which something is in time.

    "Trước ngày 30/9" is not late on that day, as offices take it; before a month or a year it is the day before that.
    """
    before = told.removeprefix(BEFORE)
    if told.startswith(BEFORE) and not is_whole(before):
        return first_day(before) - timedelta(days=1)
    return last_day(before)
