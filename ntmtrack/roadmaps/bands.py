"""Bands of criteria, parts of a whole: how many units meet 19, 15–18, 10–14 … of them."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from ntmtrack.i18n import N_, _
from ntmtrack.roadmaps import MEASURES

AT_LEAST, BELOW, BETWEEN, MEETING = "criteria-at-least", "criteria-below", "criteria-band", "criterion"
_KEY = re.compile(rf"({AT_LEAST}|{BELOW}|{BETWEEN}|{MEETING}):([0-9]+)(?:-([0-9]+))?")
_BETWEEN, _ALL_OF = N_("with {low}–{high} criteria"), N_("with {low} criteria")
_MEETING = N_("meeting criterion {number}")


class Band(NamedTuple):
    """Units that meet from `low` to `high` criteria, both included; no upper end where `high` is None."""

    low: int
    high: int | None = None

    @property
    def measure(self) -> str:
        """Its key: "criteria-at-least:15", "criteria-below:5", "criteria-band:15-18"."""
        if self.high is None:
            return f"{AT_LEAST}:{self.low}"
        return f"{BETWEEN}:{self.low}-{self.high}" if self.low else f"{BELOW}:{self.high + 1}"

    def within(self, criteria: int) -> "Band | None":
        """The same in a set of so many criteria, up to all of them being without an end; None where it is not in it."""
        high = criteria if self.high is None else self.high
        if not 0 <= self.low <= high <= criteria:
            return None
        return self._replace(high=None) if high == criteria else self


def band_of(measure: str) -> Band | None:
    """The band whose key it is; None where it measures something else."""
    match = _KEY.fullmatch(measure)
    if match is None or match[1] == MEETING:
        return None
    low, high = int(match[2]), int(match[3]) if match[3] else None
    if match[1] == BELOW:
        return Band(0, low - 1)
    return Band(low, high)


def criterion_of(measure: str) -> int | None:
    """The number of the criterion of which it counts the units that meet it; None where it measures something else."""
    match = _KEY.fullmatch(measure)
    return int(match[2]) if match and match[1] == MEETING else None


def measure_in_set(measure: str, criteria: int) -> str | None:
    """The key as a set of so many criteria has it; None of a band or a criterion that it has not.

    Example: of 19 "criteria-band:15-19" is "criteria-at-least:15"; "criteria-band:15-18" does not exist of 10.
    """
    if number := criterion_of(measure):
        return measure if number <= criteria else None
    if band := band_of(measure):
        held = band.within(criteria)
        return held.measure if held else None
    return measure


def band_words(measure: str, criteria: int | None) -> str | None:
    """What is counted, in a set of so many criteria: "đạt 15–18 tiêu chí"; None where it is no band or criterion."""
    if number := criterion_of(measure):
        return _(_MEETING).format(number=number)
    band = band_of(measure)
    if band is None:
        return None
    if band.high is None:
        return _(_ALL_OF if band.low == criteria else MEASURES[AT_LEAST]).format(low=band.low, threshold=band.low)
    if band.low:
        return _(_ALL_OF if band.low == band.high else _BETWEEN).format(low=band.low, high=band.high)
    return _(MEASURES[BELOW]).format(threshold=band.high + 1)


def partitions(whole: Band, parts: Collection[Band]) -> Iterator[Sequence[Band]]:
    """Every way in which two or more bands make up another, none beside itself, the highest first."""
    for band in parts:
        if band.high == whole.high and band.low >= whole.low and band != whole:
            if band.low == whole.low:
                yield [band]
            else:
                yield from ([band, *rest] for rest in _down_to(whole.low, band.low, parts))


def _down_to(low: int, above: int, parts: Collection[Band]) -> Iterator[Sequence[Band]]:
    """Every way in which bands fill from `low` up to but not `above`."""
    for band in parts:
        if band.high == above - 1 and band.low >= low:
            if band.low == low:
                yield [band]
            else:
                yield from ([band, *rest] for rest in _down_to(low, band.low, parts))
