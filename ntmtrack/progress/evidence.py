"""Whether a ledger has recorded enough for a verdict: one that has only just begun is not late, it lacks records.

What a ledger counts is the least that was reached. So it bears that a target is passed, reached or all but reached; it
bears that one is late only where it was told what the plan began with, and the year.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from ntmtrack.model import Programme, Tier
from ntmtrack.programmes import programme as programme_called
from ntmtrack.programmes.ladders import OWN, ladder_of
from ntmtrack.progress.lack import Missing, MissingData
from ntmtrack.progress.ladder_lines import read_alike
from ntmtrack.progress.line import Line
from ntmtrack.progress.status import JUDGED, Goal, Origin, Status, status_of
from ntmtrack.roadmaps import LineKey

_SHORT = (Status.LATE, Status.VERY_LATE)
_Place = tuple[Tier, str]  # a tier and a ladder of levels
_Lacking = Mapping[_Place, tuple[int, MissingData]]  # from which rank on what is missing


class Undated(NamedTuple):
    """A recognition of which no day is known, of a unit that is at the rank `held` by those of which one is."""

    tier: Tier
    unit_id: int
    rank: int
    year: int
    held: int


class Recorded(NamedTuple):
    """What a ledger was told of a province: of each tier the first and the last year, and the last year that is closed.

    Where recognitions count by the day of decision, `starts` is what the lines began with by năm đạt chuẩn, `undated`
    by ladder each recognition of which no day is known. `units` is how many communes of the province
    the ledger holds, of how many; with `shows_part` it shows whoever reads but a part of the units in question.
    """

    years: Mapping[Tier, tuple[int, int]]
    closed: int
    starts: Mapping[LineKey, int] = MappingProxyType({})
    undated: Mapping[str, Sequence[Undated]] = MappingProxyType({})
    units: tuple[int, int] = (0, 0)
    shows_part: bool = False

    def span(self, tier: Tier) -> tuple[int, int]:
        """The first and the last year on which verdicts on a tier may rest: of communes their own.

        Districts are few, and years pass without any: of them whatever was told.
        """
        spans = [self.years[tier]] if tier is Tier.COMMUNE else self.years.values()
        return min(first for first, _last in spans), max(last for _first, last in spans)


def withheld(plans: Sequence[Sequence[Line]], recorded: Recorded, programme: Programme) -> list[list[Line]]:
    """The lines of plans of one year; without a verdict, and with what is missing, where the ledger cannot bear it.

    What is missing at a level is missing at those above it, whichever plan tells. Of a target that leaves open which
    set counts, neither reading is judged where one cannot be. Where no plan judges, what is missing is told too: of who
    remains the line counts more than there are.
    """
    lines = [line for of_plan in plans for line in of_plan]
    is_nothing_told = _counts_nothing(lines)
    lacks = [(line, _lack_of(line, recorded, programme, is_nothing_told=is_nothing_told)) for line in lines]
    lacking = _lowest(lacks)
    unjudged = _lowest((line, _unknown(line, lack, recorded, programme)) for line, lack in lacks)
    borne = [
        [_of_a_part(_by_days(_borne(line, lacking, unjudged), recorded), recorded) for line in of_plan]
        for of_plan in plans
    ]
    return [*map(read_alike, borne)]


def is_empty(lines: Sequence[Line]) -> bool:
    """Whether nothing is on record within the scope, and nobody said that this is all: its noughts are no results."""
    return _counts_nothing(lines) and not any(line.status in _SHORT for line in lines)


def _counts_nothing(lines: Sequence[Line]) -> bool:
    """Whether the ledger counts no recognition within the scope, now or at the end of the year before."""
    beside = (Tier.PROVINCE, Tier.VILLAGE)
    counted = [line.actual for line in lines if line.actual and line.level and line.tier not in beside]
    return bool(counted) and not any(actual.reached or actual.lost for actual in counted)


def _lowest(lacks: Iterable[tuple[Line, MissingData | None]]) -> _Lacking:
    """By tier and ladder the lowest rank of which anything is missing, and what."""
    found: dict[_Place, tuple[int, MissingData]] = {}
    for line, lack in lacks:
        if line.level is None or lack is None:
            continue
        place = _place(line)
        if place not in found or line.level.rank < found[place][0]:
            found[place] = (line.level.rank, lack)
    return found


def _place(line: Line) -> _Place:
    return line.key.tier, line.key.ladder


def _lack_of(line: Line, recorded: Recorded, programme: Programme, *, is_nothing_told: bool) -> MissingData | None:
    """What the ledger lacks for a verdict on a line; nothing of a year that is closed: then all of it was told."""
    if line.actual is None or recorded.closed >= line.year:
        return None
    if line.key.tier not in recorded.years:
        return MissingData(Missing.TIER, line.key)
    if is_nothing_told and line.key.tier is not Tier.VILLAGE:
        return MissingData(Missing.NOTHING, line.key, line.year)
    own_first, own_last = recorded.years[line.key.tier]
    first, last = recorded.span(line.key.tier)
    if last < line.year:
        return MissingData(Missing.YEAR, line.key, own_last)
    begins_anew = programme.kept is not None and line.key.ladder == OWN
    if line.start_stated is None:
        is_cut = first > line.base_year and not begins_anew
        return MissingData(Missing.BEFORE, line.key, own_first) if is_cut else None
    held, asked = max(line.actual.start_held, recorded.starts.get(line.key, 0)), line.start_stated
    is_short = status_of(held, Goal(asked, None, Origin.PRINTED), 0) in _SHORT
    if not is_short or (begins_anew and line.key.is_open):  # whose other reading counts what is kept
        return None
    return MissingData(Missing.SET if begins_anew else Missing.START, line.key, line.base_year, held, asked)


def _unknown(line: Line, lack: MissingData | None, recorded: Recorded, programme: Programme) -> MissingData | None:
    """What is missing to know who remains; `lack` is what is for a verdict.

    Of levels that units keep nothing after their set ended is; of every level all from before its set began.
    """
    period = programme_called(ladder_of(programme, line.key.ladder).key)
    if lack and (lack.missing is not Missing.YEAR or lack.year < period.last_year):
        return lack
    if line.actual is None or recorded.closed >= line.year or line.key.tier not in recorded.years:
        return None
    is_begun = recorded.span(line.key.tier)[0] >= period.first_year
    return MissingData(Missing.BEFORE, line.key, recorded.years[line.key.tier][0]) if is_begun else None


def _of_a_part(line: Line, recorded: Recorded) -> Line:
    """The line; without a verdict where the ledger holds, or shows, but a part of the units that it is to count."""
    held, whole = recorded.units
    is_held_in_part = held < whole and line.key.tier is Tier.COMMUNE
    if line.level is None or line.actual is None or not (recorded.shows_part or is_held_in_part):
        return line
    status = Status.INCOMPLETE if line.status in JUDGED else line.status
    missing = Missing.SHOWN if recorded.shows_part else Missing.UNITS
    return line._replace(status=status, lack=MissingData(missing, line.key, held=held, asked=whole))


def _borne(line: Line, lacking: _Lacking, unjudged: _Lacking) -> Line:
    if line.level is None or line.lack:
        return line
    if _may_mislead(line) and (lack := _lack_at(line, lacking)):
        return line._replace(status=Status.INCOMPLETE, lack=lack)
    remains = line.actual is not None and line.actual.reached < line.actual.total
    return line._replace(lack=_lack_at(line, unjudged)) if remains and line.status not in JUDGED else line


def _lack_at(line: Line, lacking: _Lacking) -> MissingData | None:
    """What is missing at the level of a line; None where that is below the lowest of which anything is."""
    rank, lack = lacking.get(_place(line), (0, None))
    return lack if line.level and line.level.rank >= rank else None


def _by_days(line: Line, recorded: Recorded) -> Line:
    """The line; without a verdict where recognitions of which no day is known could turn it."""
    if line.level is None or line.actual is None or not _may_mislead(line):
        return line
    undated, rank = recorded.undated.get(line.key.ladder, ()), line.level.rank
    of_line = [one for one in undated if one.tier is line.key.tier and one.year <= line.year]
    more = len({one.unit_id for one in of_line if one.rank >= rank > one.held})
    less = len({one.unit_id for one in of_line if one.rank > rank == one.held and line.key.counts == "highest"})
    numbers = (line.actual.reached + more, line.actual.reached - less)
    could_be = {status_of(number, goal, line.actual.start) for goal in line.goals.values() for number in numbers}
    if not (more or less) or could_be <= {line.status}:
        return line
    return line._replace(status=Status.INCOMPLETE, lack=MissingData(Missing.DAYS, line.key, asked=len(undated)))


def _may_mislead(line: Line) -> bool:
    """Whether more records could turn a verdict: that "at most" is kept, that another goal is missed.

    The number whose highest level is one may grow and shrink with them: whatever is said of it.
    """
    if line.key.counts == "highest":
        return line.status in JUDGED
    return line.status in JUDGED and (line.status in _SHORT) != line.is_at_most
