"""Whether a ledger has recorded enough for a verdict: one that has only just begun is not late, it lacks records.

What a ledger counts is the least that was reached. So it bears that a target is passed, reached or all but reached; it
bears that one is late only where it was told what the plan began with, and the year.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from ntmtrack.model import Programme, Tier
from ntmtrack.programmes.ladders import OWN
from ntmtrack.progress.line import Lack, Line, Missing
from ntmtrack.progress.status import JUDGED, Goal, Origin, Status, status_of
from ntmtrack.roadmaps import LineKey

_SHORT = (Status.LATE, Status.VERY_LATE)
_Place = tuple[Tier, str]  # a tier and a ladder of levels


class Recorded(NamedTuple):
    """What a whole ledger was told: its first and its last year, of which tiers, and the last year that is closed.

    `starts` is what the lines began with by năm đạt chuẩn, where they are counted by the day of decision.
    """

    first: int
    last: int
    tiers: frozenset[Tier]
    closed: int
    starts: Mapping[LineKey, int] = MappingProxyType({})


def withheld(plans: Sequence[Sequence[Line]], recorded: Recorded, programme: Programme) -> list[list[Line]]:
    """The lines of plans of one year; without a verdict, and with what is missing, where the ledger cannot bear it.

    What is missing at a level is missing at those above it, whichever plan tells.
    """
    lacking = _lacking((line for lines in plans for line in lines), recorded, programme)
    return [[_borne(line, lacking) for line in lines] for lines in plans]


def _lacking(lines: Iterable[Line], recorded: Recorded, programme: Programme) -> dict[_Place, tuple[int, Lack]]:
    """By tier and ladder the lowest rank of which anything is missing, and what."""
    found: dict[_Place, tuple[int, Lack]] = {}
    for line in lines:
        lack = _lack_of(line, recorded, programme)
        if line.level is None or lack is None:
            continue
        place = _place(line)
        if place not in found or line.level.rank < found[place][0]:
            found[place] = (line.level.rank, lack)
    return found


def _place(line: Line) -> _Place:
    return line.key.tier, line.key.ladder


def _lack_of(line: Line, recorded: Recorded, programme: Programme) -> Lack | None:
    """What the ledger lacks for a verdict on a line; nothing of a year that is closed: then all of it was told."""
    if line.actual is None or recorded.closed >= line.year:
        return None
    if line.key.tier not in recorded.tiers:
        return Lack(Missing.TIER, line.key)
    if recorded.last < line.year:
        return Lack(Missing.YEAR, line.key, recorded.last)
    if line.start_stated is None:
        begins_anew = programme.kept is not None and line.key.ladder == OWN
        is_cut = recorded.first > line.base_year and not begins_anew
        return Lack(Missing.BEFORE, line.key, recorded.first) if is_cut else None
    held, asked = max(line.actual.start_held, recorded.starts.get(line.key, 0)), line.start_stated
    is_short = status_of(held, Goal(asked, None, Origin.PRINTED), 0) in _SHORT
    return Lack(Missing.START, line.key, line.base_year, held, asked) if is_short else None


def _borne(line: Line, lacking: dict[_Place, tuple[int, Lack]]) -> Line:
    if line.level is None or not _may_mislead(line) or _place(line) not in lacking:
        return line
    rank, lack = lacking[_place(line)]
    return line._replace(status=Status.INCOMPLETE, lack=lack) if line.level.rank >= rank else line


def _may_mislead(line: Line) -> bool:
    """Whether more records could turn a verdict: that "at most" is kept, that another goal is missed.

    The number whose highest level is one may grow and shrink with them: whatever is said of it.
    """
    if line.key.counts == "highest":
        return line.status in JUDGED
    return line.status in JUDGED and (line.status in _SHORT) != line.is_at_most
