"""What a merger leaves of recognitions: what the constituents of a new unit held, and to which set that belongs.

Nothing is inherited: whatever is worked out here is only proposed, or held against what an office records.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ntmtrack.errors import UnknownLevel
from ntmtrack.model import Level, Programme, Recognition, Unit
from ntmtrack.programmes import every, find_level, of_year


class Constituent(NamedTuple):
    """A unit that went, whole or in part, into another on `day`, as it was then, and what it held on the day before.

    `is_main` is whether the part is the one that its people or its centre went with; None where that is not known.
    """

    unit: Unit
    is_whole: bool
    day: str
    recognitions: Sequence[Recognition] = ()
    is_main: bool | None = None
    resolution: str | None = None

    @property
    def last_year(self) -> int:
        """The year of the last day on which it stood."""
        return (date.fromisoformat(self.day) - timedelta(days=1)).year

    def is_counted(self, ladder: Programme) -> bool:
        """Whether units of its kind are recognised: a town or a ward is not."""
        return self.unit.kind in ladder.counted.get(self.unit.tier, ())

    def rank(self, ladder: Programme, *, surely: bool = False) -> int:
        """The highest rank that it held on a ladder, 0 for none; `surely`: by what is verified to count there."""
        ranks = ladder.ranks()
        doubtful = ladder.unverified() if surely else []
        held = (f"{recognition.programme}/{recognition.level}" for recognition in self.recognitions)
        return max((ranks.get(origin, 0) for origin in held if origin not in doubtful), default=0)


def acknowledged_set(constituents: Sequence[Constituent], level: str, year: int) -> Programme:
    """The programme whose level is acknowledged: the latest one until the merger in which a constituent surely held it.

    Where none did, the one that ran then; for a unit without constituents that of the year. Raises
    YearOutsideProgrammes.
    """
    until = max((constituent.last_year for constituent in constituents), default=0)
    earlier = [
        (ladder, one) for ladder in reversed(every()) if ladder.first_year <= until and (one := _level(ladder, level))
    ]
    for ladder, meant in earlier:
        if any(constituent.rank(ladder, surely=True) >= meant.rank for constituent in constituents):
            return ladder
    return earlier[0][0] if earlier else of_year(year)


def lacking_level(constituents: Sequence[Constituent], ladder: Programme, rank: int) -> list[Constituent]:
    """The constituents that went whole into a unit, of a kind that is recognised, and did not hold a rank or above."""
    return [
        constituent
        for constituent in constituents
        if constituent.is_whole and constituent.is_counted(ladder) and constituent.rank(ladder) < rank
    ]


def _level(ladder: Programme, typed: str) -> Level | None:
    try:
        return find_level(ladder, typed)
    except UnknownLevel:
        return None
