"""Criteria sets (bộ tiêu chí) as dated data: what a unit of a tier must meet for a level, and by which thresholds.

A set is kept as its decision has it; what a later decision changed is applied from its day on (`on`), what an office
says of it over that (`told`). A code names a criterion only within its set: 17.8 is one thing in 2016 and another in
2022. Which of it was held against the text says `verified`; a threshold that was not never concludes that it is met.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from ntmtrack.i18n import N_, _
from ntmtrack.model import Tier


class Verified(StrEnum):
    """How far a row of a set was held against the text of its decision."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"

    @property
    def label(self) -> str:
        """How far, in the language in use."""
        return _(_VERIFIED[self])


_VERIFIED = {
    Verified.YES: N_("checked"),
    Verified.PARTLY: N_("partly checked"),
    Verified.NO: N_("not checked"),
}


class Content(NamedTuple):
    """Nội dung tiêu chí (chỉ tiêu): one thing that a criterion asks for; `compulsory` where less than all will do."""

    code: str
    name: str
    verified: Verified
    source: str
    compulsory: bool = False


class Criterion(NamedTuple):
    """Tiêu chí: met where all its contents are; without any it is met or not as a whole, by what it `says`."""

    code: str
    name: str
    verified: Verified
    source: str
    says: str | None = None
    contents: tuple[Content, ...] = ()

    @property
    def is_numbered(self) -> bool:
        """Whether it counts as one of the criteria; conditions beside them have letters."""
        return self.code.isdecimal()


class Condition(NamedTuple):
    """A condition beside the criteria: "100 % số xã đạt chuẩn"; without an operator it is met or not.

    Its value is the per cent of the communes at the level `communes_at` or above; with `participants` that of the
    contents met by each unit that takes part without being counted; else what an office finds.
    """

    code: str
    name: str
    verified: Verified
    source: str
    operator: str | None = None
    value: str | None = None
    counted_in: str | None = None
    applies_to: str | None = None
    communes_at: str | None = None
    participants: bool = False

    def holds(self, value: Decimal) -> bool | None:
        """Whether a value meets it; None where it asks for no number, or its text was not read whole."""
        if self.operator is None or self.value is None or self.verified is not Verified.YES:
            return None
        return compares(value, self.operator, number_of(self.value))


class Threshold(NamedTuple):
    """Ngưỡng of a code, a number with its unit; of some units (`applies_to`: a group, a region) and a year alone.

    `since` is the ISO day from which it holds; empty with the set.
    """

    code: str
    operator: str
    value: str
    verified: bool
    source: str
    counted_in: str | None = None
    applies_to: str | None = None
    year: int | None = None
    since: str = ""

    def holds(self, value: Decimal) -> bool | None:
        """Whether a value meets it; None where it was not verified: then nothing may be concluded."""
        if not self.verified:
            return None
        return compares(value, self.operator, number_of(self.value))


class Amendment(NamedTuple):
    """What a later decision changed of one code, from an ISO day on."""

    code: str
    since: str
    decision: str
    name: str
    verified: Verified
    source: str


class CriteriaBand(NamedTuple):
    """A band of criteria met, both ends within: 15–18."""

    low: int
    high: int

    @property
    def label(self) -> str:
        """“15–18”; of the lowest “dưới 5”."""
        if self.low == 0:
            return _("under {count}").format(count=self.high + 1)
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"


class CriteriaSet(NamedTuple):
    """Bộ tiêu chí: `number` criteria with `contents_number` contents by its decision; None where that is not known.

    `since` is an ISO day. `bands` are the lower ends of its bands, the highest first. `asks` are sets to be met too;
    `of` is the set whose contents are counted, where it has none itself; `kinds` are those of its units, where
    not every counted kind is meant.
    """

    key: str
    title: str
    since: str
    source: str
    tier: Tier
    level: str
    number: int | None = None
    contents_number: int | None = None
    bands: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()
    of: str | None = None
    asks: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    conditions: tuple[Condition, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    amendments: tuple[Amendment, ...] = ()

    @property
    def programme(self) -> str:
        """The key of its programme: "2021-2025"."""
        return self.key.partition("/")[0]

    @property
    def total(self) -> int:
        """How many criteria there are: by its decision, more where an office lists more."""
        return max(self.number or 0, len(self.criteria))

    @property
    def band_ends(self) -> list[CriteriaBand]:
        """The bands, the highest first: without a gap, none overlapping; of a set without bands all, and fewer."""
        lows = self.bands or ((self.total, 0) if self.total else (0,))
        return [CriteriaBand(lows[0], self.total), *(CriteriaBand(low, above - 1) for above, low in pairwise(lows))]

    @property
    def is_listed_whole(self) -> bool:
        """Whether all its contents are known here: only then is a criterion met once those are."""
        contents = sum(len(criterion.contents) for criterion in self.criteria)
        return not contents or self.contents_number == sum(1 for _item in self.items)

    @property
    def items(self) -> Iterator[Criterion | Content]:
        """What is met or not by itself: contents, and criteria without any."""
        for criterion in self.criteria:
            yield from criterion.contents or (criterion,)

    @property
    def codes(self) -> dict[str, Criterion]:
        """Every code, of criteria and contents, with the criterion that it is of: for whoever looks many up."""
        contents = {content.code: criterion for criterion in self.criteria for content in criterion.contents}
        return contents | {criterion.code: criterion for criterion in self.criteria}

    def condition(self, code: str) -> Condition | None:
        """The condition of a code; None where it has none of it."""
        return next((condition for condition in self.conditions if condition.code == code), None)

    def criterion_of(self, code: str) -> Criterion | None:
        """The criterion that a code names, or that has the content which it names; None of a code that it lacks."""
        for criterion in self.criteria:
            if criterion.code == code or any(content.code == code for content in criterion.contents):
                return criterion
        return None

    def on(self, day: str) -> "CriteriaSet":
        """The set as it stands on an ISO day: with what later decisions changed until then."""
        names = {change.code: change for change in self.amendments if change.since <= day}
        return (
            self._replace(criteria=tuple(_amended(criterion, names) for criterion in self.criteria)) if names else self
        )

    def threshold(self, code: str, year: int, marks: Sequence[str] = ()) -> Threshold | None:
        """The threshold of a code for a unit so marked, in a year; that of its group or region before the general one.

        Of several the one of the year before one of every year, then the latest.
        """
        end = f"{year}-12-31"
        fitting = [
            threshold
            for threshold in self.thresholds
            if threshold.code == code
            and threshold.year in (None, year)
            and threshold.since <= end
            and (threshold.applies_to is None or threshold.applies_to in marks)
        ]
        return max(fitting, key=lambda one: (one.applies_to is not None, one.year or 0, one.since), default=None)


def _amended(criterion: Criterion, changes: Mapping[str, Amendment]) -> Criterion:
    contents = tuple(
        content._replace(name=change.name, verified=change.verified, source=change.source)
        if (change := changes.get(content.code))
        else content
        for content in criterion.contents
    )
    return criterion._replace(contents=contents)


def compares(value: Decimal, operator: str, asked: Decimal) -> bool:
    """Whether a value is as an operator asks."""
    return {
        ">=": value >= asked,
        ">": value > asked,
        "<=": value <= asked,
        "<": value < asked,
        "=": value == asked,
    }[operator]


def number_of(text: str) -> Decimal:
    """A number as a set writes it, "62,5" or "62.5"."""
    return Decimal(text.replace(",", "."))


def code_order(code: str) -> tuple[tuple[int, str], ...]:
    """The order of codes: 2 before 10, 17.9 before 17.10."""
    return tuple((int(part), "") if part.isdecimal() else (10**6, part) for part in code.split("."))
