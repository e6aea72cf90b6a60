"""What a page to look at shows of a scope: headline figures, plan and actual by year, every unit by its level."""

from collections.abc import Sequence
from typing import NamedTuple

from ntmtrack.reports import Table


class Headline(NamedTuple):
    """A level at the day: how many of how many, and what the plan asks for; `reached` None of a year to come."""

    title: str
    reached: int | None
    total: int
    goal: int | None
    share: str
    facts: Sequence[tuple[str, str]]


class HeadlineGroup(NamedTuple):
    """The headlines by one set of levels, under its name where there are two; in `others` what else is planned."""

    heading: str
    headlines: Sequence[Headline]
    others: Table | None


class YearColumn(NamedTuple):
    """Plan and actual of one year, in units; None where there is none."""

    year: int
    planned: int | None
    reached: int | None


class YearChart(NamedTuple):
    """A target over the years, and the same as a table."""

    title: str
    columns: Sequence[YearColumn]
    table: Table


class ChartGroup(NamedTuple):
    """The charts by one set of levels."""

    heading: str
    charts: Sequence[YearChart]


class Shade(NamedTuple):
    """How a level is drawn: its letter, its place among the tints (0: none yet), and its name."""

    letter: str
    tint: int
    label: str


class UnitSquare(NamedTuple):
    """One unit: its row in the list, its name, its level; `is_made_up` where that is illustrative."""

    row: int
    name: str
    shade: Shade
    is_made_up: bool


class SquaresPart(NamedTuple):
    """The squares of a district, or of what stands for one."""

    title: str
    squares: Sequence[UnitSquare]


class SquaresMap(NamedTuple):
    """Every commune by its highest level of one set, with what the letters mean and how many there are of each."""

    heading: str
    parts: Sequence[SquaresPart]
    legend: Sequence[tuple[Shade, int]]


class ListedLevel(NamedTuple):
    """The highest level of a unit by one set, its year and its decision; texts, empty where there is none."""

    shade: Shade
    year: str = ""
    decision: str = ""


class UnitOnPage(NamedTuple):
    """A row of the list: the unit, and its highest level by each set."""

    row: int
    name: str
    levels: Sequence[ListedLevel]


class ListedPart(NamedTuple):
    """The units of a district, or of the district tier."""

    title: str
    units: Sequence[UnitOnPage]


class Remaining(NamedTuple):
    """The communes that have not reached a level, by district; no table where none is left."""

    title: str
    table: Table | None


class Page(NamedTuple):
    """The whole page.

    `moved` are who came to a level within the year, and who left one; `sets` the headings of the sets of levels in the
    list, one empty where there is one.
    """

    title: str
    subtitle: str
    agency: Sequence[str]
    doubts: Sequence[str]
    sentences: Sequence[str]
    headlines: Sequence[HeadlineGroup]
    charts: Sequence[ChartGroup]
    maps: Sequence[SquaresMap]
    rankings: Sequence[Table]
    ranking_note: str
    moved: Table | None
    remaining: Sequence[Remaining]
    sets: Sequence[str]
    parts: Sequence[ListedPart]
    notes: Sequence[str]
